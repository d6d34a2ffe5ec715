"""The HTML report: self-contained, complete, the same bytes, nothing of its texts taken for markup."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_samples import EXAMPLE, example, hostile, paper, save_document

from convbound.checks.report.document import load_document
from convbound.checks.report.formulas import mathml
from convbound.checks.report.html import prose, render_html
from convbound.checks.report.latex import render_latex
from convbound.checks.report.markdown import render_markdown
from convbound.checks.report.report_model import Report
from convbound.checks.report.templating import sentence

BROWSER = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
VOID = {"meta", "input", "br", "img", "link", "hr", "source"}


class Page(HTMLParser):
    """What a page holds: its elements, its anchors, its links, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []
        self.loads += [str(found[k]) for k in ("src", "srcset", "data", "poster", "action") if k in found]
        self.loads += ["link"] if tag in ("link", "iframe", "object", "embed", "img") else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1


def test_the_report_of_the_paper_is_complete_and_loads_nothing() -> None:
    document = paper()
    text = render_html(Report(document))
    assert len(text.encode()) < 3_000_000
    page = Page(text)
    assert page.open == []
    assert page.loads == []
    assert "@import" not in text and "url(" not in text and "https://" not in text.replace("http://www.w3.org", "")
    assert len(set(page.ids)) == len(page.ids)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert page.tags["article"] == len(document.records)
    assert page.tags["main"] == page.tags["nav"] == page.tags["h1"] == 1
    assert page.tags["math"] > 1000 and 'class="latex"' not in text
    for record in document.records:
        assert f"<code>{record.id}</code>" in text
        assert record.certificate is None or record.certificate in text


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    save_document(tmp_path / "run.json", paper())
    read = [load_document(tmp_path / "run.json") for _ in range(2)]
    assert read[0] is not read[1] and render_html(Report(read[0])) == render_html(Report(read[1]))
    assert render_html(Report(paper())) == render_html(Report(replace(read[0], read_from="")))


@pytest.mark.parametrize("render", [render_html, render_markdown, render_latex])
def test_a_report_of_a_file_does_not_vouch_for_it(tmp_path: Path, render: Callable[[Report], str]) -> None:
    """Anybody may have edited the document: the report says that it was read, and that nothing was re-checked."""
    document = example()
    save_document(tmp_path / "run.json", document)
    text = (tmp_path / "run.json").read_text(encoding="utf-8").replace('"verdict": "refuted"', '"verdict": "proved"')
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    edited = " ".join(render(Report(load_document(tmp_path / "run.json"))).split())
    fresh = " ".join(render(Report(document)).split())
    assert "No verdict here was typed by a person" in fresh and "was read from the file" not in fresh
    assert "No verdict here was typed by a person" not in edited
    assert "Every verdict here was read from the file" in edited and "no certificate was re-checked" in edited
    assert "run.json" in edited


def test_the_same_claims_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    texts = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        code = "from convbound.checks.cli import main; import sys; main(sys.argv[1:])"
        command = [sys.executable, "-c", code, "report", str(EXAMPLE), "--no-cache", "-o", str(path)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]


def test_texts_are_never_markup(tmp_path: Path) -> None:
    text = render_html(Report(hostile(tmp_path)))
    page = Page(text)
    assert page.open == []
    assert page.tags["script"] == 1 and page.tags["b"] == page.tags["em"] == page.tags["u"] == 0
    assert "{{ 7*7 }}" in text  # a template is filled once
    assert len(set(page.ids)) == len(page.ids)


def test_indices_in_plain_text_are_set_low() -> None:
    assert str(prose("w_{k+1} and M_G, F_inf")) == "w<sub>k+1</sub> and M<sub>G</sub>, F<sub>inf</sub>"
    assert str(prose("my_claims <b>")) == "my_claims &lt;b&gt;"
    assert sentence("wrong as printed") == "Wrong as printed."
    assert sentence("w_k is it.") == "w_k is it."


def test_formulas_become_mathml_or_say_what_they_are() -> None:
    assert mathml(r"\sum_{i=1}^{d} q_i", block=True).startswith('<math display="block">')
    assert "munderover" in mathml(r"\sum_{i=1}^{d} q_i")
    assert mathml(r"\frac{1}{") == '<code class="latex">\\frac{1}{</code>'
    assert mathml(r"\left(a+1\right)^{2}") == (
        "<math><msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mn>1</mn><mo>)</mo></mrow><mn>2</mn></msup></math>"
    ), "brackets that grow, without what is so anyway"
    assert 'stretchy="false"' in mathml("F(a)") and "fence" not in mathml(r"\|a\|")
    assert "<script" not in mathml(r"\text{<script>}") and "<script" not in mathml("<script>")


PROBE = """
<script>
addEventListener("load", () => {
  for (const d of document.querySelectorAll("details")) d.open = true;
  setTimeout(() => {
    const all = Array.from(document.querySelectorAll("math"));
    const empty = all.filter((m) => { const r = m.getBoundingClientRect(); return !(r.width > 0 && r.height > 0); });
    const wide = document.documentElement.scrollWidth - innerWidth;
    const stacked = all.filter((m) => !getComputedStyle(m).display.includes("math"));  // parts below each other
    const loaded = performance.getEntriesByType("resource").length;
    dispatchEvent(new Event("beforeprint"));  // each formula as wide as it is on a sheet of paper, two thirds of now
    const paper = (e) => (e.querySelector("math")?.getBoundingClientRect().width || 0) * 2 / 3;
    const printed = (e) => paper(e) * (e.style.getPropertyValue("--fit") || 1);
    const cut = Array.from(document.querySelectorAll(".formula")).filter((e) => printed(e) > 600);
    const found = [wide, loaded, window.failed || 0, stacked.length, cut.length];
    document.title = ["probe", all.length, empty.length, ...found].join(" ");
  }, 300);
});
</script>
"""


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no headless browser here")
@pytest.mark.parametrize("width", [390, 1300])
def test_a_browser_shows_every_formula_and_asks_for_nothing(tmp_path: Path, width: int) -> None:
    text = render_html(Report(paper()))
    watch = "<head><script>addEventListener('error', () => { window.failed = 1; });</script>"
    (tmp_path / "probe.html").write_text(text.replace("<head>", watch).replace("</body>", PROBE + "</body>"))
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    command = [str(BROWSER), "--headless", "--no-sandbox", *quiet, f"--user-data-dir={tmp_path / 'profile'}"]
    command += [f"--window-size={width},900", "--virtual-time-budget=5000", "--enable-logging=stderr", "--dump-dom"]
    done = subprocess.run([*command, (tmp_path / "probe.html").as_uri()], capture_output=True, text=True, timeout=300)
    title = done.stdout.partition("<title>")[2].partition("</title>")[0].split()
    assert title[0] == "probe"
    count, empty, wide, loaded, failed, stacked, cut = map(int, title[1:])
    assert count > 1000 and empty == loaded == failed == stacked == cut == 0 and wide <= 0
    assert "CONSOLE" not in done.stderr


def test_every_derivation_ends_in_its_claim() -> None:
    """Where the last step is another line, the claim follows it; once, and in every format."""
    views = Report(paper()).views
    opened = [v for v in views if v.steps and not v.is_closed]
    closed = [v for v in views if v.steps and v.is_closed]
    assert opened and closed
    assert all(v.record.lines[-1].text == v.record.conclusion.text for v in closed)
    page = render_html(Report(paper()))
    assert page.count('<span class="reason">the claim</span>') == len(opened)


def test_what_holds_instead_names_its_price() -> None:
    """A correction that adds a hypothesis says so where it is offered, not only on its own card."""
    views = Report(paper()).views
    dear = [b for v in views for b in v.corrected_by if b.record.added]
    assert dear
    assert render_html(Report(paper())).count('<p class="added">with the added ') == len(dear)


def test_every_claim_has_a_link_to_itself_and_the_search_reads_all_of_it() -> None:
    page = render_html(Report(paper()))
    for view in Report(paper()).views:
        assert f'<a class="permalink" href="#{view.anchor}"' in page
    assert "textContent.toLowerCase()" in page and "data-words" not in page
    assert 'id="nothing" hidden' in page and "URLSearchParams(location.search)" in page

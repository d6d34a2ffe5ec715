"""The report as LaTeX, Markdown and PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from report_samples import example, hostile, paper

from convbound.bounds.errors import InputError
from convbound.checks.report import pdf
from convbound.checks.report.latex import render_latex, tex_math, tex_text
from convbound.checks.report.markdown import code, escaped, mermaid, render_markdown
from convbound.checks.report.report_model import Report

ENGINE = shutil.which("pdflatex")


def test_plain_text_becomes_latex() -> None:
    assert tex_text("50% of a_b & {c}") == r"50\% of \ensuremath{a_{b}} \& \{c\}".replace(
        r"\ensuremath{a_{b}}", r"a\ensuremath{_{b}}"
    )
    assert tex_text("ᾱ ≤ ½") == r"\ensuremath{\bar{\alpha}} \ensuremath{\le} \ensuremath{\tfrac{1}{2}}"
    assert tex_text("w̄, ‖x‖₂²") == (
        r"\ensuremath{\bar{w}}, \ensuremath{\|}x\ensuremath{\|}\ensuremath{_{2}}\ensuremath{^{2}}"
    )
    assert tex_text("naïve café") == "naïve café"
    assert tex_text("中") == r"\texttt{U+4E2D}"
    assert tex_math(r"\frac{1}{2} ≤ x") == r"\frac{1}{2} {\ensuremath{\le}} x"


@pytest.mark.parametrize("text", ["\\input{x}", "$x$", "a^b~c", "#1 %", "{{", "_", "<&>|"])
def test_no_text_is_a_command(text: str) -> None:
    written = tex_text(text)
    bare = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum|ensuremath)|\\[&%$#_{}]", "", written)
    assert "\\" not in bare and "$" not in bare and "%" not in bare and "#" not in bare


def test_the_latex_holds_every_claim_and_only_characters_that_compile() -> None:
    text = render_latex(Report(paper()))
    assert text.count(r"\hypertarget{claim-") == len(paper().records)
    assert all(r.certificate is None or r.certificate[:32] in text for r in paper().records)
    assert "U+" not in text
    assert all(ord(c) < 0x180 for c in text)
    assert text == render_latex(Report(paper()))


def compile_latex(text: str, folder: Path) -> str:
    """The engine's log; fails where it does."""
    (folder / "report.tex").write_text(text, encoding="utf-8")
    command = [str(ENGINE), "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "report.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    return done.stdout.decode(errors="replace")


@pytest.mark.long
@pytest.mark.skipif(ENGINE is None, reason="no TeX here")
def test_the_latex_compiles_without_edits(tmp_path: Path) -> None:
    log = compile_latex(render_latex(Report(paper())), tmp_path)
    assert "Missing character" not in log and "Undefined control sequence" not in log


@pytest.mark.skipif(ENGINE is None, reason="no TeX here")
def test_hostile_texts_compile_too(tmp_path: Path) -> None:
    compile_latex(render_latex(Report(hostile(tmp_path))), tmp_path)


@pytest.mark.long
@pytest.mark.skipif(ENGINE is None, reason="no TeX here")
def test_the_same_report_gives_the_same_pdf() -> None:
    text = render_latex(Report(example()))
    first = pdf.make_pdf(text, "")
    assert first.startswith(b"%PDF") and first == pdf.make_pdf(text, "")


def test_without_an_engine_a_pdf_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    with pytest.raises(InputError, match="needs a TeX engine") as problem:
        pdf.make_pdf("", "")
    assert "\n" not in str(problem.value)


def test_a_failing_engine_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/bin/x" if name == "pdflatex" else None)
    monkeypatch.setattr(pdf, "_run", lambda command, home: "pdflatex ended with code 1 ! Undefined control sequence.")
    with pytest.raises(InputError, match="Undefined control sequence"):
        pdf.make_pdf("", "")


# -------------------------------------------------------------------------------------------------------- Markdown


def test_the_markdown_is_complete_and_its_blocks_are_closed() -> None:
    report = Report(paper())
    text = render_markdown(report)
    assert text == render_markdown(Report(paper()))
    fences = re.findall(r"^ *```(\w*)$", text, re.M)
    assert len(fences) % 2 == 0 and set(fences[::2]) == {"math", "mermaid", "sh"} and set(fences[1::2]) == {""}
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>")
    anchors = re.findall(r'<a id="([^"]+)">', text)
    assert len([a for a in anchors if a.startswith("claim-")]) == len(paper().records)
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)


def test_markdown_text_is_escaped(tmp_path: Path) -> None:
    assert escaped("*a* _b_ <c> |d| `e`") == r"\*a\* \_b\_ \<c\> \|d\| \`e\`"
    assert code("a`b``c") == "``` a`b``c ```" and code("prop-9") == "`prop-9`"
    text = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", render_markdown(Report(hostile(tmp_path))))
    assert not re.search(r"(?<!\\)<(script|b|i|em|u)>", text)


def test_the_mermaid_graph_names_only_what_it_declares() -> None:
    lines = mermaid(Report(paper())).splitlines()
    assert lines[0] == "graph TD"
    declared = {m[1] for m in (re.match(r'  (c\d+)\["', x) for x in lines) if m}
    used = {c for x in lines if "-->" in x for c in re.findall(r"c\d+", x)}
    assert used == declared
    classes = {m[1] for m in (re.search(r":::(\w+)$", x) for x in lines) if m}
    assert classes == {m[1] for m in (re.match(r"  classDef (\w+)", x) for x in lines) if m}

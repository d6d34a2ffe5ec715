"""What the site adds to the Markdown: formulas as MathML, the pages made from code, links into the source as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import click
from mkdocs.structure.files import File, Files

from convbound.bounds import CATALOGUE, QUANTITIES, verdict_of
from convbound.bounds.verdicts import recorded
from convbound.checks.cli import convbound
from convbound.checks.report.argument import NARROW, WIDE, Argument, Printed, draw
from convbound.checks.report.document import Source
from convbound.checks.report.figures import argument_figure, argument_legend
from convbound.checks.report.formulas import mathml
from convbound.checks.report.report_model import SIGNS, slug
from convbound.proofs.claims import Claim, Hypothesis, Premise
from convbound.proofs.libraries import load_library, subjects

DOCS = Path(__file__).parent.parent
MATH = re.compile(r"(?<![\\$])\$\$(.+?)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?![\d$])", re.S)
CODE = re.compile(r"(^(?P<fence>```+|~~~+).*?^(?P=fence)\s*?$|^(?: {4}|\t).*$|`+[^`\n]+`+)", re.S | re.M)
LANGUAGES = {".py": "python", ".yml": "yaml", ".yaml": "yaml"}
API = {
    "bounds": [
        "convbound.bounds",
        "convbound.bounds.catalogue",
        "convbound.bounds.entry",
        "convbound.bounds.subject",
        "convbound.bounds.evaluation",
        "convbound.bounds.enclosure",
        "convbound.bounds.assessment",
    ],
    "proofs": [
        "convbound.proofs.textbook.paper",
        "convbound.proofs.textbook.words",
        "convbound.proofs.textbook.patterns",
        "convbound.proofs.claims",
        "convbound.proofs.language.vocabulary",
        "convbound.proofs.derivation.derivation",
        "convbound.proofs.models.model",
        "convbound.proofs.models.objectives",
        "convbound.proofs.verify",
        "convbound.proofs.record",
        "convbound.proofs.prover",
        "convbound.proofs.kernel",
    ],
    "checks": [
        "convbound.checks.run",
        "convbound.checks.targets",
        "convbound.checks.verdict_cache",
        "convbound.checks.pytest_plugin",
        "convbound.checks.report.document",
        "convbound.checks.report.report_model",
        "convbound.checks.evidence.record",
        "convbound.checks.evidence.gather",
        "convbound.checks.evidence.registry",
        "convbound.checks.executors",
    ],
}


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made from code."""
    pages = {"catalogue.md": catalogue(), "claims.md": claims(), "commands.md": commands()}
    pages |= {f"api/{name}.md": api(name) for name in API}
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


FORMULAS: dict[str, str] = {}  # token: what stands in its place when the page is HTML


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Files that a page shows are put in; formulas outside code become tokens; links into the source become text."""
    markdown = re.sub(r"\[([^\]\n]+)\]\((?:\.\./)+(?!\w+\.md\))[^)\s]*\)", r"\1", markdown)  # its text may be code
    markdown = re.sub(r"^<!-- include (\S+) -->$", _included, markdown, flags=re.M)
    markdown = re.sub(r"^<!-- claims (.+) -->$", _stated, markdown, flags=re.M)
    markdown = re.sub(r"^<!-- argument (\S+) -->$", _argued, markdown, flags=re.M)
    markdown = re.sub(r"^<!-- the run -->$", lambda _: _the_run(), markdown, flags=re.M)
    parts = CODE.split(markdown)
    whole = []
    for k in range(0, len(parts), 3):
        whole.append(_outside_code(parts[k]))
        if k + 1 < len(parts):
            whole.append(parts[k + 1])
    return "".join(whole)


def on_page_content(html: str, **_: Any) -> str:
    """The tokens become MathML, which Markdown would have broken into blocks."""
    html = re.sub(r"(<pre[^>]*>(?:<span></span>)?)<code>", r'\1<code tabindex="0">', html)  # it scrolls: keys reach it
    return re.sub(r"⟦\d+⟧", lambda m: FORMULAS[m[0]], html)


def _argued(found: re.Match[str]) -> str:
    """The argument of a library's source as a figure, with the recorded verdicts; each box leads to its first claim."""
    known = recorded()
    statements = [
        Printed(q.name, q.text, q.claims, tuple(str(known[c].verdict) for c in q.claims), q.uses)
        for q in Source.of(load_library(found[1])).quotes
    ]
    argument = Argument(statements, {name for name, entry in known.items() if entry.verdict == "proved"})
    shapes = {"broad": WIDE, "narrow": NARROW}
    drawn = {k: argument_figure(draw(argument, shape), argument, _claim_link) for k, shape in shapes.items()}
    pictures = "".join(f'<div class="{kind}">{picture}</div>' for kind, picture in drawn.items())
    return _kept(f'<figure class="argument">{pictures}<figcaption>{argument_legend(argument)}</figcaption></figure>')


def _claim_link(name: str) -> str:
    """Where a claim stands on the page of all claims."""
    return f"claims.html#{slug(name.replace(':', '--'))}"


def _included(found: re.Match[str]) -> str:
    path = DOCS.parent / found[1]
    return f"```{LANGUAGES[path.suffix]}\n{path.read_text(encoding='utf-8').rstrip()}\n```"


def _stated(found: re.Match[str]) -> str:
    """A table of the theory's claims whose names match, as the library states them. KeyError where none does."""
    library, known = load_library("lattice"), recorded()
    lines = ["| claim | supposed | stated |", "|---|---|---|"]
    for pattern in found[1].split():
        matching = [c for c in library if fnmatchcase(c.id, pattern) and ("@c=0" in pattern) == c.id.endswith("@c=0")]
        matching = [c for c in matching if not c.id.endswith("@spacing")]
        if not matching:
            raise KeyError(f"no claim of the theory matches {pattern}")
        for c in matching:
            verdict = known[c.name].verdict if c.name in known else "not recorded"
            stated = f"${c.latex or c.vocabulary.tex(c.then)}$"
            made = f"<br>`{Path(c.place[0]).name}`" if verdict == "proved" and c.place else ""
            row = f"[`{c.id}`]({_row(c)})<br>{SIGNS.get(verdict, '')} {verdict}{made}"
            cells = [row, _supposed(c), f"{_text(c.title)}<br>{stated}"]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _row(claim: Claim) -> str:
    """Where a claim stands on the page of all claims, as a link of Markdown."""
    return f"claims.md#{slug(claim.name.replace(':', '--'))}"


def _supposed(claim: Claim) -> str:
    """What a claim supposes; the hypotheses of every ZIM run are named once."""
    run = load_library("lattice")["t3/average"].suppose
    whole = all(h in claim.suppose for h in run)
    rest = [_hypothesis(claim, h) for h in claim.suppose if not (whole and h in run)]
    return "<br>".join([*(["a ZIM run"] if whole else []), *rest])


def _hypothesis(claim: Claim, h: Hypothesis | Premise) -> str:
    return _text(h.text) if h.text else f"${claim.vocabulary.tex(h.relation)}$" if isinstance(h, Hypothesis) else ""


def _the_run() -> str:
    """The hypotheses that all claims about ZIM runs share."""
    claim = load_library("lattice")["t3/average"]
    return "\n".join(f"* {_hypothesis(claim, h)}" for h in claim.suppose)


THEOREM = re.compile(r"T([0-6])(\([abc]\))?")
SECTION = re.compile(r"^## .*\{: #([\w-]+) \}$|^<!-- claims (.+) -->$", re.M)


@cache
def sections() -> dict[str, str]:
    """Where the page of the theory shows each claim of its library: the anchor of its section, by the claim's name."""
    found, anchor = {}, ""
    for here, patterns in SECTION.findall((DOCS / "theory.md").read_text(encoding="utf-8")):
        anchor = here or anchor
        shown = [c for c in load_library("lattice") if any(fnmatchcase(c.id, p) for p in patterns.split())]
        found |= {c.name: anchor for c in shown if "@c=0" in patterns or not c.id.endswith("@c=0")}
    scaled = {c.name: "t6" for c in load_library("lattice") if c.id.endswith("@spacing")}
    return found | scaled


def _source(text: str, names: Iterable[str]) -> str:
    """A source's name; what names a theorem of the theory links to it, and so does every other source of its claims.

    Args:
        text: the source.
        names: the claims that it is the source of.
    """
    linked = THEOREM.sub(_linked, _text(text))
    anchor = next((sections()[name] for name in names if name in sections()), None)
    return linked if anchor is None or "](" in linked else f"[{linked}](theory.md#{anchor})"


def _linked(found: re.Match[str]) -> str:
    """T1 has a section for each part."""
    part = (found[2] or "").strip("()") if found[1] == "1" else ""
    anchor = "t1a" if found[1] == "1" and not part else f"t{found[1]}{part}"
    return f"[{found[0]}](theory.md#{anchor})"


def _outside_code(text: str) -> str:
    return MATH.sub(_token, text)


def _token(found: re.Match[str]) -> str:
    made = mathml(found[1] or found[2], block=bool(found[1]))
    return _kept(made.replace("<math", '<math tabindex="0"', 1) if found[1] else made)  # a displayed one may scroll


def _kept(made: str) -> str:
    """A token in the place of what is HTML already."""
    token = f"⟦{len(FORMULAS)}⟧"
    FORMULAS[token] = made
    return token


def _text(plain: str) -> str:
    """Plain text in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]|#$])", r"\\\1", html.escape(plain, quote=False))


WITHOUT_CONTENTS = ["---", "hide: [toc]", "---", ""]


def catalogue() -> str:
    """Every bound of the catalogue, by the quantity that it bounds."""
    lines = [
        *WITHOUT_CONTENTS,
        "# Catalogue of bounds",
        "",
        "Made from `bounds.CATALOGUE`; each verdict is that of the claims behind it.",
        "",
    ]
    for quantity in QUANTITIES.values():
        entries = [b for b in CATALOGUE.values() if b.quantity == quantity.id]
        if not entries:
            continue
        lines += [f"## {_text(quantity.title)}", "", "| bound | formula | assumes | source |", "|---|---|---|---|"]
        for b in entries:
            verdict = verdict_of(b)
            assumed = (*b.assumptions, *([b.condition_text] if b.condition_text else []))
            cells = [
                f"{_text(b.title)}<br>`{b.id}`<br>{SIGNS[verdict]} {verdict}",
                rf"$\displaystyle {b.written().latex}$",
                "<br>".join(_text(a) for a in assumed),
                _source(b.source, b.claims),
            ]
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def claims() -> str:
    """Every claim of the built-in libraries with its statement and its recorded verdict."""
    known = recorded()
    lines = [*WITHOUT_CONTENTS, "# All claims", "", "Made from the libraries, with the recorded verdicts.", ""]
    for name in subjects():
        library = load_library(name)
        lines += [f"## {_text(library.title)}", "", f"{_text(library.source)}; `convbound verify {name}`.", ""]
        lines += ["| claim | source | verdict | statement |", "|---|---|---|---|"]
        for c in library:
            verdict = known[c.name].verdict if c.name in known else "not recorded"
            latex = c.latex or c.vocabulary.tex(c.then)
            place = f'<a id="{slug(c.name.replace(":", "--"))}"></a>'
            source = _source(c.source, [c.name])
            lines.append(f"| {place}`{c.id}` | {source} | {SIGNS.get(verdict, '')} {verdict} | ${latex}$ |")
        lines.append("")
    return "\n".join(lines)


COMPLETION = """## Completion in the shell

Commands and options are completed after one line in the shell's start-up file:

| shell | file | line |
|---|---|---|
| Bash | `~/.bashrc` | `eval "$(_CONVBOUND_COMPLETE=bash_source convbound)"` |
| Zsh | `~/.zshrc` | `eval "$(_CONVBOUND_COMPLETE=zsh_source convbound)"` |
| Fish | `~/.config/fish/completions/convbound.fish` | `_CONVBOUND_COMPLETE=fish_source convbound \\| source` |
"""


def commands() -> str:
    """Every command with its help page, as it prints it."""
    whole = click.Context(convbound, info_name="convbound", terminal_width=100, max_content_width=100)
    lines = ["# Commands", "", "Made from the commands themselves: `convbound COMMAND --help` prints the same.", ""]
    lines += ["```text", convbound.get_help(whole), "```", ""]
    for name in convbound.list_commands(whole):
        command = convbound.get_command(whole, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=whole, terminal_width=100, max_content_width=100)
        lines += [f"## `convbound {name}`", "", "```text", command.get_help(context), "```", ""]
        for part in command.list_commands(context) if isinstance(command, click.Group) else ():
            inner = command.get_command(context, part)
            assert inner is not None
            below = click.Context(inner, info_name=part, parent=context, terminal_width=100, max_content_width=100)
            lines += [f"### `convbound {name} {part}`", "", "```text", inner.get_help(below), "```", ""]
    return "\n".join([*lines, COMPLETION])


def api(name: str) -> str:
    """The documentation of some modules, from their docstrings."""
    lines = [f"# API: `{name}`", ""]
    for module in API[name]:
        lines += [f"## `{module}`", "", f"::: {module}", "    options:", "      show_root_heading: false", ""]
    return "\n".join(lines)

"""The report as LaTeX that compiles as it is, with pdfLaTeX and the packages of Debian's texlive-latex-recommended."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from convbound.bounds.notation import GREEK
from convbound.bounds.plain_data import Json
from convbound.checks.report.argument import KINDS, ROOT, Argument, draw
from convbound.checks.report.comparison import compared
from convbound.checks.report.graph import HEIGHT, Graph, lay_out
from convbound.checks.report.numbers import WORTH, number, power
from convbound.checks.report.report_model import Report, View
from convbound.checks.report.templating import INDEX, LATEX_MARKS, common, environment

if TYPE_CHECKING:
    from convbound.checks.report.layers import Point

ESCAPES = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
}
PAIRS = r"""≤ \le ≥ \ge ≠ \ne ≈ \approx ∼ \sim ∇ \nabla ‖ \| √ \surd ∞ \infty → \to ⟹ \Rightarrow ⇒ \Rightarrow Σ \sum
    ∫ \int · \cdot ⋅ \cdot − - × \times ⊙ \odot ∈ \in ∂ \partial 𝔼 \mathbb{E} ± \pm ∅ \emptyset ′ ' ✓ \checkmark
    ✗ \times ⟨ \langle ⟩ \rangle ⌊ \lfloor ⌋ \rfloor ⌈ \lceil ⌉ \rceil ∑ \sum ∀ \forall ∃ \exists"""
NAMES = PAIRS.split()
MATHEMATICS = {letter: f"\\{name}" for name, letter in GREEK.items()}
MATHEMATICS |= dict(zip(NAMES[::2], NAMES[1::2], strict=True))
PUNCTUATION = {
    **{"–": "--", "—": "---", "’": "'", "‘": "`", "“": "``", "”": "''"},
    **{"…": r"\dots{}", "\u202f": r"\,", "\xa0": "~"},
}
BARS = {"\u0304": "bar", "\u0302": "hat", "\u0303": "tilde"}


def render_latex(report: Report) -> str:
    """The whole document."""
    page = environment(marks=LATEX_MARKS)
    page.globals |= {
        "tex": tex_text,
        "math": tex_math,
        "argument": lambda chapter: argument_picture(chapter.argument, lambda claim: report.by_name[claim].anchor),
        "picture": lambda group: bounds_picture(group.drawn),
        "link": link,
        "link_name": lambda name: link(report.by_name[name]) if name in report.by_name else claim_name(name),
    }
    parts = {"bounds": compared(report), "graph": graph_picture(lay_out(report))}
    text = page.get_template("report.tex.j2").render(**common(report), **parts)
    return re.sub(r"\n{3,}", "\n\n", text)


def claim_name(name: str) -> str:
    """An identifier, which may break after a stroke."""
    return rf"\claim{{{tex_text(name).replace('/', '/' + chr(92) + 'allowbreak{}')}}}"


def link(view: View) -> str:
    """A link to a claim."""
    return rf"\hyperlink{{{view.anchor}}}{{{claim_name(view.record.id)}}}"


# ------------------------------------------------------------------------------------------------------------ text


def tex_text(text: str) -> str:
    """Plain text as LaTeX in ASCII and accented letters; what has no name there is shown by its number."""
    result, place = "", 0
    for m in INDEX.finditer(text):
        result += _characters(text[place : m.start()]) + _characters(m[1])
        result += rf"\ensuremath{{_{{{tex_math(m[2] or m[3])}}}}}"
        place = m.end()
    return result + _characters(text[place:])


def _characters(text: str) -> str:
    return "".join(_character(m[0]) for m in re.finditer(r".[\u0300-\u036f]?", text, re.S))


def _character(c: str) -> str:
    if len(c) == 2:
        mark = BARS.get(c[1])
        return rf"\ensuremath{{\{mark}{{{_bare(c[0])}}}}}" if mark else _character(unicodedata.normalize("NFC", c)[0])
    if c in ESCAPES:
        return ESCAPES[c]
    if c in PUNCTUATION:
        return PUNCTUATION[c]
    if c in MATHEMATICS:
        return rf"\ensuremath{{{MATHEMATICS[c]}}}"
    if ord(c) < 127 or (0xC0 <= ord(c) <= 0x17F and unicodedata.normalize("NFD", c)[0].isascii()):
        return _barred(c)
    kind, _, code = unicodedata.decomposition(c).partition(" ")
    plain = unicodedata.normalize("NFKD", c)
    if kind in ("<sub>", "<super>") and plain.isascii():
        return rf"\ensuremath{{{'_' if kind == '<sub>' else '^'}{{{plain}}}}}"
    if kind == "<fraction>" and len(code.split()) == 3:
        return rf"\ensuremath{{\tfrac{{{plain[0]}}}{{{plain[-1]}}}}}"
    return _barred(c) if len(plain) == 2 and plain[1] in BARS else rf"\texttt{{U+{ord(c):04X}}}"


def _barred(c: str) -> str:
    """A letter; one that carries a bar is set as mathematics."""
    plain = unicodedata.normalize("NFD", c)
    return rf"\ensuremath{{\{BARS[plain[1]]}{{{_bare(plain[0])}}}}}" if len(plain) == 2 and plain[1] in BARS else c


def _bare(c: str) -> str:
    return MATHEMATICS.get(c, c)


def tex_math(latex: str) -> str:
    """LaTeX mathematics; characters that somebody wrote without LaTeX's names get them."""
    if latex.isascii():
        return latex
    return "".join(c if c.isascii() else f"{{{_character(c)}}}" for c in re.findall(r".[\u0300-\u036f]?", latex, re.S))


# -------------------------------------------------------------------------------------------------------- pictures


def _route(points: Sequence[Point]) -> str:
    """A line through some points, which leaves and enters each from above."""
    return " to[out=-90,in=90] ".join(f"({x:.0f},{y:.0f})" for x, y in points)


def argument_picture(argument: Argument, anchor: Callable[[str], str]) -> str:
    """The source's own argument as a TikZ picture; every box leads to its first claim."""
    drawing = draw(argument)
    wide, high = drawing.box
    lines = [r"\begin{tikzpicture}[x=0.5pt,y=-0.5pt,every node/.style={font=\sffamily\fontsize{6}{7}\selectfont}]"]
    for link, route in drawing.arrows:
        style = "refuted,very thick" if link.red else "gray,dashed" if link.weaker else "gray"
        lines.append(rf"\draw[{style},->] {_route(route)};")
    for box in drawing.boxes:
        verdict = KINDS[box.kind][1]
        text = r"\\".join(tex_text(x) for x in box.lines)
        text = rf"\shortstack{{{text}}}"
        claims = argument.statements[box.number].claims
        text = rf"\hyperlink{{{anchor(claims[0])}}}{{{text}}}" if claims else text
        style = f"draw={verdict},fill={verdict}!12!white,rounded corners=2pt{',very thick' if box.kind == ROOT else ''}"
        size = f"minimum width={wide / 2:.0f}pt,minimum height={high / 2:.0f}pt,inner sep=1pt"
        lines.append(rf"\node[{style},{size}] at ({box.x + wide / 2:.0f},{box.y + high / 2:.0f}) {{{text}}};")
    return "\n".join([*lines, r"\end{tikzpicture}"])


def graph_picture(graph: Graph) -> str:
    """The graph of claims as a TikZ picture."""
    lines = [r"\begin{tikzpicture}[x=0.5pt,y=-0.5pt,every node/.style={font=\sffamily\fontsize{6}{7}\selectfont}]"]
    lines += [rf"\draw[gray,->] {_route(edge.route)};" for edge in graph.edges]
    for node in graph.nodes:
        v, middle = node.view, f"({node.x + node.width / 2:.0f},{node.y + HEIGHT / 2:.0f})"
        text = r"\\".join(tex_text(x) for x in node.lines)
        style = f"draw={v.status},fill={v.status}!12!white,rounded corners=2pt,align=left"
        size = f"minimum width={node.width / 2:.0f}pt,minimum height={HEIGHT / 2:.0f}pt,inner sep=1pt"
        lines.append(rf"\node[{style},{size}] at {middle} {{\hyperlink{{{v.anchor}}}{{\shortstack[l]{{{text}}}}}}};")
    return "\n".join([*lines, r"\end{tikzpicture}"])


def bounds_picture(entries: Sequence[Json]) -> str:
    """The bounds on one quantity at one point, as dots on a logarithmic axis."""
    if not entries:
        return ""
    logs = [math.log10(e["value"]) for e in entries]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    high = max(high, low + 1)
    lines = [r"\par\begin{tikzpicture}[x=1mm,y=-4.5mm,every node/.style={font=\footnotesize}]"]
    for k in range(low, high + 1):
        x = 45 + 80 * (k - low) / (high - low)
        lines.append(rf"\draw[gray!40] ({x:.1f},-0.6) -- ({x:.1f},{len(entries) - 0.4:.1f});")
        lines.append(rf"\node at ({x:.1f},{len(entries) + 0.2:.1f}) {{{tex_text(power(k))}}};")
    for n, (entry, log) in enumerate(zip(entries, logs, strict=True)):
        kind, x = WORTH.get(entry["worth"], "assumed"), 45 + 80 * (log - low) / (high - low)
        lines.append(rf"\draw[{kind},thick] (45,{n}) -- ({x:.1f},{n}); \fill[{kind}] ({x:.1f},{n}) circle[radius=1mm];")
        lines.append(rf"\node[anchor=east] at (43,{n}) {{{tex_text(entry['title'])}}};")
        lines.append(rf"\node[anchor=west] at (127,{n}) {{{tex_text(number(entry['value']))}}};")
    return "\n".join([*lines, r"\end{tikzpicture}\par"])

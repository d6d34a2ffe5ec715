"""The report as Markdown that GitHub renders as it is: its math blocks, its Mermaid graph, folded details."""

from __future__ import annotations

import re
from collections.abc import Callable

from convbound.checks.report.argument import KINDS, ROOT, Argument
from convbound.checks.report.comparison import compared
from convbound.checks.report.front_markdown import code, escaped, front_markdown
from convbound.checks.report.graph import label, uses
from convbound.checks.report.report_model import SIGNS, Report, View
from convbound.checks.report.templating import common, environment

COLOURS = {  # fill and line, legible on light and on dark pages
    "proved": ("#e2f3e7", "#17663a"),
    "supported": ("#def1f6", "#0f5f76"),
    "assumed": ("#f0e6f8", "#6a3a92"),
    "open": ("#fcefd6", "#7a4d00"),
    "vacuous": ("#fcefd6", "#7a4d00"),
    "error": ("#fbe5e6", "#a31621"),
    "contradicted": ("#fbe5e6", "#a31621"),
    "refuted": ("#fbe5e6", "#a31621"),
}


THICK = ",stroke-width:4px"


def render_markdown(report: Report) -> str:
    """The whole document."""
    page = environment()

    def link_name(name: str) -> str:
        return _link(report.by_name[name]) if name in report.by_name else code(name)

    page.globals |= {
        "md": escaped,
        "code": code,
        "link": _link,
        "link_name": link_name,
        "math": lambda latex: f"$`{latex}`$",
        "argument": lambda c: argument_mermaid(c.argument, lambda claim: report.by_name[claim].anchor),
    }
    parts = common(report)
    parts["front_page"] = front_markdown(parts["front"], link_name)
    text = page.get_template("report.md.j2").render(**parts, bounds=compared(report), graph=mermaid(report))
    return re.sub(r"\n{3,}", "\n\n", text)


def _link(view: View) -> str:
    return f"[{code(view.record.id)}](#{view.anchor})"


def _label(text: str) -> str:
    """A label between Mermaid's quotes, whose entities begin with a hash."""
    return re.sub(r'[#&<>"`]', lambda m: f"#{ord(m[0])};", text)


def argument_mermaid(argument: Argument, anchor: Callable[[str], str]) -> str:
    """A source's own argument; every box leads to its first claim."""
    lines = ["graph TD"]
    for n, printed in enumerate(argument.statements):
        lines.append(f'  s{n}["{KINDS[argument.kinds[n]][0]} {_label(printed.name)}"]:::{argument.kinds[n]}')
        if printed.claims:
            lines.append(f'  click s{n} href "#{anchor(printed.claims[0])}"')
    lines += [f"  s{x.used} {'-.->' if x.weaker and not x.red else '-->'} s{x.user}" for x in argument.links]
    for kind in sorted(set(argument.kinds)):
        fill, line = COLOURS[KINDS[kind][1]]
        lines.append(f"  classDef {kind} fill:{fill},stroke:{line},color:#1c1e21{THICK if kind == ROOT else ''}")
    if red := ",".join(str(k) for k, x in enumerate(argument.links) if x.red):
        lines.append(f"  linkStyle {red} stroke:{COLOURS['refuted'][1]},stroke-width:3px")
    return "\n".join(lines)


def mermaid(report: Report) -> str:
    """The graph of claims, those with an arrow."""
    used = uses(report)
    linked = {n for name, below in used.items() if below for n in (name, *below)}
    number = {name: f"c{k}" for k, name in enumerate(used) if name in linked}
    lines = ["graph TD"]
    for name, key in number.items():
        view = report.by_name[name]
        lines.append(f'  {key}["{SIGNS[view.status]} {"<br>".join(map(_label, label(view)))}"]:::{view.status}')
    lines += [f"  {number[above]} --> {number[name]}" for name in number for above in used[name]]
    present = {report.by_name[name].status for name in number}
    lines += [f"  classDef {s} fill:{COLOURS[s][0]},stroke:{COLOURS[s][1]},color:#1c1e21" for s in sorted(present)]
    return "\n".join(lines)

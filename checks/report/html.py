"""The report as one HTML file: formulas as MathML, figures as SVG, nothing loaded from anywhere."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from convbound.checks.report import figures
from convbound.checks.report.argument import NARROW, WIDE, Argument, draw
from convbound.checks.report.comparison import Group, compared
from convbound.checks.report.formulas import mathml
from convbound.checks.report.graph import lay_out
from convbound.checks.report.report_model import Report, View
from convbound.checks.report.templating import INDEX, TEMPLATES, common, environment

if TYPE_CHECKING:
    from markupsafe import Markup

    from convbound.proofs.record import Counterexample

SHAPES = {"broad": WIDE, "narrow": NARROW}
CURVES = ("mean-square", "mean-norm")  # the quantities whose bounds are drawn against the dimension


def render_html(report: Report) -> str:
    """The whole page."""
    from markupsafe import Markup

    page = environment(escaping=True)
    page.globals |= {
        "argument": lambda chapter: _argument(report, chapter.argument),
        "dots": _dots,
        "curves": _curves,
        "link": _link,
        "prose": prose,
        "link_name": lambda name: _link_name(report, name),
        "math": lambda latex, block=False: Markup(mathml(latex, block=block)),
        "evidence": lambda e: Markup(figures.evidence_figure(e)),
        "sides": sides,
    }
    return page.get_template("report.html.j2").render(
        **common(report),
        graph=Markup(figures.graph_figure(lay_out(report))),
        bounds=compared(report),
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        js=Markup((TEMPLATES / "report.js").read_text(encoding="utf-8")),
    )


# --------------------------------------------------------------------------------------------------- small pieces


def sides(example: Counterexample) -> Markup | str:
    """The figure of a counterexample, where both sides are plain numbers."""
    from markupsafe import Markup

    left, right = _decimal(example.left), _decimal(example.right)
    if left is None or right is None or left == right:
        return ""
    return Markup(figures.sides_figure(left, right, example.relation))


def _decimal(text: str) -> float | None:
    found = re.search(r"≈ (\S+?)(?: for every K)?$", text)
    try:
        return float(found[1] if found else Fraction(text.removeprefix("at least ").removesuffix(" for every K")))
    except ValueError:
        return None


def prose(text: str) -> Markup:
    """Plain text with its indices set low: w_{k+1}, M_G, F_inf."""
    from markupsafe import Markup, escape

    return Markup(INDEX.sub(lambda m: f"{m[1]}<sub>{m[2] or m[3]}</sub>", str(escape(text))))


def _link(view: View) -> Markup:
    from markupsafe import Markup, escape

    return Markup(f'<a href="#{view.anchor}"><code>{escape(view.record.id)}</code></a>')


def _link_name(report: Report, name: str) -> Markup:
    from markupsafe import Markup, escape

    if name in report.by_name:
        return _link(report.by_name[name])
    return Markup(f"<code>{escape(name)}</code>")


def _argument(report: Report, argument: Argument) -> Markup:
    """The source's argument, broad and, for a phone, narrow: the page shows one of them."""
    from markupsafe import Markup

    def target(claim: str) -> str:
        return f"#{report.by_name[claim].anchor}"

    drawn = {kind: figures.argument_figure(draw(argument, shape), argument, target) for kind, shape in SHAPES.items()}
    both = "".join(f'<div class="scroll {kind}">{picture}</div>' for kind, picture in drawn.items())
    return Markup(
        f'<figure class="argument">{both}<figcaption>{figures.argument_legend(argument)}</figcaption></figure>'
    )


def _dots(group: Group) -> Markup | str:
    from markupsafe import Markup

    return Markup(figures.bounds_figure(group.drawn)) if group.drawn else ""


def _curves(group: Group) -> Markup | str:
    from markupsafe import Markup

    return Markup(figures.curves_figure(group.drawn, group.curves)) if group.quantity in CURVES else ""

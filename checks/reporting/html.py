"""The report as one HTML file: formulas as MathML, figures as SVG, nothing loaded from anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.reporting import figures
from checks.reporting.formulas import mathml
from checks.reporting.graph import lay_out
from checks.reporting.view import MEANINGS, RULES, SIGNS, Report, View, settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

Json = Any
TEMPLATES = Path(__file__).parent / "templates"
CURVES = ("mean-square", "mean-norm")  # the quantities whose bounds are drawn against the dimension


def render_html(report: Report) -> str:
    """The whole page."""
    from markupsafe import Markup

    page = environment(True)
    page.globals |= {
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
        bounds=bounds(report),
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        js=Markup((TEMPLATES / "report.js").read_text(encoding="utf-8")),
    )


def environment(escaping: bool) -> Environment:
    """The templates; what is undefined in one is an error."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=escaping,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.globals |= {
        "sentence": sentence,
        "fails": fails,
        "reading": reading,
        "number": figures.number,
        "value": value,
    }
    return found


def common(report: Report) -> dict[str, Any]:
    """What every template uses."""
    return {
        "report": report,
        "signs": SIGNS,
        "meanings": MEANINGS,
        "rules": RULES,
        "settings": settings(report),
        "findings": findings(report),
        "corrections": [v for v in report.views if v.record.corrects and v.record.verdict == "proved"],
    }


# --------------------------------------------------------------------------------------------------- small pieces


def sentence(text: str) -> str:
    """A text with a capital and a full stop, unless it begins with a formula."""
    text = text.strip()
    first = re.match(r"[a-z]+(?= |,)", text)
    text = text[0].upper() + text[1:] if first and len(first[0]) > 1 else text
    return text if text.endswith((".", "!", "?")) else f"{text}."


def reading(view: View) -> str:
    """Which reading of the print a claim encodes, as its identifier says after the @."""
    _, at, which = view.record.id.partition("@")
    return f" ({which})" if at else ""


def value(text: str) -> str:
    """An exact value as LaTeX."""
    text = text.replace("·", r"\,")
    text = re.sub(r"√(\d+)", r"\\sqrt{\1}", text)
    return re.sub(r"(\d+)/(\d+)", r"\\frac{\1}{\2}", text)


def fails(record: Any) -> str:
    """What should have been, in words."""
    relation = {"<=": "at most", "<": "less than", ">=": "at least", ">": "greater than", "=": "equal to"}
    wanted = relation.get(record.counterexample["relation"], record.counterexample["relation"])
    return f"the left side is not {wanted} the right one."


def findings(report: Report) -> list[tuple[str, list[View]]]:
    """What is wrong in the source, each reason once, with all claims that it brings down."""
    groups: dict[str, list[View]] = {}
    for view in report.views:
        if view.record.printed and view.record.counterexample:
            groups.setdefault(view.record.counterexample["words"], []).append(view)
    return list(groups.items())


def sides(example: Json) -> Markup | str:
    """The figure of a counterexample, where both sides are plain numbers."""
    from markupsafe import Markup

    left, right = _decimal(example["left"]), _decimal(example["right"])
    if left is None or right is None or left == right:
        return ""
    return Markup(figures.sides_figure(left, right, example["relation"]))


def _decimal(text: str) -> float | None:
    found = re.search(r"≈ (\S+?)(?: for every K)?$", text)
    try:
        return float(found[1] if found else Fraction(text.removeprefix("at least ").removesuffix(" for every K")))
    except ValueError:
        return None


def prose(text: str) -> Markup:
    """Plain text with its indices set low: w_{k+1}, M_G, F_inf."""
    from markupsafe import Markup, escape

    pattern = r"(?<![A-Za-z0-9])([^\W\d_]\u0304?|\))_(?:\{([^{}]*)\}|([A-Za-z0-9]+))"
    return Markup(re.sub(pattern, lambda m: f"{m[1]}<sub>{m[2] or m[3]}</sub>", str(escape(text))))


def _link(view: View) -> Markup:
    from markupsafe import Markup, escape

    return Markup(f'<a href="#{view.anchor}"><code>{escape(view.record.id)}</code></a>')


def _link_name(report: Report, name: str) -> Markup:
    from markupsafe import Markup, escape

    if name in report.by_name:
        return _link(report.by_name[name])
    return Markup(f"<code>{escape(name)}</code>")


# ---------------------------------------------------------------------------------------------------------- bounds


@cache
def _titles() -> dict[str, str]:
    from bounds import QUANTITIES

    return {q.id: q.title for q in QUANTITIES.values()}


def bounds(report: Report) -> Json:
    """The comparison of bounds, by the quantity they bound, with its figures."""
    from markupsafe import Markup

    found = report.document.bounds
    if not found:
        return None
    groups = []
    for quantity, entries in by_quantity(found["bounds"]):
        drawn = [e for e in entries if e["value"]]
        curves = figures.curves_figure(drawn, found["curves"]) if quantity in CURVES else ""
        dots = figures.bounds_figure(drawn) if drawn else ""
        title = _titles().get(quantity, quantity)
        groups.append({"title": title, "entries": entries, "dots": Markup(dots), "curves": Markup(curves)})
    point = ", ".join(f"{k} = {v}" for k, v in found["parameters"].items() if k in ("L", "d", "c"))
    return {"groups": groups, "point": point, "reading": found["reading"]}


def by_quantity(entries: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """Bounds in the order of the catalogue's answer, grouped."""
    groups: dict[str, list[Json]] = {}
    for entry in entries:
        if entry["value"] is not None:
            groups.setdefault(entry["quantity"], []).append(entry)
    return list(groups.items())

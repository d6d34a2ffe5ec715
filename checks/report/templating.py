"""The templates and what every one of them uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.plain_data import JsonObject
from convbound.checks.report import wording
from convbound.checks.report.front import front_of
from convbound.checks.report.numbers import exact, number
from convbound.checks.report.report_model import MEANINGS, RULES, SIGNS, Report, View, settings

if TYPE_CHECKING:
    from jinja2 import Environment

    from convbound.proofs.record import Assumption, Counterexample

TEMPLATES = Path(__file__).parent / "templates"
# an index in plain text: w_{k+1}, M_G, F_inf; not the underscore of a name such as my_claims
INDEX = re.compile(r"(?<![a-z0-9])([^\W\d_]\u0304?|\))_(?:\{([^{}]*)\}|([A-Za-z0-9]+))")
LATEX_MARKS = {  # braces and per cent signs are LaTeX's own
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}


TRUST = (
    "What has to be trusted is that a claim says what its source says; for a proof, one file, the kernel, which "
    "re-derives every theorem from its certificate, and the translation of the claim into polynomials, which is "
    "compared with the author's expressions at exact points; for a counterexample, exact rational arithmetic and the "
    "code that decides what its premises ask of it. The search that found either need not be trusted."
)


def environment(*, escaping: bool = False, marks: dict[str, str] | None = None) -> Environment:
    """The templates; what is undefined in one is an error."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=escaping,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **(marks or {}),  # type: ignore[arg-type]
    )
    found.globals |= {
        "sentence": sentence,
        "fails": fails,
        "valued": wording.value,
        "instance": wording.instance,
        "reading": reading,
        "unused": unused,
        "number": number,
        "value": exact,
    }
    return found


def common(report: Report) -> JsonObject:
    """What every template uses."""
    return {
        "report": report,
        "signs": SIGNS,
        "meanings": MEANINGS,
        "rules": RULES,
        "settings": settings(report),
        "trust": TRUST,
        "front": front_of(report.document),
        "findings": findings(report),
        "corrections": [v for v in report.views if v.record.corrects and v.record.verdict == "proved"],
    }


def sentence(text: str) -> str:
    """A text with a capital and a full stop, unless it begins with a formula."""
    text = text.strip()
    first = re.match(r"[a-z]+(?= |,)", text)
    text = text[0].upper() + text[1:] if first and len(first[0]) > 1 else text
    return text if text.endswith((".", "!", "?")) else f"{text}."


def unused(held: Sequence[Assumption]) -> str:
    """Which of a standing group a proof did not use, by their numbers in it."""
    numbers = [str(n) for n, a in enumerate(held, 1) if a.used is False]
    return f" (not used: {', '.join(numbers)})" if numbers else ""


def reading(view: View) -> str:
    """Which reading of the print a claim encodes, as its identifier says after the @."""
    _, at, which = view.record.id.partition("@")
    return f" ({which})" if at else ""


def fails(found: Counterexample) -> str:
    """What should have been, in words."""
    relation = {"<=": "at most", "<": "less than", ">=": "at least", ">": "greater than", "=": "equal to"}
    wanted = relation.get(found.relation, found.relation)
    return f"the left side is not {wanted} the right one."


def findings(report: Report) -> list[tuple[str, list[View]]]:
    """What is wrong in the source, each reason once, with all claims that it brings down."""
    groups: dict[str, list[View]] = {}
    for view in report.views:
        if view.record.printed and view.record.counterexample:
            groups.setdefault(view.record.counterexample.words, []).append(view)
    return list(groups.items())

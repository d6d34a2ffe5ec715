"""The formats of a report: one entry each, and no renderer knows another.

A renderer is a function of a `Report` that returns the whole file, as text or bytes. Another package brings one along
by an entry point of the group `convbound.formats`: its name is the suffix, its value is "module:function".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbound.checks.report.report_model import Report

    Renderer = Callable[[Report], str | bytes]

GROUP = "convbound.formats"
HOME = "convbound.checks.report"
OWN = {".html": "html:render_html", ".md": "markdown:render_markdown", ".tex": "latex:render_latex"}
OWN |= {".pdf": "pdf:render_pdf"}


@cache
def formats() -> Mapping[str, EntryPoint]:
    """The formats by the suffix of a file; nothing is imported."""
    own = {suffix: EntryPoint(suffix, f"{HOME}.{place}", GROUP) for suffix, place in OWN.items()}
    return {e.name: e for e in entry_points(group=GROUP) if e.name.startswith(".")} | own


def render(report: Report, suffix: str) -> str | bytes:
    """The report in one format.

    Args:
        report: the document, arranged for readers.
        suffix: the format, by the suffix of its files, such as `.html`.

    Returns:
        The whole file, as text or as bytes.

    Raises:
        KeyError: there is no such format.
        InputError: this machine lacks what the format needs.
    """
    renderer: Renderer = formats()[suffix].load()
    return renderer(report)

"""What GitHub Actions shows of a run: annotations beside the lines, and a summary of the step."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.checks.report.places import in_repository
from convbound.checks.report.wording import details, headline

if TYPE_CHECKING:
    from convbound.checks.report.document import Document

LONGEST = 900_000  # bytes; GitHub takes a mebibyte a step


def workflow_commands(document: Document) -> list[str]:
    """Workflow commands, one for each claim that is not as expected."""
    lines = []
    for record in document.records:
        if not record.as_expected:
            file, line = record.place
            place = f"file={_property(in_repository(file))},line={line}," if file else ""
            message = _escaped(details(record))
            lines.append(f"::error {place}title={_property(headline(record))}::{message}")
    for e in document.engines:
        if e.verdict == "contradicted":
            lines.append(f"::error title={_property(f'engine {e.name}: contradicted')}::{_escaped(e.text)}")
    return lines


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(document: Document) -> str:
    """Markdown: the front page, how many of each verdict, and every claim that is not as expected."""
    from convbound.checks.report.front import front_of
    from convbound.checks.report.front_markdown import code, front_markdown

    front = front_of(document)
    counts = Counter(r.verdict for r in document.records)
    wrong = [r for r in document.records if not r.as_expected]
    page = [front_markdown(front, code)] if front.quoted else []
    lines = [f"### convbound: {', '.join(document.targets)}", "", *page, "| verdict | claims |", "|---|---|"]
    lines += [f"| {verdict} | {count} |" for verdict, count in counts.most_common()]
    lines += ["", f"**{len(wrong)} not as expected**" if wrong else "All as expected."]
    lines += [
        f"\n**Engine `{e.name}` is contradicted:** {e.text}" for e in document.engines if e.verdict == "contradicted"
    ]
    for record in wrong:
        lines += ["", f"#### `{record.id}`: {record.verdict}, expected {record.expected}", ""]
        lines += ["```", *details(record).replace("```", "'''").splitlines(), "```"]
    text = "\n".join(lines) + "\n"
    while len(text.encode()) > LONGEST:
        text = text[: len(text) // 2] + "\n```\n\n… cut: the log has the rest.\n"
    return text


def tell_github(document: Document) -> list[str]:
    """Append the summary where GitHub wants it; the annotations to print, where this runs there."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(step_summary(document) + "\n")
        except OSError:  # the verdicts do not depend on it
            pass
    return workflow_commands(document) if os.environ.get("GITHUB_ACTIONS") == "true" else []

"""The front page as text: a screen that somebody reads, never cut inside a word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import click

from convbound.checks.report.front import Chapter, Finding, Front, Repair

LINES, WIDTH = 45, 80  # of a whole page, as far as its statements allow
LABEL = 10  # columns of what a line is called


def front_text(front: Front, width: int = WIDTH) -> str:
    """The page, in at most LINES lines for one source: what is cut is named, and how to see it."""
    width = max(width, 40)
    ending = _wrong(front, width) + _filled(front.summary, width)
    room = LINES - len(ending) - 2  # for the hint
    lines: list[str] = []
    for k, chapter in enumerate(front.chapters):
        page = _chapter(chapter, width, max(room - len(lines), 8 if k else room))
        lines += ["", *page] if k else page
    return "\n".join([*lines, *ending])


def _wrong(front: Front, width: int) -> list[str]:
    """What is not as recorded."""
    lines = []
    for record in front.wrong:
        said = f"NOT as recorded: {record.name} is {record.verdict}, expected {record.expected}."
        lines += [click.style(line, fg="red", bold=True) for line in _filled(said, width)]
        lines += _filled(record.reason, width, "    ")
    return lines


def quiet_text(front: Front, width: int = WIDTH) -> str:
    """What is not as recorded, how many claims of each verdict, and the summary."""
    counts = [line for chapter in front.chapters for line in _filled(f"{chapter.library}: {chapter.counts}", width)]
    return "\n".join([*_wrong(front, width), *counts, *_filled(front.summary, width)])


def _chapter(chapter: Chapter, width: int, room: int) -> list[str]:
    """One source, in so many lines where that can be done."""
    top = _filled(f"{chapter.source}: {chapter.title}" if chapter.source else chapter.title, width)
    top += [click.style(line, bold=True) for line in _filled(chapter.verdict, width)]
    bottom = _filled(chapter.counts, width)
    for detail in (3, 2, 1, 0):  # as much as there is room for
        middle = [*_findings(chapter, width, detail), *_holds(chapter, width, detail)]
        if len(top) + len(middle) + len(bottom) <= room:
            break
    return [*top, *middle, *bottom]


def _findings(chapter: Chapter, width: int, detail: int) -> list[str]:
    lines: list[str] = []
    for result in chapter.results:
        lines += ["", *_result(chapter, result, width, detail)]
    if chapter.roots:
        lines += ["", click.style(f"What brings it down ({len(chapter.roots)})", bold=True)]
        for root in chapter.roots:
            lines += _finding(chapter, root, width, detail)
    fallen = [f.statement.name for f in chapter.consequences if f not in chapter.results]
    if fallen:
        lines += _filled(f"Falls with it: {'; '.join(fallen)}.", width)
    if chapter.slips:
        title = "Slips that no result rests on" if chapter.quoted else "Refuted"
        lines += ["", click.style(f"{title} ({len(chapter.slips)})", bold=True)]
        shown = chapter.slips[: 4 * detail + (8 if chapter.quoted else 4)]
        for slip in shown:
            whole = detail > 2 and not chapter.quoted
            lines += _finding(chapter, slip, width, detail) if whole else _slip(chapter, slip, width, detail)
        lines += _more(len(chapter.slips), len(shown))
    if chapter.unsettled:
        lines += ["", click.style(f"Not settled ({len(chapter.unsettled)})", bold=True)]
        few = chapter.unsettled[: 4 * detail + 3]
        for statement in few:
            record = statement.records[0]
            reason = f": {record.reason or record.note}" if record.reason or record.note else ""
            lines += _clipped(_filled(f"{record.verdict}  {record.id}{reason}", width, "  ", "    "), 1 + detail, width)
        lines += _more(len(chapter.unsettled), len(few))
    return lines


def _holds(chapter: Chapter, width: int, detail: int) -> list[str]:
    """The statements that hold: results by name, and of a source that is not quoted the claims."""
    if chapter.quoted:
        names = [s.name for s in chapter.holds if ", proof" not in s.name]
    else:
        names = [s.id for s in chapter.holds]
    if not names:
        return []
    text = f"What holds: {'; '.join(names)}."
    return ["", *_clipped(_filled(text, width), 1 + 2 * detail, width)]


def _clipped(lines: list[str], most: int, width: int) -> list[str]:
    """At most so many lines; the last one says that there was more, after a whole word."""
    if len(lines) <= most:
        return lines
    words = lines[most - 1].rstrip()
    while len(words) > width - 2:
        words = words.rpartition(" ")[0]
    return [*lines[: most - 1], f"{words.rstrip(';:,')} …"]


def _more(all_of_them: int, shown: int) -> list[str]:
    return [f"  … and {all_of_them - shown} more: --all"] if all_of_them > shown else []


def _head(finding: Finding, width: int) -> list[str]:
    """The sign and the name, and the claim at the right end where there is room for it."""
    sign = click.style("✗", fg="red", bold=True)
    name, claim = finding.statement.name, finding.statement.id
    gap = width - 2 - len(name) - len(claim)
    if gap >= 2:
        return [f"{sign} {name}{' ' * gap}{claim}"]
    first, *rest = _filled(name, width - 2)
    return [f"{sign} {first}", *(f"  {line}" for line in rest), *_filled(claim, width, "  ")]


def _result(chapter: Chapter, finding: Finding, width: int, detail: int) -> list[str]:
    """What the source was to show: its figure at the example, what brings it down, and what is true instead."""
    lines = [*_head(finding, width), *_labelled("printed", finding.statement.text, width)]
    if finding.figures:
        values = ", ".join(f"{f.reading} {f.value}" for f in finding.figures)
        lines += _labelled("example", f"{chapter.example}: {values};", width)
        lines += _labelled("", f"no scheme keeps below {finding.figures[0].minimum} for every F", width)
        if finding.opposite is not None:
            lines += _labelled("for", _cited(finding.opposite, chapter.library), width)
    if detail > 1 or not finding.figures:
        lines += _labelled("but", finding.statement.why, width)
    lines += _labelled("rests on", "; ".join(f"{name} ✗" for name in finding.rests_on), width)
    for repair in (*finding.repairs[:1], *chapter.instead[: max(detail, 1)]):
        lines += _true(repair, chapter.library, width)
    return lines


def _finding(chapter: Chapter, finding: Finding, width: int, detail: int) -> list[str]:
    lines = [*_head(finding, width), *_labelled("printed", finding.statement.text, width)]
    lines += _labelled("but", finding.statement.why, width)
    if detail > 1:
        lines += _labelled("", finding.statement.words, width)
    for repair in finding.repairs[: max(detail, 1)]:
        lines += _true(repair, chapter.library, width)
    return lines


def _slip(chapter: Chapter, finding: Finding, width: int, detail: int) -> list[str]:
    words = finding.statement.words or finding.statement.why
    if not chapter.quoted and finding.statement.why:  # the numbers say more than how they were found
        words = finding.statement.why
    name = finding.statement.name if chapter.quoted else finding.statement.id
    return _clipped(_filled(f"{name}: {words}", width, "  ", "    "), 2 if detail > 1 else 1, width)


def _true(repair: Repair, library: str, width: int) -> list[str]:
    added = f", if {' and '.join(repair.added)} (added)" if repair.added else ""
    return _labelled("true", _cited(repair, library, added), width)


def _cited(repair: Repair, library: str, more: str = "") -> str:
    return f"{repair.text}{more}   [{repair.claim.removeprefix(f'{library}:')}]"


def _labelled(label: str, text: str, width: int) -> list[str]:
    """A line with its label, and what does not fit below it."""
    return _filled(text, width, f"    {label:<{LABEL}}", " " * (4 + LABEL)) if text else []


def _filled(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def hint(front: Front, targets: Iterable[str], width: int = WIDTH) -> str:
    """How to go on from here, in one line."""
    findings = (f for c in front.chapters for f in (*c.roots, *c.slips))
    claim = next((f"--explain {f.statement.records[0].id}, " for f in findings), "")
    named = " ".join(targets)
    return "\n".join(_filled(f"More: {claim}--all; convbound report {named} -o r.html", width))

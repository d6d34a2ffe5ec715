"""The front page as Markdown: at the top of a report, and in the summary of a step on GitHub."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from convbound.checks.report.front import Chapter, Finding, Front, Repair

Link = Callable[[str], str]  # of a claim's qualified name


def front_markdown(front: Front, link: Link) -> str:
    """The page; of sources that are not quoted, their verdict and counts alone."""
    return "\n\n".join(_chapter(chapter, link) for chapter in front.chapters) + "\n"


def _chapter(chapter: Chapter, link: Link) -> str:
    parts = [f"**{escaped(chapter.verdict)}**"]
    if len(chapter.results) + len(chapter.roots) + len(chapter.slips) and chapter.quoted:
        parts += [_result(chapter, result, link) for result in chapter.results]
        if chapter.roots:
            parts.append("| what brings it down | printed | why it fails | what is true instead |\n|---|---|---|---|")
            parts[-1] += "".join(f"\n{_row(root, link)}" for root in chapter.roots)
        fallen = [f for f in chapter.consequences if f not in chapter.results]
        if fallen:
            parts.append("Falls with it: " + "; ".join(_named(f, link) for f in fallen) + ".")
        if chapter.slips:
            parts.append("Slips that no result rests on:")
            parts[-1] += "\n" + "".join(
                f"\n- {_named(f, link)}: {escaped(f.statement.words or f.statement.why)}" for f in chapter.slips
            )
        parts.append(f"What holds: {escaped('; '.join(s.name for s in chapter.holds))}.")
    return "\n\n".join([*parts, escaped(f"{chapter.library}: {chapter.counts}")])


def _result(chapter: Chapter, finding: Finding, link: Link) -> str:
    lines = [f"- {_named(finding, link)}: {escaped(finding.statement.text)}"]
    if finding.figures:
        values = ", ".join(f"{f.value} ({f.reading}: {f.read_as})" for f in finding.figures)
        lines.append(
            escaped(
                f"at {chapter.example} that is {values}; no scheme keeps below {finding.figures[0].minimum} for every F"
            )
        )
    if finding.opposite is not None:
        lines.append(f"for {_true(finding.opposite, link)}")
    lines.append(escaped(f"rests on {'; '.join(f'{name} ✗' for name in finding.rests_on)}"))
    lines += [f"true: {_true(r, link)}" for r in (*finding.repairs[:1], *chapter.instead)]
    return "\n  - ".join(lines)


def _row(finding: Finding, link: Link) -> str:
    why = f"{finding.statement.why}. {finding.statement.words}"
    cells = (
        _named(finding, link),
        escaped(finding.statement.text),
        escaped(why),
        "; ".join(_true(repair, link) for repair in finding.repairs[:1]),
    )
    return f"| {' | '.join(cells)} |"


def _named(finding: Finding, link: Link) -> str:
    return f"{escaped(finding.statement.name)} {link(finding.statement.records[0].name)}"


def _true(repair: Repair, link: Link) -> str:
    added = f", **if {escaped(_and(repair.added))}** (added)" if repair.added else ""
    return f"{escaped(repair.text)}{added} {link(repair.claim)}"


def _and(texts: Iterable[str]) -> str:
    return " and ".join(texts)


def escaped(text: str) -> str:
    """Plain text in which nothing is markup."""
    return re.sub(r"([\\`*_<>\[\]|#~$])", r"\\\1", text)


def code(text: str) -> str:
    """A text as code, whatever ticks it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence, gap = "`" * (longest + 1), " " if "`" in text else ""
    return f"{fence}{gap}{text}{gap}{fence}"

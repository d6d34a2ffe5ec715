"""How verdicts look on a terminal: the table, a paragraph for each refuted claim, the summary."""

from __future__ import annotations

import os
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from convbound.checks.report.wording import counted, fails, instance, value
from convbound.proofs.record import FOUND

if TYPE_CHECKING:
    from rich.progress import Progress

    from convbound.checks.report.document import EngineEvidence
    from convbound.proofs.record import Assumption, Record

STYLES = {
    "proved": "green",
    "refuted": "red",
    "supported": "cyan",
    "contradicted": "red",
    "open": "yellow",
    "assumed": "magenta",
    "vacuous": "yellow",
    "error": "bold red",
}


NARROWEST, USUAL, WIDEST = 40, 140, 1000  # columns of a table off a terminal


class Output(Console):
    """A console that leaves it to `main` what a vanished reader means."""

    def on_broken_pipe(self) -> None:
        """Rich would end the program, with the exit code of a verdict."""
        raise BrokenPipeError


def console() -> Console:
    """Colour and the terminal's width on a terminal; plain text of a fixed width elsewhere."""
    return Output(width=None if sys.stdout.isatty() else _width(), highlight=False, soft_wrap=False)


def columns() -> int:
    """The columns of a page: the terminal's, at most 100, since long lines are hard to read; 80 off a terminal."""
    said = os.environ.get("COLUMNS")
    return min(console().width, 100) if sys.stdout.isatty() or said else 80


def _width() -> int:
    """What COLUMNS says, where that is a width."""
    text = os.environ.get("COLUMNS", "")
    plain = text.isascii() and text.isdigit() and len(text) < 9
    return min(max(int(text), NARROWEST), WIDEST) if plain else USUAL


def progress_bar() -> Progress:
    """A progress bar on standard error, where that is a terminal; elsewhere nothing."""
    from rich.progress import Progress

    return Progress(console=Output(stderr=True), transient=True, disable=not sys.stderr.isatty())


def verdict_table(records: Sequence[Record]) -> Table:
    """One row a claim."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("claim", "source", "verdict", "expected", "rests on"):
        table.add_column(name, overflow="fold")
    table.add_column("ms", justify="right", min_width=5)  # a table's shape does not depend on how long it took
    for r in records:
        mark = Text(r.verdict, style=STYLES.get(r.verdict, ""))
        expected = Text(
            "as expected" if r.as_expected else f"NOT: {r.expected}", style="" if r.as_expected else "bold red"
        )
        rests = ", ".join(name.removeprefix(f"{r.library}:") for name in r.rests_on)
        cells = (Text(x) for x in (r.id, r.source))  # text, not markup
        table.add_row(*cells, mark, expected, Text(rests), f"{1000 * r.seconds:.0f}")
    return table


def paragraph(record: Record) -> str:
    """A refutation as a referee would put it."""
    found = record.counterexample
    assert found is not None
    lines = [f"{record.id}   refuted   {record.conclusion.text}   does not follow."]
    lines.append(f"{instance(found)}.")
    if number := sum(h.instance_of is None for h in record.assumptions):
        hold = "its hypothesis holds" if number == 1 else f"all {number} hypotheses hold"
        lines.append(f"✓ {hold} there, decided exactly.")
    if found.ingredients:
        lines.append(f"There {', '.join(f'{x.text} = {x.value}' for x in found.ingredients)}.")
    lines.append(f"Left side {value(found.left)}, right side {value(found.right)}: {fails(found)}.")
    if found.words:
        said = f"In the author's words: {found.words}." if found.words != FOUND else f"{found.words.capitalize()}."
        lines.append(said)
    if found.by is not None:
        lines.append(f"The opposite is proved: {found.by}.")
    return "\n".join(
        textwrap.fill(x, 110, initial_indent="    " * (k > 0), subsequent_indent="    ") for k, x in enumerate(lines)
    )


def engine_lines(engines: Sequence[EngineEvidence]) -> list[str]:
    """What sampling says of the engines that draw evidence: one line each, and why where one is not supported."""
    if not engines:
        return []
    lines = ["", "engines   against the definition of the scheme, by sampling"]
    for e in engines:
        why = "" if e.verdict == "supported" else f"   {e.text}"
        lines.append(f"  {e.name:<12} {e.verdict:<13} {e.samples:>9} draws{why}")
    return lines


def summary(records: Sequence[Record], seconds: float) -> str:
    """One line: how many of each verdict, and how many are not as expected."""
    counts = Counter(r.verdict for r in records)
    parts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    wrong = sum(not r.as_expected for r in records)
    replay = sum(r.replay_seconds for r in records)
    tail = "all as expected" if not wrong else f"{wrong} NOT as expected"
    claims = counted(len(records), "claim")
    return f"{claims}: {parts}; {tail}. {seconds:.1f} s, certificates re-checked in {replay:.2f} s."


def _supposed(hypothesis: Assumption) -> str:
    """A hypothesis with its marks; one that is derived from the others by another claim is not supposed."""
    marks = []
    if hypothesis.added:
        marks.append("added: not in the source")
    elif hypothesis.beyond:
        marks.append(f"not in {hypothesis.beyond}")
    if hypothesis.used is False:
        marks.append("not used")
    tail = f"   ({'; '.join(marks)})" if marks else ""
    return f"{'so' if hypothesis.instance_of else 'suppose':8} {hypothesis.words}{tail}"


def explanation(record: Record) -> str:
    """The statement and its derivation, step by step."""
    lines = [f"{record.id}   {record.verdict}   {record.source}", record.title, ""]
    if record.note:
        lines += [f"note: {record.note}", ""]
    tick = "✓ " if record.counterexample else ""  # it holds in the instance below
    lines += [f"{tick}{_supposed(h)}" for h in record.assumptions]
    lines += [f"where    {x.text}" for x in record.definitions]
    lines += [f"then     {record.conclusion.text}", ""]
    if record.declarations:
        lines += [*(f"declared {x}" for x in record.declarations), ""]
    seen: dict[str, int] = {}
    for number, line in enumerate(record.lines, 1):
        named = "; ".join(f"({seen[use]})" if use in seen else use for use in line.uses)
        uses = f"   from {named}" if named else f"   {line.words}" if line.words else ""
        lines.append(f"{number:3}. {line.text}   [{line.rule}]{uses}")
        seen |= {line.text: number, f"induction: {line.text}": number}
        if line.rule != "use" and line.words:
            seen[line.words] = number
    if record.certificate:
        rules = ", ".join(f"{rule} {count}" for rule, count in record.rules.items())
        lines += ["", f"rules        {rules}", f"certificate  {record.certificate}"]
        lines += [f"referee      {record.referee}"] if record.referee != "not run" else []
    if record.rests_on:
        lines.append(f"rests on     {', '.join(record.rests_on)}")
    if record.counterexample:
        lines += ["", paragraph(record), "", "the instance, whole:", *record.counterexample.data.lines()]
    if record.reason:
        lines += ["", record.reason]
    return "\n".join(lines)

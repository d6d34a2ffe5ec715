"""What every rendering shows of a document, arranged once: items, links between claims, steps with their reasons."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from convbound.bounds.plain_data import Json
from convbound.bounds.verdict import STRENGTH, weakest
from convbound.checks.report.document import Document
from convbound.checks.report.standing import Standing, Supposed, standing_of, supposed

if TYPE_CHECKING:
    from convbound.proofs.record import Line, Record

SIGNS = {
    "proved": "✓",
    "supported": "≈",
    "assumed": "○",
    "open": "?",
    "vacuous": "∅",
    "error": "!",
    "contradicted": "↯",
    "refuted": "✗",
}
MEANINGS = {
    "proved": "the kernel built the theorem from the stated hypotheses, its certificate re-checks, and an exact model "
    "shows that the hypotheses do not contradict each other",
    "supported": "no proof; exact enumeration or sequential Monte Carlo confirms it within a stated tolerance",
    "assumed": "taken from a source, not checked",
    "open": "neither proved nor refuted; the reason says what was tried",
    "vacuous": "a derivation closes, but from hypotheses that contradict each other",
    "error": "the claim could not be read, or its proof or its instance fails with an exception; the reason says where",
    "contradicted": "Monte Carlo excludes it at a stated error probability",
    "refuted": "an exact instance satisfies every hypothesis and violates the conclusion",
}
RULES = {
    "combination": "a nonnegative combination of facts, closed by one polynomial identity over the rationals",
    "functional": "a positive linear functional (expectation, sum, average, integral) applied to both sides",
    "identity": "both sides are the same polynomial",
    "use": "a claim proved elsewhere; its certificate is replayed here",
    "interchange": "two linear functionals change places",
    "tower": "the law of total expectation",
    "average": "the average is the sum divided by its length",
    "telescoping": "a sum of differences is the last term minus the first",
    "induction": "induction over a natural number",
    "integrality": "an integer z has z(z − 1) ≥ 0",
    "member": "a nonnegative part is at most the whole sum",
    "limit": "the limit of a rational function, for K to infinity",
}


@dataclass(frozen=True)
class Reason:
    """What a step uses: `kind` is claim, step or fact; `target` is a claim's name or a step's number."""

    kind: str
    text: str
    target: str = ""


@dataclass(frozen=True)
class Step:
    """A displayed step; `continued` where its left side is the right side of the step before."""

    number: int
    line: Line
    continued: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Item:
    """A numbered thing of the source (a proposition, a definition) with its claims."""

    title: str
    anchor: str
    views: tuple[View, ...]
    head: str  # the title without the library
    opens: str  # the library that begins here, where there are several


def name_of(record: Record) -> str:
    """The identifier with its library."""
    return f"{record.library}:{record.id}"


def slug(text: str) -> str:
    """A text as an anchor; different texts of one document stay different."""
    return re.sub(r"[^A-Za-z0-9]", lambda m: {"/": "--", "~": "-t-", "@": "-at-", " ": "-"}.get(m[0], "-"), text)


@dataclass(frozen=True)
class View:
    """One claim among the others of its document."""

    record: Record
    report: Report

    @cached_property
    def name(self) -> str:
        """The identifier with its library."""
        return name_of(self.record)

    @cached_property
    def anchor(self) -> str:
        """Where the claim stands in the report."""
        return f"claim-{slug(self.name.replace(':', '--'))}"

    @cached_property
    def status(self) -> str:
        """The verdict of the claim, or of the weakest that it rests on."""
        return self.report.statuses[self.name]

    @cached_property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the claims that the proof really used."""
        return self.record.rests_on

    @cached_property
    def corrected_by(self) -> tuple[View, ...]:
        """The claims that say what holds instead."""
        return tuple(v for v in self.report.views if v.record.corrects == self.record.id and self._same(v))

    @cached_property
    def corrects(self) -> View | None:
        """The claim that this one puts right."""
        found = (v for v in self.report.views if v.record.id == self.record.corrects and self._same(v))
        return next(found, None)

    def _same(self, other: View) -> bool:
        return other.record.library == self.record.library

    @cached_property
    def used_by(self) -> tuple[View, ...]:
        """The claims whose proofs use this one directly."""
        return tuple(v for v in self.report.views if self.name in v.rests_on)

    @cached_property
    def supposed(self) -> Supposed:
        """The hypotheses: standing ones by their names, and what the claim adds to them."""
        return supposed(self.record, self.report.standing.get(self.record.library, ()))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The derivation, with reasons that point to claims and to earlier steps."""
        steps: list[Step] = []
        for number, line in enumerate(self.record.lines, 1):
            before = steps[-1].line.sides if steps else ("", "", "")
            continued = bool(line.sides[0]) and line.sides[0] == before[2]
            steps.append(Step(number, line, continued, tuple(self._reason(u, steps) for u in line.uses)))
        return tuple(steps)

    @property
    def is_closed(self) -> bool:
        """Whether the derivation's last line is the claim itself, as it is shown."""
        last = self.record.lines[-1] if self.record.lines else None
        return last is not None and last.text == self.record.conclusion.text

    def _reason(self, text: str, steps: Sequence[Step]) -> Reason:
        own = f"{self.record.library}:{text}"
        for name in (text, own):
            if name in self.report.by_name:
                return Reason("claim", text, name)
        for step in reversed(steps):
            if text in (step.line.text, f"induction: {step.line.text}", step.line.words):
                return Reason("step", f"({step.number})", str(step.number))
        return Reason("fact", text)


class Report:
    """A document, arranged for reading."""

    def __init__(self, document: Document) -> None:
        """Arrange; nothing is computed anew."""
        self.document = document
        self.views = tuple(View(r, self) for r in document.records)
        self.by_name = {v.name: v for v in self.views}
        self.statuses = self._statuses()
        self.counts = Counter(r.verdict for r in document.records)
        self.wrong = tuple(v for v in self.views if not v.record.as_expected)

    def _statuses(self) -> dict[str, str]:
        statuses = {name_of(r): r.verdict for r in self.document.records}
        changed = True
        while changed:
            changed = False
            for view in self.views:
                known = [statuses[n] for n in view.record.rests_on if n in statuses]
                worst = weakest([statuses[view.name], *known])
                if worst != statuses[view.name]:
                    statuses[view.name] = worst
                    changed = True
        return statuses

    @cached_property
    def standing(self) -> dict[str, tuple[Standing, ...]]:
        """The standing hypotheses of each library that has some."""
        records: dict[str, list[Record]] = {}
        for view in self.views:
            records.setdefault(view.record.library, []).append(view.record)
        found = {name: standing_of(name, own, f"standing-{slug(name)}") for name, own in records.items()}
        return {library: groups for library, groups in found.items() if groups}

    def supposing(self, group: Standing) -> tuple[View, ...]:
        """The claims that suppose a standing group."""
        own = (v for v in self.views if v.record.library == group.library)
        return tuple(v for v in own if any(named is group for named, _ in v.supposed.groups))

    @cached_property
    def verdicts(self) -> list[str]:
        """The verdicts that occur, strongest first."""
        return [v for v in STRENGTH if self.counts[v]]

    @cached_property
    def title(self) -> str:
        """What the report is about."""
        return "; ".join(x.title for x in self.document.libraries) or ", ".join(self.document.targets)

    @cached_property
    def items(self) -> list[Item]:
        """The claims under the numbered things of their sources, in the order of first mention."""
        groups: dict[tuple[str, str], list[View]] = {}
        for view in self.views:
            head = re.split(r", | with ", view.record.source)[0]
            groups.setdefault((view.record.library, head), []).append(view)
        several = len({library for library, _ in groups}) > 1
        items: list[Item] = []
        before = ""
        for (library, head), views in groups.items():
            title = f"{head} ({library})" if several else head
            opens = library if several and library != before else ""
            items.append(Item(title, f"item-{slug(f'{library}-{head}')}", tuple(views), head, opens))
            before = library
        return items

    @cached_property
    def commands(self) -> list[str]:
        """What reproduces the document."""
        targets, options = " ".join(map(shlex.quote, self.document.targets)), self.document.options
        extra = "".join(f" --only {_quoted(p)}" for p in options.get("only", []))
        if options.get("level", "symbolic") != "symbolic":
            extra += f" --level {shlex.quote(options['level'])}"
        for name in ("seed", "alpha", "tolerance", "budget"):  # those that decided the outcome, as the run wrote them
            extra += f" --{name} {shlex.quote(str(options[name]))}" if name in options else ""
        return [
            f"convbound verify {targets}{extra} --json results.json --certificates certificates",
            "convbound recheck certificates",
            "convbound report results.json -o report.html",
        ]


def _quoted(pattern: str) -> str:
    """A pattern for a shell, always in quotes, so that nobody's shell expands it after a change."""
    return f"'{pattern}'" if shlex.quote(pattern) == pattern else shlex.quote(pattern)


def settings(report: Report) -> list[tuple[str, Json]]:
    """What the document was made with, for people."""
    versions = [(name, text) for name, text in report.document.versions.items()]
    options = report.document.options
    chosen = [(k, options[k]) for k in ("level", "seed", "alpha", "tolerance") if options.get(k) is not None]
    return [*versions, *chosen]

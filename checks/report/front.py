"""The front page: what a run comes to, for somebody who reads nothing else. Computed from the records; typed nowhere.

Statements are what the source prints, with the ways in which it can be read together. Where the library quotes its
source (`Library.quote`) the source's own argument (`argument`) says how far an error goes.

Without quotes every claim is its own statement, readings (`x@R1`, `x@R2`) together, and nothing is known of what falls
with what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from convbound.bounds.notation import short
from convbound.bounds.plain_data import JsonObject
from convbound.checks.report.argument import CONSEQUENCE, HOLDS, OPEN, ROOT, SLIP, WRONG, Argument, Printed
from convbound.checks.report.document import Source
from convbound.checks.report.wording import counted, instance, value
from convbound.proofs.record import FOUND

if TYPE_CHECKING:
    from convbound.checks.report.document import Document, Quoted, Use
    from convbound.proofs.record import Record

OPPOSITE = {"<=": ">", "<": "≥", ">=": "<", ">": "≤", "=": "≠"}
LONGEST = 100  # characters of a formula that is shown; of a longer one the claim's title says what it is


@dataclass(frozen=True)
class Repair:
    """What is true instead: a formula or words, the hypotheses that the source lacks, and the proved claim."""

    text: str
    added: tuple[str, ...]
    claim: str


@dataclass(frozen=True)
class Figure:
    """A printed bound at the example: the reading, its value, and what no scheme can promise less than."""

    reading: str
    read_as: str
    value: str
    minimum: str


@dataclass(frozen=True)
class Statement:
    """What is printed once: the records of the claims that encode it, one for each reading."""

    name: str
    text: str
    records: tuple[Record, ...]
    uses: tuple[Use, ...] = ()

    @property
    def printed(self) -> Printed:
        """What the argument needs to know of it."""
        claims, verdicts = tuple(r.name for r in self.records), tuple(str(r.verdict) for r in self.records)
        return Printed(self.name, self.text, claims, verdicts, self.uses)

    @property
    def id(self) -> str:
        """The claim's identifier, without its reading."""
        return self.records[0].id.partition("@")[0]

    @property
    def readings(self) -> int:
        """In how many ways it can be read."""
        return len(self.records)

    @property
    def why(self) -> str:
        """The counterexample in one line: the instance, and the two sides there."""
        found = self.records[0].counterexample
        if found is None:
            return self.records[0].reason
        left, right, where = value(found.left), value(found.right), instance(found)
        if found.by is not None:
            return f"{where}: {left}, not {found.relation.replace('<=', '≤')} {right}"
        return f"{where}: {left} {OPPOSITE.get(found.relation, found.relation)} {right}"

    @property
    def words(self) -> str:
        """What the counterexample shows, as the author of the claim puts it."""
        found = self.records[0].counterexample
        return found.words if found is not None and found.words != FOUND else ""


@dataclass(frozen=True)
class Finding:
    """A refuted statement with all that belongs beside it."""

    statement: Statement
    repairs: tuple[Repair, ...]
    rests_on: tuple[str, ...] = ()  # refuted statements that it is derived from
    figures: tuple[Figure, ...] = ()
    opposite: Repair | None = None  # the theorem that the counterexample is an instance of


@dataclass(frozen=True)
class Chapter:
    """One library of the run."""

    library: str
    title: str
    source: str
    quoted: bool
    roots: tuple[Finding, ...]
    consequences: tuple[Finding, ...]
    slips: tuple[Finding, ...]
    holds: tuple[Statement, ...]
    unsettled: tuple[Statement, ...]
    records: tuple[Record, ...]
    argument: Argument
    example: str = ""
    instead: tuple[Repair, ...] = ()  # proved bounds to use, at the example

    @property
    def results(self) -> tuple[Finding, ...]:
        """The consequences that nothing else rests on: what the source was to show."""
        below = {name for f in self.consequences for name in f.rests_on}
        return tuple(f for f in self.consequences if f.statement.name not in below)

    @property
    def verdict(self) -> str:
        """The chapter in one sentence."""
        if self.results:
            names = _list(f.statement.name for f in self.results)
            one = len(self.results) == 1
            bring = "brings" if len(self.roots) == 1 else "bring"
            return (
                f"{names} {'is' if one else 'are'} false as printed; "
                f"{counted(len(self.roots), 'error')} {bring} {'it' if one else 'them'} down."
            )
        if self.quoted and self.slips:
            one = len(self.slips) == 1
            of = "it" if one else "them"
            return (
                f"{counted(len(self.slips), 'statement')} {'is' if one else 'are'} false, and no result rests on {of}."
            )
        proved = sum(r.verdict == "proved" for r in self.records)
        if proved == len(self.records):
            return "Every claim is proved."
        refuted = sum(r.verdict in WRONG for r in self.records)
        return f"{proved} of {counted(len(self.records), 'claim')} proved, {refuted or 'none'} refuted."

    @property
    def counts(self) -> str:
        """How many claims of each verdict, and how many statements the refuted ones are."""
        counts = Counter(r.verdict for r in self.records)
        text = f"{counted(len(self.records), 'claim')}: " + ", ".join(f"{n} {v}" for v, n in counts.most_common())
        parts = ((self.roots, "root error"), (self.consequences, "consequence"), (self.slips, "slip"))
        if self.quoted and any(group for group, _ in parts):
            total = sum(len(group) for group, _ in parts)
            text += f" ({counted(total, 'statement')}: " + ", ".join(counted(len(g), w) for g, w in parts if g) + ")"
        return f"{text}."


@dataclass(frozen=True)
class Front:
    """The front page of a document."""

    chapters: tuple[Chapter, ...]
    wrong: tuple[Record, ...]  # verdicts that are not as recorded
    records: tuple[Record, ...]
    seconds: float

    @property
    def quoted(self) -> bool:
        """Whether some source's own argument is known, so that the page says what is wrong in it."""
        return any(chapter.quoted for chapter in self.chapters)

    @property
    def summary(self) -> str:
        """Whether the verdicts are as recorded, and how long it took."""
        replay = sum(r.replay_seconds for r in self.records)
        took = f"{self.seconds:.1f} s, certificates re-checked in {replay:.2f} s."
        if self.wrong:
            return f"{counted(len(self.wrong), 'verdict')} NOT as recorded. {took}"
        return f"All verdicts as recorded. {took}"


def front_of(document: Document) -> Front:
    """The front page of a run."""
    about = {x.name: x for x in document.libraries}
    names = list(dict.fromkeys([*about, *(r.library for r in document.records)]))
    chapters: list[Chapter] = []
    for name in names:
        records = tuple(r for r in document.records if r.library == name)
        if records:
            source = about.get(name, Source(name, name, ""))
            chapters.append(_chapter(source, records, document.bounds, first=not chapters))
    wrong = tuple(r for r in document.records if not r.as_expected)
    return Front(tuple(chapters), wrong, document.records, document.seconds)


def _chapter(source: Source, records: tuple[Record, ...], bounds: JsonObject, *, first: bool) -> Chapter:
    statements = _quoted(records, source.quotes) if source.quotes else _readings(records)
    tree = Argument([s.printed for s in statements], {r.name for r in records if r.verdict == "proved"})
    figures = bounds if bounds is not None else {"bounds": (), "recommended": {}}

    def finding(number: int) -> Finding:
        s = statements[number]
        fallen = tuple(statements[n].name for n in tree.refuted_uses(number))
        return Finding(s, _repairs(s, records), fallen, _figures(s, figures), _opposite(s, records))

    return Chapter(
        library=source.name,
        title=source.title,
        source=source.source,
        quoted=bool(source.quotes),
        roots=tuple(map(finding, tree.of(ROOT))),
        consequences=tuple(map(finding, tree.of(CONSEQUENCE))),
        slips=tuple(map(finding, tree.of(SLIP))),
        holds=tuple(statements[n] for n in tree.of(HOLDS)),
        unsettled=tuple(statements[n] for n in tree.of(OPEN) if statements[n].records),
        records=records,
        argument=tree,
        example=_example(figures) if first else "",
        instead=_recommended(figures) if first and tree.of(ROOT) else (),
    )


def _quoted(records: Sequence[Record], quotes: Sequence[Quoted]) -> list[Statement]:
    """The statements that a source's quotes name; of claims that are not in the run, none."""
    by_name = {r.name: r for r in records}
    return [
        Statement(q.name, q.text, tuple(by_name[name] for name in q.claims if name in by_name), q.uses) for q in quotes
    ]


def _readings(records: Sequence[Record]) -> list[Statement]:
    """Every claim as a statement, those together that differ in their reading only."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        stem, _, reading = record.id.partition("@")
        key = stem if reading[:1] == "R" and reading[1:2].isdigit() else record.id
        groups.setdefault(key, []).append(record)
    return [Statement(g[0].source or g[0].title, g[0].conclusion.text, tuple(g)) for g in groups.values()]


def _repairs(statement: Statement, records: Iterable[Record]) -> tuple[Repair, ...]:
    """The proved claims that correct one of the statement's."""
    ids = [r.id for r in statement.records]
    found = sorted(
        (r for r in records if r.corrects in ids and r.verdict == "proved"), key=lambda r: ids.index(str(r.corrects))
    )
    return tuple(
        Repair(
            r.conclusion.text if len(r.conclusion.text) <= LONGEST else r.title,
            tuple(a.words for a in r.added),
            r.name,
        )
        for r in found
    )


def _opposite(statement: Statement, records: Iterable[Record]) -> Repair | None:
    """The proved claim that says the opposite for the instance, in its own words."""
    found = statement.records[0].counterexample if statement.records else None
    by = next((r for r in records if found is not None and found.by in (r.id, r.name)), None)
    return Repair(by.title, (), by.name) if by is not None and by.verdict == "proved" else None


def _figures(statement: Statement, bounds: JsonObject) -> tuple[Figure, ...]:
    """The printed bound at the example, where it is below what any scheme can promise."""
    claims = {r.name for r in statement.records}
    minima = {b["quantity"]: b["decimal"] for b in bounds["bounds"] if b["worth"] == "minimum"}
    figures = (
        Figure(b["claim"].rpartition("@")[2], _note(b["id"]), _rounded(b["decimal"]), _rounded(minima[b["quantity"]]))
        for b in bounds["bounds"]
        if b["claim"] in claims and b["worth"] == "impossible" and b["quantity"] in minima
    )
    return tuple(sorted(figures, key=lambda f: f.reading))


def _note(bound: str) -> str:
    """How a reading is read, as the catalogue says."""
    from convbound.bounds import CATALOGUE

    return CATALOGUE[bound].note if bound in CATALOGUE else ""


def _example(bounds: JsonObject) -> str:
    """The parameters of the example that have no default."""
    from convbound.bounds.catalogue import BY_LETTER

    given = bounds.get("exact_parameters", {})
    own = {k: v for k, v in given.items() if k in BY_LETTER and BY_LETTER[k].default is None}
    return ", ".join(f"{k} = {v if '/' in v else f'{Decimal(v):f}'}" for k, v in own.items())


def _recommended(bounds: JsonObject) -> tuple[Repair, ...]:
    """The proved bounds to use at the example: of each quantity the smallest of the scheme that is studied."""
    by_id = {b["id"]: b for b in bounds["bounds"]}
    chosen = (i for choices in bounds["recommended"].values() for scheme, i in choices.items() if scheme != "any")
    found = (by_id[i] for i in dict.fromkeys(chosen) if i is not None)
    return tuple(
        Repair(f"{_quantity(b['quantity'])} ≤ {b['formula']} = {short(Decimal(b['decimal']))}", (), b["claim"])
        for b in found
    )


def _quantity(name: str) -> str:
    from convbound.bounds import QUANTITIES

    return QUANTITIES[name].use.removeprefix("the ") if name in QUANTITIES else name


def _rounded(value: str) -> str:
    return f"{Decimal(value):,.0f}".replace(",", " ")


def _list(names: Iterable[str]) -> str:
    """One, two and three."""
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last

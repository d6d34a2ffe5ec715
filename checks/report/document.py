"""The document of a run: all records with what is needed to show them, saved as JSON and read back without loss."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from convbound import __version__
from convbound.bounds.errors import InputError
from convbound.bounds.plain_data import Json

if TYPE_CHECKING:
    from convbound.proofs.claims import Library
    from convbound.proofs.record import Record

FORMAT = "convbound-results/2"
GRID = [10 ** (k / 6) for k in range(6, 43)]  # dimensions of the curves, from ten to ten million


@dataclass(frozen=True)
class Use:
    """That a source derives one quote from another, by its number; from a claim alone that states what is needed."""

    quote: int
    claim: str | None = None


@dataclass(frozen=True)
class Quoted:
    """A statement in its source's own words, the claims that encode it, and what the source derives it from."""

    name: str
    text: str
    claims: tuple[str, ...]
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Source:
    """A library of claims, as a report names it, with what it quotes of its source."""

    name: str
    title: str
    source: str
    quotes: tuple[Quoted, ...] = ()

    @classmethod
    def of(cls, library: Library) -> Source:
        """What a library says of itself."""
        number = {quote: k for k, quote in enumerate(library.quotes)}
        quotes = (
            Quoted(
                quote.name,
                quote.text,
                tuple(claim.name for claim in quote.claims),
                tuple(Use(number[used], claim.name if claim else None) for used, claim in quote.uses),
            )
            for quote in library.quotes
        )
        return cls(library.name, library.title, library.source, tuple(quotes))


@dataclass(frozen=True)
class EngineEvidence:
    """What sampling found of one engine; `quantity` was decisive, `alpha` is the error probability spent."""

    name: str
    verdict: str
    quantity: str
    experiments: int
    samples: int
    alpha: float
    text: str


@dataclass(frozen=True)
class Document:
    """What a run found; every output renders one of these.

    Attributes:
        targets: what the run was asked to verify.
        libraries: those that its claims are from.
        records: its claims.
        options: what decided the outcome: patterns, level, seed, error probability, tolerance, budget.
        versions: of what made it.
        bounds: what `convbound bound` answers for the bounds that rest on these claims, and curves; or None.
        seconds: that the run took.
        engines: what sampling says of the engines that drew evidence.
        read_from: the file it was read from, which anybody may have edited; empty for a run of this process.
    """

    targets: tuple[str, ...]
    libraries: tuple[Source, ...]
    records: tuple[Record, ...]
    options: Mapping[str, Json] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    bounds: Json = None
    seconds: float = 0.0
    engines: tuple[EngineEvidence, ...] = ()
    read_from: str = ""

    def json(self) -> dict[str, Json]:
        """The document as plain data; `schema.json` describes it."""
        claims = [r.json() for r in self.records]
        recheck = round(sum(claim["replay_seconds"] for claim in claims), 4)  # of what is written, so it reads back
        return {
            "format": FORMAT,
            "convbound": self.versions.get("convbound", ""),
            "target": ",".join(self.targets),
            "targets": list(self.targets),
            "libraries": [asdict(x) for x in self.libraries],
            "options": dict(self.options),
            "versions": dict(self.versions),
            "summary": dict(Counter(r.verdict for r in self.records)),
            "seconds": {"verify": round(self.seconds, 3), "recheck": recheck},
            "bounds": self.bounds,
            "engines": [asdict(x) for x in self.engines],
            "claims": claims,
        }

    @classmethod
    def from_json(cls, data: Json) -> Document:
        """The document of plain data.

        Raises:
            KeyError: something is missing.
            TypeError: something is of another kind.
            ValueError: it is another format, or something is no number.
        """
        import cattrs

        from convbound.proofs.record import Record

        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        read = cattrs.Converter(detailed_validation=False).structure
        return cls(
            targets=read(data["targets"], tuple[str, ...]),
            libraries=read(data["libraries"], tuple[Source, ...]),
            records=tuple(Record.from_json(c) for c in data["claims"]),
            options=dict(data["options"]),
            versions=read(data["versions"], dict[str, str]),
            bounds=data["bounds"],
            seconds=float(data["seconds"]["verify"]),
            engines=read(data.get("engines", ()), tuple[EngineEvidence, ...]),
        )


def make_document(
    targets: Sequence[str], libraries: Sequence[Library], records: Sequence[Record], options: Json, seconds: float
) -> Document:
    """The document of a run that has just ended."""
    from convbound.proofs.libraries import is_built_in

    names = {r.library for r in records}
    answered = bounds_of({x.name for x in libraries if x.name in names and is_built_in(x)})
    about = tuple(Source.of(x) for x in libraries if x.name in names)
    made_with = installed_versions()
    return Document(tuple(targets), about, tuple(records), options, made_with, answered, round(seconds, 3))


def installed_versions() -> dict[str, str]:
    """What the verdicts were made with."""
    found = {"convbound": __version__, "python": platform.python_version()}
    return dict(sorted((found | {name: version(name) for name in ("sympy", "scipy")}).items()))


def bounds_of(libraries: set[str]) -> Json:
    """The bounds of the catalogue that answer to these libraries, at the example; `with_curves` adds the dimension."""
    from convbound.bounds import CATALOGUE
    from convbound.proofs.libraries import example_of

    mine = {b.id for b in CATALOGUE.values() if b.claim.partition(":")[0] in libraries}
    example = example_of(libraries)
    if not mine or not example:
        return None
    from convbound.checks.compare.table import as_json, report_bounds
    from convbound.checks.parameter_options import known_parameters

    answer: Json = as_json(report_bounds(known_parameters(example)))
    return {**answer, "curves": {}}


def with_curves(document: Document) -> Document:
    """The document with its bounds over the dimension, too: what a report draws, and no table of verdicts."""
    if not document.bounds:
        return document
    from convbound.checks.compare.table import as_json, report_bounds
    from convbound.checks.parameter_options import known_parameters

    example = {letter: Fraction(text) for letter, text in document.bounds["exact_parameters"].items()}
    curves: dict[str, list[list[float]]] = {}
    for d in GRID:
        point = as_json(report_bounds(known_parameters({**example, "d": Fraction(round(d))})))
        for entry in point["bounds"]:
            if entry["value"] is not None:
                curves.setdefault(entry["id"], []).append([round(d), float(f"{entry['value']:.6g}")])
    return replace(document, bounds={**document.bounds, "curves": curves})


def document_of_fault(targets: Sequence[str], file: Path, line: int, reason: str) -> Document:
    """The document of a run that ended before its first claim: the file is the one thing that it tells of."""
    return Document(tuple(targets), (), (record_of_fault(file, line, reason),), versions=installed_versions())


def record_of_fault(file: Path, line: int, reason: str) -> Record:
    """A file of which nothing can be verified, among the claims of others."""
    from convbound.bounds.verdict import Verdict
    from convbound.proofs.record import Conclusion, Place, Record

    return Record(
        id=file.name,
        library=file.stem,
        source=file.name,
        title="the claims of this file",
        printed=False,
        corrects=None,
        expected=Verdict.PROVED,
        note="",
        place=Place(str(file), line),
        verdict=Verdict.ERROR,
        reason=reason,
        conclusion=Conclusion(text="the file can be imported", latex="", sides=("", "", "")),
        assumptions=(),
        seconds=0.0,
    )


def load_document(path: Path) -> Document:
    """Read a saved document.

    Raises:
        InputError: the file cannot be read, or is not what `convbound verify --json` writes.
    """
    try:
        document = Document.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise InputError(f"there is no file {str(path)!r}.") from None
    except OSError as problem:
        raise InputError(f"{str(path)!r} cannot be read: {problem.strerror or problem}.") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise InputError(f"{str(path)!r} cannot be read as JSON: {problem}.") from None
    except DAMAGE as problem:
        raise damaged(path, problem) from None
    return replace(document, read_from=str(path))


# what reading or rendering something that is no document, or an edited one, may raise
DAMAGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def damaged(path: Path | str, problem: Exception) -> InputError:
    """What to say of a file that is not, or no longer, what a run wrote."""
    reason = f"{problem.args[0]!r} is missing" if isinstance(problem, KeyError) and problem.args else str(problem)
    if isinstance(problem, RecursionError):
        reason = "it is nested too deeply"
    return InputError(f"{str(path)!r} is not what `convbound verify --json` writes: {' '.join(reason.split())}.")


def render_json(document: Document) -> str:
    """The document as the text of a JSON file."""
    return json.dumps(document.json(), indent=1, ensure_ascii=False) + "\n"

"""What is known of one claim, as plain data: made once, rendered by everything else."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from convbound.proofs.certificates import Json
from convbound.proofs.derivation.derivation import Line


@dataclass(frozen=True)
class Record:
    """What is known of one claim; made once, rendered by everything else."""

    id: str
    library: str
    source: str
    title: str
    printed: bool
    corrects: str | None
    verdict: str
    expected: str
    hypotheses: tuple[str, ...]
    added_hypotheses: tuple[str, ...]
    unused_hypotheses: tuple[str, ...]
    definitions: tuple[str, ...]
    conclusion: str
    latex: str
    rests_on: tuple[str, ...]
    rules: dict[str, int]
    certificate: str | None
    counterexample: Json | None
    seconds: float
    replay_seconds: float
    reason: str
    note: str
    place: tuple[str, int]
    lines: tuple[Line, ...] = ()
    evidence: tuple[Json, ...] = field(default=())
    sides: tuple[str, str, str] = ("", "", "")  # of the conclusion: left, sign, right, as LaTeX
    assumptions: tuple[Json, ...] = ()  # the hypotheses with their LaTeX, whether added, whether used
    where: tuple[Json, ...] = ()  # the definitions with their LaTeX
    symbols: tuple[Json, ...] = ()  # what the letters stand for
    declarations: tuple[str, ...] = ()  # what the letters' declarations assume, and the quantifiers, as sentences
    steps: int = 0  # of the certificate

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the claim's author announced."""
        return self.verdict == self.expected

    def json(self) -> Json:
        """The record as it stands in the JSON document; `from_json` reads it back."""
        record = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        record["lines"] = [_plain(vars(line)) for line in self.lines]
        record |= {"seconds": round(self.seconds, 4), "replay_seconds": round(self.replay_seconds, 5)}
        return record | {"place": {"file": self.place[0], "line": self.place[1]}}

    @classmethod
    def from_json(cls, data: Json) -> Record:
        """The record of a JSON document. Raises KeyError or TypeError where it is none."""
        values = {f.name: data[f.name] for f in fields(cls) if f.name not in ("place", "lines")}
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        lines = tuple(Line(**{**x, "uses": tuple(x["uses"]), "sides": tuple(x["sides"])}) for x in data["lines"])
        return cls(**values, place=(data["place"]["file"], data["place"]["line"]), lines=lines)


def _plain(value: Any) -> Json:
    """Tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {k: _plain(x) for k, x in value.items()}
    return [_plain(x) for x in value] if isinstance(value, list | tuple) else value

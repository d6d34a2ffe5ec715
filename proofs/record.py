"""What is known of one claim, as plain data: made once, rendered by everything else, saved as JSON and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from convbound.bounds.plain_data import Json

if TYPE_CHECKING:
    from cattrs import Converter

Sides = tuple[str, str, str]  # of a relation: left side, sign and right side, as LaTeX


class Place(NamedTuple):
    """Where a claim is stated: a file and a line, ("", 0) where that is not known."""

    file: str
    line: int


@dataclass(frozen=True)
class Line:
    """One displayed line of a derivation, for people: the formula, the rule, what it uses, and how in words.

    `step` is a step of the certificate, -1 where the line needs none because its two sides are the same polynomial.
    """

    text: str
    sides: Sides
    rule: str
    uses: tuple[str, ...]
    step: int
    words: str = ""

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return " ".join(self.sides)


@dataclass(frozen=True)
class Conclusion:
    """A claim's conclusion: as text, as the LaTeX its author shows, and its sides the way the kernel reads it."""

    text: str
    latex: str
    sides: Sides

    @property
    def is_shown_as_read(self) -> bool:
        """Whether its author shows it as the kernel reads it."""
        return self.latex == " ".join(self.sides)


@dataclass(frozen=True)
class Assumption:
    """A hypothesis of a claim.

    Attributes:
        label: its name in the source, or ""; for a premise, the premise in words.
        text: the relation; for a premise, the premise in words.
        latex: the same as LaTeX, "" where there is none.
        added: it is not in the source: a correction needs it.
        used: whether the proof, or an instance that it rests on, needed it; None where there is no proof to tell.
        instance_of: the claim by which it is derived from the others: it is not supposed.
        beyond: the claim that this one corrects, if it does not stand there and is not marked as added.
    """

    label: str
    text: str
    latex: str
    added: bool
    used: bool | None = None
    instance_of: str | None = None
    beyond: str | None = None

    @property
    def words(self) -> str:
        """Label and text, as one line."""
        line = f"{self.label}: {self.text}" if self.label not in ("", self.text) else self.text
        return f"{line} (by {self.instance_of})" if self.instance_of else line


@dataclass(frozen=True)
class Definition:
    """A definition among the words of a claim, as an equation."""

    text: str
    latex: str


@dataclass(frozen=True)
class Letter:
    """A symbol of a claim and what it stands for."""

    text: str
    latex: str
    meaning: str


@dataclass(frozen=True)
class Ingredient:
    """A part of a conclusion with its value where that fails."""

    text: str
    latex: str
    value: str


@dataclass(frozen=True)
class InstanceData:
    """A whole instance, read off the object that was checked; very many entries are given by their number and digest.

    Attributes:
        parameters: the symbols that vary with nothing.
        values: rows [symbol, point, value] of those that vary.
        objective: what the objective is made of, None where there is none.
        outcomes: [probability, label] of each outcome of a model.
        start: the state in which a process begins.
        states: every state of a process with its moves [probability, label, next state] and its values.
    """

    parameters: Mapping[str, str]
    values: Json
    objective: Json
    outcomes: Json = None
    start: Json = None
    states: Json = None

    def lines(self) -> list[str]:
        """The instance as text, one thing per line."""
        lines = self._parameters()
        if self.objective:
            lines.append(f"objective {_text(self.objective)}")
        for p, label in _listed(self.outcomes):
            lines.append(f"outcome {_text(label)} with probability {p}")
        lines += map(_row, _listed(self.values))
        if self.states is not None:
            lines.append(f"starts in {_text(self.start)}")
        for state in _listed(self.states):
            lines.append(f"state {_text(state['state'])}: {', '.join(map(_row, state['values']))}")
            lines += [f"    {_text(label)} with probability {p}, to {_text(to)}" for p, label, to in state["moves"]]
        for what in ("outcomes", "values", "states"):
            entries = getattr(self, what)
            if isinstance(entries, dict):
                lines.append(f"{entries['number']} {what}, sha256 {entries['sha256']}")
        return lines

    def summary(self, most: int = 12) -> str:
        """The parameters and a few values, those that vary least first, on one line; the rest is counted."""
        rows = sorted(_listed(self.values), key=lambda row: len(row[1]))
        shown = [*self._parameters(), *map(_row, rows[:most])]
        left = len(rows[most:]) if isinstance(self.values, list) else self.values["number"]
        more = [f"and {left} more values"] if left else []
        states = len(self.states) if isinstance(self.states, list) else (self.states or {}).get("number", 0)
        return "; ".join([*([", ".join(shown)] if shown else []), *more, *([f"{states} states"] if states else [])])

    def _parameters(self) -> list[str]:
        return [f"{name} = {value}" for name, value in self.parameters.items()]


def _listed(entries: Json) -> list[Json]:
    return entries if isinstance(entries, list) else []


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(row: Json) -> str:
    name, at, value = row
    where = ", ".join(f"{k} = {_text(v)}" for k, v in at.items())
    return f"{name}({where}) = {value}" if where else f"{name} = {value}"


FOUND = "found by the search among small instances"  # said of an instance that no author gave


@dataclass(frozen=True)
class Counterexample:
    """An instance that satisfies every hypothesis and violates the conclusion.

    Attributes:
        instance: the instance, as its author puts it.
        words: what it shows, as its author puts it.
        left: the left side of the conclusion there, exactly, with its decimal.
        right: the right side.
        relation: what the conclusion says of the two.
        values: the parameters that the conclusion mentions, exactly.
        data: the whole instance.
        point: where the conclusion fails: a coordinate, a step.
        ingredients: the letters, norms, sums and expectations of the conclusion there.
        by: the claim that proves the opposite for this instance, where the conclusion is about a limit.
        certificate: of that claim.
    """

    instance: str
    words: str
    left: str
    right: str
    relation: str
    values: Mapping[str, str]
    data: InstanceData
    point: Mapping[str, str]
    ingredients: tuple[Ingredient, ...] = ()
    by: str | None = None
    certificate: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What one level of checking found of one claim; `estimate`, `interval` and `claimed` are its decisive comparison.

    At the exact level the interval is a point and nothing is spent. `alpha` is the error probability spent, `samples`
    the number of random draws, `instances` how many instances were looked at, `quantity` what was decisive.
    """

    claim: str
    level: str
    verdict: str
    relation: str
    estimate: float
    interval: tuple[float, float]
    claimed: float
    instances: int
    samples: int
    alpha: float
    seed: int
    quantity: str
    text: str


@dataclass(frozen=True)
class Record:
    """What is known of one claim; made once, rendered by everything else.

    Attributes:
        printed: whether the source states it so.
        corrects: the claim, by its identifier, that this one puts right.
        expected: the verdict that its author expects.
        symbols: what its letters stand for.
        declarations: what the letters' declarations assume, and the quantifiers, as sentences.
        rests_on: the claims, by their qualified names, that the proof really used.
        rules: how many steps of the certificate each rule makes.
        steps: how many steps the certificate has.
        certificate: its SHA-256.
        seconds: what finding the verdict took; `replay_seconds`, re-checking the certificate.
        referee: what the proved checker says of the theorem: checked, rejected or not run.
        repairs: what would make the claim hold, each of it proved; None where that was not looked for.
    """

    id: str
    library: str
    source: str
    title: str
    printed: bool
    corrects: str | None
    expected: str
    note: str
    place: Place
    verdict: str
    reason: str
    conclusion: Conclusion
    assumptions: tuple[Assumption, ...]
    seconds: float
    definitions: tuple[Definition, ...] = ()
    symbols: tuple[Letter, ...] = ()
    declarations: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    rules: Mapping[str, int] = field(default_factory=dict)
    steps: int = 0
    certificate: str | None = None
    replay_seconds: float = 0.0
    referee: str = "not run"
    lines: tuple[Line, ...] = ()
    counterexample: Counterexample | None = None
    evidence: tuple[Evidence, ...] = ()
    repairs: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The identifier with its library."""
        return f"{self.library}:{self.id}"

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the claim's author announced."""
        return self.verdict == self.expected

    @property
    def repair(self) -> str:
        """What was found to repair the claim, as a sentence; "" where that was not looked for."""
        if self.repairs is None:
            return ""
        return f"{'; '.join(self.repairs) or 'nothing that was tried repairs it'}."

    @property
    def added(self) -> tuple[Assumption, ...]:
        """The hypotheses that are not in the source."""
        return tuple(a for a in self.assumptions if a.added)

    @property
    def unused(self) -> tuple[Assumption, ...]:
        """The hypotheses that the proof did not need."""
        return tuple(a for a in self.assumptions if a.used is False)

    def json(self) -> dict[str, Json]:
        """The record as it stands in the JSON document; `from_json` reads it back.

        The conclusion is flattened, and the hypotheses stand there as texts, too, for readers that want no more.
        """
        record: dict[str, Json] = _converter().unstructure(self)
        conclusion = record["conclusion"]
        record |= {"conclusion": conclusion["text"], "latex": conclusion["latex"], "sides": conclusion["sides"]}
        record |= {"hypotheses": [a.words for a in self.assumptions], "added_hypotheses": [a.words for a in self.added]}
        return record | {"seconds": round(self.seconds, 4), "replay_seconds": round(self.replay_seconds, 5)}

    @classmethod
    def from_json(cls, data: Json) -> Record:
        """The record of a JSON document.

        Raises:
            KeyError: something is missing.
            TypeError: something is of another kind.
            ValueError: something is no number.
        """
        conclusion = {"text": data["conclusion"], "latex": data["latex"], "sides": data["sides"]}
        return _converter().structure({**data, "conclusion": conclusion}, cls)


@cache
def _converter() -> Converter:
    """Between records and JSON; loaded where a document is written or read."""
    import cattrs

    converter = cattrs.Converter(detailed_validation=False)
    converter.register_unstructure_hook(Place, Place._asdict)
    converter.register_structure_hook(Place, lambda data, _: Place(data["file"], data["line"]))
    return converter

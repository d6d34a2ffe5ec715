"""Random instances of a vocabulary: every symbol a random function of what it may depend on, and of nothing else."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from fractions import Fraction
from itertools import product

from convbound.bounds.plain_data import JsonObject
from convbound.proofs.language.vocabulary import Vocabulary
from convbound.proofs.models.model import Given, Label, Model, Point, nested_past
from convbound.proofs.models.segments import Along, Value


def all_labels(lengths: Sequence[int], branches: int = 2) -> list[Label]:
    """All outcomes: in each innermost step one of so many."""
    labels: list[Label] = list(range(branches))
    for length in reversed(lengths):
        labels = list(product(labels, repeat=length))
    return labels if lengths else [(k,) for k in labels]


def what_is_known(
    scopes: Sequence[str], times: Sequence[str], starts: Sequence[int], at: Point, label: Label
) -> Hashable:
    """What a random symbol may depend on in an outcome: the past of the innermost step at which it is known."""
    for depth, time in enumerate(times):
        if "~" + time not in scopes:
            steps = [at[t] - f if t in scopes else 0 for t, f in zip(times[: depth + 1], starts, strict=False)]
            return nested_past(label, steps)
    return tuple(label)


class Draw:
    """A random instance of a vocabulary: every symbol a random function of what it may depend on."""

    def __init__(self, vocabulary: Vocabulary, seed: str, *, large: bool) -> None:
        self.vocabulary, self.seed = vocabulary, seed
        chance = random.Random(seed)
        self.scopes = {s["name"]: s for s in vocabulary.scopes}
        self.times = [s["name"] for s in vocabulary.scopes if s["kind"] == "time" and s.get("random")]
        self.noise = next((s["name"] for s in vocabulary.scopes if s["kind"] == "random"), "")
        self.lengths = {s["length"]: chance.randint(1, 3 if large else 2) for s in vocabulary.scopes if "length" in s}
        inner = [self.scopes[t]["length"] for t in self.times]
        for name in inner:
            self.lengths[name] = chance.choice([1, 2]) if large else 1
        if all(self.lengths[n] == 2 for n in inner) and len(inner) > 1:
            self.lengths[chance.choice(inner)] = 1

    def root(self, x: Value) -> Value:
        """Some function of the radicand."""
        return self._number(f"root {x}")

    def _number(self, key: str, integer: bool = False) -> Fraction:
        chance = random.Random(f"{self.seed} {key}")
        return Fraction(chance.randint(1, 997) * chance.choice([1, -1]), 1 if integer else chance.randint(1, 7))

    def model(self) -> Model:
        """The instance, with a few outcomes."""
        labels = all_labels([self.lengths[self.scopes[t]["length"]] for t in self.times])
        weights = [random.Random(f"{self.seed} {label}").randint(1, 9) for label in labels]
        outcomes = [(Fraction(w, sum(weights)), label) for w, label in zip(weights, labels, strict=True)]
        values = {s["name"]: self._value(s) for s in self.vocabulary.symbols}
        return Model({**values, **self.lengths}, outcomes if self.noise else ((Fraction(1), ()),))

    def _value(self, symbol: JsonObject) -> Given:
        name, integer, scopes = symbol["name"], bool(symbol["integer"]), symbol["scopes"]
        units = [s for s in scopes if self.scopes.get(s, {}).get("kind") == "unit"]
        if not scopes:
            return self._number(name, integer)
        plain = sorted(s for s in scopes if s in self.scopes and s not in (self.noise, *units))

        def value(at: Point) -> Given:
            known = self._known(scopes, at) if self.noise in scopes else None
            key = f"{name} {[at[s] for s in plain]} {known}"
            if units:
                return Along(self._number(key + " 0"), self._number(key + " 1"))
            return self._number(key, integer)

        return value

    def _known(self, scopes: Sequence[str], at: Point) -> Hashable:
        starts = [int(self.scopes[t].get("start", "0")) for t in self.times]
        return what_is_known(scopes, self.times, starts, at, at[self.noise])

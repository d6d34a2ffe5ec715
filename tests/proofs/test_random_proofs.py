"""Whole proofs at random: steps of all rules one upon the other, without hypotheses; every fact is true in a model."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from random_models import LETTERS, evaluation, open_proof, random_poly

from convbound.proofs.kernel import KernelError, Theorem, show

Json = Any
TRIED = (
    *("square", "split", "product", "functional", "functional", "member", "member", "definition", "definition"),
    *("interchange", "tower", "average", "telescoping", "integrality"),
)
MAX_SIZE = 12  # terms of a fact that is used again


class RandomProof:
    """Proposes steps; the kernel takes them or not."""

    def __init__(self, seed: int) -> None:
        self.proof, self.chance = open_proof(), random.Random(seed)
        self.accepted: Counter[str] = Counter()
        self.defined: list[str] = []

    def poly(self) -> Json:
        return self.proof.write(random_poly(self.proof, self.chance, 1, (*LETTERS, *self.defined * 3)))

    def earlier(self) -> list[int] | None:
        """A fact that is small enough to go on with."""
        small = [
            [n, k]
            for n, facts in enumerate(self.proof.facts)
            for k, t in enumerate(facts)
            if len(t.poly) <= MAX_SIZE and max((sum(e for _, e in m) for m in t.poly), default=0) <= 6
        ]
        return self.chance.choice(small) if small else None

    def functional(self, *kinds: str) -> str:
        return self.chance.choice([n for n, f in self.proof.functionals.items() if f["kind"] in kinds and n != "int"])

    def propose(self) -> Json:
        rule = self.chance.choice(TRIED)
        every = ("sum", "average", "expectation")
        if rule in ("product", "functional", "member"):
            return self.from_a_fact(rule)
        if rule == "definition":
            kind = self.chance.choice(["absolute", "sign", "maximum"])
            bodies = [self.poly() for _ in range(1 + (kind == "maximum"))]
            return {"rule": rule, "symbol": f"made{len(self.defined)}", "kind": kind, "bodies": bodies, "because": None}
        body = self.poly()
        if rule in ("square", "split"):
            squared = self.proof.write(self.proof.multiply(self.proof.read(body), self.proof.read(body)))
            recipe = {"terms": [["1", [], [body]]]}
            by_case: Json = {"split": self.poly(), "cases": [recipe] * 3}
            return {"rule": "combination", "fact": [squared, ">=", "0"], "by": by_case if rule == "split" else recipe}
        about = {
            "interchange": {"outer": self.functional(*every), "inner": self.functional(*every)},
            "tower": {"outer": self.functional("expectation"), "inner": self.functional("expectation")},
            "average": {"functional": self.functional("average"), "sum": self.functional("sum")},
            "telescoping": {"functional": self.functional("sum", "average")},
            "integrality": {},
        }
        return {"rule": rule, "body": body, **about[rule]}

    def from_a_fact(self, rule: str) -> Json:
        one, other = self.earlier(), self.earlier()
        if one is None or other is None:
            return {"rule": "none"}
        if rule == "product":
            a, b = (self.proof.fact(r) for r in (one, other))
            target = self.proof.write(self.proof.multiply(a.poly, b.poly))
            both = {"terms": [["1", [one, other], []]]}
            relation = ">" if a.relation == b.relation == ">" else ">="
            return {"rule": "combination", "fact": [target, relation, "0"], "by": both}
        kinds = ("sum",) if rule == "member" else ("sum", "average", "expectation")
        return {"rule": rule, "functional": self.functional(*kinds), "of": one}

    def grow(self, steps: int) -> list[Theorem]:
        for _ in range(steps):
            try:
                step = self.propose()
                self.proof.step(step)
            except KernelError:
                continue
            self.accepted[step["rule"]] += 1
            if step["rule"] == "definition":
                self.defined.append(step["symbol"])
        return [t for facts in self.proof.facts for t in facts]


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_every_fact_is_true(seed: int) -> None:
    grown = RandomProof(seed)
    facts = grown.grow(14)
    model = evaluation(grown.proof, seed + 1)
    for t in facts:
        failure = model.failure(t)
        assert failure is None, f"{show(t.poly)} {t.relation} 0 fails: {failure}"


def test_the_proofs_use_every_rule() -> None:
    """Otherwise the test above would say little: steps of every rule are accepted."""
    accepted: Counter[str] = Counter()
    for seed in range(60):
        grown = RandomProof(seed)
        grown.grow(14)
        accepted += grown.accepted
    rules = {"combination", "definition", "functional", "member", "interchange", "tower", "average", "telescoping"}
    assert {*rules, "integrality"} <= set(accepted)
    assert accepted.total() >= 300


def test_a_defined_symbol_varies_as_what_defines_it() -> None:
    grown = RandomProof(0)
    made = grown.proof.step(
        {"rule": "definition", "symbol": "made", "kind": "maximum", "bodies": ["u", "g"], "because": None}
    )
    assert grown.proof.reach["made"] == {"i", "step", "run", "~step", "~draw"} and len(made) == 3

"""Random exact models of `proof_builders.SIGNATURE`, and random polynomials over it."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

from proof_builders import certificate, suppose

from convbound.proofs.kernel import KernelError, Poly, Proof, add, constant, scale, variable
from convbound.proofs.models.model import Evaluation, Model, nested_past
from convbound.proofs.models.segments import Along

SMALL = [Fraction(n, m) for n in range(-3, 4) for m in (1, 2)]
LETTERS = (
    *("x", "y", "z", "d", "K", "L"),
    *("g", "h", "q", "s", "rate", "w", "lattice", "v", "u", "b", "count", "r"),
    *("k", "nu", "m"),
)
SEQUENCES = ("s", "w", "lattice", "count")


class RandomModel:
    """A model whose every value is drawn from the seed and depends only on what its symbol may depend on."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        chance = random.Random(seed)
        self.K, self.n = chance.choice([(1, 1), (1, 2), (2, 1), (2, 2)])
        sizes = {"K": self.K, "n": self.n, "d": chance.choice([1, 2]), "e": chance.choice([1, 2])}
        sizes["N"] = chance.choice([1, 2, 3])
        step = list(product((0, 1), repeat=self.n))
        labels = list(product(step, repeat=self.K))
        weights = [chance.randint(1, 4) for _ in labels]
        outcomes = [(Fraction(w, sum(weights)), label) for w, label in zip(weights, labels, strict=True)]
        values: dict[str, Any] = {**sizes, "z": chance.randint(-2, 3)}
        values |= {name: chance.choice(SMALL) for name in ("x", "y", "c", "L")}
        for name, scopes in {"g": "i", "h": "ij", "rate": "k", "s": "m"}.items():
            values[name] = self.table(name, scopes)
        values["q"] = self.table("q", "j", whole=True)
        values["w"], values["v"] = self.table("w", "kp"), self.table("v", "kp")
        values["lattice"] = self.table("lattice", "ikp", whole=True)
        values["count"] = self.table("count", "knP")
        values["u"], values["b"], values["r"] = (self.table(*x) for x in (("u", "iko"), ("b", "kno"), ("r", "o")))
        a, b = self.table("G0", "i"), self.table("G1", "i")
        values["G"] = lambda at: Along(a(at), b(at))
        self.model = Model(values, outcomes)

    def table(self, name: str, scopes: str, whole: bool = False) -> Any:
        """A function of the listed parts of a point: p is the past of the step, P that of the draw, o the outcome."""
        parts = {
            "i": lambda at: at["i"],
            "j": lambda at: at["j"],
            "k": lambda at: at["step"],
            "n": lambda at: at["draw"],
            "m": lambda at: at["plan"],
            "o": lambda at: at["run"],
            "p": lambda at: nested_past(at["run"], [at["step"] - 1]),
            "P": lambda at: nested_past(at["run"], [at["step"] - 1, at["draw"]]),
        }

        def value(at: Any) -> Fraction:
            key = (self.seed, name, *(parts[s](at) for s in scopes))
            drawn = random.Random(repr(key)).choice(SMALL)
            return Fraction(drawn.numerator) if whole else drawn

        return value


def open_proof() -> Proof:
    """The signature, without steps."""
    return Proof(certificate([suppose("x >= 0")]))


def evaluation(proof: Proof, seed: int) -> Evaluation:
    """The signature in the random model of a seed."""
    return Evaluation(proof, RandomModel(seed).model)


def random_atom(proof: Proof, chance: random.Random, depth: int = 2, letters: Any = LETTERS) -> Poly:
    """A symbol, a shifted sequence, or a functional of a random monomial."""
    kind = chance.random()
    if kind < 0.6 or depth == 0:
        return variable(chance.choice(letters))
    if kind < 0.7:
        name = chance.choice(SEQUENCES)
        return proof.shift(chance.choice(["next", "first", "last"]), proof.symbols[name]["sequence"], variable(name))
    names = [f for f in proof.functionals if f != "int"]
    return proof.apply(chance.choice(names), random_monomial(proof, chance, depth - 1, letters))


def random_monomial(proof: Proof, chance: random.Random, depth: int = 2, letters: Any = LETTERS) -> Poly:
    """A product of one to three atoms."""
    result = constant(1)
    for _ in range(chance.choice([1, 1, 2, 2, 3])):
        result = proof.multiply(result, random_atom(proof, chance, depth, letters))
    return result


def random_poly(proof: Proof, chance: random.Random, depth: int = 2, letters: Any = LETTERS) -> Poly:
    """A sum of one to three monomials with small coefficients."""
    for _ in range(20):
        try:
            monomials = [random_monomial(proof, chance, depth, letters) for _ in range(chance.choice([1, 1, 2, 3]))]
            return add(*(scale(chance.choice([1, 2, -1, Fraction(1, 2)]), m) for m in monomials))
        except KernelError:  # too long, or too deep
            continue
    return variable("x")

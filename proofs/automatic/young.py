"""Squares with a parameter under functionals: Young's inequality for each product that stands in a goal or a fact.

Of a product x y under a sum, an expectation or both, and of what stands before it, the squares of x ± λ c y are
nonnegative under the same functionals, for c that factor, with and without the quotients of the claim. That is Young's
inequality with every parameter that the claim has a name for; the search for multipliers takes the one it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.lemmas import square_under
from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.kernel import KernelError, Monomial, Number, Poly, times

MAX_FOUND = 64
WEIGHTS = (Fraction(1), Fraction(2), Fraction(1, 2))


def young(p: Bench, polys: Sequence[Poly]) -> list[Fact]:
    """The squares for all products under functionals in some polynomials, each once."""
    inverses = [a for a in sorted(p.parts) if p.proof.definitions[a][0] == "quotient" and not p.proof.reach[a]]
    found: dict[frozenset[tuple[Monomial, Number]], Fact] = {}
    for chain, x, y, factor in sorted(set(_products(p, polys))):
        factors = dict.fromkeys([(), factor, *(times(factor, ((inverse, 1),)) for inverse in inverses)])
        for c, weight, sign in product(factors, WEIGHTS, (1, -1)):
            for one, other in dict.fromkeys(((x, y), (y, x)) if c else ((x, y),)):
                if len(found) >= MAX_FOUND:
                    return list(found.values())
                fact = under(p, chain, {one: 1, times(other, c): sign * weight})
                if fact is not None:
                    found.setdefault(frozenset(fact.poly.items()), fact)
    return list(found.values())


def _products(p: Bench, polys: Sequence[Poly]) -> Iterator[tuple[tuple[str, ...], Monomial, Monomial, Monomial]]:
    """The functionals, the two that are multiplied, and the parameters before them."""
    for monomial in sorted({m for q in polys for m in q}):
        for atom, e in monomial:
            chain, operand = peeled(p, atom)
            if e != 1 or not chain or len(operand) != 2 or any(power != 1 for _, power in operand):
                continue
            x, y = (((a, 1),) for a, _ in operand)
            factor = tuple((a, k) for a, k in monomial if not p.proof.reach[a] and a not in p.proof.structure)
            yield chain, x, y, factor


def peeled(p: Bench, atom: str) -> tuple[tuple[str, ...], Monomial]:
    """The functionals of an atom, the innermost first, and what stands under all of them."""
    chain: list[str] = []
    operand: Monomial = ((atom, 1),)
    while len(operand) == 1 and operand[0][1] == 1:
        operator, within = p.proof.structure.get(operand[0][0], ("", ()))
        if operator not in p.proof.functionals:
            break
        chain.insert(0, operator)
        operand = within
    return tuple(chain), operand


def under(p: Bench, chain: Sequence[str], root: Poly) -> Fact | None:
    """The functionals of a square, from the innermost to the outermost."""
    try:
        fact = square_under(p, chain[0], root)
        for name in chain[1:]:
            fact = p.record({"rule": "functional", "functional": name, "of": fact.reference})[0]
    except (ProofError, KernelError):
        return None
    return fact

"""Sums of squares by a Gram matrix: proposed by a semidefinite solver, rounded, and completed to squares exactly.

The solver is optional (`pip install 'convbound[methods]'`); without it nothing is found here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.util import find_spec
from itertools import combinations_with_replacement

from convbound.bounds.arithmetic import Number
from convbound.bounds.plain_data import Json
from convbound.proofs.automatic.bench import Bench
from convbound.proofs.derivation.state import Fact
from convbound.proofs.kernel import Monomial, Poly, add, constant, multiply, scale, subtract, times

MAX_BASIS = 18
MAX_FACTS = 20
DENOMINATORS = (1, 2, 6, 12, 60, 420, 10**4, 10**7)
Pairs = dict[Monomial, list[tuple[int, int]]]  # of a monomial: which two of the basis it is the product of
Entries = dict[tuple[int, int], float]
MARGIN = 1.0  # how far inside the cone is far enough


def sum_of_squares(p: Bench, goal: Poly, facts: Sequence[Fact]) -> Json | None:
    """A recipe for `goal >= 0`: squares, and multiples of the facts by numbers."""
    basis = _basis(goal)
    if not basis or len(basis) > MAX_BASIS or find_spec("clarabel") is None or find_spec("flint") is None:
        return None
    pairs: Pairs = {}
    for i, j in combinations_with_replacement(range(len(basis)), 2):
        pairs.setdefault(times(basis[i], basis[j]), []).append((i, j))
    fitting = [f for f in facts if f.poly and all(m in pairs or m in goal for m in f.poly)][:MAX_FACTS]
    found = _propose(goal, len(basis), pairs, fitting)
    if found is None:
        return None
    for denominator in DENOMINATORS:
        recipe = _rounded(p, goal, basis, pairs, fitting, found, denominator)
        if recipe is not None:
            return recipe
    return None


def _basis(goal: Poly) -> list[Monomial]:
    """The monomials whose products can stand in the goal: by degree, in all and in each atom."""
    atoms = sorted({a for m in goal for a, _ in m})
    most = {a: max(dict(m).get(a, 0) for m in goal) // 2 for a in atoms}
    atoms = [a for a in atoms if most[a]]
    degree = max((sum(e for _, e in m) for m in goal), default=0) // 2
    least = min((sum(e for _, e in m) for m in goal), default=0)
    found: list[Monomial] = []
    for size in range(-(-least // 2), degree + 1):
        for choice in combinations_with_replacement(atoms, size):
            powers = {a: choice.count(a) for a in choice}
            if all(e <= most[a] for a, e in powers.items()):
                found.append(tuple(sorted(powers.items())))
            if len(found) > MAX_BASIS:
                return found
    return found


def _propose(goal: Poly, n: int, pairs: Pairs, facts: Sequence[Fact]) -> tuple[Entries, list[float]] | None:
    """A Gram matrix as far inside the cone as there is one, and the multipliers of the facts."""
    import numpy as np

    from convbound.proofs.methods.conic import minimise

    places = [place for group in pairs.values() for place in group]
    index = {place: k for k, place in enumerate(places)}
    count = len(places) + len(facts) + 1
    monomials = sorted({*goal, *pairs, *(m for f in facts for m in f.poly)})
    E, e = np.zeros((len(monomials), count)), np.zeros(len(monomials))
    for row, m in enumerate(monomials):
        e[row] = float(goal.get(m, 0))
        for i, j in pairs.get(m, ()):
            E[row, index[i, j]] = 1.0 if i == j else 2.0
        for k, fact in enumerate(facts):
            E[row, len(places) + k] = float(fact.poly.get(m, 0))
    bounded = [len(places) + k for k, f in enumerate(facts) if f.relation != "="]
    A, b = np.zeros((len(bounded) + 1, count)), np.zeros(len(bounded) + 1)
    for row, k in enumerate(bounded):
        A[row, k] = -1.0
    A[-1, -1], b[-1] = 1.0, MARGIN
    matrices = np.zeros((count, n, n))
    for (i, j), k in index.items():
        matrices[k, i, j] = matrices[k, j, i] = -1.0
    matrices[-1] = np.eye(n)
    cost = np.zeros(count)
    cost[-1] = -1.0
    solution = minimise(cost, (E, e), (A, b), [(matrices, np.zeros((n, n)))], 1e-9)
    if not solution.solved or solution.x[-1] < -1e-6:
        return None
    values = [float(x) for x in solution.x]
    return {place: values[k] for place, k in index.items()}, values[len(places) : -1]


def _rounded(
    p: Bench,
    goal: Poly,
    basis: Sequence[Monomial],
    pairs: Pairs,
    facts: Sequence[Fact],
    found: tuple[Entries, list[float]],
    denominator: int,
) -> Json | None:
    """The recipe from rounded numbers, mended so that the identity holds; None where that is no sum of squares."""
    from convbound.proofs.methods.linear import square_completion

    def near(x: float) -> Fraction:
        return Fraction(round(x * denominator), denominator)

    entries = {place: near(x) for place, x in found[0].items()}
    multipliers = [near(x) for x in found[1]]
    multipliers = [max(x, Fraction(0)) if f.relation != "=" else x for x, f in zip(multipliers, facts, strict=True)]
    rest = subtract(goal, add(*(scale(x, f.poly) for x, f in zip(multipliers, facts, strict=True))))
    for m, group in pairs.items():
        weight = sum((entries[i, j] * (1 if i == j else 2) for i, j in group), Fraction(0))
        i, j = group[-1]
        entries[i, j] += (rest.get(m, 0) - weight) / (1 if i == j else 2)
    if any(m not in pairs for m in rest):
        return None
    n = len(basis)
    matrix: list[list[Number]] = [[entries[min(i, j), max(i, j)] for j in range(n)] for i in range(n)]
    squares = square_completion(matrix)
    if squares is None:
        return None
    terms: list[Json] = []
    for w, vector in squares:
        root: Poly = {m: x for m, x in zip(basis, (Fraction(str(x)) for x in vector), strict=True) if x}
        terms.append([str(Fraction(str(w))), [], [p.proof.write(root)]])
    facts_used = [(x, f) for x, f in zip(multipliers, facts, strict=True) if x]
    terms += [[str(x), [f.reference], []] for x, f in facts_used if f.relation != "="]
    equations = [[f.reference, p.proof.write(constant(x))] for x, f in facts_used if f.relation == "="]
    total = add(*(scale(Fraction(t[0]), multiply(r, r)) for t in terms if t[2] for r in [p.proof.read(t[2][0])]))
    left = subtract(goal, add(total, *(scale(x, f.poly) for x, f in facts_used)))
    return None if left else {"terms": terms, "equations": equations}

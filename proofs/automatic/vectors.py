"""Squares of sums of several vectors under functionals: proposed by a semidefinite program, each a fact of its own.

With b_1, …, b_n what is multiplied under an expectation, a sum or both, a Gram matrix Q is looked for with which
Σ Q_ij E[Σ b_i b_j] and multiples of the facts are the goal. Its squares, with rounded coefficients, are then facts
like others, and the search for multipliers has the last word. The solver is optional, as in `gram`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.young import peeled
from convbound.proofs.derivation.state import Fact
from convbound.proofs.kernel import Poly, variable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Entries = dict[tuple[int, int], Poly]
MAX_BASIS = 6
SMALL = 1e-5
DENOMINATORS = (1, 2, 12)


def bases(p: Bench, polys: Sequence[Poly]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Functionals with all that is multiplied under them, or under the inner ones of them."""
    found: dict[tuple[str, ...], set[str]] = {}
    for atom in sorted({a for q in polys for m in q for a, _ in m}):
        chain, operand = peeled(p, atom)
        if chain and sum(e for _, e in operand) == 2:
            found.setdefault(chain, set()).update(a for a, _ in operand)
    for chain, own in sorted(found.items()):
        inner = [atoms for other, atoms in found.items() if chain[: len(other)] == other]
        basis = sorted(a for a in own.union(*inner) if a not in p.proof.structure)
        if 2 < len(basis) <= MAX_BASIS:
            yield chain, basis


def entries(p: Bench, chain: Sequence[str], basis: Sequence[str]) -> Entries:
    """The functionals of each product of two."""
    result: Entries = {}
    for i, j in combinations_with_replacement(range(len(basis)), 2):
        poly = p.proof.multiply(variable(basis[i]), variable(basis[j]))
        for name in chain:
            poly = p.proof.apply(name, poly)
        result[i, j] = poly
    return result


def roots(goal: Poly, products: Entries, basis: Sequence[str], facts: Sequence[Fact]) -> list[Poly]:
    """Sums of the basis whose squares may close the goal; none where the program has no solution."""
    if find_spec("clarabel") is None:
        return []
    import numpy as np

    found: list[Poly] = []
    matrix = _propose(goal, products, len(basis), facts)
    if matrix is None:
        return found
    for _ in basis:
        k = int(np.argmax(np.diag(matrix)))
        if matrix[k, k] < SMALL:
            break
        column = matrix[:, k] / matrix[k, k]
        for denominator in DENOMINATORS:
            near = (Fraction(float(x)).limit_denominator(denominator) for x in column)
            root: Poly = {((a, 1),): x for a, x in zip(basis, near, strict=True) if x}
            found += [root] if root not in found else []
        matrix = matrix - matrix[k, k] * np.outer(column, column)
    return found


def _propose(goal: Poly, products: Entries, n: int, facts: Sequence[Fact]) -> npt.NDArray[np.float64] | None:
    """The Gram matrix of least trace, in floats."""
    import numpy as np

    from convbound.proofs.methods.conic import minimise

    index = {place: k for k, place in enumerate(products)}
    count = len(index) + len(facts)
    monomials = sorted({*goal, *(m for q in products.values() for m in q), *(m for f in facts for m in f.poly)})
    row = {m: k for k, m in enumerate(monomials)}
    E, e = np.zeros((len(monomials), count)), np.zeros(len(monomials))
    for m, c in goal.items():
        e[row[m]] = float(c)
    for (i, j), poly in products.items():
        for m, c in poly.items():
            E[row[m], index[i, j]] += float(c) * (1 if i == j else 2)
    for k, fact in enumerate(facts):
        for m, c in fact.poly.items():
            E[row[m], len(index) + k] += float(c)
    bounded = [len(index) + k for k, f in enumerate(facts) if f.relation != "="]
    A, b = np.zeros((max(1, len(bounded)), count)), np.zeros(max(1, len(bounded)))
    for place, k in enumerate(bounded):
        A[place, k] = -1.0
    matrices = np.zeros((count, n, n))
    cost = np.zeros(count)
    for (i, j), k in index.items():
        matrices[k, i, j] = matrices[k, j, i] = -1.0
        cost[k] = float(i == j)
    solution = minimise(cost, (E, e), (A, b), [(matrices, np.zeros((n, n)))], 1e-9)
    if not solution.solved:
        return None
    gram = np.zeros((n, n))
    for (i, j), k in index.items():
        gram[i, j] = gram[j, i] = solution.x[k]
    return gram

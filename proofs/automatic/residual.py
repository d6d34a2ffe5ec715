"""What a proof still lacks: the goal less what the facts give of it, as near to nothing as they bring it.

A linear program in floats, for people: it proves nothing, and its numbers are rounded.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction

from convbound.proofs.automatic.bench import Bench
from convbound.proofs.derivation.multipliers import Column, Known, Search
from convbound.proofs.derivation.state import Fact
from convbound.proofs.kernel import Monomial, Poly

MAX_COLUMNS = 4000
SMALL = 1e-6


def residual(p: Bench, goal: Poly, facts: Sequence[Fact]) -> Poly | None:
    """What is left of the goal, so that from its being nonnegative the goal would follow; None where that fails."""
    known = [Known(f.reference, f.relation, f.poly) for f in facts]
    atoms = sorted({a for q in (goal, *(f.poly for f in facts)) for m in q for a, _ in m})
    signs = {a: Known(s.reference, s.relation, s.poly) for a in atoms if (s := p.sign(a)) is not None}
    search = Search(known, signs, (), MAX_COLUMNS)
    support = set(goal)
    for _ in range(3):
        search.add_products(sorted(support))
        support |= {m for column in search.columns.values() for m in column.poly}
    # what is nonnegative by its signs stays in what is left: it is what the rest may be held against
    columns = [column for column in search.columns.values() if len(column.poly) > 1]
    helpful = {m for m in goal if search.signed(m) is not None}
    slack = _slack(columns, goal, helpful)
    return None if slack is None else {m: c for m, c in slack.items() if c}


def _slack(columns: Sequence[Column], goal: Poly, helpful: Set[Monomial]) -> Poly | None:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    monomials = sorted({*goal, *(m for column in columns for m in column.poly)})
    rows = {m: k for k, m in enumerate(monomials)}
    n, size = len(columns), len(monomials)
    entries = [(rows[m], j, float(c)) for j, column in enumerate(columns) for m, c in column.poly.items()]
    entries += [(k, n + k, 1.0) for k in range(size)] + [(k, n + size + k, -1.0) for k in range(size)]
    place, column_of, value = zip(*entries, strict=True)
    matrix = coo_matrix((value, (place, column_of)), shape=(size, n + 2 * size)).tocsr()
    # what the goal does not mention is a dearer rest than what it does
    price = np.array([1.0 if m in goal else 3.0 for m in monomials])
    gain = np.array([1e-3 if m in helpful else p for m, p in zip(monomials, price, strict=True)])
    cost = np.concatenate([np.full(n, 1e-4), gain, price])
    bounds = [(None, None) if c.relation == "=" else (0, None) for c in columns] + [(0, None)] * (2 * size)
    right = np.array([float(goal.get(m, 0)) for m in monomials])
    answer = linprog(cost, A_eq=matrix, b_eq=right, bounds=bounds, method="highs")
    if answer.status != 0:
        return None
    rest = answer.x[n : n + size] - answer.x[n + size :]
    return {m: Fraction(float(x)).limit_denominator(64) for m, x in zip(monomials, rest, strict=True) if abs(x) > SMALL}

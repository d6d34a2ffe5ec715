"""The certificate finder: nonnegative combinations by linear programming, recovered in exact rationals.

A column is a polynomial that is known to be nonnegative (or zero). The finder looks for multipliers with which the
columns add up to the target. Floats propose which columns take part; the multipliers are then solved for exactly, and
whatever comes out is checked again by the kernel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from convbound.proofs.kernel import Monomial, Number, Poly, times

MAX_COLUMNS = 2500
MAX_SUPPORT_DEGREE = 14
FEW = 24


@dataclass(frozen=True)
class Known:
    """A fact that may take part: its reference in the certificate, its relation and its polynomial."""

    reference: Any
    relation: str
    poly: Poly


@dataclass(frozen=True)
class Column:
    """A product of known facts and squares; `terms` is how the certificate writes it."""

    poly: Poly
    relation: str  # ">=", ">" or "="
    references: tuple[Any, ...]
    squares: tuple[Poly, ...]
    factor: Poly | None = None  # of an equation


def divide(a: Monomial, b: Monomial) -> Monomial | None:
    """a/b where b divides a."""
    powers = dict(a)
    for atom, e in b:
        left = powers.get(atom, 0) - e
        if left < 0:
            return None
        powers[atom] = left
    return tuple((x, e) for x, e in sorted(powers.items()) if e)


def times_monomial(p: Poly, m: Monomial) -> Poly:
    """A polynomial times a monomial."""
    return {times(k, m): c for k, c in p.items()} if m else p


class Search:
    """The columns that can matter for one target."""

    def __init__(self, facts: Sequence[Known], signs: Mapping[str, Known], squares: Sequence[Poly]) -> None:
        """`signs` are facts about single atoms; `squares` are polynomials whose squares may help."""
        self.facts, self.signs, self.squares = facts, signs, squares
        self.columns: dict[Any, Column] = {}

    def signed(self, m: Monomial) -> tuple[tuple[Any, ...], tuple[Poly, ...], bool] | None:
        """How a monomial is seen to be nonnegative: references, squares, and whether it is strictly positive."""
        references: list[Any] = []
        root: list[tuple[str, int]] = []
        strict = True
        for atom, e in m:
            known = self.signs.get(atom)
            if known is not None and (e % 2 or known.relation == ">"):
                references += [known.reference] * e
                strict = strict and known.relation == ">"
            elif e % 2:
                return None
            else:
                root.append((atom, e // 2))
                strict = False
        return tuple(references), ((({tuple(root): 1}),) if root else ()), strict

    def add_products(self, support: Iterable[Monomial]) -> None:
        """Add every known fact times a monomial with which it meets the support."""
        wanted = [m for m in support if sum(e for _, e in m) <= MAX_SUPPORT_DEGREE]
        for m in wanted:
            sign = self.signed(m)
            if sign is not None:
                self._add(("sign", m), Column({m: 1}, ">" if sign[2] else ">=", sign[0], sign[1]))
        sources: list[tuple[Any, Poly, str, tuple[Any, ...], tuple[Poly, ...]]] = [
            (k, f.poly, f.relation, (f.reference,), ()) for k, f in enumerate(self.facts)
        ]
        for k, root in enumerate(self.squares):
            square: dict[Monomial, Number] = {}
            for a, x in root.items():
                for b, y in root.items():
                    square[times(a, b)] = square.get(times(a, b), 0) + x * y
            sources.append((("square", k), {m: c for m, c in square.items() if c}, ">=", (), (root,)))
        for key, poly, relation, references, squares in sources:
            factors = {q for m in wanted for part in poly if (q := divide(m, part)) is not None}
            for q in sorted(factors):
                if len(self.columns) >= MAX_COLUMNS:
                    return
                if relation == "=":
                    self._add((key, q), Column(times_monomial(poly, q), "=", references, (), {q: 1}))
                    continue
                sign = self.signed(q)
                if sign is not None:
                    strict = ">" if relation == ">" and sign[2] and not squares else ">="
                    both = (*references, *sign[0]), (*squares, *sign[1])
                    self._add((key, q), Column(times_monomial(poly, q), strict, *both))

    def _add(self, key: Any, column: Column) -> None:
        self.columns.setdefault(key, column)

    def solve(self, target: Poly, need_strict: bool, rounds: int) -> list[tuple[Column, Fraction]] | None:
        """Columns with exact multipliers that sum to the target, with a strictly positive one if needed."""
        support = set(target)
        self._add("one", Column({(): 1}, ">", (), ()))
        for _ in range(rounds):
            before = len(self.columns)
            self.add_products(sorted(support))
            found = combine(list(self.columns.values()), target, need_strict)
            if found is not None:
                return found
            if len(self.columns) == before:
                return None
            support |= {m for column in self.columns.values() for m in column.poly}
        return None


def combine(columns: Sequence[Column], target: Poly, need_strict: bool) -> list[tuple[Column, Fraction]] | None:
    """Multipliers (nonnegative but for equations) with which the columns sum to the target, exactly."""
    if not target and not need_strict:
        return []
    columns = _useful(columns, target)
    covered = {m for c in columns for m in c.poly}
    if not covered >= set(target) or (need_strict and not any(c.relation == ">" for c in columns)):
        return None
    if len(columns) <= FEW:  # elimination alone often closes a small step, without the linear program
        solution = _solve_exactly(columns, target, [0.0] * len(columns), need_strict)
        if solution is not None:
            return [(c, x) for c, x in zip(columns, solution, strict=True) if x]
    proposal = _propose(columns, target, need_strict)
    if proposal is None:
        return None
    sizes = [max((abs(float(c)) for c in column.poly.values()), default=1.0) for column in columns]
    for tolerance in (1e-7, 1e-10):
        support = [j for j, x in enumerate(proposal) if abs(x) * sizes[j] > tolerance]
        solution = _solve_exactly([columns[j] for j in support], target, [proposal[j] for j in support], need_strict)
        if solution is not None:
            return [(columns[j], x) for j, x in zip(support, solution, strict=True) if x]
    return None


def _useful(columns: Sequence[Column], target: Poly) -> list[Column]:
    """Without the columns that can have no part: nothing cancels one of their monomials, which the target lacks."""
    rows: dict[Monomial, set[int]] = {}
    for j, column in enumerate(columns):
        for m in column.poly:
            rows.setdefault(m, set()).add(j)
    out: set[int] = set()
    todo = [m for m in rows if m not in target]
    while todo:
        m = todo.pop()
        here = rows[m]
        signs = {columns[j].poly[m] > 0 if columns[j].relation != "=" else None for j in here}
        if len(here) == 1 or signs in ({True}, {False}):
            for j in list(here):
                out.add(j)
                for other in columns[j].poly:
                    rows[other].discard(j)
                    if other not in target and rows[other]:
                        todo.append(other)
    return [c for j, c in enumerate(columns) if j not in out]


def _propose(columns: Sequence[Column], target: Poly, need_strict: bool) -> list[float] | None:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    rows = {m: k for k, m in enumerate(sorted({*target, *(m for c in columns for m in c.poly)}))}
    sizes = [max((abs(float(c)) for c in column.poly.values()), default=1.0) for column in columns]
    entries = [(rows[m], j, float(c) / sizes[j]) for j, column in enumerate(columns) for m, c in column.poly.items()]
    right = np.zeros(len(rows) + need_strict)
    for m, c in target.items():
        right[rows[m]] = float(c)
    if need_strict:  # scale is free in a contradiction; elsewhere some strict part must be present
        entries += [(len(rows), j, 1.0) for j, column in enumerate(columns) if column.relation == ">"]
    shape = (len(rows) + need_strict, len(columns))
    matrix = csr_matrix(([e[2] for e in entries], ([e[0] for e in entries], [e[1] for e in entries])), shape=shape)
    cost = np.array([0.0 if c.relation == "=" else 1.0 + 0.1 * len(c.references) for c in columns])
    bounds = [(None, None) if c.relation == "=" else (0, None) for c in columns]
    if need_strict and target:
        answer = linprog(
            cost,
            A_eq=matrix[:-1],
            b_eq=right[:-1],
            A_ub=-matrix[-1:],
            b_ub=[-1e-3],
            bounds=bounds,
            method="highs-ds",
        )
    else:
        if need_strict:
            right[-1] = 1.0
        answer = linprog(cost, A_eq=matrix, b_eq=right, bounds=bounds, method="highs-ds")
    return [float(x) / size for x, size in zip(answer.x, sizes, strict=True)] if answer.status == 0 else None


def _solve_exactly(
    columns: Sequence[Column], target: Poly, proposal: Sequence[float], need_strict: bool
) -> list[Fraction] | None:
    """Gauss over the rationals; a column that is left free takes its proposed value, rounded."""
    names = sorted({*target, *(m for c in columns for m in c.poly)})
    rows: list[dict[int, Fraction]] = []
    for m in names:
        row = {j: Fraction(c.poly[m]) for j, c in enumerate(columns) if m in c.poly}
        row[-1] = Fraction(target.get(m, 0))
        rows.append(row)
    if need_strict and not target:
        rows.append({**{j: Fraction(1) for j, c in enumerate(columns) if c.relation == ">"}, -1: Fraction(1)})
    pivots: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        for j, pivot in pivots.items():
            if row.get(j):
                row = _eliminate(row, pivot, j)
        lead = next((j for j in sorted(row) if j >= 0 and row[j]), None)
        if lead is None:
            if row.get(-1):
                return None
            continue
        row = {j: x / row[lead] for j, x in row.items()}
        pivots = {j: (_eliminate(p, row, lead) if p.get(lead) else p) for j, p in pivots.items()}
        pivots[lead] = row
    free = {j: Fraction(proposal[j]).limit_denominator(64) for j in range(len(columns)) if j not in pivots}
    solution = [
        free[j]
        if j in free
        else pivots[j].get(-1, Fraction(0)) - sum((x * free[k] for k, x in pivots[j].items() if k in free), Fraction(0))
        for j in range(len(columns))
    ]
    if any(x < 0 and c.relation != "=" for x, c in zip(solution, columns, strict=True)):
        return None
    if need_strict and not any(x > 0 and c.relation == ">" for x, c in zip(solution, columns, strict=True)):
        return None
    return solution


def _eliminate(row: dict[int, Fraction], pivot: dict[int, Fraction], lead: int) -> dict[int, Fraction]:
    factor = row[lead]
    result = dict(row)
    for j, x in pivot.items():
        result[j] = result.get(j, Fraction(0)) - factor * x
    return {j: x for j, x in result.items() if x}

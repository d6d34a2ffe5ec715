"""Multipliers for one step of a proof: found by linear programming, recovered in exact rationals.

What is sought is a certificate in the manner of Handelman and Krivine, a case of the Positivstellensatz: the target as
a combination, with nonnegative coefficients, of products of facts that are known to be nonnegative, of squares, and of
any multiples of equations. Each such product is a *column*: a polynomial, whose coefficients are the entries. With the
columns fixed, the multipliers are a solution of linear equations, one per monomial, under bounds: a linear program.

* `Search` makes the columns. A round multiplies each fact by the monomials with which a term of it meets a monomial
  that is still to be matched, if those monomials are seen to be nonnegative (of an equation, by all of them). What the
  new columns bring along is to be matched in the next round; so `rounds` bounds the degree without naming one.
* `combine` solves. Columns that hold a monomial which nothing can cancel are dropped. HiGHS, in floats, proposes which
  of the rest take part; Gauss over the rationals then solves for their multipliers exactly. Those that the equations
  leave free are rounded to a denominator of at most 64, since the multipliers of a proof on paper are such numbers.

No float decides: what does not solve the equations exactly, with the right signs, is no answer, and the kernel checks
the certificate again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from convbound.proofs.kernel import Monomial, Number, Poly, times

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

MAX_COLUMNS = 2500
MAX_SUPPORT_DEGREE = 14
MAX_DENOMINATOR = 64
FEW = 24
FEW_ENOUGH, MAX_ANSWERS = 400, 2000  # columns of a question whose answer is remembered; such answers

Key = Any  # what tells a column apart
Reference = Any  # to a fact: a step and its part, or the name of a case


@dataclass(frozen=True)
class Known:
    """A fact that may take part: its reference in the certificate, its relation and its polynomial."""

    reference: Reference
    relation: str
    poly: Poly


@dataclass(frozen=True)
class Column:
    """A product of known facts and squares; `terms` is how the certificate writes it."""

    poly: Poly
    relation: str  # ">=", ">" or "="
    references: tuple[Reference, ...]
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

    def __init__(
        self,
        facts: Sequence[Known],
        signs: Mapping[str, Known],
        squares: Sequence[Poly],
        limit: int = MAX_COLUMNS,
    ) -> None:
        """`signs` are facts about single atoms; `squares` are polynomials whose squares may help."""
        self.facts, self.signs, self.squares, self.limit = facts, signs, squares, limit
        self.columns: dict[Key, Column] = {}

    def signed(self, m: Monomial) -> tuple[tuple[Reference, ...], tuple[Poly, ...], bool] | None:
        """How a monomial is seen to be nonnegative: references, squares, and whether it is strictly positive."""
        references: list[Reference] = []
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
        """Add every known fact, and every square, times a monomial with which it meets the support."""
        wanted = [m for m in support if sum(e for _, e in m) <= MAX_SUPPORT_DEGREE]
        for m in wanted:
            sign = self.signed(m)
            if sign is not None:
                self._add(("sign", m), Column({m: 1}, ">" if sign[2] else ">=", sign[0], sign[1]))
        sources: list[tuple[Key, Column]] = [
            (k, Column(f.poly, f.relation, (f.reference,), ())) for k, f in enumerate(self.facts)
        ]
        sources += [(("square", k), Column(_square(root), ">=", (), (root,))) for k, root in enumerate(self.squares)]
        for key, source in sources:
            factors = {q for m in wanted for part in source.poly if (q := divide(m, part)) is not None}
            for q in sorted(factors):
                if len(self.columns) >= self.limit:
                    return
                product = self._times(source, q)
                if product is not None:
                    self._add((key, q), product)

    def _times(self, source: Column, q: Monomial) -> Column | None:
        """A fact times a monomial; nothing where the monomial may be negative."""
        poly = times_monomial(source.poly, q)
        if source.relation == "=":
            return Column(poly, "=", source.references, (), {q: 1})
        sign = self.signed(q)
        if sign is None:
            return None
        references, squares, positive = sign
        strict = ">" if source.relation == ">" and positive and not source.squares else ">="
        return Column(poly, strict, (*source.references, *references), (*source.squares, *squares))

    def _add(self, key: Key, column: Column) -> None:
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


def _square(root: Poly) -> Poly:
    square: dict[Monomial, Number] = {}
    for a, x in root.items():
        for b, y in root.items():
            square[times(a, b)] = square.get(times(a, b), 0) + x * y
    return {m: c for m, c in square.items() if c}


def combine(columns: Sequence[Column], target: Poly, need_strict: bool) -> list[tuple[Column, Fraction]] | None:
    """Multipliers, nonnegative but for equations, with which the columns sum to the target, exactly.

    Args:
        columns: what may take part.
        target: the sum that is wanted; empty for a contradiction, 0 > 0.
        need_strict: whether a strictly positive column has to take part.

    Returns:
        The columns that take part with their multipliers, None where none are found.
    """
    if not target and not need_strict:
        return []
    if len(columns) > FEW_ENOUGH:
        return _combined(columns, target, need_strict)
    # claims of one subject define the same quotients and roots, and ask the same of them: a question of the same
    # polynomials, in the same order, is searched once
    question = (tuple((c.relation, len(c.references), _frozen(c.poly)) for c in columns), _frozen(target), need_strict)
    if question not in _answers:
        places = {id(column): j for j, column in enumerate(columns)}
        found = _combined(columns, target, need_strict)
        if len(_answers) >= MAX_ANSWERS:
            del _answers[next(iter(_answers))]
        _answers[question] = None if found is None else [(places[id(column)], x) for column, x in found]
    answer = _answers[question]
    return None if answer is None else [(columns[j], x) for j, x in answer]


_answers: dict[Hashable, list[tuple[int, Fraction]] | None] = {}


def _frozen(p: Poly) -> frozenset[tuple[Monomial, Number]]:
    return frozenset(p.items())


def _combined(columns: Sequence[Column], target: Poly, need_strict: bool) -> list[tuple[Column, Fraction]] | None:
    """As `combine`, by a search."""
    columns = _useful(columns, target)
    covered = {m for c in columns for m in c.poly}
    if not covered >= set(target) or (need_strict and not any(c.relation == ">" for c in columns)):
        return None
    for support, proposal in _supports(columns, target, need_strict):
        chosen = [columns[j] for j in support]
        solution = solve_exactly(chosen, target, proposal, need_strict)
        if solution is not None:
            return [(c, x) for c, x in zip(chosen, solution, strict=True) if x]
    return None


def _supports(
    columns: Sequence[Column], target: Poly, need_strict: bool
) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """Which columns may take part, with a guess of their multipliers, the cheapest first."""
    if len(columns) <= FEW:  # elimination alone often closes a small step, without the linear program
        yield range(len(columns)), [0.0] * len(columns)
    proposal = propose(columns, target, need_strict)
    if proposal is not None:
        for tolerance in (1e-7, 1e-10):
            support = [j for j, x in enumerate(proposal) if abs(x) * _size(columns[j]) > tolerance]
            yield support, [proposal[j] for j in support]


def _size(column: Column) -> float:
    """The largest coefficient: a column is scaled by it for the linear program."""
    return max((abs(float(c)) for c in column.poly.values()), default=1.0)


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


def propose(columns: Sequence[Column], target: Poly, need_strict: bool) -> list[float] | None:
    """Multipliers in floats, by a linear program that prefers columns with few facts; None where it has no solution."""
    import numpy as np
    from scipy.optimize import linprog

    sizes = [_size(column) for column in columns]
    matrix, right = _system(columns, sizes, target, need_strict)
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
        answer = linprog(cost, A_eq=matrix, b_eq=right, bounds=bounds, method="highs-ds")
    return [float(x) / size for x, size in zip(answer.x, sizes, strict=True)] if answer.status == 0 else None


def _system(
    columns: Sequence[Column], sizes: Sequence[float], target: Poly, need_strict: bool
) -> tuple[csr_matrix, npt.NDArray[np.float64]]:
    """The equations: a row per monomial, and, if one is needed, a last row that adds up the strict columns.

    In a contradiction the scale is free, and the strict columns add up to 1; elsewhere that row is a lower bound.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    rows = {m: k for k, m in enumerate(sorted({*target, *(m for c in columns for m in c.poly)}))}
    entries = [(rows[m], j, float(c) / sizes[j]) for j, column in enumerate(columns) for m, c in column.poly.items()]
    right = np.zeros(len(rows) + need_strict)
    for m, c in target.items():
        right[rows[m]] = float(c)
    if need_strict:
        entries += [(len(rows), j, 1.0) for j, column in enumerate(columns) if column.relation == ">"]
        right[-1] = 0.0 if target else 1.0
    shape = (len(rows) + need_strict, len(columns))
    where = ([e[0] for e in entries], [e[1] for e in entries])
    return csr_matrix(([e[2] for e in entries], where), shape=shape), right


def solve_exactly(
    columns: Sequence[Column], target: Poly, proposal: Sequence[float], need_strict: bool
) -> list[Fraction] | None:
    """The multipliers in rationals: those that the equations leave free are the proposed ones, rounded.

    Args:
        columns: what takes part.
        target: the sum that is wanted.
        proposal: multipliers of the columns in floats; looked at where the equations do not decide.
        need_strict: whether a strictly positive column has to take part.

    Returns:
        One multiplier per column, None where the equations have no solution, or not this one with the right signs.
    """
    reduced = _eliminated(columns, target, need_strict)
    if reduced is None:
        return None
    last = len(columns)  # the column of the right side
    zero = Fraction(0)
    solution = [
        zero if j in reduced else Fraction(x).limit_denominator(MAX_DENOMINATOR) for j, x in enumerate(proposal)
    ]
    for j, row in reduced.items():
        solution[j] = row.get(last, zero) - sum((x * solution[k] for k, x in row.items() if k not in (j, last)), zero)
    if any(x < 0 and c.relation != "=" for x, c in zip(solution, columns, strict=True)):
        return None
    if need_strict and not any(x > 0 and c.relation == ">" for x, c in zip(solution, columns, strict=True)):
        return None
    return solution


def _eliminated(columns: Sequence[Column], target: Poly, need_strict: bool) -> dict[int, dict[int, Fraction]] | None:
    """The equations in reduced echelon form: by its leading column, each row. None where they contradict each other."""
    from sympy import QQ
    from sympy.polys.matrices.sdm import SDM

    last = len(columns)
    sides = [*(c.poly for c in columns), target]
    rows = [
        {j: QQ(p[m].numerator, p[m].denominator) for j, p in enumerate(sides) if m in p}
        for m in sorted(set().union(*sides))
    ]
    if need_strict and not target:  # scale is free: the strict columns add up to 1
        rows.append({last: QQ(1)} | {j: QQ(1) for j, c in enumerate(columns) if c.relation == ">"})
    echelon, pivots = SDM(dict(enumerate(rows)), (len(rows), last + 1), QQ).rref()
    if last in pivots:
        return None
    exact = (
        {j: Fraction(int(x.numerator), int(x.denominator)) for j, x in echelon[k].items()} for k in sorted(echelon)
    )
    return dict(zip(pivots, exact, strict=True))

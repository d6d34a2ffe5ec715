"""The dual of a worst-case problem: what a proof of a bound consists of, as linear algebra over exact numbers.

With multipliers `y_c` for the columns below, a bound τ is proved by an identity

    τ = Σ_c y_c h_c + <S, G>

between forms: the h_c are metrics (weights that sum to one), slacks of what is supposed (nonnegative multipliers, of
any sign for equations) and entries of the matrices that are supposed positive semidefinite (a positive semidefinite
multiplier). S is positive semidefinite too. So τ bounds the smallest metric.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from convbound.proofs.methods.linear import Row, nullspace_coordinates
from convbound.proofs.methods.problem import Form, WorstCase
from convbound.proofs.methods.radicals import Number, lower

METRIC, INEQUALITY, EQUATION, ENTRY = "metric", "inequality", "equation", "entry"
Matrix = list[list[Number]]


@dataclass(frozen=True)
class Column:
    """One multiplier: what it multiplies, and for an entry of a matrix which one."""

    kind: str
    form: Form
    number: int  # of the metric, of what is supposed, or of the matrix
    entry: tuple[int, int] = (0, 0)


class Dual:
    """The columns of a problem, and everything that is linear in their multipliers."""

    def __init__(self, problem: WorstCase) -> None:
        self.problem = problem
        self.columns: list[Column] = [Column(METRIC, m, k) for k, m in enumerate(problem.metrics)]
        self.columns += [
            Column(EQUATION if s.equality else INEQUALITY, -s.form, k) for k, s in enumerate(problem.supposed)
        ]
        for k, matrix in enumerate(problem.matrices):
            size = len(matrix.entries)
            for a in range(size):
                for b in range(a, size):
                    entry = matrix.entries[a][b] + matrix.entries[b][a] if a != b else matrix.entries[a][a]
                    self.columns.append(Column(ENTRY, entry, k, (a, b)))
        self.size = len(problem.points)
        fixed = nullspace_coordinates(
            [self._gram_row(c.form, i) for c in self.columns for i in self._rows(c.form)], self.size
        )
        self.kept = [i for i in range(self.size) if i not in fixed]  # coordinates in which S is decided

    @staticmethod
    def _rows(form: Form) -> list[int]:
        return sorted({i for pair in form.gram for i in pair})

    def _gram_row(self, form: Form, i: int) -> Row:
        row: Row = {}
        for (a, b), c in form.gram.items():
            if a == b == i:
                row[i] = c
            elif i in (a, b):
                row[b if a == i else a] = c * Fraction(1, 2)
        return row

    def equations(self) -> list[tuple[Row, Number]]:
        """What every proof satisfies: no value of a function is left over, and the metrics' weights sum to one."""
        rows: dict[int, Row] = {}
        for c, column in enumerate(self.columns):
            for k, v in column.form.values.items():
                rows.setdefault(k, {})[c] = v
        found: list[tuple[Row, Number]] = [(row, Fraction(0)) for row in rows.values()]
        weights: Row = {c: Fraction(1) for c, column in enumerate(self.columns) if column.kind == METRIC}
        return [*found, (weights, Fraction(1))]

    def bound_row(self) -> Row:
        """τ as a linear function of the multipliers."""
        return {c: lower(x.form.constant) for c, x in enumerate(self.columns) if x.form.constant}

    def bound(self, y: Sequence[Number]) -> Number:
        """τ."""
        return sum((y[c] * v for c, v in self.bound_row().items()), Fraction(0))

    def annihilation(self, vector: Sequence[Number]) -> list[Row]:
        """The rows of S·vector = 0, the vector in the kept coordinates."""
        place = {i: n for n, i in enumerate(self.kept)}
        rows: list[Row] = [{} for _ in self.kept]
        for c, column in enumerate(self.columns):
            for (a, b), v in column.form.gram.items():
                half = v if a == b else v * Fraction(1, 2)
                for i, j in {(a, b), (b, a)}:
                    if i in place and j in place:
                        row, change = rows[place[i]], half * vector[place[j]]
                        row[c] = row[c] + change if c in row else change
        return [{c: v for c, v in row.items() if v} for row in rows]

    def square(self, y: Sequence[Number]) -> Matrix:
        """S, over all vectors."""
        S: Matrix = [[Fraction(0)] * self.size for _ in range(self.size)]
        for c, column in enumerate(self.columns):
            if not y[c]:
                continue
            for (a, b), v in column.form.gram.items():
                part = y[c] * v
                if a == b:
                    S[a][a] = S[a][a] - part
                else:
                    S[a][b] = S[a][b] - part * Fraction(1, 2)
                    S[b][a] = S[a][b]
        return S

    def multiplier_matrix(self, number: int, y: Sequence[Number]) -> Matrix:
        """The multiplier of a matrix that is supposed positive semidefinite."""
        size = len(self.problem.matrices[number].entries)
        found: Matrix = [[Fraction(0)] * size for _ in range(size)]
        for c, column in enumerate(self.columns):
            if column.kind == ENTRY and column.number == number:
                a, b = column.entry
                found[a][b] = found[b][a] = y[c]
        return found

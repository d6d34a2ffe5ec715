"""The dual of a worst-case problem in floating point: its solution, and points well inside a face of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convbound.proofs.methods.conic import Floats, Solution, minimise
from convbound.proofs.methods.dual import ENTRY, EQUATION, Dual
from convbound.proofs.methods.linear import Affine

LEAST_MARGIN = 1e-9  # below it a face of the optimum is taken to have no inside
REWEIGHTINGS = 3


@dataclass(frozen=True)
class Inside:
    """A point of an affine space, how far it is inside all cones, and the multipliers where that is nowhere."""

    chosen: Floats
    margin: float
    inequalities: Floats  # of the signed columns, in their order
    matrices: tuple[Floats, ...]


class FloatDual:
    """The same data as a `Dual`, in floats."""

    def __init__(self, dual: Dual) -> None:
        self.dual = dual
        self.count = len(dual.columns)
        self.signed = [c for c, x in enumerate(dual.columns) if x.kind not in (EQUATION, ENTRY)]
        self.blocks = [self._square_block(), *(self._entry_block(k) for k in range(len(dual.problem.matrices)))]
        self.cost = np.zeros(self.count)
        for c, v in dual.bound_row().items():
            self.cost[c] = float(v)

    def _square_block(self) -> Floats:
        place = {i: n for n, i in enumerate(self.dual.kept)}
        block = np.zeros((self.count, len(place), len(place)))
        for c, column in enumerate(self.dual.columns):
            for (a, b), v in column.form.gram.items():
                if a in place and b in place:
                    half = -float(v) / (1 if a == b else 2)
                    block[c, place[a], place[b]] = block[c, place[b], place[a]] = half
        return block

    def _entry_block(self, number: int) -> Floats:
        size = len(self.dual.problem.matrices[number].entries)
        block = np.zeros((self.count, size, size))
        for c, column in enumerate(self.dual.columns):
            if column.kind == ENTRY and column.number == number:
                a, b = column.entry
                block[c, a, b] = block[c, b, a] = 1.0
        return block

    def solve(self, tolerance: float = 1e-13, bases: Sequence[Floats] | None = None) -> Solution:
        """The least bound, and with it the worst case: `matrices[0]` is its Gram matrix, on the bases of the blocks."""
        rows = self.dual.equations()
        E, e = np.zeros((len(rows), self.count)), np.zeros(len(rows))
        for k, (row, right) in enumerate(rows):
            e[k] = float(right)
            for c, v in row.items():
                E[k, c] = float(v)
        A = np.zeros((len(self.signed), self.count))
        A[range(len(self.signed)), self.signed] = -1.0
        blocks = self.blocks
        if bases is not None:
            blocks = [np.einsum("ia,cij,jb->cab", B, M, B, optimize=True) for M, B in zip(blocks, bases, strict=True)]
        matrices = [(-block, np.zeros(block.shape[1:])) for block in blocks]
        return minimise(self.cost, (E, e), (A, np.zeros(len(self.signed))), matrices, tolerance)

    def coordinates(self, affine: Affine) -> tuple[Floats, Floats]:
        """All multipliers as offset + slope·free."""
        offset, slope = np.zeros(self.count), np.zeros((self.count, len(affine.free)))
        place = {c: k for k, c in enumerate(affine.free)}
        for c in affine.free:
            slope[c, place[c]] = 1.0
        for p, (constant, row) in affine.pivots.items():
            offset[p] = float(constant)
            for c, v in row.items():
                slope[p, place[c]] = float(v)
        return offset, slope

    def _seen(self, offset: Floats, slope: Floats, bases: Sequence[Floats]) -> list[tuple[Floats, Floats]]:
        """The blocks on their bases, as (how they move, where they start); empty ones are left out."""
        found = []
        for block, basis in zip(self.blocks, bases, strict=True):
            if basis.shape[1]:
                seen = np.einsum("ia,cij,jb->cab", basis, block, basis, optimize=True)
                found.append((np.tensordot(slope.T, seen, axes=1), np.tensordot(offset, seen, axes=1)))
        return found

    def inside(self, affine: Affine, active: Sequence[int], bases: Sequence[Floats]) -> Inside | None:
        """The point of the affine space that is farthest inside, by one margin for multipliers and blocks."""
        (offset, slope), n, rows = self.coordinates(affine), len(affine.free), list(active)
        cost = np.zeros(n + 1)
        cost[n] = -1.0
        A = np.zeros((len(rows) + 1, n + 1))
        A[: len(rows), :n], A[:, n] = -slope[rows], 1.0
        b = np.append(offset[rows], 1.0)
        matrices = [
            (np.concatenate([-moving, np.eye(len(start))[None]]), start)
            for moving, start in self._seen(offset, slope, bases)
        ]
        found = minimise(cost, (np.zeros((0, n + 1)), np.zeros(0)), (A, b), matrices)
        if not found.solved or not np.all(np.isfinite(found.x)):
            return None
        duals = iter(found.matrices)
        empty = np.zeros((0, 0))
        return Inside(
            found.x[:n],
            -found.value,
            found.inequalities[: len(rows)],
            tuple(next(duals) if basis.shape[1] else empty for basis in bases),
        )

    def least(self, affine: Affine, active: Sequence[int], bases: Sequence[Floats]) -> Floats | None:
        """The free multipliers of the least bound on the affine space."""
        offset, slope = self.coordinates(affine)
        blocks = [(-moving, start) for moving, start in self._seen(offset, slope, bases)]
        nothing, rows = (np.zeros((0, len(affine.free))), np.zeros(0)), list(active)
        found = minimise(slope.T @ self.cost, nothing, (-slope[rows], offset[rows]), blocks, 1e-13)
        return found.x if np.all(np.isfinite(found.x)) else None

    def superfluous(
        self,
        affine: Affine,
        active: Sequence[int],
        bases: Sequence[Floats],
        margin: float,
        largest: float = np.inf,
    ) -> set[int]:
        """Multipliers that a proof on the affine space can do without: small where a weighted sum is least.

        Of proofs of a bound that is no larger, where one is given.
        """
        (offset, slope), n, rows = self.coordinates(affine), len(affine.free), list(active)
        blocks = [(-moving, start - margin * np.eye(len(start))) for moving, start in self._seen(offset, slope, bases)]
        A, b = -slope[rows], offset[rows]
        if np.isfinite(largest):
            A = np.concatenate([A, (slope.T @ self.cost)[None]])
            b = np.append(b, largest - offset @ self.cost)
        weights, y = np.ones(len(rows)), np.ones(len(rows))
        for _ in range(REWEIGHTINGS):
            nothing = (np.zeros((0, n)), np.zeros(0))
            found = minimise(slope[rows].T @ weights, nothing, (A, b), blocks, 1e-9)
            if not found.solved or not np.all(np.isfinite(found.x)):
                return set()
            y = offset[rows] + slope[rows] @ found.x
            weights = 1.0 / (np.abs(y) + 1e-3 * np.abs(y).max())
        return {c for c, x in zip(rows, y, strict=True) if x < 1e-6 * y.max()}

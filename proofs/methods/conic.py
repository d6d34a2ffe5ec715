"""Semidefinite programs in floating point, by Clarabel. They propose; nothing that they say is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from convbound.bounds.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Solution:
    """A minimiser, and the multipliers of the constraints in their order: equations, inequalities, matrices."""

    status: str
    value: float
    x: Floats
    equations: Floats
    inequalities: Floats
    matrices: tuple[Floats, ...]

    @property
    def solved(self) -> bool:
        """Whether the solver trusts it."""
        return self.status in ("Solved", "AlmostSolved")


def minimise(
    cost: Floats,
    equations: tuple[Floats, Floats],
    inequalities: tuple[Floats, Floats],
    matrices: Sequence[tuple[Floats, Floats]],
    tolerance: float = 1e-12,
) -> Solution:
    """Minimise cost·x subject to E x = e, A x <= b, and C - Σ x_k M[k] positive semidefinite for each (M, C).

    Raises:
        InputError: Clarabel is not installed.
    """
    require_solver()
    import clarabel
    from scipy.sparse import csc_matrix

    blocks, right, cones = [], [], []
    if len(equations[1]):
        blocks.append(equations[0])
        right.append(equations[1])
        cones.append(clarabel.ZeroConeT(len(equations[1])))
    if len(inequalities[1]):
        blocks.append(inequalities[0])
        right.append(inequalities[1])
        cones.append(clarabel.NonnegativeConeT(len(inequalities[1])))
    for M, C in matrices:
        blocks.append(np.stack([_vector(m) for m in M], axis=1) if len(M) else np.zeros((len(_vector(C)), len(cost))))
        right.append(_vector(C))
        cones.append(clarabel.PSDTriangleConeT(C.shape[0]))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    settings.max_iter = 200
    A = csc_matrix(np.concatenate(blocks, axis=0))
    solver = clarabel.DefaultSolver(csc_matrix((len(cost), len(cost))), cost, A, np.concatenate(right), cones, settings)
    result = solver.solve()
    z = np.array(result.z)
    e, i = len(equations[1]), len(equations[1]) + len(inequalities[1])
    found, start = [], i
    for _, C in matrices:
        length = C.shape[0] * (C.shape[0] + 1) // 2
        found.append(_matrix(z[start : start + length], C.shape[0]))
        start += length
    return Solution(str(result.status), result.obj_val, np.array(result.x), z[:e], z[e:i], tuple(found))


def require_solver() -> None:
    """Raises InputError where the optional packages are not installed."""
    from importlib.util import find_spec

    missing = [
        package
        for package, module in (("clarabel", "clarabel"), ("python-flint", "flint"))
        if find_spec(module) is None
    ]
    if missing:
        raise InputError(f"proofs about methods need {' and '.join(missing)}: pip install 'convbound[methods]'.")


def _vector(matrix: Floats) -> Floats:
    """The upper triangle, column by column, the entries off the diagonal times √2."""
    n = matrix.shape[0]
    rows, columns = _triangle(n)
    scale = np.where(rows == columns, 1.0, sqrt(2.0))
    found: Floats = matrix[rows, columns] * scale
    return found


def _matrix(vector: Floats, n: int) -> Floats:
    rows, columns = _triangle(n)
    matrix = np.zeros((n, n))
    matrix[rows, columns] = vector / np.where(rows == columns, 1.0, sqrt(2.0))
    matrix[columns, rows] = matrix[rows, columns]
    return matrix


def _triangle(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    columns, rows = np.tril_indices(n)
    return rows, columns

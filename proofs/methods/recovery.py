"""From a floating-point solution of the dual to exact multipliers.

At an optimum the multipliers lie on a face: some vanish, and the matrix S maps the vectors of the worst case to zero.
The face is guessed from the floats and its vectors are recognised as exact numbers. On the face everything is linear,
so that a point of it can be rounded; where the face has no inside, the multipliers of that program show a smaller
face (facial reduction). Exact arithmetic decides: signs, and a completion to squares. A wrong guess costs time and
proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from scipy.linalg import null_space, qr

from convbound.proofs.methods.conic import Floats, Solution
from convbound.proofs.methods.dual import ENTRY, Dual
from convbound.proofs.methods.floats import LEAST_MARGIN, FloatDual, Inside
from convbound.proofs.methods.linear import Affine, Row, nullspace, solve, square_completion
from convbound.proofs.methods.radicals import Number, approximate, is_zero, sign

Vector = list[Number]
ROUNDS = 4
SAMPLES = 4
DENOMINATORS = (1, 2, 4, 12, 60, 10**3, 10**4, 10**6, 10**9, 10**13)
BETWEEN = (10**7, 10**9, 10**12, 10**18, 10**30)  # denominators of a point between two others
RECOGNITION = (1e-8, 1e-7, 1e-6, 1e-5, 1e-4)  # tolerances; a number is as simple as a guess has to be to mean something


@dataclass
class Face:
    """The multipliers that vanish, and for each block the vectors that it maps to zero."""

    dropped: set[int] = field(default_factory=set)
    vectors: list[list[Vector]] = field(default_factory=list)

    def copy(self) -> Face:
        """Another one, to be changed."""
        return Face(set(self.dropped), [list(v) for v in self.vectors])


class Recovery:
    """Exact multipliers of one problem."""

    def __init__(self, dual: Dual) -> None:
        self.dual, self.floats = dual, FloatDual(dual)
        self.sizes = [block.shape[1] for block in self.floats.blocks]

    def whole(self) -> Face:
        """The whole cone."""
        return Face(set(), [[] for _ in self.sizes])

    def optimal_faces(self, solution: Solution) -> Iterator[Face]:
        """Faces that may hold the optimal multipliers, as the floats suggest them."""
        slack = solution.inequalities
        dropped = {c for c, z in zip(self.floats.signed, slack, strict=True) if solution.x[c] < z}
        seen: list[list[list[Vector]]] = []
        for tolerance in RECOGNITION:
            vectors: list[list[Vector]] = []
            for block, G in zip(self.floats.blocks, solution.matrices, strict=True):
                B = np.tensordot(solution.x, block, axes=1)
                found = recognise(_range(G, B, float(np.abs(solution.x).max())), tolerance)
                if found is None:
                    break
                vectors.append(found)
            else:
                if vectors not in seen:
                    seen.append(vectors)
                    yield Face(set(dropped), vectors)

    def equations(self, face: Face, extra: Sequence[tuple[Row, Number]] = ()) -> list[tuple[Row, Number]]:
        """What holds on the face."""
        found = [*self.dual.equations(), *extra]
        for number, vectors in enumerate(face.vectors):
            for vector in vectors:
                rows = self.dual.annihilation(vector) if number == 0 else self._entries(number - 1, vector)
                found += [(row, Fraction(0)) for row in rows if row]
        return found

    def _entries(self, number: int, vector: Vector) -> list[Row]:
        rows: list[Row] = [{} for _ in vector]
        for c, column in enumerate(self.dual.columns):
            if column.kind == ENTRY and column.number == number:
                for a, b in {column.entry, column.entry[::-1]}:
                    if not is_zero(vector[b]):
                        rows[a][c] = vector[b]
        return rows

    def affine(self, face: Face, near: Floats, extra: Sequence[tuple[Row, Number]] = ()) -> Affine | None:
        """The multipliers on the face; those that are large near a float solution become pivots."""
        order = sorted((c for c in range(self.floats.count) if c not in face.dropped), key=lambda c: -abs(near[c]))
        return solve(self.equations(face, extra), order, self.floats.count)

    def point(self, face: Face, near: Floats) -> list[Number] | None:
        """Exact multipliers on the face that prove their bound, or None."""
        found = self.located(face, near)
        return None if found is None else found[1]

    def located(
        self, face: Face, near: Floats, extra: Sequence[tuple[Row, Number]] = (), margin: float = LEAST_MARGIN
    ) -> tuple[Face, list[Number]] | None:
        """Exact multipliers on the face that prove their bound, and the smaller face where they were found; or None."""
        face = face.copy()
        for _ in range(ROUNDS):
            affine = self.affine(face, near, extra)
            if affine is None:
                return None
            if not affine.free:
                y = affine.at(())
                return (face, y) if self.proves(y) else None
            self._leave_alone(face, affine)
            active = [c for c in self.floats.signed if c not in face.dropped]
            bases = [complement(v, size) for v, size in zip(face.vectors, self.sizes, strict=True)]
            inside = self.floats.inside(affine, active, bases)
            if inside is None:
                return None
            if inside.margin > margin:
                found = None
                if margin == LEAST_MARGIN:
                    found = self._sparse(face, near, extra, affine, active, bases, inside)
                found = found or self.rounded(affine, inside.chosen)
                return None if found is None else (face, found)
            if not self._smaller(face, active, bases, inside.inequalities, inside.matrices):
                return None
        return None

    def _leave_alone(self, face: Face, affine: Affine) -> None:
        """Put into the face the vectors that S maps to zero everywhere on the affine space, by exact linear algebra."""
        if not self.sizes[0]:
            return
        offset, slope = self.floats.coordinates(affine)
        everywhere = np.tensordot(np.column_stack([slope, offset]).T, self.floats.blocks[0], axes=1)
        singular = np.linalg.svd(everywhere.reshape(-1, self.sizes[0]), compute_uv=False)
        if np.sum(singular < 1e-9 * max(1.0, singular[0])) <= len(face.vectors[0]):
            return
        rows: list[Row] = []
        for sample in range(SAMPLES):  # points in general position: what all of these map to zero, all others do
            chosen = [Fraction((k * k + 3 * k * sample + sample) % 101 - 50) for k in range(len(affine.free))]
            y = affine.at(chosen)
            S = self.dual.square(y)
            rows += [{b: S[i][j] for b, j in enumerate(self.dual.kept) if not is_zero(S[i][j])} for i in self.dual.kept]
        face.vectors[0] = nullspace(rows, self.sizes[0])

    def structural(self) -> Face:
        """The whole cone, but for the vectors that the matrix of every proof maps to zero."""
        face = self.whole()
        affine = self.affine(face, np.zeros(self.floats.count))
        if affine is not None and affine.free:
            self._leave_alone(face, affine)
        return face

    def solution_beside(self, face: Face, tolerance: float) -> Solution:
        """The optimum where the vectors of a face are left out: G is the identity on them, whatever it may be."""
        bases = [complement(v, size) for v, size in zip(face.vectors, self.sizes, strict=True)]
        found = self.floats.solve(tolerance, bases)
        matrices = []
        for Z, basis, size in zip(found.matrices, bases, self.sizes, strict=True):
            rest = (np.eye(size) - basis @ basis.T) * max(1e-9, np.abs(Z).max(initial=0.0))
            matrices.append(basis @ Z @ basis.T + rest)
        return replace(found, matrices=tuple(matrices))

    def _sparse(
        self,
        face: Face,
        near: Floats,
        extra: Sequence[tuple[Row, Number]],
        affine: Affine,
        active: Sequence[int],
        bases: Sequence[Floats],
        inside: Inside,
    ) -> list[Number] | None:
        """A point on a face with fewer multipliers, where there is one as far inside, nearly."""
        superfluous = self.floats.superfluous(affine, active, bases, inside.margin / 10)
        if not superfluous:
            return None
        smaller = Face(face.dropped | superfluous, face.vectors)
        space = self.affine(smaller, near, extra)
        if space is None:
            return None
        if not space.free:
            y = space.at(())
            return y if self.proves(y) else None
        found = self.floats.inside(space, [c for c in active if c not in superfluous], bases)
        if found is None or found.margin <= LEAST_MARGIN:
            return None
        return self.rounded(space, found.chosen)

    def without_superfluous(self, solution: Solution, largest: float) -> list[Face]:
        """The cone with few multipliers, where they prove a bound that is no larger; nothing where all are needed."""
        face = self.structural()
        affine = self.affine(face, solution.x)
        if affine is None:
            return []
        bases = [complement(v, size) for v, size in zip(face.vectors, self.sizes, strict=True)]
        face.dropped |= self.floats.superfluous(affine, self.floats.signed, bases, 0.0, largest)
        return [face] if face.dropped else []

    def _smaller(
        self, face: Face, active: Sequence[int], bases: Sequence[Floats], slack: Floats, matrices: Sequence[Floats]
    ) -> bool:
        """Cut the face down to where multipliers of its emptiness vanish; False where they say nothing new."""
        threshold = 1e-5 * max(1e-300, *slack, *(float(np.max(np.abs(Z), initial=0.0)) for Z in matrices))
        dropped = {c for c, z in zip(active, slack, strict=True) if z > threshold}
        changed = bool(dropped)
        face.dropped |= dropped
        for number, (Z, basis) in enumerate(zip(matrices, bases, strict=True)):
            if not Z.size:
                continue
            values, directions = np.linalg.eigh(Z)
            new = basis @ directions[:, values > 10 * threshold]
            if not new.shape[1]:
                continue
            old = np.array([[float(x) for x in v] for v in face.vectors[number]]).reshape(-1, len(basis)).T
            for tolerance in RECOGNITION:
                found = recognise(np.concatenate([old, new], axis=1), tolerance)
                if found is not None:
                    break
            else:
                return False
            face.vectors[number] = found
            changed = True
        return changed

    def rounded(self, affine: Affine, chosen: Floats) -> list[Number] | None:
        """The point with its free multipliers rounded, as coarsely as it goes."""
        for denominator in DENOMINATORS:
            y = affine.at([Fraction(round(float(x) * denominator), denominator) for x in chosen])
            if self.proves(y):
                return y
        return None

    def nearest(self, face: Face, space: Affine, precise: Sequence[Fraction] | None) -> list[Fraction] | None:
        """The free multipliers of the least bound on a face, to many digits where they are known."""
        if precise is not None and all(abs(precise[c]) < Fraction(1, 10**30) for c in face.dropped):
            return [precise[c] for c in space.free]
        active = [c for c in self.floats.signed if c not in face.dropped]
        bases = [complement(v, size) for v, size in zip(face.vectors, self.sizes, strict=True)]
        found = self.floats.least(space, active, bases)
        return None if found is None else [Fraction(float(x)) for x in found]

    def between(
        self, space: Affine, outer: Sequence[Fraction], inner: Sequence[Number], part: Fraction
    ) -> list[Number] | None:
        """Exact multipliers a part of the way from free ones that are nearly good to some that are inside."""
        for denominator in BETWEEN:
            mixed = [(1 - part) * x + part * approximate(inner[c]) for x, c in zip(outer, space.free, strict=True)]
            y = space.at([Fraction(round(x * denominator), denominator) for x in mixed])
            if self.proves(y):
                return y
        return None

    def proves(self, y: Sequence[Number]) -> bool:
        """Whether the multipliers have their signs and leave sums of squares, decided exactly."""
        if any(sign(y[c]) < 0 for c in self.floats.signed):
            return False
        numbers = range(len(self.dual.problem.matrices))
        if any(square_completion(self.dual.multiplier_matrix(k, y)) is None for k in numbers):
            return False
        return square_completion(self.dual.square(y)) is not None


def _range(G: Floats, B: Floats, size: float) -> Floats:
    """The directions in which G is large and B, its complement, is not; `size` is that of the multipliers in B."""
    if not G.size:
        return np.zeros((len(G), 0))
    least = 1e-3 * size  # a block that is zero up to the solver's noise is not scaled up
    values, directions = np.linalg.eigh(G / max(1e-9, np.abs(G).max()) - B / max(least, np.abs(B).max()))
    found: Floats = directions[:, values > 1e-6]
    return found


def spanned(recovery: Recovery, solution: Solution) -> tuple[Floats, set[int]]:
    """The directions of the worst case, and the multipliers that vanish, as the floats say."""
    dropped = {c for c, z in zip(recovery.floats.signed, solution.inequalities, strict=True) if solution.x[c] < z}
    B = np.tensordot(solution.x, recovery.floats.blocks[0], axes=1)
    return _range(solution.matrices[0], B, float(np.abs(solution.x).max())), dropped


def complement(vectors: Sequence[Vector], size: int) -> Floats:
    """An orthonormal basis of what is orthogonal to the vectors, as columns."""
    if not vectors:
        return np.eye(size)
    found: Floats = null_space(np.array([[float(x) for x in v] for v in vectors]))
    return found


def recognise(basis: Floats, tolerance: float) -> list[Vector] | None:
    """Simple rational vectors that span what the columns span, nearly; None where there are none so simple."""
    if not basis.shape[1]:
        return []
    orthonormal, singular, _ = np.linalg.svd(basis, full_matrices=False)
    V = orthonormal[:, singular > 1e-6 * singular[0]]
    _, _, order = qr(V.T, pivoting=True, mode="economic")
    pivots = order[: V.shape[1]]
    reduced = np.linalg.solve(V[pivots].T, V.T)
    largest = round(tolerance**-0.5 / 2)
    vectors: list[Vector] = []
    for row in reduced:
        vector: Vector = []
        for x in row:
            room = Fraction(tolerance) * (1 + abs(round(x)))
            near = simplest_between(Fraction(float(x)) - room, Fraction(float(x)) + room)
            if near.denominator > largest:
                return None
            vector.append(near)
        vectors.append(vector)
    return vectors


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The rational of least denominator in [low, high]."""
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    floor = low.numerator // low.denominator
    return floor + 1 / simplest_between(1 / (high - floor), 1 / (low - floor))

"""A certificate for the kernel, from exact multipliers: hypotheses, one sum of squares, its sum over the index, one
identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import Poly, Proof, add, multiply, subtract
from convbound.proofs.methods.dual import EQUATION, INEQUALITY, METRIC, Dual
from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.radicals import BITS, Number, Radical, Tower, is_zero, lower, sign
from convbound.proofs.methods.squares import small_squares
from convbound.proofs.methods.wording import SUM, Wording

Reference = list[int]
PRECISIONS = (24, 64, 160, 300)


class CertificateError(ValueError):
    """The multipliers do not make a certificate."""


@dataclass(frozen=True)
class Written:
    """A certificate, and what of the problem it supposes: numbers of facts, and matrices along directions."""

    certificate: Json
    supposed: tuple[int, ...]
    along: tuple[tuple[int, tuple[Number, ...]], ...]


class Writer:
    """Steps of one certificate, each checked by the kernel as it is written."""

    def __init__(self, dual: Dual, y: Sequence[Number], bound: Number, claim: str) -> None:
        self.dual, self.y, self.bound = dual, y, bound
        self.words = Wording(dual.problem)
        self.certificate = {**self.words.header(), "claim": claim}
        self.proof = Proof(self.certificate)
        self.roots: dict[int, int] = {}  # of a root: the step that defines it
        self.bounds: dict[tuple[int, int], tuple[Reference, Reference]] = {}

    def write(self) -> Written:
        """All steps. Raises CertificateError where the multipliers are no proof, KernelError where the kernel
        refuses.
        """
        problem = self.dual.problem
        squares = small_squares(self.dual.square(self.y))
        if squares is None:
            raise CertificateError("what is left over is no sum of squares")
        used = [(c, x) for c, x in enumerate(self.dual.columns) if not is_zero(self.y[c])]
        directions = self._directions()
        for k in range(len(problem.tower.radicands)):
            if self._needed(k, [v for _, v in directions]):
                self._root(k)
        terms: list[Json] = []
        equations: list[Json] = []
        supposed: list[int] = []
        for c, column in used:
            if column.kind in (INEQUALITY, EQUATION):
                supposed.append(column.number)
                fact = self._step(rule="hypothesis", fact=self.words.supposed(column.number))
                if column.kind == EQUATION:
                    equations.append([fact, self.words.number(-self.y[c])])
                else:
                    terms.append((self.y[c], fact))
            elif column.kind == METRIC and len(problem.metrics) > 1:
                terms.append((self.y[c], self._step(rule="hypothesis", fact=self.words.metric_is_least(column.number))))
        for number, weight, direction in ((n, w, v) for (n, w), v in directions):
            terms.append((weight, self._step(rule="hypothesis", fact=self.words.along(number, direction))))
        if squares:
            terms.append((Fraction(1), self._sum_of_squares(squares)))
        room = lower(self.bound - self.dual.bound(self.y))
        if sign(room) < 0:
            raise CertificateError("the multipliers prove a larger bound only")
        conclusion = self._combine(self.words.conclusion(self.bound), terms, equations, room)
        certificate = {**self.certificate, "steps": self.proof.steps, "conclusion": conclusion}
        return Written(certificate, tuple(supposed), tuple((n, v) for (n, _), v in directions))

    def _step(self, **step: Json) -> Reference:
        self.proof.step(step)
        return [len(self.proof.steps) - 1, 0]

    def _directions(self) -> list[tuple[tuple[int, Number], tuple[Number, ...]]]:
        found = []
        for k in range(len(self.dual.problem.matrices)):
            squares = square_completion(self.dual.multiplier_matrix(k, self.y))
            if squares is None:
                raise CertificateError("the multiplier of a matrix is not positive semidefinite")
            found += [((k, weight), tuple(v)) for weight, v in squares]
        return found

    def _needed(self, root: int, directions: Sequence[Sequence[Number]]) -> bool:
        numbers = [*self.y, self.bound, *(x for v in directions for x in v)]
        numbers += [x for form in self.dual.problem.forms() for x in form.numbers()]
        numbers += self.dual.problem.tower.radicands[root + 1 :]
        return any(isinstance(x, Radical) and any(m >> root & 1 for m in x.terms) for x in numbers)

    # ------------------------------------------------------------------------------------------------ roots

    def _root(self, k: int) -> None:
        radicand = self.dual.problem.tower.radicands[k]
        body = self.words.number(radicand)
        reason = self._positive(radicand)
        self.roots[k] = len(self.proof.steps)
        self._step(rule="definition", symbol=self.words.roots[k], kind="root", bodies=[body], because=reason)

    def _positive(self, x: Number) -> Reference:
        """A fact x >= 0, for a positive number: by enclosures of its roots, in whose box it has positive corners."""
        fact = [self.words.number(x), ">=", "0"]
        if not isinstance(x, Radical):
            return self._step(rule="combination", fact=fact, by={"terms": [[str(x), [], []]]})
        used = [k for k in range(len(self.words.roots)) if any(m >> k & 1 for m in x.terms)]
        for bits in PRECISIONS:
            ends = {k: _enclosure(x.tower, k, bits) for k in used}
            corners = list(product((0, 1), repeat=len(used)))
            values = [_at(x, {k: ends[k][side] for k, side in zip(used, corner, strict=True)}) for corner in corners]
            if all(v >= 0 for v in values):
                break
        else:
            raise CertificateError("a number is too near to zero")
        width = Fraction(1)
        for low, high in ends.values():
            width *= high - low
        facts = {k: self._enclosed(k, bits) for k in used}
        terms = [
            [str(v / width), [facts[k][side] for k, side in zip(used, corner, strict=True)], []]
            for v, corner in zip(values, corners, strict=True)
            if v
        ]
        return self._step(rule="combination", fact=fact, by={"terms": terms})

    def _enclosed(self, k: int, bits: int) -> tuple[Reference, Reference]:
        """The facts r - low >= 0 (second) and high - r >= 0 (first)."""
        if (k, bits) not in self.bounds:
            tower = self.dual.problem.tower
            low, high = _enclosure(tower, k, bits)
            radicand, root, step = tower.radicands[k], self.words.roots[k], self.roots[k]
            found = []
            for end, side in ((high, 1), (low, -1)):
                gap = self._positive((end * end - radicand) * side)
                goal = ["+", ["*", str(side), str(end)], ["*", str(-side), root]]
                terms = [[str(end), ["denied"], []], ["1", ["denied", [step, 0]], []], ["1", [gap], []]]
                by = {"refute": True, "terms": terms, "equations": [[[step, 1], str(-side)]]}
                found.append(self._step(rule="combination", fact=[goal, ">=", "0"], by=by))
            self.bounds[k, bits] = (found[0], found[1])
        return self.bounds[k, bits]

    # ----------------------------------------------------------------------------------------- combinations

    def _sum_of_squares(self, squares: Sequence[tuple[Number, list[Number]]]) -> Reference:
        terms, parts = [], []
        for weight, v in squares:
            linear = self.words.linear(v)
            parts.append(["*", self.words.number(weight), ["^", linear, 2]])
            terms.append([*self._weighted(weight), [linear]])
        total = parts[0] if len(parts) == 1 else ["+", *parts]
        fact = self._step(rule="combination", fact=[total, ">=", "0"], by={"terms": terms})
        return self._step(rule="functional", functional=SUM, of=fact)

    def _weighted(self, weight: Number) -> tuple[str, list[Reference]]:
        weight = lower(weight)
        return ("1", [self._positive(weight)]) if isinstance(weight, Radical) else (str(weight), [])

    def _combine(self, goal: Json, terms: Sequence[Json], equations: list[Json], room: Number) -> Reference:
        weighed: list[Json] = []
        if not is_zero(room):
            coefficient, facts = self._weighted(room)
            weighed.append([coefficient, facts, []])
        for weight, fact in terms:
            coefficient, facts = self._weighted(weight)
            weighed.append([coefficient, [*facts, fact], []])
        if self.roots:
            equations = [*equations, *self._reductions(goal, weighed, equations)]
        by = {"terms": weighed, "equations": equations}
        return self._step(rule="combination", fact=goal, by=by)

    def _reductions(self, goal: Json, terms: Sequence[Json], equations: Sequence[Json]) -> list[Json]:
        """Multiples of r² = radicand that close the identity."""
        proof = self.proof
        rest = proof.formula(goal).poly
        for coefficient, facts, _ in terms:
            poly: Poly = {(): Fraction(coefficient)}
            for fact in facts:
                poly = multiply(poly, proof.fact(fact).poly)
            rest = subtract(rest, poly)
        for fact, factor in equations:
            rest = subtract(rest, multiply(proof.fact(fact).poly, proof.read(factor)))
        found = []
        for k in sorted(self.roots, reverse=True):
            root, equation = self.words.roots[k], proof.facts[self.roots[k]][1].poly
            total: Poly = {}
            while True:
                quotient: Poly = {}
                for m, c in rest.items():
                    powers = dict(m)
                    if powers.get(root, 0) >= 2:
                        powers[root] -= 2
                        key = tuple(sorted((a, e) for a, e in powers.items() if e))
                        quotient[key] = quotient.get(key, 0) + c
                if not quotient:
                    break
                total = add(total, quotient)
                rest = subtract(rest, multiply(equation, quotient))
            if total:
                found.append([[self.roots[k], 1], proof.write(total)])
        return found


def _enclosure(tower: Tower, k: int, bits: int) -> tuple[Fraction, Fraction]:
    """Rationals just below and above a root, exactly compared with its radicand."""
    step = Fraction(1, 1 << bits)
    low = Fraction(tower.approximations[k] >> (BITS - bits), 1 << bits)
    while sign(tower.radicands[k] - low * low) < 0:
        low -= step
    high = low + step
    while sign(high * high - tower.radicands[k]) < 0:
        high += step
    return low, high


def _at(x: Radical, values: dict[int, Fraction]) -> Fraction:
    total = Fraction(0)
    for mask, c in x.terms.items():
        for k, v in values.items():
            if mask >> k & 1:
                c = c * v
        total += c
    return total

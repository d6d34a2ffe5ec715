"""Methods with letters: the multipliers of exact proofs at many parameters, as rational functions of the parameters.

    def step(mu, eta): …            # a PEP for these numbers
    family = Family(step, lambda mu, eta: [mu > 0, mu < 1, eta > 0, eta * (1 + mu) <= 2])

The first proof says which inequalities are used; with these alone, every other proof gives one value of each
multiplier. A function of least degree through all of them, with more values than coefficients, is a guess. What comes
of it is a claim with letters, and the kernel decides whether it is proved.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import prod

import sympy
from sympy.core.relational import Relational

from convbound.bounds.errors import InputError
from convbound.proofs.language.vocabulary import Expr
from convbound.proofs.methods.language import PEP
from convbound.proofs.methods.linear import Row, nullspace
from convbound.proofs.methods.problem import Form, WorstCase
from convbound.proofs.methods.prove import Outcome, Progress, prove
from convbound.proofs.methods.radicals import Number, is_zero

NUMBERS = "1/9 1/7 1/5 2/7 1/3 2/5 1/2 3/5 2/3 3/4 4/5 6/7 8/9 1 9/8 6/5 5/4 4/3 7/5 3/2 5/3 9/5 2 7/3 5/2 3 4 5"
GRID = tuple(Fraction(x) for x in NUMBERS.split())
MOST_SAMPLES, SPARE, MOST_DEGREE = 45, 5, 6  # SPARE: values more than a function has coefficients
Sample = tuple[Fraction, ...]


class Family:
    """A method for all parameters of a region: `build` makes the problem for numbers, `where` says the region."""

    def __init__(
        self, build: Callable[..., PEP], where: Callable[..., Sequence[object]] = lambda *_: (), title: str = ""
    ) -> None:
        """The parameters are those of `build`, in this order; `where` takes the same and gives inequalities.

        Raises:
            InputError: there are no parameters, or what `where` gives is no inequality between polynomials.
        """
        self.build, self.title = build, title or build.__name__.replace("_", " ")
        self.letters = [sympy.Symbol(name, real=True) for name in inspect.signature(build).parameters]
        if not 1 <= len(self.letters) <= 3:
            raise InputError(f"{self.title}: a family has one to three parameters, not {len(self.letters)}.")
        self.region: list[Relational] = []
        kinds = (sympy.StrictGreaterThan, sympy.StrictLessThan, sympy.GreaterThan, sympy.LessThan)
        for said in where(*self.letters):
            if not isinstance(said, kinds) or not (said.lhs - said.rhs).is_polynomial(*self.letters):
                raise InputError(f"{self.title}: {said!s:.60} is no inequality between polynomials of the parameters.")
            self.region.append(said)

    def samples(self) -> list[Sample]:
        """Points inside the region, scattered over it."""
        excess = [sympy.Poly(said.gts - said.lts, *self.letters).terms() for said in self.region]
        found = [at for at in product(GRID, repeat=len(self.letters)) if all(_value(p, at) > 0 for p in excess)]
        order = [sum((3 * k + 5) * GRID.index(x) for k, x in enumerate(at)) * 17 % 101 for at in found]
        return [at for _, at in sorted(zip(order, found, strict=True))]


def _value(terms: Sequence[tuple[tuple[int, ...], object]], at: Sample) -> Fraction:
    """A polynomial, by its terms, at a point."""
    powers = (
        Fraction(str(c)) * prod((x**e for x, e in zip(at, es, strict=True)), start=Fraction(1)) for es, c in terms
    )
    return sum(powers, Fraction(0))


@dataclass(frozen=True)
class Letters:
    """An affine form whose coefficients are functions of the parameters, as `Form`."""

    gram: dict[tuple[int, int], Expr]
    values: dict[int, Expr]
    constant: Expr

    def coefficients(self) -> Iterator[Expr]:
        """All of them."""
        yield from self.gram.values()
        yield from self.values.values()
        yield self.constant


@dataclass(frozen=True)
class Fitted:
    """A bound and its multipliers as functions of the parameters: guessed from `samples` exact proofs."""

    family: Family
    points: tuple[str, ...]
    values: tuple[str, ...]
    facts: tuple[tuple[str, bool, Letters, Expr], ...]  # name, equation or not, form, multiplier
    metric: Letters
    bound: Expr
    samples: tuple[Sample, ...]

    @staticmethod
    def said(x: Expr) -> str:
        """A function for people."""
        return str(sympy.factor(x)).replace("**", "^").replace("*", "·")

    def record(self) -> dict[str, object]:
        """As data."""
        return {
            "title": self.family.title,
            "parameters": [x.name for x in self.family.letters],
            "bound": str(sympy.factor(self.bound)),
            "multipliers": [{"of": name, "value": str(sympy.factor(y))} for name, _, _, y in self.facts],
            "samples": len(self.samples),
        }


def fit(family: Family, progress: Progress = lambda stage: None) -> Fitted:
    """The guess.

    Raises:
        InputError: a problem of the family has no exact proof, or no functions of low degree fit.
    """
    candidates = family.samples()
    if len(candidates) < 2 * SPARE:
        raise InputError(f"{family.title}: the region holds too few of the simple numbers that are tried.")
    used: tuple[str, ...] | None = None
    rows: list[tuple[Sample, WorstCase, Outcome]] = []
    for at in candidates[:MOST_SAMPLES]:
        progress(f"a proof at {', '.join(map(str, at))}")
        problem = _plain(family.build(*at).worst_case(), family.title)
        if used is None:
            used = tuple(name for name, _ in _exactly(problem, at).multipliers)
        problem = replace(problem, supposed=tuple(s for s in problem.supposed if s.name in used))
        rows.append((at, problem, _exactly(problem, at)))
    progress("functions through their multipliers")
    return _through(family, rows)


def _plain(problem: WorstCase, title: str) -> WorstCase:
    if problem.matrices or len(problem.metrics) != 1:
        raise InputError(f"{title}: a family has one metric and supposes no matrices.")
    if len({s.name for s in problem.supposed}) != len(problem.supposed):
        raise InputError(f"{title}: two things that are supposed have one name.")
    return problem


def _exactly(problem: WorstCase, at: Sample) -> Outcome:
    outcome = prove(problem)
    if not outcome.reached or not all(isinstance(x, Fraction) for x in outcome.proof):
        raise InputError(f"{problem.title}: no rational proof that is tight was found at {', '.join(map(str, at))}.")
    return outcome


def _through(family: Family, rows: Sequence[tuple[Sample, WorstCase, Outcome]]) -> Fitted:
    first = rows[0][1]
    fitter = _Fitter(family, [at for at, _, _ in rows])
    facts = []
    for k, fact in enumerate(first.supposed):
        form = fitter.form([problem.supposed[k].form for _, problem, _ in rows])
        multiplier = fitter.function([outcome.proof[1 + k] for _, _, outcome in rows])
        if multiplier != 0:
            facts.append((fact.name, fact.equality, form, multiplier))
    metric = fitter.form([problem.metrics[0] for _, problem, _ in rows])
    bound = fitter.function([outcome.bound if outcome.bound is not None else 0 for _, _, outcome in rows])
    return Fitted(family, first.points, first.values, tuple(facts), metric, bound, tuple(fitter.samples))


class _Fitter:
    """Rational functions of least degree through values at fixed points."""

    def __init__(self, family: Family, samples: list[Sample]) -> None:
        self.family, self.samples = family, samples
        self.monomials = [
            [m for d in range(degree + 1) for m in combinations_with_replacement(range(len(family.letters)), d)]
            for degree in range(MOST_DEGREE + 1)
        ]
        pairs = [(n, d) for n in range(MOST_DEGREE + 1) for d in range(MOST_DEGREE + 1)]
        size = {(n, d): len(self.monomials[n]) + len(self.monomials[d]) for n, d in pairs}
        self.shapes = sorted((p for p in pairs if size[p] + SPARE <= len(samples)), key=lambda p: (size[p], p))

    def form(self, forms: Sequence[Form]) -> Letters:
        """Coefficient by coefficient."""
        pairs = sorted({pair for form in forms for pair in form.gram})
        values = sorted({k for form in forms for k in form.values})
        zero = Fraction(0)
        return Letters(
            {pair: self.function([form.gram.get(pair, zero) for form in forms]) for pair in pairs},
            {k: self.function([form.values.get(k, zero) for form in forms]) for k in values},
            self.function([form.constant for form in forms]),
        )

    def function(self, values: Sequence[Number | int]) -> Expr:
        """The function. Raises InputError where none fits."""
        if all(is_zero(v - values[0]) for v in values):
            return sympy.Rational(str(values[0]))
        for n, d in self.shapes:
            found = self._shape(n, d, values)
            if found is not None:
                return found
        raise InputError(
            f"{self.family.title}: no functions of low degree fit the multipliers; they may not be unique."
        )

    def _shape(self, n: int, d: int, values: Sequence[Number | int]) -> Expr | None:
        top, bottom = self.monomials[n], self.monomials[d]
        rows: list[Row] = []
        for at, v in zip(self.samples, values, strict=True):
            terms: list[Number] = [prod((at[k] for k in m), start=Fraction(1)) for m in top]
            terms += [-v * prod((at[k] for k in m), start=Fraction(1)) for m in bottom]
            rows.append({k: x for k, x in enumerate(terms) if not is_zero(x)})
        solutions = nullspace(rows, len(top) + len(bottom))
        if not solutions:
            return None
        vector = [sympy.Rational(str(x)) for x in solutions[0]]
        numerator, denominator = (
            sum(
                c * prod((self.family.letters[k] for k in m), start=sympy.Integer(1))
                for c, m in zip(part, names, strict=True)
            )
            for part, names in ((vector[: len(top)], top), (vector[len(top) :], bottom))
        )
        if denominator == 0:
            return None
        parts = [sympy.Poly(x, *self.family.letters).terms() for x in (numerator, denominator)]
        for at, v in zip(self.samples, values, strict=True):
            above, below = (_value(part, at) for part in parts)
            if below == 0 or not is_zero(v * below - above):
                return None
        return sympy.cancel(numerator / denominator)

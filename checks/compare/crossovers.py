"""Where two bounds are equal: by a closed form where there is one, else by bracketing; certified either way.

A closed form is a root of the difference of the two expressions after its radicals in the unknown are cleared (SymPy),
so it may be spurious: like every bracket it counts only where ball arithmetic shows the difference to have opposite
signs on the two sides of it. What is certified is that a crossover lies in between; that there is no other is not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from itertools import combinations
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

from convbound.bounds import CATALOGUE, Bound
from convbound.bounds.arithmetic import Number
from convbound.bounds.enclosure import certified_order
from convbound.bounds.notation import SUM, Written
from convbound.checks.compare.sweep import LETTERS, Axis, Sweep, grids, impossible, smallest, valid_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sympy import Expr

WIDTH = 1e-12  # relative width of a bracket
MAX_COLUMNS = 160  # of a two-parameter sweep, at which crossovers are looked for
MAX_SCAN = 400  # points of an axis at which a sign change is looked for
MAX_NAMED = 8  # bounds that are named one by one, up to which every pair is looked at
MAX_DEGREE = 2  # of a polynomial whose roots are written out


@dataclass(frozen=True)
class Bracket:
    """A certified bracket `low` < crossover < `high` of the unknown; `at` is the other axis's value, if any."""

    at: float | None
    low: float
    high: float

    @property
    def value(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Crossover:
    """Where `first` and `second` are equal: the unknown letter, the method, its formula if any, and the brackets."""

    first: Bound
    second: Bound
    unknown: str
    method: str
    formula: str | None  # for programs: SymPy reads it
    text: str | None
    latex: str | None
    brackets: tuple[Bracket, ...]


@cache
def closed_forms(first: str, second: str, unknown: str, spacing: bool) -> tuple[Expr, ...]:
    """SymPy expressions that contain every positive solution of first = second for the letter, () if none is found."""
    import sympy
    from sympy.solvers.solvers import unrad

    symbol = sympy.Symbol(unknown, positive=True)
    left, right = (CATALOGUE[name].expression(spacing=spacing) for name in (first, second))
    difference = sympy.numer(sympy.together(left - right))
    if symbol not in difference.free_symbols or difference.has(sympy.Max, sympy.Min):
        return ()
    try:
        cleared = unrad(difference, symbol)
    except NotImplementedError:  # too many different roots, as in the whole envelope
        return ()
    polynomial, cover = (difference, []) if cleared is None else cleared
    if cover or not polynomial.is_polynomial(symbol):
        return ()
    roots: list[Expr] = []
    for factor, _ in sympy.factor_list(polynomial, symbol)[1]:
        poly = sympy.Poly(factor, symbol)
        if poly.degree() > MAX_DEGREE:
            return ()
        roots += [_tidy(root) for root in sympy.roots(poly)]
    return tuple(root for root in roots if not root.is_nonpositive)


def _tidy(root: Expr) -> Expr:
    """The same expression with common factors cancelled, square roots of single letters counting as letters."""
    import sympy

    rooted = {power.base for power in root.atoms(sympy.Pow) if power.base.is_Symbol and not power.exp.is_integer}
    squares = {symbol: sympy.Dummy(symbol.name, positive=True) for symbol in rooted}
    lifted = root.subs({symbol: dummy**2 for symbol, dummy in squares.items()})
    shortest = min((sympy.cancel(lifted), sympy.factor(lifted)), key=sympy.count_ops)
    return shortest.subs({dummy: sympy.sqrt(symbol) for symbol, dummy in squares.items()})


@dataclass(frozen=True)
class Line:
    """The points of a sweep along one axis, at one value of the other: `known` is that value, if there is one."""

    sweep: Sweep
    axis: Axis
    known: Mapping[str, Fraction]

    def at(self, value: float) -> dict[str, Fraction]:
        """All parameters where the axis has a value, exactly."""
        return self.sweep.point({**self.known, self.axis.letter: Fraction(value)})

    def over(self, values: NDArray[np.float64]) -> dict[str, Number]:
        """All parameters where it has these values."""
        along = Axis(self.axis.letter, values, self.axis.log)
        return grids([along], self.sweep.point(self.known), self.sweep.own)


def _certified(first: Bound, second: Bound, line: Line, low: float, high: float) -> bool:
    """Whether the difference of the bounds certainly changes sign between `low` and `high`."""
    if not 0 < low < high < math.inf:
        return False
    signs = [certified_order(first, second, line.at(end)) for end in (low, high)]
    return signs[0] * signs[1] < 0


def _bisect(first: Bound, second: Bound, line: Line, low: float, high: float) -> tuple[float, float] | None:
    """Narrow a sign change down to a certified bracket; None where the ends do not certify."""
    signs = [certified_order(first, second, line.at(end)) for end in (low, high)]
    if signs[0] * signs[1] >= 0:
        return None
    while high - low > WIDTH * high:
        middle = math.sqrt(low * high) if low > 0 and high > 2 * low else (low + high) / 2
        sign = certified_order(first, second, line.at(middle))
        if sign == 0 or not low < middle < high:  # undecided: the bracket is as good as it gets
            break
        if sign == signs[0]:
            low = middle
        else:
            high = middle
    return low, high


def _scan(first: Bound, second: Bound, line: Line) -> list[tuple[float, float]]:
    """Certified brackets around the sign changes along an axis."""
    axis = line.axis
    step = max(1, len(axis.values) // MAX_SCAN)
    values = np.unique(np.append(axis.values[::step], axis.values[-1]))
    parameters = line.over(values)
    with np.errstate(invalid="ignore"):
        difference = first(**parameters) - second(**parameters)
        changes = np.nonzero(np.sign(difference[:-1]) * np.sign(difference[1:]) < 0)[0]
    found = (_bisect(first, second, line, float(values[i]), float(values[i + 1])) for i in changes)
    return [bracket for bracket in found if bracket is not None]


def _lines(sweep: Sweep, unknown: Axis) -> list[tuple[float | None, Line]]:
    """The lines along an axis, at the points of the other, thinned."""
    others = [axis for axis in sweep.axes if axis is not unknown]
    if not others:
        return [(None, Line(sweep, unknown, {}))]
    values = others[0].values
    chosen = values[np.unique(np.linspace(0, len(values) - 1, min(len(values), MAX_COLUMNS)).astype(int))]
    return [(float(x), Line(sweep, unknown, {others[0].letter: Fraction(float(x))})) for x in chosen]


def find_crossover(sweep: Sweep, first: Bound, second: Bound) -> Crossover | None:
    """The crossover of two bounds inside the sweep, for the last axis they depend on; None where they do not meet."""
    spacing = sweep.spaced
    needed = {*first.needs, *second.needs, *(("delta",) if spacing else ())}
    if sweep.own is not None and needed & {*LETTERS}:
        needed.add("d")
    candidates = [axis for axis in reversed(sweep.axes) if axis.letter in needed]
    for axis in candidates:
        moving = sweep.own is not None and axis.letter == "d" and {*LETTERS} & needed  # constants that depend on d
        forms = () if moving else closed_forms(first.id, second.id, axis.letter, spacing)
        brackets: list[Bracket] = []
        used: set[int] = set()
        for at, line in _lines(sweep, axis):
            for index, low, high in _roots(forms, first, second, line):
                if first.applies_at(line.at(low)) and second.applies_at(line.at(high)):
                    used.add(index)
                    brackets.append(Bracket(at, low, high))
        if brackets:
            shown = forms[used.pop()] if forms and len(used) == 1 else None
            return Crossover(first, second, axis.letter, *_described(forms, shown), tuple(brackets))
    return None


def _described(forms: Sequence[Expr], shown: Expr | None) -> tuple[str, str | None, str | None, str | None]:
    """The method, and the formula for programs, as text and as LaTeX."""
    if not forms:
        return "certified bracketing", None, None, None
    if shown is None:
        return "closed form, certified", None, None, None
    formula = written(shown)
    return "closed form, certified", str(shown), formula.text, formula.latex


def written(expression: Expr) -> Written:
    """The formula as people write it; what is no sum, product, power or root is left as SymPy writes it."""
    if expression.is_Symbol:
        return Written.letter(expression.name)
    if expression.is_Rational and expression >= 0:
        return Written.of(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Add:
        terms = sorted(expression.as_ordered_terms(), key=lambda term: term.could_extract_minus_sign())
        if not terms[0].could_extract_minus_sign():
            total = written(terms[0])
            for term in terms[1:]:
                total = total - written(-term) if term.could_extract_minus_sign() else total + written(term)
            return total
    elif expression.is_Pow and expression.exp.is_Rational and expression.exp > 0:
        base = written(expression.base)
        if expression.exp.is_Integer:
            return base ** int(expression.exp)
        if expression.exp.q == 2:
            return base.sqrt() if expression.exp.p == 1 else base.sqrt() ** int(expression.exp.p)
    elif not expression.could_extract_minus_sign():
        above, below = expression.as_numer_denom()
        if below != 1:
            return written(above) / written(below)
        if expression.is_Mul:
            return reduce(mul, map(written, expression.as_ordered_factors()))
    import sympy

    return Written(str(expression), sympy.latex(expression), SUM)


def _roots(forms: Sequence[Expr], first: Bound, second: Bound, line: Line) -> list[tuple[int, float, float]]:
    """Certified crossovers on the axis at one point of the other: (index of the closed form or 0, low, high)."""
    if not forms:
        return [(0, low, high) for low, high in _scan(first, second, line)]
    found = []
    axis, point = line.axis, line.at(float(line.axis.values[0]))
    for index, form in enumerate(forms):
        numbers = {symbol: float(point[symbol.name]) for symbol in form.free_symbols}
        root = complex(form.evalf(subs=numbers))
        if abs(root.imag) > 1e-9 * abs(root.real) or not axis.values[0] <= root.real <= axis.values[-1]:
            continue
        low, high = root.real * (1 - WIDTH / 2), root.real * (1 + WIDTH / 2)
        if _certified(first, second, line, low, high):
            found.append((index, low, high))
    return found


def interesting_pairs(sweep: Sweep) -> list[tuple[Bound, Bound]]:
    """Pairs whose crossover means something: with the minimum, printed with elsewhere, neighbours on the map.

    All pairs on one quantity where the bounds were named one by one, and are few.
    """
    if sweep.named and len(sweep.bounds) <= MAX_NAMED:
        return [(a, b) for a, b in combinations(sweep.bounds, 2) if a.quantity == b.quantity]
    pairs: list[tuple[Bound, Bound]] = []
    for quantity in sweep.quantities():
        bounds = sweep.of_quantity(quantity)
        minimum = next((bound for bound in bounds if bound.role == "lower"), None)
        printed = [bound for bound in bounds if bound.printed]
        elsewhere = [bound for bound in bounds if bound.setting != "lattice"]
        if minimum is not None:
            below = [bound for bound in bounds if bound in elsewhere or np.any(impossible(sweep, bound))]
            pairs += [(bound, minimum) for bound in below]
        pairs += [(bound, other) for bound in printed for other in elsewhere]
        for scheme in (*sweep.studied, None):
            valid = valid_bounds(sweep, quantity, scheme)
            winners = [valid[i] for i in np.unique(smallest(sweep, valid)) if i >= 0]
            pairs += [(a, b) for i, a in enumerate(winners) for b in winners[i + 1 :]]
    return list(dict.fromkeys(pairs))


def find_crossovers(sweep: Sweep) -> list[Crossover]:
    """All crossovers of interesting pairs that lie inside the sweep."""
    found = (find_crossover(sweep, first, second) for first, second in interesting_pairs(sweep))
    return [crossover for crossover in found if crossover is not None]

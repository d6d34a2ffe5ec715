"""Computations that can be done again: enclosures of numbers, checked by rational arithmetic with directed rounding.

What is accepted here is marked `computation`. It is no theorem of the kernel, and the kernel knows nothing of it. This
file is all that one has to trust, with Python's integers and fractions; it imports nothing of the project and runs
alone: `python -I proofs/computation.py FILE`. A certificate says what is claimed, never how it was found; everything is
computed again, and a claimed interval has to contain the one that comes out.

**Signs.** z is the sum of d variables uniform in [-1, 1], and a label is 1 with probability 1 / (1 + e^-z), else -1. A
vector of signs of which m are wrong has the margin y (u - v), where z = u + v and v is the sum of the m wrong terms;
log(1 + e^-t) = log(2 cosh(t/2)) - t/2. The first part is even and u - v has the law of z; E[y | x] = tanh(z/2), and by
symmetry every term of z has the same mean product with it. So the expected loss is A - (d - 2m) B / (2d) with
A = E log(2 cosh(z/2)) and B = E z tanh(z/2): affine in m, with the value A - B/2 at m = 0 and the slope B/d. Both means
are integrals against a piecewise polynomial density, done cell by cell with Taylor polynomials: the n-th derivative of
t = tanh(z/2) is a polynomial T_n in t, T_{n+1} = T_n' (1 - t²)/2, and |T_n| is at most the sum of its coefficients'
absolute values, because |t| < 1.

**Nets.** A net has two inputs and three hidden ReLU units without biases; its weights are within a tolerance ε of -1
and 1: they lie between 1 - r and 1 + ε in absolute value, with ε = r (2 - r), the set {phi ≥ 0}. Each unit is one of
eight kinds by its signs, and a net is a multiset of three: 120 cover all 512. At every point of the data the output of
a kind lies in an interval that is found exactly, since each weight occurs once; the loss falls with the margin. So the
mean over the points of the losses at the largest margins is at most the loss of every net of these signs. Losses are
logarithms of a product: log Π (1 + e^-margin).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NoReturn

FORMAT = "convbound-computation/1"
MAX_BYTES = 20_000_000
LARGEST_DIMENSION, MOST_POINTS, LARGEST_COORDINATE = 16, 20_000, 50
CELLS, ORDER = 4, 24  # cells of width 1/2, Taylor polynomials of degree 23
BITS = 96
ONE = 1 << BITS
HALVINGS, TERMS = 12, 24  # of e^x: its argument is halved so often, then so many terms of the series

Interval = tuple[Fraction, Fraction]


class ComputationError(Exception):
    """A certificate that is refused, with the reason."""


# ---------------------------------------------------------------------------------------------- directed rounding


def _down(x: Fraction) -> int:
    """The largest multiple of 2^-BITS that is at most x, as an integer."""
    return math.floor(x * ONE)


def _up(x: Fraction) -> int:
    return math.ceil(x * ONE)


def _shift_up(x: int) -> int:
    return -(-x >> BITS)


def exp_down(x: Fraction) -> int:
    """At most e^x, in units of 2^-BITS: every term of the series is positive and rounded down."""
    if x < 0:
        return ONE * ONE // exp_up(-x)
    r = _down(x) >> HALVINGS
    total = term = ONE
    for n in range(1, TERMS):
        term = (term * r >> BITS) // n
        total += term
    for _ in range(HALVINGS):
        total = total * total >> BITS
    return total


def exp_up(x: Fraction) -> int:
    """At least e^x; what is left out of the series is less than its last term, since x / 2^HALVINGS < 1."""
    if x < 0:
        return -(-ONE * ONE // max(exp_down(-x), 1))
    r = (_up(x) >> HALVINGS) + 1
    if r >= ONE:
        raise ComputationError("a number is too large for this checker")
    total = term = ONE
    for n in range(1, TERMS):
        term = -(-_shift_up(term * r) // n)
        total += term
    total += term
    for _ in range(HALVINGS):
        total = _shift_up(total * total)
    return total


def log_interval(y: Fraction) -> Interval:
    """An interval that contains log y, for y > 0."""
    if y <= 0:
        raise ComputationError("a logarithm of no positive number")
    powers = y.numerator.bit_length() - y.denominator.bit_length()
    return _add(_log_near_one(y / Fraction(2) ** powers), _times(Fraction(powers), _log_near_one(Fraction(2))))


def _log_near_one(y: Fraction) -> Interval:
    """Of a number from 1/2 to 2: log y = 2 artanh q with q = (y - 1)/(y + 1), |q| <= 1/3."""
    if y < 1:
        low, high = _log_near_one(1 / y)
        return -high, -low
    q = (y - 1) / (y + 1)
    if q > Fraction(1, 3):
        raise ComputationError("a logarithm out of range")
    down = up = 0
    power_down, power_up = _down(q), _up(q)
    square_down, square_up = power_down * power_down >> BITS, _shift_up(power_up * power_up)
    for n in range(1, 2 * BITS, 2):
        down += power_down // n
        up += -(-power_up // n)
        power_down, power_up = power_down * square_down >> BITS, _shift_up(power_up * square_up)
    up += 2 * power_up  # the rest of a geometric series of ratio at most 1/9
    return Fraction(2 * down, ONE), Fraction(2 * up, ONE)


# ------------------------------------------------------------------------------------------------ vectors of signs


@cache
def signs(dimension: int) -> tuple[Interval, Interval]:
    """Intervals for the expected loss of the best vector of signs, and for what each wrong sign adds."""
    even = odd = (Fraction(0), Fraction(0))
    derivatives = list(itertools.islice(_derivatives(), ORDER + 1))
    rest = Fraction(sum(abs(c) for c in derivatives[ORDER])) / math.factorial(ORDER)
    width = Fraction(1, CELLS)
    for cell in range(CELLS * dimension):
        centre = Fraction(2 * cell + 1, CELLS) - dimension
        moments = _moments(dimension, centre, width)
        log_cosh, tanh = _taylor(centre, derivatives)
        product = [
            _add(_times(centre, tanh[n]), tanh[n - 1] if n else (Fraction(0), Fraction(0))) for n in range(ORDER)
        ]  # of z tanh(z/2) = (centre + t) tanh(z/2)
        reach = rest * width**ORDER * moments[0]
        last = (abs(centre) + width) * reach + _size(tanh[-1]) * width**ORDER * moments[0]
        even = _widen(_add(even, _integral(log_cosh, moments)), reach)
        odd = _widen(_add(odd, _integral(product, moments)), last)
    best = (even[0] - odd[1] / 2, even[1] - odd[0] / 2)
    return best, (odd[0] / dimension, odd[1] / dimension)


def _derivatives() -> Iterator[list[Fraction]]:
    """T_0, T_1, ...: coefficients of the derivatives of tanh(z/2) as polynomials in t = tanh(z/2)."""
    t = [Fraction(0), Fraction(1)]
    while True:
        yield t
        slope = [k * c / 2 for k, c in enumerate(t)][1:]
        t = [a - b for a, b in itertools.zip_longest(slope, [Fraction(0)] * 2 + slope, fillvalue=Fraction(0))]


def _taylor(centre: Fraction, derivatives: Sequence[Sequence[Fraction]]) -> tuple[list[Interval], list[Interval]]:
    """Coefficients of log(2 cosh(z/2)), whose derivative is tanh(z/2)/2, and of tanh(z/2), around a centre."""
    e = (Fraction(exp_down(-centre), ONE), Fraction(exp_up(-centre), ONE))
    t = ((1 - e[1]) / (1 + e[1]), (1 - e[0]) / (1 + e[0]))
    t = (Fraction(_down(t[0]), ONE), Fraction(_up(t[1]), ONE))
    tanh = [_times(Fraction(1, math.factorial(n)), _horner(derivatives[n], t)) for n in range(ORDER)]
    value = (centre / 2 + log_interval(1 + e[0])[0], centre / 2 + log_interval(1 + e[1])[1])
    return [value, *(_times(Fraction(1, 2 * n), tanh[n - 1]) for n in range(1, ORDER + 1))], tanh


def _moments(dimension: int, centre: Fraction, half: Fraction) -> list[Fraction]:
    """The integrals of (z - centre)^j times the density over a cell in which the density is one polynomial, exactly."""
    scale = Fraction(1, 2**dimension * math.factorial(dimension - 1))
    degree = dimension - 1
    density = [Fraction(0)] * dimension
    for k in range(dimension + 1):
        shift = centre + dimension - 2 * k
        if shift > 0:
            for i in range(dimension):
                term = math.comb(degree, i) * shift ** (degree - i)
                density[i] += (-1) ** k * math.comb(dimension, k) * term * scale
    return [
        sum((2 * c * half ** (i + j + 1) / (i + j + 1) for i, c in enumerate(density) if (i + j) % 2 == 0), Fraction(0))
        for j in range(ORDER + 1)
    ]


def _integral(coefficients: Sequence[Interval], moments: Sequence[Fraction]) -> Interval:
    total = (Fraction(0), Fraction(0))
    for coefficient, moment in zip(coefficients, moments, strict=False):
        total = _add(total, _times(moment, coefficient))
    return total


def _add(a: Interval, b: Interval) -> Interval:
    return a[0] + b[0], a[1] + b[1]


def _times(factor: Fraction, a: Interval) -> Interval:
    return (factor * a[0], factor * a[1]) if factor >= 0 else (factor * a[1], factor * a[0])


def _widen(a: Interval, by: Fraction) -> Interval:
    """With ends on the grid of 2^-BITS, so that numbers stay short."""
    return Fraction(_down(a[0] - by), ONE), Fraction(_up(a[1] + by), ONE)


def _size(a: Interval) -> Fraction:
    return max(abs(a[0]), abs(a[1]))


def _horner(coefficients: Sequence[Fraction], t: Interval) -> Interval:
    total = (Fraction(0), Fraction(0))
    for c in reversed(coefficients):
        ends = [a * b for a in total for b in t]
        total = _widen((min(ends) + c, max(ends) + c), Fraction(0))
    return total


# ------------------------------------------------------------------------------------------------ nets of three units

BOTH = (1, -1)
KINDS = tuple((a, b, c) for a in BOTH for b in BOTH for c in BOTH)  # signs of both inputs' weights and the output's
NETS = tuple(itertools.combinations_with_replacement(range(len(KINDS)), 3))  # 120
Point = tuple[Fraction, Fraction, int]


def least_loss(points: Sequence[Point], tolerance: Fraction) -> Fraction:
    """At most the mean loss of every net with weights within the tolerance of -1 and 1."""
    inner = _inner(tolerance)
    factors = [
        tuple(exp_down(-_largest_margin(kind, point, inner, 1 + tolerance)) for kind in KINDS) for point in points
    ]
    return min(_mean_down(factors, net) for net in NETS)


def loss_above(points: Sequence[Point], net: Sequence[int]) -> Fraction:
    """At least the mean loss of a net of three kinds with weights -1 and 1."""
    product, powers = ONE, 0
    for x in points:
        margin = sum((_largest_margin(KINDS[kind], x, Fraction(1), Fraction(1)) for kind in net), Fraction(0))
        product = _shift_up(product * (ONE + exp_up(-margin)))
        while product >= 2 * ONE:
            product, powers = -(-product >> 1), powers + 1
    return (log_interval(Fraction(product, ONE))[1] + powers * log_interval(Fraction(2))[1]) / len(points)


def _mean_down(factors: Sequence[Sequence[int]], net: tuple[int, int, int]) -> Fraction:
    a, b, c = net
    product, powers = ONE, 0
    for f in factors:
        product = product * (ONE + ((f[a] * f[b] >> BITS) * f[c] >> BITS)) >> BITS
        extra = product.bit_length() - BITS - 1
        if extra > 0:
            product, powers = product >> extra, powers + extra
    return (log_interval(Fraction(product, ONE))[0] + powers * log_interval(Fraction(2))[0]) / len(factors)


def _inner(tolerance: Fraction) -> Fraction:
    """At most the least absolute value that is within the tolerance: (1 - r)² <= 1 - ε."""
    if not 0 <= tolerance < 1:
        raise ComputationError("a tolerance is from 0 to 1, and below 1")
    if tolerance == 0:
        return Fraction(1)
    return Fraction(math.isqrt(math.floor((1 - tolerance) * ONE * ONE)), ONE)


def _largest_margin(kind: tuple[int, int, int], point: Point, low: Fraction, high: Fraction) -> Fraction:
    """The largest label times output of a unit of this kind, with absolute values of weights from low to high."""
    first, second, out = kind
    x, y, label = point
    parts = (first * x, second * y)
    if label * out > 0:
        return high * max(sum((p * (high if p > 0 else low) for p in parts), Fraction(0)), Fraction(0))
    return -low * max(sum((p * (low if p > 0 else high) for p in parts), Fraction(0)), Fraction(0))


# ------------------------------------------------------------------------------------------------ certificates


def refuse(reason: str) -> NoReturn:
    """Say why nothing is accepted."""
    raise ComputationError(reason)


def load(text: str) -> dict[str, object]:
    """A certificate from its text; a key that occurs twice is refused."""
    if len(text) > MAX_BYTES:
        refuse("it is too large")

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len({key for key, _ in pairs}) != len(pairs):
            refuse("a key occurs twice")
        return dict(pairs)

    try:
        found = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        refuse("it is no JSON")
    if not isinstance(found, dict):
        refuse("it is no object")
    return found


def check(certificate: dict[str, object]) -> list[str]:
    """Do a computation again.

    Args:
        certificate: of `load`.

    Returns:
        What it shows, a sentence each.

    Raises:
        ComputationError: it shows nothing, and why.
    """
    if certificate.get("format") != FORMAT:
        refuse(f"its format is not {FORMAT}")
    kind = certificate.get("kind")
    if kind == "signs":
        return _check_signs(certificate)
    if kind == "nets":
        return _check_nets(certificate)
    refuse("it is of no known kind")


def _keys(about: dict[str, object], *wanted: str) -> None:
    if set(about) != set(wanted):
        refuse(f"it should have {', '.join(sorted(wanted))}")


def _check_signs(certificate: dict[str, object]) -> list[str]:
    _keys(certificate, "format", "kind", "dimension", "best", "slope")
    dimension = certificate["dimension"]
    if type(dimension) is not int or not 1 <= dimension <= LARGEST_DIMENSION:
        refuse(f"dimension is an integer from 1 to {LARGEST_DIMENSION}")
    found = dict(zip(("best", "slope"), signs(dimension), strict=True))
    said = []
    for name, (low, high) in found.items():
        claimed = _pair(certificate[name])
        if not claimed[0] <= low <= high <= claimed[1]:
            refuse(f"{name} is not enclosed: it lies between {float(low):.15g} and {float(high):.15g}")
        said.append(" to ".join(map(str, _list(certificate[name]))))
    return [
        f"logistic labels of {dimension} inputs uniform in [-1, 1]: the best vector of signs has an expected loss from "
        f"{said[0]}",
        f"a vector with m wrong signs has that and m times a number from {said[1]}",
    ]


def _check_nets(certificate: dict[str, object]) -> list[str]:
    _keys(certificate, "format", "kind", "points", "sha256", "bounds")
    points = _points(certificate["points"])
    if data_hash(certificate["points"]) != certificate["sha256"]:
        refuse("the data are not those of the hash")
    bounds = certificate["bounds"]
    if not isinstance(bounds, list) or not 1 <= len(bounds) <= 4:
        refuse("bounds is a list of one to four")
    where = f"on {len(points)} points with the hash {certificate['sha256']}, nets of three ReLU units without biases"
    said = []
    for bound in bounds:
        if not isinstance(bound, dict):
            refuse("a bound is an object")
        _keys(bound, "tolerance", "least", "net", "most")
        tolerance, least, most = (_number(bound[name]) for name in ("tolerance", "least", "most"))
        net = bound["net"]
        if not isinstance(net, list) or not all(type(k) is int and 0 <= k < len(KINDS) for k in net) or len(net) != 3:
            refuse("a net is three kinds of units")
        low, high = least_loss(points, tolerance), loss_above(points, net)
        if not least <= low:
            refuse(f"some net may have a smaller loss than {least}: {float(low):.12g} is what can be shown")
        if not high <= most:
            refuse(f"the net may have a larger loss than {most}: {float(high):.12g} is what can be shown")
        near = f" within {bound['tolerance']} of" if tolerance else ""
        said.append(f"{where}, weights{near} -1 or 1: the least mean loss is from {bound['least']} to {bound['most']}")
    return said


def data_hash(points: object) -> str:
    """The SHA-256 of data, as it stands in a certificate."""
    return hashlib.sha256(json.dumps(points, separators=(",", ":")).encode()).hexdigest()


def _points(given: object) -> list[Point]:
    """Coordinates as hexadecimal floats, which are exact, and labels."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_POINTS:
        refuse(f"points is a list of 1 to {MOST_POINTS}")
    found = []
    for row in given:
        if not isinstance(row, list) or len(row) != 3 or type(row[2]) is not int or row[2] not in (1, -1):
            refuse("a point is two coordinates and a label, 1 or -1")
        found.append((_coordinate(row[0]), _coordinate(row[1]), row[2]))
    return found


def _coordinate(text: object) -> Fraction:
    try:
        value = Fraction(float.fromhex(text)) if isinstance(text, str) and len(text) < 40 else None
    except (ValueError, OverflowError):
        value = None
    if value is None or abs(value) > LARGEST_COORDINATE:
        refuse(f"a coordinate is a hexadecimal float of at most {LARGEST_COORDINATE}")
    return value


def _number(text: object) -> Fraction:
    if not isinstance(text, str) or len(text) > 60 or re.fullmatch(r"[0-9]+(\.[0-9]+|/[1-9][0-9]*)?", text) is None:
        refuse("a number is a text such as 1/100 or 0.3676")
    return Fraction(text)


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else refuse("an interval is two numbers")


def _pair(given: object) -> Interval:
    ends = _list(given)
    if len(ends) != 2:
        refuse("an interval is two numbers")
    return _number(ends[0]), _number(ends[1])


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            sentences = check(load(file.read(MAX_BYTES + 1)))
    except (ComputationError, OSError, UnicodeDecodeError, IndexError) as problem:
        sys.exit(f"REFUSED: {problem}")
    print("\n".join(f"computation: {sentence}" for sentence in sentences))

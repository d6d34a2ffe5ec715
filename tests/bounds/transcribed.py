"""The bounds once more, copied by hand from the theory page in its own forms, for an arithmetic with many digits.

Nothing here is shared with `bounds.subjects`: cases are cases, and differences that cancel are left to cancel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
from mpmath import mp, mpf

sqrt = mp.sqrt


def _m_inverse_at_half(L: Any, d: Any, c: Any) -> Any:
    if c <= L / 2:
        return sqrt(d) * L / 2
    return ((L / 2 - c) + sqrt((L / 2 - c) ** 2 + 2 * L * c * d)) / 2


def _level(L: Any, d: Any, c: Any) -> Any:
    return ((L / 2 - c) + sqrt((L / 2 - c) ** 2 + 2 * L * c * d)) / 2


def _excess(d: Any, c: Any) -> Any:
    t = c * d * (sqrt(1 + 1 / sqrt(d)) - 1)
    return t - sqrt(d) * (t * (t + c) / (t + c * d)) if c > 0 else mpf(0)


def _mu(d: Any, c: Any, n: Any, G: Any) -> Any:
    return n / (sqrt(d) * G) if c * sqrt(d) <= G else n * (G + c) / (G * (G + c * d))


def _m(t: Any, d: Any, c: Any) -> Any:
    return t / sqrt(d) if t >= c * sqrt(d) else t * (t + c) / (t + c * d)


def _phi(L: Any, d: Any, c: Any, n: Any, r: Any, rest: Any) -> Any:
    N = r * (n - 1)
    return (L / 2 * (1 + N / d) + rest) / (1 - L * N / (2 * c * d))


def _refined(L: Any, d: Any, c: Any, n: Any, r: Any, mu: Any, start: Any) -> Any:
    M = n + r * (n**2 - n) / d
    M_G = (n**2 - n) * (1 - 1 / d) / (c * d) ** 2
    return (start + L * M / 2) / (mu - r * L * M_G / 2)


TRANSCRIBED: dict[str, Callable[..., Any]] = {
    "zim-printed-r1": lambda L, d, c: L * (sqrt(d) * L + c * d),
    "zim-printed-r2": lambda L, d, c: L * (sqrt(d * L) + c * d),
    "zim-printed-r3": lambda L, d, c: L * sqrt(d * L + c * d),
    "zim-printed-r1/K": lambda L, d, c, n, r, Delta, K: (2 * Delta / (K * n * r) + L) * (sqrt(d) * L + c * d),
    "zim-printed-r2/K": lambda L, d, c, n, r, Delta, K: (2 * Delta / (K * n * r) + L) * (sqrt(d * L) + c * d),
    "zim-printed-r3/K": lambda L, d, c, n, r, Delta, K: (2 * Delta / (K * n * r) + L) * sqrt(d * L + c * d),
    "prop-4": lambda L, mu, M: L * M / mu,
    "prop-4/K": lambda L, mu, M, alpha, Delta, K: 2 * Delta / (K * mu * alpha) + L * M / mu,
    "prop-4-refined": lambda L, mu, M, M_G, alpha: (L * M / 2) / (mu - alpha * L * M_G / 2),
    "prop-4-refined/K": lambda L, mu, M, M_G, alpha, Delta, K: (
        (Delta / (K * alpha) + L * M / 2) / (mu - alpha * L * M_G / 2)
    ),
    "zim-bounded": lambda L, d, c, n, r, G: _refined(L, d, c, n, r, n / (sqrt(d) * G + c * d), 0),
    "zim-bounded/K": lambda L, d, c, n, r, G, Delta, K: _refined(
        L, d, c, n, r, n / (sqrt(d) * G + c * d), Delta / (K * r)
    ),
    "zim-bounded-sharp": lambda L, d, c, G: (L / 2) / _mu(d, c, 1, G),
    "zim-bounded-sharp/K": lambda L, d, c, r, G, Delta, K: (Delta / (K * r) + L / 2) / _mu(d, c, 1, G),
    "zim-bounded-sharp-draws": lambda L, d, c, n, r, G: _refined(L, d, c, n, r, _mu(d, c, n, G), 0),
    "mu-bounded": lambda d, c, n, G: n / (sqrt(d) * G + c * d),
    "mu-sharp": _mu,
    "M-corrected": lambda d, n, r: n + r * (n**2 - n) / d,
    "M_G-corrected": lambda d, c, n: (n**2 - n) * (1 - 1 / d) / (c * d) ** 2,
    "lattice-minimum:mean-square": lambda L, d: d * L**2 / 4,
    "lattice-minimum:mean-square/K": lambda L, d: d * L**2 / 4,
    "lattice-minimum:mean-norm": lambda L, d: sqrt(d * L**2 / 4),
    "lattice-minimum:best-iterate": lambda L, d: sqrt(d * L**2 / 4),
    "lattice-minimum:mean-norm/K": lambda L, d: sqrt(d * L**2 / 4),
    "lattice-minimum:best-iterate/K": lambda L, d: sqrt(d * L**2 / 4),
    "rounding": lambda L, d: (sqrt(d) * L / 2) ** 2,
    "rounding/K": lambda L, d, alpha, Delta, K: d * L**2 / 4 + 2 * Delta / (alpha * K),
    "rounding-norm": lambda L, d: sqrt(d) * L / 2,
    "rounding-norm/K": lambda L, d, alpha, Delta, K: sqrt((L * sqrt(d) / 2) ** 2 + 2 * Delta / (alpha * K)),
    "zim-norm": lambda L, d, c: sqrt(d) * (L / 2) + c * (sqrt(d) - 1) / 4,
    "zim-norm/K": lambda L, d, c, r, Delta, K: sqrt(d) * (L / 2 + Delta / (r * K)) + c * (sqrt(d) - 1) / 4,
    "zim-envelope": lambda L, d, c: sqrt(d) * (L / 2) + _excess(d, c),
    "zim-envelope/K": lambda L, d, c, r, Delta, K: sqrt(d) * (L / 2 + Delta / (r * K)) + _excess(d, c),
    "zim-weak": lambda L, d, c: (sqrt(d) * L / 4) * (1 + sqrt(1 + 8 * c / L)),
    "zim-whole-envelope": _level,
    "zim-whole-envelope/K": lambda L, d, c, r, Delta, K: (
        _level(L, d, c) + Delta / (r * K) / (1 - c**2 * d * (d - 1) / (_level(L, d, c) + c * d) ** 2)
    ),
    "zim-moves-envelope": lambda L, d, c, n, r: sqrt(d) * _phi(L, d, c, n, r, 0) + _excess(d, c),
    "zim-moves-envelope/K": lambda L, d, c, n, r, Delta, K: (
        sqrt(d) * _phi(L, d, c, n, r, Delta / (n * r * K)) + _excess(d, c)
    ),
    "zim-moves": lambda L, d, c, n, r: sqrt(d) * _phi(L, d, c, n, r, 0) + c * (sqrt(d) - 1) / 4,
    "zim-moves/K": lambda L, d, c, n, r, Delta, K: (
        sqrt(d) * _phi(L, d, c, n, r, Delta / (n * r * K)) + c * (sqrt(d) - 1) / 4
    ),
    "zim-spread": lambda L, d, c, n, r: sqrt(d) * (L / 2) * (1 + r * (n - 1)) + c * (sqrt(d) - 1) / 4,
    "zim-spread/K": lambda L, d, c, n, r, Delta, K: (
        sqrt(d) * (L / 2) * (1 + r * (n - 1)) + c * (sqrt(d) - 1) / 4 + sqrt(d) * Delta / (n * r * K)
    ),
    "zim-best": _m_inverse_at_half,
    "zim-best/K": lambda L, d, c, r, Delta, K, p: _m_inverse_at_half(L + 2 * Delta / (r * K * p), d, c),
    "zim-miss/K": lambda L, d, c, r, Delta, K, T: Delta / (r * K * (_m(T, d, c) - L / 2)),
    "greedy/K": lambda L, d, Delta, K: sqrt(d * (L / 2 + Delta / K) ** 2),
    "zim-wait": lambda L, d, c, r, Delta, T: Delta / (r * (_m(T, d, c) - L / 2)),
    "zim-alignment/K": lambda L, r, Delta, K: L / 2 + Delta / (r * K),
    "zim-moves-alignment/K": lambda L, d, c, n, r, Delta, K: _phi(L, d, c, n, r, Delta / (n * r * K)),
    "sgd": lambda L, mu, M, alpha: alpha * L * M / mu,
    "sgd/K": lambda L, mu, M, alpha, Delta, K: alpha * L * M / mu + 2 * Delta / (K * mu * alpha),
    "bold": lambda L, d, kappa: 2 * L * d * kappa,
    "gradient-descent/K": lambda L, Delta, K: Delta / (K / (2 * L)),
    "gradient-descent-best/K": lambda L, Delta, K: sqrt(2 * L) * sqrt(Delta / K),
    "gradient-descent-value/K": lambda L, R, K: L / 2 * R**2 / K,
    "halpern/K": lambda L, R, K: R / ((K + 1) / L),
    "optimized-gradient/K": lambda L, R, K: L * (R / (K + 2)) ** 2,
    "proximal-point/K": lambda R, alpha, K: R**2 / (2 * alpha * K),
    "subgradient/K": lambda R, alpha, G, K: (R**2 + K * alpha**2 * G**2) / (2 * alpha * K),
}


def transcribed_value(identifier: str, parameters: dict[str, Any], digits: int = 60) -> Any:
    """The transcription's value, to `digits` digits beyond whatever the parameters' range can cancel."""
    values = [abs(mpf(value)) for value in parameters.values() if value]
    magnitude = int(max((abs(mpmath.log10(value)) for value in values), default=0)) + 1
    with mp.workdps(digits + 8 * magnitude):
        return TRANSCRIBED[identifier](**{name: mpf(value) for name, value in parameters.items()})

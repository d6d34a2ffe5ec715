"""What the lower function m of T0 says of the mean norm at every c: its whole convex envelope, with L = 1.

m is ψ(t) = t(t + c)/(t + cd) up to c√d and t/√d beyond. ψ is convex there, since

    ψ(t) - ψ(T) - ψ'(T)(t - T) = c² d(d - 1)(t - T)² / ((t + cd)(T + cd)²),

with ψ' <= 1/√d up to t*; so its tangent at any T <= t* stays below m on both pieces. Averaging it where ψ(T) = L/2
gives avg E‖g‖ <= T + (Δ/(rK))/ψ'(T): the value that T1(c) gives the best iterate is then a bound on the mean norm
too. It applies once ψ(t*) >= L/2, that is for c >= c_e(d) L, and tends to dL/2 as c → ∞.
"""

from __future__ import annotations

import math

from convbound.bounds.subjects import lattice as formulas


def envelope_start(d: int) -> float:
    """c_e(d)/L = 1/(2(du + (d - 1)/u + 1 - 2d)), u = √(1 + 1/√d): from there on T1(c)'s value bounds the mean norm."""
    u = math.sqrt(1 + 1 / math.sqrt(d))
    return 1 / (2 * (d * u + (d - 1) / u + 1 - 2 * d))


def whole_envelope(d: int, c: float) -> float:
    """The smallest bound on the mean norm that T0 and the mean of φ at most 1/2 allow, for d >= 2 and c > 0 (L = 1)."""
    if c < envelope_start(d):
        return float(formulas.zim_envelope_limit(1.0, float(d), c))
    return float(formulas.zim_best_iterate(1.0, float(d), c))

"""T3 with its two terms kept together: a bound on the mean norm with n draws, its constant certified in rationals.

T3 bounds the mean of φ - (LN/2) S, S = Σq², and then bounds φ and S apart. Pointwise, with x = √d and D = s + cd,

    t - √d φ + √d (LN/2) S = √d LN/(2d) + J,   J = ((xt - s)/D) · (xc - t + (LN/(2x)) (xt + s)/D),

so with J* the supremum of J over t >= 0, t <= s <= xt, averaging gives

    limsup avg E‖g‖ <= √d (L/2)(1 + N/d) + J*,

and J* = G* for N = 0. `joint_excess` encloses J* by boxes in (t, λ = s/t): (x - λ)t/(λt + cd) rises in t and falls in
λ, (x + λ)t/(λt + cd) rises in t and is monotone in λ, and J < 0 once t > xc + LN(x + 1)/(2x).
"""

from __future__ import annotations

import heapq
from fractions import Fraction

from open_questions.hypercube import root_bounds
from open_questions.small_smoothing import rounded


def joint_excess(d: int, c: Fraction, N: Fraction, tolerance: Fraction = Fraction(1, 2000)) -> Fraction:
    """A rational upper bound of J*, at most `tolerance` above a value of J up to the rounding of √d (L = 1)."""
    low, high = root_bounds(Fraction(d))

    def above(t_low: Fraction, t_high: Fraction, near: Fraction, far: Fraction) -> Fraction:
        part = (high - near) * t_high / (near * t_high + c * d)
        slope = max((high + x) * t_high / (x * t_high + c * d) for x in (near, far))
        return rounded(max(Fraction(0), part * (high * c - t_low + N / (2 * low) * slope)), up=True)

    whole = (Fraction(0), high * c + N * (high + 1) / (2 * low), Fraction(1), high)
    queue = [(-above(*whole), whole)]
    best = Fraction(0)
    while True:
        bound, (t_low, t_high, near, far) = heapq.heappop(queue)
        if -bound <= best + tolerance:
            return -bound
        t, ratio = rounded((t_low + t_high) / 2, up=True), rounded((near + far) / 2, up=False)
        D = ratio * t + c * d
        best = max(best, (low - ratio) * t / D * (low * c - t + N / (2 * high) * (low + ratio) * t / D))
        halves = [(t_low, t, near, far), (t, t_high, near, far)]
        if (t_high - t_low) / t_high < (far - near) / far:
            halves = [(t_low, t_high, near, ratio), (t_low, t_high, ratio, far)]
        for box in halves:
            heapq.heappush(queue, (-above(*box), box))


def joint_floor(d: int, c: Fraction, n: int, r: Fraction) -> Fraction:
    """A rational number that the mean norm with n draws does not exceed as K → ∞ (L = 1)."""
    N = r * (n - 1)
    return root_bounds(Fraction(d))[1] / 2 * (1 + N / d) + joint_excess(d, c, N)

"""For small smoothing c the sharp floor of the mean norm is √d L/2: the certificate behind docs/open-questions.md.

L = 1. Write A(g) = t - √d φ = (√d t - s)(√d c - t)/(s + cd): positive only where t < ρ = √d c. Let y = x - σ e_i be the
point reached from x, and v = g(y) - g(x) + σ e_i. A smooth F falls by at least ‖v‖²/4 more than Proposition 8 promises.
The floor is √d/2 as soon as, for every x with 0 < t < ρ, every i and every v,

    A(x) <= (√d/4) ‖v‖² + max(0, -A(y)).                                                                     (*)

With m = ‖v‖ and ζ = t + m this follows from an inequality in (t, m) alone: the left side is at most
a(t) = (√d - 1) t (ρ - t)/(t + √d ρ), and for 1 - ζ >= ρ the last term is at least T(1 - C)(T - ρ)/(TC + ρ) with
T = 1 - ζ and C = (√(1 - ζ²) + √(d-1) ζ)/√d, or C = 1 where ζ² >= 1 - 1/d. `certify` proves that inequality on boxes.
"""

from __future__ import annotations

from fractions import Fraction

from open_questions.hypercube import root_bounds

# how finely a box may be split before the attempt counts as failed
FINEST = Fraction(1, 1 << 14)
Box = tuple[Fraction, Fraction, Fraction, Fraction]


def rounded(x: Fraction, up: bool, bits: int = 48) -> Fraction:
    """x to a multiple of 2^-bits, in the given direction: fractions stay short."""
    scaled = x.numerator << bits
    return Fraction(-(-scaled // x.denominator) if up else scaled // x.denominator, 1 << bits)


def least_anisotropy(d: int, rho: Fraction, zeta: Fraction) -> Fraction:
    """A rational lower bound of -A(y) for all y within ζ of a unit step."""
    if zeta * zeta * d >= d - 1 or 1 - zeta <= rho:
        return Fraction(0)
    root_d, cosine, root_rest = root_bounds(Fraction(d)), root_bounds(1 - zeta * zeta), root_bounds(Fraction(d - 1))
    C = min(Fraction(1), (cosine[1] + root_rest[1] * zeta) / root_d[0])
    T = 1 - zeta
    return rounded(T * (1 - C) * (T - rho) / (T * C + rho), up=False)


def box_slack(d: int, rho: Fraction, box: Box) -> Fraction:
    """A rational lower bound, over the box of (t, m), of the right side of (*) minus its left side."""
    t_low, t_high, m_low, m_high = box
    below, above = root_bounds(Fraction(d))
    gain = (above - 1) * t_high * (rho - t_low) / (t_low + below * rho)
    return below * m_low * m_low / 4 + least_anisotropy(d, rho, t_high + m_high) - gain


def certify(d: int, rho: Fraction) -> int | None:
    """The number of boxes on which (*) was proved for c = ρ/√d, or None where it was not proved.

    The boxes cover 0 <= t <= ρ, 0 <= m <= 1. Beyond m = 1 the first term alone suffices: A <= c(√d - 1)/4 < √d/4.
    """
    if not 0 < rho < 1:
        return None
    stack: list[Box] = [(Fraction(0), rho, Fraction(0), Fraction(1))]
    proved = 0
    while stack:
        box = stack.pop()
        if box_slack(d, rho, box) >= 0:
            proved += 1
            continue
        t_low, t_high, m_low, m_high = box
        if max(t_high - t_low, m_high - m_low) < FINEST:
            return None
        if t_high - t_low > m_high - m_low:
            middle = (t_low + t_high) / 2
            stack += [(t_low, middle, m_low, m_high), (middle, t_high, m_low, m_high)]
        else:
            middle = (m_low + m_high) / 2
            stack += [(t_low, t_high, m_low, middle), (t_low, t_high, middle, m_high)]
    return proved

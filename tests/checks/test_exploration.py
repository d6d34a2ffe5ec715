"""What docs/open-questions.md says: exact laws, closed forms, certificates, and figures that come out the same."""

import itertools
import math
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.bounds.subjects import lattice as formulas
from convbound.checks.simulation.exact import build_chain
from convbound.checks.simulation.problems import diagonal, half_integer
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.zim import enumerate_update
from convbound.proofs.models.surds import Surd
from open_questions.coupled import mean_norm_bounds, rotated, scan_coupled
from open_questions.draws import advised_draws, family, measure, smallest_floor, stationary, steps_bound
from open_questions.envelope import envelope_start, whole_envelope
from open_questions.figures import CERTIFIED, draw_draws, draw_floors
from open_questions.game import game_excess
from open_questions.hypercube import (
    SeparableQuadratic,
    best_corner,
    corner,
    corner_mean_norm,
    minimum_norm,
    root_bounds,
    scan,
    threshold,
)
from open_questions.joint import joint_excess, joint_floor
from open_questions.small_smoothing import certify

HALF = Fraction(1, 2)
smoothings = st.fractions(Fraction(1, 20), 3, max_denominator=20)
inner = st.fractions(Fraction(1, 12), Fraction(11, 12), max_denominator=12)
curvatures = st.fractions(Fraction(1, 4), 1, max_denominator=8)


def test_the_known_example_exactly():
    known = Surd({1: Fraction(9, 28), 5: Fraction(5, 28)})
    assert corner(2, 1).mean_norm(HALF) == corner_mean_norm(2, 1, HALF) == known
    assert minimum_norm(2) < known


def test_the_example_as_a_function_of_c():
    c = sympy.symbols("c", positive=True)
    up, down = c / (HALF + 2 * c), (1 + c) / (Fraction(3, 2) + 2 * c)
    share = sympy.cancel(up / (up + down))
    assert sympy.simplify(share - c * (4 * c + 3) / (8 * c**2 + 8 * c + 1)) == 0
    for value in (Fraction(1, 7), HALF, Fraction(5)):
        p = value * (4 * value + 3) / (8 * value**2 + 8 * value + 1)
        assert corner_mean_norm(2, 1, value) == Surd({1: (1 - p) / 2, 5: p / 2})


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 3).flatmap(lambda d: st.tuples(*(st.lists(x, min_size=d, max_size=d) for x in (curvatures, inner)))),
    smoothings,
)
def test_the_product_law_is_the_stationary_law(parts, c):
    a, b = parts
    problem = diagonal(fractions(a), fractions(b))
    chain = build_chain(problem, fractions([0] * len(a)), partial(enumerate_update, trials=1, rate=1, smoothing=c))
    states = SeparableQuadratic(tuple(a), tuple(b)).states(c)
    whole = sum(weight for _, weight in states)
    law = {}
    for p, g in zip(chain.stationary(), abs(problem.gradient(chain.points())), strict=True):
        law[tuple(g)] = law.get(tuple(g), 0) + p
    expected = {}
    for g, weight in states:
        expected[g] = expected.get(g, 0) + weight / whole
    assert {g: p for g, p in law.items() if p} == expected


@given(st.integers(1, 5), st.data(), smoothings)
def test_corners_by_levels(d, data, c):
    halves = data.draw(st.integers(0, d))
    assert corner_mean_norm(d, halves, c) == corner(d, halves).mean_norm(c)


def test_the_threshold_of_the_corners():
    low, high = threshold(2)
    # (√5 - 1) c (4c + 3) = (√2 - 1)(8c² + 8c + 1)
    c = sympy.symbols("c", positive=True)
    r5, r2 = sympy.sqrt(5) - 1, sympy.sqrt(2) - 1
    (root,) = sympy.solve(r5 * c * (4 * c + 3) - r2 * (8 * c**2 + 8 * c + 1), c)
    assert low <= Fraction(str(sympy.N(root, 30))) <= high
    assert best_corner(2, low)[0] == 2 and best_corner(2, high)[0] == 1


@pytest.mark.parametrize("d", [2, 3])
def test_no_quadratic_of_a_grid_beats_the_corners(d):
    offsets = [Fraction(k, 6) for k in range(4)]
    for c in (Fraction(1, 5), HALF, Fraction(3)):
        found = scan(d, c, offsets, [HALF, Fraction(1)])
        assert found.corner_is_best
        assert float(found.mean_norm) <= whole_envelope(d, float(c))


def test_coupled_quadratics_stay_below_the_corners():
    found = scan_coupled(HALF, [Fraction(1, 4), Fraction(19, 20)], 4)
    assert found.solved == 96
    assert Surd.of(found.largest) < best_corner(2, HALF)[1]
    # with equal eigenvalues the rotation does nothing
    problem = rotated(Fraction(4, 5), Fraction(3, 5), Fraction(1), (HALF, Fraction(1, 3)))
    low, high = mean_norm_bounds(problem, HALF)
    value = SeparableQuadratic((Fraction(1),) * 2, (HALF, Fraction(1, 3))).mean_norm(HALF)
    assert Surd.of(low) <= value <= Surd.of(high)


# ------------------------------------------------------------------------------------------------- small smoothing


@pytest.mark.parametrize("d", [2, 3, 8, 64])
def test_small_smoothing_is_certified(d):
    assert certify(d, CERTIFIED)


def test_the_certificate_fails_where_it_must():
    """At ρ = ½ the point g = (½, 0) leads back to itself in size, free of charge."""
    assert certify(2, Fraction(11, 20)) is None
    assert certify(2, Fraction(2)) is None


def excess(g, d, c):
    t, s = np.linalg.norm(g), np.abs(g).sum()
    return (math.sqrt(d) * t - s) * (math.sqrt(d) * c - t) / (s + c * d)


@pytest.mark.parametrize("d", [2, 3, 5])
def test_the_certified_inequality_on_random_gradients(d):
    """The inequality (*) itself, at gradients and v that the reduction to (t, m) never sees."""
    rng = np.random.default_rng(d)
    rho = float(CERTIFIED)
    c = rho / math.sqrt(d)
    for _ in range(3000):
        g = rng.standard_normal(d) * rng.choice([0.05, 1], size=d)
        g *= rho * rng.uniform() / np.linalg.norm(g)
        v = rng.standard_normal(d) * rng.choice([0.01, 0.1, 0.4, 1])
        i = rng.integers(d)
        after = g + v
        after[i] -= np.sign(g[i])
        assert excess(g, d, c) <= math.sqrt(d) / 4 * (v @ v) + max(0, -excess(after, d, c)) + 1e-12


def test_smooth_functions_fall_by_the_price_of_v():
    """F(y) - F(x) <= <g_x, y - x> + ½|y - x|² - ¼|v|² for smooth F, v = g_y - g_x + x - y, L = 1; random quadratics."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        basis, _ = np.linalg.qr(rng.standard_normal((3, 3)))
        A = (basis * rng.uniform(-1, 1, 3)) @ basis.T
        x, y = rng.standard_normal((2, 3))
        v = A @ (y - x) + x - y
        assert y @ A @ y / 2 - x @ A @ x / 2 <= (A @ x) @ (y - x) + (y - x) @ (y - x) / 2 - v @ v / 4 + 1e-12


def test_square_roots_are_enclosed():
    for x in (Fraction(0), Fraction(2), Fraction(1, 3), Fraction(9)):
        low, high = root_bounds(x)
        assert low**2 <= x <= high**2 and high - low == Fraction(1, 1 << 40)


# ------------------------------------------------------------------------------------------------------ envelope


def test_the_tangent_of_psi():
    t, T, c, d = sympy.symbols("t T c d", positive=True)
    psi = t * (t + c) / (t + c * d)
    gap = psi - psi.subs(t, T) - sympy.diff(psi, t).subs(t, T) * (t - T)
    assert sympy.simplify(gap - c**2 * d * (d - 1) * (t - T) ** 2 / ((t + c * d) * (T + c * d) ** 2)) == 0


@pytest.mark.parametrize("d", [2, 3, 17])
def test_the_whole_envelope(d):
    start = envelope_start(d)
    assert whole_envelope(d, start * (1 - 1e-9)) == pytest.approx(whole_envelope(d, start * (1 + 1e-9)))
    for c in np.geomspace(0.05, 500, 60):
        value = whole_envelope(d, c)
        simple, weak = formulas.zim_norm_limit(1.0, d, c), formulas.zim_weak_limit(1.0, d, c)
        assert value <= min(simple, weak, d / 2) * (1 + 1e-12)
        # it is the inverse of the convex envelope of m: no pair of gradients does better
        t = np.linspace(1e-3, 6 * c * math.sqrt(d) + 6, 400)
        m = np.array([formulas.least_alignment(x, d, c) for x in t])
        low, high = m[m <= 0.5], m[m > 0.5]
        share = (0.5 - low[:, None]) / (high[None, :] - low[:, None])
        mixed = t[m <= 0.5][:, None] * (1 - share) + t[m > 0.5][None, :] * share
        assert mixed.max() <= value + 1e-9


def test_the_game_contains_the_corner():
    assert game_excess(0.5, cells=20) >= float(corner_mean_norm(2, 1, HALF)) - math.sqrt(0.5) - 1e-6
    assert game_excess(0.25, cells=20) == pytest.approx(0, abs=1e-6)


# ------------------------------------------------------------------------------------------------- several draws


@pytest.mark.parametrize(("n", "r"), [(1, 1), (2, 1), (3, 1), (3, HALF)])
def test_t3_in_the_mean_is_an_equality_on_isotropic_quadratics(n, r):
    for problem in (half_integer(2), diagonal(fractions([1, 1]), fractions([HALF, Fraction(1, 9)]))):
        law = stationary(problem, n, Fraction(r), Fraction(2, 3))
        assert law.phi - Fraction(r) * (n - 1) / 2 * law.spread == HALF


@given(st.integers(1, 5), st.fractions(Fraction(1, 4), 1, max_denominator=4), inner, smoothings)
@settings(max_examples=25, deadline=None)
def test_t3_i_is_sharp_on_the_line(n, r, b, c):
    """d = 1: E|g| = (L/2)(1 + r(n - 1)), for every offset where no gradient vanishes."""
    assert stationary(diagonal(fractions([1]), fractions([b])), n, r, c).norm == (1 + r * (n - 1)) / 2


def test_mean_norms_rise_with_n_below_the_bounds():
    for c in (HALF, Fraction(2)):
        for problem in family(2).values():
            values = [stationary(problem, n, Fraction(1), c).norm for n in range(1, 5)]
            assert all(a < b for a, b in itertools.pairwise(values))
            for n, value in enumerate(values, 1):
                together = joint_floor(2, c, n, Fraction(1))
                assert value <= together
                assert float(together) <= smallest_floor(2, c, n, Fraction(1))


@pytest.mark.parametrize(("d", "c", "N"), [(2, HALF, 0), (2, HALF, 3), (5, Fraction(1), 2), (64, Fraction(1), 9)])
def test_the_joint_constant_is_the_supremum(d, c, N):
    J, x = float(joint_excess(d, c, Fraction(N))), math.sqrt(d)
    t = np.linspace(0, 2 * x * float(c) + 2 * N, 800)[:, None]
    s = t * np.linspace(1, x, 200)[None, :]
    D = s + float(c) * d
    values = (x * t - s) / D * (x * float(c) - t + N / (2 * x) * (x * t + s) / D)
    assert values.max() <= J <= values.max() + 2e-3
    if N == 0:
        assert formulas.envelope_excess(d, float(c)) <= J
    # the identity behind it, at the same points
    phi, S = (t**2 + float(c) * s) / D, 1 / d + (t**2 - s**2 / d) / D**2
    assert np.allclose(t - x * phi + x * N / 2 * S, x * N / (2 * d) + values)


def test_the_advised_number_of_draws():
    d, c, alignment, gap = 64, Fraction(1), Fraction(87, 128), Fraction(1800)
    advice = advised_draws(d, c, alignment)
    needed = {n: steps_bound(d, c, alignment, gap, n) for n in range(1, 40)}
    best = min((n for n in needed if needed[n] is not None), key=lambda n: needed[n])
    assert abs(best - advice.best) <= 1
    assert all((needed[n] is None) == (n >= advice.largest) for n in needed)
    # K reaches the target and no smaller K does, by T3(ii) itself
    target = formulas.norm_from_alignment(float(alignment), d, 1.0)
    for n in (1, 4, 9):
        assert formulas.moves_norm_average(1.0, d, 1.0, n, 1.0, 1800.0, float(needed[n])) == pytest.approx(target)
    P, Q = alignment - HALF, (1 + alignment / c) / (2 * d)
    assert gap / (advice.best * (P - Q * (advice.best - 1))) * advice.speedup == gap / P == needed[1]


def test_simulated_steps_stay_under_the_promise():
    rows = measure(4, 1.0, 2.0, [1, 2], start=3, steps=400, chains=4)
    assert [row.n for row in rows] == [1, 2]
    for row in rows:
        floor = float(joint_floor(4, Fraction(1), row.n, Fraction(1)))
        assert row.late <= floor
        assert row.steps is not None and row.steps <= 2 * 4 * 2.5**2 / 2 / (row.n * (2 - floor))


def test_figures_come_out_the_same(tmp_path):
    pytest.importorskip("matplotlib")
    rows = measure(4, 1.0, 2.0, [1, 2], start=3, steps=200, chains=2)
    for name in ("first", "second"):
        draw_floors(tmp_path / f"{name}-floor.svg", points=7, game=())
        draw_draws(tmp_path / f"{name}-draws.svg", 2, rows, 2.0, 12.5, 4, Fraction(1))
    for kind in ("floor", "draws"):
        first, second = ((tmp_path / f"{name}-{kind}.svg").read_bytes() for name in ("first", "second"))
        assert first == second and first.startswith(b"<?xml")

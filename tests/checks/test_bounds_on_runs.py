"""No run exceeds a bound that is shown as valid: schemes, problems and parameters at random, exactly where possible.

A sweep of this kind finds a bound whose hypotheses are not those of its claim. The default sweeps are short; `-m long`
runs thousands. Exact averages decide without error; simulated ones err with the probability that `exceeds` states.
"""

from fractions import Fraction

import numpy as np
import pytest

from convbound.checks.commands.simulate_command import CONTRADICTION
from convbound.checks.simulation.exact import average_over_steps
from convbound.checks.simulation.problems import diagonal, half_integer, huber, indefinite, sawtooth
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes import scheme_class
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.simulate import (
    FALSE_ALARM,
    PROBLEMS,
    Setup,
    build_problem,
    compare_with_bounds,
    exceeds,
    parameters_of_run,
)
from convbound.checks.simulation.trajectories import Trajectory, run_trajectory

QUANTITIES = ("mean_square", "mean_norm", "mean_alignment")


def pick(rng, *choices):
    return choices[rng.integers(len(choices))]


def exact_case(rng):
    """A small problem in Fractions, a start on the lattice, a scheme, and a number of steps."""
    d = int(rng.integers(1, 4))
    L = pick(rng, Fraction(1, 8), Fraction(1), Fraction(5, 2), Fraction(17))
    a = fractions([L, *(L * int(k) / 8 for k in rng.integers(0, 9, size=d - 1))])
    b = fractions([Fraction(int(k), 8) for k in rng.integers(-8, 9, size=d)])
    problem = pick(
        rng,
        half_integer(d, L),
        diagonal(a, b),
        indefinite(a * np.array([1, -1, -1], dtype=object)[:d], b, Fraction(2)),
        sawtooth(1, L, d),
        huber(L * int(rng.integers(1, 5)), L),
    )
    if rng.integers(2):
        scheme = Rounding(float(pick(rng, Fraction(1, 16), Fraction(1, 2), 1, Fraction(15, 8), 3) / L))
    else:
        scheme = Zim(int(rng.integers(1, 4)), pick(rng, 1.0, 0.5), float(pick(rng, 0.0, 0.125, 0.5, 2.0) * float(L)))
    start = fractions(rng.integers(-4, 5, size=problem.dimension))
    return problem, scheme, start, int(pick(rng, 1, 2, 3, 5 if problem.dimension < 3 else 3))


def exact_averages(problem, scheme, start, steps):
    """E of the averages of |g|^2, |g| and the alignment over w_1..w_K."""
    c, update = Fraction(scheme.smoothing), scheme.exact_law

    def alignment(g):
        s, t = np.abs(g).sum(axis=1), (g**2).sum(axis=1)
        weight = s + c * problem.dimension
        return np.array([Fraction(0) if not w else (x + c * y) / w for x, y, w in zip(t, s, weight, strict=True)])

    quantities = {
        "mean_square": lambda w: (problem.gradient(w) ** 2).sum(axis=1),
        "mean_norm": lambda w: np.sqrt((problem.gradient(w) ** 2).sum(axis=1).astype(float)),
        "mean_alignment": lambda w: alignment(problem.gradient(w)),
    }
    return {name: average_over_steps(problem, start, update, f, steps) for name, f in quantities.items()}


def as_trajectory(averages, steps):
    """Exact expectations in the place of one chain's averages; nothing is known of the best iterate."""
    columns = {name: np.array([[float(averages[name])]]) for name in QUANTITIES}
    nothing = np.zeros((1, 1))
    return Trajectory(np.array([steps]), **columns, best_norm=nothing, value=nothing, final=nothing)


def exact_excess(case):
    """How many valid bounds were compared, and those that the exact expectation exceeds."""
    problem, scheme, start, steps = case
    setup = Setup(problem.floating(), scheme)
    averages = exact_averages(problem, scheme, start, steps)
    parameters = parameters_of_run(setup, start.astype(float), steps)
    comparison = compare_with_bounds(as_trajectory(averages, steps), setup, parameters)
    checked = [
        (row.mean, judged)
        for row in comparison.rows
        for judged in row.bounds
        if judged.holds and judged.bound.quantity.endswith("/K") and row.quantity != "best-iterate"
    ]
    over = [(mean, j.bound.id, case) for mean, j in checked if mean > float(j.assessment.value) * (1 + 1e-9)]
    return len(checked), over


def simulated_case(rng):
    """A setup and the arguments of a run as the command would make them."""
    kind = pick(rng, *PROBLEMS)
    d = 1 if kind == "huber" else int(pick(rng, 1, 2, 4, 9, 30))
    L = pick(rng, Fraction(1, 8), Fraction(1), Fraction(17))
    chosen = scheme_class(pick(rng, "zim", "zim", "rounding", "rounding", "sgd", "greedy", "sign"))
    scheme = chosen.build(
        {
            "n": int(pick(rng, 1, 1, 2, 5, 20)),
            "r": pick(rng, 1.0, 0.5, 0.01),
            "c": float(L) * pick(rng, 0.0, 0.02, 0.3, 1.0, 10.0),
            "alpha": pick(rng, 0.02, 0.3, 0.9, 1.0, 1.5, 1.99) / float(L),
            "noise": pick(rng, 0.0, 0.5),
        }
    )
    run = {
        "steps": int(pick(rng, 3, 40, 500, 2000)),
        "chains": int(pick(rng, 2, 8)),
        "start": float(pick(rng, 0, 0.5, 3, 40)),
        "seed": int(rng.integers(1000)),
    }
    return Setup(build_problem(kind, d, L, run["seed"]), scheme), run


def simulated_excess(case):
    setup, run = case
    trajectory = run_trajectory(setup.problem, setup.scheme, **run, compiled=False)
    start = np.full(setup.problem.dimension, run["start"])
    comparison = compare_with_bounds(trajectory, setup, parameters_of_run(setup, start, run["steps"]))
    checked = sum(j.holds and j.bound.quantity.endswith("/K") for row in comparison.rows for j in row.bounds)
    return checked, [(row.mean, judged.bound.id, case) for row, judged in comparison.exceeded()]


def sweep(excess, case_of, seed, number):
    rng, checked = np.random.default_rng(seed), 0
    for _ in range(number):
        compared, over = excess(case_of(rng))
        assert not over, over
        checked += compared
    return checked


def test_no_exact_expectation_exceeds_a_valid_bound():
    assert sweep(exact_excess, exact_case, 1, 60) > 60


def test_no_simulated_mean_exceeds_a_valid_bound():
    assert sweep(simulated_excess, simulated_case, 2, 25) > 20


@pytest.mark.long
def test_no_exact_expectation_exceeds_a_valid_bound_in_thousands():
    assert sweep(exact_excess, exact_case, 3, 2000) > 2000


@pytest.mark.night
def test_no_simulated_mean_exceeds_a_valid_bound_in_thousands():
    assert sweep(simulated_excess, simulated_case, 4, 2000) > 1500


def test_a_bound_beyond_its_hypotheses_would_be_seen():
    """Rounding at a rate near 2/L, against the bound that it would have were its rate at most 1/L."""
    run = run_trajectory(half_integer(4), Rounding(1.99), steps=20_000, chains=40, start=8.0, seed=0, compiled=False)
    assert exceeds(run.mean_square[:, -1], 4 / 4 + 2 * 4 * 7.5**2 / 2 / (1.99 * 20_000))


def test_exceeding_is_judged_by_the_spread_of_the_chains():
    rng = np.random.default_rng(0)
    alarms = sum(exceeds(rng.exponential(size=16), 1.0) for _ in range(2000))
    assert alarms == 0
    assert exceeds(3 + 0.1 * rng.standard_normal(16), 2.0)
    assert not exceeds(np.array([5.0]), 1.0)  # one chain may lie anywhere above its expectation
    assert exceeds(np.array([2.0 / FALSE_ALARM]), 1.0)  # but not there
    assert exceeds(np.full(3, 1.001), 1.0)  # no spread at all: the expectation itself
    assert not exceeds(np.full(3, 1.0), 1.0)


def test_the_command_is_loud_about_it(monkeypatch, capsys):
    """With a bound planted a thousand times too small: standard error, the document, exit code 3."""
    import dataclasses
    import json

    from convbound.checks.cli import main
    from convbound.checks.simulation import simulate as simulation

    honest = simulation.assess_all
    small = lambda a: dataclasses.replace(a, value=a.value / 1000, worth="valid")  # noqa: E731
    monkeypatch.setattr(
        simulation, "assess_all", lambda p: [small(a) if a.bound.id == "zim-norm/K" else a for a in honest(p)]
    )
    arguments = ["simulate", "--d", "4", "--steps", "100"]
    for extra in ([], ["--json"]):
        with pytest.raises(SystemExit) as stop:
            main([*arguments, *extra])
        output = capsys.readouterr()
        assert stop.value.code == CONTRADICTION == 3
        assert "WARNING: the measured mean ‖g‖" in output.err
        assert "zim-norm/K" in output.err
        if extra:
            data = json.loads(output.out)
            assert "zim-norm/K" in data["warnings"][0]
            assert [b["id"] for q in data["quantities"] for b in q["bounds"] if b["exceeded"]] == ["zim-norm/K"]
        else:
            assert "EXCEEDED" in output.out

"""Engines against the definition: those that ship follow it, and each planted mistake is found and named.

A wrong verdict has probability at most 1e-9 a call.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import wrong_engines

from convbound.checks.evidence import engine_checks
from convbound.checks.evidence.engines import ENGINES, Engine, engine_evidence
from convbound.checks.evidence.references import binomial, state_law
from convbound.checks.evidence.states import coupled, law_of, nears
from convbound.checks.simulation.exact import average_over_steps
from convbound.checks.simulation.problems import diagonal
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import draws, one_update
from convbound.checks.simulation.schemes.rounding import Rounding, enumerate_rounding
from convbound.checks.simulation.schemes.zim import Zim, enumerate_update
from convbound.checks.simulation.trajectories import engines as shipped
from convbound.checks.simulation.trajectories.engines import has_numba
from convbound.checks.statistics import run_experiments
from shared import first

pytest.importorskip("scipy")


def judge(checks, seed=0):
    """The evidence on engines, by name, under one alpha."""
    flat = [experiment for check in checks for experiment in check.experiments]
    outcomes = iter(run_experiments(flat, seed=seed, alpha=1e-9, tolerance=0.02, budget=300.0))
    return {c.name: engine_evidence(c, [next(outcomes) for _ in c.experiments]) for c in checks}


@pytest.mark.long  # `test_every_engine_follows_the_definition` compares them, too
def test_engines_that_ship_follow_the_definition():
    found = judge(engine_checks())
    assert {name: e.verdict for name, e in found.items()} == dict.fromkeys(found, "supported")
    assert sum(e.alpha for e in found.values()) == pytest.approx(1e-9)
    expected = {"counts", "updates", "each", "prepared", "plain", "lockstep", "heap", "dense"}
    assert set(found) >= expected | ({"levels", "columns"} if has_numba() else set())


def zim_engine(advance):
    """A check of an engine for ZIM on separable problems."""
    return [c for c in engine_checks({"faulty": Engine("faulty", advance, (Zim,), "separable")}) if c.name == "faulty"]


@pytest.mark.parametrize("mistake", wrong_engines.ENGINES)
def test_a_wrong_engine_is_contradicted(mistake):
    (check,) = zim_engine(wrong_engines.ENGINES[mistake])
    # stop at the first experiment that finds it: together they take longer, and find it too
    verdicts = []
    for experiment in check.experiments:
        (outcome,) = run_experiments([experiment], alpha=1e-11, tolerance=0.02, budget=120.0)
        verdicts.append(outcome.verdict)
        if outcome.verdict == "contradicted":
            break
    assert verdicts[-1] == "contradicted"


@pytest.mark.parametrize("seed", first(1, range(3)))
def test_the_engine_with_the_stale_entry_is_contradicted(seed):
    (check,) = zim_engine(wrong_engines.advance_stale)
    hidden = [e for e in check.experiments if "2 steps" not in e.name and "constant" not in e.name]
    found = judge([replace(check, experiments=tuple(hidden))], seed)
    assert found["faulty"].verdict == "contradicted"
    assert "|g|^2" in found["faulty"].text


@pytest.mark.parametrize("mistake", wrong_engines.SAMPLERS)
def test_a_wrong_sampler_is_contradicted(mistake, monkeypatch):
    monkeypatch.setattr(draws, "draw_counts", wrong_engines.SAMPLERS[mistake])
    (check,) = [c for c in engine_checks({}) if c.name == "counts"]
    for experiment in check.experiments:  # the first that finds it: together they take longer, and find it too
        found = judge([replace(check, experiments=(experiment,))])["counts"]
        if found.verdict == "contradicted":
            break
    assert found.verdict == "contradicted"
    assert found.quantity in found.text
    if mistake == "n + 1":
        assert "impossible draw" in found.text


def test_a_sampler_that_is_right_stays_so_beside_a_wrong_one(monkeypatch):
    monkeypatch.setattr(draws, "draw_counts", wrong_engines.SAMPLERS["n - 1"])
    assert judge([c for c in engine_checks({}) if c.name == "each"])["each"].verdict == "supported"


@pytest.mark.parametrize("mistake", ["no smoothing", "the last of a block is never drawn"])
def test_a_wrong_sampler_for_training_is_contradicted(mistake, monkeypatch):
    right = one_update.UpdateSampler.hits

    def hits(self, gradient, rng):
        if mistake == "no smoothing":
            self.smoothing = 0.0
        where, signs = right(self, gradient, rng)
        if mistake == "the last of a block is never drawn" and gradient.size > 4:
            where = where - (where % 4 == 3)
        return where, signs

    monkeypatch.setattr(one_update.UpdateSampler, "hits", hits)
    found = judge([c for c in engine_checks({}) if c.name in ("prepared", "counts")])
    assert found["prepared"].verdict == "contradicted"
    assert "one update a gradient" in found["prepared"].text
    assert found["counts"].verdict == "supported"


def test_every_engine_that_a_run_can_be_given_is_checked():
    """The dispatch of trajectories names no function that the table does not know."""
    from convbound.checks.evidence.engines import engine_name
    from convbound.checks.simulation.schemes import scheme_classes

    assert set(ENGINES) == {e.name for e in shipped.ENGINES}
    problems = (diagonal([1.0, 1.0], [0.0, 0.5]), coupled())
    for problem in problems:
        for scheme in (kind() for kind in scheme_classes()):
            for compiled in (False, True):
                assert engine_name(problem, scheme, compiled) in ENGINES


def test_every_scheme_that_ships_is_drawn_by_some_check():
    from convbound.checks.evidence.engines import _experiments
    from convbound.checks.simulation.schemes import scheme_classes

    names = [experiment.name for experiment in _experiments(ENGINES["plain"])]
    missing = [kind.__name__ for kind in scheme_classes() if not any(f": {kind.__name__}" in name for name in names)]
    assert missing == []


def test_the_reference_is_the_exact_law():
    """One step in doubles against enumeration in rationals, ZIM and rounding; a stationary point with c = 0 rests."""
    g = [Fraction(1), Fraction(-1, 2), Fraction(0)]
    for scheme, exact in (
        (Zim(3, 0.75, 0.25), enumerate_update(g, 3, Fraction(3, 4), Fraction(1, 4))),
        (Zim(2, 0.75, 0.0), enumerate_update(g, 2, Fraction(3, 4), 0)),
        (Rounding(1.25), enumerate_rounding(g, Fraction(5, 4))),
    ):
        moves, chances = scheme.law_in_floats(np.array([[float(x) for x in g]]))
        found, known = {}, {}
        for move, p in zip(moves[0], chances[0], strict=True):
            found[tuple(move + 0.0)] = found.get(tuple(move + 0.0), 0.0) + p
        for move, p in zip(exact.outcomes, exact.probabilities(), strict=True):
            known[tuple(move + 0.0)] = known.get(tuple(move + 0.0), 0.0) + p
        for move in found.keys() | known.keys():
            assert found.get(move, 0.0) == pytest.approx(known.get(move, 0.0), abs=1e-14)
    _, chances = Zim(2, 0.5, 0.0).law_in_floats(np.zeros((1, 2)))
    assert chances.max() == 1.0


@pytest.mark.parametrize("exchangeable", [False, True])
def test_the_reference_mean_is_the_exact_mean(exchangeable):
    problem = diagonal(fractions([1, 1]), fractions([Fraction(1, 16)] * 2))

    def update(gradient):
        return enumerate_update(gradient, 2, Fraction(3, 4), Fraction(1, 8))

    start, steps = fractions([1, 1]), 5
    exact = average_over_steps(problem, start, update, lambda w: (problem.gradient(w) ** 2).sum(axis=1), steps)
    law = state_law(problem.floating(), Zim(2, 0.75, 0.125), np.ones(2), steps, exchangeable=exchangeable)
    assert law.mean_square == pytest.approx(float(exact), rel=1e-12)
    assert law.probabilities.sum() == pytest.approx(1, abs=1e-12)


def test_cells_have_the_probabilities_they_say():
    law = law_of(nears(60)[Zim, False][1])
    near = nears(60)[Zim, False][1]
    squares = (near.problem.gradient(law.states) ** 2).sum(axis=1)
    thresholds, shares = law.cells(squares, 6)
    cells = np.searchsorted(thresholds, squares)
    assert np.bincount(cells, weights=law.probabilities) == pytest.approx(shares)
    assert len(shares) >= 3
    assert binomial(7, 0.3).sum() == pytest.approx(1)
    assert binomial(3, 0.25)[1] == pytest.approx(float(3 * Fraction(1, 4) * Fraction(9, 16)))

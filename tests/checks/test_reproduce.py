"""Quantised training and the printed experiment: updates against the exact claims, outcomes, and the command."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convbound.checks.cli import main
from convbound.checks.experiments import task_one
from convbound.checks.experiments.outcome import IMPOSSIBLE, consistent, outcome
from convbound.checks.experiments.quantised import (
    ASkewSGD,
    BinaryConnect,
    DescentAscent,
    ProxQuant,
    StraightThrough,
    constraint,
    quantised,
)

eighths = st.integers(-16, 16).map(lambda k: Fraction(k, 8))  # exact as floats, sums and products too

kinds, tolerances = st.sampled_from(["psi", "phi"]), st.integers(1, 8).map(lambda k: Fraction(k, 8))


def exact_constraint(kind: str, w: Fraction, eps: Fraction) -> tuple[Fraction, Fraction]:
    """psi or phi and its slope for the levels -1 and 1, in rationals."""
    inner = abs(w) <= 1
    u = 1 - w * w if inner else abs(w) - 1
    slope = -2 * w if inner else Fraction((w > 0) - (w < 0))
    return (eps - u, -slope) if kind == "phi" else (eps - u * u, -2 * u * slope)


@given(kinds, eighths, tolerances)
def test_the_constraint_functions(kind: str, w: Fraction, eps: Fraction) -> None:
    value, slope = constraint(kind, np.array([[float(w)]]), float(eps))
    assert (Fraction(value[0, 0]), Fraction(slope[0, 0])) == exact_constraint(kind, w, eps)


@given(
    st.sampled_from(["psi", "phi"]), eighths, eighths, st.integers(1, 8).map(lambda k: Fraction(k, 8)), st.booleans()
)
def test_the_update_is_that_of_the_claims(kind: str, w: Fraction, g: Fraction, eps: Fraction, printed: bool) -> None:
    """psi' s = max(-psi' g, -α psi) where psi <= 0 (as printed: times sign(-psi)), s = -g elsewhere."""
    alpha = Fraction(1, 8)
    scheme = ASkewSGD(kind=kind, eps=float(eps), alpha=float(alpha), clip=1e9, printed_rule=printed)
    scheme.begin((1, 1))
    s = Fraction(scheme.direction(np.array([[float(w)]]), np.array([[float(g)]]))[0, 0])
    value, slope = exact_constraint(kind, w, eps)
    if value > 0:
        assert s == -g
    elif slope == 0:
        assert s == 0
    else:
        top = max(-slope * g, -alpha * value) * (value < 0 or not printed)
        assert abs(slope * s - top) <= Fraction(1, 10**12)  # one division is rounded


def test_a_push_is_clipped_and_a_gradient_is_not() -> None:
    scheme = ASkewSGD(kind="phi", eps=0.25, alpha=100.0, clip=1.0)
    scheme.begin((1, 2))
    found = scheme.direction(np.array([[0.5, 1.0]]), np.array([[0.0, -7.0]]))
    assert found.tolist() == [[1.0, 7.0]]


def test_the_tolerance_shrinks_epoch_by_epoch() -> None:
    scheme = ASkewSGD(eps=1.0, annealing=0.5)
    scheme.begin((1, 1))
    scheme.epoch(3)
    assert scheme.tolerance == 0.125


def test_binary_connect_draws_its_mean() -> None:
    """20 000 draws of mean 1/2: Hoeffding puts the chance to be 0.05 off below 1e-10."""
    w = np.full((1, 20_000), 0.5)
    drawn = BinaryConnect().used(w, np.random.default_rng(0))
    assert set(np.unique(drawn)) == {-1.0, 1.0}
    assert abs(drawn.mean() - 0.5) < 0.05


def test_a_masked_weight_never_moves_again() -> None:
    w = np.array([[1.5, 0.5]])
    assert StraightThrough().step(w, np.ones((1, 2)), 1.0).tolist() == [[1.5, -0.5]]


def test_descent_ascent_leaves_the_multiplier_within_its_cap() -> None:
    scheme = DescentAscent(eps=0.01, ascent=1e6, cap=3.0)
    scheme.begin((1, 1))
    scheme.step(np.array([[0.0]]), np.array([[0.0]]), 1.0)
    assert scheme.multiplier.tolist() == [[3.0]]


@given(eighths, st.integers(1, 8).map(lambda k: k / 8), eighths)
def test_prox_quant_minimises(z: Fraction, strength: float, rival: Fraction) -> None:
    """No rival has a smaller (x - z)²/2 + λ|x - q| for the nearest level q."""
    x = ProxQuant(strength=strength).step(np.array([[float(z)]]), np.zeros((1, 1)), 1.0)[0, 0]
    level = quantised(np.array([float(z)]))[0]

    def cost(y: float) -> float:
        return (y - float(z)) ** 2 / 2 + strength * abs(y - level)

    assert cost(x) <= cost(float(rival)) + 1e-12


def test_outcomes() -> None:
    near, far = outcome("STE", "l1", 1.0, [0.9, 1.1, 1.0]), outcome("STE", "l1", 2.0, [0.9, 1.1, 1.0])
    assert (near.verdict, far.verdict) == ("reproduced", "not reproduced")
    assert far.z == pytest.approx(10.0)
    assert consistent([near, far]) == {"l1": (1, 2)}


def test_a_number_is_impossible_by_a_theorem_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row, reading = next(iter(IMPOSSIBLE))
    assert outcome(row, reading, 0.4156, [0.1, 0.2]).verdict == "impossible for feasible weights"
    monkeypatch.setitem(IMPOSSIBLE, (row, reading), "askewsgd:no-such-claim")
    assert outcome(row, reading, 0.4156, [0.1, 0.2]).verdict == "not reproduced"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A miniature of the task."""
    monkeypatch.setattr(task_one, "SAMPLES", 40)
    monkeypatch.setattr(task_one, "BATCH", 20)
    monkeypatch.setattr(task_one, "EPOCHS", 2)


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as end:
        main(["reproduce", *map(str, arguments)])
    return int(end.value.code or 0)


@pytest.mark.usefixtures("small")
def test_the_command_writes_every_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "one.json"
    assert run("task-1", "--seeds", 3, "--json", record) == 0
    document = json.loads(record.read_text(encoding="utf-8"))
    assert document["complete"] and document["options"]["seeds"] == 3
    assert {len(values) for row in document["rows"].values() for values in row.values()} == {3}
    assert set(task_one.PRINTED) < set(document["rows"])
    assert "impossible for feasible weights" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_an_interrupted_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts, real = tmp_path / "whole.json", tmp_path / "parts.json", task_one.train
    assert run("task-1", "--seeds", 2, "--json", whole) == 0

    def stopped(scheme: Any, *rest: Any) -> Any:
        if scheme.name == "STE":
            raise KeyboardInterrupt
        return real(scheme, *rest)

    monkeypatch.setattr(task_one, "train", stopped)
    assert run("task-1", "--seeds", 2, "--json", parts) == 130
    partial = json.loads(parts.read_text(encoding="utf-8"))
    assert not partial["complete"] and list(partial["rows"]) == ["full precision", "BinaryConnect"]
    monkeypatch.setattr(task_one, "train", real)
    assert run("task-1", "--seeds", 2, "--json", parts, "--resume") == 0
    assert parts.read_bytes() == whole.read_bytes()
    assert run("task-1", "--seeds", 3, "--json", parts, "--resume") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("task-9",), "task-1"),
        (("task-1", "--seeds", "1"), "--seeds is a number of runs from 2"),
        (("task-1", "--cap", "nan"), "--cap is a positive number"),
        (("task-1", "--resume"), "--resume goes on with a file"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1

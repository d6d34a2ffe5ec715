"""`convbound simulate`: the table, the document, the figure, resuming, and bad input."""

import json

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks import simulation
from convbound.checks.cli import main
from convbound.checks.commands import simulate_command
from convbound.checks.problems import check_assumptions
from convbound.checks.trajectories.engines import has_numba

SMALL = ["--d", "9", "--steps", "200", "--chains", "3"]


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(["simulate", *arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


def test_a_table_against_the_bounds(capsys):
    code, out, _ = run(capsys, *SMALL, "--problem", "half-integer", "--c", "0.5")
    assert code == 0
    for word in (
        "measured",
        "zim-norm/K",
        "zim-printed-r1/K",
        "zim-best",
        "K → ∞",
        "lattice-minimum",
        "refuted",
        "valid",
    ):
        assert word in out


@pytest.mark.parametrize("scheme", simulation.SCHEMES)
def test_measured_numbers_keep_the_proved_bounds(scheme, capsys):
    """Bounds hold for expectations; these runs are far enough inside that three chains cannot break them by chance."""
    arguments = [*SMALL, "--scheme", scheme, "--problem", "half-integer", "--start", "4", "--json"]
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    document = json.loads(out)
    assert document["steps"][-1] == 200
    names = set()
    for quantity in document["quantities"]:
        for bound in quantity["bounds"]:
            names.add(bound["id"])
            if bound["worth"] == "minimum":  # the half-integer quadratic is where no lattice scheme does better
                assert quantity["mean"] >= bound["value"] * (1 - 1e-12)
            elif bound["verdict"] == "proved" and bound["id"].endswith("/K"):
                assert quantity["mean"] <= bound["value"] * (1 + 1e-12)
    owned = {"zim": "zim-norm/K", "rounding": "rounding/K", "sgd": "sgd/K", "greedy": "greedy/K"}
    assert owned.get(scheme) is None or owned[scheme] in names
    if scheme == "sgd":
        assert not any(name.startswith("lattice") for name in names)


@pytest.mark.parametrize("problem", simulation.PROBLEMS)
def test_every_problem_runs_and_keeps_its_constants(problem, capsys):
    dimension = "1" if problem == "huber" else "6"
    code, out, _ = run(capsys, "--problem", problem, "--d", dimension, "--steps", "50", "--chains", "2", "--L", "3")
    assert code == 0
    assert "measured" in out
    built = simulation.build_problem(problem, int(dimension), 3, 0)
    assert float(built.smoothness) == pytest.approx(3)
    assert check_assumptions(built, np.random.default_rng(1)).holds


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_figure(suffix, tmp_path, capsys):
    pytest.importorskip("matplotlib")
    path = tmp_path / f"run.{suffix}"
    assert run(capsys, *SMALL, "--figure", str(path))[0] == 0
    first = path.read_bytes()
    assert len(first) > 10_000
    run(capsys, *SMALL, "--figure", str(path))
    assert path.read_bytes() == first


def test_the_same_seed_and_a_checkpoint_give_the_same_document(tmp_path, capsys):
    path = tmp_path / "run.npz"
    once = run(capsys, *SMALL, "--json")[1]
    assert run(capsys, *SMALL, "--json", "--checkpoint", str(path))[1] == once
    assert path.exists()
    assert run(capsys, *SMALL, "--json", "--checkpoint", str(path))[1] == once
    assert run(capsys, *SMALL, "--json", "--seed", "1")[1] != once
    assert run(capsys, *SMALL, "--json", "--jobs", "2")[1] == once


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--d", "0"], "--d"),
        (["--L", "x"], "L must be a number"),
        (["--L", "-1"], "positive"),
        (["--r", "2"], "r must be"),
        (["--n", "0"], "n must be"),
        (["--seed", "-1"], "--seed"),
        (["--jobs", "0"], "--jobs"),
        (["--steps", "0"], "steps"),
        (["--figure", "x.gif"], "--figure"),
        (["--scheme", "adam"], "adam"),
        (["--problem", "huber", "--d", "2"], "one dimension"),
        (["--checkpoint", "/nowhere/run.npz"], "nowhere"),
    ],
)
def test_bad_input_is_one_sentence_and_code_two(arguments, word, capsys):
    code, out, err = run(capsys, "--steps", "20", "--chains", "1", "--d", "2", *arguments)
    assert code == 2
    assert word in err
    assert out == ""
    assert err.count("\n") == 1


def test_the_commands_choices_are_the_modules():
    assert simulate_command.PROBLEMS == simulation.PROBLEMS
    assert simulate_command.SCHEMES == simulation.SCHEMES


def test_unknown_names_are_refused():
    with pytest.raises(InputError):
        simulation.build_problem("cubic", 1, 1, 0)
    with pytest.raises(InputError):
        simulation.build_scheme("adam", n=1, r=1.0, c=1.0, alpha=1.0, noise=0.0)


@pytest.mark.skipif(not has_numba(), reason="needs numba")
def test_a_million_weights_are_ordinary(capsys):
    code, out, _ = run(capsys, "--d", "1000000", "--n", "8", "--steps", "2000", "--chains", "1", "--start", "0")
    assert code == 0
    assert "mean gradient norm" in out

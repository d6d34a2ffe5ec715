"""`convbound simulate`: the table, the document, the figure, resuming, and bad input."""

import hashlib
import json
from contextlib import contextmanager

import numpy as np
import pytest
from assumptions import check_assumptions

from convbound.bounds.errors import InputError
from convbound.checks.cli import main
from convbound.checks.commands import simulate_command
from convbound.checks.simulation import simulate as simulation
from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.schemes import scheme_class, scheme_classes, scheme_names
from convbound.checks.simulation.trajectories import engines
from convbound.checks.simulation.trajectories import run as trajectory_run
from convbound.checks.simulation.trajectories.engines import has_numba

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


@pytest.mark.parametrize("scheme", scheme_names())
def test_measured_numbers_keep_the_proved_bounds(scheme, capsys):
    """Bounds hold for expectations: averages over chains may lie above one by chance, by a few standard errors."""
    arguments = [*SMALL, "--chains", "16", "--scheme", scheme, "--problem", "half-integer", "--start", "4", "--json"]
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
                assert not bound["exceeded"]
                assert quantity["mean"] <= bound["value"] * (1 + 1e-12) + 5 * quantity["standard_error"]
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
        (["--d", "1.5"], "--d must be a whole number"),
        (["--d", "1e12"], "--d 1e+12"),
        (["--d", str(2**70)], "--d must be"),
        (["--d", "nan"], "--d must be finite"),
        (["--L", "x"], "--L must be a number"),
        (["--L", "-1"], "--L must be"),
        (["--L", "1e400"], "--L must be"),
        (["--L", "inf"], "--L must be finite"),
        (["--r", "2"], "--r must be"),
        (["--r", "1.0000001"], "--r must be above 0 and at most 1, not 1.0000001"),
        (["--r", "1e-400"], "--r must be"),
        (["--n", "0"], "--n must be"),
        (["--n", str(2**63)], "--n must be"),
        (["--n", "1e15"], "--n 1e+15 needs"),
        (["--c", "inf"], "--c must be finite"),
        (["--c", "-1"], "--c must be"),
        (["--c", "1e400"], "--c must be"),
        (["--alpha", "-1"], "--alpha must be"),
        (["--alpha", "0"], "--alpha must be"),
        (["--noise", "nan"], "--noise must be finite"),
        (["--spacing", "0"], "--spacing must be"),
        (["--spacing", "2", "--problem", "sawtooth"], "--spacing other than 1"),
        (["--start", "nan"], "--start must be finite"),
        (["--start", "inf"], "--start must be finite"),
        (["--start", "1e400"], "--start must lie"),
        (["--start", "1e300"], "--start must lie"),
        (["--start", "1e10", "--spacing", "1e-9"], "--start must lie"),
        (["--seed", "-1"], "--seed must be"),
        (["--jobs", "0"], "--jobs must be"),
        (["--jobs", "1e9"], "--jobs must be"),
        (["--steps", "0"], "--steps must be"),
        (["--steps", str(2**70)], "--steps must be"),
        (["--chains", "0"], "--chains must be"),
        (["--chains", "1e12"], "--chains 1e+12"),
        (["--problem", "dense", "--d", "1e6"], "--problem dense with --d 1000000 needs 40 TB"),
        (["--scheme", "sgd", "--alpha", "100", "--steps", "9999"], "diverges"),
        (["--figure", "x.gif"], "--figure"),
        (["--scheme", "adam"], "adam"),
        (["--problem", "cubic"], "--problem must be"),
        (["--problem", "huber", "--d", "2"], "one dimension"),
        (["--checkpoint", "/dev/null/run.npz"], "/dev/null"),
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
    assert scheme_names() == ("greedy", "rounding", "sgd", "sign", "sparse", "ternary", "zim")
    assert [scheme.name for scheme in scheme_classes()] == list(scheme_names())
    offered = {"n", "r", "c", "alpha", "noise"}
    assert all(set(scheme.letters.values()) <= offered for scheme in scheme_classes())
    assert set(OwnProblem.overrides) == offered


def rounded(thing):
    """The same document with twelve digits of each number: the last ones are the libraries' own."""
    if isinstance(thing, float):
        return float(f"{thing:.12g}")
    if isinstance(thing, dict):
        return {key: rounded(value) for key, value in thing.items()}
    return [rounded(value) for value in thing] if isinstance(thing, list) else thing


# Digests of what was run and measured, made before schemes had files of their own.
GOLDEN = {
    "numba --d 100 --n 4 --r 0.5": "cd308488dcc9dce7",
    "numba --n 30": "e0baf5cc80a142f1",
    "numba --scheme rounding --alpha 0.375": "e269c9ac845a9af1",
    "numba --problem sawtooth --c 0.5": "60b650b9ad82444b",
    "numpy --d 100": "07063a9e62c67a65",
    "numpy --scheme greedy --start 20": "147e653c7177d0c0",
    "numpy --scheme sgd --noise 1": "a777e156156027e1",
    "numpy --scheme sign --problem indefinite": "60665874731ddb8f",
    "numpy --scheme rounding --spacing 0.5": "d3b2f2af0d7f75af",
    "numpy --problem low-rank --n 3": "54853cb58c581f23",
}


@pytest.mark.parametrize("arguments", GOLDEN)
def test_the_same_seed_gives_the_same_numbers_as_ever(arguments, capsys, monkeypatch):
    compiled, options = arguments.split(" ", 1)
    if compiled == "numba":
        pytest.importorskip("numba")
    else:
        monkeypatch.setattr(engines, "has_numba", lambda: False)
        monkeypatch.setattr(trajectory_run, "has_numba", lambda: False)
    code, out, _ = run(capsys, "--json", "--chains", "3", "--steps", "60", "--d", "8", *options.split())
    found = json.loads(out)
    document = json.dumps(rounded({key: found[key] for key in ("run", "steps", "curves")}), sort_keys=True)
    assert code == 0
    assert hashlib.sha256(document.encode()).hexdigest()[:16] == GOLDEN[arguments]


def test_unknown_names_are_refused():
    with pytest.raises(InputError):
        simulation.build_problem("cubic", 1, 1, 0)
    with pytest.raises(InputError):
        scheme_class("adam")


def test_whole_numbers_may_be_written_with_an_exponent(capsys):
    code, out, _ = run(capsys, "--d", "1e1", "--steps", "1e2", "--chains", "2e0", "--seed", "1e3")
    assert code == 0
    assert "d = 10" in out
    assert "2 chains of 100 steps" in out


def test_an_interrupted_run_shows_what_it_has_and_goes_on(tmp_path, capsys, monkeypatch):
    path, arguments = tmp_path / "run.npz", ["--d", "3", "--steps", "64000", "--chains", "1", "--json"]
    whole = run(capsys, *arguments)[1]

    @contextmanager
    def interrupting(steps):
        def report(done, _):
            if done > steps // 2:
                raise KeyboardInterrupt

        yield report

    with monkeypatch.context() as patch:
        patch.setattr(simulate_command, "_progress", interrupting)
        code, out, err = run(capsys, *arguments[:-1], "--checkpoint", str(path))
    assert code == 130
    assert "(interrupted)" in out
    assert "mean gradient norm" in out
    assert err == f"convbound: interrupted after 32768 of 64000 steps; the same command goes on from {str(path)!r}.\n"
    assert run(capsys, *arguments, "--checkpoint", str(path))[1] == whole


def test_the_table_comes_before_a_figure_that_fails(tmp_path, capsys, monkeypatch):
    pytest.importorskip("matplotlib")
    from convbound.checks.simulation import figure as simulation_figure

    def fail(*_):
        raise RuntimeError("no fonts")

    monkeypatch.setattr(simulation_figure, "draw_simulation", fail)
    code, out, err = run(capsys, *SMALL, "--figure", str(tmp_path / "x.png"))
    assert code == 2
    assert "mean gradient norm" in out
    assert "no fonts" in err
    assert err.count("\n") == 1


def test_the_lattices_minimum_is_called_what_it_is(capsys):
    out = " ".join(run(capsys, *SMALL)[1].split())
    assert "a worst case over all F" in out
    assert "none guarantees less" not in out


def test_titles_use_the_letters_of_the_options(capsys):
    out = run(capsys, *SMALL, "--n", "2", "--r", "0.5", "--c", "3")[1]
    assert "ZIM (n = 2, r = 0.5, c = 3) on quadratic, d = 9, L = 1" in out
    assert "alpha = 0.25" in run(capsys, *SMALL, "--scheme", "rounding", "--alpha", "0.25")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--scheme", "greedy", "--problem", "half-integer"], "at rest since step"),
        (["--scheme", "sgd", "--problem", "half-integer", "--steps", "2000"], "converged: ‖g‖ is zero"),
        (["--scheme", "sgd", "--problem", "half-integer", "--alpha", "0.01"], "still descending"),
        (["--scheme", "rounding", "--problem", "half-integer", "--steps", "4000"], "stuck since about step"),
        (["--scheme", "rounding", "--alpha", "3", "--steps", "40"], "rising"),
        (["--problem", "half-integer", "--chains", "1", "--steps", "4000", "--c", "0.1"], "stuck since about step"),
    ],
)
def test_the_first_line_says_what_became_of_the_run(arguments, sentence, capsys):
    out = run(capsys, *SMALL, *arguments)[1]
    assert sentence in out.splitlines()[1]


def test_stuck_is_dated_from_the_end_of_the_descent(capsys):
    """d = 9 from 8: some 68 unit moves downwards, one a step; then the corners, where every step is alike."""
    data = json.loads(
        run(capsys, "--d", "9", "--steps", "3000", "--problem", "half-integer", "--c", "0.1", "--json")[1]
    )
    assert data["answers"]["state"] == "stuck"
    assert 50 <= data["answers"]["since"] <= 200
    assert data["answers"]["mean_norm"]["mean"] == pytest.approx(1.5, rel=0.02)
    assert data["answers"]["last_norm"]["mean"] >= 1.5
    assert data["format"] == "convbound-simulation/1"
    assert data["warnings"] == []


def test_a_spacing_scales_the_bounds(capsys):
    """T6: the minimum is d (spacing L)^2 / 4, and the run's numbers are those of the lattice that was asked for."""
    arguments = [*SMALL, "--problem", "half-integer", "--start", "8", "--json"]
    coarse = json.loads(run(capsys, *arguments, "--spacing", "2")[1])
    minimum = next(b for q in coarse["quantities"] for b in q["bounds"] if b["id"] == "lattice-minimum:mean-square/K")
    assert minimum["value"] == 9 * 4 / 4
    assert coarse["curves"]["value"][-1] >= 9 / 8
    assert "spacing = 2" in coarse["run"]


def test_coinciding_bounds_share_a_line_and_others_have_styles_of_their_own(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    from convbound.checks.simulation import figure as simulation_figure
    from convbound.checks.simulation.schemes.zim import Zim
    from convbound.checks.simulation.simulate import Setup, compare_with_bounds, parameters_of_run
    from convbound.checks.simulation.trajectories import run_trajectory

    figures = []
    monkeypatch.setattr(simulation_figure, "save_figure", lambda figure, path: figures.append(figure))
    setup, start = Setup(simulation.build_problem("quadratic", 9, 1, 0), Zim(1, 1.0, 0.5)), np.full(9, 8.0)
    trajectory = run_trajectory(setup.problem, setup.scheme, steps=100, chains=2, start=start)
    parameters = parameters_of_run(setup, start, 100)
    comparison = compare_with_bounds(trajectory, setup, parameters)
    simulation_figure.draw_simulation(trajectory, comparison.rows, parameters, "title", tmp_path / "x.png")
    lines = figures[0].axes[0].get_lines()
    looks = [(line.get_color(), str(line.get_linestyle()), line._unscaled_dash_pattern) for line in lines]
    assert len(set(map(str, looks))) == len(looks)
    labels = [line.get_label() for line in lines]
    assert any("zim-printed-r1" in label and "zim-printed-r2" in label for label in labels)  # equal at L = 1
    assert any("no floor for this F" in label for label in labels)


@pytest.mark.skipif(not has_numba(), reason="needs numba")
def test_a_million_weights_are_ordinary(capsys):
    code, out, _ = run(capsys, "--d", "1000000", "--n", "8", "--steps", "2000", "--chains", "1", "--start", "0")
    assert code == 0
    assert "mean gradient norm" in out

"""Trajectories: every engine follows the exact law, records what it says, and resumes to the same numbers.

Random comparisons use confidence sequences or Hoeffding's bound with an error of 1e-9 a test.
"""

import math
import os
import pickle
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from convbound.bounds.errors import InputError
from convbound.checks.executors import open_executor
from convbound.checks.simulation.exact import average_over_steps
from convbound.checks.simulation.problems import (
    Quadratic,
    Separable,
    dense_rational,
    dense_spectrum,
    diagonal,
    half_integer,
    huber,
    indefinite,
    indefinite_dense,
    low_rank,
    sawtooth,
)
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.greedy import Greedy
from convbound.checks.simulation.schemes.rounding import Rounding, enumerate_rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.zim import Zim, enumerate_update
from convbound.checks.simulation.trajectories import run_trajectory
from convbound.checks.simulation.trajectories.engines import ENGINES, choose, has_numba, named
from convbound.checks.simulation.trajectories.numba_cache import kernels
from convbound.checks.simulation.trajectories.state import BrokenStateError, Group
from shared import pairs

BOTH = [pytest.param(True, marks=pytest.mark.skipif(not has_numba(), reason="needs numba")), False]
DYADIC = diagonal(fractions([1, Fraction(1, 2), 2]), fractions([Fraction(1, 4), Fraction(1, 2), Fraction(3, 8)]))


def exact_average(problem, start, update, steps):
    """E of the average of |g|_2^2 over w_1 .. w_K, exactly, and the largest |g|_2^2 that K steps can meet."""
    seen = []

    def squares(points):
        seen.extend((problem.gradient(points) ** 2).sum(axis=1))
        return seen[-len(points) :]

    return float(average_over_steps(problem, start, update, squares, steps)), float(max(seen))


SCHEMES = {
    "zim": (Zim(2, 0.75, 0.5), lambda g: enumerate_update(g, 2, Fraction(3, 4), Fraction(1, 2))),
    "one draw, no smoothing": (Zim(1, 1.0, 0.0), lambda g: enumerate_update(g, 1, 1, 0)),
    "rounding": (Rounding(0.25), lambda g: enumerate_rounding(g, Fraction(1, 4))),
    "rounding, long steps": (Rounding(1.25), lambda g: enumerate_rounding(g, Fraction(5, 4))),
}
PROBLEMS = {
    "diagonal": (DYADIC, [2, -1, 1]),
    "indefinite": (indefinite(fractions([1, -1]), fractions([Fraction(1, 4), Fraction(1, 4)]), 2), [1, 0]),
    "dense": (dense_rational([2, 1], [Fraction(1, 4), 0], [[1, 1]]), [2, 1]),
    "rotated": (indefinite_dense([1, -1], [Fraction(1, 4), 0], 1, [[1, 2]]), [1, 1]),
    "low rank": (low_rank(Fraction(1, 4), fractions([1, Fraction(1, 2)]), fractions([Fraction(1, 4)] * 3)), [1, 0, 1]),
}


@pytest.mark.parametrize("compiled", BOTH)
@pytest.mark.parametrize(("scheme", "problem"), pairs(SCHEMES, PROBLEMS))
def test_every_engine_follows_the_exact_chain(problem, scheme, compiled):
    """The mean of |g|^2 over four steps: the average over chains against the exact value, Hoeffding at 1e-9."""
    exact_problem, start = PROBLEMS[problem]
    rule, update = SCHEMES[scheme]
    chains, steps = 6000, 4
    expected, largest = exact_average(exact_problem, start, update, steps)
    run = run_trajectory(exact_problem, rule, steps=steps, chains=chains, start=start, seed=11, compiled=compiled)
    allowed = largest * math.sqrt(math.log(2e9) / (2 * chains))
    assert abs(run.mean_square[:, -1].mean() - expected) <= allowed
    assert allowed < 0.05 * largest


@pytest.mark.parametrize("compiled", BOTH)
@pytest.mark.parametrize("scheme", [Zim(3, 0.5, 1.0), Rounding(0.5)])
def test_records_are_those_of_the_path(scheme, compiled):
    """One chain, recorded after every step, so that the path can be followed from the values."""
    run = run_trajectory(DYADIC, scheme, steps=30, checkpoints=range(1, 31), seed=2, compiled=compiled, start=[9, 9, 9])
    problem = DYADIC.floating()
    squares = np.diff(run.mean_square[0] * run.steps, prepend=0)
    norms = np.diff(run.mean_norm[0] * run.steps, prepend=0)
    np.testing.assert_allclose(norms**2, squares, rtol=1e-9)
    np.testing.assert_allclose(run.best_norm[0], np.minimum.accumulate(norms), rtol=1e-9)
    first = problem.gradient(np.array([9.0, 9, 9]))
    assert run.best_norm[0, 0] == math.sqrt((first**2).sum())
    c = scheme.smoothing if isinstance(scheme, Zim) else 0
    s = abs(first).sum()
    assert run.mean_alignment[0, 0] == pytest.approx(((first**2).sum() + c * s) / (s + 3 * c))
    assert run.value[0, -1] == problem.value(run.final[0])
    assert np.array_equal(run.final, run.final.round())


def walk_of(name, problem, scheme, start=0.0, seed=3, chains=1):
    """An engine at work on chains that start at one point."""
    group = Group.start(np.full((chains, problem.dimension), float(start)), stream(seed))
    return named(name).walk(problem, scheme, group)


@pytest.mark.skipif(not has_numba(), reason="needs numba")
@pytest.mark.parametrize(("old", "new"), [(1, 3), (3, 1), (1, 9), (9, 1)])
def test_a_move_across_an_empty_bucket_keeps_every_coordinate(old, new):
    levels = kernels("levels")
    records, place = np.zeros((3, 4)), np.arange(3, dtype=np.int32)
    records[:, levels.WHO] = np.arange(3)
    start = np.zeros(levels.BUCKETS + 1, dtype=np.int64)
    start[old + 1 :] = 3  # all three coordinates are in one bucket
    levels.shift(0, old, new, records, place, start)
    assert sorted(records[:, levels.WHO]) == [0, 1, 2]
    assert np.array_equal(records[place, levels.WHO], [0, 1, 2])
    assert start[new] <= place[0] < start[new + 1]


@pytest.mark.skipif(not has_numba(), reason="needs numba")
def test_a_broken_state_ends_with_an_error():
    """A doubled coordinate of weight zero in a bucket of positive bound: no candidate is ever accepted."""
    walk = walk_of("levels", diagonal([1.0, 1.0], [0.0, 0.0]), Zim(1, 1.0, 0.0), 4)
    records = walk.chains[0][0]
    records[:, 0] = 0.0
    with pytest.raises(RuntimeError, match="no candidate"):
        walk.advance(1)
    with pytest.raises(BrokenStateError, match="bucket"):
        walk.check()


@pytest.mark.skipif(not has_numba(), reason="needs numba")
@pytest.mark.parametrize("scheme", [Zim(8, 0.5, 1.0), Zim(3, 1.0, 0.0), Rounding(0.25), Rounding(0.75)])
def test_no_drift_on_dyadic_data(scheme):
    rng = np.random.default_rng(3)
    problem = diagonal(rng.integers(1, 9, 200) / 8, rng.integers(-64, 64, 200) / 8)
    walk = walk_of("levels", problem, scheme)
    walk.advance(100_000)
    walk.check()
    exact, w = problem.rational(), fractions(walk.group.w[0])
    gradient = exact.gradient(w)
    absolute, square, value = (sum(map(Fraction, pair)) for pair in walk.group.carried["running"][0])
    assert absolute == abs(gradient).sum()
    assert square == (gradient**2).sum()
    assert value == Fraction(walk.values()[0]) == exact.value(w)


@pytest.mark.parametrize(
    ("name", "start"),
    [("levels", 0), ("levels", 1e6), pytest.param("lockstep", 0, marks=pytest.mark.long), ("lockstep", 1e6)],
)
def test_little_drift_on_any_data(name, start):
    """From a start at which |g|^2 is 10^12 times what it is at the end."""
    if named(name).compiled and not has_numba():
        pytest.skip("needs numba")
    rng = np.random.default_rng(4)
    d, steps, trials = (3, 40_000, 300) if start else (200, 20_000, 8)
    problem = diagonal(rng.uniform(0.1, 1, d), rng.normal(size=d) * 5)
    walk = walk_of(name, problem, Zim(trials, 0.5, 1.0), start)
    walk.advance(steps)
    walk.settle()
    gradient = problem.gradient(walk.group.w[0])
    assert math.fsum(gradient**2) < 1e6
    running = walk.running[:, :, 0] if name == "lockstep" else walk.chains[0][-1]
    assert running[0].sum() == pytest.approx(math.fsum(abs(gradient)), rel=1e-14)
    assert running[1].sum() == pytest.approx(math.fsum(gradient**2), rel=1e-13)


@pytest.mark.parametrize("name", ["columns", "dense"])
def test_the_dense_gradient_keeps_its_digits_on_the_way_down(name):
    if named(name).compiled and not has_numba():
        pytest.skip("needs numba")
    problem = dense_spectrum(np.linspace(0.1, 1, 8), np.linspace(-3, 3, 8), np.random.default_rng(5))
    walk = walk_of(name, problem, Zim(64, 1.0, 1.0), 1e5)
    for _ in range(12):
        walk.advance(1000)
        walk.check()
        true = problem.gradient(walk.group.w[0])
        assert np.linalg.norm(walk.gradient[0] - true) <= 1e-13 * np.linalg.norm(true)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_walk_that_is_saved_goes_on_to_the_same_numbers(engine):
    if engine.compiled and not has_numba():
        pytest.skip("needs numba")
    rng = np.random.default_rng(6)
    separable = diagonal(rng.uniform(0.1, 1, 6), rng.normal(size=6))
    dense = dense_spectrum(np.linspace(0.1, 1, 6), rng.normal(size=6), rng)
    for problem in (separable, dense):
        for scheme in (Zim(3, 0.5, 0.0), Zim(9, 1.0, 2.0), Rounding(0.25), Greedy()):
            if not engine.takes(problem, scheme):
                continue
            whole, parts = (Group.start(np.full((2, 6), 9.0), stream(8)) for _ in range(2))
            walk = engine.walk(problem, scheme, whole)
            for _ in range(5):
                walk.advance(60)
                parts = pickle.loads(pickle.dumps(parts))
                part = engine.walk(problem, scheme, parts)
                part.advance(60)
                part.settle()
            walk.check()
            assert np.array_equal(whole.w, parts.w)
            assert np.array_equal(whole.sums, parts.sums)
            assert np.array_equal(walk.values(), part.values())


@pytest.mark.skipif(not has_numba(), reason="needs numba")
def test_a_saved_order_that_is_none_is_refused():
    walk = walk_of("levels", DYADIC.floating(), Zim(1, 1.0, 1.0), 9)
    walk.settle()
    for broken in ([0, 0, 2], [0, 1, 7]):
        walk.group.carried["order"][0] = broken
        with pytest.raises(InputError, match="saved state"):
            named("levels").walk(DYADIC.floating(), Zim(1, 1.0, 1.0), walk.group)


@pytest.mark.parametrize("compiled", BOTH)
def test_dense_gradient_does_not_drift(compiled):
    """The carried gradient decides the recorded norm: its last value against one computed from w."""
    problem = dense_spectrum(np.linspace(0.1, 1, 20), np.linspace(-3, 3, 20), np.random.default_rng(5))
    run = run_trajectory(problem, Zim(2, 1.0, 1.0), steps=5001, checkpoints=[5000, 5001], seed=5, compiled=compiled)
    last = run.mean_square[0, 1] * 5001 - run.mean_square[0, 0] * 5000
    before = run_trajectory(problem, Zim(2, 1.0, 1.0), steps=5000, checkpoints=[5000], seed=5, compiled=compiled)
    assert last == pytest.approx((problem.gradient(before.final[0]) ** 2).sum(), rel=1e-8)


def test_deterministic_schemes():
    problem = half_integer(4)
    sign = run_trajectory(problem, SignDescent(), steps=9, start=[5, 5, -5, 5])
    assert np.array_equal(sign.final, [[0, 0, 0, 0]])  # five steps to the middle, then to and fro
    assert sign.best_norm[0, -1] == 1.0
    smooth = run_trajectory(problem, Sgd(0.5), steps=40, start=[5, 5, -5, 5])
    assert smooth.best_norm[0, -1] < 1e-9
    greedy = run_trajectory(problem, Greedy(), steps=40, start=[5, 5, -5, 5])
    assert greedy.best_norm[0, -1] == 1.0  # sqrt(d) L / 2, the lattice's minimum
    # T2: at most Delta / epsilon moves; here every start is reached by 4 + 4 + 5 + 4 moves
    assert np.array_equal(greedy.final, run_trajectory(problem, Greedy(), steps=18, start=[5, 5, -5, 5]).final)


def test_sgd_noise_has_its_size():
    problem = Separable(np.zeros(1000), np.zeros(1000))
    run = run_trajectory(problem, Sgd(0.5, noise=2.0), steps=1, chains=50, seed=6)
    deviation = run.final.std()
    assert abs(deviation - 1) < norm.isf(5e-10) / math.sqrt(2 * 49_000)


@pytest.mark.parametrize("compiled", BOTH)
@pytest.mark.parametrize("problem", [sawtooth(2), huber(3, Fraction(1, 2))])
def test_profiles_in_the_compiled_engine(problem, compiled):
    """On the sawtooth ZIM walks left whatever the gradient; on Huber's tail the gradient is constant."""
    start = [1000]
    run = run_trajectory(problem, Zim(3, 1.0, 1.0), steps=50, start=start, compiled=compiled)
    assert run.final[0, 0] == 1000 - 150
    exact = problem.rational() if problem.curvature.dtype != object else problem
    path = fractions(1000 - 3 * np.arange(50)[:, None])
    squares = (exact.gradient(path) ** 2).sum(axis=1)
    assert run.mean_square[0, -1] == pytest.approx(float(sum(squares) / 50), rel=1e-12)


@pytest.mark.parametrize("compiled", BOTH)
def test_an_interrupted_run_resumes_to_the_same_numbers(compiled, tmp_path):
    arguments = {"steps": 400, "chains": 20, "seed": 7, "compiled": compiled, "start": [9, 9, 9]}
    whole = run_trajectory(DYADIC, Zim(2, 0.5, 1.0), **arguments)
    path = tmp_path / "run.npz"

    class StopError(Exception):
        pass

    def stop(done, _):
        if done >= 100:
            raise StopError

    with pytest.raises(StopError):
        run_trajectory(DYADIC, Zim(2, 0.5, 1.0), **arguments, resume=path, progress=stop)
    assert path.exists()
    seen = []
    resumed = run_trajectory(
        DYADIC, Zim(2, 0.5, 1.0), **arguments, resume=path, progress=lambda done, of: seen.append(done)
    )
    assert seen[0] >= 100
    for name in ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value", "final"):
        assert np.array_equal(getattr(whole, name), getattr(resumed, name)), name
    with pytest.raises(InputError, match="another run"):
        run_trajectory(DYADIC, Zim(2, 0.25, 1.0), **arguments, resume=path)
    path.write_text("not a checkpoint")
    with pytest.raises(InputError, match="not a checkpoint"):
        run_trajectory(DYADIC, Zim(2, 0.5, 1.0), **arguments, resume=path)


def test_numbers_do_not_depend_on_the_executor():
    arguments = {"steps": 100, "chains": 40, "seed": 8, "start": [9, 9, 9]}
    serial = run_trajectory(DYADIC, Zim(2, 0.5, 1.0), **arguments)
    with open_executor(jobs=2) as pool:
        parallel = run_trajectory(DYADIC, Zim(2, 0.5, 1.0), **arguments, executor=pool)
    assert np.array_equal(serial.mean_norm, parallel.mean_norm)
    assert np.array_equal(serial.final, parallel.final)


def test_zero_gradient_without_smoothing_stays():
    problem = diagonal([1.0, 1.0], [0.0, 0.0])
    for compiled in (False, has_numba()):
        run = run_trajectory(problem, Zim(2, 1.0, 0.0), steps=50, start=[3, 0], compiled=compiled)
        assert np.array_equal(run.final, [[0, 0]]) or np.abs(run.final[0, 0]) <= 1
        assert run.final[0, 1] == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: Zim(0),
        lambda: Zim(1, 0.0),
        lambda: Zim(1, 0.5, -1.0),
        lambda: Rounding(0.0),
        lambda: Sgd(-1.0),
        lambda: Sgd(1.0, -1.0),
        lambda: run_trajectory(DYADIC, Zim(), steps=0),
        lambda: run_trajectory(DYADIC, Zim(), steps=5, checkpoints=[9]),
        lambda: run_trajectory(DYADIC, Zim(), steps=5, start=[1, 2]),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(InputError):
        call()


def test_the_fastest_engine_is_chosen():
    dense, separable = Quadratic(np.eye(2), np.zeros(2), 1.0), diagonal(np.ones(20), np.zeros(20))
    wanted = [
        (dense, Zim(), True, "columns"),
        (dense, Zim(), False, "dense"),
        (dense, Rounding(), True, "dense"),
        (separable, Zim(), True, "levels"),
        (separable, Zim(20), True, "sweep"),
        (separable, Rounding(), True, "levels"),
        (separable, Zim(), False, "lockstep"),
        (separable, Zim(20), False, "plain"),
        (separable, Greedy(), True, "heap"),
        (separable, SignDescent(), True, "plain"),
    ]
    for problem, scheme, compiled, name in wanted:
        if has_numba() or not compiled:
            assert choose(problem, scheme, compiled).name == name
    with pytest.raises(InputError, match="choose own, levels, sweep"):
        named("fast")


@pytest.mark.skipif(not has_numba(), reason="needs numba")
@pytest.mark.long  # compiles everything anew
def test_where_numba_may_write_nothing_a_run_goes_on(tmp_path):
    """A read-only installation and no cache folder: machine code goes to a temporary folder, and that is said."""
    sources = next(folder for folder in sys.path if (Path(folder) / "convbound").is_dir())
    # numba asks whether it can make a file beside the source or in the user's cache
    script = (
        "import tempfile; true = tempfile.TemporaryFile\n"
        "def refuse(*args, **kwargs):\n"
        "    if 'convbound-numba-' not in str(kwargs.get('dir', '')): raise OSError('read-only')\n"
        "    return true(*args, **kwargs)\n"
        "tempfile.TemporaryFile = refuse\n"
        "import numpy as np\n"
        "from convbound.checks.simulation.trajectories import run_trajectory\n"
        "from convbound.checks.simulation.schemes.zim import Zim\n"
        "from convbound.checks.simulation.problems import diagonal\n"
        "run = run_trajectory(diagonal(np.ones(40), np.zeros(40)), Zim(), steps=10, start=8)\n"
        "print(run.best_norm.shape)"
    )
    environment = {**os.environ, "PYTHONPATH": sources, "TMPDIR": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(1, ")
    assert done.stderr.count("kept for this run only") == 1
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())

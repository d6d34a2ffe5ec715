"""Runs that stop and go on: extended, interrupted, damaged files, and what tells one run from another."""

import itertools
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.simulation.problems import dense_spectrum, diagonal, indefinite
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import run_trajectory
from convbound.checks.simulation.trajectories.engines import has_numba
from convbound.checks.simulation.trajectories.resume import fingerprint
from convbound.checks.simulation.trajectories.run import RunInterrupted, cuts

PROBLEM = diagonal([1.0, 0.5, 2.0], [0.25, 0.5, 0.375])
RUN = {"chains": 5, "seed": 3, "start": [9.0, 9, 9]}
NAMES = ("steps", "mean_norm", "mean_square", "mean_alignment", "best_norm", "value", "final")
BOTH = [False, pytest.param(True, marks=pytest.mark.skipif(not has_numba(), reason="needs numba"))]


def assert_same(one, other):
    for name in NAMES:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@given(st.integers(1, 2**53), st.integers(0, 30), st.floats(0, 1))
def test_a_longer_run_is_cut_where_a_shorter_one_is(steps, power, part):
    longest = 1 << power
    shorter = max(1, int(steps * part))
    long, short = cuts(steps, longest), cuts(shorter, longest)
    assert long[: len(short)] == short
    assert all(a < b for a, b in itertools.pairwise(long))
    assert 1 << (steps.bit_length() - 1) in long
    assert all(b - a <= max(longest, a >> 8) for a, b in itertools.pairwise(long))


@pytest.mark.parametrize("compiled", BOTH)
@pytest.mark.parametrize(
    ("problem", "scheme"),
    [
        (PROBLEM, Zim(2, 0.5, 1.0)),
        (PROBLEM, Rounding(0.25)),
        (PROBLEM, Sgd(0.1, 0.5)),
        (dense_spectrum([1.0, 0.5, 2.0], [0.25, 0.5, 0.375], np.random.default_rng(0)), Zim(2, 0.5, 1.0)),
    ],
)
def test_a_finished_run_is_extended_to_the_numbers_of_a_long_one(problem, scheme, compiled, tmp_path):
    path = tmp_path / "run.npz"
    for steps in (1, 7, 100, 100, 700, 1025):
        extended = run_trajectory(problem, scheme, steps=steps, resume=path, compiled=compiled, **RUN)
        assert_same(extended, run_trajectory(problem, scheme, steps=steps, compiled=compiled, **RUN))
    with pytest.raises(InputError, match="has done 1024 steps already"):
        run_trajectory(problem, scheme, steps=10, resume=path, compiled=compiled, **RUN)


def test_a_damaged_file_is_refused_or_harmless(tmp_path):
    path = tmp_path / "run.npz"
    whole = run_trajectory(PROBLEM, Zim(), steps=50, resume=path, compiled=False, **RUN)
    data, rng, refused = path.read_bytes(), random.Random(1), 0
    for trial in range(150):
        damaged = bytearray(data)
        if trial % 3:
            damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        else:
            del damaged[rng.randrange(len(data)) :]
        path.write_bytes(damaged)
        try:
            assert_same(run_trajectory(PROBLEM, Zim(), steps=50, resume=path, compiled=False, **RUN), whole)
        except InputError as problem:
            refused += 1
            assert "remove it" in str(problem) or "another" in str(problem)
            assert "pickle" not in str(problem)
    assert refused > 100  # the rest fell on bytes that carry nothing


@pytest.mark.parametrize("compiled", BOTH)
def test_ctrl_c_keeps_what_is_done(compiled, tmp_path):
    path = tmp_path / "run.npz"
    early, steps = (30_000, 100_000) if compiled else (300, 1000)

    def interrupt(done, _):
        if done > early:
            raise KeyboardInterrupt

    arguments = {"steps": steps, "compiled": compiled, **RUN, "chains": 1}
    whole = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **arguments)
    with pytest.raises(RunInterrupted) as stopped:
        run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **arguments, resume=path, progress=interrupt)
    partial = stopped.value.trajectory
    reached = len(partial.steps)
    assert early < partial.steps[-1] < steps
    assert np.array_equal(partial.mean_norm, whole.mean_norm[:, :reached])
    assert_same(run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **arguments, resume=path), whole)


def test_a_run_that_diverges_says_so():
    with pytest.raises(InputError, match="diverges"):
        run_trajectory(PROBLEM, Sgd(10.0), steps=5000, **RUN)


class Plain:
    """No dataclass, and its repr is its address."""

    def __init__(self, scale, extra=None):
        self.scale, self.extra = scale, extra
        self.matrix = np.arange(4.0) * scale


@dataclass
class Hidden:
    value: int

    def __repr__(self):
        return "Hidden()"


def powers(k):
    return lambda x: x**k + k


DIFFERENT = [
    1,
    1.0,
    True,
    "1",
    None,
    Fraction(1, 2),
    [1, 2],
    (1, 2),
    [[1], 2],
    {"a": 1},
    {"a": 2},
    {1},
    np.arange(3),
    np.arange(3.0),
    np.arange(6.0).reshape(2, 3),
    np.arange(6.0).reshape(3, 2),
    np.array([Fraction(1, 3)], dtype=object),
    Plain(1),
    Plain(2),
    Plain(1, [3]),
    Hidden(1),
    Hidden(2),
    powers(2),
    powers(3),
    PROBLEM,
    diagonal([1.0, 0.5, 2.0], [0.25, 0.5, 0.376]),
    indefinite([1.0, -0.5], [0.0, 0.0], 2.0),
    Zim(1),
    Rounding(1),
]


def test_fingerprints_are_of_the_content():
    digests = [fingerprint(part) for part in DIFFERENT]
    assert len(set(digests)) == len(digests)
    assert fingerprint(Plain(1)) == fingerprint(Plain(1))
    assert fingerprint(Hidden(1)) == fingerprint(Hidden(1))
    assert fingerprint(powers(2)) == fingerprint(powers(2))
    circular: list = [1]
    circular.append(circular)
    assert fingerprint(circular) != fingerprint([1])
    with pytest.raises(InputError, match="cannot be told"):
        fingerprint(iter([1]))


def test_fingerprints_are_the_same_in_every_process():
    program = (
        f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r}); import test_resume as t;"
        "from convbound.checks.simulation.trajectories.resume import fingerprint; print(fingerprint(t.DIFFERENT))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


KILLED = """
import os, signal
from convbound.checks.simulation.trajectories import run_trajectory, run
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.problems import diagonal

run.SAVE_SECONDS = 0
def stop(done, of):
    if done > 300:
        os.kill(os.getpid(), signal.SIGKILL)
run_trajectory(diagonal([1.0, 0.5, 2.0], [0.25, 0.5, 0.375]), Zim(), steps=1000, chains=5, seed=3,
    start=[9.0, 9, 9], resume=__import__("pathlib").Path({!r}), compiled=False, progress=stop)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_killed_run_goes_on(tmp_path):
    path = tmp_path / "run.npz"
    assert subprocess.run([sys.executable, "-c", KILLED.format(str(path))], timeout=120).returncode == -9
    seen = []
    resumed = run_trajectory(
        PROBLEM, Zim(), steps=1000, resume=path, compiled=False, progress=lambda k, _: seen.append(k), **RUN
    )
    assert seen[0] > 100
    assert_same(resumed, run_trajectory(PROBLEM, Zim(), steps=1000, compiled=False, **RUN))

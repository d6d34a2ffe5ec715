"""The checker of computations: directed rounding, true certificates accepted, forged ones refused by name."""

from __future__ import annotations

import copy
import itertools
import json
import math
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convbound.proofs import computation
from convbound.proofs.computation import ONE, ComputationError, check, load

# three points on which net 0 0 0 is the best or not far from it
POINTS = [["0x1.8p+0", "-0x1.0p-1", 1], ["-0x1.0p+0", "0x1.0p-2", -1], ["0x1.0p-1", "0x1.0p-1", 1]]
numbers = st.fractions(-12, 12, max_denominator=64)


@given(numbers)
def test_exponentials_are_rounded_apart(x: Fraction) -> None:
    """The two ends hold e^x between them: their product with those of -x holds 1, and floats agree."""
    low, high = computation.exp_down(x), computation.exp_up(x)
    assert 0 < low <= high <= low * (1 + Fraction(1, 2**60))
    assert low * computation.exp_down(-x) <= ONE * ONE <= high * computation.exp_up(-x)
    assert low / ONE == pytest.approx(math.exp(x), rel=1e-12)


@given(st.fractions(Fraction(1, 1000), 10**6))
def test_logarithms_enclose(y: Fraction) -> None:
    low, high = computation.log_interval(y)
    assert low <= high <= low + Fraction(1, 2**80)
    assert float(low) == pytest.approx(math.log(y), rel=1e-12, abs=1e-15)
    inverse = computation.log_interval(1 / y)
    assert low + inverse[0] <= 0 <= high + inverse[1]


def test_the_sum_of_one_variable_by_hand() -> None:
    """With one input the means are plain integrals over [0, 1], here by Simpson's rule."""
    (low, high), slope = computation.signs(1)

    def mean(f: Callable[[float], float]) -> float:
        n = 200
        return sum((1, 4, 2)[(k > 0) * (1 + (k % 2 == 0)) * (k < n)] * f(k / n) for k in range(n + 1)) / (3 * n)

    tanh = mean(lambda z: z * math.tanh(z / 2))
    assert float(low) == pytest.approx(mean(lambda z: math.log(2 * math.cosh(z / 2))) - tanh / 2, abs=1e-10)
    assert float(slope[0]) == pytest.approx(tanh, abs=1e-10)
    assert 0 <= high - low < Fraction(1, 10**12)


def loss(weights: tuple[float, ...]) -> float:
    """The mean loss of nine weights on the points."""
    total = 0.0
    for x, y, label in POINTS:
        place = float.fromhex(str(x)), float.fromhex(str(y))
        units = (max(weights[k] * place[0] + weights[k + 1] * place[1], 0) * weights[k + 2] for k in (0, 3, 6))
        total += math.log1p(math.exp(-int(label) * sum(units)))
    return total / len(POINTS)


def exact_points() -> list[computation.Point]:
    return [(Fraction(float.fromhex(str(x))), Fraction(float.fromhex(str(y))), int(z)) for x, y, z in POINTS]


def test_the_least_loss_is_that_of_all_512_nets() -> None:
    found = float(computation.least_loss(exact_points(), Fraction(0)))
    assert found == pytest.approx(min(map(loss, itertools.product((-1.0, 1.0), repeat=9))), rel=1e-12)


@given(
    st.lists(st.tuples(st.sampled_from([-1, 1]), st.floats(0, 1), st.booleans()), min_size=9, max_size=9),
    st.sampled_from([Fraction(1, 100), Fraction(1, 2)]),
)
def test_no_weights_within_the_tolerance_do_better(near: list[tuple[int, float, bool]], eps: Fraction) -> None:
    inner = 1 - math.sqrt(1 - eps)
    weights = tuple(q * (1 + share * float(eps) if out else 1 - share * inner) for q, share, out in near)
    assert least_within(eps) <= loss(weights) + 1e-12


@cache
def least_within(eps: Fraction) -> float:
    return float(computation.least_loss(exact_points(), eps))


@cache
def nets() -> dict[str, Any]:
    """A true certificate on the three points."""
    found = exact_points()
    net = min(computation.NETS, key=lambda n: computation.loss_above(found, n))
    bounds = []
    for tolerance in ("0", "1/100"):
        low = math.floor(computation.least_loss(found, Fraction(tolerance)) * 10**8)
        high = math.ceil(computation.loss_above(found, net) * 10**8)
        about = {"least": f"0.{low:08d}", "most": f"0.{high:08d}"}
        bounds.append({"tolerance": tolerance, "net": list(net), **about})
    about = {"format": computation.FORMAT, "kind": "nets", "points": POINTS, "bounds": bounds}
    return {**about, "sha256": computation.data_hash(POINTS)}


@cache
def signs() -> dict[str, Any]:
    """A true certificate for two inputs."""
    found = zip(("best", "slope"), computation.signs(2), strict=True)
    ends = {n: [f"0.{math.floor(a * 10**8):08d}", f"0.{math.ceil(b * 10**8):08d}"] for n, (a, b) in found}
    return {"format": computation.FORMAT, "kind": "signs", "dimension": 2, **ends}


def test_true_ones_are_accepted() -> None:
    assert "weights within 1/100 of -1 or 1: the least mean loss is from 0." in check(nets())[1]
    assert check(signs())[0].startswith("logistic labels of 2 inputs")


def bound(index: int, **change: Any) -> Callable[[dict[str, Any]], None]:
    return lambda c: c["bounds"][index].update(change)


def more(text: str) -> str:
    """One unit more in the last place."""
    return f"0.{int(text[2:]) + 1:08d}"


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda c: c["bounds"][0].update(least=more(c["bounds"][0]["least"])), "may have a smaller loss"),
        (lambda c: c["bounds"][1].update(least=c["bounds"][0]["least"]), "may have a smaller loss"),
        (bound(1, tolerance="2/100"), "may have a smaller loss"),
        (bound(0, most="0.00000001"), "may have a larger loss"),
        (bound(0, net=[7, 7, 7]), "may have a larger loss"),
        (bound(0, net=[0, 0]), "three kinds"),
        (bound(0, net=[0, 0, 8]), "three kinds"),
        (bound(0, net=[0, 0, True]), "three kinds"),
        (bound(0, tolerance="1"), "a tolerance is"),
        (bound(0, tolerance="-1/2"), "a number is a text"),
        (bound(0, least="1e-9"), "a number is a text"),
        (bound(0, least=0.1), "a number is a text"),
        (bound(0, least="0.1\n"), "a number is a text"),
        (bound(0, extra=1), "it should have"),
        (lambda c: c.update(bounds=[]), "bounds is a list"),
        (lambda c: c.update(bounds=[3]), "a bound is an object"),
        (lambda c: c["points"][0].__setitem__(2, -1), "not those of the hash"),
        (lambda c: c["points"].pop(), "not those of the hash"),
        (lambda c: c.update(sha256="0" * 64), "not those of the hash"),
        (lambda c: c["points"][0].__setitem__(0, "inf"), "a coordinate is"),
        (lambda c: c["points"][0].__setitem__(0, "nan"), "a coordinate is"),
        (lambda c: c["points"][0].__setitem__(0, 1.5), "a coordinate is"),
        (lambda c: c["points"][0].__setitem__(2, 0), "a point is"),
        (lambda c: c.update(points=[]), "points is a list"),
        (lambda c: c.update(kind="theorem"), "no known kind"),
        (lambda c: c.update(format="convbound-certificate/2"), "its format"),
        (lambda c: c.update(proved=True), "it should have"),
    ],
)
def test_forged_nets_are_refused(forge: Callable[[dict[str, Any]], None], said: str) -> None:
    forged = copy.deepcopy(nets())
    forge(forged)
    with pytest.raises(ComputationError, match=said):
        check(forged)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dimension": 3}, "best is not enclosed"),
        ({"dimension": 0}, "dimension is"),
        ({"dimension": 10**9}, "dimension is"),
        ({"dimension": True}, "dimension is"),
        ({"best": ["0.1", "0.2"]}, "best is not enclosed"),
        ({"slope": ["0.2", "0.1"]}, "slope is not enclosed"),
        ({"slope": ["0.1"]}, "an interval is"),
        ({"slope": "0.1"}, "an interval is"),
    ],
)
def test_forged_signs_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ComputationError, match=said):
        check({**signs(), **change})


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": 1, "format": 1}'])
def test_what_is_no_certificate(text: str) -> None:
    with pytest.raises(ComputationError):
        check(load(text))


def test_it_runs_alone(tmp_path: Path) -> None:
    """In a fresh process, without the project."""
    file = tmp_path / "c.json"
    for certificate, code, said in ((nets(), 0, "computation: "), ({**signs(), "dimension": 1}, 1, "REFUSED: ")):
        file.write_text(json.dumps(certificate), encoding="utf-8")
        command = [sys.executable, "-I", computation.__file__, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, (done.stdout + done.stderr).startswith(said)) == (code, True), done.stderr

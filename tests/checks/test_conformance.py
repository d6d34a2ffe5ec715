"""`convbound conform`: right samplers conform, planted mistakes are found and named, bad input is one sentence.

Every answer errs with a probability of 1e-9 at most; the mistakes in words are guesses, tested on seeded draws.
"""

import json
import sys
import types
from fractions import Fraction

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks.cli import main
from convbound.checks.conformance.conformance import cases_of, conform
from convbound.checks.conformance.foreign_sampler import ForeignSampler
from convbound.checks.conformance.rivals import likeliest, rival_experiments
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme, Positive, sign
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.statistics import run_experiments

F = Fraction
SCHEME = Zim(3, F(3, 4), F(1, 4))
GRADIENTS = [(F(1), F(-1, 2), F(0))]


def zim(n=3, r=0.75, c=0.25, tilt=1.0, zeros=True, twice=False):
    """A sampler of ZIM's update at each row, with one thing or another wrong."""

    def draw(gradients, rng):
        weights = np.abs(gradients) + c
        weights[:, 0] *= tilt
        if not zeros:
            weights[gradients == 0] = 0.0
        p = np.column_stack([r * weights / weights.sum(axis=1, keepdims=True), np.full(len(weights), 1 - r)])
        update = rng.multinomial(n, p / p.sum(axis=1, keepdims=True))[:, :-1] * np.sign(gradients)
        if twice:
            update[1::2] = update[: len(update) // 2 * 2 : 2]
        return update

    return draw


def answer(function, scheme=SCHEME, gradients=GRADIENTS, batched=True, **options):
    return conform(ForeignSampler("f.py:f", function, batched), scheme, gradients=gradients, **options)


def test_a_right_sampler_conforms():
    found = answer(zim(), within=0.05)
    assert found.verdict == "conforms"
    assert found.explanation is None
    assert all(finding.holds for finding in found.findings)
    assert found.alpha == pytest.approx(1e-9)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (zim(n=4), "n is 4, not 3"),
        (zim(r=1.0), "moves every step: r is effectively 1"),
        (zim(zeros=False), "zero coordinates are never drawn"),
        (zim(c=0.0), "c is missing"),
        (lambda g, rng: -zim()(g, rng), "the sign is the other one"),
        (lambda g, rng: 2 * zim()(g, rng), "every update is twice as long"),
        (lambda g, rng: 0 * g, "it never moves"),
    ],
)
def test_a_mistake_is_found_and_named(function, words):
    gradients = [(F(1), F(-1, 2))] if "c is missing" in words else GRADIENTS
    found = answer(function, gradients=gradients, within=0.05)
    assert found.verdict == "does not conform"
    assert words in found.explanation


OFF = {
    "q_0": (zim(tilt=1.01), None),
    "r": (zim(r=0.7575), "r is 0.7575, not 0.75"),
    "c, more": (zim(c=0.2525), "c is 0.2525, not 0.25"),
    "c, less": (zim(c=0.2475), "c is 0.2475, not 0.25"),
    "n": (zim(n=2), "n is 2, not 3"),
}


@pytest.mark.parametrize("name", ["q_0", "r", "n", pytest.param("c, more", marks=pytest.mark.long)])
def test_an_error_of_one_percent_is_found(name):
    """At the gradient where it shows most, and named; c at two million draws."""
    function, words = OFF[name]
    gradients = [SCHEME.telling[0]] if name.startswith("c") else GRADIENTS
    found = answer(function, gradients=gradients)
    assert found.verdict == "does not conform"
    assert words is None or found.explanation == words


def test_parameters_that_are_right_are_told_from_those_that_are_off():
    """Five percent, at the gradient that tells c: each rival is excluded, by a likelihood ratio."""
    sampler = ForeignSampler("f.py:f", zim(), True)
    (case,) = cases_of(SCHEME, SCHEME.telling)
    experiments, beyond = rival_experiments(sampler, SCHEME, [case], 0.05)
    assert beyond == []
    words = [q.name for e in experiments for q in e.quantities]
    assert {"n is 2, not 3", "n is 4, not 3", "c is 0.2375, not 0.25", "c is 0.2625, not 0.25"} <= set(words)
    right = run_experiments(experiments, seed=1, alpha=1e-9)
    assert [o.verdict for o in right] == ["supported"] * len(right)
    off = rival_experiments(ForeignSampler("f.py:f", zim(c=0.2625), True), SCHEME, [case], 0.05)[0]
    wrong = run_experiments(off, seed=1, alpha=1e-9)
    assert likeliest(wrong) == "c is 0.2625, not 0.25"


def test_what_cannot_be_told_is_said():
    """At one slope alone q is 1, whatever c is: no number of draws tells it, and no verdict rests on it."""
    found = answer(zim(), gradients=[(F(1),)], within=0.05)
    assert found.verdict == "conforms"
    assert any("c is 0.2625, not 0.25 cannot be told here" in f.text and f.holds is None for f in found.findings)


def test_draws_that_depend_on_each_other_are_found():
    found = answer(zim(twice=True), within=0.05)
    assert found.verdict == "does not conform"
    assert any("independence" in finding.text for finding in found.findings if finding.holds is False)
    assert found.explanation == "each draw is right by itself, and depends on an earlier one"


def test_seeds_and_whole_steps_are_looked_at():
    own = np.random.default_rng(0)
    found = answer(lambda g, rng: zim()(g, own), within=0.2)
    assert any(f.text == "it ignores the seed it is given" and f.holds is False for f in found.findings)
    found = answer(lambda g, rng: zim()(g, np.random.default_rng(1)), within=0.2)
    assert any(f.text == "every seed gives the same draws" and f.holds is False for f in found.findings)
    found = answer(lambda g, rng: 0.1 * g, scheme=Rounding(0.1), gradients=[(F(1, 2),)])
    assert any("not whole steps" in f.text for f in found.findings if f.holds is False)
    assert found.explanation is None


def test_one_gradient_at_a_time_and_schemes_of_ones_own():
    class Ternary(CoordinateScheme):
        eta: Positive

        def law(self, g):
            return [(sign(g), self.eta * abs(g))]

    def draw(gradient, rng):
        return np.sign(gradient) * (rng.random(gradient.shape) < 0.25 * np.abs(gradient))

    found = answer(draw, scheme=Ternary(F(1, 4)), gradients=[(F(2), F(-1))], batched=False, within=0.2)
    assert found.verdict == "conforms"
    assert answer(lambda g: np.sign(g), scheme=SignDescent(), batched=False).verdict == "conforms"


def test_a_law_that_needs_small_slopes_is_tried_at_smaller_ones():
    class Ternary(CoordinateScheme):
        eta: Positive

        def law(self, g):
            return [(sign(g), self.eta * abs(g))]

    cases = cases_of(Ternary(F(1)))
    assert (F(2, 8), F(1, 8), F(-3, 16)) in [case.gradient for case in cases]
    with pytest.raises(InputError, match="no law that can be enumerated"):
        cases_of(Ternary(F(1)), [(F(9),)])


class Tensor:
    """What is used of a tensor of PyTorch: it computes with its like, and gives its numbers only when it is asked."""

    __array__ = None  # NumPy cannot take it as it is

    def __init__(self, values):
        self.values = values

    def __getattr__(self, name):
        return getattr(self.values, name)

    def __mul__(self, other):
        return Tensor(self.values * getattr(other, "values", other))

    def __lt__(self, other):
        return Tensor(self.values < other.values)

    def __abs__(self):
        return Tensor(abs(self.values))

    def detach(self):
        return self

    def cpu(self):
        return self

    def numpy(self):
        return self.values


class Generator:
    """A generator that is seeded after it is made."""

    def manual_seed(self, seed):
        self.rng = np.random.default_rng(seed)
        return self


def stand_in():
    """As much of the library as `conform --torch` and a sampler below ask for."""
    library = types.ModuleType("torch")
    library.from_numpy = Tensor
    library.Generator = Generator
    library.manual_seed = lambda seed: None
    library.sign = lambda x: Tensor(np.sign(x.values))
    library.rand = lambda shape, generator: Tensor(generator.rng.random(shape))
    return library


@pytest.mark.parametrize(("rate", "verdict"), [(0.1, "conforms"), (0.2, "does not conform")])
def test_tensors_in_and_out(monkeypatch, rate, verdict):
    """With a stand-in for PyTorch, which the project does not install: the path through tensors is the same."""
    torch = stand_in()
    monkeypatch.setitem(sys.modules, "torch", torch)

    def step(gradient, generator):
        assert isinstance(gradient, Tensor)
        return torch.sign(gradient) * (torch.rand(gradient.shape, generator=generator) < abs(gradient) * rate)

    sampler = ForeignSampler("f.py:step", step, batched=True, torch=True)
    found = conform(sampler, Rounding(0.1), gradients=[(F(2), F(-1))], within=0.2)
    assert found.verdict == verdict
    assert all(f.holds for f in found.findings if "seed" in f.text)


def test_pytorch_in_and_out():
    torch = pytest.importorskip("torch")

    def step(gradient, generator):
        return torch.sign(gradient) * (torch.rand(gradient.shape, generator=generator) < 0.1 * abs(gradient))

    sampler = ForeignSampler("f.py:step", step, batched=True, torch=True)
    found = conform(sampler, Rounding(0.1), gradients=[(F(2), F(-1))], within=0.2)
    assert found.verdict == "conforms"


FILE = """
import numpy as np
def good(g, rng): return np.sign(g) * (rng.random(g.shape) < 0.1 * np.abs(g))
def bad_shape(g): return g[:1]
def writes(g):
    g[:] = 0
    return g
def breaks(g): return 1 / 0
"""


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(["conform", *arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


def test_the_command(tmp_path, capsys):
    path = tmp_path / "theirs.py"
    path.write_text(FILE)
    about = ("--scheme", "rounding", "--alpha", "0.1", "--gradient", "2,-1", "--within", "0.2")
    code, out, _ = run(capsys, f"{path}:good", "--batched", *about)
    assert code == 0
    assert "conforms to stochastic rounding (alpha = 0.1)" in out
    code, out, _ = run(capsys, f"{path}:good", "--batched", "--json", *about[:3], "0.2", *about[4:])
    assert code == 1
    document = json.loads(out)
    assert document["verdict"] == "does not conform"
    assert document["explanation"] == "alpha is 0.1, not 0.2"
    for name, word in (
        ("bad_shape", "must return numbers of shape (2,)"),
        ("writes", "writes to the gradient"),
        ("breaks", "line 8: ZeroDivisionError"),
        ("missing", "has no 'missing'"),
    ):
        code, out, err = run(capsys, f"{path}:{name}", *about)
        assert (code, out) == (2, "")
        assert word in err
        assert err.count("\n") == 1

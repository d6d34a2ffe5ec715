"""Schemes of one's own: from a class of a few lines to a run, exact moments, and sentences for what is wrong."""

import json
import pickle
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks.cli import main
from convbound.checks.executors import open_executor
from convbound.checks.simulation.problems import diagonal
from convbound.checks.simulation.schemes import scheme_class, scheme_classes
from convbound.checks.simulation.schemes.claims import claims_of
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme, Positive, Share, sign
from convbound.checks.simulation.schemes.greedy import Greedy
from convbound.checks.simulation.schemes.own import build_scheme
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import run_trajectory
from convbound.proofs.discrete_updates.instances import zim_law
from convbound.proofs.verify import verify_library

EXAMPLES = str(Path(__file__).parents[2] / "docs" / "examples" / "own_schemes.py")
GRADIENT = [Fraction(3, 2), Fraction(-1, 2), Fraction(0)]


def example(name, **settings):
    return build_scheme(f"{EXAMPLES}:{name}", {}, {key: Fraction(value) for key, value in settings.items()})


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(["simulate", "--d", "4", "--chains", "2", "--steps", "50", *arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


def test_exact_moments_are_those_of_the_definition():
    mean, square = example("Ternary", eta="1/4").exact_moments(GRADIENT)
    assert list(mean) == [Fraction(3, 8), Fraction(-1, 8), 0]
    assert square == Fraction(3, 8) + Fraction(1, 8)
    mean, square = example("Sparsified", eta="1/2", p="1/4").exact_moments(GRADIENT)
    assert list(mean) == [g / 2 for g in GRADIENT]
    assert square == (1 + Fraction(3)) * sum(g**2 for g in GRADIENT) / 4  # omega = 1/p - 1 = 3


def test_ones_own_rounding_and_sign_descent_are_those_that_ship():
    for ours, shipped in (
        (example("Rounded", eta="5/4"), Rounding(1.25)),
        (example("Signs"), SignDescent()),
    ):
        for law in (ours.exact_law(GRADIENT), shipped.exact_law(GRADIENT)):
            assert law.weights.sum() == law.denominator
        known = {tuple(x): p for x, p in zip(*parts(shipped.exact_law(GRADIENT)), strict=True) if p}
        assert {tuple(x): p for x, p in zip(*parts(ours.exact_law(GRADIENT)), strict=True)} == known


def parts(law):
    return law.outcomes.tolist(), [Fraction(w, law.denominator) for w in law.weights]


@pytest.mark.parametrize("scheme", [*(kind() for kind in scheme_classes() if kind.name != "sgd")], ids=lambda s: s.name)
def test_every_scheme_that_ships_keeps_its_own_promises(scheme):
    """Probabilities add up to one, moves keep to the reach, and both computations of the law agree."""
    law = scheme.exact_law(GRADIENT, 1)
    assert law.weights.sum() == law.denominator
    for i, slope in enumerate(GRADIENT):
        assert abs(law.outcomes[:, i]).max() <= scheme.reach(float(slope))
    moves, chances = scheme.law_in_floats(np.array([[float(g) for g in GRADIENT]]), 1.0)
    exact_mean, exact_square = scheme.exact_moments(GRADIENT, 1)
    np.testing.assert_allclose(chances[0] @ moves[0], exact_mean.astype(float), atol=1e-12)
    assert chances[0] @ (moves[0] ** 2).sum(axis=1) == pytest.approx(float(exact_square), abs=1e-12)


def test_the_law_of_instances_is_that_of_the_simulated_scheme():
    """The proofs enumerate sequences of draws, which claims speak of; the simulated world their counts."""
    n, r, c = 3, Fraction(2, 3), Fraction(1, 4)
    known = zim_law(GRADIENT, n, r, c)
    found = {}
    for vector, p in zip(*parts(Zim(n, r, c).exact_law(GRADIENT)), strict=True):
        found[tuple(map(Fraction, vector))] = found.get(tuple(map(Fraction, vector)), Fraction(0)) + p
    assert {vector: p for vector, p in found.items() if p} == known


def test_greedy_moves_the_first_of_the_steepest():
    assert Greedy().exact_law([Fraction(1), Fraction(-1)], 1).outcomes.tolist() == [[1, 0]]
    assert Greedy().exact_law([Fraction(1, 2), Fraction(0)], 1).outcomes.tolist() == [[0, 0]]


def test_draws_follow_the_law():
    """Hoeffding: each mean is off by more than 0.03 with a probability below 1e-9."""
    for scheme in (example("Ternary", eta="1/4"), example("Rounded", eta="5/4"), example("Signs", p="1/3")):
        gradients = np.tile([float(g) for g in GRADIENT], (40_000, 1))
        drawn = scheme.updates(gradients, 1.0, np.random.default_rng(0))
        mean, _ = scheme.exact_moments(GRADIENT)
        np.testing.assert_allclose(drawn.mean(axis=0), mean.astype(float), atol=0.03)
        assert np.abs(drawn).max(axis=0).tolist() == [scheme.reach(float(g)) for g in GRADIENT]


def test_a_run_by_processes_and_one_that_goes_on_are_the_same(tmp_path, capsys, monkeypatch):
    arguments = ("--scheme", f"{EXAMPLES}:Ternary", "--set", "eta=1/16", "--json", "--start", "4")
    code, once, _ = run(capsys, *arguments)
    assert code == 0
    assert json.loads(once)["run"].startswith("Ternary (eta = 0.0625) on quadratic")
    saved = str(tmp_path / "state")
    run(capsys, *arguments, "--checkpoint", saved)
    assert run(capsys, *arguments, "--checkpoint", saved)[1] == once
    code, _, err = run(capsys, "--scheme", f"{EXAMPLES}:Rounded", *arguments[2:], "--checkpoint", saved)
    assert code == 2
    assert "another run" in err
    scheme = example("Ternary", eta="1/16")
    assert pickle.loads(pickle.dumps(scheme)) == scheme
    problem, about = diagonal(np.ones(4), np.zeros(4)), {"steps": 40, "chains": 4, "start": 3.0}
    serial = run_trajectory(problem, scheme, **about)
    with open_executor(jobs=2) as pool:
        assert np.array_equal(run_trajectory(problem, scheme, **about, executor=pool).final, serial.final)


class Drawn(CoordinateScheme):
    """Its law is a claim about how it is drawn."""

    step: Positive = 1

    def law(self, g):
        return [(sign(g), self.step / 2)]

    def sample(self, g, rng):
        return np.sign(g) * (rng.random(g.shape) < self.step)


def test_a_sampler_of_ones_own_is_used():
    assert (Drawn().updates(np.ones((5, 2)), 1.0, np.random.default_rng(0)) == 1).all()
    assert Drawn().exact_moments([1])[0][0] == Fraction(1, 2)


BROKEN = """
from convbound.schemes import CoordinateScheme, Positive
class NoLaw(CoordinateScheme):
    eta: Positive
class Raises(CoordinateScheme):
    def law(self, g):
        return [(1, 1 / 0)]
class Strange: pass
"""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((f"{EXAMPLES}:Ternary",), "needs --set eta=NUMBER (positive)"),
        ((f"{EXAMPLES}:Ternary", "--set", "eta=-1"), "eta must be positive, not -1"),
        ((f"{EXAMPLES}:Ternary", "--set", "eta"), "--set must be NAME=NUMBER"),
        ((f"{EXAMPLES}:Ternary", "--set", "x=1"), "has no such parameter; it has eta"),
        ((f"{EXAMPLES}:Ternary", "--set", "eta=1", "--start", "50"), "its law is no law"),
        ((f"{EXAMPLES}:Nothing",), "has no 'Nothing'"),
        (("zim", "--set", "eta=1"), "--set is for schemes of your own"),
        (("adam",), "choose greedy, rounding, sgd, sign, sparse, ternary, zim"),
        (("FILE:NoLaw", "--set", "eta=1"), "needs law(self, g), sample(self, g, rng) or moments(self, g)"),
        (("FILE:Raises",), "line 7: ZeroDivisionError"),
        (("FILE:Strange",), "is no scheme"),
    ],
)
def test_what_is_wrong_is_one_sentence(arguments, words, tmp_path, capsys):
    path = tmp_path / "broken.py"
    path.write_text(BROKEN)
    code, out, err = run(capsys, "--scheme", *(a.replace("FILE", str(path)) for a in arguments))
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_law_that_is_none_is_refused_exactly():
    with pytest.raises(InputError, match="at the slope 5 its law is no law"):
        example("Ternary", eta="1/4").coordinate_law(5)


# -------------------------------------------------------------------------------------------- moments, by the kernel


def verdicts(scheme, *names):
    """Those of the scheme's claims, by name."""
    claims = [claim for claim in claims_of(scheme) if not names or claim.id in names]
    return {record.id: record.verdict for record in verify_library(claims)}


class Compressed(CoordinateScheme):
    """A compressor with the parameter p, or with mistakes in what is said of it."""

    on_lattice = False
    eta: Positive
    p: Share

    def law(self, g):
        return [(self.eta * g / self.p, self.p)]

    def moments(self, g):
        return self.eta * g, self.eta**2 * g**2 / self.p

    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": 0, "M_G": 1 / self.p}


class Overstated(Compressed):
    """The second moment without its 1 / p, and constants to match."""

    eta: Positive
    p: Share

    def moments(self, g):
        return self.eta * g, self.eta**2 * g**2

    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": 0, "M_G": 1}


def test_what_is_said_of_moments_is_proved_or_not():
    claims = {"mean", "second-moment", "alignment", "second-moment-bound"}
    assert verdicts(Compressed) == dict.fromkeys(claims, "proved")
    found = verdicts(Overstated)
    assert found["mean"] == found["alignment"] == "proved"
    assert found["second-moment"] != "proved"
    assert found["second-moment-bound"] != "proved"


def test_the_noise_of_a_ternary_step_is_proved_and_no_less():
    class Ternary(CoordinateScheme):
        eta: Positive

        def law(self, g):
            return [(sign(g), self.eta * abs(g))]

        def constants(self, d):
            return {"alpha": self.eta, "mu": 1, "M": d / (4 * self.eta), "M_G": 1}

    class Quieter(Ternary):
        eta: Positive

        def constants(self, d):
            return {"alpha": self.eta, "mu": 1, "M": d / (5 * self.eta), "M_G": 1}

    assert verdicts(Ternary, "second-moment-bound") == {"second-moment-bound": "proved"}
    assert verdicts(Quieter, "second-moment-bound") != {"second-moment-bound": "proved"}


@pytest.mark.long
@pytest.mark.parametrize("name", ["ternary", "sparse"])
def test_what_the_schemes_that_ship_say_of_themselves_is_proved(name):
    assert set(verdicts(scheme_class(name)).values()) == {"proved"}


@pytest.mark.parametrize(
    ("name", "settings"), [("ternary", {"alpha": "1/4"}), ("sparse", {"alpha": "3/4", "r": "1/4"})]
)
def test_the_schemes_that_ship_have_the_moments_they_say(name, settings):
    """Unbiased, and the second moment of a coordinate at most alpha M + alpha^2 M_G g^2: M is tight somewhere."""
    scheme = build_scheme(name, {}, {key: Fraction(value) for key, value in settings.items()})
    alpha, about = scheme.alpha, scheme.constants(1)
    tight = Fraction(0)
    for k in range(-16, 17):
        g = Fraction(k, 6)
        (mean,), second = scheme.exact_moments([g])
        assert mean == alpha * g
        bound = alpha * about["M"] + alpha**2 * about["M_G"] * g**2
        assert second <= bound
        tight = max(tight, (second - alpha**2 * about["M_G"] * g**2) / (alpha * about["M"]))
    assert tight > Fraction(9, 10)


def test_a_scheme_that_ships_takes_both_kinds_of_options(capsys):
    scheme = build_scheme("sparse", {"alpha": Fraction(1, 4), "r": 1, "n": 7}, {"r": Fraction(1, 3)}, Fraction(2))
    assert (scheme.alpha, scheme.r) == (Fraction(1, 8), Fraction(1, 3))  # a rate scales with the lattice
    with pytest.raises(InputError, match="it has alpha, r"):
        build_scheme("sparse", {}, {"p": Fraction(1)})
    code, out, _ = bound(capsys, "--scheme", "ternary", "--set", "alpha=1/16")
    assert code == 0
    assert "M = 80, M_G = 1; (2.2) and (2.3) proved" in out


@pytest.mark.long
def test_the_claims_of_the_examples_are_proved(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["verify", EXAMPLES.replace(".py", "_claims.py")])
    assert stop.value.code == 0
    counts = re.findall(r"(\d+) claims: (\d+) proved\.\n", capsys.readouterr().out)
    assert counts == [("4", "4"), ("2", "2"), ("4", "4")]


def bound(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(["bound", "--L", "1", "--d", "20", "--gap", "640", *arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


def test_bounds_follow_from_constants_that_are_proved(capsys):
    """Proposition 4 with alpha = 1/16, mu = 1, M = 0, M_G = 4: L M / mu = 0, and what is needed for it."""
    scheme = ("--scheme", f"{EXAMPLES}:Sparsified", "--set", "eta=1/16", "--set", "p=1/4")
    code, out, _ = bound(capsys, *scheme)
    assert code == 0
    assert "alpha = 0.0625, mu = 1, M = 0, M_G = 4; (2.2) and (2.3) proved" in out
    assert "Proposition 4" in out
    code, out, err = bound(capsys, *scheme, "--json")
    rows = {row["id"]: row for row in json.loads(out)["bounds"]}
    assert rows["prop-4"]["value"] == 0
    assert "proved" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((f"{EXAMPLES}:Signs",), "has no constants(self, d)"),
        (("FILE:Forgetful",), "M alpha must be at least d times what it is at d = 1"),
        (("FILE:Bolder",), "mu alpha must be at most what it is at d = 1"),
        (("FILE:Raises",), "line 15: ZeroDivisionError"),
        ((f"{EXAMPLES}:Sparsified", "--set", "eta=1", "--mu", "1"), "--mu comes from the scheme"),
        ((f"{EXAMPLES}:Sparsified", "--set", "eta=1", "--spacing", "2"), "unit lattice"),
        (("zim",), "--scheme is for a scheme of your own"),
        (("FILE:Wrong",), "is refuted, so no bound follows"),
    ],
)
def test_no_bound_without_constants_that_are_proved(arguments, words, tmp_path, capsys):
    path = tmp_path / "wrong.py"
    path.write_text(
        "from convbound.schemes import CoordinateScheme\n"
        "class Wrong(CoordinateScheme):\n"
        "    def law(self, g):\n"
        "        return [(g, 1)]\n"
        "    def constants(self, d):\n"
        "        return {'alpha': 1, 'mu': 2, 'M': 0, 'M_G': 1}\n"
        "class Forgetful(Wrong):\n"
        "    def constants(self, d):\n"
        "        return {'alpha': 1, 'mu': 1, 'M': 1, 'M_G': 1}\n"
        "class Bolder(Wrong):\n"
        "    def constants(self, d):\n"
        "        return {'alpha': 1, 'mu': d, 'M': 0, 'M_G': 1}\n"
        "class Raises(Wrong):\n"
        "    def constants(self, d):\n"
        "        return {'alpha': 1, 'mu': 1, 'M': d // (d - 20) // 99 * 0, 'M_G': 1}\n"
    )
    code, out, err = bound(capsys, "--scheme", *(a.replace("FILE", str(path)) for a in arguments))
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


WIDE = """
from convbound.schemes import CoordinateScheme, Positive
class Wide(CoordinateScheme):
    eta: Positive
    def law(self, g):
        return [(self.eta * g, 1)]
    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": d * d, "M_G": 1}
class Real(Wide):
    on_lattice = False
    eta: Positive
"""


def compare(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main(["compare", "--L", "2", *arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


@pytest.fixture
def wide(tmp_path):
    path = tmp_path / "wide.py"
    path.write_text(WIDE)
    return path


def test_compare_has_the_constants_of_ones_own_scheme_at_every_dimension(wide, capsys):
    """Proposition 4 is L M / mu = 2 d^2 here, and crosses 2 L d kappa = 40/3 d at d = 20/3."""
    scheme = ("--scheme", f"{wide}:Wide", "--set", "eta=1/4", "--d", "2:64:log:20", "--kappa", "10/3")
    code, out, _ = compare(capsys, *scheme, "--bound", "prop-4", "--bound", "bold", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["scheme"] == "Wide (eta = 0.25)"
    assert found["columns"]["prop-4"] == [2.0 * d**2 for d in found["columns"]["d"]]
    ((at, low, high),) = found["crossovers"][0]["brackets"]
    assert at is None
    assert low < 20 / 3 < high < low * (1 + 1e-9)
    assert found["crossovers"][0]["formula"] is None
    code, out, _ = compare(capsys, *scheme)
    assert code == 0
    assert "M = 4 to 4096" in out
    assert "smallest valid bound of Wide" in out
    assert "sgd" not in out


def test_compare_at_one_dimension_and_in_a_map(wide, capsys, tmp_path):
    scheme = ("--scheme", f"{wide}:Wide", "--set", "eta=1/4")
    code, out, _ = compare(
        capsys, *scheme, "--d", "8", "--steps", "10:100:4", "--gap", "5", "--quantity", "mean-square/K"
    )
    assert code == 0
    assert "prop-4/K" in out
    figure = tmp_path / "map.svg"
    code, out, _ = compare(capsys, *scheme, "--d", "2:9:3", "--kappa", "1:4:3", "-o", str(figure), "--bound", "prop-4")
    assert (code, figure.exists()) == (0, True)


def test_off_the_lattice_no_bound_is_called_impossible(wide, capsys):
    """The lattice minimum says nothing of real-valued weights."""
    scheme = ("--scheme", f"{wide}:Real", "--set", "eta=1/4")
    for command in (
        lambda: compare(capsys, *scheme, "--d", "2:9:3", "--json"),
        lambda: bound(capsys, *scheme, "--json"),
    ):
        code, out, _ = command()
        assert code == 0
        (worth,) = (row["worth"] for row in json.loads(out)["bounds"] if row["id"] == "prop-4")
        assert worth in ("elsewhere", {"elsewhere": 1.0})

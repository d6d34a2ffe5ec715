"""Schemes of one's own that state their moments: what follows is assumed and says so; contradictions are named."""

import itertools
import json
import math
from dataclasses import replace

import numpy as np
import pytest

from convbound.bounds.catalogue import CATALOGUE
from convbound.bounds.verdict import Verdict
from convbound.bounds.verdicts import verdict_of
from convbound.checks.cli import main
from convbound.checks.scheme_moments import against_mean, against_second
from convbound.checks.simulation.schemes.claims import claims_of
from convbound.checks.simulation.schemes.own import own_class
from convbound.proofs.verify import verify_library

FILE = """
import numpy as np
from convbound.schemes import CoordinateScheme, Positive, Share, sign

class Stated(CoordinateScheme):
    eta: Positive
    def moments(self, g):
        return self.eta * g, self.eta * abs(g)
    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": d / (4 * self.eta), "M_G": 1}

class Bold(Stated):
    eta: Positive
    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": d / (5 * self.eta), "M_G": 1}

class Low(Stated):
    eta: Positive
    def moments(self, g):
        return self.eta * g, self.eta * abs(g) * 9 / 10

class Fractional(Stated):
    eta: Positive
    def moments(self, g):
        return self.eta * g, 2 * self.eta**2 * g**2

class Real(Fractional):
    on_lattice = False
    eta: Positive
    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": 0, "M_G": 2}

class Quiet(Real):
    on_lattice = False
    eta: Positive
    def moments(self, g):
        return self.eta * g, self.eta**2 * g**2 / 2

class One(Stated):
    eta: Positive
    def moments(self, g):
        return self.eta * g

class Lawful(Stated):
    eta: Positive
    def law(self, g):
        return [(sign(g), self.eta * abs(g))]

class Wrong(Lawful):
    eta: Positive
    def moments(self, g):
        return self.eta * g * 101 / 100, self.eta * abs(g)

class Drawn(Stated):
    eta: Positive
    factor: Positive = 1
    size: Positive = 1
    def sample(self, g, rng):
        chance = self.factor * self.eta * np.abs(g) / self.size
        return self.size * np.sign(g) * (rng.random(g.shape) < chance)

class Nothing(Drawn):
    eta: Positive
    def sample(self, g, rng):
        return g * np.nan

class Sampled(CoordinateScheme):
    eta: Positive
    def sample(self, g, rng):
        return np.sign(g) * (rng.random(g.shape) < self.eta * np.abs(g))
    def constants(self, d):
        return {"alpha": self.eta, "mu": 1, "M": d / (4 * self.eta), "M_G": 1}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("stated") / "stated.py"
    path.write_text(FILE)
    return path


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        main([*arguments])
    output = capsys.readouterr()
    return stop.value.code, output.out, output.err


def bound(capsys, file, name, *arguments, command=("bound", "--d", "20")):
    return run(capsys, *command, "--L", "1", "--scheme", f"{file}:{name}", "--set", "eta=1/16", *arguments)


def test_what_follows_from_stated_moments_is_assumed(file, capsys):
    code, out, err = bound(capsys, file, "Stated", "--gap", "640", "--steps", "100", "--json")
    assert code == 0
    assert "follow from the moments that it states, which are assumed" in err
    document = json.loads(out)
    rows = [row for row in document["bounds"] if row["id"].startswith("prop-4")]
    assert len(rows) == 4
    for row in rows:
        assert (row["verdict"], row["worth"]) == ("assumed", "assumed")
        assert "rests on the moments that Stated states" in row["remark"]
        assert "the moments of an update are those that Stated states (assumed)" in row["assumptions"]
    assert not {row["id"] for row in rows} & {
        name for best in document["recommended"].values() for name in best.values()
    }
    code, out, _ = bound(capsys, file, "Stated", "--gap", "640")
    assert "which are assumed" in out.splitlines()[0]
    assert [line.split()[0] for line in out.splitlines() if "Proposition 4" in line] == ["assumed", "assumed"]


def test_compare_says_so_in_every_output(file, capsys, tmp_path):
    table = tmp_path / "table.csv"
    command = ("compare", "--d", "10:1000:3")
    code, out, _ = bound(capsys, file, "Stated", "-o", str(table), command=command)
    assert code == 0
    assert "which are assumed" in out.splitlines()[0]
    assert "prop-4 assumed, prop-4-refined assumed" in out
    assert "smallest valid bound of Stated" not in out
    assert "which are assumed" in table.read_text()
    document = json.loads(bound(capsys, file, "Stated", "--json", command=command)[1])
    assert "which are assumed" in document["constants"]
    assert {row["verdict"] for row in document["bounds"] if row["id"].startswith("prop-4")} == {"assumed"}
    assert {str(row["worth"]) for row in document["bounds"] if row["id"].startswith("prop-4")} == {"{'assumed': 1.0}"}
    document = json.loads(bound(capsys, file, "Lawful", "--json", command=command)[1])
    assert "proved" in document["constants"]
    assert {row["verdict"] for row in document["bounds"] if row["id"].startswith("prop-4")} == {"proved"}


def test_off_the_lattice_it_is_elsewhere_and_assumed(file, capsys):
    rows = json.loads(bound(capsys, file, "Real", "--json")[1])["bounds"]
    (row,) = (row for row in rows if row["id"] == "prop-4")
    assert (row["worth"], row["verdict"]) == ("elsewhere", "assumed")
    assert "if its moments are as stated" in row["remark"]


def test_a_sampler_that_does_not_contradict_them_proves_nothing(file, capsys):
    code, out, err = bound(capsys, file, "Drawn", "--json")
    assert code == 0
    assert "100000 draws at a slope do not contradict them" in err
    assert {row["verdict"] for row in json.loads(out)["bounds"] if row["id"].startswith("prop-4")} == {"assumed"}


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("Wrong", (), "Wrong: its moments contradict its law: at the slope 1/1048576 the mean is"),
        ("Drawn", ("--set", "factor=11/10"), "Drawn: its sampler contradicts its moments: at the slope 1 the mean"),
        ("Drawn", ("--set", "size=2"), "its sampler contradicts its moments: at the slope 1/4 the second moment"),
        ("Nothing", (), "Nothing: its sampler contradicts its moments"),
        ("Low", (), "Low: no update of whole steps has the moments that it states"),
        ("Fractional", (), "say on_lattice = False"),
        ("Quiet", (), "Quiet: no update has the moments that it states at the slope"),
        ("One", (), "must return two numbers, the mean and the second moment"),
        ("Bold", (), "(2.3), a coordinate, if the moments are as stated (assumed) is refuted, so no bound follows"),
        (
            "Sampled",
            (),
            "a sampler alone, from which no bound follows: add moments(self, g), or law(self, g).",
        ),
    ],
)
def test_what_contradicts_is_named(file, capsys, name, more, words):
    code, out, err = bound(capsys, file, name, *more)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("simulate",), "Stated has moments and no sampler: add law(self, g) or sample(self, g, rng)."),
        (("conform", "FILE:Stated"), "Stated has no law to conform to: add law(self, g)."),
    ],
)
def test_nothing_is_drawn_from_moments(file, capsys, command, words):
    arguments = [x.replace("FILE", str(file)) for x in command]
    code, out, err = run(capsys, *arguments, "--scheme", f"{file}:Stated", "--set", "eta=1/16")
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_its_claims_are_assumed_and_what_follows_from_their_formulas_proved(file):
    def verdicts(name):
        return {record.id: record.verdict for record in verify_library(list(claims_of(own_class(f"{file}:{name}"))))}

    assert verdicts("Stated") == {
        "mean": "assumed",
        "second-moment": "assumed",
        "alignment": "proved",
        "second-moment-bound": "proved",
    }
    assert verdicts("Bold")["second-moment-bound"] == "refuted"
    assert verdicts("Wrong")["mean"] == "refuted"


def test_a_bound_is_worth_no_more_than_its_premises():
    found = {b.id: b for b in CATALOGUE.values()}["prop-4"]
    assert verdict_of(found) is Verdict.PROVED
    assert verdict_of(replace(found, premises=Verdict.ASSUMED)) is Verdict.ASSUMED
    assert verdict_of(replace(found, premises=Verdict.ASSUMED), {"delta": 1}) is Verdict.ASSUMED


LAW = ((0.0, 0.7), (1.0, 0.2), (-3.0, 0.1))  # skew, with the mean -0.1 and the second moment 1.1


def expected(evidence, draws=4):
    """E of what the logarithm is taken of, over all sequences of draws from LAW."""
    total = 0.0
    for sequence in itertools.product(LAW, repeat=draws):
        values = np.array([x for x, _ in sequence])
        total += math.prod(p for _, p in sequence) * math.exp(evidence(values))
    return total


def test_evidence_against_true_moments_has_a_mean_of_at_most_one():
    mean, second = (sum(x**power * p for x, p in LAW) for power in (1, 2))
    for level in (1e-1, 1e-4, 1e-8):
        assert expected(lambda v, level=level: against_mean(v, mean, second - mean**2, level)) == pytest.approx(1)
        assert expected(lambda v, level=level: against_mean(v, mean + 1, second - mean**2, level)) > 1
    assert expected(lambda v: against_second(v, second)) == pytest.approx(1)
    assert expected(lambda v: against_second(v, 2 * second)) < 1  # stated too large: it is not seen, and does no harm
    assert expected(lambda v: against_second(v, second / 2)) > 1


def test_moments_without_variance_are_met_by_one_value_alone():
    assert against_mean(np.full(3, 0.1 + 0.2), 0.3, 0.0, 1e-6) == 0
    assert against_mean(np.array([0.3, 0.4]), 0.3, 0.0, 1e-6) == math.inf
    assert against_second(np.zeros(3), 0.0) == 0
    assert against_second(np.array([0.0, 1.0]), 0.0) == math.inf

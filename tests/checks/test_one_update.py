"""Claims about one update of a scheme of one's own, held to the draws of its sampler."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks.evidence import OneUpdate, gather, register
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme, Positive, sign
from convbound.proofs.textbook import E_k, Paper, drawn_vector, known_vector, norm1, norm2, positive
from shared import command

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "sampled_updates.py"
F = Fraction
AT = F(1), F(-1, 2), F(0)


class Lawful(CoordinateScheme):
    eta: Positive

    def law(self, g):
        return [(sign(g), self.eta * abs(g))]


class Careless(Lawful):
    """It draws a tenth too often, whatever its law says."""

    eta: Positive

    def sample(self, g, rng):
        return np.sign(g) * (rng.random(g.shape) < 1.1 * self.eta * np.abs(g))


class Lawless(CoordinateScheme):
    eta: Positive

    def sample(self, g, rng):
        return np.sign(g) * (rng.random(g.shape) < self.eta * np.abs(g))


def square(u, g):
    return (u**2).sum(axis=1)


def evidence(scheme, factor=1, level="montecarlo", **about):
    """For E|u|^2 = factor eta |g|_1."""
    eta, g, u = positive("eta"), known_vector("g"), drawn_vector("u")
    claim = Paper("one", "a text").lemma("length", [], E_k(norm2(u)) == factor * eta * norm1(g), assumed=True)
    register(claim, measures=E_k(norm2(u)), instances=[OneUpdate(scheme, AT, square, **about)])
    return gather([claim], level, seed=1).evidence


def test_the_law_decides_exactly():
    assert OneUpdate(Lawful(F(1, 4)), AT, square).exact() == [F(3, 8)]
    assert evidence(Lawful(F(1, 4)), level="exact")[0].verdict == "supported"
    assert evidence(Lawful(F(1, 4)), F(21, 20), level="exact")[0].verdict == "contradicted"
    assert evidence(Lawless(F(1, 4)), level="exact") == ()


@pytest.mark.parametrize(
    ("scheme", "factor", "verdict"),
    [(Lawful, 1, "supported"), (Lawful, F(21, 20), "contradicted"), (Careless, 1, "contradicted")],
)
def test_the_sampler_speaks_for_a_claim_or_against_it(scheme, factor, verdict):
    assert evidence(scheme(F(1, 4)), factor)[0].verdict == verdict


def test_a_sampler_alone_needs_a_range():
    assert evidence(Lawless(F(1, 4)), low=0, high=2)[0].verdict == "supported"
    with pytest.raises(InputError, match="low and high must say where"):
        evidence(Lawless(F(1, 4)))
    with pytest.raises(InputError, match="must return a number for each"):
        OneUpdate(Lawful(F(1, 4)), AT, lambda u, g: u.sum()).exact()


def test_the_example_is_assumed_and_contradicted():
    code, out = command("verify", "--all", "--level", "montecarlo", str(EXAMPLE))
    assert code == 0
    assert "1 assumed, 1 contradicted; all as expected" in out


def test_a_law_on_symbols_where_numbers_are_needed_is_one_sentence():
    from convbound.proofs.textbook import sign as sign_of_symbols

    class Confused(Lawful):
        eta: Positive

        def law(self, g):
            return [(sign_of_symbols(g), self.eta)]

    with pytest.raises(InputError, match=r"sign and floor of convbound\.schemes give one"):
        Confused(F(1, 4)).coordinate_law(F(1))

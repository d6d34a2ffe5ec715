"""What may be asked, and the sentence that says what may not."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from convbound.bounds import InputError, parameters


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"L": 0, "d": 1}, "L must be positive, not 0."),
        ({"L": -2.5, "d": 1}, "L must be positive, not -2.5."),
        ({"L": math.inf, "d": 1}, "L must be finite, not inf."),
        ({"L": math.nan, "d": 1}, "L must be finite, not nan."),
        ({"L": "17", "d": 1}, "L must be a real number, not '17'."),
        ({"L": True, "d": 1}, "L must be a real number, not True."),
        ({"L": np.array([1.0]), "d": 1}, "L must be a real number"),
        ({"d": 1}, "L is needed: the Lipschitz constant of the gradient."),
        ({"L": 1, "d": None}, "d is needed: the number of weights."),
        ({"L": 1, "d": 1, "gap": 2}, "formulas call gap 'Delta': give Delta=…."),
        ({"L": 1, "d": 0}, "d must be a whole number, at least 1, not 0."),
        ({"L": 1, "d": 2.5}, "d must be a whole number, at least 1, not 2.5."),
        ({"L": 1, "d": 1, "delta": 0}, "delta must be positive"),
        ({"L": 1, "d": 1, "Delta": -1}, "Delta must not be negative"),
        ({"L": 1, "d": 1, "G": 0}, "G must be positive"),
        ({"L": 2, "d": 16, "delta": True}, "delta must be a real number, not True"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as refusal:
        parameters(**arguments)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n must be a whole number, at least 1"),
        ({"n": 1.5}, "n must be a whole number"),
        ({"r": 0}, "r must be above 0 and at most 1"),
        ({"r": 1.0001}, "r must be above 0 and at most 1"),
        ({"c": -1e-300}, "c must not be negative"),
        ({"c": math.nan}, "c must be finite"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parameters(L=1, d=1, **arguments)


@pytest.mark.parametrize(
    "arguments", [{"K": 0}, {"T": 0}, {"p": 2}, {"alpha": -1}, {"mu": 0}, {"M": -1}, {"M_G": -1}, {"kappa": 0}]
)
def test_a_run_that_makes_no_sense_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"{next(iter(arguments))} must"):
        parameters(L=1, d=1, **arguments)


def test_a_gradient_bound_below_the_lattice_minimum_is_legitimate() -> None:
    """F(w) = cos(4w)/16 has L = 1 and |F'| ≤ 1/4, less than δ√d·L/2 = 1/2: G belongs to one's own objective."""
    assert parameters(L=1, d=1, G=Fraction(1, 4))["G"] == Fraction(1, 4)


def test_parameters_are_exact_and_unknowns_are_absent() -> None:
    known = parameters(L=0.1, d=np.int64(3), Delta=Decimal("0.1"), c=Fraction(1, 3))
    assert known["L"] == Fraction(0.1) != Fraction(1, 10)
    assert known["Delta"] == Fraction(1, 10)
    assert known["c"] == Fraction(1, 3)
    assert known["d"] == 3
    assert "G" not in known and "K" not in known
    assert (known["n"], known["r"], known["delta"], known["kappa"]) == (1, 1, 1, 1)

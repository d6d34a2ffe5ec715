"""One table of parameters: what callers may give, and the sentence they get where they may not."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from convbound.bounds import CATALOGUE, PARAMETERS, InputError, bound, enclose, parameters
from convbound.bounds.catalogue import BY_LETTER

KNOWN = {"L": 17, "d": 79400, "c": 1, "n": 1}
VALUE = math.sqrt(79400) * 8.5 + (math.sqrt(79400) - 1) / 4


def test_the_table_has_every_letter_once_and_none_that_nothing_needs() -> None:
    needed = {letter for entry in CATALOGUE.values() for letter in (*entry.needs, *entry.wanted)}
    assert needed == set(BY_LETTER)
    assert len(BY_LETTER) == len({p.option for p in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize("parameter", [p for p in PARAMETERS if p.option != f"--{p.letter}"])
def test_the_word_of_an_option_is_no_letter_and_is_told_so(parameter: Any) -> None:
    word = parameter.option.removeprefix("--")
    with pytest.raises(InputError, match=f"formulas call {word} '{parameter.letter}'"):
        bound("zim-norm")(**KNOWN, **{word: 2})


@pytest.mark.parametrize(
    ("name", "meant"), [("spacings", "delta"), ("dleta", "delta"), ("gaps", "Delta"), ("kapa", "kappa")]
)
def test_an_unknown_parameter_is_refused_with_the_nearest_letter(name: str, meant: str) -> None:
    with pytest.raises(InputError, match=f"there is no parameter '{name}'; did you mean {meant}?"):
        bound("zim-norm")(**KNOWN, **{name: 2})


def test_an_unknown_parameter_that_is_near_nothing_gets_the_list() -> None:
    with pytest.raises(InputError, match="there are L, d, G"):
        bound("zim-norm")(**KNOWN, zzzzzz=2)


def test_letters_that_a_bound_does_not_need_are_no_mistake() -> None:
    assert bound("zim-norm")(**KNOWN, G=3, kappa=1, K=5) == pytest.approx(VALUE)


@pytest.mark.parametrize("c", [1, 1.0, Fraction(1), Decimal(1), np.float32(1), np.int8(1), np.array(1.0), np.array(1)])
def test_one_number_of_any_kind(c: Any) -> None:
    value = bound("zim-norm")(**{**KNOWN, "c": c})
    assert isinstance(value, float)
    assert value == pytest.approx(VALUE)


@pytest.mark.parametrize(
    "c", [[1, 2], (1, 2), np.array([1, 2]), [Fraction(1), Decimal(2)], np.array([1, 2], np.float32)]
)
def test_several_numbers_of_any_kind(c: Any) -> None:
    values = bound("zim-norm")(**{**KNOWN, "c": c})
    assert values.shape == (2,)
    assert values[0] == pytest.approx(VALUE)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"c": "1"}, "c must be a real number, not '1'"),
        ({"c": True}, "c must be a real number, not True"),
        ({"c": np.True_}, "c must be a real number, not True"),
        ({"c": None}, "c must be a real number, not None"),
        ({"c": 1j}, "c must be a real number, not 1j"),
        ({"c": -1.0}, "c must not be negative, not -1"),
        ({"c": float("nan")}, "c must be finite, not nan"),
        ({"L": 0}, "L must be positive, not 0"),
        ({"d": 1.5}, "d must be a whole number, at least 1, not 1.5"),
        ({"c": [1, -2]}, "c must not be negative, not -2"),
        ({"c": [1, True]}, "c must be an array of real numbers, not of truth values"),
        ({"c": ["a", "b"]}, "c must be an array of real numbers, not of"),
        ({"c": [[1], [2, 3]]}, "c must be an array of real numbers, not a ragged list"),
        ({"c": [1.0, np.inf]}, "c must be finite everywhere"),
        ({"c": np.ma.array([1.0, 2.0], mask=[0, 1])}, "c must not be masked"),
        ({"c": np.ma.masked}, "c must be a real number"),
        ({"d": [10, 1.5]}, "d must be a whole number, at least 1, not 1.5"),
        ({"c": [1.0, 2.0], "d": [1, 2, 3]}, "arrays must broadcast to one shape"),
    ],
)
def test_what_a_parameter_must_not_be_is_one_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        bound("zim-norm")(**{**KNOWN, **change})
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("r", "shown"), [("1.0000001", "1.0000001"), ("1.00000000000000000001", "1.00000000000000000001")]
)
def test_the_number_in_the_sentence_is_one_that_is_refused(r: str, shown: str) -> None:
    with pytest.raises(InputError, match=f"at most 1, not {shown}"):
        parameters(L=1, d=1, r=Fraction(Decimal(r)))


def test_a_bound_is_named_by_text() -> None:
    with pytest.raises(InputError, match="named by its identifier"):
        bound(3)  # type: ignore[arg-type]


def test_enclosures_take_any_number() -> None:
    enclosure = enclose(bound("lattice-minimum:mean-square"), {"L": 0.5, "d": np.int64(16)}, 10)
    assert enclosure is not None
    assert (enclosure.low, enclosure.high) == ("1", "1")

"""Units and derivatives: what cannot be added is named, and a derivative is one by an identity."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.claims import Library
from convbound.proofs.language.conditions import let, quotient, when
from convbound.proofs.language.derivative import derivative, expansion
from convbound.proofs.language.units import show, unit, unit_fault
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le
from convbound.proofs.libraries import load_library
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify


def test_a_unit_is_read_with_its_powers_and_nothing_else_is_one() -> None:
    assert [show(unit(x)) for x in ("F/X^2", "X", "1", "1/X^2", "F*F/F", "X^-1")] == [
        *("F X^-2", "X", "1", "X^-2", "F", "X^-1"),
    ]
    for wrong in ("", "/X", "F//X", "F X", "X^", "2", "F+X"):
        with pytest.raises(ValueError, match="unit"):
            unit(wrong)
    with pytest.raises(ValueError, match="unit"):
        Vocabulary().real("x", unit="?")


def measured() -> tuple[Vocabulary, list[sympy.Symbol]]:
    v = Vocabulary()
    given = {"F": "F", "L": "F/X^2", "g": "F/X", "w": "X", "t": "1", "bare": ""}
    return v, [v.real(name, unit=u) for name, u in given.items()]


def test_terms_of_one_unit_agree_and_others_are_named() -> None:
    v, (F, L, g, w, t, bare) = measured()
    named = let(v, "named", g**2 / L)
    for fine in (
        le(F, g * w + L / 2 * w**2),
        eq(g**2, 2 * L * F),
        ge(sympy.Abs(g), sympy.Max(0, L * w)),
        gt(sympy.sqrt(F * L), g * t),
        eq(quotient(v, g, L), w),
        le(named * when(v, gt(g, 0)), F * sympy.sign(w)),
        le(F, bare * g),  # of a symbol without a unit nothing is said
    ):
        assert unit_fault(v, fine) is None
    assert unit_fault(v, le(F, g + L * w**2)) == "g has the unit F X^-1, and L w² the unit F"
    for wrong in (le(F, 1), eq(w + t, 0), ge(sympy.Max(g, w), 0), le(quotient(v, g, L), F), gt(L**2 + g**2, 0)):
        assert unit_fault(v, wrong) is not None


def test_the_printed_step_size_adds_what_has_two_units_and_the_corrected_one_does_not() -> None:
    family = load_library("askewsgd")
    printed, corrected = (verify(family[f"complexity/units{x}"], Prover()) for x in ("", "~corrected"))
    assert printed.verdict == "refuted" and corrected.verdict == "proved"  # by an instance in two units, by a proof
    faults = [[line for line in r.declarations if line.startswith("units")] for r in (printed, corrected)]
    assert len(faults[0]) == 2 and "F^2 X^-4" in faults[0][0] and faults[1] == []


SMALL = st.integers(min_value=-3, max_value=3)


@given(coefficients=st.lists(SMALL, min_size=1, max_size=4))
@settings(max_examples=25, derandomize=True, deadline=None)
def test_a_derivative_is_what_the_kernel_finds_it_to_be(coefficients: list[int]) -> None:
    v = Vocabulary()
    w, h, a = v.reals("w h a")
    f = sum((c * w**k * a for k, c in enumerate(coefficients)), sympy.Integer(0))
    slope = sum((k * c * w ** (k - 1) * a for k, c in enumerate(coefficients) if k), sympy.Integer(0))
    assert sympy.expand(derivative(v, f, w) - slope) == 0
    relation = expansion(v, f, w, h)
    wrong = eq(relation.left - h, relation.right)
    right, off = (Library("d", "", "").claim("d", "", "", v, suppose=[], then=r) for r in (relation, wrong))
    assert hasattr(Prover().prove(right), "sha256")
    assert not hasattr(Prover().prove(off), "sha256")


def test_what_has_a_kink_or_a_jump_has_no_derivative_here() -> None:
    v = Vocabulary()
    w, h = v.reals("w h")
    top = v.define("top", "maximum", w, sympy.Integer(0))
    for f in (abs(w), top**2, when(v, gt(w, 0)) * w, sympy.sqrt(w), 1 / w):
        with pytest.raises(ValueError, match="differentiate each piece"):
            derivative(v, f, w)
    assert derivative(v, top * h**2, h) == 2 * top * h

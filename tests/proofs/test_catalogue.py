"""Every bound of the catalogue is the conclusion of its claim: the number shown is the formula that is proved."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from convbound.bounds.catalogue import CATALOGUE
from convbound.bounds.subjects import lattice as formulas
from convbound.bounds.verdicts import recorded
from convbound.proofs.claims import Claim
from convbound.proofs.libraries import load_library

ENTRIES = dict(CATALOGUE)
# (2.2) and (2.3) name constants; the bound is a coefficient there, checked below
COEFFICIENTS = {"mu-bounded", "mu-sharp", "M-corrected", "M_G-corrected"}
# the bound is a level T that some iterate of a run comes below: a hypothesis of its two claims, checked below
LEVELS = {"zim-best": "limsup(K, E(never))", "zim-best/K": "E(never)"}
# the claim's left side, in words, for each quantity that bounds bound
LEFT = {
    "mean-square": {"limsup(K, E(avg_k(sum_i(g**2))))", "limsup(K, avg_k(E(sum_i(g**2))))", "sum_i(g**2)"},
    "mean-square/K": {"E(avg_k(sum_i(g**2)))", "avg_k(E(sum_i(g**2)))", "sum_i(g**2)", "avg_k(S(g**2))"},
    "mean-norm": {"limsup(K, avg_k(E(t)))", "t"},
    "mean-norm/K": {"avg_k(E(t))", "t", "sqrt(avg_k(E(sum_i(g**2))))"},
    "best-iterate": {"t"},
    "best-iterate/K": {"A", "t"},
    "miss/K": {"E(never)"},
    "wait": {"sum_k(E(alive))"},
    "value/K": {"-f_star + last(F)", "f_best - f_star", "f_end - f_star"},
    "alignment": {"limsup(K, avg_k(E(phi)))"},
    "alignment/K": {"avg_k(E(phi))"},
}


def claim_of(name: str) -> Claim:
    library, _, identifier = name.partition(":")
    return load_library(library)[identifier]


def positive(expression: Any) -> Any:
    """The expression in positive symbols, with Delta for the gap and alpha for the rate of rounding."""
    names = {"eta": "alpha", "miss": "p"}
    expression = sympy.sympify(expression, strict=True)
    symbols = {s: sympy.Symbol(names.get(s.name, s.name), positive=True) for s in expression.free_symbols}
    renamed = expression.subs(symbols, simultaneous=True)
    gap = {sympy.Symbol("F_1", positive=True): sum(sympy.symbols("Delta F_inf", positive=True))}
    return renamed.subs(gap)


@pytest.mark.parametrize("name", sorted(set(ENTRIES) - COEFFICIENTS - set(LEVELS)))
def test_formula_is_the_conclusion_of_its_claim(name: str) -> None:
    entry = ENTRIES[name]
    claim = claim_of(entry.claim)
    assert sympy.simplify(positive(claim.then.right) - entry.expression()) == 0
    assert claim.then.op == (">=" if entry.role == "lower" else "<=")
    assert str(claim.then.left) in LEFT[entry.quantity]


@pytest.mark.parametrize("name", LEVELS)
def test_a_level_is_what_its_two_claims_suppose_to_be_exceeded(name: str) -> None:
    """The claims say P(no iterate below T) ≤ p, or = 0 in the end, for every T above the bound."""
    entry = ENTRIES[name]
    L, c, r, Delta, K, p = sympy.symbols("L c r Delta K p", positive=True)
    half = L / 2 if name == "zim-best" else L / 2 + Delta / (r * K * p)  # what the claims call h
    for identifier, value in ((entry.claim, half), (entry.cases[0], c)):
        claim = claim_of(identifier)
        assert (str(claim.then.left), claim.then.op) == (LEVELS[name], "<=")
        assert positive(claim.then.right) == (0 if name == "zim-best" else p)
        (level,) = (h.relation for h in claim.facts if h.relation.op == ">" and str(h.relation.left) == "T")
        supposed = positive(level.right).subs(sympy.Symbol("h", positive=True), half)
        expected = entry.expression().replace(sympy.Max, lambda *_, larger=value: larger)
        assert sympy.simplify(supposed - expected) == 0
        if name == "zim-best/K":
            (meaning,) = (h.relation.right for h in claim.facts if str(h.relation.left) == "h" and h.relation.op == "=")
            assert sympy.simplify(positive(meaning) - half) == 0


def stated(suffix: str, **parameters: int) -> list[tuple[str, str]]:
    """(entry, claim) for every claim with this suffix that answers for an entry at these parameters."""
    found = [(name, claim) for name, entry in ENTRIES.items() for claim in entry.claims_at(parameters)[:1]]
    known = recorded()
    return [(name, claim) for name, claim in found if claim.endswith(suffix) and claim in known and name not in LEVELS]


UNSMOOTHED = stated("@c=0", c=0)


def at_no_smoothing(expression: Any) -> Any:
    return sympy.simplify(positive(expression).subs(sympy.Symbol("c", positive=True), 0))


@pytest.mark.parametrize(("name", "identifier"), UNSMOOTHED)
def test_the_claim_at_no_smoothing_states_the_formula_at_c_0(name: str, identifier: str) -> None:
    claim = claim_of(identifier)
    assert sympy.simplify(positive(claim.then.right) - at_no_smoothing(ENTRIES[name].expression())) == 0


def test_what_applies_at_no_smoothing_is_stated_there() -> None:
    """All bounds of ZIM that hold without a bound on the gradient; those with few draws or large c exclude c = 0."""
    names = ("zim-norm", "zim-envelope", "zim-spread", "zim-weak")
    wanted = {f"{name}{horizon}" for name in names for horizon in ("", "/K")} - {"zim-weak/K"}
    assert {name for name, _ in UNSMOOTHED} == wanted | {"zim-wait", "zim-miss/K", "zim-alignment/K"}
    for entry in (ENTRIES["zim-best"], ENTRIES["zim-best/K"]):
        (identifier,) = entry.claims_at({"c": 0})
        assert claim_of(identifier).expected == "proved"


@pytest.mark.parametrize(
    ("name", "identifier"), [*stated("@spacing", c=1, delta=2), *stated("@c=0@spacing", c=0, delta=2)]
)
def test_the_claim_at_a_spacing_states_the_formula_there(name: str, identifier: str) -> None:
    there = ENTRIES[name].expression(spacing=True)
    if "@c=0" in identifier:
        there = at_no_smoothing(there)
    assert sympy.simplify(positive(claim_of(identifier).then.right) - there) == 0


def test_every_claim_of_the_theory_behind_a_scaled_bound_is_stated_at_every_spacing() -> None:
    for entry in ENTRIES.values():
        for name in (entry.claim, *entry.cases) if entry.scaling else ():
            if name.startswith("lattice:"):
                assert claim_of(f"{name}@spacing").expected == "proved"


@pytest.mark.parametrize("name", ["mu-bounded", "mu-sharp"])
def test_alignment_constant_stands_in_2_2(name: str) -> None:
    entry = ENTRIES[name]
    claim = claim_of(entry.claim)
    square = sympy.Function("sum_i")(sympy.Symbol("g", positive=True) ** 2)
    expected = sympy.Symbol("r", positive=True) * entry.expression() * square
    assert claim.then.op == ">="
    assert sympy.simplify(positive(claim.then.right) - expected) == 0


def test_second_moment_constants_stand_in_2_3() -> None:
    claim = claim_of(ENTRIES["M-corrected"].claim)
    r = sympy.Symbol("r", positive=True)
    square = sympy.Function("sum_i")(sympy.Symbol("g", positive=True) ** 2)
    expected = r * ENTRIES["M-corrected"].expression() + r**2 * ENTRIES["M_G-corrected"].expression() * square
    assert claim.then.op == "<="
    assert sympy.simplify(positive(claim.then.right) - expected) == 0


def test_a_changed_formula_would_be_noticed() -> None:
    claim = claim_of("lattice:t1b")
    L, d, c = sympy.symbols("L d c", positive=True)
    assert sympy.simplify(positive(claim.then.right) - 2 * formulas.zim_norm_limit(L, d, c)) != 0


def test_every_claim_of_the_catalogue_is_recorded() -> None:
    record = recorded()
    for entry in CATALOGUE.values():
        for name in entry.claims:
            claim = claim_of(name)
            assert record[name].verdict == claim.expected, name
            assert (record[name].certificate is not None) == (record[name].verdict == "proved"), name

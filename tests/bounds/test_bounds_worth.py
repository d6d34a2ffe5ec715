"""What bounds are worth, what one may choose freely, and what is said about it."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convbound.bounds import (
    CATALOGUE,
    QUANTITIES,
    SUBJECTS,
    Assessment,
    InputError,
    admissible_steps,
    advice,
    assess_all,
    bound,
    left_out,
    parameters,
    reading,
    verdict_of,
)
from convbound.bounds import verdicts as record
from convbound.bounds.notation import Written, readable
from convbound.bounds.sentences import StepLimit, percent
from convbound.bounds.subjects import lattice as formulas
from convbound.bounds.subjects.lattice_advice import affordable_moves
from convbound.bounds.verdict import STRENGTH, Verdict
from convbound.bounds.verdicts import recorded, verdict_of_claim

PAPER = parameters(L=17, d=79400, c=1)


def steps_at(known: dict[str, Fraction]) -> dict[str, StepLimit]:
    return {step.name: step for steps in admissible_steps(known) for step in steps.limits}


def worths(known: dict[str, Fraction]) -> dict[str, Assessment]:
    return {assessment.bound.id: assessment for assessment in assess_all(known)}


def test_the_papers_example_is_judged() -> None:
    found = worths(PAPER)
    for reading_name in ("r1", "r2", "r3"):
        assert found[f"zim-printed-{reading_name}"].worth == "impossible"
        assert found[f"zim-printed-{reading_name}"].verdict == "refuted"
    assert found["bold"].worth == "elsewhere"
    assert found["lattice-minimum:mean-square"].worth == "minimum"
    assert found["rounding"].worth == found["zim-envelope"].worth == found["zim-best"].worth == "valid"
    assert found["rounding"].vacuous is None


@given(st.integers(1, 400), st.fractions(Fraction(1, 100), 100), st.fractions(0, 10))
def test_R1_is_impossible_exactly_where_the_theory_says(d: int, L: Fraction, c: Fraction) -> None:
    """dL²/4 > L(√d L + cd) iff d > 16 and L > 4c√d/(√d − 4)."""
    impossible = worths(parameters(L=L, d=d, c=c))["zim-printed-r1"].worth == "impossible"
    # squared: L(√d - 4) > 4c√d  <=>  √d (L - 4c) > 4L  <=>  L > 4c and d (L - 4c)² > 16 L²
    assert impossible == (4 * c < L and d * (L - 4 * c) ** 2 > 16 * L**2)


def test_nothing_refuted_or_elsewhere_is_recommended() -> None:
    found = assess_all(PAPER)
    assert [a.bound.id for a in (found.recommended("mean-square"),) if a] == ["rounding"]
    assert found.recommended("mean-square", "zim") is None
    best = found.recommended("mean-norm", "zim")
    assert best is not None and best.bound.id == "zim-envelope"


def test_a_bound_above_G_squared_is_vacuous() -> None:
    found = worths(parameters(L=17, d=79400, G=2500, c=1))
    assert found["zim-bounded-sharp"].worth == "valid"
    assert found["zim-bounded-sharp"].vacuous is False
    assert found["zim-bounded"].worth == "vacuous"
    assert found["zim-bounded"].vacuous is True


def test_T5_beats_G_squared_exactly_where_G_exceeds_half_root_d_L() -> None:
    for G, expected in ((Fraction(201, 100), False), (Fraction(2), True)):
        found = worths(parameters(L=1, d=16, G=G, c=Fraction(1, 10)))
        assert found["zim-bounded-sharp"].vacuous is expected


def test_constants_no_lattice_scheme_can_have_are_called_impossible_though_proposition_4_is_proved() -> None:
    known = parameters(L=17, d=79400, alpha=1, mu=1, M=1, M_G=0)
    found = worths(known)["prop-4"]
    assert (found.verdict, found.worth) == ("proved", "impossible")
    assert "no lattice scheme has these constants" in found.remark


def test_a_bound_is_worth_no_more_than_the_weakest_claim_it_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    weakened = {**recorded(), "lattice:t5": record.Recorded(Verdict.SUPPORTED, None)}
    monkeypatch.setattr(record, "recorded", lambda: weakened)
    assert verdict_of(bound("zim-bounded-sharp")) == "supported"
    known = parameters(L=17, d=79400, G=2500, c=1)
    assert worths(known)["zim-bounded-sharp"].worth == "supported"


def test_without_a_proof_of_the_minimum_nothing_is_called_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    weakened = {claim: v for claim, v in recorded().items() if claim != "lattice:t2/lower"}
    monkeypatch.setattr(record, "recorded", lambda: weakened)
    found = worths(PAPER)
    assert found["zim-printed-r1"].worth == "refuted"
    assert found["lattice-minimum:mean-square"].worth == "open"


def test_a_claim_without_a_record_is_open() -> None:
    assert verdict_of_claim("lattice:no-such-claim").verdict == "open"


def test_the_record_is_well_formed() -> None:
    for name, subject in SUBJECTS.items():
        for claim, entry in json.loads(subject.record.read_text(encoding="utf-8")).items():
            assert claim.partition(":")[0] == name
            assert set(entry) == {"verdict", "certificate"}
            assert entry["verdict"] in STRENGTH
            assert entry["certificate"] is None or len(bytes.fromhex(entry["certificate"])) == 32


def test_every_entry_names_recorded_claims() -> None:
    named = {claim for entry in CATALOGUE.values() for claim in entry.claims}
    assert named <= set(recorded())


@pytest.mark.parametrize(
    ("n", "printed", "corrected"), [(282, "2.486468e-9", "15.68"), (79400, "8.799828e-12", "0.055478")]
)
def test_the_admissible_steps_of_the_theory_page(n: int, printed: str, corrected: str) -> None:
    steps = steps_at({**PAPER, "n": Fraction(n)})
    limits = [steps[name].limit for name in ("printed R1", "corrected")]
    assert [readable(limit) for limit in limits if limit is not None] == [printed, corrected]
    assert not steps["printed R1"].satisfied
    assert steps["corrected"].satisfied == (n == 282)


def test_one_draw_has_no_condition_on_the_step() -> None:
    assert all(step.limit is None and step.satisfied for step in steps_at(PAPER).values())


def test_the_admissible_step_shrinks_with_the_spacing() -> None:
    """δμ / (L δ² M_G) = μ / (δL M_G), and δ enters the printed μ through L as well."""
    fine, coarse = (
        steps_at({**PAPER, "n": Fraction(282), "delta": delta, "G": Fraction(20000)})
        for delta in (Fraction(1), Fraction(2))
    )
    limits = [steps["corrected"].limit for steps in (fine, coarse)]
    assert limits[0] is not None and limits[1] is not None
    assert limits[0] / limits[1] == pytest.approx(2)


@given(L=st.floats(1e-3, 1e3), d=st.integers(1, 10**6), c=st.floats(1e-3, 1e3), cost=st.sampled_from([0.01, 0.05, 0.5]))
def test_the_affordable_moves_cost_exactly_what_they_may(L: float, d: int, c: float, cost: float) -> None:
    N = affordable_moves(L, d, c, cost)
    one = formulas.zim_norm_limit(L, d, c)
    several = formulas.moves_norm_limit(L, d, c, n=2, r=N)  # r(n − 1) = N
    assert several / one == pytest.approx(1 + cost, rel=1e-9)


def test_advice_names_the_free_smoothing_and_the_cheap_moves() -> None:
    pieces = {piece.about: piece for piece in advice(PAPER)}
    assert pieces["smoothing"].value == Decimal("8.5")
    moves = pieces["moves"].value
    assert moves is not None and f"{moves:.2f}" == "411.21"
    assert "n up to 412 at r = 1," in pieces["moves"].text  # then r(n − 1) is 411
    without = {piece.about: piece for piece in advice({**PAPER, "c": Fraction(0)})}
    assert without["moves"].value is None


def test_the_reading_of_the_papers_example() -> None:
    text = " ".join(reading(assess_all(PAPER)))
    assert "not a bound" in text and "in every reading" in text
    assert "94% of the R1 figure is c d L" in text
    assert "δc/(2κ) = 0.5" in text
    assert "stochastic rounding, 5 736 650, the lattice minimum itself" in text
    assert "ZIM, envelope constant, 2 465.20, 2.9% above" in text


def test_the_reading_names_the_other_term_where_it_dominates() -> None:
    known = parameters(L=17, d=100, c=Fraction(1, 100))
    assert "of the R1 figure is √d L²" in " ".join(reading(assess_all(known)))


def test_where_only_some_readings_are_impossible_the_reading_says_which() -> None:
    known = parameters(L=2, d=9, c=Fraction(1, 100))
    assert "read as R2 or R3 it lies below" in " ".join(reading(assess_all(known)))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1431234.436", "1 431 234.44"),
        ("0", "0"),
        ("12", "12.00"),
        ("0.05547812", "0.0554781"),
        ("2.4864e-9", "2.486400e-9"),
        ("1.5e20", "1.500000e20"),
        ("2.5e-601", "2.500000e-601"),
    ],
)
def test_numbers_are_readable(value: str, shown: str) -> None:
    assert readable(Decimal(value)) == shown


def test_notation_brackets_what_must_be_bracketed() -> None:
    a, b, c = (Written.letter(name) for name in "abc")
    assert (a - (b - c)).text == "a − (b − c)"
    assert (a / (b * c)).text == "a/(b c)"
    assert (a * (b / c)).text == "a(b/c)"
    assert ((a / b) * c).text == "a/b·c"
    assert ((a + b) ** 2).text == "(a + b)²"
    assert ((a * b) ** 2).latex == r"\left(a \, b\right)^{2}"
    assert (a + b).sqrt().text == "√(a + b)"
    assert (2 * a / 4).latex == r"\frac{2 \, a}{4}"
    assert (1 - a).text == "1 − a"
    assert (Fraction(1, 2) * a).text == "1/2 a"
    with pytest.raises(ValueError, match="negative"):
        a + Fraction(-1)


def test_an_unknown_bound_names_its_neighbours() -> None:
    with pytest.raises(InputError, match="did you mean zim-norm"):
        bound("zim-nrm")


def test_importing_the_errors_imports_nothing_else() -> None:
    others = ("numpy", "sympy", "convbound.bounds.catalogue")
    code = f"import convbound.bounds.errors, sys; print([m for m in {others!r} if m in sys.modules])"
    assert run(code) == "[]"


def test_the_package_offers_what_it_says() -> None:
    code = "from convbound import bounds; print(all(getattr(bounds, name) is not None for name in bounds.__all__))"
    assert run(code) == "True"
    assert run("from convbound import bounds; print(hasattr(bounds, 'no_such_name'))") == "False"


def run(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


# ------------------------------------------------------------------------ where no claim, no bound, no advice is better


def test_the_order_of_verdicts_is_what_one_may_rely_on() -> None:
    """A refuted claim is the worst there is; what is only open says less than what a source asserts."""
    assert STRENGTH == ("proved", "supported", "assumed", "open", "vacuous", "error", "contradicted", "refuted")


@pytest.mark.parametrize("weaker", STRENGTH)
@pytest.mark.parametrize("stronger", STRENGTH)
def test_the_weaker_of_two_claims_decides(monkeypatch: pytest.MonkeyPatch, weaker: Verdict, stronger: Verdict) -> None:
    order = list(reversed(STRENGTH))
    found = {"lattice:t5/floor": record.Recorded(weaker, None), "lattice:t5": record.Recorded(stronger, None)}
    monkeypatch.setattr(record, "recorded", lambda: {**recorded(), **found})
    assert verdict_of(bound("zim-bounded-sharp")) == min(weaker, stronger, key=order.index)


@pytest.mark.parametrize(
    ("more", "words"),
    [({"delta": Fraction(2)}, "proved only for spacing δ = 1"), ({"c": Fraction(0)}, "proved only for c > 0")],
)
def test_proved_is_said_only_where_a_claim_says_it(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Fraction], words: str
) -> None:
    bare = {claim: v for claim, v in recorded().items() if "@spacing" not in claim and "@c=0" not in claim}
    monkeypatch.setattr(record, "recorded", lambda: bare)
    found = worths({**PAPER, **more})["zim-norm"]
    assert (found.verdict, found.worth) == ("open", "open")
    assert words in found.remark
    there = {
        **bare,
        "lattice:t1b@spacing": record.Recorded(Verdict.PROVED, None),
        "lattice:t1b@c=0": bare["lattice:t1b"],
    }
    monkeypatch.setattr(record, "recorded", lambda: there)
    assert worths({**PAPER, **more})["zim-norm"].worth == "valid"


def test_what_is_refuted_is_refuted_at_every_spacing() -> None:
    assert verdict_of(bound("zim-printed-r1"), {**PAPER, "delta": Fraction(2)}) == "refuted"


def test_rounding_is_offered_only_at_a_rate_of_at_most_one_over_L() -> None:
    for alpha, offered in ((Fraction(1, 17), True), (Fraction(1, 17) + Fraction(1, 10**80), False)):
        known = {**PAPER, "alpha": alpha, "Delta": Fraction(3), "K": Fraction(10)}
        assert {name in worths(known) for name in ("rounding", "rounding/K", "rounding-norm")} == {offered}
    assert "rounding" in worths(PAPER)  # for every rate that one may choose


def test_a_gradient_bound_below_the_minimum_makes_every_bound_vacuous() -> None:
    """F(w) = cos(4w)/16: L = 1, ‖∇F‖ ≤ 1/4 < 1/2."""
    known = parameters(L=1, d=1, G=Fraction(1, 4), Delta=1, c=1, K=100)
    found = assess_all(known)
    on_lattice = [a for a in found if a.bound.setting == "lattice" and a.bound.role == "upper"]
    of_norms = [a for a in on_lattice if QUANTITIES[a.bound.quantity].power is not None]
    assert len(of_norms) > 10
    assert {a.worth for a in of_norms} <= {"vacuous", "refuted"}
    assert all(a.vacuous for a in of_norms)
    text = " ".join(reading(found))
    assert "Every bound on the lattice is vacuous: ‖∇F(w_k)‖₂ ≤ G says more already" in text


def test_the_reading_in_which_F_is_lipschitz_is_judged_by_its_own_hypothesis() -> None:
    known = parameters(L=17, d=79400, G=17, c=1)
    assert "it says less than its own hypothesis ‖∇F‖₂² ≤ L²" in " ".join(reading(assess_all(known)))


def test_a_probability_above_one_is_vacuous() -> None:
    known = {**PAPER, "Delta": Fraction(10**6), "K": Fraction(10), "T": Fraction(5000)}
    assert worths(known)["zim-miss/K"].worth == "vacuous"
    assert worths({**known, "K": Fraction(10**9)})["zim-miss/K"].worth == "valid"


def test_with_more_steps_the_best_iterate_of_a_run_comes_down_to_its_limit() -> None:
    values = [
        bound("zim-best/K")(L=17, d=79400, c=1, n=1, r=1, Delta=1000, K=10**e, p=Fraction(1, 100))
        for e in (3, 6, 9, 15)
    ]
    limit = bound("zim-best")(**PAPER)
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(limit, rel=1e-9)
    assert values[-1] > limit


def test_bounds_left_out_say_why() -> None:
    reasons = {entry.bound.id: entry for entry in left_out({**PAPER, "n": Fraction(2)})}
    assert reasons["zim-norm"].condition == "n = 1" and not reasons["zim-norm"].missing
    assert set(reasons["rounding/K"].missing) == {"alpha", "Delta", "K"}
    shown = {assessment.bound.id for assessment in assess_all({**PAPER, "n": Fraction(2)})}
    assert not shown & set(reasons)


@given(
    L=st.fractions(Fraction(1, 10), 100, max_denominator=20),
    d=st.integers(1, 10**6),
    c=st.fractions(Fraction(1, 10), 10, max_denominator=20),
    r=st.fractions(Fraction(1, 20), 1, max_denominator=20),
)
def test_the_advised_number_of_draws_is_the_largest_that_costs_so_little(
    L: Fraction, d: int, c: Fraction, r: Fraction
) -> None:
    known = {"L": L, "d": Fraction(d), "c": c, "n": Fraction(1), "r": r}
    (piece,) = (p for p in advice(known) if p.about == "moves")
    shown = re.search(r"n up to ([\d ]+) at r", piece.text)
    assert shown is not None
    n = int(shown[1].replace(" ", ""))
    one = formulas.zim_norm_limit(*(float(known[x]) for x in "Ldc"))

    def cost(draws: int) -> float:
        value = bound("zim-moves")(**{**known, "n": draws})
        return math.inf if math.isnan(value) else value / one - 1

    assert n == 1 or cost(n) <= 0.05 * (1 + 1e-9)
    assert cost(n + 1) > 0.05 * (1 - 1e-9)


@pytest.mark.parametrize(
    ("share", "text"),
    [("0", "0%"), ("0.0294", "2.9%"), ("0.5", "50%"), ("12.5", "1 250%"), ("5e599", "5·10⁶⁰¹%"), ("12345", "1.2·10⁶%")],
)
def test_shares_are_percentages_that_people_can_read(share: str, text: str) -> None:
    assert percent(Decimal(share)) == text


REAL = {"gradient-descent/K", "gradient-descent-best/K"}


def test_methods_on_real_weights_stand_beside_those_of_the_lattice_and_are_never_recommended() -> None:
    """2LΔ/K = 1.7 is far below the minimum of the lattice, which says nothing of real weights."""
    known = {**PAPER, "Delta": Fraction(5), "K": Fraction(100)}
    found = assess_all(known)
    here = {a.bound.id: a for a in found if a.bound.claim.startswith("first-order:")}
    assert set(here) == REAL
    assert {(a.worth, a.verdict.value) for a in here.values()} == {("elsewhere", "proved")}
    square = here["gradient-descent/K"].value
    minimum = found.minimum("mean-square/K")
    assert square == Decimal("1.7") and minimum is not None and square < minimum.value
    assert found.recommended("mean-square/K") is None
    assert "gradient descent" not in " ".join(reading(found))


def test_values_above_the_least_one_need_the_distance_to_a_minimiser() -> None:
    known = {**PAPER, "K": Fraction(100), "alpha": Fraction(1, 20), "G": Fraction(3), "R": Fraction(2)}
    values = {a.bound.id: a.value for a in assess_all(known) if a.bound.quantity == "value/K"}
    expected = {
        "gradient-descent-value/K": Fraction(17 * 4, 200),
        "optimized-gradient/K": Fraction(17 * 4, 102**2),
        "proximal-point/K": Fraction(4, 10),
        "subgradient/K": Fraction(4, 10) + Fraction(9, 40),
    }
    assert values.keys() == expected.keys()
    for name, value in values.items():
        assert abs(Fraction(value) / expected[name] - 1) < Fraction(1, 10**50)
    without = {letter: value for letter, value in known.items() if letter != "R"}
    assert not [a for a in assess_all(without) if a.bound.claim.startswith("first-order:")]


def test_a_spacing_changes_nothing_on_real_weights() -> None:
    known = {**PAPER, "Delta": Fraction(5), "K": Fraction(100)}
    both = (assess_all(known), assess_all({**known, "delta": Fraction(3)}))
    one, other = ({a.bound.id: a.value for a in table if a.bound.id in REAL} for table in both)
    assert one == other and set(one) == REAL

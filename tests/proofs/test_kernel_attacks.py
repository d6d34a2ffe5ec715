"""Attempts to prove 0 > 0, or anything false, without a hypothesis; each with the thought behind it.

Some of these once succeeded and are kept as they were found:

* limits along what does not go to infinity (a time's variable, a sign), and from hypotheses that no long run satisfies:
  the horizon is the length of one time now, and no hypothesis of a limit counts its steps;
* an integral that changes places with an expectation or another integral, of functions that need not be integrable;

* `limsup_below_its_own_value`: a definition made of functionals, U = |E[avg w]|, passed for a constant of the limit,
  because only the definition's scopes were looked at, and it has none. In the family of models along K it varies.
* `a_length_is_at_least_one`: with an empty index a fact about its points says nothing, and the kernel drops the index
  when it adds facts up. Lengths are positive integers now, in the kernel's words and in the models; and a statement
  that mentions a length carries its scope, since otherwise `d >= 0` was proved for every integer d.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from proof_builders import certificate, combine, fact, p, recipe, signature, step, suppose
from random_models import RandomModel

from convbound.proofs.kernel import KernelError, replay
from convbound.proofs.models.model import Evaluation, ModelError


def define(symbol: str, kind: str, *body: str, **about: Any) -> Any:
    return step("definition", symbol=symbol, kind=kind, bodies=[p(b) for b in body], **about)


ONE = combine("1 > 0", ["1", [], []])
ABSURD = "0 - 1 >= 0"
MEAN = "E[avg[w]]"

ATTACKS: dict[str, tuple[list[Any], str]] = {
    # a fact about a limit for the members of the family, one of which is not the limit
    "limsup_below_its_own_value": (
        [
            define("U", "absolute", MEAN),
            combine(f"U - {MEAN} >= 0", ["1", [[0, 2]], []]),
            suppose("w >= 0"),
            step("functional", functional="avg", of=[2, 0]),
            step("functional", functional="E", of=[3, 0]),
            ONE,
            step("limit", horizon="K", body=p(MEAN), numerator=p("U"), denominator=p("1"), floor="0", upper=[1, 0],
                 lower=[4, 0], leading=[5, 0]),
        ],
        "step 6: limit: U may vary with K",
    ),
    # the same through the lower bound: u >= b with a b that varies
    "a_floor_that_follows_its_value": (
        [
            define("U", "absolute", MEAN),
            combine(f"{MEAN} + U >= 0", ["1", [[0, 3]], []]),
            suppose("1 - w >= 0"),
            step("functional", functional="avg", of=[2, 0]),
            step("functional", functional="E", of=[3, 0]),
            ONE,
            step("limit", horizon="K", body=p(MEAN), numerator=p("1"), denominator=p("1"), floor=p("-U"), upper=[4, 0],
                 lower=[1, 0], leading=[5, 0]),
        ],
        "step 6: limit: U may vary with K",
    ),
    # 1/0: the denominator's positivity taken from a fact that is not yet there, or from the quotient itself
    "a_quotient_that_proves_its_denominator": (
        [define("inverse", "quotient", "1", "x", because=[0, 0])],
        "step 0: definition: no step 0 before",
    ),
    "a_quotient_by_a_square": (
        [combine("x^2 >= 0", ["1", [], ["x"]]), define("inverse", "quotient", "1", "x^2", because=[0, 0])],
        "step 1: definition: the denominator is not proved positive",
    ),
    # from x*inverse = 1 with x = 0
    "a_quotient_by_zero": (
        [combine("0*x >= 0"), define("inverse", "quotient", "1", "0*x", because=[0, 0])],
        "step 1: definition: the denominator is not proved positive",
    ),
    "a_root_of_minus_one": (
        [ONE, define("imaginary", "root", "-1", because=[0, 0])],
        "step 1: definition: the radicand is not proved nonnegative",
    ),
    # a case of a split used outside: x > 0 by its own case
    "a_case_outside_its_split": (
        [
            step("combination", fact=fact("x^2 >= 0"), split=p("x"), cases=[recipe(["1", [], ["x"]])] * 3),
            combine("x > 0", ["1", ["case0"], []]),
        ],
        "step 1: combination: there is no fact 'case0' here",
    ),
    # the denial of a weak fact is strict; the denial of a strict one is not: -x >= 0 and x >= 0 are no contradiction
    "a_denial_taken_as_strict": (
        [combine("x^2 > 0", ["1", ["denied"], []], ["1", [], ["x"]], refute=True)],
        "step 0: combination: nothing in the combination is strictly positive",
    ),
    # strict from strict times a square, which may be zero
    "a_strict_square": (
        [combine("x^2 > 0", ["1", [], ["x"]], ["0", [], []])],
        "step 0: combination: nothing in the combination is strictly positive",
    ),
    # the functional of a strict fact is weak: over an outcome without weight, or an integral over a null set
    "a_strict_functional": (
        [ONE, step("functional", functional="E", of=[0, 0]), combine("1 > 0", ["1", [[1, 0]], []])],
        "step 2: combination: nothing in the combination is strictly positive",
    ),
    # a part of an average is no lower bound of it
    "a_part_above_its_average": (
        [combine("g^2 >= 0", ["1", [], ["g"]]), step("member", functional="mean_i", of=[0, 0])],
        "step 1: member: 'mean_i' is no sum",
    ),
    # the sum of parts that do not vary: d*c - c >= 0 would need d >= 1 and would be said of nothing that varies
    "a_part_that_does_not_vary": (
        [combine("c^2 >= 0", ["1", [], ["c"]]), step("member", functional="S", of=[0, 0])],
        "step 1: member: the fact is not a part of the sum",
    ),
    # E_k and the sum over k change places: sum_k E_k[u_k] would be one number at every step
    "a_conditional_and_its_time_change_places": (
        [step("interchange", outer="total", inner="E_k", body=p("u"))],
        "step 0: interchange: one functional depends on the other",
    ),
    # variance zero: E_k[u]² = E_k[u²]
    "a_conditional_without_variance": (
        [combine("E_k[u^2] - E_k[u]^2 = 0")],
        "step 0: combination: the identity fails",
    ),
    # the law of total expectation upwards: E_k[E[u]] is E[u], and not E_k[u]
    "a_tower_upside_down": (
        [step("tower", outer="E_k", inner="E", body=p("u"))],
        "step 0: tower: the inner expectation is not given more",
    ),
    # a definition is known when what it is made of is known: |u| is not
    "an_unknown_made_known_by_a_definition": (
        [define("size", "absolute", "u"), combine("E_k[size] - size = 0")],
        "step 1: combination: the identity fails",
    ),
    # a definition is no sequence: its next value is not known to be defined alike
    "a_definition_shifted": (
        [define("size", "absolute", "w"), step("telescoping", functional="total", body=p("size"))],
        "step 1: telescoping: size is not a sequence over step",
    ),
    # telescoping of a conditional expectation: E_k[x_{k+1}] is not E_{k+1}[x_{k+1}]
    "a_conditional_telescoped": (
        [step("telescoping", functional="total", body=p("E_k[next[w]]"))],
        "step 0: telescoping: .* is bound to its own step",
    ),
    # induction on a statement about the step before: `previous` at another point
    "an_induction_without_its_step": (
        [
            combine("x^2 >= 0", ["1", [], ["x"]]),
            step("induction", time="plan", fact=fact("x^2 >= 0"), base=[0, 0], by=recipe()),
        ],
        "step 1: induction: the identity fails",
    ),
    # induction over the variable itself: m <= 2 at the start m = 2, and no further
    "an_induction_on_the_variable": (
        [
            combine("2 - 2 >= 0"),
            step("induction", time="plan", fact=fact("2 - m >= 0"), base=[0, 0], by=recipe(["1", ["previous"], []])),
        ],
        "step 1: induction: the identity fails",
    ),
    # z(z - 1) >= 0 for z = 1/2
    "a_half_as_an_integer": (
        [step("integrality", body=p("1/2"))],
        "step 0: integrality: a coefficient is not an integer",
    ),
    "a_coin_as_an_integer_in_the_mean": (
        [step("integrality", body=p("E[lattice]"))],
        "step 0: integrality: not every symbol is declared an integer",
    ),
    # a symbol that is called like an atom of the kernel, to redefine its parts
    "a_symbol_called_like_an_atom": (
        [define("E[w]", "absolute", "x")],
        r"step 0: definition: 'E\[w\]' cannot be a name",
    ),
    "a_fact_that_proves_itself": ([combine(ABSURD, ["1", [[0, 0]], []])], "step 0: combination: no step 0 before"),
    "a_fact_from_the_end_of_the_list": ([ONE, combine(ABSURD, ["1", [[-1, 0]], []])], "no step -1 before"),
    "true_as_the_number_one": ([ONE, ONE, combine(ABSURD, ["1", [[True, 0]], []])], "no step True before"),
    # an equation is in both directions, an inequality times -1 is not
    "an_inequality_as_an_equation": (
        [ONE, combine(ABSURD, equations=[([0, 0], "-1")])],
        "step 1: combination: only an equation can be multiplied by anything",
    ),
    "a_negative_multiple": ([ONE, combine(ABSURD, ["-1", [[0, 0]], []])], "step 1: combination: the coefficient -1"),
    # a limit where the leading coefficient is negative turns the bound round
    "a_limit_with_a_negative_leading_coefficient": (
        [
            suppose("K > 0"),
            combine("K*L^2 + K*L^2 - K*L^2 >= 0", ["1", [[0, 0]], ["L"]]),
            combine("x^2 >= 0", ["1", [], ["x"]]),
            step("limit", horizon="K", body=p("x^2"), numerator=p("0*x"), denominator=p("-K"), floor="0", upper=[0, 0],
                 lower=[2, 0], leading=[0, 0]),
        ],
        "step 3: limit: the bound is another statement",
    ),
    # k >= 1 and k <= 1 + K(K - 1)/2 at every step, both provable: "k to infinity" would give limsup 1 <= 0
    "a_limit_along_a_times_variable": (
        [
            combine("1 - 1 >= 0"),
            step("induction", time="step", fact=fact("k - 1 >= 0"), base=[0, 0],
                 by=recipe(["1", ["previous"], []], ["1", [], []])),
            step("member", functional="total", of=[1, 1]),
            step("telescoping", functional="total", body=p("k^2")),
            combine("1/2*K^2 - 1/2*K - k + 1 >= 0", ["1", [[2, 0]], []], equations=[([3, 0], "-1/2")]),
            ONE,
            combine("1 - 1 >= 0"),
            step("limit", horizon="k", body=p("1"), numerator=p("1/2*K^2 - 1/2*K + 1"), denominator=p("k"),
                 floor=p("1"), upper=[4, 0], lower=[6, 0], leading=[5, 0]),
        ],
        "step 7: limit: 'k' is not the length of exactly one time",
    ),
    # sg^2 <= 1, so with sg to infinity x >= sg^2 x would give x <= 0
    "a_limit_along_a_sign": (
        [
            define("sg", "sign", "y"),
            combine("1 - sg^2 >= 0", ["1", [], ["1 - sg^2"]], equations=[([0, 0], "-sg")]),
            suppose("x >= 0"),
            ONE,
            combine("x - sg^2*x >= 0", ["1", [[1, 0], [2, 0]], []]),
            step("limit", horizon="sg", body=p("x"), numerator=p("x"), denominator=p("sg^2"), floor="0",
                 upper=[4, 0], lower=[2, 0], leading=[3, 0]),
        ],
        "step 5: limit: 'sg' is not the length of exactly one time",
    ),
    "a_limit_along_the_sign_of_a_random_number": (
        [
            define("sg", "sign", "w"),
            combine("1 - sg^2 >= 0", ["1", [], ["1 - sg^2"]], equations=[([0, 0], "-sg")]),
            ONE,
            combine("1 - 1 >= 0"),
            step("limit", horizon="sg", body=p("1"), numerator=p("1"), denominator=p("sg^2"), floor=p("1"),
                 upper=[1, 0], lower=[3, 0], leading=[2, 0]),
        ],
        "step 4: limit: 'sg' is not the length of exactly one time",
    ),
    # hypotheses that no long run satisfies: k <= 5; a sum of squares at most 5, each at least 1; K = 1
    "a_limit_after_five_steps": (
        [
            suppose("x >= 0"),
            suppose("5 - k >= 0"),
            step("functional", functional="total", of=[1, 0]),
            step("telescoping", functional="total", body=p("k^2")),
            combine("9/2*K - 1/2*K^2 >= 0", ["1", [[2, 0]], []], equations=[([3, 0], "1/2")]),
            combine("9/2*K*x - 1/2*K^2*x >= 0", ["1", [[4, 0], [0, 0]], []]),
            combine("1/2 > 0", ["1/2", [], []]),
            step("limit", horizon="K", body=p("x"), numerator=p("9/2*K*x"), denominator=p("1/2*K^2"), floor="0",
                 upper=[5, 0], lower=[0, 0], leading=[6, 0]),
        ],
        "step 7: limit: a hypothesis counts the steps of step",
    ),
    "a_limit_of_a_bounded_sum": (
        [
            suppose("x >= 0"),
            suppose("5 - total[rate^2] >= 0"),
            suppose("rate^2 - 1 >= 0"),
            step("functional", functional="total", of=[2, 0]),
            combine("5 - K >= 0", ["1", [[1, 0]], []], ["1", [[3, 0]], []]),
            combine("5*x - K*x >= 0", ["1", [[4, 0], [0, 0]], []]),
            ONE,
            step("limit", horizon="K", body=p("x"), numerator=p("5*x"), denominator=p("K"), floor="0",
                 upper=[5, 0], lower=[0, 0], leading=[6, 0]),
        ],
        "step 7: limit: a hypothesis counts the steps of step",
    ),
    "a_limit_of_one_step_unused": (
        [
            suppose("K = 1"),
            suppose("c >= x"),
            suppose("x >= 0"),
            ONE,
            step("limit", horizon="K", body=p("x"), numerator=p("c"), denominator="1", floor="0",
                 upper=[1, 0], lower=[2, 0], leading=[3, 0]),
        ],
        "step 4: limit: a hypothesis counts the steps of step",
    ),
    # Fubini without integrability: (t^2 - e^2)/(t^2 + e^2)^2 integrates to pi/4 and to -pi/4
    "an_expectation_and_an_integral_change_places": (
        [step("interchange", outer="E", inner="int", body=p("G*w"))],
        "step 0: interchange: 'int' is no sum or average or expectation",
    ),
    "an_integral_and_a_sum_change_places": (
        [step("interchange", outer="int", inner="S", body=p("G"))],
        "step 0: interchange: 'int' is no sum or average or expectation",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "message"), ATTACKS.values(), ids=ATTACKS)
def test_refused(steps: list[Any], message: str) -> None:
    with pytest.raises(KernelError) as refusal:
        replay(certificate(steps))
    assert refusal.match(message)


def test_a_length_is_at_least_one() -> None:
    """S[g²] + d >= 1 is provable, so it must hold in every model: there is none with an empty index."""
    steps = [
        combine("g^2 + 1 >= 0", ["1", [], ["g"]], ["1", [], []]),
        step("member", functional="S", of=[0, 0]),
        combine("S[g^2] + d - 1 >= 0", ["1", [[1, 0]], []], ["1", [], ["g"]]),
    ]
    proof, theorem = replay(certificate(steps))
    assert Evaluation(proof, RandomModel(1).model).failure(theorem) is None
    empty = RandomModel(1).model
    empty.values["d"] = Fraction(0)  # type: ignore[index]
    with pytest.raises(ModelError, match="a positive integer, not 0"):
        Evaluation(proof, empty).failure(theorem)


@pytest.mark.parametrize("length", [Fraction(0), Fraction(-5), Fraction(1, 2)])
def test_no_model_breaks_a_length(length: Fraction) -> None:
    """`d >= 0` needs no hypothesis, because d is a length; a model in which it is none is no counterexample."""
    proof, theorem = replay(certificate([ONE, step("functional", functional="S", of=[0, 0])]))
    model = RandomModel(1).model
    model.values["d"] = length  # type: ignore[index]
    with pytest.raises(ModelError, match="a positive integer"):
        Evaluation(proof, model).broken_declaration(["d"])
    assert [s["name"] for s in proof.statement(theorem)["scopes"]] == ["i"]


def test_a_further_time_does_not_change_what_is_known() -> None:
    """A forged signature with a time of its own, at which everything is known, states another theorem about E_k."""
    time = {"name": "late", "kind": "time", "length": "N", "variable": "tau", "start": "0", "random": True}
    forged = signature(scopes=[time])
    steps = [step("tower", outer="E", inner="E_k", body=p("u"))]
    honest, theorem = replay(certificate(steps))
    longer, same = replay(certificate(steps, signature=forged))
    assert theorem.poly == same.poly
    assert honest.statement(theorem) != longer.statement(same)


def test_two_integrals_change_places() -> None:
    more = signature(
        scopes=[{"name": "segment2", "kind": "unit", "variable": "eta"}],
        symbols=[{"name": "psi", "scopes": ["segment", "segment2"]}],
        functionals=[{"name": "int2", "kind": "integral", "over": "segment2"}],
    )
    with pytest.raises(KernelError, match="step 0: interchange: 'int' is no sum or average or expectation"):
        replay(certificate([step("interchange", outer="int", inner="int2", body="psi")], signature=more))

"""The words of the textbook: what claims they make, and that a word cannot be used for what it is not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.targets import load_claims
from convbound.proofs.claims import Claim
from convbound.proofs.models.model import Model
from convbound.proofs.prover import Prover
from convbound.proofs.statement import draft_of, statement, unmet
from convbound.proofs.textbook import (
    E,
    E_k,
    K,
    Max,
    Min,
    MisuseError,
    Paper,
    constants,
    d,
    drawn,
    drawn_vector,
    first,
    integers,
    k,
    known,
    known_vector,
    last,
    least,
    mean,
    next,
    norm,
    norm1,
    norm2,
    positive,
    run,
    sign,
    smooth,
    sqrt,
    vectors,
)
from convbound.proofs.verify import verify

L, alpha, sigma, rho, C = constants("L alpha sigma rho C")
F, g = known("F"), known_vector("g", "∇F(x_k)")
h, c = drawn_vector("h"), drawn_vector("c", stage=2)
given_h = E_k.after(1)


def paper(start: int = 1) -> Paper:
    return Paper("own", "here", start=start)


def kernel_lines(claim: Claim) -> list[str]:
    """What the kernel alone would print of the statement."""
    return statement(claim).lines()


def test_a_step_of_sgd_as_the_kernel_reads_it() -> None:
    claim = paper().lemma(
        "one-step",
        [
            L > 0,
            "L-smooth" | (next(F) <= F - alpha * (g @ h) + L * alpha**2 / 2 * norm2(h)),
            "unbiased" | (E_k(h) == g),
            "variance" | (E_k(norm2(h - g)) <= sigma**2),
        ],
        E_k(next(F)) <= F - alpha / 2 * norm2(g) + L * alpha**2 / 2 * sigma**2,
    )
    assert kernel_lines(claim)[:13] == [
        "scope      i: kind index; length d",
        "scope      step: kind time; length K; random; start 1; variable k",
        "scope      run: kind random",
        "symbol     F: scopes run, step; sequence step",
        "symbol     K: integer",
        "symbol     L: real",
        "symbol     alpha: real",
        "symbol     d: integer",
        "symbol     g: scopes i, run, step; sequence step",
        "symbol     h: scopes i, run, step, unknown at step",
        "symbol     sigma: real",
        "functional E_k: given step; kind expectation",
        "functional sum: kind sum; over i",
    ]
    assert list(map(claim.vocabulary.text, [*(h.relation for h in claim.facts), claim.then])) == [
        "L > 0",
        "next(F) ≤ F − α Σ_i g h + ½ L α² ‖h‖²",
        "E_k[h] = g",
        "E_k[‖h − g‖²] ≤ σ²",
        "E_k[next(F)] ≤ F − ½ α ‖g‖² + ½ L α² σ²",
    ]
    assert [h.text for h in claim.facts] == ["", "L-smooth", "unbiased", "variance"]


def test_stages_of_one_step_are_nested() -> None:
    claim = paper().line("two", ["a" | (E_k(h) == g), given_h(c) == h], E_k(c) == g)
    lines = kernel_lines(claim)
    assert "symbol     h: scopes i, run, step, unknown at step" in lines
    assert "symbol     c: scopes i, run, step, unknown at stage1, unknown at step" in lines
    assert "functional E_k1: given step, stage1; kind expectation" in lines
    assert verify(claim, Prover()).verdict == "proved"
    by_hand = paper().line(
        "two",
        ["a" | (E_k(h) == g), given_h(c) == h],
        E_k(c) == g,
        proof=lambda p: p.have(
            p.claim.then,
            by=[
                p.apply(sympy.Function("E_k"), (given_h(c) == h).relation),
                p.tower(sympy.Function("E_k"), sympy.Function("E_k1"), c.expr),
                (E_k(h) == g).relation,
            ],
        ),
        witness=lambda: Model({"d": 1, "K": 1, "stages": 1, "g": 1, "h": 1, "c": 1}),
    )
    assert verify(by_hand, Prover()).verdict == "proved"
    (said,) = [x for x in verify(by_hand, Prover()).declarations if x.startswith("c:")]
    assert said.endswith("random, drawn at step k, not known there, nor at stage1 s_1")


def test_what_is_drawn_at_a_stage_is_known_after_it() -> None:
    """Two coins in a step: after the first one, h is known and c is not."""
    half = Fraction(1, 2)
    coins = [(half * half, ((a, (b,)),)) for a in (0, 1) for b in (0, 1)]

    def past(label: Any, steps: Any) -> Any:
        return () if len(steps) == 1 and steps[0] == 0 else label if steps[0] > 0 else label[0][0]

    def holds(claim: Claim) -> bool:
        values = {
            "d": 1,
            "K": 1,
            "stages": 1,
            "g": half,
            "h": lambda at: at["run"][0][0],
            "c": lambda at: at["run"][0][0] * 2 * at["run"][0][1][0],
        }
        return unmet(claim, Model(values, coins, past)) is None

    assert holds(paper().line("a", [E_k(h) == g, given_h(c) == h, E_k(c) == g], L > 0))
    assert not holds(paper().line("a", [given_h(c) == g], L > 0))
    assert not holds(paper().line("a", [given_h(c) == c + 0 * h], L > 0))


def test_a_claim_without_chance_or_steps_has_neither() -> None:
    x, y = vectors("x y")
    assert kernel_lines(paper().line("cs", [], 2 * (x @ y) <= norm2(x) + norm2(y)))[:2] == [
        "scope      i: kind index; length d",
        "symbol     d: integer",
    ]
    decrease = paper().line("down", [next(F) <= F], last(F) <= first(F))
    assert "scope      step: kind time; length K; start 1; variable k" in kernel_lines(decrease)
    assert not any("run" in x for x in kernel_lines(decrease))


def test_positive_constants_are_shown_as_hypotheses() -> None:
    beta = positive("beta")
    claim = paper().line("a", [L >= 1], beta * L > 0)
    assert [claim.vocabulary.text(h.relation) for h in claim.facts] == ["β > 0", "L ≥ 1"]
    assert len(paper().line("b", [beta > 0], beta >= 0).facts) == 1


def test_what_a_lemma_declares_is_declared_where_it_is_used() -> None:
    own = paper()
    below = own.lemma("below", [E_k(h) == g], E_k(2 * h) == 2 * g)
    above = own.theorem("above", [F >= 0], F + 1 >= 1, uses=[below])
    assert above.uses == (below,) and "h" in above.vocabulary.meanings
    assert {"E_k", "sum"} <= {f["name"] for f in above.vocabulary.functionals}
    with pytest.raises(MisuseError, match="start at 1, not at 0"):
        paper(0).theorem("above", [F >= 0], F >= -1, uses=[below])


# ------------------------------------------------------------------------------------------- powers and minima


@pytest.mark.parametrize("start", [0, 1, 3])
@pytest.mark.parametrize("shift", [-1, 0, 2])
def test_a_power_of_the_step_is_one_in_every_model_of_its_equations(start: int, shift: int) -> None:
    """Its equations determine it: with them, the value at step k is ρ^(k + shift), and another value is refused."""
    if start + shift < 0:
        with pytest.raises(MisuseError, match="at the first step, k = 0"):
            paper(start).line("a", [F <= rho ** (k + shift)], L > 0)
        return
    claim = paper(start).line("a", [F == rho ** (k + shift)], L > 0)
    (name,) = [x for x in claim.vocabulary.meanings if x.startswith("rho_to")]
    base, length = Fraction(2, 3), 4

    def model(wrong: int) -> Model:
        def power(at: Any) -> Fraction:
            return base ** (at["step"] + shift) + (1 if at["step"] == wrong else 0)

        return Model({"rho": base, "K": length, "F": power, name: power})

    assert unmet(claim, model(-1)) is None
    assert all(unmet(claim, model(step)) is not None for step in range(start, start + length + 1))


@pytest.mark.parametrize("start", [0, 1])
def test_a_power_of_the_number_of_steps(start: int) -> None:
    claim = paper(start).line("a", [last(F) == rho ** (K + 1)], L > 0)
    (name,) = [x for x in claim.vocabulary.meanings if x.startswith("rho_to")]

    def holds(value: Fraction, length: int) -> bool:
        power = lambda at: Fraction(2) ** (at["step"] - start + 1)  # noqa: E731
        return unmet(claim, Model({"rho": 2, "K": length, "F": value, name: power})) is None

    for length in (1, 2, 5):
        assert holds(Fraction(2) ** (length + 1), length) and not holds(Fraction(2) ** length, length)


def test_a_claim_with_a_power_is_proved_by_induction() -> None:
    claim = paper().theorem(
        "rate",
        [rho >= 0, next(F) <= rho * F, first(F) <= C],
        last(F) <= rho**K * C,
        proof=lambda p: p.induction("step", (F <= rho_to * C).relation, p.claim.then, p.claim.then)[0],
    )
    (symbol,) = [x for x in claim.vocabulary.meanings if x.startswith("rho_to")]
    assert symbol == "rho_to_K"
    rho_to = rho**K
    texts = [claim.vocabulary.text(h.relation) for h in claim.facts]
    assert texts[-2:] == ["first(ρ^(k − 1)) = 1", "next(ρ^(k − 1)) = ρ ρ^(k − 1)"]
    assert claim.vocabulary.text(claim.then) == "last(F) ≤ C last(ρ^(k − 1))"


def test_a_minimum_is_claimed_of_every_number_below_all_values_and_supposed_of_all() -> None:
    claim = paper().line(
        "least",
        [mean(F) <= C],
        least(F) <= C,
        proof=lambda p: p.have(
            p.claim.then, by=[p.apply(sympy.Function("mean"), p.claim.facts[-1].relation), p.claim.facts[0].relation]
        ),
        witness=lambda: Model({"K": 2, "C": 3, "F": lambda at: at["step"], "least_F": 1}),
    )
    assert verify(claim, Prover()).verdict == "proved"
    assert claim.vocabulary.text(claim.then) == "min_k F ≤ C"
    supposed = paper().line("b", [least(F) >= C], F >= C)
    assert [supposed.vocabulary.text(h.relation) for h in supposed.facts] == ["F ≥ C"]
    random = paper().line("c", [E_k(h) == g], E(least(norm2(g))) <= C)
    (entry,) = [x for x in random.vocabulary.symbols if x["name"].startswith("least")]
    assert entry["scopes"] == ["run", "~step"]
    fixed = paper().line("c", [E_k(h) == g], least(E(norm2(g))) <= C)
    (entry,) = [x for x in fixed.vocabulary.symbols if x["name"].startswith("least")]
    assert entry["scopes"] == []


def test_the_next_of_a_quotient_is_the_quotient_of_the_next() -> None:
    assert next(F / (1 + F)).expr == next(F).expr / (1 + next(F).expr)
    assert next(Max(F, norm2(g), alpha)).expr == sympy.Max(next(F).expr, next(norm2(g)).expr, alpha.expr)
    assert next(alpha * k * F).expr == alpha.expr * (k.expr + 1) * next(F).expr
    assert first(F**2 + alpha).expr == first(F).expr ** 2 + alpha.expr
    draft_of(paper().line("a", [F > 0, next(1 / F) <= 1 / F], next(F) >= F))


def test_python_s_own_next_still_works() -> None:
    assert next(iter([7])) == 7 and next(iter([]), 8) == 8


def test_smoothness_knows_the_gradient_that_was_declared() -> None:
    positive_L, descent = smooth(F, L, step=-alpha * h)
    assert str(positive_L) == "L > 0" and descent.label == "F is L-smooth"
    expected = next(F) <= F - alpha * (g @ h) + L / 2 * norm2(-alpha * h)
    assert descent.right.expr == expected.right.expr
    assert [str(x) for x in run(F, C, 0)] == ["K >= 1", "first(F) = C", "last(F) >= 0"]
    with pytest.raises(MisuseError, match="no gradient of F2 is declared"):
        smooth(known("F2"), L, step=-alpha * h)


# ----------------------------------------------------------------------------------------------- expectations


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: E_k(F), "E_k changes nothing in F"),
        (lambda: E_k(h + g), "E_k changes nothing in g"),
        (lambda: E_k(norm2(h) - norm2(g)), r"E_k changes nothing in -sum\(g\*\*2\)"),
        (lambda: E_k(alpha + norm2(h)), "E_k changes nothing in alpha"),
        (lambda: E_k(first(F)), "E_k changes nothing"),
        (lambda: E_k(E_k(h)), "E_k changes nothing"),
        (lambda: E_k(rho ** (k - 1)), "E_k changes nothing"),
        (lambda: E_k(h - h), "E_k of zero"),
        (lambda: E(alpha), "E changes nothing in alpha: nothing in it is random"),
        (lambda: E(E(F)), "E changes nothing"),
        (lambda: E(mean(E(F))), "E changes nothing"),
        (lambda: given_h(h), "h is drawn by stage 1 of the step, and known after it"),
        (lambda: given_h(c - h), "h is drawn by stage 1"),
        (lambda: given_h(given_h(c)), "changes nothing"),
    ],
)
def test_an_expectation_that_changes_nothing_is_refused_term_by_term(make: Any, what: str) -> None:
    with pytest.raises(MisuseError, match=what):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: E_k(next(F)),
        lambda: E_k(next(F) - 2 * norm2(h)),
        lambda: E_k(norm2(h - g)),
        lambda: E_k(g @ h),
        lambda: E_k(given_h(c)),
        lambda: E_k[c],
        lambda: E(first(F)),
        lambda: E(E_k(h)),
        lambda: E(mean(F)),
        lambda: given_h(norm2(c - h)),
        lambda: E_k(last(F)),
    ],
)
def test_an_expectation_of_what_is_drawn_is_not(make: Any) -> None:
    make()


# -------------------------------------------------------------------------------------------------- numbers


@given(st.integers(-(10**6), 10**6), st.integers(0, 10))
def test_floats_that_are_exact_are_numbers(numerator: int, power: int) -> None:
    value = Fraction(numerator, 2**power)
    assert (float(value) * alpha).expr == (value * alpha).expr


@given(st.fractions(max_denominator=10**9))
def test_fractions_are_numbers(value: Fraction) -> None:
    assert (alpha + value - alpha).expr == sympy.Rational(value.numerator, value.denominator)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_float_is_exact_or_refused(value: float) -> None:
    try:
        found = (alpha + value - alpha).expr
    except MisuseError:
        assert value != value or abs(value) == float("inf") or Fraction(value).denominator > 1024
    else:
        assert Fraction(int(found.p), int(found.q)) == Fraction(value)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: alpha * 0.1, r"0\.1 is a rounded number.*write L/10, or Fraction\(1, 10\)"),
        (lambda: 1 / 3 * alpha, "write L/3, or Fraction"),
        (lambda: alpha * (2 / 3), r"write L\*2/3"),
        (lambda: alpha * 3.14159265358979, "write a fraction"),
        (lambda: alpha + float("nan"), "no number"),
        (lambda: alpha * 2j, "a complex"),
        (lambda: alpha + "1", "a text"),
        (lambda: alpha + True, "a truth value"),
        (lambda: alpha * None, "None"),
        (lambda: alpha * [1, 2], "a list stands"),
        (lambda: alpha ** sympy.Rational(1, 3), "exponent 1/3"),
        (lambda: alpha**100, "exponent 100"),
        (lambda: alpha / 0, "divided by zero"),
        (lambda: alpha // 2, "no meaning"),
        (lambda: alpha % 2, "no meaning"),
    ],
)
def test_numbers_that_are_none_are_refused(make: Any, what: str) -> None:
    with pytest.raises(MisuseError, match=what):
        make()


def test_functions_of_numbers_and_vectors() -> None:
    x, y = vectors("x y")
    assert norm1(x).expr == sympy.Function("sum")(sympy.Abs(x.expr))
    assert norm(x).expr == sympy.sqrt(norm2(x).expr)
    assert (sign(x) @ x).expr == sympy.Function("sum")(x.expr * sympy.sign(x.expr))
    assert sqrt(alpha).expr ** 2 == alpha.expr and abs(alpha).expr == sympy.Abs(alpha.expr)
    assert Max(alpha, L, 1).expr == sympy.Max(1, alpha.expr, L.expr) and Min(alpha, L).expr == sympy.Min(
        alpha.expr, L.expr
    )
    assert (x / 2 + 0 == y).vector and str(x == 0) == "x = 0"
    assert integers("n").declared["n"].kind == "integer" and constants("β").expr == sympy.Symbol("beta", real=True)
    assert d.declared and drawn("w").declared["w"].stage == 1


# ----------------------------------------------------------------------------------- what is wrong in a file

HEAD = """\
from convbound.textbook import *
paper = Paper("own", "here")
L, alpha, sigma = constants("L alpha sigma")
F, g = known("F"), known_vector("g", "∇F(x_k)")
h = drawn_vector("h")
paper.line("fine", [L > 0], L >= 0)
"""
MISUSES = {
    "a chain": ("paper.line('a', [], 0 <= L <= 1)", "a chain a <= b <= c"),
    "if": ("if L > 0: pass", "'if'"),
    "and": ("paper.line('a', [L > 0 and alpha > 0], L >= 0)", "'and'"),
    "or": ("paper.line('a', [L > 0 or alpha > 0], L >= 0)", "'or'"),
    "not": ("paper.line('a', [not L > 0], L >= 0)", "'not'"),
    "a term as a truth value": ("x = L or alpha", "neither true nor false"),
    "Python's max": ("x = max(L, alpha)", "write one statement at a time, and Min or Max"),
    "a float": ("paper.line('a', [], 0.1 * L <= L)", "0.1 is a rounded number"),
    "an unknown name": ("paper.line('a', [], beta >= 0)", "NameError: name 'beta' is not defined"),
    "what is known is averaged": ("paper.line('a', [], E_k(g) == g)", "E_k changes nothing in g"),
    "what is drawn has no next": ("paper.line('a', [], next(h) == h)", "h is drawn anew in every step"),
    "a vector against a number": ("paper.line('a', [], g <= L)", "g is a vector and L is a number"),
    "a vector plus a number": ("x = g + L", "they have no sum"),
    "a product of vectors": ("x = g * h", "the inner product of g and h is written with @"),
    "the square of a vector": ("x = g**2", "its square is norm2(g)"),
    "@ of numbers": ("x = L @ alpha", "@ is the inner product of two vectors"),
    "the norm of a number": ("x = norm2(L)", "a square is written L**2"),
    "division by a vector": ("x = L / g", "g is a vector: nothing is divided by it"),
    "math.sqrt": ("import math\nx = math.sqrt(L)", "write sqrt, Max, Min, abs and sign of the textbook", 2),
    "numpy": ("import numpy\nx = numpy.sqrt(L)", "TypeError", 2),
    "a coordinate": ("x = g[0]", "said of every coordinate"),
    "a function": ("x = L(alpha)", "L is no function"),
    "a loop over a vector": ("x = [y for y in g]", "no parts to run through"),
    "a label without brackets": ("paper.line('a', ['label' | L >= 0], L >= 0)", "a statement in brackets"),
    "a label that is none": ("paper.line('a', [7 | (L >= 0)], L >= 0)", "a label is a text"),
    "statements added": ("x = (L > 0) + (alpha > 0)", "list several of them"),
    "statements joined": ("x = (L > 0) & (alpha > 0)", "list several of them"),
    "a statement as a number": ("x = L + (alpha > 0)", "close its brackets"),
    "inequality": ("paper.line('a', [], L != 0)", "statements are made of"),
    "no conclusion": ("paper.line('a', [L > 0])", "here it is nothing"),
    "two conclusions": ("paper.line('a', [], [L > 0, alpha > 0])", "here it is several"),
    "a text as a hypothesis": ("paper.line('a', ['L > 0'], L >= 0)", "a hypothesis is a statement such as L > 0"),
    "a truth value as a hypothesis": ("paper.line('a', [1 > 0], L >= 0)", "a truth value: True"),
    "a term as a hypothesis": ("paper.line('a', [L], L >= 0)", "this is a number"),
    "a name twice": ("paper.line('fine', [L > 0], L >= 0)", "fine is registered already"),
    "no name": ("paper.line('', [L > 0], L >= 0)", "a claim has a name"),
    "an expectation without brackets": ("x = E_k * h", "write E_k(…)"),
    "uses something else": ("paper.line('a', [L > 0], L >= 0, uses=['fine'])", "uses=[…] takes claims of a Paper"),
    "an unknown argument": ("paper.line('a', [L > 0], L >= 0, use=[])", "TypeError"),
    "an unknown verdict": ("paper.line('a', [L > 0], L >= 0, expected='true')", "no verdict to expect"),
    "a name that is ours": ("E = constants('E')", "a word of the textbook already (the expectation)"),
    "a name with a hyphen": ("x = constants('step-size')", "cannot be a name"),
    "a name with a digit first": ("x = constants('2L')", "cannot be a name"),
    "names in a list": ("x, y = constants(['x', 'y'])", "names are a text"),
    "no names": ("x = constants('')", "no name to declare"),
    "a name twice in one text": ("x, y = constants('x x')", "stands twice"),
    "too few names": ("x, y = constants('x y z')", "ValueError: too many values"),
    "a keyword": ("lambda = constants('lambda')", "SyntaxError"),
    "a stage that is none": ("x = drawn('x', stage=0)", "the stage of a step is 1, 2"),
    "E.after": ("x = E.after(1)", "only E_k has an after"),
    "known after its stage": ("x = E_k.after(1)(h)", "known after it"),
    "one name, two things": ("x = drawn('F') + F", "'F' stands for two things here"),
    "one name, two vectors": (
        "L = vectors('L')\npaper.line('a', [L == 0], alpha * constants('L') > 0)",
        "two things",
        2,
    ),
    "a power of what changes": ("x = F**(k - 1)", "it has to be a constant"),
    "a power of a power": ("x = L**(2 * k)", "or the step k or K plus an integer"),
    "a negative power": ("paper.line('a', [L > 0], L**(k - 2) > 0)", "-1 at the first step, k = 1"),
    "a minimum on the wrong side": ("paper.line('a', [L > 0], least(F) >= L)", "least(X) <= B, alone"),
    "a minimum in a sum": ("paper.line('a', [L > 0], least(F) + L <= 1)", "least(X) <= B, alone"),
    "a minimum supposed small": ("paper.line('a', [least(F) <= 1], L >= 0)", "least(X) >= B, alone"),
    "next of an average": ("x = next(mean(F))", "next changes nothing"),
    "next of a constant": ("x = next(L)", "the same at every step"),
    "next of E_k": ("x = next(E_k(h))", "belongs to its own step"),
    "next of next": ("x = next(next(F))", "stands at another step already"),
    "first of the step": ("x = first(k)", "write the number"),
    "nothing of a symbol": ("paper.line('a', [L > 0], 0 * norm2(g) <= L - L)", "says nothing of any symbol"),
    "smooth without a step": ("x = smooth(F, L)", "TypeError"),
    "smooth in a number": ("x = smooth(F, L, step=alpha)", "is of a vector"),
    "a paper without a source": ("x = Paper('own')", "TypeError"),
    "a paper without a name": ("x = Paper('', 'here')", "the name of a paper"),
    "sys.exit": ("import sys\nsys.exit(0)", "ends the program", 2),
}
FIRST = HEAD.count("\n") + 1


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_misuse_is_one_sentence_with_its_line(tmp_path: Path, misuse: str) -> None:
    code, reason, *line = MISUSES[misuse]
    path = tmp_path / "some_claims.py"
    path.write_text(HEAD + code + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"some_claims\.py") as problem:
        load_claims(path)
    text = str(problem.value)
    assert reason in text and f"line {FIRST + (line[0] if line else 1) - 1}" in text and "\n" not in text
    assert len(text) < 600

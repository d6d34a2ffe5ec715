"""What the author wrote and what the kernel was given have the same value, and a translator that errs is found out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from convbound.proofs import statement
from convbound.proofs.claims import Claim, Library, Refutation
from convbound.proofs.kernel import Proof, constant, scale
from convbound.proofs.language import translation as translate
from convbound.proofs.language.crosscheck import crosscheck
from convbound.proofs.language.vocabulary import (
    Vocabulary,
    eq,
    first_value,
    ge,
    gt,
    last_value,
    le,
    limsup,
    lt,
    next_value,
)
from convbound.proofs.libraries import load_library
from convbound.proofs.models.model import Model
from convbound.proofs.models.segments import Along
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify


def rich() -> Any:
    """A vocabulary with everything in it."""
    v = Vocabulary()
    d, K, n = (v.real(x, integer=True) for x in "dKn")
    v.index("i", d)
    k, _ = v.time("step", "k", 1, K), v.time("draw", "nu", 0, n)
    v.random("run")
    theta = v.unit("segment", "theta")
    letters = {name: v.real(name) for name in "abc"}
    known = ["step", "run"]
    letters |= {
        "g": v.real("g", over=["i"]),
        "w": v.real("w", over=[*known, "i"], sequence="step"),
        "F": v.real("F", over=known, sequence="step"),
        "u": v.real("u", over=[*known, "i", "~step", "~draw"]),
        "G": v.real("G", over=["i", "segment"]),
        "x": v.real("x", over=[*known, "draw", "~step"], sequence="draw"),
    }
    functionals = {
        "S": v.functional("S", "sum", over="i"),
        "total": v.functional("total", "sum", over="step"),
        "avg": v.functional("avg", "average", over="step"),
        "E": v.functional("E", "expectation"),
        "E_k": v.functional("E_k", "expectation", given=["step"]),
        "E_nu": v.functional("E_nu", "expectation", given=["step", "draw"]),
        "integral": v.functional("int", "integral", over="segment"),
    }
    letters["size"] = v.define("size", "absolute", letters["g"])
    return type("Words", (), {"v": v, "d": d, "K": K, "n": n, "k": k, "theta": theta, **letters, **functionals})


def expressions(o: Any) -> dict[str, Any]:
    """An expression for each thing that the translator reads."""
    return {
        "sum": o.a + 2 * o.b - 3,
        "product": o.a * o.b * (o.c - o.a) ** 3,
        "quotient": o.a / (o.b + o.c) + 1 / o.a**2,
        "root": sympy.sqrt(o.a + o.b) + o.c ** sympy.Rational(3, 2) + o.b ** sympy.Rational(-1, 4),
        "absolute": abs(o.a - o.b),
        "sign": sympy.sign(o.a - o.b),
        "minimum": sympy.Min(o.a, o.b),
        "maximum": sympy.Max(o.a, o.b),
        "minimum-of-three": sympy.Min(o.a, o.b, 2 * o.c),
        "maximum-of-three": sympy.Max(o.a, o.b, 2 * o.c),
        "defined": o.S(o.size * o.g) / o.d,
        "index": o.S(o.g**2) + o.g,
        "next": next_value(o.F) - o.F + next_value(o.w) * o.g,
        "first": first_value(o.w),
        "last": last_value(o.F),
        "step": o.k * o.F + o.total(o.k),
        "mean": o.E(o.S(o.u * o.g)) - o.E(o.F) ** 2,
        "given": o.E_k(o.S(o.u * o.w)) - o.E_k(o.u) * o.F,
        "draws": o.E_nu(next_value(o.x) * o.F) + o.E_k(last_value(o.x)) - next_value(o.x),
        "averages": o.avg(o.E(o.S(o.w**2))) - o.total(o.F),
        "integral": o.integral(o.S(o.G * o.g) * o.theta) + o.integral(o.G**3),
        "limit": limsup(o.K, o.avg(o.E(o.F))) - o.a,
    }


WORDS = rich()
EXPRESSIONS = expressions(WORDS)


def claimed(relation: Any, **about: Any) -> Claim:
    return Library("cross", "", "").claim("claim", "", "", WORDS.v, suppose=[], then=relation, **about)


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("relate", [le, lt, ge, gt, eq])
def test_the_translation_is_right(name: str, relate: Any) -> None:
    assert crosscheck(claimed(relate(EXPRESSIONS[name], WORDS.b))) is None


@pytest.fixture(autouse=True)
def _forget() -> Any:
    """A statement is remembered; a translator that is altered for a test must not leave one behind."""
    for known in (statement.draft_of, statement.limits, statement.mentioned_symbols):
        known.cache_clear()
    yield
    for known in (statement.draft_of, statement.limits, statement.mentioned_symbols):
        known.cache_clear()


def altered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One mistake in the translator."""
    right, plain = translate.Translator._expression, translate.Translator.definition
    apply, shift = Proof.apply, Proof.shift

    def poly(change: Any) -> None:
        monkeypatch.setattr(translate.Translator, "_expression", lambda self, e: right(self, change(e)))

    def definition(change: Any) -> None:
        monkeypatch.setattr(
            translate.Translator, "definition", lambda self, kind, b, name="": plain(self, *change(kind, b), name)
        )

    def renamed(old: str, new: str) -> Any:
        return lambda e: sympy.Function(new)(*e.args) if e.is_Function and e.func.__name__ == old else e

    changes: dict[str, Any] = {
        "minimum": lambda: poly(lambda e: sympy.Max(*e.args) if isinstance(e, sympy.Min) else e),
        "maximum": lambda: definition(lambda kind, bodies: (kind, [bodies[0]] * len(bodies))),
        "minimum-of-three": lambda: poly(lambda e: sympy.Min(*e.args[:2]) if isinstance(e, sympy.Min) else e),
        "absolute": lambda: poly(lambda e: e.args[0] if isinstance(e, sympy.Abs) else e),
        "sign": lambda: definition(lambda kind, bodies: (kind, [scale(-1, b) for b in bodies])),
        "sum": lambda: poly(lambda e: e - 1 if e.is_Integer and e == -3 else e),
        "product": lambda: poly(lambda e: e.base**2 if e.is_Pow and e.exp == 3 else e),
        "root": lambda: poly(lambda e: e.base if e.is_Pow and e.exp == sympy.Rational(1, 2) else e),
        "quotient": lambda: definition(lambda kind, b: (kind, [constant(2), b[1]] if kind == "quotient" else b)),
        "next": lambda: poly(renamed("next", "first")),
        "last": lambda: poly(renamed("last", "first")),
        "mean": lambda: poly(renamed("E", "E_k")),
        "given": lambda: poly(renamed("E_k", "E")),
        "averages": lambda: poly(renamed("avg", "total")),
        "integral": lambda: monkeypatch.setattr(
            Proof, "apply", lambda self, f, p: apply(self, f, p) if f != "int" else apply(self, f, {**p, (): 1})
        ),
        "first": lambda: monkeypatch.setattr(
            Proof, "shift", lambda self, how, t, p: shift(self, "last" if how == "first" else how, t, p)
        ),
        "defined": lambda: definition(lambda kind, bodies: ("sign" if kind == "absolute" else kind, bodies)),
    }
    changes[name]()


ALTERED = (
    *(
        "minimum",
        "maximum",
        "minimum-of-three",
        "absolute",
        "sign",
        "sum",
        "product",
        "root",
        "quotient",
        "next",
        "last",
    ),
    *("mean", "given", "averages", "integral", "first", "defined"),
)


@pytest.mark.parametrize("name", ALTERED)
def test_a_translator_that_errs_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    altered(name, monkeypatch)
    problem = crosscheck(claimed(ge(EXPRESSIONS[name], WORDS.b)))
    assert problem is not None and ("the kernel reads" in problem or "could not be compared" in problem)


@pytest.mark.parametrize("op", [">=", ">", "="])
def test_a_relation_that_is_read_as_another(op: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = translate.Translator.formula
    monkeypatch.setattr(translate.Translator, "formula", lambda self, r: [right(self, r)[2], op, right(self, r)[0]])
    relation = {">=": lt, ">": le, "=": le}[op](WORDS.a, WORDS.b)
    assert crosscheck(claimed(relation)) == f"{WORDS.v.text(relation)} is an inequality of another kind for the kernel"


def test_sides_that_are_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    right = translate.Translator.formula
    monkeypatch.setattr(translate.Translator, "formula", lambda self, r: [right(self, r)[2], r.op, right(self, r)[0]])
    assert "the kernel reads" in str(crosscheck(claimed(le(WORDS.a, WORDS.b))))


def test_the_instances_are_looked_at_too() -> None:
    """Where a value decides, roots and all: the kernel's fact has the author's value."""
    model = Model({"a": 2, "b": Fraction(1, 2), "c": 1, "d": 2, "g": lambda at: at["i"] - 3, "G": Along(1, 2)})
    for name in ("root", "absolute", "sign", "minimum", "defined", "index", "integral"):
        assert crosscheck(claimed(ge(EXPRESSIONS[name], WORDS.b)), [model]) is None


def verdicts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A true and a false claim about a minimum, to a translator that reads Min as Max."""
    altered("minimum", monkeypatch)
    v = Vocabulary()
    a, b = v.reals("a b")
    library = Library("cross", "", "")
    low = sympy.Min(a, b)
    about: dict[str, Any] = {"suppose": [], "then": ge(low, a)}
    false = library.claim(
        "false", "", "", v, **about, proof=lambda p: p.have(ge(low, a), by=p.bounds_of(sympy.Max(a, b)))
    )
    refutation = Refutation(lambda: Model({"a": 0, "b": 1}), "the larger of the two")
    true = library.claim("true", "", "", v, suppose=[], then=le(low, a), refutation=refutation)
    return [verify(false, Prover()), verify(true, Prover())]


def test_nothing_is_proved_or_refuted_by_a_wrong_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Min(a, b) >= a` is false and would be proved, `Min(a, b) <= a` is true and would be refuted: both stay open."""
    for record in verdicts(monkeypatch):
        assert record.verdict == "open" and "the kernel reads" in record.reason, record.reason


def test_without_the_comparison_both_would_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the comparison, and nothing else, that finds out."""
    for module in ("verify", "refutation"):
        monkeypatch.setattr(f"convbound.proofs.{module}.crosscheck", lambda *_: None)
    assert [r.verdict for r in verdicts(monkeypatch)] == ["proved", "refuted"]


@pytest.mark.parametrize("library", ["discrete-updates", pytest.param("lattice", marks=pytest.mark.long)])
def test_every_claim_of_the_libraries(library: str) -> None:
    differences = {claim.id: crosscheck(claim) for claim in load_library(library)}
    assert not {id: found for id, found in differences.items() if found is not None}

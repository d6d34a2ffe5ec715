"""Conditions as values: `when(v, relation)` is 1 where a relation holds and 0 where it does not, also at equality.

A sign jumps, and no list of inequalities between e and its sign says what it is at e = 0. So a condition on e brings a
symbol along: x, the inverse of e, which is 0 where e is 0. Two equations say all of that, e² x = e and x² e = x, and
they stand among the hypotheses of each claim in which x occurs. Then (e + |e|) x/2 is 1 where e > 0, else 0, and e x is
1 where e ≠ 0. For every e there is such an x, and only one: a claim with the equations says what it would say with the
condition itself. What is drawn makes a condition that is drawn: its inverse varies as e does, and is known when e is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import sympy

from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary, eq, le

if TYPE_CHECKING:
    from convbound.proofs.kernel import Poly
    from convbound.proofs.models.model import Given, Model, Point

Condition: TypeAlias = "Relation | Expr"  # a relation, or a number that is 0 or 1: `when`, `both`, `either`
ABOVE, SIGNS = {">", ">=", "="}, {"<=": "≤", ">=": "≥"}


def _digest(e: Expr) -> str:
    return hashlib.sha256(str(e).encode()).hexdigest()[:8]


def inverse(v: Vocabulary, e: Expr) -> sympy.Symbol:
    """1/e where e is not 0, and 0 where it is; a symbol that varies over what e does, and is known when e is.

    Raises:
        ValueError: e varies along a segment, where an inverse jumps.
    """
    from convbound.proofs.language.translation import Draft

    e = sympy.expand(sympy.sympify(e, strict=True))
    if e.could_extract_minus_sign():  # one symbol for e and -e
        return -inverse(v, -e)
    name = f"inverse_{_digest(e)}"
    if name not in v.meanings:
        draft = Draft(v)
        reach = frozenset[str]().union(*(draft.proof.reach[a] for m in draft.poly(e) for a, _ in m))
        segments = {s["name"] for s in v.scopes if s["kind"] == "unit"}
        if reach & segments:
            raise ValueError(f"{v.text(e)} varies along a segment, where an inverse jumps")
        text, latex = v.text(e), v.tex(e)
        made = v.real(name, f"1/({text}), and 0 where that is 0", over=sorted(reach))
        v.inverses[name] = e
        v.notation(made, f"inv({text})", rf"\operatorname{{inv}}\left({latex}\right)")
        for op, side in ((">", e), ("=", e), (">", -e)):  # the three cases
            when(v, Relation(side, op, sympy.Integer(0)))
    return sympy.Symbol(name, real=True)


def inverse_of(v: Vocabulary, e: Expr) -> Expr | None:
    """The inverse of e or of -e with its sign, if the vocabulary has it."""
    e = sympy.expand(e)
    if e.could_extract_minus_sign():
        x = inverse_of(v, -e)
        return None if x is None else -x
    name = f"inverse_{_digest(e)}"
    return sympy.Symbol(name, real=True) if name in v.inverses else None


def quotient(v: Vocabulary, a: Expr, b: Expr) -> Expr:
    """a/b where b is not 0: its sign need not be known. Where b is 0 the value is 0, so suppose that it is not."""
    return a * inverse(v, b)


def let(v: Vocabulary, name: str, e: Expr, meaning: str = "", latex: str = "") -> sympy.Symbol:
    """A name for an expression, which the search does not look into: what it is, is a fact of its definition.

    Raises:
        ValueError: the vocabulary has a symbol of that name.
    """
    return v.define(name, "quotient", e, sympy.Integer(1), meaning=meaning, latex=latex)


def when(v: Vocabulary, condition: Condition) -> Expr:
    """1 where the relation holds and 0 where it does not, at each point of what it speaks of."""
    if not isinstance(condition, Relation):
        return sympy.sympify(condition, strict=True)
    op, e = condition.fact
    e = sympy.expand(e)
    if e.is_number:
        return sympy.Integer(int({">": e > 0, ">=": e >= 0, "=": e == 0}[op]))
    x = inverse(v, e)
    if op == "=":
        value = 1 - e * x
    elif op == ">":
        value = (e + sympy.Abs(e)) * x / 2
    else:
        value = 1 - (e - sympy.Abs(e)) * x / 2
    name = f"when_{_digest(sympy.Tuple(sympy.Symbol(op), e))}"
    if name not in v.meanings:
        text, latex = v.text(condition), v.tex(condition)
        symbol = let(v, name, value, f"1 where {text}, else 0")
        v.conditions[name] = Relation(e, op, sympy.Integer(0))
        v.notation(symbol, f"[{text}]", rf"\left[{latex}\right]")
    return sympy.Symbol(name, real=True)


def both(v: Vocabulary, *conditions: Condition) -> Expr:
    """1 where all of them hold, else 0."""
    return _joined(v, sympy.Mul(*(when(v, c) for c in conditions)), conditions, "and")


def either(v: Vocabulary, *conditions: Condition) -> Expr:
    """1 where one of them holds, or more, else 0."""
    return _joined(v, 1 - sympy.Mul(*(1 - when(v, c) for c in conditions)), conditions, "or")


def _joined(v: Vocabulary, value: Expr, conditions: Sequence[Condition], word: str) -> Expr:
    """The value, shown as its conditions with a word between them."""
    if len(conditions) < 2 or not value.free_symbols:
        return value
    said, written = ([_said(v, c, latex=latex, inside=word) for c in conditions] for latex in (False, True))
    latex = rf" \text{{ {word} }} ".join(written)
    return v.notation(value, f"[{f' {word} '.join(said)}]", rf"\left[{latex}\right]")


def implies(v: Vocabulary, condition: Condition, then: Condition) -> Relation:
    """Wherever the first holds, so does the second."""
    return le(when(v, condition), when(v, then))


def iff(v: Vocabulary, one: Condition, other: Condition) -> Relation:
    """The two hold at the same points."""
    return eq(when(v, one), when(v, other))


def piecewise(v: Vocabulary, *cases: tuple[Expr, Condition], otherwise: Expr = 0) -> Expr:
    """The value of the first case whose condition holds, else the last one; shown as cases.

    Args:
        v: the vocabulary.
        cases: (value, condition), in their order.
        otherwise: the value where none holds.
    """
    result = sympy.sympify(otherwise, strict=True)
    for value, condition in reversed(cases):
        chosen = when(v, condition)
        result = chosen * value + (1 - chosen) * result
    text = ", ".join(f"{v.text(value)} where {_said(v, c)}" for value, c in cases)
    rows = [rf"{v.tex(value)} & {_said(v, c, latex=True)}" for value, c in cases]
    rows.append(rf"{v.tex(otherwise)} & \text{{otherwise}}")
    body = r" \\ ".join(rows)
    return v.notation(result, f"({text}, else {v.text(otherwise)})", rf"\begin{{cases}} {body} \end{{cases}}")


def clip(e: Expr, low: Expr, high: Expr) -> Expr:
    """The nearest number to e from low to high."""
    return sympy.Max(low, sympy.Min(high, e))


def _said(v: Vocabulary, condition: Condition, *, latex: bool = False, inside: str = "") -> str:
    """A condition without its brackets; with other ones, where it would be read otherwise among those around it."""
    text = v.tex(condition) if latex else v.text(condition)
    left, right = (r"\left[", r"\right]") if latex else ("[", "]")
    if isinstance(condition, Relation) or condition not in v.notations or not text.startswith(left):
        return text
    text = text.removeprefix(left).removesuffix(right)
    other = {"and": " or ", "or": " and "}.get(inside)
    return f"({text})" if other is not None and other in text.replace(r"\text{", "").replace("}", "") else text


def meaning(v: Vocabulary, relations: Sequence[Relation]) -> list[tuple[Relation, str]]:
    """The equations of the inverses that occur in relations, also inside definitions and other inverses, with words."""
    waiting = [side for r in relations for side in (r.left, r.right)]
    needed, seen = set[str](), set[str]()
    while waiting:
        for symbol in sympy.sympify(waiting.pop()).free_symbols:
            if symbol.name in seen:
                continue
            seen.add(symbol.name)
            waiting += v.definitions.get(symbol.name, ("", ()))[1]
            if symbol.name in v.inverses:
                needed.add(symbol.name)
                waiting.append(v.inverses[symbol.name])
    found = []
    for name, e in v.inverses.items():
        if name in needed:
            x = sympy.Symbol(name, real=True)
            found += [(eq(e**2 * x, e), "the inverse"), (eq(x**2 * e, x), "and 0 where there is none")]
    return found


def complete(v: Vocabulary, model: Model) -> Model:
    """The model with the values of all inverses, computed from those of the other symbols."""
    from convbound.proofs.language.translation import Draft
    from convbound.proofs.models.model import Evaluation, as_value, sign
    from convbound.proofs.models.surds import Surd

    if not v.inverses:
        return model
    values: dict[str, Given] = dict(model.values)
    for name, e in v.inverses.items():
        draft = Draft(v)
        poly, here = draft.poly(e), replace(model, values=dict(values))
        evaluation = Evaluation(draft.proof, here)

        def value(at: Point, poly: Poly = poly, evaluation: Evaluation = evaluation) -> Given:
            number = evaluation.poly(poly, at)
            return as_value(Surd.of(number).inverse()) if sign(number) else number

        values[name] = value if draft.proof.reach[name] else value({})
    return replace(model, values=values)

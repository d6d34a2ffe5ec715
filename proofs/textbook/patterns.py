"""Words that stand for more than themselves: powers with the step in the exponent, the least over all steps."""

from __future__ import annotations

import hashlib

import sympy

from convbound.proofs.language.vocabulary import Relation, Vocabulary, first_value, next_value
from convbound.proofs.textbook.declared import Declared, MisuseError
from convbound.proofs.textbook.terms import Stated, Term, term
from convbound.proofs.textbook.words import E, K, k


def power(base: Term, exponent: Term) -> Term:
    """base**(k + c), a sequence over the steps; base**(K + c), its value after the last one.

    Raises:
        MisuseError: the exponent is something else, or the base may change.
    """
    wrong = f"the exponent {exponent} cannot be read: a number, or the step k or K plus an integer"
    at = next((x for x in (k, K) if x.expr in exponent.expr.free_symbols), None)
    if at is None or exponent.vector:
        raise MisuseError(wrong)
    offset = exponent.expr - at.expr
    if not offset.is_Integer:
        raise MisuseError(wrong)
    if any(x.kind not in ("constant", "positive", "integer") for x in base.declared.values()):
        raise MisuseError(f"{base}, a base of {exponent}, may change from step to step: it has to be a constant")
    if not base.declared:
        base = Term(base.expr)
    sign = f"_{'plus' if offset > 0 else 'minus'}_{abs(offset)}" if offset else ""
    name = f"{plain_name(base)}_to_{at}{sign}"
    declared = Declared(name, "power", of=base, offset=int(offset), at=str(at.expr))
    symbol = sympy.Symbol(name, real=True)
    value = symbol if at is k else sympy.Function("last")(symbol)
    return Term(value, False, {**base.declared, **at.declared, name: declared})


def plain_name(of: Term) -> str:
    """A name for a term: its own, where it has one."""
    text = str(of.expr)
    return text if text.isidentifier() else f"x{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def power_facts(p: Declared, start: int) -> list[tuple[Relation, str]]:
    """What makes a sequence that power: its first value, and how each value follows from the one before.

    Raises:
        MisuseError: the exponent is negative at the first step.
    """
    assert p.of is not None
    lowest = start + p.offset if p.at == "k" else p.offset
    if lowest < 0:
        where = f"{lowest} at the first step, k = {start}" if p.at == "k" else f"K − {-lowest}, which may be negative"
        raise MisuseError(f"the exponent of {p.of} is {where}: write it as a quotient")
    symbol = sympy.Symbol(p.name, real=True)
    return [
        (Relation(first_value(symbol), "=", p.of.expr**lowest), "a power, at the first step"),
        (Relation(next_value(symbol), "=", p.of.expr * symbol), "a power, from step to step"),
    ]


def power_sign(p: Declared, start: int, v: Vocabulary) -> tuple[str, str]:
    """How the sequence of a power is shown, text and LaTeX: by its exponent at step k, also where the last is meant."""
    assert p.of is not None
    offset = p.offset if p.at == "k" else p.offset - start
    text, latex = v.text(p.of.expr), v.tex(p.of.expr)
    if not p.of.expr.is_Symbol:
        text, latex = f"({text})", rf"\left({latex}\right)"
    sign = f" {'+' if offset > 0 else '-'} {abs(offset)}" if offset else ""
    return f"{text}^(k{sign.replace('-', '−')})" if sign else f"{text}^k", f"{latex}^{{k{sign}}}"


def least(of: object) -> Term:
    """The least over the steps k = 1, …, K. It stands alone on its side: least(X) <= B, or E(least(X)) <= B, claimed.

    As a hypothesis, least(X) >= B says X >= B at every step.
    """
    t = term(of)
    if t.vector:
        raise MisuseError(f"least is of a number, and {t} is a vector")
    if any(x.kind == "least" for x in t.declared.values()):
        raise MisuseError("least of a least cannot be read")
    name = f"least_{plain_name(t)}"
    declared = Declared(name, "least", of=t)
    return Term(sympy.Symbol(name, real=True), False, {**t.declared, name: declared})


def least_of(statement: Stated) -> Declared | None:
    """The minimum that a statement is about."""
    return next((x for x in statement.declared.values() if x.kind == "least"), None)


def check_least(statement: Stated) -> None:
    """Refuse a conclusion whose minimum is not alone on the smaller side: another number below all values would do.

    Raises:
        MisuseError: it is not.
    """
    found = least_of(statement)
    if found is None:
        return
    symbol = sympy.Symbol(found.name, real=True)
    small, large = (statement.left, statement.right) if "<" in statement.op else (statement.right, statement.left)
    alone = small.expr in (symbol, sympy.Function(E.name)(symbol)) and symbol not in large.expr.free_symbols
    if statement.op == "=" or not alone:
        raise MisuseError("a minimum over the steps is claimed as least(X) <= B, alone on its side")


def supposed_least(statement: Stated) -> Stated:
    """A hypothesis least(X) >= B as what it says: X >= B at every step.

    Raises:
        MisuseError: it says something else of the minimum.
    """
    found = least_of(statement)
    if found is None:
        return statement
    symbol = sympy.Symbol(found.name, real=True)
    small, large = (statement.left, statement.right) if "<" in statement.op else (statement.right, statement.left)
    if statement.op == "=" or large.expr != symbol or symbol in small.expr.free_symbols or found.of is None:
        raise MisuseError("a minimum over the steps is supposed as least(X) >= B, alone on its side")
    return Stated(found.of, statement.op.replace("<", ">"), small, statement.label, statement.added)


def least_fact(found: Declared) -> tuple[Relation, str]:
    """What is known of a minimum: it is no greater than any of the values."""
    assert found.of is not None
    symbol: sympy.Expr = sympy.Symbol(found.name, real=True)
    return Relation(symbol, "<=", found.of.expr), "the least is no greater than any"

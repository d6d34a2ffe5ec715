"""There is a constant, and there is none: proved by a term that does, and by an instance for every value.

A constant that exists is fixed before the steps, the coordinates and chance, and before their number. To say that
there is none, every other symbol is given a value that may depend on the constant, the same at each of one step and
one coordinate, without chance: then sums, averages, expectations and next values are the values themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sympy

from convbound.proofs.textbook.declared import MisuseError, together
from convbound.proofs.textbook.terms import Stated, Term, kind_of, mapped, term

TRIVIAL = ("sum", "mean", "total", "E", "next", "first", "last")
VIOLATED = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}


def constant_of(c: object) -> str:
    """The name of the constant.

    Raises:
        MisuseError: it is no constant.
    """
    if isinstance(c, Term) and c.expr.is_Symbol and c.declared[c.expr.name].kind == "constant":
        return str(c.expr.name)
    raise MisuseError("what exists is a constant: C = constants('C')")


def free_of(name: str, suppose: Sequence[Stated]) -> None:
    """Refuse a hypothesis about the constant: it is fixed first, and shown, not supposed, to have what it needs.

    Raises:
        MisuseError: there is one.
    """
    for statement in suppose:
        if name in statement.declared:
            raise MisuseError(f"{statement} supposes something of {name}, which is what is said to exist")


def with_term(c: Term, then: Stated, take: object) -> Stated:
    """The statement for the constant that is taken.

    Raises:
        MisuseError: that is no constant, or depends on what is fixed later.
    """
    name, value = constant_of(c), term(take)
    late = [x.name for x in value.declared.values() if x.kind not in ("constant", "positive", "integer")]
    late += [x for x in ("K", name) if x in value.declared]
    if late or value.vector:
        why = f"{', '.join(late)} is not" if late else "a vector is no constant"
        raise MisuseError(f"{name} is fixed before everything else, and {value} cannot be: {why}")
    if name not in then.declared:
        raise MisuseError(f"{then} does not speak of {name}")

    def side(t: Term) -> Term:
        declared = {k: x for k, x in t.declared.items() if k != name}
        return Term(t.expr.xreplace({c.expr: value.expr}), t.vector, together(declared, value.declared))

    return replace(then, left=side(then.left), right=side(then.right))


def instance_for_all(
    c: Term, suppose: Sequence[Stated], then: Stated, against: Mapping[Term, object], start: int
) -> tuple[list[Stated], Stated]:
    """What is left to suppose of the constant, and that the statement fails, in the instance `against`.

    Raises:
        MisuseError: a symbol has no value, a hypothesis fails, or the statement has no opposite of this kind.
    """
    name = constant_of(c)
    if then.op not in VIOLATED:
        raise MisuseError(f"an equation with {name} is refuted by its two inequalities: claim one of them")
    values = {"K": term(1), "d": term(1), "k": term(start), name: c}
    for key, value in against.items():
        if not isinstance(key, Term) or not key.expr.is_Symbol:
            raise MisuseError(f"against={{…}} gives values to symbols; {kind_of(key)} is none")
        given = term(value)
        if set(given.declared) - {name}:
            raise MisuseError(f"the value of {key} may depend on {name} alone, and not on {given}")
        values[key.expr.name] = given

    def leaf(symbol: sympy.Symbol) -> sympy.Expr:
        return _value(values, symbol.name).expr

    def inside(e: sympy.Expr) -> sympy.Expr:
        return mapped(e.args[0], leaf, functional)

    functional = dict.fromkeys((*TRIVIAL, "E_k", *(f"E_k{s}" for s in range(1, 9))), inside)

    def valued(statement: Stated) -> Stated:
        sides = [Term(mapped(t.expr, leaf, functional), False, c.declared) for t in (statement.left, statement.right)]
        return replace(statement, left=sides[0], right=sides[1])

    declared = together(*(s.declared for s in (*suppose, then)))
    if any(x.kind in ("power", "least") for x in declared.values()):
        raise MisuseError(f"with powers of the step, or minima over the steps, no instance for all {name} is made")
    left = []
    zero = term(0)
    signs = [Stated(_value(values, x), ">", zero) for x, y in declared.items() if y.kind == "positive"]
    for statement in [*map(valued, suppose), *signs]:
        decided = _decided(statement)
        if decided is False:
            raise MisuseError(f"in the instance a hypothesis fails: {statement}")
        if decided is None:
            left.append(replace(statement, left=Term(statement.left.expr, False, c.declared)))
    failed = valued(then)
    return left, replace(failed, op=VIOLATED[then.op], label="")


def _value(values: Mapping[str, Term], name: str) -> Term:
    if name not in values:
        raise MisuseError(f"against={{…}} gives no value to {name}")
    return values[name]


def _decided(statement: Stated) -> bool | None:
    """Whether a statement is true, where it is one about rational numbers."""
    difference = sympy.expand(statement.left.expr - statement.right.expr)
    if not difference.is_Rational:
        return None
    tests = {"<=": difference <= 0, "<": difference < 0, ">=": difference >= 0, ">": difference > 0}
    return bool(tests.get(statement.op, difference == 0))

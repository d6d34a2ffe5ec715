"""Cases by the sign of an expression, with lemmas inside a case.

A fact that holds where e > 0 is carried as [e > 0] F >= 0, which holds everywhere: so it is a fact like any other. It
can be used again inside its case, says nothing outside it, and under an expectation it stays what it is. Since
[e > 0] + [e = 0] + [-e > 0] = 1, a conclusion that is shown in the three cases is the sum of what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import sympy

from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.language.conditions import inverse_of, when
from convbound.proofs.language.vocabulary import Expr, Relation, eq, ge

if TYPE_CHECKING:
    from convbound.proofs.derivation.derivation import Derivation, Reason

Shown: TypeAlias = "Callable[[Case], Fact]"
ZERO = sympy.Integer(0)


class Case:
    """One of three cases. Its facts are those of the derivation, times 1 where the case holds and 0 elsewhere.

    Attributes:
        here: that number, [e > 0], [e = 0] or [-e > 0].
        known: what holds in the case, such as here * e >= 0.
    """

    def __init__(self, p: Derivation, e: Expr, sign: int) -> None:
        """The case in which e has the sign.

        Raises:
            ProofError: the claim does not speak of the sign of e.
        """
        v = p.vocabulary
        x = inverse_of(v, e)
        if x is None or not any(
            x.free_symbols & side.free_symbols for h in p.claim.facts for side in _sides(h.relation)
        ):
            what = f"cases by the sign of {v.text(e)} need a claim that speaks of it, by when({v.text(e)} > 0)"
            raise ProofError(f"{p.claim.id}: {what}")
        self.p, self.local = p, set[tuple[int, int]]()
        relation = {1: Relation(e, ">", ZERO), 0: Relation(e, "=", ZERO), -1: Relation(-e, ">", ZERO)}[sign]
        self.here = i = when(v, relation)
        equations = [*p.resolve(i), *_inverse(p, x)]
        if sign:
            f, y = sign * e, sign * x
            size = [*equations, *_size(p, e)]
            once = p.have(eq(i**2, i), by=size)
            self.positive = self._mark(p.have(ge(i, 0), by=once, squares=[i]))
            up = p.have(ge(sympy.Abs(e) + f, 0), by=size)
            self.known = [
                *[once, self.positive, p.have(eq(i * e * x, i), by=size)],
                self._mark(p.have(ge(i * f, 0), by=[*size, _times_square(p, up, e * x)])),
                self._mark(p.have(ge(i * y, 0), by=[*size, _times_square(p, up, x)])),
            ]
        else:
            once = p.have(eq(i**2, i), by=equations)
            self.positive = self._mark(p.have(ge(i, 0), by=once, squares=[i]))
            zero = [p.have(eq(i * e, 0), by=equations), p.have(eq(i * x, 0), by=equations)]
            self.known = [once, self.positive, *map(self._mark, zero)]

    def _mark(self, fact: Fact) -> Fact:
        self.local.add(fact.place)
        return fact

    def _lifted(self, fact: Fact) -> Fact:
        """The fact, in this case only."""
        if fact.place in self.local or fact.relation == "=":
            return fact
        return self._mark(self.p.product(self.positive, fact))

    def have(self, relation: Relation, by: Reason = (), *, squares: Sequence[Expr] = ()) -> Fact:
        """A line that holds in the case: reasons from outside hold here too, those of another case say nothing here.

        Raises:
            ProofError: it does not close, or it is strict: 0 > 0 is false outside the case.
        """
        op, e = relation.fact
        if op == ">":
            raise ProofError(f"{self.p.claim.id}: a line inside a case is ≥ or =; a strict one is closed with split=")
        facts = [self._lifted(f) for f in self.p.resolve(by)]
        goal = eq(self.here * e, 0) if op == "=" else ge(self.here * e, 0)
        roots = [self.here * s for s in squares]
        return self._mark(self.p.have(goal, by=[*facts, *self.known], squares=roots))

    def product(self, one: Reason, other: Reason) -> Fact:
        """The product of two facts that hold in the case."""
        a, b = self.p.resolve(one)[0], self.p.resolve(other)[0]
        if a.place not in self.local and b.place not in self.local:
            a = self._lifted(a)
        return self._mark(self.p.product(a, b))


@dataclass(frozen=True)
class About:
    """What is known of the number i that is 1 where a relation e > 0 or e >= 0 holds, and 0 elsewhere."""

    once: Fact  # i² = i
    positive: Fact  # i >= 0
    rest: Fact  # 1 - i >= 0
    holds: Fact  # i e >= 0
    fails: Fact  # (1 - i)(-e) >= 0
    inverted: Fact  # i e inv(e) = i for a strict relation, (1 - i) e inv(e) = 1 - i for a weak one

    @property
    def facts(self) -> list[Fact]:
        """All of them."""
        return [self.once, self.positive, self.rest, self.holds, self.fails, self.inverted]


def about(p: Derivation, relation: Relation) -> About:
    """The facts of the number that says whether a relation holds.

    Raises:
        ProofError: the claim does not speak of the sign of what is compared, or the relation is an equation.
    """
    op, e = relation.fact
    if op == "=":
        raise ProofError(f"{p.claim.id}: of an equation there are cases, not a number from 0 to 1: use cases")
    e = sympy.expand(e)
    strict = op == ">"
    side = Case(p, e if strict else -e, 1)  # e >= 0 is where -e > 0 is not
    j, f = side.here, e if strict else -e
    outside = p.have(ge(1 - j, 0), by=side.known, squares=[1 - j])
    down = p.have(ge(sympy.Abs(e) - f, 0), by=_size(p, e))
    y = inverse_of(p.vocabulary, f)
    only = [*p.resolve(j), *_inverse(p, y)]
    fails = p.have(ge((1 - j) * -f, 0), by=[*only, _times_square(p, down, f * y)])
    once, positive, inverted, holds, _ = side.known
    if strict:
        return About(once, positive, outside, holds, fails, inverted)
    i = when(p.vocabulary, relation)
    same = p.have(eq(i, 1 - j), by=[*p.resolve(i), *p.resolve(j)])
    x = inverse_of(p.vocabulary, e)
    return About(
        p.have(eq(i**2, i), by=[same, once]),
        p.have(ge(i, 0), by=[same, outside]),
        p.have(ge(1 - i, 0), by=[same, positive]),
        p.have(ge(i * e, 0), by=[p.have(eq(i * e, (1 - j) * e), by=same), fails]),
        p.have(ge((1 - i) * -e, 0), by=[p.have(eq((1 - i) * e, j * e), by=same), holds]),
        p.have(eq((1 - i) * e * x, 1 - i), by=[same, inverted]),
    )


def _sides(relation: Relation) -> tuple[Expr, Expr]:
    return relation.left, relation.right


def _inverse(p: Derivation, x: Expr) -> list[Fact]:
    """The two equations of an inverse, or of its opposite."""
    (symbol,) = x.free_symbols
    e = p.vocabulary.inverses[symbol.name]
    return p.resolve([eq(e**2 * symbol, e), eq(symbol**2 * e, symbol)])


def _size(p: Derivation, e: Expr) -> list[Fact]:
    p.define(sympy.Abs(e))
    return p.definitions.of(sympy.Abs(e))


def _times_square(p: Derivation, fact: Fact, root: Expr) -> Fact:
    return p.product(fact, p.have(ge(root**2, 0), squares=[root]))


def by_sign(p: Derivation, e: Expr, goal: Relation, positive: Shown, zero: Shown, negative: Shown) -> Fact:
    """The goal, from what each case showed of it."""
    shown = []
    for sign, show in ((1, positive), (0, zero), (-1, negative)):
        case = Case(p, e, sign)
        shown += [show(case), *p.resolve(case.here)]
    return p.have(goal, by=shown)

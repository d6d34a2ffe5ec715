"""What follows from the hypotheses by structure alone, as far as a goal can need it.

Expectations, sums and averages are applied to the hypotheses until nothing varies over what the goal does not vary
over; nested ones change places, averages telescope, vector equations are multiplied by what stands beside them in the
goal. All of it is steps of the kernel; the search for a combination is left to what closes the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations

from convbound.bounds.plain_data import Json
from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.lemmas import schwarz, square_of_sum, square_root, square_under
from convbound.proofs.derivation.multipliers import Known, Search, divide
from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.kernel import KernelError, Monomial, Poly, multiply, scale, times
from convbound.proofs.models.signatures import atoms_within

MAX_FACTS = 260
MAX_DEGREE = 6
ROUNDS = 4


class Saturation:
    """The facts around one goal; `facts` grows."""

    def __init__(self, p: Bench, goals: Iterable[Poly], facts: Iterable[Fact]) -> None:
        """`goals` are polynomials that the goal is made of, at a step and at the next one, say."""
        self.p, self.proof = p, p.proof
        self.goals = list(goals)
        bound = {f.get("over") for f in self.proof.functionals.values()}
        self.free = {n for n, s in self.proof.scopes.items() if s["kind"] == "time" and n not in bound}
        self.reach = frozenset[str]().union(*(self.reach_of(g) for g in self.goals))
        self.facts: dict[Hashable, Fact] = {}
        self.done: set[Hashable] = set()
        for fact in facts:
            self.add(fact)
        self.inside = {
            self.proof.structure[a][0] for g in self.goals for a in atoms_within(self.proof, g) if self._is(a)
        }
        self.functionals = [n for n in self.proof.functionals if not self.proof.binds[n] & self.reach]
        self.seen = set[str]()

    def reach_of(self, poly: Poly) -> frozenset[str]:
        """The scopes over which a polynomial varies, and which some functional takes in: no other can be got rid of."""
        return frozenset[str]().union(*(self.proof.reach[a] for m in poly for a, _ in m)) - self.free

    def atoms(self) -> list[str]:
        """All atoms of goals and facts, also those inside others."""
        found = frozenset[str]().union(
            *(atoms_within(self.proof, q) for q in (*self.goals, *(f.poly for f in self.facts.values())))
        )
        return sorted(found)

    def add(self, fact: Fact | None) -> None:
        """Keep a fact that says something new."""
        if fact is None or not fact.poly or len(self.facts) >= MAX_FACTS:
            return
        poly = fact.poly
        if fact.relation == "=" and poly[min(poly)] < 0:  # the same equation with its sides exchanged
            poly = scale(-1, poly)
        self.facts.setdefault((fact.relation, frozenset(poly.items())), fact)

    def _is(self, atom: str) -> bool:
        return self.proof.structure.get(atom, ("",))[0] in self.proof.functionals

    # ------------------------------------------------------------------------------------------------ rounds

    def run(self, rounds: int = ROUNDS, *, squares: bool = True) -> list[Fact]:
        """Everything that a few rounds find, with or without squares under functionals."""
        for _ in self.rounds(rounds, (self._inequalities, self._deviations) if squares else ()):
            pass
        return list(self.facts.values())

    def rounds(self, most: int, inequalities: Sequence[Callable[[], None]]) -> Iterator[list[Fact]]:
        """What is useful after each round that finds something new."""
        for _ in range(most):
            before = len(self.facts)
            self._structural()
            for make in inequalities:
                make()
            self._products()
            self._lifts()
            if len(self.facts) == before:
                break
            yield self.useful()

    def structure(self) -> Iterator[list[Fact]]:
        """Round by round what follows without any inequality: its facts are few, and they close most."""
        return self.rounds(ROUNDS, ())

    def useful(self) -> list[Fact]:
        """The facts to which no functional is left to be applied."""
        return [f for f in self.facts.values() if self._lifting(self.reach_of(f.poly) - self.reach) is None]

    def _once(self, key: Hashable, make: Callable[[], Fact | list[Fact] | None]) -> None:
        """Do something the first time it is asked for; what the kernel refuses is left out."""
        if key in self.done or len(self.facts) >= MAX_FACTS:
            return
        self.done.add(key)
        try:
            found = make()
            for fact in found if isinstance(found, list) else [found]:
                self.add(fact)
        except (ProofError, KernelError):
            return

    def _rule(self, rule: str, **step: Json) -> Fact:
        return self.p.record({"rule": rule, **step})[0]

    # --------------------------------------------------------------------------------------------- structure

    def _structural(self) -> None:
        atoms = self.atoms()
        self.seen = set(atoms)
        for atom in atoms:
            if self._is(atom):
                operator, operand = self.proof.structure[atom]
                self._nested(operator, operand)
                self._towers(operator, operand)
                self._over_time(operator, operand)
                self._parts(operator, operand)

    def _nested(self, outer: str, m: Monomial) -> None:
        """E[Σ x] = Σ E[x], E[E_k[x]] = E[x]."""
        for atom, e in m:
            if e != 1 or not self._is(atom):
                continue
            inner, within = self.proof.structure[atom]
            rest = tuple(x for x in m if x[0] != atom)
            if self.reach_of({rest: 1}) & self.proof.binds[inner]:
                continue
            body = self.proof.write({times(rest, within): 1})
            kinds = [self.proof.functionals[x]["kind"] for x in (outer, inner)]
            rule = "tower" if kinds == ["expectation", "expectation"] else "interchange"
            if "integral" in kinds or (rule == "interchange" and not self._leads_on(outer, inner, times(rest, within))):
                continue
            key = (rule, outer, inner, str(body))
            self._once(key, partial(self._rule, rule, outer=outer, inner=inner, body=body))

    def _leads_on(self, outer: str, inner: str, body: Monomial) -> bool:
        """Whether it is worth while that two functionals change places: along a time, or where something moves out."""
        f = self.proof.functionals[inner]
        if any(
            self.proof.scopes[x.get("over", "")]["kind"] == "time"
            for x in (f, self.proof.functionals[outer])
            if "over" in x
        ):
            return True
        ((monomial, _),) = self.proof.apply(outer, {body: 1}).items() or ((((), 0),))
        atoms = {a for a, _ in monomial}
        return len(monomial) > 1 or atoms <= self.seen

    def _towers(self, outer: str, m: Monomial) -> None:
        """E[x] = E[E_k[x]] where x is not known at the step."""
        given = self.proof.functionals[outer].get("given")
        if given is None:
            return
        for inner, f in self.proof.functionals.items():
            more = f.get("given", [])
            if len(more) > len(given) and self.reach_of({m: 1}) & self.proof.binds[inner] and self._occurs(inner):
                body = self.proof.write({m: 1})
                key = ("tower", outer, inner, str(body))
                self._once(key, partial(self._rule, "tower", outer=outer, inner=inner, body=body))

    def _occurs(self, functional: str) -> bool:
        return any(self.proof.structure[a][0] == functional for a in self.atoms() if self._is(a))

    def _over_time(self, operator: str, m: Monomial) -> None:
        """Averages are sums over their length; what has a next telescopes."""
        f = self.proof.functionals[operator]
        over = self.proof.scopes.get(f.get("over", ""), {})
        body = self.proof.write({m: 1})
        if f["kind"] == "average":
            for other, about in self.proof.functionals.items():
                if about["kind"] == "sum" and about["over"] == f["over"] and self._occurs(other):
                    about_length = ("average", operator, other, str(body))
                    self._once(about_length, partial(self._rule, "average", functional=operator, sum=other, body=body))
        if over.get("kind") == "time" and '"next"' in str(body).replace("'", '"'):
            earlier = unshifted(body, "next")
            key = ("telescoping", operator, str(earlier))
            self._once(key, partial(self._rule, "telescoping", functional=operator, body=earlier))

    def _parts(self, operator: str, m: Monomial) -> None:
        """A part of a sum of nonnegative parts is at most the sum, where the goal is about a part."""
        f = self.proof.functionals[operator]
        if f["kind"] != "sum" or f["over"] not in self.reach:
            return
        fact = self.p.sign_of_monomial(m)
        if fact is not None:
            self._once(("member", operator, m), partial(self._rule, "member", functional=operator, of=fact.reference))

    # -------------------------------------------------------------------------------------------- inequalities

    def _inequalities(self) -> None:
        """Squares under each functional of the goal, and the inequality of Cauchy and Schwarz, by their shape."""
        inside: dict[str, dict[Monomial, None]] = {}
        for atom in sorted(frozenset[str]().union(*(atoms_within(self.proof, q) for q in self.goals))):
            if self._is(atom):
                operator, operand = self.proof.structure[atom]
                inside.setdefault(operator, {})[operand] = None
        for operator, found in inside.items():
            if self.proof.functionals[operator]["kind"] == "integral":
                continue
            roots = [r for m in found if (r := square_root(m)) is not None]
            squared = [m for m in found if self._stands_squared(operator, m)]  # f[x]² against f[x²]
            roots += squared
            for m in squared:
                self._once(("sum", operator, m), partial(square_of_sum, self.p, operator, m))
            for x, y in combinations(sorted({*roots, ()}), 2):
                if times(x, y) in found:
                    for sign in (1, -1):
                        square: Poly = {x: 1, y: sign}
                        key = ("square", operator, x, y, sign)
                        self._once(key, partial(square_under, self.p, operator, square))
                    self._once(("schwarz", operator, x, y), partial(schwarz, self.p, operator, x, y))

    def _deviations(self) -> None:
        """Squares of x - y where y is the expectation of x: what the variance of x is made of."""
        squared = {square_root(m) for a in self.atoms() if self._is(a) for m in [self.proof.structure[a][1]]}
        for fact in list(self.facts.values()):
            if fact.relation != "=" or len(fact.poly) != 2:
                continue
            for one, other in (list(fact.poly), list(fact.poly)[::-1]):
                if len(one) != 1 or one[0][1] != 1 or not self._is(one[0][0]):
                    continue
                operator, x = self.proof.structure[one[0][0]]
                if self.proof.functionals[operator]["kind"] != "expectation" or x not in squared:
                    continue
                square: Poly = {x: 1, other: Fraction(fact.poly[other]) / Fraction(fact.poly[one])}
                over = [n for n, f in self.proof.functionals.items() if f["kind"] == "sum"] + [operator]
                for name in over:
                    if self.proof.binds[name] & self.reach_of({x: 1}):
                        key = ("deviation", name, x, other)
                        self._once(key, partial(square_under, self.p, name, square))

    def _stands_squared(self, operator: str, m: Monomial) -> bool:
        """Whether the goal has f[m]², or m is an absolute value, whose square is something else's."""
        if len(m) == 1 and self.proof.definitions.get(m[0][0], [""])[0] == "absolute":
            return True
        atom = next(iter(self.proof.apply(operator, {m: 1})))
        return len(atom) == 1 and any((atom[0][0], 2) in k for g in self.goals for k in g)

    # ---------------------------------------------------------------------------------------------- products

    def _products(self) -> None:
        """A fact times what stands beside one of its terms inside a functional, and the functional of that."""
        operands = [(self.proof.structure[a]) for a in self.atoms() if self._is(a)]
        for fact in list(self.facts.values()):
            varies = self.reach_of(fact.poly)
            for operator, m in operands:
                binds = self.proof.binds[operator]
                if not varies & binds or sum(e for _, e in m) > MAX_DEGREE:
                    continue
                for part in fact.poly:
                    factor = divide(m, part) if part and self.reach_of({part: 1}) & binds else None
                    if factor and not any(self._is(a) for a, _ in factor):
                        key = ("product", operator, factor, fact.relation, frozenset(fact.poly.items()))
                        self._once(key, partial(self._multiplied, fact, operator, factor))

    def _multiplied(self, fact: Fact, operator: str, factor: Monomial) -> Fact | None:
        product = multiplied(self.p, fact, factor)
        return None if product is None else self._rule("functional", functional=operator, of=product.reference)

    def _lifts(self) -> None:
        """Functionals of what varies over more than the goal does."""
        for fact in list(self.facts.values()):
            extra = self.reach_of(fact.poly) - self.reach
            name = self._lifting(extra)
            if name is not None:
                key = ("lift", name, fact.relation, frozenset(fact.poly.items()))
                self._once(key, partial(self._rule, "functional", functional=name, of=fact.reference))

    def _lifting(self, extra: frozenset[str]) -> str | None:
        """The functional that binds something of it: of the goal's, or else any; averages over time last."""
        fitting = [n for n in self.functionals if self.proof.binds[n] & extra]
        own = [n for n in fitting if n in self.inside]
        chosen = own or [n for n in fitting if self.proof.at[n] <= self.reach | extra]
        return min(chosen, key=self._turn, default=None)

    def _turn(self, name: str) -> tuple[int, int]:
        f = self.proof.functionals[name]
        if "over" in f:
            return (0 if self.proof.scopes[f["over"]]["kind"] == "index" else 2, 0)
        return 1, -len(f["given"])


def multiplied(p: Bench, fact: Fact, factor: Monomial) -> Fact | None:
    """A fact times a monomial, which has to be seen to be nonnegative unless the fact is an equation."""
    poly = multiply(fact.poly, {factor: 1})
    if fact.relation == "=":
        return p.combine("=", poly, {"equations": [[fact.reference, p.proof.write({factor: 1})]]})
    signs = {a: Known(s.reference, s.relation, s.poly) for a, _ in factor if (s := p.sign(a)) is not None}
    found = Search([], signs, ()).signed(factor)
    if found is None:
        return None
    squares = [p.proof.write(x) for x in found[1]]
    return p.combine(">=", poly, {"terms": [["1", [fact.reference, *found[0]], squares]]})


def unshifted(written: Json, how: str) -> Json:
    """An expression with `next` (or `last`) of a sequence replaced by the sequence."""
    if not isinstance(written, list):
        return written
    if written[0] == how:
        return unshifted(written[2], how)
    return [written[0], *(unshifted(x, how) for x in written[1:])]

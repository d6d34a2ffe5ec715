"""Derivations: how a claim's proof is written. Every method ends in steps of the kernel; nothing else makes a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sympy

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation.chain import Chain
from convbound.proofs.derivation.lemma import Substitution, inline
from convbound.proofs.derivation.multipliers import Known
from convbound.proofs.derivation.search import Closing
from convbound.proofs.derivation.state import Fact, Json, ProofError
from convbound.proofs.kernel import Poly, scale, subtract, variable
from convbound.proofs.language.readback import Readback
from convbound.proofs.language.vocabulary import Expr, Relation
from convbound.proofs.record import Line

if TYPE_CHECKING:
    from convbound.proofs.prover import Prover

__all__ = ["Derivation", "Fact", "ProofError", "Reason", "by"]

Reason = Any  # a Fact, a Relation that is a hypothesis, a Claim, or a list of them


class Derivation(Closing):
    """The proof of one claim, under construction."""

    def __init__(self, claim: Claim, prover: Prover, remembered: Sequence[Json] = ()) -> None:
        """State the hypotheses; prepare; derive the instances; translate the conclusion."""
        super().__init__(claim, remembered)
        self.prover = prover
        self.labels: dict[tuple[int, int], str] = {}
        self.said: dict[tuple[int, int], Relation] = {}  # how the author put a fact
        self.lines: list[Line] = []
        for number, hypothesis in enumerate(claim.facts):
            (fact,) = self.record({"rule": "hypothesis", "fact": self.formula(hypothesis.relation)})
            self.labels[tuple(fact.reference)] = hypothesis.text or f"hypothesis {number + 1}"
            self.said[tuple(fact.reference)] = hypothesis.relation
            self._learn_sign(fact)
        if claim.prepare is not None:
            claim.prepare(self)
        for instance in claim.instances:
            self._derive(instance)
        self.goal = self.proof.formula(self.formula(claim.then))

    def as_claimed(self, fact: Fact) -> Fact:
        """The goal as the claim writes it, from a fact that says it or from which it follows.

        Where the two only look different (terms moved, collected, taken out of an expectation), that is a step too.
        """
        goal, step = self.goal, self.proof.steps[fact.reference[0]]
        if (fact.relation, fact.poly) != (goal.relation, goal.poly):
            fact = self.have_poly(goal.relation, goal.poly, [fact], written=goal.written)
            step = self.proof.steps[fact.reference[0]]
        if step["rule"] == "combination" and step["fact"] == goal.written:
            return fact
        same: Json = {"terms": [["1", [fact.reference], []]]}
        if goal.relation == "=":
            same = {"equations": [[fact.reference, "1"]]} if goal.poly else {}
        return self.combine(goal.relation, goal.poly, same, goal.written)

    def _derive(self, hypothesis: Hypothesis) -> None:
        """An instance of another claim, by that claim's certificate: whatever it supposes has to hold here."""
        assert hypothesis.instance is not None
        general, mapping = hypothesis.instance
        symbols = {k: x for k, x in mapping.items() if not isinstance(x, str)}
        names = {str(k): x for k, x in mapping.items() if isinstance(x, str)}
        try:
            fact = self.use(general, symbols, names)
            relation, poly = self.relation(hypothesis.relation)
            if (fact.relation, fact.poly) != (relation, poly):
                fact = self.have_poly(relation, poly, [fact])
        except ProofError as problem:
            what = f"a hypothesis is not the instance of {general.id} that it is said to be"
            raise ProofError(f"{self.claim.id}: {what}: {problem}") from problem
        self.labels[tuple(fact.reference)] = hypothesis.text or general.id
        self.said[tuple(fact.reference)] = hypothesis.relation

    # ---------------------------------------------------------------------------------------------- recording

    def _note(self, relation: Relation, rule: str, uses: Sequence[Fact], fact: Fact, label: str = "") -> Fact:
        names = tuple(dict.fromkeys(self._label(f) for f in uses))
        self.said.setdefault(tuple(fact.reference), relation)
        self._show(relation, rule if fact.poly else "identity", names, fact)
        self.labels.setdefault(tuple(fact.reference), label or self.vocabulary.text(relation))
        return fact

    def _show(self, relation: Relation, rule: str, uses: Sequence[str], fact: Fact, words: str = "") -> None:
        v = self.vocabulary
        step = fact.reference[0] if fact.poly else -1
        line = Line(v.text(relation), v.sides(relation), rule, tuple(uses), step, words)
        if (line.text, line.step) not in ((other.text, other.step) for other in self.lines):
            self.lines.append(line)

    def _relation(self, fact: Fact) -> Relation:
        """The fact as its author put it, or read back from the kernel."""
        found = self.said.get(tuple(fact.reference))
        return found or Readback(self.proof, self.vocabulary).fact(fact.relation, fact.poly)

    def _label(self, fact: Fact) -> str:
        found = self.labels.get(tuple(fact.reference))
        return found or self.vocabulary.text(self._relation(fact))

    # -------------------------------------------------------------------------------------------- definitions

    def introduce(self, symbol: str, kind: str, bodies: list[Poly]) -> None:
        """Define a symbol in the kernel, with the proof of its side condition."""
        side = None
        if kind in ("quotient", "root"):
            relation, poly = (">", bodies[1]) if kind == "quotient" else (">=", bodies[0])
            side = self.attempt(relation, poly) or self.have_poly(relation, poly, self.hypotheses_on(poly))
        self._define(symbol, kind, bodies, side.reference if side else None)

    def _define(self, symbol: str, kind: str, bodies: list[Poly], side: Json) -> None:
        written = [self.proof.write(b) for b in bodies]
        step = {"rule": "definition", "symbol": symbol, "kind": kind, "bodies": written, "because": side}
        self.parts[symbol] = self.record(step)
        name = self.vocabulary.text(Readback(self.proof, self.vocabulary).atom(symbol))
        for fact in self.parts[symbol]:
            self._learn_sign(fact)
            self.labels.setdefault(tuple(fact.reference), f"definition of {name}")
        if kind == "root":
            inside = self.attempt(">", bodies[0])
            if inside is not None:
                self.signs[symbol] = self.have_poly(">", variable(symbol), [*self.parts[symbol], inside])
        if kind == "quotient":
            numerator = self.attempt(">", bodies[0]) or self.attempt(">=", bodies[0])
            if numerator is not None:
                pool = [numerator, self.parts[symbol][0], self.facts[tuple(side)]]
                positive = self.attempt(numerator.relation, variable(symbol), pool)
                if positive is not None:
                    self.signs[symbol] = positive

    def hypotheses_on(self, poly: Poly) -> list[Fact]:
        """The hypotheses so far that share a symbol with a polynomial."""
        names = self.proof.mentioned(poly) - set(self.proof.functionals)
        facts = (self.facts[(number, 0)] for number in self.proof.hypotheses)
        return [f for f in facts if names & self.proof.mentioned(f.poly)]

    def adopt(self, symbol: str, kind: str, bodies: list[Poly], side: Json) -> tuple[str, list[Json]]:
        """The symbol of a definition taken from another proof: the same one if it is known here."""
        key = (kind, *(str(sorted(b.items())) for b in bodies))
        if key not in self.defined:
            wanted = self.vocabulary.definitions.get(symbol)
            name, count = symbol, 1
            while name in self.proof.symbols or (wanted is not None and name == symbol and not self._same(wanted, key)):
                count += 1
                name = f"{symbol}_{count}"
            self._define(name, kind, bodies, side)
            self.defined[key] = name
        name = self.defined[key]
        return name, [f.reference for f in self.parts[name]]

    def _same(self, wanted: Any, key: Any) -> bool:
        kind, body = wanted
        return bool((kind, *(str(sorted(self.poly(b).items())) for b in body)) == key)

    def part(self, symbol: sympy.Symbol, number: int = 0) -> Fact:
        """A fact of a definition (see the kernel's rule), introducing it where it is not yet."""
        self.poly(symbol)
        return self.parts[symbol.name][number]

    def part_of_root(self, root: Expr, number: int = 0) -> Fact:
        """A fact of the definition that a root in an expression became: 0 its sign, 1 its square."""
        ((monomial, _),) = self.poly(root).items()
        return self.parts[monomial[0][0]][number]

    def bounds_of(self, extremum: Expr) -> list[Fact]:
        """The facts of the definition that a maximum or minimum in an expression became."""
        ((monomial, _),) = self.poly(extremum).items()
        return self.parts[monomial[0][0]]

    # ---------------------------------------------------------------------------------------------- knowledge

    def learn(self, relation: Relation) -> None:
        """Let the finder use a fact about a single atom as its sign."""
        (fact,) = self.resolve(relation)
        self._learn_sign(fact)

    # ---------------------------------------------------------------------------------------------- searching

    def resolve(self, by: Reason) -> list[Fact]:
        """Facts from reasons: facts, hypotheses written as relations, claims, definitions' symbols, lists of these."""
        if isinstance(by, Fact):
            return [by]
        if isinstance(by, Relation):
            found = self.look_up(*self.relation(by))
            if found is None:
                raise ProofError(f"{self.claim.id}: no fact says {self.vocabulary.text(by)}")
            return [found]
        if isinstance(by, Claim):
            return [self.use(by)]
        if isinstance(by, sympy.Symbol):
            self.poly(by)
            return self.parts[by.name]
        return [fact for reason in by for fact in self.resolve(reason)]

    # --------------------------------------------------------------------------------------------------- steps

    def have(
        self,
        relation: Relation,
        by: Reason = (),
        *,
        squares: Sequence[Expr] = (),
        split: Sequence[Expr] = (),
        rounds: int = 5,
        label: str = "",
    ) -> Fact:
        """Derive a relation from reasons; `squares` are expressions whose squares help, `split` cases by their sign."""
        facts = self.resolve(by)
        name, poly = self.relation(relation)
        roots = [self.poly(s) for s in squares]
        if split:
            recipe = self._cases(name, poly, facts, roots, [self.poly(s) for s in split], [], rounds)
            fact = self.combine(name, poly, recipe, self.formula(relation))
        else:
            written = self.formula(relation)
            fact = self.have_poly(name, poly, facts, written=written, squares=roots, rounds=rounds)
        return self._note(relation, "combination", facts, fact, label)

    def conclude(
        self, by: Reason = (), *, squares: Sequence[Expr] = (), split: Sequence[Expr] = (), rounds: int = 5
    ) -> Fact:
        """The conclusion of the claim itself, from reasons; the rest is as in `have`."""
        return self.have(self.claim.then, by, squares=squares, split=split, rounds=rounds)

    def product(self, one: Fact, other: Fact) -> Fact:
        """The product of two nonnegative facts."""
        poly = self.proof.multiply(one.poly, other.poly)
        relation = ">" if one.relation == other.relation == ">" else ">="
        terms = [["1", [one.reference, other.reference], []]]
        return self.combine(relation, poly, {"terms": terms})

    def both(self, relation: Relation, low: Reason, high: Reason) -> Fact:
        """An equation from its two inequalities."""
        name, poly = self.relation(relation)
        recipes = [self.recipe(">=", p, self.resolve(by)) for p, by in ((poly, low), (scale(-1, poly), high))]
        if name != "=" or None in recipes:
            raise ProofError(f"{self.claim.id}: cannot close {self.vocabulary.text(relation)} from two inequalities")
        fact = self.combine("=", poly, {"both": recipes}, self.formula(relation))
        return self._note(relation, "combination", self.resolve([low, high]), fact)

    def apply(self, functional: Any, reason: Reason) -> Fact:
        """A positive linear functional applied to a fact."""
        (fact,) = self.resolve(reason)
        name = functional.__name__
        (result,) = self.record({"rule": "functional", "functional": name, "of": fact.reference})
        back, before = Readback(self.proof, self.vocabulary), self._relation(fact)
        left, right = (back.poly(self.proof.apply(name, self.poly(side))) for side in (before.left, before.right))
        relation = Relation(left, before.op, right)
        self.said.setdefault(tuple(result.reference), relation)
        words = f"{self.vocabulary.operator(name)} of both sides"
        self._show(relation, "functional", [self._label(fact)], result, words)
        self.labels.setdefault(tuple(result.reference), self.vocabulary.text(relation))
        return result

    def member(self, functional: Any, reason: Reason) -> Fact:
        """Each part of a sum of nonnegative parts is at most the sum."""
        (fact,) = self.resolve(reason)
        words = "a part is at most the sum"
        return self._structural("member", words, functional=functional.__name__, of=fact.reference)

    def _structural(self, rule: str, words: str, **step: Any) -> Fact:
        fact = self.record({"rule": rule, **step})[0]
        self._show(self._relation(fact), rule, (), fact, words)
        self.labels.setdefault(tuple(fact.reference), words)
        return fact

    def interchange(self, outer: Any, inner: Any, body: Expr) -> Fact:
        """outer(inner(body)) = inner(outer(body))."""
        names = {"outer": outer.__name__, "inner": inner.__name__}
        words = (
            f"{self.vocabulary.operator(names['outer'])} and {self.vocabulary.operator(names['inner'])} change places"
        )
        return self._structural("interchange", words, **names, body=self.proof.write(self.poly(body)))

    def tower(self, outer: Any, inner: Any, body: Expr) -> Fact:
        """outer(inner(body)) = outer(body), for an inner expectation that is given more."""
        words = "the law of total expectation"
        names = {"outer": outer.__name__, "inner": inner.__name__}
        return self._structural("tower", words, **names, body=self.proof.write(self.poly(body)))

    def average(self, functional: Any, total: Any, body: Expr) -> Fact:
        """The length times the average is the sum."""
        names = {"functional": functional.__name__, "sum": total.__name__}
        words = "the average is the sum over its length"
        return self._structural("average", words, **names, body=self.proof.write(self.poly(body)))

    def telescope(self, functional: Any, body: Expr) -> Fact:
        """The sum or average of next(body) - body: the last minus the first."""
        body_ = self.proof.write(self.poly(body))
        return self._structural("telescoping", "the sum telescopes", functional=functional.__name__, body=body_)

    def integrality(self, body: Expr) -> Fact:
        """z(z - 1) >= 0 for an integer z."""
        words = f"{self.vocabulary.text(body)} is an integer"
        return self._structural("integrality", words, body=self.proof.write(self.poly(body)))

    def induction(self, time: str, relation: Relation, base: Reason, step: Reason, **options: Any) -> tuple[Fact, Fact]:
        """The relation after the last step of the time, and at every step."""
        name, poly = self.relation(relation)
        first = self.have_poly(name, self.proof.shift("first", time, poly), self.resolve(base))
        target = self.proof.shift("next", time, poly)
        previous = Known("previous", name, poly)
        recipe = self.recipe(name, target, self.resolve(step), extra=[previous], **options)
        if recipe is None:
            raise ProofError(f"{self.claim.id}: the induction step fails for {self.vocabulary.text(relation)}")
        fact = self.formula(relation)
        facts = self.record({"rule": "induction", "time": time, "fact": fact, "base": first.reference, "by": recipe})
        text = self.vocabulary.text(relation)
        uses = [self._label(f) for f in (*self.resolve(base), *self.resolve(step))]
        self._show(relation, "induction", list(dict.fromkeys(uses)), facts[0], "at every step, and after the last")
        for f in facts:
            self.labels.setdefault(tuple(f.reference), f"induction: {text}")
        return facts[0], facts[1]

    def limit(
        self,
        horizon: Any,
        of: Expr,
        numerator: Expr,
        denominator: Expr,
        floor: Expr,
        *,
        upper: Reason,
        lower: Reason,
        leading: Reason = (),
    ) -> Fact:
        """From `denominator * of <= numerator` for all horizons, the bound on the limit superior."""
        d = self.poly(denominator)
        degree = max(dict(m).get(horizon.name, 0) for m in d)
        top = {
            tuple(x for x in m if x[0] != horizon.name): c
            for m, c in d.items()
            if dict(m).get(horizon.name, 0) == degree
        }
        n, u, b = self.poly(numerator), self.poly(of), self.poly(floor)
        above = self.have_poly(">=", subtract(n, self.proof.multiply(d, u)), self.resolve(upper))
        below = self.have_poly(">=", subtract(u, b), self.resolve(lower))
        positive = self.have_poly(">", top, self.resolve(leading))
        parts = {"numerator": n, "denominator": d, "floor": b, "body": u}
        written = {k: self.proof.write(p) for k, p in parts.items()}
        facts = {"upper": above.reference, "lower": below.reference, "leading": positive.reference}
        words = f"{horizon.name} to infinity"
        return self._structural("limit", words, horizon=horizon.name, **written, **facts)

    def chain(self, start: Expr) -> Chain:
        """A chain of relations, as displayed in a paper."""
        return Chain(self, sympy.sympify(start, strict=True))

    def use(
        self,
        claim: Claim,
        mapping: Mapping[Any, Any] | None = None,
        names: Mapping[str, str] | None = None,
        by: Reason = (),
    ) -> Fact:
        """A proved claim, here: symbols replaced as mapped, its hypotheses found among the facts or from `by`."""
        certificate = self.prover.certificate(claim)
        symbols = {str(k): self.poly(v) for k, v in (mapping or {}).items()}
        facts = self.resolve(by)

        def hypothesis(relation: str, poly: Poly) -> Fact:
            source, self.source = self.source, None
            try:
                return self.have_poly(relation, poly, facts)
            finally:
                self.source = source

        outer, self.source = self.source, self.source or claim
        try:
            substitution = Substitution(self.proof, certificate, symbols, names or {})
            fact = inline(self, certificate, substitution, hypothesis)
        finally:
            self.source = outer
        self.labels.setdefault(tuple(fact.reference), claim.id)
        if claim.vocabulary is self.vocabulary and not mapping:
            self.said.setdefault(tuple(fact.reference), claim.then)
        self._show(self._relation(fact), "use", (claim.id,), fact, f"by {claim.id}")
        return fact


def by(
    *reasons: Reason, squares: Sequence[Expr] = (), split: Sequence[Expr] = (), rounds: int = 5
) -> Callable[[Derivation], Fact]:
    """A proof in one line: the conclusion follows from the reasons, which need no derivation to be named.

    Args:
        reasons: facts, hypotheses written as relations, claims, symbols of definitions, or lists of these.
        squares: expressions whose squares help.
        split: expressions by whose signs cases are distinguished.
        rounds: how far the search goes, see `Search.solve`.
    """
    return lambda p: p.conclude(reasons, squares=squares, split=split, rounds=rounds)

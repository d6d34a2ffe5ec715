"""Derivations: how a claim's proof is written. Every method ends in steps of the kernel; nothing else makes a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import sympy

from convbound.bounds.plain_data import Json
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation.cases import About, Case, about, by_sign
from convbound.proofs.derivation.chain import Chain
from convbound.proofs.derivation.definitions import Definitions
from convbound.proofs.derivation.lemma import Substitution, inline
from convbound.proofs.derivation.multipliers import Known
from convbound.proofs.derivation.reasons import by
from convbound.proofs.derivation.search import StepSearch
from convbound.proofs.derivation.state import Fact, ProofError, ProofState, leading_coefficient
from convbound.proofs.derivation.transcript import Transcript
from convbound.proofs.kernel import Poly, scale, subtract
from convbound.proofs.language.readback import Readback
from convbound.proofs.language.vocabulary import Expr, Functional, Relation

if TYPE_CHECKING:
    from convbound.proofs.prover import Prover

__all__ = ["Derivation", "Fact", "ProofError", "Reason", "by"]

Reason: TypeAlias = "Fact | Relation | Claim | sympy.Symbol | Iterable[Reason]"


class Derivation:
    """The proof of one claim, under construction: what its author writes. Every method ends in steps of the kernel.

    Attributes:
        state: the steps and the facts that they yielded.
        search: what closes routine steps.
        definitions: how quotients, roots and the like enter; its `terms` read expressions.
        transcript: what a reader sees.
    """

    def __init__(self, claim: Claim, prover: Prover, remembered: Sequence[Json] = ()) -> None:
        """State the hypotheses; prepare; derive the instances; translate the conclusion."""
        self.claim, self.prover, self.vocabulary = claim, prover, claim.vocabulary
        self.state = ProofState(claim)
        self.search = StepSearch(self.state, remembered)
        self.transcript = Transcript(self.state)
        self.definitions = Definitions(self.state, self.search, self.transcript.name_definition)
        self.terms = self.definitions.terms
        for number, hypothesis in enumerate(claim.facts):
            (fact,) = self.state.record({"rule": "hypothesis", "fact": self.terms.formula(hypothesis.relation)})
            self.transcript.name(fact, hypothesis.text or f"hypothesis {number + 1}", hypothesis.relation)
            self.state.learn_sign(fact)
        if claim.prepare is not None:
            claim.prepare(self)
        for instance in claim.instances:
            self._derive(instance)
        self.goal = self.state.proof.formula(self.terms.formula(claim.then))

    def as_claimed(self, fact: Fact) -> Fact:
        """The goal as the claim writes it, from a fact that says it or from which it follows.

        Where the two only look different (terms moved, collected, taken out of an expectation), that is a step too.
        """
        goal, steps = self.goal, self.state.proof.steps
        if (fact.relation, fact.poly) != (goal.relation, goal.poly):
            fact = self.search.have_poly(goal.relation, goal.poly, [fact], written=goal.written)
        step = steps[fact.place[0]]
        if step["rule"] == "combination" and step["fact"] == goal.written:
            return fact
        same: Json = {"terms": [["1", [fact.reference], []]]}
        if goal.relation == "=":
            same = {"equations": [[fact.reference, "1"]]} if goal.poly else {}
        return self.state.combine(goal.relation, goal.poly, same, goal.written)

    def _derive(self, hypothesis: Hypothesis) -> None:
        """An instance of another claim, by that claim's certificate: whatever it supposes has to hold here."""
        assert hypothesis.instance is not None
        general, mapping = hypothesis.instance
        symbols = {k: x for k, x in mapping.items() if not isinstance(x, str)}
        names = {str(k): x for k, x in mapping.items() if isinstance(x, str)}
        try:
            fact = self.use(general, symbols, names)
            relation, poly = self.terms.relation(hypothesis.relation)
            if (fact.relation, fact.poly) != (relation, poly):
                fact = self.search.have_poly(relation, poly, [fact])
        except ProofError as problem:
            what = f"a hypothesis is not the instance of {general.id} that it is said to be"
            raise ProofError(f"{self.claim.id}: {what}: {problem}") from problem
        self.transcript.name(fact, hypothesis.text or general.id, hypothesis.relation, anew=True)

    # -------------------------------------------------------------------------------------------- definitions

    def define(self, expression: Expr) -> None:
        """Introduce the definitions that an expression needs, where they are not yet."""
        self.terms.poly(expression)

    def part(self, symbol: sympy.Symbol, number: int = 0) -> Fact:
        """Fact `number` of a symbol that `define` made, in the order of the kernel's rule `definition`."""
        self.terms.poly(symbol)
        return self.state.parts[symbol.name][number]

    def part_of_root(self, root: Expr, number: int = 0) -> Fact:
        """A fact of the definition that a root in an expression became.

        Args:
            root: the root, as it stands in the expression.
            number: 0 for root >= 0, 1 for root^2 = what stands under it.
        """
        return self.definitions.of(root)[number]

    def bounds_of(self, extremum: Expr) -> list[Fact]:
        """The facts of the definition that a maximum or minimum in an expression became."""
        return self.definitions.of(extremum)

    def parts_known(self) -> list[Fact]:
        """The facts of all definitions so far."""
        return [fact for parts in self.state.parts.values() for fact in parts]

    def hypotheses(self) -> list[Fact]:
        """The hypotheses of the claim, as facts."""
        return self.state.hypotheses

    # ---------------------------------------------------------------------------------------------- knowledge

    def learn(self, reason: Reason) -> None:
        """Let the finder use a fact about a single atom as its sign."""
        (fact,) = self.resolve(reason)
        self.state.learn_sign(fact)

    # ---------------------------------------------------------------------------------------------- searching

    def resolve(self, by: Reason) -> list[Fact]:
        """Facts from reasons: facts, hypotheses written as relations, claims, definitions' symbols, lists of these."""
        if isinstance(by, Fact):
            return [by]
        if isinstance(by, Relation):
            found = self.state.look_up(*self.terms.relation(by))
            if found is None:
                raise ProofError(f"{self.claim.id}: no fact says {self.vocabulary.text(by)}")
            return [found]
        if isinstance(by, Claim):
            return [self.use(by)]
        if isinstance(by, sympy.Symbol):
            self.terms.poly(by)
            return self.state.parts[by.name]
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
        """Derive a relation from reasons, by a combination that linear programming finds and the kernel checks.

        Args:
            relation: what is derived, in the claim's vocabulary.
            by: facts, hypotheses written as relations, claims, symbols of definitions, or lists of these.
            squares: expressions whose squares may take part.
            split: expressions by whose signs cases are distinguished.
            rounds: how far the search goes, see `Search.solve`.
            label: what the step is called in the report.

        Returns:
            The relation as a fact, for later steps.

        Raises:
            ProofError: the combination is not found; the message says which relation does not close.
        """
        facts = self.resolve(by)
        name, poly = self.terms.relation(relation)
        roots = [self.terms.poly(s) for s in squares]
        if split:
            recipe = self.search.cases(name, poly, facts, roots, [self.terms.poly(s) for s in split], [], rounds)
            fact = self.state.combine(name, poly, recipe, self.terms.formula(relation))
        else:
            written = self.terms.formula(relation)
            fact = self.search.have_poly(name, poly, facts, written=written, squares=roots, rounds=rounds)
        return self.transcript.note(relation, "combination", facts, fact, label)

    def conclude(
        self, by: Reason = (), *, squares: Sequence[Expr] = (), split: Sequence[Expr] = (), rounds: int = 5
    ) -> Fact:
        """Derive the conclusion of the claim itself, from reasons; arguments and refusals are those of `have`."""
        return self.have(self.claim.then, by, squares=squares, split=split, rounds=rounds)

    def product(self, one: Fact, other: Fact) -> Fact:
        """The product of two facts p >= 0, q >= 0: p * q >= 0; strict where both are."""
        poly = self.state.proof.multiply(one.poly, other.poly)
        relation = ">" if one.relation == other.relation == ">" else ">="
        terms = [["1", [one.reference, other.reference], []]]
        return self.state.combine(relation, poly, {"terms": terms})

    def cases(
        self,
        e: Expr,
        *,
        positive: Callable[[Case], Fact],
        zero: Callable[[Case], Fact],
        negative: Callable[[Case], Fact],
        goal: Relation | None = None,
    ) -> Fact:
        """The claim's conclusion, or another goal, by the sign of e: each case shows it with lines of its own."""
        return by_sign(self, e, goal or self.claim.then, positive, zero, negative)

    def about(self, relation: Relation) -> About:
        """What is known of `when(relation)`: that it is 0 or 1, and the relation where it is 1."""
        return about(self, relation)

    def weigh(self, relation: Relation, terms: Sequence[tuple[str, Fact]], *, over: Sequence[Fact] = ()) -> Fact:
        """A relation as the sum of facts, each times a number, which nothing has to search for.

        Args:
            relation: what follows.
            terms: (number, fact), the number as text such as 3/4; it is not negative, but for equations.
            over: positive facts; with them, the sum is their product times the relation.
        """
        name, poly = self.terms.relation(relation)
        weighed = [[c, [fact.reference], []] for c, fact in terms if fact.relation != "="]
        recipe: Json = {"terms": weighed}
        equations = [[fact.reference, c] for c, fact in terms if fact.relation == "="]
        if over:
            recipe = {"refute": True, "terms": [["1", ["denied", *(fact.reference for fact in over)], []], *weighed]}
        if equations:
            recipe["equations"] = equations
        fact = self.state.combine(name, poly, recipe, self.terms.formula(relation))
        return self.transcript.note(relation, "combination", [fact for _, fact in terms], fact)

    def both(self, relation: Relation, low: Reason, high: Reason) -> Fact:
        """An equation from its two inequalities.

        Args:
            relation: the equation.
            low: reasons for left >= right.
            high: reasons for left <= right.

        Raises:
            ProofError: one of them does not close.
        """
        name, poly = self.terms.relation(relation)
        recipes = [self.search.recipe(">=", p, self.resolve(by)) for p, by in ((poly, low), (scale(-1, poly), high))]
        if name != "=" or None in recipes:
            raise ProofError(f"{self.claim.id}: cannot close {self.vocabulary.text(relation)} from two inequalities")
        fact = self.state.combine("=", poly, {"both": recipes}, self.terms.formula(relation))
        return self.transcript.note(relation, "combination", self.resolve([low, high]), fact)

    def apply(self, functional: Functional, reason: Reason) -> Fact:
        """A positive linear functional applied to a fact.

        Args:
            functional: a sum, average, integral or expectation of the vocabulary.
            reason: the fact p >= 0 or p = 0, or what names it.

        Returns:
            The fact that functional(p) >= 0, or = 0.
        """
        (fact,) = self.resolve(reason)
        name = functional.__name__
        (result,) = self.state.record({"rule": "functional", "functional": name, "of": fact.reference})
        back, before = Readback(self.state.proof, self.vocabulary), self.transcript.relation(fact)
        left, right = (
            back.poly(self.state.proof.apply(name, self.terms.poly(side))) for side in (before.left, before.right)
        )
        relation = Relation(left, before.op, right)
        words = f"{self.vocabulary.operator(name)} of both sides"
        self.transcript.show(relation, "functional", [self.transcript.label(fact)], result, words)
        self.transcript.name(result, self.vocabulary.text(relation))
        return result

    def member(self, functional: Functional, reason: Reason) -> Fact:
        """Each part of a sum of nonnegative parts is at most the sum.

        Args:
            functional: a sum of the vocabulary.
            reason: the fact that the parts are nonnegative: p >= 0 at every index.

        Returns:
            The fact that sum(p) - p >= 0.
        """
        (fact,) = self.resolve(reason)
        words = "a part is at most the sum"
        return self._structural("member", words, functional=functional.__name__, of=fact.reference)

    def _structural(self, rule: str, words: str, **step: Json) -> Fact:
        fact = self.state.record({"rule": rule, **step})[0]
        self.transcript.show(self.transcript.relation(fact), rule, (), fact, words)
        self.transcript.name(fact, words)
        return fact

    def interchange(self, outer: Functional, inner: Functional, body: Expr) -> Fact:
        """outer(inner(body)) = inner(outer(body)), for functionals over different scopes."""
        names = {"outer": outer.__name__, "inner": inner.__name__}
        words = (
            f"{self.vocabulary.operator(names['outer'])} and {self.vocabulary.operator(names['inner'])} change places"
        )
        return self._structural("interchange", words, **names, body=self.state.proof.write(self.terms.poly(body)))

    def tower(self, outer: Functional, inner: Functional, body: Expr) -> Fact:
        """outer(inner(body)) = outer(body), for an inner expectation that is given more."""
        words = "the law of total expectation"
        names = {"outer": outer.__name__, "inner": inner.__name__}
        return self._structural("tower", words, **names, body=self.state.proof.write(self.terms.poly(body)))

    def average(self, functional: Functional, total: Functional, body: Expr) -> Fact:
        """The length times the average is the sum.

        Args:
            functional: the average.
            total: the sum over the same scope.
            body: what is averaged.

        Returns:
            The fact that length * average(body) = sum(body).
        """
        names = {"functional": functional.__name__, "sum": total.__name__}
        words = "the average is the sum over its length"
        return self._structural("average", words, **names, body=self.state.proof.write(self.terms.poly(body)))

    def telescope(self, functional: Functional, body: Expr) -> Fact:
        """The sum or average of next(body) - body: the last minus the first.

        Args:
            functional: a sum or average over a time.
            body: a sequence over that time.

        Returns:
            The fact that sum(next(body) - body) = last(body) - first(body), or its average.
        """
        body_ = self.state.proof.write(self.terms.poly(body))
        return self._structural("telescoping", "the sum telescopes", functional=functional.__name__, body=body_)

    def integrality(self, body: Expr) -> Fact:
        """z(z - 1) >= 0 for an integer z."""
        words = f"{self.vocabulary.text(body)} is an integer"
        return self._structural("integrality", words, body=self.state.proof.write(self.terms.poly(body)))

    def induction(
        self, time: str, relation: Relation, base: Reason, step: Reason, rounds: int = 5
    ) -> tuple[Fact, Fact]:
        """Induction over a time.

        Args:
            time: the name of the time in the vocabulary.
            relation: what holds at a step.
            base: reasons for it at the first step.
            step: reasons for it at the next step, where it holds at this one.
            rounds: how far the search goes, see `Search.solve`.

        Returns:
            Two facts: the relation after the last step, and at every step.

        Raises:
            ProofError: the base or the step does not close.
        """
        name, poly = self.terms.relation(relation)
        first = self.search.have_poly(name, self.state.proof.shift("first", time, poly), self.resolve(base))
        target = self.state.proof.shift("next", time, poly)
        previous = Known("previous", name, poly)
        recipe = self.search.recipe(name, target, self.resolve(step), extra=[previous], rounds=rounds)
        if recipe is None:
            raise ProofError(f"{self.claim.id}: the induction step fails for {self.vocabulary.text(relation)}")
        fact = self.terms.formula(relation)
        facts = self.state.record(
            {"rule": "induction", "time": time, "fact": fact, "base": first.reference, "by": recipe}
        )
        text = self.vocabulary.text(relation)
        uses = [self.transcript.label(f) for f in (*self.resolve(base), *self.resolve(step))]
        self.transcript.show(
            relation, "induction", list(dict.fromkeys(uses)), facts[0], "at every step, and after the last"
        )
        for f in facts:
            self.transcript.name(f, f"induction: {text}")
        return facts[0], facts[1]

    def limit(
        self,
        horizon: sympy.Symbol,
        of: Expr,
        numerator: Expr,
        denominator: Expr,
        floor: Expr,
        *,
        upper: Reason,
        lower: Reason,
        leading: Reason = (),
    ) -> Fact:
        """The bound on a limit superior, from `denominator * of <= numerator` for every horizon.

        Args:
            horizon: the length K of the time.
            of: what the limit superior is taken of.
            numerator: a polynomial in K of no higher degree than the denominator.
            denominator: a polynomial in K.
            floor: a lower bound on `of` that does not depend on K.
            upper: reasons for denominator * of <= numerator.
            lower: reasons for of >= floor.
            leading: reasons for the denominator's leading coefficient > 0.

        Returns:
            The fact on limsup(of): the quotient of the two leading coefficients bounds it.
        """
        d = self.terms.poly(denominator)
        top = leading_coefficient(d, horizon.name)
        n, u, b = self.terms.poly(numerator), self.terms.poly(of), self.terms.poly(floor)
        above = self.search.have_poly(">=", subtract(n, self.state.proof.multiply(d, u)), self.resolve(upper))
        below = self.search.have_poly(">=", subtract(u, b), self.resolve(lower))
        positive = self.search.have_poly(">", top, self.resolve(leading))
        parts = {"numerator": n, "denominator": d, "floor": b, "body": u}
        written = {k: self.state.proof.write(p) for k, p in parts.items()}
        facts = {"upper": above.reference, "lower": below.reference, "leading": positive.reference}
        words = f"{horizon.name} to infinity"
        return self._structural("limit", words, horizon=horizon.name, **written, **facts)

    def chain(self, start: Expr) -> Chain:
        """A chain of relations, as displayed in a paper."""
        return Chain(self, sympy.sympify(start, strict=True))

    def use(
        self,
        claim: Claim,
        mapping: Mapping[Expr, Expr] | None = None,
        names: Mapping[str, str] | None = None,
        by: Reason = (),
    ) -> Fact:
        """Take a proved claim into this proof, by its certificate.

        Args:
            claim: the claim; its own proof is checked first.
            mapping: its symbols, each with the expression that stands for it here; the others stand for themselves.
            names: names of its scopes and functionals that are others here.
            by: reasons for its hypotheses where the facts so far do not say them.

        Returns:
            The claim's conclusion, so rewritten.

        Raises:
            ProofError: a hypothesis of the claim is not found here, or the claim is not proved.
        """
        certificate = self.prover.certificate(claim)
        symbols = {str(k): self.terms.poly(v) for k, v in (mapping or {}).items()}
        facts = self.resolve(by)

        def hypothesis(relation: str, poly: Poly) -> Fact:
            source, self.state.source = self.state.source, None
            try:
                return self.search.have_poly(relation, poly, facts)
            finally:
                self.state.source = source

        outer, self.state.source = self.state.source, self.state.source or claim
        try:
            substitution = Substitution(self.state.proof, certificate, symbols, names or {})
            fact = inline(self.state, self.definitions, certificate, substitution, hypothesis)
        finally:
            self.state.source = outer
        self.transcript.name(
            fact, claim.id, claim.then if claim.vocabulary is self.vocabulary and not mapping else None
        )
        self.transcript.show(self.transcript.relation(fact), "use", (claim.id,), fact, f"by {claim.id}")
        return fact

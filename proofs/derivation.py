"""Derivations: how a claim's proof is written. Every method ends in steps of the kernel; nothing else makes a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy

from proofs.claims import Claim
from proofs.finder import Column, Known, Search, combine
from proofs.inline import Substitution, inline
from proofs.kernel import KernelError, Monomial, Poly, Proof, multiply, scale, show, subtract, variable
from proofs.language import Expr, Relation, eq, le
from proofs.readback import Readback
from proofs.translate import Translator

if TYPE_CHECKING:
    from proofs.verdicts import Prover

Json = Any
Reason = Any  # a Fact, a Relation that is a hypothesis, a Claim, or a list of them


class ProofError(ValueError):
    """A step that could not be closed; the message says which."""


@dataclass(frozen=True)
class Fact:
    """A fact of the proof under construction: where it stands, and what it says."""

    reference: Json
    relation: str
    poly: Poly

    def __hash__(self) -> int:
        return hash(tuple(self.reference))


@dataclass(frozen=True)
class Line:
    """One displayed line of the derivation, for people: the formula, the rule, what it uses, and how in words.

    `sides` are the left side, the sign and the right side as LaTeX; `step` is a step of the certificate, -1 where the
    line needs none because its two sides are the same polynomial.
    """

    text: str
    latex: str
    rule: str
    uses: tuple[str, ...]
    step: int
    words: str = ""
    sides: tuple[str, str, str] = ("", "", "")


class Derivation(Translator):
    """The proof of one claim, under construction."""

    def __init__(self, claim: Claim, prover: Prover) -> None:
        """State the hypotheses; prepare; translate the conclusion."""
        super().__init__(Proof(claim.vocabulary.header()), claim.vocabulary)
        self.claim, self.prover = claim, prover
        self.facts: dict[tuple[int, int], Fact] = {}
        self.known: dict[Any, Fact] = {}  # by what it says
        self.signs: dict[str, Fact | None] = {}
        self.sources: dict[int, str] = {}  # step: the claim it was taken from
        self.labels: dict[tuple[int, int], str] = {}
        self.said: dict[tuple[int, int], Relation] = {}  # how the author put a fact
        self.lines: list[Line] = []
        self.parts: dict[str, list[Fact]] = {}  # definition: its facts
        self.source: str | None = None
        for number, hypothesis in enumerate(claim.facts):
            relation, poly = self.relation(hypothesis.relation)
            fact = self.record({"rule": "hypothesis", "fact": [relation, self.proof.write(poly)]})[0]
            self.labels[tuple(fact.reference)] = hypothesis.text or f"hypothesis {number + 1}"
            self.said[tuple(fact.reference)] = hypothesis.relation
            self._learn_sign(fact)
        if claim.prepare is not None:
            claim.prepare(self)
        self.goal = self.relation(claim.then)

    # ---------------------------------------------------------------------------------------------- recording

    def record(self, step: Json) -> list[Fact]:
        """Hand a step to the kernel and keep what it yields."""
        number = len(self.proof.steps)
        try:
            theorems = self.proof.step(step)
        except KernelError as error:
            raise ProofError(f"{self.claim.id}: {error}") from error
        if self.source is not None:
            self.sources[number] = self.source
        facts = []
        for part, theorem in enumerate(theorems):
            fact = Fact([number, part], theorem.relation, theorem.poly)
            self.facts[(number, part)] = fact
            self.known.setdefault(self._key(fact.relation, fact.poly), fact)
            facts.append(fact)
        return facts

    @staticmethod
    def _key(relation: str, poly: Poly) -> Any:
        return relation, frozenset(poly.items())

    def look_up(self, relation: str, poly: Poly) -> Fact | None:
        """A fact that says just this, or the strict form of it."""
        found = self.known.get(self._key(relation, poly))
        if found is None and relation == ">=":
            found = self.known.get(self._key(">", poly))
        return found

    def _note(self, relation: Relation, rule: str, uses: Sequence[Fact], fact: Fact, label: str = "") -> Fact:
        names = tuple(dict.fromkeys(self._label(f) for f in uses))
        self.said.setdefault(tuple(fact.reference), relation)
        self._show(relation, rule if fact.poly else "identity", names, fact)
        self.labels.setdefault(tuple(fact.reference), label or self.vocabulary.text(relation))
        return fact

    def _show(self, relation: Relation, rule: str, uses: Sequence[str], fact: Fact, words: str = "") -> None:
        v = self.vocabulary
        step = fact.reference[0] if fact.poly else -1
        line = Line(v.text(relation), v.tex(relation), rule, tuple(uses), step, words, v.sides(relation))
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
        step = {"rule": "definition", "symbol": symbol, "kind": kind, "body": [self.proof.write(b) for b in bodies]}
        if side is not None:
            step["because"] = side
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

    def _learn_sign(self, fact: Fact) -> None:
        """Remember facts about one atom, such as L > 0, or n - 1 >= 0."""
        if fact.relation == "=":
            return
        atoms = [m for m in fact.poly if m]
        if len(atoms) != 1 or len(atoms[0]) != 1 or atoms[0][0][1] != 1 or fact.poly[atoms[0]] <= 0:
            return
        atom, offset = atoms[0][0][0], fact.poly.get((), 0)
        if offset == 0 and fact.poly[atoms[0]] == 1:
            if self.signs.get(atom) is None or fact.relation == ">":
                self.signs[atom] = fact
        elif offset <= 0:
            relation = ">" if offset < 0 or fact.relation == ">" else ">="
            terms = [[str(Fraction(1) / fact.poly[atoms[0]]), [fact.reference], []]]
            if offset:
                terms.append([str(Fraction(-offset) / fact.poly[atoms[0]]), [], []])
            if self.signs.get(atom) is None:
                derived = {"rule": "combination", "fact": [relation, self.proof.write(variable(atom))], "terms": terms}
                self.signs[atom] = self.record(derived)[0]

    def sign(self, atom: str) -> Fact | None:
        """A fact `atom >= 0` or `atom > 0`, derived for functionals of what is nonnegative."""
        if atom not in self.signs:
            self.signs[atom] = None
            operator, operand = self.proof.structure.get(atom, ("", None))
            if operator in self.proof.functionals:
                inside = self._sign_of_monomial(operand)
                if inside is not None:
                    applied = {"rule": "functional", "functional": operator, "of": inside.reference}
                    self.signs[atom] = self.record(applied)[0]
        return self.signs[atom]

    def _sign_of_monomial(self, m: Monomial) -> Fact | None:
        references, root = [], []
        for a, e in m:
            known = self.sign(a) if e % 2 else None
            if e % 2 and known is None:
                return None
            references += [known.reference] if known else []
            root += [(a, e // 2)] if e >= 2 else []
        found = self.look_up(">=", {m: 1})
        squares = [self.proof.write({tuple(root): 1})] if root else []
        step = {"rule": "combination", "fact": [">=", self.proof.write({m: 1})], "terms": [["1", references, squares]]}
        return found or self.record(step)[0]

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

    def _search(
        self, facts: Sequence[Fact], target: Poly, squares: Sequence[Poly], extra: Sequence[Known]
    ) -> tuple[Search, list[Known]]:
        pool = [Known(f.reference, f.relation, f.poly) for f in facts]
        atoms = {a for p in (target, *(k.poly for k in (*pool, *extra)), *squares) for m in p for a, _ in m}
        signs = {a: Known(f.reference, f.relation, f.poly) for a in sorted(atoms) if (f := self.sign(a)) is not None}
        for a in sorted(atoms & set(self.parts)):  # quotients and roots bring their equations along
            if self.proof.definitions[a][0] in ("quotient", "root"):
                pool += [Known(f.reference, f.relation, f.poly) for f in self.parts[a] if f.relation == "="]
        return Search([*pool, *extra], signs, squares), pool

    def recipe(
        self,
        relation: str,
        target: Poly,
        facts: Sequence[Fact] = (),
        squares: Sequence[Poly] = (),
        extra: Sequence[Known] = (),
        rounds: int = 5,
    ) -> Json | None:
        """A combination that derives `target relation 0` from the facts, or None: directly, then by contradiction."""
        search, _ = self._search(facts, target, squares, extra)
        if relation == "=":
            found = self._equation(search, target, rounds)
            return None if found is None else self._write(found, refute=False)
        for case in extra:  # what holds only in this case, against each inequality
            for own in [*search.facts]:
                if case.relation != "=" and own.relation != "=" and own is not case:
                    self._pair(search, case, own)
        found = search.solve(target, relation == ">", rounds)
        if found is not None:
            return self._write(found, refute=False)
        denied = Known("denied", ">=" if relation == ">" else ">", scale(-1, target))
        search, _ = self._search(facts, target, squares, [*extra, denied])
        for case in (*extra, denied):  # the denial and the case against each inequality, and against themselves
            for own in [*search.facts]:
                if case.relation != "=" and own.relation != "=":
                    self._pair(search, case, own)
        support = {m for p in (target, *(f.poly for f in facts), *(c.poly for c in search.columns.values())) for m in p}
        search.add_products(sorted(support))
        found = search.solve({}, True, rounds)
        return None if found is None else self._write(found, refute=True)

    @staticmethod
    def _pair(search: Search, a: Known, b: Known) -> None:
        strict = ">" if a.relation == b.relation == ">" else ">="
        column = Column(multiply(a.poly, b.poly), strict, (a.reference, b.reference), ())
        search.columns.setdefault(("pair", str(a.reference), str(b.reference)), column)

    @staticmethod
    def _equation(search: Search, target: Poly, rounds: int) -> Any:
        search.facts = [f for f in search.facts if f.relation == "="]
        search.signs, search.squares = {}, ()
        support = set(target)
        if not target:
            return []
        for _ in range(rounds):
            search.add_products(sorted(support))
            columns = [c for c in search.columns.values() if c.relation == "="]
            found = combine(columns, target, False) if columns else None
            if found is not None:
                return found
            support |= {m for c in columns for m in c.poly}
        return None

    def _write(self, found: Any, refute: bool) -> Json:
        terms, equations = [], []
        for column, x in found:
            if column.relation == "=":
                factor = self.proof.write(scale(x, column.factor or {}))
                equations.append([column.references[0], factor])
            else:
                squares = [self.proof.write(s) for s in column.squares]
                terms.append([str(x), list(column.references), squares])
        return {"terms": terms, "equations": equations, **({"refute": True} if refute else {})}

    # --------------------------------------------------------------------------------------------------- steps

    def attempt(self, relation: str, poly: Poly, facts: Sequence[Fact] = (), **options: Any) -> Fact | None:
        """The fact, if it is known or the finder closes it."""
        found = self.look_up(relation, poly)
        if found is not None:
            return found
        recipe = self.recipe(relation, poly, facts, **options)
        if recipe is None:
            return None
        return self.record({"rule": "combination", "fact": [relation, self.proof.write(poly)], **recipe})[0]

    def have_poly(self, relation: str, poly: Poly, facts: Sequence[Fact] = (), **options: Any) -> Fact:
        """The fact, or a ProofError that says what is missing."""
        found = self.attempt(relation, poly, facts, **options)
        if found is None:
            raise ProofError(f"{self.claim.id}: cannot close {show(poly)[:400]} {relation} 0")
        return found

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
            fact = self.record({"rule": "combination", "fact": [name, self.proof.write(poly)], **recipe})[0]
        else:
            fact = self.have_poly(name, poly, facts, squares=roots, rounds=rounds)
        return self._note(relation, "combination", facts, fact, label)

    def _cases(
        self,
        relation: str,
        poly: Poly,
        facts: Sequence[Fact],
        squares: Sequence[Poly],
        splits: Sequence[Poly],
        extra: list[Known],
        rounds: int,
    ) -> Json:
        if not splits:
            recipe = self.recipe(relation, poly, facts, squares, extra, rounds)
            if recipe is None:
                where = ", ".join(f"{show(k.poly)} {k.relation} 0" for k in extra)
                raise ProofError(f"{self.claim.id}: cannot close {show(poly)[:300]} {relation} 0 in the case {where}")
            return recipe
        f = splits[0]
        branch = f"case{len(extra)}"
        cases = [Known(branch, ">", f), Known(branch, "=", f), Known(branch, ">", scale(-1, f))]
        left = splits[1:]
        rest = [self._cases(relation, poly, facts, squares, left, [*extra, c], rounds) for c in cases]
        return {"split": self.proof.write(f), "cases": rest}

    def product(self, one: Fact, other: Fact) -> Fact:
        """The product of two nonnegative facts."""
        poly = self.proof.multiply(one.poly, other.poly)
        relation = ">" if one.relation == other.relation == ">" else ">="
        terms = [["1", [one.reference, other.reference], []]]
        return self.record({"rule": "combination", "fact": [relation, self.proof.write(poly)], "terms": terms})[0]

    def both(self, relation: Relation, low: Reason, high: Reason) -> Fact:
        """An equation from its two inequalities."""
        name, poly = self.relation(relation)
        recipes = [self.recipe(">=", p, self.resolve(by)) for p, by in ((poly, low), (scale(-1, poly), high))]
        if name != "=" or None in recipes:
            raise ProofError(f"{self.claim.id}: cannot close {self.vocabulary.text(relation)} from two inequalities")
        fact = self.record({"rule": "combination", "fact": ["=", self.proof.write(poly)], "both": recipes})[0]
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
        fact = [name, self.proof.write(poly)]
        facts = self.record({"rule": "induction", "time": time, "fact": fact, "base": first.reference, "step": recipe})
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
        parts = {"numerator": n, "denominator": d, "floor": b, "of": u}
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

        outer, self.source = self.source, self.source or claim.name
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


class Chain:
    """`start <= b <= c`, each link with its reason; `fact` is the whole."""

    def __init__(self, derivation: Derivation, start: Expr) -> None:
        """A chain without links."""
        self.derivation, self.start, self.end = derivation, start, start
        self.links: list[Fact] = []
        self.equal = True

    def eq(self, expression: Expr, by: Reason = (), **options: Any) -> Chain:
        """… = expression."""
        return self._link(eq(self.end, expression), by, options)

    def le(self, expression: Expr, by: Reason = (), **options: Any) -> Chain:
        """… <= expression."""
        self.equal = False
        return self._link(le(self.end, expression), by, options)

    def ge(self, expression: Expr, by: Reason = (), **options: Any) -> Chain:
        """… >= expression."""
        self.equal = False
        return self._link(Relation(self.end, ">=", sympy.sympify(expression, strict=True)), by, options)

    def _link(self, relation: Relation, by: Reason, options: Any) -> Chain:
        self.links.append(self.derivation.have(relation, by, **options))
        self.end = relation.right
        return self

    @property
    def fact(self) -> Fact:
        """From the start to the end."""
        p = self.derivation
        ends = [p.poly(self.start), p.poly(self.end)]
        if self.equal:
            return p.have_poly("=", subtract(*ends), self.links)
        up = any(f.poly == subtract(ends[1], ends[0]) for f in self.links)
        found = None if up else p.attempt(">=", subtract(ends[0], ends[1]), self.links)
        return found or p.have_poly(">=", subtract(ends[1], ends[0]), self.links)

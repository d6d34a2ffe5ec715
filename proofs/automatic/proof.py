"""A proof by itself: what is tried, in this order, for a claim that comes without one.

Each attempt is a derivation of its own; the first fact that says the claim is it. Whatever is found is steps of the
kernel, and the certificate is replayed and compared with the claim as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from convbound.bounds.plain_data import Json
from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.gram import sum_of_squares
from convbound.proofs.automatic.lemmas import about_signs, at_least_one, equation_by_cases
from convbound.proofs.automatic.saturation import Saturation, unshifted
from convbound.proofs.automatic.squares import pairs
from convbound.proofs.automatic.vectors import Entries, bases, entries, roots
from convbound.proofs.automatic.young import under, young
from convbound.proofs.derivation.multipliers import Known
from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.kernel import KernelError, Poly, scale
from convbound.proofs.models.signatures import atoms_within, bodies

MAX_PRODUCTS = 40
MAX_WEIGHTED = 80
MAX_COLUMNS = 9000


def definitions(p: Bench, polys: Sequence[Poly]) -> list[Fact]:
    """What is known of the absolute values, signs and maxima in some polynomials, also inside functionals."""
    atoms = frozenset[str]().union(*(atoms_within(p.proof, q) for q in polys))
    return [fact for a in sorted(atoms & set(p.parts)) for fact in p.parts[a]]


def positive(p: Bench, polys: Sequence[Poly]) -> list[str]:
    """The atoms that are known to be nonnegative."""
    return sorted({a for q in polys for m in q for a, _ in m if p.sign(a) is not None})


class Attempts:
    """The attempts at one goal, in one derivation."""

    def __init__(self, p: Bench, relation: str, goal: Poly, known: Sequence[Fact], written: Json = None) -> None:
        """The goal is `goal relation 0`."""
        self.p, self.relation, self.goal, self.known, self.written = p, relation, goal, list(known), written
        p.search.most = MAX_COLUMNS
        self.lengths()

    def lengths(self) -> None:
        """The length of an index or time is at least one: it need not be supposed."""
        p, used = self.p, {a for q in (self.goal, *(f.poly for f in self.known)) for m in q for a, _ in m}
        for name, f in sorted(p.proof.functionals.items()):
            length = p.proof.scopes[f["over"]].get("length") if f["kind"] == "sum" else None
            sign = p.sign(length) if length in used else None
            if length in used and (sign is None or sign.relation != ">"):
                fact = at_least_one(p, name)
                if fact is not None:
                    p.signs[length] = None
                    p.state.learn_sign(fact)

    def facts(self) -> list[Fact]:
        """Hypotheses and what is known of the definitions in them and in the goal."""
        polys = [self.goal, *(f.poly for f in self.known)]
        atoms = frozenset[str]().union(*(atoms_within(self.p.proof, q) for q in polys))
        extra = definitions(self.p, polys) + about_signs(self.p, sorted(atoms & set(self.p.parts)))
        return list({(f.relation, frozenset(f.poly.items())): f for f in (*self.known, *extra)}.values())

    def close(self, facts: Sequence[Fact], squares: Sequence[Poly] = (), rounds: int = 3) -> Fact | None:
        """The goal from these facts, directly or by contradiction; an equation also by its two inequalities."""
        p = self.p
        recipe = p.recipe(self.relation, self.goal, facts, squares=squares, rounds=rounds)
        if recipe is None and self.relation == "=":
            sides = [p.recipe(">=", q, facts, squares, rounds=rounds) for q in (self.goal, scale(-1, self.goal))]
            recipe = None if None in sides else {"both": sides}
        return None if recipe is None else p.combine(self.relation, self.goal, recipe, self.written)

    # ------------------------------------------------------------------------------------------------ attempts

    def plain(self) -> Fact | None:
        """Hypotheses, products of them with signs, quotients and roots."""
        return self.close(self.known)

    def squared(self) -> Fact | None:
        """And the squares of (x ± y), and what is known of absolute values, signs and maxima."""
        facts = self.facts()
        return self.close(facts, self.squares(facts), rounds=2)

    def squares(self, facts: Sequence[Fact]) -> list[Poly]:
        """Squares for the goal, seen with the signs that are known."""
        return pairs(self.goal, positive(self.p, [self.goal, *(f.poly for f in facts)]))

    def products(self) -> Fact | None:
        """And the products of two hypotheses."""
        facts = self.facts()
        nonnegative = [f for f in facts if f.relation != "=" and self.reach(f.poly) <= self.reach(self.goal)]
        made = [self.p.product(a, b) for a, b in list(combinations(nonnegative, 2))[:MAX_PRODUCTS]]
        return self.close([*facts, *made], self.squares(facts), rounds=2)

    def reach(self, poly: Poly) -> frozenset[str]:
        """The scopes over which a polynomial varies."""
        return frozenset[str]().union(*(self.p.proof.reach[a] for m in poly for a, _ in m))

    def cases(self) -> Fact | None:
        """And the cases of the absolute values, signs and maxima."""
        facts = self.facts()
        for splits in self.splits(facts):
            fact = self.split(facts, splits)
            if fact is not None:
                return fact
        return None

    def split(self, facts: Sequence[Fact], splits: Sequence[Poly]) -> Fact | None:
        """The goal by cases."""
        p, squares = self.p, self.squares(facts)
        if self.relation == "=":
            return equation_by_cases(p, self.goal, facts, splits, squares)
        try:
            recipe = p.by_cases(self.relation, self.goal, facts, squares, splits, 2)
        except ProofError:
            return None
        return p.combine(self.relation, self.goal, recipe, self.written)

    def splits(self, facts: Sequence[Fact]) -> Iterator[list[Poly]]:
        """What to distinguish by its sign: the bodies of what is defined by cases; then two of them."""
        p = self.p
        atoms = frozenset[str]().union(*(atoms_within(p.proof, q) for q in (self.goal, *(f.poly for f in facts))))
        found: dict[str, Poly] = {}
        for atom in sorted(atoms & set(p.proof.definitions)):
            kind, body = p.proof.definitions[atom][0], bodies(p.proof, atom)
            if kind in ("absolute", "sign"):
                found.setdefault(str(sorted(body[0].items())), body[0])
            elif kind == "maximum":
                difference = p.proof.read(["+", p.proof.write(body[0]), ["*", "-1", p.proof.write(body[1])]])
                found.setdefault(str(sorted(difference.items())), difference)
        single = [q for q in found.values() if self.reach(q) <= self.reach(self.goal)][:4]
        yield from ([q] for q in single)
        yield from (list(two) for two in combinations(single, 2))
        if len(single) == 3:
            yield single

    def saturated(self) -> Fact | None:
        """Functionals applied, nested ones interchanged, sums telescoped, vector equations multiplied."""
        facts: Sequence[Fact] = ()
        for facts in Saturation(self.p, [self.goal], self.facts()).structure():
            fact = self.close(facts, rounds=3)
            if fact is not None:
                return fact
        fact = self.with_squares(facts)
        if fact is not None:
            return fact
        facts = self.around()
        fact = self.close(facts, rounds=3) or self.close(facts, self.squares(facts), rounds=2)
        if fact is not None:
            return fact
        for splits in self.splits(facts):
            fact = self.split(facts, splits)
            if fact is not None:
                return fact
        return self.close([*facts, *self.weighted(facts)], rounds=3) or self.close(facts, rounds=5)

    def with_squares(self, facts: Sequence[Fact]) -> Fact | None:
        """Squares with a parameter for the products in what follows by structure, weighted by the parameters."""
        squares = young(self.p, [self.goal, *(f.poly for f in facts)])
        return self.close([*facts, *squares, *self.weighted([*facts, *squares])], rounds=2) if squares else None

    def weighted(self, facts: Sequence[Fact]) -> list[Fact]:
        """Facts about expectations and sums times facts about parameters alone, such as 1 - δ > 0."""
        proof = self.p.proof
        weights = [f for f in self.known if f.relation != "=" and len(f.poly) > 1 and self.is_constant(f.poly)]
        others = [f for f in facts if f.relation != "=" and any(a in proof.structure for m in f.poly for a, _ in m)]
        pairs = [(w, f) for w in weights for f in others if len(f.poly) > 1]
        return [self.p.product(w, f) for w, f in pairs[:MAX_WEIGHTED]]

    def is_constant(self, poly: Poly) -> bool:
        """Whether it is of parameters, and of nothing that varies or is a functional's value."""
        proof = self.p.proof
        return all(not proof.reach[a] and a not in proof.structure for m in poly for a, _ in m)

    def around(self) -> list[Fact]:
        """What follows from the hypotheses by structure, as far as the goal needs it."""
        saturation = Saturation(self.p, [self.goal], self.facts())
        saturation.run()
        return saturation.useful()

    def semidefinite(self) -> Fact | None:
        """Squares of more than two terms, as far as the optional solver is installed."""
        if self.relation != ">=":
            return None
        facts = self.around()
        recipe = self.p.search.remember(lambda: sum_of_squares(self.p, self.goal, facts))
        if recipe is not None:
            return self.p.combine(self.relation, self.goal, recipe, self.written)
        return self.semidefinite_under()

    def semidefinite_under(self) -> Fact | None:
        """Squares of sums of several vectors under a sum, an expectation or both."""
        p, known = self.p, self.facts()
        for chain, basis in bases(p, [self.goal, *(f.poly for f in known)]):
            products = entries(p, chain, basis)
            around = list(Saturation(p, [self.goal, *products.values()], known).structure())
            facts = around[-1] if around else known
            made = [under(p, chain, root) for root in self.proposed(products, basis, facts)]
            squares = [f for f in made if f is not None]
            fact = self.close([*facts, *squares], rounds=2) if squares else None
            if fact is not None:
                return fact
        return None

    def proposed(self, products: Entries, basis: Sequence[str], facts: Sequence[Fact]) -> list[Poly]:
        """The sums that the program proposes, or that an earlier run was proposed."""
        write, read = self.p.proof.write, self.p.proof.read
        found = self.p.search.remember(lambda: [write(x) for x in roots(self.goal, products, basis, facts)])
        return [read(x) for x in found or ()]

    def inductive(self) -> Fact | None:
        """From the first step to each, and to the last."""
        p = self.p
        times = {
            p.proof.symbols[s]["sequence"] for a in atoms_within(p.proof, self.goal) for s in [self._sequence(a)] if s
        }
        for time in sorted(times):
            general = p.proof.read(unshifted(p.proof.write(self.goal), "last"))
            fact = self._induction(time, general)
            if fact is not None:
                return fact
        return None

    def _sequence(self, atom: str) -> str:
        name = self.p.proof.structure[atom][1] if atom in self.p.proof.structure else atom
        return name if isinstance(name, str) and self.p.proof.symbols.get(name, {}).get("sequence") else ""

    def _induction(self, time: str, general: Poly) -> Fact | None:
        p, proof = self.p, self.p.proof
        first, after = proof.shift("first", time, general), proof.shift("next", time, general)
        starts = Saturation(p, [first], self.facts())
        starts.run(2)
        base = p.attempt(self.relation, first, starts.useful(), rounds=2)
        if base is None:
            return None
        previous, recipe = Known("previous", self.relation, general), None
        for squares, rounds in ((False, 2), (False, 4), (True, 2), (True, 4)):
            around = Saturation(p, [general, after], self.facts())
            around.run(squares=squares)
            recipe = p.recipe(self.relation, after, around.useful(), extra=[previous], rounds=rounds)
            if recipe is not None:
                break
        else:
            around = Saturation(p, [general, after], self.facts())
            around.run(squares=False)
            facts = around.useful()
            made = young(p, [general, after, *(f.poly for f in facts)])
            recipe = p.recipe(
                self.relation, after, [*facts, *made, *self.weighted([*facts, *made])], extra=[previous], rounds=2
            )
        if recipe is None:
            return None
        written = [proof.write(general), self.relation, "0"]
        step = {"rule": "induction", "time": time, "fact": written, "base": base.reference, "by": recipe}
        last, every = p.record(step)
        return last if last.poly == self.goal else every


ATTEMPTS: tuple[tuple[str, Callable[[Attempts], Fact | None]], ...] = (
    ("combinations of the hypotheses with signs, quotients and roots", Attempts.plain),
    ("squares, absolute values, signs and maxima", Attempts.squared),
    ("cases", Attempts.cases),
    ("products of two hypotheses", Attempts.products),
    ("expectations, sums and averages of the hypotheses, and Cauchy-Schwarz", Attempts.saturated),
    ("a sum of squares by a semidefinite program", Attempts.semidefinite),
    ("induction", Attempts.inductive),
)


def assist(p: Bench, relation: str, poly: Poly, facts: Sequence[Fact], written: Json = None) -> Fact | None:
    """A line that the finder does not close: the same attempts, without induction."""
    tried = Attempts(p, relation, poly, facts, written)
    for _, attempt in ATTEMPTS[:-1]:
        try:
            fact = attempt(tried)
        except (ProofError, KernelError):
            continue
        if fact is not None:
            return fact
    return None

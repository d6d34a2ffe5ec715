"""A claim that comes without a proof: the attempts one after the other, and what is said where none succeeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sympy

from convbound.bounds.plain_data import Json
from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.lemmas import square_under
from convbound.proofs.automatic.proof import ATTEMPTS, Attempts
from convbound.proofs.automatic.residual import residual
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.derivation import Derivation
from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.kernel import FACT_KEYS, KernelError
from convbound.proofs.language.readback import Readback
from convbound.proofs.language.vocabulary import Relation, Vocabulary
from convbound.proofs.record import Line

if TYPE_CHECKING:
    from convbound.proofs.prover import Prover

WORDS = {
    "functional": "of both sides",
    "interchange": "change places",
    "tower": "the law of total expectation",
    "average": "the average is the sum over its length",
    "telescoping": "the sum telescopes",
    "member": "a part is at most the sum",
    "induction": "at every step, and after the last",
    "combination": "",
}


def prove_alone(
    claim: Claim, prover: Prover, remembered: Sequence[Json] = (), only: int | None = None
) -> tuple[Derivation, Fact, int]:
    """The first derivation that ends in the claim, and the number of its attempt.

    Args:
        claim: what is to be proved.
        prover: where the lemmas come from.
        remembered: the recipes that an earlier run found.
        only: the attempt in which it found them; all are tried where it is None.

    Raises:
        ProofError: none was found; it says what was tried.
    """
    tried = []
    for number, (words, attempt) in enumerate(ATTEMPTS):
        if only not in (None, number):
            continue
        derivation = Derivation(claim, prover, remembered)  # raises where a definition of the claim makes no sense
        goal, bench = derivation.goal, Bench(derivation.state, derivation.search)
        try:
            fact = attempt(Attempts(bench, goal.relation, goal.poly, known(derivation), goal.written))
            if fact is not None:
                return derivation, derivation.as_claimed(fact), number
        except (ProofError, KernelError):  # a bound of the kernel is met: the next attempt begins anew
            pass
        tried.append(words)
    left = missing(claim, prover) if only is None else ""
    raise ProofError(f"{claim.id}{_place(claim)}: none was found;{left} tried: {'; '.join(tried)}")


def missing(claim: Claim, prover: Prover) -> str:
    """What would have to be shown besides, in the author's notation."""
    derivation = Derivation(claim, prover)
    goal, bench = derivation.goal, Bench(derivation.state, derivation.search)
    try:
        around = Attempts(bench, goal.relation, goal.poly, known(derivation), goal.written)
        rest = None if goal.relation == "=" else residual(bench, goal.poly, around.around())
        if not rest:
            return ""
        relation = Readback(derivation.state.proof, claim.vocabulary).fact(">=", rest)
        return f" left to show, with rounded numbers: {with_norms(claim.vocabulary, relation).text(relation)};"
    except (ProofError, KernelError):
        return ""


def with_norms(v: Vocabulary, relation: Relation) -> Vocabulary:
    """The vocabulary with ‖x‖² for each sum of squares in a relation, where its author shows one so."""
    squares = {e for e in v.notations if e.is_Function and e.args and e.args[0].is_Pow and e.args[0].exp == 2}
    norms = {e.func for e in squares if v.notations[e][0] == f"‖{v.text(e.args[0].base)}‖²"}
    sums = (f for side in (relation.left, relation.right) for f in sympy.preorder_traversal(side) if f.func in norms)
    bases = {f: f.args[0].base for f in sums if f.args[0].is_Pow and f.args[0].exp == 2}
    more = {f: (f"‖{v.text(b)}‖²", rf"\left\|{v.tex(b)}\right\|^2") for f, b in bases.items()}
    return replace(v, notations={**more, **v.notations}, shown={}) if more.keys() - v.notations.keys() else v


def _place(claim: Claim) -> str:
    file, line = claim.place
    return f" ({Path(file).name}, line {line})" if file and line else ""


def known(derivation: Derivation) -> list[Fact]:
    """What the claim supposes, and the lemmas that a proof may use."""
    facts = derivation.hypotheses()
    for claim in derivation.claim.uses:
        try:
            facts.append(derivation.use(claim))
        except ProofError:  # it is not proved, or its hypotheses do not hold here
            continue
    return [*facts, *squares_as_written(derivation)]


def squares_as_written(derivation: Derivation) -> Iterator[Fact]:
    """A sum or mean of a square that the claim writes is nonnegative; multiplied out, nobody would see it."""
    bench = Bench(derivation.state, derivation.search)
    relations = [*(h.relation for h in derivation.claim.facts), derivation.claim.then]
    parts = (x for r in relations for side in (r.left, r.right) for x in sympy.preorder_traversal(side))
    for e in dict.fromkeys(parts):
        name = e.func.__name__ if e.is_Function else ""
        if name in derivation.state.proof.functionals and e.args[0].is_Pow and e.args[0].exp == 2:
            yield square_under(bench, name, derivation.terms.poly(e.args[0].base))


def narrate(derivation: Derivation, kept: dict[int, int]) -> tuple[Line, ...]:
    """The steps of a certificate that nobody wrote, as lines; `kept` maps the derivation's steps to its own."""
    state, v = derivation.state, derivation.vocabulary
    back = Readback(state.proof, v)
    texts = {f.place[0]: derivation.transcript.label(f) for f in state.hypotheses}
    lines: list[Line] = []
    for number in sorted(kept):
        step = state.proof.steps[number]
        if step["rule"] not in WORDS:
            continue
        fact = state.facts[(number, 0)]
        is_goal = (fact.relation, fact.poly) == (derivation.goal.relation, derivation.goal.poly)
        relation = derivation.claim.then if is_goal else back.fact(fact.relation, fact.poly)
        v = with_norms(v, relation)
        texts[number] = v.text(relation)
        used = dict.fromkeys(texts[k] for k in references(step) if texts.get(k))
        words = WORDS[step["rule"]]
        if step["rule"] == "functional":
            words = f"{v.operator(step['functional'])} {words}"
        lines.append(Line(texts[number], v.sides(relation), step["rule"], tuple(used), kept[number], words))
    return tuple(lines)


def references(step: Json) -> Iterator[int]:
    """The steps on which a step rests."""
    for key in FACT_KEYS:
        if isinstance(step.get(key), list):
            yield step[key][0]
    yield from _of_recipe(step.get("by", {}))


def _of_recipe(recipe: Json) -> Iterator[int]:
    for part in (*recipe.get("both", ()), *recipe.get("cases", ())):
        yield from _of_recipe(part)
    for _, facts, _ in recipe.get("terms", ()):
        yield from (r[0] for r in facts if isinstance(r, list))
    for reference, _ in recipe.get("equations", ()):
        if isinstance(reference, list):
            yield reference[0]

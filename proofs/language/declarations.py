"""What a claim's declarations assume, as sentences: integers, what is known when, quantifiers, what a notation hides.

The kernel reads these from the vocabulary as it reads the hypotheses. A reader has to see them, or a statement is
stronger than it looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sympy

from convbound.bounds.plain_data import Json
from convbound.proofs.claims import Claim
from convbound.proofs.kernel import Formula, Theorem, words
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.units import unit_fault
from convbound.proofs.language.vocabulary import Expr, Vocabulary
from convbound.proofs.models.signatures import atoms


def declarations(claim: Claim, draft: Draft, hypotheses: Iterable[Theorem], conclusion: Formula) -> tuple[str, ...]:
    """The sentences of one claim; letters first, each with its name in the certificate in brackets."""
    facts: list[Theorem | Formula] = [*hypotheses, conclusion]
    names = named(draft, facts)
    return (
        *_letters(claim.vocabulary, names),
        *_expectations(claim.vocabulary, names),
        *_quantifiers(claim.vocabulary, draft, facts, names),
        *_notations(claim),
        *_units(claim),
        *([f"it is said to correct {claim.corrects!r}, of which nothing is known here"] if _unknown(claim) else []),
    )


def named(draft: Draft, facts: Iterable[Formula]) -> set[str]:
    """All names that stand in facts as written, also inside definitions.

    E_k[x y] = x E_k[y] says nothing once it is in normal form, and all of it is in the declarations.
    """
    found = set[str]()
    for fact in facts:
        found |= draft.proof.mentioned(fact.poly)  # also the lengths of sums
        found = found.union(*(draft.proof.parts.get(x, {x}) for x in words(fact.written)))
    return found


def _units(claim: Claim) -> Iterable[str]:
    """What cannot be added or compared, of the relations whose symbols have units."""
    if claim.vocabulary.units:
        for relation in (*(h.relation for h in claim.hypotheses), claim.then):
            if fault := unit_fault(claim.vocabulary, relation):
                yield f"units do not agree: {fault}"


def _unknown(claim: Claim) -> bool:
    return claim.corrects is not None and claim.original is None


def _range(v: Vocabulary, scope: Json) -> str:
    """ "i = 1, …, d", "k = 1, …, K", "θ in [0, 1]"."""
    if scope["kind"] == "unit":
        return f"{_name(v, scope['variable'])} in [0, 1]"
    if scope["kind"] == "random":
        return "every outcome"
    first = int(scope.get("start", 1))
    last = _name(v, scope["length"])
    if first != 1:
        last += f" − {1 - first}" if first < 1 else f" + {first - 1}"
    return f"{_name(v, scope.get('variable', scope['name']))} = {first}, …, {last}"


def _name(v: Vocabulary, name: str) -> str:
    return v.text(sympy.Symbol(name, real=True))


def _letters(v: Vocabulary, names: set[str]) -> Iterable[str]:
    scopes = {s["name"]: s for s in v.scopes}
    lengths = {s["length"]: s for s in v.scopes if "length" in s}
    used = {x.removeprefix("~") for s in v.symbols if s["name"] in names for x in s["scopes"]}
    bound = {f.get("over") for f in v.functionals if f["name"] in names}
    for symbol in v.symbols:
        name, own = symbol["name"], symbol["scopes"]
        length = lengths.get(name) if lengths.get(name, {}).get("name") in used | bound else None
        if name not in names and length is None:
            continue
        words = ["an integer" if symbol["integer"] else "a real number"]
        if length is not None:
            words = [
                f"an integer, at least 1: the number of values of {_name(v, length.get('variable', length['name']))}"
            ]
        words += [f"for every {_range(v, scopes[x])}" for x in own if x in scopes and scopes[x]["kind"] != "random"]
        words += _known(v, scopes, own)
        if len(words) == 1 and not symbol["integer"] and length is None and _name(v, name) == name:
            continue  # a real parameter shown by its own name: there is nothing to say
        shown = _name(v, name)
        yield f"{shown}{f' [{name}]' if shown != name else ''}: {', '.join(words)}"


def _known(v: Vocabulary, scopes: Json, own: Iterable[str]) -> list[str]:
    """When a random quantity is known: at its step, or only after it."""
    if not any(x in scopes and scopes[x]["kind"] == "random" for x in own):
        return []
    times = [s for s in scopes.values() if s["kind"] == "time" and s.get("random", True)]
    later = [s for s in times if f"~{s['name']}" in own]
    at = [s for s in times if s["name"] in own]
    steps = {s["name"]: f"{s['name']} {_name(v, s['variable'])}" for s in times}
    words = ["random"]
    if later:
        first = later[0]
        nor = "".join(f", nor at {steps[t['name']]}" for t in later[1:])
        drawn = f"drawn at {steps[first['name']]}, not known there{nor}"
        words.append(drawn if first in at else f"not known at any {first['name']}")
        at = [s for s in at if s not in later]
    if at:
        words.append(f"known at {', '.join(steps[s['name']] for s in at)}")
    elif not later and times:
        words.append("known from the start")
    return words


def _expectations(v: Vocabulary, names: set[str]) -> Iterable[str]:
    times = {s["name"]: s for s in v.scopes if s["kind"] == "time"}
    for functional in v.functionals:
        if functional["name"] in names and functional["kind"] == "expectation":
            given = [f"{t} {_name(v, times[t]['variable'])}" for t in functional.get("given", [])]
            what = f"given all that is known at {', '.join(given)}" if given else "given nothing"
            yield f"{v.operator(functional['name'])}[·]: the expectation {what}"


def _quantifiers(v: Vocabulary, draft: Draft, facts: list[Theorem | Formula], names: set[str]) -> Iterable[str]:
    scopes = {s["name"]: s for s in v.scopes}

    def free(fact: Theorem | Formula) -> list[str]:
        left, _, right = fact.written
        reach = set[str]().union(*(draft.proof.reach[a] for x in (left, right) for a in atoms(draft.proof, x)))
        return [name for name in scopes if name in reach]

    *hypotheses, conclusion = facts
    supposed = {name for h in hypotheses for name in free(h)}
    if supposed:
        every = "; ".join(_range(v, scopes[n]) for n in scopes if n in supposed)
        yield f"a hypothesis is supposed for all of these that occur in it: {every}"
    if free(conclusion):
        yield f"the conclusion is for all of these: {'; '.join(_range(v, scopes[n]) for n in free(conclusion))}"
    fixed = [s["name"] for s in v.symbols if s["name"] in names and not s["scopes"]]
    if fixed and (supposed or free(conclusion)):
        yield f"fixed before all of that: {', '.join(_name(v, name) for name in fixed)}"


def _notations(claim: Claim) -> Iterable[str]:
    """Each notation of the statement beside the formula that it stands for."""
    v = claim.vocabulary
    bare = replace(v, notations={e: shown for e, shown in v.notations.items() if e.is_Symbol}, shown={})
    sides: list[Expr] = [x for r in (*(h.relation for h in claim.hypotheses), claim.then) for x in (r.left, r.right)]
    parts = {part for side in sides for part in sympy.preorder_traversal(side)}
    for expression in v.notations:
        if expression in parts and not expression.is_Symbol:  # a symbol stands among the letters, with its name
            text, formula = v.text(expression), bare.text(expression)
            if text != formula:
                yield f"{text} stands for {formula}"

"""What a record shows of a claim beside its verdict: hypotheses, definitions and symbols, as text and as LaTeX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import sympy

from convbound.bounds.plain_data import JsonObject
from convbound.bounds.verdict import Verdict
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.corrections import beyond
from convbound.proofs.language.declarations import declarations, named
from convbound.proofs.language.readback import FORMS
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.vocabulary import Expr
from convbound.proofs.models.model import Evaluation, ModelError, Point
from convbound.proofs.prover import Proved
from convbound.proofs.record import (
    Assumption,
    Conclusion,
    Counterexample,
    Definition,
    Ingredient,
    Letter,
    Place,
    Record,
)
from convbound.proofs.statement import draft_of

HOME = Path(__file__).resolve().parent.parent


def assumptions(claim: Claim, proved: Proved | None) -> tuple[Assumption, ...]:
    """The hypotheses in their order; `used` says whether the proof, or an instance that it rests on, needed them."""
    flags = iter(proved.used) if proved is not None else None
    shown = []
    for h, new in zip(claim.suppose, beyond(claim), strict=True):
        above = claim.corrects if new and not h.added else None
        if not isinstance(h, Hypothesis):
            shown.append(Assumption(h.text, h.text, h.latex, h.added, beyond=above))
            continue
        text, latex = claim.vocabulary.text(h.relation), claim.vocabulary.tex(h.relation)
        if h.instance is not None:
            used, general = h.instance[0] in proved.sources if proved is not None else None, h.instance[0].name
        else:
            used, general = next(flags) if flags is not None else None, None
        shown.append(Assumption(h.text, text, latex, h.added, used, general, above))
    return tuple(shown)


def definitions(claim: Claim, names: set[str]) -> tuple[Definition, ...]:
    """The definitions among the names, in the order of the vocabulary; |g| = |g| says nothing and is left out."""
    v = claim.vocabulary
    shown = []
    for name, (kind, body) in v.definitions.items():
        if name in names:
            symbol, value = sympy.Symbol(name, real=True), FORMS[kind](*body)
            sides = v.text(symbol), v.text(value)
            if sides[0] != sides[1]:
                shown.append(Definition(" = ".join(sides), f"{v.tex(symbol)} = {v.tex(value)}"))
    return tuple(shown)


def letters(claim: Claim, names: set[str]) -> tuple[Letter, ...]:
    """What the symbols of the statement stand for, where the vocabulary says so."""
    v = claim.vocabulary
    known = [(name, meaning) for name, meaning in v.meanings.items() if name in names and meaning]
    symbols = [(sympy.Symbol(name, real=True), meaning) for name, meaning in known]
    shown = (Letter(v.text(symbol), v.tex(symbol), meaning) for symbol, meaning in symbols)
    return tuple(letter for letter in shown if letter.meaning not in letter.text)  # F(w_k) speaks for itself


def record_of(
    claim: Claim,
    verdict: Verdict,
    reason: str,
    proved: Proved | None,
    against: Counterexample | None,
    seconds: float,
) -> Record:
    """The record of a claim, from what was found of it."""
    draft, hypotheses, conclusion = draft_of(claim)
    names = named(draft, [*hypotheses, conclusion])
    record = Record(
        **_identity(claim),
        verdict=verdict.value,
        reason=reason,
        conclusion=_conclusion(claim),
        assumptions=assumptions(claim, proved),
        seconds=seconds,
        definitions=definitions(claim, names),
        symbols=letters(claim, names),
        declarations=declarations(claim, draft, hypotheses, conclusion),
        rests_on=(against.by,) if against is not None and against.by is not None else (),
        counterexample=against,
    )
    if proved is None:
        return record
    return replace(
        record,
        rests_on=proved.rests_on,
        rules=proved.rules,
        steps=len(proved.certificate["steps"]),
        certificate=proved.sha256,
        replay_seconds=proved.replay_seconds,
        lines=proved.lines,
    )


def unreadable(claim: Claim, reason: str, seconds: float) -> Record:
    """The record of a claim whose own code fails; what can be written of it is."""
    try:
        conclusion, shown = _conclusion(claim), assumptions(claim, None)
    except Exception:  # the statement itself cannot be read
        conclusion, shown = Conclusion(str(claim.then), "", ("", "", "")), ()
    verdict = Verdict.ERROR.value
    return Record(
        **_identity(claim), verdict=verdict, reason=reason, conclusion=conclusion, assumptions=shown, seconds=seconds
    )


def _conclusion(claim: Claim) -> Conclusion:
    v = claim.vocabulary
    return Conclusion(v.text(claim.then), claim.latex or v.tex(claim.then), v.sides(claim.then))


def _identity(claim: Claim) -> JsonObject:
    """What a record takes over from its claim as it is."""
    own = ("id", "library", "source", "title", "printed", "corrects", "expected", "note")
    return {name: getattr(claim, name) for name in own} | {"place": place(claim)}


def place(claim: Claim) -> Place:
    """File and line of the claim; the file relative to the working directory or to the project's home."""
    file, line = claim.place
    if not file:
        return Place("", 0)
    path = Path(file).resolve()
    for root in (Path.cwd(), HOME):
        if path.is_relative_to(root) and not path.relative_to(root).parts[0].startswith("."):
            return Place(path.relative_to(root).as_posix(), line)
    return Place(path.as_posix(), line)


def ingredients(claim: Claim, draft: Draft, evaluation: Evaluation, point: Point) -> tuple[Ingredient, ...]:
    """The letters, norms, sums and expectations of a conclusion with their values at a point."""
    v = claim.vocabulary
    found: dict[Expr, str] = {}

    def visit(e: Expr) -> None:
        own = e in v.notations or e.is_Function or e.is_Symbol
        if own and e not in found:
            try:
                found[e] = str(evaluation.poly(draft.poly(e), point))
            except (ModelError, KeyError, ZeroDivisionError, ValueError):
                own = False  # it varies with something that the point does not fix: its parts may not
        if not own:
            for part in e.args:
                visit(part)

    for side in (claim.then.left, claim.then.right):
        visit(side)
    ordered = sorted(found, key=lambda e: not e.is_Symbol)  # the letters first
    return tuple(Ingredient(v.text(e), v.tex(e), found[e]) for e in ordered)

"""What a record shows of a claim beside its verdict: hypotheses, definitions and symbols, as text and as LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sympy

from convbound.bounds.verdict import Verdict
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.corrections import beyond
from convbound.proofs.language.declarations import declarations, named
from convbound.proofs.language.readback import FORMS
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.vocabulary import Expr
from convbound.proofs.models.model import Evaluation, ModelError
from convbound.proofs.prover import Proved
from convbound.proofs.record import Record
from convbound.proofs.statement import draft_of

Json = Any
HOME = Path(__file__).resolve().parent.parent


def assumptions(claim: Claim, proved: Proved | None) -> tuple[Json, ...]:
    """The hypotheses in their order; `used` says whether the proof, or an instance that it rests on, needed them.

    `instance_of` is the claim by which a hypothesis is derived from the others: it is not supposed. `beyond` is the
    claim that this one corrects, where a hypothesis does not stand there and its author does not mark it as added.
    """
    flags = iter(proved.used) if proved is not None else None
    shown = []
    for h, new in zip(claim.suppose, beyond(claim), strict=True):
        if isinstance(h, Hypothesis):
            v = claim.vocabulary
            entry = {"label": h.text, "text": v.text(h.relation), "latex": v.tex(h.relation), "added": h.added}
            if h.instance is not None:
                entry["used"] = h.instance[0] in proved.sources if proved is not None else None
            else:
                entry["used"] = next(flags) if flags is not None else None
            entry["instance_of"] = h.instance[0].name if h.instance else None
        else:
            entry = {"label": h.text, "text": h.text, "latex": h.latex, "added": h.added}
            entry |= {"used": None, "instance_of": None}
        entry["beyond"] = claim.corrects if new and not h.added else None
        shown.append(entry)
    return tuple(shown)


def definitions(claim: Claim, names: set[str]) -> tuple[Json, ...]:
    """The definitions among the names, in the order of the vocabulary; |g| = |g| says nothing and is left out."""
    v = claim.vocabulary
    shown = []
    for name, (kind, body) in v.definitions.items():
        if name in names:
            symbol, value = sympy.Symbol(name, real=True), FORMS[kind](*body)
            sides = v.text(symbol), v.text(value)
            if sides[0] != sides[1]:
                shown.append({"text": " = ".join(sides), "latex": f"{v.tex(symbol)} = {v.tex(value)}"})
    return tuple(shown)


def symbols(claim: Claim, names: set[str]) -> tuple[Json, ...]:
    """What the symbols of the statement stand for, where the vocabulary says so."""
    v = claim.vocabulary
    known = [(name, meaning) for name, meaning in v.meanings.items() if name in names and meaning]
    letters = [(sympy.Symbol(name, real=True), meaning) for name, meaning in known]
    shown = ({"text": v.text(s), "latex": v.tex(s), "meaning": meaning} for s, meaning in letters)
    return tuple(entry for entry in shown if entry["meaning"] not in entry["text"])  # F(w_k) speaks for itself


def record_of(
    claim: Claim, verdict: Verdict, reason: str, proved: Proved | None, against: Json | None, seconds: float
) -> Record:
    """The record of a claim, from what was found of it."""
    v = claim.vocabulary
    shown = assumptions(claim, proved)
    texts = [_hypothesis_text(h) for h in shown]
    draft, hypotheses, conclusion = draft_of(claim)
    names = named(draft, [*hypotheses, conclusion])
    where = definitions(claim, names)
    return Record(
        **_identity(claim),
        verdict=verdict.value,
        hypotheses=tuple(texts),
        added_hypotheses=tuple(t for t, h in zip(texts, shown, strict=True) if h["added"]),
        unused_hypotheses=tuple(t for t, h in zip(texts, shown, strict=True) if h["used"] is False),
        definitions=tuple(d["text"] for d in where),
        conclusion=v.text(claim.then),
        latex=claim.latex or v.tex(claim.then),
        rests_on=proved.rests_on if proved else ((against["by"],) if against and "by" in against else ()),
        rules=proved.rules if proved else {},
        certificate=proved.sha256 if proved else None,
        counterexample=against,
        seconds=seconds,
        replay_seconds=proved.replay_seconds if proved else 0.0,
        reason=reason,
        lines=proved.lines if proved else (),
        sides=v.sides(claim.then),
        assumptions=shown,
        where=where,
        symbols=symbols(claim, names),
        declarations=declarations(claim, draft, hypotheses, conclusion),
        steps=len(proved.certificate["steps"]) if proved else 0,
    )


def unreadable(claim: Claim, reason: str, seconds: float) -> Record:
    """The record of a claim whose own code fails; what can be written of it is."""
    try:
        conclusion, latex = claim.vocabulary.text(claim.then), claim.latex or claim.vocabulary.tex(claim.then)
        shown = assumptions(claim, None)
    except Exception:  # the statement itself cannot be read
        conclusion, latex, shown = str(claim.then), "", ()
    texts = tuple(_hypothesis_text(h) for h in shown)
    return Record(
        **_identity(claim),
        verdict=Verdict.ERROR.value,
        hypotheses=texts,
        added_hypotheses=tuple(t for t, h in zip(texts, shown, strict=True) if h["added"]),
        unused_hypotheses=(),
        definitions=(),
        conclusion=conclusion,
        latex=latex,
        rests_on=(),
        rules={},
        certificate=None,
        counterexample=None,
        seconds=seconds,
        replay_seconds=0.0,
        reason=reason,
        assumptions=shown,
    )


def _identity(claim: Claim) -> dict[str, Any]:
    """What a record takes over from its claim as it is."""
    own = ("id", "library", "source", "title", "printed", "corrects", "expected", "note")
    return {name: getattr(claim, name) for name in own} | {"place": place(claim)}


def _hypothesis_text(h: Json) -> str:
    text: str = f"{h['label']}: {h['text']}" if h["label"] not in ("", h["text"]) else h["text"]
    return f"{text} (by {h['instance_of']})" if h["instance_of"] else text


def place(claim: Claim) -> tuple[str, int]:
    """File and line of the claim; the file relative to the working directory or to the project's home."""
    file, line = claim.place
    if not file:
        return "", 0
    path = Path(file).resolve()
    for root in (Path.cwd(), HOME):
        if path.is_relative_to(root) and not path.relative_to(root).parts[0].startswith("."):
            return path.relative_to(root).as_posix(), line
    return path.as_posix(), line


def ingredients(claim: Claim, draft: Draft, evaluation: Evaluation, point: Mapping[str, Any]) -> list[Json]:
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
    return [{"text": v.text(e), "latex": v.tex(e), "value": found[e]} for e in ordered]

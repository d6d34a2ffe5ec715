"""What a record shows of a claim beside its verdict: hypotheses, definitions and symbols, as text and as LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sympy

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.kernel import Poly
from convbound.proofs.language import Expr
from convbound.proofs.models import Evaluation, ModelError
from convbound.proofs.readback import FORMS
from convbound.proofs.translate import Draft

Json = Any
HOME = Path(__file__).resolve().parent.parent


def assumptions(claim: Claim, used: Sequence[bool] | None) -> tuple[Json, ...]:
    """The hypotheses in their order; `used` says of those that the kernel sees whether the proof needed them."""
    flags = iter(used) if used is not None else None
    shown = []
    for h in claim.suppose:
        if isinstance(h, Hypothesis):
            v = claim.vocabulary
            entry = {"label": h.text, "text": v.text(h.relation), "latex": v.tex(h.relation), "added": h.added}
            entry["used"] = next(flags) if flags is not None else None
            entry["instance_of"] = h.instance[0].name if h.instance else None
        else:
            entry = {"label": h.text, "text": h.text, "latex": h.latex, "added": h.added}
            entry |= {"used": None, "instance_of": None}
        shown.append(entry)
    return tuple(shown)


def mentioned(draft: Draft, polys: Sequence[Poly]) -> set[str]:
    """All names that the statement mentions, also inside its definitions."""
    return set().union(*(draft.proof.mentioned(p) for p in polys))


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

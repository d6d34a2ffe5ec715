"""Why a line with expectations does not close: something that the noise decides was moved out of them."""

from __future__ import annotations

from convbound.proofs.derivation.state import ProofState
from convbound.proofs.kernel import Monomial, Poly, times, variable
from convbound.proofs.language.readback import Readback


def moved_out(state: ProofState, poly: Poly) -> str:
    """A sentence on the first factor that a relation moves out of an expectation in which it varies, if there is one.

    Looked for are two terms E[b x] and b E[x] of opposite signs, b not known where E is taken.
    """
    proof = state.proof
    for outer, c in poly.items():
        for atom, _ in outer:
            operator, inside = proof.structure.get(atom, ("", ()))
            if proof.functionals.get(operator, {"kind": ""})["kind"] != "expectation":
                continue
            for other, d in poly.items():
                factor = _factor(proof.structure, operator, outer, other, atom, inside) if c * d < 0 else ()
                unknown = [a for a, _ in factor if proof.reach[a] & proof.binds[operator]]
                if unknown:
                    return _sentence(state, operator, variable(atom), {other: 1}, unknown[0])
    return ""


def _factor(
    structure: dict[str, tuple[str, Monomial]],
    operator: str,
    outer: Monomial,
    other: Monomial,
    atom: str,
    inside: Monomial,
) -> Monomial:
    """b, where `outer` is E[b x] times something, and `other` b E[x] times the same; else nothing."""
    rest = tuple((a, e) for a, e in outer if a != atom)
    for inner, _ in other:
        if structure.get(inner, ("",))[0] != operator or inner == atom:
            continue
        around = {a: e for a, e in other if a != inner}
        for a, e in rest:
            around[a] = around.get(a, 0) - e
        moved = tuple(sorted((a, e) for a, e in around.items() if e))
        if moved and all(e > 0 for _, e in moved) and times(structure[inner][1], moved) == inside:
            return moved
    return ()


def _sentence(state: ProofState, operator: str, whole: Poly, split: Poly, unknown: str) -> str:
    vocabulary = state.claim.vocabulary
    back = Readback(state.proof, vocabulary)
    texts = [vocabulary.text(back.poly(p)) for p in (whole, split)]
    name, mean = vocabulary.text(back.atom(unknown)), vocabulary.operator(operator)
    return (
        f": {texts[0]} is not {texts[1]}, since {name} is decided by what is drawn, and not known where {mean} is taken"
    )

"""What a signature says, to whoever evaluates in it: the bodies of its definitions, what is inside a polynomial."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from convbound.bounds.plain_data import JsonObject
from convbound.proofs.kernel import Expression, Poly, Proof

ARITY = {"quotient": 2, "root": 1, "absolute": 1, "sign": 1, "maximum": 2}


class ModelError(ValueError):
    """The model does not determine what is asked of it, or breaks a declaration."""


_BODIES: WeakKeyDictionary[Proof, dict[str, list[Poly]]] = WeakKeyDictionary()


def bodies(signature: Proof, name: str) -> list[Poly]:
    """What a symbol is defined by, as polynomials; read once, and outside the kernel's budget of work."""
    known = _BODIES.setdefault(signature, {})
    if name not in known:
        kind, *written = signature.definitions[name]
        if len(written) != ARITY.get(kind):
            raise ModelError(f"{name} is a {kind} of {len(written)}, which no model evaluates")
        spent = signature.work
        known[name] = [signature.read(b) for b in written]
        signature.work = spent
    return known[name]


def atoms(signature: Proof, written: Expression) -> frozenset[str]:
    """The atoms of an expression in normal form; read outside the kernel's budget of work."""
    spent = signature.work
    poly = signature.read(written)
    signature.work = spent
    return frozenset(a for m in poly for a, _ in m)


def atoms_within(signature: Proof, poly: Poly) -> frozenset[str]:
    """All atoms of a polynomial, and those inside its functionals, shifts, limits and definitions."""
    found: set[str] = set()
    waiting = [a for m in poly for a, _ in m]
    while waiting:
        atom = waiting.pop()
        if atom in found:
            continue
        found.add(atom)
        if atom in signature.definitions:
            waiting += [a for b in bodies(signature, atom) for m in b for a, _ in m]
        elif atom in signature.structure:
            operator, operand = signature.structure[atom]
            if operator == "limsup":
                waiting += [a for m in operand[1] for a, _ in m]
            else:
                waiting += [operand] if isinstance(operand, str) else [a for a, _ in operand]
    return frozenset(found)


def meaning(proof: Proof, poly: Poly) -> JsonObject:
    """A polynomial with all that its names stand for: two polynomials with the same meaning are the same object.

    The declarations of its symbols, scopes and functionals, its definitions, and the times by whose steps an
    expectation knows more: a sum over another index is not the average over the steps, though both be called avg.
    """
    names = proof.mentioned(poly)
    functionals = {
        n: {k: v for k, v in f.items() if k not in ("binds", "at")} for n, f in proof.functionals.items() if n in names
    }
    scopes = {s.removeprefix("~") for n in names for s in proof.reach.get(n, ())}
    scopes |= {x for f in functionals.values() for x in (f.get("over"), *f.get("given", []))}
    if any(f["kind"] == "expectation" for f in functionals.values()):
        scopes |= {n for n, s in proof.scopes.items() if s["kind"] == "random" or n in proof.times}
    lengths = {s["length"] for n, s in proof.scopes.items() if n in scopes and "length" in s}
    symbols = {n: (sorted(proof.reach[n]), proof.symbols[n]) for n in (names | lengths) if n in proof.symbols}
    return {
        "poly": proof.write(poly),
        "symbols": {n: (reach, s["integer"], s["sequence"]) for n, (reach, s) in symbols.items()},
        "functionals": functionals,
        "scopes": [s for n, s in proof.scopes.items() if n in scopes],
        "definitions": {n: proof.definitions[n] for n in names if n in proof.definitions},
    }

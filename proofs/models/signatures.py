"""What a signature says, to whoever evaluates in it: the bodies of its definitions, what is inside a polynomial."""

from __future__ import annotations

from weakref import WeakKeyDictionary

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

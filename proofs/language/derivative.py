"""Derivatives of what is polynomial, each with the identity that says that it is one."""

from __future__ import annotations

import sympy

from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary, eq


def derivative(v: Vocabulary, f: Expr, w: sympy.Symbol) -> Expr:
    """df/dw, for f polynomial in w; of a piecewise f take it piece by piece, and compare the values at the ends.

    Raises:
        ValueError: f is no polynomial in w: a root, an absolute value, a maximum, a condition depends on it.
    """
    inner = {x.name for x in sympy.sympify(f, strict=True).free_symbols if x != w and _depends(v, x.name, w)}
    if inner or not sympy.sympify(f).is_polynomial(w):
        names = ", ".join(sorted(v.text(sympy.Symbol(x, real=True)) for x in inner))
        what = f", since {names} depends on it" if inner else ""
        raise ValueError(f"{v.text(f)} is no polynomial in {v.text(w)}{what}: differentiate each piece")
    return sympy.diff(f, w)


def _depends(v: Vocabulary, name: str, w: sympy.Symbol) -> bool:
    bodies = v.definitions.get(name, ("", ()))[1] or ((v.inverses[name],) if name in v.inverses else ())
    return any(x == w or _depends(v, x.name, w) for b in bodies for x in b.free_symbols)


def expansion(v: Vocabulary, f: Expr, w: sympy.Symbol, h: Expr) -> Relation:
    """f(w + h) - f(w) - h f'(w) = h² R with a polynomial R: what makes f' the derivative. The kernel checks it.

    Raises:
        ValueError: f is no polynomial in w.
    """
    slope, step = derivative(v, f, w), sympy.Dummy("h")
    left = f.xreplace({w: w + step}) - f - step * slope
    rest = sympy.quo(sympy.expand(left), step**2, step)
    return eq(left.xreplace({step: h}), h**2 * rest.xreplace({step: h}))

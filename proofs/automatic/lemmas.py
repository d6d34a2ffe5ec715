"""Small lemmas, derived where they are needed: lengths, signs, squares under a functional, Cauchy and Schwarz."""

from __future__ import annotations

from collections.abc import Sequence

from convbound.proofs.automatic.bench import Bench
from convbound.proofs.derivation.state import Fact, ProofError
from convbound.proofs.kernel import Monomial, Poly, add, constant, multiply, scale, subtract, variable
from convbound.proofs.models.signatures import bodies


def square_root(m: Monomial) -> Monomial | None:
    """x with m = x², where there is one."""
    return None if any(e % 2 for _, e in m) or not m else tuple((a, e // 2) for a, e in m)


def square_under(p: Bench, functional: str, root: Poly) -> Fact:
    """The functional of a square is nonnegative."""
    square = p.combine(">=", multiply(root, root), {"terms": [["1", [], [p.proof.write(root)]]]})
    return p.record({"rule": "functional", "functional": functional, "of": square.reference})[0]


def schwarz(p: Bench, functional: str, x: Monomial, y: Monomial) -> list[Fact]:
    """f[x y]² <= f[x²] f[y²], and with the roots of those, where they are defined: ± f[x y] <= √f[x²] √f[y²].

    With X, A and B for f[x²], f[y²] and f[x y]: f[(A x - B y)²] = A (A X - B²) decides where A > 0, and where A = 0 it
    is f[(B x - ½(X + 1) y)²] = ¼ (X + 1)² A - B².
    """
    x, y = (x, y) if x else (y, x)
    X, A, B = (p.proof.apply(functional, multiply({a: 1}, {b: 1})) for a, b in ((x, x), (y, y), (x, y)))
    if any(p.proof.reach[a] & p.proof.binds[functional] for q in (X, A, B) for m in q for a, _ in m):
        return []
    above = p.proof.multiply
    one = square_under(p, functional, subtract(above(A, {x: 1}), above(B, {y: 1})))
    same, X = _without_absolute(p, functional, x, X)
    target = subtract(above(A, X), above(B, B))
    if set(A) == {()}:
        simple = p.attempt(">=", target, [one, *same])
        return [] if simple is None else [simple]
    more = add(X, constant(1))
    two = square_under(p, functional, subtract(scale(2, above(B, {x: 1})), above(more, {y: 1})))
    sign = square_under(p, functional, {y: 1})
    recipe = p.by_cases(">=", target, [one, two, sign, *same], (), [A], 3)
    fact = p.combine(">=", target, recipe)
    return [fact, *_with_roots(p, fact, X, A, B)]


def square_of_sum(p: Bench, functional: str, m: Monomial) -> Fact | None:
    """Σ m² <= (Σ m)² for m that is nonnegative: each part is at most the sum."""
    part = p.sign_of_monomial(m)
    if part is None or p.proof.functionals[functional]["kind"] != "sum":
        return None
    member = p.record({"rule": "member", "functional": functional, "of": part.reference})[0]
    terms = [["1", [member.reference, part.reference], []]]
    product = p.combine(">=", p.proof.multiply(member.poly, part.poly), {"terms": terms})
    return p.record({"rule": "functional", "functional": functional, "of": product.reference})[0]


def _without_absolute(p: Bench, functional: str, x: Monomial, X: Poly) -> tuple[list[Fact], Poly]:
    """f[|b|²] is f[b²]."""
    if len(x) != 1 or x[0][1] != 1 or p.proof.definitions.get(x[0][0], [""])[0] != "absolute":
        return [], X
    equal = p.record({"rule": "functional", "functional": functional, "of": p.parts[x[0][0]][1].reference})[0]
    return [equal], subtract(X, equal.poly)


def _with_roots(p: Bench, fact: Fact, X: Poly, A: Poly, B: Poly) -> list[Fact]:
    """The same with the roots of X and A, where some expression has them."""
    roots = {
        str(sorted(b[0].items())): a
        for a in p.parts
        if p.proof.definitions[a][0] == "root"
        for b in [bodies(p.proof, a)]
    }
    r, s = (roots.get(str(sorted(q.items()))) for q in (X, A))
    if r is None or s is None:
        return []
    product = multiply(variable(r), variable(s))
    facts = [fact, *p.parts[r], *p.parts[s]]
    squared = p.attempt(">=", subtract(multiply(product, product), multiply(B, B)), facts)
    if squared is None:
        return []
    sides = [p.attempt(">=", subtract(product, side), [squared]) for side in (B, scale(-1, B))]
    return [side for side in sides if side is not None]


def about_signs(p: Bench, symbols: list[str]) -> list[Fact]:
    """s² <= 1 for each sign; and b s = |b| where the absolute value of the same body is defined too."""
    found: list[Fact] = []
    for s in symbols:
        if p.proof.definitions[s][0] != "sign":
            continue
        (body,) = bodies(p.proof, s)
        square: Poly = {((s, 2),): 1}
        small = p.attempt(">=", subtract(constant(1), square), p.parts[s], squares=[subtract(constant(1), square)])
        found += [small] if small is not None else []
        for a in symbols:
            if p.proof.definitions[a][0] == "absolute" and bodies(p.proof, a) == [body]:
                difference = subtract(multiply(body, variable(s)), variable(a))
                facts = [*p.parts[s], *p.parts[a]]
                fact = equation_by_cases(p, difference, facts, [body])
                found += [fact] if fact is not None else []
    return found


def equation_by_cases(
    p: Bench, poly: Poly, facts: Sequence[Fact], splits: Sequence[Poly], squares: Sequence[Poly] = ()
) -> Fact | None:
    """`poly = 0` from its two inequalities, each by cases."""
    try:
        recipes = [(q, p.by_cases(">=", q, facts, squares, splits, 3)) for q in (poly, scale(-1, poly))]
    except ProofError:
        return None
    sides = [p.combine(">=", q, recipe) for q, recipe in recipes]
    return p.combine("=", poly, {"both": [{"terms": [["1", [f.reference], []]]} for f in sides]})


def at_least_one(p: Bench, functional: str) -> Fact | None:
    """The length of a sum's index is at least one.

    A sign s of 1 + u², for any u that varies over the index, is one everywhere, and it varies; so it is at most its
    sum, and the sum is the length.
    """
    over = p.proof.functionals[functional]["over"]
    scope = p.proof.scopes[over]
    symbol = scope.get("variable") or next(
        (n for n, about in sorted(p.proof.symbols.items()) if over in about["scopes"] and n not in p.proof.definitions),
        None,
    )
    if symbol is None or any(
        about["kind"] == "unit" for s, about in p.proof.scopes.items() if s in p.proof.reach[symbol]
    ):
        return None
    body = add(constant(1), {((symbol, 2),): 1})
    s = p.sign_of(body, f"one_{functional}")
    positive = p.attempt(">", body, squares=[variable(symbol)])
    if positive is None:
        return None
    one = subtract(variable(s), constant(1))
    facts = [*p.parts[s], positive]
    # s (1 + u²) >= 0 and s² (1 + u²) = 1 + u² with 1 + u² > 0: so s² = 1 and s >= 0
    equal = equation_by_cases(p, one, facts, [variable(s)], [one])
    nonnegative = None if equal is None else p.attempt(">=", variable(s), [equal])
    if equal is None or nonnegative is None:
        return None
    member = p.record({"rule": "member", "functional": functional, "of": nonnegative.reference})[0]
    summed = p.record({"rule": "functional", "functional": functional, "of": equal.reference})[0]
    length = subtract(variable(scope["length"]), constant(1))
    return p.attempt(">=", length, [member, summed, equal])

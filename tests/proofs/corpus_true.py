"""Sixty true steps of the kinds that occur in print."""

from corpus_language import *

from convbound.proofs import eq, ge, gt, le, lt

positive = [gt(L, 0), gt(alpha, 0)]
smooth = le(next_(F), F - alpha * S(g * h) + L * alpha**2 / 2 * S(h**2))
unbiased = eq(E_k(h), g)
variance = le(E_k(S((h - g) ** 2)), sigma**2)
short = le(alpha * L, 1)
sgd = [*positive, smooth, unbiased, variance, short]
run = [ge(K, 1), eq(first(F), F_1), ge(last(F), F_inf)]
compressed = le(next_(F), F - alpha * S(g * C) + L * alpha**2 / 2 * S(C**2))
contracts = [eq(E_k(C), g), le(E_k(S((C - g) ** 2)), omega * S(g**2)), ge(omega, 0)]
compressor = [*positive, compressed, *contracts, le(alpha * L * (1 + omega), 1)]
pl = ge(S(g**2), 2 * mu * (F - F_inf))

ALGEBRA: list[Entry] = [
    ("two-products", [], le(2 * a * b, a**2 + b**2)),
    ("square-of-sum", [], le((a + b) ** 2, 2 * a**2 + 2 * b**2)),
    ("young", [gt(c, 0)], le(a * b, c * a**2 / 2 + b**2 / (2 * c))),
    ("young-square", [gt(c, 0)], le((a + b) ** 2, (1 + c) * a**2 + (1 + 1 / c) * b**2)),
    ("am-gm", [ge(a, 0), ge(b, 0)], le(sqrt(a * b), (a + b) / 2)),
    ("triangle", [], le(Abs(a + b), Abs(a) + Abs(b))),
    ("reverse-triangle", [], le(Abs(a) - Abs(b), Abs(a - b))),
    ("absolute-product", [], eq(Abs(a * b), Abs(a) * Abs(b))),
    ("sign-times", [], eq(a * sign(a), Abs(a))),
    ("sign-square", [], le(sign(a) ** 2, 1)),
    ("max-below-sum", [ge(a, 0), ge(b, 0)], le(Max(a, b), a + b)),
    ("max-by-absolute", [], eq(Max(a, b), (a + b + Abs(a - b)) / 2)),
    ("min-below-mean", [], le(Min(a, b), (a + b) / 2)),
    ("root-of-sum", [ge(a, 0), ge(b, 0)], le(sqrt(a + b), sqrt(a) + sqrt(b))),
    ("tangent-of-root", [ge(a, 0)], le(sqrt(a), (1 + a) / 2)),
    ("reciprocal", [gt(y, 0), ge(x, y)], le(1 / x, 1 / y)),
    ("product-of-facts", [le(a, 1), le(b, 1)], ge(a * b, a + b - 1)),
    ("square-above", [ge(a, 1)], ge(a**2, a)),
    ("contraction", [*positive, ge(mu, 0), le(mu, L), le(alpha, 1 / L)], ge(1 - alpha * mu, 0)),
    ("three-squares", [], le((a + b + c) ** 2, 3 * (a**2 + b**2 + c**2))),
    ("cubes", [ge(a, 0), ge(b, 0)], le(a**2 * b + a * b**2, a**3 + b**3)),
    ("saturation", [ge(x, 0)], le(x / (1 + x), x)),
    ("saturation-monotone", [ge(x, 0), le(x, y)], le(x / (1 + x), y / (1 + y))),
    (
        "gradient-step",
        [*positive, short, ge(t, 0), le(F_then, F_now - alpha * t + L * alpha**2 / 2 * t)],
        le(F_then, F_now - alpha / 2 * t),
    ),
    ("feedback-factor", [gt(delta, 0), le(delta, 1)], le((1 - delta) * (1 + delta / 2), 1 - delta / 2)),
    ("mixture", [ge(c, 0), le(c, 1), le(a, b)], le(a, (1 - c) * a + c * b)),
]
VECTORS: list[Entry] = [
    ("norm-of-sum", [], le(S((u + w) ** 2), 2 * S(u**2) + 2 * S(w**2))),
    ("cauchy-schwarz", [], le(S(u * w) ** 2, S(u**2) * S(w**2))),
    ("norms-1-2", [], le(S(Abs(u)) ** 2, d * S(u**2))),
    ("norms-1-root-d", [], le(S(Abs(u)), sqrt(d) * sqrt(S(u**2)))),
    ("inner-product", [], le(S(u * w), S(u**2) / 2 + S(w**2) / 2)),
    ("polarisation", [], eq(S(u * w), (S(u**2) + S(w**2) - S((u - w) ** 2)) / 2)),
    ("norm-triangle", [], le(sqrt(S((u + w) ** 2)), sqrt(S(u**2)) + sqrt(S(w**2)))),
    ("sign-inner-product", [], eq(S(u * sign(u)), S(Abs(u)))),
    (
        "sign-descent",
        [*positive, eq(w, -alpha * sign(u)), le(F_then, F_now + S(u * w) + L / 2 * S(w**2))],
        le(F_then, F_now - alpha * S(Abs(u)) + L * alpha**2 * d / 2),
    ),
    ("member", [], le(u**2, S(u**2))),
    (
        "descent",
        [*positive, eq(w, -alpha * u), le(F_then, F_now + S(u * w) + L / 2 * S(w**2))],
        le(F_then, F_now - alpha * (1 - L * alpha / 2) * S(u**2)),
    ),
    (
        "polyak-lojasiewicz",
        [*positive, ge(mu, 0), ge(S(u**2), 2 * mu * (F_now - F_inf)), le(F_then, F_now - alpha / 2 * S(u**2))],
        le(F_then - F_inf, (1 - alpha * mu) * (F_now - F_inf)),
    ),
    (
        "subgradient",
        [gt(alpha, 0), le(F_now - F_inf, S(u * w)), eq(q, w - alpha * u)],
        le(S(q**2), S(w**2) - 2 * alpha * (F_now - F_inf) + alpha**2 * S(u**2)),
    ),
    ("mean-square", [], le(S(u) ** 2, d * S(u**2))),
]
EXPECTATIONS: list[Entry] = [
    ("jensen", [], le(E(X) ** 2, E(X**2))),
    ("jensen-absolute", [], le(Abs(E(X)), E(Abs(X)))),
    ("jensen-root", [], le(E(Abs(X)), sqrt(E(X**2)))),
    ("variance", [], eq(E((X - E(X)) ** 2), E(X**2) - E(X) ** 2)),
    ("variance-least", [], le(E((X - E(X)) ** 2), E((X - a) ** 2))),
    ("second-moment-of-sum", [], le(E((X + Y) ** 2), 2 * E(X**2) + 2 * E(Y**2))),
    ("cauchy-schwarz-e", [], le(E(X * Y) ** 2, E(X**2) * E(Y**2))),
    ("jensen-vector", [unbiased], le(S(g**2), E_k(S(h**2)))),
    (
        "shrunken-memory",
        [gt(delta, 0), lt(delta, 1), le(E_k(S(h**2)), G**2), le(S(next_(m) ** 2), (1 - delta) / delta * S(h**2))],
        le(E_k(S(next_(m) ** 2)), (1 - delta) / delta * G**2),
    ),
    ("second-moment", [unbiased, variance], le(E_k(S(h**2)), S(g**2) + sigma**2)),
    ("total-second-moment", [unbiased, variance], le(E(S(h**2)), E(S(g**2)) + sigma**2)),
    ("total-inner-product", [unbiased], eq(E(S(g * h)), E(S(g**2)))),
    ("one-step", sgd, le(E_k(next_(F)), F - alpha / 2 * S(g**2) + L * alpha**2 / 2 * sigma**2)),
    ("compressed-moment", contracts, le(E_k(S(C**2)), (1 + omega) * S(g**2))),
    ("compressed-step", compressor, le(E_k(next_(F)), F - alpha / 2 * S(g**2))),
    (
        "linear-step",
        [*sgd, ge(mu, 0), pl],
        le(E_k(next_(F)) - F_inf, (1 - alpha * mu) * (F - F_inf) + L * alpha**2 / 2 * sigma**2),
    ),
]
RUNS: list[Entry] = [
    ("average", [*sgd, *run], le(avg(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * K) + alpha * L * sigma**2)),
    ("compressed-average", [*compressor, *run], le(avg(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * K))),
    (
        "gradient-average",
        [gt(alpha, 0), le(next_(r), r - alpha / 2 * s), eq(first(r), F_1), ge(last(r), F_inf), ge(K, 1)],
        le(avg(s), 2 * (F_1 - F_inf) / (alpha * K)),
    ),
    (
        "geometric",
        [ge(rho, 0), le(next_(r), rho * r), eq(next_(P), rho * P), eq(first(P), 1), eq(first(r), r_1)],
        le(r, P * r_1),
    ),
    ("invariant", [ge(delta, 0), le(delta, 1), le(next_(e), (1 - delta) * e + delta * B), le(first(e), B)], le(e, B)),
    ("monotone", [le(next_(r), r), eq(first(r), r_1)], le(last(r), r_1)),
    ("telescoping", [le(s, r - next_(r))], le(total(s), first(r) - last(r))),
    (
        "linear-rate",
        [
            *sgd,
            ge(mu, 0),
            pl,
            le(alpha * mu, 1),
            eq(next_(P), (1 - alpha * mu) * P),
            eq(first(P), 1),
            ge(P, 0),
            eq(first(F), F_1),
            eq(sigma, 0),
        ],
        le(E(F) - F_inf, P * (F_1 - F_inf)),
    ),
    (
        "memory",
        [gt(delta, 0), le(delta, 1), eq(first(m), 0), le(E(S(next_(m) ** 2)), (1 - delta / 2) * E(S(m**2)) + G**2)],
        le(E(S(m**2)), 2 * G**2 / delta),
    ),
    (
        "root-rate",
        [gt(B, 0), ge(K, 1), gt(alpha, 0), le(t, B / (alpha * K) + alpha * B), eq(alpha, 1 / sqrt(K))],
        le(t, 2 * B / sqrt(K)),
    ),
]

TRUE = [*ALGEBRA, *VECTORS, *EXPECTATIONS, *RUNS]

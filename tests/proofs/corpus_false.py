"""Sixty false steps of the kinds that occur in print; each is one slip away from a true one."""

from corpus_language import *
from corpus_true import compressed, compressor, contracts, pl, positive, run, sgd, short, smooth, unbiased, variance

from convbound.proofs import eq, ge, gt, le, lt

noise = L * alpha**2 / 2 * sigma**2
bounded = le(S(g**2), G**2)

ALGEBRA: list[Entry] = [
    ("dropped-square", [], le(2 * a * b, a**2 + b)),
    ("square-of-sum-without-two", [], le((a + b) ** 2, a**2 + b**2)),
    ("young-without-half", [gt(c, 0)], le(a * b, c * a**2 / 2 + b**2 / (4 * c))),
    ("young-square-wrong-factor", [gt(c, 0)], le((a + b) ** 2, (1 + c) * a**2 + 1 / c * b**2)),
    ("am-gm-reversed", [ge(a, 0), ge(b, 0)], ge(sqrt(a * b), (a + b) / 2)),
    ("triangle-reversed", [], ge(Abs(a + b), Abs(a) + Abs(b))),
    ("difference-of-absolutes", [], le(Abs(a - b), Abs(a) - Abs(b))),
    ("sign-is-one", [], eq(sign(a) ** 2, 1)),
    ("min-for-max", [ge(a, 0), ge(b, 0)], ge(Min(a, b), (a + b) / 2)),
    ("max-of-squares", [le(a, b)], le(a**2, b**2)),
    ("root-of-sum-reversed", [ge(a, 0), ge(b, 0)], ge(sqrt(a + b), sqrt(a) + sqrt(b))),
    ("root-below-itself", [ge(a, 0)], le(sqrt(a), a)),
    ("reciprocal-reversed", [gt(y, 0), ge(x, y)], ge(1 / x, 1 / y)),
    ("product-of-negatives", [le(a, 1), le(b, 1)], le(a * b, 1)),
    ("square-above-without-one", [ge(a, 0)], ge(a**2, a)),
    ("contraction-without-L", [*positive, gt(mu, 0), le(alpha, 1 / L)], ge(1 - alpha * mu, 0)),
    ("cube-odd", [], le(a**2 * b + a * b**2, a**3 + b**3)),
    (
        "long-step",
        [*positive, le(alpha * L, 2), ge(t, 0), le(F_then, F_now - alpha * t + L * alpha**2 / 2 * t)],
        le(F_then, F_now - alpha / 2 * t),
    ),
    (
        "alpha-for-its-square",
        [*positive, ge(t, 0), le(F_then, F_now - alpha * t + L * alpha**2 * t / 2)],
        le(F_then, F_now - alpha * t + L * alpha * t / 2),
    ),
    ("feedback-too-good", [gt(delta, 0), le(delta, 1)], le((1 - delta) * (1 + delta / 2), 1 - delta)),
]
VECTORS: list[Entry] = [
    ("norm-of-sum-without-two", [], le(S((u + w) ** 2), S(u**2) + S(w**2))),
    ("norms-1-2-without-d", [], le(S(Abs(u)) ** 2, S(u**2))),
    ("norms-1-2-root-of-d", [], le(S(Abs(u)) ** 2, sqrt(d) * S(u**2))),
    ("cauchy-schwarz-unsquared", [], le(S(u * w), S(u**2) * S(w**2))),
    ("inner-product-split", [], eq(S(u * w), S(u) * S(w))),
    (
        "sign-descent-without-d",
        [*positive, eq(w, -alpha * sign(u)), le(F_then, F_now + S(u * w) + L / 2 * S(w**2))],
        le(F_then, F_now - alpha * S(Abs(u)) + L * alpha**2 / 2),
    ),
    ("member-reversed", [], ge(u**2, S(u**2))),
    (
        "descent-missing-half",
        [*positive, eq(w, -alpha * u), le(F_then, F_now + S(u * w) + L / 2 * S(w**2))],
        le(F_then, F_now - alpha * (1 - L * alpha / 4) * S(u**2)),
    ),
    (
        "descent-wrong-sign",
        [*positive, eq(w, -alpha * u), le(F_then, F_now + S(u * w) + L / 2 * S(w**2))],
        le(F_then, F_now - alpha * (1 + L * alpha / 2) * S(u**2)),
    ),
    (
        "pl-missing-half",
        [*positive, ge(mu, 0), ge(S(u**2), mu * (F_now - F_inf)), le(F_then, F_now - alpha / 2 * S(u**2))],
        le(F_then - F_inf, (1 - alpha * mu) * (F_now - F_inf)),
    ),
    (
        "subgradient-alpha",
        [gt(alpha, 0), le(F_now - F_inf, S(u * w)), eq(q, w - alpha * u)],
        le(S(q**2), S(w**2) - 2 * alpha * (F_now - F_inf) + alpha * S(u**2)),
    ),
    ("lipschitz-as-gradient-bound", [gt(L, 0), le(S((u - w) ** 2), L**2 * S(q**2)), le(S(q**2), 1)], le(S(u**2), L**2)),
    ("norm-of-difference", [], le(S((u - w) ** 2), S(u**2) - S(w**2))),
]
EXPECTATIONS: list[Entry] = [
    ("jensen-reversed", [], ge(E(X) ** 2, E(X**2))),
    ("jensen-root-reversed", [], ge(E(Abs(X)), sqrt(E(X**2)))),
    ("product-split", [], eq(E(X * Y), E(X) * E(Y))),
    ("second-moment-of-sum-without-two", [], le(E((X + Y) ** 2), E(X**2) + E(Y**2))),
    ("variance-sign", [], eq(E((X - E(X)) ** 2), E(X**2) + E(X) ** 2)),
    ("mean-of-square-of-mean", [], eq(E(X**2), E(X) ** 2)),
    ("second-moment-without-gradient", [unbiased, variance], le(E_k(S(h**2)), sigma**2)),
    ("second-moment-without-square", [unbiased, variance, ge(sigma, 0)], le(E_k(S(h**2)), S(g**2) + sigma)),
    ("inner-product-without-mean", [], eq(E(S(g * h)), E(S(g**2)))),
    ("noise-dropped", sgd, le(E_k(next_(F)), F - alpha / 2 * S(g**2))),
    ("noise-wrong-sign", sgd, le(E_k(next_(F)), F - alpha / 2 * S(g**2) - noise)),
    ("noise-missing-half", sgd, le(E_k(next_(F)), F - alpha / 2 * S(g**2) + noise / 2)),
    ("no-loss", sgd, le(E_k(next_(F)), F - alpha * S(g**2) + noise)),
    ("without-expectation", sgd, le(next_(F), F - alpha / 2 * S(g**2) + noise)),
    ("without-short-step", [*positive, smooth, unbiased, variance], le(E_k(next_(F)), F - alpha / 2 * S(g**2) + noise)),
    ("biased", [*positive, smooth, variance, short], le(E_k(next_(F)), F - alpha / 2 * S(g**2) + noise)),
    ("omega-for-one-plus-omega", contracts, le(E_k(S(C**2)), omega * S(g**2))),
    (
        "compressed-long-step",
        [*positive, compressed, *contracts, le(alpha * L * omega, 1)],
        le(E_k(next_(F)), F - alpha / 2 * S(g**2)),
    ),
    (
        "alpha-for-alpha-squared",
        [*sgd, le(alpha, 1)],
        le(E_k(next_(F)), F - alpha / 2 * S(g**2) + L * alpha**3 / 2 * sigma**2),
    ),
    (
        "gradient-bound-from-L",
        [*positive, smooth, unbiased, le(E_k(S(h**2)), G**2)],
        le(E_k(next_(F)), F - alpha * S(g**2) + L**2 * alpha**2 / 2 * G),
    ),
    ("bounded-gradient-is-not-noise", [unbiased, bounded], le(E_k(S(h**2)), G**2)),
    (
        "linear-step-two-mu",
        [*sgd, ge(mu, 0), pl],
        le(E_k(next_(F)) - F_inf, (1 - 2 * alpha * mu) * (F - F_inf) + noise),
    ),
]
RUNS: list[Entry] = [
    ("average-without-two", [*sgd, *run], le(avg(E(S(g**2))), (F_1 - F_inf) / (alpha * K) + alpha * L * sigma**2)),
    (
        "average-half-noise",
        [*sgd, *run],
        le(avg(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * K) + alpha * L * sigma**2 / 2),
    ),
    ("average-wrong-sign", [*sgd, *run], le(avg(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * K) - alpha * L * sigma**2)),
    ("average-K-plus-one", [*compressor, *run], le(avg(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * (K + 1)))),
    (
        "average-twice-K",
        [gt(alpha, 0), le(next_(r), r - alpha / 2 * s), eq(first(r), F_1), ge(last(r), F_inf), ge(K, 1)],
        le(avg(s), 2 * (F_1 - F_inf) / (alpha * (K + 1))),
    ),
    (
        "geometric-index-shift",
        [ge(rho, 0), le(rho, 1), le(next_(r), rho * r), eq(next_(P), rho * P), eq(first(P), rho), eq(first(r), r_1)],
        le(r, P * r_1),
    ),
    (
        "geometric-rho-squared",
        [
            ge(rho, 0),
            le(rho, 1),
            le(next_(r), rho * r),
            eq(next_(P), rho**2 * P),
            eq(first(P), 1),
            eq(first(r), r_1),
            ge(r_1, 0),
        ],
        le(last(r), last(P) * r_1),
    ),
    (
        "invariant-without-delta",
        [ge(delta, 0), le(delta, 1), le(next_(e), (1 - delta) * e + B), le(first(e), B), ge(B, 0)],
        le(e, B),
    ),
    ("monotone-strict", [le(next_(r), r), eq(first(r), r_1)], lt(last(r), r_1)),
    ("telescoping-sign", [le(s, r - next_(r))], le(total(s), last(r) - first(r))),
    ("telescoping-shift", [eq(s, r - next_(r))], eq(total(s), first(r) - next_(r))),
    (
        "memory-without-two",
        [gt(delta, 0), le(delta, 1), eq(first(m), 0), le(E(S(next_(m) ** 2)), (1 - delta / 2) * E(S(m**2)) + G**2)],
        le(E(S(m**2)), G**2 / delta),
    ),
    ("last-for-average", [*compressor, *run], le(E(S(g**2)), 2 * (F_1 - F_inf) / (alpha * K))),
    ("sum-for-average", [*compressor, *run], le(total(E(S(g**2))), 2 * (F_1 - F_inf) / (alpha * K))),
    (
        "root-rate-missing-two",
        [gt(B, 0), ge(K, 1), gt(alpha, 0), le(t, B / (alpha * K) + alpha * B), eq(alpha, 1 / sqrt(K))],
        le(t, B / sqrt(K)),
    ),
]

FALSE = [*ALGEBRA, *VECTORS, *EXPECTATIONS, *RUNS]

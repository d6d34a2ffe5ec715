"""Lines as they stand in print, true and false: momentum, AdaGrad, sign descent, SVRG, error feedback."""

from __future__ import annotations

from convbound.proofs.claims import Claim
from convbound.proofs.textbook import (
    E_k,
    Paper,
    constants,
    d,
    drawn_vector,
    first,
    known,
    known_vector,
    last,
    next,
    norm1,
    norm2,
    positive,
    sign,
)
from convbound.proofs.textbook.paper import Statements
from convbound.proofs.textbook.terms import Stated

paper = Paper("memory", "as printed")
T = paper.line


def no(id: str, suppose: Statements, then: Stated) -> Claim:
    """A false line."""
    return paper.line(id, suppose, then, expected="refuted")


L, alpha, sigma, delta = positive("L alpha sigma delta")
beta, G, F_s, F_y = constants("beta G F_s F_y")
F, g, m, r = known("F"), known_vector("g"), known_vector("m"), known_vector("r")
h = drawn_vector("h")
unit = [beta >= 0, beta <= 1]
noise = [E_k(h) == g, E_k(norm2(h - g)) <= sigma**2]
T("m-jensen", [*unit], norm2(beta * m + (1 - beta) * g) <= beta * norm2(m) + (1 - beta) * norm2(g))
no("m-jensen-sq", [*unit], norm2(beta * m + (1 - beta) * g) <= beta**2 * norm2(m) + (1 - beta) ** 2 * norm2(g))
T(
    "m-variance",
    [*noise],
    E_k(norm2((1 - beta) * m + beta * h - g)) <= (1 - beta) ** 2 * norm2(m - g) + beta**2 * sigma**2,
)
no(
    "m-variance-first-power",
    [*noise, *unit],
    E_k(norm2((1 - beta) * m + beta * h - g)) <= (1 - beta) ** 2 * norm2(m - g) + beta**3 * sigma**2,
)
no(
    "m-variance-biased",
    [noise[1]],
    E_k(norm2((1 - beta) * m + beta * h - g)) <= (1 - beta) ** 2 * norm2(m - g) + beta**2 * sigma**2,
)
T(
    "m-bounded",
    [*unit, next(m) == beta * m + (1 - beta) * g, norm2(g) <= G**2, first(norm2(m)) <= G**2],
    norm2(m) <= G**2,
)
y, x = known_vector("y"), known_vector("x")
T(
    "polyak-z",
    [beta < 1, next(y) == x, next(x) == x - alpha * g + beta * (x - y)],
    next(x) + beta / (1 - beta) * (next(x) - next(y)) == x + beta / (1 - beta) * (x - y) - alpha / (1 - beta) * g,
)
no(
    "polyak-z-alpha",
    [beta < 1, beta > 0, next(y) == x, next(x) == x - alpha * g + beta * (x - y)],
    next(x) + beta / (1 - beta) * (next(x) - next(y)) == x + beta / (1 - beta) * (x - y) - alpha * g,
)
b, b_1 = constants("b b_1")
T("adagrad", [b >= 0, b_1 > 0, b_1**2 == b**2 + norm2(g)], norm2(g) / b_1 <= 2 * (b_1 - b))
no("adagrad-without-two", [b >= 0, b_1 > 0, b_1**2 == b**2 + norm2(g)], norm2(g) / b_1 <= b_1 - b)
descent = next(F) <= F - alpha * (g @ sign(g)) + L * alpha**2 / 2 * norm2(sign(g))
T("sign-step", [descent], next(F) <= F - alpha * norm1(g) + L * d * alpha**2 / 2)
no("sign-step-without-d", [descent], next(F) <= F - alpha * norm1(g) + L * alpha**2 / 2)
hx, hy, hs = drawn_vector("p"), drawn_vector("q"), drawn_vector("s")
gy = known_vector("w")
v = hx - hy + gy
svrg = [E_k(hx) == g, E_k(hy) == gy, E_k(hs) == 0 * g]
T("svrg-unbiased", svrg[:2], E_k(hx - hy) + gy == g)
T("svrg-variance", svrg, E_k(norm2(v)) <= 2 * E_k(norm2(hx - hs)) + 2 * E_k(norm2(hy - hs)))
no("svrg-variance-without-two", svrg, E_k(norm2(v)) <= E_k(norm2(hx - hs)) + E_k(norm2(hy - hs)))
smooth2 = [E_k(norm2(hx - hs)) <= 2 * L * (F - F_s), E_k(norm2(hy - hs)) <= 2 * L * (F_y - F_s)]
vb = T("svrg-lemma", [*svrg, *smooth2], E_k(norm2(v)) <= 4 * L * (F - F_s + F_y - F_s))
no("svrg-lemma-half", [*svrg, *smooth2], E_k(norm2(v)) <= 2 * L * (F - F_s + F_y - F_s))
T(
    "svrg-step",
    [*svrg, *smooth2, r @ g >= F - F_s],
    E_k(norm2(r - alpha * v))
    <= norm2(r) - 2 * alpha * (1 - 2 * alpha * L) * (F - F_s) + 4 * L * alpha**2 * (F_y - F_s),
    uses=[vb],
)
no(
    "svrg-step-false",
    [*svrg, *smooth2, r @ g >= F - F_s],
    E_k(norm2(r - alpha * v)) <= norm2(r) - 2 * alpha * (1 - alpha * L) * (F - F_s) + 4 * L * alpha**2 * (F_y - F_s),
)
e, c = known_vector("e"), drawn_vector("c")
contract = [delta <= 1, E_k(norm2(e + alpha * g - c)) <= (1 - delta) * norm2(e + alpha * g)]
T(
    "ef-memory",
    contract,
    E_k(norm2(e + alpha * g - c)) <= (1 - delta / 2) * norm2(e) + 2 / delta * alpha**2 * norm2(g),
)
no(
    "ef-memory-false",
    contract,
    E_k(norm2(e + alpha * g - c)) <= (1 - delta) * norm2(e) + (1 - delta) * alpha**2 * norm2(g),
)
X = known("X")
rec = [delta <= 1, next(X) <= (1 - delta / 2) * X + 2 / delta * alpha**2 * G**2, first(X) == 0]
T("ef-recursion", rec, 4 * alpha**2 * G**2 / delta**2 >= X)
no("ef-recursion-false", rec, last(X) <= 2 * alpha**2 * G**2 / delta)

"""Lines as they stand in print, true and false: local steps, coordinates, proximal steps, clipping, quantised SGD."""

from __future__ import annotations

from convbound.proofs.claims import Claim
from convbound.proofs.textbook import (
    E,
    E_k,
    K,
    Min,
    Paper,
    constants,
    d,
    drawn,
    drawn_vector,
    first,
    known,
    known_vector,
    last,
    next,
    norm,
    norm2,
    positive,
    vectors,
)
from convbound.proofs.textbook.paper import Statements
from convbound.proofs.textbook.terms import Stated

paper = Paper("steps", "as printed")
T = paper.line


def no(id: str, suppose: Statements, then: Stated) -> Claim:
    """A false line."""
    return paper.line(id, suppose, then, expected="refuted")


L, alpha, sigma, mu, tau = positive("L alpha sigma mu tau")
G, F_s, omega = constants("G F_s omega")
F, g, r = known("F"), known_vector("g"), known_vector("r")
h = drawn_vector("h")
noise = [E_k(h) == g, E_k(norm2(h - g)) <= sigma**2]
x1, x2, a, b = vectors("x1 x2 a b")
bar = (x1 + x2) / 2
T("consensus", [], norm2(x1 - bar) / 2 + norm2(x2 - bar) / 2 == norm2(x1 - x2) / 4)
T("drift", [x1 == b - alpha * a, x2 == b + alpha * a], norm2(x1 - bar) <= alpha**2 * norm2(a))
no("drift-false", [], norm2(x1 - bar) <= (norm2(x1) + norm2(x2)) / 4)
T("drift-true", [], norm2(x1 - bar) <= (norm2(x1) + norm2(x2)) / 2)
h1, h2 = drawn_vector("h1", stage=1), drawn_vector("h2", stage=2)
after = E_k.after(1)
two = [E_k(h1) == g, E_k(norm2(h1 - g)) <= sigma**2, after(h2) == g, after(norm2(h2 - g)) <= sigma**2]
T("two-workers", two, E_k(norm2((h1 + h2) / 2 - g)) <= sigma**2 / 2)
no("two-workers-false", two, E_k(norm2((h1 + h2) / 2 - g)) <= sigma**2 / 4)
no(
    "two-workers-dependent",
    [E_k(h1) == g, E_k(norm2(h1 - g)) <= sigma**2, E_k(h2) == g, E_k(norm2(h2 - g)) <= sigma**2],
    E_k(norm2((h1 + h2) / 2 - g)) <= sigma**2 / 2,
)
u = drawn_vector("u")
coord = [E_k(u) == g / d, E_k(norm2(u)) == norm2(g) / d, next(F) <= F - (g @ u) / L + norm2(u) / (2 * L)]
cd = T("coordinate", coord, E_k(next(F)) <= F - norm2(g) / (2 * d * L))
T(
    "coordinate-pl",
    [*coord, norm2(g) >= 2 * mu * (F - F_s)],
    E_k(next(F)) - F_s <= (1 - mu / (d * L)) * (F - F_s),
    uses=[cd],
)
no(
    "coordinate-pl-without-d",
    [*coord, norm2(g) >= 2 * mu * (F - F_s)],
    E_k(next(F)) - F_s <= (1 - mu / L) * (F - F_s),
)
f, p = known("f"), known("psi")
x, s, z = known_vector("x"), known_vector("s"), vectors("z")
step = next(x) - x
prox = [next(x) == x - alpha * (g + s), next(f) <= f + g @ step + L / 2 * norm2(step), next(p) <= p + s @ step]
T("prox-decrease", prox, next(f) + next(p) <= f + p - (1 / alpha - L / 2) * norm2(step))
no("prox-decrease-false", prox, next(f) + next(p) <= f + p - (1 / alpha - L / 4) * norm2(step))
fz, pz = constants("f_z psi_z")
three = [*prox[:2], f + g @ (z - x) <= fz, next(p) + s @ (z - next(x)) <= pz]
T(
    "three-point",
    [*three, alpha * L <= 1],
    next(f) + next(p) <= fz + pz + (norm2(z - x) - norm2(z - next(x))) / (2 * alpha),
)
no(
    "three-point-long-step",
    [*three, alpha * L <= 2],
    next(f) + next(p) <= fz + pz + (norm2(z - x) - norm2(z - next(x))) / (2 * alpha),
)
pol = [r @ g >= F - F_s, F_s <= F, norm2(g) > 0]
T("polyak", pol, norm2(r - (F - F_s) / norm2(g) * g) <= norm2(r) - (F - F_s) ** 2 / norm2(g))
no("polyak-false", pol, norm2(r - (F - F_s) / norm2(g) * g) <= norm2(r) - 2 * (F - F_s) ** 2 / norm2(g))
T(
    "polyak-bounded",
    [*pol, norm2(g) <= G**2],
    (F - F_s) ** 2 <= G**2 * (norm2(r) - norm2(r - (F - F_s) / norm2(g) * g)),
)
clip = Min(1, tau / norm(g)) * g
T("clip-norm", [norm2(g) > 0], norm2(clip) <= tau**2)
T("clip-inner", [norm2(g) > 0], g @ clip >= 0)
no("clip-error", [norm2(g) > 0], norm2(clip - g) <= tau**2)
t = drawn("t")
T("clip-bias", [t >= 0], t - Min(t, tau) <= t**2 / (4 * tau))
no("clip-bias-false", [t >= 0], t - Min(t, tau) <= t**2 / (5 * tau))
T("clip-second", [t >= 0], E_k(Min(t, tau) ** 2) <= tau * E_k(t))
T("clip-bias-mean", [t >= 0], E_k(t) - E_k(Min(t, tau)) <= E_k(t**2) / tau)
q1, q2 = drawn_vector("q", stage=2), drawn_vector("l", stage=1)
quant = [after(q1) == q2, after(norm2(q1 - q2)) <= omega * norm2(q2)]
T("quantised", quant, E_k(norm2(q1)) <= (1 + omega) * E_k(norm2(q2)))
no("quantised-false", [*quant, omega >= 0], E_k(norm2(q1)) <= omega * E_k(norm2(q2)))
T(
    "quantised-noise",
    [*quant, omega >= 0, E_k(q2) == g, E_k(norm2(q2 - g)) <= sigma**2],
    E_k(norm2(q1 - g)) <= omega * norm2(g) + (1 + omega) * sigma**2,
)
no(
    "quantised-noise-false",
    [*quant, omega >= 0, E_k(q2) == g, E_k(norm2(q2 - g)) <= sigma**2],
    E_k(norm2(q1 - g)) <= omega * norm2(g) + sigma**2,
)
sc = [r @ g >= mu * norm2(r), norm2(g) <= L * (r @ g), alpha * L <= 1]
T("sc-sgd", [*noise, *sc], E_k(norm2(r - alpha * h)) <= (1 - alpha * mu) * norm2(r) + alpha**2 * sigma**2)
no(
    "sc-sgd-false",
    [*noise, *sc],
    E_k(norm2(r - alpha * h)) <= (1 - 2 * alpha * mu) * norm2(r) + alpha**2 * sigma**2,
)
D = known("D")
lin = [alpha * mu < 1, E_k(next(D)) <= (1 - alpha * mu) * D + alpha**2 * sigma**2]
T("sc-rate", [*lin, D >= 0], E(last(D)) <= (1 - alpha * mu) ** K * E(first(D)) + alpha * sigma**2 / mu)
no("sc-rate-false", [*lin, D >= 0], E(last(D)) <= (1 - alpha * mu) ** K * E(first(D)) + alpha * sigma**2 / (4 * mu))

"""The corrected theory of lattice updates, T0 to T6 (the library `lattice`).

Letters as in `discrete_updates`, and: p a probability to fail, T a gradient norm to reach. Lattice spacing is 1 here:
spacing delta is L -> delta L, Delta -> Delta/delta (T6), applied by `bounds.entry`. Where the sources subtract nearly
equal numbers, the conjugate stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from convbound.bounds.arithmetic import Number, difference, maximum, minimum, sqrt, square
from convbound.bounds.conditions import Comparison, Condition
from convbound.bounds.entry import ANY, Quantity
from convbound.bounds.subject import Subject
from convbound.bounds.subjects.discrete_updates import (
    BOUNDED,
    FOLLOWS_ZIM,
    SMOOTH,
    ZIM,
    corrected_M,
    corrected_M_G,
    rate_allows,
    refined_limit,
)

theory = Subject(
    "lattice",
    __file__,
    source="theory of lattice updates",
    scheme=ZIM,
    quantities=(
        Quantity("alignment", "mean alignment φ = (t² + c s)/(s + c d), K → ∞"),
        Quantity("alignment/K", "mean alignment φ = (t² + c s)/(s + c d) over K steps"),
    ),
)

Declared = Callable[[Callable[..., Number]], Callable[..., Number]]
WORLD = (SMOOTH, FOLLOWS_ZIM)


def one_draw(n: Number) -> Sequence[Comparison]:
    """One draw per step: M_G = 0."""
    return (Comparison(n, "==", 1),)


# --- T2: the lattice itself -------------------------------------------------------------------------------------------

WORST = "F = (L/2)‖w − δ/2·1‖² is L-smooth, and no point of δZᵈ does better"


def _minimum(quantity: str, claim: str) -> Declared:
    """The lattice's own minimum, for one of the quantities it limits."""
    return theory.bound(
        f"lattice-minimum:{quantity}",
        quantity,
        "any lattice scheme",
        claim=claim,
        item="T2",
        assuming=(WORST,),
        role="lower",
        scheme=ANY,
        note="a worst case: none guarantees less for every F",
    )


@_minimum("mean-square", "t2/lower")
@_minimum("mean-square/K", "t2/lower")
def lattice_minimum(L: Number, d: Number) -> Number:
    """T2: some L-smooth objective has at least this squared gradient norm at every lattice point."""
    return d * L**2 / 4


@_minimum("mean-norm", "t2/lower-norm")
@_minimum("best-iterate", "t2/lower-norm")
@_minimum("mean-norm/K", "t2/lower-norm")
@_minimum("best-iterate/K", "t2/lower-norm")
def lattice_minimum_norm(L: Number, d: Number) -> Number:
    """T2, as a norm."""
    return sqrt(d) * L / 2


# --- T0, T1: ZIM without a bounded gradient, one draw per step --------------------------------------------------------


def _zim_norm(
    id: str,
    title: str,
    claim: str,
    item: str,
    *,
    when: Condition = one_draw,
    fixed: Mapping[str, int] | None = None,
    note: str = "",
) -> Declared:
    """An entry on the mean gradient norm of ZIM; after K steps where the claim is."""
    end = "/K" if claim.endswith("/K") else ""
    name, quantity = f"{id}{end}", f"mean-norm{end}"
    return theory.bound(
        name, quantity, title, claim=claim, item=item, assuming=WORLD, when=when, fixed=fixed, note=note
    )


def least_alignment(t: Number, d: Number, c: Number) -> Number:
    """T0: m(t), the smallest alignment φ that a gradient of Euclidean norm t > 0 can have."""
    return minimum(t / sqrt(d), t * (t + c) / (t + c * d))


def norm_from_alignment(alignment: Number, d: Number, c: Number) -> Number:
    """T0: what a bound on the mean of φ says of the mean gradient norm."""
    return sqrt(d) * alignment + c * (sqrt(d) - 1) / 4


def envelope_excess(d: Number, c: Number) -> Number:
    """T0: the envelope's constant G* in place of c(√d - 1)/4, its difference of roots written as a quotient."""
    return c * sqrt(d) * (sqrt(d) - 1) / (sqrt(sqrt(d) + 1) + sqrt(sqrt(d))) ** 2


@theory.bound("zim-alignment/K", "alignment/K", "ZIM", claim="t1a/K", item="T1(a)", assuming=WORLD, when=one_draw)
def zim_alignment(L: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(a): the mean of φ over K steps, one draw."""
    return L / 2 + Delta / (r * K)


@_zim_norm("zim-envelope", "ZIM, envelope constant", "t1b/envelope", "T1(b) with G*")
def zim_envelope_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b) with the envelope's constant, K → ∞."""
    return sqrt(d) * (L / 2) + envelope_excess(d, c)


@_zim_norm("zim-envelope", "ZIM, envelope constant", "t1b/envelope/K", "T1(b) with G*")
def zim_envelope_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b) with the envelope's constant, over K steps."""
    return sqrt(d) * zim_alignment(L, r, Delta, K) + envelope_excess(d, c)


@_zim_norm("zim-norm", "ZIM", "t1b", "T1(b)")
def zim_norm_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b), K → ∞."""
    return norm_from_alignment(L / 2, d, c)


@_zim_norm("zim-norm", "ZIM", "t1b/K", "T1(b)")
def zim_norm_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b): mean gradient norm over K steps, one draw."""
    return norm_from_alignment(zim_alignment(L, r, Delta, K), d, c)


NEVER_SMALLEST = "never the smallest: the whole envelope is below it"


@_zim_norm("zim-weak", "ZIM, weak form", "t1b/weak", "T1(b), weak form", note=NEVER_SMALLEST)
def zim_weak_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b), the form that drops c·s from the alignment; smaller than the others where c is well above L."""
    return sqrt(d) * L / 4 * (1 + sqrt(1 + 8 * c / L))


def large_smoothing(L: Number, d: Number, c: Number, n: Number) -> Sequence[Comparison]:
    """T1(b), whole envelope: c ≥ c_e L, so that the tangent where φ's lower bound is L/2 stays below it everywhere.

    1/c_e is the claim's 2(du + (d - 1)/u + 1 - 2d), here without its difference of large numbers.
    """
    u = sqrt(1 + 1 / sqrt(d))
    return Comparison(n, "==", 1), Comparison(L, "<=", 2 * c * (sqrt(d) + u + 1) / (sqrt(d) * u * (u + 1) ** 2))


@_zim_norm(
    "zim-whole-envelope",
    "ZIM, whole envelope",
    "t1b/whole-envelope",
    "T1(b), whole envelope",
    when=large_smoothing,
    note="the best iterate's own value; the smallest where it applies",
)
def zim_whole_envelope_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b) by the whole envelope, K → ∞: the mean norm is at most the T with ψ(T) = L/2, for smoothing c ≥ c_e L."""
    return L * c * d / (c - L / 2 + sqrt(square(c - L / 2) + 2 * L * c * d))


@_zim_norm(
    "zim-whole-envelope", "ZIM, whole envelope", "t1b/whole-envelope/K", "T1(b), whole envelope", when=large_smoothing
)
def zim_whole_envelope_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b) by the whole envelope, over K steps."""
    T = zim_whole_envelope_limit(L, d, c)
    return T + Delta / (r * K) * square(T + c * d) / (square(T) + 2 * c * d * T + square(c) * d)


def _best_of_run(quantity: str, claim: str, title: str, note: str) -> Declared:
    """An entry on the smallest gradient norm of ZIM, by a claim for c ≤ L/2 and one for c ≥ L/2."""
    name = quantity.replace("best-iterate", "zim-best")
    cases = (f"{claim}@large-c",)
    return theory.bound(
        name, quantity, title, claim=claim, cases=cases, item="T1(c)", assuming=WORLD, when=one_draw, note=note
    )


@_best_of_run("best-iterate", "t1c/best", "ZIM", "with probability 1; attains the minimum where c ≤ δL/2")
def zim_best_iterate(L: Number, d: Number, c: Number) -> Number:
    """T1(c): the inverse of m at L/2; with probability 1 some iterate is below any larger norm.

    Below c = L/2 smoothing costs nothing: there the value is √d·L/2, what this gives at c = L/2.
    """
    b = maximum(c, L / 2)
    return L * b * d / (b - L / 2 + sqrt(square(b - L / 2) + 2 * L * b * d))


@_best_of_run("best-iterate/K", "t1c/best/K@likely", "ZIM, with probability 1 − p", "for a single run")
def zim_best_iterate_within(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number, p: Number) -> Number:
    """T1(c): a norm that one of K iterates comes below, or arbitrarily near to, with probability at least 1 - p."""
    return zim_best_iterate(L + 2 * Delta / (r * K * p), d, c)


def reachable(L: Number, d: Number, c: Number, n: Number, T: Number) -> Sequence[Comparison]:
    """T1(c): the norm T is one that ZIM is bound to reach."""
    return Comparison(n, "==", 1), Comparison(least_alignment(T, d, c), ">", L / 2)


def zim_wait(L: Number, r: Number, Delta: Number, h: Number) -> Number:
    """T1(c): expected number of steps before φ < h, for h > L/2."""
    return Delta / (r * difference(h, L / 2))


@theory.bound("zim-wait", "wait", "ZIM", claim="t1c/wait", item="T1(c)", assuming=WORLD, when=reachable)
def zim_wait_for_norm(L: Number, d: Number, c: Number, r: Number, Delta: Number, T: Number) -> Number:
    """T1(c): expected number of steps before ‖g‖₂ < T, since φ < m(T) implies it."""
    return zim_wait(L, r, Delta, least_alignment(T, d, c))


@theory.bound("zim-miss/K", "miss/K", "ZIM", claim="t1c/best/K", item="T1(c)", assuming=WORLD, when=reachable)
def zim_miss(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number, T: Number) -> Number:
    """T1(c): the probability that none of K iterates has a gradient norm below T, by Markov's inequality."""
    return zim_wait_for_norm(L, d, c, r, Delta, T) / K


# --- T3: ZIM with several draws per step ------------------------------------------------------------------------------


def several_draws(n: Number) -> Sequence[Comparison]:
    """More than one draw per step."""
    return (Comparison(n, ">=", 2),)


def few_moves(L: Number, d: Number, c: Number, n: Number, r: Number) -> Sequence[Comparison]:
    """T3(ii): so few moves per step that smoothing outweighs their collisions."""
    return Comparison(n, ">=", 2), Comparison(L * r * (n - 1), "<", 2 * c * d)


def moves_alignment_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii), K → ∞: the mean of φ with n draws per step, for L·r(n - 1) < 2cd."""
    N = r * (n - 1)
    return L / 2 * (1 + N / d) / difference(1, L * N / (2 * c * d))


@theory.bound(
    "zim-moves-alignment/K",
    "alignment/K",
    "ZIM, n draws",
    claim="t3/ii/alignment/K",
    item="T3(ii)",
    assuming=WORLD,
    when=few_moves,
)
def moves_alignment_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) after K steps."""
    N = r * (n - 1)
    return (L / 2 * (1 + N / d) + Delta / (n * r * K)) / difference(1, L * N / (2 * c * d))


@_zim_norm("zim-moves", "ZIM, n draws", "t3/ii", "T3(ii), T0", when=few_moves)
def moves_norm_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii) through T0, K → ∞."""
    return norm_from_alignment(moves_alignment_limit(L, d, c, n, r), d, c)


@_zim_norm("zim-moves", "ZIM, n draws", "t3/ii/K", "T3(ii), T0", when=few_moves)
def moves_norm_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) through T0, after K steps."""
    return norm_from_alignment(moves_alignment_average(L, d, c, n, r, Delta, K), d, c)


MOVES_ENVELOPE = ("zim-moves-envelope", "ZIM, n draws, envelope constant")


@_zim_norm(*MOVES_ENVELOPE, "t3/ii/envelope", "T3(ii), T0 with G*", when=few_moves)
def moves_envelope_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii) with T0's envelope constant G*, K → ∞."""
    return sqrt(d) * moves_alignment_limit(L, d, c, n, r) + envelope_excess(d, c)


@_zim_norm(*MOVES_ENVELOPE, "t3/ii/envelope/K", "T3(ii), T0 with G*", when=few_moves)
def moves_envelope_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) with T0's envelope constant G*, over K steps."""
    return sqrt(d) * moves_alignment_average(L, d, c, n, r, Delta, K) + envelope_excess(d, c)


def _spread(claim: str) -> Declared:
    note = "with Σq² ≤ 1, which always holds; sharper where the gradient stays spread out"
    return _zim_norm(
        "zim-spread", "ZIM, n draws, any", claim, "T3(i)", when=several_draws, fixed={"sigma": 1}, note=note
    )


@_spread("t3/i@any")
def spread_norm_limit(L: Number, d: Number, c: Number, n: Number, r: Number, sigma: Number = 1) -> Number:
    """T3(i), K → ∞: mean gradient norm where Σq² ≤ sigma along the path (sigma = 1 always works)."""
    return norm_from_alignment(L / 2 * (1 + r * (n - 1) * sigma), d, c)


@_spread("t3/i@any/K")
def spread_norm_average(
    L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number, sigma: Number = 1
) -> Number:
    """T3(i) after K steps."""
    return norm_from_alignment(L / 2 * (1 + r * (n - 1) * sigma) + Delta / (n * r * K), d, c)


# --- T5: ZIM under a bounded gradient, with the best alignment constant -----------------------------------------------


SHARP, REFINED = "ZIM, bounded gradient, sharp μ", "T5 in the refined Proposition 4"


def _sharp(id: str, quantity: str, claim: str) -> Declared:
    """An entry on the refined Proposition 4 with the constant of T5, for one draw per step."""
    return theory.bound(
        id,
        quantity,
        SHARP,
        claim=claim,
        also=("t5",),
        source=REFINED,
        assuming=(*WORLD, BOUNDED),
        when=one_draw,
    )


@theory.bound(
    "mu-sharp",
    "mu",
    "ZIM, bounded gradient, best possible",
    claim="t5",
    source="T5",
    assuming=(FOLLOWS_ZIM, BOUNDED),
    role="constant",
    scaling={},
    note="at spacing δ the update is δ times as long: μ → δμ",
)
def sharp_mu(d: Number, c: Number, n: Number, G: Number) -> Number:
    """T5: the best alignment constant, the first form being the smaller iff G ≥ c√d."""
    return minimum(n / (sqrt(d) * G), n * (G + c) / (G * (G + c * d)))


def sharp_draws_step(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Sequence[Comparison]:
    """The refined Proposition 4's condition with the constant of T5, for more than one draw per step."""
    return Comparison(n, ">=", 2), *rate_allows(L, d, c, n, r, sharp_mu(d, c, n, G))


@_sharp("zim-bounded-sharp", "mean-square", "t5/floor")
def sharp_limit(L: Number, d: Number, c: Number, G: Number) -> Number:
    """T5 in the refined Proposition 4, one draw (M_G = 0): L/(2μ)."""
    return L / 2 / sharp_mu(d, c, 1, G)


@_sharp("zim-bounded-sharp/K", "mean-square/K", "t5/floor/K")
def sharp_average(L: Number, d: Number, c: Number, r: Number, G: Number, Delta: Number, K: Number) -> Number:
    """The same after K steps."""
    return (Delta / (K * r) + L / 2) / sharp_mu(d, c, 1, G)


@theory.bound(
    "zim-bounded-sharp-draws",
    "mean-square",
    f"{SHARP}, n draws",
    claim="t5/floor-draws",
    also=("t5", "discrete-updates:prop-7/second-moment~corrected"),
    source=REFINED,
    assuming=(*WORLD, BOUNDED),
    when=sharp_draws_step,
)
def sharp_draws_limit(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Number:
    """T5 in the refined Proposition 4, n draws."""
    return refined_limit(L, sharp_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r)

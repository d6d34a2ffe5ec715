"""Two gradients of one move: where smoothing is small, the second is far enough from a corner to pay for the first.

With x = √d and φ as everywhere, t - xφ = (xt - s)(cx - t)/(s + cd) is what a gradient norm exceeds √dφ by. It is
positive only for t < cx. Let g be such a gradient, h the gradient after a move along e_i, and v = (h - g)/L + σe_i
small: then h is close to -Lσe_i, where xφ - t is large.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy

from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, Vocabulary, eq, ge, gt, le
from convbound.proofs.lattice.theory import theory
from convbound.proofs.models.model import Given, Model, Point

vocabulary = Vocabulary()
d = vocabulary.real("d", "dimension of the weights", integer=True)
vocabulary.index("i", d)
L = vocabulary.real("L", "Lipschitz constant of the gradient")
c = vocabulary.real("c", "smoothing constant")
sigma = vocabulary.real("sigma", "the sign of the move", latex=r"\sigma")
g = vocabulary.real("g", "∇F(w)", over=["i"], latex="g_i")
h = vocabulary.real("h", "∇F(y) after the move", over=["i"], latex="h_i")
v = vocabulary.real("v", "(h - g)/L + σe", over=["i"], latex="v_i")
e = vocabulary.real("e", "coordinate i is the one that moved", over=["i"], integer=True, latex="e_i")
S = vocabulary.functional("sum_i", "sum", over="i")
near = g + L * v  # h without the move
near_size = vocabulary.define("near_size", "absolute", near, latex="|g+Lv|_i")
size = vocabulary.define("size", "absolute", h, latex="|h_i|")
t = vocabulary.define("t", "root", S(g**2), latex=r"\|g\|_2")
t_h = vocabulary.define("t_h", "root", S(h**2), latex=r"\|h\|_2")
s_h = S(size)
phi_h = vocabulary.define("phi_h", "quotient", S(h**2) + c * s_h, s_h + c * d, latex=r"\varphi(h)")
x = sympy.sqrt(d)
change = S(v**2)

moved = [
    Hypothesis(eq(sigma**2, 1), "σ is 1 or -1"),
    Hypothesis(eq(e**2, e), "e_i is 0 or 1"),
    Hypothesis(eq(S(e), 1), "one coordinate moved"),
    Hypothesis(eq(L * v, h - g + L * sigma * e), "v = (h - g)/L + σe"),
]
little = Hypothesis(le(6 * c * x, L), "c ≤ L/(6√d)")
inside = Hypothesis(le(t, c * x), "‖g‖₂ ≤ c√d: only there can ‖g‖₂ exceed √dφ(g)")
unpaid = Hypothesis(le(x * L * change, c * (x - 1)), "L√d‖v‖² ≤ c(√d - 1): the step itself does not pay")

THETA = Fraction(223, 200)  # Young's parameter: the norms c√d and L‖v‖ are in about this ratio where both are largest
SHARE = Fraction(245, 264)  # 1 - (1/24)(19/11): what is left of xt - s ≥ (1 - SHARE)(x - 1)L suffices for c(x - 1)/4


def rational(q: Fraction) -> Expr:
    """A rational number in an expression."""
    return sympy.Rational(q.numerator, q.denominator)


def prepare(p: Derivation) -> None:
    """√d > 0 and the denominator of φ(h)."""
    p.have(gt(x, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), ge(d, 2)])
    p.learn(gt(x, 0))
    p.have(gt(s_h + c * d, 0), by=[p.apply(S, p.part(size, 0)), ge(d, 2), gt(c, 0)])


@dataclass(frozen=True)
class Corner:
    """h against the corner -Lσe: P = |h_i| at the coordinate that moved, A and O = ‖g + Lv‖₁ there and elsewhere."""

    P: Expr
    A: Expr
    O: Expr
    far: Fact  # P + A ≥ L
    rest: Fact  # ‖h‖₁ ≤ P + O
    longer: Fact  # ‖h‖₂ ≥ P
    on: Fact  # e ≥ 0
    off: Fact  # 1 - e ≥ 0


def _corner(p: Derivation) -> Corner:
    P, A, O = S(size * e), S(near_size * e), S(near_size * (1 - e))
    unit, indicator, total, definition = (hypothesis.relation for hypothesis in moved)
    shift = p.have(eq(h, near - L * sigma * e), by=definition)
    on, off = (p.have(ge(f, 0), by=indicator, squares=[f]) for f in (e, 1 - e))
    up, down = (
        p.have(ge(1 + sigma, 0), by=unit, squares=[1 + sigma]),
        p.have(ge(1 - sigma, 0), by=unit, squares=[1 - sigma]),
    )
    above, below = ([p.product(on, p.part(f, k)) for f in (size, near_size)] for k in (3, 2))
    sides = [p.product(up, above[0]), p.product(down, below[0]), p.product(up, below[1]), p.product(down, above[1])]
    on_corner = p.have(ge(e * (size + near_size - L), 0), by=[*sides, shift, indicator, unit])
    same = p.have(eq(h * (1 - e), near * (1 - e)), by=[shift, indicator])
    absolute = [p.product(p.part(near_size, k), off) for k in (2, 3)] + [p.part(size, k) for k in range(4)]
    square = p.have(
        eq((size**2 - near_size**2) * (1 - e), 0), by=[p.part(size, 1), p.part(near_size, 1), shift, indicator]
    )
    elsewhere = p.have(le(size * (1 - e), near_size * (1 - e)), by=[*absolute, same, off, square], split=[h])
    spread = p.apply(S, p.product(on, p.have(ge((size - P) ** 2, 0), squares=[size - P])))
    squares = p.apply(S, p.have(eq(e * size**2, e * h**2), by=p.part(size, 1)))
    dropped = p.apply(S, p.product(off, p.have(ge(h**2, 0), squares=[h])))
    norm = p.have(ge(t_h**2, P**2), by=[spread, squares, dropped, p.part(t_h, 1), total])
    positive = p.apply(S, p.product(on, p.part(size, 0)))
    return Corner(
        P,
        A,
        O,
        far=p.have(ge(P + A, L), by=[p.apply(S, on_corner), total]),
        rest=p.have(le(s_h, P + O), by=p.apply(S, elsewhere)),
        longer=p.have(ge(t_h, P), by=[norm, p.part(t_h, 0), positive]),
        on=on,
        off=off,
    )


def _distance(p: Derivation, k: Corner) -> tuple[Fact, Fact]:
    """((x - 1)A + O)² ≤ 2x(x - 1)‖g + Lv‖², by Cauchy–Schwarz; and A² ≤ ‖g + Lv‖²."""
    total, root = moved[2].relation, p.part_of_root(x, 1)
    A, O, Y = k.A, k.O, (x - 1) * k.A + k.O

    def squared(weight: Expr) -> Fact:
        return p.apply(S, p.have(eq(weight * near_size**2, weight * near**2), by=p.part(near_size, 1)))

    one = p.apply(S, p.product(k.on, p.have(ge((near_size - A) ** 2, 0), squares=[near_size - A])))
    at = p.have(le(A**2, S(e * near**2)), by=[one, squared(e), total])
    others = p.apply(
        S, p.product(k.off, p.have(ge(((d - 1) * near_size - O) ** 2, 0), squares=[(d - 1) * near_size - O]))
    )
    room = p.have(gt(d - 1, 0), by=ge(d, 2))
    off = p.have(le(O**2, (d - 1) * S((1 - e) * near**2)), by=[others, squared(1 - e), total, room])
    cross = p.have(ge(((x - 1) * O - (d - 1) * A) ** 2, 0), squares=[(x - 1) * O - (d - 1) * A])
    wide = p.have(le((d - 1) * Y**2, 2 * x * (x - 1) * ((d - 1) * A**2 + O**2)), by=[cross, root])
    scale = p.have(ge(2 * x * (x - 1), 0), by=gt(x - 1, 0))
    first = p.product(p.product(p.have(ge(d - 1, 0)), scale), p.have(ge(S(e * near**2) - A**2, 0), by=at))
    second = p.product(scale, p.have(ge((d - 1) * S((1 - e) * near**2) - O**2, 0), by=off))
    rest = p.apply(S, p.product(k.off, p.have(ge(near**2, 0), squares=[near])))
    return (
        p.have(le(Y**2, 2 * x * (x - 1) * S(near**2)), by=[wide, first, second, room]),
        p.have(le(A**2, S(near**2)), by=[at, rest]),
    )


def _nearness(p: Derivation, slack: Fact) -> Fact:
    """x²‖g + Lv‖² ≤ (1 + θ)L²x²/36 + (1 + 1/θ)L²(x - 1)/6."""
    theta = rational(THETA)
    square = p.have(ge((theta * g - L * v) ** 2, 0), squares=[theta * g - L * v])
    both = (1 + theta) * t**2 + (1 + 1 / theta) * L**2 * change
    young = p.have(le(S(near**2), both), by=[p.apply(S, square), p.part(t, 1)])
    first = p.product(p.have(ge(c * x - t, 0), by=inside.relation), p.have(ge(c * x + t, 0), by=p.part(t, 0)))
    short = p.have(le(t**2, L**2 / 36), by=[first, p.product(slack, p.have(ge(L + 6 * c * x, 0)))])
    wide = p.product(p.have(ge(L, 0)), p.have(ge(x - 1, 0), by=gt(x - 1, 0)))
    second = p.product(p.have(ge(6 * x * L, 0)), p.have(ge(c * (x - 1) - x * L * change, 0), by=unpaid.relation))
    small = p.have(le(6 * x**2 * L**2 * change, L**2 * (x - 1)), by=[second, p.product(slack, wide)])
    scale = p.have(ge(x**2, 0))
    lines = [
        p.product(scale, p.have(ge(both - S(near**2), 0), by=young)),
        p.product(scale, p.have(ge(L**2 / 36 - t**2, 0), by=short)),
        small,
    ]
    return p.have(le(x**2 * S(near**2), _near(theta)), by=lines)


def _near(theta: Expr) -> Expr:
    return (1 + theta) / 36 * L**2 * x**2 + (1 + 1 / theta) / 6 * L**2 * (x - 1)


def _share(p: Derivation, k: Corner, apart: Fact, close: Fact) -> Fact:
    """(x - 1)A + O ≤ SHARE (x - 1)L: here d ≥ 2 is needed, and nearly all of it."""
    Y, share, theta = (x - 1) * k.A + k.O, rational(SHARE), rational(THETA)
    beyond = p.have(gt(x - sympy.Rational(7071, 5000), 0), by=[p.part_of_root(x, 1), gt(x, 0), ge(d, 2)])
    quadratic = share**2 / 2 * (x - 1) * x - (1 + theta) / 36 * x**2 - (1 + 1 / theta) / 6 * (x - 1)
    enough = p.have(ge(quadratic, 0), by=[p.product(beyond, beyond), beyond])
    wide = p.product(p.have(ge(L**2, 0)), p.have(ge(x - 1, 0), by=gt(x - 1, 0)))
    twice = p.have(ge(2 * (x - 1), 0), by=gt(x - 1, 0))
    lines = [
        p.product(p.have(ge(x, 0)), p.have(ge(2 * x * (x - 1) * S(near**2) - Y**2, 0), by=apart)),
        p.product(twice, p.have(ge(_near(theta) - x**2 * S(near**2), 0), by=close)),
        p.product(wide, enough),
    ]
    scaled = p.have(le(x * Y**2, x * (share * (x - 1) * L) ** 2), by=lines)
    square = p.have(le(Y**2, (share * (x - 1) * L) ** 2), by=scaled)
    positive = p.product(p.resolve(gt(x - 1, 0))[0], p.resolve(gt(L, 0))[0])
    return p.have(le(Y, share * (x - 1) * L), by=[square, positive])


def _pays(p: Derivation) -> Fact:
    root = p.part_of_root(x, 1)
    p.have(gt(x - 1, 0), by=[root, gt(x, 0), ge(d, 2)])
    wide = p.have(ge(x - 1, 0), by=gt(x - 1, 0))
    slack = p.have(ge(L - 6 * c * x, 0), by=little.relation)
    k = _corner(p)
    apart, part = _distance(p, k)
    close = _nearness(p, slack)
    most = _share(p, k, apart, close)
    left = (1 - rational(SHARE)) * (x - 1) * L
    longer = p.product(p.have(ge(x, 0)), p.have(ge(t_h - k.P, 0), by=k.longer))
    bracket = p.have(
        ge(x * t_h - s_h, left), by=[longer, k.rest, p.product(wide, p.have(ge(k.P + k.A - L, 0), by=k.far)), most]
    )
    flat = p.product(p.have(ge(L**2, 0)), p.have(ge(x**2 - 4 * (x - 1), 0), squares=[x - 2]))
    radius = p.have(le(x**2 * S(near**2), sympy.Rational(9, 64) * L**2 * x**2), by=[close, flat])
    inner = p.have(le(S(near**2), sympy.Rational(9, 64) * L**2), by=radius)
    at = p.have(le(k.A, sympy.Rational(3, 8) * L), by=[part, inner, gt(L, 0)])
    long = p.have(ge(t_h, sympy.Rational(5, 8) * L), by=[k.longer, k.far, at])
    rise = p.have(ge(19 * (t_h - c * x) - 11 * (t_h + c * x), 0), by=[long, slack])
    total = p.have(ge(t_h + c * x, 0), by=[long, gt(L, 0)])
    narrow = p.have(ge(x * t_h - s_h, 0), by=[bracket, p.product(wide, p.have(ge(L, 0)))])
    level = L / 24 * (x - 1) * (t_h + c * x)
    more = p.product(p.have(ge(x * t_h - s_h - left, 0), by=bracket), total)
    left_side = p.have(ge((x * t_h - s_h) * (t_h - c * x), level), by=[p.product(narrow, rise), more])
    denominator = p.have(ge(x * (t_h + c * x) - s_h - c * d, 0), by=[narrow, root])
    lines = [p.product(p.product(wide, p.have(ge(c, 0))), denominator), p.product(slack, p.product(wide, total))]
    right_side = p.have(le(c * (x - 1) / 4 * (s_h + c * d), level), by=lines)
    norm = (x * t_h - s_h) * (t_h - c * x)
    exact = p.have(eq((x * phi_h - t_h) * (s_h + c * d), norm), by=[p.part(phi_h, 0), p.part(t_h, 1), root])
    return p.conclude(by=[left_side, right_side, exact, gt(s_h + c * d, 0)])


def corner() -> Model:
    """d = 4, L = 1, c = 1/12, a move from g = 0 to h = -e_1."""

    def first(at: Point) -> int:
        return int(at["i"] == 0)

    scalars: dict[str, Given] = {"d": 4, "L": 1, "c": Fraction(1, 12), "sigma": 1, "g": 0, "v": 0}
    return Model({**scalars, "e": first, "h": lambda at: -first(at)})


theory.claim(
    "small-smoothing/pays",
    "small smoothing, what a norm gains",
    "after a move whose v is small, √dφ(h) - ‖h‖₂ ≥ c(√d - 1)/4, which is at least what ‖g‖₂ - √dφ(g) can be",
    vocabulary,
    suppose=[ge(d, 2), gt(L, 0), gt(c, 0), little, *moved, inside, unpaid],
    then=ge(x * phi_h - t_h, c * (x - 1) / 4),
    printed=False,
    prepare=prepare,
    proof=_pays,
    witness=corner,
)

"""The pictures of the story, drawn from the same exact instances as the counterexamples.

    python docs/making/pictures.py

writes docs/pictures/*.svg; the test suite checks that the files are what this draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from pathlib import Path

from convbound.bounds import bound
from convbound.checks.simulation.problems.library import sawtooth as sawtooth_problem
from convbound.proofs.discrete_updates.instances import zim_step
from convbound.proofs.models.objectives import quadratic

FOLDER = Path(__file__).parent.parent / "pictures"
STYLE = """
text { font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: #1c1e21; }
.axis { stroke: #55595f; } .grid { stroke: #d9dbde; } .curve { fill: none; stroke-width: 2.2; }
.true { stroke: #0b57a4; } .false { stroke: #a31621; stroke-dasharray: 6 4; } .good { stroke: #17663a; }
.dot { fill: #0b57a4; } .bad { fill: #a31621; } .ok { fill: #17663a; } .part { fill: #d98a8f; }
.other { fill: #6a3a92; } .red { fill: #a31621; } .blue { fill: #0b57a4; } .green { fill: #17663a; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181b; } text { fill: #e7e8ea; } .axis { stroke: #a9aeb5; } .grid { stroke: #3a3e44; }
  .true { stroke: #86bdf6; } .false { stroke: #ff9a9a; } .good { stroke: #7fd39b; }
  .dot, .blue { fill: #86bdf6; } .bad, .red { fill: #ff9a9a; } .ok, .green { fill: #7fd39b; } .other { fill: #cfa6ee; }
}
"""


@dataclass
class Picture:
    """A plot in user units; `across` and `up` are the ranges that it shows."""

    title: str
    across: tuple[float, float]
    up: tuple[float, float]
    width: float = 560
    height: float = 300
    body: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page."""
        (a, b), (c, d) = self.across, self.up
        return 46 + (self.width - 66) * (x - a) / (b - a), self.height - 34 - (self.height - 60) * (y - c) / (d - c)

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        """A polygonal curve."""
        path = "L".join("{:.1f} {:.1f}".format(*self.at(*p)) for p in points)
        self.body.append(f'<path d="M{path}" class="{kind}"/>')

    def curve(self, f: Callable[[Fraction], Fraction | float], kind: str, steps: int = 80) -> None:
        """The graph of a function over the whole width."""
        a, b = (Fraction(x).limit_denominator(1000) for x in self.across)
        xs = [a + (b - a) * k / steps for k in range(steps + 1)]
        self.line([(float(x), float(f(x))) for x in xs], f"curve {kind}")

    def dot(self, x: float, y: float, kind: str = "dot") -> None:
        """A mark."""
        px, py = self.at(x, y)
        self.body.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4.5" class="{kind}"/>')

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> None:
        """Words at a point."""
        px, py = self.at(x, y)
        self.body.append(
            f'<text x="{px:.1f}" y="{py:.1f}" text-anchor="{anchor}" class="{kind}">{escape(words)}</text>'
        )

    def axes(self, xs: Sequence[float], ys: Sequence[float], name: str) -> None:
        """Axes with their marks."""
        for x in xs:
            self.line([(x, self.up[0]), (x, self.up[1])], "grid")
            px, py = self.at(x, self.up[0])
            self.body.append(f'<text x="{px:.1f}" y="{py + 17:.1f}" text-anchor="middle">{x:g}</text>')
        for y in ys:
            self.line([(self.across[0], y), (self.across[1], y)], "grid")
            px, py = self.at(self.across[0], y)
            self.body.append(f'<text x="{px - 6:.1f}" y="{py + 4:.1f}" text-anchor="end">{y:g}</text>')
        self.body.append(f'<text x="{self.width - 16}" y="{self.height - 2}" text-anchor="end">{escape(name)}</text>')

    def svg(self) -> str:
        """The file."""
        size = f'viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" height="{self.height:g}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(self.title)}">'
        return f"{head}<style>{STYLE}</style>" + "\n".join(self.body) + "</svg>\n"


def lipschitz() -> Picture:
    """prop-12/l1-bound: F = w²/2 at w = 2."""
    F = quadratic([1], [0])
    p = Picture("the gradient of w²/2 leaves the claimed bound at w = 1", (0, 3.2), (0, 3.2))
    p.axes([0, 1, 2, 3], [0, 1, 2, 3], "w")
    p.curve(lambda w: abs(F.gradient([w])[0]), "true")
    p.curve(lambda w: 1, "false")
    p.dot(2, float(F.gradient([Fraction(2)])[0]), "bad")
    p.text(2.15, 1.9, "w = 2: ‖∇F(w)‖₁ = 2")
    p.text(2.05, 0.8, "claimed: at most √(dL) = 1", kind="red")
    p.text(1.0, 1.35, "‖∇F(w)‖₁", anchor="end", kind="blue")
    return p


def second_moment() -> Picture:
    """prop-7/second-moment: d = 1, n = 2, r = c = 1, by enumeration of the draws at every gradient."""

    def true(g: Fraction) -> Fraction:
        model = zim_step([g], n=2)
        update = model.values["u"]
        assert callable(update)
        total = sum((w * Fraction(update({"outcome": x, "i": 0})) ** 2 for w, x in model.outcomes), Fraction(0))
        return Fraction(total)

    p = Picture("the second moment against the printed bound", (0.05, 1.5), (0, 7))
    p.axes([0.5, 1, 1.5], [0, 2, 4, 6], "|∇F(w)|")
    p.curve(true, "true", 30)
    p.curve(lambda g: 2 + 2 * g**2, "false")
    p.dot(0.5, float(true(Fraction(1, 2))), "bad")
    p.dot(0.5, 2.5, "bad")
    p.text(0.53, 4.35, "E‖ḡ‖² = 4", kind="blue")
    p.text(0.53, 1.75, "printed: n + (n² − n)‖∇F‖² = 5/2", kind="red")
    return p


def half_integer() -> Picture:
    """specialisation/half-integer-floor: F = ½(w - ½)²."""
    F = quadratic([1], [Fraction(1, 2)])
    p = Picture("the half-integer quadratic at the lattice points", (-1.4, 2.4), (-0.35, 2.0))
    p.axes([-1, 0, 1, 2], [0, 0.5, 1, 1.5], "w")
    p.curve(lambda w: F.value([w]), "true")
    for w in range(-1, 3):
        value, slope = float(F.value([Fraction(w)])), float(F.gradient([Fraction(w)])[0])
        p.line([(w - 0.3, value - 0.3 * slope), (w + 0.3, value + 0.3 * slope)], "curve false")
        p.dot(w, value)
        p.text(w, value - 0.3 if w in (0, 1) else value + 0.18, f"slope {slope:g}", anchor="middle", kind="red")
    p.text(0.5, 0.75, "no lattice point has a slope below ½", anchor="middle")
    return p


def comparison() -> Picture:
    """comparison: the printed floor, and what no lattice scheme can go below."""
    at = {"L": 17, "d": 79400, "c": 1}
    printed = float(bound("zim-printed-r1")(**at))
    other = float(bound("bold")(L=17, d=79400, kappa=1))
    least = float(bound("lattice-minimum:mean-square")(L=17, d=79400))
    term = 1 * 79400 * 17
    p = Picture("floors at L = 17, d = 79400, c = 1", (0, 6.8e6), (0.3, 3.6), height=220)
    rows = [
        (3, printed, "bad", "printed floor"),
        (2, other, "other", "BOLD, 2dL"),
        (1, least, "ok", "lattice minimum, dL²/4"),
    ]
    for y, value, kind, name in rows:
        x, top = p.at(0, y)
        right, _ = p.at(value, y)
        p.body.append(f'<rect x="{x:.1f}" y="{top:.1f}" width="{right - x:.1f}" height="22" class="{kind}"/>')
        p.text(value + 60_000, y - 0.33, f"{value:,.0f}".replace(",", "\u202f"))
        p.text(0, y + 0.12, name)
    x, top = p.at(0, 3)
    right, _ = p.at(term, 3)
    p.body.append(f'<rect x="{x:.1f}" y="{top + 13:.1f}" width="{right - x:.1f}" height="9" class="part"/>')
    p.text(2.4e6, 2.67, f"pale: the term c·d·L, {100 * term / printed:.0f}% of it")
    return p


def sawtooth() -> Picture:
    """lattice:sawtooth/floor: F′ of the sawtooth with m = 2, over one period."""
    m = 2
    problem, period = sawtooth_problem(m), 8 * m * m + 4 * m
    p = Picture("the derivative of the sawtooth over one period", (-period, 0), (-0.6, 2.6), width=680)
    p.axes([-period, -30, -20, -10, 0], [0, 1, 2], "w")
    xs = [Fraction(-4 * period + k, 4) for k in range(4 * period + 1)]
    slope = {x: float(problem.gradient([x])[0]) for x in xs}
    p.line([(float(x), slope[x]) for x in xs], "curve true")
    for w in range(-period, 1):
        p.dot(w, slope[Fraction(w)], "bad")
    p.text(-20, 0.8, "climb: every integer sees L/8", anchor="middle", kind="red")
    p.text(-period + 5, 1.9, "drop: the integers see L/8 + jL", kind="red")
    p.text(-12, -0.5, "F′", kind="blue")
    return p


PICTURES = {
    "lipschitz": lipschitz,
    "second-moment": second_moment,
    "half-integer": half_integer,
    "comparison": comparison,
    "sawtooth": sawtooth,
}


def draw() -> dict[str, str]:
    """File name: content, for all pictures."""
    return {f"{name}.svg": make().svg() for name, make in PICTURES.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in draw().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

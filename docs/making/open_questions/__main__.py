"""`python -m open_questions SECTION`: the numbers of docs/open-questions.md, and its figures."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.models.surds import Surd
from open_questions.coupled import scan_coupled
from open_questions.draws import advised_draws, family, measure, smallest_floor, stationary
from open_questions.envelope import envelope_start, whole_envelope
from open_questions.figures import CERTIFIED, draw_draws, draw_floors
from open_questions.game import game_excess
from open_questions.hypercube import best_corner, corner_mean_norm, scan, threshold
from open_questions.joint import joint_floor
from open_questions.small_smoothing import certify

HALF, ONE = Fraction(1, 2), Fraction(1)
LARGE_D, LARGE_C, START, LOSS = 64, ONE, 8, Fraction(5, 4)
DRAWS = (1, 2, 4, 8, 12, 16, 20, 24, 32, 40)
GRID = [Fraction(k, 20) for k in range(11)]


def floor() -> None:
    """Question 1: what is found, and what is proved above it."""
    print("E‖g‖ at d = 2, c = L/2, b = (0⁺, ½), L = 1:", corner_mean_norm(2, 1, HALF))
    for d in (2, 3, 4, 5, 6, 8):
        low, high = threshold(d)
        halves = best_corner(d, high)[0]
        print(
            f"d = {d}: √d L/2 comes to be exceeded at c/L in [{float(low):.12f}, {float(high):.12f}], "
            f"with {halves} offsets ½"
        )
    print("largest found over a grid of quadratics, with L = 1:")
    for d, curvatures in ((2, [Fraction(k, 4) for k in (1, 2, 3, 4)]), (3, [HALF, ONE])):
        for c in map(Fraction, ("1/10", "39/100", "2/5", "9/20", "1/2", "1", "2", "4")):
            found = scan(d, c, GRID if d == 2 else [*GRID[::2], HALF], curvatures)
            b = ", ".join(map(str, found.best.offsets))
            least, value = d**0.5 / 2, float(found.mean_norm)
            proved = least if c * c * d <= CERTIFIED**2 else whole_envelope(d, float(c))
            print(
                f"  d = {d}, c = {c}: {value:.6f} = √d/2 + {value - least:.6f} at b = ({b}), a = "
                f"({', '.join(map(str, found.best.curvatures))}); proved at most {proved:.6f}, "
                f"T1(b) {formulas.zim_norm_limit(1.0, d, float(c)):.6f}; a corner: {found.corner_is_best}"
            )
    for c in map(Fraction, ("39/100", "1/2", "2")):
        coupled = scan_coupled(c, map(Fraction, ("0", "1/4", "1/2", "3/4", "19/20")), 10)
        below = Surd.of(coupled.largest) < best_corner(2, c)[1]
        print(
            f"  coupled, d = 2, c = {c}: {coupled.solved} solved, {coupled.skipped} skipped; the largest is at most",
            end=" ",
        )
        print(f"{float(coupled.largest):.6f}, below the best corner: {below}")
    for d in (2, 3, 16):
        print(f"d = {d}: T1(c)'s value bounds the mean norm from c = {envelope_start(d):.4f} L")
    print(
        "free adversary at d = 2, floating point:",
        {c: round(game_excess(c), 5) for c in (0.3, 0.37, 0.38, 0.4, 0.5, 0.7, 1.0)},
    )


def certificate() -> None:
    """The proof that small smoothing costs nothing: boxes on which the inequality was proved."""
    for d in (*range(2, 17), 64, 256):
        print(f"d = {d}: c <= {CERTIFIED} L/√d, {certify(d, CERTIFIED)} boxes")


def draws() -> None:
    """Question 2: exact mean norms over n at d = 2, and the steps that T3 and a simulation need at d = 64."""
    for c in (HALF, Fraction(2)):
        for n in range(1, 6):
            exact = {name: stationary(problem, n, ONE, c) for name, problem in family(2).items()}
            values = ", ".join(f"{name}: {float(law.norm):.4f}" for name, law in exact.items())
            print(f"d = 2, c = {c}, n = {n}: {values}; together {float(joint_floor(2, c, n, ONE)):.4f}", end="; ")
            print(f"T3 {smallest_floor(2, c, n, ONE):.4f}")
    target = float(LOSS * Fraction(formulas.zim_norm_limit(1, LARGE_D, LARGE_C)))
    alignment = (LOSS * Fraction(23, 4) - Fraction(7, 4)) / 8
    advice = advised_draws(LARGE_D, LARGE_C, alignment)
    print(
        f"d = {LARGE_D}, c = {LARGE_C}, mean norm {target}: T3(ii) advises n = {float(advice.best):.2f}, needs n <",
        end=" ",
    )
    print(f"{float(advice.largest):.2f}, {float(advice.speedup):.2f} times fewer steps than n = 1")
    gap = LARGE_D * (START - 0.5) ** 2 / 2
    for row in measure(LARGE_D, float(LARGE_C), target, DRAWS, START, 6000):
        floors = (smallest_floor(LARGE_D, LARGE_C, row.n, ONE), float(joint_floor(LARGE_D, LARGE_C, row.n, ONE)))
        enough = [round(8 * gap / (row.n * (target - x))) if x < target else None for x in floors]
        print(f"  n = {row.n}: late mean norm {row.late:.3f}, target after {row.steps} steps;", end=" ")
        print(f"floors T3 {floors[0]:.3f}, together {floors[1]:.3f}; enough: {enough[0]}, {enough[1]}")


def figures(folder: Path) -> None:
    """Write both figures."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_floors(folder / "open-questions-floor.svg")
    target = float(LOSS * Fraction(formulas.zim_norm_limit(1, LARGE_D, LARGE_C)))
    rows = measure(LARGE_D, float(LARGE_C), target, DRAWS, START, 6000)
    gap = LARGE_D * (START - 0.5) ** 2 / 2
    draw_draws(folder / "open-questions-draws.svg", 6, rows, target, gap, LARGE_D, LARGE_C)


def main() -> None:
    """Run one section, or all."""
    parser = argparse.ArgumentParser(prog="python -m open_questions", description=__doc__)
    parser.add_argument(
        "section", choices=["floor", "certificate", "draws", "figures", "all"], nargs="?", default="all"
    )
    parser.add_argument("--folder", type=Path, default=Path("docs/figures"), help="where the figures go")
    arguments = parser.parse_args()
    for name, section in (("floor", floor), ("certificate", certificate), ("draws", draws)):
        if arguments.section in (name, "all"):
            section()
    if arguments.section in ("figures", "all"):
        figures(arguments.folder)


if __name__ == "__main__":
    main()

"""Exact instances of the paper's processes: every symbol of `words`, computed by enumeration in rationals."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from convbound.proofs.models import Model, Point
from convbound.proofs.objectives import Objective

Weights = tuple[Fraction, ...]


def sign(x: Fraction) -> int:
    """-1, 0 or 1."""
    return (x > 0) - (x < 0)


def probabilities(gradient: Sequence[Fraction], c: Fraction) -> list[Fraction]:
    """The distribution q of Definition 6."""
    total = sum((abs(g) + c for g in gradient), Fraction(0))
    return [(abs(g) + c) / total for g in gradient]


def draws(q: Sequence[Fraction], n: int, r: Fraction) -> list[tuple[Fraction, tuple[int, ...]]]:
    """All sequences of n draws (a coordinate, or -1 for none) that have positive probability."""
    categories = [(1 - r, -1), *((r * x, i) for i, x in enumerate(q))]
    outcomes = []
    for choice in product([c for c in categories if c[0]], repeat=n):
        weight = Fraction(1)
        for w, _ in choice:
            weight *= w
        outcomes.append((weight, tuple(i for _, i in choice)))
    return outcomes


def zim_step(
    gradient: Sequence[Fraction | int],
    *,
    n: int,
    r: Fraction | int = 1,
    c: Fraction | int = 1,
    q: Sequence[Fraction] | None = None,
    facts: str = "",
    objective: Objective | None = None,
    weights: Sequence[Fraction | int] = (),
    **parameters: Fraction | int,
) -> Model:
    """One step of the ZIM update (or of ZIMultinomial(n, r, q), if q is given) at a given gradient."""
    g, r, c = [Fraction(x) for x in gradient], Fraction(r), Fraction(c)
    q = list(q) if q is not None else probabilities(g, c)

    def count(at: Point, upto: int) -> int:
        return sum(1 for i in at["outcome"][:upto] if i == at["i"])

    values: dict[str, Any] = {
        **{"d": len(q), "n": n, "r": r, "c": c, "p_0": 1 - r},
        **{name: Fraction(x) for name, x in parameters.items()},
        "x": lambda at: count(at, at["draw"]),
        "b": lambda at: int(at["outcome"][at["draw"]] == at["i"]),
        "y": lambda at: count(at, n),
        "p": lambda at: r * q[at["i"]],
        "q": lambda at: q[at["i"]],
        "g": lambda at: g[at["i"]],
        "u": lambda at: count(at, n) * sign(g[at["i"]]),
    }
    about = {"weights": tuple(map(Fraction, weights)), "gradient": tuple(g), **parameters}
    return Model(values, draws(q, n, r), facts=facts, objective=objective, about=about)


def zim_run(
    objective: Objective,
    start: Sequence[Fraction | int],
    *,
    K: int,
    n: int = 1,
    r: Fraction | int = 1,
    c: Fraction | int = 1,
    facts: str = "",
    **parameters: Fraction | int,
) -> Model:
    """K steps of the ZIM update from a starting point, every outcome with its probability."""
    r, c, first = Fraction(r), Fraction(c), tuple(map(Fraction, start))

    def moved(w: Weights, step: Sequence[int]) -> Weights:
        gradient, image = objective.gradient(w), list(w)
        for i in step:
            if i >= 0:
                image[i] -= sign(gradient[i])
        return tuple(image)

    runs: list[tuple[Fraction, tuple[tuple[int, ...], ...], tuple[Weights, ...]]] = [(Fraction(1), (), (first,))]
    for _ in range(K):
        runs = [
            (weight * p, (*label, step), (*path, moved(path[-1], step)))
            for weight, label, path in runs
            for p, step in draws(probabilities(objective.gradient(path[-1]), c), n, r)
        ]
    paths = {label: path for _, label, path in runs}

    def at_step(at: Point) -> Weights:
        return paths[at["run"]][at["step"] - 1]

    values: dict[str, Any] = {
        **{"d": len(first), "K": K, "n": n, "r": r, "c": c},
        **{name: Fraction(x) for name, x in parameters.items()},
        "F_1": objective.value(first),
        "start": lambda at: first[at["i"]],
        "F": lambda at: objective.value(at_step(at)),
        "w": lambda at: at_step(at)[at["i"]],
        "z": lambda at: at_step(at)[at["i"]],
        "g": lambda at: objective.gradient(at_step(at))[at["i"]],
        "u": lambda at: at_step(at)[at["i"]] - paths[at["run"]][at["step"]][at["i"]],
        "x": lambda at: at["run"][at["step"] - 1][: at["draw"]].count(at["i"]),
        "b": lambda at: int(at["run"][at["step"] - 1][at["draw"]] == at["i"]),
        "y": lambda at: at["run"][at["step"] - 1].count(at["i"]),
        "p": lambda at: r * probabilities(objective.gradient(at_step(at)), c)[at["i"]],
    }
    outcomes = [(weight, label) for weight, label, _ in runs]
    about = {**parameters, "n": n, "r": r, "c": c, "paths": paths}
    return Model(values, outcomes, facts=facts, objective=objective, about=about)


def follows_zim(model: Model) -> bool:
    """Whether each step of a run, given what came before, is distributed as Definition 6 says."""
    paths, n, r, c = (model.about[x] for x in ("paths", "n", "r", "c"))
    steps = len(next(iter(paths.values()))) - 1
    for k in range(steps):
        cells: dict[Any, dict[Weights, Fraction]] = {}
        for weight, label in model.outcomes:
            path = paths[label]
            moves = cells.setdefault((label[:k], path[k]), {})
            move = tuple(a - b for a, b in zip(path[k], path[k + 1], strict=True))
            moves[move] = moves.get(move, Fraction(0)) + weight
        for (_, w), moves in cells.items():
            gradient = model.objective.gradient(w)
            law: dict[Weights, Fraction] = {}
            for p, step in draws(probabilities(gradient, c), n, r):
                u = tuple(Fraction(step.count(i) * sign(g)) for i, g in enumerate(gradient))
                law[u] = law.get(u, Fraction(0)) + p
            total = sum(moves.values(), Fraction(0))
            if {u: p / total for u, p in moves.items()} != law:
                return False
    return True

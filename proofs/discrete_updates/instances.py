"""Exact instances of the paper's processes: every symbol of `words`, computed by enumeration in rationals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product

from convbound.proofs.models.model import Given, Label, Model, Point
from convbound.proofs.models.objectives import Objective
from convbound.proofs.models.processes import Instance, Move, Process

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

    values: dict[str, Given] = {
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


def zim_process(
    objective: Objective,
    start: Sequence[Fraction | int],
    *,
    n: int = 1,
    r: Fraction | int = 1,
    c: Fraction | int = 1,
    facts: str = "",
    **parameters: Fraction | int,
) -> Process:
    """The ZIM update from a starting point, for ever. A state is an iterate.

    Of a periodic objective modulo its period; of a symmetric one with its coordinates in their order.
    """
    r, c, first = Fraction(r), Fraction(c), tuple(map(Fraction, start))
    return _zim(objective, first, n, r, c, facts, parameters, endless=True)


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
    return _zim(objective, first, n, r, c, facts, parameters, endless=False).model(K)


def _zim(
    objective: Objective,
    first: Weights,
    n: int,
    r: Fraction,
    c: Fraction,
    facts: str,
    parameters: Mapping[str, Fraction | int],
    *,
    endless: bool,
) -> Process:
    """The chain of the iterates, with every symbol of `words` as a function of the iterate and of what is drawn."""
    first = tuple(Fraction(x) if x.denominator > 1 else int(x) for x in first)  # type: ignore[misc]  # quick to compare
    gradient, height = cache(objective.gradient), cache(objective.value)
    period = getattr(objective, "period", None) if endless else None
    ordered = endless and period is None and objective.is_symmetric and len(first) > 1

    def moves(w: Weights) -> list[Move]:
        slopes = [sign(g) for g in gradient(w)]
        found = []
        for chance, step in draws(probabilities(gradient(w), c), n, r):
            to = tuple(x - step.count(i) * s for i, (x, s) in enumerate(zip(w, slopes, strict=True)))
            if ordered:
                order = sorted(range(len(to)), key=to.__getitem__)
                found.append(Move(chance, step, tuple(to[i] for i in order), tuple(map(order.index, range(len(to))))))
            else:
                found.append(Move(chance, step, to if period is None else (to[0] % period, *to[1:])))
        return found

    def count(at: Point, upto: int | None = None) -> int:
        return int(at["move"][:upto].count(at["i"]))

    values: dict[str, Given] = {
        **{"d": len(first), "n": n, "r": r, "c": c},
        **{name: Fraction(x) for name, x in parameters.items()},
        "F_1": objective.value(first),
        "start": lambda at: first[at["i"]],
        "F": lambda at: height(at["state"]),
        "w": lambda at: at["state"][at["i"]],
        "z": lambda at: at["state"][at["i"]],
        "g": lambda at: gradient(at["state"])[at["i"]],
        "u": lambda at: count(at) * sign(gradient(at["state"])[at["i"]]),
        "x": lambda at: count(at, at["draw"]),
        "b": lambda at: int(at["move"][at["draw"]] == at["i"]),
        "y": count,
        "p": lambda at: r * probabilities(gradient(at["state"]), c)[at["i"]],
    }
    about = {**parameters, "n": n, "r": r, "c": c}
    return Process(first, moves, values, facts=facts, objective=objective, about=about)


def follows_zim(instance: Instance) -> bool:
    """Whether F and g are the objective's, and each step, given what came before, is distributed as Definition 6 says.

    In a process: in every state that it can reach, so for ever.
    """
    n, r, c = (instance.about[x] for x in ("n", "r", "c"))
    if isinstance(instance, Process):
        period = getattr(instance.objective, "period", None)
        if period is not None and period <= 2 * n:
            return False  # a move could be read as one the other way round the period
        if instance.relabels and not instance.objective.is_symmetric:
            return False
        for state, steps in instance.chain.items():
            if not _is_objective(instance, state, {"state": state}):
                return False
            moves = [(m.probability, _apart(state, _unlabelled(m), period)) for m in steps]
            if _law(moves) != zim_law(instance.objective.gradient(state), n, r, c):
                return False
        return True
    return _follows_zim(instance, n, r, c)


def _unlabelled(move: Move) -> Weights:
    """The iterate after a move, with the coordinates numbered as before it."""
    return tuple(move.to[i] for i in move.relabel) if move.relabel else move.to


def _apart(w: Weights, to: Weights, period: Fraction | None) -> Weights:
    """w - to; in the first coordinate the shorter way round the period."""
    first = w[0] - to[0]
    if period is not None:
        first = (first + period / 2) % period - period / 2
    return (first, *(a - b for a, b in zip(w[1:], to[1:], strict=True)))


def _is_objective(instance: Instance, w: Weights, here: Point) -> bool:
    """Whether the symbols F and g, where the instance has them, are the objective's value and gradient at w."""
    values, F = instance.values, instance.objective
    right = "F" not in values or values["F"](here) == F.value(w)
    slopes = F.gradient(w) if "g" in values else ()
    return right and all(values["g"]({**here, "i": i}) == g for i, g in enumerate(slopes))


def _law(moves: Iterable[tuple[Fraction, Weights]]) -> dict[Weights, Fraction]:
    """A distribution, each move once."""
    law: dict[Weights, Fraction] = {}
    for p, move in moves:
        law[move] = law.get(move, Fraction(0)) + p
    return law


def zim_law(gradient: Sequence[Fraction], n: int, r: Fraction, c: Fraction) -> dict[Weights, Fraction]:
    """The distribution of the ZIM update at a gradient (Definition 6)."""
    signs = [sign(g) for g in gradient]
    steps = draws(probabilities(gradient, c), n, r)
    return _law((p, tuple(Fraction(step.count(i) * s) for i, s in enumerate(signs))) for p, step in steps)


def _follows_zim(model: Model, n: int, r: Fraction, c: Fraction) -> bool:
    paths = model.about["paths"]
    for k in range(len(next(iter(paths.values()))) - 1):
        cells: dict[Label, list[tuple[Fraction, Weights]]] = {}
        for weight, label in model.outcomes:
            w, to = paths[label][k : k + 2]
            if not _is_objective(model, w, {"run": label, "step": k + 1}):
                return False
            cells.setdefault((label[:k], w), []).append((weight, _apart(w, to, None)))
        for (_, w), moves in cells.items():
            total = sum((p for p, _ in moves), Fraction(0))
            if _law((p / total, u) for p, u in moves) != zim_law(model.objective.gradient(w), n, r, c):
                return False
    return True

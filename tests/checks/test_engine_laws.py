"""Every engine against chains written from the definitions, and mutants of every engine, which must be caught.

All comparisons together err with probability 1e-6 at most (`reference_runs`).
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from reference_runs import LEVEL, Case, least_p_value

from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.greedy import Greedy
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import lockstep, numba_cache
from convbound.checks.simulation.trajectories.engines import ENGINES, named
from convbound.checks.simulation.trajectories.numba_cache import has_numba
from convbound.checks.simulation.trajectories.state import BrokenStateError, Group

HOME = Path(numba_cache.__file__).resolve().parent
GRID = [(d, n, c) for d in (2, 6, 20) for n in (1, 4, 16) for c in (0.0, 0.1, 1.0, 4.0)]
SCHEMES = [Rounding(0.25), Rounding(1.25), Sgd(0.5, 0.5), SignDescent()]
# NumPy advances these chain by chain: few and short ones where time matters
SLOW = {"dense": (60, 200)}


def cases(long: bool) -> list[tuple[str, Case]]:
    """Each engine with the cases it takes; `long` for a hundred thousand steps."""
    found = []
    for engine in ENGINES:
        for kind in ("separable", "folded", "dense"):
            # the compiled engines cost nothing, so they are compared everywhere; NumPy's at the ends of the range of c
            grid = GRID if engine.compiled and kind != "folded" else [cell for cell in GRID if cell[2] in (0.0, 1.0)]
            if kind == "folded" or engine.name in SLOW:
                grid = [(6, 4, 0.0), (6, 1, 0.1), (20, 16, 1.0)]
            if long:
                grid = [
                    (d, n, c) for d, n, c in ((2, 4, 0.0), (6, 4, 0.1), (20, 16, 1.0), (20, 1, 4.0)) if engine.compiled
                ]
            every = [(d, Zim(n, 1.0 if d == 6 else 0.5, c), 1.0) for d, n, c in grid]
            every += [(6, scheme, 1.0) for scheme in SCHEMES if not long] + [(6, Zim(4, 0.5, 1.0), 17.0)]
            for d, scheme, L in every:
                chains, steps = SLOW.get(engine.name, (400, 1000))
                case = Case(kind, d, scheme, L, 100_000 if long else steps, 100 if long else chains)
                if isinstance(scheme, SignDescent | Sgd) and kind == "folded":
                    continue
                if engine.takes(case.problem(), scheme) and (engine.compiled or not long):
                    found.append((engine.name, case))
    return found


def _named(value: object) -> str:
    return value if isinstance(value, str) else f"{value.kind}-d{value.d}-L{value.L:g}-{value.scheme}"


def _runs(name: str) -> None:
    if named(name).compiled and not has_numba():
        pytest.skip("needs numba")


def _quick(case: Case) -> bool:
    """Each d, n and c of the grid once; every combination of them is for the long checks."""
    scheme = case.scheme
    if not isinstance(scheme, Zim) or case.L != 1:
        return case.d == 6
    return (case.d, scheme.trials, scheme.smoothing) in {(2, 1, 4.0), (6, 4, 0.0), (6, 1, 0.1), (20, 16, 1.0)}


QUICK = [
    pytest.param(name, case, marks=() if _quick(case) else pytest.mark.long, id=f"{name}-{_named(case)}")
    for name, case in cases(long=False)
]


@pytest.mark.parametrize(("name", "case"), QUICK)
def test_every_engine_follows_the_definition(name, case):
    _runs(name)
    p, statistic = least_p_value(named(name), case)
    assert p > LEVEL, statistic


@pytest.mark.night
@pytest.mark.parametrize(("name", "case"), cases(long=True), ids=_named)
def test_every_compiled_engine_follows_the_definition_for_long(name, case):
    _runs(name)
    p, statistic = least_p_value(named(name), case)
    assert p > LEVEL, statistic


def test_greedy_is_one_path():
    """No chance in it: the heap's path is the plain one, and its state is right."""
    for kind in ("separable", "folded"):
        case, groups = Case(kind, 20, Greedy()), []
        for name in ("heap", "plain"):
            groups.append(Group.start(np.full((2, 20), 8.0), stream(1)))
            walk = named(name).walk(case.problem(), case.scheme, groups[-1])
            walk.advance(150)
            walk.check()
        assert np.array_equal(groups[0].w, groups[1].w)
        np.testing.assert_allclose(groups[0].sums, groups[1].sums, rtol=1e-12, atol=1e-9)


# One line each: the engine, what is wrong, the module and its replacements, a case that shows it, and whether the law
# shows it ("law") or the state does ("state").
OFTEN = Case("separable", 6, Zim(4, 1.0, 0.1))
ROUNDED = Case("separable", 6, Rounding(0.25))
BORDER = "start[old] = position + 1"
DISPLACED = "if records[position, WHO] != moves[j, 1]:"
FEW, SMOOTH = Case("separable", 6, Zim(4, 0.5, 0.0)), Case("separable", 6, Zim(4, 1.0, 1.0))
ROWS = Case("dense", 6, Zim(4, 1.0, 0.1))
MUTANTS = {
    # the fault that the first compiled engine had: the place of a coordinate that makes room is not written right when
    # an empty bucket is crossed, and moves start from that place
    "levels: an empty bucket is crossed wrongly": (
        "levels",
        {"if border != hole:": "if True:", DISPLACED: "if True:"},
        OFTEN,
        "law",
    ),
    "levels: a wrong place that is hardly ever used": ("levels", {"if border != hole:": "if True:"}, OFTEN, "state"),
    "levels: every candidate is accepted": (
        "levels",
        {"tried[j, 1] < abs(g)": "tried[j, 1] < np.inf"},
        OFTEN,
        "law",
    ),
    "levels: one trial too few": ("levels", {"hits = n if": "hits = n - 1 if"}, OFTEN, "law"),
    "levels: displaced records are not looked up": (
        "levels",
        {DISPLACED: "if False:"},
        Case("separable", 6, Zim(16, 1.0, 0.1)),
        "law",
    ),
    "levels: rounding skips one record too many": ("levels", {"position += 1": "position += 2"}, ROUNDED, "law"),
    "levels: the sums forget what was there": ("levels", {"abs(old), abs(new))": "0.0, abs(new))"}, OFTEN, "state"),
    "levels: a border is not moved": ("levels", {BORDER: "start[old] = position"}, OFTEN, "state"),
    "sweep: smoothing is left out": (
        "sweep",
        {"c, upto)": "0.0, upto)"},
        Case("separable", 6, Zim(4, 1.0, 1.0)),
        "law",
    ),
    "sweep: rate squared": (
        "sweep",
        {"(trials, rate)": "(trials, rate * rate)"},
        Case("separable", 6, Zim(4, 0.5, 0)),
        "law",
    ),
    "columns: every second row is added": (
        "columns",
        {"for k in range(first, last):": "for k in range(first, last, 2):"},
        ROWS,
        "state",
    ),
    "columns: a coordinate that was hit twice moves once": (
        "columns",
        {"counts[i] * np.sign": "np.sign"},
        ROWS,
        "law",
    ),
}


def load_mutant(module: str, replacements: dict[str, str], folder: Path) -> object:
    """The module with those replacements in its source, each of which must be found there."""
    source = (HOME / f"{module}.py").read_text()
    for old, new in replacements.items():
        assert old in source, f"the mutant no longer fits: {old}"
        source = source.replace(old, new)
    path = folder / f"mutant_{module}.py"
    # a broken state may point anywhere
    path.write_text(source.replace("cache=True", "cache=False, boundscheck=True"))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    mutant = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = mutant
    spec.loader.exec_module(mutant)
    return mutant


@pytest.mark.skipif(not has_numba(), reason="needs numba")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long if by == "law" else pytest.mark.night)
        for name, (*_, by) in MUTANTS.items()
    ],
)
def test_mutants_of_the_compiled_engines_are_caught(name, monkeypatch, tmp_path):
    module, replacements, case, by = MUTANTS[name]
    mutant = load_mutant(module, replacements, tmp_path)
    true_kernels = numba_cache.kernels
    monkeypatch.setattr(numba_cache, "kernels", lambda wanted: mutant if wanted == module else true_kernels(wanted))
    if by == "state":
        with pytest.raises((BrokenStateError, IndexError)):
            least_p_value(named(module), case)
        return
    engine = named(module)
    checked = type(engine.walk(case.problem(), case.scheme, Group.start(np.zeros((1, case.d)), stream(0))))
    monkeypatch.setattr(checked, "check", checked.settle)  # the law alone must show it
    p, _ = least_p_value(engine, case)
    assert p < LEVEL


def test_mutants_of_the_numpy_engines_are_caught(monkeypatch):
    def stale(self, chain, coordinate, weights):
        self.nodes[chain * (2 * self.leaves) + coordinate + self.leaves] = weights

    with monkeypatch.context() as patch:
        patch.setattr(lockstep.SumTrees, "set", stale)
        with pytest.raises(BrokenStateError):
            least_p_value(named("lockstep"), OFTEN)
        patch.setattr(lockstep.LockstepWalk, "check", lockstep.LockstepWalk.settle)
        assert least_p_value(named("lockstep"), OFTEN)[0] < LEVEL

    with monkeypatch.context() as patch:
        case = Case("dense", 6, Zim(4, 1.0, 4.0), steps=200, chains=60)
        patch.setattr(Zim, "moves_at", lambda self, g, size, L, rng: _without_smoothing(self, g, rng))
        assert least_p_value(named("dense"), case)[0] < LEVEL

    with monkeypatch.context() as patch:
        true_updates, wrong = Zim.updates, Zim(3, 1.0, 0.1)
        patch.setattr(Zim, "updates", lambda self, *rest: true_updates(wrong, *rest))
        assert least_p_value(named("plain"), OFTEN)[0] < LEVEL

    with monkeypatch.context() as patch:
        patch.setattr(Rounding, "updates", lambda self, g, *rest: np.rint(self.step * g))
        assert least_p_value(named("plain"), ROUNDED)[0] < LEVEL


def _without_smoothing(scheme: Zim, gradient: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    q = np.abs(gradient) / np.abs(gradient).sum()
    where = rng.choice(q.size, scheme.trials, p=q)
    return where, np.sign(gradient[where])

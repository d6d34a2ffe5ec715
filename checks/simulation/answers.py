"""What one asks of a run first: is it stuck, since when, at which gradient norm, and how far from which floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convbound.checks.arrays import Floats
from convbound.checks.simulation.simulate import Comparison, Judged, Setup
from convbound.checks.simulation.trajectories import Trajectory

CONFIDENCE = 0.95
# A change by less than this share of the level is none, however many chains there are to see it.
NOTICEABLE = 0.02
CERTAIN = 0.999  # before a trend is called one


@dataclass(frozen=True)
class Estimate:
    """A mean and half the width of its 95% interval, NaN where there is nothing to estimate it from."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        return f"{self.mean:.6g}" + (f" ± {self.half_width:.2g}" if self.half_width == self.half_width else "")


@dataclass(frozen=True)
class Answers:
    """The state of a run at its end.

    `state` is "stuck", "at rest", "converged", "descending" or "rising"; `since` a step, None where that has no answer.
    The window is (start, stop]; `norm` and `square` are means of |g| and |g|^2 over it, `value` is F(w_{K+1}) and
    `last_norm` the gradient norm there. `metrics` holds, by name, the value at the start and the estimate at the end.
    """

    state: str
    since: int | None
    window: tuple[int, int]
    norm: Estimate
    square: Estimate
    value: Estimate
    last_norm: Estimate
    change: float  # from the first to the second half of the window, as a share of the level
    metrics: dict[str, tuple[float, Estimate]]
    floors: dict[str, Judged]  # the smallest valid bound in the limit, by quantity

    def sentence(self) -> str:
        """The first line of what is printed."""
        start, stop = self.window
        about = f"mean ‖g‖ over steps {start + 1} to {stop} is {self.norm}"
        match self.state:
            case "at rest":
                return f"at rest since step {self.since}: no weight moves any more; ‖g‖ = {self.last_norm.mean:.6g}."
            case "converged":
                return f"converged: ‖g‖ is zero, to rounding, since about step {self.since}."
            case "stuck":
                return f"stuck since about step {self.since}: {about} and no longer falls."
            case "rising":
                return f"rising: {about}, {self.change:.1%} more in its second half than in its first."
        return f"still descending: {about}, {-self.change:.1%} less in its second half than in its first."


def interval(values: Floats, batches: Floats | None = None) -> Estimate:
    """The mean of one value a chain with Student's interval; for one chain, from the means of its batches."""
    from scipy.special import stdtrit

    sample = values if values.size > 1 or batches is None else batches
    if sample.size < 2:
        return Estimate(float(values.mean()), float("nan"))
    quantile = float(stdtrit(sample.size - 1, (1 + CONFIDENCE) / 2))
    return Estimate(float(values.mean()), float(quantile * sample.std(ddof=1) / np.sqrt(sample.size)))


def window_means(steps: npt.NDArray[np.int64], averages: Floats) -> Floats:
    """Means over the windows between recorded steps, shape (chains, C), from the averages over all steps so far."""
    totals = np.concatenate([np.zeros((len(averages), 1)), averages * steps], axis=1)
    return np.asarray(np.diff(totals, axis=1) / np.diff(steps, prepend=0))


def answer(
    trajectory: Trajectory, setup: Setup, comparison: Comparison, start: Floats, complete: bool = True
) -> Answers:
    """The answers, from what was recorded; the start is on the unit lattice. In a run that is not `complete` chains
    ended at different steps, and metrics are left out."""
    steps = trajectory.steps
    first = int(np.searchsorted(steps, steps[-1] // 2, side="right"))  # the window begins after this recorded step
    norms, squares = (window_means(steps, x) for x in (trajectory.mean_norm, trajectory.mean_square))
    lengths = np.diff(steps, prepend=0)
    late = slice(first, None) if first < steps.size else slice(-1, None)
    begin = int(steps[late][0] - lengths[late][0])

    def over_window(windows: Floats, part: slice = late) -> Floats:
        return np.asarray(np.average(windows[:, part], axis=1, weights=lengths[part]))

    level = over_window(norms)
    last = np.linalg.norm(setup.problem.gradient(trajectory.final), axis=1)
    scale = float(setup.spacing)
    state, since, change = _state(trajectory, norms, lengths, late, level, last, setup.scheme.may_rest)
    metrics = {}
    if setup.own is not None and complete:
        for name in setup.own.metrics:
            ends = np.array([setup.own.metric(name, u) for u in trajectory.final])
            metrics[name] = (setup.own.metric(name, start), interval(ends))
    return Answers(
        state,
        since,
        (begin, int(steps[-1])),
        interval(level, norms[0, late]),
        interval(over_window(squares), squares[0, late]),
        interval(trajectory.value[:, -1] * scale),
        interval(last),
        change,
        metrics,
        valid_floors(comparison),
    )


def valid_floors(comparison: Comparison) -> dict[str, Judged]:
    """The smallest bound in the limit that holds on this run, by quantity."""
    floors: dict[str, Judged] = {}
    for row in comparison.rows:
        for judged in row.limits:
            kept = floors.get(row.quantity)
            if (
                judged.holds
                and judged.worth == "valid"
                and (kept is None or judged.assessment.value < kept.assessment.value)
            ):
                floors[row.quantity] = judged
    return floors


def _state(
    trajectory: Trajectory,
    norms: Floats,
    lengths: npt.NDArray[np.int64],
    late: slice,
    level: Floats,
    last: Floats,
    rests: bool,
) -> tuple[str, int | None, float]:
    steps, mean = trajectory.steps, float(level.mean())
    begins = steps - lengths
    still = np.all(trajectory.value == trajectory.value[:, -1:], axis=0)
    still &= np.all(np.abs(norms - last[:, None]) <= 1e-9 * last[:, None], axis=0)
    if rests and still[-1] and last.max() > 0:
        resting = int(np.flatnonzero(~still)[-1]) + 1 if not still.all() else 0
        return "at rest", int(begins[resting]) + 1 if resting else 1, 0.0
    peak = float(norms.mean(axis=0).max())
    tiny = norms.mean(axis=0) <= 1e-12 * peak
    if tiny[-1]:
        return "converged", int(steps[np.flatnonzero(~tiny)[-1]]) + 1 if not tiny.all() else 1, 0.0
    inside = norms[:, late]
    half = inside.shape[1] // 2
    if not half:
        return "descending", None, float("nan")
    own = lengths[late]
    early = np.average(inside[:, :half], axis=1, weights=own[:half])
    after = np.average(inside[:, half:], axis=1, weights=own[half:])
    change = float((after - early).mean()) / mean
    if abs(change) > max(NOTICEABLE, _noise(after - early, inside, half) / mean):
        return ("descending" if change < 0 else "rising"), None, change
    return "stuck", _since(norms, begins, mean, inside), change


def _noise(differences: Floats, windows: Floats, half: int) -> float:
    """How large a difference of the halves chance makes."""
    from scipy.special import stdtrit

    if differences.size > 1:
        spread = float(differences.std(ddof=1)) / np.sqrt(differences.size)
        return float(stdtrit(differences.size - 1, CERTAIN) * spread)
    count = windows.shape[1]
    if count < 4:
        return 0.0
    spread = float(windows.std(ddof=1)) * np.sqrt(1 / half + 1 / (count - half))
    return float(stdtrit(count - 1, CERTAIN) * spread)


def _since(norms: Floats, begins: npt.NDArray[np.int64], mean: float, late: Floats) -> int:
    """The first step of the last windows that all lie within ten percent of the level, or within their own noise."""
    means = norms.mean(axis=0)
    alone = np.full_like(means, late.std())  # one chain: as its late windows scatter
    errors = norms.std(axis=0, ddof=1) / np.sqrt(len(norms)) if len(norms) > 1 else alone
    outside = np.flatnonzero(np.abs(means - mean) > 0.1 * mean + 4 * errors)
    place = int(outside[-1]) + 1 if outside.size else 0
    return int(begins[min(place, begins.size - 1)]) + 1

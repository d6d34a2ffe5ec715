"""Task II of the paper on ASkewSGD: two moons, nets of nine binary weights, and the best of all 512 of them.

2 000 points to train on and 200 to test; 25 epochs of batches of 100. No bias is printed, nor the first weights, nor
whether 0.1 is the noise's variance or its deviation, nor which loss of which weights on which points Table 3 shows. The
512 nets are tried on many more data sets: of a loss that is below the least of every one of them, the authors' data set
would have to be the odd one out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from itertools import product
from pathlib import Path
from typing import Any

import click
import numpy as np

from convbound.checks.experiments.enclosures import nets_certificate
from convbound.checks.experiments.harness import Done, Job, Run, Value
from convbound.checks.experiments.levels import BINARY, Array
from convbound.checks.experiments.options import common, positive
from convbound.checks.experiments.outcome import Objection, Outcome, outcome
from convbound.checks.experiments.quantised import (
    ASkewSGD,
    BinaryConnect,
    DescentAscent,
    Flags,
    FullPrecision,
    ProxQuant,
    Scheme,
    StraightThrough,
)
from convbound.checks.experiments.tables import plain_table, show_tables, table_figures
from convbound.checks.experiments.two_moons import Moons, data_set, first_weights, gradient, loss, losses_of_nets
from convbound.checks.report.terminal import console
from convbound.checks.simulation.sampling import stream

BATCH, EPOCHS, FACTOR, ROUNDED = 100, 25, 0.88, 5e-5
PRINTED = {
    "full precision": 0.3127,
    "BinaryConnect": 0.3811,
    "ASkewSGD": 0.3841,
    "modified ASkewSGD": 0.2964,
    "SGDA (eps = 0.01)": 0.2618,
    "SGDA (eps = 0.5)": 0.2632,
}
WEIGHTS, FEASIBLE, QUANTISED = (
    "loss of the weights",
    "loss of the nearest feasible weights",
    "loss of the quantised weights",
)
TEST, TEST_QUANTISED, LAST = "test loss", "test loss of the quantised weights", "loss on the last batch"
LOSSES = (WEIGHTS, FEASIBLE, QUANTISED, LAST, TEST, TEST_QUANTISED)
TABLES = {"Table 3, the loss": LOSSES}
SETS = "all nets on other data sets"
MOST_SETS = 10_000
NOISES = {"deviation": 0.1, "variance": 0.1**0.5}
FIRST, STEPS, ANNEALING = ("uniform", "normal"), ("constant", "falling"), ("epoch", "plateau", "none")
ANNEALED = FACTOR**EPOCHS  # the tolerance at the end, where it shrinks after every epoch


@dataclass(frozen=True)
class Choices:
    """What the paper leaves open, as options."""

    first_weights: str = FIRST[0]
    steps: str = STEPS[0]
    annealing: str = ANNEALING[0]
    noise: str = "deviation"  # or variance
    ascent: float = 0.001
    cap: float = 100.0

    def label(self, *, anneals: bool = True) -> str:
        """What is chosen, in words."""
        return ", ".join([self.first_weights, self.steps, *([self.annealing] if anneals else [])])


def schemes(choices: Choices) -> list[Scheme]:
    """The rows of the table, and two more."""
    annealing: dict[str, Any] = {"annealing": choices.annealing, "factor": FACTOR, "alpha": 4.0}
    ascent: dict[str, Any] = {"ascent": choices.ascent, "cap": choices.cap}
    return [
        FullPrecision(),
        BinaryConnect(),
        StraightThrough(),
        ASkewSGD(kind="psi", **annealing),
        ASkewSGD("modified ASkewSGD", kind="phi", **annealing),
        DescentAscent("SGDA (eps = 0.01)", eps=0.01, **ascent),
        DescentAscent("SGDA (eps = 0.5)", eps=0.5, **ascent),
        ProxQuant(),
    ]


def tolerance(scheme: Scheme) -> Array | float:
    """Of phi, with which the weights of a scheme are feasible at the end; infinite where it has none."""
    if isinstance(scheme, ASkewSGD):
        return scheme.tolerance if scheme.kind == "phi" else np.sqrt(scheme.tolerance)
    return scheme.eps if isinstance(scheme, DescentAscent) else float("inf")


@dataclass(frozen=True)
class Data:
    """Points and labels of every seed, to train on and to test on."""

    x: Array
    y: Array
    test_x: Array
    test_y: Array


def train(scheme: Scheme, data: Data, choices: Choices, seed: int) -> dict[str, Array]:
    """Train every seed; each reading of the loss, per seed."""
    seeds, samples = data.y.shape
    rngs = [stream(seed + s, 6) for s in range(seeds)]
    shared = stream(seed, 7, seeds)
    w = first_weights(choices.first_weights, rngs)
    scheme.begin((seeds, w.shape[1]))
    last, least = np.empty(seeds), np.full(seeds, np.inf)
    for epoch in range(EPOCHS):
        order = np.stack([rng.permutation(samples) for rng in rngs])
        gamma = 1.0 if choices.steps == "constant" else 1 / (epoch + 1)
        for first in range(0, samples, BATCH):
            rows = order[:, first : first + BATCH]
            x, y = np.take_along_axis(data.x, rows[:, :, None], 1), np.take_along_axis(data.y, rows, 1)
            used = scheme.used(w, shared)
            last = loss(used, x, y)
            w = scheme.step(w, gradient(used, x, y), gamma)
        scheme.epoch(partial(_improved, data, w, least))
    signs = BINARY.nearest(w)
    near = np.asarray(tolerance(scheme))
    feasible = w if np.isinf(near).all() else BINARY.feasible(w, near)
    on_test = (loss(w, data.test_x, data.test_y), loss(signs, data.test_x, data.test_y))
    found = (loss(w, data.x, data.y), loss(feasible, data.x, data.y), loss(signs, data.x, data.y), last, *on_test)
    return dict(zip(LOSSES, found, strict=True))


def _improved(data: Data, w: Array, least: Array) -> Flags:
    """Whether the quantised weights have the least loss on the test points so far, as it is printed: a leak."""
    now = loss(BINARY.nearest(w), data.test_x, data.test_y)
    better: Flags = now < least
    np.minimum(least, now, out=least)
    return better


@dataclass(frozen=True)
class TaskTwo:
    """The experiment, with one choice of what is left open or with all of them."""

    seeds: int
    seed: int
    sets: int
    certificates: int
    choices: Choices
    sweep: bool = False

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on."""
        about: dict[str, Value] = {"seeds": self.seeds, "seed": self.seed, "data_sets": self.sets}
        return about | {"certificates": self.certificates, **asdict(self.choices), "sweep": self.sweep}

    @cached_property
    def data(self) -> Data:
        """The same for every row."""
        pairs = [self._pair(s) for s in range(self.seeds)]
        return Data(*(np.stack(part) for part in zip(*((a.x, a.y, b.x, b.y) for a, b in pairs), strict=True)))

    def _pair(self, number: int) -> tuple[Moons, Moons]:
        return data_set(self.seed + number, NOISES[self.choices.noise])

    def all_choices(self) -> list[Choices]:
        """The one choice, or every combination of the first weights, the steps and the annealing."""
        if not self.sweep:
            return [self.choices]
        return [
            replace(self.choices, first_weights=first, steps=steps, annealing=annealing)
            for first, steps, annealing in product(FIRST, STEPS, ANNEALING)
        ]

    def jobs(self) -> Sequence[Job]:
        """All nets on the data sets; then a row under a choice."""
        found = {SETS: Job(SETS, self._nets)}
        for choices in self.all_choices():
            for scheme in schemes(choices):
                name = _job(scheme, choices)
                found.setdefault(name, Job(name, partial(self._train, scheme, choices)))
        return list(found.values())

    def _train(self, scheme: Scheme, choices: Choices) -> dict[str, Any]:
        return train(scheme, self.data, choices, self.seed)

    def _nets(self) -> dict[str, list[float]]:
        """The least loss of each data set: of all nets of signs, of all weights within two tolerances, on the test."""
        found: dict[str, list[float]] = {
            QUANTISED: [],
            TEST_QUANTISED: [],
            "within 0.01": [],
            "within the annealed": [],
        }
        for number in range(self.sets):
            points, test = self._pair(number)
            found[QUANTISED].append(float(losses_of_nets(points).min()))
            found[TEST_QUANTISED].append(float(losses_of_nets(test).min()))
            found["within 0.01"].append(float(losses_of_nets(points, 0.01).min()))
            found["within the annealed"].append(float(losses_of_nets(points, ANNEALED).min()))
        return found

    def outcomes(self, done: Done) -> list[Outcome]:
        """Each printed number in each reading."""
        return [
            outcome(
                scheme.name,
                reading,
                PRINTED[scheme.name],
                done[name][reading],
                choice=choices.label(),
                objection=objection(scheme.name, reading, choices, done[SETS]) if SETS in done else None,
            )
            for choices in self.all_choices()
            for scheme in schemes(choices)
            if scheme.name in PRINTED and (name := _job(scheme, choices)) in done
            for reading in LOSSES
        ]

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """The table, and the least losses of all nets."""
        show_tables(TABLES, outcomes, self.seeds)
        if SETS not in done:
            return
        table = plain_table(f"The least loss on each of {self.sets} data sets", ["of", "mean", "least of all"])
        about = {
            QUANTISED: "all 512 nets of signs",
            "within 0.01": "weights within 0.01 of them: at least",
            "within the annealed": f"weights within {ANNEALED:.4f}: at least",
            TEST_QUANTISED: "all 512 nets of signs, on the 200 test points",
        }
        for name, words in about.items():
            values = np.array(done[SETS][name])
            table.add_row(words, f"{values.mean():.4f} ± {values.std(ddof=1):.4f}", f"{values.min():.4f}")
        console().print(table)
        click.echo(
            f"  a loss below the least of all is possible on at most {100 * share(self.sets):.2g} % of data sets, at a "
            "confidence of 95 %"
        )

    def files(self, done: Done) -> Mapping[str, str]:
        """The table as a figure; certificates of the first data sets."""
        chosen = range(min(self.certificates, self.sets))
        figures = table_figures(TABLES, self.outcomes(done))
        return {**figures} | {
            f"certificates/task-2-data-{self.seed + n}.json": nets_certificate(
                self._pair(n)[0], ["0", "1/100", "41/1000"]
            )
            for n in chosen
        }


def share(sets: int) -> float:
    """Clopper and Pearson: at most so large a share of data sets has what none of these has, at 95 %."""
    return float(1 - 0.05 ** (1 / sets))


def _job(scheme: Scheme, choices: Choices) -> str:
    return f"{scheme.name} | {choices.label(anneals=isinstance(scheme, ASkewSGD))}"


def objection(row: str, reading: str, choices: Choices, least: Mapping[str, Sequence[float]]) -> Objection | None:
    """A loss that none of the data sets allows would make the authors' data set the odd one out of all.

    They are drawn alike, so that the least of them all is the authors' with a probability of one in their number.
    """
    key = {QUANTISED: QUANTISED, TEST_QUANTISED: TEST_QUANTISED}.get(reading, "")
    if reading == FEASIBLE and row == "SGDA (eps = 0.01)":
        key = "within 0.01"
    if reading == FEASIBLE and row == "modified ASkewSGD" and choices.annealing == "epoch":
        key = "within the annealed"
    if not key or min(least[key]) <= PRINTED[row] + ROUNDED:
        return None
    count = len(least[key])
    return Objection(f"none of {count} data sets allows it", 1 / (count + 1))


@click.command("task-2")
@click.option("--first-weights", type=click.Choice(FIRST), default=FIRST[0], show_default=True)
@click.option("--steps", type=click.Choice(STEPS), default=STEPS[0], show_default=True)
@click.option("--annealing", type=click.Choice(ANNEALING), default=ANNEALING[0], show_default=True)
@click.option("--noise", type=click.Choice(list(NOISES)), default="deviation", show_default=True, help="What is 0.1.")
@click.option("--ascent", default=0.001, show_default=True, help="Step of the multipliers of SGDA.")
@click.option("--cap", default=100.0, show_default=True, help="Largest multiplier of SGDA.")
@click.option("--sweep", is_flag=True, help="Every combination of first weights, steps and annealing.")
@click.option("--data-sets", "sets", type=click.IntRange(2, MOST_SETS), default=300, show_default=True)
@click.option("--certificates", type=click.IntRange(0, 100), default=3, show_default=True, help="How many, for --out.")
@common(seeds=30)
def command(
    seeds: int,
    seed: int,
    record: Path | None,
    folder: Path | None,
    resume: bool,
    sweep: bool,
    sets: int,
    certificates: int,
    **choices: Any,
) -> int:
    """Two moons with nine binary weights (Table 3 of the paper on ASkewSGD).

    All 512 nets are tried on many data sets, and a loss that none of them allows is excluded. With --out there are
    certificates of the least loss on the first data sets, of weights -1 and 1 and of weights near them, for recheck.

    \b
    convbound reproduce task-2 --out task-2
    convbound recheck task-2/certificates
    """
    positive(ascent=choices["ascent"], cap=choices["cap"])
    experiment = TaskTwo(seeds, seed, sets, certificates, Choices(**choices), sweep)
    return Run(experiment, "task-2", record, folder, resume).conduct()

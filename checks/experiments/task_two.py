"""Task II of the paper on ASkewSGD: two moons, nets of nine binary weights, and the best of all 512 of them.

2 000 points to train on and 200 to test; 25 epochs of batches of 100. No bias is printed, nor the first weights, nor
whether 0.1 is the noise's variance or its deviation, nor which loss of which weights on which points Table 3 shows. The
512 nets are tried on many more data sets: of a loss that is below the least of every one of them, the authors' data set
would have to be the odd one out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import click
import numpy as np

from convbound.checks.commands.options import Option
from convbound.checks.experiments.enclosures import nets_certificate
from convbound.checks.experiments.harness import Done, Job, Run, Value
from convbound.checks.experiments.levels import BINARY, Array
from convbound.checks.experiments.options import common, positive
from convbound.checks.experiments.outcome import Objection, Outcome
from convbound.checks.experiments.quantised import (
    ASkewSGD,
    BinaryConnect,
    ConstrainedFlow,
    DescentAscent,
    DualAscent,
    FullPrecision,
    ProxQuant,
    Scheme,
    StraightThrough,
)
from convbound.checks.experiments.tables import plain_table, table_figures
from convbound.checks.experiments.training import Choices, Problem, TrainedTask, choice_options, train
from convbound.checks.experiments.two_moons import Moons, data_set, first_weights, gradient, loss, losses_of_nets
from convbound.checks.report.terminal import console

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
SETS = "all nets on other data sets"
MOST_SETS = 10_000
NOISES = {"deviation": 0.1, "variance": 0.1**0.5}
ANNEALED = FACTOR**EPOCHS  # the tolerance at the end, where it shrinks after every epoch


def schemes(choices: Choices) -> list[Scheme]:
    """The rows of the table, and four more."""
    annealing: dict[str, Option] = {
        "annealing": choices.annealing,
        "factor": FACTOR,
        "alpha": 4.0,
        "printed_rule": choices.rule == "printed",
    }
    ascent: dict[str, Option] = {"ascent": choices.ascent, "cap": choices.cap}
    return [
        FullPrecision(),
        BinaryConnect(),
        StraightThrough(),
        ASkewSGD(kind="psi", **annealing),
        ASkewSGD("modified ASkewSGD", kind="phi", **annealing),
        DescentAscent("SGDA (eps = 0.01)", eps=0.01, **ascent),
        DescentAscent("SGDA (eps = 0.5)", eps=0.5, **ascent),
        ProxQuant(),
        ConstrainedFlow(kind="phi", eps=0.01),
        DualAscent(eps=0.01, **ascent),
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


@dataclass(frozen=True)
class TaskTwo(TrainedTask):
    """The experiment; `sets` data sets on which all nets are tried, and certificates of the first of them."""

    noise: str = "deviation"
    sets: int = 300
    certificates: int = 3
    tables: ClassVar[Mapping[str, Sequence[str]]] = {"Table 3, the loss": LOSSES}
    printed: ClassVar[Mapping[str, Sequence[float]]] = {row: (number,) for row, number in PRINTED.items()}

    def schemes(self, choices: Choices) -> list[Scheme]:
        """The rows."""
        return schemes(choices)

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on."""
        return {**super().options, "noise": self.noise, "data_sets": self.sets, "certificates": self.certificates}

    @cached_property
    def data(self) -> Data:
        """The same for every row."""
        pairs = [self._pair(s) for s in range(self.seeds)]
        return Data(*(np.stack(part) for part in zip(*((a.x, a.y, b.x, b.y) for a, b in pairs), strict=True)))

    def _pair(self, number: int) -> tuple[Moons, Moons]:
        return data_set(self.seed + number, NOISES[self.noise])

    def jobs(self) -> Sequence[Job]:
        """All nets on the data sets; then a row under a choice."""
        return [Job(SETS, self._nets), *super().jobs()]

    def measure(self, scheme: Scheme, choices: Choices) -> Mapping[str, Option]:
        """Each reading of the loss; a plateau is judged by the test points, as it is printed: a leak."""
        data = self.data

        def watched(w: Array) -> Array:
            return loss(w, data.test_x, data.test_y)

        problem = Problem(data.x, data.y, loss, gradient, watched, first_weights, BATCH, EPOCHS)
        w, last = train(scheme, problem, choices, self.seed, task=6)
        signs, near = BINARY.nearest(w), np.asarray(tolerance(scheme))
        feasible = w if np.isinf(near).all() else BINARY.feasible(w, near)
        found = [loss(v, data.x, data.y) for v in (w, feasible, signs)]
        return dict(zip(LOSSES, (*found, last, watched(w), watched(signs)), strict=True))

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

    def objection(self, row: str, reading: str, printed: float, choices: Choices, done: Done) -> Objection | None:
        """What none of the data sets allows."""
        return objection(row, reading, choices, done[SETS]) if SETS in done else None

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """The table, and the least losses of all nets."""
        super().show(done, outcomes)
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
        figures = table_figures(self.tables, self.outcomes(done))
        return {**figures} | {
            f"certificates/task-2-data-{self.seed + n}.json": nets_certificate(
                self._pair(n)[0], ["0", "1/100", "41/1000"]
            )
            for n in chosen
        }


def share(sets: int) -> float:
    """Clopper and Pearson: at most so large a share of data sets has what none of these has, at 95 %."""
    return float(1 - 0.05 ** (1 / sets))


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
@choice_options
@click.option(
    "--noise", type=click.Choice(list(NOISES)), default="deviation", show_default=True, help="What 0.1 is of the noise."
)
@click.option(
    "--data-sets", "sets", type=click.IntRange(2, MOST_SETS), default=300, show_default=True, help="For all nets."
)
@click.option("--certificates", type=click.IntRange(0, 100), default=3, show_default=True, help="How many, for --out.")
@common(seeds=30)
def command(
    seeds: int,
    seed: int,
    record: Path | None,
    folder: Path | None,
    resume: bool,
    sweep: bool,
    noise: str,
    sets: int,
    certificates: int,
    **choices: Option,
) -> int:
    """Two moons with nine binary weights (Table 3 of the paper on ASkewSGD).

    All 512 nets are tried on many data sets, and a loss that none of them allows is excluded. With --out there are
    certificates of the least loss on the first data sets, of weights -1 and 1 and of weights near them, for recheck.

    \b
    convbound reproduce task-2 --out task-2
    convbound recheck task-2/certificates
    """
    positive(ascent=choices["ascent"], cap=choices["cap"])
    experiment = TaskTwo(seeds, seed, Choices(**choices), sweep, noise, sets, certificates)
    return Run(experiment, "task-2", record, folder, resume).conduct()

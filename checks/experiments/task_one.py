"""Task I of the paper on ASkewSGD: logistic regression with ten binary weights, on data that it generates.

6 000 vectors uniform in [-1, 1]^10, labels of a logistic model with weights -1 or 1; 25 epochs of batches of 1 000 with
steps of length 1. What is printed does not say which norm the distance is, which loss of which weights, the first
weights, or when the tolerance shrinks: each is an option here, or measured in every reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import click
import numpy as np

from convbound.bounds.verdict import Verdict
from convbound.bounds.verdicts import verdict_of_claim
from convbound.checks.commands.options import Option
from convbound.checks.experiments import rungs
from convbound.checks.experiments.enclosures import signs_certificate, theorem_certificates
from convbound.checks.experiments.harness import Done, Run
from convbound.checks.experiments.levels import BINARY, Array
from convbound.checks.experiments.options import common, positive
from convbound.checks.experiments.outcome import Objection
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
from convbound.checks.experiments.tables import table_figures
from convbound.checks.experiments.training import Choices, Problem, TrainedTask, choice_options, train
from convbound.checks.simulation.sampling import stream

WEIGHTS, SAMPLES, BATCH, EPOCHS = rungs.WEIGHTS, 6000, 1000, 25
LOSSES = ("loss of the weights", "loss of the quantised weights", "loss on the last batch")
NORMS = ("l1", "l2", "mean absolute", "root mean square")
# the loss and the distance of each row
PRINTED = {
    "full precision": (0.5435, 0.4023),
    "BinaryConnect": (0.5653, 0.5242),
    "STE": (0.6022, 0.7597),
    "ASkewSGD": (0.5484, 0.4018),
    "modified ASkewSGD": (0.5264, 0.4009),
    "SGDA (eps = 0.01)": (0.5172, 0.4156),
    "SGDA (eps = 0.5)": (0.5207, 0.4035),
}
# a printed distance of weights that no feasible weights have, in this norm: (row, norm) -> the theorem
IMPOSSIBLE = {
    ("SGDA (eps = 0.01)", "l1"): "askewsgd:table-2/l1",
    ("SGDA (eps = 0.01)", "l2"): "askewsgd:table-2/l2",
    ("SGDA (eps = 0.01)", "mean absolute"): "askewsgd:table-2/mean-absolute",
    ("SGDA (eps = 0.01)", "root mean square"): "askewsgd:table-2/rms",
}


def schemes(choices: Choices) -> list[Scheme]:
    """The rows of the tables in their order, and three more."""
    printed, ascent, cap = choices.rule == "printed", choices.ascent, choices.cap
    return [
        FullPrecision(),
        BinaryConnect(),
        StraightThrough(),
        ASkewSGD(kind="psi", annealing=choices.annealing, printed_rule=printed),
        ASkewSGD("modified ASkewSGD", kind="phi", annealing=choices.annealing, printed_rule=printed),
        DescentAscent("SGDA (eps = 0.01)", eps=0.01, ascent=ascent, cap=cap),
        DescentAscent("SGDA (eps = 0.5)", eps=0.5, ascent=ascent, cap=cap),
        ProxQuant(),
        ConstrainedFlow(kind="phi", eps=0.01),
        DualAscent(eps=0.01, ascent=ascent, cap=cap),
    ]


@dataclass(frozen=True)
class Data:
    """The data of all seeds: x of shape (seeds, samples, weights), y of ±1, the true weights."""

    x: Array
    y: Array
    best: Array


def generate(seed: int, seeds: int) -> Data:
    """The data of the seeds `seed`, ..., `seed + seeds - 1`; those of one seed do not depend on the others."""
    x, y, best = np.empty((seeds, SAMPLES, WEIGHTS)), np.empty((seeds, SAMPLES)), np.empty((seeds, WEIGHTS))
    for s in range(seeds):
        rng = stream(seed + s, 0)
        best[s] = rng.choice([-1.0, 1.0], WEIGHTS)
        x[s] = rng.uniform(-1, 1, (SAMPLES, WEIGHTS))
        y[s] = np.where(rng.random(SAMPLES) < 1 / (1 + np.exp(-x[s] @ best[s])), 1.0, -1.0)
    return Data(x, y, best)


def loss(w: Array, x: Array, y: Array) -> Array:
    """The mean logistic loss of each seed, in nats."""
    return np.asarray(np.logaddexp(0, -y * np.einsum("snd,sd->sn", x, w)).mean(axis=1))


def gradient(w: Array, x: Array, y: Array) -> Array:
    """The gradient of the mean logistic loss."""
    margin = y * np.einsum("snd,sd->sn", x, w)
    return np.asarray(-np.einsum("sn,snd->sd", y / (1 + np.exp(margin)), x) / x.shape[1])


def first_weights(kind: str, rngs: list[np.random.Generator]) -> Array:
    """Uniform within 1 / √10, or standard normal."""
    if kind == "normal":
        return np.stack([rng.standard_normal(WEIGHTS) for rng in rngs])
    return np.stack([rng.uniform(-1, 1, WEIGHTS) / np.sqrt(WEIGHTS) for rng in rngs])


def distances(gap: Array) -> tuple[Array, Array, Array, Array]:
    """ℓ1, ℓ2, mean absolute and root mean square of each seed."""
    l1, l2 = np.abs(gap).sum(axis=1), np.sqrt((gap**2).sum(axis=1))
    return l1, l2, l1 / gap.shape[1], l2 / np.sqrt(gap.shape[1])


@dataclass(frozen=True)
class TaskOne(TrainedTask):
    """The experiment."""

    tables: ClassVar[Mapping[str, Sequence[str]]] = {"Table 1, the loss": LOSSES, "Table 2, the distance": NORMS}
    printed: ClassVar[Mapping[str, Sequence[float]]] = PRINTED

    def schemes(self, choices: Choices) -> list[Scheme]:
        """The rows."""
        return schemes(choices)

    @cached_property
    def data(self) -> Data:
        """The same for every row."""
        return generate(self.seed, self.seeds)

    def measure(self, scheme: Scheme, choices: Choices) -> Mapping[str, Option]:
        """Each reading of the loss and of the distance."""
        x, y = self.data.x, self.data.y

        def watched(w: Array) -> Array:
            return loss(w, x, y)

        problem = Problem(x, y, loss, gradient, watched, first_weights, BATCH, EPOCHS)
        w, last = train(scheme, problem, choices, self.seed, task=1)
        losses = (loss(w, x, y), loss(BINARY.nearest(w), x, y), last)
        gaps = distances(w - self.data.best)
        return dict(zip((*LOSSES, *NORMS), (*losses, *gaps), strict=True))

    def objection(self, row: str, reading: str, printed: float, choices: Choices, done: Done) -> Objection | None:
        """A theorem about feasible weights, or what vectors of signs can have."""
        return objection(row, reading, printed)

    def files(self, done: Done) -> Mapping[str, str]:
        """Both tables as figures; certificates of the losses of vectors of signs, and of what is impossible."""
        about = {"task-1-signs.json": signs_certificate(WEIGHTS), **theorem_certificates(IMPOSSIBLE.values())}
        figures = table_figures(self.tables, self.outcomes(done))
        return {**figures, **{f"certificates/{name}": text for name, text in about.items()}}


def objection(row: str, reading: str, printed: float) -> Objection | None:
    """What speaks against a printed number in this reading, whatever was measured."""
    claim = IMPOSSIBLE.get((row, reading), "")
    if claim and verdict_of_claim(claim).verdict == Verdict.PROVED:
        return Objection(f"{claim}: no weights within the tolerance are so far")
    if reading == LOSSES[1]:
        return Objection("no vector of signs has this loss on 6000 samples", rungs.chance(printed, 6000))
    return None


@click.command("task-1")
@choice_options
@common(seeds=20)
def command(
    seeds: int, seed: int, record: Path | None, folder: Path | None, resume: bool, sweep: bool, **choices: Option
) -> int:
    """Logistic regression of the paper on ASkewSGD (Tables 1 and 2).

    The printed tables do not say which loss, which norm, which first weights or when the tolerance shrinks: readings
    are measured side by side, and the rest are options. A distance may be impossible for weights within the tolerance,
    by a theorem; a loss may be excluded for vectors of signs, at a stated error.

    \b
    convbound reproduce task-1 --seeds 50
    convbound reproduce task-1 --first-weights normal --steps falling --json task-1.json
    convbound reproduce task-1 --sweep --out task-1
    """
    positive(ascent=choices["ascent"], cap=choices["cap"])
    return Run(TaskOne(seeds, seed, Choices(**choices), sweep), "task-1", record, folder, resume).conduct()

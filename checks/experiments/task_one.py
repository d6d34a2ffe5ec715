"""Task I of the paper on ASkewSGD: logistic regression with ten binary weights, on data that it generates.

6 000 vectors uniform in [-1, 1]^10, labels of a logistic model with weights -1 or 1; 25 epochs of batches of 1 000 with
steps of length 1. What is printed does not say which norm the distance is, which loss of which weights, the first
weights, or when the tolerance shrinks: each is an option here, or measured in every reading.
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

from convbound.bounds.verdict import Verdict
from convbound.bounds.verdicts import verdict_of_claim
from convbound.checks.experiments import rungs
from convbound.checks.experiments.enclosures import signs_certificate, theorem_certificates
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
from convbound.checks.experiments.tables import show_tables, table_figures
from convbound.checks.simulation.sampling import stream

WEIGHTS, SAMPLES, BATCH, EPOCHS = rungs.WEIGHTS, 6000, 1000, 25
LOSSES = ("loss of the weights", "loss of the quantised weights", "loss on the last batch")
NORMS = ("l1", "l2", "mean absolute", "root mean square")
TABLES = {"Table 1, the loss": LOSSES, "Table 2, the distance": NORMS}
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
FIRST, STEPS, ANNEALING, BATCHES = (
    ("uniform", "normal"),
    ("constant", "falling"),
    ("epoch", "plateau", "none"),
    (
        "shuffled",
        "drawn",
    ),
)


@dataclass(frozen=True)
class Choices:
    """What the paper leaves open, as options."""

    first_weights: str = FIRST[0]
    steps: str = STEPS[0]
    annealing: str = ANNEALING[0]
    batches: str = BATCHES[0]
    rule: str = "corrected"  # or printed
    ascent: float = 0.001
    cap: float = 100.0

    def label(self, *, anneals: bool = True) -> str:
        """What is chosen, in words."""
        return ", ".join([self.first_weights, self.steps, self.batches, *([self.annealing] if anneals else [])])


def schemes(choices: Choices) -> list[Scheme]:
    """The rows of the tables, and ProxQuant, in their order."""
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


def loss(x: Array, y: Array, w: Array) -> Array:
    """The mean logistic loss of each seed, in nats."""
    return np.asarray(np.logaddexp(0, -y * np.einsum("snd,sd->sn", x, w)).mean(axis=1))


def gradient(x: Array, y: Array, w: Array) -> Array:
    """The gradient of the mean logistic loss."""
    margin = y * np.einsum("snd,sd->sn", x, w)
    return np.asarray(-np.einsum("sn,snd->sd", y / (1 + np.exp(margin)), x) / x.shape[1])


def train(scheme: Scheme, data: Data, choices: Choices, seed: int) -> dict[str, Array]:
    """Train every seed; each reading of the loss and of the distance, per seed."""
    seeds = len(data.y)
    rngs = [stream(seed + s, 1) for s in range(seeds)]
    shared = stream(seed, 2, seeds)
    if choices.first_weights == "uniform":
        w = np.stack([rng.uniform(-1, 1, WEIGHTS) / np.sqrt(WEIGHTS) for rng in rngs])
    else:
        w = np.stack([rng.standard_normal(WEIGHTS) for rng in rngs])
    scheme.begin(w.shape)
    last, least = np.empty(seeds), np.full(seeds, np.inf)
    for epoch in range(EPOCHS):
        order = np.stack([_order(rng, choices.batches) for rng in rngs])
        gamma = 1.0 if choices.steps == "constant" else 1 / (epoch + 1)
        for first in range(0, SAMPLES, BATCH):
            rows = order[:, first : first + BATCH]
            x, y = np.take_along_axis(data.x, rows[:, :, None], 1), np.take_along_axis(data.y, rows, 1)
            used = scheme.used(w, shared)
            last = loss(x, y, used)
            w = scheme.step(w, gradient(x, y, used), gamma)
        scheme.epoch(partial(_improved, data, w, least))
    return dict(zip(LOSSES, (loss(data.x, data.y, w), loss(data.x, data.y, BINARY.nearest(w)), last), strict=True)) | (
        dict(zip(NORMS, distances(w - data.best), strict=True))
    )


def _order(rng: np.random.Generator, batches: str) -> Any:
    """The samples of an epoch: each once, or each batch drawn from all of them."""
    return rng.permutation(SAMPLES) if batches == "shuffled" else rng.integers(SAMPLES, size=SAMPLES)


def _improved(data: Data, w: Array, least: Array) -> Flags:
    """Whether the quantised weights have the least loss so far, which is kept in `least`."""
    now = loss(data.x, data.y, BINARY.nearest(w))
    better: Flags = now < least
    np.minimum(least, now, out=least)
    return better


def distances(gap: Array) -> tuple[Array, Array, Array, Array]:
    """ℓ1, ℓ2, mean absolute and root mean square of each seed."""
    l1, l2 = np.abs(gap).sum(axis=1), np.sqrt((gap**2).sum(axis=1))
    return l1, l2, l1 / gap.shape[1], l2 / np.sqrt(gap.shape[1])


@dataclass(frozen=True)
class TaskOne:
    """The experiment, with one choice of what is left open or with all of them."""

    seeds: int
    seed: int
    choices: Choices
    sweep: bool = False

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on."""
        return {"seeds": self.seeds, "seed": self.seed, **asdict(self.choices), "sweep": self.sweep}

    @cached_property
    def data(self) -> Data:
        """The same for every row."""
        return generate(self.seed, self.seeds)

    def all_choices(self) -> list[Choices]:
        """The one choice, or every combination of the first weights, the steps and the annealing."""
        if not self.sweep:
            return [self.choices]
        return [
            replace(self.choices, first_weights=first, steps=steps, annealing=annealing)
            for first, steps, annealing in product(FIRST, STEPS, ANNEALING)
        ]

    def jobs(self) -> Sequence[Job]:
        """A row under a choice; rows without a tolerance do not ask when it shrinks."""
        found: dict[str, Job] = {}
        for choices in self.all_choices():
            for scheme in schemes(choices):
                name = _job(scheme, choices)
                found.setdefault(name, Job(name, partial(self._train, scheme, choices)))
        return list(found.values())

    def _train(self, scheme: Scheme, choices: Choices) -> dict[str, Any]:
        return train(scheme, self.data, choices, self.seed)

    def outcomes(self, done: Done) -> list[Outcome]:
        """Each printed number in each reading."""
        return [
            outcome(
                scheme.name,
                reading,
                printed,
                done[name][reading],
                choice=choices.label(),
                objection=objection(scheme.name, reading, printed),
            )
            for choices in self.all_choices()
            for scheme in schemes(choices)
            if scheme.name in PRINTED and (name := _job(scheme, choices)) in done
            for printed, readings in zip(PRINTED[scheme.name], (LOSSES, NORMS), strict=True)
            for reading in readings
        ]

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """Both tables, for the choice made; for a sweep, what the best choice explains."""
        show_tables(TABLES, outcomes, self.seeds)

    def files(self, done: Done) -> Mapping[str, str]:
        """Both tables as figures; for `recheck` the expected losses of vectors of signs, and what makes a distance
        impossible.
        """
        about = {"task-1-signs.json": signs_certificate(WEIGHTS), **theorem_certificates(IMPOSSIBLE.values())}
        figures = table_figures(TABLES, self.outcomes(done))
        return {**figures, **{f"certificates/{name}": text for name, text in about.items()}}


def _job(scheme: Scheme, choices: Choices) -> str:
    return f"{scheme.name} | {choices.label(anneals=isinstance(scheme, ASkewSGD))}"


def objection(row: str, reading: str, printed: float) -> Objection | None:
    """What speaks against a printed number in this reading, whatever was measured."""
    claim = IMPOSSIBLE.get((row, reading), "")
    if claim and verdict_of_claim(claim).verdict == Verdict.PROVED:
        return Objection(f"{claim}: no weights within the tolerance are so far")
    if reading == LOSSES[1]:
        return Objection("no vector of signs has this loss on 6000 samples", rungs.chance(printed, 6000))
    return None


@click.command("task-1")
@click.option("--first-weights", type=click.Choice(FIRST), default=FIRST[0], show_default=True)
@click.option("--steps", type=click.Choice(STEPS), default=STEPS[0], show_default=True)
@click.option("--annealing", type=click.Choice(ANNEALING), default=ANNEALING[0], show_default=True)
@click.option("--batches", type=click.Choice(BATCHES), default=BATCHES[0], show_default=True)
@click.option("--rule", type=click.Choice(["corrected", "printed"]), default="corrected", show_default=True)
@click.option("--ascent", default=0.001, show_default=True, help="Step of the multipliers of SGDA.")
@click.option("--cap", default=100.0, show_default=True, help="Largest multiplier of SGDA.")
@click.option("--sweep", is_flag=True, help="Every combination of first weights, steps and annealing.")
@common(seeds=20)
def command(
    seeds: int, seed: int, record: Path | None, folder: Path | None, resume: bool, sweep: bool, **choices: Any
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

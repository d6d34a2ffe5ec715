"""ZIM on handwritten digits, against gradient descent: the comparison of arXiv 2512.04051, Figure 1, on a small scale.

Weights of ZIM are integers throughout, and the network uses scale times them. Every row has the same budget: four
settings, tried with other seeds and judged on the validation images; the test images are used once, at the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from convbound.bounds.errors import InputError
from convbound.checks.commands.destinations import PathOption
from convbound.checks.experiments.figures import Curve, Panel, figure
from convbound.checks.experiments.harness import Done, Job, Run, Value
from convbound.checks.experiments.images import Images, digits, mnist
from convbound.checks.experiments.levels import Array
from convbound.checks.experiments.networks import Network, networks
from convbound.checks.experiments.options import common, positive
from convbound.checks.experiments.outcome import Outcome, outcome
from convbound.checks.experiments.tables import plain_table
from convbound.checks.report.terminal import console
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.zim import Zim

Integers = NDArray[np.int64]
BATCH, TUNING_SEEDS = 32, 2
PRINTED = (0.5, 1.0)  # percentage points that ZIM is said to lose, "0.5% - 1%", in curves averaged over ten runs
PRINTED_RUNS = 10
RATES, TRIALS = (0.25, 0.5, 1.0, 2.0), (300, 1000, 3000, 10_000)  # settings of gradient descent, and of ZIM
TEST, VALIDATION = "test accuracy", "validation accuracy, epoch {}"


@dataclass(frozen=True)
class Variant:
    """A row: gradient descent, or ZIM over all weights at once or matrix by matrix."""

    kind: str  # "SGD", "global" or "per tensor"
    decays: bool
    smoothing: float = 0.0

    @property
    def name(self) -> str:
        """The row of the table."""
        if self.kind == "SGD":
            return "SGD, falling steps" if self.decays else "SGD"
        rate = "r → 0" if self.decays else "r = 1"
        return f"ZIM {self.kind}, {rate}" + (f", c = {self.smoothing:g}" if self.smoothing else "")

    @property
    def settings(self) -> tuple[float, ...]:
        """What is tried: as many of each, so that the budgets are the same."""
        return RATES if self.kind == "SGD" else TRIALS


def rows(network: Network, smoothing: float) -> list[Variant]:
    """All rows, those of gradient descent first; where there is one matrix, "per tensor" is the same as "global"."""
    kinds = ("global", "per tensor") if network.units else ("global",)
    zim = [Variant(k, d, c) for k in kinds for d in (False, True) for c in (0.0, smoothing)]
    return [Variant("SGD", False), Variant("SGD", True), *zim]


@dataclass(frozen=True)
class Trained:
    """Accuracies of every seed, and the largest weight in absolute value (of integers: how many bits they need)."""

    validation: list[Array]
    weights: Array
    largest: Array


@dataclass(frozen=True)
class Training:
    """One row on one network, for many seeds at once."""

    network: Network
    images: Images
    variant: Variant
    epochs: int
    scale: float

    def run(self, seed: int, seeds: int, setting: float) -> Trained:
        """Train from the first weights of the seeds, which are those of every other row."""
        rngs = [stream(seed + s, 3) for s in range(seeds)]
        noise = stream(seed, 4, seeds)
        w = self.network.first_weights(rngs)
        lattice = np.rint(w / self.scale).astype(np.int64)
        whole = self.variant.kind != "SGD"
        x, labels = self.network.inputs(self.images.train.images), self.images.train.labels
        unseen = self.network.inputs(self.images.validation.images)
        steps = len(labels) // BATCH
        validation = []
        for epoch in range(self.epochs):
            order = np.stack([rng.permutation(len(labels)) for rng in rngs])
            for step in range(steps):
                rows = order[:, step * BATCH : (step + 1) * BATCH]
                used = np.asarray(self.scale * lattice, dtype=np.float64) if whole else w
                g = self.network.gradient(used, x[rows], labels[rows])
                left = 1 - (epoch * steps + step) / (self.epochs * steps) if self.variant.decays else 1.0
                if whole:
                    lattice = lattice - self._moves(g, round(setting), left, noise)
                    assert lattice.dtype == np.int64, "the weights are integers throughout"
                else:
                    w = w - setting * left * g
            w = np.asarray(self.scale * lattice, dtype=np.float64) if whole else w
            validation.append(self.network.accuracy(w, unseen, self.images.validation.labels))
        return Trained(validation, w, np.abs(lattice).max(axis=1) if whole else np.abs(w).max(axis=1))

    def _moves(self, g: Array, trials: int, rate: float, rng: np.random.Generator) -> Integers:
        """The integers by which the weights change."""
        if self.variant.kind == "global":
            return whole_numbers(Zim(trials, rate, self.variant.smoothing).updates(g, 0.0, rng))
        parts = np.split(g, np.cumsum(self.network.sizes)[:-1], axis=1)
        share = trials / g.shape[1]
        moves = [
            Zim(max(1, round(share * part.shape[1])), rate, self.variant.smoothing).updates(part, 0.0, rng)
            for part in parts
        ]
        return whole_numbers(np.concatenate(moves, axis=1))


def whole_numbers(moves: Array) -> Integers:
    """The same as integers; an update that is none is a fault of the sampler."""
    found = moves.astype(np.int64)
    assert np.array_equal(found, moves), "an update of the lattice is whole"
    return found


@dataclass(frozen=True)
class ZimDigits:
    """The experiment: rows and networks, each tuned and then trained from the seeds that all rows share."""

    seeds: int
    seed: int
    epochs: int
    scale: float
    smoothing: float
    source: Path | None = None

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on."""
        about: dict[str, Value] = {"seeds": self.seeds, "seed": self.seed, "epochs": self.epochs, "scale": self.scale}
        return about | {"c": self.smoothing, "mnist": self.source is not None}

    @cached_property
    def images(self) -> Images:
        """Read once."""
        return digits() if self.source is None else mnist(self.source)

    def _rows(self) -> Iterator[tuple[Network, Variant, str]]:
        for network in networks(self.images.train.images.shape[1]):
            for variant in rows(network, self.smoothing):
                yield network, variant, f"{network.name}: {variant.name}"

    def jobs(self) -> Sequence[Job]:
        """A row on a network."""
        return [Job(name, partial(self._row, network, variant)) for network, variant, name in self._rows()]

    def _row(self, network: Network, variant: Variant) -> dict[str, Sequence[float]]:
        training = Training(network, self.images, variant, self.epochs, self.scale)
        other = self.seed + self.seeds  # the seeds that choose are not those that are judged
        tried = [training.run(other, TUNING_SEEDS, s).validation[-1].mean() for s in variant.settings]
        best = variant.settings[int(np.argmax(tried))]
        found = training.run(self.seed, self.seeds, best)
        part = self.images.test
        test = network.accuracy(found.weights, network.inputs(part.images), part.labels)
        curve = {VALIDATION.format(epoch): list(a) for epoch, a in enumerate(found.validation, 1)}
        return {TEST: list(test), "setting": [best], "largest weight": list(found.largest), **curve}

    def outcomes(self, done: Done) -> list[Outcome]:
        """The gap of each row of ZIM to the gradient descent of the same network, with steps that fall alike."""
        found = []
        for network, variant, name in self._rows():
            rival = f"{network.name}: {Variant('SGD', variant.decays).name}"
            if variant.kind != "SGD" and name in done and rival in done:
                gaps = 100 * (np.array(done[rival][TEST]) - np.array(done[name][TEST]))
                printed = float(np.clip(gaps.mean(), *PRINTED))  # the nearest of what is printed
                found.append(
                    outcome(name, "points lost to SGD", printed, list(gaps), choice=network.name, averaged=PRINTED_RUNS)
                )
        return found

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """Accuracies, and the paired gaps with their intervals."""
        gaps = {o.row: o for o in outcomes}
        table = plain_table(
            "Test accuracy, %", ["row", "setting", "bits", "accuracy", "points lost to SGD, 95 %", "printed"]
        )
        for _, variant, name in self._rows():
            if name not in done:
                continue
            test = 100 * np.array(done[name][TEST])
            o = gaps.get(name)
            lost = ""
            if o is not None:
                reach = interval(o.spread * PRINTED_RUNS**0.5, self.seeds)
                lost = f"{o.mean:+.2f} ± {reach:.2f}"
            setting = f"{'step' if variant.kind == 'SGD' else 'n'} {done[name]['setting'][0]:g}"
            largest = max(done[name]["largest weight"])
            bits = f"{int(largest).bit_length() + 1}" if variant.kind != "SGD" else ""
            table.add_row(
                name,
                setting,
                bits,
                f"{test.mean():.2f} ± {test.std(ddof=1):.2f}",
                lost,
                o.verdict if o is not None else "",
            )
        console().print(table)
        count = len(self.images.test.labels)
        click.echo(
            f"  printed: {PRINTED[0]:g} to {PRINTED[1]:g} points lost, on MNIST. The {count} test images resolve "
            f"{100 / count:.2f} points each; the intervals are of {self.seeds} paired seeds, one split of the images."
        )

    def files(self, done: Done) -> Mapping[str, str]:
        """Mean and standard deviation over the epochs, a panel for each network."""
        panels = []
        for network in networks(self.images.train.images.shape[1]):
            curves = []
            for variant in (v for v in rows(network, self.smoothing) if not v.smoothing):
                numbers = done[f"{network.name}: {variant.name}"]
                values = 100 * np.array([numbers[VALIDATION.format(e + 1)] for e in range(self.epochs)])
                curves.append(Curve(variant.name, list(values.mean(axis=1)), list(values.std(axis=1, ddof=1))))
            panels.append(Panel(network.name, curves))
        return {"accuracy.svg": figure("Validation accuracy, %: mean ± sd", "epoch", panels)}


def interval(spread: float, seeds: int) -> float:
    """Half the width of Student's interval of 95 % for the mean of so many differences."""
    from scipy.special import stdtrit  # scipy.stats takes a second to import

    quantile = float(stdtrit(seeds - 1, 0.975))
    return quantile * spread / math.sqrt(seeds)


@click.command("zim-digits")
@click.option("--epochs", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--scale", default=0.01, show_default=True, help="The network uses scale times the integer weights.")
@click.option("--c", "smoothing", default=0.001, show_default=True, help="Smoothing of the rows that have any.")
@click.option("--mnist", "source", type=PathOption(), help="A folder with MNIST's four files, gzipped or not.")
@common(seeds=10)
def command(
    seeds: int,
    seed: int,
    record: Path | None,
    folder: Path | None,
    resume: bool,
    epochs: int,
    scale: float,
    smoothing: float,
    source: Path | None,
) -> int:
    """ZIM on handwritten digits against gradient descent (Figure 1 of arXiv 2512.04051).

    A linear network, one hidden layer and a small convolution; ZIM over all weights or matrix by matrix, with r = 1 or
    falling to 0, with and without c. Settings are chosen on validation images, the test images are used once.

    \b
    convbound reproduce zim-digits --out digits
    convbound reproduce zim-digits --mnist folder --epochs 10 --seeds 3
    """
    positive(scale=scale, c=smoothing)
    if source is not None and not source.is_dir():
        raise InputError(f"--mnist is a folder; {str(source)!r} is none.")
    experiment = ZimDigits(seeds, seed, epochs, scale, smoothing, source)
    run = Run(experiment, "zim-digits", record, folder, resume)
    _ = experiment.images  # or one line says what is missing, before anything is written
    return run.conduct()

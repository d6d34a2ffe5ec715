"""What the tasks with printed tables share: what is left open, training all seeds at once, and every combination."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import product
from typing import Any, ClassVar, TypeVar

import click
import numpy as np

from convbound.checks.commands.options import Option
from convbound.checks.experiments.harness import Done, Job, Value
from convbound.checks.experiments.levels import BINARY, Array
from convbound.checks.experiments.outcome import Objection, Outcome, outcome
from convbound.checks.experiments.quantised import ASkewSGD, ConstrainedFlow, Flags, Scheme
from convbound.checks.experiments.tables import Unprinted, show_tables
from convbound.checks.simulation.sampling import stream

FIRST, STEPS, BATCHES = ("uniform", "normal"), ("constant", "falling"), ("shuffled", "drawn")
ANNEALING, RULES = ("epoch", "plateau", "none"), ("corrected", "printed")
Function = TypeVar("Function", bound=Callable[..., int])
Measure = Callable[[Array, Array, Array], Array]  # of weights, points and labels, for each seed


@dataclass(frozen=True)
class Choices:
    """What the paper leaves open, as options."""

    first_weights: str = FIRST[0]
    steps: str = STEPS[0]
    annealing: str = ANNEALING[0]
    batches: str = BATCHES[0]
    rule: str = RULES[0]
    ascent: float = 0.001
    cap: float = 100.0

    def label(self, *, anneals: bool = True) -> str:
        """What is chosen, in words."""
        return ", ".join([self.first_weights, self.steps, self.batches, *([self.annealing] if anneals else [])])

    def every(self) -> list[Choices]:
        """Every combination of the first weights, the steps and the annealing."""
        return [
            replace(self, first_weights=first, steps=steps, annealing=annealing)
            for first, steps, annealing in product(FIRST, STEPS, ANNEALING)
        ]


def choice_options(function: Function) -> Function:
    """The same on the command line, and `--sweep`."""
    chosen = [
        ("--first-weights", FIRST, "Uniform within one over the root of the inputs, or standard normal."),
        ("--steps", STEPS, "Of length 1, or of 1/(epoch + 1)."),
        ("--annealing", ANNEALING, "When a tolerance shrinks: after an epoch, after one without progress, never."),
        ("--batches", BATCHES, "Each sample once an epoch, or batches drawn from all of them."),
        ("--rule", RULES, "What ASkewSGD does where its constraint is 0: move inwards, or stand still."),
    ]
    options = [
        *(click.option(name, type=click.Choice(x), default=x[0], show_default=True, help=h) for name, x, h in chosen),
        click.option("--ascent", default=0.001, show_default=True, help="Step of the multipliers of SGDA."),
        click.option("--cap", default=100.0, show_default=True, help="Largest multiplier of SGDA."),
        click.option("--sweep", is_flag=True, help="Every combination of first weights, steps and annealing."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@dataclass(frozen=True)
class Problem:
    """What all seeds train on.

    Attributes:
        x: points, shape (seeds, samples, features).
        y: labels of ±1, shape (seeds, samples).
        loss: of weights at points.
        gradient: the gradient of that.
        watched: the loss of quantised weights that a plateau is judged by.
        first: the first weights of a kind, from the generators of the seeds.
        batch: samples of a step.
        epochs: how many.
    """

    x: Array
    y: Array
    loss: Measure
    gradient: Measure
    watched: Callable[[Array], Array]
    first: Callable[[str, list[np.random.Generator]], Array]
    batch: int
    epochs: int


def train(scheme: Scheme, problem: Problem, choices: Choices, seed: int, task: int) -> tuple[Array, Array]:
    """Train every seed; the weights, and each one's loss on the last batch before its last step."""
    seeds, samples = problem.y.shape
    rngs = [stream(seed + s, task) for s in range(seeds)]
    shared = stream(seed, task + 1, seeds)
    w = problem.first(choices.first_weights, rngs)
    scheme.begin((seeds, w.shape[1]))
    last, least = np.empty(seeds), np.full(seeds, np.inf)
    for epoch in range(problem.epochs):
        order = np.stack([_order(rng, choices.batches, samples) for rng in rngs])
        gamma = 1.0 if choices.steps == "constant" else 1 / (epoch + 1)
        for first in range(0, samples, problem.batch):
            rows = order[:, first : first + problem.batch]
            x, y = np.take_along_axis(problem.x, rows[:, :, None], 1), np.take_along_axis(problem.y, rows, 1)
            used = scheme.used(w, shared)
            last = problem.loss(used, x, y)
            w = scheme.step(w, problem.gradient(used, x, y), gamma)
        scheme.epoch(partial(_improved, problem.watched, w, least))
    return w, last


def _order(rng: np.random.Generator, batches: str, samples: int) -> Any:
    """The samples of an epoch: each once, or each batch drawn from all of them."""
    return rng.permutation(samples) if batches == "shuffled" else rng.integers(samples, size=samples)


def _improved(watched: Callable[[Array], Array], w: Array, least: Array) -> Flags:
    """Whether the quantised weights have the least loss so far, which is kept in `least`."""
    now = watched(BINARY.nearest(w))
    better: Flags = now < least
    np.minimum(least, now, out=least)
    return better


@dataclass(frozen=True)
class TrainedTask(ABC):
    """An experiment whose tables have a row for each scheme, under one choice of what is left open or under all.

    `tables` holds the readings of each table, by its title; `printed` the numbers of each row, one a table.
    """

    tables: ClassVar[Mapping[str, Sequence[str]]]
    printed: ClassVar[Mapping[str, Sequence[float]]]

    seeds: int
    seed: int
    choices: Choices
    sweep: bool

    @abstractmethod
    def schemes(self, choices: Choices) -> list[Scheme]:
        """The rows, in their order, and those that are not printed."""

    @abstractmethod
    def measure(self, scheme: Scheme, choices: Choices) -> Mapping[str, Option]:
        """Train every seed of a row: all readings, per seed."""

    @abstractmethod
    def objection(self, row: str, reading: str, printed: float, choices: Choices, done: Done) -> Objection | None:
        """What speaks against a printed number in a reading, whatever was measured."""

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on."""
        return {"seeds": self.seeds, "seed": self.seed, **asdict(self.choices), "sweep": self.sweep}

    def all_choices(self) -> list[Choices]:
        """The one choice, or every combination."""
        return self.choices.every() if self.sweep else [self.choices]

    def jobs(self) -> Sequence[Job]:
        """A row under a choice; rows without a tolerance do not ask when it shrinks."""
        found: dict[str, Job] = {}
        for choices in self.all_choices():
            for scheme in self.schemes(choices):
                name = _job(scheme, choices)
                found.setdefault(name, Job(name, partial(self.measure, scheme, choices)))
        return list(found.values())

    def outcomes(self, done: Done) -> list[Outcome]:
        """Each printed number in each reading."""
        return [
            outcome(
                scheme.name,
                reading,
                printed,
                done[name][reading],
                choice=choices.label(),
                objection=self.objection(scheme.name, reading, printed, choices, done),
            )
            for choices in self.all_choices()
            for scheme in self.schemes(choices)
            if scheme.name in self.printed and (name := _job(scheme, choices)) in done
            for printed, readings in zip(self.printed[scheme.name], self.tables.values(), strict=True)
            for reading in readings
        ]

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """The tables, for the choice made; for a sweep, what the best choice explains."""
        others = [
            Unprinted(scheme.name, choices.label(), done[name])
            for choices in self.all_choices()
            for scheme in self.schemes(choices)
            if scheme.name not in self.printed and (name := _job(scheme, choices)) in done
        ]
        show_tables(self.tables, outcomes, self.seeds, others)


def _job(scheme: Scheme, choices: Choices) -> str:
    anneals = isinstance(scheme, ASkewSGD) and not isinstance(scheme, ConstrainedFlow)
    return f"{scheme.name} | {choices.label(anneals=anneals)}"

"""How every experiment runs: pieces that are kept as soon as they are done, one document, Ctrl-C and going on."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

import click
import numpy as np

from convbound import __version__
from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.checks.commands.destinations import STDOUT, check_destinations, deliver
from convbound.checks.experiments.outcome import Outcome, consistent
from convbound.checks.report.terminal import progress_bar

FORMAT = "convbound-experiment/2"
RESULTS = "results.json"  # in the folder of --out
INTERRUPTED = 130
MOST_SEEDS = 1000

Value = str | int | float | bool
Numbers = Mapping[str, Sequence[float]]  # a number of every seed, by what it is
Done = dict[str, dict[str, list[float]]]  # by job


@dataclass(frozen=True)
class Job:
    """A piece of an experiment: it runs whole or not at all, and its numbers are kept at once."""

    name: str
    run: Callable[[], Numbers]


class Experiment(Protocol):
    """A printed experiment: its pieces, what they say about the printed numbers, and how that is shown."""

    @property
    def options(self) -> Mapping[str, Value]:
        """All that the numbers depend on; an earlier run with other options is not gone on with."""

    def jobs(self) -> Sequence[Job]:
        """The pieces, in the order in which they run."""

    def outcomes(self, done: Done) -> list[Outcome]:
        """What came of each printed number of which all pieces are done."""

    def show(self, done: Done, outcomes: Sequence[Outcome]) -> None:
        """Print what was found."""

    def files(self, done: Done) -> Mapping[str, str]:
        """Figures and certificates, by their name in the folder of --out; only where everything is done."""


@dataclass
class Run:
    """An experiment, and where its numbers go."""

    experiment: Experiment
    task: str
    record: Path | None = None
    folder: Path | None = None
    resume: bool = False
    done: Done = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        about = self.experiment.options
        if not 2 <= int(about["seeds"]) <= MOST_SEEDS:
            raise InputError(f"--seeds is a number of runs from 2 to {MOST_SEEDS}, not {about['seeds']}.")
        if int(about["seed"]) < 0:
            raise InputError(f"--seed is 0 or more, not {about['seed']}.")
        if self.resume and self.folder is None and self.record in (None, STDOUT):
            raise InputError("--resume goes on with a file: name it with --json or --out.")
        check_destinations([("--json", self.record)], [("--out", self.folder)])

    def conduct(self) -> int:
        """Run what is missing, write and show everything; the exit code."""
        if self.resume:
            self.done = self._earlier()
        complete = self._work()
        if not self.done:
            return INTERRUPTED
        outcomes = self.experiment.outcomes(self.done)
        self._write(outcomes, complete)
        if complete and self.folder is not None:
            for name, text in self.experiment.files(self.done).items():
                write_whole(self.folder / name, text)
        if self.record != STDOUT:
            self.experiment.show(self.done, outcomes)
        if not complete:
            kept = "what is done is kept, and --resume goes on" if self._kept() else "nothing is kept without --json"
            click.echo(f"interrupted: {kept}.", err=True)
        return 0 if complete else INTERRUPTED

    def _work(self) -> bool:
        """Run the jobs that are missing; False where Ctrl-C ended it."""
        jobs = self.experiment.jobs()
        try:
            with progress_bar() as progress:
                bar = progress.add_task(self.task, total=len(jobs))
                for number, job in enumerate(jobs, 1):
                    if job.name not in self.done:
                        begun = time.perf_counter()
                        progress.update(bar, description=job.name)
                        with np.errstate(over="ignore", invalid="ignore"):  # a run may diverge
                            found = job.run()
                        self.done[job.name] = {name: [float(x) for x in values] for name, values in found.items()}
                        if self._kept():
                            self._write(self.experiment.outcomes(self.done), False)
                        if not sys.stderr.isatty():
                            seconds = time.perf_counter() - begun
                            click.echo(f"{number} of {len(jobs)}: {job.name}, {seconds:.1f} s", err=True)
                    progress.advance(bar)
        except KeyboardInterrupt:
            return False
        return True

    def _kept(self) -> list[Path]:
        """The files that hold the document; not the standard output."""
        places = (self.record, self.folder / RESULTS if self.folder is not None else None)
        return [path for path in places if path is not None and path != STDOUT]

    def _write(self, outcomes: Sequence[Outcome], complete: bool) -> None:
        text = self.document(outcomes, complete)
        for path in self._kept():
            write_whole(path, text)
        if complete and self.record == STDOUT:
            deliver(STDOUT, text)

    def _earlier(self) -> Done:
        """The pieces of an earlier run with the same options."""
        path = self._kept()[-1]
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if found["format"] != FORMAT:
                raise KeyError("format")
            earlier, done = found["options"], _checked(found["jobs"])
            task = found["task"]
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise InputError(f"{str(path)!r} is no document of this command: nothing was changed.") from problem
        wanted: dict[str, object] = {"task": self.task, **self.experiment.options}
        earlier = {"task": task, **earlier}
        if earlier != wanted:
            other = next(name for name in {**wanted, **earlier} if earlier.get(name) != wanted.get(name))
            raise InputError(f"--resume: {str(path)!r} was made with another --{other.replace('_', '-')}.")
        return done

    def document(self, outcomes: Sequence[Outcome], complete: bool) -> str:
        """Every option and number, and what came of each printed one; the same bytes for the same run."""
        counts = consistent(outcomes)
        return (
            json.dumps(
                {
                    "format": FORMAT,
                    "version": __version__,
                    "task": self.task,
                    "options": dict(self.experiment.options),
                    "complete": complete,
                    "outcomes": [_json(asdict(o)) for o in outcomes],
                    "reproduced": [
                        {"choice": choice, "reading": reading, "rows": good, "of": all_}
                        for (choice, reading), (good, all_) in counts.items()
                    ],
                    "jobs": _json(self.done),
                },
                indent=1,
                ensure_ascii=False,
                allow_nan=False,
            )
            + "\n"
        )


def _json(value: object) -> object:
    """As JSON has it: a number that is not finite, of a run that diverged or a z without a spread, is null."""
    if isinstance(value, dict):
        return {name: _json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_json(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _checked(jobs: object) -> Done:
    """Numbers by job, as this command writes them."""
    if not isinstance(jobs, dict):
        raise TypeError("jobs")
    found: Done = {}
    for name, numbers in jobs.items():
        found[str(name)] = {
            str(reading): [math.nan if x is None else float(x) for x in values] for reading, values in numbers.items()
        }
    return found

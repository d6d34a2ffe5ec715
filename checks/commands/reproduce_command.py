"""`convbound reproduce`: a printed experiment again, from many seeds, and what comes of each printed number."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.destinations import PathOption, check_destinations, deliver

if TYPE_CHECKING:
    from convbound.checks.experiments.outcome import Outcome

FORMAT = "convbound-experiment/1"
MOST = 1000  # seeds
INTERRUPTED = 130


@click.command()
@click.argument("task", type=click.Choice(["task-1"]))
@click.option("--seeds", default=20, show_default=True, help=f"Independent runs, from 2 to {MOST}.")
@click.option("--seed", default=0, show_default=True, help="The first seed; the same seeds give the same numbers.")
@click.option("--first-weights", type=click.Choice(["uniform", "normal"]), default="uniform", show_default=True)
@click.option("--steps", type=click.Choice(["constant", "falling"]), default="constant", show_default=True)
@click.option("--annealing", type=click.Choice(["epoch", "none"]), default="epoch", show_default=True)
@click.option("--rule", type=click.Choice(["corrected", "printed"]), default="corrected", show_default=True)
@click.option("--ascent", default=0.001, show_default=True, help="Step of the multipliers of SGDA.")
@click.option("--cap", default=100.0, show_default=True, help="Largest multiplier of SGDA.")
@click.option("--json", "record", type=PathOption(), help="Write every number of every seed; - prints it.")
@click.option("--resume", is_flag=True, help="Go on with the --json file of a run that was interrupted.")
def command(task: str, seeds: int, seed: int, record: Path | None, resume: bool, **choices: Any) -> int:
    """Do a printed experiment again and say of each printed number whether it comes out.

    task-1 is the logistic regression of the paper on ASkewSGD (Tables 1 and 2). A number is reproduced where it lies
    within two standard deviations of a single run; a distance may be impossible, by a theorem, for feasible weights.

    \b
    convbound reproduce task-1 --seeds 50
    convbound reproduce task-1 --first-weights normal --steps falling --json task-1.json
    """
    if not 2 <= seeds <= MOST:
        raise InputError(f"--seeds is a number of runs from 2 to {MOST}, not {seeds}.")
    if seed < 0:
        raise InputError(f"--seed is 0 or more, not {seed}.")
    for name in ("ascent", "cap"):
        if not 0 < choices[name] < float("inf"):
            raise InputError(f"--{name} is a positive number, not {choices[name]}.")
    if resume and (record is None or str(record) == "-"):
        raise InputError("--resume goes on with a file: name it with --json.")
    check_destinations([("--json", record)])
    options = {"task": task, "seeds": seeds, "seed": seed, **choices}
    done = _earlier(record, options) if resume and record is not None else {}
    complete = _run(options, done, record)
    if not done:
        return INTERRUPTED
    outcomes = _judge(done)
    document = _document(options, done, outcomes, complete)
    if record is not None:
        deliver(record, document)
    if record is None or str(record) != "-":
        _show(outcomes, options)
    if not complete:
        click.echo("interrupted: the rows above are whole; --resume goes on with the --json file.", err=True)
    return 0 if complete else INTERRUPTED


def _run(options: dict[str, Any], done: dict[str, dict[str, list[float]]], record: Path | None) -> bool:
    """Train what is missing; each finished row is in the file at once. False where Ctrl-C ended it."""
    from convbound.checks.experiments.task_one import Choices, generate, schemes, train
    from convbound.checks.report.terminal import progress_bar

    choices = Choices(**{name: options[name] for name in Choices.__dataclass_fields__})
    rows = schemes(choices)
    try:
        with progress_bar() as progress:
            bar = progress.add_task("training", total=len(rows))
            data = generate(options["seed"], options["seeds"])
            for scheme in rows:
                if scheme.name not in done:
                    found = train(scheme, data, choices, options["seed"])
                    done[scheme.name] = {reading: [float(x) for x in values] for reading, values in found.items()}
                    if record is not None and str(record) != "-":
                        deliver(record, _document(options, done, _judge(done), False))
                progress.advance(bar)
    except KeyboardInterrupt:
        return False
    return True


def _earlier(record: Path, options: dict[str, Any]) -> dict[str, dict[str, list[float]]]:
    """The rows of an earlier run with the same options."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise KeyError("format")
        rows: dict[str, dict[str, list[float]]] = found["rows"]
        earlier = found["options"]
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError) as problem:
        raise InputError(f"{str(record)!r} is no document of this command: nothing was changed.") from problem
    if earlier != options:
        other = next(name for name in options if earlier.get(name) != options[name])
        raise InputError(f"--resume: {str(record)!r} was made with another --{other.replace('_', '-')}.")
    return rows


def _judge(done: dict[str, dict[str, list[float]]]) -> list[Outcome]:
    from convbound.checks.experiments.outcome import outcome
    from convbound.checks.experiments.task_one import LOSSES, NORMS, PRINTED

    return [
        outcome(row, reading, printed, done[row][reading])
        for row, numbers in PRINTED.items()
        if row in done
        for printed, readings in zip(numbers, (LOSSES, NORMS), strict=True)
        for reading in readings
    ]


def _document(options: dict[str, Any], done: Any, outcomes: list[Outcome], complete: bool) -> str:
    from convbound import __version__
    from convbound.checks.experiments.outcome import consistent

    document = {
        "format": FORMAT,
        "version": __version__,
        "options": options,
        "complete": complete,
        "outcomes": [asdict(o) for o in outcomes],
        "reproduced": {reading: {"rows": good, "of": all_} for reading, (good, all_) in consistent(outcomes).items()},
        "rows": done,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _show(outcomes: list[Outcome], options: dict[str, Any]) -> None:
    """One table a printed one, and whether one reading explains it."""
    from rich.table import Table

    from convbound.checks.experiments.outcome import consistent
    from convbound.checks.experiments.task_one import LOSSES, NORMS
    from convbound.checks.report.terminal import console

    for title, readings in (("Table 1, the loss", LOSSES), ("Table 2, the distance", NORMS)):
        table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
        table.add_column("row")
        table.add_column("printed", justify="right")
        for reading in readings:
            table.add_column(reading, justify="right")
        for row in dict.fromkeys(o.row for o in outcomes):
            cells = [o for o in outcomes if o.row == row and o.reading in readings]
            table.add_row(row, f"{cells[0].printed:.4f}", *(f"{o.mean:.4f} ± {o.spread:.4f}" for o in cells))
        console().print(table)
        counts = {r: n for r, n in consistent(outcomes).items() if r in readings}
        whole = [reading for reading, (good, all_) in counts.items() if good == all_]
        best, (good, all_) = max(counts.items(), key=lambda item: item[1][0])
        said = (
            f"the {whole[0]} explains all rows" if whole else f"no reading explains all rows; {best}: {good} of {all_}"
        )
        click.echo(f"  {said} (within two standard deviations of a run, {options['seeds']} seeds)\n")
    for o in outcomes:
        if o.by:
            click.echo(f"  {o.row}: {o.printed} is {o.verdict}, as {o.reading} ({o.by})")

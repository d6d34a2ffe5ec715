"""`convbound simulate`: one scheme on one problem, a table against its bounds, a figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.destinations import PathOption, check_destinations
from convbound.checks.simulation.schemes import scheme_names

if TYPE_CHECKING:
    from convbound.bounds.arithmetic import Number
    from convbound.checks.arrays import Floats
    from convbound.checks.commands.options import Function, Option
    from convbound.checks.simulation.input import Request
    from convbound.checks.simulation.simulate import Comparison, Setup
    from convbound.checks.simulation.trajectories import Trajectory

# the names are repeated here so that --help needs no NumPy; a test compares them
PROBLEMS = ("quadratic", "half-integer", "dense", "low-rank", "indefinite", "huber", "sawtooth")
SUFFIXES = (".png", ".svg", ".pdf")
NUMBERS = (
    ("--L", "smoothness", "1", "Lipschitz constant of the gradient."),
    ("--d", "dimension", "100", "Number of weights."),
    ("--n", "trials", "1", "ZIM's draws a step."),
    ("--r", "rate", "1", "Probability that a draw moves."),
    ("--c", "smoothing", "1", "ZIM's smoothing."),
    ("--alpha", "alpha", "0.1", "Rate of stochastic rounding and SGD."),
    ("--noise", "noise", "0", "SGD's gradient noise, a coordinate."),
    ("--spacing", "spacing", "1", "Lattice spacing δ."),
    ("--steps", "steps", "10000", "Number of steps K."),
    ("--chains", "chains", "16", "Independent chains to average over."),
    ("--start", "start", "8", "Every coordinate of the first point."),
    ("--seed", "seed", "0", "The same seed gives the same numbers."),
    ("--jobs", "jobs", "1", "How many tasks run at once."),
)
GIVEN_BY_THE_OBJECT = {"dimension": "--d", "start": "--start"}
# What main answers with: Ctrl-C, and a proved bound exceeded where every constant is known by construction.
INTERRUPTED, CONTRADICTION = 130, 3


def _numbers(function: Function) -> Function:
    for option, name, default, about in reversed(NUMBERS):
        function = click.option(option, name, default=default, show_default=True, metavar="NUMBER", help=about)(
            function
        )
    return function


@click.command("simulate")
@click.option(
    "--scheme",
    metavar="NAME",
    default="zim",
    show_default=True,
    help=f"The update rule: {', '.join(scheme_names())}; or your own, MODULE:CLASS or file.py:CLASS.",
)
@click.option("--set", "settings", metavar="NAME=NUMBER", multiple=True, help="A parameter of your own scheme.")
@click.option(
    "--problem",
    metavar="NAME",
    default="quadratic",
    show_default=True,
    help=f"The objective: {', '.join(PROBLEMS)}; or your own, MODULE:OBJECT or file.py:OBJECT.",
)
@_numbers
@click.option("--dask", metavar="ADDRESS", help="Run on a Dask cluster instead (extra `dask`).")
@click.option("--checkpoint", type=PathOption(), help="Save here; go on from here if it exists, also to more steps.")
@click.option("--figure", type=PathOption(), help="Draw ‖g‖ over steps: .png, .svg or .pdf.")
@click.option("--json", "as_data", is_flag=True, help="Print one JSON document instead of a table.")
@click.pass_context
def command(context: click.Context, /, **options: Option) -> int:
    """One scheme on one problem: is it stuck, where, and how far from which bound of the catalogue.

    Measured numbers are averages over the chains, with the standard error of that average. A bound counts as valid
    only if its hypotheses hold on this run. Exit code 3: a proved bound is exceeded by more than chance allows, on a
    problem whose constants are known by construction.

    \b
    convbound simulate --problem half-integer --d 100 --c 0.5
    convbound simulate --scheme rounding --alpha 0.1 --d 1e3 --steps 1e5 --figure rounding.svg
    convbound simulate --scheme ternary.py:Ternary --set eta=0.1
    convbound simulate --problem digits_problem.py:Digits --n 8 --c 0.1 --steps 2000 --chains 4
    """
    from convbound.checks.simulation.input import read_request

    figure: Path | None = options["figure"]
    if figure is not None:
        _check_figure(figure)
    check_destinations([("--figure", figure), ("--checkpoint", options["checkpoint"])])
    request = read_request(options)
    setup, start = _set_up(request, options, _given(context))
    trajectory, complete = _run(setup, start, request, options)
    return _show(setup, start, trajectory, complete, request, options)


def _given(context: click.Context) -> set[str]:
    """The options that were typed."""
    from click.core import ParameterSource

    return {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}


def _check_figure(figure: Path) -> None:
    import importlib.util

    if figure.suffix not in SUFFIXES:
        raise InputError(f"--figure must end in {', '.join(SUFFIXES)}, not {str(figure)!r}.")
    if importlib.util.find_spec("matplotlib") is None:
        raise InputError("--figure needs matplotlib: pip install 'convbound[figures]'.")


def _set_up(request: Request, options: Mapping[str, Option], given: set[str]) -> tuple[Setup, Floats]:
    """Problem and scheme on the unit lattice, and the first point there."""
    import numpy as np

    from convbound.checks.simulation.input import check_memory, read_settings
    from convbound.checks.simulation.problems.own import load_problem
    from convbound.checks.simulation.schemes.own import build_scheme, find_scheme
    from convbound.checks.simulation.simulate import Setup, build_problem, on_unit_lattice

    name, kind = options["problem"], find_scheme(options["scheme"])
    kind.check_sampler()
    own = None
    if ":" in name:
        for field, option in GIVEN_BY_THE_OBJECT.items():
            if field in given:
                raise InputError(f"{option} comes from the object that --problem names; leave it out.")
        L, spacing = (
            value if field in given else None
            for field, value in (("smoothness", request.L), ("spacing", request.spacing))
        )
        own = load_problem(name, L, spacing)
    elif name not in PROBLEMS:
        raise InputError(f"--problem must be {', '.join(PROBLEMS)}, MODULE:OBJECT or file.py:OBJECT, not {name!r}.")
    else:
        check_memory(request, kind, name)
    spacing = own.spacing if own is not None else request.spacing
    scheme = build_scheme(options["scheme"], vars(request), read_settings(options["settings"]), spacing)
    if own is not None:
        return Setup(own, scheme, spacing), own.start
    problem = on_unit_lattice(build_problem(name, request.d, request.L, request.seed), spacing)
    return Setup(problem, scheme, spacing), np.full(request.d, request.start / float(spacing))


def _run(setup: Setup, start: Floats, request: Request, options: Mapping[str, Option]) -> tuple[Trajectory, bool]:
    """The trajectory, and whether it was run to its end."""
    from convbound.checks.executors import open_executor
    from convbound.checks.simulation.trajectories import run_trajectory
    from convbound.checks.simulation.trajectories.engines import choose, has_numba
    from convbound.checks.simulation.trajectories.run import RunInterrupted

    compiled = choose(setup.problem.floating(), setup.scheme, has_numba()).compiled
    workers = open_executor(request.jobs, options["dask"], threads=compiled, patient=True)
    try:
        with workers as executor, _progress(request.steps) as progress:
            trajectory = run_trajectory(
                setup.problem,
                setup.scheme,
                steps=request.steps,
                chains=request.chains,
                start=start,
                seed=request.seed,
                executor=executor,
                resume=options["checkpoint"],
                progress=progress,
            )
            return trajectory, True
    except RunInterrupted as stop:
        if stop.trajectory is None:
            raise KeyboardInterrupt from None
        return stop.trajectory, False


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    from convbound.checks.report.terminal import progress_bar

    with progress_bar() as bar:
        task = bar.add_task("simulating", total=steps)
        yield lambda done, _: bar.update(task, completed=done)


def _show(
    setup: Setup, start: Floats, trajectory: Trajectory, complete: bool, request: Request, options: Mapping[str, Option]
) -> int:
    """Print everything, the table before the figure; returns the exit code."""
    from convbound.checks.simulation import output as simulation_output
    from convbound.checks.simulation.answers import answer
    from convbound.checks.simulation.simulate import Seen, compare_with_bounds, parameters_of_run

    done = int(trajectory.steps[-1])
    seen = Seen()
    if setup.own is not None:
        seen = Seen(
            setup.own.seen_smoothness(trajectory.final, 1), float(trajectory.value.min()) * float(setup.spacing)
        )
    parameters = parameters_of_run(setup, start, done)
    comparison = compare_with_bounds(trajectory, setup, parameters, seen)
    answers = answer(trajectory, setup, comparison, start, complete)
    warnings = simulation_output.warnings_of(setup, comparison)
    title = simulation_output.title_of(setup, options["problem"])
    for warning in warnings:
        click.echo(f"convbound: WARNING: {warning}", err=True)
    if options["as_data"]:
        data = simulation_output.document(title, trajectory, comparison, answers, warnings, complete)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        reached = f"{done} steps" if complete else f"{done} of {request.steps} steps (interrupted)"
        simulation_output.print_text(title, comparison, answers, request.chains, reached, warnings)
    if options["figure"] is not None:
        _draw(trajectory, comparison, parameters, title, options["figure"])
    if not complete:
        kept = options["checkpoint"]
        onwards = f"the same command goes on from {str(kept)!r}" if kept else "with --checkpoint a run can be resumed"
        click.echo(f"convbound: interrupted after {done} of {request.steps} steps; {onwards}.", err=True)
        return INTERRUPTED
    return CONTRADICTION if setup.own is None and comparison.exceeded() else 0


def _draw(
    trajectory: Trajectory, comparison: Comparison, parameters: dict[str, Number], title: str, path: Path
) -> None:
    """The figure; whatever goes wrong there is one sentence, after the table."""
    import sys

    from convbound.checks.simulation.figure import draw_simulation

    sys.stdout.flush()
    try:
        draw_simulation(trajectory, comparison.rows, parameters, title, path)
    except (InputError, KeyboardInterrupt):
        raise
    except Exception as problem:
        raise InputError(f"the figure {str(path)!r} cannot be drawn: {problem}") from problem

"""`convbound simulate`: one scheme on one problem, a table against its bounds, a figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convbound.checks.simulation import Measured
    from convbound.checks.trajectories import Trajectory

# the names are repeated here so that --help needs no NumPy; a test compares them
PROBLEMS = ("quadratic", "half-integer", "dense", "low-rank", "indefinite", "huber", "sawtooth")
SCHEMES = ("zim", "rounding", "sign", "sgd", "greedy")
SUFFIXES = (".png", ".svg", ".pdf")


@click.command("simulate")
@click.option("--scheme", type=click.Choice(SCHEMES), default="zim", show_default=True, help="The update rule.")
@click.option("--problem", type=click.Choice(PROBLEMS), default="quadratic", show_default=True, help="The objective.")
@click.option("--L", "smoothness", default="1", show_default=True, help="Lipschitz constant of the gradient.")
@click.option("--d", "dimension", type=int, default=100, show_default=True, help="Number of weights.")
@click.option("--n", "trials", type=int, default=1, show_default=True, help="ZIM's draws a step.")
@click.option("--r", "rate", type=float, default=1.0, show_default=True, help="Probability that a draw moves.")
@click.option("--c", "smoothing", type=float, default=1.0, show_default=True, help="ZIM's smoothing.")
@click.option("--alpha", type=float, default=0.1, show_default=True, help="Rate of stochastic rounding and SGD.")
@click.option("--noise", type=float, default=0.0, show_default=True, help="SGD's gradient noise, a coordinate.")
@click.option("--steps", type=int, default=10_000, show_default=True, help="Number of steps K.")
@click.option("--chains", type=int, default=16, show_default=True, help="Independent chains to average over.")
@click.option("--start", type=float, default=8.0, show_default=True, help="Every coordinate of the first point.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same numbers.")
@click.option("--jobs", type=int, default=1, show_default=True, help="Processes.")
@click.option("--dask", metavar="ADDRESS", help="Run on a Dask cluster instead (extra `dask`).")
@click.option("--checkpoint", type=click.Path(path_type=Path), help="Save here; go on from here if it exists.")
@click.option("--figure", type=click.Path(path_type=Path), help="Draw ‖g‖ over steps: .png, .svg or .pdf.")
@click.option("--json", "as_data", is_flag=True, help="Print one JSON document instead of a table.")
def command(**options: Any) -> None:
    """One scheme on one problem, against every bound of the catalogue that applies.

    Measured numbers are averages over the chains, with the standard error of that average.

    \b
    convbound simulate --problem half-integer --d 100 --c 0.5
    convbound simulate --scheme rounding --alpha 0.1 --d 1000 --steps 100000 --figure rounding.svg
    """
    from convbound.checks.executors import open_executor
    from convbound.checks.parameter_options import read_number
    from convbound.checks.simulation import build_problem, build_scheme, compare_with_bounds, known_parameters
    from convbound.checks.trajectories import run_trajectory

    figure: Path | None = options["figure"]
    if figure is not None and figure.suffix not in SUFFIXES:
        raise InputError(f"--figure must end in {', '.join(SUFFIXES)}, not {str(figure)!r}.")
    if options["seed"] < 0:
        raise InputError(f"--seed must not be negative, but is {options['seed']}.")
    problem = build_problem(
        options["problem"], options["dimension"], read_number(options["smoothness"], "L"), options["seed"]
    )
    scheme = build_scheme(
        options["scheme"],
        n=options["trials"],
        r=options["rate"],
        c=options["smoothing"],
        alpha=options["alpha"],
        noise=options["noise"],
    )
    with open_executor(options["jobs"], options["dask"]) as executor, _progress(options["steps"]) as progress:
        trajectory = run_trajectory(
            problem,
            scheme,
            steps=options["steps"],
            chains=options["chains"],
            start=options["start"],
            seed=options["seed"],
            executor=executor,
            resume=options["checkpoint"],
            progress=progress,
        )
    import numpy as np

    parameters = known_parameters(problem, scheme, np.full(problem.dimension, options["start"]), options["steps"])
    rows = compare_with_bounds(trajectory, scheme, parameters)
    title = f"{scheme} on {options['problem']}, d = {options['dimension']}, L = {options['smoothness']}"
    if figure is not None:
        from convbound.checks.simulation_figure import draw_simulation

        draw_simulation(trajectory, rows, parameters, title, figure)
    if options["as_data"]:
        click.echo(json.dumps(_document(title, trajectory, rows), ensure_ascii=False, indent=2))
    else:
        _print_table(title, rows, options["chains"], options["steps"])


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    from convbound.checks.rendering import progress_bar

    with progress_bar() as bar:
        task = bar.add_task("simulating", total=steps)
        yield lambda done, _: bar.update(task, completed=done)


def _print_table(title: str, rows: Sequence[Measured], chains: int, steps: int) -> None:
    from rich.table import Table

    from convbound.bounds import QUANTITIES
    from convbound.checks.rendering import console

    output = console()
    output.print(f"{title}: {chains} chains of {steps} steps", highlight=False)
    for row in rows:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), title_justify="left")
        for column in ("", "bound", "value", "measured / bound", "remark"):
            table.add_column(column, justify="right" if column in ("value", "measured / bound") else "left")
        error = "" if row.error != row.error else f" ± {row.error:.2g}"
        table.add_row("measured", "", f"{row.mean:.6g}{error}", "", "")
        for assessment in row.bounds:
            value = float(assessment.value)
            after_steps = assessment.bound.quantity.endswith("/K")  # a limit says nothing yet of K steps
            ratio = f"{row.mean / value:.4g}" if value and after_steps else ""
            remark = assessment.remark if after_steps else f"K → ∞; {assessment.remark}"
            name = f"{assessment.bound.title} ({assessment.bound.id})"
            table.add_row(assessment.worth, name, f"{value:.6g}", ratio, remark)
        output.print(f"\n{QUANTITIES[f'{row.quantity}/K'].title}", style="bold")
        output.print(table)


def _document(title: str, trajectory: Trajectory, rows: Sequence[Measured]) -> dict[str, Any]:
    quantities = [
        {
            "quantity": row.quantity,
            "mean": row.mean,
            "standard_error": None if row.error != row.error else row.error,
            "bounds": [
                {"id": a.bound.id, "value": float(a.value), "worth": a.worth, "verdict": a.verdict} for a in row.bounds
            ],
        }
        for row in rows
    ]
    recorded = ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value")
    curves = {name: getattr(trajectory, name).mean(axis=0).tolist() for name in recorded}
    return {
        "format": "convbound-simulation/1",
        "run": title,
        "steps": trajectory.steps.tolist(),
        "curves": curves,
        "quantities": quantities,
    }

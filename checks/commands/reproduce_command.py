"""`convbound reproduce`: printed experiments again, from many seeds, and what comes of each printed number."""

from __future__ import annotations

import click

from convbound.checks.experiments.options import TASKS, Tasks


@click.group("reproduce", cls=Tasks, no_args_is_help=False, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Do a printed experiment again, and say of each printed number whether it comes out.

    A number is *reproduced* where it lies within two standard deviations of a single run and *not reproduced* where it
    does not; it is *excluded* where chance alone leaves it a stated, small probability, and *impossible* where a
    certificate says so.

    \b
    convbound reproduce task-1 --help
    convbound reproduce task-1 --seeds 50 --out task-1
    """
    if context.invoked_subcommand is None:
        raise click.UsageError(f"which experiment? There are: {', '.join(TASKS)}.")

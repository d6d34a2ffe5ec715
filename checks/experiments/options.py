"""What the commands of all experiments take, and the list of the experiments."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TypeVar

import click

from convbound.bounds.errors import InputError, nearest
from convbound.checks.commands.destinations import PathOption

Function = TypeVar("Function", bound=Callable[..., int])
# the experiments: a line about each, and the module that has its `command`
TASKS = {
    "task-1": ("Logistic regression with ten binary weights: Tables 1 and 2.", "task_one"),
    "task-2": ("Two moons with nine binary weights: Table 3, and the best of all nets.", "task_two"),
    "zim-digits": ("ZIM on handwritten digits against gradient descent: Figure 1.", "zim_digits"),
}


def common(seeds: int) -> Callable[[Function], Function]:
    """The options of every experiment; so many seeds unless told otherwise."""
    options = (
        click.option("--seeds", default=seeds, show_default=True, help="Independent runs."),
        click.option(
            "--seed", default=0, show_default=True, help="The first seed; the same seeds give the same numbers."
        ),
        click.option("--json", "record", type=PathOption(), help="Write every number of every seed; - prints it."),
        click.option("--out", "folder", type=PathOption(), help="A folder for the numbers, figures and certificates."),
        click.option("--resume", is_flag=True, help="Go on with the files of a run that was interrupted."),
    )

    def add(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def positive(**values: float) -> None:
    """Refuse what is no positive number."""
    for name, value in values.items():
        if not 0 < value < float("inf"):
            raise InputError(f"--{name.replace('_', '-')} is a positive number, not {value}.")


class Tasks(click.Group):
    """The experiments, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(TASKS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the experiment's module."""
        if name not in TASKS:
            return None
        module = importlib.import_module(f"convbound.checks.experiments.{TASKS[name][1]}")
        command: click.Command = module.command
        return command

    def commands_of(self) -> list[click.Command]:
        """All of them, imported."""
        context = click.Context(self)
        return [found for name in TASKS if (found := self.get_command(context, name)) is not None]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, without importing any."""
        with formatter.section("Experiments"):
            formatter.write_dl([(name, about) for name, (about, _) in TASKS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the experiments where one is unknown."""
        if args and args[0] not in TASKS and not args[0].startswith("-"):
            near = nearest(args[0], TASKS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no experiment {args[0]!r}.{hint} There are: {', '.join(TASKS)}.")
        return super().resolve_command(ctx, args)

"""The command `convbound`. Commands load only when they run, so that `--help` is instant."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from convbound.bounds.errors import InputError

# name: one line for the overview; the command itself is `command` in checks.commands.<name>_command
COMMANDS = {
    "verify": "Say of every claim whether it is proved, refuted or open, and why.",
    "bound": "Every bound for a given L and d, and what it is worth.",
    "compare": "Sweep parameters; tables, crossovers and figures.",
    "simulate": "Run one scheme on one problem, against its bounds.",
    "report": "Write a derivation report: HTML, Markdown, LaTeX or PDF.",
    "recheck": "Replay certificates with the kernel alone.",
    "list": "All claims with their sources.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module; None where there is no such command."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"convbound.checks.commands.{name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest commands when one is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="convbound")
def convbound() -> None:
    """Check convergence bounds: what is proved, what is refuted, what a bound is worth."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; bad input is one sentence on standard error and exit code 2."""
    try:
        code = convbound.main(args=arguments, prog_name="convbound", standalone_mode=False)
    except click.ClickException as problem:
        click.echo(f"convbound: {problem.format_message()}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("convbound: interrupted", err=True)
        sys.exit(130)
    except OSError as problem:  # a file that cannot be read or written
        where = f" {problem.filename!r}" if problem.filename else ""
        click.echo(f"convbound: cannot use the file{where}: {problem.strerror or problem}.", err=True)
        sys.exit(2)
    except InputError as problem:
        click.echo(f"convbound: {problem}", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)

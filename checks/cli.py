"""The command `convbound`. Commands load only when they run, so that `--help` is instant."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator, Sequence

import click

from convbound import __version__
from convbound.bounds.errors import InputError, nearest
from convbound.checks import streams
from convbound.checks.commands.options import Option
from convbound.checks.supervisor import names_code, supervised

# name: one line for the overview; the command itself is `command` in checks.commands.<name>_command
COMMANDS = {
    "verify": "Say of every claim whether it is proved, refuted or open, and why.",
    "prove": "Worst-case bounds of first-order methods, proved, and whether they are tight.",
    "bound": "Every bound for a given L and d, and what it is worth.",
    "compare": "Sweep parameters; tables, crossovers and figures.",
    "simulate": "Run one scheme on one problem, against its bounds.",
    "conform": "Whether somebody's sampler follows the law of a scheme.",
    "reproduce": "Do a printed experiment again; which of its numbers come out.",
    "report": "Write a derivation report: HTML, Markdown, LaTeX or PDF.",
    "recheck": "Replay certificates with the kernel alone.",
    "list": "All claims with their sources.",
    "explain": "One claim's derivation or counterexample, step by step.",
    "init": "Write a claim file to begin with.",
}


class Interrupted(Exception):  # noqa: N818
    """Ctrl-C, past click, which would answer with a blank line."""


class ReaderGone(Exception):  # noqa: N818
    """The reader of the output has gone, past click, which would answer with exit code 1: that is for verdicts."""


@contextlib.contextmanager
def _ours() -> Iterator[None]:
    """Let `main`, not click, give Ctrl-C and a reader that has gone their exit codes."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted from None
    except BrokenPipeError:
        raise ReaderGone from None
    except SystemExit as end:
        raise InputError(f"something that was imported ended the program, with code {end.code!r}.") from end


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
            near = nearest(args[0], COMMANDS, 2)
            hint = f" Did you mean {' or '.join(near)}?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Option, **extra: Option) -> click.Context:
        """Read the command line, which may already print a help page."""
        with _ours():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Option:
        """Run the command."""
        with _ours():
            return super().invoke(ctx)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version=__version__, prog_name="convbound")
def convbound() -> None:
    """Check convergence bounds: what is proved, what is refuted, what a bound is worth."""


READER_GONE = 141  # as a shell reports a program that SIGPIPE ended
INTERRUPTED = 130  # as it reports one that Ctrl-C ended
FAULT = 70  # EX_SOFTWARE: a fault of this program


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit.

    Exit codes: 0 as expected, 1 some verdict is not, 2 the input is at fault (one sentence on standard error), 3 the
    tool contradicts itself; 70 a fault of the tool, with its traceback, 130 interrupted, 141 the reader of the output
    has gone. So 1 is about verdicts and nothing else.
    """
    streams.prepare()
    given = sys.argv[1:] if arguments is None else []
    done = supervised(limited=given[0] != "simulate") if names_code(given) else None  # a problem may be a large one
    try:
        code = _run(arguments)
    except click.ClickException as problem:
        code = _say(problem.format_message(), 2)
    except InputError as problem:
        code = _say(str(problem), 2)
    except (click.Abort, Interrupted, KeyboardInterrupt):
        code = _say("interrupted", INTERRUPTED)
    except (ReaderGone, BrokenPipeError):
        code = READER_GONE
    except MemoryError:
        code = _say("this input needs more memory than there is.", 2)
    except OSError as problem:  # a file that cannot be read or written
        where = repr(problem.filename) if problem.filename else "the standard output or a temporary file"
        code = _say(f"cannot use {where}: {problem.strerror or problem}.", 2)
    except Exception:
        import traceback

        traceback.print_exc()
        code = _say("this is a fault of convbound, not of its input. Please report it with the lines above.", FAULT)
    finally:
        streams.settle()
    if done is not None:
        done(code)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """The command's exit code, after everything it printed has been taken."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    code = convbound.main(args=given or ["--help"], prog_name="convbound", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _say(text: str, code: int) -> int:
    """One line on standard error, whatever the text holds; returns the exit code."""
    with contextlib.suppress(OSError):
        click.echo(f"convbound: {' '.join(text.split())}", err=True)
    return code


if __name__ == "__main__":
    main()

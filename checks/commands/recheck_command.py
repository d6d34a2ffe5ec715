"""`convbound recheck`: certificates replayed by the kernel alone."""

from __future__ import annotations

import time
from pathlib import Path

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.destinations import PathOption
from convbound.checks.outputs.wording import counted


@click.command()
@click.argument("directory", type=PathOption())
@click.option("--verbose", "-v", is_flag=True, help="Print every statement.")
def command(directory: Path, verbose: bool) -> int:
    """Replay every certificate in DIRECTORY with the kernel alone. Exit code 0 if all are checked, 1 if not."""
    from convbound.proofs.kernel import MAX_BYTES, KernelError, load, replay

    if not directory.is_dir():
        raise InputError(f"DIRECTORY is a folder of certificates; {str(directory)!r} is none.")
    files = sorted(directory.glob("*.json"))
    if not files:
        raise InputError(f"DIRECTORY holds certificates (*.json); {str(directory)!r} holds none.")
    refused, slowest = 0, 0.0
    start = time.perf_counter()
    for path in files:
        begun = time.perf_counter()
        try:
            with path.open(encoding="utf-8") as file:
                proof, theorem = replay(load(file.read(MAX_BYTES + 1)))
        except (KernelError, OSError, UnicodeDecodeError) as error:
            refused += 1
            click.echo(f"REFUSED  {path.name}: {error}")
            continue
        slowest = max(slowest, time.perf_counter() - begun)
        if verbose:
            click.echo(f"checked  {path.name}: {theorem!r}   ({len(proof.steps)} steps)")
    seconds = time.perf_counter() - start
    click.echo(
        f"{counted(len(files) - refused, 'certificate')} checked, {refused} refused, in {seconds:.2f} s; "
        f"the slowest took {1000 * slowest:.1f} ms."
    )
    return 1 if refused else 0

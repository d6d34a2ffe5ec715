"""`convbound recheck`: certificates replayed by the kernel alone, and what they prove compared with the claims."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convbound.bounds.errors import InputError
from convbound.checks import referee as referees
from convbound.checks.commands.destinations import PathOption
from convbound.checks.report.wording import counted
from convbound.proofs.libraries import load_library, subjects

if TYPE_CHECKING:
    from convbound.proofs.claims import Claim
    from convbound.proofs.kernel import Statement

NOT_COMPARED = "not compared with a claim"
COMPUTATION = "convbound-computation/"


@dataclass(frozen=True)
class Checked:
    """A file that the kernel accepts: the claim that it names ("" for none), and what it proves."""

    file: str
    claim: str
    statement: Statement
    steps: int

    @property
    def library(self) -> str:
        """The built-in library of the claim, or an empty text."""
        name = self.claim.partition(":")[0]
        return name if name in subjects() else ""


def certificate_file(claim: str) -> str:
    """The name of the file that `verify --certificates` writes for a claim."""
    return f"{claim.replace(':', '.', 1).replace('/', '.')}.json"


def check(path: Path) -> Checked:
    """Replay one file. Raises KernelError, OSError or UnicodeDecodeError where it proves nothing."""
    from convbound.proofs.kernel import MAX_BYTES, KernelError, load, replay

    with path.open(encoding="utf-8") as file:
        certificate = load(file.read(MAX_BYTES + 1))
    proof, theorem = replay(certificate)
    try:
        statement = proof.statement(theorem)
    except RecursionError:
        raise KernelError("what it proves is nested too deep") from None
    return Checked(path.name, certificate.get("claim", ""), statement, len(proof.steps))


def objection(checked: Checked) -> str:
    """Why a file that the kernel accepts does not prove the claim that it names; an empty text if it does."""
    if checked.statement["conclusion"] in checked.statement["hypotheses"]:
        return "the conclusion is one of its own hypotheses"
    if not checked.library:
        return ""
    wanted = claim_of(checked)
    if wanted is None:
        return f"there is no claim {checked.claim}"
    if certificate_file(checked.claim) != checked.file:
        return f"this is the certificate of {checked.claim}, whose file is {certificate_file(checked.claim)}"
    from convbound.proofs.statement import statement

    return "" if statement(wanted) == checked.statement else f"it does not prove {checked.claim}, but another statement"


def claim_of(checked: Checked) -> Claim | None:
    """The built-in claim of the name that the file gives, if there is one."""
    return load_library(checked.library).claims.get(checked.claim.partition(":")[2]) if checked.library else None


def missing(names: Sequence[str]) -> list[str]:
    """The proved claims of the libraries, of which there is some file, that have none."""
    found = {name.partition(":")[0] for name in names} & set(subjects())
    wanted = [c.name for library in sorted(found) for c in load_library(library) if c.expected == "proved"]
    return [name for name in wanted if name not in names]


def is_computation(path: Path) -> bool:
    """Whether a file says that it is the certificate of a computation, which is none of the kernel's."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return f'"{COMPUTATION}' in file.read(200)
    except OSError:
        return False


def redo(files: Sequence[Path]) -> int:
    """Do computations again, by a checker of their own, and say what they show; how many are refused."""
    from convbound.proofs.computation import MAX_BYTES, ComputationError
    from convbound.proofs.computation import check as compute
    from convbound.proofs.computation import load as read

    refused = 0
    for path in files:
        try:
            with path.open(encoding="utf-8") as file:
                shown = compute(read(file.read(MAX_BYTES + 1)))
        except (ComputationError, OSError, UnicodeDecodeError) as problem:
            refused += 1
            click.echo(f"REFUSED  {path.name}: {problem}")
            continue
        for sentence in shown:
            click.echo(f"computation  {path.name}: {sentence}")
    if files:
        done = counted(len(files) - refused, "computation")
        click.echo(f"{done} done again, {refused} refused; a computation is no theorem of the kernel.")
    return refused


@click.command()
@click.argument("directory", type=PathOption())
@click.option("--verbose", "-v", is_flag=True, help="Print every statement, with all that it declares and supposes.")
@click.option("--complete", is_flag=True, help="Refuse, too, if a claim of a library has no file.")
@click.option("--referee", type=click.Choice(referees.REFEREES), help="Check with the proved checker, too.")
def command(directory: Path, verbose: bool, complete: bool, referee: str | None) -> int:
    """Replay every certificate in DIRECTORY with the kernel alone, and say which claim each of them proves.

    The statement of a built-in claim is rebuilt from the claim and compared. Certificates of computations, as
    `reproduce --out` writes them, are done again by a checker of their own, and marked as such. Exit code 0 if all
    files are accepted, 1 if not; the same for the referee, which says of each file that the kernel accepts: checked,
    rejected, or not run.
    """
    from convbound.proofs.kernel import KernelError

    if referee is not None:
        referees.program()
    if not directory.is_dir():
        raise InputError(f"DIRECTORY is a folder of certificates; {str(directory)!r} is none.")
    files = sorted(directory.glob("*.json"))
    if not files:
        raise InputError(f"DIRECTORY holds certificates (*.json); {str(directory)!r} holds none.")
    slowest, accepted, start = 0.0, [], time.perf_counter()
    computations = [path for path in files if is_computation(path)]
    for path in (path for path in files if path not in computations):
        begun = time.perf_counter()
        try:
            accepted.append(check(path))
            slowest = max(slowest, time.perf_counter() - begun)
        except (KernelError, OSError, UnicodeDecodeError) as error:
            click.echo(f"REFUSED  {path.name}: {error}")
    seconds, refused = time.perf_counter() - start, len(files) - len(computations) - len(accepted)
    for checked in accepted:
        problem = objection(checked)
        refused += bool(problem)
        known = checked.claim if checked.library else f"{checked.claim or 'no claim named'}, {NOT_COMPARED}"
        if problem:
            click.echo(f"REFUSED  {checked.file}: {problem}")
        elif verbose or not checked.library:
            click.echo(f"checked  {checked.file}: {known}   ({counted(checked.steps, 'step')})")
        if verbose and not problem:
            click.echo("".join(f"         {line}\n" for line in checked.statement.lines()), nl=False)
    absent = missing([c.claim for c in accepted])
    for name in absent if verbose or complete else absent[:3]:
        click.echo(f"missing  {certificate_file(name)}: no certificate of {name}")
    if len(absent) > 3 and not (verbose or complete):
        click.echo(f"missing  {len(absent) - 3} more; -v lists them")
    click.echo(
        f"{counted(len(files) - len(computations) - refused, 'certificate')} checked, {refused} refused, "
        f"{len(absent)} missing, in {seconds:.2f} s; the slowest took {1000 * slowest:.1f} ms."
    )
    refused += redo(computations)
    doubted = 0
    if referee is not None:
        found = referees.judge_all((c.file, directory / c.file, c.statement) for c in accepted)
        doubted = referees.tell(found, verbose)
    return 1 if refused or doubted or (complete and absent) else 0

"""The referee: the checker that is proved sound in Coq (`proofs/coq`), run on certificates beside the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from convbound.bounds.errors import InputError
from convbound.bounds.plain_data import Json

REFEREES = ("coq",)
CHECKED, REJECTED, NOT_RUN = "checked", "rejected", "not run"
PLACE = "CONVBOUND_REFEREE"  # an environment variable: the program, where it is not in the clone's build folder
PACKAGES = "make coq ocaml-nox ocaml-findlib libzarith-ocaml-dev libyojson-ocaml-dev"
INSTALL = f"apt-get install --yes {PACKAGES}; make -C proofs/coq"
SECONDS = 120


def program() -> Path:
    """The referee.

    Raises:
        InputError: it is not built; the sentence says how to.
    """
    built = Path(__file__).resolve().parents[1] / "build" / "coq" / "referee"
    path = Path(os.environ[PLACE]) if os.environ.get(PLACE) else built
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise InputError(f"--referee coq needs the referee, and {str(path)!r} is none; in a clone: {INSTALL}")
    return path


def judge(referee: Path, certificate: Path, statement: Mapping[str, Json]) -> tuple[str, str]:
    """What the referee says of a file: `checked`, `rejected` or `not run`, and why; checked means as stated."""
    with tempfile.TemporaryDirectory() as folder:
        stated = Path(folder) / "statement.json"
        stated.write_text(json.dumps(statement), encoding="utf-8")
        try:
            run = subprocess.run(
                [referee, certificate.resolve(), stated], capture_output=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return NOT_RUN, type(error).__name__
    lines = run.stdout.decode(errors="replace").splitlines() or [""]
    if run.returncode == 0 and lines[-1] == f"checked    as stated in {stated}":
        return CHECKED, ""
    if run.returncode == 1 and lines[-1].startswith("REFUSED"):
        return REJECTED, lines[-1].rpartition(": ")[2]
    return NOT_RUN, f"it ended with code {run.returncode}"


Judged = tuple[str, str, str]  # of a name: the outcome, and why


def judge_all(files: Iterable[tuple[str, Path, Mapping[str, Json]]]) -> list[Judged]:
    """Judge (name, certificate, statement) one by one."""
    referee = program()
    return [(name, *judge(referee, certificate, statement)) for name, certificate, statement in files]


def tell(judged: Iterable[Judged], verbose: bool, err: bool = False) -> int:
    """Print what is not checked, or everything, and the counts; returns how many are not."""
    counts = Counter[str]()
    for name, outcome, why in judged:
        counts[outcome] += 1
        if verbose or outcome != CHECKED:
            click.echo(f"coq      {outcome:8} {name}{': ' if why else ''}{why}", err=err)
    click.echo("coq      " + ", ".join(f"{counts[x]} {x}" for x in (CHECKED, REJECTED, NOT_RUN)), err=err)
    return counts[REJECTED] + counts[NOT_RUN]

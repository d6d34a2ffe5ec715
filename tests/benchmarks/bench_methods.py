"""PEPit's example suite, proved: python tests/benchmarks/bench_methods.py [--markdown FILE] [--only TEXT]

Each example script is run twice, with the parameters of its own main block (fewer steps for some, see FEWER): as it is,
by PEPit with its default solver,
and under the exact reading, by `convbound prove`. Times are CPU seconds of this process. Needs the extra `methods`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import math
import runpy
import signal
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.proofs.certificates import dump
from convbound.proofs.kernel import load, replay
from convbound.proofs.methods.pepit import read_script
from convbound.proofs.methods.prove import Outcome, prove
from convbound.proofs.methods.radicals import approximate, sign, text

SECONDS = 30  # CPU, for one example
FEWER = {  # examples whose steps are beyond the search, or have too many nested roots: what is said instead
    "improved_interior_algorithm": ("n=5", "n=2"),
    "inconsistent_halpern_iteration": ("n=25", "n=10"),
    "accelerated_inexact_forward_backward": ("n=11", "n=3"),
    "gradient_descent_qg_convex_decreasing": ("n=6", "n=4"),
    "information_theoretic_exact_method": ("n=15", "n=3"),
}
HEAD = """Each script of PEPit's example suite, with the parameters of its own main block, read exactly by `convbound
prove`. Where the name says so, with fewer steps than there: the others are beyond the search, or have too many nested
roots. An example had thirty seconds of CPU. What rests on the conditions of a line search, or of a class whose
conditions are not known to be sufficient, is never called tight. The table is printed by
`python tests/benchmarks/bench_methods.py --markdown docs/methods-table.md`, from one run or, as here, from the rows
of several (`--rows`), on one machine that other work shared.
"""


class TooLongError(BaseException):
    """An example took longer than it may; no handler of ordinary errors catches it."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """At most so many CPU seconds."""

    def stop(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def by_pepit(path: Path) -> tuple[list[tuple[float, float]], float | None]:
    """What PEPit's solver says of each problem, with its seconds; and the value that the example expects."""
    import PEPit

    found: list[tuple[float, float]] = []
    solve = PEPit.PEP.solve

    def timed(problem: Any, *given: Any, **options: Any) -> Any:
        start = time.process_time()
        value = solve(problem, *given, **options)
        found.append((math.nan if value is None else float(value), time.process_time() - start))
        return value

    PEPit.PEP.solve = timed
    expected = None
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = runpy.run_path(str(path), run_name="__main__").get("theoretical_tau")
    except Exception as problem:
        print(f"PEPit fails on {path.stem}: {problem}", file=sys.stderr)
    finally:
        PEPit.PEP.solve = solve
    return found, float(expected) if isinstance(expected, int | float) else None


def row_of(name: str, outcome: Outcome, seconds: float) -> dict[str, Any]:
    """One line of the table."""
    row: dict[str, Any] = {"name": name, "verdict": outcome.words, "reason": outcome.reason, "seconds": seconds}
    if outcome.bound is not None:
        certificate = dump(outcome.certificate)
        start = time.process_time()
        replay(load(certificate))
        row |= {
            "bound": text(outcome.bound),
            "value": float(approximate(outcome.bound)),
            "bytes": len(certificate),
            "recheck": time.process_time() - start,
            "dimension": None if outcome.instance is None else outcome.instance.dimension,
            "wrong": outcome.attained is not None and sign(outcome.attained - outcome.bound) > 0,
        }
    return row


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of one example script."""
    name = f"{path.parent.name}/{path.stem}"
    if path.stem not in FEWER:
        yield from rows_called(name, path)
        return
    own, fewer = FEWER[path.stem]
    source = path.read_text(encoding="utf-8")
    head, found, call = source.rpartition(own)
    if not found or "__main__" not in head:
        raise click.ClickException(f"{name} has no {own} in its main block.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(head + fewer + call, encoding="utf-8")
        yield from rows_called(f"{name} ({fewer} for {own})", copy)


def rows_called(name: str, path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a script under a name."""
    try:
        with limited(SECONDS):
            floats, expected = by_pepit(path)
    except TooLongError:
        floats, expected = [], None
    try:
        with limited(SECONDS):
            problems = read_script(path)
    except (InputError, TooLongError) as problem:
        yield {"name": name, "verdict": "not read", "reason": str(problem), "pepit": floats[0][0] if floats else None}
        return
    for number, problem in enumerate(problems):
        start = time.process_time()
        try:
            with limited(SECONDS):
                outcome = prove(problem)
            row = row_of(f"{name} {number + 1}" if number else name, outcome, time.process_time() - start)
        except InputError as fault:
            row = {"name": name, "verdict": "open", "reason": str(fault)}
        except TooLongError:
            row = {"name": name, "verdict": "open", "reason": f"more than {SECONDS} seconds"}
        if number < len(floats):
            row["pepit"], row["pepit_seconds"] = floats[number]
        yield row | {"expected": expected if number == 0 else None, "vectors": len(problem.points)}


def remark(row: dict[str, Any]) -> str:
    """Where a float of PEPit's, or what its example expects, is not what is proved."""
    value, said, expected = row.get("value"), row.get("pepit"), row.get("expected")
    if value is None:
        return str(row.get("reason", ""))
    remarks = []
    room = 1e-9 * max(1.0, abs(value))
    if row["verdict"] == "proved, tight" and said is not None and said < value - room:
        remarks.append(f"the solver's float is {value - said:.1e} below the worst case")
    if row["verdict"] == "proved, tight" and expected is not None and expected < value - 1e-6 * max(1e-3, abs(value)):
        remarks.append(f"the example expects {expected:.7g}, which is too small")
    return "; ".join(remarks)


def shown(x: Any, form: str) -> str:
    return "" if x is None else format(x, form)


def table(rows: list[dict[str, Any]]) -> str:
    """The table as Markdown."""
    lines = ["| example | verdict | bound | value | solver's float | find, s | re-check, ms | bytes | remark |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        bound = row.get("bound", "")
        cells = [
            row["name"].replace("_", " "),
            row["verdict"],
            bound if len(bound) <= 40 else "(long)",
            shown(row.get("value"), ".9g"),
            shown(row.get("pepit"), ".9g"),
            shown(row.get("seconds"), ".2f"),
            shown(1000 * row["recheck"] if "recheck" in row else None, ".0f"),
            shown(row.get("bytes"), "d"),
            remark(row).replace("|", "/"),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def summary(rows: list[dict[str, Any]]) -> str:
    """What the run comes to."""
    proved = [r for r in rows if str(r["verdict"]).startswith("proved")]
    tight = [r for r in proved if r["verdict"] == "proved, tight"]
    both = [r for r in proved if r.get("pepit_seconds")]
    ratio = statistics.median(r["seconds"] / max(r["pepit_seconds"], 1e-3) for r in both) if both else math.nan
    check = 1000 * statistics.median(r["recheck"] for r in proved) if proved else math.nan
    below = sum("below the worst case" in remark(r) for r in rows)
    wrong = sum(bool(r.get("wrong")) for r in rows)
    return (
        f"{len(rows)} problems: {len(proved)} proved, {len(tight)} of them tight "
        f"(an exact instance attains the bound), {wrong} wrong.\n"
        f"Median time to a certificate: {ratio:.2f} times PEPit's solve, of the {len(both)} with both times; "
        f"median re-check {check:.0f} ms.\n"
        f"The solver's float is below the worst case on {below} of {len(tight)}.\n"
    )


@click.command()
@click.option("--markdown", type=click.Path(path_type=Path), help="Write the table here.")
@click.option("--json", "as_json", type=click.Path(path_type=Path), help="Write every row here, as they come.")
@click.option("--only", default="", help="Examples whose path holds this text.")
@click.option(
    "--rows", multiple=True, type=click.Path(path_type=Path), help="Run nothing: the rows of earlier runs, by --json."
)
def main(markdown: Path | None, as_json: Path | None, only: str, rows: tuple[Path, ...]) -> None:
    """Run the suite and print the table."""
    gathered = (
        [row for path in rows for row in json.loads(path.read_text(encoding="utf-8"))] if rows else run(as_json, only)
    )
    gathered.sort(key=lambda row: row["name"])
    said = summary(gathered) + "\n" + table(gathered)
    print(said)
    if markdown is not None:
        write_whole(markdown, f"# PEPit's examples, proved\n\n{HEAD}\n{said}")


def run(as_json: Path | None, only: str) -> list[dict[str, Any]]:
    """The rows of all examples whose path holds the text."""
    spec = importlib.util.find_spec("PEPit")
    if spec is None or spec.origin is None:
        raise click.UsageError("this needs PEPit: pip install 'convbound[methods]'.")
    home = Path(spec.origin).parent / "examples"
    rows: list[dict[str, Any]] = []
    for path in sorted(p for p in home.glob("*/*.py") if p.name != "__init__.py" and only in str(p)):
        for row in rows_of(path):
            rows.append(row)
            print(f"{row['name']}: {row['verdict']} {shown(row.get('value'), '.9g')}", file=sys.stderr, flush=True)
            if as_json is not None:
                write_whole(as_json, json.dumps(rows, indent=1))
    return rows


if __name__ == "__main__":
    main()

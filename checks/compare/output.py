"""A sweep as data: columns, written as CSV, JSON or Parquet, each file whole or not at all."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import numpy as np

from convbound.bounds import CATALOGUE, Bound, InputError, verdict_of
from convbound.bounds.catalogue import STUDIED
from convbound.bounds.files import write_whole
from convbound.bounds.plain_data import JsonObject
from convbound.checks.arrays import Array
from convbound.checks.compare.crossovers import Crossover
from convbound.checks.compare.sweep import Sweep, impossible, smallest, vacuous, valid_bounds, worth_shares
from convbound.checks.compare.table import as_number, exact_text
from convbound.checks.parameter_options import PARAMETERS

FORMAT = "convbound-sweep/1"


def columns(sweep: Sweep) -> dict[str, Array]:
    """One row per point: the swept parameters, every bound, what is impossible, and the smallest valid bounds.

    NaN marks a bound whose condition fails. `smallest:<quantity>` names the smallest valid bound of the scheme that is
    studied (of several, with `:<scheme>` for all but the first). `impossible:<id>` is there for bounds that fall below
    the lattice minimum somewhere in the sweep, `vacuous:<id>` for those that somewhere say no more than the given G.
    """
    table: dict[str, Array] = {}
    meshes = np.meshgrid(*(axis.values for axis in sweep.axes), indexing="ij")
    for axis, mesh in zip(sweep.axes, meshes, strict=True):
        table[axis.letter] = mesh.ravel()
    for bound in sweep.bounds:
        table[bound.id] = np.ravel(sweep.values[bound.id])
    for bound in sweep.bounds:
        below = impossible(sweep, bound)
        if np.any(below):
            table[f"impossible:{bound.id}"] = below.ravel()
        idle = vacuous(sweep, bound)
        if np.any(idle):
            table[f"vacuous:{bound.id}"] = idle.ravel()
    for quantity in sweep.quantities():
        for scheme in sweep.studied:
            if valid := valid_bounds(sweep, quantity, scheme):
                names = np.array([bound.id for bound in valid] + [""])
                suffix = "" if scheme == STUDIED[0] else f":{scheme}"
                table[f"smallest:{quantity}{suffix}"] = names[smallest(sweep, valid)].ravel()
    return table


def _crossover_record(crossover: Crossover, sweep: Sweep) -> JsonObject:
    other = [axis.letter for axis in sweep.axes if axis.letter != crossover.unknown]
    return {
        "first": crossover.first.id,
        "second": crossover.second.id,
        "unknown": crossover.unknown,
        "along": other[0] if other else None,
        "method": crossover.method,
        "formula": crossover.formula,
        "latex": crossover.latex,
        "brackets": [[bracket.at, bracket.low, bracket.high] for bracket in crossover.brackets],
    }


def _plain(value: float) -> float | str | None:
    """A number for JSON, which has neither NaN (null: does not apply) nor infinity (a string)."""
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else "Infinity"


def _bound_record(bound: Bound, sweep: Sweep) -> JsonObject:
    """A bound of the sweep: its formula on this lattice, the claims behind it, and what it is worth where."""
    formula, condition = bound.written(spacing=sweep.spaced), bound.written_condition(spacing=sweep.spaced)
    return {
        "id": bound.id,
        "title": bound.title,
        "quantity": bound.quantity,
        "formula": formula.text,
        "latex": formula.latex,
        "condition": condition.text if condition else None,
        "role": bound.role,
        "setting": bound.setting,
        "scheme": bound.scheme.id,
        "claim": bound.claim,
        "rests_on": list(bound.claims[1:]),
        "verdict": verdict_of(bound),
        "worth": worth_shares(sweep, bound),
    }


def left_out(sweep: Sweep) -> list[JsonObject]:
    """Bounds on the sweep's quantities that are not in it, or apply nowhere in it, and why."""
    known = sweep.letters
    records = []
    for bound in CATALOGUE.values():
        if bound.quantity not in sweep.quantities():
            continue
        missing = [p.option for p in PARAMETERS if p.letter in bound.needs and p.letter not in known]
        nowhere = bound in sweep.bounds and bool(np.all(np.isnan(sweep.values[bound.id])))
        if (missing and not sweep.named) or nowhere:
            condition = bound.written_condition(spacing=sweep.spaced) if nowhere else None
            records.append(
                {"id": bound.id, "missing": missing, "condition": condition.text if condition is not None else None}
            )
    return records


def about(sweep: Sweep) -> JsonObject:
    """What a reader of the columns has to know: the format, what was fixed, and what each bound is."""
    return {
        "format": FORMAT,
        "parameters": {letter: as_number(value) for letter, value in sweep.fixed.items()},
        "exact_parameters": {letter: exact_text(value) for letter, value in sweep.fixed.items()},
        **({} if sweep.own is None else {"scheme": sweep.own.scheme.text(), "constants": sweep.own.grounds}),
        "bounds": [_bound_record(bound, sweep) for bound in sweep.bounds],
        "left_out": left_out(sweep),
    }


def as_json(sweep: Sweep, crossovers: Sequence[Crossover]) -> JsonObject:
    """The sweep as plain data: columns of equal length, and the crossovers as certified brackets."""
    return {
        **about(sweep),
        "axes": [{"letter": axis.letter, "values": axis.values.tolist(), "log": axis.log} for axis in sweep.axes],
        "columns": {
            name: [_plain(value) for value in column.tolist()] if column.dtype == np.float64 else column.tolist()
            for name, column in columns(sweep).items()
        },
        "crossovers": [_crossover_record(crossover, sweep) for crossover in crossovers],
    }


def _write_csv(stream: TextIO, sweep: Sweep) -> None:
    """The columns, below lines that begin with # and say what they are (a line of JSON per entry of `about`)."""
    table = columns(sweep)
    for name, value in about(sweep).items():
        for entry in value if isinstance(value, list) else [value]:
            stream.write(f"# {name} {json.dumps(entry, ensure_ascii=False)}\n")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table)
    lists = []
    for column in table.values():
        values = column.tolist()
        lists.append(["" if value != value else value for value in values])  # NaN: does not apply
    writer.writerows(zip(*lists, strict=True))


def _write_parquet(path: Path, sweep: Sweep) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError("Parquet needs pyarrow: pip install 'convbound[parquet]'.") from None
    table = {
        name: pyarrow.array(column, from_pandas=True) if column.dtype == np.float64 else pyarrow.array(column.tolist())
        for name, column in columns(sweep).items()
    }
    metadata = {"convbound": json.dumps(about(sweep), ensure_ascii=False)}
    pyarrow.parquet.write_table(pyarrow.table(table).replace_schema_metadata(metadata), path)


def write_data(path: Path, sweep: Sweep, crossovers: Sequence[Crossover]) -> None:
    """Write the sweep in the format that the suffix names: .csv, .json or .parquet."""

    def write(temporary: Path) -> None:
        if path.suffix == ".parquet":
            _write_parquet(temporary, sweep)
            return
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            if path.suffix == ".csv":
                _write_csv(stream, sweep)
            else:
                json.dump(as_json(sweep, crossovers), stream, ensure_ascii=False)
                stream.write("\n")

    write_whole(path, write)

"""A sweep as data: columns, written as CSV, JSON or Parquet, each file whole or not at all."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from convbound.bounds import InputError
from convbound.bounds.files import write_whole
from convbound.checks.bound_report import as_number
from convbound.checks.compare.crossovers import Crossover
from convbound.checks.compare.sweep import Sweep, impossible, smallest, valid_bounds


def columns(sweep: Sweep) -> dict[str, NDArray[Any]]:
    """One row per point: the swept parameters, every bound, what is impossible, and the smallest valid bounds.

    NaN marks a bound whose condition fails. `smallest:<quantity>` names the smallest valid bound of ZIM, and
    `impossible:<id>` is there for bounds that fall below the lattice minimum somewhere in the sweep.
    """
    table: dict[str, NDArray[Any]] = {}
    meshes = np.meshgrid(*(axis.values for axis in sweep.axes), indexing="ij")
    for axis, mesh in zip(sweep.axes, meshes, strict=True):
        table[axis.letter] = mesh.ravel()
    for bound in sweep.bounds:
        table[bound.id] = np.ravel(sweep.values[bound.id])
    for bound in sweep.bounds:
        below = impossible(sweep, bound)
        if np.any(below):
            table[f"impossible:{bound.id}"] = below.ravel()
    for quantity in sweep.quantities():
        valid = valid_bounds(sweep, quantity, "zim")
        if valid:
            names = np.array([bound.id for bound in valid] + [""])
            table[f"smallest:{quantity}"] = names[smallest(sweep, valid)].ravel()
    return table


def _crossover_record(crossover: Crossover, sweep: Sweep) -> dict[str, Any]:
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


def as_json(sweep: Sweep, crossovers: Sequence[Crossover]) -> dict[str, Any]:
    """The sweep as plain data: columns of equal length, and the crossovers as certified brackets."""
    return {
        "parameters": {letter: as_number(value) for letter, value in sweep.fixed.items()},
        "axes": [{"letter": axis.letter, "values": axis.values.tolist(), "log": axis.log} for axis in sweep.axes],
        "bounds": [{"id": b.id, "quantity": b.quantity, "formula": b.written().text} for b in sweep.bounds],
        "columns": {
            name: [_plain(value) for value in column.tolist()] if column.dtype == np.float64 else column.tolist()
            for name, column in columns(sweep).items()
        },
        "crossovers": [_crossover_record(crossover, sweep) for crossover in crossovers],
    }


def _write_csv(stream: TextIO, sweep: Sweep) -> None:
    table = columns(sweep)
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
    pyarrow.parquet.write_table(pyarrow.table(table), path)


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

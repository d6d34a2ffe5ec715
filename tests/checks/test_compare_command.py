"""`convbound compare`: sweeps, files, figures, and what it says of bad input."""

from __future__ import annotations

import csv
import json
import math
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convbound.bounds import CATALOGUE, InputError, bound, evaluate
from convbound.bounds import verdicts as record
from convbound.bounds.files import write_whole
from convbound.checks.cli import main
from convbound.checks.compare.sweep import (
    Axis,
    Sweep,
    choose_bounds,
    impossible,
    proved_where,
    read_axis,
    run_sweep,
    smallest,
    vacuous,
    valid_bounds,
    worth_shares,
)
from shared import first

ONE = {"c": Fraction(1), "n": Fraction(1), "r": Fraction(1), "delta": Fraction(1), "kappa": Fraction(1)}
CURVES = ["compare", "--L", "17", "--c", "1", "--d", "10:1e6:log:25"]
MAP = ["compare", "--c", "1", "--d", "10:1e9:log:24", "--L", "0.1:100:log:24"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)
    captured = capsys.readouterr()
    return int(exit_info.value.code or 0), captured.out, captured.err


def sweep(axes: list[Axis], quantities: tuple[str, ...] = ("mean-square", "mean-norm"), **fixed: Any) -> Sweep:
    known = {**ONE, **{letter: Fraction(value) for letter, value in fixed.items()}}
    return run_sweep(axes, known, choose_bounds((), quantities, {*known, *(axis.letter for axis in axes)}))


def test_ranges_are_linear_or_logarithmic() -> None:
    assert read_axis("1:3:5", "L").values.tolist() == [1, 1.5, 2, 2.5, 3]
    assert read_axis("1:100:log:3", "L").values == pytest.approx([1, 10, 100])
    assert len(read_axis("1:100:log", "L").values) == len(read_axis("1:100", "L").values) == 60
    assert read_axis("1e-300:1e300:log:7", "L").values[3] == pytest.approx(1)


def test_counts_are_whole_numbers_each_once() -> None:
    assert read_axis("1:5:log:60", "d").values.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1", "is no range"),
        ("1:2:3:4:5", "is no range"),
        ("1:2:many", "'many' is neither"),
        ("1:2:3:log", "'3' is neither"),
        ("2:1", "must run upwards"),
        ("1:1", "must run upwards"),
        ("0:1:log", "must be positive to be spaced logarithmically"),
        ("1:2:1", "between 2 and"),
        ("1:2:999999999", "between 2 and"),
        ("1:inf", "must be finite"),
        ("1:1e400", "leaves the range"),
        ("a:b", "must be a number"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_axis(text, "L")


def test_a_sweep_is_every_bound_at_every_point() -> None:
    found = sweep([read_axis("10:1000:log:4", "d"), read_axis("1:20:3", "L")])
    assert found.shape == (4, 3)
    for entry in found.bounds:
        for i, d in enumerate(found.axes[0].values):
            for j, L in enumerate(found.axes[1].values):
                known = {**{k: float(v) for k, v in ONE.items()}, "d": float(d), "L": float(L)}
                assert found.values[entry.id][i, j] == pytest.approx(evaluate(entry, known), rel=1e-13, nan_ok=True)


def test_the_smallest_valid_bound_is_valid_and_smallest() -> None:
    found = sweep([read_axis("1:40:50", "c")], L=2, d=400)
    valid = valid_bounds(found, "mean-norm", "zim")
    names = [valid[i].id for i in smallest(found, valid)]
    best = np.nanmin([found.values[entry.id] for entry in valid], axis=0)
    assert [found.values[name][i] for i, name in enumerate(names)] == pytest.approx(best)
    assert {"zim-envelope", "zim-whole-envelope"} == set(names)
    assert not any(entry.id.startswith("zim-printed") for entry in valid_bounds(found, "mean-square"))


def test_impossible_is_below_the_lattice_minimum() -> None:
    found = sweep([read_axis("1:100", "d")], L=17)
    below = impossible(found, bound("zim-printed-r1"))
    assert below.tolist() == [bool(d > 27.36) for d in found.axes[0].values]
    assert not np.any(impossible(found, bound("bold")))
    assert not np.any(impossible(found, bound("rounding")))


def test_where_G_is_below_the_minimum_every_bound_is_vacuous_and_none_impossible() -> None:
    found = sweep([read_axis("1:100:100", "d")], L=2, G=5)
    sharp, printed = bound("zim-bounded-sharp"), bound("zim-printed-r3")
    assert np.all(np.isfinite(found.values[sharp.id]))
    assert np.all(vacuous(found, sharp)[found.axes[0].values >= 25])
    assert not np.any(impossible(found, printed)[found.axes[0].values > 25])
    assert np.any(impossible(sweep([read_axis("1:100:100", "d")], L=2, G=500), printed))
    valid = valid_bounds(found, "mean-square")
    assert np.all(smallest(found, valid)[found.axes[0].values > 25] == -1)
    shares = worth_shares(found, sharp)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["vacuous"] >= 0.75


def test_the_table_and_its_crossovers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *CURVES)
    assert code == 0
    assert "72 250 000.00" in out and "17 289 000.00!" in out
    assert "zim-printed-r1 = lattice-minimum: d = 16 L²/(4 c − L)² ≈ 27.360946745" in out
    assert "(closed form, certified)" in out
    assert "Not proved: zim-printed-r1 refuted" in out


def test_the_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *CURVES, "--n", "2", "--json")
    found = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert code == 0
    lengths = {len(column) for column in found["columns"].values()}
    assert lengths == {25}
    assert set(found["columns"]["zim-norm"]) == {None}  # n = 2: does not apply
    assert found["parameters"]["L"] == 17
    assert found["columns"]["smallest:mean-norm"][-1] == "zim-moves-envelope"
    assert found["crossovers"][0]["method"] == "closed form, certified"
    low, high = found["crossovers"][0]["brackets"][0][1:]
    assert low < 16 * 17**2 / 13**2 < high


def data_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, without the lines that say what they are."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_every_format_says_what_its_columns_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Formulas as they are at δ = 2, verdicts, worth, what was fixed, what was left out, and the format's version."""
    pyarrow = pytest.importorskip("pyarrow.parquet")
    outputs = [tmp_path / name for name in ("s.csv", "s.json", "s.parquet")]
    arguments = ["compare", "--L", "17", "--c", "0.1", "--d", "100:200:2", "--spacing", "2"]
    code, out, _ = run(capsys, *arguments, *(word for path in outputs for word in ("-o", str(path))))
    assert code == 0
    found = json.loads(outputs[1].read_text(encoding="utf-8"))
    assert found["format"] == "convbound-sweep/1"
    assert found["exact_parameters"]["c"] == "0.1" and found["exact_parameters"]["delta"] == "2"
    by_id = {entry["id"]: entry for entry in found["bounds"]}
    assert by_id["lattice-minimum:mean-square"]["formula"] == "d(δ L)²/4"
    assert found["columns"]["lattice-minimum:mean-square"][0] == 28900
    assert by_id["zim-printed-r1"]["verdict"] == "refuted"
    assert set(by_id["zim-printed-r1"]["worth"]) <= {"impossible", "refuted"}
    assert sum(by_id["zim-norm"]["worth"].values()) == pytest.approx(1)
    assert {"id": "zim-moves", "missing": [], "condition": "n ≥ 2, δ L r(n − 1) < 2 c d"} in found["left_out"]
    assert {"id": "zim-bounded-sharp", "missing": ["--G"], "condition": None} in found["left_out"]
    assert re.search(r"Left out, for want of --G: [^.]*\bzim-bounded-sharp\b", out)
    assert re.search(r"Left out, n ≥ 2, δ L r\(n − 1\) < 2 c d holds nowhere: zim-moves,", " ".join(out.split()))
    about = {key: found[key] for key in ("format", "parameters", "exact_parameters", "bounds", "left_out")}
    metadata = pyarrow.read_schema(outputs[2]).metadata
    assert json.loads(metadata[b"convbound"]) == about
    said: dict[str, list[Any]] = {}
    for line in outputs[0].read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name, _, value = line[2:].partition(" ")
            said.setdefault(name, []).append(json.loads(value))
    assert said["format"] == ["convbound-sweep/1"]
    assert said["bounds"] == found["bounds"]
    assert said["exact_parameters"] == [found["exact_parameters"]]


def test_a_pair_that_is_named_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    """R1 and R2 meet where √d δL = √(dδL), at δL = 1."""
    arguments = "compare --bound zim-printed-r1 --bound zim-printed-r2 --L 5 --d 1000 --c 2 --spacing 0.01:100:log"
    code, out, _ = run(capsys, *arguments.split(), "--json")
    assert code == 0
    (crossover,) = json.loads(out)["crossovers"]
    assert {crossover["first"], crossover["second"]} == {"zim-printed-r1", "zim-printed-r2"}
    ((_, low, high),) = crossover["brackets"]
    assert low < 0.2 < high


def test_a_verdict_in_a_sweep_is_that_of_the_point(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {claim: v for claim, v in record.recorded().items() if "@spacing" not in claim and "@c=0" not in claim}
    monkeypatch.setattr(record, "recorded", lambda: bare)
    spaced = sweep([read_axis("0.5:1.5:3", "delta")], L=1, d=100, n=1, c=1)
    assert proved_where(spaced, bound("zim-norm")).tolist() == [False, True, False]
    smoothed = sweep([read_axis("0:1:2", "c")], L=1, d=100, n=1)
    assert proved_where(smoothed, bound("zim-norm")).tolist() == [False, True]
    assert worth_shares(smoothed, bound("zim-norm")) == {"open": 0.5, "valid": 0.5}


def test_an_overflow_is_explicit_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "far.csv"
    arguments = ["compare", "--L", "1e100:1e300:log:5", "--d", "100", "--bound", "rounding", "-o", str(target)]
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    assert json.loads(out)["columns"]["rounding"][-1] == "Infinity"
    rows = data_rows(target)
    assert float(rows[-1]["rounding"]) == math.inf


def test_every_format_holds_the_same_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet")
    outputs = [tmp_path / name for name in ("map.csv", "map.json", "map.parquet")]
    code, _, _ = run(capsys, *MAP, "--n", "1", *(word for path in outputs for word in ("-o", str(path))))
    assert code == 0
    rows = data_rows(outputs[0])
    data = json.loads(outputs[1].read_text(encoding="utf-8"))["columns"]
    table = pyarrow.read_table(outputs[2]).to_pydict()
    assert set(rows[0]) == set(data) == set(table)
    assert len(rows) == 24 * 24
    for name in ("zim-envelope", "zim-printed-r3", "d"):
        assert [float(row[name]) for row in rows] == data[name] == table[name]
    assert [row["smallest:mean-norm"] for row in rows] == data["smallest:mean-norm"] == table["smallest:mean-norm"]
    assert data["zim-moves"] == table["zim-moves"] == [None] * 576
    assert {row["zim-moves"] for row in rows} == {""}


@pytest.mark.parametrize("figure", ["curves", "map"])
@pytest.mark.parametrize("suffix", first(1, ["svg", "png", "pdf"]))
def test_figures_come_out_the_same_every_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str, figure: str
) -> None:
    arguments = {"curves": CURVES, "map": MAP}[figure]
    pytest.importorskip("matplotlib")
    files = [tmp_path / f"{name}.{suffix}" for name in "ab"]
    for path in files:
        assert run(capsys, *arguments, "-o", str(path))[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) > 5_000


def test_the_regime_map_names_its_regions_and_curves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "map.svg"
    run(capsys, *MAP, "-o", str(path))
    picture = path.read_text(encoding="utf-8")
    for words in (
        "every reading impossible",
        "refuted, but not below the lattice minimum",
        "smallest: ZIM, envelope constant (zim-envelope)",
        "smallest: ZIM, whole envelope (zim-whole-envelope)",
        "mean squared gradient norm",
        "c = 1, n = 1, r = 1",
        "+100%",
    ):
        assert words in picture


def test_the_curves_name_their_bounds_and_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "curves.svg"
    run(capsys, *CURVES, "-o", str(path))
    picture = path.read_text(encoding="utf-8")
    for words in (
        "lattice minimum = stochastic rounding",
        "BOLD, assumed",
        "ZIM as printed (R3), refuted, impossible",
        "d = 27.36",
        "relative to the lattice minimum",
    ):
        assert words in picture


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--L", "1", "--d", "10"], "give one or two parameters a range"),
        (["--L", "1:2", "--d", "10:20", "--c", "1:2"], "give one or two parameters a range"),
        (["--d", "10:20"], "--L is needed"),
        (["--L", "-1:1", "--d", "10"], "L must be positive"),
        (["--L", "1:2", "--d", "10", "--r", "0.5:1.5"], "r must be above 0 and at most 1"),
        (["--L", "1:2", "--d", "10", "--c", "1e400"], "--c leaves the range of double precision"),
        (["--L", "1:2", "--d", "10", "--c", "1e-400"], "--c leaves the range of double precision"),
        (["--L", "1:2", "--d", "10", "--G", "0"], "G must be positive"),
        (["--L", "1:2", "--d", "10", "--bound", "nonsense"], "there is no bound 'nonsense'"),
        (["--L", "1:2", "--d", "10", "--bound", "zim-norm"], "zim-norm needs --c"),
        (
            ["--L", "1:2", "--d", "10", "--quantity", "wait"],
            "there is no bound on wait without more parameters:",
        ),
        (["--L", "1", "--d", "1.2:1.4"], "--d counts something: it must run between whole numbers, not 1.2:1.4"),
        (["--L", "1:2", "--d", "10", "--gap", "-1"], "--gap must not be negative, not -1"),
        (["--L", "1:2", "--d", "10", "--quantity", "luck"], "there is no quantity 'luck'"),
        (["--L", "1:2", "--d", "10", "-o", "x.doc"], "must end in one of .csv"),
        (["--L", "1:2", "--d", "10", "-o", "/dev/null/x.csv"], "cannot write '/dev/null/x.csv': not a directory."),
        (["--L", "1:2:log:4000", "--d", "1:1e9:log:4000"], "at most 4000000 are allowed"),
        (["--L", "1:2", "--d", "10:20", "--bound", "rounding", "-o", "x.png"], "there is nothing to map"),
    ],
)
def test_bad_input_is_one_sentence_exit_code_2_and_no_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "compare", *arguments)
    assert code == 2
    assert message in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old", encoding="utf-8")

    def fails(temporary: Path) -> None:
        temporary.write_text("half", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(path, fails)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_matplotlib_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from convbound.checks.cli import main\n"
        f"main({[*CURVES, '-o', str(tmp_path / 'x.png')]!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "convbound: figures need matplotlib: pip install 'convbound[figures]'.\n"


def test_the_catalogue_has_every_bound_the_project_promised() -> None:
    promised = (
        "zim-printed-r1 zim-printed-r2 zim-printed-r3 zim-bounded zim-bounded-sharp zim-norm zim-norm/K zim-envelope "
        "zim-best zim-moves zim-spread lattice-minimum:mean-square rounding prop-4 prop-4-refined sgd bold"
    )
    assert set(promised.split()) <= set(CATALOGUE)


def test_where_nothing_is_about_the_scheme_that_is_studied_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["compare", "--d", "10:1000:3", "--L", "17"])
    out = capsys.readouterr().out
    assert "Nothing here is about ZIM" in out and "for want of --c: zim-printed-r1" in out

"""`convbound bound` as its users meet it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.checks.cli import main
from convbound.checks.compare.table import as_json, as_text, report_bounds
from convbound.checks.parameter_options import known_parameters, read_number

DEFAULTS = {letter: read_number("1", letter) for letter in ("c", "n", "r", "delta", "kappa")}
EXAMPLE = ["bound", "--L", "17", "--d", "79400", "--c", "1"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)
    captured = capsys.readouterr()
    return int(exit_info.value.code or 0), captured.out, captured.err


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    loaded: dict[str, Any] = json.loads(out)
    return loaded


def test_the_example_prints_its_four_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *EXAMPLE)
    assert code == 0
    for number in ("1 431 234.44", "1 369 550.75", "2 699 600.00", "5 736 650.00", "2 465.33", "2 465.20", "2 395.13"):
        assert number in out
    lines = [line.split() for line in out.splitlines()]
    assert [
        word for word in ("impossible", "elsewhere", "minimum", "valid") if any(line[:1] == [word] for line in lines)
    ] == ["impossible", "elsewhere", "minimum", "valid"]
    assert "\x1b" not in out  # not a terminal


def test_the_json_document_has_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, *EXAMPLE, "--G", "2500")
    assert found["format"] == "convbound-bound/1"
    shape = "format parameters exact_parameters recommended left_out bounds admissible_step advice reading"
    assert set(shape.split()) == set(found)
    assert found["recommended"]["mean-norm"] == {"any": "rounding-norm", "zim": "zim-envelope"}
    assert {
        key: value for key, value in next(e for e in found["left_out"] if e["id"] == "rounding/K").items() if value
    } == {"id": "rounding/K", "quantity": "mean-square/K", "missing": ["--alpha", "--gap", "--steps"]}
    (moves,) = (e for e in found["left_out"] if e["id"] == "zim-moves")
    assert (moves["missing"], moves["condition"]) == ([], "n ≥ 2, L r(n − 1) < 2 c d")
    assert found["parameters"]["d"] == 79400
    keys = {"id", "quantity", "value", "enclosure", "formula", "latex", "assumptions", "source", "claim", "verdict"}
    for entry in found["bounds"]:
        assert keys | {"vacuous"} <= set(entry)
        assert entry["enclosure"] is None
        assert entry["claim"].partition(":")[0] in ("discrete-updates", "lattice")
    by_id = {entry["id"]: entry for entry in found["bounds"]}
    assert by_id["zim-printed-r1"]["value"] == pytest.approx(1431234.4362048390, rel=1e-15)
    assert by_id["zim-bounded"]["vacuous"] is True
    assert by_id["lattice-minimum:mean-square"]["vacuous"] is None
    assert found["admissible_step"]["printed R1"]["limit"] is None


def test_digits_enclose_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, *EXAMPLE, "--digits", "30")
    by_id = {entry["id"]: entry for entry in found["bounds"]}
    assert by_id["zim-printed-r1"]["enclosure"] == [
        "1431234.43620483904351005124081",
        "1431234.43620483904351005124082",
    ]
    assert all(entry["enclosure"] is not None for entry in found["bounds"])
    _, out, _ = run(capsys, *EXAMPLE, "--digits", "30")
    assert "[1431234.43620483904351005124081," in out


def test_numbers_are_read_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "bound", "--L", "0.1", "--d", "4e0", "--digits", "40")
    by_id = {entry["id"]: entry for entry in found["bounds"]}
    low, high = by_id["rounding"]["enclosure"]
    assert float(low) <= 0.01 <= float(high)
    assert float(high) - float(low) < 1e-40  # the double nearest to 0.1 is off by 1e-18


def test_beyond_the_range_of_doubles_the_digits_remain(capsys: pytest.CaptureFixture[str]) -> None:
    by_id = {entry["id"]: entry for entry in document(capsys, "bound", "--L", "1e300", "--d", "100")["bounds"]}
    assert by_id["rounding"]["value"] is None
    assert by_id["rounding"]["decimal"] == "2.5E+601"
    _, out, _ = run(capsys, "bound", "--L", "1e300", "--d", "100")
    assert "2.500000e601" in out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--d", "10"], "--L"),
        (["--L", "1"], "--d"),
        (["--L", "0", "--d", "10"], "L must be positive"),
        (["--L", "inf", "--d", "10"], "L must be finite"),
        (["--L", "nan", "--d", "10"], "L must be finite"),
        (["--L", "seventeen", "--d", "10"], "L must be a number"),
        (["--L", "__import__('os')", "--d", "10"], "L must be a number"),
        (["--L", "1e999999999", "--d", "10"], "L must lie between"),
        (["--L", "9" * 5000, "--d", "10"], "L must be a number"),
        (["--L", "1", "--d", "0"], "d must be a whole number"),
        (["--L", "1", "--d", "1.5"], "d must be a whole number"),
        (["--L", "1", "--d", "10", "--r", "1.5"], "r must be above 0"),
        (["--L", "1", "--d", "10", "--r", "0"], "r must be above 0"),
        (["--L", "1", "--d", "10", "--n", "0"], "n must be a whole number"),
        (["--L", "1", "--d", "10", "--c", "-1"], "c must not be negative"),
        (["--L", "1", "--d", "10", "--gap", "abc"], "--gap must be a number"),
        (["--L", "1", "--d", "10", "--gap", "-1"], "--gap must not be negative, not -1"),
        (["--L", "1", "--d", "10", "--spacing", "0"], "--spacing must be positive, not 0"),
        (["--L", "1", "--d", "10", "--steps", "1.5"], "--steps must be a whole number, at least 1, not 1.5"),
        (["--L", "1", "--d", "10", "--target", "1/0"], "--target must be a number, not 1/0"),
        (["--L", "1", "--d", "10", "--r", "1.0000001"], "--r must be above 0 and at most 1, not 1.0000001"),
        (["--L", "1_0", "--d", "10"], "--L must be a number"),
        (["--L", "١", "--d", "10"], "--L must be a number"),
        (["--L", "1", "--d", "10", "--digits", "0"], "digits must lie between"),
        (["--L", "1", "--d", "10", "--digits", "many"], "--digits"),
        (["--L", "1", "--d", "10", "--q", "1"], "--q"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    code, out, err = run(capsys, "bound", *arguments)
    assert code == 2
    assert out == ""
    assert named in err
    assert err.startswith("convbound: ") and err.count("\n") == 1


def test_refuted_bounds_are_struck_through_where_the_terminal_can() -> None:
    report = report_bounds(known_parameters({"L": read_number("17", "L"), "d": read_number("79400", "d"), **DEFAULTS}))
    struck = [line for line in as_text(report, 140).splitlines() if "\x1b[9m" in line]
    assert len(struck) == 3
    assert all("ZIM as printed" in line for line in struck)


def test_no_colour_is_honoured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = run(capsys, *EXAMPLE)
    assert "\x1b" not in out


@pytest.mark.parametrize("width", [20, 80, 100, 140, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    import re

    report = report_bounds(known_parameters({"L": read_number("17", "L"), "d": read_number("79400", "d"), **DEFAULTS}))
    lines = [re.sub(r"\x1b\[\d*m", "", line) for line in as_text(report, width).splitlines()]
    assert max(map(len, lines)) <= max(width, 80)


def test_parameters_beyond_doubles_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "bound", "--L", "1", "--d", "10", "--c", "1e400", "--gap", "1e-400")
    assert found["parameters"]["Delta"] is None
    assert found["parameters"]["c"] is None
    assert Fraction(found["exact_parameters"]["c"]) == 10**400
    assert Fraction(found["exact_parameters"]["Delta"]) == Fraction(1, 10**400)


@pytest.mark.parametrize(
    "text", ["0.1234567890123456789012345", "1/3", "1e300", "17", "2.5e-40", "12345678901234567890"]
)
def test_parameters_are_echoed_exactly(capsys: pytest.CaptureFixture[str], text: str) -> None:
    found = document(capsys, "bound", "--L", text, "--d", "10")
    assert Fraction(found["exact_parameters"]["L"]) == read_number(text, "--L")
    assert found["parameters"]["L"] == pytest.approx(float(Fraction(text)), rel=1e-15)


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120])
def test_no_line_is_cut_in_a_word_or_in_a_number(capsys: pytest.CaptureFixture[str], width: int) -> None:
    """Whatever the width, the words of the wrapped sections are those of a very wide terminal."""
    known = {"L": "17", "d": "79400", "c": "1", "n": "282", "r": "1", "delta": "1", "kappa": "1", "alpha": "0.01"}
    report = report_bounds(known_parameters({letter: read_number(text, letter) for letter, text in known.items()}))

    def words(at: int) -> list[str]:
        text = as_text(report, at).partition("admissible step")[2]
        return [word for line in text.splitlines() for word in line.split()]

    assert words(width) == words(10_000)
    lines = as_text(report, width).splitlines()
    assert not any(re.search(r"\d$", line) and re.match(r"\s*\d", after) for line, after in pairwise(lines))
    assert "the refined proposition allows twice that" in " ".join(words(width))


def test_a_rate_beyond_one_over_L_is_no_rate_for_rounding(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["bound", "--L", "1", "--d", "4", "--gap", "10", "--steps", "10"]
    for alpha, offered in (("1", True), ("1.0000000000000000000000000001", False), ("1.99", False), ("100", False)):
        ids = {entry["id"] for entry in document(capsys, *arguments, "--alpha", alpha)["bounds"]}
        assert ("rounding/K" in ids) is offered
        assert ("rounding" in ids) is offered


def test_huge_shares_are_powers_of_ten(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "bound", "--L", "1e-300", "--d", "100", "--c", "1e300")
    assert "·10⁶⁰" in out and "e601%" not in out and "e301%" not in out


def test_bounds_whose_parameters_are_missing_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "bound", "--L", "17", "--d", "79400")
    ids = {entry["id"] for entry in found["bounds"]}
    assert "rounding" in ids
    assert not any(identifier.startswith("zim") for identifier in ids)
    assert found["admissible_step"] == {}


def test_everything_can_be_given_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    more = "--G 9000 --gap 1000 --steps 1e6 --spacing 1.5 --target 4500 --alpha 0.001 --mu 1 --M 4 --M_G 0 --kappa 2"
    found = document(capsys, *EXAMPLE, *more.split())
    quantities = {entry["quantity"] for entry in found["bounds"]}
    assert {"mean-square/K", "mean-norm/K", "best-iterate/K", "wait", "alignment/K", "mu"} <= quantities


SIZES = st.builds(lambda m, e: Fraction(m) * Fraction(10) ** e, st.integers(1, 99), st.integers(-300, 300))
ANYTHING = {
    "L": SIZES,
    "d": st.integers(1, 10**18).map(Fraction),
    "c": st.none() | st.just(Fraction(0)) | SIZES,
    "n": st.integers(1, 10**9).map(Fraction),
    "r": st.fractions(Fraction(1, 10**9), 1),
    "G": st.none() | SIZES,
    "Delta": st.none() | st.just(Fraction(0)) | SIZES,
    "K": st.none() | st.integers(1, 10**18).map(Fraction),
    "T": st.none() | SIZES,
    "alpha": st.none() | SIZES,
    "mu": st.none() | SIZES,
    "M": st.none() | st.just(Fraction(0)) | SIZES,
    "M_G": st.none() | st.just(Fraction(0)) | SIZES,
    "delta": SIZES,
    "kappa": SIZES,
    "R": st.none() | st.just(Fraction(0)) | SIZES,
    "p": st.none() | st.fractions(Fraction(1, 10**9), 1),
}


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries(ANYTHING), st.none() | st.integers(1, 30))
def test_any_sensible_parameters_get_an_answer(values: dict[str, Fraction | None], digits: int | None) -> None:
    report = report_bounds(known_parameters(values), digits)
    assert as_text(report, 100)
    text = json.dumps(as_json(report), allow_nan=False)
    for entry in json.loads(text)["bounds"]:
        if entry["enclosure"] is not None:
            low, high = map(Decimal, entry["enclosure"])
            value = Decimal(entry["decimal"])
            assert low - abs(low) * Decimal("1e-15") <= value <= high + abs(high) * Decimal("1e-15")


def test_a_cold_process_is_light() -> None:
    """No SymPy, SciPy, NumPy or matplotlib: that is what makes it quick (the benchmark says how quick)."""
    code = (
        "import sys\n"
        "from convbound.checks.cli import main\n"
        "try:\n    main(['bound', '--L', '17', '--d', '79400', '--c', '1'])\n"
        "except SystemExit: pass\n"
        "heavy = [m for m in ('sympy', 'scipy', 'numpy', 'matplotlib', 'mpmath', 'flint') if m in sys.modules]\n"
        "print(heavy, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_without_flint_the_enclosure_comes_from_intervals() -> None:
    without = "import sys; sys.modules['flint'] = None\nfrom convbound.checks.cli import main\n"
    code = f"{without}main({[*EXAMPLE, '--digits', '30']!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "1431234.43620483904351005124082]  by mpmath" in done.stdout


def test_what_one_may_use_stands_first_and_what_is_no_bound_last() -> None:
    report = report_bounds(known_parameters({"L": Fraction(17), "d": Fraction(79400), "c": Fraction(1)}))
    text = click.unstyle(as_text(report, 120))
    order = [
        text.index(x) for x in ("valid       stochastic", "minimum     any", "elsewhere   BOLD", "impossible  ZIM")
    ]
    assert order == sorted(order)

"""`convbound prove`: bounds, claims, certificates and JSON."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from convbound.checks.cli import main

pytest.importorskip("clarabel")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    out, err = capsys.readouterr()
    return int(str(end.value.code)), out, err


def test_a_bound_is_proved_written_and_rechecked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder, data = str(EXAMPLES / "gradient_methods.py"), tmp_path / "c", tmp_path / "r.json"
    code, out, err = run(["prove", file, "-v", "--certificates", str(folder), "--json", str(data)], capsys)
    assert (code, err) == (0, "")
    assert "instance fs = " in out and "coordinate 1: (x" in out and "coordinate 2" not in out
    assert "proved, tight" in out and "-fs + f5 <= 1/18" in out and "1 method: 1 proved, 1 of them tight." in out
    (method,) = json.loads(data.read_text(encoding="utf-8"))["methods"]
    assert (method["bound"], method["attained"], method["instance"]["dimension"]) == ("1/18", "1/18", 1)
    assert sum(Fraction(m["value"]) for m in method["multipliers"] if m["of"] == "initial condition") == Fraction(1, 18)
    code, out, _ = run(["recheck", str(folder)], capsys)
    assert code == 0 and "1 certificate checked, 0 refused" in out


METHODS = """
from convbound.proofs.methods import PEP, ConvexLipschitzFunction

lambda_ = PEP("one step, of 1/√2")
f = lambda_.declare_function(ConvexLipschitzFunction, M=1)
xs, x = f.stationary_point(), lambda_.new_point("lambda")
lambda_.set_initial_condition((x - xs) ** 2 <= 1)
lambda_.set_performance_metric(f(x) - f(xs))
x = x - f.gradient(x) / lambda_.sqrt(2)
lambda_.set_performance_metric(f(x) - f(xs))
"""


def test_what_is_proved_is_written_as_claims_that_verify_proves_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a square root, two metrics and a point whose name is a word of Python."""
    (tmp_path / "m_methods.py").write_text(METHODS, encoding="utf-8")
    file = tmp_path / "m_claims.py"
    code, _, err = run(["prove", str(tmp_path / "m_methods.py"), "--claims", str(file)], capsys)
    assert (code, err) == (0, "")
    code, out, err = run(["verify", str(file)], capsys)
    assert (code, err) == (0, "") and "1 claim: 1 proved." in out
    text = file.read_text(encoding="utf-8")
    assert "sqrt(2)" in text and "# times" in text
    file.write_text(
        text.replace("then = le(t_, (Rational(1, 2)*sqrt(2)))", "then = le(t_, Rational(7, 10))"), encoding="utf-8"
    )
    assert text != file.read_text(encoding="utf-8")
    code, out, _ = run(["verify", str(file)], capsys)
    assert code == 1 and "1 proved" not in out


FAMILY = """
from convbound.proofs.methods import PEP, ConvexFunction, Family, proximal_step

def proximal_point(d):
    problem = PEP("one step")
    f = problem.declare_function(ConvexFunction)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    x, _, value = proximal_step(x, f, d)
    problem.set_performance_metric(value - f(xs))
    return problem

family = Family(proximal_point, lambda d: [d > 0])
"""


def test_a_guess_for_all_parameters_is_a_claim_that_verify_proves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f_methods.py").write_text(FAMILY, encoding="utf-8")
    file, data = tmp_path / "f_claims.py", tmp_path / "f.json"
    arguments = ["prove", str(tmp_path / "f_methods.py"), "--claims", str(file), "--json", str(data)]
    code, out, err = run(arguments, capsys)
    assert (code, err) == (0, "") and "guessed        proximal point: the metric <= 1/(4·d)" in out
    (family,) = json.loads(data.read_text(encoding="utf-8"))["families"]
    assert (family["bound"], family["parameters"]) == ("1/(4*d)", ["d"])
    code, out, err = run(["verify", str(file)], capsys)
    assert (code, err) == (0, "") and "1 claim: 1 proved." in out
    text = file.read_text(encoding="utf-8")
    assert text.count("then = le((4*") == 1
    file.write_text(text.replace("then = le((4*", "then = le((5*"), encoding="utf-8")
    code, out, _ = run(["verify", str(file)], capsys)
    assert code == 1 and "1 proved" not in out


@pytest.mark.long
def test_the_families_of_the_page_are_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "family_claims.py"
    assert run(["prove", str(EXAMPLES / "family_methods.py"), "--claims", str(file)], capsys)[0] == 0
    code, out, _ = run(["verify", str(file)], capsys)
    assert code == 0 and "6 claims: 6 proved." in out


def test_a_claimed_bound_is_refused_by_an_instance(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["prove", str(EXAMPLES / "gradient_methods.py"), "--claim", "1/19"], capsys)
    assert code == 1 and "refuted" in out and "an exact instance has 1/18 > 1/19" in out


def test_without_the_solver_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "clarabel" else find(name, *a))
    code, out, err = run(["prove", str(EXAMPLES / "gradient_methods.py")], capsys)
    assert (code, out) == (2, "")
    assert err == "convbound: proofs about methods need clarabel: pip install 'convbound[methods]'.\n"


def test_an_unbounded_method_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (EXAMPLES / "gradient_methods.py").read_text(encoding="utf-8")
    path = tmp_path / "unbounded_methods.py"
    path.write_text("\n".join(x for x in text.splitlines() if "initial_condition" not in x), encoding="utf-8")
    code, out, err = run(["prove", str(path)], capsys)
    assert (code, out) == (2, "") and "finds no bound" in err and err.count("\n") == 1


SCRIPT = """
from math import sqrt
from PEPit import PEP
from PEPit.functions import SmoothConvexFunction

problem = PEP()
f = problem.declare_function(SmoothConvexFunction, L=3)
xs = f.stationary_point()
x = problem.set_initial_point()
problem.set_initial_condition((x - xs) ** 2 <= 1)
for k in range(2):
    x = x - sqrt(9) / 9 * f.gradient(x) * 1.0
problem.set_performance_metric(f(x) - f(xs))
tau = problem.solve(verbose=0)
print(f"{tau:.3f}")
"""


def test_a_script_for_pepit_is_read_exactly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("PEPit")
    path = tmp_path / "script.py"
    path.write_text(SCRIPT, encoding="utf-8")
    before = {n for n in sys.modules if n.partition(".")[0] == "PEPit"}
    code, out, err = run(["prove", str(path)], capsys)
    assert (code, err) == (0, "")
    assert "proved, tight" in out and "<= 3/10" in out and "those of PEPit" in out and "nan" not in out
    assert {n for n in sys.modules if n.partition(".")[0] == "PEPit"} == before


@pytest.mark.long
def test_the_gallery_is_tight(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "gallery.json"
    code, _, _ = run(["prove", str(EXAMPLES / "gallery_methods.py"), "--json", str(data)], capsys)
    methods = json.loads(data.read_text(encoding="utf-8"))["methods"]
    assert code == 0 and all(m["tight"] for m in methods)
    bounds = [m["bound"] for m in methods]
    assert bounds == ["1/20", "6561/10000", "1/8", "6561/10000", "1/8", "1/2", "10201/14161", "4/9", bounds[8], "4/25"]

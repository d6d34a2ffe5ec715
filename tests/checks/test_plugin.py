"""The pytest plug-in, run by pytest itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from report_samples import EXAMPLE

from shared import first

pytest_plugins = ["pytester"]
WRONG = (
    EXAMPLE.read_text(encoding="utf-8").replace('    expected="refuted",\n', "").replace("gradient-descent", "wrong")
)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An ordinary test, a claim file that holds and one that does not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    pytester.makepyfile(test_ordinary="def test_ordinary():\n    assert True\n")
    (pytester.path / "good_claims.py").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (pytester.path / "wrong_claims.py").write_text(WRONG, encoding="utf-8")
    return pytester


def test_claims_are_collected_beside_tests_and_failures_show_the_counterexample(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--convbound", "-v", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*good_claims.py::one-step PASSED*",
            "*good_claims.py::one-step~corrected PASSED*",
            "*wrong_claims.py::one-step FAILED*",
            "*one-step: refuted, expected proved",
            "counterexample: F(w) = w², L = 2, η = 1, w = 1: left side 1, right side -1",
            "stated in wrong_claims.py, line *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_without_the_option_nothing_is_collected(project: pytest.Pytester) -> None:
    project.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


@pytest.mark.long
def test_it_works_under_xdist(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    result = project.runpytest_subprocess("--convbound", "-n", "2", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*counterexample: F(w) = w²*"])


def test_claims_are_chosen_and_reported_like_tests(project: pytest.Pytester) -> None:
    options = [
        "--convbound",
        "-k",
        "corrected",
        "-p",
        "no:cacheprovider",
        "--junitxml",
        "j.xml",
        "--convbound-no-cache",
    ]
    project.runpytest_subprocess(*options).assert_outcomes(passed=2)
    written = (project.path / "j.xml").read_text(encoding="utf-8")
    assert 'name="verdict" value="proved"' in written
    assert not (project.path / "cache").exists()


def test_methods_are_collected_and_failures_show_the_instance(pytester: pytest.Pytester) -> None:
    pytest.importorskip("clarabel")
    text = (EXAMPLE.parent / "gradient_methods.py").read_text(encoding="utf-8")
    wrong = 'problem.title = "wrong"\nproblem.set_claimed_bound(1 / 20)\n'
    (pytester.path / "good_methods.py").write_text(text, encoding="utf-8")
    (pytester.path / "wrong_methods.py").write_text(text + wrong, encoding="utf-8")
    (pytester.path / "broken_methods.py").write_text("x = 1 / 0\n")
    result = pytester.runpytest_subprocess("--convbound", "-p", "no:cacheprovider", "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, failed=1, errors=1)
    result.stdout.fnmatch_lines(["*an exact instance has 1/18 > 1/20*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_file_that_cannot_be_imported_is_an_error_in_one_sentence(pytester: pytest.Pytester) -> None:
    (pytester.path / "bad_claims.py").write_text("x = 1 / 0\n")
    result = pytester.runpytest_subprocess("--convbound", "-p", "no:cacheprovider")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*cannot be imported: line 1, column 5: ZeroDivisionError: division by zero.*"])
    result.stdout.no_fnmatch_line("*importlib*")


def test_a_claim_is_no_better_than_what_it_rests_on(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    (pytester.path / "chain_claims.py").write_text(
        "from convbound.proofs import Library, Vocabulary, ge\n"
        "library = Library('chain', 'Chain', 'here')\n"
        "v = Vocabulary()\n"
        "a, b = v.reals('a b')\n"
        "both = [ge(a, 1), ge(-a, 0), ge(b, 0)]\n"
        "first = library.claim('first', '1', 'from nonsense', v, suppose=both, then=ge(a + b, 1), expected='vacuous',\n"
        "                      proof=lambda p: p.have(ge(a + b, 1), by=both))\n"
        "library.claim('second', '2', 'rests on it', v, suppose=both, then=ge(a + b, 0), expected='vacuous',\n"
        "              proof=lambda p: p.have(ge(a + b, 0), by=first))\n"
    )
    pytester.runpytest_subprocess("--convbound", "-p", "no:cacheprovider").assert_outcomes(passed=2)


@pytest.mark.parametrize("option", first(1, ["--convbound", ""]))
@pytest.mark.parametrize("how", first(2, ["rootdir", "pythonpath", "module"]))
def test_a_project_with_packages_of_the_same_names_is_left_alone(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, how: str, option: str
) -> None:
    """Its own `checks`, `bounds` and `proofs`, and a suite of its own, which runs and sees its own modules."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    pytester.makeini("[pytest]\npythonpath = ." if how == "pythonpath" else "[pytest]\n")
    (pytester.path / "bounds.py").write_text("HERE = 'own bounds'\n")
    for name in ("checks", "proofs"):
        (pytester.path / name).mkdir()
        (pytester.path / name / "__init__.py").write_text(f"HERE = 'own {name}'\n")
    (pytester.path / "checks" / "test_within.py").write_text("def test_within():\n    pass\n")
    (pytester.path / "checks" / "cli.py").write_text("HERE = 'own cli'\n")
    if how == "rootdir":
        (pytester.path / "conftest.py").write_text("")  # which puts its folder before all others
    pytester.makepyfile(
        test_own="import bounds, checks, proofs\nfrom checks import cli\n"
        "def test_own():\n"
        "    assert [x.HERE for x in (bounds, checks, proofs, cli)] == "
        "['own bounds', 'own checks', 'own proofs', 'own cli']\n"
        "def test_ours():\n"
        "    import convbound.bounds, convbound.checks, convbound.proofs\n"
        "    assert convbound.checks is not checks\n"
    )
    options = [option] if option else []
    if options:
        (pytester.path / "good_claims.py").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    result = pytester.runpytest_subprocess(*options, "-p", "no:cacheprovider")
    result.assert_outcomes(passed=5 if options else 3)


def test_an_ordinary_run_loads_no_engine() -> None:
    code = "import convbound.checks.pytest_plugin, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sympy", "numpy", "proofs", "convbound.proofs.kernel", "jinja2", "click"} & set(loaded)


def test_it_is_announced_to_pytest() -> None:
    from importlib.metadata import entry_points

    (found,) = [e for e in entry_points(group="pytest11") if e.name == "convbound"]
    assert found.value == "convbound.checks.pytest_plugin", "a name that no other project has"
    assert Path(EXAMPLE).name.endswith("_claims.py")

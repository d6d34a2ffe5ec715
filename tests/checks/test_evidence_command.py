"""From evidence to a verdict, through the command: supported, contradicted, and exit code 3."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest
import wrong_engines

from convbound.checks.cli import main
from convbound.checks.evidence import engines
from convbound.checks.evidence.engines import ENGINES
from convbound.checks.simulation.schemes.zim import Zim

Run = Callable[..., tuple[int, str, str]]

# Coins by hand. `claim` registers a claim on E(x) and, for it, draws of a coin with the chance given.
COINS = """
from fractions import Fraction
from convbound.checks.evidence import Case, register
from convbound.proofs import Hypothesis, Library, Vocabulary, eq, ge, gt, le

library = Library({name!r}, "coins", "by hand")
v = Vocabulary()
v.random("outcome")
x, m = v.real("x", over=["outcome"]), v.real("m")
E = v.functional("E", "expectation")


def claim(id, then, chance, **about):
    made = library.claim(id, id, id, v, **{{"suppose": [gt(m, 0)], "then": then, "expected": "supported", **about}})
    p = Fraction(chance)
    draw = lambda rng, size: rng.random(size) < float(p)
    register(made, measures=E(x), instances=[Case("a coin", {{"m": Fraction(1, 2)}}, draw, 0, 1, expectation=p)])
    return made
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `verify` in this process, for claims that no search decides: exit code, standard output, standard error."""
    monkeypatch.setattr(import_module("convbound.proofs.verify"), "search_refutation", lambda *_: None)

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["verify", *[str(a) for a in arguments]])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return runner


def coins(folder: Path, text: str, name: str = "coins") -> Path:
    """A claim file."""
    file = folder / "coin_claims.py"
    file.write_text(COINS.format(name=name) + dedent(text))
    return file


def verdicts(file: Path) -> dict[str, str]:
    return {c["id"]: c["verdict"] for c in json.loads(file.read_text())["claims"]}


@pytest.mark.parametrize("level", ["exact", "montecarlo"])
def test_an_open_claim_is_supported_or_contradicted(run: Run, tmp_path: Path, level: str) -> None:
    text = """
    claim("true", eq(E(x), m), "1/2")
    claim("bound", le(E(x), m), "1/4")
    claim("false", le(E(x), m), "5/8", expected="contradicted")
    claim("assumed", le(E(x), m), "5/8", assumed=True, expected="contradicted")
    """
    file = tmp_path / "run.json"
    code, _, err = run(coins(tmp_path, text), "--level", level, "--json", file)
    assert (code, err) == (0, "")
    expected = {"true": "supported", "bound": "supported", "false": "contradicted", "assumed": "contradicted"}
    assert verdicts(file) == expected
    found = {c["id"]: c for c in json.loads(file.read_text())["claims"]}
    assert found["true"]["evidence"][-1]["level"] == level
    assert ("supported to 2 %" in found["true"]["reason"]) == (level == "montecarlo")


def test_an_unexpected_contradiction_is_exit_code_1(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(coins(tmp_path, 'claim("false", eq(E(x), m), "9/16")'), "--level", "montecarlo")
    assert code == 1
    assert "contradicted" in out
    assert "coins:false is contradicted, expected supported" in " ".join(out.split())


@pytest.mark.parametrize("level", ["exact", "montecarlo"])
def test_a_proof_against_the_world_is_exit_code_3(run: Run, tmp_path: Path, level: str) -> None:
    """The claim is its own hypothesis, so it is proved; the coin breaks it. A loud line, and no verdicts."""
    text = """
    from convbound.proofs import Model
    coin = lambda: Model({"m": 1, "x": lambda at: at["outcome"]}, [(Fraction(1, 2), 0), (Fraction(1, 2), 1)])
    claim("proved", le(E(x), m), "3/5", suppose=[gt(m, 0), le(x, m)], witness=coin, expected="proved",
          proof=lambda p: p.apply(E, le(x, m)))
    """
    file = tmp_path / "run.json"
    code, _, err = run(coins(tmp_path, text), "--level", level, "--json", file)
    assert code == 3
    assert "CONTRADICTION: coins:proved is proved, and contradicted by" in err
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "id"), [("lattice", "t1b/K"), ("lattice", "t1b"), ("discrete-updates", "prop-10/mean")]
)
@pytest.mark.parametrize("level", ["exact", "montecarlo"])
def test_a_library_that_borrows_a_name_inherits_no_evidence(
    run: Run, tmp_path: Path, level: str, name: str, id: str
) -> None:
    """A false claim, and one that is true and proved, under the names of built-in claims."""
    text = f"""
    a, b = v.reals("a b")
    library.claim({id!r}, "s", "false", v, suppose=[gt(a, 0)], then=le(a, b), expected="open")
    library.claim("prop-7/second-moment", "s", "true", v, suppose=[ge(a, 0)], then=ge(a + 1, 1),
                  proof=lambda p: p.have(ge(a + 1, 1), by=ge(a, 0)))
    """
    file = tmp_path / "run.json"
    code, _, err = run(coins(tmp_path, text, name), "--level", level, "--json", file)
    assert (code, err) == (0, "")
    assert verdicts(file) == {id: "open", "prop-7/second-moment": "proved"}
    assert all(c["evidence"] == [] for c in json.loads(file.read_text())["claims"])


@pytest.mark.parametrize("level", ["exact", "montecarlo"])
def test_a_false_mean_under_the_name_of_proposition_10_is_contradicted(run: Run, tmp_path: Path, level: str) -> None:
    """E(y) = 2 n r q, with the instances of the real claim: the number comes from the claim's own conclusion."""
    file = tmp_path / "claims.py"
    file.write_text(
        dedent("""
    from convbound.checks.evidence import register
    from convbound.checks.evidence.subjects.discrete_updates import instances
    from convbound.proofs import Library, eq
    from convbound.proofs.discrete_updates import proposition_10 as counts

    library = Library("discrete-updates", "not the paper", "notes")
    m = counts.m
    for id, factor in (("prop-10/mean", 2), ("right", 1)):
        claim = library.claim(id, "s", "t", m.v, suppose=counts.definition_5, expected="supported",
                              then=eq(m.E(m.y), factor * m.n * m.r * m.q))
        register(claim, measures=m.E(m.y), instances=instances.counts(squared=False))
    """)
    )
    record = tmp_path / "run.json"
    code, _, _ = run(file, "--level", level, "--json", record, "--only", "*", "--no-cache")
    assert code == 1
    assert verdicts(record) == {"prop-10/mean": "contradicted", "right": "supported"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('claim("limit", le(limsup(m, E(x)), 1), "1/2")', "not linear in E[x]"),
        ('claim("other", le(m, 1), "1/2")', "says nothing of E[x]"),
        ('claim("broken", le(E(x), m), "1/2", suppose=[gt(m, 2)])', "hypothesis does not hold there"),
        ('claim("range", eq(E(x), m), "1/2", suppose=[ge(m, 1)])', "hypothesis does not hold there"),
    ],
)
def test_evidence_that_does_not_fit_its_claim_is_the_input_at_fault(
    run: Run, tmp_path: Path, line: str, message: str
) -> None:
    text = f"from convbound.proofs.language.vocabulary import limsup\n{line}\n"
    code, _, err = run(coins(tmp_path, text), "--level", "montecarlo")
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_a_wrong_engine_is_named_and_what_it_drew_is_not_used(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs that are given a wrong engine: exit code 1, its name, and no evidence from it, for or against."""
    pytest.importorskip("numba")
    from dataclasses import replace

    wrong = wrong_engines.ENGINES["n - 1"]
    # engines that draw for the claim: in lock-step below some hundred steps, compiled above
    monkeypatch.setattr(engines, "ENGINES", {"levels": replace(ENGINES["levels"], advance=wrong, schemes=(Zim,))})
    record = tmp_path / "run.json"
    code, out, err = run("lattice", "--only", "t3/i@any/K", "--level", "montecarlo", "--json", record)
    assert code == 1, err
    document = json.loads(record.read_text())
    (engine,) = document["engines"]
    assert (engine["name"], engine["verdict"]) == ("levels", "contradicted")
    assert "levels       contradicted" in out
    (claim,) = document["claims"]
    assert claim["verdict"] == "proved"
    assert [e["verdict"] for e in claim["evidence"]] == ["supported", "open"]
    assert "levels" in claim["evidence"][1]["text"]


def test_engines_stand_in_the_output_and_in_the_document(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "run.json"
    code, out, _ = run("discrete-updates", "--only", "prop-10/mean", "--level", "montecarlo", "--json", record)
    assert code == 0
    assert [e["name"] for e in json.loads(record.read_text())["engines"]] == ["counts"]
    assert "engines   against the definition" in out
    assert "counts       supported" in out
    from convbound.checks.report.document import load_document

    assert load_document(record).engines[0].verdict == "supported"


def test_draws_are_remembered_in_a_checkpoint(run: Run, tmp_path: Path) -> None:
    file = coins(tmp_path, 'claim("true", eq(E(x), m), "1/2")')
    draws = tmp_path / "draws.json"
    assert run(file, "--level", "montecarlo", "--checkpoint", draws)[0] == 0
    assert run(file, "--level", "montecarlo", "--checkpoint", draws, "--budget", "0.000001")[0] == 0
    code, _, err = run(file, "--level", "montecarlo", "--checkpoint", draws, "--seed", "1")
    assert code == 2
    assert "belongs to another run" in err
    coins(tmp_path, 'claim("true", le(E(x), m), "1/2")')
    code, _, err = run(file, "--level", "montecarlo", "--checkpoint", draws)
    assert code == 2
    draws.write_text("{")
    assert run(file, "--level", "montecarlo", "--checkpoint", draws)[0] == 2

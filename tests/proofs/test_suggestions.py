"""What would repair a claim: each suggestion is one, and a claim that nothing repairs gets none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpus_false import FALSE
from corpus_language import a, b, claims, last, r, r_1, v

from convbound.checks.cli import main
from convbound.proofs import Library, ge, gt, le
from convbound.proofs.automatic.suggest import suggestions
from convbound.proofs.claims import Premise
from convbound.proofs.language.vocabulary import Relation

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "descent_claims.py"
REPAIRS = {
    "noise-missing-half": "it holds with ½ L α² σ² in place of ¼ L α² σ²; with (63/128) L α² σ² it is refuted",
    "without-short-step": "it holds if also L α ≤ 1",
    "square-of-sum-without-two": "it holds with 2 a² + 2 b² in place of a² + b²",
    "square-above-without-one": "it holds if also a ≥ 1",
    "compressed-long-step": "it holds if also L α(1 + ω) ≤ 1",
}


SLOW = ("without-short-step", "compressed-long-step")


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.long] if n in SLOW else []) for n in REPAIRS])
def test_what_was_left_out_is_named(name: str) -> None:
    (claim,) = (c for c in claims(FALSE, "refuted") if c.id == f"refuted/{name}")
    assert any(s.startswith(REPAIRS[name]) for s in suggestions(claim))


def found(suppose: list[Relation | Premise], then: Relation) -> list[str]:
    return list(suggestions(Library("mine", "", "").claim("it", "", "", v, suppose=suppose, then=then)))


def test_a_sign() -> None:
    assert "it holds if also b > 0" in found([ge(a, 0)], ge(a + b, a))


def test_the_best_constant_is_found_where_it_is_no_dyadic_multiple() -> None:
    """(a + b)² ≤ 2 (a² + b²), for ¾ of it: the factor is 4/3."""
    (constant,) = [s for s in found([], le((a + b) ** 2, 3 * a**2 / 2 + 3 * b**2 / 2)) if "in place of" in s][-1:]
    assert constant.startswith("it holds with 2 a² + 2 b² in place of")


def test_a_run_that_is_bounded_below() -> None:
    assert "it holds if also last(r) ≥ r_1" in found([], ge(last(r), r_1))


def test_what_cannot_be_repaired_gets_no_suggestion() -> None:
    assert found([], gt(0 * a, 1)) == []
    assert found([Premise("smooth", "", lambda _: True)], le(a, b)) == []


def test_contradictory_hypotheses_are_no_repair() -> None:
    """a ≤ 0 with a ≥ 1 would prove anything."""
    assert not any("a ≤" in s for s in found([ge(a, 1)], le(a, b**2 - b**2)))


def test_the_command_shows_them_and_so_do_document_and_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, reports = tmp_path / "it.json", [tmp_path / f"it.{form}" for form in ("md", "html", "tex")]
    with pytest.raises(SystemExit) as end:
        main(["verify", str(EXAMPLE), "--suggest", "--no-cache", "--json", str(saved)])
    assert end.value.code == 0
    assert "one-step   it holds if also L η ≤ 1." in capsys.readouterr().out
    found = {c["id"]: c["repairs"] for c in json.loads(saved.read_text(encoding="utf-8"))["claims"]}
    assert "it holds if also L η ≤ 1" in found["one-step"]
    assert found["one-step~corrected"] is None  # it is proved, and needs none
    with pytest.raises(SystemExit):
        main(["report", str(saved), *(x for path in reports for x in ("-o", str(path)))])
    assert all("It holds if also" in path.read_text(encoding="utf-8") for path in reports)

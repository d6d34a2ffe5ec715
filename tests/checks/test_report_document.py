"""The document of a run: saved, read back without loss, and refused in one sentence where it is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from report_samples import example, paper, save_document

from convbound.bounds.errors import InputError
from convbound.checks.report.document import FORMAT, Document, load_document
from convbound.checks.run import Settings, run_targets
from convbound.proofs.record import Record


def test_nothing_is_lost_between_writing_and_reading(tmp_path: Path) -> None:
    save_document(tmp_path / "run.json", paper())
    again = load_document(tmp_path / "run.json")
    assert again.json() == paper().json()
    save_document(tmp_path / "again.json", again)
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "run.json").read_bytes()


def test_a_record_keeps_its_derivation_and_its_hypotheses() -> None:
    record = next(r for r in paper().records if r.id == "prop-9")
    again = Record.from_json(json.loads(json.dumps(record.json())))
    assert [x.latex for x in again.lines] == [x.latex for x in record.lines] != []
    assert again.place == record.place
    assert record.place[0].startswith("proofs/discrete_updates/")
    assert {h.label for h in again.assumptions} >= {"(2.2)", "(2.3)"}
    assert [h.used for h in again.assumptions].count(False) == len(record.unused)


def test_a_refutation_carries_its_numbers() -> None:
    record = next(r for r in paper().records if r.id == "prop-11/second-moment")
    found = {x.text: x.value for x in record.counterexample.ingredients}
    assert found["Σ_i q_i²"] == "5/9" and found["n"] == "2"
    assert record.counterexample.left.startswith("20/9") and record.counterexample.right.startswith("28/9")


def test_the_document_names_what_made_it() -> None:
    document = example()
    assert document.versions["python"].count(".") == 2 and "sympy" in document.versions
    assert document.bounds is None  # no bound of the catalogue answers to somebody else's claims
    assert paper().bounds["curves"]["bold"][0] == [10, 340.0]


def test_no_bound_answers_to_a_library_that_only_has_the_name(tmp_path: Path) -> None:
    """Else a report of somebody's open claim `lattice:t1b` shows it beside a bound, as proved."""
    path = tmp_path / "own_claims.py"
    path.write_text(
        "from convbound.proofs import Library, Vocabulary, gt, le\n"
        "library, v = Library('lattice', '', ''), Vocabulary()\n"
        "x, y = v.reals('x y')\n"
        "library.claim('t1b', '', '', v, suppose=[gt(x, 0)], then=le(x, y))\n"
    )
    document = run_targets([str(path)], Settings(use_cache=False))[0]
    assert [r.verdict for r in document.records] != ["proved"] and document.bounds is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "its format is not"),
        (json.dumps({"format": FORMAT}), "is missing"),
        (json.dumps({"format": "convbound-results/99"}), "its format is not"),
        (json.dumps({"format": FORMAT, "targets": 3}), "not what"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason) as problem:
        load_document(path)
    assert "\n" not in str(problem.value)


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        load_document(tmp_path / "none.json")


def test_any_damage_to_a_document_is_an_input_error(tmp_path: Path) -> None:
    """Take each key away, or put nonsense there: an InputError, or a document, never another exception."""
    data = example().json()
    path = tmp_path / "run.json"
    for key in data:
        for value in (None, 7, "x", [], {}, [1]):
            path.write_text(json.dumps({**data, key: value}), encoding="utf-8")
            try:
                assert isinstance(load_document(path), Document)
            except InputError:
                continue

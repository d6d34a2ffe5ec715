"""The front page: what is a root error, a consequence, a slip; and that it is one screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from convbound.checks.report.document import Document
from convbound.checks.report.front import Chapter, front_of
from convbound.checks.report.front_text import LINES, front_text, hint, quiet_text
from convbound.checks.report.github import step_summary
from convbound.checks.report.html import render_html
from convbound.checks.report.latex import render_latex
from convbound.checks.report.markdown import render_markdown
from convbound.checks.report.report_model import Report
from convbound.checks.report.terminal import explanation, paragraph
from convbound.checks.report.wording import value
from convbound.checks.run import Settings, run_targets
from convbound.proofs.claims import Library, Refutation
from convbound.proofs.language.vocabulary import Vocabulary, le
from convbound.proofs.models.model import Model
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify
from shared import command, paper

TRUE, FALSE = "true", "false"


def library(**verdicts: str) -> Library:
    """Claims that are what they are called: x ≤ x + 1, or x ≤ 0, which fails at x = 1."""
    made = Library("notes", "Notes on x", "my notes")
    v = Vocabulary()
    x = v.real("x")
    for name, verdict in verdicts.items():
        stem = name.replace("_at_", "@")
        if verdict == TRUE:
            made.claim(
                stem, f"line {stem}", stem, v, suppose=[], then=le(x, x + 1), proof=lambda p: p.have(le(x, x + 1))
            )
        else:
            against = Refutation(lambda: Model({"x": 1}), f"{stem} forgets that x may be 1")
            made.claim(stem, f"line {stem}", stem, v, suppose=[], then=le(x, 0), expected="refuted", refutation=against)
    return made


def chapter(made: Library, **about: Any) -> Chapter:
    from convbound.checks.report.document import make_document

    prover = Prover()
    records = [verify(claim, prover) for claim in made]
    document = make_document(["notes.py"], [made], records, {}, 0.0)
    assert Document.from_json(document.json()).libraries == document.libraries
    return front_of(document).chapters[0]


def names(findings: Any) -> list[str]:
    return [f.statement.name for f in findings]


def test_an_error_is_a_root_where_a_result_falls_with_it() -> None:
    made = library(a=FALSE, b=FALSE, c=FALSE, d=TRUE)
    a = made.quote("x ≤ 0", "a")
    b = made.quote("so x ≤ 0", "b", uses=[a])
    made.quote("and x ≤ 0", "c", uses=[b, made.quote("x ≤ x + 1", "d")])
    found = chapter(made)
    assert (names(found.roots), names(found.consequences), names(found.slips)) == (["line a"], ["line b", "line c"], [])
    assert names(found.results) == ["line c"] and found.results[0].rests_on == ("line b",)
    assert found.verdict == "line c is false as printed; 1 error brings it down."
    assert [s.name for s in found.holds] == ["line d"]
    assert "(3 statements: 1 root error, 2 consequences)" in found.counts


def test_an_error_that_is_undone_is_a_slip_and_so_is_one_that_nothing_rests_on() -> None:
    made = library(a=FALSE, b=FALSE, c=TRUE, d=FALSE)
    a = made.quote("x ≤ 0", "a")
    b = made.quote("so x ≤ 0", "b", uses=[a])
    made.quote("x ≤ x + 1", "c", uses=[b])
    made.quote("x ≤ 0 again", "d")
    found = chapter(made)
    assert (names(found.roots), names(found.consequences)) == ([], [])
    assert names(found.slips) == ["line a", "line b", "line d"]
    assert found.verdict == "3 statements are false, and no result rests on them."


def test_where_less_is_needed_than_is_printed_no_error_goes_on() -> None:
    made = library(a=FALSE, b=FALSE)
    v = made["a"].vocabulary
    x = v.real("y")
    weaker = made.claim("a~less", "", "", v, suppose=[], then=le(x, x), corrects="a", proof=lambda p: p.have(le(x, x)))
    made.quote("x ≤ 0", "a")
    made.quote("so x ≤ 0", "b", uses=[weaker])
    found = chapter(made)
    assert not found.roots and names(found.slips) == ["line a", "line b"]
    assert found.slips[0].repairs[0].claim == "notes:a~less"


def test_readings_are_one_statement_and_false_only_if_all_are() -> None:
    made = library(a_at_R1=FALSE, a_at_R2=FALSE, b_at_R1=FALSE, b_at_R2=TRUE)
    found = chapter(made)
    assert [(f.statement.id, f.statement.readings) for f in found.slips] == [("a", 2)]
    assert [s.id for s in found.unsettled] == ["b"]


def test_a_quote_names_claims_that_are_there_and_each_once() -> None:
    made = library(a=TRUE, b=TRUE)
    made.quote("x", "a")
    with pytest.raises(ValueError, match="a is quoted already"):
        made.quote("x", "a")
    with pytest.raises(ValueError, match="b states nothing of a quote"):
        made.quote("x", "b", uses=[made["b"]])
    with pytest.raises(ValueError, match="needs a claim"):
        made.quote("x")


def test_the_paper_has_two_root_errors() -> None:
    found = front_of(paper()).chapters[0]
    assert names(found.roots) == ["Proposition 12, proof, first sentence", "Proposition 7, (2.3)"]
    assert names(found.results) == ["Section 3, limit for the ZIM update"]
    assert len(found.consequences) == 4 and len(found.slips) == 7
    assert "Proposition 4" in [s.name for s in found.holds]
    (result,) = found.results
    assert [f.value for f in result.figures] == ["1 431 234", "1 369 551", "20 323"]
    assert {f.minimum for f in result.figures} == {"5 736 650"}
    assert result.repairs[0].claim == "discrete-updates:specialisation/limit~corrected"
    assert result.repairs[0].added == ("‖∇F(w_k)‖₂ ≤ G",)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_page_is_one_screen_and_cuts_no_word(width: int) -> None:
    front = front_of(paper())
    page = click.unstyle(front_text(front, width)) + "\n" + hint(front, paper().targets, width)
    assert len(page.splitlines()) <= LINES and max(map(len, page.splitlines())) <= width
    flat = " ".join(page.split())
    assert "1 431 234" in flat and "5 736 650" in flat and "2 root errors, 4 consequences, 7 slips" in flat
    whole = click.unstyle(front_text(front, 10_000)) + "\n" + hint(front, paper().targets, 10_000)
    marks = ";:,.()[]"
    known = {word.strip(marks) for word in whole.split()}
    assert {word.strip(marks) for word in page.split()} <= known | {"…", "and", "more", "--all"} | set("123456789")


def test_a_page_of_ones_own_claims(tmp_path: Path) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text(
        "from convbound.proofs import Library, Vocabulary, le\n"
        "library, v = Library('own', 'My lemmas', 'notes'), Vocabulary()\n"
        "x = v.real('x')\n"
        "library.claim('up', '', '', v, suppose=[], then=le(x, x + 1), proof=lambda p: p.have(le(x, x + 1)))\n"
        "library.claim('down', '', '', v, suppose=[], then=le(x, x - 1))\n",
        encoding="utf-8",
    )
    document = run_targets([str(path)], Settings())[0]
    front = front_of(document)
    page = click.unstyle(front_text(front))
    assert "What holds: up." in page and "NOT as recorded: own:down is refuted, expected proved." in page
    assert "1 of 2 claims proved, 1 refuted." in page
    assert quiet_text(front).startswith("\x1b") and "own: 2 claims: " in quiet_text(front)


@pytest.mark.parametrize("render", [render_html, render_markdown, render_latex], ids=["html", "md", "tex"])
def test_every_format_of_a_report_begins_with_it(render: Callable[[Report], str]) -> None:
    text = render(Report(paper()))
    place = [
        text.index(x) for x in ("is false as printed; 2 errors bring it down", "1 431 234", "5 736 650", "Slips that")
    ]
    assert place == sorted(place) and place[-1] < len(text) / 4
    assert "What does not hold as stated" not in text, "said once"


def test_the_summary_of_a_step_carries_it() -> None:
    text = step_summary(paper())
    assert "2 errors bring it down" in text and "1 431 234 (R1: √dL read as √d·L)" in text
    row = next(line for line in text.splitlines() if line.startswith("| Proposition 12"))
    assert row.count("|") == 5 and "2 \\> 1" in row and "**if ‖∇F(w\\_k)‖₂ ≤ G** (added)" in row


def test_a_counterexample_is_worked() -> None:
    """Every hypothesis ticked, the parts of the conclusion, both sides, and whose words the words are."""
    record = next(r for r in paper().records if r.id == "prop-7/second-moment")
    text = " ".join(paragraph(record).split())
    assert "✓ all 12 hypotheses hold there, decided exactly." in text
    assert "There n = 2, r = 1, E[‖ḡ‖₂²] = 4, ‖∇F(w_k)‖₂² = 1/4." in text
    assert "Left side 4, right side 5/2: 4 ≤ 5/2 is false." in text and "In the author's words: it needs" in text
    assert sum(line.startswith("✓ suppose") for line in explanation(record).splitlines()) == 12
    held = next(r for r in paper().records if r.id == "prop-9")
    assert "✓" not in explanation(held)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("51/2 ≈ 25.5", "51/2 = 25.5"),
        ("at least 11025/4 ≈ 2756.25 for every K", "at least 11025/4 = 2756.25 for every K"),
        ("20/9 ≈ 2.22222", "20/9 ≈ 2.22222"),
        ("-3/4 ≈ -0.75", "-3/4 = -0.75"),
        ("9/2·√2 ≈ 6.36396", "9/2·√2 ≈ 6.36396"),
        ("4", "4"),
    ],
)
def test_a_decimal_is_equal_where_it_is(text: str, shown: str) -> None:
    assert value(text) == shown


def test_the_headline_names_the_theorem_behind_its_numbers() -> None:
    """At the paper's own parameters: the printed limit, what every lattice point has, and the claim that proves it."""
    (result,) = front_of(paper()).chapters[0].results
    assert result.opposite is not None
    assert result.opposite.claim == "discrete-updates:specialisation/half-integer-floor"
    least = next(r for r in paper().records if r.name == result.opposite.claim)
    assert least.verdict == "proved" and least.title == result.opposite.text
    below = [r for r in paper().records if r.id.startswith("comparison/below-minimum@")]
    assert [r.verdict for r in below] == ["proved"] * 3, "5 736 650 is above the printed limit, by the kernel"
    against = [r.counterexample for r in result.statement.records if r.id.startswith("specialisation/limit@R")][:3]
    assert [(x.left, x.right) for x in against if x] == [
        ("at least 62500 for every K", "52500"),
        ("at least 289 for every K", "68 + 34·√17 ≈ 208.186"),
        ("at least 289 for every K", "102·√2 ≈ 144.25"),
    ]


@pytest.mark.parametrize("wrong", [False, True])
def test_in_ci_only_what_is_not_as_recorded_is_printed(
    wrong: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the summary; the front page, with all that was found, is in the summary of the step."""
    path, summary = tmp_path / "own_claims.py", tmp_path / "summary.md"
    path.write_text(
        "from convbound.proofs import Library, Vocabulary, le\n"
        "library, v = Library('own', 'My lemmas', 'notes'), Vocabulary()\n"
        "x = v.real('x')\n"
        "a = library.claim('up', '', '', v, suppose=[], then=le(x, x + 1), proof=lambda p: p.have(le(x, x + 1)))\n"
        f"b = library.claim('down', '', '', v, suppose=[], then=le(x, {'x - 1' if wrong else 'x'}))\n"
        "library.quote('x ≤ x', 'down', name='Lemma 2', uses=[library.quote('x < x + 1', 'up', name='Lemma 1')])\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    code, printed = command("verify", path, "--no-cache")
    assert code == (1 if wrong else 0)
    assert ("own:down" in printed) is wrong, "the one that is not as recorded, and no other"
    assert "What holds" not in printed and "up" not in printed.split()
    assert "own: 2 claims: " in printed and ("NOT as recorded" if wrong else "All verdicts as recorded.") in printed
    page = summary.read_text(encoding="utf-8")
    assert "own: 2 claims" in page
    if wrong:
        assert "**1 statement is false, and no result rests on it.**" in page and "What holds: Lemma 1." in page
        assert "- Lemma 2 `own:down`: x = 1: 1 \\> 0\n" in page, "the numbers, where no author says anything"
        assert "counterexample: x = 1: left side 1, right side 0" in page and "\n: " not in page
    else:
        assert "**Every claim is proved.**" in page

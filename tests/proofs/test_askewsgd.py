"""The family of quantised training: every verdict as recorded, and what each correction cannot do without."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.libraries import load_library
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify

FAMILY = load_library("askewsgd")


@pytest.fixture(scope="module")
def prover() -> Prover:
    """One for all tests: what is proved is remembered."""
    return Prover()


@pytest.mark.parametrize("claim", list(FAMILY), ids=lambda c: c.id)
def test_every_verdict_is_as_recorded(claim: Claim, prover: Prover) -> None:
    record = verify(claim, prover)
    assert record.verdict == claim.expected, record.reason


@pytest.mark.parametrize("claim", [c for c in FAMILY if any(h.added for h in c.facts)], ids=lambda c: c.id)
def test_no_added_hypothesis_is_idle(claim: Claim) -> None:
    """Without any one of the hypotheses that a correction adds, its derivation does not close."""
    for added in (h for h in claim.facts if h.added):
        rest = tuple(h for h in claim.suppose if h is not added)
        weaker = replace(claim, id=f"{claim.id} without {added.text}", suppose=rest)
        assert verify(weaker, Prover()).verdict != "proved"


def test_every_printed_falsehood_has_an_instance_with_its_numbers() -> None:
    refuted = [c for c in FAMILY if c.expected == "refuted"]
    assert all(c.refutation is not None and c.refutation.model().facts for c in refuted)
    assert len(refuted) >= 25


def test_the_printed_rule_is_refuted_on_the_boundary_alone(prover: Prover) -> None:
    """Where psi < 0 the closed form of print is the true one: only the stratum psi = 0 refutes it."""
    from convbound.proofs.askewsgd import update as chapter
    from convbound.proofs.language.vocabulary import eq, ge, gt, le, lt

    printed = FAMILY["update/closed-form"]
    inside = tuple(h for h in printed.suppose if h is not chapter.active)

    def same_rule(p):  # type: ignore[no-untyped-def]
        low, facts = chapter.low, [*p.resolve(chapter.low), lt(chapter.z, 0)]
        square = [p.have(r(low**2, 1), by=facts, split=[1 - low**2]) for r in (ge, le)]
        known = [p.have(ge(low, 0), by=facts, split=[low]), *square]
        one = p.both(
            eq(low, 1), p.have(ge(low, 1), by=known, split=[1 - low]), p.have(le(low, 1), by=known, split=[1 - low])
        )
        over_g, _, one_of = p.resolve(chapter.top)
        feasible = p.have(ge(chapter.dz * chapter.y + chapter.alpha * chapter.z, 0), by=chapter.competitor.relation)
        rule = p.have(eq(chapter.dz * chapter.s, chapter.top), by=[chapter.printed_rule.relation, one])
        better = (chapter.y + chapter.g) ** 2 - (chapter.s + chapter.g) ** 2
        scaled = p.have(
            ge(chapter.dz**2 * better, 0),
            by=[rule, p.product(feasible, over_g), one_of],
            squares=[chapter.dz * (chapter.y - chapter.s)],
        )
        return p.have(chapter.nearest, by=[scaled, gt(chapter.dz**2, 0)], split=[better])

    values = {"z": -1, "dz": 1, "g": -1, "alpha": 1, "s": 1, "y": 1}
    from convbound.proofs.models.model import Model

    claim = replace(
        printed,
        id="inside",
        suppose=(*inside, Hypothesis(lt(chapter.z, 0), "psi < 0")),
        expected="proved",
        refutation=None,
        proof=same_rule,
        witness=lambda: Model(values),
    )
    record = verify(claim, prover)
    assert record.verdict == "proved", record.reason


def test_the_page_lists_every_item_of_print_and_every_claim() -> None:
    """The table of the page is made from the library; no claim is in no item, and an item without claims has a note."""
    from convbound.proofs.askewsgd.items import ITEMS, claims_of, table

    page = (Path(__file__).resolve().parents[2] / "docs" / "quantised.md").read_text(encoding="utf-8")
    assert table(FAMILY) in page
    assert f"holds {len(list(FAMILY))} statements" in page
    assert {c.id for c in FAMILY} == {name for item in ITEMS for name in claims_of(item, FAMILY)}
    assert all(item.claims or item.note for item in ITEMS)


def test_the_premises_of_the_descent_lemma_refuse_another_objective() -> None:
    """The refutation rests on a Huber loss whose smoothness and values are checked: any change of them is noticed."""
    from convbound.proofs.models.objectives import huber
    from convbound.proofs.statement import unmet

    claim = FAMILY["lemma-6/descent"]
    assert claim.refutation is not None
    model = claim.refutation.model()
    assert unmet(claim, model) is None
    steeper = replace(model, objective=huber(Fraction(1, 3)))
    assert unmet(claim, steeper) == claim.premises[0].text
    for name, wrong in {"L": Fraction(1, 2), "l": 0, "g": Fraction(1, 5), "l_next": 0, "v": 1}.items():
        assert unmet(claim, replace(model, values={**model.values, name: wrong})) is not None


def test_what_is_open_says_why_and_what_is_cited_is_assumed(prover: Prover) -> None:
    undecided = [c for c in FAMILY if c.expected == "open"]
    assert {c.id for c in undecided} == {
        "lemma-8/conclusion",
        "lemma-8/cost",
        "theorem-3/distance",
        "theorem-3/almost-surely",
    }
    assert all(c.note in verify(c, prover).reason for c in undecided)

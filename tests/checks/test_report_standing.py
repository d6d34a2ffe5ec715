"""Standing hypotheses: named once, and no claim is said to suppose what it does not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import paper

from convbound.checks.report.html import render_html
from convbound.checks.report.latex import render_latex
from convbound.checks.report.markdown import render_markdown
from convbound.checks.report.report_model import Report
from convbound.checks.report.standing import standing_of, supposed
from convbound.proofs.record import Assumption

LETTERS = "abcdefg"
CLAIM = paper().records[0]


def assumption(letter: str, *, added: bool = False, used: bool = True) -> Assumption:
    return Assumption("", f"{letter} > 0", f"{letter} > 0", added=added, used=used)


@given(st.lists(st.sets(st.tuples(st.sampled_from(LETTERS), st.booleans(), st.booleans()), max_size=9), max_size=9))
@settings(max_examples=150, deadline=None)
def test_a_claim_names_a_group_only_where_it_supposes_all_of_it(claims: list[set[tuple[str, bool, bool]]]) -> None:
    """Whatever is supposed: together, groups and rest are the claim's own hypotheses, with its own marks, each once."""
    records = []
    for found in claims:
        chosen = {letter: (added, used) for letter, added, used in sorted(found)}
        own = tuple(assumption(letter, added=a, used=u) for letter, (a, u) in chosen.items())
        records.append(replace(CLAIM, assumptions=own))
    standing = standing_of("x", records, "s")
    named: Counter[str] = Counter()
    for record in records:
        arranged = supposed(record, standing)
        shown = [a for _, held in arranged.groups for a in held] + list(arranged.own)
        assert sorted(shown, key=str) == sorted(record.assumptions, key=str)
        assert all(a in arranged.own for a in record.added), "what is added to a source stands at its claim"
        for group, held in arranged.groups:
            named[group.name] += 1
            assert [a.text for a in held] == [a.text for a in group.assumptions]
    assert named == Counter({group.name: group.claims for group in standing}), "as many claims as are said to"


def test_what_one_claim_lacks_is_not_said_of_it() -> None:
    whole = replace(CLAIM, assumptions=tuple(assumption(x) for x in "abcd"))
    (group,) = standing_of("x", [whole, whole, whole], "s")
    assert group.claims == 3 and len(group.assumptions) == 4
    for lacking in range(4):
        rest = whole.assumptions[:lacking] + whole.assumptions[lacking + 1 :]
        assert supposed(replace(whole, assumptions=rest), (group,)).groups == ()
    marked = replace(whole, assumptions=(*whole.assumptions[:3], assumption("d", added=True)))
    assert supposed(marked, (group,)).own == marked.assumptions
    assert standing_of("x", [whole, whole], "s") == (), "two claims are not many"


def test_the_reports_lose_no_hypothesis() -> None:
    report = Report(paper())
    (groups,) = report.standing.values()
    before = sum(len(v.record.assumptions) for v in report.views)
    after = sum(len(v.supposed.own) + len(v.supposed.groups) for v in report.views)
    assert after < before / 2, "what every claim repeated is what a reader no longer reads"
    page = render_html(report)
    for view in report.views:
        card = re.search(rf'<article [^>]*id="{re.escape(view.anchor)}".*?</article>', page, re.S)
        assert card is not None
        lists = re.findall(r'<ul class="hypotheses">(.*?)</ul>', card[0], re.S)
        assert sum(x.count("<li") for x in lists) == len(view.record.assumptions) + (
            len(view.record.definitions) if view.record.assumptions or view.record.declarations else 0
        )
        unused = sum(x.count("<span>not used</span>") for x in lists)
        assert unused == len(view.record.unused)
    assert {g.anchor for g in groups} <= set(re.findall(r'href="#(standing-[^"]+)"', page))
    for text in (render_markdown(report), render_latex(report)):
        assert all(text.count(g.anchor) == g.claims + 1 for g in groups), "named by each of its claims, and once made"

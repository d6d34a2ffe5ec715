"""A source's own argument: the arrows are the library's, red ones lead from root errors, and boxes stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.checks.report.argument import (
    CONSEQUENCE,
    HOLDS,
    NARROW,
    ROOT,
    SLIP,
    WIDE,
    Argument,
    Printed,
    Shape,
    draw,
)
from convbound.checks.report.document import Use
from convbound.checks.report.front import front_of
from convbound.checks.report.html import render_html
from convbound.checks.report.latex import argument_picture
from convbound.checks.report.markdown import argument_mermaid
from convbound.checks.report.report_model import Report
from convbound.proofs.libraries import load_library
from shared import examples, paper


def of_the_paper() -> Argument:
    return front_of(paper()).chapters[0].argument


def test_the_arrows_are_what_the_library_says() -> None:
    quotes = load_library("discrete-updates").quotes
    said = {(used.name, quote.name, claim.name if claim else None) for quote in quotes for used, claim in quote.uses}
    found = of_the_paper()
    names = [s.name for s in found.statements]
    assert names == [q.name for q in quotes]
    assert {(names[x.used], names[x.user], x.weaker) for x in found.links} == said
    drawn = draw(found)
    assert [link for link, _ in drawn.arrows] == list(found.links)
    assert [box.number for box in drawn.boxes] == list(range(len(quotes)))


def test_red_flows_from_the_root_errors_of_the_paper_to_its_result() -> None:
    found = of_the_paper()
    name = [s.name for s in found.statements]
    assert {(name[x.used], name[x.user]) for x in found.links if x.red} == {
        ("Proposition 12, proof, first sentence", "Proposition 12, proof, line 4"),
        ("Proposition 12, proof, line 4", "Proposition 12"),
        ("Proposition 12", "Proposition 7, (2.2)"),
        ("Proposition 7, (2.2)", "Section 3, limit for the ZIM update"),
        ("Proposition 7, (2.3)", "Section 3, limit for the ZIM update"),
    }


@st.composite
def arguments(draw: st.DrawFn) -> Argument:
    """Statements that hold or not, each derived from some before it, at times from a weaker claim alone."""
    size = draw(st.integers(1, 9))
    statements = []
    for n in range(size):
        used = draw(st.lists(st.integers(0, n - 1), unique=True, max_size=3)) if n else []
        weaker = [draw(st.sampled_from([None, None, "weak"])) for _ in used]
        uses = tuple(Use(k, claim) for k, claim in zip(used, weaker, strict=True))
        verdicts = tuple(draw(st.lists(st.sampled_from(["proved", "refuted", "open"]), max_size=2)))
        name = f"Proposition {n}, proof, line {n}"
        statements.append(Printed(name, "", tuple(f"l:{n}@R{k}" for k in range(len(verdicts))), verdicts, uses))
    return Argument(statements, {"weak"} if draw(st.booleans()) else set())


@given(arguments())
@settings(max_examples=examples(60), deadline=None)
def test_what_falls_is_reached_by_red_arrows_and_nothing_else_is(found: Argument) -> None:
    red = [(x.used, x.user) for x in found.links if x.red]
    reached = set(found.of(ROOT))
    for _ in found.statements:
        reached |= {user for used, user in red if used in reached}
    assert reached == set(found.of(ROOT)) | set(found.of(CONSEQUENCE))
    assert {user for _, user in red} <= set(found.of(CONSEQUENCE))
    assert all(found.statements[n].wrong for n in (*found.of(ROOT), *found.of(CONSEQUENCE), *found.of(SLIP)))
    assert all(found.statements[n].holds for n in found.of(HOLDS))


@given(arguments(), st.sampled_from([WIDE, NARROW]))
@settings(max_examples=examples(40), deadline=None)
def test_boxes_stand_apart_and_arrows_lead_down_past_them(found: Argument, shape: Shape) -> None:
    stand_apart(found, shape)


@pytest.mark.parametrize(("shape", "room"), [(WIDE, 1000), (NARROW, 358)], ids=["desk", "phone"])
def test_the_argument_of_the_paper_fits_the_screen(shape: Shape, room: int) -> None:
    found = of_the_paper()
    stand_apart(found, shape)
    assert draw(found, shape).width + 12 <= room


def stand_apart(found: Argument, shape: Shape) -> None:
    drawn = draw(found, shape)
    wide, high = drawn.box
    for a, b in combinations(drawn.boxes, 2):
        assert abs(a.y - b.y) >= high or abs(a.x - b.x) >= wide
    assert all(b.x >= 0 and b.x + wide <= drawn.width + 1e-6 and b.y + high <= drawn.height for b in drawn.boxes)
    for link, route in drawn.arrows:
        above, below = drawn.boxes[link.used], drawn.boxes[link.user]
        assert route[0] == (pytest.approx(above.x + wide / 2), above.y + high)
        assert route[-1] == (pytest.approx(below.x + wide / 2), below.y)
        assert [y for _, y in route] == sorted(y for _, y in route)
        for x, y in route[1:-1]:
            assert not any(b.x < x < b.x + wide and b.y < y < b.y + high for b in drawn.boxes)
            assert not any(b.x < x < b.x + wide and b.y in (y, y - high) for b in drawn.boxes)


def marked(lines: Sequence[str], pattern: str) -> list[tuple[str, ...]]:
    return [m.groups() for m in (re.match(pattern, x) for x in lines) if m]


def test_every_format_has_its_arrows_and_its_links() -> None:
    report, found = Report(paper()), of_the_paper()
    anchors = {v.name: v.anchor for v in report.views}
    first = [anchors[s.claims[0]] for s in found.statements]
    lines = argument_mermaid(found, lambda claim: anchors[claim]).splitlines()
    drawn = [(int(a), int(b)) for a, b in marked(lines, r"  s(\d+) -\.?-> s(\d+)$")]
    assert drawn == [(x.used, x.user) for x in found.links]
    (red,) = marked(lines, r"  linkStyle ([\d,]+) stroke:")[0]
    assert [int(k) for k in red.split(",")] == [k for k, x in enumerate(found.links) if x.red]
    assert [a for _, a in marked(lines, r'  click s(\d+) href "#([^"]+)"')] == first
    tikz = argument_picture(found, lambda claim: anchors[claim]).splitlines()
    assert sum(x.startswith(r"\draw[refuted,very thick,->]") for x in tikz) == sum(x.red for x in found.links)
    assert sum(x.startswith(r"\draw") for x in tikz) == len(found.links)
    assert re.findall(r"\\hyperlink\{([^}]+)\}", "\n".join(tikz)) == first
    page = render_html(report)
    figure = page[page.index('<figure class="argument">') :]
    figure = figure[: figure.index("</figure>")]
    assert re.findall(r'<a href="#([^"]+)"', figure) == first * 2, "once for a desk, once for a phone"
    assert set(first) <= set(re.findall(r' id="([^"]+)"', page))
    for opening, inside in re.findall(r'<a [^>]*aria-label="([^:"]+)[^>]*>(.*?)</a>', figure):
        seen = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", inside))[1:]
        assert opening.startswith(seen.removesuffix(" …")), "what is read aloud begins with what is seen"
    legend = figure[figure.index("<figcaption>") :]
    assert all(x in legend for x in ("root error", "falls with it", "slip", "holds", "brings down", "needs less"))

"""The arrangement of a report: statuses, links, reasons, and the graph."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from report_samples import paper

from convbound.checks.report.figures import curves_figure, evidence_figure, graph_figure
from convbound.checks.report.graph import HEIGHT, Graph, lay_out, uses
from convbound.checks.report.report_model import Report, name_of
from convbound.proofs.record import Evidence


def test_a_claim_has_the_status_of_the_weakest_that_it_rests_on() -> None:
    document = paper()
    records = tuple(replace(r, verdict="assumed") if r.id == "prop-8/by-definition-1" else r for r in document.records)
    report = Report(replace(document, records=records))
    assert report.statuses["discrete-updates:prop-4"] == "assumed"  # through ten others
    assert report.statuses["discrete-updates:prop-10/mean"] == "proved"
    assert report.statuses["discrete-updates:prop-12/alignment@R1"] == "refuted"
    assert Report(document).statuses["discrete-updates:prop-4"] == "proved"


def test_the_steps_of_proposition_9_are_the_displayed_lines_of_the_paper() -> None:
    steps = Report(paper()).by_name["discrete-updates:prop-9"].steps
    assert [s.continued for s in steps] == [False, True, True]
    claims = ["prop-8", "prop-9/by-assumption-3", "prop-9/collected"]
    assert [s.reasons[0].text for s in steps] == claims
    assert all(s.reasons[0].kind == "claim" for s in steps)
    assert [s.line.sides[1] for s in steps] == [r"\le", r"\le", "="]


def test_reasons_point_to_earlier_steps() -> None:
    for view in Report(paper()).views:
        for step in view.steps:
            for reason in step.reasons:
                if reason.kind == "step":
                    assert 1 <= int(reason.target) < step.number


def test_corrections_are_linked_both_ways() -> None:
    report = Report(paper())
    wrong = report.by_name["discrete-updates:prop-4/telescoping-line"]
    (right,) = wrong.corrected_by
    assert right.corrects is wrong and right.record.verdict == "proved"


def test_every_claim_stands_under_one_item_and_anchors_are_unique() -> None:
    report = Report(paper())
    assert sorted(v.name for item in report.items for v in item.views) == sorted(v.name for v in report.views)
    anchors = [v.anchor for v in report.views] + [item.anchor for item in report.items]
    assert len(set(anchors)) == len(anchors)


def reaches(graph: Graph) -> dict[str, set[str]]:
    """Claim: all that it reaches upwards along the drawn arrows."""
    above: dict[str, set[str]] = {}
    for _ in range(len(graph.nodes)):
        for a, b in ((edge.above, edge.below) for edge in graph.edges):
            up = above.setdefault(b.view.name, set())
            up |= {a.view.name} | above.get(a.view.name, set())
    return above


def test_the_graph_shows_every_claim_once_and_all_that_proofs_used() -> None:
    report = Report(paper())
    graph = lay_out(report)
    assert sorted(n.view.name for n in graph.nodes) == sorted(name_of(r) for r in paper().records)
    above = reaches(graph)
    for record in paper().records:
        assert set(record.rests_on) <= above.get(name_of(record), set())
    drawn = {(edge.above.view.name, edge.below.view.name) for edge in graph.edges}
    assert drawn == {(m, n) for n, used in uses(report).items() for m in used}
    assert all(a in report.by_name[b].rests_on for a, b in drawn)


def test_boxes_do_not_overlap_and_arrows_run_downwards() -> None:
    graph = lay_out(Report(paper()))
    for edge in graph.edges:
        assert edge.above.y + HEIGHT <= edge.below.y
    boxes = sorted(graph.nodes, key=lambda n: (n.y, n.x))
    for a, b in pairwise(boxes):
        assert a.y != b.y or a.x + a.width <= b.x + 1e-6
    assert all(n.x >= 0 and n.x + n.width <= graph.width + 1e-6 for n in graph.nodes)


def compared(estimate: float, interval: tuple[float, float], claimed: float) -> Evidence:
    return Evidence("c", "exact", "supported", "<=", estimate, interval, claimed, 1, 0, 0.0, 0, "", "")


def test_figures_hold_their_numbers_in_words() -> None:
    picture = evidence_figure(compared(2.5, (2.25, 2.75), 3.0))
    assert 'aria-label="estimate 2.5, interval 2.25 to 2.75, claimed 3"' in picture
    assert "nan" not in picture
    flat = evidence_figure(compared(1.0, (1.0, 1.0), 1.0))
    assert "nan" not in flat and "inf" not in flat
    assert "nan" not in evidence_figure(compared(1.0, (0.5, float("inf")), 2.0))
    found = paper().bounds
    mean_square = [e for e in found["bounds"] if e["quantity"] == "mean-square"]
    assert curves_figure(mean_square, found["curves"]).count('class="curve') == len(mean_square)
    assert graph_figure(lay_out(Report(paper()))).count("<rect") == len(paper().records)

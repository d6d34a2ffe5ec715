"""Figures of experiments: well-formed, on light pages and dark ones, and what they draw stands where it should."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from convbound.checks.experiments.figures import Beside, Curve, Panel, beside, figure

SVG = "{http://www.w3.org/2000/svg}"


def test_curves() -> None:
    curves = [Curve("a < b", [10.0, 60.0, 70.0, 90.0], [1.0] * 4), Curve("c", [20.0, 50.0, 80.0, 85.0], [2.0] * 4)]
    page = ElementTree.fromstring(figure("Accuracy & more", "epoch", [Panel("one", curves), Panel("two", curves[:1])]))
    texts = [t.text for t in page.iter(f"{SVG}text")]
    assert {"Accuracy & more", "one", "two", "a < b", "c", "epoch"} <= set(texts)
    assert sum("band" in (p.get("class") or "") for p in page.iter(f"{SVG}path")) == 3
    style = page.find(f"{SVG}style")
    assert style is not None and "prefers-color-scheme:dark" in (style.text or "")


def test_printed_beside_measured() -> None:
    """On a logarithmic axis; what diverged is left out."""
    rows = [Beside("r", 0.1, [(1.0, 0.1), (math.nan, 1.0)]), Beside("s", 10.0, [(0.1, 0.5), (math.inf, 1.0)])]
    text = beside("Table", ["first", "second"], rows)
    page = ElementTree.fromstring(text)
    dots = [float(c.get("cx") or 0) for c in page.iter(f"{SVG}circle")]
    marks = [float(x) for x in re.findall(r'class="printed" d="M([0-9.]+) ', text)][:2]
    assert len(dots) == 2
    assert dots[1] == marks[0] and abs((dots[0] - marks[0]) - (marks[1] - dots[0])) <= 0.2, (
        "1 is halfway from 0.1 to 10"
    )


def test_a_narrow_range_has_ticks() -> None:
    page = ElementTree.fromstring(beside("Table", ["first"], [Beside("r", 0.52, [(0.48, 0.02)])]))
    ticks = [t.text or "" for t in page.iter(f"{SVG}text") if re.fullmatch(r"[0-9.]+", t.text or "")]
    assert ticks == ["0.45", "0.5", "0.55"]

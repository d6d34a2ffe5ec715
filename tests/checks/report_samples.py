"""What the tests of reports share: the paper verified once in a run, and a file of claims with all kinds of text."""

from __future__ import annotations

from pathlib import Path

from convbound.checks.report.document import Document, render_json
from convbound.checks.run import Settings, run_targets
from shared import paper as paper

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "descent_claims.py"
HOSTILE = """
from fractions import Fraction
from convbound.proofs import Hypothesis, Library, Model, Refutation, Vocabulary, ge, gt
library = Library("hostile", "A & B <script>alert(1)</script> 100% #1 $x$ _y_", "naïve \\\\input{x} {{ 7*7 }} «ж» 中")
v = Vocabulary()
a = v.real("a", "an <b>amount</b> & more", latex=r"\\\\alpha_{x}")
library.claim("x/<b>&\\"'|`*_", "Item <i>1</i> | `2`", "title with *stars*, _lines_, $5 & 10% <br>", v,
              suppose=[Hypothesis(gt(a, 0), "a & <u>b</u> ☃ w_{k+1}")], then=ge(a, 1), expected="refuted",
              refutation=Refutation(lambda: Model({"a": Fraction(1, 2)}, facts="a = ½ & <b>"),
                                    "it is <em>not</em> 1 | ∰"))
library.claim("x/plain", "Item 2", "wrongly expected", v, suppose=[gt(a, 0)], then=ge(a, 0), expected="refuted",
              note="a note with `code` & \\\\LaTeX", proof=lambda p: p.have(ge(a, 0)))
"""


def save_document(path: Path, document: Document) -> None:
    """Write a document where a test reads it."""
    path.write_text(render_json(document), encoding="utf-8")


def example() -> Document:
    """The document of the example in docs."""
    return run_targets([str(EXAMPLE)], Settings(use_cache=False))[0]


def hostile(folder: Path) -> Document:
    """The document of claims whose texts try to be markup."""
    path = folder / "hostile_claims.py"
    path.write_text(HOSTILE, encoding="utf-8")
    return run_targets([str(path)], Settings(use_cache=False))[0]

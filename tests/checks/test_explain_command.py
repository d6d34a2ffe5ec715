"""`convbound explain`: one claim, as it is verified, under either of its names."""

from __future__ import annotations

import pytest
from report_samples import EXAMPLE

from shared import command


@pytest.mark.parametrize(
    ("name", "library"), [("prop-9/collected", ""), ("discrete-updates:prop-9/collected", ""), ("t2/lower", "lattice")]
)
def test_a_claim_is_found_by_either_name(name: str, library: str) -> None:
    code, out = command("explain", name, *([library] if library else []))
    assert code == 0 and out.startswith(f"{name.rpartition(':')[2]}   proved   ")
    assert "then     " in out and "certificate  " in out


def test_of_a_refuted_claim_it_says_what_holds_instead() -> None:
    code, out = command("explain", "prop-11/second-moment")
    assert code == 0, "shown, whatever the verdict"
    assert "does not follow" in out and "20/9" in out
    assert "What holds instead: prop-11/second-moment~corrected" in out


def test_a_claim_of_somebodys_file() -> None:
    code, out = command("explain", "one-step~corrected", EXAMPLE)
    assert code == 0 and out.startswith("one-step~corrected   proved   ")

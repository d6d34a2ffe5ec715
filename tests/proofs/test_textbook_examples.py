"""The example files in the words of a paper: verdicts as expected, with no proof, witness or instance by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from convbound.checks.commands.init_command import TEXT
from convbound.checks.targets import load_claims
from convbound.proofs.prover import Prover
from convbound.proofs.textbook import Paper, norm2, positive, vectors
from convbound.proofs.verify import Judge

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = {
    "sgd_claims.py": ["proved", "proved"],
    "false_claims.py": ["refuted"] * 4,
    "repaired_claims.py": ["refuted", "proved"],
    "compressor_claims.py": ["proved", "proved"],
}


def verdicts(path: Path) -> list[str]:
    (library,) = load_claims(path)
    judge = Judge(Prover())
    assert all(c.proof is c.witness is c.refutation is None for c in library)
    return [judge.verdict(claim).verdict for claim in library]


LONG = "compressor_claims.py"  # which `pytest --convbound docs/examples` verifies, too


@pytest.mark.parametrize("file", [pytest.param(f, marks=[pytest.mark.long] * (f == LONG)) for f in FILES])
def test_an_example_says_what_it_says(file: str) -> None:
    assert verdicts(EXAMPLES / file) == FILES[file]


def test_examples_are_as_short_as_they_claim_to_be() -> None:
    """SGD in under twenty lines, without counting what stands at the top of every file."""
    for file, most in (("sgd_claims.py", 19), ("compressor_claims.py", 22)):
        assert len((EXAMPLES / file).read_text(encoding="utf-8").splitlines()) <= most


def test_the_file_to_begin_with_says_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "my_claims.py"
    path.write_text(TEXT.format(name="my_claims.py"), encoding="utf-8")
    assert verdicts(path) == ["proved", "refuted"]


def test_a_square_that_is_written_is_seen() -> None:
    """Multiplied out, it is a form in three products of symbols and a quotient."""
    delta, alpha = positive("delta alpha")
    x, y = vectors("x y")
    own = Paper("own", "here")
    square = own.line("square", [delta < 1], norm2(x - 2 * (1 - delta) / delta * alpha * y) >= 0)
    bound = (1 - delta / 2) * norm2(x) + 2 * (1 - delta) / delta * alpha**2 * norm2(y)
    young = own.line("young", [delta < 1], (1 - delta) * norm2(x + alpha * y) <= bound, uses=[square])
    judge = Judge(Prover())
    assert [judge.verdict(claim).verdict for claim in (square, young)] == ["proved", "proved"]


LINEAR_RATE = """\
from convbound.textbook import *

paper = Paper("linear-rate", "Karimi, Nutini & Schmidt 2016, Theorem 4")
L, alpha, mu, sigma = positive("L alpha mu sigma")
F_1, F_inf = constants("F_1 F_inf")
F, g, h = known("F"), known_vector("g", "∇F(x_k)"), drawn_vector("h", "the stochastic gradient")

sgd = [*smooth(F, L, step=-alpha * h), E_k(h) == g, E_k(norm2(h)) <= sigma**2, first(F) == F_1, F_1 >= F_inf]
pl, short = "PL" | (norm2(g) / 2 >= mu * (F - F_inf)), "short step" | (2 * mu * alpha <= 1)
floor = L * alpha * sigma**2 / (4 * mu)
q = 1 - 2 * mu * alpha
step = paper.lemma("step", [*sgd, pl], E_k(next(F)) - F_inf <= q * (F - F_inf) + L * alpha**2 * sigma**2 / 2)
paper.theorem("rate", [*sgd, pl, short], E(last(F)) - F_inf <= q**K * (F_1 - F_inf) + floor, uses=[step])
wrong = {"long-step": ([pl], q, floor), "twice": ([pl, short], 1 - 4 * mu * alpha, floor), "no-PL": ([short], q, floor)}
wrong["not-squared"] = ([pl, short], q, floor / sigma)
for name, (more, rate, rest) in wrong.items():
    paper.theorem(name, [*sgd, *more], E(last(F)) - F_inf <= rate**K * (F_1 - F_inf) + rest, expected="refuted")
"""


@pytest.mark.long
def test_a_linear_rate_to_a_floor_and_four_ways_to_get_it_wrong(tmp_path: Path) -> None:
    path = tmp_path / "rate_claims.py"
    path.write_text(LINEAR_RATE, encoding="utf-8")
    assert verdicts(path) == ["proved"] * 2 + ["refuted"] * 4

"""What a scheme of your own claims of its moments, as claims that the kernel proves.

From `law(g)`, evaluated on symbols, and from what the class says follows from it: `moments(g)`, the mean and the second
moment of a coordinate's move in closed form, and `constants(d)`, with which (2.2) and (2.3) of arXiv 2512.04051 hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import fields
from typing import Any

import sympy

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.simulation.schemes.coordinate import (
    NATURAL,
    NONNEGATIVE,
    POSITIVE,
    PROBABILITY,
    SHARE,
    CoordinateScheme,
)
from convbound.proofs.derivation.derivation import Derivation, Fact, ProofError
from convbound.proofs.textbook import E_k, MisuseError, Paper, Stated, Term, constants, drawn, integers, sign

SLOPE, MOVE = "g", "u"
# Hypotheses on what `floor` made up, while a law is evaluated on symbols.
_FLOORS: ContextVar[list[Stated] | None] = ContextVar("floors", default=None)


def symbolic_floor(x: Term) -> Term:
    """An integer m with m <= x <= m + 1, which is all that is used of the floor.

    Raises:
        InputError: outside of `claims_of`.
    """
    found = _FLOORS.get()
    if found is None:
        raise InputError("floor of a symbol means something only while the claims of a scheme are made.")
    m: Term = integers(f"m_{len(found) // 2 + 1}")
    found += [m <= x, x <= m + 1]
    return m


def claims_of(scheme: type[CoordinateScheme]) -> Paper:
    """The claims of a scheme of your own, for a claim file: `paper = claims_of(Ternary)`.

    They are: the mean and the second moment of a coordinate's move, where the class has `moments(g)`; and, where it has
    `constants(d)`, that g E[move] >= mu alpha g^2 and E[move^2] <= alpha M + alpha^2 M_G g^2 for each coordinate, with
    the constants at d = 1, so that (2.2) and (2.3) follow by adding up. Supposed is that the parameters are in their
    domains, and that the law at that slope is one.

    Where the class has no law, its moments are `assumed`, as stated, and the other two are claims about these formulas.

    Raises:
        InputError: the class has no law and no moments, claims nothing, or its formulas are none on symbols.
    """
    if not scheme.has("law") and not scheme.has("moments"):
        raise InputError(
            f"{scheme.title} has a sampler alone, from which nothing follows: add moments(self, g), or law(self, g)."
        )
    token = _FLOORS.set([])
    try:
        return _claims(scheme)
    except (MisuseError, TypeError) as problem:
        raise InputError(f"{scheme.title}: its formulas cannot be read on symbols: {problem}.") from None
    finally:
        _FLOORS.reset(token)


def _claims(scheme: type[CoordinateScheme]) -> Paper:
    g: Term = constants(SLOPE)
    symbolic, given = _on_symbols(scheme)
    if not scheme.has("law"):
        return _stated(scheme, symbolic, given, g)
    law = symbolic.law(g)
    given += _FLOORS.get() or []
    total: Number = 0
    mean: Number = 0
    second: Number = 0
    for move, chance in law:
        mean, second, total = mean + move * chance, second + move * move * chance, total + chance
        if isinstance(chance, Term) and chance.expr.free_symbols:
            given.append("a probability" | (chance >= 0))
    if isinstance(total, Term) and total.expr.free_symbols:
        given.append("a probability" | (total <= 1))
    paper = Paper(_name(scheme), f"the law of {scheme.title}")
    left_over = [x.right.expr - x.left.expr for x in (_FLOORS.get() or [])[::2]]
    proof = _by_squares([left_over, [x.expr for _, x in law if isinstance(x, Term)]], sign(g).expr)
    said = False
    if scheme.has("moments"):
        claimed_mean, claimed_second = symbolic.moments(g)
        paper.lemma("mean", given, mean == claimed_mean, title="the mean of a coordinate's move")
        paper.lemma("second-moment", given, second == claimed_second, title="its second moment")
        said = True
    said |= _with_constants(paper, symbolic.constants(1), given, (mean, second), proof)
    if not said:
        raise InputError(f"{scheme.title} claims nothing of its law: write moments(self, g) or constants(self, d).")
    return paper


def _stated(scheme: type[CoordinateScheme], symbolic: Any, given: list[Stated], g: Term) -> Paper:
    """Without a law: the moments are taken as stated, and what follows is about their formulas."""
    mean, second = symbolic.moments(g)
    floors = _FLOORS.get() or []
    given += floors
    paper = Paper(_name(scheme), f"the moments of {scheme.title}, as stated")
    if any(field.name == MOVE for field in fields(scheme)):  # type: ignore[arg-type]  # a dataclass
        raise InputError(f"{scheme.title}: a parameter cannot be called {MOVE}, which is the move of a coordinate.")
    u: Term = drawn(MOVE, "the move of a coordinate")
    for name, moment, value, title in (
        ("mean", u, mean, "the mean of a coordinate's move, as stated"),
        ("second-moment", u**2, second, "its second moment, as stated"),
    ):
        paper.lemma(name, given, E_k(moment) == value, title=title, assumed=True, expected="assumed")
    left_over = [x.right.expr - x.left.expr for x in floors[::2]]
    proof = _by_squares([left_over, [x.expr for x in (mean, second) if isinstance(x, Term)]], sign(g).expr)
    about = symbolic.constants(1)
    _with_constants(paper, about, given, (mean, second), proof, ", if the moments are as stated (assumed)")
    return paper


def _with_constants(
    paper: Paper,
    about: Mapping[str, Number],
    given: list[Stated],
    moments: tuple[Number, Number],
    proof: Callable[[Derivation], Fact],
    of: str = "",
) -> bool:
    """(2.2) and (2.3) for one coordinate, where the class has the constants for them; whether it has."""
    if not {"alpha", "mu", "M", "M_G"} <= set(about):
        return False
    g: Term = constants(SLOPE)
    (mean, second), (alpha, mu, M, M_G) = moments, (about[name] for name in ("alpha", "mu", "M", "M_G"))
    paper.lemma("alignment", given, g * mean >= mu * alpha * g**2, title=f"(2.2), a coordinate{of}")
    bound = alpha * M + alpha**2 * M_G * g**2
    paper.lemma("second-moment-bound", given, second <= bound, title=f"(2.3), a coordinate{of}", proof=proof)
    return True


def _by_squares(shares: Sequence[Sequence[sympy.Expr]], s: sympy.Expr) -> Callable[[Derivation], Fact]:
    """A proof from squares: of each share less one half, as p(1 - p) is at most a quarter, and of 1 - sign^2.

    Shares are what floors leave over, or else probabilities.
    """
    halves = [[x - sympy.Rational(1, 2) for x in group] for group in shares if group]
    roots = [[*half, *(s * x for x in half), 1 - s**2] for half in halves]

    def proof(p: Derivation) -> Fact:
        tries = [(squares, known) for squares in roots for known in (False, True)] or [([], False)]
        for squares, known in tries[:-1]:
            try:
                return p.conclude([*p.hypotheses(), *(p.parts_known() if known else ())], squares=squares)
            except ProofError:
                continue
        return p.conclude([*p.hypotheses(), *p.parts_known()], squares=tries[-1][0])

    return proof


def _on_symbols(scheme: type[CoordinateScheme]) -> tuple[Any, list[Stated]]:
    """The scheme with letters for its parameters, and that they are in their domains."""
    symbolic, given = object.__new__(scheme), list[Stated]()
    for field in fields(scheme):  # type: ignore[arg-type]  # a dataclass
        domain = scheme.domains.get(field.name)
        if field.name == SLOPE:
            raise InputError(f"{scheme.title}: a parameter cannot be called {SLOPE}, which is the slope.")
        letter: Term = (integers if domain == NATURAL else constants)(field.name)
        object.__setattr__(symbolic, field.name, letter)
        if domain in (POSITIVE, SHARE):
            given.append(letter > 0)
        if domain in (NONNEGATIVE, PROBABILITY):
            given.append(letter >= 0)
        if domain in (PROBABILITY, SHARE):
            given.append(letter <= 1)
        if domain == NATURAL:
            given.append(letter >= 1)
    return symbolic, given


def _name(scheme: type[CoordinateScheme]) -> str:
    return scheme.__name__.lower()

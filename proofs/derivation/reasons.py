"""Proofs in one line: the conclusion of a claim from reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from convbound.proofs.derivation.state import Fact
from convbound.proofs.language.vocabulary import Expr

if TYPE_CHECKING:
    from convbound.proofs.derivation.derivation import Derivation, Reason


def by(
    *reasons: Reason, squares: Sequence[Expr] = (), split: Sequence[Expr] = (), rounds: int = 5
) -> Callable[[Derivation], Fact]:
    """A proof in one line: the conclusion follows from the reasons, which need no derivation to be named.

    Args:
        reasons: facts, hypotheses written as relations, claims, symbols of definitions, or lists of these.
        squares: expressions whose squares help.
        split: expressions by whose signs cases are distinguished.
        rounds: how far the search goes, see `Search.solve`.
    """
    return lambda p: p.conclude(reasons, squares=squares, split=split, rounds=rounds)

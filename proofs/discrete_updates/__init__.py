"""arXiv 2512.04051, "Convergence for Discrete Parameter Update Schemes": every displayed line as a claim."""

from convbound.proofs.discrete_updates import (  # noqa: I001 (the paper's order)
    proposition_8_9,
    proposition_4,
    proposition_10,
    proposition_11,
    proposition_12_7,
    objections,
    specialisation,
    limits_of_several_draws,
    comparison,
    settings,
    flips,
)
from convbound.proofs.discrete_updates.paper import paper

__all__ = [
    "comparison",
    "flips",
    "limits_of_several_draws",
    "objections",
    "paper",
    "proposition_4",
    "proposition_8_9",
    "proposition_10",
    "proposition_11",
    "proposition_12_7",
    "settings",
    "specialisation",
]

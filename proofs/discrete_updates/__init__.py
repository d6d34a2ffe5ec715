"""arXiv 2512.04051, "Convergence for Discrete Parameter Update Schemes": every displayed line as a claim."""

from convbound.proofs.discrete_updates import (  # noqa: I001 (the paper's order)
    descent,
    floor,
    counts,
    update,
    update_bound,
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
    "counts",
    "descent",
    "flips",
    "floor",
    "limits_of_several_draws",
    "objections",
    "paper",
    "settings",
    "specialisation",
    "update",
    "update_bound",
]

"""arXiv 2512.04051, "Convergence for Discrete Parameter Update Schemes": every displayed line as a claim."""

from convbound.proofs.discrete_updates import (  # noqa: I001 (the paper's order)
    descent,
    floor,
    counts,
    update,
    update_bound,
    objections,
    specialisation,
)
from convbound.proofs.discrete_updates.paper import paper

__all__ = ["counts", "descent", "floor", "objections", "paper", "specialisation", "update", "update_bound"]

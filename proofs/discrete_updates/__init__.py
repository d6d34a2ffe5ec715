"""arXiv 2512.04051, "Convergence for Discrete Parameter Update Schemes": every displayed line as a claim."""

from proofs.discrete_updates import general, multinomial, specialisation
from proofs.discrete_updates.paper import paper

__all__ = ["general", "multinomial", "paper", "specialisation"]

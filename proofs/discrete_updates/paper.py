"""The library of the paper's claims; the other modules of this folder register them, in the order of the paper."""

from convbound.proofs.claims import Library

paper = Library("discrete-updates", "Convergence for Discrete Parameter Update Schemes", "arXiv 2512.04051")

"""The library of the corrected theory; the other modules of this folder register its claims."""

from convbound.proofs.claims import Library

theory = Library("lattice", "What holds instead: convergence on the lattice", "theory of lattice updates")

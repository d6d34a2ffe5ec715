"""What holds instead of the printed limit: the corrected and sharp theory of lattice updates, with its refutations."""

from proofs.lattice import averages, batches, best, comparators, one_step, sawtooth, spacing
from proofs.lattice.theory import theory

__all__ = ["averages", "batches", "best", "comparators", "one_step", "sawtooth", "spacing", "theory"]

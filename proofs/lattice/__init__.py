"""What holds instead of the printed limit: the corrected and sharp theory of lattice updates, with its refutations."""

from convbound.proofs.lattice import (  # noqa: I001 (the theory's order)
    one_step,
    run_step,
    mean_norm,
    whole_envelope,
    best_iterate,
    best_of_run,
    minimum,
    several_draws,
    joint,
    bounded_gradient,
    rounding,
    comparators,
    sawtooth,
    batches,
    spacing,
    spacing_of_bounds,
)
from convbound.proofs.lattice.theory import theory

__all__ = [
    "batches",
    "best_iterate",
    "best_of_run",
    "bounded_gradient",
    "comparators",
    "joint",
    "mean_norm",
    "minimum",
    "one_step",
    "rounding",
    "run_step",
    "sawtooth",
    "several_draws",
    "spacing",
    "spacing_of_bounds",
    "theory",
    "whole_envelope",
]

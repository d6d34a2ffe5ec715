"""What holds instead of the printed limit: the corrected and sharp theory of lattice updates, with its refutations."""

from importlib import import_module

from convbound.proofs.lattice.theory import theory

# in the order of the theory: importing a chapter registers its claims, after those of the chapters it rests on
CHAPTERS = (
    "one_step",
    "run_step",
    "mean_norm",
    "whole_envelope",
    "small_smoothing",
    "two_gradients",
    "best_iterate",
    "best_of_run",
    "minimum",
    "several_draws",
    "joint",
    "bounded_gradient",
    "rounding",
    "comparators",
    "corners",
    "sawtooth",
    "sawtooth_period",
    "batches",
    "unsmoothed",
    "spacing",
    "spacing_of_bounds",
)
for chapter in CHAPTERS:
    import_module(f"{__name__}.{chapter}")

__all__ = ["CHAPTERS", "theory"]

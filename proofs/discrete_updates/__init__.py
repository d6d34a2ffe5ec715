"""arXiv 2512.04051, "Convergence for Discrete Parameter Update Schemes": every displayed line as a claim."""

from importlib import import_module

from convbound.proofs.discrete_updates.paper import paper

# in the order of the paper: importing a chapter registers its claims, after those of the chapters it rests on
CHAPTERS = (
    "proposition_8_9",
    "proposition_4",
    "proposition_10",
    "proposition_11",
    "proposition_12_7",
    "objections",
    "specialisation",
    "limits_of_several_draws",
    "comparison",
    "settings",
    "flips",
    "argument",
)
for chapter in CHAPTERS:
    import_module(f"{__name__}.{chapter}")

__all__ = ["CHAPTERS", "paper"]

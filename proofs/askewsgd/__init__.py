"""The ASkewSGD family: constraint functions, the update, duality, the convergence proof, descent ascent, quantisers."""

from importlib import import_module

from convbound.proofs.askewsgd.family import family

CHAPTERS = (
    "constraints",
    "feasible",
    "whole_line",
    "update",
    "closed_form",
    "duality",
    "convergence",
    "descent",
    "summation",
    "ascent",
    "primal",
    "quantisers",
    "assumptions",
    "experiments",
)
for chapter in CHAPTERS:
    import_module(f"{__name__}.{chapter}")

__all__ = ["CHAPTERS", "family"]

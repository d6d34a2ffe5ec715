"""Draws of the zero-inflated multinomial and of the ZIM update (arXiv 2512.04051, Definitions 5 and 6)."""

from convbound.checks.simulation.sampling.draws import (
    SparseDraws,
    choose_method,
    draw_counts,
    draw_sparse,
    draw_updates,
    draw_updates_each,
    draw_updates_sparse,
)
from convbound.checks.simulation.sampling.law import ZIMultinomial, zim_multinomial
from convbound.checks.simulation.sampling.one_update import UpdateSampler
from convbound.checks.simulation.sampling.streams import stream

__all__ = [
    "SparseDraws",
    "UpdateSampler",
    "ZIMultinomial",
    "choose_method",
    "draw_counts",
    "draw_sparse",
    "draw_updates",
    "draw_updates_each",
    "draw_updates_sparse",
    "stream",
    "zim_multinomial",
]

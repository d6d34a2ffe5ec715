"""Evidence for the corrected theory: the claims about K steps. Limits are proved, not sampled."""

from __future__ import annotations

from convbound.checks.evidence import instances as worlds
from convbound.checks.evidence.registry import register
from convbound.proofs.lattice import theory
from convbound.proofs.lattice.vocabulary import run

mean_norm, mean_square = run.avg(run.E(run.t)), run.avg(run.E(run.S(run.g**2)))

register(theory["t1b/K"], measures=mean_norm, instances=worlds.one_draw)
register(theory["t3/i@any/K"], measures=mean_norm, instances=lambda steps: worlds.many_draws())
register(theory["rounding/finite"], measures=mean_square, instances=worlds.roundings)

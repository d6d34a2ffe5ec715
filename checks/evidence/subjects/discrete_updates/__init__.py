"""Evidence for arXiv 2512.04051: each claim has an instance on which it is tight, or all but, so that a constant off by
five percent cannot hide; refuted claims have their counterexamples among the instances."""

from __future__ import annotations

from convbound.checks.evidence.registry import register
from convbound.checks.evidence.subjects.discrete_updates import instances
from convbound.proofs.discrete_updates import paper
from convbound.proofs.discrete_updates.proposition_8_9 import i
from convbound.proofs.discrete_updates.proposition_10 import m
from convbound.proofs.discrete_updates.proposition_11 import z
from convbound.proofs.language.vocabulary import next_value

mean_square = i.E(i.avg(i.S(i.g**2)))
alignment, second_moment = z.S(z.g * z.E(z.u)), z.E(z.S(z.u**2))

register(paper["prop-10/mean"], measures=m.E(m.y), instances=instances.counts(squared=False))
register(paper["prop-10/second-moment"], measures=m.E(m.y_norm**2), instances=instances.counts(squared=True))
register(paper["prop-11/mean"], measures=z.E(z.u), instances=instances.updates("mean"))
register(paper["prop-11/second-moment"], measures=second_moment, instances=instances.updates("square"))
register(
    paper["prop-11/second-moment~corrected"],
    measures=second_moment,
    instances=lambda steps: (instances.updates("square"), instances.wide_updates()),
)
for claim in ("prop-7/second-moment", "prop-7/second-moment~corrected"):
    register(paper[claim], measures=second_moment, instances=instances.small_gradients())
for reading in ("R1", "R2", "R3"):
    for claim in (f"prop-12/alignment@{reading}", f"prop-7/alignment@{reading}"):
        if claim in paper.claims:
            register(paper[claim], measures=alignment, instances=instances.unbounded_gradients())
    limit = paper[f"specialisation/limit@{reading}"]
    register(limit, measures=limit.then.left, instances=lambda steps: instances.above_the_printed_floor())
register(paper["prop-12~corrected"], measures=alignment, instances=instances.bounded_gradients())
for claim in ("prop-8", "prop-9"):
    register(paper[claim], measures=i.E_k(next_value(i.F)) - i.F, instances=instances.decreases())
register(paper["prop-4"], measures=mean_square, instances=lambda steps: instances.assumption_three())

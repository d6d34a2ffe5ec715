"""Verdicts by sampling with a guaranteed error: confidence sequences, one error budget for a run."""

from convbound.checks.statistics.confidence import BatchSummary, ConfidenceSequence, Interval
from convbound.checks.statistics.decision import Quantity, Relation, Tested, Verdict, decide, worst
from convbound.checks.statistics.experiments import Experiment, Outcome, Sampler, run_experiments
from convbound.checks.statistics.fit import law_evidence
from convbound.checks.statistics.journal import Journal
from convbound.checks.statistics.law_test import Law, Successive
from convbound.checks.statistics.rival import Rival

__all__ = [
    "BatchSummary",
    "ConfidenceSequence",
    "Experiment",
    "Interval",
    "Journal",
    "Law",
    "Outcome",
    "Quantity",
    "Relation",
    "Rival",
    "Sampler",
    "Successive",
    "Tested",
    "Verdict",
    "decide",
    "law_evidence",
    "run_experiments",
    "worst",
]

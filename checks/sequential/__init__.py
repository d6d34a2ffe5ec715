"""Verdicts by sampling with a guaranteed error: confidence sequences, one error budget for a run."""

from convbound.checks.sequential.confidence import BatchSummary, ConfidenceSequence, Interval
from convbound.checks.sequential.decision import Quantity, Relation, Tested, Verdict, decide, worst
from convbound.checks.sequential.fit import ChiSquare, chi_square_fit, law_evidence
from convbound.checks.sequential.journal import Journal
from convbound.checks.sequential.law import Law, Successive
from convbound.checks.sequential.run import Experiment, Outcome, Sampler, run_experiments

__all__ = [
    "BatchSummary",
    "ChiSquare",
    "ConfidenceSequence",
    "Experiment",
    "Interval",
    "Journal",
    "Law",
    "Outcome",
    "Quantity",
    "Relation",
    "Sampler",
    "Successive",
    "Tested",
    "Verdict",
    "chi_square_fit",
    "decide",
    "law_evidence",
    "run_experiments",
    "worst",
]

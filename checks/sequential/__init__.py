"""Verdicts by sampling with a guaranteed error: confidence sequences, one error budget for a run."""

from convbound.checks.sequential.confidence import BatchSummary, ConfidenceSequence, Interval
from convbound.checks.sequential.decision import Quantity, Relation, Verdict, decide
from convbound.checks.sequential.fit import ChiSquare, chi_square_fit, law_evidence
from convbound.checks.sequential.run import Experiment, Outcome, run_experiments

__all__ = [
    "BatchSummary",
    "ChiSquare",
    "ConfidenceSequence",
    "Experiment",
    "Interval",
    "Outcome",
    "Quantity",
    "Relation",
    "Verdict",
    "chi_square_fit",
    "decide",
    "law_evidence",
    "run_experiments",
]

"""Verdicts by sampling with a guaranteed error: confidence sequences, one error budget for a run."""

from checks.sequential.confidence import BatchSummary, ConfidenceSequence, Interval
from checks.sequential.decision import Quantity, Relation, Verdict, decide
from checks.sequential.fit import ChiSquare, chi_square_fit, law_evidence
from checks.sequential.run import Experiment, Outcome, run_experiments

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

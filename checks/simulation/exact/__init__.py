"""Expectations without error: enumeration of all outcomes, stationary laws of finite lattice chains."""

from convbound.checks.simulation.exact.chains import LatticeChain, average_over_steps, build_chain
from convbound.checks.simulation.exact.enumeration import ExactLaw, enumerate_counts
from convbound.checks.simulation.exact.step import OneStep, one_step

__all__ = [
    "ExactLaw",
    "LatticeChain",
    "OneStep",
    "average_over_steps",
    "build_chain",
    "enumerate_counts",
    "one_step",
]

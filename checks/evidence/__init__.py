"""Numerical evidence for claims about expectations, and for the engines that draw: enumeration, and sampling."""

from convbound.checks.evidence.engines import EngineCheck, engine_checks
from convbound.checks.evidence.gather import Findings, gather
from convbound.checks.evidence.record import Instance
from convbound.checks.evidence.registry import Case, checks_of, register
from convbound.checks.evidence.updates_of_schemes import OneUpdate
from convbound.proofs.record import Evidence

__all__ = [
    "Case",
    "EngineCheck",
    "Evidence",
    "Findings",
    "Instance",
    "OneUpdate",
    "checks_of",
    "engine_checks",
    "gather",
    "register",
]

"""What the world says of each claim about an expectation: exact enumeration and sequential Monte Carlo."""

from convbound.checks.evidence.gather import claims_with_evidence, gather
from convbound.checks.evidence.record import ClaimCheck, Evidence

__all__ = ["ClaimCheck", "Evidence", "claims_with_evidence", "gather"]

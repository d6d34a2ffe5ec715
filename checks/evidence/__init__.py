"""What the world says of each claim about an expectation: exact enumeration and sequential Monte Carlo."""

from checks.evidence.gather import claims_with_evidence, gather
from checks.evidence.record import ClaimCheck, Evidence

__all__ = ["ClaimCheck", "Evidence", "claims_with_evidence", "gather"]

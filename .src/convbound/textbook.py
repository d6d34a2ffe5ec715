"""The words of a paper, for claim files: `from convbound.textbook import *`."""

from convbound.proofs.textbook import *  # noqa: F403
from convbound.proofs.textbook import __all__ as __all__

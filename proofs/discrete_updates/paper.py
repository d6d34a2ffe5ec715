"""The library; the modules that register its claims are imported in the order of the paper."""

from proofs.claims import Library

paper = Library("discrete-updates", "Convergence for Discrete Parameter Update Schemes", "arXiv 2512.04051")

from proofs.discrete_updates import general  # noqa: E402, F401
from proofs.discrete_updates import multinomial  # noqa: E402, F401
from proofs.discrete_updates import specialisation  # noqa: E402, F401

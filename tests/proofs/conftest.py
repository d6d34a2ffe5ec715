"""One run of the paper's proofs, shared by the tests of this folder."""

from __future__ import annotations

import pytest
from shared_prover import SharedProver

from convbound.proofs.claims import Library
from convbound.proofs.libraries import load_library
from convbound.proofs.prover import Prover


@pytest.fixture(scope="session")
def paper() -> Library:
    return load_library("discrete-updates")


@pytest.fixture(scope="session")
def prover() -> Prover:
    """Keeps every proof once made; what is built in is proved once for all workers."""
    return SharedProver()

"""What every test takes for granted."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def a_fixed_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as they are off a terminal, whatever the surroundings say of theirs."""
    monkeypatch.setenv("COLUMNS", "140")

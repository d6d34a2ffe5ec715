"""The type of plain data: what JSON can hold."""

from __future__ import annotations

from typing import Any

Json = Any  # read from a file: whoever reads it checks it
JsonObject = dict[str, Json]

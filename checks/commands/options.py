"""The types of a command: its function, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Option = Any  # the value of an option, which click has made what the option says
Function = TypeVar("Function", bound=Callable[..., object])  # that click makes a command of, with its options

"""Somebody's sampler of updates, NumPy or PyTorch, one gradient at a time or a batch, as a function of arrays."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.foreign import guarded, load_object

# What a sampler may ask for, by the name of its parameter.
RANDOM = ("rng", "generator", "seed")


@dataclass(frozen=True)
class ForeignSampler:
    """A callable that takes a gradient, shape (d,), or with `batched` one a row, and returns what is subtracted from w.

    A parameter called `rng` is given a NumPy generator, `generator` one of PyTorch, `seed` a number; a sampler with
    none of them draws from the libraries' own streams, which are seeded once.
    """

    specification: str
    function: Callable[..., npt.ArrayLike]
    batched: bool = False
    torch: bool = False

    @property
    def random(self) -> tuple[str, ...]:
        """Those of `RANDOM` that the callable asks for."""
        try:
            asked = inspect.signature(self.function).parameters
        except (TypeError, ValueError):
            return ()
        return tuple(name for name in RANDOM if name in asked)

    def raw(self, gradient: Floats, rng: np.random.Generator, dtype: str = "float64") -> npt.ArrayLike:
        """One call, with an array of that type; what it returns, as an array of NumPy.

        Raises:
            InputError: the callable fails, or returns no array of the gradient's shape, or changes the gradient.
        """
        given = np.array(gradient, dtype=dtype)
        before = given.copy()
        options: dict[str, Any] = {}
        for name in self.random:
            options[name] = rng if name == "rng" else int(rng.integers(2**31))
        argument: Any = given
        if self.torch:
            library = importlib.import_module("torch")
            argument = library.from_numpy(given)
            if "generator" in options:
                options["generator"] = library.Generator().manual_seed(options["generator"])
        result = guarded(self.specification, lambda: self.function(argument, **options))
        if hasattr(result, "detach"):
            result = result.detach().cpu().numpy()
        update = np.asarray(result)
        if update.shape != given.shape or update.dtype.kind not in "iufb":
            found = f"{update.dtype} of shape {update.shape}"
            raise InputError(f"{self.specification} must return numbers of shape {given.shape}, not {found}.")
        if not np.array_equal(given, before):
            raise InputError(f"{self.specification} writes to the gradient that it is given.")
        return update

    def updates(self, gradient: Floats, size: int, rng: np.random.Generator) -> Floats:
        """`size` updates at one gradient, shape (size, d)."""
        if self.batched:
            return np.asarray(self.raw(np.tile(gradient, (size, 1)), rng), dtype=np.float64)
        drawn = np.empty((size, gradient.size))
        for row in drawn:
            row[:] = self.raw(gradient, rng)
        return drawn


def load_sampler(specification: str, *, batched: bool, torch: bool, seed: int) -> ForeignSampler:
    """The callable that `MODULE:CALLABLE` or `file.py:CALLABLE` names.

    Raises:
        InputError: there is none, or PyTorch is asked for and missing.
    """
    function = load_object(specification, "the sampler", "CALLABLE")
    if isinstance(function, type):
        function = guarded(specification, function)
    if not callable(function):
        raise InputError(f"{specification} cannot be called.")
    import random

    random.seed(seed)
    np.random.seed(seed % 2**32)  # the sampler may draw from there
    if torch:
        try:
            importlib.import_module("torch").manual_seed(seed)
        except ImportError:
            raise InputError("--torch needs PyTorch, which is not installed.") from None
    return ForeignSampler(specification, function, batched, torch)

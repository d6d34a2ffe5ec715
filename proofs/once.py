"""What an instance says is data: each of its functions is asked once at each point, and answers the same ever after.

Hypotheses and conclusion are evaluated one after the other. A function that answered otherwise the second time would
satisfy the one and violate the other, and no instance would have been found.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction


class Once:
    """A function of a point, or of an outcome and steps, whose answers are remembered."""

    __slots__ = ("answers", "function")

    def __init__(self, function: Callable[..., object]) -> None:
        """Nothing is asked yet."""
        self.function, self.answers = function, dict[Hashable, object]()

    def __call__(self, *arguments: object) -> object:
        """The answer that was given first."""
        key = tuple(map(_hashable, arguments))
        answers = self.answers
        if key not in answers:
            answers[key] = self.function(*arguments)
        return answers[key]


def _hashable(argument: object) -> object:
    if type(argument) is dict:  # the usual point: abstract classes are slow to ask
        return frozenset(argument.items())
    if type(argument) in (tuple, int, Fraction):
        return argument
    if isinstance(argument, Mapping):
        return frozenset(argument.items())
    return tuple(argument) if isinstance(argument, Sequence) and not isinstance(argument, str) else argument


def once(given: object) -> object:
    """A function that is asked once at each point; anything else as it is."""
    return Once(given) if callable(given) and not isinstance(given, Once) else given


def are_exact(weights: Sequence[Fraction | int]) -> bool:
    """Whether probabilities are positive rational numbers, no floats, that sum to one."""
    return all(isinstance(w, Fraction | int) and w > 0 for w in weights) and sum(weights) == 1

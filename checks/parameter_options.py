"""The parameters of bounds as command-line options: read exactly as written, one sentence where they make no sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import click

from convbound.bounds.catalogue import BY_LETTER, PARAMETERS, known
from convbound.bounds.errors import InputError
from convbound.bounds.parameter_table import Real
from convbound.checks.commands.options import Function, Option

__all__ = [
    "BY_LETTER",
    "PARAMETERS",
    "known_parameters",
    "letters_given",
    "parameter_options",
    "read_number",
    "read_parameters",
]

LONGEST_NUMBER = 1_000  # characters
LARGEST_EXPONENT = 1_000  # of ten; beyond it exact arithmetic would take the machine's memory


NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan)", re.IGNORECASE)


def read_number(text: str, name: str) -> Fraction:
    """A number such as `17`, `0.1`, `1e-6` or `1/3`, exactly; InputError naming the option otherwise."""
    parts = text.strip().split("/")
    if NOT_FINITE.fullmatch(parts[0]):
        raise InputError(f"{name} must be finite, not {text}.")
    if len(text) > LONGEST_NUMBER or len(parts) > 2 or not all(map(NUMBER.fullmatch, parts)):
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise InputError(f"{name} must be a number such as 17, 0.1, 1e-6 or 1/3, not {shown!r}.")
    values = [Decimal(part) for part in parts]
    if any(value and abs(value.adjusted()) > LARGEST_EXPONENT for value in values):
        raise InputError(f"{name} must lie between 1e-{LARGEST_EXPONENT} and 1e{LARGEST_EXPONENT}, not {text}.")
    if len(values) == 2 and not values[1]:
        raise InputError(f"{name} must be a number, not {text}: nothing can be divided by zero.")
    return Fraction(values[0]) / Fraction(values[1]) if len(values) == 2 else Fraction(values[0])


def read_parameters(texts: Mapping[str, str | None]) -> dict[str, Fraction | None]:
    """The parameters that the options give, by letter; InputError naming the option otherwise."""
    return {
        letter: None if text is None else read_number(text, BY_LETTER[letter].option) for letter, text in texts.items()
    }


def known_parameters(values: Mapping[str, Real | None]) -> dict[str, Fraction]:
    """Values by letter, each checked, without those that are unknown; InputError naming the option otherwise."""
    return known(values, lambda parameter: parameter.option)


def parameter_options(metavar: str) -> Callable[[Function], Function]:
    """A decorator that adds the options of all parameters, as text, by letter."""

    def add(function: Function) -> Function:
        for parameter in reversed(PARAMETERS):
            function = click.option(
                parameter.option,
                f"letter_{parameter.letter}",
                metavar=metavar,
                default=None if parameter.default is None else str(parameter.default),
                show_default=parameter.default is not None,
                help=f"{parameter.help}.",
            )(function)
        return function

    return add


def letters_given(options: Mapping[str, Option]) -> dict[str, str | None]:
    """The texts of the parameter options, by letter."""
    return {parameter.letter: options[f"letter_{parameter.letter}"] for parameter in PARAMETERS}

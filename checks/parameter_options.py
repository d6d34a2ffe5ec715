"""The parameters of bounds as command-line options: read exactly as written, one sentence where they make no sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import click

from convbound.bounds import InputError, Problem, Run, Scheme, parameters

LONGEST_NUMBER = 1_000  # characters
LARGEST_EXPONENT = 1_000  # of ten; beyond it exact arithmetic would take the machine's memory


@dataclass(frozen=True)
class Parameter:
    """One parameter: its letter in the formulas, the option, the field it fills, and what it means."""

    letter: str
    option: str
    owner: type
    field: str
    help: str
    default: str | None = None
    whole: bool = False


PARAMETERS = (
    Parameter("L", "--L", Problem, "L", "Lipschitz constant of the gradient"),
    Parameter("d", "--d", Problem, "d", "number of weights", whole=True),
    Parameter("c", "--c", Scheme, "c", "ZIM's smoothing"),
    Parameter("n", "--n", Scheme, "n", "ZIM's draws a step", "1", whole=True),
    Parameter("r", "--r", Scheme, "r", "probability that a draw moves", "1"),
    Parameter("G", "--G", Problem, "G", "a bound on the gradient's Euclidean norm at every iterate"),
    Parameter("Delta", "--gap", Problem, "gap", "F(w₁) − F_inf"),
    Parameter("K", "--steps", Run, "steps", "number of steps K", whole=True),
    Parameter("delta", "--spacing", Problem, "spacing", "lattice spacing δ", "1"),
    Parameter("T", "--target", Run, "target", "a gradient norm to reach"),
    Parameter("alpha", "--alpha", Run, "alpha", "rate of stochastic rounding, SGD and Proposition 4"),
    Parameter("mu", "--mu", Run, "mu", "Assumption 3's μ, for a scheme of your own"),
    Parameter("M", "--M", Run, "M", "Assumption 3's M"),
    Parameter("M_G", "--M_G", Run, "M_G", "Assumption 3's M_G"),
    Parameter("kappa", "--kappa", Run, "kappa", "BOLD's bound on its accumulator", "1"),
)
BY_LETTER = {parameter.letter: parameter for parameter in PARAMETERS}


def read_number(text: str, name: str) -> Fraction:
    """A decimal number such as `17`, `0.1` or `1e-6`, exactly; InputError naming the option otherwise."""
    try:
        if len(text) > LONGEST_NUMBER:
            raise InvalidOperation
        value = Decimal(text.strip())
    except InvalidOperation:
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise InputError(f"{name} must be a number such as 17, 0.1 or 1e-6, not {shown!r}.") from None
    if not value.is_finite():
        raise InputError(f"{name} must be finite, not {text}.")
    if value and abs(value.adjusted()) > LARGEST_EXPONENT:
        raise InputError(f"{name} must lie between 1e-{LARGEST_EXPONENT} and 1e{LARGEST_EXPONENT}, not {text}.")
    return Fraction(value)


def known_parameters(values: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    """Values by letter, validated together, with None for what is unknown; InputError where they make no sense."""
    fields: dict[type, dict[str, Any]] = {Problem: {}, Scheme: {}, Run: {}}
    for letter, value in values.items():
        if value is not None:
            fields[BY_LETTER[letter].owner][BY_LETTER[letter].field] = value
    for letter in ("L", "d"):
        if values.get(letter) is None:
            raise InputError(f"--{letter} is needed: the {BY_LETTER[letter].help}.")
    return parameters(Problem(**fields[Problem]), Scheme(**fields[Scheme]), Run(**fields[Run]))


def parameter_options(metavar: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator that adds the options of all parameters, as text, by letter."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for parameter in reversed(PARAMETERS):
            function = click.option(
                parameter.option,
                f"letter_{parameter.letter}",
                metavar=metavar,
                default=parameter.default,
                show_default=parameter.default is not None,
                help=f"{parameter.help}.",
            )(function)
        return function

    return add


def letters_given(options: Mapping[str, Any]) -> dict[str, str | None]:
    """The texts of the parameter options, by letter."""
    return {parameter.letter: options[f"letter_{parameter.letter}"] for parameter in PARAMETERS}

"""What was asked of a simulation: read as it was typed, and judged before anything is allocated.

Numbers are read as everywhere in the command (`1e3` is a whole number too). A run is refused where floats could not
follow it: weights beyond 2^40 lattice steps lose their fractions, and counts beyond 2^53 are no longer exact.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError
from convbound.checks.parameter_options import read_number

if TYPE_CHECKING:
    from convbound.checks.simulation.schemes.base import Scheme

LARGEST_COUNT = 2**53
FARTHEST = 2**40  # of a weight from the origin, in lattice steps
LARGEST, SMALLEST = Fraction(10) ** 100, Fraction(1, 10**100)
# Records of a run, for each chain: at most some thousand cuts of five numbers, kept twice.
RECORDS_A_CHAIN = 16 * 5 * 1000


@dataclass(frozen=True)
class Request:
    """The numbers of a simulation."""

    d: int
    L: Fraction
    n: int
    r: float
    c: float
    alpha: Fraction
    noise: float
    spacing: Fraction
    steps: int
    chains: int
    start: float
    seed: int
    jobs: int


def whole(text: str, option: str, low: int = 1, high: int | None = LARGEST_COUNT) -> int:
    """A whole number, also written `1e4`; InputError naming the option otherwise."""
    value = read_number(text, option)
    if value.denominator != 1 or value < low or (high is not None and value > high):
        allowed = f"at least {low}" if high is None else f"from {low} to {_short(Fraction(high))}"
        raise InputError(f"{option} must be a whole number {allowed}, not {text}.")
    return int(value)


def real(text: str, option: str, *, zero: bool = False) -> Fraction:
    """A positive number of ordinary size, or zero if that makes sense; InputError naming the option otherwise."""
    value = read_number(text, option)
    if value == 0 and zero:
        return value
    if not SMALLEST <= value <= LARGEST:
        allowed = "0 or from 1e-100 to 1e100" if zero else "from 1e-100 to 1e100"
        raise InputError(f"{option} must be {allowed}, not {text}.")
    return value


def read_settings(settings: Iterable[str]) -> dict[str, Fraction]:
    """The parameters of `--set NAME=NUMBER`, exactly.

    Raises:
        InputError: one is written otherwise, is no number, or is given twice.
    """
    found: dict[str, Fraction] = {}
    for setting in settings:
        name, sign, number = setting.partition("=")
        if not sign or not name.isidentifier():
            raise InputError(f"--set must be NAME=NUMBER, not {setting!r}.")
        if name in found:
            raise InputError(f"--set {name} is given twice.")
        found[name] = read_number(number, f"--set {name}")
    return found


def read_request(options: Mapping[str, str]) -> Request:
    """The numbers of the options, each checked by itself."""
    spacing = real(options["spacing"], "--spacing")
    start = read_number(options["start"], "--start")
    if abs(start / spacing) > FARTHEST:
        raise InputError(f"--start must lie within {FARTHEST:.4g} lattice steps of 0, not {options['start']}.")
    r = read_number(options["rate"], "--r")
    if not SMALLEST <= r <= 1:
        raise InputError(f"--r must be above 0 and at most 1, not {options['rate']}.")
    return Request(
        d=whole(options["dimension"], "--d"),
        L=real(options["smoothness"], "--L"),
        n=whole(options["trials"], "--n"),
        r=float(r),
        c=float(real(options["smoothing"], "--c", zero=True)),
        alpha=real(options["alpha"], "--alpha"),
        noise=float(real(options["noise"], "--noise", zero=True)),
        spacing=spacing,
        steps=whole(options["steps"], "--steps"),
        chains=whole(options["chains"], "--chains"),
        start=float(start),
        seed=whole(options["seed"], "--seed", 0, None),
        jobs=whole(options["jobs"], "--jobs", 1, 4096),
    )


def check_memory(request: Request, scheme: type[Scheme], problem: str, memory: int | None = None) -> None:
    """Refuse what this machine's memory could not hold, before it is asked for.

    Raises:
        InputError: names the options that need the most.
    """
    memory = memory or physical_memory()
    d, chains = request.d, request.chains
    needs = {
        f"--d {_short(Fraction(d))} with --chains {_short(Fraction(chains))}": 8 * d * (2 * chains + 16),
        f"--chains {_short(Fraction(chains))}": chains * RECORDS_A_CHAIN,
    }
    if problem == "dense":
        needs[f"--problem dense with --d {_short(Fraction(d))}"] = 8 * d * d * 5
    if "n" in scheme.letters.values():
        needs[f"--n {_short(Fraction(request.n))}"] = 8 * request.n * 4
    separable = ("quadratic", "half-integer", "indefinite", "sawtooth", "huber")
    if "lockstep" not in scheme.engines or problem not in separable:
        together = min(chains, max(2, (1 << 14) // d))  # chains that NumPy advances together, with their temporaries
        needs[f"--scheme {scheme.name} with --d {_short(Fraction(d))}"] = 8 * d * together * 8
    if sum(needs.values()) > memory * 9 // 10:
        culprit = max(needs, key=lambda name: needs[name])
        raise InputError(f"{culprit} needs {_bytes(needs[culprit])} of memory; this machine has {_bytes(memory)}.")


def physical_memory() -> int:
    """The machine's memory in bytes; where nobody says, that of a large one."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 1 << 37


def _bytes(number: int) -> str:
    for unit in ("MB", "GB", "TB", "PB"):
        number_in_unit = Fraction(number, 10 ** (3 * (2 + ("MB", "GB", "TB", "PB").index(unit))))
        if number_in_unit < 1000 or unit == "PB":
            return f"{_short(number_in_unit)} {unit}"
    raise AssertionError("the last unit is always returned")


def _short(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 and number < 10**7 else f"{float(number):.3g}"

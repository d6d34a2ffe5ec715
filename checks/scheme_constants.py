"""The constants of Assumption 3 that a scheme of your own declares, and whether the kernel proves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from convbound.bounds.errors import InputError
from convbound.checks.run import new_prover, run
from convbound.checks.simulation.input import read_settings
from convbound.checks.simulation.schemes.claims import claims_of
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme
from convbound.checks.simulation.schemes.own import build_scheme, find_scheme

LETTERS = ("alpha", "mu", "M", "M_G")
NEEDED = ("alignment", "second-moment-bound")


def declared_constants(
    name: str, settings: Sequence[str], given: Mapping[str, Fraction | None], spacing: Fraction | None
) -> tuple[dict[str, Fraction], str]:
    """alpha, mu, M and M_G of a scheme of your own in d dimensions, by letter, and a line that says who they are.

    Args:
        name: `file.py:CLASS` or `MODULE:CLASS`.
        settings: its parameters, as `NAME=NUMBER`.
        given: the parameters of the bounds; d is taken from there, and none of the four may be there.
        spacing: of the lattice; constants are those of the unit lattice.

    Raises:
        InputError: it is no such scheme, it declares no constants, the kernel does not prove (2.2) and (2.3) with them,
            or some are given beside it.
    """
    kind = find_scheme(name)
    if not issubclass(kind, CoordinateScheme):
        raise InputError(
            f"--scheme is for a scheme of your own, file.py:CLASS; {name} has the options of this command."
        )
    doubled = [letter for letter in LETTERS if given.get(letter) is not None]
    if doubled:
        raise InputError(f"--{doubled[0].replace('_', '-')} comes from the scheme that --scheme names; leave it out.")
    if spacing not in (None, 1):
        raise InputError("--spacing other than 1 is not for --scheme: its constants are those of the unit lattice.")
    scheme = build_scheme(name, {}, read_settings(settings))
    dimension = given.get("d")
    if dimension is None or dimension < 1 or dimension.denominator != 1:
        raise InputError("--scheme needs --d, a whole number.")
    constants = scheme.constants(int(dimension))
    if not set(LETTERS) <= set(constants):
        raise InputError(f"{kind.title} has no constants(self, d) that returns alpha, mu, M and M_G.")
    claims = [claim for claim in claims_of(kind) if claim.id in NEEDED]
    open_claims = [r for r in run(claims, new_prover()) if r.verdict != "proved"]
    if open_claims:
        first = open_claims[0]
        raise InputError(
            f"{kind.title}: with its constants {first.title} is {first.verdict}, so no bound follows "
            f"({first.reason.splitlines()[0] if first.reason else 'no reason given'})."
        )
    found = {letter: Fraction(constants[letter]) for letter in LETTERS}
    listed = ", ".join(f"{letter} = {float(value):g}" for letter, value in found.items())
    return found, f"{scheme.text()}: {listed}; (2.2) and (2.3) proved, as long as its law is one at every slope."

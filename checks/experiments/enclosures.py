"""Certificates of experiments: computations, proposed by floats and done again by their checker, and theorems."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from convbound.checks.experiments.two_moons import Moons, losses_of_nets
from convbound.proofs.computation import FORMAT, NETS, check, data_hash, signs

PLACES = 10  # decimals of an interval's ends


def signs_certificate(dimension: int) -> str:
    """The expected losses of vectors of signs: the best one's, and what a wrong sign adds."""
    best, slope = signs(dimension)
    about = {"format": FORMAT, "kind": "signs", "dimension": dimension}
    return _text({**about, "best": [*_outwards(best)], "slope": [*_outwards(slope)]})


def nets_certificate(data: Moons, tolerances: list[str]) -> str:
    """The least loss of the nets of nine weights within tolerances of -1 and 1, on these data.

    Args:
        data: points and labels, which are kept in the certificate bit by bit.
        tolerances: rationals, "0" for weights that are -1 and 1.
    """
    points = [[float(x).hex(), float(y).hex(), int(label)] for (x, y), label in zip(data.x, data.y, strict=True)]
    exact = losses_of_nets(data)
    best = int(np.argmin(exact))
    bounds = [
        {
            "tolerance": tolerance,
            "least": _decimal(math.floor(10**PLACES * float(losses_of_nets(data, float(Fraction(tolerance))).min()))),
            "net": list(NETS[best]),
            "most": _decimal(math.ceil(10**PLACES * float(exact[best]))),
        }
        for tolerance in tolerances
    ]
    return _text({"format": FORMAT, "kind": "nets", "points": points, "sha256": data_hash(points), "bounds": bounds})


def theorem_certificates(claims: Iterable[str]) -> dict[str, str]:
    """The kernel's certificates of proved claims, by the names that `recheck` expects of their files."""
    from convbound.checks.commands.recheck_command import certificate_file
    from convbound.proofs.certificates import dump
    from convbound.proofs.libraries import load_library
    from convbound.proofs.prover import Proved, Prover

    prover, found = Prover(), {}
    for name in claims:
        library, _, claim = name.partition(":")
        result = prover.prove(load_library(library).claims[claim])
        if isinstance(result, Proved):
            found[certificate_file(name)] = dump(result.certificate)
    return found


def _text(certificate: dict[str, object]) -> str:
    check(certificate)
    return json.dumps(certificate, separators=(",", ":")) + "\n"


def _decimal(units: int) -> str:
    return f"{units // 10**PLACES}.{units % 10**PLACES:0{PLACES}d}"


def _outwards(interval: tuple[Fraction, Fraction]) -> tuple[str, str]:
    low, high = interval
    return _decimal(math.floor(low * 10**PLACES)), _decimal(math.ceil(high * 10**PLACES))

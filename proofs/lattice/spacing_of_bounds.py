"""T6 for every bound of the catalogue: the claim behind it, on the lattice of spacing δ.

`bounds` says "proved" at a spacing δ ≠ 1 only where a claim of this name is proved (`bounds.entry.Bound.claims_at`).
"""

from __future__ import annotations

from convbound.bounds.catalogue import CATALOGUE
from convbound.bounds.entry import AT_SPACING
from convbound.bounds.subjects.discrete_updates import WITHOUT_SMOOTHING
from convbound.proofs.lattice.spacing import at_spacing
from convbound.proofs.lattice.theory import theory

# a root over a quotient: √(1 + 8c/L) and √(dL²/4 + 2Δ/(ηK))
ANEW = ("t1b/weak", "rounding/finite-norm")


def _behind_bounds() -> list[str]:
    """The claims of this library that bounds on the lattice answer to, in the order of the catalogue."""
    names = [name for entry in CATALOGUE.values() if entry.scaling for name in (entry.claim, *entry.cases)]
    mine = (name.removeprefix(f"{theory.name}:") for name in dict.fromkeys(names) if name.startswith(theory.name))
    return [name for name in mine if theory[name].expected == "proved"]


for name in _behind_bounds():
    for stated in (name, f"{name}{WITHOUT_SMOOTHING}"):
        if stated in theory.claims and f"{stated}{AT_SPACING}" not in theory.claims:
            at_spacing(theory[stated], anew=stated in ANEW)

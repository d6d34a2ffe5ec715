"""Look for a false theorem of the kernel for as long as one likes.

    python tests/benchmarks/hunt_false_theorems.py --facts 1000000 --seed 0

Random certificates grow until so many accepted facts have been evaluated in a universe of their hypotheses; every tenth
try is a limit. Prints the counts, and each false fact; exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "proofs"))

from random_certificates import RandomCertificate, hunt_limit


def main() -> int:
    """Grow certificates from the first seed on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=100_000, help="how many accepted facts to evaluate")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    chosen = parser.parse_args()
    accepted: Counter[str] = Counter()
    facts, limits, seed, false, start = 0, 0, chosen.seed, [], time.monotonic()
    while facts + limits < chosen.facts:
        grown = RandomCertificate(seed)
        false += [problem for problem in (grown.grow(25),) if problem]
        facts, accepted = facts + grown.checked, accepted + grown.accepted
        taken, problem = hunt_limit(seed)
        limits, seed = limits + taken, seed + 1
        false += [problem] if problem else []
    for problem in false:
        print(problem)
    rules = ", ".join(f"{rule} {count}" for rule, count in sorted(accepted.items()))
    print(
        f"seeds {chosen.seed} to {seed - 1}: {facts} facts and {limits} limits evaluated, {len(false)} false; {rules}"
    )
    print(f"{time.monotonic() - start:.0f} s")
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())

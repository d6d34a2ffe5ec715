"""`convbound init`: a claim file to begin with, commented, with a true claim and a false one."""

from __future__ import annotations

from pathlib import Path

import click

from convbound.bounds.errors import InputError
from convbound.bounds.files import check_output, write_whole
from convbound.checks.commands.destinations import PathOption

FILE = Path("my_claims.py")
TEXT = '''\
"""Claims of mine. Check them with:   convbound verify {name}"""

from convbound.textbook import *

# A paper holds claims. The second text says where they come from.
paper = Paper("mine", "my notes")

# What the letters are. Constants are fixed before everything else; what is known or drawn has a value at each step
# k = 1, ..., K. Vectors have coordinates.
L, alpha = constants("L alpha")
F, g = known("F"), known_vector("g", "∇F(x_k)")  # known at step k, before anything is drawn there
h = drawn_vector("h", "the stochastic gradient")  # drawn at step k

# What is supposed. A label goes before a statement in brackets. Numbers are exact: write L/3, not 0.333 * L.
# norm2(h) is the squared norm, g @ h an inner product, next(F) the value at the next step, E_k the expectation given
# all that is known at step k.
step = [
    L > 0,
    alpha > 0,
    "L-smooth" | (next(F) <= F - alpha * (g @ h) + L * alpha**2 / 2 * norm2(h)),
    "unbiased" | (E_k(h) == g),
    "growth" | (E_k(norm2(h)) <= 2 * norm2(g)),
]

# A true claim. No proof is written: it is searched for, and a small kernel checks what is found.
decrease = E_k(next(F)) <= F - (alpha - L * alpha**2) * norm2(g)
paper.lemma("one-step", step, decrease)

# A false claim: the second moment is forgotten. Exact numbers are found in which all of the above holds, and this does
# not. `expected` says which verdict you expect (proved, unless you say otherwise); another one is exit code 1.
forgotten = E_k(next(F)) <= F - (alpha - L * alpha**2 / 2) * norm2(g)
paper.lemma("one-step-forgotten", step, forgotten, expected="refuted")

# Try: what does `convbound verify --explain one-step {name}` say? What if alpha > 0 is left out? If g is drawn?
'''


@click.command()
@click.argument("file", type=PathOption(), default=FILE)
def command(file: Path) -> int:
    """Write a claim FILE to begin with (my_claims.py, if none is named): one claim is true, and one false.

    Nothing that exists is overwritten. The name ends in _claims.py, by which folders are searched for claims.
    """
    if not file.name.endswith("_claims.py") or file.name == "_claims.py":
        raise InputError(f"a claim file is called something_claims.py, and not {file.name!r}.")
    check_output(file)
    if file.exists() or file.is_symlink():
        raise InputError(f"{str(file)!r} exists already; nothing was written. Name another file.")
    write_whole(file, TEXT.format(name=file))
    click.echo(f"{file} holds a true and a false claim. Next: convbound verify {file}")
    return 0

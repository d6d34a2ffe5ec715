"""What a word was declared to be: a constant, known or drawn, a number or a vector. Nothing here is trusted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from convbound.bounds import notation
from convbound.bounds.errors import InputError
from convbound.proofs.kernel import NAME, RESERVED

if TYPE_CHECKING:
    from convbound.proofs.textbook.terms import Term

BY_LETTER = {letter: name for name, letter in notation.GREEK.items()}
STEP, RUN, INDEX = "step", "run", "i"  # the scopes
OWN = {
    "E": "the expectation",
    "E_k": "the expectation given the past",
    "sum": "the sum over the coordinates",
    "mean": "the average over the steps",
    "total": "the sum over the steps",
    "K": "the number of steps",
    "k": "the step",
    "d": "the number of coordinates",
    "i": "the coordinate",
    "step": "the time",
    "run": "the scope of chance",
}


class MisuseError(InputError):
    """A word is used as it cannot be; the message says what to write instead."""


@dataclass(frozen=True)
class Declared:
    """One name: what kind of thing it is, and what else its kind needs.

    `stage` is when in its step it is drawn; `of` what a power is a power of, or a minimum the least of; `offset` the
    number that is added to the step in a power's exponent, `at` whether that is the step k or the number K of steps.
    """

    name: str
    kind: str  # constant, integer, fixed, known, drawn, power, least
    vector: bool = False
    meaning: str = ""
    stage: int = 1
    of: Term | None = None
    offset: int = 0
    at: str = ""

    def __str__(self) -> str:
        """ "a vector, drawn at stage 2"."""
        what = {"fixed": "fixed", "known": "known at step k", "drawn": f"drawn in step k, stage {self.stage}"}
        thing = "a vector" if self.vector else "a number"
        return f"{thing}, {what.get(self.kind, self.kind)}"


Table = Mapping[str, Declared]
DIMENSION = Declared("d", "integer")


def checked_name(name: str) -> str:
    """A name that can be declared; Greek letters by their names.

    Raises:
        MisuseError: it cannot be a name, or it is one of ours.
    """
    plain = unicodedata.normalize("NFC", name)
    for letter, word in BY_LETTER.items():
        plain = plain.replace(letter, word)
    if not NAME.match(plain):
        raise MisuseError(f"{name!r} cannot be a name: write letters, Greek ones too, digits and _, and a letter first")
    reserved = plain in OWN or plain in RESERVED or (plain[:3] in ("E_k", "s_") and plain[3:].isdigit())
    if reserved or plain.startswith("stage"):
        about = f" ({OWN[plain]})" if plain in OWN else ""
        raise MisuseError(f"{name!r} is a word of the textbook already{about}: choose another name")
    return plain


def together(*tables: Table) -> dict[str, Declared]:
    """The names of all.

    Raises:
        MisuseError: two of one name are not the same.
    """
    found: dict[str, Declared] = {}
    for table in tables:
        for name, declared in table.items():
            other = found.setdefault(name, declared)
            if other is not declared and str(other) != str(declared):
                raise MisuseError(f"{name!r} stands for two things here: {other}; and {declared}")
            if other is not declared and other != declared:
                raise MisuseError(f"{name!r} was declared twice, in different words; declare it once")
    return found

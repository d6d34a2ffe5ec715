"""The standard streams, fit to print on in any surroundings: closed, not UTF-8, or left by their reader."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
import unicodedata
from typing import TextIO

# how mathematics is written where the encoding has no sign for it; what is not here loses its accent, or is a "?"
PLAIN = {
    **{"≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "∞": "inf", "−": "-", "·": "*", "×": "x", "±": "+-"},
    **{"√": "sqrt ", "Σ": "Sum", "∑": "Sum", "∇": "grad ", "‖": "||", "∈": " in ", "∫": "int ", "∂": "d", "∏": "Prod"},
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "Delta", "ε": "eps", "η": "eta", "κ": "kappa"},
    **{"λ": "lambda", "μ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "ξ": "xi"},
    **{"²": "^2", "³": "^3", "ᵏ": "^k", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "…": "...", "⊢": "|-"},
    **{"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "█": "#", "░": ".", "✓": "*"},
}


def _transliterate(problem: UnicodeError) -> tuple[str, int]:
    """The handler of what an encoding cannot say: never an exception, and readable where that is possible."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(map(_plain, problem.object[problem.start : problem.end])), problem.end


def _plain(sign: str) -> str:
    if sign in PLAIN:
        return PLAIN[sign]
    kept = unicodedata.normalize("NFKD", sign).encode("ascii", errors="ignore").decode()
    return kept if kept and kept != sign else "?"


codecs.register_error("convbound", _transliterate)


def prepare() -> None:
    """Make both streams take any text. A closed one swallows it, and its number is not given to the next file."""
    if sys.stdout is None or sys.stderr is None:
        for number in (1, 2):
            try:
                os.fstat(number)
            except OSError:
                null = os.open(os.devnull, os.O_WRONLY)
                if null != number:
                    os.dup2(null, number)
                    os.close(null)
        sys.stdout = sys.stdout or _null()
        sys.stderr = sys.stderr or _null()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a test's stand-in may have none
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(errors="convbound")
        elif reconfigure is not None:
            reconfigure(errors="backslashreplace")  # half a character of a strange file name


def _null() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def settle() -> None:
    """Flush at the end; what nobody can take is dropped, so that the interpreter does not stumble over it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):  # a test's stand-in has no file number
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, stream.fileno())
                os.close(null)

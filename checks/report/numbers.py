"""How numbers look in every rendering, and which colour a bound's worth has."""

from __future__ import annotations

import re

WORTH = {"impossible": "refuted", "refuted": "refuted", "minimum": "minimum", "valid": "proved", "vacuous": "vacuous"}


def number(x: float) -> str:
    """A number for people, with thin spaces between its thousands."""
    text = f"{x:,.2f}" if 10 <= abs(x) < 1e15 else f"{x:.6g}"
    return text.replace(",", "\u202f").removesuffix(".00").replace("-", "−")


def power(k: int) -> str:
    """A power of ten as text."""
    digits = str(k).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    return {0: "1", 1: "10", 2: "100", 3: "1000"}.get(k, f"10{digits}")


def exact(text: str) -> str:
    """An exact value as LaTeX."""
    text = text.replace("·", r"\,")
    text = re.sub(r"√(\d+)", r"\\sqrt{\1}", text)
    return re.sub(r"(\d+)/(\d+)", r"\\frac{\1}{\2}", text)

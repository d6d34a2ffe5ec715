"""Wordings that several outputs share: of numbers of things, and of a verdict that is not as expected."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbound.proofs.record import Counterexample, Record


def counted(number: int, noun: str) -> str:
    """1 claim, 2 claims."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def value(text: str) -> str:
    """An exact value with its decimal: equal where it is, near where it is not."""
    found = re.fullmatch(r"(.*?)(-?\d+/\d+) ≈ (-?[\d.]+)(.*)", text)
    if found is None or Fraction(found[2]) != Fraction(found[3]):
        return text
    return f"{found[1]}{found[2]} = {found[3]}{found[4]}"


def fails(found: Counterexample) -> str:
    """What the conclusion comes to in the instance, which it is not: 4 ≤ 5/2 is false."""
    sign = {"<=": "≤", ">=": "≥"}.get(found.relation, found.relation)
    return f"{_exactly(found.left)} {sign} {_exactly(found.right)} is false"


def _exactly(text: str) -> str:
    """The exact value alone."""
    return re.sub(r" [≈=] -?[\d.]+", "", text)


def instance(found: Counterexample) -> str:
    """The instance as its author puts it; where nobody did, by the values that the conclusion mentions."""
    return found.instance or ", ".join(f"{x.text} = {x.value}" for x in found.ingredients) or found.data.summary()


def headline(record: Record) -> str:
    """One line: the claim, the verdict and the expectation."""
    return f"{record.id}: {record.verdict}, expected {record.expected}"


def details(record: Record) -> str:
    """The statement, why the verdict is what it is, and where the claim stands."""
    lines = [": ".join(x for x in (record.source, record.title) if x), f"claim: {record.conclusion.text}"]
    found = record.counterexample
    if found:
        lines.append(f"counterexample: {instance(found)}: left side {found.left}, right side {found.right}")
        lines += [found.words] if found.words else []
        lines += [f"checked on: {summary}"] if (summary := found.data.summary()) else []
    lines += [record.reason] if record.reason else []
    lines += [record.repair] if record.repair else []
    lines += [e.text for e in record.evidence]
    if record.place[0]:
        lines.append(f"stated in {record.place[0]}, line {record.place[1]}")
    return "\n".join(line for line in lines if line)

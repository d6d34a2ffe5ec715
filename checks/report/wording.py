"""Wordings that several outputs share: of numbers of things, and of a verdict that is not as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbound.proofs.record import Record


def counted(number: int, noun: str) -> str:
    """1 claim, 2 claims."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def headline(record: Record) -> str:
    """One line: the claim, the verdict and the expectation."""
    return f"{record.id}: {record.verdict}, expected {record.expected}"


def details(record: Record) -> str:
    """The statement, why the verdict is what it is, and where the claim stands."""
    lines = [f"{record.source}: {record.title}", f"claim: {record.conclusion.text}"]
    found = record.counterexample
    if found:
        lines.append(f"counterexample: {found.instance}: left side {found.left}, right side {found.right}")
        lines += [found.words] if found.words else []
        lines.append(f"checked on: {found.data.summary()}")
    if record.reason:
        lines.append(record.reason)
    lines += [e.text for e in record.evidence]
    if record.place[0]:
        lines.append(f"stated in {record.place[0]}, line {record.place[1]}")
    return "\n".join(lines)

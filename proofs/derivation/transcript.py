"""What a reader sees of a derivation: its displayed lines, and what each fact is called in them."""

from __future__ import annotations

from collections.abc import Sequence

from convbound.proofs.derivation.state import Fact, ProofState
from convbound.proofs.language.readback import Readback
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.record import Line


class Transcript:
    """The displayed lines, in their order."""

    def __init__(self, state: ProofState) -> None:
        """Nothing is shown yet."""
        self.state, self.vocabulary = state, state.claim.vocabulary
        self.lines: list[Line] = []
        self.labels: dict[tuple[int, int], str] = {}
        self.said: dict[tuple[int, int], Relation] = {}  # how the author put a fact

    def name(self, fact: Fact, label: str, relation: Relation | None = None, *, anew: bool = False) -> None:
        """Call a fact by a label, and show it as its author put it; what was told first stays, unless told `anew`."""
        if anew or fact.place not in self.labels:
            self.labels[fact.place] = label
        if relation is not None and (anew or fact.place not in self.said):
            self.said[fact.place] = relation

    def name_definition(self, symbol: str, fact: Fact) -> None:
        """Call a fact by the definition it is part of."""
        name = self.vocabulary.text(Readback(self.state.proof, self.vocabulary).atom(symbol))
        self.name(fact, f"definition of {name}")

    def note(self, relation: Relation, rule: str, uses: Sequence[Fact], fact: Fact, label: str = "") -> Fact:
        """Show a fact as its author put it, with the facts that it uses."""
        names = tuple(dict.fromkeys(self.label(f) for f in uses))
        self.said.setdefault(fact.place, relation)
        self.show(relation, rule if fact.poly else "identity", names, fact)
        self.name(fact, label or self.vocabulary.text(relation))
        return fact

    def show(self, relation: Relation, rule: str, uses: Sequence[str], fact: Fact, words: str = "") -> None:
        """Add a line, unless the same step is shown so already."""
        v = self.vocabulary
        step = fact.place[0] if fact.poly else -1
        line = Line(v.text(relation), v.sides(relation), rule, tuple(uses), step, words)
        if (line.text, line.step) not in ((other.text, other.step) for other in self.lines):
            self.lines.append(line)

    def relation(self, fact: Fact) -> Relation:
        """The fact as its author put it, or read back from the kernel."""
        found = self.said.get(fact.place)
        return found or Readback(self.state.proof, self.vocabulary).fact(fact.relation, fact.poly)

    def label(self, fact: Fact) -> str:
        """What the fact is called."""
        found = self.labels.get(fact.place)
        return found or self.vocabulary.text(self.relation(fact))

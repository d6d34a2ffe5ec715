"""Claims as data: what is said, where, under which hypotheses, and what the project expects to find."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from convbound.bounds.errors import InputError
from convbound.bounds.verdict import EXPECTED
from convbound.proofs.language.vocabulary import Relation, Vocabulary

if TYPE_CHECKING:
    from convbound.proofs.derivation.derivation import Derivation, Fact
    from convbound.proofs.models.processes import Instance


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis in the claim's vocabulary.

    With `instance`, another claim and how its symbols and functionals are replaced, it is not supposed but derived:
    the other claim's certificate is replayed under the replacement, and what that claim supposes has to be found among
    this claim's hypotheses.
    """

    relation: Relation
    text: str = ""
    added: bool = False  # not in the source: the correction needs it
    instance: tuple[Claim, Mapping[Any, Any]] | None = None


@dataclass(frozen=True)
class Premise:
    """A hypothesis that is no polynomial fact (such as Assumption 2); decided exactly for the objective of a model."""

    text: str
    latex: str
    holds: Callable[[Any], bool]  # of a Model or a Process
    added: bool = False


@dataclass(frozen=True)
class Refutation:
    """An instance in which the hypotheses hold and the conclusion fails.

    `model` builds it. Where the conclusion is about a limit it is a `Process`, which goes on for ever, and `opposite`
    is the claim of this library that proves the opposite for it: its hypotheses hold in the process at every step, for
    every K, and its conclusion contradicts this one's.
    """

    model: Callable[[], Instance]
    words: str
    opposite: Claim | None = None


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement of a source, or a corrected one; see `Library.claim` for how it is written."""

    id: str
    library: str
    source: str
    title: str
    vocabulary: Vocabulary
    suppose: tuple[Hypothesis | Premise, ...]
    then: Relation
    expected: str
    printed: bool = True
    corrects: str | None = None
    proof: Callable[[Derivation], Fact] | None = None
    prepare: Callable[[Derivation], None] | None = None
    refutation: Refutation | None = None
    witness: Callable[[], Instance | Sequence[Instance]] | None = None
    latex: str = ""
    note: str = ""
    assumed: bool = False
    place: tuple[str, int] = ("", 0)
    original: Claim | None = None  # the claim that `corrects` names, where this library has it
    uses: tuple[Claim, ...] = ()  # claims in the same words that a proof found by itself may rest on

    @property
    def hypotheses(self) -> list[Hypothesis]:
        """All hypotheses that are relations, supposed or derived."""
        return [h for h in self.suppose if isinstance(h, Hypothesis)]

    @property
    def facts(self) -> list[Hypothesis]:
        """The hypotheses that the kernel sees."""
        return [h for h in self.hypotheses if h.instance is None]

    @property
    def instances(self) -> list[Hypothesis]:
        """What stands among the hypotheses and is derived: instances of other claims."""
        return [h for h in self.hypotheses if h.instance is not None]

    @property
    def premises(self) -> list[Premise]:
        """The hypotheses that are decided for the objective of a model."""
        return [h for h in self.suppose if isinstance(h, Premise)]

    @property
    def name(self) -> str:
        """The identifier with its library."""
        return f"{self.library}:{self.id}"


def _registered_at() -> tuple[str, int]:
    """File and line of the module-level statement that registers a claim, whatever helpers it goes through."""
    frame = sys._getframe(2)
    while frame.f_code.co_name != "<module>" and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


@dataclass
class Library:
    """The claims of one source, in the order of the source."""

    name: str
    title: str
    source: str
    claims: dict[str, Claim] = field(default_factory=dict)

    def claim(
        self,
        id: str,
        source: str,
        title: str,
        vocabulary: Vocabulary,
        *,
        suppose: Sequence[Hypothesis | Premise | Relation],
        then: Relation,
        expected: str = "proved",
        **about: Any,
    ) -> Claim:
        """Register a claim; the arguments are the fields of `Claim`.

        Raises:
            ValueError: the name is taken, or `expected` is no verdict.
            TypeError: a hypothesis or the conclusion is no relation.
        """
        if id in self.claims:
            raise ValueError(f"{id} is registered already")
        if expected not in EXPECTED:
            raise ValueError(f"{expected!r} is no verdict to expect; those are {', '.join(EXPECTED)}")
        for part in (*(h for h in suppose if not isinstance(h, Hypothesis | Premise)), then):
            if not isinstance(part, Relation):
                raise TypeError(f"{self.name}:{id}: {part!r} is no relation; write ge(x, 0) for x >= 0, le, gt, lt, eq")
        hypotheses = tuple(Hypothesis(h) if isinstance(h, Relation) else h for h in suppose)
        about.setdefault("place", _registered_at())
        about.setdefault("original", self.claims.get(about.get("corrects") or ""))
        claim = Claim(id, self.name, source, title, vocabulary, hypotheses, then, expected, **about)
        self.claims[id] = claim
        return claim

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims.values())

    def __getitem__(self, id: str) -> Claim:
        """The claim of that name. Raises InputError naming the nearest ones."""
        if id not in self.claims:
            near = difflib.get_close_matches(id, self.claims, n=3, cutoff=0.3)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise InputError(f"there is no claim {id!r} in {self.name}.{hint}")
        return self.claims[id]

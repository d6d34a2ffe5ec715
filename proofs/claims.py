"""Claims as data: what is said, where, under which hypotheses, and what the project expects to find."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from convbound.bounds.errors import InputError, nearest
from convbound.bounds.verdict import EXPECTED
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary

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
    instance: tuple[Claim, Mapping[Expr, Expr]] | None = None


@dataclass(frozen=True)
class Premise:
    """A hypothesis that is no polynomial fact (such as Assumption 2); decided exactly for the objective of a model."""

    text: str
    latex: str
    holds: Callable[..., bool]  # of a Model or a Process
    added: bool = False


Supposed = Hypothesis | Premise | Relation  # what a claim may suppose


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
    prepare: Callable[[Derivation], object] | None = None
    refutation: Refutation | None = None
    witness: Callable[[], Instance | Sequence[Instance]] | None = None
    latex: str = ""
    note: str = ""
    assumed: bool = False
    place: tuple[str, int] = ("", 0)
    original: Claim | None = None  # the claim that `corrects` names, where this library has it
    uses: tuple[Claim, ...] = ()  # claims in the same words that a proof found by itself may rest on

    def __post_init__(self) -> None:
        """Refuse what is no claim; see `Library.claim`."""
        if self.expected not in EXPECTED:
            raise ValueError(f"{self.expected!r} is no verdict to expect; those are {', '.join(EXPECTED)}")
        for part in (*(h for h in self.suppose if not isinstance(h, Hypothesis | Premise)), self.then):
            if not isinstance(part, Relation):
                raise TypeError(f"{self.name}: {part!r} is no relation; write ge(x, 0) for x >= 0, le, gt, lt, eq")

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


@dataclass(frozen=True, eq=False)
class Quote:
    """A statement in its source's own words, and what the source derives it from.

    Attributes:
        text: what is printed, as plain text.
        name: what people call it: "Proposition 4".
        claims: the claims that encode it, one for each way in which it can be read.
        uses: the statements that the source derives it from; where it needs less of one than is printed, with the
            claim that states what it needs.
    """

    text: str
    name: str
    claims: tuple[Claim, ...]
    uses: tuple[tuple[Quote, Claim | None], ...] = ()


class About(TypedDict, total=False):
    """The keyword arguments of `Library.claim`, for functions that fill some of them in."""

    suppose: Sequence[Supposed]
    then: Relation
    expected: str
    printed: bool
    corrects: str | None
    proof: Callable[[Derivation], Fact] | None
    prepare: Callable[[Derivation], object] | None
    refutation: Refutation | None
    witness: Callable[[], Instance | Sequence[Instance]] | None
    latex: str
    note: str
    assumed: bool
    uses: Sequence[Claim]


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
    quotes: list[Quote] = field(default_factory=list)

    def claim(
        self,
        id: str,
        source: str,
        title: str,
        vocabulary: Vocabulary,
        *,
        suppose: Sequence[Supposed],
        then: Relation,
        expected: str = "proved",
        printed: bool = True,
        corrects: str | None = None,
        proof: Callable[[Derivation], Fact] | None = None,
        prepare: Callable[[Derivation], object] | None = None,
        refutation: Refutation | None = None,
        witness: Callable[[], Instance | Sequence[Instance]] | None = None,
        latex: str = "",
        note: str = "",
        assumed: bool = False,
        uses: Sequence[Claim] = (),
    ) -> Claim:
        """Register a claim.

        Args:
            id: its name in the library: `prop-9`, `prop-9/line-2`, `prop-9~corrected`.
            source: where it stands.
            title: what it says, in words.
            vocabulary: what its symbols are.
            suppose: its hypotheses, relations for those without a name.
            then: its conclusion.
            expected: the verdict that its author expects.
            printed: whether the source states it so.
            corrects: the identifier of the claim that it puts right.
            proof: derives the conclusion.
            prepare: is run before the conclusion is read: to prove denominators positive.
            refutation: an instance in which the hypotheses hold and the conclusion fails.
            witness: one instance of the hypotheses, or several; small claims find theirs by themselves.
            latex: how the conclusion is shown, where the automatic form reads badly.
            note: a remark; why it is open, where it is.
            assumed: it is taken from the source, and not checked.
            uses: claims in the same words that a proof found by itself may rest on.

        Raises:
            ValueError: the name is taken, or `expected` is no verdict.
            TypeError: a hypothesis or the conclusion is no relation.
        """
        if id in self.claims:
            raise ValueError(f"{id} is registered already")
        hypotheses = tuple(Hypothesis(h) if isinstance(h, Relation) else h for h in suppose)
        relations = [h.relation for h in hypotheses if isinstance(h, Hypothesis)]
        if vocabulary.inverses:  # what a condition says of its inverse is part of the claim
            from convbound.proofs.language.conditions import meaning

            hypotheses += tuple(Hypothesis(r, words) for r, words in meaning(vocabulary, [*relations, then]))
        stated = (id, self.name, source, title, vocabulary, hypotheses, then, expected, printed, corrects)
        shown = (proof, prepare, refutation, witness, latex, note, assumed, _registered_at())
        original = self.claims.get(corrects) if corrects is not None else None
        claim = self.claims[id] = Claim(*stated, *shown, original, tuple(uses))
        return claim

    def quote(self, text: str, *claims: str, name: str = "", uses: Sequence[Quote | Claim] = ()) -> Quote:
        """Say what the source prints of some claims, and what it derives that from; see `Quote`.

        Args:
            text: what is printed, as plain text.
            claims: the identifiers of the claims that encode it, one for each reading.
            name: what people call it; by default the source of the first claim.
            uses: the statements, or claims that state what is needed of them, that the source derives it from.

        Raises:
            InputError: there is no such claim.
            ValueError: no claim is named, or one that another quote has, or a used claim states nothing of a quote.
        """
        encoded = tuple(self[claim] for claim in claims)
        if not encoded:
            raise ValueError("a quote needs a claim that encodes it")
        if taken := [c.id for q in self.quotes for c in q.claims if c in encoded]:
            raise ValueError(f"{taken[0]} is quoted already")
        used = tuple((u, None) if isinstance(u, Quote) else (self.quoted(u), u) for u in uses)
        made = Quote(text, name or encoded[0].source, encoded, used)
        self.quotes.append(made)
        return made

    def quoted(self, claim: Claim) -> Quote:
        """The statement that a claim encodes or corrects.

        Raises:
            ValueError: there is none.
        """
        for quote in self.quotes:
            if claim in quote.claims or claim.original in quote.claims:
                return quote
        raise ValueError(f"{claim.id} states nothing of a quote: it has to be one of its claims, or correct one")

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims.values())

    def __getitem__(self, id: str) -> Claim:
        """The claim of that name.

        Raises:
            InputError: there is none; the nearest ones are named.
        """
        if id not in self.claims:
            near = nearest(id, self.claims, cutoff=0.3)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise InputError(f"there is no claim {id!r} in {self.name}.{hint}")
        return self.claims[id]

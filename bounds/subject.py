"""A subject: one paper or theory, as numbers. Its file in `bounds/subjects` declares one, and everything hangs on it.

    paper = Subject("my-paper", __file__, source="arXiv …", scheme=MY_SCHEME)

    @paper.bound("my-limit", "mean-square", "my scheme", claim="prop-1", assuming=(SMOOTH,))
    def my_limit(L: Number, d: Number) -> Number:
        \"\"\"Proposition 1, K → ∞.\"\"\"
        return d * L

The function is the formula: its parameters are those of the bound. The claim is one of the library of the same name in
`proofs`, whose verdict speaks for the formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from convbound.bounds.conditions import Condition
from convbound.bounds.entry import ANY, LATTICE_SCALING, Bound, Formula, Quantity, Scheme
from convbound.bounds.parameter_table import Parameter

if TYPE_CHECKING:
    from convbound.bounds.assessment import Table
    from convbound.bounds.sentences import Advice, StepLimit

F = TypeVar("F", bound=Formula)
Sentence = Callable[["Table"], "str | None"]
Adviser = Callable[[Mapping[str, Fraction]], "Advice | None"]


@dataclass(frozen=True)
class StepCondition:
    """A condition on the parameter `letter`, of which there are several versions: its heading, and their limits.

    Conditions of several subjects under one heading are shown together.
    """

    heading: str
    letter: str
    limits: Callable[[Mapping[str, Fraction]], Sequence[StepLimit]]


@dataclass(eq=False)
class Subject:
    """One paper or theory.

    Args:
        name: that of its library of claims in `proofs`.
        file: the module it is declared in; the recorded verdicts stand beside it, with the suffix `.json`.
        source: how people cite it.
        scheme: the update rule that it is about; others have their own entry at their bounds.
        quantities: what its bounds bound that no other subject has declared.
        parameters: letters that belong to no scheme of it.
    """

    name: str
    file: str
    source: str
    scheme: Scheme = ANY
    quantities: tuple[Quantity, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    bounds: list[Bound] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    advisers: list[Adviser] = field(default_factory=list)
    step: StepCondition | None = None

    @property
    def record(self) -> Path:
        """The file of the verdicts on its claims."""
        return Path(self.file).with_suffix(".json")

    def bound(
        self,
        id: str,
        quantity: str,
        title: str,
        *,
        claim: str,
        assuming: tuple[str, ...],
        cases: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        item: str = "",
        source: str = "",
        printed: str = "",
        role: str = "upper",
        setting: str = "lattice",
        scheme: Scheme | None = None,
        when: Condition | None = None,
        scaling: Mapping[str, int] = LATTICE_SCALING,
        condition_scaling: Mapping[str, int] | None = None,
        choosable: tuple[str, ...] = (),
        fixed: Mapping[str, int] | None = None,
        shown: tuple[str, ...] = (),
        note: str = "",
    ) -> Callable[[F], F]:
        """A decorator: this function is the formula of a bound. See `bounds.entry.Bound` for what is declared.

        Args:
            item: where in the subject's source it stands; or `source`, where it comes from elsewhere.
        """

        def qualified(name: str) -> str:
            return name if ":" in name else f"{self.name}:{name}"

        def declare(formula: F) -> F:
            self.bounds.append(
                Bound(
                    id=id,
                    title=title,
                    quantity=quantity,
                    formula=formula,
                    claim=qualified(claim),
                    source=source or f"{self.source}, {item}",
                    assumptions=assuming,
                    cases=tuple(map(qualified, cases)),
                    also=tuple(map(qualified, also)),
                    printed=printed,
                    role=role,
                    setting=setting,
                    scheme=scheme or self.scheme,
                    condition=when,
                    scaling=scaling,
                    condition_scaling=condition_scaling,
                    choosable=choosable,
                    fixed=fixed or {},
                    shown=shown,
                    note=note,
                )
            )
            return formula

        return declare

    def sentence(self, function: Sentence) -> Sentence:
        """A decorator: what this function says of a table of bounds, in one sentence or None, belongs below it."""
        self.sentences.append(function)
        return function

    def advice(self, function: Adviser) -> Adviser:
        """A decorator: what one may choose freely at given parameters."""
        self.advisers.append(function)
        return function

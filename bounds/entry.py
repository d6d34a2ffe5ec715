"""What a catalogue entry is: a formula, what it bounds, under which assumptions, and the claim that answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from convbound.bounds.arithmetic import Number
from convbound.bounds.conditions import Comparison, Condition, holds, written
from convbound.bounds.notation import Written
from convbound.bounds.parameter_table import Parameter
from convbound.bounds.verdict import Verdict

if TYPE_CHECKING:
    import sympy

Formula = Callable[..., Number]


@dataclass(frozen=True)
class Quantity:
    """Something that bounds bound.

    `power` is 2 for a squared gradient norm, 1 for a norm, None for anything else. `use` is what it is called after
    "for", where a recommendation makes sense; `most` is what it never exceeds (1 for a probability).
    """

    id: str
    title: str
    power: int | None = None
    use: str = ""
    most: int | None = None


@dataclass(frozen=True)
class Special:
    """A value of a scheme's parameter at which claims of their own answer: their names end in `suffix`."""

    letter: str
    value: int
    suffix: str
    otherwise: str  # what the other claims suppose, in words


@dataclass(frozen=True)
class Scheme:
    """An update rule, as far as bounds tell it apart: its own parameters, and the values at which it is special."""

    id: str
    title: str
    parameters: tuple[Parameter, ...] = ()
    special: tuple[Special, ...] = ()


ANY = Scheme("any", "any scheme")  # of results about all of them

# on a lattice of spacing δ: the unit lattice with L → δL and Δ → Δ/δ
LATTICE_SCALING = {"L": 1, "Delta": -1}
# what the names of claims end in that state the same on the lattice of spacing δ
AT_SPACING = "@spacing"
SYMBOL_ASSUMPTION = {"positive": True}  # every symbol of an expression


def parameters_of(function: Formula) -> tuple[str, ...]:
    """The names of a function's positional parameters."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def _on_unit_lattice(
    parameters: Mapping[str, Number], names: Sequence[str], scaling: Mapping[str, int]
) -> dict[str, Number]:
    """The named parameters, with the spacing `delta`, if it is given, moved into those that it scales."""
    chosen = {name: parameters[name] for name in names}
    delta = parameters.get("delta")
    if delta is not None:
        for name, power in scaling.items():
            if name in chosen:
                chosen[name] = delta * chosen[name] if power > 0 else chosen[name] / delta
    return chosen


@dataclass(frozen=True, eq=False)
class Bound:
    """One entry of the catalogue.

    `claim` is the claim, "library:id", whose proof or refutation speaks for the formula at spacing 1; `cases` are
    claims that say the same for other parameters, `also` those of single gradients or steps that the entry rests on.
    `role` is "upper" (the quantity is at most this), "lower" (no scheme can promise less) or "constant". `setting` is
    "lattice", or "elsewhere" for results about other schemes, which do not compete on equal terms. `scheme` is the
    update rule, `ANY` for results about all of them. `printed` names the reading in which a source is transcribed as
    it stands, "" for everything else.

    `premises` is the verdict on what was put in for its parameters, where that is not simply given: the bound is worth
    no more than it.

    `scaling` holds the powers of δ by which a lattice of that spacing multiplies parameters; `fixed` binds parameters
    of the formula. `condition` gives the comparisons of parameters (scaled too, by `condition_scaling` where that
    differs) under which the bound applies; its text is derived from it. Parameters of the condition alone that are
    `choosable` may stay unknown: then the bound says what holds for every choice that meets the condition. `shown` are
    letters whose values belong to the title.
    """

    id: str
    title: str
    quantity: str
    formula: Formula
    claim: str
    source: str
    assumptions: tuple[str, ...]
    cases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    printed: str = ""
    role: str = "upper"
    setting: str = "lattice"
    scheme: Scheme = ANY
    condition: Condition | None = None
    scaling: Mapping[str, int] = field(default_factory=lambda: LATTICE_SCALING)
    condition_scaling: Mapping[str, int] | None = None
    choosable: tuple[str, ...] = ()
    fixed: Mapping[str, int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    note: str = ""
    premises: Verdict = Verdict.PROVED

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the formula, without the spacing."""
        return tuple(name for name in parameters_of(self.formula) if name not in self.fixed)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """All parameters that must be known for the bound and for the condition on it."""
        names = self.parameters + (parameters_of(self.condition) if self.condition else ())
        chosen = [name for name in names if name in self.parameters or name not in self.choosable]
        return tuple(dict.fromkeys(chosen))

    @property
    def wanted(self) -> tuple[str, ...]:
        """All parameters that are looked at where they are known."""
        return tuple(dict.fromkeys((*self.needs, *self.choosable, "delta")))

    @property
    def condition_parameters(self) -> tuple[str, ...]:
        """The parameters of the condition, the spacing among them where it matters."""
        if self.condition is None:
            return ()
        spacing = ("delta",) if self._condition_scaling else ()
        return (*parameters_of(self.condition), *spacing)

    @property
    def _condition_scaling(self) -> Mapping[str, int]:
        return self.scaling if self.condition_scaling is None else self.condition_scaling

    def formula_at(self, parameters: Mapping[str, Number]) -> Number:
        """The formula, with the lattice spacing `delta`, if it is among the parameters, moved into them."""
        return self.formula(**_on_unit_lattice(parameters, self.parameters, self.scaling), **self.fixed)

    def conditions_at(self, parameters: Mapping[str, Number]) -> Sequence[Comparison]:
        """The comparisons that must hold for the bound to apply, in the arithmetic of the parameters."""
        if self.condition is None:
            return ()
        names = parameters_of(self.condition)
        if any(name in self.choosable and name not in parameters for name in names):
            return ()
        return self.condition(**_on_unit_lattice(parameters, names, self._condition_scaling))

    def applies_at(self, point: Mapping[str, Fraction]) -> bool:
        """Whether the bound applies at a point of exact parameters, decided exactly."""
        own = {name: point[name] for name in self.condition_parameters if name in point}
        return holds(self.conditions_at, own)

    @property
    def claims(self) -> tuple[str, ...]:
        """All claims that the bound rests on, at ordinary parameters of its scheme and on the unit lattice."""
        return (self.claim, *self.cases, *self.also)

    def special_at(self, parameters: Mapping[str, Number]) -> Special | None:
        """The special value of the scheme that one of the parameters has, if any."""
        return next((s for s in self.scheme.special if parameters.get(s.letter) == s.value), None)

    def claims_at(self, parameters: Mapping[str, Number]) -> tuple[str, ...]:
        """The claims that answer for the bound at these parameters: special values and spacings have their own.

        The cases tell ordinary parameters apart, so that a special value is no case of theirs.
        """
        suffix, claims = "", (self.claim, *self.cases)
        if (special := self.special_at(parameters)) is not None:
            suffix, claims = special.suffix, (self.claim,)
        if self.scaling and parameters.get("delta", 1) != 1:
            suffix += AT_SPACING
        return tuple(f"{claim}{suffix}" for claim in claims) + self.also

    def _letters(self, make: Callable[[str], Number], spacing: bool) -> dict[str, Number]:
        return {name: make(name) for name in self.wanted if spacing or name != "delta"}

    def written(self, *, spacing: bool = False) -> Written:
        """The formula as text and LaTeX; with `spacing` for a lattice of spacing δ, else for spacing 1."""
        formula: Written = self.formula_at(self._letters(Written.letter, spacing))
        return formula

    def written_condition(self, *, spacing: bool = False) -> Written | None:
        """The condition as text and LaTeX, None where there is none."""
        return written(self.conditions_at(self._letters(Written.letter, spacing)))

    @property
    def condition_text(self) -> str:
        """The condition at spacing 1, "" where there is none."""
        condition = self.written_condition()
        return condition.text if condition else ""

    def expression(self, *, spacing: bool = False) -> sympy.Expr:
        """The formula as a SymPy expression in positive symbols with the names of `parameters` (imports SymPy)."""
        import sympy

        return self.formula_at(self._letters(lambda name: sympy.Symbol(name, **SYMBOL_ASSUMPTION), spacing))

    def as_symbols(self) -> sympy.Expr:
        """The same, at spacing 1."""
        return self.expression()

    def __call__(self, **parameters: Number) -> Number:
        """The value, a float, or an array where some parameter is one: see `bounds.evaluation.evaluate`."""
        from convbound.bounds.evaluation import evaluate

        return evaluate(self, parameters)

"""What a catalogue entry is: a formula, what it bounds, under which assumptions, and the claim that answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from convbound.bounds.notation import Written


@dataclass(frozen=True)
class Quantity:
    """Something that bounds bound. `power` is 2 for a squared gradient norm, 1 for a norm, None for anything else."""

    id: str
    title: str
    power: int | None


QUANTITIES = {
    quantity.id: quantity
    for quantity in (
        Quantity("mean-square", "mean squared gradient norm, K → ∞", 2),
        Quantity("mean-norm", "mean gradient norm, K → ∞", 1),
        Quantity("best-iterate", "best iterate: liminf of the gradient norm", 1),
        Quantity("mean-square/K", "mean squared gradient norm over K steps", 2),
        Quantity("mean-norm/K", "mean gradient norm over K steps", 1),
        Quantity("best-iterate/K", "best iterate: smallest gradient norm within K steps", 1),
        Quantity("wait", "expected number of steps until ‖∇F‖₂ < T", None),
        Quantity("alignment", "mean alignment φ = (t² + c s)/(s + c d), K → ∞", None),
        Quantity("alignment/K", "mean alignment φ = (t² + c s)/(s + c d) over K steps", None),
        Quantity("mu", "alignment constant μ of (2.2)", None),
        Quantity("M", "second-moment constant M of (2.3)", None),
        Quantity("M_G", "second-moment constant M_G of (2.3)", None),
    )
}

# T6: a lattice of spacing δ is the unit lattice with L → δL and Δ → Δ/δ
LATTICE_SCALING = {"L": 1, "Delta": -1}
SYMBOL_ASSUMPTION = {"positive": True}  # every symbol of an expression


def parameters_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's positional parameters."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


@dataclass(frozen=True, eq=False)
class Bound:
    """One entry of the catalogue.

    `claim` is the claim, "library:id", whose proof or refutation speaks for the formula at spacing 1; `also` are
    further claims that the entry rests on. `role` is "upper" (the quantity is at most this), "lower" (no scheme can
    promise less) or "constant". `setting` is "lattice", or "elsewhere" for results about other schemes, which do not
    compete on equal terms. `scheme` names the update rule: "zim", "rounding", "greedy", "sgd", "bold", or "any" for
    results about all of them. `scaling` holds the powers of δ by which T6 multiplies parameters; `fixed` binds
    parameters of the formula. `condition` decides from parameters (after scaling) whether the bound applies, and
    `condition_text` says so in words.
    """

    id: str
    title: str
    quantity: str
    formula: Callable[..., Any]
    claim: str
    source: str
    assumptions: tuple[str, ...]
    also: tuple[str, ...] = ()
    role: str = "upper"
    setting: str = "lattice"
    scheme: str = "zim"
    condition: Callable[..., Any] | None = None
    condition_text: str = ""
    scaling: Mapping[str, int] = field(default_factory=lambda: LATTICE_SCALING)
    fixed: Mapping[str, int] = field(default_factory=dict)
    note: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the formula, without the spacing."""
        return tuple(name for name in parameters_of(self.formula) if name not in self.fixed)

    @property
    def needs(self) -> tuple[str, ...]:
        """All parameters that must be known for the bound and for the condition on it."""
        names = self.parameters + (parameters_of(self.condition) if self.condition else ())
        return tuple(dict.fromkeys(names))

    def scaled(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The needed parameters, with the lattice spacing `delta` moved into them."""
        delta = parameters.get("delta")
        chosen = {name: parameters[name] for name in self.needs}
        if delta is None:
            return chosen
        for name, power in self.scaling.items():
            if name in chosen:
                chosen[name] = delta * chosen[name] if power > 0 else chosen[name] / delta
        return chosen

    def formula_at(self, scaled: Mapping[str, Any]) -> Any:
        """The formula at parameters that `scaled` has prepared."""
        return self.formula(**{name: scaled[name] for name in self.parameters}, **self.fixed)

    def applies_at(self, scaled: Mapping[str, Any]) -> Any:
        """Whether the condition holds at parameters that `scaled` has prepared; an array for arrays."""
        if self.condition is None:
            return True
        return self.condition(**{name: scaled[name] for name in parameters_of(self.condition)})

    def _on_letters(self, make: Callable[[str], Any], spacing: bool) -> Any:
        letters = {name: make(name) for name in self.needs}
        if spacing:
            letters["delta"] = make("delta")
        return self.formula_at(self.scaled(letters))

    def written(self, *, spacing: bool = False) -> Written:
        """The formula as text and LaTeX; with `spacing` for a lattice of spacing δ, else for spacing 1."""
        letters: Written = self._on_letters(Written.letter, spacing)
        return letters

    def expression(self, *, spacing: bool = False) -> Any:
        """The formula as a SymPy expression in positive symbols with the names of `parameters` (imports SymPy)."""
        import sympy

        return self._on_letters(lambda name: sympy.Symbol(name, **SYMBOL_ASSUMPTION), spacing)

    def as_symbols(self) -> Any:
        """The same, at spacing 1."""
        return self.expression()

    def __call__(self, **parameters: Any) -> Any:
        """The value, a float, or an array where some parameter is one: see `bounds.evaluation.evaluate`."""
        from convbound.bounds.evaluation import evaluate

        return evaluate(self, parameters)

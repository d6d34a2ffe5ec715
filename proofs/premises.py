"""Premises about an objective F that say which symbols of a claim are its points, values and gradients.

What they say is decided exactly for the objective of a model; it is trusted for refutations and witnesses. Because they
say what belongs to F, instances of claims with these premises can be searched for: see `automatic.quadratics`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from convbound.proofs.claims import Claim, Premise
from convbound.proofs.kernel import Poly, Proof
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.vocabulary import Expr, Vocabulary, next_value
from convbound.proofs.models.model import Evaluation, Model, Point
from convbound.proofs.models.objectives import DiagonalQuadratic
from convbound.proofs.models.segments import Value


@dataclass(frozen=True)
class At:
    """A point of the objective, and what its value and its gradient there are called."""

    point: Expr
    value: Expr | None = None
    gradient: Expr | None = None

    @property
    def expressions(self) -> list[Expr]:
        """All that it speaks of."""
        return [x for x in (self.point, self.value, self.gradient) if x is not None]


@dataclass(frozen=True)
class Objective:
    """What is supposed of an objective F; the numbers are parameters of the vocabulary."""

    vocabulary: Vocabulary
    places: tuple[At, ...]
    smooth: Expr | None = None
    convex: Expr | None = None
    polyak: Expr | None = None
    least: Expr | None = None

    @property
    def numbers(self) -> list[Expr]:
        """The constants of its class, and its least value."""
        return [x for x in (self.smooth, self.convex, self.polyak, self.least) if x is not None]

    def all_places(self) -> Iterator[At]:
        """Those that were given; and of what is a sequence also the one after the last step."""
        for place in self.places:
            yield place
            after = [None if x is None else self._after(x) for x in (place.point, place.value, place.gradient)]
            if after[0] is not None and (after[1] is not None or after[2] is not None):
                yield At(after[0], after[1], after[2])

    def _after(self, expression: Expr) -> Expr | None:
        """The expression at the next step; None where it has none, or stands at another step already."""
        variables = {s["variable"] for s in self.vocabulary.scopes if "variable" in s}
        times = {s["name"] for s in self.vocabulary.scopes if s["kind"] == "time"}
        about = {s["name"]: s for s in self.vocabulary.symbols}
        names = {x.name for x in expression.free_symbols}
        moved = {f.func.__name__ for f in expression.atoms(sympy.Function)} & {"next", "first", "last"}
        timed = [n for n in names if n in about and {s.lstrip("~") for s in about[n]["scopes"]} & times]
        if moved or names & variables or any(about[n]["sequence"] is None for n in timed):
            return None
        letters = {n: sympy.Symbol(n, real=True) for n in timed}
        return expression.subs({x: next_value(x) for x in letters.values()}, simultaneous=True)

    def index(self, proof: Proof, polys: Sequence[Poly]) -> str | None:
        """The index of the coordinates of a point, if it has one."""
        found = sorted(s for s in _reach(proof, polys) if proof.scopes.get(s, {}).get("kind") == "index")
        if len(found) > 1:
            raise ValueError(f"a point of an objective has one index, not {', '.join(found)}")
        return found[0] if found else None

    def holds(self, instance: object) -> bool:
        """Whether the objective of a model is in this class, and all places are its values and gradients there."""
        if not isinstance(instance, Model) or instance.objective is None:
            return False
        draft = Draft(self.vocabulary)
        numbers = {id(x): draft.poly(x) for x in self.numbers}
        places = [
            tuple(None if x is None else draft.poly(x) for x in (p.point, p.value, p.gradient))
            for p in self.all_places()
        ]
        here = Evaluation(draft.proof, instance)
        named = set[str]().union(
            *(draft.proof.mentioned(p) for p in [*numbers.values(), *(q for row in places for q in row if q)])
        )
        if here.broken_declaration(sorted(n for n in named if n in draft.proof.symbols)) is not None:
            return False
        values = {k: here.poly(p, {}) for k, p in numbers.items()}
        if not all(isinstance(x, Fraction) for x in values.values()):
            return False
        return self._in_class(instance.objective, values) and all(
            point is not None and self._is_there(here, point, value, gradient) for point, value, gradient in places
        )

    def _in_class(self, objective: object, values: dict[int, Value]) -> bool:
        def number(x: Expr) -> Fraction:
            return Fraction(values[id(x)])  # type: ignore[arg-type]  # they are rational

        if self.smooth is not None and not objective.is_smooth(number(self.smooth)):  # type: ignore[attr-defined]
            return False
        rest = [x for x in (self.convex, self.polyak, self.least) if x is not None]
        if not rest:
            return True
        return isinstance(objective, DiagonalQuadratic) and (
            (self.convex is None or objective.is_convex(number(self.convex)))
            and (self.polyak is None or objective.satisfies_polyak(number(self.polyak)))
            and (self.least is None or objective.least == number(self.least))
        )

    def _is_there(self, here: Evaluation, point: Poly, value: Poly | None, gradient: Poly | None) -> bool:
        proof, F = here.signature, here.model.objective
        polys = [p for p in (point, value, gradient) if p is not None]
        index = self.index(proof, polys)
        for at in here.points(_reach(proof, polys) - {index or ""}):
            everywhere: list[Point] = [at]
            if index is not None:
                first, length = here.range(index)
                everywhere = [{**at, index: j} for j in range(first, first + length)]
            w = [here.poly(point, x) for x in everywhere]
            if not all(isinstance(x, Fraction) for x in w):
                return False
            if value is not None and F.value(w) != here.poly(value, at):
                return False
            if gradient is not None and list(F.gradient(w)) != [here.poly(gradient, x) for x in everywhere]:
                return False
        return True


def _reach(proof: Proof, polys: Sequence[Poly]) -> frozenset[str]:
    return frozenset[str]().union(*(proof.reach[a] for p in polys for m in p for a, _ in m))


@dataclass(frozen=True)
class ObjectivePremise(Premise):
    """A premise about an objective, as `objective` makes it."""

    about: Objective | None = None


def objective(
    v: Vocabulary,
    *places: At,
    smooth: Expr | None = None,
    convex: Expr | None = None,
    polyak: Expr | None = None,
    least: Expr | None = None,
    text: str = "",
    latex: str = "",
    added: bool = False,
) -> ObjectivePremise:
    """The premise that there is an objective F of some class, of which symbols are the values and gradients.

    Args:
        v: the vocabulary of the claim.
        *places: points with the value and the gradient there; of sequences, also after the last step.
        smooth: L, where ∇F is L-Lipschitz.
        convex: μ, where F is μ-strongly convex; 0 for a convex F.
        polyak: μ, where ‖∇F‖² ≥ 2μ (F - min F).
        least: min F.
        text: the premise in words; by default from the other arguments.
        latex: the premise in LaTeX; by default its words.
        added: whether the source does not have it.

    Raises:
        ValueError: nothing is said of F; a constant is no parameter; a value varies with a coordinate, or something
            along a segment; or a point has several indices.
    """
    exact = [At(*(None if x is None else sympy.sympify(x, strict=True) for x in (p.point, p.value, p.gradient)))
             for p in places]  # fmt: skip
    given = [None if x is None else sympy.sympify(x, strict=True) for x in (smooth, convex, polyak, least)]
    about = Objective(v, tuple(exact), *given)
    if all(p.value is None and p.gradient is None for p in exact):
        raise ValueError("a premise about an objective says of some point what its value or its gradient is there")
    draft = Draft(v)
    for x in about.numbers:
        if _reach(draft.proof, [draft.poly(x)]):
            raise ValueError(f"{v.text(x)} is a constant of an objective, and varies")
    for place in exact:
        polys = [draft.poly(x) for x in place.expressions]
        index = about.index(draft.proof, polys)
        if any(draft.proof.scopes.get(s, {}).get("kind") == "unit" for s in _reach(draft.proof, polys)):
            raise ValueError(f"the point {v.text(place.point)} of an objective varies along a segment")
        if place.value is not None and index in _reach(draft.proof, [draft.poly(place.value)]):
            raise ValueError(f"{v.text(place.value)} is a value of an objective, and varies with {index}")
    words = text or _in_words(about)
    return ObjectivePremise(words, latex or rf"\text{{{words}}}", about.holds, added, about)


def _in_words(about: Objective) -> str:
    show = about.vocabulary.text
    parts = [] if about.smooth is None else [f"F is {show(about.smooth)}-smooth"]
    if about.convex is not None:
        parts.append("F is convex" if about.convex == 0 else f"F is {show(about.convex)}-strongly convex")
    if about.polyak is not None:
        parts.append(f"‖∇F‖² ≥ 2 {show(about.polyak)} (F - min F)")
    if about.least is not None:
        parts.append(f"min F = {show(about.least)}")
    for p in about.places:
        parts += [] if p.value is None else [f"F({show(p.point)}) = {show(p.value)}"]
        parts += [] if p.gradient is None else [f"∇F({show(p.point)}) = {show(p.gradient)}"]
    return ", ".join(parts)


def premise_symbols(claim: Claim) -> list[str]:
    """The symbols of which the premises about objectives speak."""
    found = set[str]()
    for premise in claim.premises:
        if isinstance(premise, ObjectivePremise) and premise.about is not None:
            parts = [*premise.about.numbers, *(x for p in premise.about.places for x in p.expressions)]
            draft = Draft(claim.vocabulary)
            for x in parts:
                found |= {n for n in draft.proof.mentioned(draft.poly(x)) if n in draft.proof.symbols}
    return sorted(found)

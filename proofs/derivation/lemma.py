"""Taking a proved claim into another proof: its certificate is replayed there, step by step, under a substitution.

The kernel has no rule of substitution: identities between polynomials survive it, so the substituted steps check by
themselves, and a step that does not is refused like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import (
    EXPRESSION_KEYS,
    FACT_KEYS,
    FORMULA_KEYS,
    NAME,
    NAME_KEYS,
    RECIPE_KEYS,
    SHIFTS,
    Expression,
    Poly,
    Proof,
    variable,
)

if TYPE_CHECKING:
    from convbound.proofs.derivation.definitions import Definitions
    from convbound.proofs.derivation.state import Fact, ProofState


class Substitution:
    """Symbols to polynomials, scopes and functionals to names, from one certificate into a proof."""

    def __init__(self, proof: Proof, certificate: Json, symbols: Mapping[str, Poly], names: Mapping[str, str]) -> None:
        """What is not mentioned keeps its name."""
        self.proof, self.symbols, self.names = proof, dict(symbols), names

    def name(self, name: str) -> str:
        """The image of a scope's or functional's name, or of a symbol that becomes a symbol (a horizon)."""
        if name not in self.symbols:
            return self.names.get(name, name)
        ((monomial, _),) = self.symbols[name].items()
        ((symbol, _),) = monomial
        return symbol

    def expression(self, data: Expression) -> Expression:
        """The image of an expression."""
        if isinstance(data, str):
            return self.proof.write(self.symbols[data]) if data in self.symbols else data
        operator, *operands = data
        if operator == "^":
            return [operator, self.expression(operands[0]), operands[1]]
        if operator in SHIFTS or operator == "limsup":
            return [operator, self.name(operands[0]), self.expression(operands[1])]
        return [self.name(operator) if NAME.match(operator) else operator, *map(self.expression, operands)]

    def formula(self, data: Json) -> Json:
        """The image of [left, relation, right]."""
        return [self.expression(data[0]), data[1], self.expression(data[2])]

    def poly(self, data: Expression) -> Poly:
        """The polynomial of the image of an expression."""
        return self.proof.read(self.expression(data))


def inline(
    state: ProofState,
    definitions: Definitions,
    certificate: Json,
    substitution: Substitution,
    hypothesis: Callable[[str, Poly], Fact],
) -> Fact:
    """Replay the certificate's steps in a proof; `hypothesis` provides each of its hypotheses as a fact."""
    places: dict[tuple[int, int], Json] = {}

    def reference(data: Json) -> Json:
        return data if data is None or isinstance(data, str) else places[(data[0], data[1])]

    def recipe(data: Json) -> Json:
        result: dict[str, Json] = dict(data)
        if "split" in data:
            result["split"] = substitution.expression(data["split"])
        for key in {"cases", "both"} & set(data):
            result[key] = [recipe(part) for part in data[key]]
        if "terms" in data:
            result["terms"] = [
                [c, [reference(r) for r in facts], [substitution.expression(s) for s in squares]]
                for c, facts, squares in data["terms"]
            ]
        if "equations" in data:
            result["equations"] = [[reference(r), substitution.expression(f)] for r, f in data["equations"]]
        return result

    images: dict[str, Callable[[Json], Json]] = {
        **dict.fromkeys(FORMULA_KEYS, substitution.formula),
        **dict.fromkeys(EXPRESSION_KEYS, substitution.expression),
        **dict.fromkeys(FACT_KEYS, reference),
        **dict.fromkeys(NAME_KEYS, substitution.name),
        **dict.fromkeys(RECIPE_KEYS, recipe),
        "rule": str,
    }
    for number, step in enumerate(certificate["steps"]):
        if step["rule"] == "hypothesis":
            fact = state.proof.formula(substitution.formula(step["fact"]))
            places[(number, 0)] = hypothesis(fact.relation, fact.poly).reference
        elif step["rule"] == "definition":
            bodies = [substitution.poly(b) for b in step["bodies"]]
            symbol, parts = definitions.adopt(step["symbol"], step["kind"], bodies, reference(step["because"]))
            substitution.symbols[step["symbol"]] = variable(symbol)
            places |= {(number, part): place for part, place in enumerate(parts)}
        else:
            image = {key: images[key](value) for key, value in step.items()}
            for part, yielded in enumerate(state.record(image)):
                places[(number, part)] = yielded.reference
    conclusion = places[tuple(certificate["conclusion"])]
    return state.facts[tuple(conclusion)]

"""Taking a proved claim into another proof: its certificate is replayed there, step by step, under a substitution.

The kernel has no rule of substitution: identities between polynomials survive it, so the substituted steps check by
themselves, and a step that does not is refused like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from convbound.proofs.kernel import SHIFTS, Poly, Proof, constant, variable

if TYPE_CHECKING:
    from convbound.proofs.derivation import Derivation, Fact

Json = Any


class Substitution:
    """Symbols to polynomials, scopes and functionals to names, from one certificate into a proof."""

    def __init__(self, proof: Proof, certificate: Json, symbols: Mapping[str, Poly], names: Mapping[str, str]) -> None:
        """What is not mentioned keeps its name."""
        self.proof, self.symbols, self.names = proof, dict(symbols), names
        self.sequences = {s["name"]: s.get("sequence") for s in certificate["symbols"]}

    def name(self, name: str) -> str:
        """The image of a scope's or functional's name."""
        return self.names.get(name, name)

    def symbol(self, name: str) -> Poly:
        """The image of a symbol."""
        return self.symbols[name] if name in self.symbols else self.proof.atom(name, 0)

    def atom(self, data: Json) -> Poly:
        """The image of an atom."""
        if isinstance(data, str):
            return self.symbol(data)
        operator, operand = data[0], data[1]
        if operator in SHIFTS:
            return self.proof.shift(operator, self.name(self.sequences[operand]), self.symbol(operand))
        if operator == "limsup":
            ((horizon, _),) = self.single(self.symbol(operand))
            return variable(self.proof._limsup(horizon, self.poly(data[2])))
        return self.proof.apply(self.name(operator), self.poly([["1", operand]]))

    @staticmethod
    def single(p: Poly) -> Any:
        """The one monomial of a polynomial that is a symbol."""
        ((monomial, _),) = p.items()
        return monomial

    def poly(self, data: Json) -> Poly:
        """The image of a polynomial."""
        total: dict[Any, Any] = {}
        for coefficient, factors in data:
            (c,) = self.proof.read([[coefficient, []]]).values() or (0,)
            product = constant(c)
            for atom, power in factors:
                image = self.atom(atom)
                for _ in range(power):
                    product = self.proof.multiply(product, image)
            for m, x in product.items():
                total[m] = total.get(m, 0) + x
        return {m: c for m, c in total.items() if c}

    def write(self, data: Json) -> Json:
        """The image of a polynomial, written."""
        return self.proof.write(self.poly(data))


def inline(
    derivation: Derivation,
    certificate: Json,
    substitution: Substitution,
    hypothesis: Callable[[str, Poly], Fact],
) -> Fact:
    """Replay the certificate's steps in the derivation; `hypothesis` provides each of its hypotheses as a fact."""
    places: dict[tuple[int, int], Any] = {}

    def reference(data: Json) -> Json:
        return data if isinstance(data, str) else places[(data[0], data[1])]

    def recipe(data: Json) -> Json:
        result: dict[str, Any] = {}
        if "split" in data:
            return {"split": substitution.write(data["split"]), "cases": [recipe(c) for c in data["cases"]]}
        if "both" in data:
            return {"both": [recipe(c) for c in data["both"]]}
        if data.get("refute"):
            result["refute"] = True
        result["terms"] = [
            [c, [reference(r) for r in facts], [substitution.write(s) for s in squares]]
            for c, facts, squares in data.get("terms", [])
        ]
        result["equations"] = [[reference(r), substitution.write(f)] for r, f in data.get("equations", [])]
        return result

    for number, step in enumerate(certificate["steps"]):
        rule = step["rule"]
        if rule == "hypothesis":
            relation, data = step["fact"]
            places[(number, 0)] = hypothesis(relation, substitution.poly(data)).reference
            continue
        if rule == "definition":
            bodies = [substitution.poly(b) for b in step["body"]]
            side = reference(step["because"]) if "because" in step else None
            symbol, parts = derivation.adopt(step["symbol"], step["kind"], bodies, side)
            substitution.symbols[step["symbol"]] = variable(symbol)
            for part, place in enumerate(parts):
                places[(number, part)] = place
            continue
        image: dict[str, Any] = {"rule": rule}
        if "fact" in step:
            image["fact"] = [step["fact"][0], substitution.write(step["fact"][1])]
        if rule == "combination":
            image |= recipe(step)
        for key in ("of", "base", "upper", "lower", "leading"):
            if key in step:
                data = step[key]
                is_reference = isinstance(data, list) and len(data) == 2 and type(data[0]) is int
                image[key] = reference(data) if is_reference else substitution.write(data)
        for key in ("body", "numerator", "denominator", "floor"):
            if key in step:
                image[key] = substitution.write(step[key])
        for key in ("functional", "sum", "outer", "inner", "time"):
            if key in step:
                image[key] = substitution.name(step[key])
        if "horizon" in step:
            ((horizon, _),) = substitution.single(substitution.symbol(step["horizon"]))
            image["horizon"] = horizon
        if rule == "induction":
            image["step"] = recipe(step["step"])
        for part, fact in enumerate(derivation.record(image)):
            places[(number, part)] = fact.reference
    conclusion = places[tuple(certificate["conclusion"])]
    return derivation.facts[tuple(conclusion)]

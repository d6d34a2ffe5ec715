"""The statement of a worst-case bound in the kernel's language, rebuilt from the problem alone.

Every vector is a real function of an index i = 1..d, the dimension d is any positive integer, and <x, y> is the sum
`S` of x·y over i. So a statement speaks of all dimensions at once. Of what is supposed, it lists what a proof uses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import FORMAT, RESERVED
from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.problem import Form, WorstCase
from convbound.proofs.methods.radicals import Number, Radical, is_zero, lower, sign, text

INDEX, LENGTH, SUM, LEAST = "i", "d", "S", "t"


class Wording:
    """Names and expressions for one problem."""

    def __init__(self, problem: WorstCase) -> None:
        self.problem = problem
        taken = {INDEX, LENGTH, SUM, LEAST, *RESERVED}
        self.points = [fresh(name, taken) for name in problem.points]
        self.values = [fresh(name, taken) for name in problem.values]
        self.roots = [fresh(f"r{k + 1}", taken) for k in range(len(problem.tower.radicands))]

    def number(self, x: Number | int) -> Json:
        """A number; its roots are symbols."""
        x = lower(x)
        if not isinstance(x, Radical):
            return str(x)
        terms = []
        for mask, c in sorted(x.terms.items()):
            roots = [self.roots[k] for k in range(mask.bit_length()) if mask >> k & 1]
            terms.append(_product(([] if c == 1 and roots else [str(c)]) + roots))
        return _sum(terms)

    def linear(self, coefficients: Sequence[Number]) -> Json:
        """A combination of the vectors, at the index."""
        parts = [(c, [self.points[k]]) for k, c in enumerate(coefficients) if not is_zero(c)]
        return _sum([self._term(c, factors) for c, factors in parts])

    def form(self, form: Form) -> Json:
        """A form: values, inner products, and a constant."""
        terms = [self._term(c, [self.values[k]]) for k, c in sorted(form.values.items())]
        for (a, b), c in sorted(form.gram.items()):
            inner = ["^", self.points[a], 2] if a == b else ["*", self.points[a], self.points[b]]
            terms.append(self._term(c, [[SUM, inner]]))
        if not is_zero(form.constant):
            terms.append(self.number(form.constant))
        return _sum(terms)

    def _term(self, c: Number, factors: list[Json]) -> Json:
        return _product(factors if c == 1 else [self.number(c), *factors])

    def header(self) -> Json:
        """The declarations."""
        parameters = [*self.values, *([LEAST] if len(self.problem.metrics) > 1 else [])]
        symbols = [{"name": LENGTH, "scopes": [], "integer": True}]
        symbols += [{"name": n, "scopes": [INDEX]} for n in self.points]
        symbols += [{"name": n, "scopes": []} for n in parameters]
        return {
            "format": FORMAT,
            "scopes": [{"name": INDEX, "kind": "index", "length": LENGTH}],
            "symbols": symbols,
            "functionals": [{"name": SUM, "kind": "sum", "over": INDEX}],
        }

    def supposed(self, number: int) -> Json:
        """What is supposed under this number."""
        fact = self.problem.supposed[number]
        return [self.form(fact.form), "=" if fact.equality else "<=", "0"]

    def metric_is_least(self, number: int) -> Json:
        """Of several metrics: the bounded quantity is at most each."""
        return [LEAST, "<=", self.form(self.problem.metrics[number])]

    def along(self, number: int, direction: Sequence[Number]) -> Json:
        """A matrix that is supposed positive semidefinite, along one direction: vᵀ M v >= 0."""
        entries = self.problem.matrices[number].entries
        total = Form()
        for a, x in enumerate(direction):
            for b, y in enumerate(direction):
                if not is_zero(x) and not is_zero(y):
                    total = total + entries[a][b].scaled(x * y)
        return ["0", "<=", self.form(total)]

    def conclusion(self, bound: Number) -> Json:
        """The bound on the metric."""
        metrics = self.problem.metrics
        return [LEAST if len(metrics) > 1 else self.form(metrics[0]), "<=", self.number(bound)]


def fresh(name: str, taken: set[str]) -> str:
    """A name of the kernel's that is not taken, like this one; it is taken then."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
    plain = plain if re.match(r"[A-Za-z]", plain) else f"v_{plain}"
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}_{number}"
    taken.add(found)
    return found


def _product(factors: list[Json]) -> Json:
    return factors[0] if len(factors) == 1 else ["*", *factors]


def _sum(terms: list[Json]) -> Json:
    return "0" if not terms else terms[0] if len(terms) == 1 else ["+", *terms]


def spoken(problem: WorstCase, form: Form) -> str:
    """A form for people: f1 - fs + 1/2·|g1|²; a multiple of one square as that."""
    parts = [_signed(c, problem.values[k]) for k, c in sorted(form.values.items())]
    square = _one_square(form) if len(form.gram) > 2 else None
    if square is not None:
        c, vector = square
        inside = _joined([_signed(x, problem.points[k]) for k, x in enumerate(vector) if not is_zero(x)])
        parts.append(_signed(c, f"|{inside}|²"))
    else:
        for (a, b), c in sorted(form.gram.items()):
            x, y = problem.points[a], problem.points[b]
            parts.append(_signed(c, f"|{x}|²" if a == b else f"<{x}, {y}>"))
    if not is_zero(form.constant):
        parts.append(_signed(lower(form.constant), ""))
    return _joined(parts) or "0"


def _signed(c: Number, what: str) -> str:
    size = text(c if sign(c) > 0 else -c)
    size = f"({size})" if " " in size else size
    return ("+ " if sign(c) > 0 else "- ") + (what if size == "1" and what else size + (f"·{what}" if what else ""))


def _joined(parts: list[str]) -> str:
    said = " ".join(parts)
    return said[2:] if said.startswith("+ ") else "-" + said[2:] if said.startswith("- ") else said


def _one_square(form: Form) -> tuple[Number, list[Number]] | None:
    """(c, v) where the inner products are c·|v|², v beginning with 1; None where they are no such multiple."""
    size = 1 + max(max(pair) for pair in form.gram)
    for c in (1, -1):
        matrix: list[list[Number]] = [[Fraction(0)] * size for _ in range(size)]
        for (a, b), x in form.gram.items():
            matrix[a][b] = matrix[b][a] = x * c if a == b else x * Fraction(c, 2)
        found = square_completion(matrix)
        if found is not None and len(found) == 1:
            weight, vector = found[0]
            return lower(weight * c), vector
    return None

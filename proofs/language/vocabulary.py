"""The author's language: relations between SymPy expressions, and vocabularies that say what the symbols are.

A vocabulary declares scopes, symbols, functionals and definitions once for many claims; see `proofs.kernel` for what
they mean. Nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import sympy

from convbound.bounds.plain_data import Json
from convbound.proofs.language.printing import Writer

Expr: TypeAlias = sympy.Expr  # or a Python number
RELATIONS_IN_LATEX = {"<=": r"\le", ">=": r"\ge"}


class Functional(Protocol):
    """A sum, average, integral or expectation, as `Vocabulary.functional` makes it: a SymPy function."""

    __name__: str

    def __call__(self, *arguments: Expr) -> Expr:
        """The functional, applied."""
        ...


@dataclass(frozen=True)
class Relation:
    """`left op right`, unevaluated. Made by `le`, `ge`, `lt`, `gt` and `eq`."""

    left: Expr
    op: str
    right: Expr

    @property
    def fact(self) -> tuple[str, Expr]:
        """(relation, p): the same as `p relation 0`."""
        forms = {"<=": (">=", self.right - self.left), "<": (">", self.right - self.left)}
        return forms.get(self.op, (self.op, self.left - self.right))


def le(left: Expr, right: Expr) -> Relation:
    """`left <= right`."""
    return Relation(sympy.sympify(left, strict=True), "<=", sympy.sympify(right, strict=True))


def ge(left: Expr, right: Expr) -> Relation:
    """`left >= right`."""
    return Relation(sympy.sympify(left, strict=True), ">=", sympy.sympify(right, strict=True))


def lt(left: Expr, right: Expr) -> Relation:
    """`left < right`."""
    return Relation(sympy.sympify(left, strict=True), "<", sympy.sympify(right, strict=True))


def gt(left: Expr, right: Expr) -> Relation:
    """`left > right`."""
    return Relation(sympy.sympify(left, strict=True), ">", sympy.sympify(right, strict=True))


def eq(left: Expr, right: Expr) -> Relation:
    """`left = right`."""
    return Relation(sympy.sympify(left, strict=True), "=", sympy.sympify(right, strict=True))


impossible = Relation(sympy.Integer(0), ">", sympy.Integer(0))  # the conclusion: nothing satisfies the hypotheses
next_value = sympy.Function("next")
first_value = sympy.Function("first")
last_value = sympy.Function("last")
limsup = sympy.Function("limsup")


@dataclass
class Vocabulary:
    """What the symbols of a group of claims are. Methods declare and return SymPy objects."""

    scopes: list[Json] = field(default_factory=list)
    symbols: list[Json] = field(default_factory=list)
    functionals: list[Json] = field(default_factory=list)
    definitions: dict[str, tuple[str, tuple[Expr, ...]]] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    latex: dict[str, str] = field(default_factory=dict)
    notations: dict[Expr, tuple[str, str]] = field(default_factory=dict)
    shown: dict[tuple[Expr, bool], str] = field(default_factory=dict, repr=False)  # what has been displayed before
    inverses: dict[str, Expr] = field(default_factory=dict)  # symbol: that of which it is the inverse, or 0
    conditions: dict[str, Relation] = field(default_factory=dict)  # symbol: what holds where it is 1, else it is 0
    units: dict[str, str] = field(default_factory=dict)  # of the symbols that say theirs
    reading: str = ""  # the parameters in the order in which a product names them; as declared, where it is empty

    def header(self) -> Json:
        """The declarations of a certificate."""
        return {
            "format": "convbound-certificate/2",
            "scopes": self.scopes,
            "symbols": self.symbols,
            "functionals": self.functionals,
        }

    def real(
        self,
        name: str,
        meaning: str = "",
        *,
        over: Sequence[str] = (),
        latex: str = "",
        integer: bool = False,
        sequence: str | None = None,
        unit: str = "",
    ) -> sympy.Symbol:
        """A real symbol: a parameter, or a function on scopes.

        Args:
            name: its name in claims and certificates.
            meaning: what it is, for reports.
            over: the scopes over which it varies; none for a parameter.
            latex: how it is printed; by default from its name.
            integer: whether its values are integers.
            sequence: the time over which it has a next value.

        Its `unit`, such as F/X^2, is for the lint of `units`.

        Raises:
            ValueError: the vocabulary has a symbol of that name, or the unit is none.
        """
        if name in self.meanings:  # a second one would make every claim of the vocabulary unreadable
            raise ValueError(f"{name!r} is declared already in this vocabulary")
        if unit:
            from convbound.proofs.language.units import unit as read

            read(unit)
            self.units[name] = unit
        self.symbols.append({"name": name, "scopes": sorted(over), "integer": integer, "sequence": sequence})
        return self._symbol(name, meaning, latex)

    def reals(self, names: str) -> list[sympy.Symbol]:
        """Several real parameters."""
        return [self.real(name) for name in names.split()]

    def _symbol(self, name: str, meaning: str, latex: str) -> sympy.Symbol:
        self.shown.clear()
        self.meanings[name], self.latex[name] = meaning, latex
        return sympy.Symbol(name, real=True)

    def _scope(self, **declaration: Json) -> None:
        self.scopes.append(declaration)

    def index(self, name: str, length: sympy.Symbol) -> None:
        """An index 1..length.

        Args:
            name: the scope's name, for `over`.
            length: how many there are: an integer parameter of the vocabulary.
        """
        self._scope(name=name, kind="index", length=length.name)

    def time(self, name: str, variable: str, start: int, length: sympy.Symbol, *, random: bool = True) -> sympy.Symbol:
        """A time, whose steps follow one another; `~name` is then the scope of what need not be known at a step.

        Args:
            name: the scope's name, for `over`.
            variable: the name of the number of the step.
            start: the first step, 0 or 1 as a rule.
            length: the number of steps: an integer parameter.
            random: whether something is drawn in its steps.

        Returns:
            The variable.
        """
        self._scope(name=name, kind="time", length=length.name, variable=variable, start=str(start), random=random)
        return self._symbol(variable, "", "")

    def random(self, name: str) -> None:
        """The scope of outcomes."""
        self._scope(name=name, kind="random")

    def unit(self, name: str, variable: str) -> sympy.Symbol:
        """The interval [0, 1] and its variable."""
        self._scope(name=name, kind="unit", variable=variable)
        return self._symbol(variable, "", r"\theta")

    def functional(self, name: str, kind: str, **about: Json) -> Functional:
        """A positive linear functional, to be applied to expressions.

        Args:
            name: its name in claims and certificates.
            kind: `sum`, `average`, `integral` or `expectation`.
            **about: `over`, the scope of a sum, average or integral; `given`, the times whose past an expectation is
                given.
        """
        given: Json = {"given": []} if kind == "expectation" else {}
        self.functionals.append({"name": name, "kind": kind, **given, **about})
        made: Functional = sympy.Function(name)
        return made

    def define(self, name: str, kind: str, *body: Expr, meaning: str = "", latex: str = "") -> sympy.Symbol:
        """A symbol that stands for an expression which is no polynomial.

        Args:
            name: the symbol's name.
            kind: `quotient`, `root`, `absolute`, `sign` or `maximum`.
            *body: what it is made of: two expressions for a quotient and a maximum, else one.
            meaning: what it is, for reports.
            latex: how it is printed; by default from its name.

        Raises:
            ValueError: the vocabulary has a symbol of that name.
        """
        if name in self.meanings:
            raise ValueError(f"{name!r} is declared already in this vocabulary")
        self.definitions[name] = (kind, tuple(sympy.sympify(b, strict=True) for b in body))
        return self._symbol(name, meaning, latex)

    def notation(self, expression: Expr, text: str, latex: str) -> Expr:
        """Show an expression by a name of its own; it stays the expression.

        Args:
            expression: what is meant.
            text: the name in plain text.
            latex: the name in LaTeX.

        Returns:
            The expression.
        """
        self.notations[expression] = (text, latex)
        self.shown.clear()
        return expression

    # ----------------------------------------------------------------------------------------------- display

    def text(self, thing: Expr | Relation) -> str:
        """An expression or relation as plain text."""
        return self._show(thing, False, {"<=": "≤", ">=": "≥"})

    def tex(self, thing: Expr | Relation) -> str:
        """An expression or relation as LaTeX."""
        return self._show(thing, True, RELATIONS_IN_LATEX)

    def operator(self, name: str) -> str:
        """A functional by its sign alone: E_k, Σ_i."""
        return Writer(self, False).operator(name)

    def sides(self, relation: Relation) -> tuple[str, str, str]:
        """Left side, sign and right side as LaTeX."""
        return self.tex(relation.left), RELATIONS_IN_LATEX.get(relation.op, relation.op), self.tex(relation.right)

    def _show(self, thing: Expr | Relation, latex: bool, signs: dict[str, str]) -> str:
        if thing == impossible:
            return r"\text{nothing satisfies all of this}" if latex else "nothing satisfies all of this"
        if isinstance(thing, Relation):
            left, right = (self._show(side, latex, signs) for side in (thing.left, thing.right))
            return f"{left} {signs.get(thing.op, thing.op)} {right}"
        expression = sympy.sympify(thing, strict=True)
        if (expression, latex) not in self.shown:
            self.shown[expression, latex] = Writer(self, latex).write(expression)
        return self.shown[expression, latex]

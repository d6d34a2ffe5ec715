"""Terms and statements as a paper writes them: numbers and vectors, `+ - * / **`, `@`, `<= < == > >=`.

A term is a SymPy expression that knows what its names were declared to be. Whatever cannot be meant (a float that is
rounded, a vector compared with a number, a chain a <= b <= c) is refused where it is written. Nothing here is trusted.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NoReturn

import sympy

from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.textbook.declared import DIMENSION, Declared, MisuseError, Table, together

LARGEST_DENOMINATOR = 1024  # a float is taken for an exact number only if it is one: 0.5, 0.25, 0.375
FLIPPED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "="}


def exact(number: object) -> sympy.Expr:
    """The rational number that was meant.

    Raises:
        MisuseError: it is rounded, or no number.
    """
    if isinstance(number, float):
        if number != number or number in (float("inf"), float("-inf")):
            raise MisuseError(f"{number} is no number to calculate with")
        value = Fraction(number)
        if value.denominator > LARGEST_DENOMINATOR:
            near = value.limit_denominator(LARGEST_DENOMINATOR)
            meant = f"{near.numerator}/{near.denominator}" if float(near) == number else ""
            example = f"L*{meant}" if near.numerator != 1 else f"L/{near.denominator}"
            hint = f"{example}, or Fraction({meant.replace('/', ', ')})" if meant else "a fraction, as L/3"
            raise MisuseError(f"{number!r} is a rounded number, and numbers are exact here: write {hint}")
        return sympy.Rational(value.numerator, value.denominator)
    if isinstance(number, Fraction):
        return sympy.Rational(number.numerator, number.denominator)
    if isinstance(number, sympy.Rational):
        return number
    if isinstance(number, bool | complex | str | bytes | sympy.Basic) or number is None:
        raise MisuseError(f"{number!r} is {kind_of(number)}, not a number or a term")
    try:
        return sympy.Integer(operator.index(number))  # type: ignore[arg-type]
    except TypeError:
        raise MisuseError(f"{kind_of(number)} stands where a number or a term is needed") from None


def kind_of(thing: object) -> str:
    """What something is, for a message."""
    if isinstance(thing, Term):
        return "a vector" if thing.vector else "a number"
    if isinstance(thing, Stated):
        return "a statement"
    names = {
        str: "a text",
        bool: "a truth value",
        int: "an int",
        float: "a float",
        list: "a list",
        tuple: "a list",
        dict: "a table",
        type(None): "None",
    }
    if callable(thing):
        return "a function"
    return names.get(type(thing), f"a {type(thing).__name__}")


NO_TRUTH = (
    "a statement is neither true nor false while it is written: Python asks in a chain a <= b <= c, in 'and', 'or', "
    "'not', 'if', min and max; write one statement at a time, and Min or Max"
)


@dataclass(frozen=True, eq=False)
class Stated:
    """`left op right` as it stands in the paper, with its label."""

    left: Term
    op: str
    right: Term
    label: str = ""
    added: bool = False

    @property
    def relation(self) -> Relation:
        """The same in today's vocabulary, for a proof that is written by hand."""
        return Relation(self.left.expr, self.op, self.right.expr)

    @property
    def declared(self) -> dict[str, Declared]:
        """The names in it."""
        return together(self.left.declared, self.right.declared)

    @property
    def vector(self) -> bool:
        """Whether it is about every coordinate."""
        return self.left.vector or self.right.vector

    def __ror__(self, label: object) -> Stated:
        """`"unbiased" | (E_k(h) == g)`."""
        if not isinstance(label, str):
            raise MisuseError(f'a label is a text, as in "unbiased" | (E_k(h) == g); this is {kind_of(label)}')
        return replace(self, label=label)

    def __bool__(self) -> NoReturn:
        """Refuse."""
        raise MisuseError(NO_TRUTH)

    def _refuse(self, other: object = None) -> NoReturn:
        raise MisuseError(
            "a statement cannot be calculated or compared with: list several of them, with commas between"
        )

    __and__ = __rand__ = __or__ = __add__ = __radd__ = __sub__ = __mul__ = __le__ = __lt__ = __ge__ = __gt__ = _refuse
    __invert__ = __neg__ = _refuse

    def __str__(self) -> str:
        """As it was written."""
        return f"{self.left} {self.op} {self.right}"


@dataclass(frozen=True, eq=False)
class Term:
    """A number, or a vector by its coordinate i; `declared` is what its names are."""

    expr: sympy.Expr
    vector: bool = False
    declared: Table = field(default_factory=dict)

    def __str__(self) -> str:
        """The expression."""
        return str(self.expr)

    # -------------------------------------------------------------------------------------------- calculation

    def _with(self, other: object, what: str) -> Term:
        """The other operand as a term."""
        if isinstance(other, Stated):
            raise MisuseError(f"a statement cannot be {what}; close its brackets")
        return term(other)

    def _sum(self, other: object, sign: int) -> Term:
        o = self._with(other, "added")
        if self.vector != o.vector and 0 not in (self.expr, o.expr):
            raise MisuseError(f"{self} is {kind_of(self)} and {o} is {kind_of(o)}: they have no sum")
        return Term(self.expr + sign * o.expr, self.vector or o.vector, together(self.declared, o.declared))

    def __add__(self, other: object) -> Term:
        """The sum."""
        return self._sum(other, 1)

    def __radd__(self, other: object) -> Term:
        """The sum."""
        return self._with(other, "added")._sum(self, 1)

    def __sub__(self, other: object) -> Term:
        """The difference."""
        return self._sum(other, -1)

    def __rsub__(self, other: object) -> Term:
        """The difference."""
        return self._with(other, "subtracted")._sum(self, -1)

    def __neg__(self) -> Term:
        """The opposite."""
        return Term(-self.expr, self.vector, self.declared)

    def __pos__(self) -> Term:
        """Itself."""
        return self

    def __mul__(self, other: object) -> Term:
        """The product with a number."""
        o = self._with(other, "multiplied")
        if self.vector and o.vector:
            raise MisuseError(f"the inner product of {self} and {o} is written with @, and a square as norm2({self})")
        return Term(self.expr * o.expr, self.vector or o.vector, together(self.declared, o.declared))

    def __rmul__(self, other: object) -> Term:
        """The product with a number."""
        return self._with(other, "multiplied") * self

    def __truediv__(self, other: object) -> Term:
        """The quotient by a number."""
        o = self._with(other, "divided by")
        if o.vector:
            raise MisuseError(f"{o} is a vector: nothing is divided by it")
        if o.expr == 0:
            raise MisuseError(f"{self} is divided by zero")
        return Term(self.expr / o.expr, self.vector, together(self.declared, o.declared))

    def __rtruediv__(self, other: object) -> Term:
        """The quotient by a number."""
        return self._with(other, "divided") / self

    def __matmul__(self, other: object) -> Term:
        """The inner product of two vectors."""
        o = self._with(other, "multiplied")
        if not (self.vector and o.vector):
            raise MisuseError(f"@ is the inner product of two vectors: {self} is {kind_of(self)}, {o} {kind_of(o)}")
        return over_coordinates(Term(self.expr * o.expr, True, together(self.declared, o.declared)))

    def __rmatmul__(self, other: object) -> Term:
        """The inner product of two vectors."""
        return self._with(other, "multiplied") @ self

    def __pow__(self, exponent: object) -> Term:
        """A power of a number: an integer or a half, or the step: rho**(k - 1), rho**K."""
        if self.vector:
            raise MisuseError(f"{self} is a vector: its square is norm2({self})")
        if isinstance(exponent, Term) and not exponent.expr.is_Rational:
            from convbound.proofs.textbook.patterns import power

            return power(self, exponent)
        e = exponent.expr if isinstance(exponent, Term) else exact(exponent)
        if e.q & (e.q - 1) or abs(e) > 64:
            raise MisuseError(f"the exponent {e} is beyond what can be read: integers up to 64, 1/2, 1/4 and so on")
        return Term(self.expr**e, False, self.declared)

    def __rpow__(self, base: object) -> Term:
        """A number to the power of the step."""
        return self._with(base, "raised to a power") ** self

    def __abs__(self) -> Term:
        """The absolute value; of a vector, of each coordinate."""
        return Term(sympy.Abs(self.expr), self.vector, self.declared)

    # --------------------------------------------------------------------------------------------- comparison

    def _state(self, op: str, other: object) -> Stated:
        o = self._with(other, "compared with a term")
        if self.vector != o.vector and 0 not in (self.expr, o.expr):
            raise MisuseError(f"{self} is {kind_of(self)} and {o} is {kind_of(o)}: they cannot be compared")
        if not (self.expr.free_symbols or o.expr.free_symbols):
            raise MisuseError(f"{self} {op} {o} says nothing of any symbol")
        together(self.declared, o.declared)
        return Stated(self, op, o)

    def __le__(self, other: object) -> Stated:
        """`self <= other`."""
        return self._state("<=", other)

    def __lt__(self, other: object) -> Stated:
        """`self < other`."""
        return self._state("<", other)

    def __ge__(self, other: object) -> Stated:
        """`self >= other`."""
        return self._state(">=", other)

    def __gt__(self, other: object) -> Stated:
        """`self > other`."""
        return self._state(">", other)

    def __eq__(self, other: object) -> Stated:  # type: ignore[override]
        """`self = other`, as a statement."""
        return self._state("=", other)

    def __ne__(self, other: object) -> NoReturn:
        """Refuse."""
        raise MisuseError("statements are made of <=, <, ==, > and >=; that two things differ is no statement here")

    __hash__ = object.__hash__

    # ------------------------------------------------------------------------------------------------ misuses

    def __ror__(self, label: object) -> NoReturn:
        """Refuse: | binds more tightly than <=."""
        raise MisuseError(f"a label goes before a statement in brackets: {label!r} | (a <= b); | binds before <=")

    def __bool__(self) -> NoReturn:
        """Refuse."""
        raise MisuseError(f"{self} is neither true nor false; Python asks in 'and', 'or', 'not' and 'if'")

    def __float__(self) -> NoReturn:
        """Refuse."""
        raise MisuseError(f"{self} has no value; write sqrt, Max, Min, abs and sign of the textbook, not of math")

    __int__ = __index__ = __round__ = __float__

    def __iter__(self) -> Iterator[NoReturn]:
        """Refuse."""
        raise MisuseError(f"{self} is one term: it has no parts to run through; sums over them are norm2, norm1 and @")

    def __getitem__(self, index: object) -> NoReturn:
        """Refuse."""
        raise MisuseError(f"{self}[…]: what is said of a vector is said of every coordinate; write {self}")

    def __call__(self, *arguments: object) -> NoReturn:
        """Refuse."""
        raise MisuseError(f"{self}(…): {self} is no function; a product is written with *, a next value next({self})")

    def _no_rest(self, other: object) -> NoReturn:
        raise MisuseError("// and % have no meaning for real numbers; write /")

    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _no_rest
    __array_ufunc__ = None  # NumPy's functions refuse a term, instead of making arrays of it


def term(thing: object) -> Term:
    """A term, or an exact number as one.

    Raises:
        MisuseError: it is neither.
    """
    if isinstance(thing, Stated):
        raise MisuseError(f"a statement ({thing}) stands where a number or a term is needed")
    return thing if isinstance(thing, Term) else Term(exact(thing))


def applied(name: str, of: Term, vector: bool, more: Table | None = None) -> Term:
    """A functional applied to a term."""
    return Term(sympy.Function(name)(of.expr), vector, together(of.declared, more or {}))


def over_coordinates(of: Term) -> Term:
    """The sum over the coordinates of a vector; what is the same for all of them stands before it."""
    vectors = [sympy.Symbol(x.name, real=True) for x in of.declared.values() if x.vector]
    factor, rest = of.expr.as_independent(*vectors, as_Add=False)
    return Term(factor * sympy.Function("sum")(rest), False, together(of.declared, {"d": DIMENSION}))


Reading = Callable[[sympy.Expr], sympy.Expr]


def mapped(expression: sympy.Expr, leaf: Reading, functional: Mapping[str, Reading]) -> sympy.Expr:
    """An expression with its symbols replaced, through sums, products, powers, Max and the functionals named."""
    if expression.is_Symbol:
        return leaf(expression)
    if not expression.args:
        return expression
    name = expression.func.__name__
    if name in functional:
        return functional[name](expression)
    return expression.func(*(mapped(a, leaf, functional) for a in expression.args))

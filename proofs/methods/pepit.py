"""Scripts written for PEPit, unmodified, under an exact reading.

PEPit's objects accept any float as a coefficient. While a script is read, its decimals, quotients, powers and square
roots, and those in PEPit's own classes, are instances of `Exact`: a float that carries the exact number. PEPit itself
builds the problem, from its own class inequalities; where it would call the solver, the problem is taken as data. A
float that comes from elsewhere (NumPy, say) is recognised and listed.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import math
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from convbound.bounds.errors import InputError
from convbound.proofs.methods.exact_reading import Reading
from convbound.proofs.methods.problem import Form, Supposed, SupposedMatrix, WorstCase, merged
from convbound.proofs.methods.radicals import Number, divide, is_zero, lower, sign

Scalar = Any  # a number, exact or not, or what PEPit calculates with
Foreign = Any  # an object of PEPit, which has no types
PACKAGE = "PEPit"
SUFFICIENT = frozenset(  # classes of PEPit whose conditions are known to describe them fully
    {
        "ConvexFunction",
        "ConvexIndicatorFunction",
        "ConvexLipschitzFunction",
        "ConvexQGFunction",
        "ConvexSupportFunction",
        "SmoothConvexFunction",
        "SmoothFunction",
        "SmoothStronglyConvexFunction",
        "SmoothStronglyConvexQuadraticFunction",
        "StronglyConvexFunction",
        "CocoerciveOperator",
        "LinearOperator",
        "LipschitzOperator",
        "MonotoneOperator",
        "NonexpansiveOperator",
        "SkewSymmetricLinearOperator",
        "StronglyMonotoneOperator",
        "SymmetricLinearOperator",
    }
)
LINE_SEARCH = "exact_linesearch"  # how PEPit names the conditions of a line search, which are a relaxation
_reading = Reading()  # of the script that is being read


class Exact(float):
    """A float for PEPit, with the exact number that it stands for."""

    exact: Number

    def __new__(cls, number: Number | int) -> Exact:
        """The number, and the float next to it."""
        made = float.__new__(cls, float(number))
        made.exact = lower(number)
        return made

    def _with(self, other: object, operation: Callable[[Scalar, Scalar], Scalar]) -> Scalar:
        if not isinstance(other, int | float | Fraction):
            return NotImplemented
        if isinstance(other, float) and not math.isfinite(other):
            return operation(float(self), float(other))
        return Exact(operation(self.exact, _reading.number(other)))

    def __add__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: a + b)

    def __radd__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: b + a)

    def __sub__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: a - b)

    def __rsub__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: b - a)

    def __mul__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: a * b)

    def __rmul__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: b * a)

    def __truediv__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: a / b if isinstance(b, float) else divide(a, b))

    def __rtruediv__(self, other: object) -> Scalar:
        return self._with(other, lambda a, b: b / a if isinstance(b, float) else divide(b, a))

    def __neg__(self) -> Exact:
        return Exact(-self.exact)

    def __abs__(self) -> Exact:
        return Exact(self.exact if sign(self.exact) >= 0 else -self.exact)

    def __pow__(self, other: object, modulus: None = None) -> Scalar:
        return power(self, other)

    def __rpow__(self, other: object, modulus: None = None) -> Scalar:
        return power(other, self)

    def _compare(self, other: object) -> int | None:
        if not isinstance(other, int | float | Fraction):
            return None
        if isinstance(other, float) and not math.isfinite(other):
            return -1 if other > 0 else 1
        return sign(self.exact - _reading.number(other))

    def __eq__(self, other: object) -> bool:
        return self._compare(other) == 0

    def __lt__(self, other: object) -> bool:
        found = self._compare(other)
        return NotImplemented if found is None else found < 0

    def __le__(self, other: object) -> bool:
        found = self._compare(other)
        return NotImplemented if found is None else found <= 0

    def __gt__(self, other: object) -> bool:
        found = self._compare(other)
        return NotImplemented if found is None else found > 0

    def __ge__(self, other: object) -> bool:
        found = self._compare(other)
        return NotImplemented if found is None else found >= 0

    def __bool__(self) -> bool:
        return not is_zero(self.exact)

    def __hash__(self) -> int:
        return float.__hash__(self)


def _plain(x: object) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x)


def decimal(literal: str) -> Exact:
    """A decimal as it is written."""
    return Exact(Fraction(literal))


def quotient(a: Scalar, b: Scalar) -> Scalar:
    """a / b, exactly where both are numbers."""
    if _plain(a) and _plain(b) and b != 0:
        return Exact(divide(_reading.number(a), _reading.number(b)))
    return a / b


def power(a: Scalar, b: Scalar) -> Scalar:
    """a ** b, exactly for whole exponents of numbers, halves, quarters and eighths."""
    if not (_plain(a) and _plain(b)):
        return a**b
    if isinstance(a, int) and isinstance(b, int) and b >= 0:
        return a**b
    exponent = _reading.number(b)
    if not isinstance(exponent, Fraction) or 8 % exponent.denominator or abs(exponent) > 200:
        return float(a) ** float(b)
    base, count = _reading.number(a), exponent.numerator
    for _ in range(exponent.denominator.bit_length() - 1):
        base = _reading.sqrt(base)
    result: Number = Fraction(1)
    for _ in range(abs(count)):
        result = lower(result * base)
    return Exact(result if count >= 0 else divide(1, result))


def square_root(original: Callable[[Scalar], Scalar], x: Scalar) -> Scalar:
    """sqrt(x), exactly where x is a number."""
    return Exact(_reading.sqrt(x)) if _plain(x) and x >= 0 else original(x)


class _Exactly(ast.NodeTransformer):
    """Decimals, quotients, powers and square roots of a source, as calls of the functions above."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if type(node.value) is float:
            return _call("decimal", [ast.Constant(repr(node.value))], node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        name = {ast.Div: "quotient", ast.Pow: "power"}.get(type(node.op))
        return node if name is None else _call(name, [node.left, node.right], node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "sqrt" and len(node.args) == 1 and not node.keywords:
            return _call("square_root", [node.func, *node.args], node)
        return node


PREFIX = "_convbound_exact_"
NAMES = {PREFIX + f.__name__: f for f in (decimal, quotient, power, square_root)}


def _call(name: str, arguments: list[ast.expr], node: ast.expr) -> ast.expr:
    call = ast.Call(ast.Name(PREFIX + name, ast.Load()), arguments, [])
    return ast.fix_missing_locations(ast.copy_location(call, node))


def _compiled(source: str | bytes, path: str) -> types.CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is to be said of the escapes in its docstrings is not for our reader
        tree = _Exactly().visit(ast.parse(source, path))
    code: types.CodeType = compile(ast.fix_missing_locations(tree), path, "exec")
    return code


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module of PEPit under the exact reading, never from or into a cache of bytecode."""

    def get_code(self, fullname: str) -> types.CodeType:
        path = self.get_filename(fullname)
        return _compiled(self.get_data(path), path)

    def exec_module(self, module: types.ModuleType) -> None:
        module.__dict__.update(NAMES)
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds PEPit, and what is told to it, for the loader above."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] != PACKAGE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


@contextlib.contextmanager
def exact_pepit(found: list[WorstCase], title: str) -> Iterator[types.ModuleType]:
    """PEPit under the exact reading; each problem that a script would solve is put into the list.

    Raises:
        InputError: PEPit is not installed.
    """
    global _reading
    if importlib.util.find_spec(PACKAGE) is None:
        raise InputError("reading a PEPit script needs PEPit: pip install 'convbound[methods]'.")
    before = {n: m for n, m in sys.modules.items() if n.partition(".")[0] == PACKAGE}
    for name in before:
        del sys.modules[name]
    finder, reading_before = _Finder(), _reading
    _reading = Reading()
    sys.meta_path.insert(0, finder)
    try:
        pepit = importlib.import_module(PACKAGE)

        def solve(problem: Foreign, *_: object, **__: object) -> float:
            found.append(_worst_case(problem, title if not found else f"{title} #{len(found) + 1}"))
            return math.nan

        pepit.PEP.solve = solve
        yield pepit
    finally:
        sys.meta_path.remove(finder)
        for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.modules.update(before)
        _reading = reading_before


def read_script(path: Path) -> list[WorstCase]:
    """The problems that a PEPit script solves, exactly.

    Raises:
        InputError: the script fails before it solves one, or a number in it is not recognised.
    """
    found: list[WorstCase] = []
    try:
        code = _compiled(path.read_bytes(), str(path))
    except (SyntaxError, ValueError) as problem:
        raise InputError(f"{str(path)!r} is no Python file: {problem}.") from None
    with exact_pepit(found, path.stem), contextlib.redirect_stdout(io.StringIO()):
        sys.path.insert(0, str(path.resolve().parent))
        try:
            exec(
                code, {"__name__": "__main__", "__file__": str(path), **NAMES}
            )  # the user's own script, as `python FILE` runs it
        except InputError:
            if not found:  # what comes after the solver is not about the problem
                raise
        except (Exception, SystemExit) as problem:
            if not found:
                from convbound.proofs.faults import located

                raise InputError(f"{str(path)!r} fails: {located(problem, path)}.") from problem
        finally:
            sys.path.remove(str(path.resolve().parent))
    if not found:
        raise InputError(f"{str(path)!r} solves no PEP.")
    return found


# --------------------------------------------------------------------------------------------------- its objects


def _worst_case(problem: Foreign, title: str) -> WorstCase:
    """A PEPit problem as data."""
    problem._prepare_constraints(verbose=0)
    modules = sys.modules[PACKAGE]
    points, values = list(modules.Point.list_of_leaf_points), list(modules.Expression.list_of_leaf_expressions)
    place = {id(p): k for k, p in enumerate(points)}
    value_place = {id(v): k for k, v in enumerate(values)}

    def form(expression: Foreign) -> Form:
        gram: dict[tuple[int, int], Number] = {}
        linear: dict[int, Number] = {}
        constant: Number = Fraction(0)
        for key, c in expression.decomposition_dict.items():
            number = _reading.number(c)
            if isinstance(key, tuple):
                a, b = sorted((place[id(key[0])], place[id(key[1])]))
                gram = merged(gram, {(a, b): number})
            elif id(key) in value_place:
                linear = merged(linear, {value_place[id(key)]: number})
            else:
                constant = constant + number
        return Form(gram, linear, constant)

    supposed = []
    prepared = problem._list_of_prepared_constraints[len(problem.list_of_performance_metrics) :]
    for constraint in prepared:
        if constraint.activated:
            equality = constraint.equality_or_inequality == "equality"
            fact = Supposed(str(constraint.name), form(constraint.expression), equality)
            if not (
                fact.form.empty and (is_zero(fact.form.constant) or (sign(fact.form.constant) < 0 and not equality))
            ):
                supposed.append(fact)
    matrices = [
        SupposedMatrix(
            m.name or f"matrix {k + 1}", tuple(tuple(form(x) for x in row) for row in m.matrix_of_expressions)
        )
        for k, m in enumerate(problem._list_of_prepared_psd)
        if m.activated
    ]
    metrics = tuple(form(m) for m in problem.list_of_performance_metrics)
    if not metrics:
        raise InputError(f"{title} has no performance metric: nothing is to be bounded.")
    names = tuple(p.name or f"p{k}" for k, p in enumerate(points))
    value_names = tuple(v.name or f"f{k}" for k, v in enumerate(values))
    classes = sorted({type(f).__name__ for f in modules.Function.list_of_functions if f.get_is_leaf()})
    sufficient = SUFFICIENT.issuperset(classes) and not any(s.name.startswith(LINE_SEARCH) for s in supposed)
    notes = (*_reading.notes(), f"the inequalities of {', '.join(classes)} are those of PEPit")
    return WorstCase(
        title,
        names,
        value_names,
        tuple(supposed),
        metrics,
        tuple(matrices),
        _reading.tower,
        notes,
        sufficient=sufficient,
    )

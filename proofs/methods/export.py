"""Proved bounds as a claim file: what is supposed, what follows and how, in the words of `convbound.proofs`.

The file stands on its own. `convbound verify FILE` finds the multipliers again and lets the kernel check them.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from convbound.proofs.kernel import RESERVED
from convbound.proofs.methods.dual import ENTRY, EQUATION, METRIC, Dual
from convbound.proofs.methods.instances import Instances
from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.problem import Form, WorstCase
from convbound.proofs.methods.prove import Outcome
from convbound.proofs.methods.radicals import Number, Radical, is_zero, lower, text
from convbound.proofs.methods.wording import INDEX, LEAST, LENGTH, SUM, fresh

if TYPE_CHECKING:
    from convbound.proofs.methods.families import Fitted

USED = (  # names of the file itself
    "Hypothesis Library Model Vocabulary eq ge gt le Rational sqrt library v p suppose then region proof squares "
    "whole terms weights times over S_ t_ c h x k fact factor factors"
)
HEAD = '''"""{title}

Written by `convbound prove`. `convbound verify` proves it again: it finds the multipliers anew, the kernel checks them.
"""

from sympy import Rational, sqrt

from convbound.proofs import Hypothesis, Library, Model, Vocabulary, eq, ge, gt, le

library = Library("methods", "Worst-case bounds of first-order methods", {source})
'''


def claim_file(source: str, outcomes: Sequence[tuple[WorstCase, Outcome]], families: Sequence[Fitted] = ()) -> str:
    """A Python file with one claim for each proved bound and for each family; `source` says where they stand."""
    from convbound.proofs.methods.letters import LettersClaim

    proved = [(problem, outcome) for problem, outcome in outcomes if outcome.proof]
    names: set[str] = set()
    parts = [_Claim(problem, outcome, _identifier(problem.title, names)).code() for problem, outcome in proved]
    parts += [LettersClaim(fitted, _identifier(fitted.family.title, names)).code() for fitted in families]
    title = "Worst-case bounds of first-order methods, as claims."
    return HEAD.format(title=title, source=line(source)) + "".join(f"\n\n{part}" for part in parts)


def line(said: str) -> str:
    """One printable line as a literal of Python."""
    return json.dumps(" ".join("".join(c if c.isprintable() else " " for c in said).split())[:200], ensure_ascii=False)


def _identifier(title: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "method"
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}-{number}"
    taken.add(found)
    return found


class Naming:
    """Names for the kernel and for Python: of parameters, points and values, none in the way of another's."""

    def __init__(self, points: Sequence[str], values: Sequence[str], letters: Sequence[str] = ()) -> None:
        self._meanings = (letters, points, values)
        taken = {INDEX, LENGTH, SUM, LEAST, *RESERVED}
        self._kernel = [[fresh(name, taken) for name in group] for group in self._meanings]
        reserved = {*USED.split(), *keyword.kwlist}
        self.letters, self.points, self.values = (
            [_variable(name, reserved) for name in group] for group in self._kernel
        )

    def symbols(self) -> list[str]:
        """The lines that declare them."""
        lines = ["v = Vocabulary()", f'v.index("{INDEX}", v.real("{LENGTH}", "dimension", integer=True))']
        scopes = ("", f', over=["{INDEX}"]', "")
        python = (self.letters, self.points, self.values)
        for names, kernel, meanings, over in zip(python, self._kernel, self._meanings, scopes, strict=True):
            for name, known, meaning in zip(names, kernel, meanings, strict=True):
                lines.append(f'{name} = v.real("{known}", {line(meaning)}{over})')
        return [*lines, f'{SUM}_ = v.functional("{SUM}", "sum", over="{INDEX}")']

    def zeros(self) -> str:
        """A model in dimension one in which all vectors and values are zero, as code."""
        names = [name for group in self._kernel[1:] for name in group]
        return f'Model({{"{LENGTH}": 1, {", ".join(f"{json.dumps(n)}: 0" for n in names)}}})'


class _Claim:
    """The code of one claim: a function that declares its symbols, so that no name is in the way of another's."""

    def __init__(self, problem: WorstCase, outcome: Outcome, name: str) -> None:
        self.problem, self.outcome, self.name = problem, outcome, name
        self.dual, self.y, self.naming = Dual(problem), outcome.proof, Naming(problem.points, problem.values)

    def code(self) -> str:
        """All of it."""
        suppose = self._suppose()
        least = f'{LEAST}_ = v.real("{LEAST}", "the least of the metrics")'
        lines = [*self.naming.symbols(), *([least] if len(self.problem.metrics) > 1 else []), "suppose = ["]
        lines += [f"    Hypothesis({relation}, {line(said)}),  # times {times}" for relation, said, times in suppose]
        bound = self.outcome.bound if self.outcome.bound is not None else Fraction(0)
        metric = f"{LEAST}_" if len(self.problem.metrics) > 1 else self._form(self.problem.metrics[0])
        lines += ["]", f"then = le({metric}, {_number(bound)})", *self._proof(), *self._registered()]
        called = "method_" + self.name.replace("-", "_")
        body = "".join(f"    {line}\n" if line else "\n" for line in lines)
        return f"def {called}():\n{body}\n\n{called}()\n"

    def _suppose(self) -> list[tuple[str, str, str]]:
        """What the proof uses, as relations with their names and multipliers."""
        found = []
        for c, column in enumerate(self.dual.columns):
            if column.kind == ENTRY or is_zero(self.y[c]):
                continue
            if column.kind == METRIC:
                if len(self.problem.metrics) > 1:
                    found.append(
                        (f"le({LEAST}_, {self._form(column.form)})", "the least of the metrics", text(self.y[c]))
                    )
                continue
            fact = self.problem.supposed[column.number]
            relation = "eq" if column.kind == EQUATION else "le"
            found.append((f"{relation}({self._form(fact.form)}, 0)", fact.name, text(self.y[c])))
        for number, matrix in enumerate(self.problem.matrices):
            for weight, direction in square_completion(self.dual.multiplier_matrix(number, self.y)) or []:
                total = Form()
                for a, x in enumerate(direction):
                    for b, z in enumerate(direction):
                        if not is_zero(x) and not is_zero(z):
                            total = total + matrix.entries[a][b].scaled(x * z)
                found.append((f"ge({self._form(total)}, 0)", f"{matrix.name} along a direction", text(weight)))
        return found

    def _proof(self) -> list[str]:
        """With rational multipliers nothing is left to be found; products with roots are found again."""
        squares = square_completion(self.dual.square(self.y)) or []
        lines = ["", "def proof(p):"]
        if squares:
            lines += ["    squares = [", *(f"        {self._linear(v)}," for _, v in squares), "    ]"]
        multipliers = [times for _, _, times in self._suppose()]
        rational = all(isinstance(lower(x), Fraction) for x in (*self.y, *(w for w, _ in squares)))
        if rational and not self.problem.matrices:
            lines.append(f"    weights = [{', '.join(json.dumps(x) for x in multipliers)}]")
            lines.append("    terms = [(c, p.have(h.relation)) for c, h in zip(weights, suppose, strict=True)]")
            for k, (weight, _) in enumerate(squares):
                fact = f"p.apply({SUM}_, p.have(ge(squares[{k}]**2, 0), squares=[squares[{k}]]))"
                lines.append(f'    terms.append(("{weight}", {fact}))')
            return [*lines, "    return p.weigh(then, terms)", ""]
        if squares:
            total = " + ".join(f"{_coefficient(w)}squares[{k}]**2" for k, (w, _) in enumerate(squares))
            lines.append(f"    whole = p.apply({SUM}_, p.have(ge({total}, 0), squares=squares))")
            return [*lines, "    return p.conclude(by=[*(h.relation for h in suppose), whole])", ""]
        return [*lines, "    return p.conclude(by=[h.relation for h in suppose])", ""]

    def _registered(self) -> list[str]:
        lines = [
            "library.claim(",
            f'    "{self.name}",',
            f"    {line(self.problem.title)},",
            '    "its worst case, in every dimension",',
            "    v,",
            "    suppose=suppose,",
            "    then=then,",
            "    proof=proof,",
        ]
        if Instances(self.dual).trivial() is not None and len(self.problem.metrics) == 1:
            lines.append(f"    witness=lambda: {self.naming.zeros()},")
        return [*lines, ")"]

    def _form(self, form: Form) -> str:
        parts = [self._term(c, self.naming.values[k]) for k, c in sorted(form.values.items())]
        inner = []
        for (a, b), c in sorted(form.gram.items()):
            x, z = self.naming.points[a], self.naming.points[b]
            inner.append(self._term(c, f"{x}**2" if a == b else f"{x}*{z}"))
        if inner:
            parts.append(f"{SUM}_({added(inner)})")
        if not is_zero(form.constant):
            parts.append(_number(lower(form.constant)))
        return added(parts) if parts else "0"

    def _linear(self, vector: Sequence[Number]) -> str:
        terms = [self._term(c, self.naming.points[k]) for k, c in enumerate(vector) if not is_zero(c)]
        return added(terms)

    @staticmethod
    def _term(c: Number, what: str) -> str:
        return _coefficient(c) + what if not is_zero(c + 1) else f"-{what}"


def _variable(name: str, taken: set[str]) -> str:
    """A name for Python that is none of its words, of the file's or of another symbol's."""
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _coefficient(c: Number) -> str:
    return "" if is_zero(c - 1) else f"{_number(c)}*"


def _number(c: Number | int) -> str:
    """A number as SymPy is told."""
    c = lower(c)
    if isinstance(c, Fraction):
        return str(c) if c.denominator == 1 else f"Rational({c.numerator}, {c.denominator})"
    return "(" + _radical(c) + ")"


def _radical(c: Radical) -> str:
    terms = []
    for mask, weight in sorted(c.terms.items()):
        roots = [f"sqrt({_number(c.tower.radicands[k])})" for k in range(mask.bit_length()) if mask >> k & 1]
        terms.append("*".join([_number(weight), *roots]) if roots else _number(weight))
    return " + ".join(terms)


def added(terms: Sequence[str]) -> str:
    """A sum as it is written."""
    said = terms[0]
    for term in terms[1:]:
        said += f" - {term[1:]}" if term.startswith("-") else f" + {term}"
    return said

"""A family's bound as a claim with letters: statement, multipliers as products of positive factors, squares."""

from __future__ import annotations

import sympy

from convbound.bounds.errors import InputError
from convbound.proofs.language.vocabulary import Expr
from convbound.proofs.methods.export import Naming, added, line
from convbound.proofs.methods.families import Fitted, Letters
from convbound.proofs.methods.wording import SUM

Vector = list[Expr]


class LettersClaim:
    """The code of one claim, for the claim file of `export`."""

    def __init__(self, fitted: Fitted, name: str) -> None:
        """Raises InputError where what is left over is no sum of squares with rational functions."""
        self.fitted, self.name = fitted, name
        self.letters = fitted.family.letters
        self.inside = [dict(zip(self.letters, map(sympy.Rational, map(str, at)), strict=True)) for at in fitted.samples]
        self.naming = Naming(fitted.points, fitted.values, [x.name for x in self.letters])
        names = [sympy.Symbol(name) for name in self.naming.letters]
        self.spelling = dict(zip(self.letters, names, strict=True))
        self.squares = self._squares()
        self.whole = self._whole()

    # ------------------------------------------------------------------------------------------ exact functions

    def _squares(self) -> list[tuple[Expr, Vector]]:
        """(d, v) with S = Σ d·v·vᵀ, by elimination over rational functions; v has polynomial entries."""
        size = len(self.fitted.points)
        S = [[sympy.Integer(0)] * size for _ in range(size)]
        total = [(self.fitted.metric, sympy.Integer(-1))]
        total += [(form, multiplier) for _, _, form, multiplier in self.fitted.facts]
        for form, c in total:
            for (a, b), x in form.gram.items():
                for i, j in {(a, b), (b, a)}:
                    S[i][j] = sympy.cancel(S[i][j] + c * x / (1 if a == b else 2))
        found: list[tuple[Expr, Vector]] = []
        left = [k for k in range(size) if any(x != 0 for x in S[k])]
        while left:
            k = min(left, key=lambda k: (S[k][k] == 0, sympy.count_ops(sympy.factor(S[k][k])), k))  # the simplest
            d = S[k][k]
            if d == 0:
                raise InputError(f"{self.name}: what the fitted multipliers leave over is no sum of squares.")
            row = [sympy.cancel(x / d) for x in S[k]]
            S = [[sympy.cancel(S[i][j] - d * row[i] * row[j]) for j in range(size)] for i in range(size)]
            left = [j for j in left if any(x != 0 for x in S[j])]
            scale = self._positive(sympy.lcm_list([sympy.fraction(x)[1] for x in row]))
            found.append((sympy.cancel(d / scale**2), [sympy.cancel(x * scale) for x in row]))
        return found

    def _positive(self, polynomial: Expr) -> Expr:
        """The polynomial, or its negative, as it is positive at the samples."""
        return -polynomial if sympy.sympify(polynomial).subs(self.inside[0]) < 0 else polynomial

    def _clear(self, form: Letters) -> tuple[Expr, Letters]:
        """A form times its least common denominator."""
        common = self._positive(sympy.lcm_list([sympy.fraction(x)[1] for x in form.coefficients()]))
        scaled = Letters(
            {k: sympy.cancel(x * common) for k, x in form.gram.items()},
            {k: sympy.cancel(x * common) for k, x in form.values.items()},
            sympy.cancel(form.constant * common),
        )
        return common, scaled

    def _whole(self) -> Expr:
        """What the identity is multiplied by, so that everything in it is a polynomial."""
        parts = [d for d, _ in self.squares]
        parts += [m / self._clear(form)[0] for _, _, form, m in self.fitted.facts]
        parts += [self.fitted.bound, *self.fitted.metric.coefficients()]
        return self._positive(sympy.lcm_list([sympy.fraction(sympy.cancel(x))[1] for x in parts]))

    # ---------------------------------------------------------------------------------------------------- code

    def code(self) -> str:
        """All of it."""
        lines = [*self.naming.symbols(), "region = ["]
        lines += [f"    {self._relation(said)}," for said in self.fitted.family.region]
        lines += ["]", "suppose = ["]
        for name, equality, form, multiplier in self.fitted.facts:
            relation = "eq" if equality else "le"
            said = f"Hypothesis({relation}({self._form(self._clear(form)[1])}, 0), {line(name)})"
            lines.append(f"    {said},  # times {sympy.factor(multiplier / self._clear(form)[0])}")
        _, left, right = self._bounded()
        lines += ["]", f"then = le({left}, {right})", "", *self._proof(), "", *self._registered()]
        called = "family_" + self.name.replace("-", "_")
        body = "".join(f"    {x}\n" if x else "\n" for x in lines)
        return f"def {called}():\n{body}\n\n{called}()\n"

    def _relation(self, said: object) -> str:
        strict = isinstance(said, sympy.StrictGreaterThan | sympy.StrictLessThan)
        return f"{'gt' if strict else 'ge'}({self._text(said.gts - said.lts)}, 0)"  # type: ignore[attr-defined]

    def _text(self, x: Expr) -> str:
        """A polynomial with rational coefficients as Python is told, so that no quotient of two integers is a float."""
        x = sympy.expand(x)
        if x.is_Rational:
            return str(x.p) if x.q == 1 else f"Rational({x.p}, {x.q})"
        content, rest = x.as_content_primitive()
        said = str(rest.xreplace(self.spelling))
        if content == 1:
            return said
        said = f"({said})" if rest.is_Add else said
        return f"{content.p}*{said}" + (f"/{content.q}" if content.q != 1 else "")

    def _term(self, c: Expr, what: str) -> str:
        if c in (1, -1):
            return what if c == 1 else f"-{what}"
        return f"({self._text(c)})*{what}" if sympy.expand(c).is_Add else f"{self._text(c)}*{what}"

    def _form(self, form: Letters) -> str:
        values, points = self.naming.values, self.naming.points
        parts = [self._term(c, values[k]) for k, c in sorted(form.values.items()) if c != 0]
        inner = [
            self._term(c, f"{points[a]}**2" if a == b else f"{points[a]}*{points[b]}")
            for (a, b), c in sorted(form.gram.items())
            if c != 0
        ]
        parts += [f"{SUM}_({added(inner)})"] if inner else []
        parts += [self._text(form.constant)] if form.constant != 0 else []
        return added(parts) if parts else "0"

    def _factors(self, weight: Expr) -> tuple[Expr, list[str]]:
        """A positive number and factors, whose product is the weight; each is positive at the samples."""
        number, factors = sympy.factor_list(weight)
        found = []
        for factor, power in factors:
            found += [self._text(self._positive(factor))] * power
        return abs(number), found

    def _proof(self) -> list[str]:
        lines = ["def proof(p):"]
        if self.squares:
            lines.append("    squares = [")
            lines += [
                f"        {added([self._term(c, self.naming.points[k]) for k, c in enumerate(v) if c != 0])},"
                for _, v in self.squares
            ]
            lines.append("    ]")
        lines += [
            "    def times(factors, fact):",
            "        for factor in factors:",
            "            fact = p.product(p.have(ge(factor, 0), by=region), fact)",
            "        return fact",
            "",
            "    terms = [",
        ]
        size, over = self._factors(sympy.cancel(self.whole / self._bounded()[0]))
        for k, (_, equality, form, multiplier) in enumerate(self.fitted.facts):
            common, cleared = self._clear(form)
            weight = sympy.cancel(self.whole * multiplier / common)
            number, factors = self._factors(weight)
            fact = f"times([{', '.join(factors)}], p.have(suppose[{k}].relation))"
            if equality:
                said = f"eq({self._term(weight, f'({self._form(cleared)})')}, 0)"
                number, fact = sympy.Integer(-1), f"p.have({said}, by=suppose[{k}].relation)"
            lines.append(f'        ("{number / size}", {fact}),')
        for k, (d, _) in enumerate(self.squares):
            number, factors = self._factors(sympy.cancel(self.whole * d))
            fact = f"p.apply({SUM}_, p.have(ge(squares[{k}]**2, 0), squares=[squares[{k}]]))"
            lines.append(f'        ("{number / size}", times([{", ".join(factors)}], {fact})),')
        lines.append("    ]")
        if not over:
            return [*lines, "    return p.weigh(then, terms)"]
        lines.append(f"    over = [p.have(gt(x, 0), by=region) for x in [{', '.join(over)}]]")
        return [*lines, "    return p.weigh(then, terms, over=over)"]

    def _bounded(self) -> tuple[Expr, str, str]:
        """The conclusion: what it is multiplied by, its left side and its right side."""
        own, metric = self._clear(self.fitted.metric)
        common = self._positive(sympy.lcm(own, sympy.fraction(sympy.cancel(self.fitted.bound))[1]))
        common = sympy.cancel(common)
        left = self._form(metric)
        factor = sympy.cancel(common / own)
        if factor != 1:
            left = f"({self._text(factor)})*({left})"
        return common, left, self._text(sympy.cancel(common * self.fitted.bound))

    def _registered(self) -> list[str]:
        return [
            "library.claim(",
            f'    "{self.name}",',
            f"    {line(self.fitted.family.title)},",
            f"    {line(f'at most {sympy.factor(self.fitted.bound)} for all parameters of the region')},",
            "    v,",
            "    suppose=[*region, *suppose],",
            "    then=then,",
            "    proof=proof,",
            ")",
        ]

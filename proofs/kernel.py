"""The kernel: the only place where theorems are made. One file, standard library only.

    python -I proofs/kernel.py certificate.json

A *fact* is `p >= 0`, `p > 0` or `p = 0` for a polynomial p with rational coefficients. A *certificate* declares symbols
and lists steps; each step is an instance of one rule below and yields facts. The theorem is: in every model, if all
hypotheses hold, so does the conclusion. A theorem is whatever a fresh process re-derives from its certificate.

A *model* gives every symbol without scopes a real number (a positive integer, if it is the length of a scope) and every
other symbol a real function on its scopes; a fact or hypothesis that mentions scoped symbols holds at all their points.
No scope is empty. A limit speaks of a family of models, one for each K, that agree on all symbols without scopes; the
hypotheses hold in each.

    index  i = 1..length
    time   t = start, start + 1, .. (length steps); a `sequence` over it has one more value, after the last step;
           `next x`, `first x`, `last x` are x one step later, at the start, and after the last step
    random an outcome. Random times are nested in the order of their declaration and carry a filtration: a random
           symbol with the scope `~t` need not be known at step t; one without it is known there
    unit   the variable of an integral over [0, 1]

*Functionals* are linear and positive: `sum` (its value on 1 is the length), `average`, `integral` (its value on the
m-th power of its variable is 1/(m+1)) and `expectation` given the past of a list of times (given none: of all). They
are normalised as they are applied: a monomial splits into what does not vary in the functional, which moves out, and
one atom `functional[rest]`, so nothing that varies inside can leave. All functionals that are written exist.

What is trusted: this file, and Python's integers, fractions and JSON. Not trusted: whatever wrote the certificate.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

Number = int | Fraction
Monomial = tuple[tuple[str, int], ...]  # atoms with positive exponents, sorted by atom
Poly = dict[Monomial, Number]  # no zero coefficients
Json = Any

FORMAT = "convbound-certificate/1"
RELATIONS = (">=", ">", "=")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
RATIONAL = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?\Z")
SHIFTS = ("next", "first", "last")
RESERVED = (*SHIFTS, "limsup")
MAX_STEPS, MAX_EXPONENT, MAX_TERMS, MAX_BITS, MAX_DEPTH = 5000, 64, 5000, 4096, 12
MAX_WORK = 200_000  # in one certificate: factors of monomials and words of coefficients that products go through
MAX_BYTES = 8_000_000
RULE = '"rule"'  # opens a step in the text of a certificate


class KernelError(Exception):
    """A certificate is refused; the message names the rule and what is wrong."""


def need(condition: object, message: str) -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise KernelError(message)


# ------------------------------------------------------------------------------------------------ polynomials


def _coefficient(c: Number) -> Number:
    if isinstance(c, Fraction) and c.denominator == 1:
        c = c.numerator
    need(max(c.numerator.bit_length(), c.denominator.bit_length()) <= MAX_BITS, "a coefficient is too long")
    return c


def rational(data: Json) -> Fraction:
    """Read a rational number: a short text such as -3/4."""
    short = isinstance(data, str) and len(data) <= MAX_BITS
    need(short and RATIONAL.match(data), f"{str(data)[:60]!r} is not a rational number")
    return Fraction(data)


def constant(c: Number) -> Poly:
    """The constant polynomial."""
    return {(): _coefficient(c)} if c else {}


def variable(atom: str) -> Poly:
    """The polynomial that is one atom."""
    return {((atom, 1),): 1}


def add(*summands: Poly) -> Poly:
    """The sum."""
    total: Poly = {}
    for p in summands:
        for m, c in p.items():
            total[m] = total.get(m, 0) + c
    return {m: _coefficient(c) for m, c in total.items() if c}


def scale(c: Number, p: Poly) -> Poly:
    """The multiple by a number."""
    return {m: _coefficient(c * x) for m, x in p.items()} if c else {}


def subtract(p: Poly, q: Poly) -> Poly:
    """The difference."""
    return add(p, scale(-1, q))


def times(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials."""
    if not a or not b:
        return a or b
    powers = dict(a)
    for atom, e in b:
        powers[atom] = powers.get(atom, 0) + e
        need(powers[atom] <= MAX_EXPONENT, f"an exponent exceeds {MAX_EXPONENT}")
    return tuple(sorted(powers.items()))


def multiply(p: Poly, q: Poly) -> Poly:
    """The product."""
    need(len(p) * len(q) <= MAX_TERMS * 20, "a product has too many terms")
    total: Poly = {}
    for a, x in p.items():
        for b, y in q.items():
            m = times(a, b)
            total[m] = total.get(m, 0) + x * y
    need(len(total) <= MAX_TERMS, "a polynomial has too many terms")
    return {m: _coefficient(c) for m, c in total.items() if c}


def size(p: Poly) -> int:
    """How much there is to a polynomial: its terms, their factors, and the words of long coefficients."""
    return sum(1 + len(m) + (c.numerator.bit_length() + c.denominator.bit_length()) // 64 for m, c in p.items())


def show_monomial(m: Monomial) -> str:
    """A monomial as text, one text for one monomial."""
    return "*".join(a if e == 1 else f"{a}^{e}" for a, e in m) or "1"


def show(p: Poly) -> str:
    """A polynomial as text, one text for one polynomial."""
    text = ""
    for m, c in sorted(p.items()):
        sign, size = ("- " if c < 0 else "+ "), abs(c)
        text += " " + sign + (show_monomial(m) if size == 1 else f"{size}*{show_monomial(m)}" if m else str(size))
    return text.strip().removeprefix("+ ") or "0"


# ------------------------------------------------------------------------------------------------------ theorems


class Theorem:
    """A fact `poly relation 0` with the hypotheses (numbers of their steps) that it uses. Only `Proof` makes one."""

    __slots__ = ("poly", "relation", "uses")
    relation: str
    poly: Poly
    uses: frozenset[int]

    def __init__(self, relation: str, poly: Poly, uses: frozenset[int], token: object) -> None:
        if token is not _TOKEN:
            raise KernelError("only the rules of the kernel make theorems")
        self.relation, self.poly, self.uses = relation, poly, uses

    def __repr__(self) -> str:
        return f"{show(self.poly)} {self.relation} 0"


_TOKEN = object()
Local = dict[str, Theorem]  # facts that hold at the point under consideration: the negated goal, a case, a predecessor


class Proof:
    """A signature and the theorems derived so far. `step` is the only way in."""

    def __init__(self, certificate: Json) -> None:
        """Read the declarations of a certificate; its steps are not run."""
        need(isinstance(certificate, dict) and certificate.get("format") == FORMAT, f"not a {FORMAT}")
        self.scopes: dict[str, Json] = {}
        self.symbols: dict[str, Json] = {}
        self.functionals: dict[str, Json] = {}
        self.reach: dict[str, frozenset[str]] = {}  # atom: the scopes over which it varies
        self.parts: dict[str, frozenset[str]] = {}  # atom: the symbols and functionals it mentions
        self.structure: dict[str, tuple[str, Any]] = {}  # composed atom: (operator, operand)
        self.definitions: dict[str, Json] = {}
        self.steps: list[Json] = []
        self.facts: list[tuple[Theorem, ...]] = []
        self.hypotheses: list[int] = []
        self.work = 0
        need(sum(len(certificate.get(x, [])) for x in ("scopes", "symbols", "functionals")) <= 500, "too many names")
        for s in certificate.get("scopes", []):
            self._declare_scope(s)
        self.times = [n for n, s in self.scopes.items() if s["kind"] == "time" and s.get("random")]
        for s in certificate.get("symbols", []):
            self._declare_symbol(s)
        for s in self.scopes.values():
            if "length" in s:
                length = self.symbols.get(s["length"])
                need(length and not length["scopes"] and length.get("integer"), "a length is an integer parameter")
            if "variable" in s:
                self._declare_symbol({"name": s["variable"], "scopes": [s["name"]], "integer": s["kind"] == "time"})
        for f in certificate.get("functionals", []):
            self._declare_functional(f)

    def _fresh(self, name: Json) -> str:
        need(isinstance(name, str) and NAME.match(name) and name not in RESERVED, f"{name!r} cannot be a name")
        need(not any(name in table for table in (self.scopes, self.symbols, self.functionals)), f"{name} is taken")
        return str(name)

    def _declare_scope(self, s: Json) -> None:
        s = dict(s)
        need(s["kind"] in ("index", "time", "random", "unit"), "a scope is an index, a time, random or a unit")
        need("length" in s or s["kind"] not in ("index", "time"), "an index and a time have a length")
        need("variable" in s or s["kind"] != "unit", "a unit scope has a variable")
        need(rational(s.get("start", "0")).denominator == 1, "a time starts at an integer")
        need(s["kind"] != "random" or "random" not in (t["kind"] for t in self.scopes.values()), "one random scope")
        self.scopes[self._fresh(s["name"])] = s

    def _declare_symbol(self, s: Json, parts: frozenset[str] = frozenset()) -> None:
        s = {"integer": False, "sequence": None, **s}
        name, scopes = self._fresh(s["name"]), frozenset(s["scopes"])
        known = set(self.scopes) | {"~" + t for t in self.times}
        need(scopes <= known, f"{name} has an undeclared scope")
        need(self._random(scopes) or not any(x.startswith("~") for x in scopes), f"{name} is unknown but not random")
        time = s["sequence"]
        need(time is None or (time in scopes and self.scopes[time]["kind"] == "time"), f"{name}: sequence of what?")
        self.symbols[name] = s
        self.reach[name] = scopes
        self.parts[name] = parts | {name}

    def _declare_functional(self, f: Json) -> None:
        f, kind = dict(f), f["kind"]
        if kind == "expectation":
            given = list(f.get("given", []))
            need(given == self.times[: len(given)], "an expectation is given the first times, in their order")
            binds = {"~" + t for t in self.times[max(0, len(given) - 1) :]}
            noise = {n for n, s in self.scopes.items() if s["kind"] == "random"}
            need(noise, "an expectation needs a random scope")
            f["binds"], f["at"] = (
                (frozenset(binds), frozenset(given) | noise) if given else (binds | noise, frozenset())
            )
        else:
            over = self.scopes.get(f.get("over"), {})
            need(kind in ("sum", "average", "integral"), f"there is no functional of kind {kind!r}")
            need(over.get("kind") in (("unit",) if kind == "integral" else ("index", "time")), f"{kind} over what?")
            f["binds"], f["at"] = frozenset([f["over"]]), frozenset()
        self.functionals[self._fresh(f["name"])] = f

    def _random(self, scopes: frozenset[str]) -> bool:
        return any(self.scopes[s]["kind"] == "random" for s in scopes if s in self.scopes)

    def _unforeseen(self, scopes: frozenset[str]) -> frozenset[str]:
        """Scopes of something made from several steps: if it is random, it is known at none of them."""
        return scopes | {"~" + t for t in self.times} if self._random(scopes) else scopes

    # -------------------------------------------------------------------------------------------------- atoms

    def _compose(self, operator: str, operand: Any, text: str, scopes: frozenset[str], parts: frozenset[str]) -> str:
        name = f"{operator}[{text}]"
        need(len(name) <= 5000 and name.count("[") <= 200, "an atom is too long")
        self.spend(len(parts) + len(name) // 16)
        self.structure[name] = (operator, operand)
        self.reach[name], self.parts[name] = scopes, parts
        return name

    def mentioned(self, p: Poly) -> frozenset[str]:
        """All symbols and functionals that a polynomial mentions."""
        self.spend(sum(len(self.parts[a]) for m in p for a, _ in m))
        return frozenset().union(*(self.parts[a] for m in p for a, _ in m))

    def apply(self, functional: str, p: Poly) -> Poly:
        """The functional applied to a polynomial, in normal form."""
        f = self.functionals.get(functional)
        need(f is not None, f"there is no functional {functional!r}")
        assert f is not None
        total: list[Poly] = []
        for m, c in p.items():
            free = tuple((a, e) for a, e in m if not self.reach[a] & f["binds"])
            bound = tuple((a, e) for a, e in m if self.reach[a] & f["binds"])
            value: Poly
            if not bound:
                value = variable(self.scopes[f["over"]]["length"]) if f["kind"] == "sum" else constant(1)
            elif f["kind"] == "integral" and len(bound) == 1 and bound[0][0] == self.scopes[f["over"]]["variable"]:
                value = constant(Fraction(1, bound[0][1] + 1))
            else:
                scopes = frozenset().union(*(self.reach[a] for a, _ in bound)) - f["binds"] | f["at"]
                if f["kind"] in ("sum", "average") and self.scopes[f["over"]]["kind"] == "time":
                    scopes = self._unforeseen(scopes)
                parts = frozenset().union(*(self.parts[a] for a, _ in bound)) | {functional}
                value = variable(self._compose(functional, bound, show_monomial(bound), scopes, parts))
            total.append(self.multiply({free: c}, value))
        return add(*total)

    def multiply(self, p: Poly, q: Poly) -> Poly:
        """The product, counted against the certificate's budget of work."""
        self.spend(len(p) * size(q) + len(q) * size(p))
        return multiply(p, q)

    def spend(self, work: int) -> None:
        """Count work against the certificate's budget."""
        self.work += work
        need(self.work <= MAX_WORK, "the certificate needs too much work")

    def shift(self, how: str, time: str, p: Poly) -> Poly:
        """The polynomial with every sequence over the time one step later, at the start or after the last step."""
        scope = self.scopes.get(time, {})
        need(how in SHIFTS and scope.get("kind") == "time", "only a time has next, first and last")
        start = constant(rational(scope.get("start", "0")))

        def moved(atom: str) -> Poly:
            if time not in self.reach[atom]:
                return variable(atom)
            if atom == scope.get("variable"):
                ends = {"first": start, "last": add(start, variable(scope["length"]))}
                return ends[how] if how in ends else add(variable(atom), constant(1))
            if atom in self.structure:
                operator, operand = self.structure[atom]
                need(operator in self.functionals, f"{atom} cannot be shifted again")
                need(time not in self.functionals[operator]["at"], f"{atom} is bound to its own step")
                return self.apply(operator, self.shift(how, time, {operand: 1}))
            need(self.symbols[atom]["sequence"] == time, f"{atom} is not a sequence over {time}")
            scopes = self.reach[atom] - (frozenset() if how == "next" else {time})
            scopes = scopes if how == "first" else self._unforeseen(scopes)
            return variable(self._compose(how, atom, atom, scopes, self.parts[atom]))

        total: list[Poly] = []
        for m, c in p.items():
            product = constant(c)
            for atom, e in m:
                image = moved(atom)
                for _ in range(e):
                    product = self.multiply(product, image)
            total.append(product)
        return add(*total)

    # ------------------------------------------------------------------------------------------ reading and writing

    def atom(self, data: Json, depth: int) -> Poly:
        """Read an atom: a symbol's name, or [operator, operand]."""
        if isinstance(data, str):
            need(data in self.symbols, f"{data!r} is not declared")
            return variable(data)
        need(isinstance(data, list) and len(data) in (2, 3) and depth < MAX_DEPTH, "an atom is misshapen or too deep")
        operator, operand = str(data[0]), data[1]
        if operator in SHIFTS:
            need(isinstance(operand, str) and operand in self.symbols, f"{operator} of what?")
            time = self.symbols[operand]["sequence"]
            need(time, f"{operand} is not a sequence")
            return self.shift(operator, time, variable(operand))
        if operator == "limsup":
            return variable(self._limsup(str(operand), self.read(data[2], depth + 1)))
        return self.apply(operator, self.read([["1", operand]], depth + 1))

    def _limsup(self, horizon: str, p: Poly) -> str:
        need(not any(self.reach[a] for m in p for a, _ in m), "a limit is of a closed expression")
        need(horizon in self.symbols and self.symbols[horizon]["integer"], "a limit is along an integer parameter")
        return self._compose(
            "limsup", (horizon, p), f"{horizon}: {show(p)}", frozenset(), self.mentioned(p) | {horizon}
        )

    def read(self, data: Json, depth: int = 0) -> Poly:
        """Read a polynomial: a list of [coefficient, [[atom, exponent], ...]]."""
        need(isinstance(data, list) and len(data) <= MAX_TERMS, "a polynomial is a list of terms, not too long")
        self.spend(4 * len(data))
        total: list[Poly] = []
        for term in data:
            need(isinstance(term, list) and len(term) == 2 and isinstance(term[1], list), "a term is misshapen")
            product = constant(rational(term[0]))
            symbols: Monomial = ()
            for factor in term[1]:
                need(isinstance(factor, list) and len(factor) == 2, "a factor is misshapen")
                power = factor[1]
                need(type(power) is int and 1 <= power <= MAX_EXPONENT, f"exponents are 1 to {MAX_EXPONENT}")
                atom = self.atom(factor[0], depth)
                if isinstance(factor[0], str):
                    self.spend(1 + len(symbols))
                    symbols = times(symbols, ((factor[0], power),))
                    continue
                for _ in range(power):
                    product = self.multiply(product, atom)
            total.append(self.multiply(product, {symbols: 1}) if symbols else product)
        return add(*total)

    def write_atom(self, atom: str) -> Json:
        """An atom as `atom` reads it."""
        if atom not in self.structure:
            return atom
        operator, operand = self.structure[atom]
        if operator == "limsup":
            return [operator, operand[0], self.write(operand[1])]
        return [operator, operand if operator in SHIFTS else [[self.write_atom(a), e] for a, e in operand]]

    def write(self, p: Poly) -> Json:
        """A polynomial as `read` reads it; one text for one polynomial."""
        return [[str(c), [[self.write_atom(a), e] for a, e in m]] for m, c in sorted(p.items())]

    # --------------------------------------------------------------------------------------------------------- rules

    def step(self, step: Json) -> tuple[Theorem, ...]:
        """Check one step and add what it yields."""
        need(len(self.steps) < MAX_STEPS, f"more than {MAX_STEPS} steps")
        need(isinstance(step, dict) and isinstance(step.get("rule"), str), "a step is an object with a rule")
        rule = RULES.get(step["rule"])
        need(rule is not None, f"there is no rule {step['rule']!r}")
        assert rule is not None
        try:
            facts = tuple(Theorem(r, p, uses, _TOKEN) for r, p, uses in rule(self, step))
        except KernelError as error:
            raise KernelError(f"{step['rule']}: {error}") from None
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError) as error:
            raise KernelError(f"{step['rule']}: misshapen ({type(error).__name__}: {error})") from None
        self.steps.append(step)
        self.facts.append(facts)
        return facts

    def fact(self, reference: Json, local: Local | None = None) -> Theorem:
        """The fact that [step, part] refers to, or a local one by its name."""
        if isinstance(reference, str):
            need(local is not None and reference in local, f"there is no fact {reference!r} here")
            assert local is not None
            return local[reference]
        number, part = reference
        need(type(number) is int and type(part) is int and 0 <= number < len(self.facts), f"no step {number!r} before")
        need(0 <= part < len(self.facts[number]), f"step {number} has no part {part}")
        theorem: Theorem = self.facts[number][part]
        return theorem

    def claimed(self, data: Json) -> tuple[str, Poly]:
        """Read a fact that is claimed: [relation, polynomial]."""
        relation, p = data
        need(relation in RELATIONS, f"{relation!r} is not a relation")
        return relation, self.read(p)

    def _entails(self, relation: str, p: Poly, recipe: Json, local: Local, depth: int = 0) -> frozenset[int]:
        """Check that the recipe derives `p relation 0` at every point; return the hypotheses used."""
        need(depth <= MAX_DEPTH, "cases are nested too deep")
        self.spend(len(p))
        if "both" in recipe:
            need(relation == "=" and len(recipe["both"]) == 2, "an equation follows from its two inequalities")
            sides = zip((p, scale(-1, p)), recipe["both"], strict=True)
            return frozenset().union(*(self._entails(">=", q, r, local, depth + 1) for q, r in sides))
        if "split" in recipe:
            divider = self.read(recipe["split"])
            cases = ((">", divider), ("=", divider), (">", scale(-1, divider)))
            need(len(recipe["cases"]) == 3, "a split has three cases: positive, zero, negative")
            names = [{**local, f"case{depth}": Theorem(r, q, frozenset(), _TOKEN)} for r, q in cases]
            return frozenset().union(
                *(self._entails(relation, p, c, n, depth + 1) for c, n in zip(recipe["cases"], names, strict=True))
            )
        refute = recipe.get("refute", False)
        if refute:
            need(relation != "=", "an equation is not proved by contradiction")
            denied = Theorem(">=" if relation == ">" else ">", scale(-1, p), frozenset(), _TOKEN)
            local = {**local, "denied": denied}
        strict, uses, total = False, frozenset[int](), []
        for coefficient, references, squares in recipe.get("terms", []):
            need(relation != "=" or refute, "an equation follows from equations only")
            c = rational(coefficient)
            need(c >= 0, f"the coefficient {c} is negative")
            product, positive = constant(c), c > 0 and not squares
            for reference in references:
                f = self.fact(reference, local)
                positive, uses = positive and f.relation == ">", uses | f.uses
                product = self.multiply(product, f.poly)
            for square in squares:
                root = self.read(square)
                product = self.multiply(product, self.multiply(root, root))
            strict = strict or positive
            total.append(product)
        for reference, factor in recipe.get("equations", []):
            f = self.fact(reference, local)
            need(f.relation == "=", "only an equation can be multiplied by anything")
            total.append(self.multiply(f.poly, self.read(factor)))
            uses |= f.uses
        rest = subtract(add(*total), {} if refute else p)
        need(not rest, f"the identity fails by {show(rest)[:300]}")
        need(strict or not (refute or relation == ">"), "nothing in the combination is strictly positive")
        return uses

    def _hypothesis(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        number = len(self.steps)
        self.hypotheses.append(number)
        yield (*self.claimed(step["fact"]), frozenset([number]))

    def _combination(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        relation, p = self.claimed(step["fact"])
        yield relation, p, self._entails(relation, p, step, {})

    def _definition(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        kind, body = step["kind"], [self.read(p) for p in step["body"]]
        need(len(body) == {"quotient": 2, "root": 1, "absolute": 1, "sign": 1, "maximum": 2}.get(kind), f"{kind!r}?")
        side = self.fact(step["because"]) if kind in ("quotient", "root") else None
        if kind == "quotient":
            need(side and side.relation == ">" and side.poly == body[1], "the denominator is not proved positive")
        if kind == "root":
            need(side and side.relation != "=" and side.poly == body[0], "the radicand is not proved nonnegative")
        atoms = [a for p in body for m in p for a, _ in m]
        parts = frozenset().union(*(self.mentioned(p) for p in body))
        scopes = frozenset().union(*(self.reach[a] for a in atoms))
        self._declare_symbol({"name": step["symbol"], "scopes": scopes, "integer": kind == "sign"}, parts)
        self.definitions[step["symbol"]] = [kind, *(self.write(p) for p in body)]
        x, b, uses = variable(step["symbol"]), body[0], side.uses if side else frozenset()
        if kind == "quotient":
            facts = [("=", subtract(self.multiply(x, body[1]), b))]
        elif kind == "root":
            facts = [(">=", x), ("=", subtract(self.multiply(x, x), b))]
        elif kind == "absolute":
            square = subtract(self.multiply(x, x), self.multiply(b, b))
            facts = [(">=", x), ("=", square), (">=", subtract(x, b)), (">=", add(x, b))]
        elif kind == "sign":
            cube = self.multiply(x, self.multiply(x, x))
            rest = subtract(b, self.multiply(self.multiply(x, x), b))
            facts = [("=", subtract(cube, x)), (">=", self.multiply(x, b)), ("=", rest)]
        else:
            over = [subtract(x, p) for p in body]
            facts = [(">=", over[0]), (">=", over[1]), ("=", self.multiply(*over))]
        return [(r, p, uses) for r, p in facts]

    def _functional(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        f = self.fact(step["of"])
        yield "=" if f.relation == "=" else ">=", self.apply(step["functional"], f.poly), f.uses

    def _member(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        f, fact = self.functionals[step["functional"]], self.fact(step["of"])
        need(f["kind"] == "sum", "a part is bounded by a sum, not by an average or an expectation")
        need(fact.relation != "=", "the parts are nonnegative facts")
        need(any(f["over"] in self.reach[a] for m in fact.poly for a, _ in m), "the fact is not a part of the sum")
        yield ">=", subtract(self.apply(step["functional"], fact.poly), fact.poly), fact.uses

    def _interchange(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        outer, inner = (self.functionals[step[x]] for x in ("outer", "inner"))
        need(not outer["binds"] & inner["binds"], "the two functionals bind the same scope")
        need(not (outer["binds"] & inner["at"] or inner["binds"] & outer["at"]), "one functional depends on the other")
        p = self.read(step["body"])
        one, other = (step["outer"], step["inner"]), (step["inner"], step["outer"])
        both = [self.apply(a, self.apply(b, p)) for a, b in (one, other)]
        yield "=", subtract(*both), frozenset()

    def _tower(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        outer, inner = (self.functionals[step[x]] for x in ("outer", "inner"))
        need(outer["kind"] == inner["kind"] == "expectation", "a tower is of two expectations")
        given = outer.get("given", [])
        need(given == inner.get("given", [])[: len(given)], "the inner expectation is not given more")
        p = self.read(step["body"])
        yield (
            "=",
            subtract(self.apply(step["outer"], self.apply(step["inner"], p)), self.apply(step["outer"], p)),
            frozenset(),
        )

    def _average(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        average, total = (self.functionals[step[x]] for x in ("functional", "sum"))
        need((average["kind"], total["kind"]) == ("average", "sum"), "this rule is of an average and a sum")
        need(average["over"] == total["over"], "the average and the sum are over different scopes")
        p, length = self.read(step["body"]), variable(self.scopes[total["over"]]["length"])
        scaled = self.multiply(length, self.apply(step["functional"], p))
        yield "=", subtract(scaled, self.apply(step["sum"], p)), frozenset()

    def _telescoping(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        f, p = self.functionals[step["functional"]], self.read(step["body"])
        need(f["kind"] in ("sum", "average"), "telescoping is in a sum or an average")
        time = f["over"]
        total = self.apply(step["functional"], subtract(self.shift("next", time, p), p))
        if f["kind"] == "average":
            total = self.multiply(variable(self.scopes[time]["length"]), total)
        yield "=", subtract(total, subtract(self.shift("last", time, p), self.shift("first", time, p))), frozenset()

    def _induction(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        relation, p = self.claimed(step["fact"])
        time = step["time"]
        base = self.fact(step["base"])
        need(base.relation == relation and base.poly == self.shift("first", time, p), "the base is another statement")
        previous = Theorem(relation, p, frozenset(), _TOKEN)
        uses = base.uses | self._entails(relation, self.shift("next", time, p), step["step"], {"previous": previous})
        return [(relation, self.shift("last", time, p), uses), (relation, p, uses)]

    def _integrality(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        z = self.read(step["body"])

        def whole(atom: str) -> bool:
            operator, operand = self.structure.get(atom, ("", ()))
            if operator in SHIFTS:
                return whole(operand)
            if operator in self.functionals:
                return self.functionals[operator]["kind"] == "sum" and all(whole(a) for a, _ in operand)
            return atom in self.symbols and bool(self.symbols[atom]["integer"])

        need(all(isinstance(c, int) for c in z.values()), "a coefficient is not an integer")
        need(all(whole(a) for m in z for a, _ in m), "not every symbol is declared an integer")
        yield ">=", subtract(self.multiply(z, z), z), frozenset()

    def _limit(self, step: Json) -> Iterable[tuple[str, Poly, frozenset[int]]]:
        """From N - D*u >= 0 for all K, and u >= b: the coefficients of the highest power of K in D bound the limsup."""
        horizon, u = step["horizon"], self.read(step["of"])
        n, d, b = self.read(step["numerator"]), self.read(step["denominator"]), self.read(step["floor"])
        upper, lower, leading = (self.fact(step[x]) for x in ("upper", "lower", "leading"))
        need(upper.relation != "=" and upper.poly == subtract(n, self.multiply(d, u)), "the bound is another statement")
        need(lower.relation != "=" and lower.poly == subtract(u, b), "the lower bound is another statement")
        for a in {a for m in (*n, *d, *b) for a, _ in m} - {horizon}:
            same = a in self.symbols and all(x in self.symbols and not self.reach[x] for x in self.parts[a])
            need(same and horizon not in self.parts[a], f"{a} may vary with {horizon}")
        need(horizon not in self.mentioned(b), "the lower bound varies")
        uses = upper.uses | lower.uses | leading.uses
        for number in uses:
            fact = self.facts[number][0]
            only = fact.relation != "=" and fact.poly in (variable(horizon), subtract(variable(horizon), constant(1)))
            need(only or horizon not in self.mentioned(fact.poly), f"a hypothesis restricts {horizon}: {fact!r}")
        degree = max(dict(m).get(horizon, 0) for m in d)

        def top(p: Poly) -> Poly:
            need(all(dict(m).get(horizon, 0) <= degree for m in p), "the bound grows without limit")
            return {
                tuple(x for x in m if x[0] != horizon): c for m, c in p.items() if dict(m).get(horizon, 0) == degree
            }

        need(leading.relation == ">" and leading.poly == top(d), "the leading coefficient is not proved positive")
        yield ">=", subtract(top(n), self.multiply(top(d), variable(self._limsup(horizon, u)))), uses

    # ------------------------------------------------------------------------------------------------ statements

    def statement(self, conclusion: Theorem) -> Json:
        """What is proved: hypotheses and conclusion, with the declarations and definitions that they mention."""
        polys = [self.facts[h][0].poly for h in self.hypotheses] + [conclusion.poly]
        names = frozenset().union(*(self.mentioned(p) for p in polys))
        scopes = {s.lstrip("~") for n in names for s in self.reach.get(n, ())}
        scopes |= {s for n in names if n in self.functionals for s in self._scopes_of(n)}
        names |= {self.scopes[s]["length"] for s in scopes if "length" in self.scopes[s]}
        scopes |= {n for n, s in self.scopes.items() if s.get("length") in names}  # a length is no mere integer
        names |= {self.scopes[s]["variable"] for s in scopes if "variable" in self.scopes[s]}
        return {
            "scopes": [s for n, s in self.scopes.items() if n in scopes],
            "symbols": [
                {**s, "scopes": sorted(s["scopes"])}
                for n, s in sorted(self.symbols.items())
                if n in names
                and n not in self.definitions
                and n not in {t.get("variable") for t in self.scopes.values()}
            ],
            "functionals": [
                {k: v for k, v in f.items() if k not in ("binds", "at")}
                for n, f in sorted(self.functionals.items())
                if n in names
            ],
            "definitions": {n: d for n, d in self.definitions.items() if n in names},
            "hypotheses": [self._write_fact(self.facts[h][0]) for h in self.hypotheses],
            "conclusion": self._write_fact(conclusion),
        }

    def _scopes_of(self, functional: str) -> set[str]:
        f = self.functionals[functional]
        return {s.lstrip("~") for s in f["binds"] | f["at"]}

    def _write_fact(self, fact: Theorem) -> Json:
        return [fact.relation, self.write(fact.poly)]


RULES: dict[str, Callable[[Proof, Json], Iterable[tuple[str, Poly, frozenset[int]]]]] = {
    "hypothesis": Proof._hypothesis,
    "combination": Proof._combination,
    "definition": Proof._definition,
    "functional": Proof._functional,
    "member": Proof._member,
    "interchange": Proof._interchange,
    "tower": Proof._tower,
    "average": Proof._average,
    "telescoping": Proof._telescoping,
    "induction": Proof._induction,
    "integrality": Proof._integrality,
    "limit": Proof._limit,
}


def replay(certificate: Json) -> tuple[Proof, Theorem]:
    """Check a certificate from its first step to its last. Raises `KernelError` with the number of the step."""
    try:
        proof = Proof(certificate)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise KernelError(f"declarations: misshapen ({type(error).__name__}: {error})") from None
    except KernelError as error:
        raise KernelError(f"declarations: {error}") from None
    steps = certificate.get("steps")
    need(isinstance(steps, list) and steps, "the certificate has no steps")
    for number, step in enumerate(steps):
        try:
            proof.step(step)
        except KernelError as error:
            raise KernelError(f"step {number}: {error}") from None
        except RecursionError:
            raise KernelError(f"step {number}: nested too deep") from None
    try:
        return proof, proof.fact(certificate["conclusion"])
    except (KeyError, TypeError, ValueError, KernelError) as error:
        raise KernelError(f"the conclusion is not a fact of a step ({error})") from None


def load(text: str) -> Json:
    """Parse a certificate; JSON that is broken or nested too deep is refused with the place."""
    if len(text) > MAX_BYTES:
        raise KernelError(f"step {max(0, text.count(RULE) - 1)}: longer than {MAX_BYTES} characters")
    try:
        return json.loads(text)
    except RecursionError:
        depth = 0
        for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
            if depth > 200:
                number = text.count(RULE, 0, token.start())
                raise KernelError(f"step {max(0, number - 1)}: nested too deep") from None
        raise
    except ValueError as error:
        number = text.count(RULE, 0, getattr(error, "pos", 0))
        raise KernelError(f"step {max(0, number - 1)}: not JSON ({error})") from None


def main(path: str) -> int:
    """Check one file and print what it proves."""
    try:
        with open(path, encoding="utf-8") as file:
            certificate = load(file.read(MAX_BYTES + 1))
        proof, theorem = replay(certificate)
    except (KernelError, OSError, UnicodeDecodeError) as error:
        print(f"REFUSED {path}: {error}")
        return 1
    print(f"statement  {theorem!r}")
    for name, (kind, *body) in proof.definitions.items():
        print(f"where      {name} = {kind} of {', '.join(show(proof.read(p)) for p in body)}")
    for number in proof.hypotheses:
        used = "" if number in theorem.uses else "   (not used)"
        print(f"hypothesis {proof.facts[number][0]!r}{used}")
    counts = Counter(step["rule"] for step in proof.steps)
    print("rules      " + ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())))
    print("checked")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python -I kernel.py CERTIFICATE.json")
        sys.exit(2)
    sys.exit(main(sys.argv[1]))

"""The kernel: the only place where theorems are made. One file, standard library only.

    python -I proofs/kernel.py CERTIFICATE.json [STATEMENT.json]

A *certificate* declares symbols and lists steps. Each step is an instance of one rule below and yields facts `p >= 0`,
`p > 0` or `p = 0`, p a polynomial over the rationals in normal form. Its *statement* is what it declares, supposes and
concludes, as written; with a second file the kernel also compares the two. The theorem: in every model in which all
hypotheses hold, the conclusion holds; a formula holds if it does at all points of the scopes over which it varies.

A *model* gives every symbol without scopes a real number, every other one a real function on its scopes, and an integer
where it is declared one; the length of a scope is a positive integer. Scopes:

    index  i = 1..length
    time   t = start, start + 1, .. (length steps); a `sequence` over it has one more value, after the last one; `next`,
           `first`, `last` of an expression are its values one step later, at the start, and after the last step
    random one of finitely many outcomes of positive probability. The random times are nested in the order of their
           declaration; at each step (of a time, within steps of those before it) the outcomes are parted by their past,
           never coarser at a later step. A random symbol has the scope `~t` if it need not be known at the steps of t;
           without it, it is: it has one value on outcomes with the same past
    unit   the variable of an integral over [0, 1]; what varies with it is continuous

*Functionals* are linear and positive: `sum`, `average`, `integral`, and `expectation`, over all outcomes or over those
with the same past at the step of the times that are `given`. All exist, as finite sums and integrals of continuous
functions. They are normalised as they are applied: a monomial splits into what does not vary in the functional, which
moves out, and one atom `functional[rest]`, so nothing that varies inside can leave.

A *limit* is about one infinite process. Its horizon K is the length of exactly one time, nested in no other. A model is
then a sequence of models for K = 1, 2, ..: each has one step more than the one before, may split its outcomes (and the
pasts of the new step), and agrees with it in all else. Hypotheses and conclusion hold in each. `limsup[K: u]` is the
limit superior of u along the sequence, 0 where that is infinite. The hypotheses of such a statement are about the
parameters, the start, or every step and the next: none counts the steps (see `_unbounded`).

docs/kernel.md proves each rule. Trusted: this file, and Python's integers, fractions and JSON; not what wrote the file.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

Number = int | Fraction
Monomial = tuple[tuple[str, int], ...]  # atoms with positive exponents, sorted by atom
Poly = dict[Monomial, Number]  # no zero coefficients
Json = Any
Expression = Any  # "x", "3/4", ["+", a, ..], ["*", a, ..], ["^", a, 2], ["S", a], ["next", "t", a], ["limsup", "K", a]
Yield = Iterable[tuple[str, Poly, frozenset[int]]]  # relation, polynomial, hypotheses used

FORMAT = "convbound-certificate/2"
RELATIONS = {">=": ">=", ">": ">", "=": "=", "<=": ">=", "<": ">"}  # as written: of the fact
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
RATIONAL = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?\Z")
SHIFTS = ("next", "first", "last")
RESERVED = (*SHIFTS, "limsup")
SCOPES = {"index": "length", "time": "length variable start random", "random": "", "unit": "variable"}
FUNCTIONALS = {"sum": "over", "average": "over", "integral": "over", "expectation": "given"}
DEFINITIONS = {"quotient": 2, "root": 1, "absolute": 1, "sign": 1, "maximum": 2}
MAX_STEPS, MAX_EXPONENT, MAX_TERMS, MAX_BITS, MAX_DEPTH = 5000, 64, 5000, 4096, 120
MAX_WORK = 200_000  # in one certificate: factors of monomials and words of coefficients that products go through
MAX_BYTES = 2_000_000


class KernelError(Exception):
    """A certificate is refused; the message names the rule and what is wrong."""


def need(condition: object, message: str) -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise KernelError(message)


def brief(data: Json) -> str:
    """Something from a certificate, for a message: short, and without control characters."""
    short = data[:60] if isinstance(data, str) else data
    return f"a {type(data).__name__}" if isinstance(data, list | dict) else ascii(short)


def keys(data: Json, what: str, required: str | dict[str, str], optional: str = "") -> dict[str, Json]:
    """Refuse what is not an object with just these keys; they may depend on its kind."""
    need(isinstance(data, dict), f"{what} is an object, not {brief(data)}")
    if isinstance(required, dict):
        kind = data.get("kind")
        need(isinstance(kind, str) and kind in required, f"{what} is of a kind: {', '.join(required)}")
        required = f"name kind {required[kind]}"
    wrong = set(required.split()) ^ (set(data) - set(optional.split()))
    need(not wrong, f"{what} has the keys {required} (wrong: {brief(', '.join(sorted(wrong)))})")
    return dict(data)


def items(data: Json, what: str, count: int | None = None) -> list[Json]:
    """Refuse what is not a list, of so many items."""
    need(isinstance(data, list), f"{what} is a list, not {brief(data)}")
    need(count is None or len(data) == count, f"{what} has {count} items, not {len(data)}")
    return list(data)


def _coefficient(c: Number) -> Number:
    if isinstance(c, Fraction) and c.denominator == 1:
        c = c.numerator
    need(max(c.numerator.bit_length(), c.denominator.bit_length()) <= MAX_BITS, "a coefficient is too long")
    return c


def rational(data: Json) -> Fraction:
    """Read a rational number: a short text such as -3/4."""
    short = isinstance(data, str) and len(data) <= MAX_BITS
    need(short and RATIONAL.match(data), f"{brief(data)} is not a rational number")
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


def show(p: Poly) -> str:
    """A polynomial as text, one text for one polynomial."""
    text = ""
    for m, c in sorted(p.items()):
        factors = [a if e == 1 else f"{a}^{e}" for a, e in m]
        text += (" - " if c < 0 else " + ") + "*".join(factors if m and abs(c) == 1 else [str(abs(c)), *factors])
    return text.strip().removeprefix("+ ") or "0"


def spell(data: Json) -> str:
    """An expression as text, one text for one expression."""
    if not isinstance(data, list):
        return str(data)
    operator, *operands = data
    rank = "+*^".find(operator)  # what binds no tighter than its place is in brackets
    if rank < 0:
        return f"{operator}[{''.join(f'{x}: ' for x in operands[:-1])}{spell(operands[-1])}]"
    loose = [isinstance(x, list) and 0 <= "+*^".find(x[0]) <= rank for x in operands]
    loose[0] = loose[0] or (rank == 2 and isinstance(operands[0], str) and not NAME.match(operands[0]))
    inner = [f"({spell(x)})" if y else spell(x) for x, y in zip(operands, loose, strict=True)]
    return (" + ", "*", "^")[rank].join(inner).replace(" + -", " - ")


def words(data: Json) -> frozenset[str]:
    """All texts in an expression: symbols, operators, numbers."""
    inside = map(words, data) if isinstance(data, list) else ()
    return frozenset([data] if isinstance(data, str) else ()).union(*inside)


class Formula:
    """`poly relation 0`, and how it was written where it was: it says something, and proves nothing."""

    def __init__(self, relation: str, poly: Poly, written: Json = None) -> None:
        self.relation, self.poly, self.written = relation, poly, written

    def __repr__(self) -> str:
        return f"{show(self.poly)} {self.relation} 0"


class Theorem(Formula):
    """A formula that was derived, with the hypotheses (numbers of their steps) that it uses. Only `Proof` makes one."""

    def __init__(self, relation: str, poly: Poly, uses: frozenset[int], token: object, written: Json = None) -> None:
        need(token is _TOKEN, "only the rules of the kernel make theorems")
        super().__init__(relation, poly, written)
        self.uses = uses


_TOKEN = object()
Local = Mapping[str, Theorem]  # facts that hold at one point: the negated goal, a case, a predecessor


class Statement(dict[str, Json]):
    """What is proved, as data: scopes, symbols, functionals, definitions, hypotheses, conclusion."""

    def lines(self) -> list[str]:
        """The same for people, all of it: two statements with the same lines are equal."""
        says = []
        for table in ("scopes", "symbols", "functionals"):
            for x in self[table]:
                about = [(k, ", ".join(v) if isinstance(v, list) else v) for k, v in sorted(x.items()) if k != "name"]
                text = "; ".join(k if v is True else f"{k} {v}" for k, v in about if v)
                says.append(f"{table[:-1]:10} {x['name']}: {text or 'real'}".replace("~", "unknown at "))
        for name, (kind, *bodies) in self["definitions"].items():
            says.append(f"where      {name} = {kind} of {', '.join(map(spell, bodies))}")
        for k, (left, relation, right) in enumerate([*self["hypotheses"], self["conclusion"]]):
            word = "hypothesis" if k < len(self["hypotheses"]) else "proves"
            says.append(f"{word:10} {spell(left)} {relation} {spell(right)}")
        return says


class Proof:
    """A signature and the theorems derived so far. `step` is the only way in."""

    def __init__(self, certificate: Json) -> None:
        """Read the declarations of a certificate; its steps are not run."""
        need(isinstance(certificate, dict) and certificate.get("format") == FORMAT, f"not a {FORMAT}")
        self.scopes, self.symbols, self.functionals, self.definitions = (dict[str, Json]() for _ in range(4))
        # of an atom: the scopes over which it varies, the symbols and functionals on which it depends;
        # of a functional: the scopes that it takes in, and those over which its value varies anew
        self.reach, self.parts, self.binds, self.at = (dict[str, frozenset[str]]() for _ in range(4))
        self.structure: dict[str, tuple[str, Any]] = {}  # composed atom: (operator, operand)
        self.steps: list[Json] = []
        self.facts: list[tuple[Theorem, ...]] = []
        self.hypotheses: list[int] = []
        self.horizon: Json = None  # the time whose length goes to infinity
        self.whole: set[str] = set()  # atoms that are integers
        self.work = 0
        scopes, symbols, functionals = (items(certificate.get(x, []), x) for x in ("scopes", "symbols", "functionals"))
        need(len(scopes) + len(symbols) + len(functionals) <= 500, "too many names")
        for s in scopes:
            s = keys(s, "a scope", SCOPES)
            need(type(s.get("random", True)) is bool, "whether a time is random is true or false")
            need(rational(s.get("start", "0")).denominator == 1, "a time starts at an integer")
            self.scopes[self._fresh(s["name"])] = s
        self.noise = frozenset(n for n, s in self.scopes.items() if s["kind"] == "random")
        need(len(self.noise) <= 1, "one random scope")
        self.times = [n for n, s in self.scopes.items() if s["kind"] == "time" and s["random"]]
        for s in symbols:
            s = keys(s, "a symbol", "name scopes", "integer sequence")
            self._symbol(s["name"], s["scopes"], s.get("integer", False), s.get("sequence"))
        for s in self.scopes.values():
            if "length" in s:
                length = self.symbols.get(s["length"]) if isinstance(s["length"], str) else None
                need(length and not length["scopes"] and length["integer"], "a length is an integer parameter")
            if "variable" in s:
                parts = [s["length"]] if "length" in s else []
                self._symbol(s["variable"], [s["name"]], s["kind"] == "time", parts=parts)
        for f in functionals:
            f = keys(f, "a functional", FUNCTIONALS)
            name = self._fresh(f["name"])
            if f["kind"] == "expectation":
                given = items(f["given"], "what is given")
                need(given == self.times[: len(given)], "an expectation is given the first times, in their order")
                need(self.noise, "an expectation needs a random scope")
                unknown = frozenset("~" + t for t in self.times[max(0, len(given) - 1) :])
                self.binds[name] = unknown if given else unknown | self.noise
                self.at[name] = self.noise.union(given) if given else frozenset()
            else:
                over = self.scopes.get(f["over"]) if isinstance(f["over"], str) else None
                kinds = ("unit",) if f["kind"] == "integral" else ("index", "time")
                need(over and over["kind"] in kinds, f"the {f['kind']} {name} is over no scope of its kind")
                self.binds[name], self.at[name] = frozenset([f["over"]]), frozenset()
            self.functionals[name] = f

    def _fresh(self, name: Json) -> str:
        fine = isinstance(name, str) and NAME.match(name) and name not in RESERVED
        need(fine, f"{brief(name)} cannot be a name")
        need(name not in {*self.scopes, *self.symbols, *self.functionals}, f"{name} is taken")
        return str(name)

    def _symbol(self, name: Json, named: Json, integer: Json, time: Json = None, parts: Iterable[str] = ()) -> None:
        name, scopes = self._fresh(name), frozenset(x for x in items(named, "scopes of a symbol") if isinstance(x, str))
        known = set(self.scopes) | {"~" + t for t in self.times}
        need(scopes <= known and len(scopes) == len(named), f"{name} has an undeclared scope, or one twice")
        need(scopes & self.noise or scopes <= set(self.scopes), f"{name} is unknown but not random")
        need(type(integer) is bool, f"whether {name} is an integer is true or false")
        steps = {n for n in scopes if self.scopes.get(n, {"kind": ""})["kind"] == "time"}
        need(time is None or (isinstance(time, str) and time in steps), f"{name} is a sequence over none of its times")
        self.symbols[name] = {"name": name, "scopes": sorted(scopes), "integer": integer, "sequence": time}
        self.reach[name], self.parts[name] = scopes, frozenset(parts) | {name}
        self.whole |= {name} if integer else set()

    def declare(self, symbol: Json, kind: str, bodies: list[Poly]) -> None:
        """A symbol for a quotient, root, absolute, sign or maximum of bodies: the name alone, which proves nothing."""
        need(
            isinstance(kind, str) and DEFINITIONS.get(kind) == len(bodies),
            f"{brief(kind)} does not define a symbol by {len(bodies)} bodies",
        )
        scopes = frozenset[str]().union(*(self.reach[a] for p in bodies for m in p for a, _ in m))
        jumps = kind == "sign" and any(self.scopes[s]["kind"] == "unit" for s in scopes if s in self.scopes)
        need(not jumps, "a sign jumps along a segment")
        parts = frozenset[str]().union(*(self.mentioned(p) for p in bodies))
        self._symbol(symbol, sorted(scopes), kind == "sign", parts=parts)
        self.definitions[symbol] = [kind, *(self.write(p) for p in bodies)]

    def _unforeseen(self, scopes: frozenset[str]) -> frozenset[str]:
        """Scopes of something made from several steps: if it is random, it is known at none of them."""
        return scopes | {"~" + t for t in self.times} if scopes & self.noise else scopes

    def _compose(self, operator: str, operand: Any, text: str, scopes: frozenset[str], parts: frozenset[str]) -> str:
        name = f"{operator}[{text}]"
        need(len(name) <= 5000 and name.count("[") <= 25, "an atom is too long")
        self.spend(len(parts) + len(name) // 16)
        self.structure[name] = (operator, operand)
        self.reach[name], self.parts[name] = scopes, parts
        if operator in SHIFTS or self.functionals.get(operator, {"kind": ""})["kind"] == "sum":
            self.whole |= {name} if self.whole.issuperset([operand] if operator in SHIFTS else dict(operand)) else set()
        return name

    def mentioned(self, p: Poly) -> frozenset[str]:
        """All symbols and functionals on which a polynomial depends; a sum or average also on its length."""
        self.spend(sum(len(self.parts[a]) for m in p for a, _ in m))
        return frozenset[str]().union(*(self.parts[a] for m in p for a, _ in m))

    def apply(self, functional: str, p: Poly) -> Poly:
        """The functional applied to a polynomial, in normal form."""
        f = self.functional(functional)
        over: Json = self.scopes.get(f.get("over", ""), {})
        binds, at = self.binds[functional], self.at[functional]
        total: list[Poly] = []
        for m, c in p.items():
            free = tuple((a, e) for a, e in m if not self.reach[a] & binds)
            bound = tuple((a, e) for a, e in m if self.reach[a] & binds)
            if not bound:
                value = variable(over["length"]) if f["kind"] == "sum" else constant(1)
            elif f["kind"] == "integral" and len(bound) == 1 and bound[0][0] == over["variable"]:
                value = constant(Fraction(1, bound[0][1] + 1))
            else:
                scopes = frozenset[str]().union(*(self.reach[a] for a, _ in bound)) - binds | at
                if over.get("kind") == "time":
                    scopes = self._unforeseen(scopes)
                own = frozenset([functional] + ([over["length"]] if "length" in over else []))
                parts = own.union(*(self.parts[a] for a, _ in bound))
                value = variable(self._compose(functional, bound, show({bound: 1}), scopes, parts))
            total.append(self.multiply({free: c}, value))
        return add(*total)

    def functional(self, name: Json, *kinds: str) -> Json:
        """The declaration of a functional, of one of the kinds."""
        f = self.functionals.get(name) if isinstance(name, str) else None
        need(f and f["kind"] in (kinds or FUNCTIONALS), f"{brief(name)} is no {' or '.join(kinds) or 'functional'}")
        return f

    def multiply(self, p: Poly, q: Poly) -> Poly:
        """The product, counted against the certificate's budget of work: terms, factors, words of coefficients."""
        bits = [sum(c.numerator.bit_length() + c.denominator.bit_length() for c in f.values()) for f in (p, q)]
        sizes = [len(f) + sum(map(len, f)) + b // 64 for f, b in zip((p, q), bits, strict=True)]
        self.spend(len(p) * sizes[1] + len(q) * sizes[0])
        return multiply(p, q)

    def spend(self, work: int) -> None:
        """Count work against the certificate's budget."""
        self.work += work
        need(self.work <= MAX_WORK, "the certificate needs too much work")

    def shift(self, how: str, time: Json, p: Poly) -> Poly:
        """The polynomial with every sequence over the time one step later, at the start or after the last step."""
        scope = self.scopes.get(time, {}) if isinstance(time, str) else {}
        need(how in SHIFTS and scope.get("kind") == "time", "only a time has next, first and last")
        start = constant(rational(scope["start"]))

        def moved(atom: str) -> Poly:
            if time not in self.reach[atom]:
                return variable(atom)
            if atom == scope["variable"]:
                ends = {"first": start, "last": add(start, variable(scope["length"]))}
                return ends[how] if how in ends else add(variable(atom), constant(1))
            if atom in self.structure:
                operator, operand = self.structure[atom]
                need(operator in self.functionals, f"{atom} cannot be shifted again")
                need(time not in self.at[operator], f"{atom} is bound to its own step")
                return self.apply(operator, self.shift(how, time, {operand: 1}))
            need(self.symbols[atom]["sequence"] == time, f"{atom} is not a sequence over {time}")
            scopes = self.reach[atom] - (frozenset() if how == "next" else {time})
            scopes = scopes if how == "first" else self._unforeseen(scopes)
            parts = self.parts[atom] | ({f"last {time}"} if how == "last" else frozenset())
            return variable(self._compose(how, atom, atom, scopes, parts))

        images = {a: moved(a) for a in sorted({a for m in p for a, _ in m})}
        powers = [(c, [images[a] for a, e in m for _ in range(e)]) for m, c in p.items()]
        return add(*(reduce(self.multiply, factors, constant(c)) for c, factors in powers))

    def read(self, data: Expression, depth: int = 0) -> Poly:
        """The polynomial of an expression, in normal form."""
        need(depth < MAX_DEPTH, "an expression is nested too deep")
        self.spend(1)
        if isinstance(data, str):
            need(data in self.symbols or not NAME.match(data), f"{brief(data)} is not declared")
            return variable(data) if data in self.symbols else constant(rational(data))
        operator, *operands = items(data, "an expression") or [None]
        need(isinstance(operator, str), "an expression begins with its operator")
        if operator in ("+", "*"):
            need(len(operands) >= 2, "a sum or product has two parts or more")
            parts = [self.read(x, depth + 1) for x in operands]
            if operator == "+":
                self.spend(sum(map(len, parts)))
                return add(*parts)
        elif operator == "^":
            base, power = items(operands, "a power", 2)
            need(type(power) is int and 1 <= power <= MAX_EXPONENT, f"exponents are 1 to {MAX_EXPONENT}")
            parts = [self.read(base, depth + 1)] * power
        elif operator in RESERVED:
            word, inner = items(operands, operator, 2)
            p = self.read(inner, depth + 1)
            return self.limsup(word, p) if operator == "limsup" else self.shift(operator, word, p)
        else:
            return self.apply(operator, self.read(items(operands, "what an operator is applied to", 1)[0], depth + 1))
        return reduce(self.multiply, parts)

    def limsup(self, horizon: Json, p: Poly) -> Poly:
        """The limit superior of a closed expression along the one horizon of the certificate."""
        times = [s for s in self.scopes.values() if s.get("length") == horizon]
        need(len(times) == 1 and times[0]["kind"] == "time", f"{brief(horizon)} is not the length of exactly one time")
        outer = not times[0]["random"] or times[0]["name"] == self.times[0]
        need(outer, "the time of a limit is nested in another one")
        need(self.horizon in (None, times[0]), "a certificate has one horizon")
        need(not any(self.reach[a] for m in p for a, _ in m), "a limit is of a closed expression")
        if self.horizon is None:
            self.horizon = times[0]
            for number in self.hypotheses:
                self._unbounded(self.facts[number][0])
        parts = self.mentioned(p) | {horizon}
        return variable(self._compose("limsup", (horizon, p), f"{horizon}: {show(p)}", frozenset(), parts))

    def _unbounded(self, fact: Formula) -> None:
        """Refuse a hypothesis that counts steps (K, the variable, a sum over time) or compares one with the last."""
        time, length, p = self.horizon["name"], self.horizon["length"], fact.poly
        least = constant(fact.relation == ">=")  # K > 0 and K >= 1 say nothing, K > 1 is false in the first model
        if fact.relation == "=" or p not in (variable(length), subtract(variable(length), least)):
            names = self.mentioned(p)
            need(length not in names, f"a hypothesis counts the steps of {time}")
            varies = any(time in self.reach[a] for m in p for a, _ in m)
            need(not varies or f"last {time}" not in names, f"a hypothesis compares steps of {time} with the last one")

    def formula(self, data: Json) -> Formula:
        """Read [left, relation, right]; the fact is of their difference."""
        left, relation, right = items(data, "a formula", 3)
        need(isinstance(relation, str) and relation in RELATIONS, f"{brief(relation)} is not a relation")
        sides = [self.read(left), self.read(right)]
        return Formula(RELATIONS[relation], subtract(*(reversed(sides) if relation[0] == "<" else sides)), data)

    def write(self, p: Poly) -> Expression:
        """An expression that reads as the polynomial; one for one polynomial."""
        terms: list[Expression] = []
        for m, c in sorted(p.items()):
            factors = [self._write_atom(a) if e == 1 else ["^", self._write_atom(a), e] for a, e in m]
            factors = factors if c == 1 and m else [str(c), *factors]
            terms.append(factors[0] if len(factors) == 1 else ["*", *factors])
        return "0" if not terms else terms[0] if len(terms) == 1 else ["+", *terms]

    def _write_atom(self, atom: str) -> Expression:
        if atom not in self.structure:
            return atom
        operator, operand = self.structure[atom]
        if operator == "limsup":
            return [operator, operand[0], self.write(operand[1])]
        if operator in SHIFTS:
            return [operator, self.symbols[operand]["sequence"], operand]
        return [operator, self.write({operand: 1})]

    def step(self, step: Json) -> tuple[Theorem, ...]:
        """Check one step and add what it yields."""
        need(len(self.steps) < MAX_STEPS, f"more than {MAX_STEPS} steps")
        name = step.get("rule") if isinstance(step, dict) else None
        need(isinstance(name, str) and name in RULES, f"there is no rule {brief(name)}")
        rule, about = RULES[str(name)]
        try:
            keys(step, "the step", f"rule {about}")
            written = step["fact"] if name in ("hypothesis", "combination") else None
            facts = tuple(Theorem(r, p, uses, _TOKEN, written) for r, p, uses in rule(self, step))
        except KernelError as error:
            raise KernelError(f"{name}: {error}") from None
        self.steps.append(step)
        self.facts.append(facts)
        return facts

    def fact(self, reference: Json, local: Mapping[str, Theorem] = {}) -> Theorem:
        """The fact that [step, part] refers to, or a local one by its name."""
        if isinstance(reference, str):
            need(reference in local, f"there is no fact {brief(reference)} here")
            return local[reference]
        number, part = items(reference, "a reference", 2)
        need(type(number) is int and 0 <= number < len(self.facts), f"no step {brief(number)} before")
        need(type(part) is int and 0 <= part < len(self.facts[number]), f"step {number} has no part {brief(part)}")
        theorem: Theorem = self.facts[number][part]
        self.spend(2 + len(theorem.uses) // 16)
        return theorem

    def _entails(self, relation: str, p: Poly, recipe: Json, local: Local, depth: int = 0) -> frozenset[int]:
        """Check that the recipe derives `p relation 0` at every point; return the hypotheses used."""
        self.spend(8 + len(p))
        if isinstance(recipe, dict) and "both" in recipe:
            keys(recipe, "a recipe", "both")
            need(relation == "=", "an equation follows from its two inequalities")
            sides = zip((p, scale(-1, p)), items(recipe["both"], "both", 2), strict=True)
            return frozenset[int]().union(*(self._entails(">=", q, r, local, depth + 1) for q, r in sides))
        if isinstance(recipe, dict) and "split" in recipe:
            keys(recipe, "a recipe", "split cases")
            divider = self.read(recipe["split"])
            signs = ((">", divider), ("=", divider), (">", scale(-1, divider)))  # positive, zero, negative
            names = [{**local, f"case{depth}": Theorem(r, q, frozenset(), _TOKEN)} for r, q in signs]
            cases = zip(items(recipe["cases"], "cases of a split", 3), names, strict=True)
            return frozenset[int]().union(*(self._entails(relation, p, c, n, depth + 1) for c, n in cases))
        refute = keys(recipe, "a recipe", "", "terms equations refute").get("refute", False)
        need(type(refute) is bool, "whether to refute is true or false")
        if refute:
            need(relation != "=", "an equation is not proved by contradiction")
            denied = Theorem(">=" if relation == ">" else ">", scale(-1, p), frozenset(), _TOKEN)
            local = {**local, "denied": denied}
        strict, uses, total = False, frozenset[int](), []
        for term in items(recipe.get("terms", []), "terms"):
            coefficient, references, squares = items(term, "a term", 3)
            need(relation != "=" or refute, "an equation follows from equations only")
            c = rational(coefficient)
            need(c >= 0, f"the coefficient {c} is negative")
            facts = [self.fact(r, local) for r in items(references, "references")]
            roots = [self.read(x) for x in items(squares, "squares")]
            strict = strict or (c > 0 and not roots and all(f.relation == ">" for f in facts))
            uses = uses.union(*(f.uses for f in facts))
            total.append(reduce(self.multiply, [*(f.poly for f in facts), *roots, *roots], constant(c)))
        for equation in items(recipe.get("equations", []), "equations"):
            reference, factor = items(equation, "an equation", 2)
            f = self.fact(reference, local)
            need(f.relation == "=", "only an equation can be multiplied by anything")
            total.append(self.multiply(f.poly, self.read(factor)))
            uses |= f.uses
        rest = subtract(add(*total), {} if refute else p)
        need(not rest, f"the identity fails by {show(rest)[:300]}")
        need(strict or not (refute or relation == ">"), "nothing in the combination is strictly positive")
        return uses

    def _hypothesis(self, step: Json) -> Yield:
        """|-  p >= 0, from itself."""
        fact = self.formula(step["fact"])
        if self.horizon is not None:
            self._unbounded(fact)
        self.hypotheses.append(len(self.steps))
        yield fact.relation, fact.poly, frozenset([len(self.steps)])

    def _combination(self, step: Json) -> Yield:
        """f >= 0, g >= 0, h = 0  |-  p >= 0, where p = c*f*g*s^2 + .. + q*h + ..: one identity, c >= 0 rational."""
        fact = self.formula(step["fact"])
        yield fact.relation, fact.poly, self._entails(fact.relation, fact.poly, step["by"], {})

    def _definition(self, step: Json) -> Yield:
        """b > 0  |-  x*b = a for a new x; a >= 0  |-  x >= 0, x^2 = a; and what an absolute value, sign, maximum is."""
        kind, body = step["kind"], [self.read(p) for p in items(step["bodies"], "bodies")]
        side = None if step["because"] is None else self.fact(step["because"])
        if kind == "quotient":
            need(side and side.relation == ">" and [side.poly] == body[1:], "the denominator is not proved positive")
        elif kind == "root":
            need(side and side.relation != "=" and [side.poly] == body, "the radicand is not proved nonnegative")
        else:
            need(side is None, "only a quotient and a root have a reason")
        self.declare(step["symbol"], kind, body)
        x, b, uses, mul = variable(step["symbol"]), body[0], side.uses if side else frozenset[int](), self.multiply
        if kind == "quotient":  # b / c
            facts = [("=", subtract(mul(x, body[1]), b))]
        elif kind == "root":
            facts = [(">=", x), ("=", subtract(mul(x, x), b))]
        elif kind == "absolute":
            facts = [(">=", x), ("=", subtract(mul(x, x), mul(b, b))), (">=", subtract(x, b)), (">=", add(x, b))]
        elif kind == "sign":
            square = mul(x, x)
            facts = [("=", subtract(mul(x, square), x)), (">=", mul(x, b)), ("=", subtract(b, mul(square, b)))]
        else:  # the maximum of b and c
            over = [subtract(x, p) for p in body]
            facts = [(">=", over[0]), (">=", over[1]), ("=", mul(*over))]
        return [(r, p, uses) for r, p in facts]

    def _functional(self, step: Json) -> Yield:
        """p >= 0  |-  S[p] >= 0;    p = 0  |-  S[p] = 0."""
        f = self.fact(step["of"])
        yield "=" if f.relation == "=" else ">=", self.apply(step["functional"], f.poly), f.uses

    def _member(self, step: Json) -> Yield:
        """p >= 0  |-  sum[p] - p >= 0."""
        f, fact = self.functional(step["functional"], "sum"), self.fact(step["of"])
        need(fact.relation != "=", "the parts are nonnegative facts")
        need(any(f["over"] in self.reach[a] for m in fact.poly for a, _ in m), "the fact is not a part of the sum")
        yield ">=", subtract(self.apply(step["functional"], fact.poly), fact.poly), fact.uses

    def _interchange(self, step: Json) -> Yield:
        """|-  S[T[p]] = T[S[p]]."""
        a, b = (self.functional(step[x], "sum", "average", "expectation")["name"] for x in ("outer", "inner"))
        need(not self.binds[a] & self.binds[b], "the two functionals bind the same scope")
        need(not (self.binds[a] & self.at[b] or self.binds[b] & self.at[a]), "one functional depends on the other")
        p = self.read(step["body"])
        yield "=", subtract(self.apply(a, self.apply(b, p)), self.apply(b, self.apply(a, p))), frozenset()

    def _tower(self, step: Json) -> Yield:
        """|-  E[E_k[p]] = E[p], the inner one given more."""
        outer, inner = (self.functional(step[x], "expectation")["given"] for x in ("outer", "inner"))
        need(outer == inner[: len(outer)], "the inner expectation is not given more")
        p, a, b = self.read(step["body"]), step["outer"], step["inner"]
        yield "=", subtract(self.apply(a, self.apply(b, p)), self.apply(a, p)), frozenset()

    def _average(self, step: Json) -> Yield:
        """|-  length * average[p] = sum[p]."""
        average, total = self.functional(step["functional"], "average"), self.functional(step["sum"], "sum")
        need(average["over"] == total["over"], "the average and the sum are over different scopes")
        p, length = self.read(step["body"]), variable(self.scopes[total["over"]]["length"])
        scaled = self.multiply(length, self.apply(step["functional"], p))
        yield "=", subtract(scaled, self.apply(step["sum"], p)), frozenset()

    def _telescoping(self, step: Json) -> Yield:
        """|-  sum[next p - p] = last p - first p."""
        f, p = self.functional(step["functional"], "sum", "average"), self.read(step["body"])
        time = f["over"]
        total = self.apply(step["functional"], subtract(self.shift("next", time, p), p))
        if f["kind"] == "average":
            total = self.multiply(variable(self.scopes[time]["length"]), total)
        yield "=", subtract(total, subtract(self.shift("last", time, p), self.shift("first", time, p))), frozenset()

    def _induction(self, step: Json) -> Yield:
        """first p >= 0;  p >= 0 |- next p >= 0  |-  last p >= 0,  p >= 0."""
        fact, time = self.formula(step["fact"]), step["time"]
        relation, p = fact.relation, fact.poly
        base = self.fact(step["base"])
        need(base.relation == relation and base.poly == self.shift("first", time, p), "the base is another statement")
        previous = Theorem(relation, p, frozenset(), _TOKEN)
        uses = base.uses | self._entails(relation, self.shift("next", time, p), step["by"], {"previous": previous})
        return [(relation, self.shift("last", time, p), uses), (relation, p, uses)]

    def _integrality(self, step: Json) -> Yield:
        """|-  z^2 - z >= 0 for an integer z."""
        z = self.read(step["body"])
        need(all(isinstance(c, int) for c in z.values()), "a coefficient is not an integer")
        need(self.whole.issuperset(a for m in z for a, _ in m), "not every symbol is declared an integer")
        yield ">=", subtract(self.multiply(z, z), z), frozenset()

    def _limit(self, step: Json) -> Yield:
        """n - d*u >= 0,  u - b >= 0,  d' > 0  |-  n' - d'*limsup[K: u] >= 0, by the highest power of K in d."""
        horizon, u = step["horizon"], self.read(step["body"])
        limit = self.limsup(horizon, u)
        n, d, b = self.read(step["numerator"]), self.read(step["denominator"]), self.read(step["floor"])
        upper, lower, leading = (self.fact(step[x]) for x in ("upper", "lower", "leading"))
        need(upper.relation != "=" and upper.poly == subtract(n, self.multiply(d, u)), "the bound is another statement")
        need(lower.relation != "=" and lower.poly == subtract(u, b), "the lower bound is another statement")
        for a in {a for m in (*n, *d, *b) for a, _ in m} - {horizon}:
            same = a in self.symbols and all(x in self.symbols and not self.reach[x] for x in self.parts[a])
            need(same and horizon not in self.parts[a], f"{a} may vary with {horizon}")
        need(horizon not in self.mentioned(b), "the lower bound varies")
        degree = max((dict(m).get(horizon, 0) for m in d), default=0)
        need(all(dict(m).get(horizon, 0) <= degree for m in n), "the bound grows without limit")
        top, bottom = (
            {tuple(x for x in m if x[0] != horizon): c for m, c in p.items() if dict(m).get(horizon, 0) == degree}
            for p in (n, d)
        )
        need(leading.relation == ">" and leading.poly == bottom, "the leading coefficient is not proved positive")
        yield ">=", subtract(top, self.multiply(bottom, limit)), upper.uses | lower.uses | leading.uses

    def statement(self, conclusion: Formula) -> Statement:
        """What is stated: hypotheses and conclusion as written, with the declarations and definitions they mention."""
        formulas = [self.facts[h][0].written for h in self.hypotheses]
        formulas.append(conclusion.written or [self.write(conclusion.poly), conclusion.relation, "0"])
        said = words(formulas)
        names = frozenset[str]().union(*(self.parts.get(x, {x}) for x in said))
        scopes = {s.lstrip("~") for n in names for s in self.reach.get(n, ())} | said & set(self.scopes)
        scopes |= {s.lstrip("~") for n in names & set(self.functionals) for s in self.binds[n] | self.at[n]}
        names |= {self.scopes[s]["length"] for s in scopes if "length" in self.scopes[s]}
        scopes |= {n for n, s in self.scopes.items() if s.get("length") in names}  # a length is no mere integer
        hidden = set(self.definitions) | {s.get("variable") for s in self.scopes.values()}
        return Statement(
            scopes=[s for n, s in self.scopes.items() if n in scopes],
            symbols=[s for n, s in sorted(self.symbols.items()) if n in names - hidden],
            functionals=[f for n, f in sorted(self.functionals.items()) if n in names],
            definitions={n: d for n, d in sorted(self.definitions.items()) if n in names},
            hypotheses=formulas[:-1],
            conclusion=formulas[-1],
        )


# What each rule's step has beside its name, and what each key holds. Whoever walks over a certificate reads it here.
RULES: dict[str, tuple[Callable[[Proof, Json], Yield], str]] = {
    "hypothesis": (Proof._hypothesis, "fact"),
    "combination": (Proof._combination, "fact by"),
    "definition": (Proof._definition, "symbol kind bodies because"),
    "functional": (Proof._functional, "functional of"),
    "member": (Proof._member, "functional of"),
    "interchange": (Proof._interchange, "outer inner body"),
    "tower": (Proof._tower, "outer inner body"),
    "average": (Proof._average, "functional sum body"),
    "telescoping": (Proof._telescoping, "functional body"),
    "induction": (Proof._induction, "time fact base by"),
    "integrality": (Proof._integrality, "body"),
    "limit": (Proof._limit, "horizon body numerator denominator floor upper lower leading"),
}
FORMULA_KEYS, RECIPE_KEYS = ("fact",), ("by",)
FACT_KEYS = ("because", "of", "base", "upper", "lower", "leading")
EXPRESSION_KEYS = ("body", "numerator", "denominator", "floor")
NAME_KEYS = ("functional", "sum", "outer", "inner", "time", "horizon")


def replay(certificate: Json) -> tuple[Proof, Theorem]:
    """Check a certificate from its first step to its last. Raises `KernelError` with the number of the step."""
    place = "declarations"
    try:
        proof = Proof(certificate)
        keys(certificate, "a certificate", "format scopes symbols functionals steps conclusion", "claim")
        claim, steps = certificate.get("claim", ""), certificate["steps"]
        need(isinstance(claim, str) and claim.isprintable() and len(claim) <= 200, "a claim's name is a short text")
        need(isinstance(steps, list) and steps, "the certificate has no steps")
        for number, step in enumerate(steps):
            place = f"step {number}"
            proof.step(step)
        place = "the conclusion is not a fact of a step"
        return proof, proof.fact(certificate["conclusion"])
    except KernelError as error:
        raise KernelError(f"{place}: {error}") from None
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise KernelError(f"{place}: misshapen ({type(error).__name__})") from None


def load(text: str) -> Json:
    """Parse a certificate: JSON without repeated keys."""

    def once(pairs: list[tuple[str, Json]]) -> Json:
        need(len(dict(pairs)) == len(pairs), "a key is repeated")
        return dict(pairs)

    try:
        need(len(text) <= MAX_BYTES, f"longer than {MAX_BYTES} characters")
        return json.loads(text, object_pairs_hook=once)
    except RecursionError:
        raise KernelError("not JSON: nested too deep") from None
    except ValueError as error:
        number = max(0, text.count('"rule"', 0, getattr(error, "pos", 0)) - 1)
        raise KernelError(f"step {number}: not JSON ({error})") from None


def main(path: str, expected: str = "") -> int:
    """Check one file and print what it proves; refuse if it is not what the other file states."""
    says = []
    try:
        read = [open(name, encoding="utf-8").read(MAX_BYTES + 1) for name in (path, expected) if name]  # noqa: SIM115
        proof, theorem = replay(load(read[0]))
        statement = proof.statement(theorem)
        same = not expected or json.dumps(load(read[1]), sort_keys=True) == json.dumps(statement, sort_keys=True)
        need(same, f"it does not prove what {expected} states")
        unused = [str(k) for k, n in enumerate(proof.hypotheses, 1) if n not in theorem.uses]
        counts = sorted(Counter(step["rule"] for step in proof.steps).items())
        says += [*statement.lines(), f"not used   hypothesis {', '.join(unused)}"][: None if unused else -1]
        says.append("rules      " + ", ".join(f"{rule} {count}" for rule, count in counts))
        says.append("checked" + (f"    as stated in {expected}" if expected else ""))
    except (KernelError, OSError, UnicodeDecodeError, RecursionError) as error:
        says = [f"REFUSED {path}: {error}"]
    print("\n".join(says).encode("ascii", "backslashreplace").decode())
    return 1 if says[0].startswith("REFUSED") else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        print("usage: python -I kernel.py CERTIFICATE.json [STATEMENT.json]")
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))

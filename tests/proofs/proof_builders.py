"""Certificates written by hand: polynomials as text, steps as keyword arguments, one signature for all rules.

p("2*x*E[y^2] - next[w]")  is the JSON that the kernel reads
step("functional", functional="E", of=[0, 0])
certificate([...])         over `SIGNATURE`, concluding with the last step
"""

from __future__ import annotations

import copy
import re
from fractions import Fraction
from typing import Any

from convbound.proofs.kernel import FORMAT

Json = Any
TOKEN = re.compile(r"\s*(limsup\[\w+:|\d+(?:/\d+)?|[A-Za-z]\w*|[-+*^\[\]()])")

# k: the steps, a random time; nu: the draws of a step, nested in it; m: a time that is not random
SIGNATURE: Json = {
    "scopes": [
        {"name": "i", "kind": "index", "length": "d"},
        {"name": "j", "kind": "index", "length": "e"},
        {"name": "step", "kind": "time", "length": "K", "variable": "k", "start": "1", "random": True},
        {"name": "draw", "kind": "time", "length": "n", "variable": "nu", "start": "0", "random": True},
        {"name": "plan", "kind": "time", "length": "N", "variable": "m", "start": "2"},
        {"name": "run", "kind": "random"},
        {"name": "segment", "kind": "unit", "variable": "theta"},
    ],
    "symbols": [
        *({"name": x, "scopes": [], "integer": True} for x in ("d", "e", "K", "n", "N", "z")),
        *({"name": x, "scopes": []} for x in ("x", "y", "L", "c")),
        {"name": "g", "scopes": ["i"]},
        {"name": "h", "scopes": ["i", "j"]},
        {"name": "q", "scopes": ["j"], "integer": True},
        {"name": "s", "scopes": ["plan"], "sequence": "plan"},
        {"name": "rate", "scopes": ["step"]},
        {"name": "w", "scopes": ["step", "run"], "sequence": "step"},  # known at its step
        {"name": "lattice", "scopes": ["step", "run", "i"], "sequence": "step", "integer": True},
        {"name": "v", "scopes": ["step", "run"]},  # known, and no sequence
        {"name": "u", "scopes": ["step", "run", "i", "~step", "~draw"]},  # not known at its step
        {"name": "b", "scopes": ["step", "draw", "run", "~step", "~draw"]},  # one draw
        {"name": "count", "scopes": ["step", "draw", "run", "~step"], "sequence": "draw"},  # draws so far
        {"name": "r", "scopes": ["run", "~step", "~draw"]},  # random, never foreseen
        {"name": "G", "scopes": ["segment", "i"]},
    ],
    "functionals": [
        {"name": "S", "kind": "sum", "over": "i"},
        {"name": "S_j", "kind": "sum", "over": "j"},
        {"name": "total", "kind": "sum", "over": "step"},
        {"name": "S_nu", "kind": "sum", "over": "draw"},
        {"name": "S_plan", "kind": "sum", "over": "plan"},
        {"name": "mean_i", "kind": "average", "over": "i"},
        {"name": "avg", "kind": "average", "over": "step"},
        {"name": "int", "kind": "integral", "over": "segment"},
        {"name": "E", "kind": "expectation"},
        {"name": "E_k", "kind": "expectation", "given": ["step"]},
        {"name": "E_nu", "kind": "expectation", "given": ["step", "draw"]},
    ],
}


def p(text: str) -> Json:
    """A polynomial in the kernel's JSON: sums and products of numbers, symbols and operators applied in brackets."""
    tokens = TOKEN.findall(text)
    assert "".join(tokens) == re.sub(r"\s", "", text), text
    result = _sum(tokens)
    assert not tokens, text
    return [[str(c), [[a, e] for a, e in factors]] for c, factors in result]


def _sum(tokens: list[str]) -> list[tuple[Fraction, list[Any]]]:
    terms, sign = [], 1
    while True:
        while tokens and tokens[0] in "+-":
            sign = -sign if tokens.pop(0) == "-" else sign
        c, factors = _product(tokens)
        terms.append((sign * c, factors))
        if not tokens or tokens[0] not in ("+", "-"):
            return terms
        sign = 1


def _product(tokens: list[str]) -> tuple[Fraction, list[Any]]:
    c, factors = Fraction(1), []
    while True:
        token = tokens.pop(0)
        if re.match(r"\d", token):
            c *= Fraction(token)
        else:
            atom: Any = token
            if token.startswith("limsup"):
                inner = [[str(x), [[a, e] for a, e in f]] for x, f in _sum(tokens)]
                atom = ["limsup", token[7:-1], inner]
                tokens.pop(0)
            elif tokens and tokens[0] == "[":
                tokens.pop(0)
                ((one, operand),) = _sum(tokens)
                assert one == 1, "an operator is applied to a monomial"
                atom = [token, operand[0][0] if token in ("next", "first", "last") else [[a, e] for a, e in operand]]
                assert tokens.pop(0) == "]"
            power = 1
            if tokens and tokens[0] == "^":
                tokens.pop(0)
                power = int(tokens.pop(0))
            factors.append((atom, power))
        if not tokens or tokens[0] != "*":
            return c, factors
        tokens.pop(0)


def fact(text: str) -> Json:
    """`p >= 0` and the like: [relation, polynomial]. The right side is moved to the left."""
    left, relation, right = re.split(r"(>=|=|>)", text)
    polynomial = p(left) if right.strip() == "0" else [*p(left), *([str(-Fraction(c)), m] for c, m in p(right))]
    return [relation, polynomial]


def step(rule: str, **about: Any) -> Json:
    """A step of a certificate."""
    return {"rule": rule, **about}


def suppose(text: str) -> Json:
    """A hypothesis."""
    return step("hypothesis", fact=fact(text))


def combine(text: str, *terms: Any, equations: Any = (), **about: Any) -> Json:
    """A combination; a term is [coefficient, references, squares]; squares and factors are written as text."""
    return step("combination", fact=fact(text), **recipe(*terms, equations=equations), **about)


def recipe(*terms: Any, equations: Any = (), **about: Any) -> Json:
    """What closes a fact."""
    written = [[c, list(refs), [p(s) for s in squares]] for c, refs, squares in terms]
    return {"terms": written, "equations": [[ref, p(factor)] for ref, factor in equations], **about}


def certificate(steps: list[Json], conclusion: Json = None, signature: Json = None) -> Json:
    """A certificate that concludes with its last step (part 0), unless told otherwise."""
    header = copy.deepcopy(SIGNATURE if signature is None else signature)
    return {"format": FORMAT, **header, "steps": copy.deepcopy(steps), "conclusion": conclusion or [len(steps) - 1, 0]}


def signature(**changes: Any) -> Json:
    """The signature with further scopes, symbols or functionals."""
    return {key: [*copy.deepcopy(SIGNATURE[key]), *changes.get(key, [])] for key in SIGNATURE}

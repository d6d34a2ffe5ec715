"""Certificates written by hand: polynomials as text, steps as keyword arguments, one signature for all rules.

p("2*x*E[y^2] - next[w]")  is the expression that the kernel reads
step("functional", functional="E", of=[0, 0])
certificate([...])         over `SIGNATURE`, concluding with the last step
"""

from __future__ import annotations

import copy
import re
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
        {"name": "plan", "kind": "time", "length": "N", "variable": "m", "start": "2", "random": False},
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
        {"name": "E", "kind": "expectation", "given": []},
        {"name": "E_k", "kind": "expectation", "given": ["step"]},
        {"name": "E_nu", "kind": "expectation", "given": ["step", "draw"]},
    ],
}


TIMES = {s["name"]: s["sequence"] for s in SIGNATURE["symbols"] if "sequence" in s}
RECIPE = ("terms", "equations", "refute", "split", "cases", "both")


def p(text: str) -> Json:
    """An expression in the kernel's JSON: sums and products of numbers, symbols and operators applied in brackets."""
    tokens = TOKEN.findall(text)
    assert "".join(tokens) == re.sub(r"\s", "", text), text
    result = _sum(tokens)
    assert not tokens, text
    return result


def _sum(tokens: list[str]) -> Json:
    terms, sign = [], 1
    while True:
        while tokens and tokens[0] in "+-":
            sign = -sign if tokens.pop(0) == "-" else sign
        product = _product(tokens)
        terms.append(product if sign > 0 else ["*", "-1", product])
        if not tokens or tokens[0] not in ("+", "-"):
            return ["+", *terms] if len(terms) > 1 else terms[0]
        sign = 1


def _product(tokens: list[str]) -> Json:
    factors = []
    while True:
        atom: Any = tokens.pop(0)
        if atom.startswith("limsup"):
            atom = ["limsup", atom[7:-1], _sum(tokens)]
            tokens.pop(0)
        elif atom == "(":
            atom = _sum(tokens)
            assert tokens.pop(0) == ")"
        elif tokens and tokens[0] == "[":
            tokens.pop(0)
            operand = _sum(tokens)
            shift = atom in ("next", "first", "last")
            atom = [
                atom,
                *([TIMES.get(operand, "step") if isinstance(operand, str) else "step"] if shift else []),
                operand,
            ]
            assert tokens.pop(0) == "]"
        if tokens and tokens[0] == "^":
            tokens.pop(0)
            atom = ["^", atom, int(tokens.pop(0))]
        factors.append(atom)
        if not tokens or tokens[0] != "*":
            return ["*", *factors] if len(factors) > 1 else factors[0]
        tokens.pop(0)


def fact(text: str) -> Json:
    """`p >= q` and the like: [left, relation, right]."""
    left, relation, right = re.split(r"(>=|<=|=|>|<)", text)
    return [p(left), relation, p(right)]


def terms(*written: Any) -> Json:
    """An expression from (coefficient, (symbol, exponent), ..) each."""
    products = [["*", c, *(["^", a, e] for a, e in factors)] if factors else c for c, *factors in written]
    return ["+", *products] if len(products) > 1 else products[0]


def step(rule: str, **about: Any) -> Json:
    """A step of a certificate; what closes a combination may stand among its keys, reasons may be left out."""
    if rule == "combination" and "by" not in about:
        about = {k: v for k, v in about.items() if k not in RECIPE} | {
            "by": {k: v for k, v in about.items() if k in RECIPE}
        }
    return {"rule": rule, **({"because": None} if rule == "definition" else {}), **about}


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

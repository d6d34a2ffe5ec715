"""Nothing that the kernel accepts is false: random certificates, right and spoiled, against a second reading of them.

A minute of `tests/benchmarks/hunt_false_theorems.py`, which goes on for as long as one likes. That it would see a false
theorem is tested by putting holes into the kernel: each must be found.
"""

from __future__ import annotations

import ast
import types
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from meaning import Reading, Root2, Universe
from random_certificates import RandomCertificate, hunt_limit

from convbound.proofs import kernel


class Without(ast.NodeTransformer):
    """Removes the conditions of the kernel with a message that contains a text."""

    def __init__(self, message: str) -> None:
        self.message, self.removed = message, 0

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "need":
            said = "".join(
                c.value for c in ast.walk(call.args[1]) if isinstance(c, ast.Constant) and type(c.value) is str
            )
            if self.message in said:
                self.removed += 1
                return ast.copy_location(ast.Pass(), node)
        return node


def kernel_without(*messages: str) -> Any:
    """The kernel without the conditions that refuse with these messages."""
    tree = ast.parse(Path(str(kernel.__file__)).read_text(encoding="utf-8"))
    for message in messages:
        cut = Without(message)
        tree = cut.visit(tree)
        assert cut.removed, f"the kernel no longer refuses with {message!r}"
    module = types.ModuleType("kernel_with_a_hole")
    exec(compile(tree, "kernel_with_a_hole", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("first", [0, *(pytest.param(x, marks=pytest.mark.long) for x in range(40, 240, 40))])
def test_no_fact_is_false(first: int) -> None:
    for seed in range(first, first + 40):
        assert RandomCertificate(seed).grow(25) is None


def test_no_limit_is_false() -> None:
    found = [hunt_limit(seed) for seed in range(700)]
    assert [problem for _, problem in found if problem] == []
    assert sum(taken for taken, _ in found) >= 40, "too few limits are accepted for this to say anything"


def test_every_rule_is_tried() -> None:
    accepted: Counter[str] = Counter()
    for seed in range(60):
        grown = RandomCertificate(seed)
        grown.grow(25)
        accepted += grown.accepted
    assert set(accepted) == set(kernel.RULES) - {"limit"}


def any_functional(*rules: str) -> Any:
    """The kernel in which `interchange` and `member` take functionals of all kinds."""
    broken = kernel_without()
    checked = broken.Proof.functional
    broken.Proof.functional = lambda self, name, *kinds: checked(self, name)
    return broken


def everything_foreseen() -> Any:
    """The kernel in which what is made of several steps is known as early as its parts."""
    broken = kernel_without()
    broken.Proof._unforeseen = lambda self, scopes: scopes
    return broken


CONDITIONS = {  # a message of the kernel: a seed from which on its absence is soon seen
    "one functional depends on the other": 54,
    "the inner expectation is not given more": 126,
    "the average and the sum are over different scopes": 13,
    "is negative": 5,
    "nothing in the combination is strictly positive": 0,
    "the identity fails": 27,
    "an equation follows from equations only": 4,
    "only an equation can be multiplied": 34,
    "not every symbol is declared an integer": 34,
    "the base is another statement": 162,
    "the denominator is not proved positive": 6,
    "the radicand is not proved nonnegative": 150,
}


@pytest.mark.parametrize("message", CONDITIONS)
def test_a_missing_condition_is_seen(message: str) -> None:
    broken, first = kernel_without(message), CONDITIONS[message]
    assert any(RandomCertificate(seed, broken).grow(25) for seed in range(first, first + 300)), "not seen"


@pytest.mark.parametrize(("broken", "first"), [(any_functional, 16), (everything_foreseen, 60)])
def test_a_hole_is_seen(broken: Callable[[], Any], first: int) -> None:
    broken_kernel = broken()
    assert any(RandomCertificate(seed, broken_kernel).grow(25) for seed in range(first, first + 300)), "not seen"


def any_horizon() -> Any:
    """The kernel in which a limit may be along a sign, the variable of a time, or any integer."""
    broken = kernel_without()

    def limsup(self: Any, horizon: str, p: Any) -> Any:
        parts = self.mentioned(p) | {horizon}
        name = f"{horizon}: {broken.show(p)}"
        return broken.variable(self._compose("limsup", (horizon, p), name, frozenset(), parts))

    broken.Proof.limsup = limsup
    return broken


def counted_steps() -> Any:
    """The kernel in which a hypothesis of a limit may bound the number of steps."""
    return kernel_without("counts the steps")


LIMIT_CONDITIONS = ("the bound grows without limit", "the lower bound varies", "may vary with")


@pytest.mark.parametrize("broken", [any_horizon, counted_steps, *LIMIT_CONDITIONS])
def test_a_hole_in_the_limits_is_seen(broken: Any) -> None:
    hole = kernel_without(broken) if isinstance(broken, str) else broken()
    assert any(hunt_limit(seed, hole)[1] for seed in range(1500)), "not seen"


# ------------------------------------------------------------------------------------------- the second reading itself

SIGNATURE = {
    "scopes": [
        {"name": "i", "kind": "index", "length": "d"},
        {"name": "t", "kind": "time", "length": "K", "variable": "k", "start": "1", "random": True},
        {"name": "run", "kind": "random"},
        {"name": "segment", "kind": "unit", "variable": "theta"},
    ],
    "symbols": [
        {"name": "d", "scopes": [], "integer": True, "sequence": None},
        {"name": "K", "scopes": [], "integer": True, "sequence": None},
        {"name": "w", "scopes": ["run", "t"], "integer": False, "sequence": "t"},
        {"name": "u", "scopes": ["run", "t", "~t"], "integer": True, "sequence": None},
        {"name": "x", "scopes": [], "integer": False, "sequence": None},
    ],
    "functionals": [
        {"name": "S", "kind": "sum", "over": "i"},
        {"name": "int", "kind": "integral", "over": "segment"},
        {"name": "E", "kind": "expectation", "given": []},
        {"name": "E_k", "kind": "expectation", "given": ["t"]},
    ],
    "definitions": {"m": ["maximum", "x", "0"]},
    "hypotheses": [],
    "conclusion": ["0", "=", "0"],
}


def holds(left: object, relation: str, right: object, seeds: int = 20) -> list[bool]:
    """Whether a formula holds in the universes of the first seeds."""
    universes = (Universe(SIGNATURE, seed, {"K": 2, "d": 2}) for seed in range(seeds))
    return [Reading(u).failure([left, relation, right]) is None for u in universes]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["S", "x"], ["*", "d", "x"]),
        (["E", ["E_k", "u"]], ["E", "u"]),
        (["E_k", ["*", "w", "u"]], ["*", "w", ["E_k", "u"]]),
        (["int", ["^", "theta", 3]], "1/4"),
        (["int", ["+", ["*", "3", ["^", "theta", 2]], "x"]], ["+", "1", "x"]),
        (["last", "t", "k"], ["+", "1", "K"]),
        (["*", "m", ["+", "m", ["*", "-1", "x"]]], "0"),
    ],
)
def test_what_is_true_everywhere(left: object, right: object) -> None:
    assert all(holds(left, "=", right))


@pytest.mark.parametrize(
    ("left", "right"),
    [(["E_k", "u"], "u"), (["E_k", ["next", "t", "w"]], ["next", "t", "w"]), (["E", "u"], ["E_k", "u"]), ("x", "m")],
)
def test_what_is_false_somewhere(left: object, right: object) -> None:
    assert not all(holds(left, "=", right))


def test_numbers_with_a_root() -> None:
    from fractions import Fraction

    root = Root2(Fraction(0), Fraction(1))
    assert root * root == Root2(Fraction(2)) and (Root2(Fraction(3), Fraction(-2))).sign() == 1  # 3 > 2√2
    assert Root2(Fraction(7, 5), Fraction(-1)).sign() == -1 and root * root.inverse() == Root2(Fraction(1))
    assert Root2(Fraction(8)).root() == Root2(Fraction(0), Fraction(2))

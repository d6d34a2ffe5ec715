"""One small valid certificate for each rule, and what it proves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from proof_builders import certificate, combine, fact, p, recipe, step, suppose

Json = Any


@dataclass(frozen=True)
class Example:
    """Steps whose last one is the rule at work, and the fact that the certificate ends in."""

    name: str
    rule: str
    steps: tuple[Json, ...]
    proves: str
    part: int = 0

    @property
    def certificate(self) -> Json:
        return certificate(list(self.steps), [len(self.steps) - 1, self.part])


def example(name: str, *steps: Json, proves: str, part: int = 0) -> Example:
    return Example(name, steps[-1]["rule"], steps, proves, part)


POSITIVE_L = suppose("L > 0")
ONE = combine("1 > 0", ["1", [], []])
SQUARE = combine("g^2 >= 0", ["1", [], ["g"]])

MEAN = "E[avg[w]]"


def limit_steps(**changes: Any) -> tuple[Json, ...]:
    """From L*K*E[avg[w]] <= y + K*c, which is derived from facts about every step."""
    about: dict[str, Any] = {
        "horizon": "K",
        "body": p(MEAN),
        "numerator": p("y + K*c"),
        "denominator": p("L*K"),
        "floor": p("0*x"),
        "upper": [9, 0],
        "lower": [7, 0],
        "leading": [0, 0],
    }
    return (
        POSITIVE_L,
        suppose("K > 0"),
        suppose("c - L*w >= 0"),
        suppose("w >= 0"),
        suppose("y >= 0"),
        step("functional", functional="avg", of=[3, 0]),
        step("functional", functional="avg", of=[2, 0]),
        step("functional", functional="E", of=[5, 0]),
        step("functional", functional="E", of=[6, 0]),
        combine(f"y + K*c - L*K*{MEAN} >= 0", ["1", [[1, 0], [8, 0]], []], ["1", [[4, 0]], []]),
        step("limit", **{**about, **changes}),
    )


DEFINED = (POSITIVE_L, combine("g^2 >= 0", ["1", [], ["g"]]))
EXAMPLES = (
    example("hypothesis", suppose("x - y > 0"), proves="x - y > 0"),
    example(
        "combination",
        suppose("x >= 0"),
        suppose("y > 0"),
        combine("x*y + 2*x^2 + 1 > 0", ["1", [[0, 0], [1, 0]], []], ["2", [], ["x"]], ["1", [], []]),
        proves="x*y + 2*x^2 + 1 > 0",
    ),
    example(
        "combination/equation",
        suppose("x - y = 0"),
        combine("x^2 - y^2 = 0", equations=[([0, 0], "x + y")]),
        proves="x^2 - y^2 = 0",
    ),
    example(
        "combination/refute",
        POSITIVE_L,
        suppose("L*x >= 0"),
        combine("x >= 0", ["1", [[0, 0], "denied"], []], ["1", [[1, 0]], []], refute=True),
        proves="x >= 0",
    ),
    example(
        "combination/split",
        suppose("x*c - 1 = 0"),
        step(
            "combination",
            fact=fact("x^2 > 0"),
            split=p("x"),
            cases=[
                recipe(["1", ["case0", "case0"], []]),
                recipe(["1", [], []], equations=[("case0", "-c"), ([0, 0], "1")], refute=True),
                recipe(["1", ["case0", "case0"], []]),
            ],
        ),
        proves="x^2 > 0",
    ),
    example(
        "combination/both",
        suppose("x - y >= 0"),
        suppose("y - x >= 0"),
        step("combination", fact=fact("x - y = 0"), both=[recipe(["1", [[0, 0]], []]), recipe(["1", [[1, 0]], []])]),
        proves="x - y = 0",
    ),
    example(
        "definition/quotient",
        POSITIVE_L,
        step("definition", symbol="ratio", kind="quotient", bodies=[p("x"), p("L")], because=[0, 0]),
        proves="ratio*L - x = 0",
    ),
    example(
        "definition/root",
        SQUARE,
        step("definition", symbol="norm", kind="root", bodies=[p("g^2")], because=[0, 0]),
        proves="norm^2 - g^2 = 0",
        part=1,
    ),
    example(
        "definition/absolute",
        step("definition", symbol="size", kind="absolute", bodies=[p("g")]),
        proves="size - g >= 0",
        part=2,
    ),
    example("definition/sign", step("definition", symbol="sg", kind="sign", bodies=[p("g")]), proves="sg^3 - sg = 0"),
    example(
        "definition/maximum",
        step("definition", symbol="top", kind="maximum", bodies=[p("x"), p("y")]),
        proves="top^2 - top*x - top*y + x*y = 0",
        part=2,
    ),
    example(
        "functional/sum", suppose("g - x > 0"), step("functional", functional="S", of=[0, 0]), proves="S[g] - d*x >= 0"
    ),
    example(
        "functional/average",
        suppose("w*L - c = 0"),
        step("functional", functional="avg", of=[0, 0]),
        proves="L*avg[w] - c = 0",
    ),
    example(
        "functional/integral",
        suppose("L*theta^2 - theta*G >= 0"),
        step("functional", functional="int", of=[0, 0]),
        proves="1/3*L - int[theta*G] >= 0",
    ),
    example(
        "functional/conditional-expectation",
        suppose("v*u - w^2 >= 0"),
        step("functional", functional="E_k", of=[0, 0]),
        proves="v*E_k[u] - w^2 >= 0",
    ),
    example(
        "functional/inner-expectation",
        suppose("count*b - u >= 0"),
        step("functional", functional="E_nu", of=[0, 0]),
        proves="count*E_nu[b] - E_nu[u] >= 0",
    ),
    example("member", SQUARE, step("member", functional="S", of=[0, 0]), proves="S[g^2] - g^2 >= 0"),
    example(
        "interchange",
        step("interchange", outer="E_k", inner="S", body=p("g*u")),
        proves="E_k[S[g*u]] - S[g*E_k[u]] = 0",
    ),
    example("tower", step("tower", outer="E", inner="E_k", body=p("w*u")), proves="E[w*E_k[u]] - E[w*u] = 0"),
    example("tower/nested", step("tower", outer="E_k", inner="E_nu", body=p("b")), proves="E_k[E_nu[b]] - E_k[b] = 0"),
    example(
        "average",
        step("average", functional="avg", sum="total", body=p("v + k")),
        proves="K*avg[v] + K*avg[k] - total[v] - total[k] = 0",
    ),
    example(
        "telescoping/sum",
        step("telescoping", functional="total", body=p("E[w] + k")),
        proves="total[E[next[w]]] - total[E[w]] - E[last[w]] + E[first[w]] = 0",
    ),
    example(
        "telescoping/average",
        step("telescoping", functional="avg", body=p("w")),
        proves="K*avg[next[w]] - K*avg[w] - last[w] + first[w] = 0",
    ),
    example(
        "induction",
        suppose("first[s] = 0"),
        suppose("next[s] - s - x = 0"),
        combine("first[s] - 2*x + 2*x = 0", equations=[([0, 0], "1")]),
        step(
            "induction",
            time="plan",
            fact=fact("s - m*x + 2*x = 0"),
            base=[2, 0],
            by=recipe(equations=[([1, 0], "1"), ("previous", "1")]),
        ),
        proves="last[s] - N*x = 0",
    ),
    example(
        "induction/at-every-step",
        suppose("first[s] >= 0"),
        suppose("next[s] - s >= 0"),
        step(
            "induction",
            time="plan",
            fact=fact("s >= 0"),
            base=[0, 0],
            by=recipe(["1", [[1, 0]], []], ["1", ["previous"], []]),
        ),
        proves="s >= 0",
        part=1,
    ),
    example("integrality", step("integrality", body=p("z")), proves="z^2 - z >= 0"),
    example(
        "integrality/composed",
        step("definition", symbol="sg", kind="sign", bodies=[p("x")]),
        step("integrality", body=p("S_j[q*sg] + last[lattice] - 3*k")),
        proves="sg^2*S_j[q]^2 + last[lattice]^2 + 9*k^2 + 2*sg*S_j[q]*last[lattice] - 6*k*sg*S_j[q]"
        " - 6*k*last[lattice] - sg*S_j[q] - last[lattice] + 3*k >= 0",
    ),
    example("limit", *limit_steps(), proves=f"c - L*limsup[K: {MEAN}] >= 0"),
)

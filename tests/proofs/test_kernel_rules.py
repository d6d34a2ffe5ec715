"""Every rule at work: a certificate of a few steps, what it proves, and how the kernel says it."""

from __future__ import annotations

import json

import pytest
from kernel_examples import EXAMPLES, Example
from proof_builders import certificate, combine, fact, p, step, suppose

from convbound.proofs.kernel import RULES, KernelError, Proof, Theorem, replay, show

ids = [e.name for e in EXAMPLES]


def test_every_rule_has_an_example() -> None:
    assert {e.rule for e in EXAMPLES} == set(RULES)
    kinds = {s["kind"] for e in EXAMPLES for s in e.steps if s["rule"] == "definition"}
    assert kinds == {"quotient", "root", "absolute", "sign", "maximum"}


@pytest.mark.parametrize("example", EXAMPLES, ids=ids)
def test_the_certificate_proves(example: Example) -> None:
    proof, theorem = replay(example.certificate)
    said = proof.formula(fact(example.proves))
    assert (theorem.relation, show(theorem.poly)) == (said.relation, show(said.poly))


@pytest.mark.parametrize("example", EXAMPLES, ids=ids)
def test_what_the_kernel_writes_it_reads(example: Example) -> None:
    proof, theorem = replay(example.certificate)
    for facts in proof.facts:
        for t in facts:
            written = json.loads(json.dumps(proof.write(t.poly)))
            assert proof.read(written) == t.poly
            assert proof.write(proof.read(written)) == written
    again, same = replay(json.loads(json.dumps(example.certificate)))
    assert again.statement(same) == proof.statement(theorem)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.rule != "hypothesis"], ids=lambda e: e.name)
def test_only_hypotheses_that_matter_are_used(example: Example) -> None:
    """An idle hypothesis is in the statement and not among the ones used."""
    idle = {**example.certificate, "steps": [*example.certificate["steps"], suppose("x + y >= 0")]}
    proof, theorem = replay(idle)
    assert proof.hypotheses[-1] not in theorem.uses
    assert proof.statement(theorem)["hypotheses"][-1] == [["+", "x", "y"], ">=", "0"]
    assert theorem.uses <= set(proof.hypotheses)


def test_a_theorem_is_made_by_rules_only() -> None:
    with pytest.raises(KernelError, match="only the rules"):
        Theorem(">=", {(): -1}, frozenset(), object())


def test_both_parts_of_an_induction_are_about_every_point_of_the_other_scopes() -> None:
    steps = [
        suppose("first[w] >= 0"),
        suppose("next[w] - w >= 0"),
        step(
            "induction",
            time="step",
            fact=fact("w >= 0"),
            base=[0, 0],
            by={"terms": [["1", ["previous"], []], ["1", [[1, 0]], []]]},
        ),
    ]
    proof, theorem = replay(certificate(steps))
    assert show(theorem.poly) == "last[w]"
    assert proof.reach["last[w]"] == {"run", "~step", "~draw"}
    assert proof.facts[2][1].poly == {(("w", 1),): 1}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("S[x*g]", "x*S[g]"),
        ("S[x]", "d*x"),
        ("total[x*y]", "K*x*y"),
        ("avg[x]", "x"),
        ("int[x*theta^3]", "1/4*x"),
        ("int[theta*G]", "int[theta*G]"),
        ("E[w*x]", "x*E[w]"),
        ("E[rate*w]", "rate*E[w]"),
        ("E_k[w*u]", "w*E_k[u]"),
        ("E_k[v^2*next[w]]", "v^2*E_k[next[w]]"),
        ("E_k[first[w]]", "first[w]"),
        ("E_k[b]", "E_k[b]"),
        ("E_k[count*v]", "v*E_k[count]"),
        ("E_nu[count*w]", "count*w"),
        ("E_k[E_k[u]]", "E_k[u]"),
        ("E[E[w]]", "E[w]"),
        ("S[h*g*q]", "q*S[g*h]"),
        ("E_nu[S_nu[b]]", "E_nu[S_nu[b]]"),
        ("E_k[total[w]]", "E_k[total[w]]"),
        ("next[k]", "k + 1"),
        ("next[v]", None),
    ],
)
def test_normal_forms(text: str, normal: str | None) -> None:
    proof = Proof(certificate([suppose("x >= 0")]))
    if normal is None:
        with pytest.raises(KernelError):
            proof.read(p(text))
    else:
        assert proof.read(p(text)) == proof.read(p(normal))


@pytest.mark.parametrize(
    ("how", "text", "image"),
    [
        ("next", "s*m^2", "next[s]*m^2 + 2*next[s]*m + next[s]"),
        ("first", "s*m + x", "2*first[s] + x"),
        ("last", "s + m", "last[s] + N + 2"),
        ("next", "x*y", "x*y"),
    ],
)
def test_shifts(how: str, text: str, image: str) -> None:
    proof = Proof(certificate([suppose("x >= 0")]))
    assert proof.shift(how, "plan", proof.read(p(text))) == proof.read(p(image))


def test_a_statement_says_what_its_symbols_are() -> None:
    """A length is not any integer: the scope that it measures is part of the statement."""
    proof, theorem = replay(
        certificate([combine("1 > 0", ["1", [], []]), step("functional", functional="S", of=[0, 0])])
    )
    assert show(theorem.poly) == "d"
    assert [s["name"] for s in proof.statement(theorem)["scopes"]] == ["i"]


def test_a_statement_holds_the_definitions_that_it_mentions() -> None:
    steps = [
        step("definition", symbol="size", kind="absolute", bodies=[p("x*y")]),
        step("definition", symbol="top", kind="maximum", bodies=[p("size"), p("c")]),
        combine("top - c >= 0", ["1", [[1, 1]], []]),
    ]
    proof, theorem = replay(certificate(steps))
    said = proof.statement(theorem)
    assert set(said["definitions"]) == {"size", "top"}
    assert [s["name"] for s in said["symbols"]] == ["c", "x", "y"]

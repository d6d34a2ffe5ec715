"""What a certificate of a bound has to prove, rebuilt from the problem, and whether it does."""

from __future__ import annotations

from convbound.bounds.plain_data import Json
from convbound.proofs.certificates import dump
from convbound.proofs.kernel import Proof, Statement, load, replay
from convbound.proofs.methods.certificate import Written
from convbound.proofs.methods.problem import WorstCase
from convbound.proofs.methods.radicals import Number
from convbound.proofs.methods.wording import Wording


class StatementError(ValueError):
    """A certificate proves something else, or supposes what the problem does not."""


def accepted(problem: WorstCase, written: Written, bound: Number) -> Statement:
    """What a fresh replay of the certificate proves, if that is the bound, from nothing that is not in the problem.

    Raises:
        KernelError: the kernel refuses the certificate.
        StatementError: it is a proof of something else.
    """
    words = Wording(problem)
    proof, theorem = replay(load(dump(written.certificate)))
    statement = proof.statement(theorem)
    allowed = [words.supposed(k) for k in written.supposed]
    allowed += [words.metric_is_least(k) for k in range(len(problem.metrics)) if len(problem.metrics) > 1]
    allowed += [words.along(k, direction) for k, direction in written.along]
    if statement["conclusion"] != words.conclusion(bound):
        raise StatementError("the certificate proves another bound")
    if any(h not in allowed for h in statement["hypotheses"]):
        raise StatementError("the certificate supposes what the problem does not")
    _same_declarations(statement, words)
    return statement


def _same_declarations(statement: Statement, words: Wording) -> None:
    """Symbols, scopes and roots mean what the problem says they mean."""
    declared = Proof(words.header())
    for table in ("scopes", "symbols", "functionals"):
        known: dict[str, Json] = dict(getattr(declared, table))
        if any(known.get(x["name"]) != x for x in statement[table]):
            raise StatementError("the certificate declares a symbol otherwise")
    for name, definition in statement["definitions"].items():
        if name not in words.roots:
            raise StatementError(f"the certificate defines {name}")
        kind, body = definition
        radicand = words.problem.tower.radicands[words.roots.index(name)]
        for k, root in enumerate(words.roots):  # earlier roots may stand in the radicand
            if root not in declared.symbols:
                declared.declare(root, "root", [declared.read(words.number(words.problem.tower.radicands[k]))])
        if kind != "root" or declared.read(body) != declared.read(words.number(radicand)):
            raise StatementError(f"the certificate defines {name} otherwise")

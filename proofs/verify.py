"""From claims to verdicts. A verdict comes out of the kernel and of models, or it is `open`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from convbound.bounds.verdict import Verdict
from convbound.proofs.automatic.instances import DEGENERATE, find_witness, search_refutation
from convbound.proofs.claims import Claim, Library
from convbound.proofs.derivation.derivation import ProofError
from convbound.proofs.faults import located
from convbound.proofs.language.crosscheck import crosscheck
from convbound.proofs.language.vocabulary import impossible
from convbound.proofs.models.processes import Instance
from convbound.proofs.models.witnesses import contradictory, search
from convbound.proofs.presentation import record_of, unreadable
from convbound.proofs.prover import BrokenProofError, Proved, Prover
from convbound.proofs.record import Record
from convbound.proofs.refutation import counterexample
from convbound.proofs.statement import draft_of, unmet


class ContradictionError(RuntimeError):
    """A claim is proved and refuted: the tool contradicts itself."""


def verify(claim: Claim, prover: Prover) -> Record:
    """The verdict on one claim.

    An exception in the claim's own code is its verdict: error, with the line. Only KeyboardInterrupt goes through.

    Args:
        claim: the claim, with its proof, its refutation or neither.
        prover: what remembers the certificates of the claims that it rests on.

    Raises:
        ContradictionError: it is both proved and refuted.
    """
    start = time.perf_counter()
    try:
        return _verify(claim, prover, start)
    except ContradictionError:
        raise
    except (Exception, SystemExit) as problem:
        return unreadable(claim, located(problem, *claim.place), time.perf_counter() - start)


def _verify(claim: Claim, prover: Prover, start: float) -> Record:
    verdict, reason, proved, against = Verdict.OPEN, "", None, None
    draft_of(claim)  # a statement that cannot be read is an error, whatever its proof says
    refutation = claim.refutation
    alone = claim.proof is None and refutation is None and not claim.assumed
    if alone:  # a false claim is most often refuted sooner than it is given up
        refutation = search_refutation(claim, min(QUICK, prover.seconds))
    if claim.proof is not None or (alone and refutation is None):
        result = prover.prove(claim)
        if isinstance(result, BrokenProofError):
            verdict, reason = Verdict.ERROR, str(result)
        elif isinstance(result, ProofError):
            reason = f"{'no proof' if alone else 'the derivation does not close'}: {result}"
        else:
            proved = result
            problem, remark = _witnessed(claim, prover.seconds)
            verdict = Verdict.PROVED if problem is None else Verdict.VACUOUS if problem == VACUOUS else Verdict.OPEN
            reason = problem or remark
    undecided = refutation is None and verdict is Verdict.OPEN and proved is None and not claim.assumed
    if undecided and contradictory(claim):
        verdict, reason = Verdict.VACUOUS, VACUOUS
    elif undecided:
        refutation = search_refutation(claim, prover.seconds / 2)
    if refutation is not None:
        found = counterexample(claim, refutation, prover)
        if isinstance(found, str):
            reason = reason or found
        else:
            against = found
            if proved is not None:  # whatever its witness is worth: the counterexample satisfies the hypotheses
                raise ContradictionError(f"{claim.name} is proved and refuted")
            verdict, reason = Verdict.REFUTED, ""
    if verdict is Verdict.OPEN and claim.assumed:
        verdict, reason = Verdict.ASSUMED, "taken from the source, not checked"
    if verdict is Verdict.OPEN and not reason:
        reason = claim.note or "no derivation and no counterexample is given"
    shown = proved if verdict in (Verdict.PROVED, Verdict.VACUOUS) else None
    return record_of(claim, verdict, reason, shown, against, time.perf_counter() - start)


QUICK = 0.15  # seconds
NO_MODEL = "no exact model of the hypotheses is known"
VACUOUS = "the hypotheses contradict each other"


def _witnessed(claim: Claim, seconds: float) -> tuple[str | None, str]:
    """(None where an exact model satisfies all hypotheses, else why there is none; what is to be said of the model).

    A claim that nothing satisfies its hypotheses has no model where it is proved, and is refuted by any.
    """
    if claim.then == impossible:
        return crosscheck(claim), ""
    if claim.witness is not None:
        given = claim.witness()
        return _given_problem(claim, [given] if isinstance(given, Instance) else list(given)), ""
    found = search(claim)
    if found is None and contradictory(claim):
        return VACUOUS, ""
    if found is None:
        found = find_witness(claim, seconds)
    if found is None:
        return NO_MODEL, ""
    return crosscheck(claim, [found]), f"the only witness: {DEGENERATE}" if found.facts == DEGENERATE else ""


def _given_problem(claim: Claim, models: Sequence[Instance]) -> str | None:
    if not models:
        return NO_MODEL
    for model in models:
        problem = unmet(claim, model)
        if problem is not None:
            return VACUOUS if contradictory(claim) else f"the witness does not satisfy: {problem}"
    return crosscheck(claim, models)


class Judge:
    """Verdicts on claims, each verified once, after all that it rests on: a claim is no better than that.

    So a claim has the same verdict alone and among others, whichever of them were asked for.
    """

    def __init__(self, prover: Prover) -> None:
        """Nothing is verified before it is asked for."""
        self.prover = prover
        self.records: dict[Claim, Record] = {}

    def verdict(self, claim: Claim) -> Record:
        """The record of a claim.

        Raises:
            ContradictionError: a claim is proved and refuted.
        """
        if claim not in self.records:
            record = verify(claim, self.prover)
            result = self.prover.results.get(claim)
            below = result.sources if isinstance(result, Proved) and record.verdict == Verdict.PROVED else ()
            bad = [c.name for c in below if self.verdict(c).verdict != Verdict.PROVED]
            if bad:
                record = replace(record, verdict=Verdict.OPEN, reason=f"rests on {', '.join(bad)}")
            self.records[claim] = record
        return self.records[claim]


def verify_library(library: Library | Sequence[Claim], prover: Prover | None = None) -> list[Record]:
    """The verdicts on all claims, in their order.

    Args:
        library: a library, or claims.
        prover: what remembers certificates; a new one by default.
    """
    judge = Judge(prover or Prover())
    return [judge.verdict(claim) for claim in library]

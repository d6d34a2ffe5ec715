"""From claims to verdicts. A verdict comes out of the kernel and of models, or it is `open`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from convbound.proofs.certificates import Json
from convbound.proofs.claims import Claim, Library
from convbound.proofs.crosscheck import crosscheck
from convbound.proofs.derivation import ProofError
from convbound.proofs.presentation import assumptions, definitions, mentioned, place, symbols
from convbound.proofs.processes import Instance
from convbound.proofs.prover import Proved, Prover
from convbound.proofs.record import Record
from convbound.proofs.refutation import counterexample
from convbound.proofs.statement import draft_of, unmet


class ContradictionError(RuntimeError):
    """A claim is proved and refuted: the tool contradicts itself."""


def verify(claim: Claim, prover: Prover) -> Record:
    """The verdict on one claim. Raises ContradictionError if it is both proved and refuted."""
    start = time.perf_counter()
    verdict, reason, proved, against = "open", "", None, None
    problem: str | None = None
    if claim.proof is not None:
        result = prover.prove(claim)
        if isinstance(result, ProofError):
            reason = f"the derivation does not close: {result}"
        else:
            proved = result
            problem = _witness_problem(claim)
            verdict = "proved" if problem is None else "vacuous" if problem == VACUOUS else "open"
            reason = problem or ""
    if claim.refutation is not None:
        found = counterexample(claim, claim.refutation, prover)
        if isinstance(found, str):
            reason = reason or found
        else:
            against = found
            if proved is not None:  # whatever its witness is worth: the counterexample satisfies the hypotheses
                raise ContradictionError(f"{claim.name} is proved and refuted")
            verdict, reason = "refuted", ""
    if verdict == "open" and claim.assumed:
        verdict, reason = "assumed", "taken from the source, not checked"
    return _record(claim, verdict, reason, proved if verdict in ("proved", "vacuous") else None, against, start)


VACUOUS = "the hypotheses contradict each other"


def _witness_problem(claim: Claim) -> str | None:
    """None where an exact model satisfies all hypotheses; else why there is none."""
    from convbound.proofs.witnesses import contradictory, search

    if claim.witness is not None:
        models = claim.witness()
        models = [models] if isinstance(models, Instance) else list(models)
        if not models:
            return "no exact model of the hypotheses is known"
        for model in models:
            problem = unmet(claim, model)
            if problem is not None:
                return VACUOUS if contradictory(claim) else f"the witness does not satisfy: {problem}"
        return crosscheck(claim, models)
    found = search(claim)
    if found is not None:
        return crosscheck(claim, [found])
    return VACUOUS if contradictory(claim) else "no exact model of the hypotheses is known"


def _record(
    claim: Claim, verdict: str, reason: str, proved: Proved | None, against: Json | None, start: float
) -> Record:
    v = claim.vocabulary
    shown = assumptions(claim, proved.used if proved else None)
    texts = [f"{h['label']}: {h['text']}" if h["label"] not in ("", h["text"]) else h["text"] for h in shown]
    draft, hypotheses, conclusion = draft_of(claim)
    names = mentioned(draft, [f.poly for f in (*hypotheses, conclusion)])
    where = definitions(claim, names)
    return Record(
        id=claim.id,
        library=claim.library,
        source=claim.source,
        title=claim.title,
        printed=claim.printed,
        corrects=claim.corrects,
        verdict=verdict,
        expected=claim.expected,
        hypotheses=tuple(texts),
        added_hypotheses=tuple(t for t, h in zip(texts, shown, strict=True) if h["added"]),
        unused_hypotheses=tuple(t for t, h in zip(texts, shown, strict=True) if h["used"] is False),
        definitions=tuple(d["text"] for d in where),
        conclusion=v.text(claim.then),
        latex=claim.latex or v.tex(claim.then),
        rests_on=proved.rests_on if proved else ((against["by"],) if against and "by" in against else ()),
        rules=proved.rules if proved else {},
        certificate=proved.sha256 if proved else None,
        counterexample=against,
        seconds=time.perf_counter() - start,
        replay_seconds=proved.replay_seconds if proved else 0.0,
        reason=reason,
        note=claim.note,
        place=place(claim),
        lines=proved.lines if proved else (),
        sides=v.sides(claim.then),
        assumptions=shown,
        where=where,
        symbols=symbols(claim, names),
        steps=len(proved.certificate["steps"]) if proved else 0,
    )


def verify_library(library: Library | Sequence[Claim], prover: Prover | None = None) -> list[Record]:
    """The verdicts on all claims, in their order."""
    prover = prover or Prover()
    records = [verify(claim, prover) for claim in library]
    return weakest(records)


def weakest(records: Sequence[Record]) -> list[Record]:
    """A claim is never better than what it rests on: a proof that rests on an unproved claim is open."""
    verdicts = {f"{r.library}:{r.id}": r.verdict for r in records}
    result = list(records)
    changed = True
    while changed:
        changed = False
        for k, r in enumerate(result):
            bad = [n for n in r.rests_on if verdicts.get(n, "proved") not in ("proved",)]
            if r.verdict == "proved" and bad:
                result[k] = replace(r, verdict="open", reason=f"rests on {', '.join(bad)}")
                verdicts[f"{r.library}:{r.id}"] = "open"
                changed = True
    return result

"""From a claim to its certificate: run the derivation, then check what it found as a stranger would."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from convbound.proofs.certificates import Json, digest, dump, prune
from convbound.proofs.claims import Claim
from convbound.proofs.derivation import Derivation, Line, ProofError
from convbound.proofs.inline import Substitution
from convbound.proofs.kernel import KernelError, load, replay, variable
from convbound.proofs.statement import statement
from convbound.proofs.translate import Draft, TranslationError


@dataclass(frozen=True)
class Found:
    """What a derivation found, not checked: a certificate as text, the claims it draws on, the displayed lines."""

    certificate: str
    sources: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Proved:
    """A certificate that a fresh replay accepted, and how it came about."""

    certificate: Json
    sha256: str
    rests_on: tuple[str, ...]
    rules: dict[str, int]
    lines: tuple[Line, ...]
    used: tuple[bool, ...]  # of the claim's facts
    replay_seconds: float


class Prover:
    """Proves claims once each; a claim that rests on another takes its certificate from here."""

    def __init__(self) -> None:
        """Nothing proved yet."""
        self.results: dict[str, Proved | ProofError] = {}
        self.under_way: list[str] = []

    def certificate(self, claim: Claim) -> Json:
        """The certificate of a claim that another one uses. Raises ProofError where it has none."""
        result = self.prove(claim)
        if isinstance(result, ProofError):
            raise ProofError(f"{claim.id}, on which it rests, is not proved: {result}")
        return result.certificate

    def prove(self, claim: Claim) -> Proved | ProofError:
        """Run the claim's derivation, then check its certificate and statement as a stranger would."""
        if claim.name not in self.results:
            if claim.name in self.under_way:
                return ProofError(f"a circle: {' -> '.join([*self.under_way, claim.name])}")
            self.under_way.append(claim.name)
            try:
                self.results[claim.name] = self._prove(claim)
            except (ProofError, KernelError, TranslationError) as error:
                self.results[claim.name] = error if isinstance(error, ProofError) else ProofError(str(error))
            finally:
                self.under_way.pop()
        return self.results[claim.name]

    def _prove(self, claim: Claim) -> Proved:
        return self.admit(claim, self.search(claim))

    def search(self, claim: Claim) -> Found:
        """Run the derivation. What it finds is not trusted: `admit` checks it."""
        if claim.proof is None:
            raise ProofError(f"{claim.id} has no derivation")
        derivation = Derivation(claim, self)
        fact = derivation.conclude(claim.proof(derivation))
        header = {**claim.vocabulary.header(), "claim": claim.name}
        certificate, kept = prune(header, derivation.proof.steps, fact.reference)
        sources = dict.fromkeys(derivation.sources[n] for n in sorted(kept) if n in derivation.sources)
        lines = tuple(
            replace(line, step=kept.get(line.step, -1))
            for line in derivation.lines
            if line.step in kept or line.step == -1
        )
        return Found(dump(certificate), tuple(sources), lines)

    def admit(self, claim: Claim, found: Found) -> Proved:
        """Check the certificate and its statement as a stranger would. Raises ProofError or KernelError."""
        certificate = load(found.certificate)
        start = time.perf_counter()
        proof, theorem = replay(certificate)
        seconds = time.perf_counter() - start
        if proof.statement(theorem) != statement(claim):
            raise ProofError(f"{claim.id}: the certificate proves another statement")
        rests_on = dict.fromkeys(found.sources)
        used = [number in theorem.uses for number in proof.hypotheses]
        for hypothesis, is_used in zip(claim.facts, used, strict=True):
            if hypothesis.instance is not None and is_used:
                self._check_instance(claim, hypothesis.relation, *hypothesis.instance)
                rests_on[hypothesis.instance[0].name] = None
        rules = dict(sorted(Counter(s["rule"] for s in certificate["steps"]).items()))
        return Proved(certificate, digest(certificate), tuple(rests_on), rules, found.lines, tuple(used), seconds)

    def _check_instance(self, claim: Claim, relation: Any, general: Claim, mapping: Any) -> None:
        """That a hypothesis really is the conclusion of the claim it is said to be an instance of."""
        certificate = self.certificate(general)
        proof, theorem = replay(certificate)
        draft = Draft(claim.vocabulary)
        symbols = {str(k): draft.poly(v) for k, v in mapping.items() if not isinstance(v, str)}
        names = {str(k): v for k, v in mapping.items() if isinstance(v, str)}
        image = Substitution(draft.proof, certificate, symbols, names)
        for name, (kind, *bodies) in proof.definitions.items():
            if name in proof.mentioned(theorem.poly):
                image.symbols[name] = variable(draft.definition(kind, [image.poly(b) for b in bodies]))
        fact = draft.fact(relation)
        if fact.relation != theorem.relation or fact.poly != image.poly(proof.write(theorem.poly)):
            raise ProofError(f"{claim.id}: a hypothesis is not the instance of {general.id} that it claims to be")

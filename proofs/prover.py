"""From a claim to its certificate: run the derivation, then check what it found as a stranger would."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from convbound.bounds.plain_data import Json
from convbound.proofs.automatic.alone import narrate, prove_alone
from convbound.proofs.certificates import digest, dump, prune
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.derivation import Derivation, Fact, ProofError
from convbound.proofs.faults import located
from convbound.proofs.kernel import KernelError, load, replay
from convbound.proofs.language.translation import TranslationError
from convbound.proofs.record import Line
from convbound.proofs.statement import statement


@dataclass(frozen=True)
class Found:
    """What a derivation found, not checked: a certificate as text, the claims it draws on, the displayed lines.

    `recipes` are the combinations that the finder came up with, one for each time it was asked; `attempt` is the one
    that succeeded, where the claim came without a proof.
    """

    certificate: str
    sources: tuple[Claim, ...]
    lines: tuple[Line, ...]
    recipes: tuple[Json, ...] = ()
    attempt: int | None = None


@dataclass(frozen=True)
class Proved:
    """A certificate that a fresh replay accepted, and how it came about."""

    certificate: Json
    sha256: str
    sources: tuple[Claim, ...]  # the claims that it rests on
    rules: dict[str, int]
    lines: tuple[Line, ...]
    used: tuple[bool, ...]  # of the claim's facts
    replay_seconds: float

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the claims that it rests on."""
        return tuple(dict.fromkeys(claim.name for claim in self.sources))


class BrokenProofError(ProofError):
    """The author's own code raised an exception; the message says which and where."""


class Prover:
    """Proves claims once each; a claim that rests on another takes its certificate from here.

    Claims are told apart as objects: a claim of the same name in somebody's file is another claim. `seconds` is what
    a search for a proof, or for an instance, may take of one claim.
    """

    seconds: float = 20.0

    def __init__(self) -> None:
        """Nothing proved yet."""
        self.results: dict[Claim, Proved | ProofError] = {}
        self.under_way: list[Claim] = []

    def certificate(self, claim: Claim) -> Json:
        """The certificate of a claim that another one uses.

        Raises:
            ProofError: it has none.
        """
        result = self.prove(claim)
        if isinstance(result, ProofError):
            raise ProofError(f"{claim.id}, on which it rests, is not proved: {result}")
        return result.certificate

    def prove(self, claim: Claim) -> Proved | ProofError:
        """Run the claim's derivation, then check its certificate and statement as a stranger would.

        Whatever its code raises is this claim's own fault, and no other's: only KeyboardInterrupt goes through.
        """
        if claim not in self.results:
            if claim in self.under_way:
                return ProofError(f"a circle: {' -> '.join(c.name for c in (*self.under_way, claim))}")
            self.under_way.append(claim)
            try:
                self.results[claim] = self._prove(claim)
            except ProofError as problem:
                self.results[claim] = problem
            except (KernelError, TranslationError) as problem:
                self.results[claim] = ProofError(str(problem))
            except (Exception, SystemExit) as problem:
                self.results[claim] = BrokenProofError(located(problem, *claim.place))
            finally:
                self.under_way.pop()
        return self.results[claim]

    def _prove(self, claim: Claim) -> Proved:
        return self.admit(claim, self.search(claim))

    def search(self, claim: Claim, remembered: Sequence[Json] = (), attempt: int | None = None) -> Found:
        """Run the derivation. What it finds is not trusted: `admit` checks it.

        `remembered` are the recipes of an earlier run, and `attempt` is its attempt, where the claim has no proof.
        """
        if claim.proof is None:
            derivation, fact, attempt = prove_alone(claim, self, remembered, attempt)
        else:
            derivation = Derivation(claim, self, remembered)
            fact = claim.proof(derivation)
            if not isinstance(fact, Fact):
                what = f"its proof returns {type(fact).__name__}, and not the fact that it derived"
                raise ProofError(f"{claim.id}: {what}")
            fact = derivation.as_claimed(fact)
        header = {**claim.vocabulary.header(), "claim": claim.name}
        certificate, kept = prune(header, derivation.state.proof.steps, fact.reference)
        sources = dict.fromkeys(derivation.state.sources[n] for n in sorted(kept) if n in derivation.state.sources)
        lines = tuple(
            replace(line, step=kept.get(line.step, -1))
            for line in derivation.transcript.lines
            if line.step in kept or line.step == -1
        )
        if claim.proof is None:
            lines = narrate(derivation, kept)
        return Found(dump(certificate), tuple(sources), lines, tuple(derivation.search.recipes), attempt)

    def admit(self, claim: Claim, found: Found) -> Proved:
        """Check the certificate and its statement as a stranger would. Raises ProofError or KernelError."""
        certificate = load(found.certificate)
        start = time.perf_counter()
        proof, theorem = replay(certificate)
        seconds = time.perf_counter() - start
        if proof.statement(theorem) != statement(claim):
            raise ProofError(f"{claim.id}: the certificate proves another statement")
        used = tuple(number in theorem.uses for number in proof.hypotheses)
        rules = dict(sorted(Counter(s["rule"] for s in certificate["steps"]).items()))
        return Proved(certificate, digest(certificate), found.sources, rules, found.lines, used, seconds)

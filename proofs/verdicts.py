"""From claims to verdicts. A verdict comes out of the kernel and of models, or it is `open`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from proofs.certificates import Json, digest, dump, prune
from proofs.claims import Claim, Library, Refutation
from proofs.derivation import Derivation, Line, ProofError
from proofs.inline import Substitution
from proofs.kernel import KernelError, Poly, Proof, Theorem, constant, load, replay, subtract, variable
from proofs.models import Evaluation, Model
from proofs.presentation import assumptions, definitions, ingredients, mentioned, place, symbols
from proofs.surds import Surd
from proofs.translate import Draft, TranslationError


class ContradictionError(RuntimeError):
    """A claim is proved and refuted: the tool contradicts itself."""


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


@dataclass(frozen=True)
class Record:
    """What is known of one claim; made once, rendered by everything else."""

    id: str
    library: str
    source: str
    title: str
    printed: bool
    corrects: str | None
    verdict: str
    expected: str
    hypotheses: tuple[str, ...]
    added_hypotheses: tuple[str, ...]
    unused_hypotheses: tuple[str, ...]
    definitions: tuple[str, ...]
    conclusion: str
    latex: str
    rests_on: tuple[str, ...]
    rules: dict[str, int]
    certificate: str | None
    counterexample: Json | None
    seconds: float
    replay_seconds: float
    reason: str
    note: str
    place: tuple[str, int]
    lines: tuple[Line, ...] = ()
    evidence: tuple[Json, ...] = field(default=())
    sides: tuple[str, str, str] = ("", "", "")  # of the conclusion: left, sign, right, as LaTeX
    assumptions: tuple[Json, ...] = ()  # the hypotheses with their LaTeX, whether added, whether used
    where: tuple[Json, ...] = ()  # the definitions with their LaTeX
    symbols: tuple[Json, ...] = ()  # what the letters stand for
    steps: int = 0  # of the certificate

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the claim's author announced."""
        return self.verdict == self.expected

    def json(self) -> Json:
        """The record as it stands in the JSON document; `from_json` reads it back."""
        record = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        record["lines"] = [_plain(vars(line)) for line in self.lines]
        record |= {"seconds": round(self.seconds, 4), "replay_seconds": round(self.replay_seconds, 5)}
        return record | {"place": {"file": self.place[0], "line": self.place[1]}}

    @classmethod
    def from_json(cls, data: Json) -> Record:
        """The record of a JSON document. Raises KeyError or TypeError where it is none."""
        values = {f.name: data[f.name] for f in fields(cls) if f.name not in ("place", "lines")}
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        lines = tuple(Line(**{**x, "uses": tuple(x["uses"]), "sides": tuple(x["sides"])}) for x in data["lines"])
        return cls(**values, place=(data["place"]["file"], data["place"]["line"]), lines=lines)


def _plain(value: Any) -> Json:
    """Tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {k: _plain(x) for k, x in value.items()}
    return [_plain(x) for x in value] if isinstance(value, list | tuple) else value


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
        fact = claim.proof(derivation)
        relation, poly = derivation.goal
        if (fact.relation, fact.poly) != (relation, poly):
            fact = derivation.have_poly(relation, poly, [fact])
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


@lru_cache(maxsize=512)
def draft_of(claim: Claim) -> tuple[Draft, list[Theorem], Theorem]:
    """The claim's signature, hypotheses and conclusion, for display and for evaluation in models."""
    draft = Draft(claim.vocabulary)
    hypotheses = [draft.suppose(h.relation) for h in claim.facts]
    return draft, hypotheses, draft.fact(claim.then)


def statement(claim: Claim) -> Json:
    """The claim's statement, rebuilt from the claim alone."""
    draft, _, conclusion = draft_of(claim)
    return draft.proof.statement(conclusion)


def unmet(claim: Claim, model: Model) -> str | None:
    """The first hypothesis that does not hold in the model, or None."""
    draft, hypotheses, conclusion = draft_of(claim)
    evaluation = Evaluation(draft.proof, model)
    polys = [h.poly for h in (*hypotheses, conclusion)]
    names = sorted(n for n in set().union(*(draft.proof.mentioned(p) for p in polys)) if n in draft.proof.symbols)
    try:
        broken = evaluation.broken_declaration(names)
        if broken:
            return broken
        for hypothesis, fact in zip(claim.facts, hypotheses, strict=True):
            if evaluation.failure(fact) is not None:
                return hypothesis.text or claim.vocabulary.text(hypothesis.relation)
        for premise in claim.premises:
            if not premise.holds(model):
                return premise.text
    except (ValueError, ZeroDivisionError) as error:
        return str(error)
    return None


def number(value: Any) -> str:
    """A value with its decimal where it is not short."""
    text = str(value)
    whole = text.removeprefix("-").isdigit()
    return text if whole or len(text) < 4 else f"{text} ≈ {float(value):.6g}"


def counterexample(claim: Claim, refutation: Refutation, prover: Prover) -> Json | str:
    """The checked instance, or why it is none."""
    try:
        return _checked_instance(claim, refutation, prover)
    except (ValueError, ZeroDivisionError) as error:
        return f"the instance does not decide the conclusion: {error}"


def _checked_instance(claim: Claim, refutation: Refutation, prover: Prover) -> Json | str:
    model = refutation.model()
    problem = unmet(claim, model)
    if problem is not None:
        return f"in the instance a hypothesis fails: {problem}"
    draft, _, conclusion = draft_of(claim)
    evaluation = Evaluation(draft.proof, model)
    values = {
        s: str(evaluation.atom(s, {}))
        for s in sorted(draft.proof.mentioned(conclusion.poly))
        if s in draft.proof.symbols and not draft.proof.reach[s] and s in model.values
    }
    found: Json = {"instance": model.facts, "words": refutation.words, "values": values}
    if refutation.opposite is not None:
        return _limit_violated(claim, refutation.opposite, model, evaluation, conclusion, prover, found)
    failure = evaluation.failure(conclusion)
    if failure is None:
        return "in the instance the conclusion holds"
    point = failure["point"]
    sides = [evaluation.poly(draft.poly(side), point) for side in (claim.then.left, claim.then.right)]
    found |= {"left": number(sides[0]), "right": number(sides[1]), "relation": claim.then.op}
    found["ingredients"] = ingredients(claim, draft, evaluation, point)
    return found | {"point": {k: str(v) for k, v in point.items() if k != "omega"}}


def _limit_violated(
    claim: Claim,
    opposite: Claim,
    model: Model,
    evaluation: Evaluation,
    conclusion: Theorem,
    prover: Prover,
    found: Json,
) -> Json | str:
    """The claim bounds a limit superior by X; the opposite proves, for every K, a floor above X in this instance."""
    result = prover.prove(opposite)
    if isinstance(result, ProofError):
        return f"{opposite.id} is not proved: {result}"
    problem = unmet(opposite, model)
    if problem is not None:
        return f"the instance is not one of {opposite.id}: {problem}"
    draft = evaluation.signature
    limits = [a for m in conclusion.poly for a, _ in m if draft.structure.get(a, ("",))[0] == "limsup"]
    if len(limits) != 1 or conclusion.relation != ">=" or conclusion.poly.get(((limits[0], 1),)) != -1:
        return "the conclusion does not bound one limit superior from above"
    horizon, averaged = draft.structure[limits[0]][1]
    claimed = {m: c for m, c in conclusion.poly.items() if m != ((limits[0], 1),)}
    bound = evaluation.poly(claimed, {})
    other = Draft(opposite.vocabulary)
    for hypothesis in opposite.facts:
        other.suppose(hypothesis.relation)
    theorem = other.fact(opposite.then)
    if draft.write(averaged) != other.proof.write({m: c for m, c in theorem.poly.items() if m in averaged}):
        return f"{opposite.id} is about another average"
    rest = {m: -c for m, c in theorem.poly.items() if m not in averaged}
    parameters = _of_parameters(draft, claimed, horizon) and _of_parameters(other.proof, rest, horizon)
    if theorem.relation == "=" or not parameters:
        return f"{opposite.id} does not bound the average from below by parameters"
    if any(_restricts(other.proof, other.proof.facts[h][0], horizon) for h in other.proof.hypotheses):
        return f"{opposite.id} supposes something of {horizon}"
    floor = Evaluation(other.proof, model).poly(rest, {})
    difference = Surd.of(floor) - bound
    if difference.sign() <= 0:
        return f"the floor {floor} does not exceed the claimed limit {bound}"
    sides = {"left": f"at least {number(floor)} for every K", "right": number(bound), "relation": claim.then.op}
    return found | sides | {"by": opposite.name, "certificate": result.sha256, "point": {}}


def _of_parameters(proof: Proof, poly: Poly, horizon: str) -> bool:
    """Whether a polynomial has the same value along the horizon: it is made of parameters, and of no functional."""
    parts = {x for m in poly for a, _ in m for x in proof.parts[a]}
    return all(x in proof.symbols and not proof.reach[x] and x != horizon for x in parts)


def _restricts(proof: Proof, fact: Theorem, horizon: str) -> bool:
    """Whether a hypothesis says more of the horizon than that it is positive."""
    positive = (variable(horizon), subtract(variable(horizon), constant(1)))
    return horizon in proof.mentioned(fact.poly) and (fact.relation == "=" or fact.poly not in positive)


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
    from proofs.witnesses import contradictory, search

    if claim.witness is not None:
        models = claim.witness()
        models = [models] if isinstance(models, Model) else list(models)
        if not models:
            return "no exact model of the hypotheses is known"
        for model in models:
            problem = unmet(claim, model)
            if problem is not None:
                return VACUOUS if contradictory(claim) else f"the witness does not satisfy: {problem}"
        return None
    if search(claim) is not None:
        return None
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

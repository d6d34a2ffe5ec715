"""From a problem to a verdict: the best bound that can be proved, and how far from the truth it can be.

    proved, tight    the kernel accepts the bound, and an exact instance attains it
    proved           the kernel accepts the bound
    refuted          an exact instance is above the bound that was claimed
    open             neither; the reason says how far it got, with the float

No float decides: a bound is what the kernel derives, an instance is checked in exact arithmetic.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from convbound.bounds.errors import InputError
from convbound.bounds.plain_data import Json
from convbound.bounds.verdict import Verdict
from convbound.proofs.kernel import KernelError, Statement
from convbound.proofs.methods.certificate import CertificateError, Writer, Written
from convbound.proofs.methods.conic import Solution
from convbound.proofs.methods.dual import Dual
from convbound.proofs.methods.instances import Instance, Instances
from convbound.proofs.methods.problem import WorstCase
from convbound.proofs.methods.radicals import Number, approximate, is_zero, sign, text
from convbound.proofs.methods.recovery import Face, Recovery, simplest_between, spanned
from convbound.proofs.methods.refinement import Refinement, exact_vectors
from convbound.proofs.methods.statement import accepted

SLACK = Fraction(1, 10**6)  # relative; of a bound whose exact value is not found
PARTS = (
    Fraction(1, 1000),
    Fraction(1, 10),
    Fraction(1),
    Fraction(10),
    Fraction(100),
)  # of the slack, one after another
ROOMS = (Fraction(1, 10**6), Fraction(1, 10**4), Fraction(1, 100), Fraction(1, 2))  # of the bound: how far below it


@dataclass(frozen=True)
class Outcome:
    """What is known of a method."""

    title: str
    verdict: str
    bound: Number | None = None  # proved
    attained: Number | None = None  # by an exact instance
    estimate: float | None = None  # of the solver
    claimed: Number | None = None
    reason: str = ""
    certificate: Json = None
    statement: Statement | None = None
    instance: Instance | None = None
    multipliers: tuple[tuple[str, Number], ...] = ()
    proof: tuple[Number, ...] = ()  # the multiplier of each column of the dual
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    sufficient: bool = True  # whether an instance belongs to members of the classes

    @property
    def reached(self) -> bool:
        """Whether the instance attains the bound."""
        return self.bound is not None and self.attained is not None and is_zero(self.bound - self.attained)

    @property
    def tight(self) -> bool:
        """Whether the bound is the worst case itself."""
        return self.reached and self.sufficient

    @property
    def words(self) -> str:
        """The verdict, with what is known of tightness."""
        return f"{self.verdict}, tight" if self.verdict == Verdict.PROVED and self.tight else self.verdict


Progress = Callable[[str], None]


def prove(
    problem: WorstCase, claimed: Number | None = None, slack: Fraction = SLACK, progress: Progress = lambda stage: None
) -> Outcome:
    """The best bound that is found and proved.

    Args:
        problem: what is supposed, and the metric.
        claimed: a bound that is to be judged: refuted where an exact instance exceeds it.
        slack: how far, relatively, a bound may be above the solver's value where no exact value is recognised.
        progress: told what is being done.

    Raises:
        InputError: the problem has no bound, or no instance, as far as the solver can tell.
    """
    start = time.perf_counter()
    claimed = problem.claimed if claimed is None else claimed
    outcome = _Attempt(problem, claimed, slack, progress).outcome()
    return replace(outcome, seconds=time.perf_counter() - start, notes=problem.notes)


class _Attempt:
    def __init__(self, problem: WorstCase, claimed: Number | None, slack: Fraction, progress: Progress) -> None:
        self.problem, self.claimed, self.slack, self.progress = problem, claimed, slack, progress
        if all(m.empty for m in problem.metrics):
            raise InputError(f"{problem.title}: the metric is a constant, so there is nothing to bound.")
        self.dual = Dual(problem)
        self.recovery = Recovery(self.dual)
        self.instances = Instances(self.dual)
        self.instance: Instance | None = None
        self.refusal = ""
        self.precise: list[Fraction] | None = None  # multipliers to many digits

    def outcome(self) -> Outcome:
        self.progress("solving")
        solution = self._solution()
        proof = self._tight(solution)
        if proof is None:
            self.progress("rounding up")
            proof = self._rounded_up(solution)
        found = Outcome(self.problem.title, Verdict.OPEN, estimate=solution.value, claimed=self.claimed)
        found = replace(found, sufficient=self.problem.sufficient)
        if proof is None:
            reason = (
                f"the solver's value is {solution.value:.10g}; no exact multipliers were found near it{self.refusal}"
            )
            return self._judged(replace(found, reason=reason))
        y, bound, written = proof
        if self.instance is None:
            self.instance = self._some_instance(solution, bound)
        statement = accepted(self.problem, written, bound)
        found = replace(
            found,
            bound=bound,
            certificate=written.certificate,
            statement=statement,
            multipliers=self._multipliers(y),
            proof=tuple(y),
        )
        return self._judged(found)

    def _solution(self) -> Solution:
        structural = self.recovery.structural()
        solution = self.recovery.solution_beside(structural, 1e-13)
        if not solution.solved:
            solution = self.recovery.solution_beside(structural, 1e-9)
        title = self.problem.title
        if "PrimalInfeasible" in solution.status:
            raise InputError(f"{title}: the solver finds no bound: the metric seems unbounded under what is supposed.")
        if "DualInfeasible" in solution.status:
            raise InputError(f"{title}: the solver finds no instance: what is supposed seems to be contradictory.")
        return solution

    def _judged(self, found: Outcome) -> Outcome:
        """The verdict, from what is proved and the best instance."""
        instance, claimed = self.instance, self.claimed
        found = replace(found, instance=instance, attained=None if instance is None else instance.metric)
        if claimed is not None and instance is not None and sign(instance.metric - claimed) > 0:
            reason = f"an exact instance has {text(instance.metric)} > {text(claimed)}"
            if not found.sufficient:
                return replace(found, reason=f"{reason}, but may belong to no member of the class")
            return replace(found, verdict=Verdict.REFUTED, reason=reason)
        if found.bound is None:
            return found
        if instance is None:
            return replace(found, reason="no exact instance of what is supposed is known", verdict=Verdict.OPEN)
        if claimed is not None and sign(found.bound - claimed) > 0:
            reason = f"the best bound that was proved is {text(found.bound)}, above the claimed {text(claimed)}"
            return replace(found, reason=reason)
        return replace(found, verdict=Verdict.PROVED, reason=self._looseness(found))

    def _looseness(self, found: Outcome) -> str:
        """A remark where the bound is farther from the solver's value than was asked for."""
        if found.reached or found.bound is None or found.estimate is None:
            return ""
        size = max(abs(found.estimate), 1e-3)
        excess = (float(found.bound) - found.estimate) / size
        return f"the bound is {excess:.1e} above the solver's value, relatively" if excess > self.slack * 1.01 else ""

    def _multipliers(self, y: Sequence[Number]) -> tuple[tuple[str, Number], ...]:
        return tuple(
            (self.problem.supposed[x.number].name, y[c])
            for c, x in enumerate(self.dual.columns)
            if x.kind in ("inequality", "equation") and not is_zero(y[c])
        )

    # ------------------------------------------------------------------------------------------ exact values

    def _faces(self, solution: Solution) -> Iterator[Face]:
        self.progress("recognising the face")
        yield from self.recovery.optimal_faces(solution)
        if not self.problem.matrices:
            self.progress("refining to many digits")
            basis, dropped = spanned(self.recovery, solution)
            refinement = Refinement(self.dual, solution, basis, dropped)
            vectors = refinement.vectors()
            self.precise = refinement.multipliers
            exact = None if vectors is None else exact_vectors(vectors, self.problem.tower)
            if exact is not None:
                yield Face(dropped, [exact])

    def _tight(self, solution: Solution) -> tuple[Sequence[Number], Number, Written] | None:
        """A proof on the face of the optimum, with the exact optimal value."""
        for face in self._faces(solution):
            y = self.recovery.point(face, solution.x)
            if y is None:
                continue
            bound = self.dual.bound(y)
            if abs(float(approximate(bound)) - solution.value) > 1e-6 * (1 + abs(solution.value)):
                continue
            written = self._write(y, bound)
            if written is None:
                continue
            self.progress("looking for an instance that attains it")
            self.instance = self.instances.worst(face.vectors[0], y, bound)
            return y, bound, written
        return None

    def _write(self, y: Sequence[Number], bound: Number) -> Written | None:
        try:
            title = "".join(c if c.isprintable() else " " for c in self.problem.title)
            return Writer(self.dual, y, bound, f"method: {title}"[:200]).write()
        except (CertificateError, KernelError) as problem:
            self.refusal = f"; a proof was found, and its certificate refused: {problem}"
            return None

    # -------------------------------------------------------------------------------------- a little above it

    def _rounded_up(self, solution: Solution) -> tuple[Sequence[Number], Number, Written] | None:
        """A proof of a rational bound, within the slack if possible: from the optimum a little way inside."""
        value = Fraction(solution.value)
        scale = max(abs(value), Fraction(1, 1000))
        whole = self.recovery.whole()
        weights, far = self.dual.bound_row(), simplest_between(value + scale / 2, value + scale)
        few = self.recovery.without_superfluous(solution, float(value + scale * self.slack / 4))
        for face in (*few, Face(spanned(self.recovery, solution)[1], whole.vectors), whole):
            found = self.recovery.located(face, solution.x, [(weights, far)], 1e-8)
            space = None if found is None else self.recovery.affine(found[0], solution.x)
            if found is None or space is None:
                continue
            near = self.recovery.nearest(found[0], space, self.precise)
            if near is None:
                continue
            for part in PARTS:
                room = scale * self.slack * part
                y = self.recovery.between(space, near, found[1], self.slack * part / 2)
                if y is None:
                    continue
                least = Fraction(approximate(self.dual.bound(y)) + room / 10**6)
                bound = simplest_between(least, least + room / 2)
                written = self._write(y, bound)
                if written is not None:
                    return y, bound, written
        return None

    def _some_instance(self, solution: Solution, bound: Number) -> Instance | None:
        """An instance with a metric near the bound, or any."""
        self.progress("looking for an instance")
        scale = max(abs(approximate(bound)), Fraction(1, 1000))
        for part in ROOMS:
            found = self.instances.near(solution, bound, scale * part)
            if found is not None:
                return found
        return self.instances.trivial()

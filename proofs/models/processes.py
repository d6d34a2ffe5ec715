"""Instances that go on for ever: finite Markov chains, in which a hypothesis is decided for every number of steps.

A limit for K to infinity speaks of one infinite process of which K steps are looked at. A run of K steps, for one K
or for ten, is no instance of such a claim: its hypotheses may fail one step later. A `Process` is: its states are
finitely many and closed under its moves, so whatever holds at each of them holds at every step of the infinite run.

Why it is enough to look at each state once. The run is a chain: what is drawn at step k has a law that depends on the
state there and on nothing else, and each value at step k is a function of the state, of what is drawn there (for
symbols that are not known at step k) and of the inner indices. So at step k, in state s, a fact made of values at k,
of values one step later and of expectations given the past of step k has the value that it has at the first step of a
run of one step that starts in s. It holds at every step of the run if it holds in the runs of one step from all
reachable states. A fact about the value after the last step is about the state after K steps, and holds for every K
if it holds at the ends of those runs. What cannot be decided in this way is refused with the reason, never taken for
granted.

A move may number the coordinates anew, so that states which differ by the order of the coordinates are one:
`relabel[i]` is the place in the next state of what is coordinate i in this one. A fact holds for all i and sums are
over all i, so it does not matter what they are called; only what is compared over several steps must not depend on i,
and is checked not to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Any

from convbound.proofs.kernel import Formula, Poly, Proof
from convbound.proofs.models.model import About, Evaluation, Given, Label, Model, ModelError, Objective, Point, sign
from convbound.proofs.models.segments import Along, Value
from convbound.proofs.models.signatures import atoms_within, meaning
from convbound.proofs.once import are_exact, once

State = Any  # hashable
MAX_STATES = 20_000


@dataclass(frozen=True)
class Move:
    """A move from a state: its probability, what is drawn (a tuple over the times inside a step), the next state.

    `relabel`, where it is not empty, is a permutation: coordinate i of this state is coordinate relabel[i] of the next.
    """

    probability: Fraction
    label: Label
    to: State
    relabel: tuple[int, ...] = ()


@dataclass(frozen=True)
class Process:
    """A run that goes on for ever: a finite Markov chain from `start`, with the values of all symbols.

    A value is a number, or a function of a point that holds `state`, `move` (the label of what is drawn at this step;
    absent after the last step) and the inner indices; it cannot see the number of the step, nor the past.
    """

    start: State
    moves: Callable[[State], Sequence[Move]]
    values: Mapping[str, Given]
    time: str = "step"
    first: int = 1  # the number of the first step
    random: str = "run"
    index: str = "i"  # of the coordinates, where moves number them anew
    facts: str = ""
    objective: Objective = None
    about: About = field(default_factory=dict)
    held: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # what was decided: it holds

    def __post_init__(self) -> None:
        """Every function is asked once at a state, as in a `Model`."""
        object.__setattr__(self, "values", {k: v if isinstance(v, Along) else once(v) for k, v in self.values.items()})
        object.__setattr__(self, "moves", once(self.moves))

    @cached_property
    def chain(self) -> dict[State, tuple[Move, ...]]:
        """All states that the run can reach, with their moves. Raises ModelError where it is no finite Markov chain."""
        found: dict[State, tuple[Move, ...]] = {}
        waiting = [self.start]
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            moves = found[state] = tuple(self.moves(state))
            if not are_exact([m.probability for m in moves]):
                raise ModelError(f"the probabilities of the moves from {state} are positive and sum to one, exactly")
            if len({m.label for m in moves}) != len(moves):
                raise ModelError(f"two moves from {state} have the same label")
            if any(sorted(m.relabel) != list(range(len(m.relabel))) for m in moves):
                raise ModelError(f"a move from {state} does not permute the coordinates")
            if len(found) > MAX_STATES:
                raise ModelError(f"more than {MAX_STATES} states: as far as it was followed, the process is not closed")
            waiting += [m.to for m in reversed(moves)]
        return found

    @property
    def is_certain(self) -> bool:
        """Whether there is no chance in it: each state has one move."""
        return all(len(moves) == 1 for moves in self.chain.values())

    @property
    def relabels(self) -> int:
        """The number of coordinates that moves number anew; 0 where none does."""
        sizes = {len(m.relabel) for moves in self.chain.values() for m in moves} - {0}
        if len(sizes) > 1:
            raise ModelError("the moves permute different numbers of coordinates")
        return sizes.pop() if sizes else 0

    def model(self, K: int, horizon: str = "K", start: State | None = None) -> Model:
        """The first K steps as a model, every outcome with its probability; from another state, if one is given."""
        first = self.start if start is None else start
        runs: list[tuple[Fraction, tuple[Label, ...], tuple[tuple[State, tuple[int, ...]], ...]]]
        runs = [(Fraction(1), (), ((first, ()),))]
        for _ in range(K):
            runs = [
                (weight * m.probability, (*label, m.label), (*path, (m.to, _after(path[-1][1], m.relabel))))
                for weight, label, path in runs
                for m in self._moves(path[-1][0])
            ]
        paths = {label: path for _, label, path in runs}

        def adapted(given: Callable[[Point], Given]) -> Callable[[Point], Given]:
            def value(at: Point) -> Given:
                here = {k: v for k, v in at.items() if k not in (self.time, self.random)}
                if self.time in at:
                    label = at[self.random] if self.random in at else runs[0][1]
                    step = at[self.time] - self.first
                    here["state"], places = paths[label][step]
                    if step < K:
                        here["move"] = label[step]
                    if places and self.index in here:
                        here[self.index] = places[here[self.index]]
                return given(here)

            return value

        values = {
            name: adapted(given) if callable(given) and not isinstance(given, Along) else given
            for name, given in self.values.items()
        }
        outcomes = [(weight, label) for weight, label, _ in runs]
        about = {**self.about, "paths": {label: tuple(map(_in_place, path)) for label, path in paths.items()}}
        return Model({**values, horizon: K}, outcomes, facts=self.facts, objective=self.objective, about=about)

    def _moves(self, state: State) -> Sequence[Move]:
        return self.chain[state] if "chain" in self.__dict__ else self.moves(state)


def _after(places: tuple[int, ...], relabel: tuple[int, ...]) -> tuple[int, ...]:
    """Where the coordinates of the start are after one more move."""
    return tuple(relabel[i] for i in places) if places and relabel else places or relabel


def _in_place(stop: tuple[State, tuple[int, ...]]) -> State:
    """A state that is a vector, with its coordinates where they were at the start."""
    state, places = stop
    return tuple(state[i] for i in places) if places and isinstance(state, tuple) else state


Instance = Model | Process


def horizons(signature: Proof, polys: Sequence[Poly]) -> frozenset[str]:
    """The horizons of the limits of which the polynomials speak."""
    atoms = frozenset[str]().union(*(atoms_within(signature, p) for p in polys))
    limits = (signature.structure[a] for a in atoms if a in signature.structure)
    return frozenset(operand[0] for operator, operand in limits if operator == "limsup")


class _OneStep(Evaluation):
    """One step from a state of the process; `first` is still the start of the whole run."""

    def __init__(self, signature: Proof, model: Model, time: str, origin: _OneStep | None) -> None:
        super().__init__(signature, model)
        self.time, self.origin = time, origin
        if origin is not None:
            self.axes = origin.axes

    def _shifted(self, how: str, symbol: str, at: Point) -> Value:
        time = self.signature.symbols[symbol]["sequence"]
        if how != "first" or time != self.time or self.origin is None:
            return super()._shifted(how, symbol, at)
        if "~" + time in self.signature.reach[symbol]:
            raise ModelError(f"first {symbol} is not known at the start, and what becomes of it is not decided")
        anywhere = {k: self.origin.model.outcomes[0][1] if self._is_random(k) else v for k, v in at.items()}
        return self.origin._shifted(how, symbol, anywhere)

    def _is_random(self, scope: str) -> bool:
        return bool(self.signature.scopes.get(scope, {}).get("kind") == "random")


class Unending:
    """A process with the signature of a claim about a limit: what holds in it at every step, for every K."""

    def __init__(self, signature: Proof, process: Process, limits: frozenset[str]) -> None:
        """Raises ModelError where the process and the claim's time do not fit."""
        if len(limits) != 1:
            raise ModelError(f"limits along {' and '.join(sorted(limits))} together have no process as an instance")
        (horizon,) = limits
        self.signature, self.process, self.horizon = signature, process, horizon
        self.time = self._time()
        self._check_randomness()
        if horizon in process.values:
            raise ModelError(f"{horizon} has no value in a process: it is every number of steps")
        self.origin = _OneStep(signature, process.model(1, horizon), self.time, None)
        self._check_relabelling()

    def _time(self) -> str:
        of_length = [n for n, s in self.signature.scopes.items() if s.get("length") == self.horizon]
        if len(of_length) != 1 or self.signature.scopes[of_length[0]]["kind"] != "time":
            raise ModelError(f"{self.horizon} is not the number of steps of one time: no process goes on with it")
        (time,) = of_length
        if time != self.process.time or int(self.signature.scopes[time].get("start", "0")) != self.process.first:
            raise ModelError(f"the process is not one over {time} from its first step on")
        return time

    def _check_randomness(self) -> None:
        noise = [n for n, s in self.signature.scopes.items() if s["kind"] == "random"]
        if not noise:
            if not self.process.is_certain:
                raise ModelError("the process branches, and nothing in the claim is random")
        elif noise != [self.process.random] or self.signature.times[:1] != [self.time]:
            raise ModelError(
                f"the outcomes of the process are {self.process.random}, drawn step by step of {self.time}"
            )

    def _check_relabelling(self) -> None:
        size, scope = self.process.relabels, self.signature.scopes.get(self.process.index, {})
        if size and (scope.get("kind") != "index" or self.origin.range(self.process.index)[1] != size):
            raise ModelError(f"the moves permute {size} coordinates, which is not the length of {self.process.index}")

    def _depends_on_coordinate(self, names: Sequence[str], started: Sequence[str]) -> str | None:
        """What is compared over several steps and is not the same for all coordinates, where moves number them anew.

        That is what does not change with the step, and the first values of those that do.
        """
        index, count = self.process.index, self.process.relabels
        for name in names if count else ():
            reach, lasting = self.signature.reach[name], self.time not in self.signature.reach[name]
            given = name in self.process.values and name not in self.signature.definitions
            if given and index in reach and (lasting or name in started):
                for at in self.origin.points(reach - {index}):
                    if len({self.origin.atom(name, {**at, index: i}) for i in range(count)}) > 1:
                        return f"{name} depends on the coordinate, and the moves number the coordinates anew"
        return None

    def steps(self) -> Iterator[tuple[State, Evaluation]]:
        """Each reachable state, with the run of one step from it."""
        for state in self.process.chain:
            if state == self.process.start:
                yield state, self.origin
            else:
                one = self.process.model(1, self.horizon, state)
                yield state, _OneStep(self.signature, one, self.time, self.origin)

    # ------------------------------------------------------------------------------------------------- deciding

    def broken(self, names: Sequence[str], facts: Sequence[Formula]) -> tuple[int, str] | None:
        """What fails: (number of a fact, where) or (-1, broken declaration); None where all hold, for every K.

        What was found to hold is remembered with the process, by all that it means: claims about one run share most of
        their hypotheses. Raises ModelError where a fact cannot be decided for every K.
        """
        held = self.process.held
        declared = {n: self._declared(n) for n in names}
        stated = [self._meant(f) for f in facts]
        new = {number for number, text in enumerate(stated) if text not in held}
        started = [
            self.signature.structure[a][1]
            for fact in facts
            for a in atoms_within(self.signature, fact.poly)
            if self._shift(a) == "first"
        ]
        problem = self._depends_on_coordinate(names, started)
        found = (-1, problem) if problem else self._broken([n for n in names if declared[n] not in held], facts, new)
        if found is None:
            held.update(declared.values(), stated)
        return found

    def _broken(self, names: Sequence[str], facts: Sequence[Formula], new: set[int]) -> tuple[int, str] | None:
        """As `broken`, for the declarations of these names and the facts of these numbers."""
        scoped = [n for n in names if self.time in self.signature.reach[n]]
        chance = not self.process.is_certain
        plain = [n for n in scoped if chance and self.process.random not in self.signature.reach[n]]
        problem = self.origin.broken_declaration(names)
        if problem:
            return -1, problem
        varying = []
        for number in sorted(new):
            atoms = atoms_within(self.signature, facts[number].poly)
            self._check_decidable(facts[number], atoms)
            if self._varies(atoms):
                varying.append(number)
            elif not self._holds(self.origin, facts[number]):
                return number, ""
        for state, here in self.steps() if scoped or varying else ():
            problem = here.broken_declaration(scoped) if here is not self.origin else None
            problem = problem or self._different(here, plain)
            if problem:
                return -1, f"{problem}, in the state {state}"
            for number in varying:
                if not self._holds(here, facts[number]):
                    return number, f"in the state {state}"
        return None

    def _declared(self, name: str) -> str:
        """All that decides whether a symbol keeps its declaration in this process."""
        signature = self.signature
        defined = name in signature.definitions
        return repr(
            (self.horizon, name, sorted(signature.reach[name]), signature.symbols[name], defined, signature.scopes)
        )

    def _meant(self, fact: Formula) -> str:
        """All that decides whether a fact holds in this process."""
        return repr((self.horizon, fact.relation, meaning(self.signature, fact.poly), self.signature.scopes))

    def _different(self, here: Evaluation, names: Sequence[str]) -> str | None:
        """What is not random and has another value than at the start, in a run in which the states are random."""
        for name in names:
            if name in self.process.values and name not in self.signature.definitions:
                for at in here.points(self.signature.reach[name]):
                    if here.atom(name, at) != self.origin.atom(name, at):
                        return f"{name} is declared not random and depends on the state"
        return None

    def _varies(self, atoms: frozenset[str]) -> bool:
        """Whether a fact has another value in another state."""
        return any(self.time in self.signature.reach[a] or self._shift(a) in ("next", "last") for a in atoms)

    def _shift(self, atom: str) -> str:
        """Next, first or last, where the atom is one over the time of the limit."""
        operator, operand = self.signature.structure.get(atom, ("", ()))
        own = isinstance(operand, str) and self.signature.symbols[operand]["sequence"] == self.time
        return operator if own else ""

    def _check_decidable(self, fact: Formula, atoms: frozenset[str]) -> None:
        """Raises ModelError for a fact that the states do not decide for every K."""
        signature = self.signature
        now = any(self.time in signature.reach[a] for m in fact.poly for a, _ in m)
        if now and any(self._shift(a) == "last" for a in atoms):
            raise ModelError("a hypothesis about step k and the last step together is not decided for every K")
        for atom in atoms:
            operator = signature.structure.get(atom, ("",))[0]
            if operator == "limsup":
                raise ModelError("a hypothesis about a limit is not decided in a process")
            f = signature.functionals.get(operator, {})
            if f.get("over") == self.time:
                raise ModelError(f"a hypothesis about {operator} over all steps is not decided for every K")
            if f.get("kind") == "expectation" and not f.get("given") and not self.process.is_certain:
                raise ModelError(f"a hypothesis about {operator}, over all runs, is decided only without chance")
        loose = {self.horizon, signature.scopes[self.time].get("variable")}
        outside = {a for m in fact.poly for a, _ in m}
        for name in loose & atoms:
            inside = (a for a in atoms - {name} if name in signature.parts[a])
            if name not in outside or any(inside):
                raise ModelError(f"a hypothesis in which {name} is part of something else is not decided for every K")
        if len(loose & atoms) > 1:
            raise ModelError(f"a hypothesis about {self.horizon} and the number of the step is not decided for every K")

    def _holds(self, here: Evaluation, fact: Formula) -> bool:
        """Whether a fact holds one step from a state; in the number of the step or of steps, for every one of them."""
        variable = self.signature.scopes[self.time].get("variable")
        for name, least in ((self.horizon, 1), (variable, self.process.first)):
            if any(a == name for m in fact.poly for a, _ in m):
                return self._holds_from(here, fact, str(name), least)
        return here.failure(fact) is None

    def _holds_from(self, here: Evaluation, fact: Formula, name: str, least: int) -> bool:
        """Whether p(n) relation 0 for every integer n >= least: its coefficients in n - least have the sign.

        Raises ModelError where they have not all: then it may hold or fail.
        """
        powers: dict[int, Poly] = {}
        for m, c in fact.poly.items():
            e = dict(m).get(name, 0)
            powers.setdefault(e, {})[tuple(x for x in m if x[0] != name)] = c
        scopes = frozenset[str]().union(*(self.signature.reach[a] for p in powers.values() for m in p for a, _ in m))
        for at in here.points(scopes):
            values = {e: here.poly(p, at) for e, p in powers.items()}
            shifted = [
                sum((values[e] * (comb(e, j) * Fraction(least) ** (e - j)) for e in values if e >= j), Fraction(0))
                for j in range(max(values) + 1)
            ]
            signs = [sign(x) for x in shifted]
            if fact.relation == "=" and any(signs):
                return False
            if min(signs) < 0 or (fact.relation == ">" and signs[0] <= 0):
                if signs[0] < 0 or (fact.relation == ">" and signs[0] == 0):
                    return False
                raise ModelError(f"a hypothesis that holds for {name} = {least} is not decided for every {name}")
        return True

"""The whole data of an instance: every parameter, every state, every law and every value.

What an author says of an instance in words is the author's; what stands here is read off the instance that was
checked. An instance with very many values is given by their number and digest, and by what they are computed from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from convbound.bounds.plain_data import Json
from convbound.proofs.models.model import Evaluation, Point
from convbound.proofs.models.processes import Unending
from convbound.proofs.record import InstanceData

MANY = 2000  # values that are listed one by one


def _plain(value: object) -> Json:
    """A label, a state or a number as JSON."""
    if isinstance(value, tuple | list):
        return [_plain(x) for x in value]
    if isinstance(value, dict):
        return {str(k): _plain(x) for k, x in value.items()}
    return value if isinstance(value, int | str | None) else str(value)


def _listed(entries: Sequence[Json], whole: bool, size: int | None = None) -> Json:
    """All entries, or their number and digest where they are very many."""
    if whole or (len(entries) if size is None else size) <= MANY:
        return list(entries)
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return {"number": len(entries), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _value(here: Evaluation, name: str, at: Point) -> str:
    """The value of a symbol at a point; along a segment, as a polynomial."""
    if here._units(here.signature.reach[name]):
        return str(here.raw(name, at))
    return str(here.atom(name, at))


def _own(here: Evaluation, names: Sequence[str]) -> list[str]:
    """The names that the model gives a value to."""
    return [n for n in names if n in here.model.values and n not in here.signature.definitions]


def _rows(here: Evaluation, name: str, points: Iterable[Point], hidden: Point) -> Iterator[Json]:
    """[symbol, point, value] at the points, which are completed by those parts that are not shown."""
    for at in points:
        yield [name, {k: _plain(v) for k, v in at.items()}, _value(here, name, {**at, **hidden})]


def _objective(objective: object, whole: bool) -> Json:
    """What an objective is made of."""
    if objective is None:
        return None
    fields = {k: _plain(v) for k, v in vars(objective).items() if k in getattr(objective, "__dataclass_fields__", {})}
    shown = {k: _listed(v, whole) if isinstance(v, list) else v for k, v in fields.items()}
    return {"kind": type(objective).__name__, **shown}


def instance_data(here: Evaluation, names: Sequence[str], *, whole: bool = False) -> InstanceData:
    """A model's parameters, its outcomes with their probabilities, and the value of every symbol at every point."""
    rows = []
    for name in _own(here, names):
        reach = here.signature.reach[name]
        points = [*here.points(reach - frozenset(here._units(reach))), *here._after(name)]
        rows += list(_rows(here, name, points, {}))
    return InstanceData(
        parameters={name: value for name, at, value in rows if not at},
        values=_listed([row for row in rows if row[1]], whole),
        objective=_objective(here.model.objective, whole),
        outcomes=_listed([[str(w), _plain(label)] for w, label in here.model.outcomes], whole),
    )


def process_data(unending: Unending, names: Sequence[str], *, whole: bool = False) -> InstanceData:
    """A process' parameters, its start, and every state with its moves, their probabilities and the values there."""
    process, signature, time = unending.process, unending.signature, unending.time
    scoped = [n for n in names if time in signature.reach[n]]
    states = []
    for state, here in unending.steps():
        rows: list[Json] = []
        for name in _own(here, scoped):
            reach, hidden = signature.reach[name] - {time}, {time: process.first}
            if not any(x.startswith("~") for x in reach):  # known at the step: the same whatever is drawn there
                reach, hidden = reach - {process.random}, {**hidden, process.random: here.model.outcomes[0][1]}
            rows += list(_rows(here, name, here.points(reach), hidden))
        moves = [[str(m.probability), _plain(m.label), _plain(m.to)] for m in process.chain[state]]
        states.append({"state": _plain(state), "moves": moves, "values": rows})
    plain = [n for n in names if n not in scoped and n != unending.horizon]
    origin = unending.origin
    rest = [row for n in _own(origin, plain) for row in _rows(origin, n, origin.points(signature.reach[n]), {})]
    return InstanceData(
        parameters={name: value for name, at, value in rest if not at},
        values=_listed([row for row in rest if row[1]], whole),
        objective=_objective(process.objective, whole),
        start=_plain(process.start),
        states=_listed(states, whole, sum(len(s["moves"]) + len(s["values"]) for s in states)),
    )

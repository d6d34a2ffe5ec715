"""Certificates at random: signatures, hypotheses that are true in a universe, steps of all rules, right and wrong ones.

The kernel takes a step or refuses it. Whatever it takes has to be true in the universe (`meaning`).
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from types import ModuleType
from typing import Any

from meaning import HUGE, IllDefinedError, Reading, Root2, UndecidedError, Universe, violated

from convbound.proofs import kernel as shipped

Json = Any
MAX_SIZE, MAX_DEGREE = 10, 5
EVERY = ("sum", "average", "expectation", "integral")


def signature(chance: random.Random) -> Json:
    """Scopes, symbols and functionals of all kinds, a few of each."""
    scopes: list[Json] = []
    lengths = ["d", "e", "K", "n", "N"]
    for name, length in zip("ij", lengths[:2], strict=True):
        if chance.random() < 0.7:
            scopes.append({"name": name, "kind": "index", "length": length})
    for name, length, variable in (("step", "K", "k"), ("draw", "n", "nu"))[: chance.choice([0, 1, 1, 2])]:
        about = {"length": length, "variable": variable, "start": str(chance.choice([0, 1])), "random": True}
        scopes.append({"name": name, "kind": "time", **about})
    if chance.random() < 0.5:
        about = {"length": "N", "variable": "m", "start": str(chance.choice([-1, 0, 2])), "random": False}
        scopes.append({"name": "plan", "kind": "time", **about})
    times = [s["name"] for s in scopes if s.get("random")]
    if times or chance.random() < 0.3:
        scopes.append({"name": "run", "kind": "random"})
    for name, variable in (("segment", "theta"), ("other", "eta"))[: chance.choice([0, 0, 0, 0, 1, 2])]:
        scopes.append({"name": name, "kind": "unit", "variable": variable})
    segments = [s["name"] for s in scopes if s["kind"] == "unit"]
    names = [s["name"] for s in scopes]
    symbols: list[Json] = [{"name": x, "scopes": [], "integer": True} for x in (*lengths, "z")]
    symbols += [{"name": x, "scopes": []} for x in "xy"]
    for k in range(chance.randint(4, 7)):
        over = [s for s in names if chance.random() < 0.4]
        if "run" in over:
            over += ["~" + t for t in times if chance.random() < 0.5]
        own = [s["name"] for s in scopes if s["kind"] == "time" and s["name"] in over]
        sequence = chance.choice(own) if own and chance.random() < 0.6 else None
        integer = chance.random() < 0.3 and not any(s["kind"] == "unit" and s["name"] in over for s in scopes)
        symbols.append({"name": f"v{k}", "scopes": over, "integer": integer, "sequence": sequence})
    if len(segments) == 2:
        symbols.append({"name": "wild", "scopes": segments})
    functionals: list[Json] = []
    for s in scopes:
        kinds = {"index": ("sum", "average"), "time": ("sum", "average"), "unit": ("integral",)}.get(s["kind"], ())
        functionals += [{"name": f"{kind}_{s['name']}", "kind": kind, "over": s["name"]} for kind in kinds]
    if "run" in names:
        given: list[list[str]] = [[], *(times[: k + 1] for k in range(len(times)))]
        functionals += [{"name": f"E{len(g)}", "kind": "expectation", "given": g} for g in given]
    return {"format": shipped.FORMAT, "scopes": scopes, "symbols": symbols, "functionals": functionals}


class RandomCertificate:
    """Grows a proof step by step against one universe; `kernel` may be a version with a fault put in."""

    def __init__(self, seed: int, kernel: ModuleType = shipped) -> None:
        self.kernel, self.chance, self.seed = kernel, random.Random(seed), seed
        self.header = signature(self.chance)
        self.proof = kernel.Proof(self.header)
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.checked = 0
        self.steps: list[Json] = []
        self.defined: list[str] = []
        for _ in range(20):
            try:
                self.universe = Universe(self.declared(), self.chance.randrange(2**32))
                break
            except UndecidedError:
                continue

    def declared(self) -> Json:
        """The declarations as the proof has them now."""
        p = self.proof
        functionals = [{k: v for k, v in f.items() if k not in ("binds", "at")} for f in p.functionals.values()]
        variables = {s.get("variable") for s in p.scopes.values()}
        symbols = [s for n, s in p.symbols.items() if n not in p.definitions and n not in variables]
        return {
            "scopes": list(p.scopes.values()),
            "symbols": symbols,
            "functionals": functionals,
            "definitions": p.definitions,
        }

    # ------------------------------------------------------------------------------------------------ expressions

    def atom(self, depth: int) -> Json:
        kind, p = self.chance.random(), self.proof
        variables = [s["variable"] for s in p.scopes.values() if "variable" in s]
        if kind < 0.55 or depth == 0:
            return self.chance.choice([*self.names(), *self.defined * 2, *variables])
        sequences = [(n, s["sequence"]) for n, s in p.symbols.items() if s.get("sequence")]
        if kind < 0.7 and sequences:
            name, time = self.chance.choice(sequences)
            moved = [self.chance.choice(["next", "first", "last"]), time, name]
            given = self.functional("expectation")
            return [given, moved] if given != "none" and self.chance.random() < 0.2 else moved
        if p.functionals:
            return [self.chance.choice([*p.functionals]), self.monomial(depth - 1)]
        return self.chance.choice(self.names())

    def names(self) -> list[str]:
        """The symbols that are declared or defined: a definition that was refused leaves none."""
        return [n for n in self.proof.symbols if n in self.defined or not n.startswith("made")]

    def monomial(self, depth: int) -> Json:
        factors = [self.atom(depth) for _ in range(self.chance.choice([1, 1, 2, 2, 3]))]
        return factors[0] if len(factors) == 1 else ["*", *factors]

    def expression(self, depth: int = 1) -> Json:
        terms = [
            ["*", self.chance.choice(["1", "2", "-1", "1/2"]), self.monomial(depth)]
            for _ in range(self.chance.choice([1, 1, 2, 3]))
        ]
        return terms[0] if len(terms) == 1 else ["+", *terms]

    def earlier(self, relation: str | None = None) -> Any:
        """A fact that is small enough to go on with."""
        small = [
            [n, k]
            for n, facts in enumerate(self.proof.facts)
            for k, t in enumerate(facts)
            if len(t.poly) <= MAX_SIZE
            and max((sum(e for _, e in m) for m in t.poly), default=0) <= MAX_DEGREE
            and (relation is None or (t.relation == "=") == (relation == "="))
        ]
        return self.chance.choice(small) if small else None

    def functional(self, *kinds: str) -> str:
        names = [n for n, f in self.proof.functionals.items() if f["kind"] in (kinds or EVERY)]
        return self.chance.choice(names) if names else "none"

    # ------------------------------------------------------------------------------------------------------ steps

    def hypothesis(self) -> Json:
        """A formula that is true in the universe: p is at least its least value, or equal to its only one."""
        e = self.expression()
        reading = Reading(self.universe)
        values = [reading.value(e, at) for at in reading.points([e, ">=", "0"])]
        least = min(values, key=lambda v: float(v.a) + 1.4142135623730951 * float(v.b))
        if least.b:
            return [e, ">=", str(Fraction(int(float(least.a) + 1.4142135623730951 * float(least.b)) - 2))]
        if all(v == least for v in values) and self.chance.random() < 0.7:
            return [e, "=", str(least.a)]
        below = least.a - self.chance.choice([Fraction(0), Fraction(0), Fraction(1)])
        return [e, ">=", str(below)] if self.chance.random() < 0.5 or below < least.a else [str(below), "<=", e]

    def propose(self) -> Json:
        rule = self.chance.choice(PROPOSALS)
        if rule == "hypothesis":
            return {"rule": rule, "fact": self.hypothesis()}
        if rule == "definition":
            kind = self.chance.choice(["absolute", "sign", "maximum", "quotient", "root"])
            if kind in ("quotient", "root"):
                return self.with_reason(kind)
            bodies = [self.expression(0) for _ in range(1 + (kind == "maximum"))]
            return {"rule": rule, "symbol": f"made{len(self.defined)}", "kind": kind, "bodies": bodies, "because": None}
        if rule == "combination":
            return self.combination()
        if rule in ("functional", "member"):
            return {"rule": rule, "functional": self.functional(*(("sum",) * (rule == "member"))), "of": self.earlier()}
        if rule == "induction":
            return self.induction()
        about = {
            "interchange": {"outer": self.functional(), "inner": self.functional()},
            "tower": {"outer": self.functional("expectation"), "inner": self.functional("expectation")},
            "average": {"functional": self.functional("average"), "sum": self.functional("sum")},
            "telescoping": {"functional": self.functional("sum", "average")},
            "integrality": {},
        }
        if rule == "interchange" and "wild" in self.proof.symbols and self.chance.random() < 0.2:
            return {"rule": rule, "outer": "integral_segment", "inner": "integral_other", "body": "wild"}
        simple = self.chance.random() < 0.3
        body = self.chance.choice(self.names()) if simple else self.expression(0 if rule == "integrality" else 1)
        return {"rule": rule, "body": body, **about[rule]}

    def with_reason(self, kind: str) -> Json:
        of = self.earlier(">=")
        if of is None:
            return {"rule": "none"}
        inside = self.proof.write(self.proof.fact(of).poly)
        bodies = [inside] if kind == "root" else [self.expression(0), inside]
        about = {"kind": kind, "bodies": bodies, "because": of}
        return {"rule": "definition", "symbol": f"made{len(self.defined)}", **about}

    def combination(self) -> Json:
        """Random multipliers of earlier facts; the fact is what they add up to, sometimes said too strongly."""
        p, total, terms, equations, strict = self.proof, [], [], [], False
        for _ in range(self.chance.choice([1, 1, 2])):
            references = [r for r in (self.earlier(">=") for _ in range(self.chance.choice([0, 1, 1, 2]))) if r]
            squares = [self.expression(0)] if self.chance.random() < 0.3 else []
            c = self.chance.choice(["1", "1", "2", "1/3", "0", "-1"])
            value = p.read(c)
            for r in references:
                value = p.multiply(value, p.fact(r).poly)
            for q in squares:
                value = p.multiply(value, p.multiply(p.read(q), p.read(q)))
            total.append(value)
            terms.append([c, references, squares])
            facts = [p.fact(r).relation for r in references]
            strict = strict or (not squares and all(f == ">" for f in facts) and c not in ("0", "-1"))
        reference = self.earlier("=" if self.chance.random() < 0.8 else None)
        if reference and self.chance.random() < 0.5:
            factor = self.expression(0)
            total.append(p.multiply(p.fact(reference).poly, p.read(factor)))
            equations.append([reference, factor])
        relation = self.chance.choice([">=", ">=", ">", "="]) if not strict else self.chance.choice([">", ">="])
        recipe: Json = {"terms": terms, "equations": equations}
        target = self.kernel.add(*total)
        if self.chance.random() < 0.15:
            recipe = {"split": self.expression(0), "cases": [recipe] * 3}
        elif self.chance.random() < 0.15:
            terms.append(["1", ["denied"], []])
            recipe["refute"] = True
        return {"rule": "combination", "fact": [p.write(target), relation, "0"], "by": recipe}

    def induction(self) -> Json:
        """s >= a + (t - start) b from first s >= a and next s >= s + b: the two are supposed where they are true."""
        sequences = [(n, s["sequence"]) for n, s in self.proof.symbols.items() if s.get("sequence")]
        if not sequences:
            return {"rule": "none"}
        name, time = self.chance.choice(sequences)
        reading, found = Reading(self.universe), []
        for e in (["first", time, name], ["+", ["next", time, name], ["*", "-1", name]]):
            values = [reading.value(e, at) for at in reading.points([e, ">=", "0"])]
            if any(v.b for v in values):
                return {"rule": "none"}
            found.append((e, min(v.a for v in values)))
            self.take({"rule": "hypothesis", "fact": [e, ">=", str(found[-1][1])]})
        base, move = len(self.proof.facts) - 2, len(self.proof.facts) - 1
        scope = self.proof.scopes[time]
        wrong = self.chance.choice([0, 0, 0, 1])
        climb = ["*", str(found[1][1] + wrong), ["+", scope["variable"], str(-int(scope["start"]))]]
        fact = [["+", name, ["*", "-1", climb], str(-found[0][1])], ">=", "0"]
        by = {"terms": [["1", ["previous"], []], ["1", [[move, 0]], []]]}
        first = [self.proof.write(self.proof.shift("first", time, self.proof.formula(fact).poly)), ">=", "0"]
        self.take({"rule": "combination", "fact": first, "by": {"terms": [["1", [[base, 0]], []]]}})
        return {"rule": "induction", "time": time, "fact": fact, "base": [len(self.proof.facts) - 1, 0], "by": by}

    def spoiled(self, step: Json) -> Json:
        """The step with one thing changed: a relation, a name, a number, a key left out."""
        step = {**step}
        key = self.chance.choice([k for k in step if k != "rule"] or ["rule"])
        value = step.get(key)
        if isinstance(value, list) and len(value) == 3 and value[1] in (">=", "=", ">"):
            step[key] = [value[0], self.chance.choice([">=", "=", ">", "<="]), self.chance.choice(["0", "1", "-1"])]
        elif key in ("functional", "outer", "inner", "sum"):
            step[key] = self.functional()
        elif key in ("of", "base", "because"):
            step[key] = self.earlier()
        elif key in ("body", "bodies"):
            step[key] = self.expression() if key == "body" else [self.expression(0) for _ in value or ()]
        return step

    def take(self, step: Json) -> bool:
        """Offer a step to the kernel."""
        try:
            facts = self.proof.step(step)
        except self.kernel.KernelError:
            self.refused[str(step.get("rule"))] += 1
            return False
        self.steps.append(step)
        self.accepted[step["rule"]] += 1
        if step["rule"] == "definition":
            self.defined.append(step["symbol"])
            self.universe.definitions = self.proof.definitions
        return bool(facts)

    def grow(self, steps: int) -> str | None:
        """Steps, and after each what is wrong with its facts: None where all are true."""
        for _ in range(steps):
            try:
                step = self.propose()
                if step["rule"] == "none":
                    continue
                step = self.spoiled(step) if self.chance.random() < 0.2 and step["rule"] != "hypothesis" else step
            except (self.kernel.KernelError, UndecidedError, IllDefinedError, ValueError, TypeError):
                continue
            before = len(self.proof.facts)
            if not self.take(step):
                continue
            for number in range(before, len(self.proof.facts)):
                for theorem in self.proof.facts[number]:
                    wrong = self.wrong(theorem)
                    if wrong:
                        return f"seed {self.seed}, step {number}, {self.steps[number]['rule']}: {theorem!r} {wrong}"
        return None

    def wrong(self, theorem: Any) -> str | None:
        """Why a fact is false in the universe."""
        reading = Reading(self.universe)
        try:
            at = reading.failure([self.proof.write(theorem.poly), theorem.relation, "0"])
        except UndecidedError:
            return None
        except IllDefinedError as problem:
            return str(problem)
        self.checked += 1
        return None if at is None else f"is false at {at}"


PROPOSALS = (
    *("hypothesis",) * 4,
    *("combination",) * 6,
    *("functional",) * 4,
    *("definition",) * 2,
    *("member", "member", "interchange", "interchange", "tower", "average", "telescoping", "integrality", "induction"),
)

# ---------------------------------------------------------------------------------------------------------- limits

LIMITS: Json = {
    "format": shipped.FORMAT,
    "scopes": [
        {"name": "step", "kind": "time", "length": "K", "variable": "k", "start": "1", "random": False},
        {"name": "plan", "kind": "time", "length": "N", "variable": "m", "start": "0", "random": False},
        {"name": "i", "kind": "index", "length": "d"},
    ],
    "symbols": [
        *({"name": x, "scopes": [], "integer": True} for x in ("K", "N", "d", "z")),
        *({"name": x, "scopes": []} for x in ("x", "y")),
        *({"name": x, "scopes": ["step"]} for x in ("u", "v")),
        {"name": "s", "scopes": ["step"], "sequence": "step"},
        {"name": "g", "scopes": ["i"]},
    ],
    "functionals": [
        {"name": "avg", "kind": "average", "over": "step"},
        {"name": "total", "kind": "sum", "over": "step"},
        {"name": "S_plan", "kind": "sum", "over": "plan"},
        {"name": "S", "kind": "sum", "over": "i"},
    ],
}


def random_limit(seed: int, kernel: ModuleType = shipped) -> tuple[Json, Json]:
    """A certificate of a limit: a fact of every step is averaged, and K goes to infinity; something may be off.

    Returns the certificate and its universe's lengths.
    """
    chance = random.Random(seed)
    pick = chance.choice
    inner = pick(
        [
            "u",
            "v",
            ["*", "u", "v"],
            ["*", "u", "u"],
            ["+", "u", ["*", "x", "v"]],
            ["+", ["next", "step", "s"], "u"],
            "x",
        ]
    )
    universe = Universe(_declared(LIMITS), chance.randrange(2**32), {"K": HUGE, "N": 2, "d": 2}, period=True)
    reading = Reading(universe)
    values = [reading.value(inner, {"step": k, None: ()}) for k in (1, 2)]
    low, high = (pick_(v.a + (2 if v.b else 0) * s for v in values) for pick_, s in ((min, -1), (max, 1)))
    steps: list[Json] = [
        {"rule": "hypothesis", "fact": [inner, "<=", str(high)]},
        {"rule": "hypothesis", "fact": [inner, ">=", str(low)]},
    ]
    extra = pick([None, None, None, "k", "K", "total", "plan", "last", "sign"])
    counts = {
        "k": ["k", "<=", "5"],
        "K": ["K", "<=", "4"],
        "total": [["total", ["*", "u", "u"]], "<=", "40"],
        "plan": [["S_plan", "x"], "<=", "K"],
        "last": [["last", "step", "s"], ">=", "s"],
    }
    if extra in counts:
        steps.append({"rule": "hypothesis", "fact": counts[extra]})
    if extra == "sign" or chance.random() < 0.1:
        steps.append(
            {"rule": "definition", "symbol": "sg", "kind": "sign", "bodies": [pick(["x", "u"])], "because": None}
        )
    average = chance.random() < 0.7
    horizon = pick(["K", "K", "K", "K", "N", "d", "z", "k", "m", "sg"])
    u = ["avg", inner] if average else pick([inner, "x", "1", ["S", "g"]])
    top, scale = pick([str(high), str(high - 1), str(high)]), pick(["1", horizon, ["*", horizon, horizon]])
    proof = kernel.Proof(LIMITS)
    for s in steps:
        proof.step(s)
    for fact in (0, 1):
        if average:
            steps.append({"rule": "functional", "functional": "avg", "of": [fact, 0]})
            proof.step(steps[-1])
    above, below = (len(steps) - 2, len(steps) - 1) if average else (0, 1)
    steps.append({"rule": "combination", "fact": ["1", ">", "0"], "by": {"terms": [["1", [], []]]}})
    proof.step(steps[-1])
    leading = len(steps) - 1
    numerator, more = ["*", scale, top], []
    if scale != "1" or chance.random() < 0.3:  # the sign of the horizon, as far as it can be had
        steps.append({"rule": "hypothesis", "fact": [horizon, ">", "0"]})
    positive = [len(steps) - 1, 0]
    if chance.random() < 0.3:
        added = pick([horizon, "1", "-1"])
        numerator = ["+", numerator, added]
        more = [["1", [positive] if added == horizon else [], []]]
    by: Json = {
        "terms": [
            [
                "1",
                [*([positive] * [1, horizon, ["*", horizon, horizon]].index(scale if scale != "1" else 1)), [above, 0]],
                [],
            ],
            *more,
        ]
    }
    floor: Json = str(low)
    if chance.random() < 0.05 and high >= 0:  # a bound that grows
        steps.append({"rule": "hypothesis", "fact": [horizon, ">=", "1"]})
        numerator, scale = ["*", horizon, str(high)], "1"
        by = {"terms": [[str(high), [[len(steps) - 1, 0]], []], ["1", [[above, 0]], []]]}
    if chance.random() < 0.05:  # the bound is the thing itself
        numerator, scale, by = u, "1", {"terms": []}
    if chance.random() < 0.05:  # a floor that falls with the horizon
        u, scale, numerator, floor = ["*", "-1", horizon], horizon, ["*", "-1", horizon], ["*", "-1", horizon]
        steps.append({"rule": "integrality", "body": horizon})
        by = {"terms": [["1", [[len(steps) - 1, 0]], []]]}
        steps.append({"rule": "combination", "fact": ["0", ">=", "0"], "by": {"terms": []}})
        below = len(steps) - 1
    difference = ["+", numerator, ["*", "-1", scale, u]]
    steps.append({"rule": "combination", "fact": [difference, ">=", "0"], "by": by})
    about = {"numerator": numerator, "denominator": scale, "floor": floor, "upper": [len(steps) - 1, 0]}
    about |= {"lower": [below, 0], "leading": [leading, 0], "body": u, "horizon": horizon}
    steps.append({"rule": "limit", **about})
    return {**LIMITS, "steps": steps, "conclusion": [len(steps) - 1, 0]}, universe.seed


def _declared(header: Json) -> Json:
    """The declarations of a certificate as a statement has them."""
    symbols = [{"integer": False, "sequence": None, **s} for s in header["symbols"]]
    return {**header, "symbols": symbols, "definitions": {}, "hypotheses": [], "conclusion": ["0", "=", "0"]}


def hunt_limit(seed: int, kernel: ModuleType = shipped) -> tuple[bool, str | None]:
    """Whether the kernel takes the limit of a seed, and what is wrong with its statement."""
    try:
        certificate, drawn = random_limit(seed, kernel)
        proof, theorem = kernel.replay(certificate)
    except (kernel.KernelError, UndecidedError):
        return False, None
    statement = dict(proof.statement(theorem))
    for other in (drawn, *range(3)):
        for lengths in ({"N": 2, "d": 2}, {"N": 1, "d": 1}):
            problem = violated(statement, other, {"K": HUGE, **lengths})
            if problem:
                return True, f"limit of seed {seed}: {problem}"
    return True, None


__all__ = ["HUGE", "RandomCertificate", "Root2", "hunt_limit", "random_limit", "signature"]

"""Certificates as terms of Coq: python proofs/coq/terms.py NAME=CERTIFICATE.json .. > proofs/coq/Certificates.v.

What this prints is checked by the checker inside Coq, and what that proves is spelled out there: it is not trusted.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from fractions import Fraction
from pathlib import Path
from typing import Any

from convbound.bounds.plain_data import Json

HOW = {"next": "Next", "first": "First", "last": "Last"}
WRITTEN = {">=": "WGe", ">": "WGt", "=": "WEq", "<=": "WLe", "<": "WLt"}
HEAD = """(* Certificates of the library, as terms, printed by terms.py. *)

From Coq Require Import List ZArith QArith.
From Convbound Require Import Syntax.
Import ListNotations.
"""


class Terms:
    """The names of all certificates have the same numbers."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def name(self, text: str) -> str:
        """A name; what it is called in Coq."""
        self.numbers.setdefault(text, len(self.numbers) + 1)
        return f"x_{text}"

    def all(self, data: list[Json], one: Any) -> str:
        """A list."""
        return f"[{'; '.join(one(x) for x in data)}]"

    def expression(self, data: Json) -> str:
        """An expression."""
        if isinstance(data, str):
            return f"Sym {self.name(data)}" if data[0].isalpha() else f"Const {rational(data)}"
        operator, *rest = data
        if operator in ("+", "*"):
            made = self.expression(rest[0])
            for x in rest[1:]:
                made = f"{'Add' if operator == '+' else 'Mul'} ({made}) ({self.expression(x)})"
            return made
        if operator == "^":
            return f"Pow ({self.expression(rest[0])}) {rest[1]}"
        if operator in HOW:
            return f"Shift {HOW[operator]} {self.name(rest[0])} ({self.expression(rest[1])})"
        if operator == "limsup":
            return f"Limsup {self.name(rest[0])} ({self.expression(rest[1])})"
        return f"App {self.name(operator)} ({self.expression(rest[0])})"

    def formula(self, data: Json) -> str:
        """A formula."""
        return f"(Formula ({self.expression(data[0])}) {WRITTEN[data[1]]} ({self.expression(data[2])}))"

    def recipe(self, data: Json) -> str:
        """A recipe of a combination."""
        if "both" in data:
            return f"(Both {' '.join(map(self.recipe, data['both']))})"
        if "split" in data:
            return f"(Split ({self.expression(data['split'])}) {' '.join(map(self.recipe, data['cases']))})"
        terms = self.all(
            data.get("terms", []),
            lambda t: f"({rational(t[0])}, {self.all(t[1], reference)}, {self.all(t[2], self.expression)})",
        )
        equations = self.all(data.get("equations", []), lambda e: f"({reference(e[0])}, {self.expression(e[1])})")
        return f"(Combination {str(data.get('refute', False)).lower()} {terms} {equations})"

    def step(self, data: Json) -> str:
        """A step; its fields are in the order of Syntax.v."""
        body = [f"({self.expression(data[k])})" for k in ("body", "numerator", "denominator", "floor") if k in data]
        match data["rule"]:
            case "hypothesis":
                return f"SHypothesis {self.formula(data['fact'])}"
            case "combination":
                return f"SCombination {self.formula(data['fact'])} {self.recipe(data['by'])}"
            case "definition":
                because = "None" if data["because"] is None else f"(Some ({reference(data['because'])}))"
                bodies = self.all(data["bodies"], self.expression)
                return f"SDefinition {self.name(data['symbol'])} {data['kind'].capitalize()} {bodies} {because}"
            case "functional" | "member" as rule:
                return f"S{rule.capitalize()} {self.name(data['functional'])} ({reference(data['of'])})"
            case "interchange" | "tower" as rule:
                return f"S{rule.capitalize()} {self.name(data['outer'])} {self.name(data['inner'])} {body[0]}"
            case "average":
                return f"SAverage {self.name(data['functional'])} {self.name(data['sum'])} {body[0]}"
            case "telescoping":
                return f"STelescoping {self.name(data['functional'])} {body[0]}"
            case "induction":
                base = f"({reference(data['base'])}) {self.recipe(data['by'])}"
                return f"SInduction {self.name(data['time'])} {self.formula(data['fact'])} {base}"
            case "integrality":
                return f"SIntegrality {body[0]}"
        facts = " ".join(f"({reference(data[k])})" for k in ("upper", "lower", "leading"))
        return f"SLimit {self.name(data['horizon'])} {' '.join(body)} {facts}"

    def certificate(self, name: str, data: Json) -> str:
        """A certificate, as a definition."""
        data = pruned(data)
        times = [s["name"] for s in data["scopes"] if s.get("random")]
        noise = [s["name"] for s in data["scopes"] if s["kind"] == "random"]

        def scope(s: Json) -> str:
            kind = s["kind"]
            if kind == "index":
                about = f"Index {self.name(s['length'])}"
            elif kind == "unit":
                about = f"Unit {self.name(s['variable'])}"
            else:
                names = f"{self.name(s['length'])} {self.name(s['variable'])}"
                about = f"Time {names} ({s['start']})%Z {str(s['random']).lower()}"
            return f"({self.name(s['name'])}, {about})"

        def element(x: str) -> str:
            if x.startswith("~"):
                return f"Unk {times.index(x[1:]) + 1}"
            return "Rnd" if x in noise else f"At {self.name(x)}"

        def symbol(s: Json) -> str:
            time = s.get("sequence")
            flags = f"{str(s.get('integer', False)).lower()} {f'(Some {self.name(time)})' if time else 'None'}"
            return f"({self.name(s['name'])}, Symbol {self.all(s['scopes'], element)} {flags} [])"

        def functional(f: Json) -> str:
            if f["kind"] == "expectation":
                return f"({self.name(f['name'])}, Expect {self.all(f['given'], self.name)})"
            return f"({self.name(f['name'])}, {f['kind'].capitalize()} {self.name(f['over'])})"

        limit = re.search(r'"(?:limsup", |horizon": )"(\w+)"', json.dumps(data["steps"]))
        horizon = f"(Some {self.name(limit[1])})" if limit else "None"
        random = f"(Some {self.name(noise[0])})" if noise else "None"
        scopes = self.all([s for s in data["scopes"] if s["kind"] != "random"], scope)
        steps = ";\n  ".join(map(self.step, data["steps"]))
        return (
            f"\n(* {data.get('claim', '')} *)\nDefinition {name} : certificate := Certificate (Signature\n"
            f"  {scopes}\n  {random}\n  {self.all(data['symbols'], symbol)}\n"
            f"  {self.all(data['functionals'], functional)}\n  [] {horizon}) [\n  {steps}]\n"
            f"  ({reference(data['conclusion'])}).\n"
        )


def pruned(data: Json) -> Json:
    """The certificate without the symbols and functionals that its steps do not mention."""
    said = set(re.findall(r'"(\w+)"', json.dumps(data["steps"]))) | {s.get("length") for s in data["scopes"]}
    return {**data, **{k: [x for x in data[k] if x["name"] in said] for k in ("symbols", "functionals")}}


def rational(text: str) -> str:
    """A rational number."""
    q = Fraction(text)
    return f"({q.numerator}#{q.denominator})"


def reference(data: Json) -> str:
    """A reference to a fact."""
    if isinstance(data, list):
        return f"Ref {data[0]} {data[1]}"
    return f"Case {data[4:]}" if data.startswith("case") else data.capitalize()


def main(*files: str) -> None:
    """Print them all."""
    terms, made = Terms(), []
    for file in files:
        name, _, path = file.partition("=")
        made.append(terms.certificate(name, json.loads(Path(path).read_text(encoding="utf-8"))))
    names = "".join(f"Definition x_{text} : name := {number}%positive.\n" for text, number in terms.numbers.items())
    lines = f"{HEAD}\n{names}{''.join(made)}".splitlines()
    print("\n".join("\n".join(textwrap.wrap(x, 120, break_long_words=False)) for x in lines))


if __name__ == "__main__":
    main(*sys.argv[1:])

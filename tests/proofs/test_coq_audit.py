"""The audit of the theory in Coq: forged proofs and statements are rejected; the theory itself is not."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

THEORY = Path(__file__).resolve().parents[2] / "proofs" / "coq"
AUDIT: dict[str, Any] = runpy.run_path(str(THEORY / "audit.py"))
PRINTED = (
    f"soundness\n:\n{AUDIT['THEOREM']}\n : {AUDIT['THEOREM']}\nAxioms:\n"
    "ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}\n"
    "ClassicalDedekindReals.sig_forall_dec\n  : forall P : nat -> Prop, {n : nat | ~ P n} + {forall n : nat, P n}\n"
    "FunctionalExtensionality.functional_extensionality_dep\n  : forall (A : Type), f = g\n"
)
SWITCHES = (
    "Unset Guard Checking.",
    "Unset Positivity Checking.",
    "Unset Universe Checking.",
    "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.",
    "Axiom cheat : forall P : Prop, P.",
    "Axioms a b : False.",
    "Parameter cheat : False.",
    "Parameters a b : False.",
    "Conjecture cheat : False.",
    "Hypothesis cheat : False.",
    "Hypotheses a b : False.",
    "Variable cheat : False.",
    "Variables a b : False.",
    "Context (cheat : False).",
    "Lemma cheat : False. Admitted.",
    "Lemma cheat : False. Proof. admit. Admitted.",
    "Lemma cheat : False. Proof. give_up. Admitted.",
    'Notation "a <= b" := True.',
    'Notation "x < y" := (x <> y).',
    "Notation valid := (fun _ => True).",
    'Infix "<" := Rle.',
    'Reserved Notation "a << b" (at level 70).',
    'Declare ML Module "cheat".',
    'Load "cheat".',
    'Extract Constant check => "fun _ -> Some statement".',
    'Extract Inductive bool => "bool" ["false" "true"].',
    "Coercion cheat : nat >-> Q.",
    "Canonical cheat.",
    "Instance cheat : C.",
    'Add LoadPath "elsewhere" as Convbound.',
    "Primitive int := #int63_type.",
)
STATEMENTS = (
    ("Semantics.v", "WGt => x > y", "WGt => x >= y"),
    ("Semantics.v", "0 <= v <= 1", "0 < v < 1"),
    ("Semantics.v", "legal p -> compare_as", "False -> compare_as"),
    ("Semantics.v", "x = a / b", "x = b / a"),
    ("Semantics.v", "INR (S n)", "INR n"),
    ("Semantics.v", "holds (about t) M (proves t)", "True"),
    ("Semantics.v", "WGe => x >= y", "WGe => True"),
    ("Semantics.v", "l - e < u n", "l - e < u N"),
    ("Semantics.v", "sum_to m f + f m", "sum_to m f"),
    ("Syntax.v", "if Pos.eqb x y then Some a", "if Pos.eqb x x then Some a"),
    ("Syntax.v", "negb (Pos.eqb z k)", "true"),
)
ASSUMPTIONS = (
    ("check c = Some t -> Semantics.valid t", "Semantics.valid t -> Semantics.valid t"),
    ("check c = Some t", "check c = None"),
    ("soundness\n", "other\n"),
    ("Axioms:\n", "Axioms:\ncheat : False\n"),
    ("ClassicalDedekindReals.sig_not_dec : ", "Classical_Prop.classic : "),
    (PRINTED, ""),
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(THEORY, tmp_path / "coq")
    return tmp_path / "coq"


def test_the_theory() -> None:
    assert AUDIT["of_the_sources"](THEORY) == [] and AUDIT["of_the_assumptions"](PRINTED) == []


@pytest.mark.parametrize("forged", SWITCHES)
@pytest.mark.parametrize("name", ["Soundness.v", "Checker.v"])
def test_switches(copy: Path, name: str, forged: str) -> None:
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8") + f"\n{forged}\n", encoding="utf-8")
    assert any(name in line for line in AUDIT["of_the_sources"](copy))


def test_a_comment_is_no_switch(copy: Path) -> None:
    path = copy / "Soundness.v"
    path.write_text(path.read_text(encoding="utf-8") + "(* no (* Axiom *) Admitted *)\n", encoding="utf-8")
    assert AUDIT["of_the_sources"](copy) == []


@pytest.mark.parametrize(("name", "old", "new"), STATEMENTS)
def test_another_statement(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any("not those that were read" in line for line in AUDIT["of_the_sources"](copy))


@pytest.mark.parametrize(("old", "new"), ASSUMPTIONS)
def test_another_theorem(old: str, new: str) -> None:
    assert old in PRINTED and AUDIT["of_the_assumptions"](PRINTED.replace(old, new))


# One condition of a rule, left out of the checker: Coq no longer accepts the proof.
FAULTS = (
    ("guard (Qle_bool 0 c)", "guard true"),
    ("guard (commute a b)", "guard true"),
    ("guard (length x <=? length y)", "guard true"),
    ("rel_eqb r RGt && same p b", "same p b"),
    ("negb (mem s g)", "true"),
    ("(strict || negb (refute || rel_eqb r RGt))", "true"),
    ("RGt => RGe | _ => RGt end, pscale", "RGt => RGt | _ => RGt end, pscale"),
    ("guard (Pos.eqb s t)", "guard true"),
    ("(degree k n <=? deg) && ", ""),
    ("constant_along (fixed sg k) b", "true"),
    ("if over_time", "if false && over_time"),
    ("Next => unforeseen r x", "Next => r x"),
)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("coqc") is None, reason="needs Coq")
@pytest.mark.parametrize(("old", "new"), FAULTS)
def test_faults_break_the_proof(copy: Path, tmp_path: Path, old: str, new: str) -> None:
    path = copy / "Checker.v"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    made = subprocess.run(
        ["make", "-C", copy, f"OUT={tmp_path / 'out'}"], capture_output=True, timeout=600, check=False
    )
    assert made.returncode != 0 and b"Error" in made.stderr

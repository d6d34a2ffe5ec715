"""The audit of the theory in Coq: forged proofs and statements are rejected; the theory itself is not."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from convbound.proofs import kernel

THEORY = Path(__file__).resolve().parents[2] / "proofs" / "coq"
AUDIT: dict[str, Any] = runpy.run_path(str(THEORY / "audit.py"))
PRINTED = (
    f"soundness\n:\n{AUDIT['THEOREM']}\n : {AUDIT['THEOREM']}\nAxioms:\n"
    "ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}\n"
    "ClassicalDedekindReals.sig_forall_dec\n  : forall P : nat -> Prop, {n : nat | ~ P n} + {forall n : nat, P n}\n"
    "FunctionalExtensionality.functional_extensionality_dep\n  : forall (A : Type), f = g\n"
)
HEADLINES = (THEORY / "headlines.txt").read_text(encoding="utf-8")
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
    "Set Definitional UIP.",
    "Lemma cheat : True. Proof. native_compute. exact I. Qed.",
    "Module Type T. End T.",
    "Obligation 1. exact I. Qed.",
    "Admit Obligations.",
    "Delimit Scope R_scope with Q.",
    "Bind Scope nat_scope with R.",
    "Register cheat as core.eq.",
    "Reset soundness.",
    "From Elsewhere Require Import All.",
    "Require Import Cheat.",
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
    ("Run.v", "O => 1 - r", "O => 1"),
    ("Run.v", "count i w (j * n) n", "count i w 0 n"),
    ("Run.v", "f (S j)", "f j"),
    ("Run.v", "if Nat.ltb j m then w j else 0%nat", "0%nat"),
    ("Run.v", "then 1 else if Rlt_dec x 0 then -1", "then 0 else if Rlt_dec x 0 then 0"),
    ("Run.v", "/ INR K", "/ INR (K * K)"),
    ("Run.v", "G x i ^ 2", "G x i ^ 1"),
    ("Extract.v", "Print Assumptions soundness", "Print Assumptions Pos.eqb"),
    ("Extract.v", "Check (soundness", 'Goal True. idtac "soundness". exact I. Qed. Check (soundness'),
    ("Headlines.v", "Check T1a.", "Check T1b."),
    ("Headlines.v", "Print Assumptions headlines", "Print Assumptions half_integer_smooth"),
    ("headlines.txt", "L / 2 + (F w1 - F_inf)", "L / 4 + (F w1 - F_inf)"),
)
ASSUMPTIONS = (
    ("check c = Some t -> Semantics.valid t", "Semantics.valid t -> Semantics.valid t"),
    ("check c = Some t", "check c = None"),
    ("soundness\n", "other\n"),
    ("Axioms:\n", "Axioms:\ncheat : False\n"),
    ("ClassicalDedekindReals.sig_not_dec : ", "Classical_Prop.classic : "),
    (PRINTED, ""),
)
RUNS = (
    ("sqrt (INR d) * L / 2", "sqrt (INR d) * L / 4"),
    ("INR d = 79400", "INR d = 1"),
    ("l > 17 * sqrt", "l >= 17 * sqrt"),
    ("c / 4 * (sqrt (INR d) - 1)", "0"),
    ("0 < r <= 1", "1 < r <= 1"),
    ("mean_of d 1 r c G w1 (phi d c G) K", "0"),
    ("exists l : R", "forall l : R"),
    ("printed_limit_fails", "unprinted_limit_fails"),
    ("Axioms:\n", "Axioms:\ncheat : False\n"),
    ("functional_extensionality_dep", "functional_choice"),
    (HEADLINES, ""),
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources but for the certificates, which are long."""
    shutil.copytree(THEORY, tmp_path / "coq", ignore=shutil.ignore_patterns("Certificates.v"))
    return tmp_path / "coq"


def test_the_theory() -> None:
    assert AUDIT["of_the_sources"](THEORY) == [] and AUDIT["of_the_assumptions"](PRINTED) == []
    assert AUDIT["of_the_headlines"](HEADLINES, HEADLINES) == []


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


@pytest.mark.parametrize(("old", "new"), RUNS)
def test_another_theorem_about_a_run(old: str, new: str) -> None:
    assert old in HEADLINES and AUDIT["of_the_headlines"](HEADLINES.replace(old, new), HEADLINES)


@pytest.mark.parametrize("rule", kernel.RULES)
def test_each_rule_has_its_lemma(rule: str) -> None:
    """The page on the kernel names it beside the proof on paper, and it is there."""
    page = (THEORY.parents[1] / "docs" / "kernel.md").read_text(encoding="utf-8")
    found = re.search(rf"^\*\*{rule}\*\* \(`(\w+)`\)", page, flags=re.M)
    assert found and re.search(
        rf"^Lemma {found[1]} :", (THEORY / "Soundness.v").read_text(encoding="utf-8"), flags=re.M
    )


@pytest.mark.parametrize("missing", ["assumptions.txt", "headlines.txt"])
def test_nothing_printed_is_no_pass(missing: str, tmp_path: Path) -> None:
    for name, text in (("assumptions.txt", PRINTED), ("headlines.txt", HEADLINES)):
        (tmp_path / name).write_text("" if name == missing else text, encoding="utf-8")
    assert AUDIT["main"](str(tmp_path)) == 1
    (tmp_path / missing).unlink()
    with pytest.raises(FileNotFoundError):
        AUDIT["main"](str(tmp_path))


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


ORDER = [x for x in (THEORY / "_CoqProject").read_text(encoding="utf-8").split() if x.endswith(".v")]
needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="needs Coq")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    subprocess.run(["make", "-C", THEORY, f"OUT={out}"], capture_output=True, timeout=900, check=True)
    return out


def refused(built: Path, folder: Path, name: str, old: str, new: str) -> bool:
    """Whether Coq refuses the theory, from the file on in which something is written otherwise."""
    shutil.copytree(built, folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    for file in ORDER[ORDER.index(name) :]:
        made = subprocess.run(
            ["coqc", "-q", "-Q", ".", "Convbound", file], cwd=folder, capture_output=True, timeout=900, check=False
        )
        if made.returncode:
            return b"Error" in made.stderr
    return False


@pytest.mark.long
@needs_coq
@pytest.mark.parametrize(("old", "new"), FAULTS)
def test_faults_break_the_proof(built: Path, tmp_path: Path, old: str, new: str) -> None:
    assert refused(built, tmp_path / "faulty", "Checker.v", old, new)


# What the audit cannot read off a text, Coq refuses: a false bound, a condition left out, another certificate.
FORGED = (
    ("T1.v", "L / 2 + (F w1 - F_inf) / (INR K * r).", "L / 4 + (F w1 - F_inf) / (INR K * r)."),
    ("T1.v", "Hypothesis c_pos : 0 < c.", "Hypothesis c_pos : 0 <= c."),
    ("Proposition4.v", "L * M_G * alpha < 2 * mu ->", "True ->"),
    ("HalfInteger.v", "INR d * L ^ 2 / 4 <=", "INR d * L ^ 2 / 2 <="),
    ("HalfInteger.v", "Hypothesis lattice : forall i, whole (w1 i).", "Hypothesis lattice : True."),
    ("Certificates.v", "(1#4)", "(1#2)"),
)


@pytest.mark.long
@needs_coq
@pytest.mark.parametrize(("name", "old", "new"), FORGED)
def test_forged_theorems_have_no_proof(built: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    assert refused(built, tmp_path / "forged", name, old, new)

"""Printed experiments again: what is said of a printed number, the document, Ctrl-C and going on, and Task I."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convbound.checks.cli import main
from convbound.checks.experiments import rungs, task_one, training
from convbound.checks.experiments.outcome import Objection, Outcome, best_choice, best_of_all, consistent, outcome


def test_outcomes() -> None:
    near, far = outcome("STE", "l1", 1.0, [0.9, 1.1, 1.0]), outcome("STE", "l1", 2.0, [0.9, 1.1, 1.0])
    assert (near.verdict, far.verdict) == ("reproduced", "not reproduced")
    assert far.z == pytest.approx(10.0)
    assert consistent([near, far]) == {("", "l1"): (1, 2)}
    assert best_choice([near, far]) == ("", "l1", 1, 2)
    assert outcome("STE", "l1", 1.0, [0.5, 0.5]).z == math.inf


def test_one_choice_for_all_tables() -> None:
    """Each choice explains one table of one row; none explains both, and b explains more of the second."""

    def judged(row: str, reading: str, choice: str, good: bool) -> Outcome:
        return outcome(row, reading, 1.0 if good else 9.0, [0.9, 1.1], choice=choice)

    found = [judged("x", "loss", "a", True), judged("x", "loss", "b", False)]
    found += [judged(row, norm, "a", False) for row in "xy" for norm in ("l1", "l2")]
    found += [judged(row, norm, "b", norm == "l2") for row in "xy" for norm in ("l1", "l2")]
    assert best_of_all(found, [("loss",), ("l1", "l2")]) == ("b", ["loss", "l2"], 2, 3)


def test_an_objection_outweighs_a_small_z_and_a_weak_one_is_none() -> None:
    def verdict(objection: Objection) -> str:
        return outcome("STE", "l1", 1.0, [0.9, 1.1], objection=objection).verdict

    assert verdict(Objection("a theorem")) == "impossible"
    assert verdict(Objection("chance", 0.01)) == "excluded"
    assert verdict(Objection("chance", 0.2)) == "reproduced"


def test_a_number_is_impossible_by_a_theorem_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row, reading = next(iter(task_one.IMPOSSIBLE))
    assert task_one.objection(row, reading, 0.4156) is not None
    monkeypatch.setitem(task_one.IMPOSSIBLE, (row, reading), "askewsgd:no-such-claim")
    assert task_one.objection(row, reading, 0.4156) is None


def test_the_losses_of_vectors_of_signs() -> None:
    """By draws: the mean of 200 000 losses in [0, 10.1] is within 0.06 with probability 1 - 1e-3 or so (4 sd)."""
    rng = np.random.default_rng(1)
    x = rng.uniform(-1, 1, (200_000, 10))
    y = np.where(rng.random(200_000) < 1 / (1 + np.exp(-x.sum(axis=1))), 1.0, -1.0)
    for wrong in (0, 1, 3):
        signs = np.where(np.arange(10) < wrong, -1.0, 1.0)
        losses = np.logaddexp(0, -y * (x @ signs))
        assert abs(losses.mean() - rungs.mean_loss(wrong)) < 4 * losses.std() / math.sqrt(len(x))
    assert rungs.mean_loss(1) - rungs.mean_loss(0) == pytest.approx(rungs.mean_loss(9) - rungs.mean_loss(8))


def test_the_chance_of_a_loss_is_a_bound() -> None:
    """Of 2000 samples of 30 losses of the best vector, no more are so far off than Chernoff allows."""
    rng = np.random.default_rng(2)
    x = rng.uniform(-1, 1, (2000, 30, 10))
    y = np.where(rng.random((2000, 30)) < 1 / (1 + np.exp(-x.sum(axis=2))), 1.0, -1.0)
    means = np.logaddexp(0, -y * x.sum(axis=2)).mean(axis=1)
    for value in (0.30, 0.36, 0.65):
        share = (means >= value).mean() if value > 0.48 else (means <= value).mean()
        bound = math.exp(-30 * rungs.rate(0, value))
        assert 0 < share <= bound + 3 * math.sqrt(bound / 2000)
    assert rungs.chance(0.5172, 6000) < 1e-5 < 0.1 < rungs.chance(0.5653, 6000)
    assert rungs.chance(0.4818, 6000) == 1.0


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A miniature of the task."""
    monkeypatch.setattr(task_one, "SAMPLES", 40)
    monkeypatch.setattr(task_one, "BATCH", 20)
    monkeypatch.setattr(task_one, "EPOCHS", 2)


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as end:
        main(["reproduce", *map(str, arguments)])
    return int(end.value.code or 0)


@pytest.mark.usefixtures("small")
def test_the_command_writes_every_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "one.json"
    assert run("task-1", "--seeds", 3, "--json", record) == 0
    document = json.loads(record.read_text(encoding="utf-8"))
    assert document["complete"] and document["options"]["seeds"] == 3
    assert {len(values) for row in document["jobs"].values() for values in row.values()} == {3}
    assert set(task_one.PRINTED) < {job.partition(" | ")[0] for job in document["jobs"]}
    assert {o["verdict"] for o in document["outcomes"]} >= {"impossible", "excluded", "not reproduced"}
    captured = capsys.readouterr()
    assert "is impossible as l1" in captured.out
    assert "10 of 10: dual ascent" in captured.err and "ProxQuant" in captured.out


@pytest.mark.usefixtures("small")
def test_an_interrupted_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts, real = tmp_path / "whole.json", tmp_path / "parts.json", task_one.train
    assert run("task-1", "--seeds", 2, "--json", whole) == 0

    def stopped(scheme: Any, *rest: Any, **task: int) -> Any:
        if scheme.name == "STE":
            raise KeyboardInterrupt
        return real(scheme, *rest, **task)

    monkeypatch.setattr(task_one, "train", stopped)
    assert run("task-1", "--seeds", 2, "--json", parts) == 130
    partial = json.loads(parts.read_text(encoding="utf-8"))
    assert not partial["complete"] and [x.partition(" | ")[0] for x in partial["jobs"]] == [
        "full precision",
        "BinaryConnect",
    ]
    monkeypatch.setattr(task_one, "train", real)
    assert run("task-1", "--seeds", 2, "--json", parts, "--resume") == 0
    assert parts.read_bytes() == whole.read_bytes()
    assert run("task-1", "--seeds", 3, "--json", parts, "--resume") == 2


@pytest.mark.usefixtures("small")
def test_a_folder_and_the_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(task_one, "IMPOSSIBLE", {})  # certificates take their time; see below
    monkeypatch.setattr(task_one, "signs_certificate", lambda dimension: "{}")
    folder = tmp_path / "new" / "one"
    assert run("task-1", "--seeds", 2, "--json", "-", "--out", folder) == 0
    assert capsys.readouterr().out == (folder / "results.json").read_text(encoding="utf-8")
    assert {p.name for p in folder.iterdir()} == {"results.json", "certificates", "table-1.svg", "table-2.svg"}
    (folder / "results.json").write_text("{}", encoding="utf-8")
    assert run("task-1", "--seeds", 2, "--out", folder, "--resume") == 2
    assert (folder / "results.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.long
@pytest.mark.usefixtures("small")
def test_theorems_and_computations_recheck(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("task-1", "--seeds", 2, "--out", tmp_path) == 0
    with pytest.raises(SystemExit) as end:
        main(["recheck", str(tmp_path / "certificates")])
    best = json.loads((tmp_path / "certificates" / "task-1-signs.json").read_text(encoding="utf-8"))["best"]
    assert float(best[0]) <= rungs.mean_loss(0) <= float(best[1])  # by floats, another way
    printed = capsys.readouterr().out
    assert end.value.code == 0 and "4 certificates checked, 0 refused" in printed, printed
    assert "1 computation done again, 0 refused" in printed


@pytest.mark.usefixtures("small")
def test_a_run_that_diverges_is_null(tmp_path: Path) -> None:
    """And can be gone on with: what is not finite is not reproduced."""
    record = tmp_path / "one.json"
    about = ("task-1", "--seeds", 2, "--ascent", 1e300, "--cap", 1e307, "--first-weights", "normal", "--json", record)
    assert run(*about) == 0
    before = record.read_bytes()
    (job,) = (job for name, job in json.loads(before)["jobs"].items() if name.startswith("SGDA (eps = 0.01)"))
    assert None in job["loss of the weights"]
    assert run(*about, "--resume") == 0
    assert record.read_bytes() == before


@pytest.mark.usefixtures("small")
def test_a_sweep_tries_every_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(training, "FIRST", ("uniform",))
    record = tmp_path / "sweep.json"
    assert run("task-1", "--seeds", 2, "--sweep", "--json", record) == 0
    document = json.loads(record.read_text(encoding="utf-8"))
    assert len({o["choice"] for o in document["outcomes"]}) == 6
    assert len(document["outcomes"]) == 6 * 7 * 7 and len(document["jobs"]) == 2 * (8 + 2 * 3)
    printed = capsys.readouterr().out
    assert "6 choices of what is left open" in printed and "the best of 18 tried" in printed
    assert "all tables with one choice: at most" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("task-9",), "task-1"),
        (("task-1", "--seeds", "1"), "--seeds is a number of runs from 2"),
        (("task-1", "--cap", "nan"), "--cap is a positive number"),
        (("task-1", "--resume"), "--resume goes on with a file"),
        ((), "which experiment?"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1

"""Task II: nets and their gradients, the search over all of them, feasible weights, certificates, and the command."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convbound.checks.cli import main
from convbound.checks.experiments import task_two, two_moons
from convbound.checks.experiments.enclosures import nets_certificate, signs_certificate
from convbound.checks.experiments.levels import BINARY, Levels
from convbound.checks.experiments.training import Choices
from convbound.checks.simulation.sampling import stream


def small(seed: int, count: int = 12) -> two_moons.Moons:
    return two_moons.moons(count, 0.1, stream(seed))


def test_two_moons() -> None:
    """Without noise every point lies on its half circle."""
    data = two_moons.moons(11, 0.0, stream(0))
    outer, inner = data.x[data.y < 0], data.x[data.y > 0]
    assert (len(outer), len(inner)) == (5, 6)
    assert np.hypot(*outer.T) == pytest.approx(1) and (outer[:, 1] >= 0).all()
    assert np.hypot(inner[:, 0] - 1, inner[:, 1] - 0.5) == pytest.approx(1) and (inner[:, 1] <= 0.5).all()


def test_the_gradient_is_that_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    x, y = np.stack([small(0).x, small(1).x]), np.stack([small(0).y, small(1).y])
    w, v = two_moons.first_weights("normal", [rng, rng]), rng.standard_normal((2, 9))
    slope = (two_moons.loss(w + 1e-6 * v, x, y) - two_moons.loss(w - 1e-6 * v, x, y)) / 2e-6
    assert (two_moons.gradient(w, x, y) * v).sum(axis=1) == pytest.approx(slope, rel=1e-5)
    assert np.abs(two_moons.first_weights("uniform", [rng])).max() <= 2**-0.5


def test_a_hundred_and_twenty_nets_are_all_512() -> None:
    data = small(2)
    every = [
        two_moons.loss(np.array([w]), data.x[None], data.y[None])[0] for w in itertools.product((-1.0, 1.0), repeat=9)
    ]
    found = two_moons.losses_of_nets(data)
    assert len(found) == 120
    assert {round(x, 12) for x in found} == {round(x, 12) for x in every}


def test_feasible_weights() -> None:
    """They are feasible, and those that were stay."""
    w = np.linspace(-6, 9, 301)
    for levels, eps in ((BINARY, 0.01), (BINARY, 0.5), (Levels((0.0, 1.0, 4.0)), 0.2), (BINARY, 2.0)):
        near = levels.feasible(w, eps)
        assert levels.constraint("phi", near, eps)[0].min() >= -1e-12
        before = levels.constraint("phi", w, eps)[0] >= 0
        assert near[before] == pytest.approx(w[before])
        assert (levels.nearest(near) == levels.nearest(w)).all()


def test_of_what_the_authors_data_would_be_the_odd_one_out() -> None:
    least = {task_two.QUANTISED: [0.37] * 99, task_two.TEST_QUANTISED: [0.37, 0.2], "within 0.01": [0.36] * 9}
    choices = Choices()

    def found(reading: str, row: str = "SGDA (eps = 0.01)") -> Any:
        return task_two.objection(row, reading, choices, least)

    assert found(task_two.QUANTISED).error == pytest.approx(0.01)
    assert found(task_two.FEASIBLE).error == pytest.approx(0.1)
    assert found(task_two.TEST_QUANTISED) is None and found(task_two.WEIGHTS) is None
    assert found(task_two.QUANTISED, "ASkewSGD") is None  # 0.3841 is above
    assert task_two.share(300) == pytest.approx(0.00994, abs=1e-5)


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments)])
    return int(end.value.code or 0)


@pytest.fixture
def miniature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_moons, "TRAIN", 40)
    monkeypatch.setattr(two_moons, "TEST", 20)
    monkeypatch.setattr(task_two, "BATCH", 20)
    monkeypatch.setattr(task_two, "EPOCHS", 2)


@pytest.mark.usefixtures("miniature")
def test_the_command_and_its_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "two"
    about = ("--seeds", 2, "--data-sets", 30, "--certificates", 1, "--annealing", "plateau")
    assert run("reproduce", "task-2", *about, "--out", out) == 0
    assert "all 512 nets of signs" in capsys.readouterr().out
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert len(document["jobs"][task_two.SETS][task_two.QUANTISED]) == 30
    assert len(document["outcomes"]) == len(task_two.PRINTED) * len(task_two.LOSSES)
    (out / "certificates" / "signs.json").write_text(signs_certificate(2), encoding="utf-8")
    assert run("recheck", out / "certificates") == 0
    printed = capsys.readouterr().out
    assert printed.count("computation  task-2-data-0.json: on 40 points") == 3
    assert "2 computations done again, 0 refused; a computation is no theorem of the kernel." in printed
    assert "0 certificates checked" in printed


def test_a_forged_computation_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    honest = nets_certificate(small(3, 4), ["0"])
    forged = json.loads(honest)
    forged["bounds"][0]["least"] = "9"
    disguised = {"claim": "lattice:t1b", **forged, "pad": "x" * 300, "format": "convbound-computation/1"}
    (tmp_path / "a.json").write_text(json.dumps(forged), encoding="utf-8")
    (tmp_path / "b.json").write_text(honest, encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps(dict(reversed(disguised.items()))), encoding="utf-8")
    assert run("recheck", tmp_path) == 1
    printed = capsys.readouterr().out
    assert "REFUSED  a.json: some net may have a smaller loss than 9" in printed
    assert "computation  b.json: on 4 points" in printed
    assert "REFUSED  c.json" in printed

"""ZIM on digits: gradients of the networks, the files of MNIST, integer weights, and the command, all in miniature."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks.cli import main
from convbound.checks.experiments import images, zim_digits
from convbound.checks.experiments.networks import Network, networks

SIDE = 4


@pytest.mark.parametrize("network", networks(SIDE), ids=lambda n: n.name)
def test_the_gradient_is_that_of_the_loss(network: Network) -> None:
    """Against differences, in a random direction, for each of two seeds."""
    rng = np.random.default_rng(0)
    x = network.inputs(rng.random((6, SIDE, SIDE)))[np.arange(6).reshape(2, 3)]
    labels = rng.integers(10, size=(2, 3))
    w = network.first_weights([rng, rng]) + 0.1
    v = rng.standard_normal(w.shape)
    assert w.shape == (2, sum(network.sizes))

    def losses(at: Any) -> Any:
        scores = network.scores(at, x)
        of_the_truth = np.take_along_axis(scores, labels[:, :, None], axis=2)[:, :, 0]
        return (np.log(np.exp(scores).sum(axis=2)) - of_the_truth).mean(axis=1)

    slope = (losses(w + 1e-6 * v) - losses(w - 1e-6 * v)) / 2e-6
    assert (network.gradient(w, x, labels) * v).sum(axis=1) == pytest.approx(slope, rel=1e-6)


def test_a_convolution_sees_every_window() -> None:
    """A unit that weighs the first point of a window alone, and scores that add up all places."""
    network = Network("convolution", SIDE, 1, windows=True)
    image = np.arange(16.0).reshape(1, SIDE, SIDE)
    w = np.zeros((1, sum(network.sizes)))
    w[0, 0] = 1.0
    w[0, 10:] = 1.0
    assert network.scores(w, network.inputs(image))[0, 0, 0] == 0 + 1 + 4 + 5 + 1


def idx(array: Any) -> bytes:
    """An IDX file of bytes."""
    return bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape) + array.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """MNIST in miniature: images whose brightest row tells the digit; two of the files gzipped."""
    rng = np.random.default_rng(1)
    for names, each in ((images.MNIST[:2], 12), (images.MNIST[2:], 4)):
        labels = np.repeat(np.arange(10, dtype=np.uint8), each)
        pictures = rng.integers(100, size=(len(labels), SIDE, SIDE), dtype=np.uint8)
        pictures.reshape(len(labels), -1)[np.arange(len(labels)), labels] = 255
        (tmp_path / names[0]).write_bytes(idx(pictures))
        (tmp_path / f"{names[1]}.gz").write_bytes(gzip.compress(idx(labels)))
    return tmp_path


def test_the_files_of_mnist(folder: Path) -> None:
    found = images.mnist(folder)
    parts = (found.train, found.validation, found.test)
    assert [len(part.labels) for part in parts] == [100, 20, 40]
    for part in parts:
        points = part.images.reshape(len(part.labels), -1)
        assert (points.argmax(axis=1) == part.labels).all() and points.max() == 1.0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (images.MNIST[0], b"", "is no IDX file of bytes"),
        (images.MNIST[0], b"\0\0\x0d\x01" + bytes(8), "is no IDX file of bytes"),
        (images.MNIST[0], idx(np.zeros((120, SIDE, SIDE), np.uint8))[:-1], "should hold 1920 values and holds 1919"),
        (images.MNIST[0], b"\0\0\x08\x03" + b"\xff" * 12, "should hold"),
        (images.MNIST[0], idx(np.zeros((120, SIDE, 3), np.uint8)), "square images"),
        (images.MNIST[0], idx(np.zeros((120, 5, 5), np.uint8)), "different sizes"),
        (images.MNIST[1], idx(np.full(120, 10, np.uint8)), "each digit from 0 to 9"),
        (images.MNIST[1], idx(np.zeros(120, np.uint8)), "each digit from 0 to 9"),
        (f"{images.MNIST[1]}.gz", b"no gzip", "is no gzipped file"),
        (f"{images.MNIST[1]}.gz", None, "has neither"),
    ],
)
def test_what_no_mnist_is(folder: Path, name: str, content: bytes | None, said: str) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        images.mnist(folder)


def test_updates_are_whole_numbers() -> None:
    assert zim_digits.whole_numbers(np.array([[1.0, -2.0]])).tolist() == [[1, -2]]
    with pytest.raises(AssertionError, match="whole"):
        zim_digits.whole_numbers(np.array([[0.5]]))


def test_the_interval_is_students() -> None:
    """2.262 is the quantile of a table for 9 degrees of freedom."""
    assert zim_digits.interval(3.0, 10) == pytest.approx(2.262 * 3 / 10**0.5, rel=1e-3)


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as end:
        main(["reproduce", "zim-digits", *map(str, arguments)])
    return int(end.value.code or 0)


def test_the_command_in_miniature(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(zim_digits, "networks", lambda side: [Network("linear", side), Network("hidden", side, 3)])
    monkeypatch.setattr(zim_digits, "RATES", (0.5, 1.0))
    monkeypatch.setattr(zim_digits, "TRIALS", (100, 300))
    out = tmp_path / "out"
    about = ("--mnist", folder, "--seeds", 2, "--epochs", 2, "--scale", 0.05)
    assert run(*about, "--out", out) == 0
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert len(document["jobs"]) == 6 + 10 and len(document["outcomes"]) == 4 + 8
    for name, numbers in document["jobs"].items():
        assert all(0 <= x <= 1 for x in numbers["test accuracy"])
        assert ("ZIM" in name) == all(x == int(x) for x in numbers["largest weight"])
        assert numbers["setting"][0] in (zim_digits.TRIALS if "ZIM" in name else zim_digits.RATES)
    assert {o["reading"] for o in document["outcomes"]} == {"points lost to SGD"}
    assert "prefers-color-scheme:dark" in (out / "accuracy.svg").read_text(encoding="utf-8")
    assert "The 40 test images resolve 2.50 points each" in capsys.readouterr().out


def test_without_the_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    assert run() == 2
    err = capsys.readouterr().err
    assert "pip install 'convbound[experiments]'" in err and err.count("\n") == 1


def test_rows_are_paired() -> None:
    """All rows begin with the same weights, whatever they train."""
    rng = np.random.default_rng(3)
    part = images.Part(rng.random((64, SIDE, SIDE)), np.arange(64) % 10)
    data = images.Images(part, part, part)
    network = Network("linear", SIDE)
    slow = {
        kind: zim_digits.Training(network, data, zim_digits.Variant(kind, False), 1, 1e-6).run(0, 2, setting)
        for kind, setting in (("SGD", 0.0), ("global", 1))
    }
    assert slow["SGD"].weights == pytest.approx(slow["global"].weights, abs=1e-5)


@pytest.mark.long
def test_digits_are_learnt() -> None:
    """Real digits: after three epochs ZIM and gradient descent are right on nine of ten."""
    pytest.importorskip("sklearn")
    data = images.digits()
    assert [len(p.labels) for p in (data.train, data.validation, data.test)] == [1099, 248, 450]
    for variant, setting in ((zim_digits.Variant("SGD", False), 0.5), (zim_digits.Variant("global", True), 1000)):
        found = zim_digits.Training(Network("linear", 8), data, variant, 3, 0.01).run(0, 2, setting)
        assert found.validation[-1].min() > 0.9

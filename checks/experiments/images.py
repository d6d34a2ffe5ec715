"""Images of digits: those of scikit-learn, or MNIST's files; split once, so that every choice is made on one part."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convbound.bounds.errors import InputError
from convbound.checks.experiments.levels import Array
from convbound.checks.simulation.sampling import stream

Labels = NDArray[np.int64]
MNIST = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
CLASSES = 10
FEWEST = 4  # of each class: some to train with, to choose by and to test on
TEST, VALIDATION = 0.25, 0.1835  # shares: of 1797 images 450 to test on, and 248 of the others to choose by


@dataclass(frozen=True)
class Part:
    """Square images with values from 0 to 1, shape (images, side, side), and what they show."""

    images: Array
    labels: Labels


@dataclass(frozen=True)
class Images:
    """What is trained on, what every choice is made by, and what is used once, at the end."""

    train: Part
    validation: Part
    test: Part


def digits() -> Images:
    """The 1 797 images of 8 × 8 points that come with scikit-learn."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise InputError(
            "the digits come with scikit-learn: pip install 'convbound[experiments]'; or name MNIST's files: --mnist."
        ) from None
    found = load_digits()
    whole = Part(found.images / 16.0, found.target.astype(np.int64))
    rest, test = split(whole, TEST, 0)
    return Images(*split(rest, VALIDATION, 1), test)


def mnist(folder: Path) -> Images:
    """MNIST's four files, gzipped or not; a part of what is to train on is kept for choices."""
    images, labels, test_images, test_labels = (_read(folder, name) for name in MNIST)
    whole, test = _part(images, labels, MNIST[0]), _part(test_images, test_labels, MNIST[2])
    if whole.images.shape[1] != test.images.shape[1]:
        raise InputError(f"--mnist: the images to train and to test on have different sizes in {str(folder)!r}.")
    return Images(*split(whole, VALIDATION, 1), test)


def split(whole: Part, share: float, task: int) -> tuple[Part, Part]:
    """Two parts, the second with this share of each class; always the same."""
    rng = stream(0, task)
    second = np.zeros(len(whole.labels), dtype=bool)
    for label in range(CLASSES):
        where = rng.permutation(np.flatnonzero(whole.labels == label))
        second[where[: round(share * len(where))]] = True
    return Part(whole.images[~second], whole.labels[~second]), Part(whole.images[second], whole.labels[second])


def read_idx(content: bytes, name: str) -> NDArray[np.uint8]:
    """The array of an IDX file of bytes: its magic number, its sizes, its values."""
    dimensions = content[3] if content[:3] == b"\0\0\x08" and len(content) > 3 else 0
    start = 4 + 4 * dimensions
    if not 1 <= dimensions <= 3 or len(content) < start:
        raise InputError(f"--mnist: {name} is no IDX file of bytes.")
    shape = tuple(int.from_bytes(content[k : k + 4], "big") for k in range(4, start, 4))
    size = 1
    for length in shape:
        size *= length
    if len(content) - start != size:
        raise InputError(f"--mnist: {name} should hold {size} values and holds {len(content) - start}.")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)


def _read(folder: Path, name: str) -> NDArray[np.uint8]:
    plain, packed = folder / name, folder / f"{name}.gz"
    try:
        if plain.is_file():
            return read_idx(plain.read_bytes(), name)
        if packed.is_file():
            return read_idx(gzip.decompress(packed.read_bytes()), f"{name}.gz")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"--mnist: {name}.gz is no gzipped file, or not a whole one.") from None
    raise InputError(f"--mnist is a folder with {name} or {name}.gz; {str(folder)!r} has neither.")


def _part(images: NDArray[np.uint8], labels: NDArray[np.uint8], name: str) -> Part:
    if images.ndim != 3 or images.shape[1] != images.shape[2] or labels.shape != images.shape[:1]:
        raise InputError(f"--mnist: {name} should hold square images, as many as there are labels.")
    if labels.max(initial=0) >= CLASSES or np.bincount(labels, minlength=CLASSES).min() < FEWEST:
        raise InputError(f"--mnist: {name} should show each digit from 0 to 9 at least {FEWEST} times.")
    return Part(images / 255.0, labels.astype(np.int64))

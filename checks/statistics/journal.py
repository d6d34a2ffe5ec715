"""The file from which an interrupted run of experiments goes on: the summaries of the batches that were used."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import astuple
from pathlib import Path

from convbound.bounds.errors import InputError
from convbound.bounds.plain_data import Json
from convbound.checks.statistics.decision import Batch

FORMAT = "convbound-evidence-checkpoint/1"
SECONDS_BETWEEN_WRITES = 5.0


class Journal:
    """Batches by experiment, written now and then, whole or not at all; `identity` is what decides their numbers.

    Batches are a function of the seed and their number, so a run that goes on from here gives the numbers of one that
    was never interrupted.
    """

    def __init__(self, path: Path, identity: Json) -> None:
        """Read the file if there is one.

        Raises:
            InputError: it is no checkpoint, or one of another run.
        """
        self.path = path
        self.identity = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
        self.batches: dict[str, list[Json]] = {}
        self.written = time.monotonic()
        self.changed = False
        if path.exists():
            self._read()

    def _read(self) -> None:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            kind, identity, batches = data["format"], data["identity"], data["batches"]
            whole = kind == FORMAT and all(isinstance(x, list) for x in batches.values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            whole = False
        if not whole:
            raise InputError(f"{str(self.path)!r} is not a checkpoint of evidence; remove it or name another file.")
        if identity != self.identity:
            raise InputError(
                f"the checkpoint {str(self.path)!r} belongs to another run (other claims, settings or version); "
                "remove it or name another file."
            )
        self.batches = batches

    def add(self, experiment: str, summaries: tuple[Batch, ...]) -> None:
        """Remember the next batch of an experiment; written with the others after some seconds."""
        self.batches.setdefault(experiment, []).append([list(astuple(s)) for s in summaries])
        self.changed = True
        if time.monotonic() - self.written >= SECONDS_BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """Write what is new. Raises InputError where the file cannot be written."""
        if not self.changed:
            return
        from convbound.bounds.files import write_whole

        data = {"format": FORMAT, "identity": self.identity, "batches": self.batches}
        write_whole(self.path, json.dumps(data, separators=(",", ":")) + "\n")
        self.written, self.changed = time.monotonic(), False

"""Time and memory for a claim file's code: what takes too much of either is that claim's verdict, and no other's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from convbound.bounds.errors import InputError
from convbound.checks.cli import main
from convbound.checks.limits import OutOfTimeError, within
from convbound.checks.targets import load_claims

HEAD = """\
from convbound.textbook import *
paper = Paper("own", "here")
L, alpha = constants("L alpha")
def ends(p):
    return p.have(p.claim.then, by=p.claim.facts[0].relation)
def endless(p):
    while True:
        try:
            sum(range(100))
        except Exception:
            pass
paper.line("before", [L > 0], L >= 0, proof=ends)
"""
AFTER = 'paper.line("after", [alpha > 0], alpha >= 0, proof=ends)\n'
ALARM = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no alarm here")


def spin() -> None:
    while True:
        sum(range(100))


@ALARM
def test_what_does_not_end_is_ended_and_what_does_is_not() -> None:
    start = time.perf_counter()
    with pytest.raises(OutOfTimeError, match=r"after 0\.05 s"), within(0.05):
        spin()
    assert time.perf_counter() - start < 30
    with within(60):
        pass
    with within(None):
        pass
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@ALARM
def test_somebody_elses_alarm_is_put_back() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 1000)
        with pytest.raises(OutOfTimeError), within(0.01):
            spin()
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 1000 and not rung
        os.kill(os.getpid(), signal.SIGALRM)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_another_thread_has_no_limit_and_no_error() -> None:
    found = []

    def work() -> None:
        with within(0.001):
            found.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [1]


def verdicts(path: Path, folder: Path, *more: str) -> dict[str, tuple[str, str]]:
    with pytest.raises(SystemExit) as end:
        main(["verify", str(path), "--no-cache", "--json", str(folder / "x.json"), *more])
    assert end.value.code == 2
    claims = json.loads((folder / "x.json").read_text(encoding="utf-8"))["claims"]
    return {c["id"]: (c["verdict"], c["reason"]) for c in claims}


@ALARM
@pytest.mark.parametrize("argument", ["proof=endless", "proof=ends, witness=lambda: endless(0)"])
def test_an_endless_claim_is_an_error_and_the_others_are_what_they_were(tmp_path: Path, argument: str) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text(HEAD + f'paper.line("endless", [L > 0], L >= 0, {argument})\n' + AFTER, encoding="utf-8")
    found = verdicts(path, tmp_path, "--timeout", "1")
    assert [v for v, _ in found.values()] == ["proved", "error", "proved"]
    assert "it had not ended after 1 s (--timeout)" in found["endless"][1] and "line " in found["endless"][1]


@ALARM
def test_a_file_that_is_never_imported_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text("x = 1\nwhile True:\n    x = 1 - x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line [23], column \d+: .*it had not ended after 0\.1 s"):
        load_claims(path, 0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")
def test_a_claim_that_takes_all_memory_is_an_error_and_the_others_are_what_they_were(tmp_path: Path) -> None:
    path = tmp_path / "own_claims.py"
    greedy = 'paper.line("greedy", [L > 0], L >= 0, proof=lambda p: [0] * 10**10)\n'
    path.write_text(HEAD + greedy + AFTER, encoding="utf-8")
    document = tmp_path / "x.json"
    command = [sys.executable, "-m", "convbound", "verify", str(path), "--no-cache", "--json", str(document)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert result.returncode == 2 and "Traceback" not in result.stderr
    claims = json.loads(document.read_text(encoding="utf-8"))["claims"]
    assert [c["verdict"] for c in claims] == ["proved", "error", "proved"]
    assert claims[1]["reason"].startswith("line 13, column ") and "MemoryError" in claims[1]["reason"]


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_a_timeout_is_a_positive_number(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["verify", "lattice", "--timeout", seconds])
    assert end.value.code == 2 and "--timeout must be a positive number of seconds" in capsys.readouterr().err

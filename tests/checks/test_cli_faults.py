"""Faults of the surroundings: streams, terminals, homes, signals. Nothing is lost; exit code 1 is about verdicts."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from report_samples import EXAMPLE

from convbound.checks import streams
from convbound.checks.cli import main
from convbound.checks.verdict_cache import CachedProver, cache_folder
from shared import pairs

ROOT = Path(__file__).parents[2]
CONVBOUND = [sys.executable, "-m", "convbound"]
BOUND = ("bound", "--L", "17", "--d", "10", "--c", "1")
VERIFY = ("verify", str(EXAMPLE))
LIST = ("list", str(EXAMPLE))
HELP = ("--help",)
PRINTERS = {"bound": BOUND, "verify": VERIFY, "list": LIST, "help": HELP, "command help": ("verify", "--help")}


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    known = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8")}
    return {**known, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT / ".src"), **more}


def run(tmp_path: Path, *arguments: str, env: dict[str, str] | None = None, **about: Any) -> Any:
    """The command in a process of its own, in an empty folder."""
    about = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **about}
    command = [*CONVBOUND, *arguments]
    return subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path, **(env or {})), timeout=120, check=False, **about
    )


def closed_pipe() -> int:
    """The writing end of a pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.parametrize("arguments", [BOUND, VERIFY, HELP], ids=["bound", "verify", "help"])
def test_a_reader_that_has_gone_is_quiet_and_no_verdict(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    writing = closed_pipe()
    done = run(tmp_path, *arguments, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [BOUND, HELP], ids=["bound", "help"])
def test_a_full_disk_under_the_output_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        done = run(tmp_path, *arguments, stdout=full)
    assert done.returncode == 2 and b"No space left on device" in done.stderr and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("printer", "closed"), pairs(PRINTERS, ["1", "2", "1 2", "0 1 2"]))
def test_closed_streams_are_no_fault(tmp_path: Path, printer: str, closed: str) -> None:
    code = "import os, sys\nfor x in sys.argv[1].split(): os.close(int(x))\nos.execv(sys.executable, sys.argv[2:])"
    command = [sys.executable, "-c", code, closed, *CONVBOUND, *PRINTERS[printer]]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0 and done.stderr == b""
    assert ("1" in closed) == (done.stdout == b"")


@pytest.mark.parametrize("fault", ["reader", "disk", "closed"])
def test_files_are_written_whatever_becomes_of_the_table(tmp_path: Path, fault: str) -> None:
    """The reader goes away, the disk under the output is full, or there is no output at all: the run is not lost."""
    files = ["--json", "v.json", "--junit", "v.xml", "--sarif", "v.sarif", "--certificates", "new/certificates"]
    if fault == "reader":
        out = closed_pipe()
    else:
        out = os.open("/dev/full" if fault == "disk" and Path("/dev/full").exists() else os.devnull, os.O_WRONLY)
    done = run(tmp_path, *VERIFY, *files, stdout=out)
    os.close(out)
    assert done.returncode == {"reader": 141, "disk": 2, "closed": 0}[fault]
    assert len(json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))["claims"]) == 2
    assert all((tmp_path / name).stat().st_size > 100 for name in ("v.xml", "v.sarif"))
    assert len(list((tmp_path / "new" / "certificates").iterdir())) == 1


SMALL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from convbound.checks.cli import main
main()
"""


@pytest.mark.parametrize(
    "arguments",
    [
        (*VERIFY, "--json", "big.json"),
        pytest.param((*VERIFY, "--junit", "big.json"), marks=pytest.mark.long),
        pytest.param((*VERIFY, "--certificates", "big.json"), marks=pytest.mark.long),
        ("report", str(EXAMPLE), "-o", "big.json.html"),
        ("compare", "--L", "1", "--c", "1", "--d", "10:1e6:log", "-o", "big.json.csv"),
    ],
    ids=["json", "junit", "certificates", "report", "compare"],
)
def test_a_disk_that_is_full_is_a_sentence_that_names_the_file(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    pytest.importorskip("resource")
    command = [sys.executable, "-c", SMALL, "300", *arguments]
    env = environment(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("convbound: cannot write 'big.json") and "ile too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*big*")) and not list(tmp_path.glob(".convbound*")), "nothing half-written"


def test_progress_is_shown_on_the_terminal_and_not_in_the_pipe(tmp_path: Path) -> None:
    """Standard error is a terminal, standard output a pipe."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    done = run(tmp_path, *VERIFY, "--no-cache", stdout=subprocess.PIPE, stderr=follower, env={"TERM": "xterm"})
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # how the end of a terminal reads
        while piece := os.read(leader, 65536):
            shown += piece
    os.close(leader)
    assert done.returncode == 0 and b"verifying" in shown
    assert b"verifying" not in done.stdout and b"\x1b" not in done.stdout and b"2 claims: " in done.stdout


ENCODINGS = ("cp1252", "latin-1", "ascii", "cp437", "utf-16", "ascii:strict")


@pytest.mark.parametrize(("encoding", "printer"), pairs(ENCODINGS, ["bound", "verify", "list", "command help"]))
def test_any_encoding_takes_the_output(tmp_path: Path, encoding: str, printer: str) -> None:
    done = run(tmp_path, *PRINTERS[printer], env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0 and b"Traceback" not in done.stderr and len(done.stdout) > 200


def test_bad_input_in_any_encoding_is_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "verify", "≤.py", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2 and done.stderr.startswith(b"convbound: ") and done.stderr.count(b"\n") == 1


def test_signs_are_replaced_by_what_they_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    streams.prepare()
    print("‖∇F‖ ≤ √d → ∞, é, x₁ 中 €")
    sys.stdout.flush()
    assert raw.getvalue().decode("cp1252").rstrip() == "||grad F|| <= sqrt d -> inf, é, x1 ? €"


@pytest.mark.parametrize("columns", ["abc", "", "-5", "0", "1", "99999999999999999999", "80.5", "٣", " 80"])
def test_any_value_of_columns_is_taken(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(list(LIST))
    out, err = capsys.readouterr()
    assert end.value.code == 0 and err == "" and "gradien" in out


SIMULATE = pytest.param(("simulate", "--steps", "5"), marks=pytest.mark.long)  # may compile for seconds


@pytest.mark.parametrize("arguments", [VERIFY, LIST, SIMULATE], ids=["verify", "list", "simulate"])
def test_nothing_but_the_result_goes_into_a_pipe(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """FORCE_COLOR may colour it; a bar and a cursor that moves have no place there."""
    done = run(tmp_path, *arguments, env={"FORCE_COLOR": "1"})
    assert done.returncode == 0 and done.stderr == b""
    for code in (b"\x1b[?25l", b"\x1b[2K", b"\x1b[1A", b"\r"):
        assert code not in done.stdout


NOBODY = """
import os, pwd
for name in ("HOME", "XDG_CACHE_HOME", "USER", "LOGNAME"):
    os.environ.pop(name, None)
def nobody(uid): raise KeyError(uid)
pwd.getpwuid = nobody
from convbound.checks.cli import main
main()
"""


@pytest.mark.parametrize("arguments", [(*VERIFY, "--only", "one-step~corrected"), LIST, BOUND], ids=lambda x: x[0])
def test_a_user_whom_nobody_knows_has_no_cache_and_no_trouble(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A container with a random user: no HOME, and no entry in the table of users."""
    pytest.importorskip("pwd")
    command = [sys.executable, "-c", NOBODY, *arguments]
    env = environment(tmp_path)
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_without_a_home_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # what it does where nobody knows the user
    assert cache_folder() is None
    from convbound.checks.targets import load_claims
    from convbound.proofs.prover import Proved

    prover = CachedProver()
    (library,) = load_claims(EXAMPLE)
    assert isinstance(prover.prove(library["one-step~corrected"]), Proved)
    assert [p for p in tmp_path.rglob("*") if p.suffix == ".json"] == [] and not (tmp_path / "~").exists()


def test_a_relative_cache_folder_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the specification of XDG_CACHE_HOME has it; entries would be strewn over working folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere/relative")
    found = cache_folder()
    assert found is None or "somewhere" not in found.parts


INTERRUPT = """
import signal, sys
which = sys.argv.pop(1)
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == which:
            signal.raise_signal(signal.SIGINT)
        return None
sys.meta_path.insert(0, Stop())
from convbound.__main__ import main
main()
"""


OFTEN_LOADED = ["click", "convbound.checks.run", "sympy"]
LOADED = ["convbound.checks.cli", "rich.console", "convbound.proofs.kernel"]


@pytest.mark.parametrize("module", [*OFTEN_LOADED, *(pytest.param(x, marks=pytest.mark.long) for x in LOADED)])
def test_ctrl_c_while_modules_load_is_one_line(tmp_path: Path, module: str) -> None:
    command = [sys.executable, "-c", INTERRUPT, module, *VERIFY, "--json", "v.json"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "convbound: interrupted\n")
    assert not (tmp_path / "v.json").exists()


def test_ctrl_c_in_a_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "slow_claims.py").write_text(
        EXAMPLE.read_text(encoding="utf-8") + "\nopen('running', 'w').close()\nimport time\ntime.sleep(60)\n",
        encoding="utf-8",
    )
    command = [*CONVBOUND, "verify", "slow_claims.py", "--json", "v.json"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (tmp_path / "running").exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "convbound: interrupted\n")
    assert not (tmp_path / "v.json").exists()


@pytest.mark.parametrize("option", ["--json", "--junit", "--sarif"])
def test_a_dash_prints_the_document_alone(
    tmp_path: Path, option: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main([*VERIFY, option, "-", "--certificates", "c"])
    out, err = capsys.readouterr()
    assert end.value.code == 0 and not (tmp_path / "-").exists()
    assert out.startswith("<?xml") if option == "--junit" else json.loads(out)
    assert "1 certificate in c" in err


def test_a_fault_of_the_tool_has_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr("convbound.checks.run.run_targets", lambda *a: {}["a bug"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(list(VERIFY))
    _, err = capsys.readouterr()
    assert end.value.code == 70 and "KeyError" in err and "fault of convbound" in err.splitlines()[-1]


@pytest.mark.parametrize(
    "problem", [MemoryError(), OSError(24, "Too many open files"), OSError(5, "I/O error", "a file")]
)
def test_what_the_machine_cannot_do_is_one_sentence(
    problem: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def fail(*_: Any) -> None:
        raise problem

    monkeypatch.setattr("convbound.checks.run.run_targets", fail)
    with pytest.raises(SystemExit) as end:
        main(list(VERIFY))
    out, err = capsys.readouterr()
    assert end.value.code == 2 and out == "" and err.startswith("convbound: ") and err.count("\n") == 1


@pytest.mark.parametrize("module", ["convbound", "convbound.checks", "convbound.checks.cli"])
def test_every_module_that_looks_like_the_command_is_it(tmp_path: Path, module: str) -> None:
    command = [sys.executable, "-m", module, "bound", "--L", "-1", "--d", "3"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2 and done.stderr.startswith("convbound: ")


def test_without_arguments_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 0 and "Commands:" in capsys.readouterr().out

"""Claim files whose own code fails: each fault is its claim's verdict, with its line; no end is green."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from convbound.proofs.claims import Library
from convbound.proofs.language.vocabulary import Relation, Vocabulary, ge, gt
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify
from shared import command, pairs

Capture = pytest.CaptureFixture[str]
HEAD = """\
import ctypes, os, sys
import sympy
from convbound.proofs import Hypothesis, Library, Model, Refutation, Vocabulary, ge, gt, le
own = Library("own", "Own", "here")
v = Vocabulary()
x, y = v.reals("x y")
undeclared = sympy.Symbol("undeclared", real=True)
own.claim("before", "1", "a true claim", v, suppose=[gt(x, 0)], then=ge(x, 0), proof=lambda p: p.have(ge(x, 0)))
"""
TAIL = """
own.claim("after", "2", "another", v, suppose=[gt(x, 1)], then=ge(x, 1), proof=lambda p: p.have(ge(x, 1)))
"""
LINE = HEAD.count("\n") + 1

# what stands on the line after HEAD: a claim with a fault, and what the reason says
FAULTS = {
    "an exception in a proof": ("proof=lambda p: 1 / 0", "ZeroDivisionError"),
    "an exception without a text": ("proof=lambda p: (_ for _ in ()).throw(RuntimeError)", "RuntimeError"),
    "sys.exit(0) in a proof": ("proof=lambda p: sys.exit(0)", "sys.exit(0)"),
    "sys.exit() in a proof": ("proof=lambda p: sys.exit()", "sys.exit(None)"),
    "sys.exit(1) in a proof": ("proof=lambda p: sys.exit(1)", "sys.exit(1)"),
    "raise SystemExit in a witness": ("proof=lambda p: p.have(ge(x, 0)), witness=lambda: sys.exit(0)", "sys.exit(0)"),
    "a missing key in a proof": ("proof=lambda p: {}['a']", "KeyError: there is no 'a'"),
    "a witness that is none": ("proof=lambda p: p.have(ge(x, 0)), witness=lambda: 7", "TypeError"),
    "an exception in a witness": ("proof=lambda p: p.have(ge(x, 0)), witness=lambda: 1 / 0", "ZeroDivisionError"),
    "an exception in a refutation": ("refutation=Refutation(lambda: [][0], 'no')", "IndexError"),
    "a refutation that is none": ("refutation=Refutation(lambda: None, 'no')", "AttributeError"),
    "no end of recursion": ("proof=(lambda f: lambda p: f(f, p))(lambda f, p: f(f, p))", "RecursionError"),
    "an assertion": ("proof=lambda p: (_ for _ in ()).throw(AssertionError('not so'))", "AssertionError: not so"),
    "no method of that name": ("proof=lambda p: p.prove_it()", "AttributeError"),
}


def claim_file(folder: Path, about: str, then: str = "ge(x, 0)") -> Path:
    path = folder / "own_claims.py"
    claim = f'own.claim("faulty", "3", "faulty", v, suppose=[gt(x, 0)], then={then}, {about})'
    path.write_text(HEAD + claim + TAIL, encoding="utf-8")
    return path


def run(*arguments: str | Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "convbound", *map(str, arguments)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_exception_is_its_own_claims_verdict(tmp_path: Path, fault: str, capsys: Capture) -> None:
    about, reason = FAULTS[fault]
    code, _ = command("verify", claim_file(tmp_path, about), "--json", tmp_path / "x.json")
    assert code == 2 and "Traceback" not in capsys.readouterr().err
    verdicts = {c["id"]: c for c in json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["claims"]}
    assert [c["verdict"] for c in verdicts.values()] == ["proved", "error", "proved"]
    said = verdicts["faulty"]["reason"]
    assert reason in said and re.search(rf"\bline {LINE}(, column \d+)?: ", said)
    assert "\n" not in said and verdicts["faulty"]["certificate"] is None


@pytest.mark.parametrize("then", ["ge(undeclared, 0)", "ge(sympy.log(x), 0)", "ge(sympy.cbrt(x), 0)", "ge(x**y, 0)"])
def test_a_statement_that_cannot_be_read_is_an_error(tmp_path: Path, then: str, capsys: Capture) -> None:
    """With a proof or without one, and in the summary of the run."""
    for about in ("proof=lambda p: p.have(ge(x, 0))", "assumed=True", "expected='open'"):
        code, out = command("verify", "--all", claim_file(tmp_path, about, then))
        assert code == 2 and "Traceback" not in capsys.readouterr().err
        assert f"faulty   error   line {LINE}" in out and "2 proved, 1 error" in out


EXITS = ["sys.exit(0)", "sys.exit()", "raise SystemExit", "raise SystemExit('all is well')", "exit(0)", "quit()"]
ABRUPT = ["os._exit(0)", "os._exit(1)", "ctypes.CDLL(None)._exit(0)", "os.execv('/bin/true', ['true'])"]


@pytest.mark.parametrize(("ending", "where"), pairs(EXITS, ["first", "last"]))
def test_a_file_that_ends_the_program_is_never_green(tmp_path: Path, ending: str, where: str) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text(HEAD + (f"{ending}\n{TAIL}" if where == "first" else f"{TAIL}{ending}\n"), encoding="utf-8")
    result = run("verify", path, cache=tmp_path / "cache")
    assert result.returncode == 2 and result.stdout == ""
    assert "cannot be imported" in result.stderr and "SystemExit" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
@pytest.mark.parametrize(("ending", "where"), pairs(ABRUPT, ["file", "proof", "witness", "at exit"]))
def test_a_process_that_vanishes_is_never_green(tmp_path: Path, ending: str, where: str) -> None:
    path = tmp_path / "own_claims.py"
    about = {
        "proof": f"proof=lambda p: {ending}",
        "witness": f"proof=lambda p: p.have(ge(x, 0)), witness=lambda: {ending}",
    }.get(where, "proof=lambda p: p.have(ge(x, 0))")
    text = claim_file(tmp_path, about).read_text(encoding="utf-8")
    if where == "file":
        text += ending + "\n"
    elif where == "at exit":
        text += (
            f"import atexit\natexit.register(lambda: {ending})\n"
            + 'own.claim("open", "", "", v, suppose=[], then=ge(x, 0))'
        )
    path.write_text(text, encoding="utf-8")
    for arguments in (["verify", path], ["report", path, "-o", tmp_path / "r.md"]):
        result = run(*arguments, cache=tmp_path / "cache")
        if where == "at exit":  # after the verdicts: they stand, and so does their exit code
            assert result.returncode == (1 if arguments[0] == "verify" else 0)
        else:
            assert result.returncode == 2 and "before its verdicts" in result.stderr, result
            assert not (tmp_path / "r.md").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_endless_proof_can_be_interrupted(tmp_path: Path, number: int) -> None:
    """Ctrl-C goes through a claim's own `except Exception`, and leaves no process behind."""
    mark = tmp_path / "started"
    path = claim_file(tmp_path, f"proof=lambda p: endless({str(mark)!r})")
    text = path.read_text(encoding="utf-8")
    endless = "def endless(mark):\n    open(mark, 'w').write(str(os.getpid()))\n    while True:\n        pass\n"
    path.write_text(endless + text, encoding="utf-8")
    command = [sys.executable, "-m", "convbound", "verify", str(path), "--no-cache"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        while not (mark.exists() and mark.read_text()) and process.poll() is None:
            time.sleep(0.05)
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 128 + number and "Traceback" not in err and "proved" not in out
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_one_claims_fault_is_not_anothers(tmp_path: Path) -> None:
    """What rests on a faulty claim is open, and says on what; what does not is what it was."""
    path = claim_file(tmp_path, "proof=lambda p: 1 / 0")
    with path.open("a", encoding="utf-8") as file:
        file.write(
            'own.claim("above", "4", "rests on it", v, suppose=[gt(x, 0)], then=ge(2 * x, 0), expected="open",\n'
            '          proof=lambda p: p.have(ge(2 * x, 0), by=own["faulty"]))\n'
        )
    for only in ((), ("--only", "above"), ("--only", "above", "--only", "faulty")):
        code, out = command("verify", path, *only)
        assert "faulty, on which it rests, is not proved: line" in out
        assert code == (0 if only == ("--only", "above") else 2)


def test_keyboard_interrupt_is_no_verdict() -> None:
    library, v = Library("own", "", ""), Vocabulary()
    (x,) = v.reals("x")

    def interrupted(p: object) -> None:
        raise KeyboardInterrupt

    claim = library.claim("a", "", "", v, suppose=[gt(x, 0)], then=ge(x, 0), proof=interrupted)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        verify(claim, Prover())


def test_what_is_no_relation_is_refused_where_it_is_written() -> None:
    library, v = Library("own", "", ""), Vocabulary()
    (x,) = v.reals("x")
    for wrong in (x >= 0, True, "x >= 0", None, (x, ">=", 0)):
        with pytest.raises(TypeError, match=r"own:a: .* ge\(x, 0\)"):
            library.claim("a", "", "", v, suppose=[wrong], then=ge(x, 0))
        with pytest.raises(TypeError, match=r"own:a: .* ge\(x, 0\)"):
            library.claim("a", "", "", v, suppose=[], then=wrong)
    assert isinstance(library.claim("a", "", "", v, suppose=[], then=ge(x, 0)).then, Relation)


ALONE = """\
from convbound.proofs import Library, Model, Vocabulary, ge, gt
from convbound.proofs.discrete_updates import paper
own = Library("own", "Own", "here")
v = Vocabulary()
n, x = v.real("n", integer=True), v.real("x")
v.index("i", n)
h, S = v.real("h", over=["i"]), v.functional("S", "sum", over="i")
A = own.claim("A", "1", "no witness", v, suppose=[ge(h, x)], then=ge(S(h), n * x), proof=lambda p: p.apply(S, ge(h, x)),
              witness=lambda: [])
B = own.claim("B", "2", "rests on A", v, suppose=[ge(h, x)], then=ge(2 * S(h), 2 * n * x),
              proof=lambda p: p.have(ge(2 * S(h), 2 * n * x), by=A), witness=lambda: Model({"n": 1, "h": 1, "x": 1}))
own.claim("C", "3", "rests on B", v, suppose=[ge(h, x)], then=ge(3 * S(h), 3 * n * x),
          proof=lambda p: p.have(ge(3 * S(h), 3 * n * x), by=B), witness=lambda: Model({"n": 1, "h": 1, "x": 1}))
own.claim("D", "4", "rests on nothing", v, suppose=[gt(x, 0)], then=ge(x, 0), proof=lambda p: p.have(ge(x, 0)))
"""


@pytest.mark.parametrize("only", ["A", "B", "C", "D", "[BC]", "*"])
def test_a_claim_has_one_verdict_alone_and_among_others(tmp_path: Path, only: str) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text(ALONE, encoding="utf-8")
    whole = {"A": "open", "B": "open", "C": "open", "D": "proved"}
    command("verify", path, "--only", only, "--json", tmp_path / "x.json")
    claims = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["claims"]
    assert {c["id"]: c["verdict"] for c in claims}.items() <= whole.items() and claims


SOUND = """
from convbound.textbook import *
paper = Paper("{name}", "a text")
x = constants("x")
paper.line("square", [], x**2 >= 0)
"""


def test_one_files_fault_is_not_its_folders(tmp_path: Path, capsys: Capture) -> None:
    """A misuse at import, a file without claims, a name that is taken: each is told, and the others are verified."""
    texts = {"good": SOUND.format(name="good"), "zz_other": SOUND.format(name="zz"), "none": "x = 1\n"}
    texts |= {"misuse": "from convbound.textbook import *\npaper = Paper('m', 'n')\npaper.line('a', [], 3)\n"}
    texts |= {"twin": SOUND.format(name="good"), "exits": "import sys\nsys.exit(0)\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}_claims.py").write_text(text, encoding="utf-8")
    code, out = command("verify", "--json", "-", str(tmp_path))
    found = {f"{r['library']}:{r['id']}": r for r in json.loads(out)["claims"]}
    assert code == 2
    assert {name: r["verdict"] for name, r in found.items()} == {
        "good:square": "proved",
        "zz:square": "proved",
        "none_claims:none_claims.py": "error",
        "misuse_claims:misuse_claims.py": "error",
        "twin_claims:twin_claims.py": "error",
        "exits_claims:exits_claims.py": "error",
    }
    assert found["misuse_claims:misuse_claims.py"]["reason"].startswith("line 3, column 1: a: a claim concludes one")
    assert "'good', too" in found["twin_claims:twin_claims.py"]["reason"]
    assert "Traceback" not in capsys.readouterr().err
    code, out = command("list", str(tmp_path))
    assert code == 2
    assert "good:square" in out and "zz:square" in out

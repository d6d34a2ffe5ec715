"""The documentation: every command that it shows runs, every verdict that it names is the recorded one, it builds."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import yaml
from report_samples import paper

from convbound import __version__
from convbound.bounds.verdicts import recorded
from convbound.checks.cli import COMMANDS, convbound
from convbound.checks.experiments.options import Tasks
from convbound.checks.report.front import front_of
from convbound.checks.report.terminal import paragraph
from convbound.proofs.libraries import load_library
from shared import command, main_job

HOME = Path(__file__).parents[2]
PAGES = sorted([*HOME.glob("docs/*.md"), *HOME.glob("docs/tutorials/*.md"), HOME / "README.md"])
QUICK = {"authoring.md", "index.md", "false-line.md"}
OTHER = ("python3 -m venv", ".venv/bin/", "python tests/benchmarks/")  # not run here
OTHER += (
    "apt-get install",
    "make -C proofs/coq",
    "python proofs/coq/",
    "python3 proofs/coq/",
)  # the referee, which has tests of its own
EARLIER = {"first_claims.py": "init"}
WHOLE = [f"convbound verify discrete-updates{x}" for x in ("", " --certificates certificates")]  # the main job's
WHOLE += ["convbound report discrete-updates -o report.html", "pytest --convbound -n 2 docs/examples"]
WHOLE += ["pytest --convbound docs/examples", "pytest --convbound -n 2 docs/examples/false_claims.py"]
SLOW = ("--level montecarlo", "--referee coq")


def commands(page: Path) -> list[str]:
    """The shell commands of a page, fenced or indented, in their order."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", text, re.S | re.M)
    indented = re.findall(r"^    ((?:convbound|pytest|python3?|\.venv/bin/\w+) .*)$", text, re.M)
    lines = [line for block in blocks for line in block.splitlines()]
    indented = [re.split(r"\s{2,}", line)[0] for line in indented]  # a remark may follow
    return [x.removeprefix("$ ").strip() for x in (*lines, *indented) if x.strip() and not x.lstrip().startswith("#")]


def runnable(line: str) -> list[str] | None:
    """The arguments that run a line here; None for what sets up an environment."""
    if line.startswith(OTHER) or any(x in line for x in SLOW) or " && " in line:
        return None
    words = shlex.split(line)
    if words[0] == "convbound":
        return [sys.executable, "-c", "from convbound.checks.cli import main; main()", *words[1:]]
    if words[:2] == ["python", "-I"]:
        return [sys.executable, "-I", str(HOME / words[2]), *words[3:]]
    if words[:2] == ["python", "-m"]:
        return [sys.executable, *words[1:]]
    assert words[0] == "pytest", f"{line!r}: the test does not know how to run this"
    return [sys.executable, "-m", *words, "-p", "no:cacheprovider"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the pages run: the examples are there, and nothing else of the project."""
    home = tmp_path_factory.mktemp("site")
    shutil.copytree(HOME / "docs" / "examples", home / "docs" / "examples")
    shutil.copy(HOME / "docs" / "examples" / "descent_claims.py", home / "my_claims.py")
    shutil.copytree(main_job() / "certificates", home / "certificates")  # what earlier lines of the pages write
    shutil.copy(main_job() / "run.json", home / "results.json")
    return home


def shown(quick: bool) -> Iterator[Any]:
    for page in PAGES:
        for line in dict.fromkeys(commands(page)):
            if runnable(line) is not None and (page.name in QUICK and line not in WHOLE) == quick:
                yield pytest.param(line, id=f"{page.name}: {line}")


@pytest.mark.parametrize("line", list(shown(quick=True)))
def test_the_commands_of_the_first_pages_run(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process where they are ours, which spares each a start."""
    words = shlex.split(line)
    if words[0] != "convbound":
        run_line(line, folder)
        return
    monkeypatch.chdir(folder)
    code, out = command(*words[1:])
    assert code == 0, out


@pytest.mark.long
@pytest.mark.parametrize("line", list(shown(quick=False)))
def test_every_command_shown_runs(line: str, folder: Path) -> None:
    run_line(line, folder)


def run_line(line: str, folder: Path) -> None:
    arguments = runnable(line)
    assert arguments is not None
    env = {**os.environ, "PYTHONPATH": str(HOME / ".src"), "XDG_CACHE_HOME": str(folder / "cache"), "COLUMNS": "140"}
    for name, writes in EARLIER.items():
        if (
            name in line and writes.split()[-1] not in line and not (folder / name).exists()
        ):  # what an earlier line wrote
            before = runnable(f"convbound {writes} {name}")
            assert before is not None
            subprocess.run(before, cwd=folder, env=env, check=True, capture_output=True)
    done = subprocess.run(arguments, cwd=folder, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_page_shows_commands_that_the_test_finds() -> None:
    assert len(commands(HOME / "docs" / "index.md")) >= 10
    assert len(commands(HOME / "docs" / "reports.md")) >= 5


def test_every_verdict_named_is_the_recorded_one() -> None:
    """`claim` (verdict), anywhere in the documentation."""
    count = 0
    for page in PAGES:
        for claim, verdict in re.findall(r"`([\w~@/.:=-]+)` \((\w+)\)", page.read_text(encoding="utf-8")):
            name = claim if ":" in claim else f"discrete-updates:{claim}"
            if name in recorded():
                assert recorded()[name].verdict == verdict, f"{page.name}: {claim}"
                count += 1
            else:
                assert verdict not in ("proved", "refuted", "open"), f"{page.name}: there is no claim {claim}"
    assert count >= 15


def test_the_theory_page_shows_every_claim_of_the_theory() -> None:
    """By the patterns of its tables; what says the same at spacing δ is spoken of there as a whole."""
    text = (HOME / "docs/theory.md").read_text(encoding="utf-8")
    patterns = [p for shown in re.findall(r"^<!-- claims (.+) -->$", text, re.M) for p in shown.split()]
    claims = [c.id for c in load_library("lattice") if not c.id.endswith("@spacing")]
    assert [c for c in claims if not any(fnmatchcase(c, pattern) for pattern in patterns)] == []
    assert [pattern for pattern in patterns if not any(fnmatchcase(c, pattern) for c in claims)] == []


def test_the_theory_and_the_claims_lead_to_each_other() -> None:
    """Each row of the theory to the claim's row, with the file of its proof; each label of a theorem to its section."""
    pytest.importorskip("mkdocs")
    hooks = load("hooks")
    text = (HOME / "docs/theory.md").read_text(encoding="utf-8")
    page, anchors = hooks.on_page_markdown(text), set(re.findall(r"\{: #([\w-]+) \}", text))
    claims, catalogue = hooks.claims(), hooks.catalogue()
    places = set(re.findall(r'<a id="([^"]+)">', claims))
    rows = re.findall(r"^\| \[`([^`]+)`\]\(claims\.md#([\w-]+)\)<br>\S* ?(\w+)(<br>`[\w.]+`)?", page, re.M)
    assert {anchor for _, anchor, _, _ in rows} <= places
    assert {c for c, *_ in rows} == {c.id for c in load_library("lattice") if not c.id.endswith("@spacing")}
    for claim, _, verdict, file in rows:
        assert recorded()[f"lattice:{claim}"].verdict == verdict
        assert (HOME / "proofs/lattice" / file[5:-1]).is_file() if verdict == "proved" else not file
    own = [line for line in claims.splitlines() if '<a id="lattice--' in line]
    assert len(own) == len(list(load_library("lattice"))) and all("](theory.md#" in line for line in own)
    labelled = [line for line in catalogue.splitlines() if re.search(r"\bT[0-6]\b", line)]
    assert len(labelled) > 20 and all("](theory.md#" in line for line in labelled)
    assert set(re.findall(r"theory\.md#([\w-]+)", claims + catalogue)) <= anchors
    place = hooks.sections()
    assert place["lattice:t2/region@R1"] == "regions" and place["lattice:t1b@c=0"] == "no-smoothing"


def test_the_refutations_quoted_are_what_the_tool_prints() -> None:
    printed = {r.id: paragraph(r) for r in paper().records if r.counterexample}
    quoted = re.findall(r"^```text\n(.*?)^```", (HOME / "docs" / "story.md").read_text(encoding="utf-8"), re.S | re.M)
    assert len(quoted) >= 4
    for block in quoted:
        assert block.strip() == printed[block.split()[0]].strip()


def load(name: str) -> ModuleType:
    """A module of docs/making."""
    spec = importlib.util.spec_from_file_location(f"site_{name}", HOME / "docs" / "making" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


def test_the_pictures_are_what_their_code_draws() -> None:
    drawn = load("pictures").draw()
    for name, text in drawn.items():
        assert (HOME / "docs" / "pictures" / name).read_text(encoding="utf-8") == text, name
    story = (HOME / "docs" / "story.md").read_text(encoding="utf-8")
    assert {f"pictures/{name}" for name in drawn} == set(re.findall(r"\((pictures/[^)]+)\)", story))


def test_the_first_screen_says_what_the_front_page_says() -> None:
    """The numbers, the claims, the argument with its links, and how to cite the version that this is."""
    page = (HOME / "docs" / "index.md").read_text(encoding="utf-8")
    (result,) = front_of(paper()).chapters[0].results
    assert all(f"**{x}**" in page for x in (result.figures[0].value, result.figures[0].minimum))
    assert result.opposite is not None and f"`{result.opposite.claim.partition(':')[2]}` (proved)" in page
    cited = yaml.safe_load((HOME / ".citation.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__ and f"version = {{{cited['version']}}}" in page
    assert f"title = {{{cited['title']}}}" in page
    hooks = load("hooks")
    token = hooks.on_page_markdown("<!-- argument discrete-updates -->")
    figure = hooks.on_page_content(token)
    links = re.findall(r'href="claims\.html#([^"]+)"', figure)
    assert len(links) == 2 * len(load_library("discrete-updates").quotes)
    assert set(links) <= set(re.findall(r'<a id="([^"]+)">', hooks.claims()))
    assert figure.count("edge falls head") == 2 * 5 + 1, "the same red arrows as in the report, and one in the legend"


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    """The page is made from the commands, so that nobody forgets it."""
    pytest.importorskip("mkdocs")
    page, found = load("hooks").commands(), list[str]()
    for name in COMMANDS:
        section = page[page.index(f"## `convbound {name}`") :]
        command = convbound.get_command(click.Context(convbound), name)
        assert command is not None
        inner = command.commands_of() if isinstance(command, Tasks) else []
        options = [o for part in (command, *inner) for x in part.params if isinstance(x, click.Option) for o in x.opts]
        found += options
        assert all(option in section for option in options), name
        assert not isinstance(command, Tasks) or "--sweep" in options
    assert len(found) > 60
    assert "_CONVBOUND_COMPLETE=bash_source" in page


def test_a_shell_is_told_what_completes_a_command() -> None:
    command = [sys.executable, "-m", "convbound"]
    about = {"_CONVBOUND_COMPLETE": "bash_complete", "COMP_WORDS": "convbound ex", "COMP_CWORD": "1"}
    env = {**os.environ, "PYTHONPATH": str(HOME / ".src"), **about}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "plain,explain\n"


def test_the_ci_examples_are_what_they_say() -> None:
    workflow = yaml.safe_load((HOME / "docs/ci-example/workflow.yml").read_text(encoding="utf-8"))
    steps = [s["run"] for s in workflow["jobs"]["claims"]["steps"] if "run" in s]
    assert any("--sarif convbound.sarif" in s for s in steps)
    hook = yaml.safe_load((HOME / "docs/ci-example/pre-commit-config.yaml").read_text(encoding="utf-8"))
    (entry,) = hook["repos"][0]["hooks"]
    assert re.search(entry["files"], "folder/my_claims.py") and not re.search(entry["files"], "my_claims.pyc")


@pytest.mark.long
def test_the_steps_of_the_workflow_run(tmp_path: Path) -> None:
    """What the workflow runs between checkout and upload, as GitHub would run it."""
    shutil.copy(HOME / "docs/examples/descent_claims.py", tmp_path / "my_claims.py")
    workflow = yaml.safe_load((HOME / "docs/ci-example/workflow.yml").read_text(encoding="utf-8"))
    env = {**os.environ, "PYTHONPATH": str(HOME / ".src"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    env["GITHUB_ACTIONS"], env["GITHUB_STEP_SUMMARY"] = "true", str(tmp_path / "summary.md")
    for step in workflow["jobs"]["claims"]["steps"]:
        if step.get("run", "").startswith("convbound"):
            arguments = runnable(step["run"])
            assert arguments is not None
            subprocess.run(arguments, cwd=tmp_path, env=env, check=True, capture_output=True)
    uploads = ("report.html", "results.json", "junit.xml", "convbound.sarif", "summary.md")
    assert all((tmp_path / name).stat().st_size > 0 for name in uploads)


def build_the_site(home: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """The command of continuous integration, in a copy of the project or in the project itself."""
    (line,) = [x for x in (HOME / ".ci" / "run").read_text(encoding="utf-8").splitlines() if "mkdocs build" in x]
    words = [w for w in shlex.split(line) if "=" not in w]
    command = [sys.executable, "-m", "mkdocs", *words[1:], "-d", str(target)]
    env = {**os.environ, "PYTHONPATH": str(HOME / ".src"), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.long
def test_a_warning_of_the_site_is_an_error(tmp_path: Path) -> None:
    """mkdocs does not count what it is told not to print, so --quiet would make --strict mean nothing."""
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    shutil.copy(HOME / ".mkdocs.yml", tmp_path)
    shutil.copytree(HOME / "docs", tmp_path / "docs")
    (tmp_path / ".src").symlink_to(HOME / ".src")
    with (tmp_path / "docs" / "story.md").open("a", encoding="utf-8") as page:
        page.write("\n[a page](that-is-not-there.md)\n")
    done = build_the_site(tmp_path, tmp_path / "site")
    assert done.returncode != 0 and "that-is-not-there.md" in done.stdout + done.stderr


@pytest.mark.long
def test_the_site_builds_strictly_and_needs_no_network(tmp_path: Path) -> None:
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    done = build_the_site(HOME, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 12
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "⟦" not in text and 'class="latex"' not in text
        loads = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="(https?://[^"]+)"', text)
        assert not [x for x in loads if "w3.org" not in x], page.name
    assert (tmp_path / "site" / "claims.html").read_text(encoding="utf-8").count("<math") > 90
    index = (tmp_path / "site" / "search" / "search_index.js").read_text(encoding="utf-8")
    assert index.startswith("var __index = ") and "sawtooth" in index, "what a page from a folder can load"
    assert 'src="javascripts/iframe-worker.js"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")

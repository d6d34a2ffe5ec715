"""What continuous integration reads, held to the parts of the published schemas that it uses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from report_samples import EXAMPLE, hostile, paper

from convbound.checks.cli import main
from convbound.checks.report.document import Document
from convbound.checks.report.front import front_of
from convbound.checks.report.front_markdown import code, front_markdown
from convbound.checks.report.github import LONGEST, step_summary, tell_github
from convbound.checks.report.junit import render_junit
from convbound.checks.report.places import in_repository
from convbound.checks.report.sarif import render_sarif

# junit-10.xsd, of the Jenkins xunit plug-in: element: (attributes, required ones, children)
JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "file"},
        {"name", "tests", "failures", "errors"},
        {"testcase", "properties", "system-out", "system-err"},
    ),
    "testcase": ({"name", "time", "classname"}, {"name"}, {"error", "failure", "skipped", "system-out", "system-err"}),
    "failure": ({"type", "message"}, set(), set()),
    "error": ({"type", "message"}, set(), set()),
    "system-out": (set(), set(), set()),
}
SUREFIRE_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")


def check_junit(element: Xml.Element) -> None:
    attributes, required, children = JUNIT[element.tag]
    assert required <= set(element.attrib) <= attributes
    assert {c.tag for c in element} <= children
    assert "time" not in element.attrib or SUREFIRE_TIME.fullmatch(element.attrib["time"])
    for child in element:
        check_junit(child)


def unexpected(document: Document, *ids: str) -> Document:
    """The document, with other verdicts expected of some claims."""
    changed = (replace(r, expected="proved" if r.verdict == "refuted" else "open") for r in document.records)
    return replace(
        document,
        records=tuple(c if c.id in ids else r for c, r in zip(changed, document.records, strict=True)),
    )


def test_junit_has_one_case_a_claim_and_fails_with_the_reason() -> None:
    document = unexpected(paper(), "prop-12/l1-bound@R1", "prop-9")
    root = Xml.fromstring(render_junit(document))
    check_junit(root)
    (suite,) = root
    cases = {c.attrib["name"]: c for c in suite}
    assert len(cases) == len(document.records) == int(suite.attrib["tests"])
    assert suite.attrib["failures"] == "2"
    failure = cases["prop-12/l1-bound@R1"].find("failure")
    assert failure is not None and failure.attrib["type"] == "refuted"
    assert "counterexample: d = L = n = r = c = 1" in (failure.text or "")
    assert "stated in proofs/discrete_updates/" in (failure.text or "")
    assert cases["prop-8"].find("failure") is None


def check_sarif(data: object) -> list[dict[str, object]]:
    """The shape that sarif-schema-2.1.0.json asks of what is used here; returns the results."""
    assert isinstance(data, dict) and set(data) == {"$schema", "version", "runs"} and data["version"] == "2.1.0"
    (run,) = data["runs"]
    assert set(run) == {"tool", "columnKind", "results"} and run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert set(driver) == {"name", "version", "rules"}
    rules = [r["id"] for r in driver["rules"]]
    assert len(set(rules)) == len(rules)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "name", "shortDescription", "fullDescription", "defaultConfiguration"}
        assert rule["defaultConfiguration"]["level"] == "error" and rule["shortDescription"]["text"]
    for result in run["results"]:
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "partialFingerprints", "locations"}
        assert rules[result["ruleIndex"]] == result["ruleId"] and result["message"]["text"]
        for location in result.get("locations", []):
            physical = location["physicalLocation"]
            assert re.fullmatch(r"[!-~]+", physical["artifactLocation"]["uri"])  # a URI reference is ASCII
            assert physical["region"]["startLine"] >= 1
    return run["results"]  # type: ignore[no-any-return]


def test_sarif_holds_only_what_is_not_as_expected_with_its_place() -> None:
    assert check_sarif(json.loads(render_sarif(paper()))) == []
    results = check_sarif(json.loads(render_sarif(unexpected(paper(), "prop-9", "prop-12/l1-bound@R1"))))
    assert [r["ruleId"] for r in results] == ["unexpected/proved", "unexpected/refuted"]
    place = results[0]["locations"][0]["physicalLocation"]  # type: ignore[index]
    line = place["region"]["startLine"]
    source = (Path(__file__).parents[2] / place["artifactLocation"]["uri"]).read_text(encoding="utf-8")
    assert '"prop-9",' in "\n".join(source.splitlines()[line - 1 : line + 1])


def test_odd_texts_and_odd_file_names_stay_valid(tmp_path: Path) -> None:
    folder = tmp_path / "with spaces, 100% ü"
    folder.mkdir()
    document = hostile(folder)
    assert [r.as_expected for r in document.records] == [True, False]
    check_junit(Xml.fromstring(render_junit(document)))
    assert len(check_sarif(json.loads(render_sarif(document)))) == 1
    broken = replace(document.records[1], reason="a\x00b\x1b[31m")
    check_junit(Xml.fromstring(render_junit(replace(document, records=(broken,)))))


def test_annotations_are_one_escaped_line_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (line,) = tell_github(hostile(tmp_path))
    head, _, message = line.removeprefix("::error ").partition("::")
    assert "\n" not in line and "%0A" in message
    assert [part.partition("=")[0] for part in head.split(",")] == ["file", "line", "title"]
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "**1 not as expected**" in summary and summary.count("```") == 2
    tell_github(paper())
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith(summary)  # appended, not replaced
    monkeypatch.delenv("GITHUB_ACTIONS")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert tell_github(hostile(tmp_path)) == []


def test_a_summary_fits_into_what_github_takes() -> None:
    document = unexpected(paper(), *(r.id for r in paper().records))
    long = replace(document, records=tuple(replace(r, reason="x" * 50_000) for r in document.records))
    assert len(step_summary(long).encode()) <= LONGEST + 100


def test_the_command_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    files = [
        "--junit",
        str(tmp_path / "j.xml"),
        "--sarif",
        str(tmp_path / "s.json"),
        "--json",
        str(tmp_path / "r.json"),
    ]
    with pytest.raises(SystemExit) as end:
        main(["verify", str(EXAMPLE), *files])
    assert end.value.code == 0
    check_junit(Xml.parse(tmp_path / "j.xml").getroot())
    assert check_sarif(json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))) == []


def test_what_is_refuted_as_recorded_is_named_so() -> None:
    cases = Xml.fromstring(render_junit(paper())).iter("testcase")
    told = {c.attrib["name"]: c.findtext("system-out") or "" for c in cases}
    assert told["prop-11/second-moment"].startswith("refuted, as recorded: ")
    assert told["prop-9"].startswith("proved: ")


def test_the_summary_of_a_step_begins_with_the_front_page() -> None:
    front = front_markdown(front_of(paper()), code)
    assert front in step_summary(paper()) and len(front.splitlines()) > 5


def test_a_file_that_cannot_be_imported_stands_in_everything_that_a_build_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(tmp_path)
    Path("bad_claims.py").write_text("x = 1\n1 / 0\n")
    with pytest.raises(SystemExit) as end:
        main(["verify", "bad_claims.py", "--junit", "j.xml", "--sarif", "s.json", "--json", "r.json"])
    out, err = capsys.readouterr()
    assert end.value.code == 2 and "cannot be imported: line 2" in err
    assert out.startswith("::error file=bad_claims.py,line=2,") and "ZeroDivisionError" in out
    root = Xml.parse("j.xml").getroot()
    check_junit(root)
    (problem,) = root.iter("error")
    assert "ZeroDivisionError" in (problem.text or "") and root[0].attrib["errors"] == "1"
    (result,) = check_sarif(json.loads(Path("s.json").read_text(encoding="utf-8")))
    assert "ZeroDivisionError" in result["message"]["text"]  # type: ignore[index]
    (claim,) = json.loads(Path("r.json").read_text(encoding="utf-8"))["claims"]
    assert (claim["verdict"], claim["place"]) == ("error", {"file": "bad_claims.py", "line": 2})


def test_places_are_those_of_the_repository_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work" / "claims"
    folder.mkdir(parents=True)
    (folder / "own_claims.py").write_text("")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert in_repository("own_claims.py") == "own_claims.py", "there is no repository"
    assert in_repository("proofs/none.py") == "proofs/none.py", "of an installed package"
    (tmp_path / "work" / ".git").mkdir()
    assert in_repository("own_claims.py") == "claims/own_claims.py"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert in_repository("own_claims.py") == "work/claims/own_claims.py"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert in_repository("own_claims.py") == "claims/own_claims.py"

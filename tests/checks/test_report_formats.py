"""The formats of a report: a registry in which no entry knows another; and the schema of the document."""

from __future__ import annotations

import ast
import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from report_samples import EXAMPLE, example

from convbound.checks.report import formats
from convbound.checks.report.document import Document, EngineEvidence, render_json
from convbound.checks.report.formats import OWN, render
from convbound.checks.report.github import step_summary, workflow_commands
from convbound.checks.report.junit import render_junit
from convbound.checks.report.report_model import Report
from convbound.checks.report.sarif import render_sarif
from shared import command, main_job, paper

HOME = Path(__file__).parents[2]
REPORT = HOME / "checks" / "report"
SCHEMA = json.loads((REPORT / "schema.json").read_text(encoding="utf-8"))
RENDERERS = {place.partition(":")[0] for place in OWN.values()} | {"junit", "sarif", "github", "terminal"}


def with_engines() -> Document:
    """A document of a run in which one engine was found wrong."""
    good = EngineEvidence("counts", "supported", "mean", 3, 1000, 1e-10, "supported by 1000 draws")
    wrong = EngineEvidence("levels", "contradicted", "mean of w_0", 3, 2000, 1e-10, "in [1, 2], by the definition 3")
    return replace(example(), engines=(good, wrong))


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_no_renderer_imports_another(name: str) -> None:
    tree = ast.parse((REPORT / f"{name}.py").read_text(encoding="utf-8"))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert not {f"convbound.checks.report.{other}" for other in RENDERERS - {name}} & imported


def test_another_package_brings_a_format_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an entry point, with nothing of this project changed."""
    (tmp_path / "plain_format.py").write_text("def render(report):\n    return f'{len(report.views)} claims\\n'\n")
    (tmp_path / "plain-1.0.dist-info").mkdir()
    (tmp_path / "plain-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: plain\nVersion: 1.0\n")
    (tmp_path / "plain-1.0.dist-info" / "entry_points.txt").write_text(
        "[convbound.formats]\n.txt = plain_format:render\n.md = plain_format:render\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    formats.formats.cache_clear()
    try:
        code, out = command("report", EXAMPLE, "-o", tmp_path / "x.txt", "-o", tmp_path / "x.md")
    finally:
        formats.formats.cache_clear()
    assert code == 0 and "x.txt" in out
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "2 claims\n"
    assert (tmp_path / "x.md").read_text(encoding="utf-8").startswith("# "), "the project's own formats stay"


@pytest.mark.parametrize("suffix", [".html", ".md", ".tex"])
def test_engines_stand_in_every_report(suffix: str) -> None:
    text = str(render(Report(with_engines()), suffix))
    assert "levels" in text and "contradicted" in text and "by the definition 3" in text and "counts" in text
    assert "by the definition" not in str(render(Report(example()), suffix))


def test_a_wrong_engine_stands_in_what_continuous_integration_reads() -> None:
    document = with_engines()
    assert '<testsuite name="engines" tests="2" failures="1"' in render_junit(document)
    (result,) = json.loads(render_sarif(document))["runs"][0]["results"]
    assert result["ruleId"] == "engine/contradicted" and "levels" in result["message"]["text"]
    assert any("engine levels" in line for line in workflow_commands(document))
    assert "Engine `levels` is contradicted" in step_summary(document)
    assert "engines" not in render_junit(example())


# ------------------------------------------------------------------------------------------------- the JSON document


def making(name: str) -> ModuleType:
    """A script of docs/making."""
    spec = importlib.util.spec_from_file_location(name, HOME / "docs" / "making" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schema_that_is_shipped_says_what_the_records_say() -> None:
    assert (REPORT / "schema.json").read_text(encoding="utf-8") == making("schema").written()


def test_documents_are_as_the_schema_has_them() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads((main_job() / "run.json").read_text(encoding="utf-8")), SCHEMA)
    for document in (example(), with_engines()):
        jsonschema.validate(json.loads(render_json(document)), SCHEMA)


def test_the_schema_refuses_what_is_no_document() -> None:
    good = json.loads(render_json(with_engines()))
    first = good["claims"][0]
    for wrong in (
        {**good, "more": 1},
        {k: v for k, v in good.items() if k != "engines"},
        {**good, "format": "convbound-results/1"},
        {**good, "claims": [{**first, "verdict": "true"}]},
        {**good, "claims": [{**first, "seconds": "long"}]},
        {**good, "claims": [{k: v for k, v in first.items() if k != "assumptions"}]},
        {**good, "engines": [{"name": "levels"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, SCHEMA)


def test_what_was_read_is_what_was_written() -> None:
    for document in (paper(), with_engines()):
        assert Document.from_json(json.loads(render_json(document))).json() == document.json()

"""SARIF 2.1.0: only the claims whose verdicts are not as expected, with the file and line that state them.

An engine that drew evidence and is contradicted is a result without a place.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from convbound.bounds.plain_data import Json
from convbound.checks.report.places import in_repository
from convbound.checks.report.report_model import MEANINGS
from convbound.checks.report.wording import details, headline

if TYPE_CHECKING:
    from convbound.checks.report.document import Document, EngineEvidence
    from convbound.proofs.record import Record

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(document: Document) -> str:
    """The JSON document."""
    wrong = [r for r in document.records if not r.as_expected]
    rules = list(dict.fromkeys(r.verdict for r in wrong))
    engines = [e for e in document.engines if e.verdict == "contradicted"]
    driver = {
        "name": "convbound",
        "version": document.versions.get("convbound", "0"),
        "rules": [*(_rule(v) for v in rules), *([ENGINE_RULE] if engines else [])],
    }
    results = [_result(r, rules.index(r.verdict)) for r in wrong]
    results += [_engine_result(e, len(rules)) for e in engines]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


ENGINE_RULE = {
    "id": "engine/contradicted",
    "name": "EngineContradicted",
    "shortDescription": {"text": "An engine that draws evidence does not follow the definition of its scheme."},
    "defaultConfiguration": {"level": "error"},
}


def _engine_result(engine: EngineEvidence, rule: int) -> Json:
    return {
        "ruleId": ENGINE_RULE["id"],
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": f"{engine.name}: {engine.text}"},
        "partialFingerprints": {"engine/v1": engine.name},
    }


def _rule(verdict: str) -> Json:
    return {
        "id": f"unexpected/{verdict}",
        "name": f"Unexpectedly{verdict.capitalize()}",
        "shortDescription": {"text": f"A claim is {verdict}, and that was not expected."},
        "fullDescription": {"text": f"{verdict}: {MEANINGS[verdict]}."},
        "defaultConfiguration": {"level": "error"},
    }


def _result(record: Record, rule: int) -> Json:
    result: Json = {
        "ruleId": f"unexpected/{record.verdict}",
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": f"{headline(record)}\n{details(record)}"},
        "partialFingerprints": {"claim/v1": f"{record.library}:{record.id}"},
    }
    file, line = record.place
    if file:
        path = PurePosixPath(in_repository(file))
        uri = path.as_uri() if path.is_absolute() else quote(str(path))
        place = {"artifactLocation": {"uri": uri}, "region": {"startLine": max(line, 1)}}
        name = {"fullyQualifiedName": f"{record.library}:{record.id}"}
        result["locations"] = [{"physicalLocation": place, "logicalLocations": [name]}]
    return result

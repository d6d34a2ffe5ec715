"""Writes `checks/report/schema.json`, which says what `convbound verify --json` writes: `python docs/making/schema.py`.

The parts are read off the classes of the records, so that the schema says what they say; a test compares the two.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from convbound.bounds.verdict import Verdict
from convbound.checks.report.document import FORMAT, EngineEvidence, Source
from convbound.proofs.record import Record

FILE = Path(__file__).parents[2] / "checks" / "report" / "schema.json"
REFERENCE = "#/$defs/{name}"
TEXT, TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
NUMBER = {"type": "number"}


def schema() -> dict[str, Any]:
    """The schema of a document, as plain data."""
    _, parts = msgspec.json.schema_components((Record, Source, EngineEvidence), ref_template=REFERENCE)
    claim = parts["Record"]["properties"]
    claim |= {"conclusion": TEXT, "latex": TEXT, "sides": {**TEXTS, "minItems": 3, "maxItems": 3}}
    claim |= {"hypotheses": TEXTS, "added_hypotheses": TEXTS}
    claim["verdict"] = {"enum": [str(v) for v in Verdict]}
    file, line = TEXT, {"type": "integer", "minimum": 0}
    claim["place"] = {"type": "object", "properties": {"file": file, "line": line}, "required": ["file", "line"]}
    parts.pop("Place", None)
    parts.pop("Conclusion", None)
    parts["Record"]["required"] = sorted(claim)
    for part in parts.values():
        part.setdefault("additionalProperties", False)
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    seconds = {"type": "object", "properties": {"verify": NUMBER, "recheck": NUMBER}, "required": ["verify", "recheck"]}
    document: dict[str, Any] = {
        "format": {"const": FORMAT},
        "convbound": TEXT,
        "target": TEXT,
        "targets": TEXTS,
        "libraries": {"type": "array", "items": {"$ref": REFERENCE.format(name="Source")}},
        "options": {"type": "object"},
        "versions": {"type": "object", "additionalProperties": TEXT},
        "summary": counts,
        "seconds": seconds,
        "bounds": {"type": ["object", "null"], "description": "what `convbound bound --json` writes, and `curves`"},
        "engines": {"type": "array", "items": {"$ref": REFERENCE.format(name="EngineEvidence")}},
        "claims": {"type": "array", "items": {"$ref": REFERENCE.format(name="Record")}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "What `convbound verify --json` writes.",
        "type": "object",
        "properties": document,
        "required": sorted(document),
        "additionalProperties": False,
        "$defs": parts,
    }


def written() -> str:
    """The file's text."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")

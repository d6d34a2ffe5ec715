"""JUnit XML: one test suite a library, one test case a claim, a failure where the verdict is not as expected.

The engines that drew evidence are a suite of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from convbound.checks.report.wording import details, headline

if TYPE_CHECKING:
    from convbound.checks.report.document import Document, EngineEvidence
    from convbound.proofs.record import Record


def render_junit(document: Document) -> str:
    """The XML document, as the schema of the Jenkins plug-in (junit-10.xsd) has it."""
    root = Xml.Element("testsuites", name="convbound")
    for library in dict.fromkeys(r.library for r in document.records):
        records = [r for r in document.records if r.library == library]
        errors = sum(r.verdict == "error" for r in records)
        failures = sum(not r.as_expected for r in records) - errors
        seconds = sum(r.seconds for r in records)
        suite = Xml.SubElement(root, "testsuite", name=library, tests=str(len(records)), failures=str(failures))
        suite.attrib |= {"errors": str(errors), "skipped": "0", "time": f"{seconds:.3f}"}
        for record in records:
            _case(suite, record)
    if document.engines:
        _engines(root, document.engines)
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _case(suite: Xml.Element, record: Record) -> None:
    case = Xml.SubElement(suite, "testcase", classname=record.library, name=record.id, time=f"{record.seconds:.3f}")
    if not record.as_expected:
        kind = "error" if record.verdict == "error" else "failure"
        failure = Xml.SubElement(case, kind, message=_printable(headline(record)), type=record.verdict)
        failure.text = _printable(details(record))
    output = Xml.SubElement(case, "system-out")
    told = "refuted, as recorded" if record.as_expected and record.verdict == "refuted" else record.verdict
    output.text = _printable(f"{told}: {record.conclusion.text}")


def _engines(root: Xml.Element, engines: Sequence[EngineEvidence]) -> None:
    """One test case an engine that drew evidence; one that is contradicted has failed."""
    wrong = sum(e.verdict == "contradicted" for e in engines)
    suite = Xml.SubElement(root, "testsuite", name="engines", tests=str(len(engines)), failures=str(wrong))
    suite.attrib |= {"errors": "0", "skipped": "0", "time": "0.000"}
    for e in engines:
        case = Xml.SubElement(suite, "testcase", classname="engines", name=e.name, time="0.000")
        if e.verdict == "contradicted":
            Xml.SubElement(case, "failure", message=_printable(f"{e.name}: {e.text}"), type=e.verdict).text = e.text
        Xml.SubElement(case, "system-out").text = _printable(e.text)


def _printable(text: str) -> str:
    """Without the control characters that XML has no place for."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) not in (0xFFFE, 0xFFFF)))

"""JUnit XML: one test suite a library, one test case a claim, a failure where the verdict is not as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from convbound.checks.report.wording import details, headline

if TYPE_CHECKING:
    from convbound.checks.report.document import Document
    from convbound.proofs.record import Record


def render_junit(document: Document) -> str:
    """The XML document, as the schema of the Jenkins plug-in (junit-10.xsd) has it."""
    root = Xml.Element("testsuites", name="convbound")
    for library in dict.fromkeys(r.library for r in document.records):
        records = [r for r in document.records if r.library == library]
        failures = sum(not r.as_expected for r in records)
        seconds = sum(r.seconds for r in records)
        suite = Xml.SubElement(root, "testsuite", name=library, tests=str(len(records)), failures=str(failures))
        suite.attrib |= {"errors": "0", "skipped": "0", "time": f"{seconds:.3f}"}
        for record in records:
            _case(suite, record)
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _case(suite: Xml.Element, record: Record) -> None:
    case = Xml.SubElement(suite, "testcase", classname=record.library, name=record.id, time=f"{record.seconds:.3f}")
    if not record.as_expected:
        failure = Xml.SubElement(case, "failure", message=_printable(headline(record)), type=record.verdict)
        failure.text = _printable(details(record))
    output = Xml.SubElement(case, "system-out")
    output.text = _printable(f"{record.verdict}: {record.conclusion.text}")


def _printable(text: str) -> str:
    """Without the control characters that XML has no place for."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) not in (0xFFFE, 0xFFFF)))

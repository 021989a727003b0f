"""A JUnit report, for Jenkins and whatever else counts tests: an error is a failure, anything else is told."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # it only writes

from generator.formats.finding import Finding, printable


def text_of(findings: Sequence[Finding], version: str) -> str:
    """One XML document with a test for each finding, and one that passes if there is none."""
    suite = Element("testsuite", name="honour check")
    for finding in findings:
        _case(suite, finding)
    if not findings:
        SubElement(suite, "testcase", name="honour check", classname="site")
    failures = str(len(suite.findall("testcase/failure")))
    counts = {"tests": str(len(suite)), "failures": failures, "errors": "0", "skipped": "0"}
    suite.attrib.update(counts)
    whole = Element("testsuites", name="honour check", tests=counts["tests"], failures=failures, errors="0")
    whole.append(suite)
    indent(whole)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(whole, encoding="unicode")}'


def _case(suite: Element, finding: Finding) -> None:
    place = printable(f"{finding.path}:{finding.line}:{finding.column}")
    case = SubElement(
        suite,
        "testcase",
        name=f"{finding.code} {place}",
        classname=printable(finding.path),
        file=printable(finding.path),
        line=str(finding.line),
    )
    if finding.severity == "error":
        told = SubElement(case, "failure", message=printable(finding.message), type=finding.code)
    else:
        told = SubElement(case, "system-out")
    told.text = f"{place}: {finding.words}"

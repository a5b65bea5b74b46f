"""JUnit's XML: a suite for each file with findings, a failed case for each finding."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import Final, TextIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from mypy_deckrules.cli.results import Finding, Results

NOT_IN_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Results, file: TextIO) -> None:
    """Write the results; a clean run is one case that passed."""
    suites = Element("testsuites", name="deckrules")
    for path, findings in groupby(results.findings, key=attrgetter("path")):
        _add_findings(suites, path, list(findings))
    for problem in results.problems:
        case = _add_suite(suites, problem.path, tests=1, errors=1)
        error = SubElement(SubElement(case, "testcase", name="mypy", classname=problem.path), "error")
        error.set("message", _clean(f"line {problem.line}: {problem.message}"))
    if not len(suites):
        SubElement(_add_suite(suites, "deckrules", tests=1), "testcase", name="check", classname="deckrules")
    for count in ("tests", "failures", "errors"):
        suites.set(count, str(sum(int(suite.attrib[count]) for suite in suites)))
    ElementTree.indent(suites)
    file.write("<?xml version='1.0' encoding='utf-8'?>\n")
    file.write(ElementTree.tostring(suites, encoding="unicode") + "\n")


def _add_findings(suites: Element, path: str, findings: list[Finding]) -> None:
    suite = _add_suite(suites, path, tests=len(findings), failures=len(findings))
    for finding in findings:
        name = f"{finding.code}:{finding.line}:{finding.column}"
        case = SubElement(suite, "testcase", name=name, classname=finding.module or path)
        case.set("file", path)
        case.set("line", str(finding.line))
        failure = SubElement(case, "failure", message=_clean(finding.message), type=finding.code)
        failure.text = _clean(f"{path}:{finding.line}:{finding.column}: {finding.message}\n{finding.page}")


def _add_suite(suites: Element, name: str, tests: int, failures: int = 0, errors: int = 0) -> Element:
    counts = {"tests": tests, "failures": failures, "errors": errors}
    return SubElement(suites, "testsuite", {"name": name, **{key: str(value) for key, value in counts.items()}})


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return NOT_IN_XML.sub("?", text)

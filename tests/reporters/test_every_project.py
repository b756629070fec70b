"""Every example project, in every format: valid by the format's own schema, and of what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xmlschema
from jsonschema import Draft4Validator, Draft202012Validator
from tests.reporters.conftest import Reports

from aboveboard import schemas
from aboveboard.proof.model import FAILING
from aboveboard.reporters import REPORTERS
from aboveboard.reporters.model import Report

STANDARDS = Path(__file__).parent / "standards"
SARIF = Draft4Validator(json.loads((STANDARDS / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))
JUNIT = xmlschema.XMLSchema(str(STANDARDS / "junit-10.xsd"))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from objects(one)


def test_sarif_is_valid_and_agrees_with_itself(reports: Reports) -> None:
    for name, report in reports.items():
        log = json.loads(REPORTERS["sarif"](report))
        assert not [error.message for error in SARIF.iter_errors(log)], name
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        prints = [tuple(result["partialFingerprints"].values()) for result in run["results"]]
        assert len(run["results"]) == len(set(prints)) == len(report.findings), name
        for result in run["results"]:
            rule = rules[result["ruleIndex"]]
            assert rule["id"] == result["ruleId"] and len(rule["help"]["text"]) > 80, rule["id"]
            assert result["kind"] == "fail" or result["level"] == "none"  # as the standard says
            assert result["locations"], name  # GitHub takes none without
        _places(run)


def _places(run: dict[str, Any]) -> None:
    """What the schema cannot say of places: each index is that of its file, each base is known."""
    files = [artifact["location"] for artifact in run["artifacts"]]
    for one in objects(run):
        if "uriBaseId" in one and "uri" in one:
            assert one["uriBaseId"] in run["originalUriBaseIds"]
            assert not one["uri"].startswith(("/", "..")) and ":" not in one["uri"]
            assert "index" not in one or files[one["index"]] == one
        if "startColumn" in one and one.get("endLine", one["startLine"]) == one["startLine"]:
            assert one.get("endColumn", one["startColumn"]) >= one["startColumn"]


def test_no_report_says_where_the_project_lies(reports: Reports) -> None:
    here = str(Path(__file__).parents[2])
    for name, report in reports.items():
        for form, render in REPORTERS.items():
            assert here not in render(report), (name, form)


def test_json_is_as_its_published_schema_says(reports: Reports) -> None:
    schema = Draft202012Validator(json.loads(schemas.file("report").read_text("utf-8")))
    for name, report in reports.items():
        found = schema.iter_errors(json.loads(REPORTERS["json"](report)))
        assert not [error.message for error in found], name


def test_junit_is_valid_and_counts(reports: Reports) -> None:
    for name, report in reports.items():
        text = REPORTERS["junit"](report)
        assert not [error.reason for error in JUNIT.iter_errors(text)], name
        suites = re.findall(r'<testsuite name="(\w+)" tests="(\d+)" failures="(\d+)" ', text)
        assert [suite for suite, *_ in suites] == ["claims", "rules"]
        counts = {suite: (int(tests), int(failures)) for suite, tests, failures in suites}
        assert counts["claims"][0] == len(report.proof.judged)
        assert sum(count[0] for count in counts.values()) == text.count("<testcase ")
        assert sum(count[1] for count in counts.values()) == text.count("<failure ")
        assert _red(text) == bool(report.count("error")), name


def _red(text: str) -> bool:
    return "<failure " in text or "<error " in text


def test_annotations_name_files_that_are_there(reports: Reports) -> None:
    root = Path(__file__).parents[2]
    for report in reports.values():
        *commands, _ = REPORTERS["github"](report).rstrip("\n").split("\n")
        kinds = [line.split(" ")[0] for line in commands if line.startswith("::")]
        order = ["::error", "::warning", "::notice"]
        assert kinds == sorted(kinds, key=order.index)
        assert kinds.count("::error") == report.count("error")
        for path in re.findall(r"^::\w+ file=([^,:]+),line=\d+,endLine=\d+", "\n".join(commands)):
            assert (root / path).is_file()


def test_markdown_tells_every_error(reports: Reports) -> None:
    for name, report in reports.items():
        text = REPORTERS["markdown"](report)
        errors = text.partition("### Warnings")[0].count("\n- **")
        assert errors == report.count("error") or report.count("error") == 0, name
        assert _verdicts(text) == {v: n for v, n in report.proof.tally().items() if n}, name


def _verdicts(text: str) -> dict[str, int]:
    found = re.findall(r"^\| (\w+) \| (\d+) \|$", text, re.MULTILINE)
    return {verdict: int(count) for verdict, count in found if int(count)}


def test_the_examples_show_each_outcome(reports: Reports) -> None:
    """So that the tests above have met them."""
    seen = {judged.verdict for r in reports.values() for judged in r.proof.judged.values()}
    assert seen > FAILING
    assert any(_is_open(report) for report in reports.values())
    assert any(finding.suppression for r in reports.values() for finding in r.findings)
    assert any(finding.location is None for r in reports.values() for finding in r.findings)


def _is_open(report: Report) -> bool:
    return '"kind": "open"' in REPORTERS["sarif"](report)

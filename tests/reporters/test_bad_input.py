"""Every reporter with hostile text, with nothing to tell, and with ten thousand findings."""

from __future__ import annotations

import json
import re
import time
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from tests.reporters.made import HOSTILE, hostile, many, report
from tests.reporters.test_every_project import JUNIT, SARIF

from aboveboard.reporters import REPORTERS

FORMS = pytest.mark.parametrize("form", REPORTERS)


@FORMS
def test_hostile_text_can_be_written(form: str) -> None:
    """As UTF-8, on a terminal and in a file; JSON alone has the letters as they are, escaped."""
    text = REPORTERS[form](hostile())

    raw = text.encode("utf-8")
    assert b"\x1b" not in raw and b"\x00" not in raw and b"\r" not in raw


def test_hostile_text_comes_back_whole_from_json() -> None:
    (finding, _) = json.loads(REPORTERS["json"](hostile()))["findings"]

    assert finding["message"] == finding["hint"] == HOSTILE


def test_hostile_text_in_sarif() -> None:
    log = json.loads(REPORTERS["sarif"](hostile()))

    assert not list(SARIF.iter_errors(log))
    first, second = log["runs"][0]["results"]
    text = first["message"]["text"]
    assert r"\[a\](javascript:b)" in text and "{{0}}" in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "policy_data/a%20b%25%2C%3A%C3%BC.yml"
    )
    here, elsewhere = first["relatedLocations"]
    assert "physicalLocation" in here and "physicalLocation" not in elsewhere
    assert elsewhere["message"]["text"].startswith("main:policy_data/x.yml:1:1: ")
    assert second["suppressions"][0]["status"] == "accepted"


def test_hostile_text_in_junit() -> None:
    text = REPORTERS["junit"](hostile())

    assert not list(JUNIT.iter_errors(text))
    tags = {element.tag for element in ElementTree.fromstring(text).iter()}
    assert tags <= {"testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"}
    assert r"\x1b[31m \x00 \ud800 \uffff" in text


def test_hostile_text_in_annotations() -> None:
    """The runner reads line after line: each is one of ours, and ends no property before its time."""
    *commands, last = REPORTERS["github"](hostile()).rstrip("\n").split("\n")

    assert [line.partition(" ")[0] for line in commands] == ["::error", "::notice"]
    assert last == "1 error, 0 warnings, 1 corrected (2026-12-01)"
    properties, said = re.fullmatch(r"::error (.*?)::(.*)", commands[0]).groups()  # type: ignore[union-attr]
    assert dict(pair.split("=") for pair in properties.split(",")) == {
        "file": "policy_data/a b%25%2C%3Aü.yml",
        "line": "3",
        "endLine": "4",
        "title": "forbidden-flow",
    }
    lines = said.split("%0A")  # a line feed of ours; one of theirs is shown, and %0A is %250A
    assert len(lines) == 4 and "%250A::set-output" in lines[0]
    assert [line.partition(" ")[0] for line in lines[1:]] == ["See", "See", "Help:"]


def test_hostile_text_in_markdown() -> None:
    text = REPORTERS["markdown"](hostile())
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)

    assert set(re.findall(r"<(/?\w+)", html.replace("/", ""))) <= {
        "h2", "h3", "ul", "li", "strong", "code", "hr", "p", "table", "thead", "tbody", "tr", "th",
        "td", "br",
    }  # fmt: skip
    assert "[a](javascript:" in html and "<a" not in html and "@f" not in text


@FORMS
def test_nothing_to_tell(form: str) -> None:
    text = REPORTERS[form](report())

    assert text.endswith("\n") and "2026-12-01" in text
    if form == "sarif":
        assert not list(SARIF.iter_errors(json.loads(text)))
        assert json.loads(text)["runs"][0]["results"] == []
    if form == "junit":
        assert not list(JUNIT.iter_errors(text))


@FORMS
def test_ten_thousand_findings_take_ten_times_a_thousand(form: str) -> None:
    """Linear, with room for a busy machine; the text of a terminal is the slowest."""
    render = REPORTERS[form]
    render(many(10))  # what is imported first
    took = []
    for count in (1000, 10_000):
        made = many(count)
        start = time.process_time()
        text = render(made)
        took.append(time.process_time() - start)
    assert took[1] < 30 * took[0] + 0.2 and took[1] < 5
    if form == "markdown":
        assert text.count("\n- **") == count
    if form == "json":
        assert len(json.loads(text)["findings"]) == 10_000


def test_a_summary_too_long_for_github_is_cut_and_counted() -> None:
    text = REPORTERS["markdown"](many(30_000))

    assert len(text.encode()) < 1_000_000
    left = re.search(r"Left out: (\d+) warnings. `aboveboard check` shows all.", text)
    assert left and text.count("\n- **") == 30_000 - int(left[1])

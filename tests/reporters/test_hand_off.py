"""The comment: all that fits, what does not is counted, and words of others do nothing."""

from __future__ import annotations

import re

import pytest
from tests.examples import TODAY
from tests.reporters.test_diff import HOSTILE, difference
from tests.site.vectors import VECTORS

from aboveboard.findings import Finding, Location
from aboveboard.proof.model import Proof
from aboveboard.reporters.diff.markdown import escaped
from aboveboard.reporters.hand_off import Handed, failed, render, summary
from aboveboard.reporters.model import Report

MARKER = "<!-- aboveboard hand-off 0123456789ab -->"
LIMIT = 65_536
CALLING = [
    "@team please", "ask @someone/group", "mail me@example.org", "#1", "owner/repo#1", "GH-1",
    "https://evil.example/x", "www.evil.example", ":tada:", "!1 ~label %milestone $1 &1 ^alert#1",
    "/close", "\n/merge\n", "<!-- aboveboard hand-off 0123456789ab -->", "--> x", "<details>",
]  # fmt: skip


def handed(words: str = "It is not kept.", count: int = 1) -> Handed:
    place = Location("policy_data/uses.yml", 3, 5)
    findings = [
        Finding("kept-too-long", f"{words} {n}", place, hint=words) for n in range(count)
    ] + [Finding("vague-word", words, place, severity="warning")]
    report = Report(findings, Proof(), TODAY)
    command, page = "aboveboard diff main", "https://ci.example/1"
    return Handed(report, difference(words), MARKER, "a" * 40, page, command)


def test_errors_come_first_then_what_weakens() -> None:
    text = render(handed(), LIMIT)
    order = ("### Errors", "### Weakens", "### Strengthens", "### Verdicts that moved", "### Warn")
    places = [text.index(heading) for heading in order]
    assert text.startswith(f"{MARKER}\n\n## Aboveboard: 1 error, 1 warning; 2 changes: 1 weakens, ")
    assert places == sorted(places)
    assert "[run](https://ci.example/1)" in text and "`aaaaaaaaaaaa`" in text
    assert "Cut here" not in text


def test_a_first_policy_has_no_difference() -> None:
    text = render(handed()._replace(difference=None), LIMIT)
    assert "nothing is compared" in text and "### Weakens" not in text
    assert summary(handed().report, None) == "1 error, 1 warning"


@pytest.mark.parametrize("limit", [2_000, 10_000, LIMIT, 1_000_000])
def test_what_does_not_fit_is_counted(limit: int) -> None:
    found = handed("words é 漢字 " * 20, count=3000)

    text = render(found, limit)

    assert len(text.encode()) <= limit
    shown = text.count("- **kept-too-long**")
    left = re.search(r"Left out: (?:(\d+) errors)?", text)
    assert left and shown + int(left[1] or 0) == 3000
    assert "`aboveboard diff main` shows all." in text


def test_an_item_larger_than_all_is_counted_and_smaller_ones_stand() -> None:
    huge = handed()
    huge.report.findings.insert(0, huge.report.findings[0]._replace(message="x" * LIMIT))
    text = render(huge, LIMIT)
    assert "Left out: 1 error." in text and "It is not kept." in text and "### Warnings" in text


@pytest.mark.parametrize("words", [*CALLING, HOSTILE, *VECTORS])
def test_words_of_a_policy_call_nobody_and_run_nothing(words: str) -> None:
    """Whatever Markdown leaves of them: a forge reads its text for people, issues and addresses."""
    text = render(handed(words), LIMIT)

    assert text.count("<!--") == 1 and text.count("-->") == 1 + text.count("\\-->")
    plain = re.sub(r"`[^`]*`|\[run\]\(https://ci.example/1\)", "", text)
    plain = plain.replace("&#8203;", "\u200b")
    read = re.sub(r"\\(.)", r"\1", plain)  # the text after Markdown
    assert not re.search(r"@[\w-]|#\w|://\w|www\.\w|:\w+:", read.replace("### ", ""))
    assert not re.search(r"^\s*/", text, re.MULTILINE)  # a line of GitLab's that acts
    bare = re.sub(r"\\.", "", plain)
    assert not re.search(r"[<\[|~^$%]", bare.replace(MARKER, ""))


def test_the_words_can_still_be_read() -> None:
    assert escaped("Example: 30 days, before 90.") == "Example: 30 days, before 90."
    assert escaped("a@b") == "a@&#8203;b" and escaped("#1") == "#&#8203;1"


def test_a_run_that_failed_says_so_in_the_place_of_the_report() -> None:
    text = failed(MARKER, "this clone is @shallow", "a" * 40, "")
    assert text.startswith(MARKER) and "this clone is @&#8203;shallow." in text

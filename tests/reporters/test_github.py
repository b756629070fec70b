"""Annotations: where they point, in which order, and what GitHub would not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.made import report

from aboveboard.findings import Finding, Location
from aboveboard.reporters.github import SHOWN, render
from aboveboard.reporters.model import Report


def lines(made: Report) -> list[str]:
    return render(made).rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Location("a.yml", 3, 5, 3, 9), "file=a.yml,line=3,endLine=3,col=5,endColumn=9"),
        (Location("a.yml", 3, 5, 4, 2), "file=a.yml,line=3,endLine=4"),
        (Location("a.yml", 3), "file=a.yml,line=3,endLine=3,col=1,endColumn=1"),
    ],
)
def test_columns_stand_only_within_one_line(place: Location, said: str) -> None:
    assert lines(report(Finding("r", "m", place)))[0] == f"::error {said},title=r::m"


def test_files_are_named_from_the_root_of_the_repository() -> None:
    made = report(Finding("r", "m", Location("a.yml", 3, 5, 4, 2)), root="services/chat")

    assert lines(made)[0] == "::error file=services/chat/a.yml,line=3,endLine=4,title=r::m"


def test_what_is_in_no_file_here_has_words_alone() -> None:
    there = Location("jobs:train.yml", 3)
    made = report(Finding("r", "m", there), Finding("s", "n"))
    made = made._replace(checkouts={"jobs:train.yml": ("c" * 40, Path("/x"))})

    assert lines(made)[:2] == ["::error title=r::jobs:train.yml:3:1: m", "::error title=s::n"]


def test_errors_come_first_and_the_rest_is_counted() -> None:
    place = Location("a.yml", 3)
    warnings = [Finding("w", f"{n}", place, "warning") for n in range(SHOWN + 2)]
    made = report(*warnings, Finding("n", "m", place, "note"), Finding("e", "m", place))

    found = lines(made)

    kinds = [line.partition(" ")[0] for line in found]
    assert kinds == ["::error", *["::warning"] * 12, "GitHub", "::notice", "1"]
    assert found[13] == "GitHub shows 10 of 12 warnings; this log has all."
    assert found[-1] == "1 error, 12 warnings (2026-12-01)"


def test_many_open_questions_are_one_warning() -> None:
    place = Location("a.yml", 3)
    questions = [
        Finding("unanswered-question", f"question 'q{n}' lacks a fact: x", place, "warning")
        for n in range(30)
    ]

    first, *_ = found = lines(report(*questions, Finding("vague-word", "m", place, "warning")))

    assert len(found) == 3 and "title=vague-word::m" in first
    assert "30 questions lack a fact: q0, q1, q2 and 27 more" in found[1]

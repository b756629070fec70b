"""Reports of a difference: hostile words stay words, and every report says all."""

from __future__ import annotations

import json
import re

import pytest
from tests.examples import TODAY

from aboveboard.findings import Location
from aboveboard.reporters.diff import REPORTERS
from aboveboard.reporters.diff.markdown import escaped
from aboveboard.review.change import Change
from aboveboard.review.difference import Difference, State
from aboveboard.review.redline import Redline
from aboveboard.review.untrue import Untrue
from aboveboard.review.verdicts import Moved, Place

HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:x) @team #1 `x` | \x1b[31m\n# Title"
PLACE = Location("policy_data/uses.yml", 3, 5)


def difference(words: str = "We now keep chats 30 days.") -> Difference:
    changes = [
        Change(words, "strengthens", "everyone", "90 days", "30 days", PLACE, "retention/a/keep"),
        Change(words + " B", "weakens", "Free", "", "x", PLACE, "uses/a/data"),
    ]
    places = (Place("after", PLACE._replace(message=words)), Place("before", PLACE))
    moved = Moved("a/b", words, "weakens", "proved", "violated", words, places, ("a/c", "a/d"))
    states = State("v1", "0" * 40, [], version="1.0.0"), State("here", None, [], version="1.0.0")
    has = Location("pipeline/a.yml", 9, 5, message=words)
    false = Untrue("a/b", words, words, PLACE, has, (0,), (words + " C",))
    line = Redline(TODAY, None, None, (), {}, {})
    return Difference(*states, changes, [moved], line, (false,))


STOP = "2 sentences are not true of the settings today: do not sign"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_what_nobody_should_sign_comes_first_and_beside_its_change(form: str) -> None:
    text = REPORTERS[form](difference("It is kept 9 days."), False)

    assert text.index(STOP) < text.index("Weakens")
    has = "pipeline/a.yml, line 9" if form == "html" else "pipeline/a.yml:9:5"
    first, *others = [m.start() for m in re.finditer(re.escape(has), text)]
    assert first < text.index("Strengthens") and others  # above all, and with the change
    change = text.index("It is kept 9 days.", text.index("Strengthens"))
    said = re.compile("not true of the settings(?: today)?[:,] do not sign", re.IGNORECASE)
    assert said.search(text, change)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_version_that_stays_while_words_change_is_told(form: str) -> None:
    said = re.compile("words changed, the version did not", re.IGNORECASE)
    found = difference("It is kept 9 days.")
    assert said.search(REPORTERS[form](found, False))
    later = found._replace(after=found.after._replace(version="1.1.0"))
    assert not said.search(REPORTERS[form](later, False))


def test_nothing_untrue_stops_nobody() -> None:
    for form, report in REPORTERS.items():
        assert "do not sign" not in report(difference()._replace(untrue=()), False), form


def test_what_weakens_comes_first() -> None:
    text = REPORTERS["text"](difference(), False)

    assert text.index("Weakens") < text.index("Strengthens") < text.index("Verdicts that moved")
    assert "    for: Free\n" in text and "policy_data/uses.yml:3:5  uses/a/data" in text
    assert text.endswith("2 changes: 1 weakens, 1 strengthens; 3 verdicts moved: 3 weaken\n")


def test_json_says_in_which_state_a_place_is() -> None:
    found = json.loads(REPORTERS["json"](difference(), False))

    assert found["summary"] == {
        "weakens": 1, "unclear": 0, "strengthens": 1, "neutral": 0, "verdicts": 3,
        "verdicts_by_effect": {"weakens": 3, "unclear": 0, "strengthens": 0, "neutral": 0},
        "untrue": 2, "version_changed": False,
    }  # fmt: skip
    assert found["changes"][0]["place"] == {
        "side": "after", "path": "policy_data/uses.yml", "line": 3, "column": 5,
    }  # fmt: skip
    assert [place["side"] for place in found["verdicts"][0]["places"]] == ["after", "before"]


@pytest.mark.parametrize("form", REPORTERS)
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    assert REPORTERS[form](difference(), False) == REPORTERS[form](difference(), False)


def test_a_terminal_gets_no_control_characters_of_others() -> None:
    assert "\x1b" not in REPORTERS["text"](difference(HOSTILE), False)
    assert REPORTERS["text"](difference(HOSTILE), True).count("\x1b[31m") == 1  # the heading's own


def test_markdown_of_hostile_words_is_text() -> None:
    text = REPORTERS["markdown"](difference(HOSTILE), False)

    bare = re.sub(r"\\.", "", text.replace("&#8203;", "\u200b"))  # what is escaped is no markup
    assert not re.search(r"[@#](?![\u200b# ])", bare)  # an escape would not keep these from calling
    assert not set("<[|`\x1b") & set(re.sub(r"`[^`]*`|^#+ ", "", bare, flags=re.MULTILINE))
    assert escaped("@team #1") == "@&#8203;team #&#8203;1"
    assert "<" not in escaped("a < b").replace("\\<", "")

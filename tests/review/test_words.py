"""Two texts as one: each can be read out of it again, and phrases stay whole."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.review.words import MOST, aligned, compared, text_of

TEXTS = st.text(st.sampled_from("ab 30.'-\n\u200d"), max_size=40)


def shown(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[run.kind].format(run.text) for run in compared(before, after))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_runs(before: str, after: str) -> None:
    runs = compared(before, after)

    assert text_of(runs, "added") == before
    assert text_of(runs, "removed") == after
    assert all(run.text for run in runs)
    assert all(one.kind != two.kind for one, two in pairwise(runs))


def test_words_are_compared_not_letters() -> None:
    assert shown("We keep chats 30 days.", "We keep chats 90 days.") == (
        "We keep chats [-30-]{+90+} days."
    )
    assert shown("", "New.") == "{+New.+}" and shown("Old.", "") == "[-Old.-]"
    assert shown("Same.", "Same.") == "Same."


def test_a_small_word_between_changes_goes_with_them() -> None:
    assert shown("one to two", "three to four") == "[-one to two-]{+three to four+}"


def test_a_very_long_text_takes_the_place_of_the_other_at_once() -> None:
    before, after = "a b " * MOST, "a c " * MOST
    start = time.process_time()
    assert [run.kind for run in compared(before, after)] == ["removed", "added"]
    assert time.process_time() - start < 5


def test_lines_that_share_words_are_one_that_changed() -> None:
    before = ["We keep chats 30 days.", "We sell nothing.", "Gone."]
    after = ["We keep chats 90 days.", "A line that is new here.", "We sell nothing."]
    assert list(aligned(before, after)) == [(0, 0), (None, 1), (1, 2), (2, None)]


@given(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6))
def test_every_line_is_told_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = list(aligned(before, after))
    assert [was for was, _ in pairs if was is not None] == list(range(len(before)))
    assert [now for _, now in pairs if now is not None] == list(range(len(after)))

"""Our measure of reading grade, held against textstat, which nothing but this test loads."""

from datetime import date
from pathlib import Path

import pytest
import textstat  # type: ignore[import-untyped]

from aboveboard.answers.compose import compose
from aboveboard.answers.readability import measure, split, syllables
from aboveboard.load import load_project

DEMO = Path(__file__).parents[2]

TEXTS = {
    "easy": "The cat sat on the mat. It was a good day. We all went home.",
    "plain": "We use what you write in chats to train our models. You can switch it off in the "
    "settings. Then we stop within a day, and we delete the copies after a month.",
    "law": "The controller processes personal data on the basis of legitimate interests where "
    "such interests are not overridden by the fundamental rights and freedoms of the data "
    "subject which require protection of personal data.",
    "science": "Differential privacy provides a mathematically rigorous framework for quantifying "
    "the disclosure of individual information. Statistical perturbation mechanisms calibrate "
    "the magnitude of randomised noise to the sensitivity of the computation.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_the_grade_that_textstat_gives(name: str) -> None:
    text = TEXTS[name]

    assert measure([text]).grade == pytest.approx(textstat.flesch_kincaid_grade(text), abs=1.5)


def test_the_texts_come_in_the_same_order() -> None:
    ours = sorted(TEXTS, key=lambda name: measure([TEXTS[name]]).grade)
    theirs = sorted(TEXTS, key=lambda name: textstat.flesch_kincaid_grade(TEXTS[name]))

    assert ours == theirs


def test_answers_of_the_demo_have_the_grades_that_textstat_gives() -> None:
    """Within two grades each; on average ours is harsher, by less than a grade.

    Of sentences that both count: textstat leaves out those of one or two words, we addresses.
    """
    project = load_project(DEMO, date(2026, 12, 1))
    off = []
    for question in compose(project):
        told = [part for s in question.answer.short for part in split(s.whole)]
        alike = [part for part in told if len(part.split()) > 2 and "@" not in part]
        sentences = [part.rstrip(".:;!?”") + "." for part in alike]
        if len(sentences) > 2:
            theirs = textstat.flesch_kincaid_grade(" ".join(sentences))
            off.append(measure(sentences).grade - theirs)

    assert len(off) > 15
    assert max(map(abs, off)) <= 2
    assert 0 <= sum(off) / len(off) <= 1


@pytest.mark.parametrize(
    ("word", "count"),
    [("data", 2), ("switch", 1), ("use", 1), ("used", 1), ("uses", 2), ("files", 1), ("little", 2),
     ("settings", 2), ("deleted", 3), ("anonymised", 4), ("e-mail", 2), ("30", 1), ("rules", 1),
     ("searches", 2), ("somebody", 3), ("can’t", 1)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_colon_ends_a_unit_and_an_address_is_no_word() -> None:
    one = measure(["In the archive: your chats; your files. Write to help@example.org."])

    assert (one.sentences, one.words) == (4, 9)
    assert measure([]).grade == 0.0
    assert measure([]).plain


def test_twenty_words_are_plain_and_more_are_not() -> None:
    assert measure([" ".join(["go"] * 20) + "."]).plain
    assert not measure([" ".join(["go"] * 21) + "."]).plain

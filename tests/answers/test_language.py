"""Every sentence knows true claims and its line, and reads well; nothing says more than it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answers.language import BANNED, grade, mean_length, prose, syllables
from tests.answers.policies import BARE, CLOSED, DIFFERS, PLAIN, project

from aboveboard.answers import entities, home
from aboveboard.answers.compose import compose
from aboveboard.answers.model import Answer, ClickList
from aboveboard.checks.reading.answered import spoken
from aboveboard.checks.reading.reach import Reaches
from aboveboard.project import Project

POLICIES = {"plain": PLAIN, "differs": DIFFERS, "closed": CLOSED, "bare": BARE}
DEMO = Path(__file__).parents[2]


@pytest.fixture(params=POLICIES)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    return project(tmp_path, POLICIES[request.param])


def everything(made: Project) -> Iterator[Answer]:
    """All that readers of a project are told."""
    policy = made.policy
    yield from (question.answer for question in compose(made))
    yield from home.leads(made)
    yield from (entities.use_answer(made, id_) for id_ in policy.uses)
    yield from (entities.control_answer(made, id_) for id_ in policy.controls)
    yield from (entities.data_answer(made, id_) for id_ in policy.data)
    pages = (entities.anonymisation, entities.retention, entities.recipients, entities.safeguards)
    yield from (page(made) for page in pages)


def test_every_claim_exists(made: Project) -> None:
    for answer in everything(made):
        for sentence in answer.sentences():
            assert set(sentence.claims) <= made.proof.judged.keys(), sentence


def test_every_sentence_says_something_without_loose_ends(made: Project) -> None:
    for answer in everything(made):
        for sentence in answer.sentences():
            text = sentence.whole
            assert text == text.strip() and text, answer.question
            assert not any(bad in text for bad in ("  ", "..", " .", " ,", "None", "{", "}")), text
            assert text[0] == text[0].upper(), text


def test_no_banned_word(made: Project) -> None:
    for answer in everything(made):
        for sentence in answer.sentences():
            assert not BANNED.search(sentence.whole), sentence.whole


def test_short_answers_end_like_sentences(made: Project) -> None:
    for answer in everything(made):
        for sentence in answer.short:
            assert sentence.whole[-1] in ".!?”", sentence.whole


def test_an_answer_or_the_missing_fact(made: Project) -> None:
    for answer in everything(made):
        assert answer.short or answer.missing, answer.question


def test_only_a_no_of_somebody_has_blocks_that_are_not_empty(made: Project) -> None:
    for answer in everything(made):
        assert answer.exceptions is None or answer.exceptions.sentences
        for block in answer.details:
            assert block.platforms if isinstance(block, ClickList) else True


def test_no_generated_sentence_says_more_than_the_steps_reach(made: Project) -> None:
    """A sentence about what a word means is none about data."""
    reach = Reaches(made.policy).at(None)
    for said in spoken(made, list(everything(made))):
        words = [
            hit.value for hit in said.claims("claims") if "do not use the word" not in said.text
        ]
        assert all(reach.allows(made.policy, word) for word in words), said.sentence


@pytest.mark.parametrize("name", ["plain", "differs", "closed"])
def test_it_reads_at_grade_8_in_short_sentences(name: str, tmp_path: Path) -> None:
    said = prose(everything(project(tmp_path, POLICIES[name])))
    assert grade(said) <= 8
    assert mean_length(said) <= 20


def test_the_words_of_the_demo_read_well() -> None:
    from datetime import date

    from tests.answers.policies import proof

    from aboveboard.pipeline.graph import Pipeline
    from aboveboard.policy.load import load

    policy, _ = load(DEMO)
    demo = Project(DEMO, date(2026, 12, 2), policy, Pipeline())
    demo.__dict__["proof"] = proof(policy)
    answers = list(everything(demo))
    said = prose(answers)
    assert grade(said) <= 8
    assert mean_length(said) <= 20
    for answer in answers:
        for sentence in answer.sentences():
            assert not BANNED.search(sentence.whole), sentence.whole


@pytest.mark.parametrize(
    ("word", "count"), [("data", 2), ("switch", 1), ("use", 1), ("used", 1), ("settings", 2)]
)
def test_the_measure_counts_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_text_of_the_policy_is_data(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> **notes** {{ 7 * 7 }}"
    text = PLAIN.replace("name: what you write in notes", f'name: "{hostile}"')
    answer = compose(project(tmp_path, text))[0].answer
    assert any(hostile in sentence.text for sentence in answer.sentences())


def test_sentences_come_from_lines_of_the_policy(tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN)
    lines = (tmp_path / "policy_data" / "policy.yml").read_text().splitlines()
    for question in compose(made):
        for sentence in question.answer.short:
            if sentence.source and sentence.source.line > 1:
                assert lines[sentence.source.line - 1].strip(), sentence

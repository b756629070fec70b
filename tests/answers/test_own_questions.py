"""What a team changes about the FAQ: words, order, prose, questions of its own, and what is left out."""

from pathlib import Path

import pytest
from tests.answers.policies import PLAIN, project
from tests.examples import rendered

from aboveboard.answers.compose import compose, left_out
from aboveboard.answers.groups import GROUPS
from aboveboard.answers.model import Question
from aboveboard.answers.needs import NEEDS
from aboveboard.answers.questions import QUESTIONS
from aboveboard.checks import incomplete_question, unanswered_question, unknown_question
from aboveboard.findings import Finding
from aboveboard.policy.faq import Question as Entry
from aboveboard.policy.load import load
from aboveboard.project import Project


def made(folder: Path, questions: str) -> Project:
    return project(folder, f"{PLAIN}questions:\n{questions}")


def asked(folder: Path, questions: str) -> dict[str, Question]:
    return {question.id: question for question in compose(made(folder, questions))}


def group_of(found: dict[str, Question], group: str) -> list[str]:
    return [question.id for question in found.values() if question.group == group]


def short(question: Question) -> str:
    return " ".join(sentence.whole for sentence in question.answer.short)


def test_the_groups_of_entries_are_those_of_the_site() -> None:
    for group in GROUPS:
        assert Entry.model_validate({"group": group}).group == group
    with pytest.raises(ValueError, match="group"):
        Entry.model_validate({"group": "my-choice"})
    assert NEEDS.keys() == QUESTIONS.keys()


def test_a_question_in_other_words(tmp_path: Path) -> None:
    found = asked(
        tmp_path, '  used-for-training: {ask: "Do you learn from me?", paraphrases: [learning]}\n'
    )
    question = found["used-for-training"]
    assert question.asks == question.answer.question == "Do you learn from me?"
    assert question.paraphrases[-1] == "learning"
    assert short(question).startswith("Yes, unless you switch it off.")


def test_questions_in_another_order(tmp_path: Path) -> None:
    usual = group_of(asked(tmp_path / "a", "  sources: {ask: What?}\n"), "is-my-data-used")
    found = asked(
        tmp_path / "b",
        "  sources: {place: 1}\n  never-used: {place: 3}\n  rating: {group: for-what, place: 99}\n",
    )
    assert usual[0] == "used-for-training" and usual[-1] == "sources"
    assert group_of(found, "is-my-data-used")[:3] == ["sources", "used-for-training", "never-used"]
    assert group_of(found, "for-what")[-1] == "rating"
    assert "rating" not in group_of(found, "my-choices")


def test_a_question_is_left_out_for_all_to_see(tmp_path: Path) -> None:
    project_ = made(tmp_path, "  private-chats: {left-out: we have no such mode}\n")
    assert "private-chats" not in {question.id for question in compose(project_)}
    (one,) = left_out(project_)
    assert (one.id, one.reason) == ("private-chats", "We have no such mode.")
    assert one.asks == QUESTIONS["private-chats"].ASKS


def test_a_question_of_ones_own(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """  our-backups:
    ask: "How long are your backups?"
    group: how-long-and-my-rights
    place: 2
    paraphrases: [backup]
    about: [retention-of-backups, uses/train, how-long]
    answer: "We keep notes {{ retention.off.keep }}. Ask {{ policy.service }} for more."
""",
    )
    question = found["our-backups"]
    assert group_of(found, "how-long-and-my-rights")[1] == "our-backups"
    assert [s.text for s in question.answer.short] == [
        "We keep notes 30 days.", "Ask Notewise for more.",
    ]  # fmt: skip
    assert all(s.claims == () and s.source for s in question.answer.short)
    assert question.related == ("retention-of-backups", "uses/train", "how-long")


def test_prose_stands_behind_facts_or_in_place_of_missing_ones(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        "  ads-or-sold: {answer: We live from fees.}\n  private-chats: {answer: There are none.}\n",
    )
    assert short(found["ads-or-sold"]).startswith("No. Showing ads: no.")
    assert short(found["ads-or-sold"]).endswith("We live from fees.")
    assert short(found["private-chats"]) == "There are none."
    assert found["private-chats"].answer.missing == ""


def test_a_template_that_cannot_be_filled_shows_no_braces(tmp_path: Path) -> None:
    found = asked(tmp_path, "  rating: {answer: 'Kept {{ retention.of.keep }}.'}\n")
    assert "{" not in short(found["rating"])


def messages(findings: list[Finding]) -> list[str]:
    return [f"{f.location.line if f.location else 0}: {f.message} | {f.hint}" for f in findings]


def test_what_is_wrong_is_told_with_the_nearest_spelling(tmp_path: Path) -> None:
    first = PLAIN.count("\n") + 2
    wrong = made(
        tmp_path,
        """  used-for-trainin: {left-out: none of your business}
  our-awards: {answer: We have one.}
  rating: {about: [uses/trian, how-long]}
""",
    )
    assert messages(list(unknown_question.check(wrong))) == [
        f"{first}: 'used-for-trainin' is no question of the FAQ, and has no 'answer' of its own | "
        "did you mean 'used-for-training'?",
        f"{first + 2}: 'uses/trian' is no question, and no controls, data, uses of this policy | "
        "did you mean 'uses/train'?",
    ]
    assert messages(list(incomplete_question.check(wrong))) == [
        f"{first + 1}: 'our-awards' is a question of your own, and '{key}' is missing from it | "
        "add it, or use the id of a question that exists"
        for key in ("ask", "group")
    ]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{left-out: why, ask: What?}", "a question that is 'left-out' says nothing else"),
        ("{}", "say what changes: 'ask', 'place', 'answer', 'left-out' or another key"),
        ("{place: 0}", "'place' counts from 1"),
        ("{left-out: }", "say what changes: "),
        ("{group: my-choice}", "'my-choice' is not a known value of 'group'"),
        ("{anwser: x}", "unknown key 'anwser'"),
    ],
)
def test_an_entry_that_says_nothing_or_too_much(entry: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "policy_data").mkdir()
    (tmp_path / "policy_data/policy.yml").write_text(f"{PLAIN}questions:\n  rating: {entry}\n")
    assert said in rendered(load(tmp_path)[1])


def test_a_question_that_is_left_out_or_answered_in_prose_lacks_nothing(tmp_path: Path) -> None:
    text = "  private-chats: {left-out: none}\n  by-region: {answer: It is one everywhere.}\n"
    told = " ".join(f.message for f in unanswered_question.check(made(tmp_path, text)))
    assert "'private-chats'" not in told and "'by-region'" not in told
    assert "'by-plan'" in told

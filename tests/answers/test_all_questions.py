"""The FAQ is whole: its questions keep their addresses, and each answers yes, no and differs."""

from datetime import date
from pathlib import Path

import pytest
from tests.answers.asking import ask, beside, short
from tests.answers.policies import CLOSED, DIFFERS, PLAIN, SCHOOL, project

from aboveboard.answers.model import Items, Table
from aboveboard.answers.questions import QUESTIONS
from aboveboard.answers.wording import in_force

# The 42 questions that readers ask of such services, group by group. An id is an address: whoever
# has linked to an answer finds it again, so an id here never changes and never goes.
IDS = {
    "is-my-data-used": (
        "used-for-training", "what-counts", "never-used", "connected-and-uploads",
        "voice-and-images", "inferred-data", "sources",
    ),
    "for-what": ("other-purposes", "kinds-of-model", "ads-or-sold", "personalised", "legal-basis"),
    "who-it-applies-to": (
        "by-plan", "work-or-school", "by-region", "signed-out", "children-and-teens", "non-users",
    ),
    "my-choices": (
        "on-by-default", "how-to-switch-off", "when-choice-takes-effect", "choice-follows-me",
        "what-i-lose", "still-used-after-refusal", "rating", "private-chats", "deadline",
    ),
    "anonymous-and-who-sees-it": (
        "anonymised", "linked-back", "could-repeat", "people-read", "who-else-gets-it",
        "where-stored",
    ),
    "how-long-and-my-rights": (
        "how-long", "after-deletion", "take-out-of-model", "my-rights", "object-or-complain",
        "sensitive-information",
    ),
    "trust-and-change": ("what-changed", "who-is-responsible", "how-to-check"),
}  # fmt: skip
FORTY_TWO = [(group, id_) for group, ids in IDS.items() for id_ in ids]


def test_there_are_forty_two_and_each_has_its_place() -> None:
    assert len(FORTY_TWO) == 42
    known = [(question.GROUP, id_) for id_, question in QUESTIONS.items()]
    assert [pair for pair in known if pair in FORTY_TWO] == FORTY_TWO


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


ONE_KIND = "  axes: {account: {in: Signed in}, mode: {all: Ordinary chats}}\n  controllers:"
ONLY = changed(PLAIN, "  controllers:", ONE_KIND)
TOLD = changed(PLAIN, "  controllers:", "  told-by: in-product\n  controllers:")
PERSONAL = changed(
    PLAIN,
    "  ads: {",
    "  fit: {name: fitting answers to you, purpose: personalise, data: notes, applies: {state: always}}\n  ads: {",
)
FORGETFUL = changed(
    PLAIN,
    "  ads: {",
    "  fit: {name: fitting answers to you, purpose: personalise, data: notes, applies: {state: never}}\n  ads: {",
)
CLOSED_FILES = changed(
    CLOSED,
    "name: your notes, origin: provided",
    "name: your notes, origin: generated, via: upload, form: video",
)
LOCKED = changed(PLAIN, "no-answer: allowed", "no-answer: locked-out")
FRUGAL = changed(
    CLOSED,
    "copies:",
    "models: {helper: {name: the helper, family: generative, sources: licensed}}\ncopies:",
)
ADMIN_SEES_NOTHING = changed(SCHOOL, ", visible-to: organisation", "").replace(
    "recipients: school", "recipients: cloud"
)
OTHERS = changed(
    CLOSED,
    "copies:",
    "rights: {erase: {right: erase, who: non-users, how: {do: [Write to us]}}}\ncopies:",
)
BOUND = changed(PLAIN, "data:", "bindings: {files: [p.yml]}\ndata:")
WHERE = changed(PLAIN, "linked: false}", "linked: false, regions: [IE]}")

SHORT = [
    ("connected-and-uploads", PLAIN,
     "No. This is about training AI. Your files: no. Text from connected apps: no."),
    ("connected-and-uploads", SCHOOL,
     "It depends on the data. This is about training AI. Your pictures: it depends on your account "
     "and the mode. Your code: no."),
    ("connected-and-uploads", changed(PLAIN, "name: your ratings, origin: provided", "name: your ratings, origin: provided, via: upload"),
     "It depends on the data. This is about training AI. Your ratings: no, except when you rate an "
     "answer. Your files: no. Text from connected apps: no."),
    ("voice-and-images", changed(PLAIN, "examples: [drafts]", "form: voice"),
     "It depends on the data. This is about training AI. What you write in notes: yes, unless you "
     "switch it off. Your files: no."),
    ("voice-and-images", CLOSED_FILES, "No. This is about training AI. Your notes: no."),
    ("voice-and-images", SCHOOL,
     "It depends on your account and the mode. This is about training AI. Your notes: it depends "
     "on your account and the mode. Your pictures: it depends on your account and the mode."),
    ("inferred-data", PLAIN, "No. This is about training AI. The tone of your notes: no."),
    ("inferred-data", SCHOOL,
     "It depends on your account and the mode. This is about training AI. The memory of your "
     "notes: it depends on your account and the mode."),
    ("kinds-of-model", PLAIN,
     "AI that writes or draws and AI that spots harm. The helper: yes, unless you switch it off. "
     "The filter: no, except when our checks flag a note."),
    ("kinds-of-model", FRUGAL, "None. The helper: no use of your data trains this."),
    ("kinds-of-model", SCHOOL,
     "AI that writes or draws. The helper: it depends on your account and the mode. "
     "The sorter: no use of your data trains this."),
    ("personalised", PERSONAL,
     "Yes, and no switch stops it. We use what you write in notes for fitting answers to you."),
    ("personalised", FORGETFUL, "No."),
    ("personalised", SCHOOL,
     "It depends on your plan. Home: no, unless you switch it on. School: no. We use your notes "
     "for remembering your notes. We tell you 7 days before this changes."),
    ("work-or-school", DIFFERS,
     "Your admin decides about use of your team's notes. It is off until your admin allows it. "
     "In the product, your admin sees none of your data."),
    ("work-or-school", SCHOOL,
     "No choice in this policy is your admin's. We share your notes with your school for reporting "
     "to your school. In the product, your admin sees your notes."),
    ("work-or-school", ADMIN_SEES_NOTHING,
     "No choice in this policy is your admin's. In the product, your admin sees none of your data."),
    ("signed-out", ONLY, "Signed in only. There is no way to use it without an account."),
    ("signed-out", SCHOOL,
     "Yes. It differs for training the model. Here is the answer for training the model. Signed "
     "out: yes, and no switch stops it. Signed in, Ordinary notes: yes, unless you switch it off. "
     "Signed in, Temporary notes: no."),
    ("private-chats", ONLY, "Ordinary chats only. There is no other kind of chat, such as a private one."),
    ("private-chats", changed(ONLY, "all: Ordinary chats", "all: Ordinary chats, temporary: Temporary chats"),
     "No. The mode changes nothing."),
    ("private-chats", SCHOOL,
     "Yes. It differs for training the model. Here is the answer for training the model. Signed "
     "out: yes, and no switch stops it. Signed in, Ordinary notes: yes, unless you switch it off. "
     "Signed in, Temporary notes: no."),
    ("non-users", PLAIN,
     "Yes. Data about other people stands in text from connected apps. The helper learned from "
     "public web pages. Such pages tell about people."),
    ("non-users", OTHERS,
     "No. No data in this policy is about people who do not use the service. "
     "Erase your data. If you do not use the service: write to us."),
    ("non-users", changed(SCHOOL, "who: non-users", "who: users"),
     "Yes. Data about other people stands in your pictures. "
     "This policy names no right of people who do not use the service."),
    ("choice-follows-me", DIFFERS,
     "Across devices, yes. It holds for your account, on every device."),
    ("choice-follows-me", SCHOOL, "Not across devices. It holds on this device only."),
    ("choice-follows-me", PLAIN,
     "Not each choice does. Use of your notes for training: your choice holds for your account, on "
     "every device. Counting of your words: your choice holds in this browser only. Reading of "
     "your notes: your choice holds on this device only."),
    ("deadline", PLAIN,
     "It counts as a yes. Use of your notes for training: no answer counts as a yes. "
     "The last day to answer is 24 December 2026."),
    ("deadline", LOCKED,
     "You cannot go on without an answer. Use of your notes for training: without an answer you "
     "cannot go on. The last day to answer is 24 December 2026."),
    ("deadline", SCHOOL,
     "It depends on the choice. Use of your notes for training, Home: no answer counts as a no. "
     "The last day to answer is 24 December 2026. Use of your notes for training, School: no "
     "answer counts as a yes."),
    ("could-repeat", SCHOOL,
     "Yes. A model can repeat a text that it learned from. Against it we have a search for copied "
     "text. We remove notes that repeat before training."),
    ("could-repeat", CLOSED, "No. We do not train models with your data."),
    ("where-stored", WHERE,
     "In Ireland. We send data to Ireland and the United States, to Example Cloud."),
    ("where-stored", PLAIN,
     "In Ireland. We send data to Ireland and the United States, to Example Cloud. "
     "This policy does not say where this is: the training sets."),
    ("where-stored", SCHOOL,
     "In Ireland and the United States. In Ireland: our servers. In Ireland and the United "
     "States: the backup. We send data to the United States, to Example Cloud."),
    ("sensitive-information", DIFFERS,
     "Yes. Leave out what nobody else is to know. We use it for training the model. "
     "We still use the data that we already hold."),
    ("sensitive-information", CLOSED,
     "Not because of us. In this policy no AI learns from what you enter, and no person reads it."),
    ("what-changed", TOLD,
     "Version 1.0.0 is in force since 1 December 2026. We tell you 30 days before an answer "
     "changes. We tell you in the product."),
    ("what-changed", PLAIN,
     "Version 1.0.0 is in force since 1 December 2026. We tell you 30 days before an answer "
     "changes. This policy does not say how we tell you."),
    ("what-changed", SCHOOL,
     "Version 3.0.0 is in force since 1 December 2026. We tell you 30 days before this changes: "
     "training the model. We tell you 7 days before this changes: remembering your notes and "
     "reporting to your school. We tell you by e-mail and on this site."),
    ("how-to-check", BOUND,
     "In part. A program compared this policy with pipeline settings on 2 December 2026. It made "
     "46 comparisons. 46 rest on settings that a tool runs. 0 rest on our own description. "
     "If something here is wrong, write to privacy@example.org."),
]  # fmt: skip


@pytest.mark.parametrize(("id_", "text", "expected"), SHORT)
def test_short_answer(id_: str, text: str, expected: str, tmp_path: Path) -> None:
    assert short(ask(tmp_path, text, id_)) == expected


def test_comparisons_that_fail_are_said_first(tmp_path: Path) -> None:
    made = project(tmp_path, BOUND)
    judged = made.proof.judged
    first = next(iter(judged))
    judged[first] = judged[first]._replace(verdict="violated")
    said = short(QUESTIONS["how-to-check"].answer(made))
    assert said.startswith("Not now.") and "1 does not hold." in said


def test_excluded_data_comes_back_as_other_data(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "connected-and-uploads")) == [
        "When you paste it, we treat text from connected apps as what you write in notes."
    ]


def test_uses_for_other_purposes_stand_beside_data_that_trains_nothing(tmp_path: Path) -> None:
    (block,) = [
        b for b in ask(tmp_path, PLAIN, "inferred-data").details
        if isinstance(b, Items) and b.title == "Uses that go on"
    ]  # fmt: skip
    assert [s.whole for s in block.sentences] == [
        "We use the tone of your notes for counting words, unless you switch it off."
    ]


def test_where_a_choice_ends_is_said_beside_it(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "choice-follows-me")) == [
        "Choose again in each account of yours: use of your notes for training.",
        "Choose again in each browser: counting of your words.",
        "Choose again on each device: reading of your notes.",
    ]


def test_what_a_protection_misses_stands_beside_it(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, SCHOOL, "could-repeat")) == [
        "A text that stands once stays.",
        "It cannot try each text.",
    ]
    assert beside(ask(tmp_path, PLAIN, "sensitive-information")) == [
        "Names stay.",
        "The text stays.",
    ]


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("connected-and-uploads", SCHOOL), ("voice-and-images", SCHOOL), ("personalised", SCHOOL),
        ("signed-out", SCHOOL), ("private-chats", SCHOOL), ("work-or-school", DIFFERS),
    ],
)  # fmt: skip
def test_where_readers_differ_a_table_says_so(id_: str, text: str, tmp_path: Path) -> None:
    tables = [b for b in ask(tmp_path, text, id_).details if isinstance(b, Table)]
    assert len({row[1].whole for table in tables for row in table.rows}) >= 2


def test_a_line_is_backed_by_its_own_data(tmp_path: Path) -> None:
    answer = ask(tmp_path, PLAIN, "connected-and-uploads")
    (files,) = [s for s in answer.short if s.text.startswith("Your files")]
    assert set(files.claims) == {
        "never-used:train/files/never",
        "nothing-undeclared:filter/nothing-else",
        "nothing-undeclared:filter/flagged/nothing-else",
    }


def test_a_version_of_later_is_not_said_to_be_in_force(tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN)
    assert in_force(date(2026, 12, 1), date(2026, 11, 30)) == "in force from 1 December 2026"
    early = made.on(date(2026, 11, 1))
    said = [s.whole for s in QUESTIONS["what-changed"].answer(early).short]
    assert said[0] == "Version 1.0.0 is in force from 1 December 2026."

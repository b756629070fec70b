"""The redline shows every answer that reads otherwise, and no other, with what it follows from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.examples import TODAY

from aboveboard.answers.model import Sentence
from aboveboard.answers.whole import whole
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.review.diff import changes
from aboveboard.review.redline import Passage, Redline, redline
from aboveboard.review.since import Since
from aboveboard.review.verdicts import moved
from aboveboard.review.words import Words, text_of

ROOT = Path(__file__).parent.parent.parent
DEMO = load_project(ROOT, TODAY)
Edit = tuple[str, str, str]

LONGER = ("policy_data/retention.yml", "copy: export\n    scope: otherwise\n    keep: P90D", "copy: export\n    scope: otherwise\n    keep: P180D")  # fmt: skip
SMALLER = ("policy_data/steps.yml", "k: 50", "k: 20")
NAMED = ("policy_data/controls.yml", "name: use of your chats for training", "name: training on your chats")  # fmt: skip
UNMASKED = ("pipeline/chats.yml", "mask_emails: true", "mask_emails: false")


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Project]:
    """The demo with some texts of its files replaced."""

    def make(*edits: Edit) -> Project:
        for folder in ("policy_data", "pipeline"):
            shutil.copytree(ROOT / folder, tmp_path / folder, dirs_exist_ok=True)
        for file, before, after in edits:
            text = (tmp_path / file).read_text("utf-8")
            assert text.count(before) == 1, before
            (tmp_path / file).write_text(text.replace(before, after), "utf-8")
        return load_project(tmp_path, TODAY)

    return make


def between(before: Project, after: Project) -> Redline:
    return redline(Since(before, after, "v1"))


def passages(found: Redline) -> list[Passage]:
    assert found.passages is not None
    return list(found.passages)


def marked(words: Words) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[run.kind].format(run.text) for run in words)


def test_the_same_state_has_no_redline() -> None:
    assert passages(between(DEMO, load_project(ROOT, TODAY))) == []


@pytest.mark.parametrize("edit", [LONGER, SMALLER, NAMED], ids=["longer", "smaller", "named"])
def test_every_answer_that_reads_otherwise_is_there_and_no_other(
    edited: Callable[..., Project], edit: Edit
) -> None:
    after = edited(edit)

    found = {p.path for p in passages(between(DEMO, after))}

    first, second = everything(DEMO), everything(after)
    assert found == {path for path in first if first[path] != second[path]} != set()


def everything(project: Project) -> dict[str, object]:
    """All that the site says in each answer, without what stands behind it."""
    parts = [part for chapter in whole(project) for part in chapter.parts]
    return {part.path: [part.title, said(part.answer)] for part in parts}


def said(value: Any) -> Any:
    """Every text of an answer in its place."""
    if isinstance(value, Sentence):
        return value.whole
    if isinstance(value, tuple):
        return [said(item) for item in value]
    if is_dataclass(value):
        return [said(getattr(value, field.name)) for field in fields(value)]
    return value


def test_each_line_knows_the_change_behind_it(edited: Callable[..., Project]) -> None:
    """Two changes of unlike facts, in an answer that tells of both."""
    after = edited(LONGER, NAMED)
    keys = [change.key for change in changes(DEMO, after)]

    (how_long,) = (p for p in passages(between(DEMO, after)) if p.path == "questions/how-long")

    lines = {
        marked(line.cells[0]): [keys[n] for n in line.causes]
        for line in how_long.parts[0].lines
        if not line.same
    }
    assert lines == {
        "With [-use of-]{+training on+} your chats[- for training-] allowed, in the export for training: [-90-]{+180+} days.": [
            "controls/training-switch/name",
            "retention/export-allowed/keep.default",
        ],
        "With [-use of-]{+training on+} your chats[- for training-] refused, in the export for training: 30 days.": [
            "controls/training-switch/name"
        ],
    }


@pytest.mark.parametrize("edit", [LONGER, SMALLER, NAMED], ids=["longer", "smaller", "named"])
def test_every_passage_has_its_cause(edited: Callable[..., Project], edit: Edit) -> None:
    assert {p.causes for p in passages(between(DEMO, edited(edit)))} == {(0,)}


def test_the_way_back_swaps_what_went_and_what_came(edited: Callable[..., Project]) -> None:
    after = edited(LONGER, NAMED, SMALLER)

    there, back = passages(between(DEMO, after)), passages(between(after, DEMO))

    for one, other in zip(there, back, strict=True):
        assert one.path == other.path
        old = {text_of(c, "added") for p in one.parts for line in p.lines for c in line.cells}
        new = {text_of(c, "removed") for p in other.parts for line in p.lines for c in line.cells}
        assert old == new


def test_an_answer_that_is_new_or_gone_is_told_whole(edited: Callable[..., Project]) -> None:
    question = "policy_data/questions.yml", "  choice-follows-me:", "  why-this:\n    ask: Why?\n    group: for-what\n    answer: Because we can.\n  choice-follows-me:"  # fmt: skip
    after = edited(question)

    (new,) = passages(between(DEMO, after))
    (gone,) = passages(between(after, DEMO))

    assert (new.came, marked(new.title)) == ("new", "{+Why?+}")
    assert (gone.came, marked(gone.title)) == ("gone", "[-Why?-]")
    assert marked(new.parts[0].lines[0].cells[0]) == "{+Because we can.+}"


def test_another_id_is_not_another_answer(edited: Callable[..., Project]) -> None:
    """What is renamed is compared with what it was."""
    files = ("controls.yml", "bindings.yml", "retention.yml", "uses.yml")
    after = edited()
    for name in files:
        file = after.root / "policy_data" / name
        file.write_text(file.read_text("utf-8").replace("training-switch", "improve"), "utf-8")
    after = load_project(after.root, TODAY)

    assert [c.key for c in changes(DEMO, after)] == ["controls/improve/id"]
    assert passages(between(DEMO, after)) == []


def test_sentences_that_rest_on_a_verdict_that_moved(edited: Callable[..., Project]) -> None:
    after = edited(UNMASKED)

    found = between(DEMO, after)

    # What stands under the words differs; of words only those that count verdicts.
    assert [p.path for p in passages(found)] == ["questions/how-to-check"]
    (claim,) = (each.claim for each in moved(DEMO, after))
    assert "It looks for: email, phone, ip address, id card and secret." in [
        rest.text for rest in found.rests[claim]
    ]


def test_a_state_with_faults_has_no_answers(edited: Callable[..., Project]) -> None:
    broken = edited(("policy_data/policy.yml", "version: 1.0.0", "version: [1]"))

    found = between(DEMO, broken)

    assert found.passages is None and found.rests == {}
    assert found.before is not None and found.after is None


def test_of_a_release_the_words_are_those_that_were_published() -> None:
    """Not those that this version of the tool would make of the same facts."""
    published = whole(DEMO)
    first = published[0].parts[0]
    old = replace(first.answer.short[0], text="We said it otherwise.", source=None)
    answer = replace(first.answer, short=(old, *first.answer.short[1:]))
    chapter = published[0]._replace(parts=(first._replace(answer=answer), *published[0].parts[1:]))

    found = redline(Since(DEMO, load_project(ROOT, TODAY), "v1"), ((chapter, *published[1:]), None))

    (passage,) = passages(found)
    assert passage.path == first.path and passage.causes == ()
    assert "[-We said it otherwise-]" in marked(passage.parts[0].lines[0].cells[0])

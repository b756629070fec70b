"""What a difference does to the published answers, with the changes behind each word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ..answers import entities
from ..answers.compose import compose
from ..answers.model import Answer
from ..policy.entities import Header
from ..policy.review import ChangeRecord
from ..project import Project
from . import concerned, gates
from .causes import Causes
from .diff import sides_of
from .passages import Part, parts
from .since import Since
from .verdicts import Moved
from .words import Words, compared, same, text_of

KINDS = {
    "questions": "Question",
    "uses": "Use",
    "controls": "Choice",
    "data": "Kind of data",
    "pages": "Page",
}
_PAGES: dict[str, Callable[[Project], Answer]] = {
    "anonymisation": entities.anonymisation,
    "retention": entities.retention,
    "recipients": entities.recipients,
    "safeguards": entities.safeguards,
}
_ENTITIES: dict[str, Callable[[Project, str], Answer]] = {
    "uses": entities.use_answer,
    "controls": entities.control_answer,
    "data": entities.data_answer,
}

Key = tuple[str, str]


class Passage(NamedTuple):
    """A published answer that reads otherwise; `came` is whether it is new, gone or neither.

    `causes` are the changes behind any word of it, by their place in the list of changes.
    """

    kind: str
    id: str
    title: Words
    came: str
    parts: tuple[Part, ...]
    causes: tuple[int, ...]


class Rest(NamedTuple):
    """A published sentence, and the title of the answer in which it first stands."""

    text: str
    title: str


class Told(NamedTuple):
    """How people are told of a change that needs a record, or had better have one.

    `notice` is the time that is due before it; `whole` is whether the records tell everybody.
    """

    required: bool
    notice: str
    records: tuple[ChangeRecord, ...]
    whole: bool


class Redline(NamedTuple):
    """The answers that read otherwise, the sentences that rest on each claim that moved, and how
    people are told of each change that needs it, by its key.

    `passages` is None where a state could not be read whole, so that it has no answers.
    """

    as_of: date
    before: Header | None
    after: Header | None
    passages: tuple[Passage, ...] | None
    rests: dict[str, tuple[Rest, ...]]
    told: dict[str, Told]


def redline(since: Since) -> Redline:
    """The answers of two states, word by word."""
    before, after = since.base, since.project
    headers = before.policy.header, after.policy.header
    if not (before.loaded and after.loaded and all(headers)):
        return Redline(after.as_of, *headers, None, {}, {})
    _, ids = sides_of(before, after)
    old = {(kind, was): now for kind, pairs in ids.items() for was, now in pairs.items()}
    first = {(kind, old.get((kind, id_), id_)): it for (kind, id_), it in _answers(before).items()}
    second = _answers(after)
    causes = Causes(before.policy, after.policy, since.changes, ids)
    keys = sorted({**second, **first}, key=lambda key: [*KINDS].index(key[0]))
    found = (_passage(causes, key, first.get(key), second.get(key)) for key in keys)
    return Redline(
        after.as_of,
        *headers,
        tuple(passage for passage in found if passage),
        _rests([*first.values(), *second.values()], since.verdicts),
        _told(since),
    )


def _told(since: Since) -> dict[str, Told]:
    """How people are told of each change that needs it, by the keys of the change."""
    found: dict[str, Told] = {}
    for need in gates.needs(since):
        records = concerned.covering(since, need)
        told = Told(
            need.wanted == "required",
            need.notice.words(),
            tuple(records.values()),
            concerned.covered(since, need),
        )
        found |= dict.fromkeys(need.keys, told)
    return found


def _answers(project: Project) -> dict[Key, Answer]:
    """Every answer that is published, by what it is about."""
    found: dict[Key, Answer] = {("questions", q.id): q.answer for q in compose(project)}
    for kind, answer in _ENTITIES.items():
        found |= {(kind, id_): answer(project, id_) for id_ in project.policy.entities(kind)}
    return {**found, **{("pages", id_): page(project) for id_, page in _PAGES.items()}}


def _passage(
    causes: Causes, key: Key, before: Answer | None, after: Answer | None
) -> Passage | None:
    """What differs in an answer; None if nothing does."""
    title = compared(before.question if before else "", after.question if after else "")
    changed = tuple(_caused(causes, part) for part in parts(before, after) if not part.same)
    if not changed and same(title):
        return None
    came = "" if before and after else "new" if after else "gone"
    behind = {*_of_words(causes, title), *(n for part in changed for n in part.causes)}
    behind.update(n for part in changed for line in part.lines for n in line.causes)
    return Passage(*key, title, came, changed, tuple(sorted(behind)))


def _caused(causes: Causes, part: Part) -> Part:
    lines = (line if line.same else line._replace(causes=causes.of(line)) for line in part.lines)
    return part._replace(lines=tuple(lines), causes=_of_words(causes, part.title))


def _of_words(causes: Causes, words: Words) -> tuple[int, ...]:
    before, after = text_of(words, "added"), text_of(words, "removed")
    return () if before == after else causes.of_words(before, after)


def _rests(answers: Sequence[Answer], verdicts: Sequence[Moved]) -> dict[str, tuple[Rest, ...]]:
    """The sentences that rest on each claim that moved, or on one that moved with it."""
    found: dict[str, dict[str, Rest]] = {}
    heads = {claim: moved.claim for moved in verdicts for claim in (moved.claim, *moved.others)}
    for answer in answers:
        for sentence in answer.sentences():
            for head in {heads[claim] for claim in sentence.claims if claim in heads}:
                rest = Rest(sentence.whole, answer.question)
                found.setdefault(head, {}).setdefault(rest.text, rest)
    return {head: tuple(rests.values()) for head, rests in found.items()}

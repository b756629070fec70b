"""What a difference does to the published answers, with the changes behind each word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..answers.whole import Chapter, whole
from ..answers.whole import Part as Published
from ..findings import Location
from ..policy.entities import Header
from ..policy.review import ChangeRecord
from . import concerned, gates
from .causes import Causes
from .diff import sides_of
from .passages import Part, parts
from .signs import Signs, signs
from .since import Since
from .verdicts import Moved
from .words import Words, compared, same, text_of

# What an answer is about, by the start of its path.
KINDS = {
    "home": "The short version",
    "questions": "Question",
    "uses": "Use",
    "controls": "Choice",
    "data": "Kind of data",
}
PAGE = "Page"  # about all things of a kind
COUNTS = ("bindings", "", "files")  # what a sentence is about that counts comparisons
Said = tuple[Chapter, ...] | None


class Passage(NamedTuple):
    """A published answer that reads otherwise; `came` is whether it is new, gone or neither.

    `path` is where it stands on the site. `causes` are the changes behind any word of it, by their
    place in the list of changes, `verdicts` the verdicts that moved and are behind one.
    """

    path: str
    title: Words
    came: str
    parts: tuple[Part, ...]
    causes: tuple[int, ...]
    verdicts: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """What it is about, in words."""
        return KINDS.get(self.path.partition("/")[0], PAGE)


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

    `passages` is None where a state could not be read whole, so that it has no answers; `signs` is
    what there is to sign then.
    """

    as_of: date
    before: Header | None
    after: Header | None
    passages: tuple[Passage, ...] | None
    rests: dict[str, tuple[Rest, ...]]
    told: dict[str, Told]
    signs: Signs = Signs(0, {})


def redline(since: Since, said: tuple[Said, Said] = (None, None)) -> Redline:
    """The answers of two states, word by word: as they were `said` in a release, else as made."""
    before, after = since.base, since.project
    headers = before.policy.header, after.policy.header
    if not (before.loaded and after.loaded and all(headers)):
        return Redline(after.as_of, *headers, None, {}, {})
    _, ids = sides_of(before, after)
    old = {
        f"{kind}/{was}": f"{kind}/{now}"
        for kind, pairs in ids.items()
        for was, now in pairs.items()
    }
    made = _answers(whole(before)), _answers(whole(after))
    first, second = (
        mine if known is None else _answers(known) for mine, known in zip(made, said, strict=True)
    )
    first = {old.get(path, path): part for path, part in first.items()}
    causes = Causes(before.policy, after.policy, since.changes, ids, *map(_sources, made))
    paths = sorted({**second, **first}, key=_order)
    found = (
        _passage(causes, path, first.get(path), second.get(path), since.verdicts) for path in paths
    )
    return Redline(
        after.as_of,
        *headers,
        tuple(passage for passage in found if passage),
        _rests([*first.values(), *second.values()], since.verdicts),
        _told(since),
        signs(since),
    )


def _answers(chapters: Iterable[Chapter]) -> dict[str, Published]:
    """Every answer that is published, by its path."""
    return {part.path: part for chapter in chapters for part in chapter.parts}


def _sources(published: Mapping[str, Published]) -> dict[str, Location]:
    """Where each sentence was written: what a release holds does not say."""
    said = (sentence for part in published.values() for sentence in part.answer.sentences())
    return {sentence.whole: sentence.source for sentence in said if sentence.source}


def _order(path: str) -> int:
    kind = path.partition("/")[0]
    return [*KINDS].index(kind) if kind in KINDS else len(KINDS)


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


def _passage(
    causes: Causes,
    path: str,
    before: Published | None,
    after: Published | None,
    verdicts: Sequence[Moved],
) -> Passage | None:
    """What differs in an answer; None if nothing does."""
    title = compared(before.title if before else "", after.title if after else "")
    pairs = parts(before.answer if before else None, after.answer if after else None)
    changed = tuple(_caused(causes, part) for part in pairs if not part.same)
    if not changed and same(title):
        return None
    came = "" if before and after else "new" if after else "gone"
    behind = {*_of_words(causes, title), *(n for part in changed for n in part.causes)}
    behind.update(n for part in changed for line in part.lines for n in line.causes)
    return Passage(path, title, came, changed, tuple(sorted(behind)), _judged(changed, verdicts))


def _judged(changed: Sequence[Part], verdicts: Sequence[Moved]) -> tuple[int, ...]:
    """The verdicts behind words that changed: their claims', or all where they are counted."""
    lines = [line for part in changed for line in part.lines if not line.same]
    said = [s for line in lines for row in (line.before, line.after) if row for s in row.sentences]
    claims = {claim for sentence in said for claim in sentence.claims}
    counts = any(sentence.about == COUNTS for sentence in said)
    return tuple(
        number
        for number, moved in enumerate(verdicts)
        if counts or not claims.isdisjoint((moved.claim, *moved.others))
    )


def _caused(causes: Causes, part: Part) -> Part:
    lines = (
        line if line.same else line._replace(causes=causes.of(line), note=causes.turn(line))
        for line in part.lines
    )
    return part._replace(lines=tuple(lines), causes=_of_words(causes, part.title))


def _of_words(causes: Causes, words: Words) -> tuple[int, ...]:
    before, after = text_of(words, "added"), text_of(words, "removed")
    return () if before == after else causes.of_words(before, after)


def _rests(answers: Sequence[Published], verdicts: Sequence[Moved]) -> dict[str, tuple[Rest, ...]]:
    """The sentences that rest on each claim that moved, or on one that moved with it."""
    found: dict[str, dict[str, Rest]] = {}
    heads = {claim: moved.claim for moved in verdicts for claim in (moved.claim, *moved.others)}
    for part in answers:
        for sentence in part.answer.sentences():
            for head in {heads[claim] for claim in sentence.claims if claim in heads}:
                rest = Rest(sentence.whole, part.title)
                found.setdefault(head, {}).setdefault(rest.text, rest)
    return {head: tuple(rests.values()) for head, rests in found.items()}

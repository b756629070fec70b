"""A page for each version that was released, at an address that stays, with all that it said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import partial

from ...answers.corrections import instead
from ...answers.model import Answer, Block, ClickList, Items, Paragraph, Sentence, Table
from ...answers.whole import Chapter
from ..book import Book, of_release
from ..history import Step, text_of
from ..page import Page
from ..text import day
from ..view import Shown

Say = Callable[[Sentence], Sentence]


def pages(book: Book) -> Iterator[Page]:
    """A page for each release, the newest first."""
    history = book.history
    at_present = partial(instead, book.project)  # no promise stands as in force that is corrected
    for step in reversed(history.steps):
        past = of_release(step.release.project)
        latest = step is history.newest
        say = at_present if latest else kept
        yield Page(
            f"versions/{step.version}",
            f"Version {step.version}",
            f"What we said from {day(step.since)}, in version {step.version}.",
            "version.html.j2",
            {
                "book": past,
                "step": step,
                "newest": history.newest,
                "today": book.project.as_of,
                "corrected": bool(book.project.corrected),
                "chapters": partial(_chapters, past, step, say),
            },
            group="changes",
            searched=False,
            indexed=False,
            key=None if latest and book.project.corrected else _key(book, step),
        )


def _key(book: Book, step: Step) -> tuple[Hashable, ...]:
    """All that a page hangs on, beside what is corrected at present."""
    newest, today = book.history.newest.version, book.project.as_of
    return (step.release, step.since, step.until, newest, today)


def kept(sentence: Sentence) -> Sentence:
    """What was said then stays as it was."""
    return sentence


def _chapters(
    past: Book, step: Step, say: Say
) -> list[tuple[str, str, list[tuple[str, str, Shown]]]]:
    """Each chapter with its id, and each of its answers with title and id."""
    text = text_of(step.release)
    ids = _ids(text)
    here = f"versions/{step.version}"
    return [
        (
            f"chapter-{n}",
            chapter.title,
            [
                (ids[p.path], p.title, past.show(_relinked(p.answer, here, ids, say), ids[p.path]))
                for p in chapter.parts
            ],
        )
        for n, chapter in enumerate(text, 1)
    ]


def _ids(text: tuple[Chapter, ...]) -> dict[str, str]:
    """The part of the page at which each answer stands, by its path."""
    return {
        part.path: f"part-{n}-{m}"
        for n, chapter in enumerate(text, 1)
        for m, part in enumerate(chapter.parts, 1)
    }


def _relinked(answer: Answer, here: str, ids: dict[str, str], say: Say) -> Answer:
    """The answer with links to parts of this page: what they led to is of another time."""

    def said(sentence: Sentence) -> Sentence:
        path, _, part = sentence.link.partition("#")
        id_ = ids.get(f"questions/{part}" if part else path)
        return say(replace(sentence, link=f"{here}#{id_}" if id_ else ""))

    def block(found: Block) -> Block:
        match found:
            case Table(caption, head, rows):
                return Table(caption, head, tuple(tuple(map(said, row)) for row in rows))
            case Items(title, sentences):
                return Items(title, tuple(map(said, sentences)))
            case Paragraph(sentences, title):
                return Paragraph(tuple(map(said, sentences)), title)
            case ClickList():
                return found

    exceptions = answer.exceptions
    return replace(
        answer,
        short=tuple(map(said, answer.short)),
        exceptions=Items(exceptions.title, tuple(map(said, exceptions.sentences)))
        if exceptions
        else None,
        details=tuple(map(block, answer.details)),
    )

"""What the site said, as plain data: chapters of answers, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...answers.model import (
    Answer,
    Block,
    ClickList,
    Clicks,
    Items,
    Paragraph,
    Sentence,
    Table,
)
from ...answers.whole import Chapter, Part
from .cursor import Cursor, Invalid

Plain = dict[str, Any]


def filled(**values: Any) -> Plain:
    """Without what is empty."""
    return {key: value for key, value in values.items() if value not in ("", None, (), [], False)}


def frozen(chapters: Iterable[Chapter]) -> Plain:
    """Chapters as a release keeps them."""
    return {"chapters": [_chapter(chapter) for chapter in chapters]}


def thawed(text: Cursor) -> tuple[Chapter, ...]:
    """The chapters that a release keeps."""
    found = text.keys("chapters").of("chapters")
    return tuple(_read_chapter(chapter) for chapter in found.each())


# -- to plain data -------------------------------------------------------------------------------


def _chapter(chapter: Chapter) -> Plain:
    parts = [{"path": p.path, "title": p.title, "answer": _answer(p.answer)} for p in chapter.parts]
    return {"title": chapter.title, "parts": parts}


def _answer(answer: Answer) -> Plain:
    return filled(
        question=answer.question,
        short=_sentences(answer.short),
        exceptions=_block(answer.exceptions) if answer.exceptions else None,
        details=[_block(block) for block in answer.details],
        applies=answer.applies if answer.applies != "everyone" else "",
        missing=answer.missing,
    )


def _sentences(sentences: Iterable[Sentence]) -> list[Plain]:
    return [_sentence(sentence) for sentence in sentences]


def _sentence(sentence: Sentence) -> Plain:
    return filled(
        lead=sentence.lead,
        text=sentence.text,
        claims=list(sentence.claims),
        link=sentence.link,
        follows=sentence.follows,
        correction=sentence.correction,
    )


def _block(block: Block) -> Plain:
    match block:
        case Paragraph(sentences, title):
            return {"kind": "paragraph", "title": title, "sentences": _sentences(sentences)}
        case Items(title, sentences):
            return {"kind": "items", "title": title, "sentences": _sentences(sentences)}
        case Table(caption, head, rows):
            table = {"caption": caption, "head": list(head), "rows": list(map(_sentences, rows))}
            return {"kind": "table", **table}
        case ClickList(title, platforms):
            return {"kind": "clicks", "title": title, "platforms": list(map(_clicks, platforms))}


def _clicks(clicks: Clicks) -> Plain:
    url = {"url": clicks.url} if clicks.url else {}
    return {"where": clicks.where, "steps": list(clicks.steps), **url}


# -- and back ------------------------------------------------------------------------------------


def _read_chapter(chapter: Cursor) -> Chapter:
    chapter.keys("title", "parts")
    return Chapter(chapter.text("title"), tuple(map(_read_part, chapter.of("parts").each())))


def _read_part(part: Cursor) -> Part:
    part.keys("path", "title", "answer")
    return Part(part.text("path"), part.text("title"), _read_answer(part.of("answer")))


def _read_answer(answer: Cursor) -> Answer:
    answer.keys(may=("question", "short", "exceptions", "details", "applies", "missing"))
    exceptions = _read_block(answer.of("exceptions")) if answer.has("exceptions") else None
    if not isinstance(exceptions, Items | None):
        raise Invalid("exceptions are a list", answer.of("exceptions").path)
    return Answer(
        answer.text("question", ""),
        _read_sentences(answer, "short"),
        exceptions,
        tuple(_read_block(block) for block in _each(answer, "details")),
        answer.text("applies", "everyone"),
        answer.text("missing", ""),
    )


def _each(cursor: Cursor, key: str) -> Sequence[Cursor]:
    return tuple(cursor.of(key).each()) if cursor.has(key) else ()


def _read_sentences(cursor: Cursor, key: str) -> tuple[Sentence, ...]:
    return tuple(map(_read_sentence, _each(cursor, key)))


def _read_sentence(sentence: Cursor) -> Sentence:
    sentence.keys(may=("lead", "text", "claims", "link", "follows", "correction"))
    return Sentence(
        sentence.text("text", ""),
        sentence.texts("claims"),
        sentence.text("lead", ""),
        sentence.text("link", ""),
        None,
        sentence.flag("follows"),
        sentence.text("correction", ""),
    )


def _read_block(block: Cursor) -> Block:
    block.keys("kind", may=block.value)
    match block.one_of("kind", ("paragraph", "items", "table", "clicks")):
        case "paragraph":
            block.keys("kind", "title", "sentences")
            return Paragraph(_read_sentences(block, "sentences"), block.text("title"))
        case "items":
            block.keys("kind", "title", "sentences")
            return Items(block.text("title"), _read_sentences(block, "sentences"))
        case "table":
            return _read_table(block.keys("kind", "caption", "head", "rows"))
        case _:
            block.keys("kind", "title", "platforms")
            return ClickList(
                block.text("title"), tuple(map(_read_clicks, _each(block, "platforms")))
            )


def _read_table(table: Cursor) -> Table:
    head = table.texts("head")
    rows = tuple(tuple(map(_read_sentence, row.each())) for row in table.of("rows").each())
    for index, row in enumerate(rows):
        if len(row) != len(head) or not row:
            raise Invalid("a row has as many cells as its head", (*table.path, "rows", index))
    return Table(table.text("caption"), head, rows)


def _read_clicks(clicks: Cursor) -> Clicks:
    clicks.keys("where", "steps", may=("url",))
    return Clicks(clicks.text("where"), clicks.texts("steps"), clicks.text("url", "") or None)

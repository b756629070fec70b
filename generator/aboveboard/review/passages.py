"""Two answers side by side: part by part, line by line, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ..answers.model import Answer, Block, ClickList, Clicks, Items, Sentence, Table
from ..answers.wording import path
from .words import Words, aligned, compared, same

Form = Literal["short", "open", "paragraph", "items", "table"]


class Row(NamedTuple):
    """A line of an answer as one state has it: a sentence, or the cells of a row of a table."""

    cells: tuple[str, ...]
    sentences: tuple[Sentence, ...] = ()


class Section(NamedTuple):
    """A part of an answer as one state has it; `head` is of a table."""

    form: Form
    title: str
    rows: tuple[Row, ...]
    head: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of both states, `before` or `after` None where there was none.

    `causes` are the changes that it follows from, by their place in the list of changes; `note`
    says why it tells of something else than before, if it does.
    """

    cells: tuple[Words, ...]
    before: Row | None
    after: Row | None
    causes: tuple[int, ...] = ()
    note: str = ""

    @property
    def same(self) -> bool:
        return bool(self.before and self.after) and all(map(same, self.cells))


class Part(NamedTuple):
    """A part of an answer in both states; `causes` are the changes behind its title."""

    form: Form
    title: Words
    lines: tuple[Line, ...]
    head: tuple[str, ...] = ()
    causes: tuple[int, ...] = ()

    @property
    def same(self) -> bool:
        return same(self.title) and all(line.same for line in self.lines)


def parts(before: Answer | None, after: Answer | None) -> Iterator[Part]:
    """Every part of either answer, in reading order; None if a state does not have it."""
    old, new = (list(_sections(answer)) if answer else [] for answer in (before, after))
    names = [[f"{s.form}\n{s.title}\n{s.head}" for s in side] for side in (old, new)]
    for was, now in aligned(*names):
        first, second = (None if was is None else old[was]), (None if now is None else new[now])
        if first and second and (first.form, first.head) != (second.form, second.head):
            yield _part(first, None)
            first = None
        yield _part(first, second)


def _sections(answer: Answer) -> Iterator[Section]:
    short = tuple(map(_row, answer.short))
    if not short and answer.missing:
        short = (Row(("This is not answered.",)),)
    yield Section("short", "", short)
    if answer.exceptions:
        yield Section("open", answer.exceptions.title, _rows(answer.exceptions.sentences))
    if answer.applies != "everyone":
        yield Section("paragraph", "Applies to", (Row((answer.applies,)),))
    yield from map(_block, answer.details)


def _block(block: Block) -> Section:
    if isinstance(block, Table):
        rows = (Row(tuple(cell.whole for cell in row), row) for row in block.rows)
        return Section("table", block.caption, tuple(rows), block.head)
    if isinstance(block, ClickList):
        return Section("items", block.title, tuple(map(_clicks, block.platforms)))
    form: Form = "items" if isinstance(block, Items) else "paragraph"
    return Section(form, block.title, _rows(block.sentences))


def _clicks(clicks: Clicks) -> Row:
    link = f" ({clicks.url})" if clicks.url else ""
    return Row((f"{clicks.where}: {path(list(clicks.steps))}{link}",))


def _rows(sentences: Sequence[Sentence]) -> tuple[Row, ...]:
    return tuple(map(_row, sentences))


def _row(sentence: Sentence) -> Row:
    return Row((sentence.whole,), (sentence,))


def _part(before: Section | None, after: Section | None) -> Part:
    old, new = before.rows if before else (), after.rows if after else ()
    texts = ["\n".join(row.cells) for row in old], ["\n".join(row.cells) for row in new]
    lines = tuple(
        _line(None if was is None else old[was], None if now is None else new[now])
        for was, now in aligned(*texts)
    )
    whole = after or before
    assert whole
    title = compared(before.title if before else "", after.title if after else "")
    return Part(whole.form, title, lines, whole.head)


def _line(before: Row | None, after: Row | None) -> Line:
    count = len((before or after or Row(())).cells)
    nothing = ("",) * count
    old, new = before.cells if before else nothing, after.cells if after else nothing
    return Line(tuple(map(compared, old, new)), before, after)

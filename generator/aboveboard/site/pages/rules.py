"""Which rules apply to me? Every use, and every time to keep, for each group of readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...answers.matrix import Box, Cell, Column, Line, Matrix, Statement
from ...answers.model import Answer
from ...answers.rules import Rules, rules
from ..book import Book
from ..page import WIDE, Page
from ..text import count
from ..view import Board, Numbering, Pair, Shown

# More columns than this make no table that reads: each row is a block of answers then.
MOST_COLUMNS = 4
TITLE = "Which rules apply to me?"


class Said(NamedTuple):
    """A statement with its verdict, and the mark of its state."""

    pair: Pair
    state: str


class Shard(NamedTuple):
    """A cell as the page prints it."""

    id: str
    column: Column
    said: tuple[Said, ...]
    open: tuple[Said, ...]
    more: int

    @property
    def board(self) -> Board:
        return Board(tuple(said.pair.verdict for said in (*self.said, *self.open)))


class Strip(NamedTuple):
    """A row as the page prints it; `rule` is its box for the script."""

    line: Line
    rule: str
    cells: tuple[Shard, ...]


class Sheet(NamedTuple):
    """A matrix as the page prints it."""

    matrix: Matrix
    strips: tuple[Strip, ...]

    @property
    def cards(self) -> bool:
        return len(self.matrix.columns) > MOST_COLUMNS


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    found = rules(book.project)
    numbering = Numbering(book.project, book.compared, "rule")
    uses = [_sheet(numbering, matrix) for matrix in found.uses]
    kept = [_sheet(numbering, matrix) for matrix in found.kept]
    same = [_shard(numbering, f"all:{c.id}", c, cell) for c, cell in found.same]
    proved = Shown(Answer(TITLE, ()), "rule", (), (), (), tuple(numbering.pairs.values()))
    yield Page(
        "rules",
        TITLE,
        "What applies to you, by your plan, your age and where you live.",
        "rules.html.j2",
        {
            "rules": found,
            "uses": uses,
            "kept": kept,
            "same": same,
            "nobody": [(words, _rule(box)) for words, box in found.nobody],
            "left_out": _left_out(found),
            "shown": proved,
            "states": {s.state for s in _all(uses, same)},
        },
        group="rules",
        look=WIDE,
    )


def _sheet(numbering: Numbering, matrix: Matrix) -> Sheet:
    return Sheet(matrix, tuple(_strip(numbering, matrix, line) for line in matrix.lines))


def _strip(numbering: Numbering, matrix: Matrix, line: Line) -> Strip:
    cells = zip(matrix.columns, line.cells, strict=True)
    shards = tuple(_shard(numbering, f"{line.id}:{c.id}", c, cell) for c, cell in cells)
    return Strip(line, _rule(line.box), shards)


def _shard(numbering: Numbering, id_: str, column: Column, cell: Cell) -> Shard:
    def said(statements: Iterable[Statement]) -> tuple[Said, ...]:
        found = (Said(numbering.pair(s.sentence, s.about), _state(s)) for s in statements)
        return tuple({_key(said): said for said in found}.values())

    return Shard(id_, column, said(cell.said), said(cell.open), cell.more)


def _state(statement: Statement) -> str:
    """The mark of a statement; a correction is in no state."""
    return "" if statement.sentence.correction else statement.state


def _key(said: Said) -> str:
    """A cell says a correction once, whatever it stands in for."""
    sentence = said.pair.sentence
    return sentence.whole if sentence.correction else said.pair.text


def _rule(box: Box) -> str:
    """A box as `plan=free,pro age=adult`."""
    return " ".join(f"{axis}={','.join(values)}" for axis, values in box.items())


def _left_out(found: Rules) -> str:
    """What a page cannot hold is said."""
    more = sum(matrix.more for matrix in found.matrices)
    return f"{count(more, 'more group is', 'more groups are')} not shown here." if more else ""


def _all(uses: Iterable[Sheet], same: Iterable[Shard]) -> Iterator[Said]:
    shards = [*(cell for sheet in uses for strip in sheet.strips for cell in strip.cells), *same]
    return (said for shard in shards for said in (*shard.said, *shard.open))

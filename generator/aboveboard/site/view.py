"""Answers as templates print them: with the line under each, and the pairs that prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from ..answers.model import Answer, Block, ClickList, Items, Paragraph, Sentence, Table
from ..project import Project
from ..proof.model import Judged
from .evidence import Compared
from .text import count
from .words import MARKS, VERDICT, Mark, weakest

Compare = Callable[[Judged], Compared]


@dataclass(frozen=True, slots=True)
class Board:
    """The line under some statements: one piece each, and its words."""

    pieces: tuple[Mark, ...]

    @property
    def weakest(self) -> Mark:
        return weakest(self.pieces)

    @property
    def words(self) -> list[tuple[Mark, str]]:
        """Each verdict with its word, counted when they differ; the best comes first."""
        tally = Counter(self.pieces)
        mixed = len(tally) > 1
        return [
            (verdict, f"{VERDICT[verdict]}{f': {tally[verdict]}' if mixed else ''}")
            for verdict in reversed(MARKS)
            if tally[verdict]
        ]

    @property
    def spoken(self) -> str:
        """Which statement has which verdict, for whoever cannot see the line."""
        if len(set(self.pieces)) < 2:
            return ""
        said = (f"Statement {n}: {VERDICT[v].lower()}." for n, v in enumerate(self.pieces, 1))
        return " ".join(said)

    @property
    def runs(self) -> list[tuple[Mark, str, str]]:
        """Equal pieces side by side as one, with its start and end in percent."""
        found, end, all_ = [], 0, len(self.pieces)
        for verdict, pieces in groupby(self.pieces):
            start, end = end, end + len(list(pieces))
            found.append((verdict, f"{100 * start / all_:.2f}%", f"{100 * end / all_:.2f}%"))
        return found

    def count(self, *verdicts: Mark) -> int:
        return sum(piece in verdicts for piece in self.pieces)

    @property
    def covers(self) -> str:
        if len(self.pieces) == 1:
            return "the statement above"
        all_ = "all " if len(set(self.pieces)) == 1 else ""
        return f"{all_}{count(len(self.pieces), 'statement')} above"


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and what it was compared with; `text` is the whole of it."""

    id: str
    number: int
    text: str
    sentence: Sentence
    verdict: Mark
    compared: tuple[Compared, ...]

    @property
    def board(self) -> Board:
        return Board((self.verdict,))


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of the details: a list, or a paragraph that runs on."""

    title: str
    pairs: tuple[Pair, ...]
    listed: bool

    @property
    def items(self) -> list[list[Pair]]:
        return items(self.pairs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the details; the first cell of a row names it and states nothing."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Sentence, tuple[Pair, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a page, each of its statements with a number and a verdict."""

    answer: Answer
    prefix: str
    short: tuple[Pair, ...]
    exceptions: tuple[Pair, ...]
    details: tuple[Lines | Grid | ClickList, ...]
    pairs: tuple[Pair, ...]

    @property
    def open_items(self) -> list[list[Pair]]:
        """What stays open, in items."""
        return items(self.exceptions)

    @property
    def said(self) -> Board:
        """The line under the short answer and its exceptions."""
        return Board(tuple(p.verdict for p in dict.fromkeys((*self.short, *self.exceptions))))


def items(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The items of a list: what follows a statement stands in one item with it."""
    found: list[list[Pair]] = []
    for pair in pairs:
        if pair.sentence.follows and found:
            found[-1].append(pair)
        else:
            found.append([pair])
    return found


class Numbering:
    """Gives each statement of an answer its number; one that is said twice keeps its first."""

    def __init__(self, project: Project, compare: Compare, prefix: str) -> None:
        self.project, self.compare, self.prefix = project, compare, prefix
        self.pairs: dict[str, Pair] = {}

    def pair(self, sentence: Sentence, about: str = "") -> Pair:
        text = f"{about}: {sentence.whole}" if about else sentence.whole
        if text not in self.pairs:
            proof, number = self.project.proof, len(self.pairs) + 1
            claims = [proof.judged[claim] for claim in sentence.claims if claim in proof.judged]
            self.pairs[text] = Pair(
                f"{self.prefix}-{number}",
                number,
                text,
                sentence,
                mark(self.project, sentence),
                tuple(self.compare(judged) for judged in claims),
            )
        return self.pairs[text]

    def all(self, sentences: Iterable[Sentence]) -> tuple[Pair, ...]:
        return tuple(self.pair(sentence) for sentence in _once(sentences))

    def block(self, block: Block) -> Lines | Grid | ClickList:
        match block:
            case Table(caption, head, rows):
                return Grid(caption, head, tuple(self._row(*row) for row in rows))
            case Items(title, sentences):
                return Lines(title, self.all(sentences), listed=True)
            case Paragraph(sentences, title):
                return Lines(title, self.all(sentences), listed=False)
            case _:
                return block

    def _row(self, name: Sentence, *cells: Sentence) -> tuple[Sentence, tuple[Pair, ...]]:
        return name, tuple(self.pair(cell, name.whole) for cell in cells)


def mark(project: Project, sentence: Sentence) -> Mark:
    """What the line under a sentence shows."""
    return "corrected" if sentence.correction else project.proof.verdict(sentence.claims)


def _once(sentences: Iterable[Sentence]) -> Iterable[Sentence]:
    """A correction stands in the place of several sentences: in one list it is said once."""
    return {s.whole if s.correction else n: s for n, s in enumerate(sentences)}.values()


def show(project: Project, compare: Compare, answer: Answer, prefix: str) -> Shown:
    """The answer with a numbered pair for each statement; `prefix` keeps ids unique on a page."""
    numbering = Numbering(project, compare, prefix)
    short = numbering.all(answer.short)
    open_ = numbering.all(answer.exceptions.sentences if answer.exceptions else ())
    details = tuple(numbering.block(block) for block in answer.details)
    return Shown(answer, prefix, short, open_, details, tuple(numbering.pairs.values()))

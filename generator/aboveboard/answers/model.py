"""Sentences and answers: plain text that knows the claims which back it, and where it came from.

All text here is data: nothing is Markdown or HTML, and whoever prints it escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..findings import Location


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement to a reader. `lead` is its bold start, such as "No."; no claims: only stated.

    link is a page of the site that the sentence leads to, such as `controls/training-switch`.
    follows: in a list, it goes on with the item before it and makes no item of its own.
    correction: the correction that says it, in the place of what its claims do not keep.
    about: kind, id and path of the value that it comes from.
    """

    text: str
    claims: tuple[str, ...] = ()
    lead: str = ""
    link: str = ""
    source: Location | None = None
    follows: bool = False
    correction: str = ""
    about: tuple[str | int, ...] = field(default=(), compare=False)

    @property
    def whole(self) -> str:
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that run on."""

    sentences: tuple[Sentence, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A titled list."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Clicks:
    """What to press on one platform, in order."""

    where: str
    steps: tuple[str, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ClickList:
    """The clicks of a control on every platform."""

    title: str
    platforms: tuple[Clicks, ...]


Block = Paragraph | Items | Table | ClickList


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, in layers: short, what stays open, details.

    `exceptions` are the routes that stay open after a "no", printed in the same block. `missing`
    says which fact is not in the policy: the question cannot be answered, or if `short` has
    sentences, not in full, and one of them says so.
    """

    question: str
    short: tuple[Sentence, ...]
    exceptions: Items | None = None
    details: tuple[Block, ...] = ()
    applies: str = "everyone"
    missing: str = ""

    def sentences(self) -> list[Sentence]:
        """Every sentence, in reading order, each once."""
        found = [*self.short, *(self.exceptions.sentences if self.exceptions else ())]
        for block in self.details:
            if isinstance(block, Table):
                found += [cell for row in block.rows for cell in row]
            elif not isinstance(block, ClickList):
                found += block.sentences
        return list(dict.fromkeys(found))


@dataclass(slots=True)
class Question:
    """A question as the site lists it, with its answer for this project."""

    id: str
    group: str
    asks: str
    paraphrases: tuple[str, ...]
    related: tuple[str, ...]
    answer: Answer = field(default_factory=lambda: Answer("", ()))


class LeftOut(NamedTuple):
    """A question of the FAQ that a team leaves out, with its reason."""

    id: str
    asks: str
    reason: str
    source: Location

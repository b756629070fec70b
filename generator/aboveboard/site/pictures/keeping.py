"""How long data is kept: one bar for each time to keep, on a scale that shows days and years."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from ...answers import keeping
from ...answers.facts import Facts
from ...answers.wording import series, some, upper
from ...policy.choices import Retention
from ...proof.model import Verdict
from ...values import Duration
from ..book import Book
from ..text import number
from .svg import LINE, At, Svg, wrapped

DAY = 86_400
TICKS = ((1, "1 day"), (30, "30 days"), (365, "1 year"), (3650, "10 years"))
FURTHEST = 3650 * 4  # where the scale ends, in days
# The narrowest phone has room for so many pixels, and letters of so many.
NARROW, PLAIN, BOLD = 288, 6.4, 7.2
LETTERS = int(NARROW / PLAIN)
STOP = "M0 -6V6"
ARROW = "M-8 -5L0 0L-8 5"


class Bar(NamedTuple):
    """One time to keep: where and whose, how long in words and in days, and its verdict.

    `days` None: it has no end that is a time. One whose promise is corrected is not drawn.
    """

    where: str
    what: str
    words: str
    days: float | None
    verdict: Verdict


class Timeline(NamedTuple):
    """The picture, and what it shows in a sentence; both empty where nothing is kept."""

    finding: str
    picture: Markup


def timeline(book: Book) -> Timeline:
    """The times of a policy, the shortest first."""
    bars = sorted(_bars(book), key=lambda bar: (bar.days is None, bar.days or 0))
    if not bars:
        return Timeline("", Markup())
    svg = Svg("keeping", "How long each copy is kept", height=28)
    for bar in bars:
        _draw(svg, bar)
    _scale(svg)
    said = " ".join(f"{bar.where}: {bar.what}, {bar.words}." for bar in bars)
    return Timeline(_finding(bars), svg.done(said))


def _finding(bars: list[Bar]) -> str:
    endless = sum(bar.days is None for bar in bars)
    timed = [bar for bar in bars if bar.days is not None]
    if not endless:
        return f"The longest time is {timed[-1].words}."
    if not timed:
        return "No time ends this."
    has = "copy has" if endless == 1 else "copies have"
    return f"The longest time is {timed[-1].words}. {number(endless)} {has} no last day."


def _bars(book: Book) -> Iterator[Bar]:
    facts = Facts.of(book.project)
    rows = facts.policy.retention
    places = Counter(_place(facts, id_) for id_ in rows)
    for id_, row in rows.items():
        place, words = _place(facts, id_), keeping.keep_words(row, facts)
        if facts.say(words, "retention", id_, claims=keeping.claims(facts, id_)).correction:
            continue
        yield Bar(
            place if places[place] == 1 else f"{place}: {some(facts.data(row.data))}",
            series(facts.data(row.data)),
            words,
            _days(row),
            book.project.proof.verdict(keeping.claims(facts, id_)),
        )


def _place(facts: Facts, row_id: str) -> str:
    """A copy, and whose data in it."""
    copy = upper(facts.name("copies", facts.policy.retention[row_id].copy_))
    who = keeping.readers(facts, row_id)
    return copy if who == "everyone" else f"{copy}, {who}"


def _days(row: Retention) -> float | None:
    """The longest that it can take; None where no time ends it."""
    if row.keep is None or "no-limit" in row.keep.longest:
        return None
    longest = [Duration.parse(p).longest for p in row.keep.longest if p != "not-kept"]
    return max(longest, default=0) / DAY


def _percent(days: float) -> float:
    """Where a time stands on the scale, which gives a day as much room as four years."""
    if days <= 0:
        return 0
    share = math.log(1 + days * 24) / math.log(1 + FURTHEST * 24)
    return min(100.0, 100 * share)


def _scale(svg: Svg) -> None:
    """The times along the top, each with a hairline behind all bars."""
    bars, bottom = svg.parts, svg.height
    svg.parts = []
    for days, words in TICKS:
        at = _percent(days)
        svg.line(At(at, 0, 20), At(at, 0, bottom), "hair")
        svg.text(At(at, 0, 12), words, "s", "middle")
    svg.parts += bars
    svg.height = bottom


def _draw(svg: Svg, bar: Bar) -> None:
    """The name above, its bar below, the time behind the end of the bar if there is room."""
    top, lines = svg.height + 14, wrapped(bar.where, LETTERS)
    for n, line in enumerate(lines):
        svg.text(At(0, 0, top + n * LINE), line, "halo")
    end = 100.0 if bar.days is None else _percent(bar.days)
    behind = (100 - end) / 100 * NARROW > 12 + BOLD * len(bar.words)
    crowded = not behind and PLAIN * len(lines[-1]) + BOLD * len(bar.words) > NARROW
    y = top + (len(lines) + crowded) * LINE - 2
    look = f"bar {bar.verdict}"
    svg.line(At(0, 0, y), At(end, 0, y), look)
    svg.shape(At(end, 0, y), ARROW if bar.days is None else STOP, look + " end")
    place = At(end, 10, y + 4) if behind else At(end, -12, y - 8)
    svg.text(place, bar.words, "b halo", "start" if behind else "end")
    svg.height = y + 14

"""Numbers in prose that measure something: periods, groups of people, shares, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ...values import Duration
from .lists import Lists, split

_NUMBER = r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?"
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M"}
_DAYS = ("year", "month", "week", "day")
MOST = 10**9  # a larger number is no period
_AND = ("and", "und", "et", "y")  # "1 year and 6 months"

Value = Duration | float | date


class Measured(NamedTuple):
    """A number with what it measures: `duration`, `people`, `share` or `date`.

    `least` says whether the text calls it a lower bound, as in "at least 50 people".
    """

    dimension: str
    value: Value
    start: int
    end: int
    least: bool = False


def measured(text: str, lists: Lists) -> Iterator[Measured]:
    """Every number of a text that measures something, by kind."""
    said, raw = set(split(text)), lists.raw
    if any(not said.isdisjoint(unit) for unit in raw["units"].values()):
        yield from _durations(text, lists)
    if not said.isdisjoint(raw["people"]):
        yield from _people(text, lists)
    if "%" in text or any(split(word)[-1] in said for word in raw["percent"]):
        for match in _pattern("share", lists).finditer(text):
            yield Measured("share", _number(match["number"], lists) / 100, *match.span())
    if "-" in text or not said.isdisjoint(raw["months"]):
        yield from _dates(text, lists)


def _people(text: str, lists: Lists) -> Iterator[Measured]:
    for match in _pattern("people", lists).finditer(text):
        count = _number(match["number"], lists)
        bounded = bool(match["least"] or match["more"])
        yield Measured("people", count, match.start("number"), match.end("people"), bounded)


def same(one: Value, other: Value) -> bool:
    """Whether two values of one dimension are equal: a day is 24 hours, a month is not 30 days."""
    if isinstance(one, Duration) and isinstance(other, Duration):
        return (one.shortest, one.longest) == (other.shortest, other.longest)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return one == other


def _pattern(name: str, lists: Lists) -> re.Pattern[str]:
    """How a language writes numbers of a kind; made once, when there is one to read."""
    made: dict[str, re.Pattern[str]] = vars(lists).setdefault("patterns", {})
    if name not in made:
        made[name] = re.compile(_PATTERNS[name](lists.raw), re.IGNORECASE)
    return made[name]


def _of_numbers(raw: dict[str, Any]) -> str:
    return rf"(?<![\w.,])(?P<number>{_NUMBER}|{_any(raw['numbers'])})"


def _of_durations(raw: dict[str, Any]) -> str:
    units = "|".join(f"(?P<{unit}>{_any(raw['units'][unit])})" for unit in raw["units"])
    return rf"{_of_numbers(raw)}[\s\u00a0-]+(?:{units})(?!\w)"


def _of_people(raw: dict[str, Any]) -> str:
    least = rf"(?P<least>(?:{_any(raw['least'])})\s+)?"
    more = rf"(?P<more>\s+(?:{_any(raw['or-more'])}))?"
    people = rf"(?:[^\W\d_]+\s+)?(?P<people>{_any(raw['people'])})(?!\w)"
    return rf"{least}{_of_numbers(raw)}{more}[\s\u00a0]+{people}"


def _of_shares(raw: dict[str, Any]) -> str:
    return rf"{_of_numbers(raw)}[\s\u00a0]*(?:%|(?:{_any(raw['percent'])})(?!\w))"


def _of_dates(raw: dict[str, Any]) -> str:
    month = rf"(?P<month>{_any(raw['months'])})"
    return (
        rf"(?<![\w.,])(?P<day>\d{{1,2}})\.?\s+(?:de\s+)?{month}\s+(?:de\s+)?(?P<year>\d{{4}})(?!\w)"
    )


def _of_american_dates(raw: dict[str, Any]) -> str:
    month = rf"(?P<month>{_any(raw['months'])})"
    return rf"(?<!\w){month}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\w)"


_PATTERNS: dict[str, Callable[[dict[str, Any]], str]] = {
    "iso": lambda _: r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])",
    "duration": _of_durations,
    "people": _of_people,
    "share": _of_shares,
    "date": _of_dates,
    "american": _of_american_dates,
}


def _any(phrases: list[str] | dict[str, int]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


def _number(text: str, lists: Lists) -> float:
    word = lists.raw["numbers"].get(text.lower())
    if word is not None:
        return float(word)
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.,\u00a0\u202f ]\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    whole, _, part = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '') or '0'}.{part}") if whole else float(part)


class _Part(NamedTuple):
    unit: str
    number: int
    start: int
    end: int


def _durations(text: str, lists: Lists) -> Iterator[Measured]:
    """Periods; parts that follow each other, the larger first, are one."""
    parts: list[_Part] = []
    for match in _pattern("duration", lists).finditer(text):
        count = _number(match["number"], lists)
        part = _Part(next(u for u in _UNITS if match[u]), int(count), match.start(), match.end())
        if parts and not _goes_on(text, parts[-1], part):
            yield _joined(parts)
            parts = []
        if count == int(count) and count < MOST:
            parts.append(part)
    if parts:
        yield _joined(parts)


def _goes_on(text: str, one: _Part, other: _Part) -> bool:
    order = list(_UNITS)
    smaller = order.index(one.unit) < order.index(other.unit)
    between = text[one.end : other.start].split()
    return smaller and (not between or (len(between) == 1 and between[0] in _AND))


def _joined(parts: list[_Part]) -> Measured:
    days = "".join(f"{p.number}{_UNITS[p.unit]}" for p in parts if p.unit in _DAYS)
    time = "".join(f"{p.number}{_UNITS[p.unit]}" for p in parts if p.unit not in _DAYS)
    value = Duration.parse(f"P{days}{'T' if time else ''}{time}")
    return Measured("duration", value, parts[0].start, parts[-1].end)


def _dates(text: str, lists: Lists) -> Iterator[Measured]:
    months = [month.lower() for month in lists.raw["months"]]
    found = [(m[1], m[2], m[3], m) for m in _pattern("iso", lists).finditer(text)]
    for name in ("date", "american"):
        for m in _pattern(name, lists).finditer(text):
            found.append((m["year"], str(months.index(m["month"].lower()) + 1), m["day"], m))
    for year, month, day, match in found:
        try:
            yield Measured("date", date(int(year), int(month), int(day)), *match.span())
        except ValueError:
            continue

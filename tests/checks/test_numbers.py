"""Numbers in prose: what they measure, in each language."""

from datetime import date

import pytest

from aboveboard.checks.reading.lists import lists
from aboveboard.checks.reading.numbers import Measured, measured, same
from aboveboard.values import Duration


def read(text: str, language: str) -> list[Measured]:
    known = lists(language)
    assert known
    return list(measured(text, known))


@pytest.mark.parametrize(
    ("text", "language", "period"),
    [
        ("kept for 30 days", "en", "P30D"),
        ("a 30-day limit", "en", "P30D"),
        ("Thirty days.", "en", "P30D"),
        ("1 year and 6 months", "en", "P1Y6M"),
        ("24 hours", "en", "PT24H"),
        ("30 Tage", "de", "P30D"),
        ("zwei Jahre", "de", "P2Y"),
        ("30\u00a0jours", "fr", "P30D"),
        ("noventa días", "es", "P90D"),
    ],
)
def test_periods(text: str, language: str, period: str) -> None:
    (found,) = read(text, language)

    assert found.dimension == "duration"
    assert found.value == Duration.parse(period)


def test_two_periods_are_two() -> None:
    assert [m.value for m in read("24 hours or 2 days, 1 week", "en")] == [
        Duration.parse("PT24H"),
        Duration.parse("P2D"),
        Duration.parse("P1W"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "count", "least"),
    [
        ("groups of 50 people", "en", 50, True),
        ("at least 1,000 different people", "en", 1000, True),
        ("50 or more people", "en", 50, True),
        ("4,000 people tried it", "en", 4000, False),
        ("mindestens 1.000 Menschen", "de", 1000, True),
        ("au moins 1\u202f000 personnes", "fr", 1000, True),
        ("al menos 50 personas", "es", 50, True),
    ],
)
def test_groups_of_people(text: str, language: str, count: int, least: bool) -> None:
    (found,) = read(text, language)

    assert (found.dimension, found.value, found.least) == ("people", count, least)


@pytest.mark.parametrize(
    ("text", "language", "share"),
    [("0.05 %", "en", 0.0005), ("60 percent", "en", 0.6), ("0,05 %", "de", 0.0005)],
)
def test_shares(text: str, language: str, share: float) -> None:
    (found,) = read(text, language)

    assert found.dimension == "share"
    assert same(found.value, share)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1 December 2026", "en"),
        ("December 1, 2026", "en"),
        ("2026-12-01", "en"),
        ("1. Dezember 2026", "de"),
        ("1 de diciembre de 2026", "es"),
    ],
)
def test_dates(text: str, language: str) -> None:
    assert [m.value for m in read(text, language)] == [date(2026, 12, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2026",
        "version 1.2",
        "4,000 questions",
        "18 or over",
        "one day",
        "99" * 9 + " days",
    ],
)
def test_what_measures_nothing(text: str) -> None:
    assert read(text, "en") == []


def test_a_day_is_24_hours_and_a_month_is_not_30_days() -> None:
    assert same(Duration.parse("P1D"), Duration.parse("PT24H"))
    assert not same(Duration.parse("P1M"), Duration.parse("P30D"))

"""Durations, ids, spellings and paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.values import ID, Duration, did_you_mean, listed, nearest, normal_path

DAY = 86400


@pytest.mark.parametrize(
    ("text", "words", "shortest", "longest"),
    [
        ("P30D", "30 days", 30 * DAY, 30 * DAY),
        ("PT72H", "72 hours", 3 * DAY, 3 * DAY),
        ("P1W", "1 week", 7 * DAY, 7 * DAY),
        ("P1M", "1 month", 28 * DAY, 31 * DAY),
        ("P2M", "2 months", 59 * DAY, 62 * DAY),
        ("P12M", "12 months", 365 * DAY, 366 * DAY),
        ("P1Y", "1 year", 365 * DAY, 366 * DAY),
        ("P1Y6M", "1 year and 6 months", 546 * DAY, 550 * DAY),
        ("PT1M", "1 minute", 60, 60),
        ("P1DT2H3M4S", "1 day, 2 hours, 3 minutes and 4 seconds", 93784, 93784),
        ("P0D", "at once", 0, 0),
    ],
)
def test_durations(text: str, words: str, shortest: int, longest: int) -> None:
    duration = Duration.parse(text)

    assert (duration.words(), duration.shortest, duration.longest) == (words, shortest, longest)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "30D", "P30", "p30d", "P1.5D", "P-1D", "P72H", "PT1D", "P1D1M", "P1DT",
     "P30D\n", " P30D", "P٣D", "P1Y2W3Q"],
)  # fmt: skip
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 duration such as P30D or PT72H"):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("held", "promised", "kept"),
    [
        ("P30D", "P30D", True),
        ("P31D", "P30D", False),
        ("P1M", "P30D", False),
        ("P1M", "P1M", True),
        ("P1M", "P31D", True),
        ("P28D", "P1M", True),
        ("P30D", "P1M", False),
        ("P1Y", "P365D", False),
        ("P365D", "P1Y", True),
        ("P12M", "P1Y", False),
        ("PT24H", "P1D", True),
    ],
)
def test_a_promise_counts_at_its_shortest_a_machine_at_its_longest(
    held: str, promised: str, kept: bool
) -> None:
    assert Duration.parse(held).within(Duration.parse(promised)) is kept


@given(st.tuples(*[st.integers(0, 50)] * 7))
def test_shortest_is_at_most_longest(parts: tuple[int, ...]) -> None:
    duration = Duration("", parts)

    assert 0 <= duration.shortest <= duration.longest
    assert duration.within(duration)


@pytest.mark.parametrize("text", ["a", "chat-text", "2fa", "a-1-b"])
def test_ids(text: str) -> None:
    assert ID.match(text)


@pytest.mark.parametrize("text", ["", "-", "a-", "-a", "a--b", "A", "a_b", "a b", "é", "a\n", "٣"])
def test_what_is_no_id(text: str) -> None:
    assert not ID.match(text)


def test_spellings() -> None:
    assert nearest("defualt", ["default", "options"]) == "default"
    assert nearest("xyzzy", ["default", "options"]) is None
    assert did_you_mean("defualt", ["default"]) == "did you mean 'default'?"
    assert did_you_mean("x", ["b", "a"]) == "known: a, b"
    assert did_you_mean("x", []) == ""
    assert did_you_mean("x", [f"name-{n:02}" for n in range(30)]).endswith("name-10, 19 more")


def test_lists() -> None:
    assert [listed([]), listed("a"), listed("ab"), listed("abc", "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("./a//b/../c", "a/c"),
        ("a/", "a"),
        ("s3://bucket//a/./b", "s3://bucket/a/b"),
        ("/x/../y", "/y"),
        ("../a", "../a"),
    ],
)
def test_paths(path: str, normal: str) -> None:
    assert normal_path(path) == normal

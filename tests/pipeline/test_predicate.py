"""Conditions on times: a filter by date keeps out a time only if all of it is kept out."""

import pytest

from aboveboard.pipeline.predicate import MISSING, Not, Span, can_pass, keeps

SINCE = keeps({"written": {"from": "2003-05-05"}}, False)
WITHIN = keeps({"written": {"from": "2003-05-05", "before": "2004-01-01"}}, False)


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        (Span("", "2003-05-05"), False),
        (Span("", "2003-05-06"), True),
        (Span("2003-05-05", ""), True),
        (Span("2001-01-01", "2002-01-01"), False),
        ("2003-05-05", True),
        ("2003-05-04T23:59:59Z", False),
        (MISSING, False),
    ],
)
def test_a_lower_bound(value: object, passes: bool) -> None:
    assert can_pass(SINCE, {"written": value}, doubt_blocks=False) is passes


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        (Span("2004-01-01", ""), False),
        (Span("2003-12-31", ""), True),
        (Span("", ""), True),
        ("2004-01-01", False),
        ("2003-12-31", True),
    ],
)
def test_both_bounds(value: object, passes: bool) -> None:
    assert can_pass(WITHIN, {"written": value}, doubt_blocks=False) is passes


def test_a_time_passes_and_does_not_pass_where_it_is_cut() -> None:
    cut = Span("2003-01-01", "2004-01-01")
    assert can_pass(SINCE, {"written": cut}, doubt_blocks=False)
    assert can_pass(Not(SINCE), {"written": cut}, doubt_blocks=False)


def test_other_mappings_are_not_read() -> None:
    odd = keeps({"written": {"after": "2003-05-05"}}, False)
    assert can_pass(odd, {"written": "2001-01-01"}, doubt_blocks=False)
    assert str(SINCE) == "written is from 2003-05-05"

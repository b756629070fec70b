"""Scopes as sets of cells: the algebra, boxes, and words."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.policy.boxes import Grid, repeated
from aboveboard.policy.cells import Space, TooManyCells
from aboveboard.policy.entities import Header, Line
from aboveboard.policy.scope import Scope

AXES: dict[str, dict[str, Any]] = {
    "plan": {
        "free": "Free",
        "pro": "Pro",
        "team": "Team",
        "enterprise": "Enterprise",
        "api": "API",
        "business": {"name": "Business plans", "of": ["team", "enterprise"]},
    },
    "region": {"eea": "EEA", "uk": "United Kingdom", "other": "Elsewhere"},
    "account": {"in": "Signed in", "out": "Signed out"},
}
TWO_DAYS = [{"from": "2023-03-01"}, {"before": "2025-05-27"}]


def header(axes: Any = AXES, impossible: Any = ()) -> Header:
    written = {
        "service": "S",
        "version": "1",
        "effective": "2026-01-01",
        "controllers": [{"name": "C", "contact": "c@example.org"}],
        "axes": axes,
        "impossible": list(impossible),
    }
    return Header.model_validate(written)


def scope(written: Any) -> Scope:
    return Scope.model_validate(written)


def lines(*scopes: Any) -> list[Line]:
    return [Line.model_validate({"scope": s, "state": "never"}) for s in scopes]


def table(*scopes: Any, impossible: Any = ()) -> Space:
    return Space.for_table(header(impossible=impossible), map(scope, scopes))


# -- against brute force -------------------------------------------------------------------

SMALL: dict[str, dict[str, Any]] = {
    "a": {"x": "X", "y": "Y", "z": "Z"},
    "b": {"t": "T", "f": "F"},
    "c": {"1": "1", "2": "2"},
}
SMALL_GROUPS = {**SMALL, "a": {**SMALL["a"], "xy": {"name": "XY", "of": ["x", "y"]}}}


def _values(axis: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(SMALL_GROUPS[axis])), min_size=1, max_size=3)


PLAIN = st.fixed_dictionaries({}, optional={axis: _values(axis) for axis in SMALL})
SCOPES = st.recursive(
    PLAIN,
    lambda inner: st.builds(
        lambda base, taken: {**base, "not": taken}, PLAIN, st.lists(inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)


def holds(written: dict[str, Any], cell: dict[str, str]) -> bool:
    opened = {
        axis: {v for name in names for v in (("x", "y") if name == "xy" else (name,))}
        for axis, names in written.items()
        if axis != "not"
    }
    inside = all(cell[axis] in values for axis, values in opened.items())
    return inside and not any(holds(taken, cell) for taken in written.get("not", []))


def cells() -> list[dict[str, str]]:
    """Every combination, in the order of the bits: the first axis changes fastest."""
    found = product(*reversed([list(values) for values in SMALL.values()]))
    return [dict(zip(SMALL, reversed(values), strict=True)) for values in found]


@given(st.lists(SCOPES, max_size=3), st.lists(SCOPES, max_size=2))
def test_masks_hold_what_enumeration_says(written: list[Any], impossible: list[Any]) -> None:
    space = Space.of(header(SMALL_GROUPS, impossible))
    mask = space.mask_of([scope(s) for s in written])
    for index, cell in enumerate(cells()):
        possible = not any(holds(s, cell) for s in impossible)
        wanted = possible and (not written or any(holds(s, cell) for s in written))
        assert bool(mask >> index & 1) is wanted


@given(st.lists(SCOPES, max_size=3), st.lists(SCOPES, max_size=2))
def test_a_table_needs_only_the_axes_it_mentions(written: list[Any], impossible: list[Any]) -> None:
    """Leaving axes out changes neither who is covered nor whether anybody is."""
    impossible = [s for s in impossible if set(s) - {"not"}]
    whole, scopes = Space.of(header(SMALL_GROUPS, impossible)), [scope(s) for s in written]
    small = Space.for_table(header(SMALL_GROUPS, impossible), scopes)
    if not whole.possible:
        return
    for s in scopes:
        assert bool(small.mask(s)) is bool(whole.mask(s))
    full = small.mask_of(scopes) == small.possible
    assert full is (whole.mask_of(scopes) == whole.possible)


@given(st.lists(st.integers(1, 4), max_size=4), st.data())
def test_boxes_cover_exactly_their_cells(sizes: list[int], data: st.DataObject) -> None:
    grid = Grid(sizes)
    mask, free = data.draw(st.integers(0, grid.full)), data.draw(st.integers(0, grid.full))
    union = 0
    for box in grid.cover(mask, free & ~mask):
        held = grid.held(box)
        assert held & ~(mask | free) == 0
        assert held & mask & ~union, "each box adds something"
        union |= held
    assert union & mask == mask


@given(st.integers(0, 2**12 - 1), st.lists(PLAIN, max_size=2))
def test_named_boxes_cover_exactly_their_cells(mask: int, impossible: list[Any]) -> None:
    space = Space.of(header(SMALL_GROUPS, impossible))
    union = 0
    for box in space.boxes(mask):
        union |= space.box_mask(box)
    assert union == mask & space.possible


@given(st.integers(0, 2**12 - 1))
def test_only_all_cells_are_everyone(mask: int) -> None:
    space = Space.of(header(SMALL))
    assert (space.words(mask) == "everyone") is (mask == space.possible)
    assert (space.words(mask) == "nobody") is (mask == 0)


@given(st.integers(0, 255), st.integers(0, 40))
def test_a_repeated_pattern_is_what_a_loop_would_write(pattern: int, times: int) -> None:
    assert repeated(pattern, 8, times) == sum(pattern << 8 * n for n in range(times))


# -- axes ----------------------------------------------------------------------------------


def test_only_mentioned_axes_and_those_tied_to_them_cut_cells() -> None:
    assert table({"plan": "free"}).axes == {"plan": ["free", "pro", "team", "enterprise", "api"]}
    tied = table({"plan": "free"}, impossible=[scope({"plan": "api", "account": "out"})])
    assert list(tied.axes) == ["plan", "account"]
    assert table().axes == {} and table().possible == 1


def test_a_value_is_impossible_when_all_its_combinations_are() -> None:
    space = table(
        {"account": "out"},
        impossible=[
            {"account": "out", "plan": "free"},
            {"account": "out", "not": {"plan": "free"}},
        ],
    )
    assert space.mask(scope({"account": "out"})) == 0
    assert space.mask(scope({"account": "in"})) == space.possible


def test_windows_are_half_open_and_cut_time_where_scopes_do() -> None:
    before, after = {"collected": {"before": "2023-03-01"}}, {"collected": {"from": "2023-03-01"}}
    space = table(before, after)
    assert space.axes == {"collected": ["..2023-03-01", "2023-03-01.."]}
    assert space.mask(scope(before)) & space.mask(scope(after)) == 0
    assert space.words(space.mask(scope(before))) == "collected before 1 March 2023"
    assert space.mask_of([scope(before), scope(after)]) == space.possible


def test_neighbouring_intervals_are_said_as_one() -> None:
    later, earlier = ({"in-force": window} for window in TWO_DAYS)
    space = table(later, earlier)
    both = space.mask(scope(later)) & space.mask(scope(earlier))
    assert space.words(both) == "from 1 March 2023 and before 27 May 2025"
    assert space.words(space.mask(scope(earlier))) == "before 27 May 2025"
    ends = space.possible & ~both
    assert space.words(ends) == "before 1 March 2023 or from 27 May 2025"


def test_a_window_that_the_space_is_not_cut_for_is_refused() -> None:
    space = table({"collected": {"before": "2023-03-01"}})
    with pytest.raises(ValueError, match="not cut at 2024-01-01"):
        space.mask(scope({"collected": {"from": "2024-01-01"}}))
    with pytest.raises(ValueError, match="'plan' is not an axis of this space"):
        space.mask(scope({"plan": "free"}))


def test_the_positions_of_a_control_are_an_axis() -> None:
    refused = scope({"choice": {"training": "refused"}})
    space = Space.for_table(header(), [refused], {"training": "training on your chats"})
    assert space.axes == {"choice:training": ["allowed", "refused"]}
    assert space.words(space.mask(refused)) == "with training on your chats refused"
    assert space.words(space.possible & ~space.mask(refused)).endswith("chats allowed")


def test_unknown_names_hold_nobody() -> None:
    typo, value = scope({"plna": "free"}), scope({"plan": "fre"})
    space = Space.for_table(header(), [typo, value])
    assert space.mask(typo) == space.mask(value) == 0
    assert space.mask(scope({"plan": "free", "not": {"plna": "free"}})) != 0


def test_otherwise_takes_what_the_other_rows_leave() -> None:
    rows = lines("otherwise", {"plan": ["free", "pro"]}, {"plan": "api"})
    space = Space.for_table(header(), [s for row in rows for s in row.scope])
    said = [space.words(mask) for mask in space.rows(rows)]
    assert said == ["Business plans", "Free or Pro", "API"]


# -- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ([], "everyone"),
        ([{"plan": "free", "not": {"plan": "free"}}], "nobody"),
        ([{"plan": ["free", "team"], "region": "eea"}], "Free or Team, EEA"),
        ([{"plan": ["team", "enterprise"]}], "Business plans"),
        ([{"plan": ["business", "api"]}], "Business plans or API"),
        ([{"plan": "free"}, {"region": "eea"}], "Free; or EEA"),
        ([{"not": {"plan": "team", "region": "eea"}}], "everyone but Team, EEA"),
        ([{"not": {"plan": "api"}}], "Free, Pro or Business plans"),
        ([{"plan": ["free", "pro", "api"], "region": "eea"}], "Free, Pro or API – EEA"),
        ([{"account": "in", "plan": "free"}, {"account": "in"}], "Signed in"),
    ],
)
def test_words(written: list[Any], said: str) -> None:
    space = Space.of(header())
    assert space.words(space.mask_of([scope(s) for s in written])) == said


def test_long_lists_name_what_is_left_out() -> None:
    space = Space.of(header({"plan": {p: p.upper() for p in "abcdef"}}))
    assert space.words(space.mask(scope({"not": {"plan": ["b", "d"]}}))) == "any plan but B or D"
    space = Space({"n": [str(n) for n in range(20)]})
    assert space.words(0b11111111, 3) == "0, 1, 2 or 5 others"


def test_few_words_end_with_others() -> None:
    space = Space({axis: ["1", "2", "3"] for axis in "ab"})
    diagonal = space.mask_of([scope({"a": v, "b": v}) for v in "123"])
    assert space.words(diagonal) == "1, 1; or 2, 2; or 3, 3"
    assert space.words(diagonal, 2) == "1, 1; or 2, 2; or others"


def test_words_leave_impossible_cells_unsaid() -> None:
    space = Space.of(header(impossible=[{"account": "out", "plan": ["pro", "business"]}]))
    out = space.mask(scope({"account": "out", "plan": ["free", "api"]}))
    assert space.words(out) == "Signed out"
    assert space.boxes(out) == [{"account": ("out",)}]


def test_a_box_that_others_make_needless_is_left_out() -> None:
    space = Space({"a": ["0", "1"], "b": ["0", "1"], "c": ["0", "1"]})
    written = [{"a": "1", "b": "1"}, {"a": "0", "c": "1"}]
    assert len(space.boxes(space.mask_of([scope(s) for s in written]))) == 2


# -- size ----------------------------------------------------------------------------------

LARGE = {f"x{n}": {f"v{m}": f"V{m}" for m in range(10)} for n in range(5)}


def test_a_hundred_thousand_cells_and_two_hundred_scopes() -> None:
    rows = [
        {"x0": f"v{n % 10}", "x1": f"v{n // 10 % 10}", "not": {f"x{2 + n % 3}": f"v{n % 7}"}}
        for n in range(200)
    ]
    space = Space.for_table(header(LARGE), map(scope, rows))
    assert space.possible.bit_length() == 100_000
    masks = space.rows([[scope(row)] for row in rows])
    assert all(masks) and space.words(space.possible & ~masks[0], 3)


def test_a_table_of_too_many_cells_is_refused() -> None:
    axes = {**LARGE, "y": LARGE["x0"], "z": LARGE["x0"]}
    with pytest.raises(TooManyCells, match="10,000,000 combinations"):
        Space.of(header(axes))
    ties = [{"x0": "v0", axis: "v0"} for axis in axes if axis != "x0"]
    near = Space.for_table(header(axes, ties), [scope({"x0": "v1"})])
    assert list(near.axes) == ["x0"], "ties are dropped where they would be too many"

"""Named scopes: written once, used wherever a scope stands; what cannot be one is told in place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.load import load_project
from aboveboard.policy.cells import Space
from aboveboard.policy.load import load
from aboveboard.policy.names import MAX_CHAIN, resolve
from aboveboard.policy.scope import Scope

from .test_cells import AXES, header

HEADER = """\
policy:
  service: S
  version: "1"
  effective: 2026-01-01
  controllers: [{name: C, contact: c@example.org}]
  axes:
    plan: {free: Free, pro: Pro, team: Team}
    region: {eea: EEA, uk: UK, other: Elsewhere}
data: {chats: {name: chats, origin: provided}}
"""


def told(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with a policy of this header and text."""
    (tmp_path / "policy_data").mkdir(exist_ok=True)
    (tmp_path / "policy_data" / "a.yml").write_text(HEADER)
    (tmp_path / "policy_data" / "b.yml").write_text(text)
    found = load_project(tmp_path, date(2026, 12, 1)).findings
    return [f"{f.location}: {f.message} | {f.hint}" for f in found]


def use(*rows: str) -> str:
    """A use whose first row stands on line 6, at column 7."""
    head = "uses:\n  train:\n    name: training\n    purpose: analytics\n    data: chats\n    applies:\n"
    return head + "".join(f"      - {r}\n" for r in rows)


@pytest.mark.parametrize(
    ("scopes", "rows"),
    [
        ("{a: {region: [eea, uk]}}", ["{scope: a, state: never}", "{scope: otherwise, state: always}"]),
        ("{a: {plan: free}}", ["{scope: a, state: never}", "{scope: {not: a}, state: always}"]),
        (
            "{a: {plan: free}, b: {plan: pro}}",
            ["{scope: [a, b], state: never}", "{scope: {plan: team}, state: always}"],
        ),
        (
            "{a: {plan: free}, b: {not: a}}",
            ["{scope: a, state: never}", "{scope: b, state: always}"],
        ),
        (
            "{a: {plan: free}, b: {region: eea, not: a}}",
            ["{scope: [a, {plan: pro, region: eea}], state: never}",
             "{scope: {not: [a, b]}, state: always}",
             "{scope: {plan: team, region: eea}, state: always}"],
        ),
    ],
)  # fmt: skip
def test_a_name_means_what_it_stands_for(tmp_path: Path, scopes: str, rows: list[str]) -> None:
    assert told(tmp_path, f"scopes: {scopes}\n" + use(*rows)) == []


def test_a_name_does_not_hide_gaps_and_overlaps(tmp_path: Path) -> None:
    text = use("{scope: a, state: never}", "{scope: {plan: free}, state: always}")
    assert told(tmp_path, "scopes: {a: {region: [eea, uk]}}\n" + text) == [
        "policy_data/b.yml:9:17: This row covers Free, EEA or UK; so does an earlier row. "
        "| take them out of one row: the order of rows means nothing",
        "policy_data/b.yml:7:5: No row covers Pro or Team, Elsewhere. "
        "| add a row for them, or give one row 'scope: otherwise'",
    ]


def test_impossible_combinations_have_names_too(tmp_path: Path) -> None:
    text = "scopes: {nobody: {plan: team}}\n" + use("{scope: {plan: [free, pro]}, state: never}")
    (tmp_path / "policy_data").mkdir()
    assert "No row covers Team" in told(tmp_path, text)[0]
    header = HEADER.replace("data:", "  impossible: nobody\ndata:", 1)
    (tmp_path / "policy_data" / "a.yml").write_text(header)
    assert load_project(tmp_path, date(2026, 12, 1)).findings == []


def test_a_scope_in_another_file(tmp_path: Path) -> None:
    text = use("{scope: a, state: never}", "{scope: otherwise, state: always}")
    assert told(tmp_path, text)[0].startswith("policy_data/b.yml:7:17: 'a' is not among the scopes")
    (tmp_path / "policy_data" / "z.yml").write_text("scopes: {a: {plan: free}}\n")
    assert load_project(tmp_path, date(2026, 12, 1)).findings == []


# -- what cannot be one ------------------------------------------------------------------------


def test_an_unknown_name_has_the_nearest_spelling(tmp_path: Path) -> None:
    rows = use(
        "{scope: [adults, {plan: fre}, yuong], state: never}",
        "{scope: {not: adulst}, state: always}",
    )
    assert told(tmp_path, "scopes: {adults: {plan: free}, young: {plan: pro}}\n" + rows) == [
        "policy_data/b.yml:8:39: 'yuong' is not among the scopes of this policy | did you mean 'young'?",
        "policy_data/b.yml:9:23: 'adulst' is not among the scopes of this policy | did you mean 'adults'?",
        "policy_data/b.yml:8:33: 'fre' is not a value of 'plan' | did you mean 'free'?",
    ]


def test_what_a_named_scope_names_is_told_once_where_it_is_written(tmp_path: Path) -> None:
    rows = use("{scope: [a, b], state: never}", "{scope: {not: [a, b]}, state: always}")
    assert told(tmp_path, "scopes:\n  a: {plan: fre}\n  b: {not: {plna: free}}\n" + rows) == [
        "policy_data/b.yml:2:13: 'fre' is not a value of 'plan' | did you mean 'free'?",
        "policy_data/b.yml:3:13: 'plna' is not an axis of this policy | did you mean 'plan'?",
    ]


def test_a_circle_is_refused_at_each_of_its_names(tmp_path: Path) -> None:
    scopes = "scopes:\n  a: {not: b}\n  b: {plan: free, not: [{region: eea}, c]}\n  c: {not: a}\n  d: {plan: pro}\n"
    found = told(tmp_path, scopes + use("{scope: a, state: never}", "{scope: d, state: always}"))
    assert [line.split(":")[1:3] for line in found] == [["2", "12"], ["3", "40"], ["4", "12"]]
    assert found[0] == (
        "policy_data/b.yml:2:12: the scope 'a' has no end: by 'b' it leads back to itself, "
        "or through more than 40 others | write the values here"
    )


def test_a_chain_without_an_end_crashes_nothing(tmp_path: Path) -> None:
    chain = "".join(f"  s{n}: {{not: s{n + 1}}}\n" for n in range(2000))
    found = told(
        tmp_path, f"scopes:\n{chain}  s2000: {{plan: free}}\n" + use("{scope: s0, state: never}")
    )
    assert len(found) == 2000 - MAX_CHAIN - 1
    assert all("has no end" in line for line in found)


def test_a_broken_scope_is_told_and_its_name_is_known(tmp_path: Path) -> None:
    rows = use("{scope: a, state: never}", "{scope: otherwise, state: always}")
    found = told(tmp_path, "scopes: {a: {collected: {}}}\n" + rows)
    assert found == ["policy_data/b.yml:1:25: a window needs 'from', 'before' or both | "]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scopes: {otherwise: {plan: free}}\n", "1:10: 'otherwise' cannot be the name of a scope"),
        (
            "scopes: {a: {plan: free}}\n" + use("{scope: [a, otherwise], state: never}"),
            "8:21: 'scope' must be a mapping, not 'otherwise'",
        ),
        (
            use("{scope: Free Plan, state: never}"),
            "7:17: 'scope' must be a mapping, not 'Free Plan'",
        ),
        (use("{scope: free, state: never}"), "7:17: 'free' is not among the scopes of this policy"),
    ],
)
def test_what_is_no_name(tmp_path: Path, text: str, message: str) -> None:
    (found,) = told(tmp_path, text)
    assert f"policy_data/b.yml:{message}" in found


# -- against scopes written out ------------------------------------------------------------------

VALUES = st.fixed_dictionaries(
    {},
    optional={
        axis: st.lists(st.sampled_from(list(values)), min_size=1, max_size=3, unique=True)
        for axis, values in AXES.items()
    },
)


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_names_hold_the_cells_of_what_they_stand_for(
    written: list[Any], data: st.DataObject
) -> None:
    """Each scope may take others away, by name and written out: the cells are the same."""
    out: list[Any] = []
    named: dict[str, Any] = {}
    for number, scope in enumerate(written):
        taken = (
            data.draw(st.lists(st.integers(0, max(0, number - 1)), max_size=2)) if number else []
        )
        out.append({**scope, "not": [out[n] for n in taken]})
        named[f"s{number}"] = {**scope, "not": [f"s{n}" for n in taken]}
    policy, _ = load(Path("/nonexistent"))
    policy.header = header()
    policy.scopes = {id_: Scope.model_validate(scope) for id_, scope in named.items()}
    assert list(resolve(policy)) == []
    space = Space.of(header())
    for number, scope in enumerate(out):
        assert space.mask(policy.scopes[f"s{number}"]) == space.mask(Scope.model_validate(scope))

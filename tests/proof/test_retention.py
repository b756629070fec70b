"""Lifetimes of a store against the published table, person by person."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.policy.load import load as load_policy
from aboveboard.policy.model import Policy
from aboveboard.proof.judge import judge

from . import profiles, world

PERIODS = ["P1D", "P30D", "P1Y"]
DAYS = {"P1D": 1, "P30D": 30, "P1Y": 366, None: 10**6}
FLAGS = (True, False, None)

condition = st.sampled_from(
    [
        {"flag": True},
        {"flag": False},
        {"flag": True, "team": "t0"},
        {"team": "t0"},
        {"flag": [True, False]},
    ]
)
lifetime = st.one_of(
    st.fixed_dictionaries({"keep": st.sampled_from([*PERIODS, "no-limit"]), "where": condition}),
    st.fixed_dictionaries({"keep": st.sampled_from([*PERIODS, "no-limit"])}),
)
tables = st.lists(lifetime, max_size=3)


@cache
def policy(refused: str, allowed: str, missing: str) -> Policy:
    """The retention of a note depends on the choice."""
    said = world.written(world.Setup(missing=missing))
    said["copies"] = {"store": {"name": "the store"}}
    said["retention"] = {
        position: {"data": "notes", "copy": "store", "keep": keep,
                   "scope": {"choice": {"training": position}}}
        for position, keep in (("refused", refused), ("allowed", allowed))
    }  # fmt: skip
    said["bindings"]["copies"] = {"store": ["notes"]}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "policy_data").mkdir()
        (Path(folder) / "policy_data" / "p.yml").write_text(yaml.safe_dump(said))
        found, findings = load_policy(Path(folder))
    assert not findings, findings
    return found


def kept(table: list[dict[str, Any]], flag: bool | None, team: str) -> list[int | None]:
    """For how many days a row may be kept: of every lifetime that matches, or of those for all
    others; None where nothing says."""
    values = {"flag": flag, "team": team}
    matching = [row for row in table if "where" in row and _matches(row["where"], values)]
    found = matching or [row for row in table if "where" not in row]
    return [DAYS[None if row["keep"] == "no-limit" else row["keep"]] for row in found] or [None]


def _matches(where: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(values[n] in (v if isinstance(v, list) else [v]) for n, v in where.items())


@profiles.many(0.2)
@given(
    tables,
    st.sampled_from(PERIODS),
    st.sampled_from(PERIODS),
    st.sampled_from(["refused", "allowed"]),
)
def test_a_store_keeps_what_is_published(
    table: list[dict[str, Any]], refused: str, allowed: str, missing: str
) -> None:
    spec: dict[str, Any] = {"datasets": world.datasets(world.Setup(missing=missing)),
            "steps": [{"id": "c", "in": ["notes"], "op": "copy", "out": ["out"]}]}  # fmt: skip
    spec["datasets"]["notes"]["retention"] = table
    judged = judge(policy(refused, allowed, missing), world.pipeline(spec)).judged
    for position, promise in (("refused", refused), ("allowed", allowed)):
        refuses = {True: True, False: False, None: missing == "refused"}
        people = [
            (f, t) for f in FLAGS for t in ("t0", "t1") if refuses[f] == (position == "refused")
        ]
        days = [d for f, t in people for d in kept(table, f, t)]
        longest = max((d for d in days if d is not None), default=0)
        late = longest > DAYS[promise]
        expected = "violated" if late else "unknown" if None in days else "declared"
        assert judged[f"notes/{position}@store"].verdict == expected, (position, table)

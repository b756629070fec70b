"""The diff of two states: nothing for the same, one change for one attribute, the way it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.examples import CLAIMS, TODAY

from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.review.change import opposite
from aboveboard.review.diff import changes

ROOT = Path(__file__).parent.parent.parent
DEMO = load_project(ROOT, TODAY)

# -- what is no change ---------------------------------------------------------------------------


def test_the_same_is_no_change() -> None:
    assert changes(DEMO, DEMO) == []
    assert changes(DEMO, load_project(ROOT, TODAY)) == []


STATES = [
    CLAIMS / kind.name / verdict
    for kind in sorted(CLAIMS.iterdir())
    for verdict in ("proved", "violated")
]


@cache
def loaded(root: Path) -> Project:
    return load_project(root, TODAY)


@pytest.mark.parametrize("one", STATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_way_back_is_the_opposite(one: Path) -> None:
    """Even between policies that have little in common."""
    first = loaded(one)
    assert first.policy.uses and changes(first, load_project(one, TODAY)) == []
    near = STATES[STATES.index(one) + 1 :][:2]
    for other in (DEMO, *map(loaded, near)):
        there, back = changes(first, other), changes(other, first)
        assert sorted(c.effect for c in back) == sorted(opposite(c.effect) for c in there)
        assert {c.sentence for c in there if c.effect == "strengthens"}.isdisjoint(
            c.sentence for c in back if c.effect == "strengthens"
        )


POLICY = """
policy:
  service: Example
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Example Ltd, contact: x@example.org}]
  axes:
    plan: {free: Free, pro: Pro, team: Team}
    region: {us: the US, eea: Europe}
data:
  chats: {name: your chats, origin: provided}
  logs: {name: your logs, origin: observed}
uses:
  train:
    name: training our models
    purpose: train-model
    data: chats
    applies:
      - {scope: {plan: [free, pro]}, state: opt-out, control: switch}
      - {scope: otherwise, state: never}
    steps: [unlink]
controls:
  switch:
    name: use of your chats
    kind: switch
    how: {do: [Open Settings]}
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    spreads-to: account
steps:
  unlink: {name: delete your name, technique: unlinking, stage: before-training, relink: nobody, limits: None.}
copies: {servers: {name: our servers}}
retention:
  rows: {data: [chats, logs], copy: servers, keep: P90D}
"""


@pytest.fixture
def state(tmp_path: Path) -> Callable[..., Project]:
    """A project of the policy above, some texts of it replaced; or of several files."""
    count = iter(range(9))

    def make(*edits: tuple[str, str], split: bool = False) -> Project:
        text = POLICY
        for before, after in edits:
            assert before in text, before
            text = text.replace(before, after)
        folder = tmp_path / str(next(count)) / "policy_data"
        folder.mkdir(parents=True)
        parts = re.split(r"\n(?=[a-z])", text) if split else [text]
        for number, part in enumerate(parts):
            (folder / f"{number}.yml").write_text(part, "utf-8")
        project = load_project(folder.parent, TODAY)
        assert not project.findings, project.findings
        return project

    return make


def shown(before: Project, after: Project) -> list[tuple[str, str, str]]:
    return [(c.effect, c.who, c.sentence) for c in changes(before, after)]


ROWS = "      - {scope: {plan: [free, pro]}, state: opt-out, control: switch}\n"
SPLIT = (
    "      - {scope: {plan: pro, region: us}, state: opt-out, control: switch}\n"
    "      - {scope: [{plan: free}, {plan: pro, region: eea}], state: opt-out, control: switch}\n"
)
KEPT = "  rows: {data: [chats, logs], copy: servers, keep: P90D}"
CUT = (
    "  a: {data: chats, copy: servers, scope: {plan: free}, keep: P90D}\n"
    "  b: {data: chats, copy: servers, scope: otherwise, keep: P90D}\n"
    "  c: {data: logs, copy: servers, keep: PT2160H}"
)


def test_rows_cut_otherwise_and_files_cut_otherwise_are_no_change(
    state: Callable[..., Project],
) -> None:
    assert shown(state(), state((ROWS, SPLIT))) == []
    assert shown(state(), state((KEPT, CUT))) == []
    assert shown(state(), state(split=True)) == []


def test_a_change_is_told_for_the_fewest_words_that_name_its_cells(
    state: Callable[..., Project],
) -> None:
    """Rows are cut anew and one cell of them changes: only that cell is named."""
    changed = SPLIT.replace("us}, state: opt-out", "us}, state: opt-in")
    assert shown(state(), state((ROWS, changed))) == [
        (
            "strengthens",
            "Pro, the US",
            "Training our models (Pro, the US): now no, unless you switch it on, "
            "before yes, unless you switch it off.",
        )
    ]
    longer = CUT.replace("keep: P90D", "keep: P30D", 1)
    assert shown(state(), state((KEPT, longer))) == [
        (
            "strengthens",
            "Free",
            "In our servers (Free), we now keep your chats 30 days, before 90 days.",
        )
    ]


def test_data_that_changes_alike_is_named_together(state: Callable[..., Project]) -> None:
    assert shown(state(), state(("P90D", "P30D"))) == [
        (
            "strengthens",
            "everyone",
            "In our servers, we now keep your chats and your logs 30 days, before 90 days.",
        )
    ]


# -- ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("chats", "talks", "The id of “your chats” is now talks; it was chats."),
        ("switch", "toggle", "The id of “use of your chats” is now toggle; it was switch."),
        ("unlink", "detach", "The id of “delete your name” is now detach; it was unlink."),
        ("free", "basic", "The id 'free' of plan is now 'basic'."),
        ("plan", "tier", "The id 'plan' of an axis is now 'tier'."),
    ],
)
def test_another_id_is_a_rename(
    state: Callable[..., Project], old: str, new: str, sentence: str
) -> None:
    """Wherever the id stands, but for the words of people and the kind of a control."""
    text = re.sub(rf"(?<!your )(?<!kind: )\b{old}\b(?!ing)", new, POLICY)
    assert shown(state(), state((POLICY, text))) == [("neutral", "everyone", sentence)]


def test_a_rename_with_a_change_of_content_tells_both(state: Callable[..., Project]) -> None:
    text = POLICY.replace("switch:", "toggle:").replace("control: switch", "control: toggle")
    text = text.replace("spreads-to: account", "spreads-to: device")
    assert [(c.effect, c.key) for c in changes(state(), state((POLICY, text)))] == [
        ("weakens", "controls/toggle/spreads-to"),
        ("neutral", "controls/toggle/id"),
    ]


def test_a_mixed_change_is_split(state: Callable[..., Project]) -> None:
    """What is better for some and worse for others, or has two parts, is two changes."""
    swapped = ROWS.replace("[free, pro]", "[pro, team]")
    assert [(c.effect, c.who) for c in changes(state(), state((ROWS, swapped)))] == [
        ("strengthens", "Free"),
        ("weakens", "Team"),
    ]
    longer = ("{data: [chats, logs], copy: servers, keep: P90D}", "{data: chats, copy: servers, keep: P180D}\n  logs: {data: logs, copy: servers, keep: P30D}")  # fmt: skip
    assert [(c.effect, c.before, c.after) for c in changes(state(), state(longer))] == [
        ("weakens", "90 days", "180 days"),
        ("strengthens", "90 days", "30 days"),
    ]
    other = ("data: chats\n", "data: logs\n")
    assert [(c.effect, c.before, c.after) for c in changes(state(), state(other))] == [
        ("weakens", "", "your logs"),
        ("strengthens", "your chats", ""),
    ]


# -- people --------------------------------------------------------------------------------------


def test_a_new_value_of_an_axis_says_what_its_people_get(state: Callable[..., Project]) -> None:
    after = state(("team: Team", "team: Team, student: Student"))
    assert shown(state(), after) == [
        ("unclear", "Student", "New value “Student” of plan: gets the answers of Team.")
    ]
    named = state(
        ("team: Team", "team: Team, student: Student"), ("[free, pro]", "[free, pro, student]")
    )
    assert shown(state(), named) == [
        ("unclear", "Student", "New value “Student” of plan, named in each row.")
    ]


def test_a_new_axis_changes_no_answer_by_itself(state: Callable[..., Project]) -> None:
    after = state(("    region:", "    age: {adult: adults, teen: teens}\n    region:"))
    assert shown(state(), after) == [
        ("neutral", "everyone", "We now tell apart age: adults and teens.")
    ]


def test_a_group_with_other_members_moves_its_people(state: Callable[..., Project]) -> None:
    group = (
        "region: {us: the US, eea: Europe}",
        "region: {us: the US, eea: Europe, x: {name: X, of: us}}",
    )
    line = ("plan: [free, pro]}", "region: x}")
    before, after = state(group, line), state((group[0], group[1].replace("us}}", "[us, eea]}}")), line, ("      - {scope: otherwise, state: never}\n", ""))  # fmt: skip
    assert [(c.effect, c.who) for c in changes(before, after)] == [
        ("neutral", "everyone"),
        ("weakens", "Europe"),
    ]


SCOPE = "scopes: {small: {plan: [free, pro]}}\n"


def test_a_named_scope_is_what_it_stands_for(state: Callable[..., Project]) -> None:
    """To name one, to use its name and to give it another are no changes."""
    line = ("scope: {plan: [free, pro]}", "scope: small")
    unused = state(("data:\n", SCOPE + "data:\n"))
    used = state(("data:\n", SCOPE + "data:\n"), line)
    renamed = state(
        ("data:\n", SCOPE.replace("small", "little") + "data:\n"), (line[0], "scope: little")
    )
    for before, after in ((state(), unused), (unused, used), (state(), used), (used, renamed)):
        assert shown(before, after) == [] == shown(after, before)


def test_a_named_scope_of_other_people_is_told_where_it_is_used(
    state: Callable[..., Project],
) -> None:
    line = ("scope: {plan: [free, pro]}", "scope: small")
    before = state(("data:\n", SCOPE + "data:\n"), line)
    after = state(("data:\n", SCOPE.replace("free, pro", "free") + "data:\n"), line)
    assert [(c.effect, c.who) for c in changes(before, after)] == [("strengthens", "Pro")]
    assert [(c.effect, c.who) for c in changes(after, before)] == [("weakens", "Pro")]


def test_combinations_that_nobody_is_in_are_named(state: Callable[..., Project]) -> None:
    text = ("    region: {us: the US, eea: Europe}\n", "    region: {us: the US, eea: Europe}\n  impossible: {plan: team, region: us}\n")  # fmt: skip
    assert shown(state(), state(text)) == [
        (
            "unclear",
            "everyone",
            "Example: the combinations that nobody is in now include Team, the US.",
        )
    ]


def test_a_new_use_and_a_use_no_longer_said(state: Callable[..., Project]) -> None:
    use = "  ads: {name: showing ads, purpose: advertising, data: chats, applies: {state: never}}\n"
    before, after = state(), state(("controls:\n", use + "controls:\n"))
    assert shown(before, after) == [
        ("strengthens", "everyone", "Showing ads: now no; nothing was said before.")
    ]
    assert shown(after, before) == [
        ("weakens", "everyone", "Showing ads: no longer said; it was no.")
    ]
    assert changes(after, before)[0].place == after.policy.at("uses", "ads", "applies", 0, "state")


def test_what_a_step_is_called_follows_from_its_technique_once(
    state: Callable[..., Project],
) -> None:
    found = changes(state(), state(("technique: unlinking", "technique: redaction")))
    assert [(c.effect, c.before, c.after) for c in found] == [
        ("unclear", "unlinking (pseudonymised)", "redaction (reduced)")
    ]

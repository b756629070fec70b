"""What stays open beside a "no": derived from the lines of a policy, never written."""

from pathlib import Path

import pytest
from tests.answers.policies import DIFFERS, HEADER, PLAIN, project

from aboveboard.answers.facts import Facts
from aboveboard.answers.open_routes import (
    OpenRoute,
    derived_from,
    excluded,
    open_routes,
    refusal,
    standing,
)

BASE = (
    HEADER
    + """
data:
  chats: {name: your chats, origin: provided}
  tone: {name: your tone, origin: derived, from: chats}
  mood: {name: your mood, origin: derived, from: tone}
  files: {name: your files, origin: provided}
events:
  thumbs: {name: you rate an answer, by: you, takes: {data: chats, reach: item}}
controls:
  switch: &switch
    name: use of your chats
    kind: switch
    how: {do: [Settings]}
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: removed}}
    spreads-to: account
  other: *switch
models:
  helper: {name: the helper, family: generative}
uses:
  train: {name: training the helper, purpose: train-model, models: helper, data: chats, applies: {state: opt-out, control: switch}}
"""
)


def beside(folder: Path, uses: str, base: str = BASE) -> list[OpenRoute]:
    """What a refusal of `switch` leaves open, with more uses in the policy."""
    facts = Facts.of(project(folder, base + uses))
    return open_routes(facts, refusal(facts, ["switch"]))


def keys(routes: list[OpenRoute], *, exception: bool) -> list[str]:
    return [route.door.key for route in routes if route.exception == exception]


@pytest.mark.parametrize(
    ("use", "same", "other"),
    [
        ("purpose: train-model, data: chats, applies: {state: always}", True, False),
        ("purpose: research, models: helper, data: chats, applies: {state: always}", True, False),
        ("purpose: research, data: chats, applies: {state: always}", False, True),
        ("purpose: research, data: chats, applies: {state: opt-out, control: other}", False, True),
        ("purpose: research, data: tone, applies: {state: always}", False, True),
        ("purpose: research, data: mood, applies: {state: always}", False, True),
        ("purpose: research, data: chats, applies: {state: opt-out, control: switch}", False, False),
        ("purpose: research, data: chats, applies: {state: opt-out, control: [other, switch]}", False, False),
        ("purpose: research, data: chats, applies: {state: never}", False, False),
        ("purpose: research, data: files, applies: {state: always}", False, False),
        ("purpose: research, data: chats, never: chats, applies: {state: always}", False, False),
    ],
)  # fmt: skip
def test_which_uses_stay_open(tmp_path: Path, use: str, same: bool, other: bool) -> None:
    found = beside(tmp_path, f"  more: {{name: more, {use}}}\n")
    assert keys(found, exception=True) == (["more"] if same else [])
    assert keys(found, exception=False) == (["more"] if other else [])


def test_a_route_of_the_same_use_is_an_exception(tmp_path: Path) -> None:
    also = "    also: {rated: {when: thumbs, applies: {state: always}}}\n"
    base = BASE.replace(
        "  train: {name: training the helper, purpose: train-model, models: helper, data: chats, "
        "applies: {state: opt-out, control: switch}}\n",
        "  train:\n    name: training the helper\n    purpose: train-model\n    data: chats\n"
        "    applies: {state: opt-out, control: switch}\n",
    )
    (found,) = beside(tmp_path, also, base)
    assert (found.door.key, found.exception, found.who) == ("train/rated", True, "")


def test_exceptions_come_first(tmp_path: Path) -> None:
    uses = """
  a: {name: a, purpose: research, data: chats, applies: {state: always}}
  b: {name: b, purpose: train-model, data: chats, applies: {state: always}}
"""
    assert [route.door.key for route in beside(tmp_path, uses)] == ["b", "a"]


def test_derived_data_is_followed_step_after_step(tmp_path: Path) -> None:
    policy = project(tmp_path, BASE).policy
    assert derived_from(policy, ["chats"]) == {"chats", "tone", "mood"}
    assert derived_from(policy, ["tone"]) == {"tone", "mood"}


def test_only_readers_of_both_lines_are_meant(tmp_path: Path) -> None:
    facts = Facts.of(project(tmp_path, DIFFERS))
    found = {
        (route.door.key, route.line.state): route.who
        for route in open_routes(facts, refusal(facts, ["training"]))
    }
    assert found == {
        ("train/rated", "ask"): "",
        ("count", "opt-in"): "Free, Europe, 18 or over",
        ("count", "always"): "Free, Elsewhere, 18 or over",
        ("ads", "always"): "Free, Elsewhere, 18 or over",
    }


def test_beside_a_standing_no(tmp_path: Path) -> None:
    facts = Facts.of(project(tmp_path, DIFFERS))
    found = {
        (route.door.key, route.line.state): route.who
        for route in open_routes(facts, standing(facts.ordinary("train")))
        if route.exception
    }
    assert found == {("train/rated", "ask"): "School, 18 or over"}


def test_a_line_for_those_who_allowed_it_is_closed_to_who_refused(tmp_path: Path) -> None:
    uses = """
  more:
    name: more
    purpose: research
    data: chats
    applies:
      - {scope: {choice: {switch: refused}}, state: never}
      - {scope: otherwise, state: always}
"""
    assert beside(tmp_path, uses) == []


def test_data_kept_out_of_one_use_has_open_routes_in_another(tmp_path: Path) -> None:
    uses = "  more: {name: more, purpose: train-model, data: files, applies: {state: always}}\n"
    facts = Facts.of(project(tmp_path, BASE + uses))
    found = open_routes(facts, [excluded(facts, "train", ["files"])])
    assert keys(found, exception=True) == ["more"]


def test_nothing_is_beside_no_refusal(tmp_path: Path) -> None:
    facts = Facts.of(project(tmp_path, PLAIN))
    assert open_routes(facts, []) == []


def test_a_filter_for_harm_is_training_to_whoever_refuses_training(tmp_path: Path) -> None:
    uses = """
  filter: {name: training the filter, purpose: safety-and-abuse, models: helper, data: chats, applies: {state: always}}
"""
    text = (BASE + uses).replace(
        "models: helper, data: chats, applies: {state: opt", "data: chats, applies: {state: opt"
    )
    facts = Facts.of(project(tmp_path, text))
    assert keys(open_routes(facts, refusal(facts, ["switch"])), exception=True) == ["filter"]

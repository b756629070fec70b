"""Routes whose records a branch of the pipeline marks, and lines with two controls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.examples import run
from tests.proof.test_wrongly_green import LINES, SWITCH, drawn, drawn_policy, verdicts

from aboveboard.proof.model import Judged

ONLY = "train/rated/only-thumbs@out"
RATINGS = {"id": "r", "in": "ratings", "op": "allow-fields", "fields": ["text"], "out": "out"}
CHATS = {"id": "c", "in": "chats", "op": "allow-fields", "fields": ["text"], "out": "out"}


def judged(root: Path, mark: Any, *steps: dict[str, Any]) -> tuple[Judged, list[str]]:
    """The claim of a route that only what its event marks gets there, and the errors of its rule."""
    event = {"name": "you rate an answer", "by": "you", "takes": [{"data": "chats"}]}
    said = drawn_policy(
        events={"thumbs": event},
        use={"applies": [{"state": "never"}], "also": {"rated": {"when": "thumbs", "applies": LINES}}},
        bindings={
            "sources": {"chats": ["chats.text", "ratings.text"]},
            "sinks": {"train/rated": "out"},
            "events": {"thumbs": mark} if mark else {},
        },
    )  # fmt: skip
    whole = drawn(*steps)
    whole["datasets"]["ratings"] = {"role": "source", "retention": "P10D"}
    for name in ("chats", "ratings"):
        whole["datasets"][name]["fields"] = {"text": {}, "stars": {}}
    for name, content in {"policy_data/p.yml": said, "pipeline/d.yml": whole}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(yaml.safe_dump(content, sort_keys=False))
    project, findings = run(root)
    errors = [f.message for f in findings if f.severity == "error" and f.rule == "scope-leak"]
    return project.proof.judged[ONLY], errors


def pick(**more: Any) -> dict[str, Any]:
    return {"id": "pick", "in": "chats", "op": "filter", "where": {"stars": 5}, "missing": "drop"} | more  # fmt: skip


PICKED = CHATS | {"id": "p", "in": "pick"}
BRANCHED = [
    ("ratings", [RATINGS], "declared"),
    ("ratings", [RATINGS, CHATS], "violated"),
    (["ratings", "chats"], [RATINGS, CHATS], "declared"),
    ("chats", [RATINGS, CHATS], "violated"),
    ("pick", [pick(), PICKED], "declared"),
    (["pick", "ratings"], [pick(), PICKED, RATINGS], "declared"),
    ("pick", [pick(), PICKED, CHATS], "violated"),
    ("pick", [pick(enabled=False), PICKED], "violated"),
    ("pick", [pick(enabled="${PICK}"), PICKED], "unknown"),
    ("pick", [pick(on_error="pass"), PICKED], "violated"),
    ("pick", [pick(on_error={"to": "out"}), PICKED], "violated"),
    ("ratings", [CHATS | {"out": "ratings"}, RATINGS], "declared"),
    ("out", [RATINGS, CHATS], "unknown"),
]


@pytest.mark.parametrize(("branch", "steps", "verdict"), BRANCHED)
def test_a_branch_holds_only_what_its_event_marks(
    tmp_path: Path, branch: Any, steps: list[dict[str, Any]], verdict: str
) -> None:
    found, errors = judged(tmp_path, {"dataset": branch}, *steps)

    assert found.verdict == verdict
    assert bool(errors) == (verdict != "declared")


def test_a_branch_is_the_bindings_word(tmp_path: Path) -> None:
    found, _ = judged(tmp_path, {"dataset": "ratings"}, RATINGS)

    assert (found.verdict, found.grade) == ("declared", "declared")
    assert found.evidence


def test_a_way_around_a_branch_is_shown(tmp_path: Path) -> None:
    found, errors = judged(tmp_path, {"dataset": "ratings"}, RATINGS, CHATS)

    assert [hop.node for hop in found.witness] == ["chats.text", "c", "out.text"]
    assert found.why == (
        "data gets there that does not come from 'ratings': chats.text -> c -> out"
    )
    assert found.culprit is not None and len(errors) == 1


def test_nothing_marks_an_event(tmp_path: Path) -> None:
    found, errors = judged(tmp_path, None, RATINGS)

    assert found.verdict == "unknown"
    assert found.why == (
        "nothing says which records 'thumbs' marks: bind a field or a dataset in bindings.events"
    )
    assert len(errors) == 1


# -- two controls ----------------------------------------------------------------------------------

REFUSED_A = {"id": "a", "in": "chats", "op": "filter", "where_not": {"mine": False}, "missing": "keep"}  # fmt: skip
REFUSED_B = {"id": "b", "in": "a", "op": "filter", "where_not": {"theirs": False}, "missing": "keep"}  # fmt: skip
MINE = {"id": "m", "in": "b", "op": "filter", "where": {"mine": True}, "missing": "drop"}
THEIRS = {"id": "t", "in": "b", "op": "filter", "where": {"theirs": True}, "missing": "drop"}


@pytest.mark.parametrize(
    ("state", "steps", "ends", "mine", "theirs"),
    [
        ("opt-in", [REFUSED_A, REFUSED_B, MINE, THEIRS], ["m", "t"], "declared", "declared"),
        ("ask", [REFUSED_A, REFUSED_B, MINE, THEIRS], ["m", "t"], "declared", "declared"),
        ("opt-in", [REFUSED_A, REFUSED_B, MINE], ["m"], "declared", "declared"),
        ("opt-in", [REFUSED_A, REFUSED_B], ["b"], "violated", "violated"),
        ("opt-in", [REFUSED_A, {**MINE, "in": "a"}], ["m"], "declared", "violated"),
        ("opt-out", [REFUSED_A, REFUSED_B, MINE, THEIRS], ["m", "t"], "violated", "violated"),
    ],
)
def test_one_allowance_is_enough(
    tmp_path: Path, state: str, steps: list[dict[str, Any]], ends: list[str], mine: str, theirs: str
) -> None:
    said = drawn_policy(
        controls={"mine": SWITCH, "theirs": {**SWITCH, "by": "admin"}},
        use={"applies": [{"state": state, "control": ["mine", "theirs"]}]},
        bindings={"flags": {c: {"field": c, "refused": False} for c in ("mine", "theirs")}},
    )
    whole = drawn(*steps, {"id": "o", "in": ends, "op": "allow-fields", "fields": ["text"], "out": "out"})  # fmt: skip
    whole["datasets"]["chats"]["fields"] = {n: {} for n in ("text", "mine", "theirs", "meta.place")}

    found, _ = verdicts(tmp_path, said, d=whole)

    assert [found[f"train/chats/{c}@out"] for c in ("mine", "theirs")] == [mine, theirs]

"""`policy_data/`: which files are read, how they merge, and where each value was written."""

from datetime import date
from pathlib import Path

from aboveboard.findings import Finding
from aboveboard.policy.load import load
from aboveboard.policy.model import Policy

HEADER = """policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
"""
DATA = "data:\n  notes: {name: what you write, origin: provided}\n"


def loaded(tmp_path: Path, files: dict[str, str]) -> tuple[Policy, list[Finding]]:
    for name, content in files.items():
        file = tmp_path / "policy_data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return load(tmp_path)


def test_files_are_merged_in_any_order(tmp_path: Path) -> None:
    policy, found = loaded(
        tmp_path,
        {
            "z.yml": HEADER,
            "deep/er/a.yaml": DATA,
            "b.yml": "data:\n  tone: {name: tone, origin: derived}\n",
        },
    )

    assert found == []
    assert policy.header is not None and policy.header.effective == date(2026, 12, 1)
    assert set(policy.data) == {"notes", "tone"}
    assert list(policy.inputs) == [
        "policy_data/b.yml",
        "policy_data/deep/er/a.yaml",
        "policy_data/z.yml",
    ]


def test_records_and_translations_are_no_statements(tmp_path: Path) -> None:
    files = {f"{name}/x.yml": "nonsense: [" for name in ("reviews", "releases", "locales")}
    policy, found = loaded(tmp_path, {"a.yml": HEADER, "notes.txt": "[", **files})

    assert found == []
    assert list(policy.inputs) == ["policy_data/a.yml"]


def test_two_events_exist_already_and_can_be_replaced(tmp_path: Path) -> None:
    events = "events:\n  you-delete: {name: you press delete, by: you}\n"
    policy, found = loaded(tmp_path, {"a.yml": HEADER, "b.yml": events})

    assert found == []
    assert policy.events["you-delete"].name == "you press delete"
    assert policy.events["account-closed"].name == "you close your account"


def test_every_value_has_a_place(tmp_path: Path) -> None:
    policy, _ = loaded(tmp_path, {"a.yml": HEADER, "b.yml": DATA})

    assert str(policy.at("data", "notes")) == "policy_data/b.yml:2:3"
    assert str(policy.at("data", "notes", "origin")) == "policy_data/b.yml:2:41"
    assert str(policy.at("data", "notes", "origin", key=True)) == "policy_data/b.yml:2:33"
    assert str(policy.at("data", "notes", "special")) == "policy_data/b.yml:2:3"
    assert str(policy.at("policy", "", "service")) == "policy_data/a.yml:2:12"


def test_what_is_whole_is_kept(tmp_path: Path) -> None:
    """One faulty entity takes nothing else with it."""
    policy, found = loaded(
        tmp_path, {"a.yml": HEADER, "b.yml": DATA + "  tone: {name: tone, origin: thought}\n"}
    )

    assert [str(f.location) for f in found] == ["policy_data/b.yml:3:30"]
    assert set(policy.data) == {"notes"}
    assert ("data", "tone") in policy.documents, "references to it are right all the same"


def test_a_single_value_stands_for_a_list(tmp_path: Path) -> None:
    uses = """uses:
  train:
    name: training
    purpose: train-model
    data: notes
    applies: {state: always}
"""
    policy, found = loaded(tmp_path, {"a.yml": HEADER + DATA + uses})

    assert found == []
    assert policy.uses["train"].data == ["notes"]
    assert [line.state for line in policy.uses["train"].applies] == ["always"]


def test_text_is_data(tmp_path: Path) -> None:
    """Whatever somebody writes is kept as it is: escaping is the site's work."""
    odd = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:y) **b** \u202e"
    policy, found = loaded(
        tmp_path, {"a.yml": HEADER + f"data:\n  notes: {{name: '{odd}', origin: provided}}\n"}
    )

    assert found == []
    assert policy.data["notes"].name == odd


def test_no_policy_at_all(tmp_path: Path) -> None:
    _, found = loaded(tmp_path, {"README.txt": ""})

    assert [(f.rule, f.location) for f in found] == [("invalid-policy", None)]

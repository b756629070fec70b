"""The docs: what is generated is as generated, and every block of code in them is true."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from aboveboard.checks import ALL, BASE_CHECKS, OF_KINDS, OF_REVIEWS, run
from aboveboard.load import load_project
from aboveboard.policy import reference
from aboveboard.policy.load import ALONE, MODELS
from aboveboard.source import parse_yaml

ROOT = Path(__file__).parents[1]
LANGUAGE = ROOT / "docs/reference/policy-language.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", LANGUAGE.read_text("utf-8"), re.DOTALL)


def test_the_reference_is_written_from_the_classes_as_they_are() -> None:
    assert (ROOT / reference.FILE).read_text("utf-8") == reference.text(), "run `make schema`"


def test_every_key_of_every_kind_stands_in_the_reference() -> None:
    text = reference.text()
    for kind in ("data", "events", "uses", "controls", "steps", "retention", "bindings"):
        assert f"\n## {kind}\n" in text
    assert "**`state`**" in text and "id of controls" in text


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_is_yaml_as_we_read_it(block: str) -> None:
    assert not parse_yaml(block.encode(), "block.yml").problems


def test_the_whole_policy_loads_and_says_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "policy_data").mkdir()
    (tmp_path / "policy_data/policy.yml").write_text(BLOCKS[0], "utf-8")
    project = load_project(tmp_path, date(2026, 12, 1))
    assert project.loaded, project.findings
    # Without bindings nothing can be compared, and that is said.
    assert {f.severity for f in run(project) if f.rule not in _UNBOUND} <= {"warning"}


_UNBOUND = {"overstated-use", "kept-too-long"}


def test_policy_bindings_and_native_pipeline_of_the_docs_fit_together(tmp_path: Path) -> None:
    bindings, pipeline = BLOCKS[3], BLOCKS[4]
    assert set(yaml.safe_load(bindings)) == {"bindings"}
    for name, text in (
        ("policy_data/policy.yml", BLOCKS[0]),
        ("pipeline/notes.yml", pipeline),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    own = "bindings: {files: pipeline/*.yml, sources: {notes: notes.text}, sinks: {train: training_set}}\n"
    (tmp_path / "policy_data/bindings.yml").write_text(own, "utf-8")
    project = load_project(tmp_path, date(2026, 12, 1))
    assert project.loaded, project.findings
    assert project.proof.judged["train/notes/used@training_set"].verdict == "declared"


REVIEW = (ROOT / "docs/reference/review.md").read_text("utf-8")


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", REVIEW, re.DOTALL))
def test_the_blocks_about_review_are_as_a_policy_takes_them(block: str) -> None:
    document = parse_yaml(block.encode(), "block.yml")
    assert not document.problems
    for kind, value in document.data.items():
        if kind in ALONE:
            ALONE[kind][1].model_validate(value)
        else:
            for entity in value.values():
                MODELS[kind].model_validate(entity)


def test_the_page_about_review_names_the_rules_that_are_there() -> None:
    """Each in a row of a table; `explain` says the rest."""
    named = set(re.findall(r"^\| `([a-z-]+)` \|", REVIEW, re.MULTILINE))
    apart = {"inherited-answer"}  # told in the page about diff
    assert named == {*OF_REVIEWS, *OF_KINDS, *BASE_CHECKS} - apart
    assert all(rule in ALL for rule in named)

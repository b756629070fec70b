"""The docs: what is generated is as generated, and tables say what is there."""

import re
from pathlib import Path

from aboveboard.checks import ALL, BASE_CHECKS, OF_KINDS, OF_REVIEWS
from aboveboard.checks.suppressing import RULES
from aboveboard.policy import reference
from aboveboard.policy.model import OURS

ROOT = Path(__file__).parents[1]
REVIEW = (ROOT / "docs/reference/review.md").read_text("utf-8")


def test_the_reference_is_written_from_the_classes_as_they_are() -> None:
    assert (ROOT / reference.FILE).read_text("utf-8") == reference.text(), "run `make schema`"


def test_every_key_of_every_kind_stands_in_the_reference() -> None:
    text = reference.text()
    for kind in ("data", "events", "uses", "controls", "steps", "retention", "bindings"):
        assert f"\n## {kind}\n" in text
    assert "**`state`**" in text and "id of controls" in text


def test_the_page_about_review_names_the_rules_that_are_there() -> None:
    """Each in a row of a table; `explain` says the rest."""
    named = set(re.findall(r"^\| `([a-z-]+)` \|", REVIEW, re.MULTILINE))
    apart = {"inherited-answer"}  # told in the page about diff
    ours = {rule for rule, kind in OF_KINDS.items() if kind in OURS}  # they have their own page
    assert named == {*OF_REVIEWS, *OF_KINDS, *BASE_CHECKS} - apart - ours
    assert all(rule in ALL for rule in named)


def test_the_page_about_suppressions_names_the_rules_that_are_there() -> None:
    page = (ROOT / "docs/reference/suppressions.md").read_text("utf-8")
    _, can, held = re.split("^These can be:$|^## What is held", page, flags=re.MULTILINE)
    assert set(re.findall(r"^\| `([a-z-]+)` \|", can, re.MULTILINE)) == RULES
    rules = {rule for rule in ALL if rule.endswith("-suppression")}
    assert set(re.findall(r"^\| `([a-z-]+)` \|", held, re.MULTILINE)) == rules

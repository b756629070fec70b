"""What the demo's policy asks to be signed is signed, as it is now, by the command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.demo_signatures import make
from tests.site.projects import demo

from aboveboard.load import load_project
from aboveboard.review.signing.records import load
from aboveboard.review.signing.settled import settled
from aboveboard.review.signing.status import status

ROOT = Path(__file__).parents[1]


def test_the_demo_is_signed_as_it_stands() -> None:
    """Read in full, whatever a record says of the state in which it was written."""
    project = load_project(ROOT, date(2026, 12, 1))
    found = status(project)

    assert [each.statement.id for each in found.open] == [], "run `make demo`"
    assert found.damaged == [] and len(found.records) == 1
    assert len([each for each in found.standings if each.state == "signed"]) > 20


def test_the_record_is_what_the_command_makes(tmp_path: Path) -> None:
    root = demo(tmp_path)
    said = make(root)

    (made,), (kept,) = load(root)[0], load(ROOT)[0]
    assert "as legal: policy_data/reviews/" in said
    assert {each.print for each in made.signed} == {each.print for each in kept.signed}
    assert (made.role, made.date, made.note) == (kept.role, kept.date, kept.note)
    assert settled(load_project(root, date(2026, 12, 1)))

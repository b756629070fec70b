"""The one value that each row of statements changes is a change of the effect that the row says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.expressiveness.row import ROWS, Made, Row

from aboveboard.review.diff import changes

FILES = sorted(ROWS.glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_changed_value_has_the_effect_that_the_row_says(file: Path, tmp_path: Path) -> None:
    """It is one change, and what the row says of the sentence stands in it."""
    row = Row.read(file)
    first, second = Made(tmp_path / "a", row.first), Made(tmp_path / "b", row.second)

    found = changes(first.project, second.project)

    if row.first.policy == row.second.policy:
        assert found == []  # settings alone change, which moves a verdict
        return
    (change,) = found
    assert change.effect == row.change.effect, change.sentence
    assert row.change.diff in change.sentence

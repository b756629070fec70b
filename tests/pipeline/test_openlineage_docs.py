"""The page about OpenLineage has every platform and every subtype that is read in its own way."""

from pathlib import Path

from aboveboard.pipeline.readers.openlineage.datasets import _FILES
from aboveboard.pipeline.readers.openlineage.runs import _DECIDES

PAGE = (Path(__file__).parents[2] / "docs/reference/readers/openlineage.md").read_text("utf-8")


def test_the_page_has_every_platform_whose_datasets_are_files() -> None:
    for scheme in _FILES:
        assert f"`{scheme}://`" in PAGE or f"`{scheme}`" in PAGE


def test_the_page_has_every_way_that_keeps_rows_out() -> None:
    for subtype in _DECIDES - {"unsaid"}:
        assert f"`{subtype}`" in PAGE

"""The page about the native format is the one that its tables make."""

from pathlib import Path

from aboveboard.pipeline import reference

ROOT = Path(__file__).parents[2]


def test_the_page_is_made_of_the_tables_of_the_reader() -> None:
    assert (ROOT / reference.FILE).read_text("utf-8") == reference.page(), "run `make schema`"

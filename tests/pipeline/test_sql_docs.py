"""The page about SQL says what the reader's catalogue says."""

from importlib.metadata import version
from pathlib import Path

from aboveboard.pipeline.readers.sql.functions import CATALOGUE
from aboveboard.pipeline.readers.sql.lifetimes import EXPIRES
from aboveboard.pipeline.readers.sql.meta import KEYS
from aboveboard.pipeline.readers.sql.text import MAX_DEPTH, MAX_LETTERS

PAGE = (Path(__file__).parents[2] / "docs/reference/readers/sql.md").read_text("utf-8")


def test_the_table_of_functions_is_the_catalogue() -> None:
    table = PAGE.partition("| in SQL | effect |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.split("\n")[2:]]
    assert dict(rows) == CATALOGUE


def test_numbers_and_names_are_those_of_the_reader() -> None:
    assert f"sqlglot {version('sqlglot')} parses" in PAGE
    assert f"{MAX_LETTERS:,} letters" in PAGE and f"at most {MAX_DEPTH} deep" in PAGE
    for name in (*EXPIRES, *KEYS.kinds):
        assert f"`{name}`" in PAGE

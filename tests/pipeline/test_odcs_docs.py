"""The page about data contracts has every type of server and every unit, as they are read."""

from pathlib import Path

from aboveboard.pipeline.readers.odcs.contract import UNITS
from aboveboard.pipeline.readers.odcs.servers import PATHS, QUALIFIED, SCHEMES

PAGE = (Path(__file__).parents[2] / "docs/reference/readers/odcs.md").read_text("utf-8")


def test_the_page_has_every_type_of_server() -> None:
    for kind, parts in QUALIFIED.items():
        assert f"| `{kind}` | `{'.'.join((*parts, 'TABLE'))}` |" in PAGE
    for kind in (*PATHS, *SCHEMES):
        assert f"`{kind}`" in PAGE


def test_the_page_has_every_unit() -> None:
    for words in UNITS.values():
        assert f"| {', '.join(f'`{word}`' for word in words.split())} |" in PAGE

"""The page about the collector's reader says what the catalogue has, and no more."""

import re
from pathlib import Path

import pytest

from aboveboard.pipeline.readers.otel_collector import versions
from aboveboard.pipeline.readers.otel_collector.connectors import MAKERS, PASSING
from aboveboard.pipeline.readers.otel_collector.destinations import OWN
from aboveboard.pipeline.readers.otel_collector.functions import EDITORS, HARMLESS, NAMING, WIDE
from aboveboard.pipeline.readers.otel_collector.processors import HARMLESS as PLAIN
from aboveboard.pipeline.readers.otel_collector.processors import KEYS, PROCESSORS
from aboveboard.pipeline.readers.specimens import SPECIMENS

PAGE = (Path(__file__).parents[2] / "docs/reference/readers/opentelemetry-collector.md").read_text(
    "utf-8"
)


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by their first cell."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in section.split("\n") if line.startswith("| ")]  # fmt: skip
    return {row[0].strip("`"): row[1:] for row in cells[1:] if not set(row[0]) <= {"-"}}


def test_processors() -> None:
    table = rows("Processors")

    assert set(table) == {*PROCESSORS, "any other"}
    for kind, why in PLAIN.items():
        assert table[kind] == ["copy", why]


def test_editors() -> None:
    table = rows("Statements")

    assert set(table) == {*EDITORS, *WIDE}
    assert all(table[name] == ["map", "opaque"] for name in WIDE)
    assert all(table[name][0] == "copy" for name in HARMLESS)


def test_the_attributes_that_name_a_span_are_counted() -> None:
    assert f"made of {len(NAMING)} attributes" in PAGE


def test_connectors() -> None:
    assert set(rows("Connectors")) == {*PASSING, *MAKERS, "any other"}


def test_exporters_that_write_to_a_store_of_ones_own() -> None:
    assert set(rows("Where records end up")) == set(OWN)


def test_versions() -> None:
    changes = [c for c in vars(versions).values() if isinstance(c, versions.Change)]
    table = rows("What depends on the version")

    said = sorted(("{}.{}".format(*c.last), "{}.{}".format(*c.first)) for c in changes)
    assert sorted((up, since) for up, since in table.values()) == said
    assert f"after {versions.NEWEST}" in PAGE


def test_entities() -> None:
    listed = PAGE.partition("The entities: ")[2].partition(". Detectors")[0]

    assert re.findall(r"`([a-z-]+)`", listed) == list(SPECIMENS)


@pytest.mark.parametrize("kind", KEYS)
def test_checked_keys(kind: str) -> None:
    checked = PAGE.partition("Checked for ")[2].partition(".\n")[0].replace("_", "")

    assert f"`{kind}`" in checked

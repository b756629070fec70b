"""The page about Dolma has every key of its commands, every version, and what taggers find."""

import re
from pathlib import Path

from aboveboard.pipeline.readers.dolma.catalogue import (
    ENTITIES,
    PII_TAGGERS,
    TABLES,
    any_version,
    catalogue,
)

TEXT = (Path(__file__).parents[2] / "docs/reference/readers/dolma.md").read_text("utf-8")
NOT_READ = {"ListTaggerConfig"}  # it lists the taggers, and reads no documents


def test_the_page_has_every_key() -> None:
    named = set(re.findall(r"`(\w+)`", TEXT))
    classes = any_version().defaults.keys() - NOT_READ

    assert set().union(*(any_version().keys(name) for name in classes)) <= named


def test_the_page_has_the_versions() -> None:
    told = re.findall(r"^\| `([\d.]+)`(?: to `([\d.]+)`)? \| `(\w+\.json)` \|", TEXT, re.M)

    assert {f"{low}..{high}" if high else low: file for low, high, file in told} == TABLES
    assert all(catalogue(file).version in name for name, file in TABLES.items())


def test_the_page_has_what_is_found() -> None:
    rows = re.findall(r"^\| `EXPERIMENT__TAGGER__(\w+)` \| ([\w-]+) \|", TEXT, re.M)

    assert dict(rows) == ENTITIES
    assert all(f"`{name}`" in TEXT for name in PII_TAGGERS)

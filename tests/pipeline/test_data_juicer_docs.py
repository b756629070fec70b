"""The page about Data-Juicer has the versions, what is redacted, and settings that exist."""

import re
from pathlib import Path

from aboveboard.pipeline.readers.data_juicer.catalogue import TABLES, any_version, catalogue
from aboveboard.pipeline.readers.data_juicer.conditions import CONDITIONS
from aboveboard.pipeline.readers.data_juicer.redaction import CLEANERS, MASKS, REDACTORS

TEXT = (Path(__file__).parents[2] / "docs/reference/readers/data-juicer.md").read_text("utf-8")
READER = Path(__file__).parents[2] / "generator/aboveboard/pipeline/readers/data_juicer"


def section(name: str) -> str:
    return TEXT.split(f"## {name}\n")[1].split("\n## ")[0]


def test_the_page_has_the_versions() -> None:
    assert dict(re.findall(r"^\| `([\d.]+)` \| `(\w+\.json)` \|", TEXT, re.M)) == TABLES
    assert [catalogue(version).version for version in TABLES] == list(TABLES)


def test_the_page_has_what_is_redacted_and_which_filters_are_read() -> None:
    masks = dict(re.findall(r"^\| `(mask_\w+)` \| ([\w-]+) \|", TEXT, re.M))
    named = set(re.findall(r"`(\w+)`", section("Operators")))

    assert masks == {switch: entity for switch, entity, _ in MASKS}
    assert REDACTORS.keys() | CONDITIONS.keys() <= named
    for operator, entity in CLEANERS.items():
        assert f"| `{operator}` | redacts {entity} in" in TEXT


def test_the_page_has_every_setting_that_is_read() -> None:
    """Those that the reader's code asks for by name."""
    code = "".join(file.read_text("utf-8") for file in READER.glob("*.py"))
    asked = set(re.findall(r'recipe\.(?:setting|flag|may|given|gives)\(\s*"([\w.]+)"', code))
    named = {name for row in re.findall(r"^\| (.+?) \| ", section("Settings"), re.M)
             for name in re.findall(r"`(\w+)`", row)}  # fmt: skip

    assert asked
    assert {part for name in asked for part in name.split(".") if part} <= named
    settings = {part for name in any_version().settings for part in name.split(".")}
    assert named <= settings | {"configs", "weight", "max_sample_num", "columns"}

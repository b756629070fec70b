"""The page about Terraform has every kind of resource that is read, with its name and default."""

import re
from pathlib import Path

from aboveboard.pipeline.readers.terraform.plain import DAY, HOUR, PLAIN
from aboveboard.pipeline.readers.terraform.stores import KINDS

PAGE = Path(__file__).parents[2] / "docs/reference/readers/terraform.md"
UNITS = {1: "seconds", HOUR: "hours", DAY: "days"}


def test_the_page_has_every_kind_that_is_read() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.M)) == sorted(KINDS)


def test_the_page_has_the_names_settings_and_defaults() -> None:
    page = PAGE.read_text("utf-8")

    for kind, plain in PLAIN.items():
        name = plain.name.format(*map(str.upper, plain.attributes))
        default = "no limit" if plain.default is None else f"{plain.default} {UNITS[plain.unit]}"
        assert f"| `{kind}` | `{name}` | `{plain.setting}` | {default} |" in page

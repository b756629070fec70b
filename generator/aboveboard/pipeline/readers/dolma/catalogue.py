"""What Dolma's commands take, and what its taggers find, in each version that has a table.

The keys and defaults in the tables are read out of the Python source of the releases by
`tests/operations/dolma_table.py`. How the mixer works was read in its Rust source (`src/shard.rs`,
`src/filters.rs`) and seen in runs of the released mixer of each version, which `make operations`
repeats for the newest. The PII taggers are the same in all of them (`dolma/taggers/pii.py`).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

# Versions -> their table, the newest first.
TABLES: Final = {
    "1.2.0..1.2.1": "catalogue_1_2_1.json",
    "1.1.0": "catalogue_1_1_0.json",
    "0.9.4": "catalogue_0_9_4.json",
}
# What the attributes of a tagger that looks for people's data are called, and what they hold. Each
# span of theirs has the score 1.
ENTITIES: Final = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "IP_ADDRESS": "ip-address",
}
PII_TAGGERS: Final = frozenset(
    [
        "pii_presidio_v1",
        "pii_regex_v1",
        "pii_regex_v2",
        "pii_regex_with_counts_fast_v2",
        "pii_regex_with_counts_v2",
    ]
)
SCORE: Final = 1.0


class Catalogue(NamedTuple):
    """The keys of each class of settings, with their defaults; of required ones there is none.

    version: "" for what any of the versions knows, of which no default is to be taken.
    """

    version: str
    defaults: dict[str, dict[str, Any]]
    required: dict[str, frozenset[str]]

    @property
    def name(self) -> str:
        """The tool as messages call it."""
        return f"Dolma {self.version}".rstrip()

    def keys(self, kind: str) -> frozenset[str]:
        """Every key that a class of settings takes."""
        return self.required[kind].union(self.defaults[kind])


@cache
def catalogue(file: str) -> Catalogue:
    """One table, read once."""
    table = json.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    classes = table["classes"].items()
    return Catalogue(
        table["version"],
        {name: row["defaults"] for name, row in classes},
        {name: frozenset(row["required"]) for name, row in classes},
    )


@cache
def any_version() -> Catalogue:
    """What some version knows: the names of the keys, but no defaults."""
    tables = [catalogue(file) for file in TABLES.values()]
    defaults: dict[str, dict[str, Any]] = {}
    for table in tables:
        for name, row in table.defaults.items():
            defaults.setdefault(name, {}).update(dict.fromkeys(row))
    return Catalogue("", defaults, tables[0].required)

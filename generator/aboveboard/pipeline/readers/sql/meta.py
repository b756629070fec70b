"""What a team says of a dbt node in `meta.aboveboard`: in the node itself, or in its config."""

from __future__ import annotations

from typing import Any, Final, get_args

from ....source import Document, KeyPath
from ...graph import Dataset, Lifetime, Role, Setting
from ...part import Part, fact_at
from .. import shape

KEYS: Final = shape.Keys(
    {"person": "text", "role": "text", "regions": "texts", "retention": "text"}
)
OURS: Final = "aboveboard"


def described(
    part: Part, document: Document, dataset: Dataset, path: KeyPath, node: dict[str, Any]
) -> None:
    """Adds to a dataset what its meta says; all of it is graded `described`."""
    say = shape.Shape(document, part.findings)
    for where in (("meta",), ("config", "meta")):
        at: Any = node
        for key in where:
            at = at.get(key) if isinstance(at, dict) else None
        if isinstance(at, dict) and OURS in at:
            _read(say, document, dataset, (*path, *where, OURS), at[OURS])


def _read(
    say: shape.Shape, document: Document, dataset: Dataset, path: KeyPath, value: Any
) -> None:
    said = say.keys(path, value, KEYS)
    dataset.person = dataset.person or said.get("person")
    if said.get("role") in get_args(Role):
        dataset.role = said["role"]
    elif "role" in said:
        say.unknown_word((*path, "role"), said["role"], get_args(Role))
    if "regions" in said:
        dataset.regions = tuple(said["regions"])
    if "retention" in said and not dataset.lifetimes:
        at = (*path, "retention")
        fact = fact_at(document, at, f"keep {said['retention']}", "described")
        dataset.lifetimes = (Lifetime(Setting(say.period(at, said["retention"]), fact)),)

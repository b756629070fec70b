"""OpenLineage: events that tell what really ran, what it read and what it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "openlineage"


def recognises(document: Document) -> bool:
    """An event, or a list of events, such as a file with one a line."""
    data = document.data
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and _is_event(first)


def _is_event(data: dict[str, Any]) -> bool:
    schema = data.get("schemaURL")
    if isinstance(schema, str) and "openlineage" in schema.lower():
        return "job" in data or "dataset" in data
    return "job" in data and "run" in data and "eventType" in data


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """All files at once: the events of one run may stand in several."""
    from .runs import read_files

    return iter([read_files(files, context)])

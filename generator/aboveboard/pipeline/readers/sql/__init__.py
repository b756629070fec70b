"""SQL: a dbt manifest, or files of SQL whose entry in the bindings names their dialect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "sql"


def recognises(document: Document) -> bool:
    """Text that was read as SQL, or the manifest that dbt writes."""
    data = document.data
    if isinstance(data, str):
        return () not in document.values  # YAML knows where a value stands
    return (
        isinstance(data, dict)
        and isinstance(data.get("nodes"), dict)
        and isinstance(about := data.get("metadata"), dict)
        and "dbt_schema_version" in about
    )


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """All files at once: what one creates another reads."""
    from .reading import read_files

    return read_files(files)

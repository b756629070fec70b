"""Open Data Contract Standard, versions 2 and 3: it describes tables, and executes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "odcs"


def recognises(document: Document) -> bool:
    """A mapping whose `kind` is DataContract, or a contract of version 2 without it."""
    data = document.data
    if not isinstance(data, dict):
        return False
    return data.get("kind") == "DataContract" or ("quantumName" in data and "dataset" in data)


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each contract by itself; its tables meet those of other files by name."""
    from .contract import read_file

    return (read_file(file.document) for file in files)

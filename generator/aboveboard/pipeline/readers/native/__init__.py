"""The native format: a pipeline drawn by hand, or an overlay on what other files leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "native"


def recognises(document: Document) -> bool:
    """A mapping with `version` and `datasets` or `steps` given as a mapping and a list of ours."""
    data = document.data
    return isinstance(data, dict) and "version" in data and ("datasets" in data or "steps" in data)


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each file by itself; they meet at the names and paths of their datasets."""
    from .file import read_file

    return (read_file(file.document) for file in files)

"""Terraform: a plan or a state as `terraform show -json` prints it; when stores delete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "terraform"


def recognises(document: Document) -> bool:
    """A mapping with `format_version` and the values of a plan or of a state."""
    data = document.data
    return (
        isinstance(data, dict)
        and "format_version" in data
        and ("planned_values" in data or "values" in data or "terraform_version" in data)
    )


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each file by itself: a bucket and its rules may stand in several, and meet by name."""
    from .stores import read_file

    return (read_file(file.document, context) for file in files)

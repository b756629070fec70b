"""`schema`: JSON Schema of what people write, for their editors."""

from __future__ import annotations

from .. import schemas


def schema(name: str) -> str:
    """The schema of one kind of file."""
    return schemas.file(name).read_text("utf-8")

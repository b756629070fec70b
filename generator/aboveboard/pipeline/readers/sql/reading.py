"""All files of SQL at once: first what they define, then what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from sqlglot.dialects.dialect import Dialect, Dialects

from ....findings import Finding
from ....values import did_you_mean
from ...part import File, Part
from .catalog import Builder, Catalog
from .statements import Statements
from .text import Text


def read_files(files: Sequence[File]) -> Iterator[Part]:
    """One part a file; tables and views are shared among them."""
    from .dbt import Manifest

    catalog = Catalog()
    readers: list[Statements | Manifest] = []
    for file in files:
        builder = Builder(catalog)
        if isinstance(file.document.data, dict):
            readers.append(Manifest(builder, file))
            continue
        dialect = _dialect(file, builder)
        if dialect is not None:
            readers.append(_statements(builder, file, dialect))
        else:
            yield builder.part
    for reader in readers:
        reader.take()
    for reader in readers:
        reader.tell()
    yield from (reader.builder.part for reader in readers)


def _dialect(file: File, builder: Builder) -> Dialect | None:
    said = file.entry.dialect
    assert said is not None
    found = Dialect.get(said.value.lower())
    if found is None or not said.value:
        known = [dialect.value for dialect in Dialects if dialect.value]
        message = f"'{said.value}' is not a known dialect of SQL"
        hint = did_you_mean(said.value.lower(), known)
        builder.part.findings.append(Finding("unreadable-pipeline", message, said.place, hint=hint))
        return None
    return found()


def _statements(builder: Builder, file: File, dialect: Dialect) -> Statements:
    document = file.document
    stem = PurePosixPath(document.path).name.rpartition(".")[0] or document.path
    text = Text(document.data, dialect, document.path)
    statements = Statements(builder, text, stem)
    at = text.jinja
    if at < 0:
        return statements
    message = "this file holds Jinja: what it does is known only when it is compiled"
    hint = "name dbt's target/manifest.json, or the compiled files, instead"
    builder.part.findings.append(text.finding(message, at, hint))
    return Statements(builder, Text("", dialect, document.path), stem)

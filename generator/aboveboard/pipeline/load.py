"""Reads the bound config files and joins them into one Pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..findings import Finding, Location
from ..source import Document, read, read_text
from .graph import Pipeline
from .join import join
from .part import Context, Entry, File, Part
from .readers import READERS


def load(root: Path, entries: Iterable[Entry], context: Context) -> Pipeline:
    """The graph of all files that the entries name, with a finding for each that cannot be."""
    pipeline = Pipeline()
    formats: dict[str, list[File]] = {}
    for entry in entries:
        for file in _files(root, entry, pipeline):
            name = _format(file.document, pipeline)
            if name:
                pipeline.formats[file.document.path] = name
                formats.setdefault(name, []).append(file)
    parts: list[Part] = []
    for name, files in formats.items():
        parts += READERS[name].read(files, context)
    for part in parts:
        pipeline.findings += part.findings
    join(pipeline, parts)
    return pipeline


def _files(root: Path, entry: Entry, pipeline: Pipeline) -> Iterator[File]:
    """The files of an entry that no entry before it has named; they become inputs."""
    for pattern in entry.patterns:
        matched = _matching(root, pattern.value)
        if isinstance(matched, str):
            pipeline.findings.append(Finding("missing-file", matched, pattern.place))
            continue
        for path in matched:
            name = path.relative_to(root).as_posix()
            if name in pipeline.inputs:
                continue
            document = (read_text if entry.dialect else read)(path, name)
            pipeline.inputs[name] = document.raw
            yield File(document, entry)


def _matching(root: Path, pattern: str) -> list[Path] | str:
    """The files of a pattern, or in words why there are none."""
    pure = PurePosixPath(pattern)
    if pure.is_absolute() or ".." in pure.parts:
        return f"'{pattern}' leaves the project; name files below its folder"
    try:
        found = sorted(f for f in root.glob(pattern) if not f.is_dir())
        is_folder = not found and (root / pattern).is_dir()
    except (ValueError, IndexError, OSError):  # "." and "a**", a NUL, a name of 300 letters
        return f"'{pattern}' is no path or pattern"
    try:
        inside = root.resolve()
        if any(not f.resolve().is_relative_to(inside) for f in found):
            return f"'{pattern}' leads out of the project by a link"
    except (OSError, RuntimeError):
        return f"'{pattern}' matches a link that leads back to itself"
    if is_folder:
        return f"'{pattern}' is a folder; name its files, such as '{pattern}/*.yml'"
    return found or f"no file matches '{pattern}'"


def _format(document: Document, pipeline: Pipeline) -> str | None:
    """The name of the format that a file is in; none is a finding."""
    pipeline.findings += _problems(document)
    if document.data is None:
        if not document.problems:
            pipeline.findings.append(_unread(document, "is empty"))
        return None
    for name, reader in READERS.items():
        if reader.recognises(document):
            return name
    pipeline.findings.append(_unread(document, "is in no format that is known"))
    return None


def _problems(document: Document) -> Iterator[Finding]:
    for problem in document.problems:
        place = Location.at(document.path, problem.position)
        yield Finding("invalid-yaml", problem.message, place, hint=problem.hint)


def _unread(document: Document, why: str) -> Finding:
    place = Location.at(document.path, document.position(()))
    hint = f"known formats: {', '.join(READERS)}"
    return Finding("unreadable-pipeline", f"this file {why}", place, hint=hint)

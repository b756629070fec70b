"""Reads the bound config files and joins them into one Pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..findings import Finding, Location
from ..source import Document, read
from .graph import Pipeline
from .join import join
from .part import Part
from .readers import READERS

Named = tuple[str, Location]  # a path or pattern, and where it was written


def load(root: Path, files: Iterable[Named]) -> Pipeline:
    """The graph of all files that the patterns match, with a finding for each that cannot be."""
    pipeline = Pipeline()
    parts: list[tuple[str, Part]] = []
    for pattern, place in files:
        matched = _matching(root, pattern)
        if isinstance(matched, str):
            pipeline.findings.append(Finding("missing-file", matched, place))
            continue
        for file in matched:
            name = file.relative_to(root).as_posix()
            if name in pipeline.inputs:
                continue
            document = read(file, name)
            pipeline.inputs[name] = document.raw
            part = _part(document)
            pipeline.findings += part.findings
            parts.append((name, part))
    join(pipeline, parts)
    return pipeline


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


def _part(document: Document) -> Part:
    part = Part()
    part.findings += _problems(document)
    if document.data is None:
        if not document.problems:
            part.findings.append(_unread(document, "is empty"))
        return part
    for reader in READERS.values():
        if reader.recognises(document):
            whole = reader.read(document)
            whole.findings[:0] = part.findings
            return whole
    part.findings.append(_unread(document, "is in no format that is known"))
    return part


def _problems(document: Document) -> Iterator[Finding]:
    for problem in document.problems:
        place = Location.at(document.path, problem.position)
        yield Finding("invalid-yaml", problem.message, place, hint=problem.hint)


def _unread(document: Document, why: str) -> Finding:
    place = Location.at(document.path, document.position(()))
    hint = f"known formats: {', '.join(READERS)}"
    return Finding("unreadable-pipeline", f"this file {why}", place, hint=hint)

"""Reads the bound config files and joins them into one Pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from ..findings import Finding, Location
from ..source import Document, read, read_text
from ..source.folders import closed_to
from .graph import Pipeline, Setting
from .join import join
from .part import Checkout, Context, Entry, File, Part, Pinned, Said
from .readers import MERGING, READERS


def load(
    root: Path,
    entries: Iterable[Entry],
    context: Context,
    tools: Mapping[str, Pinned] = MappingProxyType({}),
) -> Pipeline:
    """The graph of all files that the entries name, with a finding for each that cannot be."""
    pipeline = Pipeline()
    if tools:
        context = context._replace(tools=_versions(root, tools, pipeline))
    formats: dict[str, list[File]] = {}
    for entry in entries:
        for file in _files(root, entry, pipeline):
            name = _format(file.document, pipeline)
            if name:
                pipeline.formats[file.document.path] = name
                pipeline.findings += _unmerged(entry, name)
                formats.setdefault(name, []).append(file)
    parts: list[Part] = []
    for name, files in formats.items():
        parts += READERS[name].read(files, context)
    for part in parts:
        pipeline.findings += part.findings
        pipeline.unversioned |= part.unversioned
    join(pipeline, parts)
    return pipeline


def _versions(root: Path, tools: Mapping[str, Pinned], pipeline: Pipeline) -> dict[str, Setting]:
    """The version of each tool; the files that pin one are read, and become inputs."""
    from . import versions

    found = {}
    for name, pinned in tools.items():
        documents = []
        for path, file in _named(root, pinned.files, pipeline) if pinned.files else ():
            document = read_text(path, file)
            pipeline.findings += _problems(document)
            pipeline.inputs.setdefault(file, document.raw)
            documents.append(document)
        if name not in versions.TOOLS:
            pipeline.findings.append(versions.no_such_tool(name, pinned))
            continue
        found[name] = versions.version(name, pinned, documents)
    return found


def _files(root: Path, entry: Entry, pipeline: Pipeline) -> Iterator[File]:
    """The files of an entry that no entry before it has named, or that it merges with others; they
    become inputs."""
    for path, name in _named(root, entry, pipeline):
        if name in pipeline.inputs and not entry.merged:
            continue
        if entry.dialect is None and name.lower().endswith(".sql"):
            pipeline.inputs[name] = None
            pipeline.findings.append(_no_dialect(name, entry))
            continue
        document = (read_text if entry.dialect else read)(path, name)
        pipeline.inputs[name] = document.raw
        yield File(document, entry)


def _named(root: Path, entry: Entry, pipeline: Pipeline) -> Iterator[tuple[Path, str]]:
    """The files that an entry's patterns match, with their names in reports."""
    other = entry.checkout
    folder = other.folder if other else root
    for pattern in entry.patterns:
        matched = _matching(folder, pattern.value, "checkout" if other else "project")
        if isinstance(matched, str):
            pipeline.findings.append(Finding("missing-file", matched, pattern.place))
            continue
        if other:
            matched = _unchanged(other, matched, pattern, pipeline)
        for path in matched:
            name = path.relative_to(folder).as_posix()
            if other:
                name = f"{other.name}:{name}"
                pipeline.checkouts[name] = (other.commit, path)
            yield path, name


def _unchanged(other: Checkout, files: list[Path], pattern: Said, pipeline: Pipeline) -> list[Path]:
    """The files that are as the commit of their checkout has them."""
    by_name = {file.relative_to(other.folder).as_posix(): file for file in files}
    for name in other.differing(list(by_name)):
        message = f"'{other.name}:{name}' is not as revision {other.commit[:12]} has it"
        hint = "check the revision out anew, without changes"
        pipeline.findings.append(Finding("wrong-revision", message, pattern.place, hint=hint))
        del by_name[name]
    return list(by_name.values())


def _matching(root: Path, pattern: str, what: str) -> list[Path] | str:
    """The files of a pattern, or in words why there are none."""
    pure = PurePosixPath(pattern)
    if pure.is_absolute() or ".." in pure.parts:
        return f"'{pattern}' leaves the {what}; name files below its folder"
    try:
        found = sorted(f for f in root.glob(pattern) if not f.is_dir())
        is_folder = not found and (root / pattern).is_dir()
        hidden = closed_to(root, pattern)
    except (ValueError, IndexError, OSError):  # "." and "a**", a NUL, a name of 300 letters
        return f"'{pattern}' is no path or pattern"
    try:
        inside = root.resolve()
        if any(not f.resolve().is_relative_to(inside) for f in found):
            return f"'{pattern}' leads out of the {what} by a link"
    except (OSError, RuntimeError):
        return f"'{pattern}' matches a link that leads back to itself"
    if hidden is not None:
        return f"'{pattern}' leads into the folder '{hidden.as_posix()}', which cannot be read"
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


def _no_dialect(name: str, entry: Entry) -> Finding:
    said = entry.patterns[0]
    message = f"'{name}' is SQL, and nothing says in which dialect"
    hint = f"write {{path: '{said.value}', dialect: postgres}}, with the dialect that it is in"
    return Finding("unreadable-pipeline", message, said.place, hint=hint)


def _unmerged(entry: Entry, name: str) -> Iterator[Finding]:
    if entry.merged and name not in MERGING:
        message = f"files of {name} are read one by one, and never merged"
        hint = f"'merged' is for {', '.join(sorted(MERGING))}; remove it"
        yield Finding("unreadable-pipeline", message, entry.merged.place, hint=hint)


def _problems(document: Document) -> Iterator[Finding]:
    for problem in document.problems:
        place = Location.at(document.path, problem.position)
        yield Finding("invalid-yaml", problem.message, place, hint=problem.hint)


def _unread(document: Document, why: str) -> Finding:
    place = Location.at(document.path, document.position(()))
    hint = f"known formats: {', '.join(READERS)}"
    return Finding("unreadable-pipeline", f"this file {why}", place, hint=hint)

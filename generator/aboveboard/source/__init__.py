"""Files to plain data and a table of key path to position; failures are values.

YAML is read as YAML 1.2 (`NO` is a string, `1e-5` a number, `1:30` a string), strictly. What is
strict JSON is read as such, much faster; what is not is read as YAML, which says what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from .builder import MAX_DEPTH, MAX_NODES, Builder, Refused
from .document import START, Document, Key, KeyPath, Position, Problem
from .lines import is_lines, parse_lines
from .marks import Marks
from .syntax import CONFLICT, character_problem, syntax_problem

__all__ = [
    "CONFLICT",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_JSON_BYTES",
    "MAX_NODES",
    "START",
    "Document",
    "Key",
    "KeyPath",
    "Position",
    "Problem",
    "parse",
    "parse_yaml",
    "read",
    "read_text",
]

MAX_BYTES = 8_000_000
MAX_JSON_BYTES = 64_000_000  # manifests of large projects are that long

_Parser: Any = getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader


def read(file: Path, name: str) -> Document:
    """Read one file of YAML, JSON, or JSON a line; `name` is its path relative to the project."""
    raw = _content(file, name, json=True)
    if isinstance(raw, Document):
        return raw
    document = (parse_lines if is_lines(raw) else parse)(raw, name)
    document.raw = raw
    return document


def parse(raw: bytes, name: str) -> Document:
    """Parse bytes as JSON if they are, else as YAML."""
    if looks_like_json(raw):
        from . import json_text

        try:
            return json_text.parse(raw, name, MAX_DEPTH)
        except json_text.NotStrict as error:
            if len(raw) > MAX_BYTES:
                return json_text.refused(raw, name, error)
    return parse_yaml(raw, name)


def looks_like_json(raw: bytes) -> bool:
    """Whether a file begins as JSON does, if it is more than one value."""
    return raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_text(file: Path, name: str) -> Document:
    """Read one file whose `data` is its whole text, such as SQL."""
    raw = _content(file, name)
    if isinstance(raw, Document):
        return raw
    document = Document(name, raw=raw)
    document.data = _decoded(raw, document)
    return document


def _content(file: Path, name: str, *, json: bool = False) -> bytes | Document:
    """What a file holds, or a document that says why it cannot be read."""
    if file.exists() and not file.is_file():  # opening a pipe would wait for ever
        return _refused(name, "this is not a file that can be read")
    limit = MAX_BYTES
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
            if json and looks_like_json(raw):
                limit = MAX_JSON_BYTES
                raw += stream.read(limit + 1 - len(raw))
    except OSError as error:
        return _refused(name, f"this file cannot be read: {error.strerror}")
    if len(raw) > limit:
        return _too_large(name, limit)
    return raw


def parse_yaml(raw: bytes, name: str) -> Document:
    """Parse bytes as one strict YAML 1.2 document; what is wrong becomes problems."""
    document = Document(name)
    text = _decoded(raw, document)
    if text is None:
        return document
    marks = Marks(text, json=name.endswith(".json"))
    document.values.locate = document.keys.locate = marks.position
    try:
        Builder(document, marks).run(_Parser(marks.text).get_event)
        return document
    except Refused as refused:
        document.problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        document.problems.append(syntax_problem(marks.mended_error(error), text))
    except yaml.reader.ReaderError as error:
        document.problems.append(character_problem(error, text))
    document.data = None
    return document


def _too_large(name: str, limit: int) -> Document:
    return _refused(name, f"this file is larger than {limit // 1_000_000} MB")


def _refused(name: str, message: str) -> Document:
    return Document(name, problems=[Problem(message)])


def _decoded(raw: bytes, document: Document) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        place = Position(line, column, line, column + 1)
        byte = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        document.problems.append(Problem(byte, place, "save the file as UTF-8"))
        return None

"""Words that people give, as they go into the files of a new project."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ..status import CannotRun

MAX = 200
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.@+/-]*(?: [A-Za-z0-9][A-Za-z0-9_.@+/-]*)*\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_JOINERS = "\u200c\u200d"  # some scripts need them
_PLACE = re.compile(r"@([A-Z_]+)@")


def clean(text: str, what: str) -> str:
    """The text with single spaces; CannotRun if there is none, or a letter that nobody sees."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        raise CannotRun(f"{what} is empty")
    if len(words) > MAX:
        raise CannotRun(f"{what} is longer than {MAX} letters")
    hidden = next((c for c in words if not c.isprintable() and c not in _JOINERS), None)
    if hidden:
        raise CannotRun(f"{what} holds a control character (U+{ord(hidden):04X})")
    return words


def scalar(text: str) -> str:
    """The text as YAML has it, in quotes where it could be read as anything else."""
    if (_PLAIN.match(text) and text.lower() not in _WORDS) or _DATE.match(text):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, as both YAML and JSON read it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(str(value))


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with a value in the place of each `@NAME@`; what a value holds is left alone."""
    return _PLACE.sub(lambda match: values[match[1]], template)

"""Why text is no YAML, in words, at the sign that is at fault."""

from __future__ import annotations

import re

import yaml

from .document import Position, Problem

_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CONFLICT = "a merge conflict was left here"


def character_problem(error: yaml.reader.ReaderError, text: str) -> Problem:
    """A letter that no YAML file may hold."""
    found = _REFUSED.search(text)
    if not found:
        return Problem(f"a character is not allowed in YAML: {error.reason}")
    before = text[: found.start()]
    line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
    return Problem(
        f"character U+{ord(found[0]):04X} is not allowed in YAML",
        Position(line, column, line, column + 1),
    )


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """What libyaml found wrong."""
    mark = error.problem_mark or error.context_mark
    said = str(error.problem or "cannot be read").strip()
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    content = lines[line]
    column = min(mark.column, len(content)) if mark else 0
    place = Position(line + 1, column + 1, line + 1, column + 2)
    return (
        _tab(content, line, column)
        or _conflict(lines)
        or _unclosed(error, line + 1)
        or Problem(
            f"not valid YAML: {said}", place, _hint(error, said, content[column : column + 1])
        )
    )


def _tab(content: str, line: int, column: int) -> Problem | None:
    indent = content[: len(content) - len(content.lstrip())]
    if "\t" in indent:
        column = indent.index("\t")
    elif content[column : column + 1] != "\t":
        return None
    return Problem(
        "a tab indents this line; YAML allows spaces only",
        Position(line + 1, column + 1, line + 1, column + 2),
        "replace each tab by spaces",
    )


def _conflict(lines: list[str]) -> Problem | None:
    """A merge that nobody finished."""
    for number, line in enumerate(lines, 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            place = Position(number, 1, number, len(line.rstrip()) + 1)
            return Problem(CONFLICT, place, "keep one of the two sides")
    return None


def _unclosed(error: yaml.MarkedYAMLError, noticed: int) -> Problem | None:
    """A quote or bracket without its end: what is at fault is where it opens."""
    opened, said = error.context_mark, error.problem or ""
    bracket = re.search(r"expected ',' or '([\]}])'", said)
    quote = "unexpected end of stream" in said and "quoted scalar" in (error.context or "")
    if not opened or not (bracket or quote):
        return None
    line, column = opened.line + 1, opened.column + 1
    place = Position(line, column, line, column + 1)
    if not bracket:
        return Problem("the quote that opens here is never closed", place)
    sign = "[" if bracket[1] == "]" else "{"
    return Problem(
        f"'{sign}' opens here, and on line {noticed} ',' or '{bracket[1]}' is missing", place
    )


def _hint(error: yaml.MarkedYAMLError, said: str, letter: str) -> str:
    if "mapping values are not allowed" in said:
        return "a value that holds ': ' needs quotes"
    if "cannot start any token" in said:
        return f"a value that starts with {letter} needs quotes"
    if "unknown escape character" in said:
        return "in double quotes a backslash starts an escape; single quotes keep it"
    if "expected key" in said or "expected '-'" in said:
        return "its indent is that of no line above it, or a sign such as ':' is missing before"
    return (error.context or "").strip()

"""Hand-written Markdown as prose: what is no prose is blanked, so that every place stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

EDGE = "\x1e"  # a heading, a cell or a list item begins or ends here
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.M)
_SAID = re.compile(r"^(title|description):(.*)$", re.MULTILINE)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HOLDS = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|\[\^[^\]]+\]:)[ \t]")
_NO_PROSE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style)\b.*?(?:</\1>|\Z)"
    r"|(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\2(?!`)"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[:.#][^}\n]*\}"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+"
    r"|(?<=\])\((?:[^()\s]|\([^()\s]*\))*"
    r"|<[/a-zA-Z][^>]*>"
    r"|\b(?:https?|ftp|mailto):[^\s<>)\]]+",
    re.DOTALL | re.MULTILINE,
)
_EDGES = re.compile(
    r"^(?P<hashes>[ ]{0,3}#{1,6})(?P<heading>[ \t].*)\n"
    r"|^[ \t>]*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?)(?=[ \t])|\|",
    re.MULTILINE,
)


class Page(NamedTuple):
    """The prose of a page, each character where it stands in the file."""

    prose: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def page(text: str) -> Page:
    """The prose of a page without code, addresses, tags, templates and comments."""
    front = _FRONT.match(text)
    head = front.group() if front else ""
    body = _without_code(text[len(head) :])
    body = _NO_PROSE.sub(lambda match: _blank(match.group()), body)
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    return Page(_front(head) + _EDGES.sub(_edged, body), starts)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _front(text: str) -> str:
    """Front matter: title and description are published, the rest is blank."""
    kept, end = [], 0
    for said in _SAID.finditer(text):
        kept += [_blank(text[end : said.start(2)]), said.group(2)]
        end = said.end()
    return "".join([*kept, _blank(text[end:])]).replace("\n", EDGE)


def _without_code(text: str) -> str:
    """Without fenced blocks, and without indented ones that are not within a list or a box."""
    lines, fence, inside, blank, code = text.split("\n"), "", False, True, False
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if fence:
            lines[number] = _blank(line)
            if opened and opened[1].startswith(fence) and not line[opened.end() :].strip():
                fence = ""
            continue
        if opened:
            fence, lines[number] = opened[1], _blank(line)
            continue
        indented = line.startswith(("    ", "\t"))
        if not line.strip():
            blank = True
            continue
        code = indented and not inside and (blank or code)
        if code:
            lines[number] = _blank(line)
        elif not line[:1].isspace():
            inside = bool(_HOLDS.match(line)) or (inside and not blank)
        blank = False
    return "\n".join(lines)


def _edged(match: re.Match[str]) -> str:
    """A heading's hashes and its end, a list marker and the border of a cell are edges."""
    if match["heading"]:
        return f"{EDGE * len(match['hashes'])}{match['heading']}{EDGE}"
    return EDGE * len(match.group())

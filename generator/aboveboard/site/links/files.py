"""Which files of a site refer to others, and how each kind is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from typing import Any, Final
from xml.etree import ElementTree as xml

from . import page
from .page import Read, Ref


class Unreadable(Exception):
    """A file is not of the kind that its name says; the message says why."""


def _feed(raw: bytes) -> Read:
    """Feeds and maps of a site: each `href` and `src`, and the address in each `loc`."""
    try:
        tree = xml.fromstring(raw)
    except xml.ParseError as error:
        raise Unreadable(f"it is no XML: {error}") from None
    found = []
    for element in tree.iter():
        found += [Ref(v) for k, v in element.attrib.items() if k in ("href", "src")]
        if element.tag.rpartition("}")[2] == "loc":
            found.append(Ref((element.text or "").strip()))
    return Read(tuple(found))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Unreadable(f"it is no JSON: {error}") from None


def _facts(raw: bytes) -> Read:
    return Read(tuple(_values(_json(raw), ("address", "$schema"))))


def _search(raw: bytes) -> Read:
    """The first of each record is an address, from the root of the site."""
    return Read(tuple(Ref(f"../{record[0]}") for record in _json(raw)))


def _manifest(raw: bytes) -> Read:
    return Read(tuple(_values(_json(raw), ("src", "start_url"))))


def _values(node: Any, keys: tuple[str, ...]) -> Iterator[Ref]:
    """The texts of these keys, wherever they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield Ref(value)
            else:
                yield from _values(value, keys)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, keys)


def _robots(raw: bytes) -> Read:
    lines = re.findall(rb"(?im)^sitemap:\s*(\S+)", raw)
    return Read(tuple(Ref(line.decode("utf-8", "replace")) for line in lines))


def _text(raw: bytes) -> Read:
    """The links of a file in the form of llmstxt.org."""
    found = re.findall(r"(?<!\\)\]\((\S+?)\)", raw.decode("utf-8", "replace"))
    return Read(tuple(map(Ref, found)))


def _style(raw: bytes) -> Read:
    return Read(tuple(page.style(raw.decode("utf-8", "replace"))))


KINDS: Final[dict[str, Callable[[bytes], Read]]] = {
    "*.html": page.read,
    "*.svg": page.read,
    "*.css": _style,
    "*.xml": _feed,
    "policy.json": _facts,
    "assets/search.*.json": _search,
    "*.webmanifest": _manifest,
    "llms.txt": _text,
    "robots.txt": _robots,
}
"""How a file is read, by its path; of every other file nothing is known."""


def reader(path: str) -> Callable[[bytes], Read] | None:
    """What reads a file of a site."""
    return next((read for pattern, read in KINDS.items() if fnmatch(path, pattern)), None)

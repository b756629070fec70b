"""What a page of HTML, or a drawing, refers to, and the ids that others can refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser


class Ref(NamedTuple):
    """An address as it is written; `loaded`: a browser fetches it without being asked."""

    value: str
    loaded: bool = False


class Read(NamedTuple):
    """A file: what it refers to, the ids in it, and the ids that it names as its own."""

    refs: tuple[Ref, ...] = ()
    ids: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()


# Whose address a reader follows; what any other element names is loaded.
_FOLLOWED: Final = frozenset(("a", "area", "form", "q", "blockquote", "ins", "del"))
_RELATED: Final = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest",
     "apple-touch-icon", "mask-icon")
)  # fmt: skip
_LINKS: Final = frozenset(
    ("href", "xlink:href", "src", "poster", "action", "formaction", "cite", "background",
     "data-search", "data-index")
)  # fmt: skip
_IDS: Final = frozenset(
    ("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
     "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns", "commandfor", "for",
     "form", "headers", "list", "popovertarget")
)  # fmt: skip
_RARE: Final = frozenset(("srcset", "imagesrcset", "data", "usemap", "name", "content"))
_CANDIDATE: Final = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s[^,]*)?")
_URL: Final = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)""")
_IMPORT: Final = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH: Final = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_SHOWN: Final = frozenset(("og:image", "og:image:url", "og:url", "twitter:image"))
Attributes = Mapping[str, str | None]


@lru_cache(maxsize=1 << 10)
def read(raw: bytes) -> Read:
    """What a page says, as a browser reads it; a process that makes a site again reads a page that
    is as it was no second time."""
    parser = LexborHTMLParser(raw)
    refs: dict[Ref, None] = {}
    ids: set[str] = set()
    named: list[str] = []
    # Every element is looked at: a selector that names the attributes takes longer than this loop.
    for node in parser.css("*"):
        attributes = node.attributes
        for name, value in attributes.items():
            if name == "id":
                ids.add(value or "")
            elif name in _LINKS:
                refs[Ref(value or "", _loaded(node.tag, attributes))] = None
            elif name in _IDS:
                named += (value or "").split()
            elif name in _RARE:
                refs |= dict.fromkeys(_rarer(node.tag, name, attributes))
                if name == "name" and node.tag in ("a", "map"):
                    ids.add(value or "")
            elif value and "url(" in value:
                refs |= dict.fromkeys(style(value))
    if b"<style" in raw:
        refs |= dict.fromkeys(ref for node in parser.css("style") for ref in style(node.text()))
    return Read(tuple(refs), frozenset(ids), tuple(dict.fromkeys(named)))


def style(text: str) -> Iterator[Ref]:
    """What a style sheet refers to, or an attribute in its language."""
    text = _COMMENT.sub("", text)
    for found in (*_URL.finditer(text), *_IMPORT.finditer(text)):
        yield Ref(next(group for group in found.groups() if group is not None), loaded=True)


def _loaded(tag: str | None, attributes: Attributes) -> bool:
    if tag == "link":
        return not _RELATED.isdisjoint((attributes.get("rel") or "").lower().split())
    return tag not in _FOLLOWED


def _rarer(tag: str | None, name: str, attributes: Attributes) -> Iterator[Ref]:
    """What attributes refer to that few elements have, or that mean it on few elements."""
    value = attributes.get(name) or ""
    if name in ("srcset", "imagesrcset"):
        yield from (Ref(found, loaded=True) for found in _CANDIDATE.findall(value))
    elif name == "data" and tag == "object":
        yield Ref(value, loaded=True)
    elif name == "usemap":
        yield Ref(value)
    elif name == "content" and tag == "meta":
        if (attributes.get("property") or attributes.get("name")) in _SHOWN:
            yield Ref(value)
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            yield from (Ref(found) for found in _REFRESH.findall(value))

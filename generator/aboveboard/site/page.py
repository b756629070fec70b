"""One page of the site, before and after it is written out."""

from __future__ import annotations

import posixpath
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ..findings import Location

WIDE = "ab-page ab-page--wide"


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is its address without slashes at the ends, "" for the home page.

    `group` is the key of its place in the menus; `parts` are its sections, as id and title, for
    the menu at its side; `source` is where in the policy it comes from. `listed` says whether the
    menu of its group has it, `searched` whether our search finds it, `indexed` whether search
    engines may. `key` stands for all that the page is made from, where that is little: with the
    same key it is the same page.
    """

    path: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    look: str = "ab-page"
    parts: tuple[tuple[str, str], ...] = ()
    listed: bool = True
    searched: bool = True
    indexed: bool = True
    source: Location | None = None
    key: Hashable = None

    @property
    def file(self) -> str:
        """Where it lies in the tree; a folder each, so that no id collides with an index."""
        return posixpath.join(self.path, "index.md")


def to_file(here: str, file: str) -> str:
    """The link from a page path to a file of the site."""
    return posixpath.relpath("/" + file, "/" + here)


@lru_cache(maxsize=1 << 14)
def relative(here: str, target: str) -> str:
    """The link from one page path to another (`path` or `path#part`), whatever the site's root."""
    path, hash_, part = target.partition("#")
    if path == here and hash_:
        return hash_ + part
    way = posixpath.relpath("/" + path, "/" + here)
    return ("./" if way == "." else way + "/") + hash_ + part

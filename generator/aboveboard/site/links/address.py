"""Where an address leads that stands in a file of a site."""

from __future__ import annotations

import posixpath
import re
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

HOME: Final = "index.html"
LOST: Final = "404.html"  # a host shows it at any address, so it names no other file by its own
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_DROPPED: Final = str.maketrans("", "", "\t\n\r")  # a browser leaves these out of an address


class Target(NamedTuple):
    """A file of the site and a part of it; or why there is none, if there should be one. Of an
    address elsewhere neither is given: `away` says so."""

    file: str = ""
    part: str = ""
    fault: str = ""
    away: bool = False


AWAY: Final = Target(away=True)


class Site(NamedTuple):
    """The files of a site, and where it will lie: `https://host/path/`, "" if nobody said."""

    files: frozenset[str]
    address: str = ""

    @property
    def below(self) -> str:
        """The path of the site on its host, with a slash at both ends."""
        return urlsplit(self.address).path.rstrip("/") + "/"

    def target(self, file: str, written: str) -> Target:
        """Where an address leads that stands in a file."""
        value = written.strip(" \t\n\r\f").translate(_DROPPED)
        scheme = _SCHEME.match(value)
        if scheme and scheme[1].lower() not in ("http", "https"):
            return _of_scheme(scheme[1].lower())
        value = value.replace("\\", "/")
        if scheme or value.startswith("//"):
            return self._whole(value)
        path, _, part = value.partition("#")
        path = path.partition("?")[0]
        if path.startswith("/"):
            return self._rooted(file, path, part)
        if not path:
            return Target(file, unquote(part))
        return self._found(posixpath.join(posixpath.dirname(file), path), part)

    def _whole(self, value: str) -> Target:
        """An address with a host: of this site, or elsewhere."""
        try:
            said, ours = urlsplit(value), urlsplit(self.address)
            said_port, our_port = said.port, ours.port
        except ValueError as error:
            return Target(fault=f"it is no address: {error}")
        if not said.hostname:
            return Target(fault="it is no address: it names no host")
        if (said.hostname, said_port) != (ours.hostname, our_port):
            return AWAY
        return self._inside(said.path or "/", said.fragment)

    def _rooted(self, file: str, path: str, part: str) -> Target:
        if not self.address and file != LOST:
            fault = "nobody can tell where it leads while `site_url` says not where the site lies"
            return Target(fault=fault)
        return self._inside(path, part)

    def _inside(self, path: str, part: str) -> Target:
        """A path of the host: of the site if it is below its address."""
        below = self.below
        if path + "/" == below:
            return Target(HOME, unquote(part))
        if not path.startswith(below):
            return AWAY
        return self._found(path.removeprefix(below), part)

    def _found(self, path: str, part: str) -> Target:
        """The file at a path below the site's root."""
        path = unquote(path)
        folder = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
        path = posixpath.normpath(path) if path else "."
        if path == ".." or path.startswith("../"):
            return Target(fault="it leads out of the site")
        path = "" if path == "." else path
        file = posixpath.join(path, HOME) if folder else path
        if file in self.files:
            return Target(file, unquote(part))
        if not folder and posixpath.join(path, HOME) in self.files:
            return Target(fault=f"the address of a page ends in a slash: '{path}/'")
        return Target(file, fault=f"there is no '{path}'")


def _of_scheme(scheme: str) -> Target:
    if scheme == "javascript":
        return Target(fault="it is a script, and pages of this site run none from a link")
    if scheme == "file":
        return Target(fault="it leads to a file of one machine")
    return AWAY

"""Whether the releases of an earlier state are all here, byte for byte: the newest one too, which
no other release names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ...findings import Finding, Location
from . import chain
from .chain import EDITED, MISSING

HINT = "take it back from {name}: a release is never changed and never deleted"


def objects(root: Path) -> dict[str, str]:
    """The name that git gives to each release file of a project, by path."""
    return {path: blob((root / path).read_bytes()) for path in chain.paths(root)}


def findings(root: Path, earlier: Mapping[str, str], name: str) -> Iterator[Finding]:
    """What became of releases of the state `name`; `earlier` is like `objects`, of that state."""
    hint = HINT.format(name=name)
    for path, known in sorted(earlier.items()):
        version = path.rpartition("/")[2].removesuffix(".json")
        file = root / path
        if not file.is_file():
            message = f"release '{version}', which {name} has, is missing: {path}"
            yield Finding(MISSING, message, hint=hint)
        elif blob(file.read_bytes(), len(known)) != known:
            message = f"release '{version}' is not as {name} has it"
            yield Finding(EDITED, message, Location(path, 2, 2), hint=hint)


def blob(raw: bytes, length: int = 40) -> str:
    """Git's name for what a file holds: SHA-1, in newer repositories SHA-256."""
    from hashlib import new

    kind = "sha256" if length == 64 else "sha1"
    found = new(kind, b"blob %d\0" % len(raw), usedforsecurity=False)
    found.update(raw)
    return found.hexdigest()

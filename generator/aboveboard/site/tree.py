"""Writes a tree of files: only what changed, nothing stale left, the root never deleted."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

Content = str | bytes
PATIENCE = 5.0  # seconds; `serve` holds the folder for less each time


def write(root: Path, files: Mapping[str, Content]) -> list[str]:
    """Makes `root` hold exactly these files; the paths that were written or removed.

    A file that has not changed is not touched, since a watcher of the folder sees each write.
    """
    changed = []
    root.mkdir(parents=True, exist_ok=True)
    for path in sorted(_present(root) - files.keys()):
        (root / path).unlink()
        changed.append(path)
    _drop_empty(root)
    for path, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        if _write_changed(root / path, data):
            changed.append(path)
    return changed


class Busy(Exception):
    """Another process has held a folder for too long."""

    def __str__(self) -> str:
        return "another `build` or `serve` is at work in this project"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a folder alone. Another process that wants it waits a while, and is Busy then."""
    try:
        import fcntl
    except ImportError:  # not on this system; two builds at once then disturb each other
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as file:
        start = monotonic()
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() - start > PATIENCE:
                    raise Busy(folder) from None
                sleep(0.05)
        yield


def _present(root: Path) -> set[str]:
    found = set()
    for folder, _, names in os.walk(root):
        for name in names:
            found.add((Path(folder) / name).relative_to(root).as_posix())
    return found


def _drop_empty(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        path = Path(folder)
        if path != root and not any(path.iterdir()):
            path.rmdir()


def _write_changed(path: Path, data: bytes) -> bool:
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True

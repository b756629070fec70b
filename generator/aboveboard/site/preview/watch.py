"""Sees that files were changed, made or removed, on any disk: by looking, often and briefly."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PAUSE = 0.08  # seconds between two looks
SHARE = 20  # a look that takes long is followed by a pause this many times as long
STILL = 0.02  # a change is over when nothing differs for so long: a save may be several writes
PATIENCE = 25  # looks for which a change may go on until it is worked with all the same
CLOCK = 20_000_000  # nanoseconds that the times of files may lag behind

State = dict[str, tuple[object, ...]]


class Watched(NamedTuple):
    """What is looked at: `content` are files, and folders with all below them; of the folders in
    `names` only which files are there."""

    content: frozenset[Path] = frozenset()
    names: frozenset[Path] = frozenset()


class Watch:
    """Waits for changes since the last `seen`."""

    def __init__(self) -> None:
        self._watched = Watched()
        self._state: State = {}
        self._since = 0

    def seen(self, watched: Watched) -> None:
        """What is there now will be read after this."""
        self._since = time.time_ns() - CLOCK
        self._watched, self._state = watched, state(watched)

    def wait(self, watched: Watched) -> None:
        """Returns when something differs, and is still again."""
        now, cost = _timed(watched)
        if not self._stale(now):
            while state(watched) == now:
                time.sleep(max(PAUSE, cost * SHARE))
        for _ in range(PATIENCE):
            now = state(watched)
            time.sleep(STILL)
            if state(watched) == now:
                return

    def _stale(self, now: State) -> bool:
        """Whether what was watched differs, or what is watched only since then is younger."""
        young = (now[path][0] for path in now.keys() - self._state.keys())
        return state(self._watched) != self._state or any(
            isinstance(changed, int) and changed >= self._since for changed in young
        )


def state(watched: Watched) -> State:
    """When each file was changed last, how long it is, and which one it is."""
    found: State = {}
    for path in watched.content:
        _look(path, found)
    for path in watched.names:
        found[f"{path}{os.sep}"] = _names(path)
    return found


def _timed(watched: Watched) -> tuple[State, float]:
    start = time.perf_counter()
    return state(watched), time.perf_counter() - start


def _look(path: Path, found: State) -> None:
    with suppress(OSError):
        if path.is_dir():
            _below(str(path), found)
        else:
            _note(str(path), path.stat(), found)


def _below(folder: str, found: State) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _below(entry.path, found)
            elif not _passing(entry.name):
                with suppress(OSError):
                    _note(entry.path, entry.stat(), found)


def _note(path: str, stat: os.stat_result, found: State) -> None:
    found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _names(folder: Path) -> tuple[object, ...]:
    with suppress(OSError):
        return ("", *sorted(name for name in os.listdir(folder) if not _passing(name)))
    return ("",)


def _passing(name: str) -> bool:
    """What editors put beside a file while it is open."""
    return name.startswith((".#", ".~")) or name.endswith(("~", ".swp", ".swx", ".tmp"))

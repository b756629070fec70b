"""What a run is at, for whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

# Told the name of a phase when it begins, without seconds, and when it has ended, with them.
Listener = Callable[[str, float | None], None]
_LISTENERS: list[Listener] = []


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Something that takes a while, under a name as people say it: "reading the files"."""
    start = perf_counter()
    _tell(name, None)
    try:
        yield
    finally:
        _tell(name, perf_counter() - start)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """A listener that is told of phases for a while."""
    _LISTENERS.append(listener)
    try:
        yield
    finally:
        _LISTENERS.remove(listener)


def _tell(name: str, seconds: float | None) -> None:
    for listener in _LISTENERS:
        listener(name, seconds)

"""What a run is at, on a terminal, once it has taken a while; and how long each part took."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import perf_counter

from ..commands import voice
from ..phases import heard
from . import terminal

SILENT = 2.0  # seconds until something is shown
EVERY = 0.5
_CLEAR = "\r\x1b[K"


class _Line:
    """One line on the standard error that names the phase, and is gone when a phase ends."""

    def __init__(self) -> None:
        self.start = perf_counter()
        self.phases: list[str] = []
        self.shown = False
        self.lock = Lock()

    def hear(self, name: str, seconds: float | None) -> None:
        """Takes note of a phase."""
        with self.lock:
            if seconds is None:
                self.phases.append(name)
            else:
                self.phases.pop()
                self._clear()

    def tick(self) -> None:
        """Shows how long it has been, if it has been long and a phase is on."""
        taken = perf_counter() - self.start
        with self.lock:
            if taken >= SILENT and self.phases:
                self._write(f"{_CLEAR}{self.phases[-1]} ({taken:.0f} s)")
                self.shown = True

    def _clear(self) -> None:
        if self.shown:
            self._write(_CLEAR)
            self.shown = False

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


@contextmanager
def shown() -> Iterator[None]:
    """While this holds, a terminal shows what a run is at, from its third second on."""
    if voice.is_quiet() or voice.is_verbose() or not terminal.is_terminal(sys.stderr):
        yield
        return
    line, done = _Line(), Event()

    def ticking() -> None:
        while not done.wait(EVERY):
            line.tick()

    thread = Thread(target=ticking, daemon=True)
    thread.start()
    try:
        with heard(line.hear):
            yield
    finally:
        done.set()
        thread.join()


def timed(name: str, seconds: float | None) -> None:
    """Tells in a verbose run how long a phase took."""
    if seconds is not None:
        voice.detail(f"{name}: {seconds:.2f} s")

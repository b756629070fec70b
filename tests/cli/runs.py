"""Runs of the program as people start it: a process, with a terminal where one is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "aboveboard")
_COLOURS = ("NO_COLOR", "FORCE_COLOR", "TERM")


class Ran(NamedTuple):
    """What a run printed, by stream, and its exit status."""

    out: str
    err: str
    status: int


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process, with nothing said of colours but what is given."""
    kept = {k: v for k, v in os.environ.items() if k not in _COLOURS}
    return {**kept, "TERM": "xterm", **given}


def run(*arguments: str | Path, given: str = "", cwd: Path = ROOT, **said: str) -> Ran:
    """A run whose output goes to pipes; `said` are variables of its environment."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=given, capture_output=True, text=True, check=False, cwd=cwd, env=environment(said),
    )  # fmt: skip
    return Ran(done.stdout, done.stderr, done.returncode)


def on_terminal(stream: str, *arguments: str | Path, **said: str) -> Ran:
    """A run that has a terminal for `stdout` or `stderr` alone."""
    import pty

    ours, theirs = pty.openpty()
    other = "stderr" if stream == "stdout" else "stdout"
    streams = {stream: theirs, other: subprocess.PIPE}
    command = [*PROGRAM, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(said), **streams) as process:  # type: ignore[call-overload]
        os.close(theirs)
        seen = _all_of(ours)
        pipe = process.stdout if stream == "stderr" else process.stderr
        piped = pipe.read()
    os.close(ours)
    found = {stream: seen.decode(), other: piped.decode()}
    return Ran(found["stdout"], found["stderr"], process.returncode)


def _all_of(terminal: int) -> bytes:
    seen = b""
    try:
        while chunk := os.read(terminal, 4096):
            seen += chunk
    except OSError:  # Linux says so when the other end is closed
        pass
    return seen

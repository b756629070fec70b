"""A running preview, for tests of it and of what browsers make of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

PATIENCE = 60.0


class Server:
    """A running `aboveboard serve`."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.log = root.parent / "log.txt"
        command = [sys.executable, "-m", "aboveboard", "serve", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--as-of", "2026-12-02"],
                cwd=root,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                # A suite that runs in the background of a shell is deaf to an interrupt.
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
            )

    def page(self, path: str = "") -> str:
        try:
            with urllib.request.urlopen(f"{self.home}{path}", timeout=5) as got:
                text: str = got.read().decode()
                return text
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            return ""

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def told(self) -> str:
        return self.log.read_text()

    def until(self, text: str, path: str = "") -> None:
        """Waits until a page holds a text."""
        self._wait(lambda: text in self.page(path), f"{text!r} on /{path}")

    def until_gone(self, text: str, path: str = "") -> None:
        """Waits until a page that is there holds a text no more."""
        self._wait(lambda: text not in (self.page(path) or text), f"no {text!r} on /{path}")

    def until_told(self, text: str, times: int = 1) -> None:
        self._wait(lambda: self.told().count(text) >= times, f"{text!r} in the log")

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition():
                return
            assert self.process.poll() is None, f"it ended: {self.told()}"
            time.sleep(0.1)
        pytest.fail(f"waited for {what}; it said: {self.told()}")

    def engine(self) -> int:
        """The process that the engine runs in."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],
            check=True,
            capture_output=True,
            text=True,
        )
        (one,) = found.stdout.split()
        return int(one)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)

"""`serve` follows every change, and outlives the ones that break something."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from . import projects
from .projects import PIPELINE, POLICY

PATIENCE = 40.0


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
        address = f"http://127.0.0.1:{self.port}/{path}"
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as got:
            text: str = got.read().decode()
            return text
        return ""

    def told(self) -> str:
        return self.log.read_text()

    def until(self, text: str, path: str = "") -> None:
        """Waits until a page holds a text."""
        self._wait(lambda: text in self.page(path), f"{text!r} on /{path}")

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

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(projects.write(tmp_path / "project"))
    yield started
    started.process.kill()
    started.process.wait()


def test_it_follows_changes_and_survives_errors(server: Server, tmp_path: Path) -> None:
    root = tmp_path / "project"
    policy = root / "policy_data" / "policy.yml"
    pipeline = root / "pipeline" / "pipeline.yml"
    server.until("What Notewise does")

    policy.write_text(POLICY.replace("service: Notewise", "service: Notewiser"))
    server.until("What Notewiser does")

    policy.write_text(POLICY.replace("service: Notewise", "servise: Notewise"))
    server.until_told("servise")
    server.until_told("Serving the last good site.")
    assert "What Notewiser does" in server.page()

    policy.write_text(POLICY.replace("service: Notewise", "service: Mended"))
    server.until("What Mended does")

    pipeline.write_text(PIPELINE.replace("training_opt_out: false", "training_opt_out: true"))
    server.until_told("opt-out-ignored")
    assert "What Mended does" in server.page()
    pipeline.write_text(PIPELINE)
    server.until_told("Fresh.", times=4)

    assert server.stop() == 0
    assert "Traceback" not in server.told()


def test_it_starts_from_a_broken_project(tmp_path: Path) -> None:
    root = projects.write(tmp_path / "project", policy=POLICY.replace("uses:", "usess:"))
    server = Server(root)
    try:
        server.until("There is no site yet")
        (root / "policy_data" / "policy.yml").write_text(POLICY)
        server.until("What Notewise does")
    finally:
        server.process.kill()
        server.process.wait()


def test_it_tells_of_a_port_in_use(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "aboveboard", "serve", "--port", port]
        done = subprocess.run(
            command, check=False, cwd=root, capture_output=True, text=True, timeout=PATIENCE
        )
    assert done.returncode == 2
    assert re.search(rf"cannot serve on port {port}", done.stderr)

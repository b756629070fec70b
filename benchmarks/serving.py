"""How long a reader of a preview waits: from a save of a file to the page that shows it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from statistics import median

PARTS = ("policy_data", "pipeline", "docs", "mkdocs.yml")
PATIENCE = 120.0
# What is saved, what each save replaces in it, and a page that is another one afterwards.
SAVED = {
    "a policy file": ("policy_data/uses.yml", "the models behind the assistant", "uses/"),
    "a pipeline file": ("pipeline/chats.yml", "\n", "check/"),
    "a page": ("docs/about.md", "# About this site\n", "about/"),
}


class Reader:
    """A browser with a page of a preview open, which is told when there is another one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.events = self._get(".aboveboard/events")
        self.site = self._told()

    def _get(self, path: str) -> HTTPResponse:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("GET", f"/{path}")
        return line.getresponse()

    def _told(self) -> str:
        while line := self.events.readline():
            if line.startswith(b"data: "):
                return str(json.loads(line[6:])["site"])
        raise AssertionError("the preview has ended")

    def wait(self) -> None:
        """Until there is another site than before."""
        before = self.site
        while self.site == before:
            self.site = self._told()

    def page(self, path: str) -> bytes:
        return self._get(path).read()


@contextmanager
def served(program: Path, root: Path) -> Iterator[Reader]:
    """A reader of a preview that is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "serve", "--project", root, "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                with socket.socket() as tried:
                    if not tried.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            reader = Reader(port)
            while not reader.page("uses/").count(b"ab-body"):
                reader.wait()
            yield reader
        finally:
            process.send_signal(signal.SIGTERM)


def measured(program: Path, project: Path, root: Path, runs: int) -> dict[str, float]:
    """Median seconds from a save to the fresh page, by what is saved."""
    shutil.rmtree(root, ignore_errors=True)
    for name in PARTS:
        copy = shutil.copytree if (project / name).is_dir() else shutil.copy2
        os.makedirs(root, exist_ok=True)
        copy(project / name, root / name)
    with served(program, root) as reader:
        return {name: median(_each(reader, root, *how, runs)) for name, how in SAVED.items()}


def _each(reader: Reader, root: Path, path: str, text: str, page: str, runs: int) -> list[float]:
    file, found = root / path, []
    written = file.read_text("utf-8")
    assert text in written
    for number in range(runs + 1):  # the first one warms up
        time.sleep(0.3)
        before = reader.page(page)
        new = f"{text}# {number}\n" if text == "\n" else text.replace("\n", f" {number}\n")
        new = f"{new} {number}" if "\n" not in new else new
        start = time.perf_counter()
        file.write_text(written.replace(text, new, 1), "utf-8")
        reader.wait()
        assert reader.page(page) != before
        found.append(time.perf_counter() - start)
    file.write_text(written, "utf-8")
    reader.wait()
    return found[1:]

"""A run of every command that works, which tests then spoil in every way."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner
from tests.cli.runs import ROOT, Ran
from tests.commands.conftest import ENVIRONMENT, environment
from tests.commands.imports import FIDES

from aboveboard.cli import main

EXAMPLE = ROOT / "tests/projects/worked-example"
DAY = "2026-12-01"
Words = tuple[str, ...]


class Row(NamedTuple):
    """What follows the words of a command; {project}, {base} and {out} are filled in.

    `writes` says that it makes something, `loads` that it reads a project, `needs` that it cannot
    do without its arguments, and `many` that it takes any number of them.
    """

    arguments: Words = ()
    writes: bool = False
    loads: bool = True
    needs: bool = False
    many: bool = False


ROWS: dict[Words, Row] = {
    ("init",): Row(("{out}/new", "--yes"), writes=True, loads=False),
    ("import",): Row(
        ("{base}.yml", "--output", "{out}/new"), writes=True, loads=False, needs=True, many=True
    ),
    ("check",): Row(("--report", "json={out}/report.json"), writes=True),
    ("links",): Row(("--report", "json={out}/links.json"), writes=True),
    ("build",): Row(("--output", "{out}/site"), writes=True),
    ("serve",): Row(("--port", "{port}")),  # which is taken, so that every run ends
    ("explain",): Row(("account/copies",)),
    ("diff",): Row(("{base}",), needs=True),
    ("hand-off",): Row(("github", "--dry-run", "--base", "{base}"), needs=True),
    ("graph",): Row(()),
    ("release",): Row(("--version", "9.0"), writes=True),
    ("review", "status"): Row((), many=True),
    ("review", "sign"): Row(
        ("--all", "--role", "legal", "--note", "read", "--yes"), writes=True, needs=True, many=True
    ),
    ("schema",): Row(("policy",), loads=False, needs=True),
}
WRITERS = [words for words, row in ROWS.items() if row.writes]
LOADERS = [words for words, row in ROWS.items() if row.loads]


def commands() -> list[Words]:
    """Every command by its words, those of a group included."""
    found: list[Words] = []
    for name, command in main.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        found += [(name, more) for more in inner] or [(name,)]
    return found


class Place(NamedTuple):
    """A project, an earlier state of it, a folder for what is made, and a port that is taken."""

    project: Path
    base: Path
    out: Path
    port: int

    def arguments(self, words: Words) -> list[str]:
        row = ROWS[words]
        known = {name: str(path) for name, path in self._asdict().items()}
        loads = ["--project", str(self.project)] if row.loads else []
        dated = [] if words == ("schema",) else ["--as-of", DAY]
        return [*words, *(text.format_map(known) for text in row.arguments), *loads, *dated]

    def contents(self) -> dict[str, bytes]:
        """All that stands in the project and in the folder, but for what a build keeps for itself."""
        return {
            path.relative_to(self.project.parent).as_posix(): path.read_bytes()
            for folder in (self.project, self.out)
            for path in folder.rglob("*")
            if path.is_file() and (self.project / "build") not in path.parents
        }


@contextmanager
def place(root: Path) -> Iterator[Place]:
    """A fresh copy of a small project, beside which an older site and a manifest of Fides stand."""
    project, base, out = root / "project", root / "base", root / "out"
    shutil.copytree(EXAMPLE, project)
    policy = project / "policy_data/policy.yml"  # in which nobody has to sign
    policy.write_text(policy.read_text("utf-8").partition("\nreview:\n")[0] + "\n", "utf-8")
    shutil.copytree(project, base)
    (root / "base.yml").write_text(FIDES, "utf-8")
    (out / "site").mkdir(parents=True)
    (out / "site/index.html").write_text("the old site")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield Place(project, base, out, taken.getsockname()[1])


def of_a_request(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a run for a pull request."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    nobody: Any = SimpleNamespace(address="http://127.0.0.1:9")
    for name, value in environment(root, nobody, "0" * 40, "1" * 40, fork=False).items():
        monkeypatch.setenv(name, value)


def call(*arguments: str) -> Ran:
    """A run in this process; a traceback is raised."""
    done = CliRunner().invoke(main, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.stdout, done.stderr, done.exit_code)


def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No host has an address."""

    def nowhere(*asked: object, **rest: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)


# -- the machine refuses, or somebody stops the run, at its nth step that writes ---------------

_WRITING = {"open", "os.mkdir", "os.rename", "os.link"}
_left: list[tuple[int, BaseException]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _left or not _writes(event, arguments):
        return
    steps, error = _left.pop()
    if steps == 0:
        raise error
    _left.append((steps - 1, error))


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event not in _WRITING:
        return False
    path = arguments[0]
    if not isinstance(path, str | Path) or "__pycache__" in str(path):
        return False  # what Python keeps for itself, and does without
    if event == "open":
        flags = arguments[2]
        writes = isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
        return writes and not str(path).startswith("/dev/")
    # Of a folder that is there the system itself refuses another, and nobody minds.
    return event != "os.mkdir" or not Path(path).is_dir()


@contextmanager
def failing(step: int, error: BaseException) -> Iterator[None]:
    """While this holds, the nth step that writes raises an error, once."""
    if _hook not in _installed:
        sys.addaudithook(_hook)
        _installed.append(_hook)
    _left.append((step, error))
    try:
        yield
    finally:
        _left.clear()


def reached() -> bool:
    """Whether the step was reached, inside `failing`."""
    return not _left


_installed: list[Any] = []

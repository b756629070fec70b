"""Scratch projects in which blocks of the docs are run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from click.testing import CliRunner
from tests.examples import PROJECTS
from tests.worked import FIRST_DAY, Repository

from aboveboard.cli import main

from .blocks import ROOT

_LATER = {"SOURCE_DATE_EPOCH": str(int(FIRST_DAY) + 20 * 86_400)}
_MARK = re.compile(r" *# (expect|related|claim): .*")
_SHELL = frozenset("$*();<>|&")
_SIGN = "aboveboard review sign --all --role legal --note 'Read.' --yes"
_COMMIT = "git -c user.name=a -c user.email=a@example.org commit -q -m first"
_KEEP = "git add -A && git commit -q -m change"


class World:
    """A folder and the environment in which commands run there.

    `apart` runs the program as its own process, as people do; otherwise it runs in this one, which
    takes a tenth of the time.
    """

    def __init__(
        self, folder: Path, environment: Mapping[str, str], *, apart: bool = False
    ) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.apart = apart

    def run(self, command: str) -> tuple[str, int]:
        """What a command prints, errors included, and its exit status."""
        words = shlex.shlex(command, posix=True, punctuation_chars=True)
        words.whitespace_split = True
        said = list(words)
        if said[:2] == ["aboveboard", "serve"]:
            return self._served(said)
        if said[0] == "aboveboard" and not self.apart and not _SHELL & set("".join(said)):
            return self._here(said[1:])
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            input=b"y\n",  # the answer to a question
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if said[-2:-1] == ["cd"] and not done.returncode:
            self.folder /= said[-1]
        return done.stdout.decode(), done.returncode

    def _here(self, arguments: list[str]) -> tuple[str, int]:
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            done = CliRunner(env=self.environment).invoke(main, arguments, input="y\n")
        finally:
            os.chdir(before)
        if done.exc_info and not isinstance(done.exception, SystemExit | None):
            raise done.exception
        return done.output, done.exit_code

    def _served(self, words: list[str]) -> tuple[str, int]:
        """Serves on a port that is free until the site is there, and asks for its first page."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [*words, "--port", str(port)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A suite that runs in the background of a shell is deaf to an interrupt.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        try:
            assert process.stdout
            printed = ""
            while line := process.stdout.readline():
                printed += line
                if line == "Fresh.\n":
                    break
            assert b"<h1" in _asked(f"http://127.0.0.1:{port}/")
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        return printed, process.returncode


def _asked(address: str) -> bytes:
    """A page of a server that is about to be there."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as page:
                found: bytes = page.read()
                return found
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")


def _empty(folder: Path) -> World:
    (folder / "home").mkdir()
    (folder / "work").mkdir()
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    said = {"HOME": str(folder / "home"), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PATH": path}
    said |= {"SOURCE_DATE_EPOCH": FIRST_DAY, "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return World(folder / "work", said)


def _demo(folder: Path) -> World:
    """The demo, as a fresh clone of the repository has it after `make site`."""
    world = _empty(folder)
    for name in ("policy_data", "pipeline", "docs"):
        shutil.copytree(ROOT / name, world.folder / name)
    shutil.copy(ROOT / "mkdocs.yml", world.folder)
    (world.folder / ".gitignore").write_text(".venv\n", "utf-8")
    (world.folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    _must(world, f"git init -q && git add -A && {_COMMIT}")
    return world


def _history(folder: Path) -> World:
    """A repository with two releases, a tag at each, a copy of each beside it, and a change that is
    not released yet."""
    repository = Repository(folder)
    world = World(repository.folder, repository.environment)
    _must(world, _SIGN, "aboveboard release", f"{_KEEP} && git tag v1.0 && cp -r . ../old")
    world.environment |= _LATER
    _edit(world, "1.0.0/1.1.0", "2026-06-01/2026-12-20", "keep: P30D/keep: P31D")
    _must(world, _SIGN, "aboveboard release", f"{_KEEP} && git tag v1.1 && cp -r . ../new")
    _edit(world, "1.1.0/1.2.0", "2026-12-20/2026-12-22", "keep: P31D/keep: P32D")
    _must(world, _SIGN)
    return world


def _edit(world: World, *changes: str) -> None:
    said = "; ".join(f"s/{change}/" for change in changes)
    _must(world, f"sed -i '{said}' policy_data/policy.yml policy_data/retention.yml")


def _must(world: World, *commands: str) -> None:
    for command in commands:
        printed, status = world.run(command)
        assert status == 0, f"$ {command}\n{printed}"


def _beginner(folder: Path) -> World:
    """An empty folder, and the program as people run it."""
    world = _empty(folder)
    world.apart = True
    return world


def _example(name: str) -> Callable[[Path], World]:
    """An example project, without the marks of what is wrong in it."""

    def made(folder: Path) -> World:
        world = _empty(folder)
        shutil.copytree(PROJECTS / name, world.folder, dirs_exist_ok=True)
        for file in world.folder.rglob("*.yml"):
            file.write_text(_MARK.sub("", file.read_text("utf-8")), "utf-8")
        return world

    return made


def _unsigned(folder: Path) -> World:
    """A repository of which nothing is signed or released yet."""
    repository = Repository(folder)
    return World(repository.folder, repository.environment)


def _checkout(folder: Path) -> World:
    """A project whose pipeline lies in another repository, beside it."""
    world = _example("claims/use-is-real/declared")(folder)
    policy = world.folder / "policy_data/policy.yml"
    named = "checkouts: {training: {revision: v2.3.0}}\n  files: {path: pipeline/*.yml, checkout: training}"
    policy.write_text(policy.read_text("utf-8").replace("files: pipeline/*.yml", named), "utf-8")
    told = "-c user.name=a -c user.email=a@example.org"
    _must(world, "mkdir ../training && mv pipeline ../training")
    _must(
        world,
        f"cd ../training && git init -q && git add -A && git {told} commit -qm 1 && git tag v2.3.0",
    )
    return world


WORLDS: dict[str, Callable[[Path], World]] = {
    "empty": _empty,
    "demo": _demo,
    "history": _history,
    "unsigned": _unsigned,
    "checkout": _checkout,
    "suppressed": _example("checks/idle-suppression/ok"),
    "tutorial": _beginner,
    "notes": _example("claims/use-is-real/declared"),
    "red": _example("claims/deidentified-before/violated"),
}

"""Every command with every fault: a message in people's words, exit status 2, nothing half made.

A new command needs a row in `rows.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.rows import (
    LOADERS,
    ROWS,
    WRITERS,
    Place,
    Words,
    call,
    commands,
    failing,
    of_a_request,
    offline,
    place,
    reached,
)
from tests.cli.runs import PROGRAM, Ran

from aboveboard.site import tree

every = pytest.mark.parametrize("words", ROWS, ids=" ".join)
loader = pytest.mark.parametrize("words", LOADERS, ids=" ".join)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    of_a_request(tmp_path, monkeypatch)
    offline(monkeypatch)
    with place(tmp_path) as made:
        yield made


def test_every_command_has_a_row() -> None:
    assert set(ROWS) == set(commands())


@pytest.mark.parametrize(
    "words", [w for w in ROWS if w not in (("serve",), ("build",))], ids=" ".join
)
def test_the_run_of_each_row_works(words: Words, here: Place) -> None:
    """Without a fault: so it is the fault that is told of, below. The site is built further down."""
    assert call(*here.arguments(words)).status == 0


# -- wrong arguments ---------------------------------------------------------------------------


def refused(ran: Ran) -> None:
    """Nothing is printed but what is wrong, and how to get help."""
    assert ran.status == 2 and ran.out == ""
    assert ran.err.startswith("Usage: ") and "\nError: " in ran.err and "--help" in ran.err


@every
def test_an_unknown_option(words: Words, here: Place) -> None:
    refused(call(*here.arguments(words), "--no-such-option"))


@every
def test_an_argument_too_many_or_too_few(words: Words, here: Place) -> None:
    if not ROWS[words].many:
        refused(call(*here.arguments(words), "one", "two"))
    if ROWS[words].needs:
        refused(call(*words))


@pytest.mark.parametrize("words", [w for w in ROWS if w != ("schema",)], ids=" ".join)
@pytest.mark.parametrize("date", ["yesterday", "20261201", "2026-13-01", ""])
def test_a_date_that_is_none(words: Words, date: str, here: Place) -> None:
    ran = call(*here.arguments(words), "--as-of", date)
    refused(ran)
    assert f"'{date}' is not a date such as 2026-12-01" in ran.err


# -- projects that are none --------------------------------------------------------------------


def nothing(project: Path) -> None:
    shutil.rmtree(project)


def a_file(project: Path) -> None:
    nothing(project)
    project.write_text("x")


def an_empty_folder(project: Path) -> None:
    nothing(project)
    project.mkdir()


def a_file_for_the_policy(project: Path) -> None:
    shutil.rmtree(project / "policy_data")
    (project / "policy_data").write_text("x")


def a_circle_for_the_policy(project: Path) -> None:
    shutil.rmtree(project / "policy_data")
    (project / "policy_data").symlink_to("policy_data")


@loader
@pytest.mark.parametrize(
    "spoil", [nothing, a_file, an_empty_folder, a_file_for_the_policy, a_circle_for_the_policy]
)
def test_no_project(words: Words, spoil: Callable[[Path], None], here: Place) -> None:
    spoil(here.project)
    before = here.contents() if here.project.is_dir() else {}
    ran = call(*here.arguments(words))

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("aboveboard: ") and ran.err.count("\n") == 1
    assert str(here.project) in ran.err
    assert not before or here.contents() == before


# -- files that cannot be read: as root too, since a link to itself is nobody's to read ---------


@loader
@pytest.mark.parametrize("file", ["policy_data/retention.yml", "pipeline/searches.yml"])
@pytest.mark.parametrize("kind", ["circle", "folder", "gone"])
def test_a_file_that_cannot_be_read(words: Words, file: str, kind: str, here: Place) -> None:
    path = here.project / file
    path.unlink()
    if kind == "circle":
        path.symlink_to(path.name)
    elif kind == "folder":
        path.mkdir()
    before = here.contents()
    ran = call(*here.arguments(words))

    told = ran.out + ran.err
    assert "Traceback" not in told
    if words not in (("graph",), ("explain",), ("diff",), ("hand-off",), ("review", "status")):
        assert ran.status in (1, 2), told
    if kind == "circle" and words == ("check",):
        assert file in told or "'pipeline/*.yml' matches a link that leads back to itself" in told
    made = set(here.contents()) - set(before)
    assert (
        made <= {"out/report.json", "out/links.json"} and before.items() <= here.contents().items()
    )


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [("pipeline/*.yml", "policy_data/more"), ("pipeline/**/*.yml", "pipeline/more"),
     ("pipeline/*/*.yml", "pipeline/more"), ("pipeline/*.yml", "pipeline")],
)  # fmt: skip
def test_a_folder_that_cannot_be_listed_is_not_empty(
    pattern: str, folder: str, here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is unknown: to a system that lists nothing of it, it would be absent."""
    bindings = here.project / "policy_data/bindings.yml"
    text = bindings.read_text("utf-8").replace(
        "pipeline/*.yml", f"pipeline/searches.yml, {pattern}"
    )
    bindings.write_text(text, "utf-8")
    shut = here.project / folder
    shut.mkdir(exist_ok=True)
    scandir = os.scandir

    def refuse(path: Any = ".") -> Any:
        if Path(path) == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ran = call(*here.arguments(("check",)))
    assert ran.status == 1, ran
    assert "error[missing-file]" in ran.out and folder in ran.out and "cannot be read" in ran.out


# -- the machine refuses to write, or somebody stops the run, at every step ---------------------

FULL = OSError(28, "No space left on device")
READ_ONLY = OSError(30, "Read-only file system")
STEPS: dict[Words, Iterable[int]] = {
    ("build",): (0, 40)
}  # a site has many files; of other commands each step is tried
MOST = 60


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
@pytest.mark.parametrize(
    "error",
    [FULL, READ_ONLY, KeyboardInterrupt()],
    ids=lambda e: type(e).__name__ + str(e.args[:1]),
)
def test_a_run_that_is_stopped_leaves_all_as_it_was(
    words: Words, error: BaseException, here: Place
) -> None:
    before, tried = here.contents(), 0
    for step in STEPS.get(words, range(MOST)):
        with failing(step, error):
            ran = call(*here.arguments(words))
            hit = reached()
        if not hit:
            break
        tried += 1
        assert ran.status == (130 if isinstance(error, KeyboardInterrupt) else 2), ran
        assert ran.err.strip().startswith("aboveboard: "), ran.err
        assert len(ran.err.strip().splitlines()) == 1, ran.err
        assert here.contents() == before, f"step {step}"
    assert tried and tried < MOST


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_a_file_where_a_folder_belongs(words: Words, here: Place) -> None:
    blocked = {
        ("init",): here.out / "new",
        ("import",): here.out / "new",
        ("check",): here.out,
        ("links",): here.out,
        ("build",): here.project / "build",
        ("release",): here.project / "policy_data/releases",
        ("review", "sign"): here.project / "policy_data/reviews",
    }[words]
    if blocked.is_dir():
        shutil.rmtree(blocked)
    blocked.write_text("x")
    ran = call(*here.arguments(words))

    assert ran.status == 2 and ran.err.startswith("aboveboard: "), ran
    assert str(blocked) in ran.err and blocked.read_text() == "x"


def test_what_a_killed_run_left_is_removed_in_time(here: Place) -> None:
    folder = here.project / "policy_data/reviews"
    folder.mkdir()
    old, young = folder / ".legal.yml.1.new", folder / ".legal.yml.2.new"
    for left in (old, young):
        left.write_text("reviews: [")
    os.utime(old, (1, 1))

    assert call(*here.arguments(("check",))).status == 0  # nothing of them is read
    assert call(*here.arguments(("review", "sign"))).status == 0
    assert not old.exists() and young.exists()


# -- a whole build: killed, short of room, two at once --------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of POSIX")


def started(here: Place, limit: str = "unlimited") -> subprocess.Popen[str]:
    """A build in a process of its own, which can write no file of more blocks than the limit."""
    return subprocess.Popen(
        ["sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh", *PROGRAM, *here.arguments(("build",))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@posix
@pytest.mark.parametrize("limit", ["0", "400"])
def test_a_full_disk_leaves_the_old_site(limit: str, here: Place) -> None:
    """Of what the engine copies only the longest file is too long; of ours each is at first."""
    before = here.contents()
    out, err = started(here, limit=limit).communicate(timeout=60)

    assert out == "" and "Traceback" not in err, err
    assert re.search(r"^aboveboard: cannot (go on|use '.*'): .+$", err, re.MULTILINE), err
    assert here.contents() == before
    assert not list(here.project.glob("build/en/fresh-*"))


@posix
def test_a_build_that_is_stopped_at_any_time_leaves_the_old_site(here: Place) -> None:
    before = here.contents()
    waits = {signal.SIGKILL: (0.5, 0.9), signal.SIGTERM: (0.7,), signal.SIGINT: (0.8,)}
    for number, moments in waits.items():
        for moment in moments:
            process = started(here)
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
            _, err = process.communicate(timeout=60)
            if process.returncode == 0:  # so quick a machine that it was done
                shutil.rmtree(here.out / "site")
                (here.out / "site").mkdir()
                (here.out / "site/index.html").write_text("the old site")
            assert here.contents() == before, number
            assert "Traceback" not in err or number == signal.SIGKILL, err
    _, err = started(here).communicate(timeout=60)

    assert "out/site/404.html" in here.contents(), err
    assert not list(here.project.glob("build/en/fresh-*"))
    assert sorted(path.name for path in here.out.iterdir()) == ["site"]


def test_a_second_build_at_once_is_told_so(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fcntl")
    monkeypatch.setattr(tree, "PATIENCE", 0.1)
    before = here.contents()
    with tree.locked(here.project / "build/en"):
        ran = call(*here.arguments(("build",)))
    words = "another `build` or `serve` is at work in this project; the site is as it was before"
    assert (ran.out, ran.status) == ("", 2) and ran.err.endswith(f"aboveboard: {words}\n")
    assert here.contents() == before

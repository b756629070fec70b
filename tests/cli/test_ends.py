"""How a run ends: nobody reads on, somebody stops it, the output cannot be written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.cli.runs import PROGRAM, ROOT, environment, run

from aboveboard.cli import program
from aboveboard.commands.status import CannotRun

GOOD = ROOT / "tests/projects/claims/never-used/proved"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


@posix
def test_a_reader_who_stops_reading_hears_no_complaint() -> None:
    ours, theirs = os.pipe()
    os.close(ours)  # before anything is printed
    done = subprocess.run(
        [*PROGRAM, "check", "--project", str(GOOD)],
        stdout=theirs, stderr=subprocess.PIPE, check=False, env=environment({}),
    )  # fmt: skip
    os.close(theirs)
    assert (done.returncode, done.stderr) == (program.UNHEARD, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_report_that_cannot_be_written_is_no_pass() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "check", "--project", str(GOOD)],
            stdout=full, stderr=subprocess.PIPE, check=False, text=True, env=environment({}),
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "aboveboard: cannot go on: no space left on device\n"


def test_a_terminal_that_lacks_a_letter_shows_its_number() -> None:
    bad = ROOT / "tests/projects/claims/opt-out-honoured/violated"
    ran = run("check", "--project", bad, PYTHONIOENCODING="latin-1")
    assert ran.status == 1 and "\\u201c" in ran.out and ran.err == ""


def ending(error: BaseException) -> tuple[str, int]:
    """What is told, and the exit status, when a command ends so."""

    @click.group(cls=program.Program)
    def group() -> None:
        pass

    @group.command()
    def work() -> None:
        raise error

    done = CliRunner().invoke(group, ["work"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.stdout == ""
    return done.stderr, done.exit_code


def test_what_stopped_a_run_is_told_in_one_line() -> None:
    assert ending(CannotRun("no such thing")) == ("aboveboard: no such thing\n", 2)
    assert ending(KeyboardInterrupt()) == ("\naboveboard: interrupted\n", 130)
    assert ending(program.Stopped()) == ("\naboveboard: told to stop\n", 143)
    full = OSError(28, "No space left on device", "theme/x.js")  # what was to be copied
    assert ending(full) == ("aboveboard: cannot go on: no space left on device\n", 2)
    shut = OSError(30, "Read-only file system", "site/x.html")
    told = "aboveboard: cannot use 'site/x.html': read-only file system\n"
    assert ending(shut) == (told, 2)


def test_our_own_mistakes_are_told_whole() -> None:
    for mistake in (ValueError("ours"), FileNotFoundError(2, "No such file", "template.html")):
        with pytest.raises(type(mistake)):
            ending(mistake)


@posix
@pytest.mark.parametrize(
    ("number", "status", "told"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "told to stop")],
)
def test_a_signal_ends_a_run_in_one_line(
    number: int, status: int, told: str, tmp_path: Path
) -> None:
    code = (
        "import time\n"
        "from aboveboard.commands import common\n"
        "def hang(*args, **rest):\n"
        "    print('here', flush=True)\n"
        "    time.sleep(60)\n"
        "common.load_project = hang\n"
        "from aboveboard.__main__ import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "check", "--project", str(GOOD)]
    pipe = subprocess.PIPE
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # not deaf in the background
    with subprocess.Popen(
        command,
        stdout=pipe,
        stderr=pipe,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "here\n"
        process.send_signal(number)
        assert process.wait(20) == status
        assert process.stderr.read() == f"\naboveboard: {told}\n"


def test_what_is_left_in_the_end_is_not_looked_through() -> None:
    """That costs an eighth of a small check."""
    code = (
        "import atexit, gc\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000, gc.isenabled()))\n"
        "from aboveboard.__main__ import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "check", "--project", str(GOOD)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\nTrue False\n")

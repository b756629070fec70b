"""How much a run says, and in which colours."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from time import sleep

import pytest
from click.testing import CliRunner
from tests.cli.rows import WRITERS, place
from tests.cli.runs import ROOT, on_terminal, run

from aboveboard.cli import main, progress
from aboveboard.phases import heard, phase

CLAIMS = ROOT / "tests/projects/claims"
BAD, GOOD = CLAIMS / "opt-out-honoured/violated", CLAIMS / "never-used/proved"
CHECK = ("check", "--as-of", "2026-12-01", "--project")
linux = pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")


@linux
@pytest.mark.parametrize(
    ("said", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False),
     ({"TERM": "dumb", "FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False)],
)  # fmt: skip
def test_colour_on_a_terminal(said: dict[str, str], coloured: bool) -> None:
    seen = on_terminal("stdout", *CHECK, BAD, **said)
    assert "opt-out-ignored" in seen.out and ("\x1b[31m" in seen.out) is coloured


def test_colour_elsewhere_only_if_forced() -> None:
    assert "\x1b" not in run(*CHECK, BAD).out
    assert "\x1b[31m" in run(*CHECK, BAD, FORCE_COLOR="1").out
    assert "\x1b" not in run(*CHECK, BAD, "--format", "json", FORCE_COLOR="1").out


@linux
def test_each_stream_has_colours_by_itself() -> None:
    build = ("build", "--project", BAD)
    assert "\x1b[31m" in on_terminal("stderr", *build).err
    assert "\x1b" not in on_terminal("stdout", *build).err
    assert "\x1b" not in on_terminal("stderr", *CHECK, BAD).out


def call(*arguments: str | Path) -> tuple[str, str, int]:
    done = CliRunner().invoke(main, [str(part) for part in arguments])
    return done.stdout, done.stderr, done.exit_code


def test_quiet_has_errors_and_nothing_else() -> None:
    whole, _, _ = call(*CHECK, BAD)
    errors, told, status = call(*CHECK, BAD, "-q")

    assert status == 1 and told == "" and errors in whole and "warning" in whole
    heads = re.findall(r"^(\w+)\[", errors, re.MULTILINE)
    assert heads and set(heads) == {"error"} and "claims:" not in errors
    assert call(*CHECK, GOOD, "--quiet") == ("", "", 0)


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_quiet_runs_that_make_something_say_nothing(words: tuple[str, ...], tmp_path: Path) -> None:
    if words == ("build",):  # it tells of warnings, otherwise; that it is quiet then, too:
        assert "warning" not in run("build", "-q", "--project", BAD).err
        return
    with place(tmp_path) as here:
        assert call(*here.arguments(words), "--quiet") == ("", "", 0)


def test_machines_get_the_same_however_much_is_said_to_people() -> None:
    plain = call(*CHECK, BAD, "--format", "json")
    assert call(*CHECK, BAD, "--format", "json", "--quiet") == plain
    assert call(*CHECK, BAD, "--format", "json", "--verbose")[::2] == plain[::2]


def test_verbose_tells_what_was_read_and_how_long_it_took() -> None:
    out, told, status = call(*CHECK, GOOD, "-v")

    assert (out, status) == (call(*CHECK, GOOD)[0], 0)
    assert re.search(r"^aboveboard: reading the files: \d+\.\d\d s$", told, re.MULTILINE)
    assert re.search(r"^aboveboard: \d+ policy files? read$", told, re.MULTILINE)
    for file in GOOD.glob("policy_data/*.yml"):
        assert f"policy_data/{file.name} ({file.stat().st_size} bytes)" in told


def test_verbose_tells_where_in_the_code_a_run_ended() -> None:
    assert "common.py:" in call("check", "--project", "nowhere", "-v")[1]
    assert call("check", "--project", "nowhere")[1] == "aboveboard: 'nowhere' is not a folder\n"


def test_quiet_or_verbose() -> None:
    out, told, status = call("check", "-q", "-v")
    assert (out, status) == ("", 2) and "not both" in told


class Terminal:
    """A standard error that people see."""

    closed = False

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """What a terminal got to see of a phase that lasts two looks at the clock."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    times = iter([0.0, seconds, seconds, seconds])
    monkeypatch.setattr(progress, "perf_counter", lambda: next(times))
    line = progress._Line()
    with heard(line.hear), phase("making the pages"):
        line.tick()
    line.tick()  # between two phases nothing is shown
    return terminal.text


def test_a_terminal_is_shown_what_takes_long_and_keeps_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert shown(monkeypatch, 1.9) == ""
    assert shown(monkeypatch, 3.0) == "\r\x1b[Kmaking the pages (3 s)\r\x1b[K"


def test_the_line_is_shown_as_time_goes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "SILENT", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.01)
    with progress.shown(), phase("making the pages"):
        for _ in range(500):
            if terminal.text:
                break
            sleep(0.01)
    assert terminal.text.startswith("\r\x1b[Kmaking the pages (")
    assert terminal.text.endswith("\r\x1b[K")


def test_nothing_is_shown_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SILENT", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.01)
    with progress.shown(), phase("making the pages"):
        sleep(0.1)
    assert capsys.readouterr().err == ""

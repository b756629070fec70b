"""The command line: help for everything, the version, and quick start-up."""

import platform
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from aboveboard import __version__
from aboveboard.cli import main

ROOT = Path(__file__).parents[2]


def commands() -> list[tuple[str, ...]]:
    """Every command by its words, those of a group included."""
    found: list[tuple[str, ...]] = []
    for name, command in main.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        found += [(name, more) for more in inner] or [(name,)]
    return found


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [(), *commands()], ids=" ".join)
def test_help(command: tuple[str, ...], flag: str) -> None:
    result = CliRunner().invoke(main, [*command, flag])

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    if command:
        asks_a_date = command != ("schema",)  # the schemas are the same for all
        asks_a_project = asks_a_date and command[0] not in ("import", "init")  # which make one
        assert ("--project DIR" in result.stdout) == asks_a_project
        assert ("--as-of DATE" in result.stdout) == asks_a_date
        assert "--quiet" in result.stdout and "--verbose" in result.stdout
        assert main.commands[command[0]].help


def test_every_command_is_listed() -> None:
    result = CliRunner().invoke(main, ["--help"])

    for name in ("build", "check", "explain", "schema", "serve"):
        assert f"\n  {name} " in result.stdout


def test_every_command_says_in_one_whole_sentence_what_it_does() -> None:
    for words in [(), *{words[:-1] for words in commands() if len(words) > 1}]:
        told = CliRunner().invoke(main, [*words, "--help"]).stdout.partition("\nCommands:\n")[2]
        for line in told.splitlines():
            assert line.endswith(".") and not line.endswith("..."), line


def test_version_tells_what_a_report_of_a_fault_needs() -> None:
    lines = CliRunner().invoke(main, ["--version"]).stdout.splitlines()

    assert lines[0] == f"aboveboard {__version__}"
    assert lines[1].startswith(f"Python {platform.python_version()} (")
    assert re.fullmatch(r"git (\d.*|is not installed)", lines[2])
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = sorted(re.split(r"[^\w-]", one)[0] for one in needed)
    assert lines[3:] == [f"{name} {metadata.version(name)}" for name in names]


@pytest.mark.parametrize(
    ("wrong", "near"),
    [(["chekc"], "check"), (["hand_off"], "hand-off"), (["check", "--projekt", "."], "--project"),
     (["review", "sing"], "sign"), (["build", "--drafft"], "--draft")],
)  # fmt: skip
def test_a_misspelt_word_gets_the_nearest(wrong: list[str], near: str) -> None:
    result = CliRunner().invoke(main, wrong)

    assert result.exit_code == 2 and result.stdout == ""
    assert re.search(rf"[Dd]id you mean.*'{near}'", result.stderr), result.stderr


def test_without_a_command_it_shows_help() -> None:
    result = CliRunner().invoke(main, [])

    assert result.exit_code == 2
    assert "Usage: " in result.output


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], ["yaml", "pydantic", "jinja2", "mkdocs"]),
        (
            ["check", "--project", "tests/projects/claims/use-is-real/declared"],
            ["jinja2", "mkdocs"],
        ),
    ],
)
def test_a_command_imports_what_it_needs(arguments: list[str], unwanted: list[str]) -> None:
    code = (
        "import sys; from aboveboard.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        f"sys.exit(code or ' '.join(m for m in {unwanted!r} if m in sys.modules) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, *arguments], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")

"""`check` as people and builds call it: exit status, options, and that it writes nothing."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.examples import BROKEN, CLAIMS, EXAMPLES

from aboveboard.cli import main

GOOD = CLAIMS / "opt-out-honoured/proved"
BAD = CLAIMS / "opt-out-honoured/violated"


def call(*args: str | Path, **env: str) -> Result:
    return CliRunner(env=env).invoke(main, [str(arg) for arg in args])


def check(root: Path, *args: str) -> Result:
    return call("check", "--project", root, "--as-of", "2026-12-01", *args)


def copied(root: Path, to: Path) -> Path:
    for file in (f for f in root.rglob("*") if f.is_file()):
        target = to / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return to


# -- exit status -----------------------------------------------------------------------------


def test_clean() -> None:
    result = check(GOOD)

    assert result.exit_code == 0
    assert "error[" not in result.stdout
    assert re.search(
        r"^0 errors, 1 warning about \d+ things; 6 claims: ", result.stdout, re.MULTILINE
    )
    assert result.stderr == ""


def test_findings() -> None:
    result = check(BAD)

    assert result.exit_code == 1
    assert result.stdout.startswith("error[opt-out-ignored] not kept: ")
    assert "  --> policy_data/policy.yml:16:14\n" in result.stdout
    assert "  ::: pipeline/train.yml:6:" in result.stdout
    assert "   = help: on every path to 'training_set', keep only rows where " in result.stdout
    assert "\n1 error, " in result.stdout


def test_warnings_alone_are_clean(tmp_path: Path) -> None:
    root = copied(GOOD, tmp_path)
    recipe = root / "pipeline/train.yml"
    recipe.write_text(recipe.read_text() + "open_tracr: true\n")

    result = check(root)

    assert result.exit_code == 0
    assert "\nwarning[unknown-setting] " in f"\n{result.stdout}"
    assert "\n0 errors, " in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "--project", "/nowhere"], "aboveboard: '/nowhere' is not a folder\n"),
        (["check", "--project", __file__], f"aboveboard: '{__file__}' is not a folder\n"),
        (["check", "--as-of", "tomorrow"], "'tomorrow' is not a date such as 2026-12-01"),
        (["check", "--as-of", "2026-02-30"], "'2026-02-30' is not a date such as 2026-12-01"),
        (["check", "--as-of", "20261201"], "'20261201' is not a date such as 2026-12-01"),
        (["check", "--as-of", "2026-W49-2"], "'2026-W49-2' is not a date such as 2026-12-01"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["check", "--colour"], "No such option"),
        (["check", "extra"], "unexpected extra argument"),
        (["chekc"], "No such command 'chekc'"),
    ],
)
def test_could_not_run(args: list[str], said: str) -> None:
    result = call(*args)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_folder_without_a_policy(tmp_path: Path) -> None:
    result = check(tmp_path)

    assert result.exit_code == 2
    assert result.stderr == (
        f"aboveboard: '{tmp_path}' holds no 'policy_data/': is this the project's folder?\n"
    )


def test_here_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)

    assert call("check", "--as-of", "2026-12-01").stdout == check(BAD).stdout


# -- reports ---------------------------------------------------------------------------------


def test_json() -> None:
    result = check(BAD, "--format", "json")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert report["as_of"] == "2026-12-01"
    assert report["summary"]["errors"] == 1
    assert result.stdout == check(BAD, "--format", "json").stdout


def test_the_date_is_today_unless_given() -> None:
    assert "(2001-09-09)" in call("check", "--project", GOOD, SOURCE_DATE_EPOCH="1000000000").stdout
    assert "(2026-12-01)" in check(GOOD).stdout


def test_the_revision_is_read_from_git(tmp_path: Path) -> None:
    root = copied(GOOD, tmp_path / "deep/project")
    git = tmp_path / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")

    def told() -> tuple[str | None, str]:
        report = json.loads(check(root, "--format", "json").stdout)
        return report["revision"], report["root"]

    assert told() == (None, "deep/project")
    (git / "packed-refs").write_text(f"# pack\n{'a' * 40} refs/heads/main\n")
    assert told() == ("a" * 40, "deep/project")
    (git / "refs/heads/main").write_text("b" * 40 + "\n")
    assert told() == ("b" * 40, "deep/project")


# -- nothing is written ------------------------------------------------------------------------


def state(root: Path) -> dict[str, tuple[int, int, str]]:
    """Every file and folder with its mode, time and digest."""
    found = {}
    for path in sorted([root, *root.rglob("*")]):
        status = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[path.relative_to(root).as_posix()] = (status.st_mode, status.st_mtime_ns, digest)
    return found


@pytest.mark.parametrize("source", [GOOD, BAD, BROKEN / "many-at-once"], ids=lambda p: p.name)
def test_check_writes_nothing(source: Path, tmp_path: Path) -> None:
    root = copied(source, tmp_path / "project")
    before = state(tmp_path)

    command = [sys.executable, "-m", "aboveboard", "check"]
    env = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for form in ("text", "json"):
        done = subprocess.run([*command, "--format", form], cwd=root, env=env, check=False)
        assert done.returncode in (0, 1)

    assert state(tmp_path) == before


def test_check_reads_a_folder_that_nobody_may_write(tmp_path: Path) -> None:
    root = copied(GOOD, tmp_path / "project")
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert check(root).exit_code == 0
    finally:
        for folder in folders:
            folder.chmod(0o755)


# -- prose -----------------------------------------------------------------------------------


def test_answers_are_read_if_asked_for() -> None:
    root = EXAMPLES / "hard-to-read/bad"

    plain, read = check(root), check(root, "--prose")

    assert "[hard-to-read]" not in plain.stdout
    assert "warning[hard-to-read] the answer to “What is used?” reads at grade" in read.stdout
    assert plain.exit_code == read.exit_code == 1  # for another rule: warnings alone are no error


def test_no_reading_library_is_loaded() -> None:
    code = (
        "import sys; from aboveboard.cli import main\n"
        "try: main(['check', '--prose', '--project', sys.argv[1]])\n"
        "except SystemExit: print(sorted(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(EXAMPLES / "hard-to-read/bad")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "aboveboard.answers.readability" in done.stdout
    assert "textstat" not in done.stdout and "pyphen" not in done.stdout

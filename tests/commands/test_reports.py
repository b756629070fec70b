"""`--report FORMAT=FILE`: what is asked for is written, whole, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.commands.test_check import BAD, GOOD, call, check, copied, state
from tests.site.projects import write

from aboveboard.reporters import REPORTERS


def test_several_at_once_and_one_on_the_terminal(tmp_path: Path) -> None:
    asked = [f"--report={form}={tmp_path / form}" for form in REPORTERS]

    result = check(BAD, *asked, "--format", "github")

    assert result.exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(REPORTERS)
    for form in REPORTERS:
        assert (tmp_path / form).read_text("utf-8") == check(BAD, "--format", form).stdout
    assert result.stdout == (tmp_path / "github").read_text("utf-8")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        check(BAD, *(f"--report={form}={tmp_path / folder / form}" for form in REPORTERS))

    for form in REPORTERS:
        assert (tmp_path / "a" / form).read_bytes() == (tmp_path / "b" / form).read_bytes()


def test_what_was_there_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text("x" * 100_000)
    link = tmp_path / "link.json"
    link.symlink_to(file)

    assert check(GOOD, f"--report=json={link}").exit_code == 0

    assert json.loads(file.read_text("utf-8"))["version"] == 1 and link.is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"out.json", "link.json"}


def test_nothing_else_is_written(tmp_path: Path) -> None:
    root = copied(BAD, tmp_path / "project")
    before = state(root)

    check(root, f"--report=sarif={tmp_path / 'out.sarif'}", f"--report=junit={tmp_path / 'j.xml'}")

    assert state(root) == before
    assert {path.name for path in tmp_path.iterdir()} == {"project", "out.sarif", "j.xml"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["sarif"], "--report takes FORMAT=FILE, such as sarif=out.sarif, not 'sarif'"),
        (["sarif="], "--report takes FORMAT=FILE, such as sarif=out.sarif, not 'sarif='"),
        (["sarfi=x"], "--report knows no format 'sarfi': did you mean 'sarif'?"),
        (["xyz=x"], "--report knows no format 'xyz': known: github, json, junit, "),
        (["sarif=no/x"], "--report cannot write 'no/x': there is no folder 'no'"),
        (["sarif=x/../no/y"], "--report cannot write 'x/../no/y': there is no folder 'x/../no'"),
        (["json=policy_data"], "--report cannot write 'policy_data': it is no file"),
        (["json=/dev/null"], "--report cannot write '/dev/null': it is no file"),
        (["json=x", "sarif=./x"], "x' twice: each needs its own file"),
        (
            ["json=policy_data/policy.yml"],
            "--report would write over 'policy_data/policy.yml', which is read here",
        ),
        (["json=policy_data/new.yml"], "--report would write over 'policy_data/new.yml'"),
        (["json=pipeline/train.yml"], "--report would write over 'pipeline/train.yml'"),
    ],
)
def test_could_not_run(
    asked: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied(BAD, tmp_path)
    before = state(root)
    monkeypatch.chdir(root)

    result = call("check", *(f"--report={one}" for one in asked))

    assert result.exit_code == 2
    assert said in result.stderr and result.stdout == ""
    assert state(root) == before


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old report stays, and nothing is left beside it."""
    file = tmp_path / "out.json"
    file.write_text("old")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = check(GOOD, f"--report=json={file}")

    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert file.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_a_broken_policy_is_reported_in_every_format(tmp_path: Path) -> None:
    """There are no claims, and no sentences of the site, to tell of."""
    root = BAD.parents[2] / "broken/many-at-once"
    for form in REPORTERS:
        result = check(root, "--format", form)
        assert result.exit_code == 1 and "must not be empty" in result.stdout, form


# -- other commands ------------------------------------------------------------------------------


def test_build_reports_what_stops_it(tmp_path: Path) -> None:
    """Of a link that leads nowhere only the making of the site learns."""
    root = write(tmp_path / "project")
    (root / "docs").mkdir()
    (root / "docs/own.md").write_text("# Own\n\n[where](nowhere.md)\n")
    file = tmp_path / "out.json"

    result = call("build", "--project", root, "--as-of", "2026-12-01", f"--report=json={file}")

    assert result.exit_code == 1, result.stderr
    report = json.loads(file.read_text("utf-8"))
    (error,) = [f for f in report["findings"] if f["severity"] == "error"]
    assert error["location"]["path"] == "docs/own.md" and report["claims"]
    assert not (root / "site").exists()


def test_no_report_goes_into_the_site(tmp_path: Path) -> None:
    root = write(tmp_path / "project")
    (root / "site").mkdir()

    result = call("build", "--project", root, f"--report=json={root / 'site/out.json'}")

    assert result.exit_code == 2
    assert "--report would write 'out.json' into the site, for everybody" in result.stderr
    assert not list((root / "site").iterdir())

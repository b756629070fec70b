"""`release` as people call it: what it writes, when it refuses, and two at once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.review import releases
from tests.site import projects

from aboveboard import cli
from aboveboard.review.releases import chain, form


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return projects.write(tmp_path / "project")


def call(root: Path, *arguments: str, day: str = "2026-12-01") -> Result:
    return CliRunner().invoke(
        cli.main, [*arguments, "--project", str(root), "--as-of", day], catch_exceptions=False
    )


def everything(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def content(root: Path, version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(releases.file(root, version).read_text("utf-8"))
    return found


def test_it_writes_one_file_and_says_its_digest(root: Path) -> None:
    before = everything(root)

    result = call(root, "release", "--note", "The first.")

    path = f"{form.FOLDER}/1.0.0.json"
    digest = content(root, "1.0.0")["digest"]
    assert result.exit_code == 0 and path in result.stdout and digest in result.stdout
    assert everything(root).keys() - before.keys() == {path}
    assert content(root, "1.0.0")["head"]["released"] == "2026-12-01"
    assert content(root, "1.0.0")["head"]["note"] == "The first."


def test_the_same_project_and_day_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    other = projects.write(tmp_path / "other")
    for folder in (root, other):
        assert call(folder, "release").exit_code == 0

    assert releases.file(root, "1.0.0").read_bytes() == releases.file(other, "1.0.0").read_bytes()


def test_nothing_new_is_nothing_to_release(root: Path) -> None:
    call(root, "release")
    releases.rewrite(root / "policy_data/policy.yml", "policy:", "# only a comment\npolicy:")
    before = everything(root)

    result = call(root, "release", day="2027-01-15")

    assert result.exit_code == 0 and result.stdout.startswith("Nothing to release:")
    assert everything(root) == before


def test_errors_stop_it_and_are_told(root: Path) -> None:
    releases.rewrite(root / "pipeline/pipeline.yml", "entities: \\[email\\]", "entities: []")
    before = everything(root)

    result = call(root, "release")

    assert result.exit_code == 1 and "weaker-parameter" in result.stderr
    assert result.stderr.endswith("Nothing was released.\n")
    assert everything(root) == before


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("1.0.0", "version '1.0.0' was released on 2026-12-01"),
        ("../1", "'../1' cannot name a release"),
        (".hidden", "'.hidden' cannot name a release"),
        ("a b", "'a b' cannot name a release"),
        ("latest", "'latest' cannot name a release"),
        ("1.0.0/..", "cannot name a release"),
        ("1" * 65, "cannot name a release"),
    ],
)
def test_a_name_that_cannot_be(root: Path, version: str, words: str) -> None:
    call(root, "release")
    releases.rewrite(root / "policy_data/policy.yml", "P1Y}\n  set", "P6M}\n  set")
    before = everything(root)

    result = call(root, "release", "--version", version)

    assert result.exit_code == 1 and words in result.stderr
    assert everything(root) == before


def test_the_policys_version_has_to_move_with_what_it_says(root: Path) -> None:
    call(root, "release")
    releases.rewrite(root / "policy_data/policy.yml", "P1Y}\n  set", "P6M}\n  set")

    result = call(root, "release")

    assert result.exit_code == 1
    assert "raise 'version' in policy_data/policy.yml:3, or name this release" in result.stderr
    releases.set_effective(root, date(2027, 1, 1))
    assert call(root, "release", "--version", "1.0.0-2").exit_code == 0


def test_other_words_do_not_hold_since_the_day_of_the_last(root: Path) -> None:
    """The pages say "in force since": of other words that would be false."""
    call(root, "release")
    releases.set_version(root, "1.1.0")
    releases.rewrite(root / "policy_data/policy.yml", "P1Y}\n  set", "P6M}\n  set")

    result = call(root, "release", day="2027-02-01")

    assert result.exit_code == 1
    assert "set in policy_data/policy.yml:4 the day from which these hold" in result.stderr


def test_another_verdict_alone_may_keep_the_day(root: Path) -> None:
    call(root, "release")
    releases.rewrite(
        root / "pipeline/pipeline.yml", "retention: P30D\n    fields", "retention: P20D\n    fields"
    )

    assert call(root, "release", "--version", "1.0.1").exit_code == 0


def test_a_release_is_not_dated_before_the_last(root: Path) -> None:
    call(root, "release")
    releases.set_version(root, "1.1.0")

    result = call(root, "release", day="2026-11-30")

    assert result.exit_code == 1
    assert "release '1.0.0' is of 2026-12-01, and this is of 2026-11-30" in result.stderr


def test_a_broken_chain_stops_it(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.file(root, "1.1.0").unlink()
    releases.set_version(root, "1.3.0")

    result = call(root, "release")

    assert result.exit_code == 1 and "missing-release" in result.stderr


def test_a_forged_last_release_is_told_at_its_line(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.reseal(releases.file(root, "1.2.0"), lambda c: c["text"].update(en=[]))
    before = everything(root)

    result = call(root, "release")

    assert result.exit_code == 2 and "Traceback" not in result.stderr
    assert f"{form.FOLDER}/1.2.0.json:" in result.stderr
    assert "a mapping belongs at 'en'" in result.stderr
    assert everything(root) == before


def test_two_at_once_make_one(root: Path) -> None:
    """Whichever comes first; the other is sent away, or finds nothing left to release."""
    command = [sys.executable, "-m", "aboveboard", "release", "--project", str(root)]
    both = [
        subprocess.Popen([*command, "--version", name], stdout=-1, stderr=-1, text=True)
        for name in ("2.0.0", "2.0.1")
    ]
    said = [process.communicate(timeout=60) for process in both]

    assert len(chain.read(root).entries) == 1 and chain.read(root).findings == ()
    statuses = sorted(process.returncode for process in both)
    assert statuses in ([0, 0], [0, 2])
    words = "".join(out + err for out, err in said)
    assert "another `release` is at work" in words or "Nothing to release" in words


def test_no_file_is_ever_written_over(root: Path) -> None:
    """Not even one that came between, and cannot be read."""
    releases.folder(root).mkdir(parents=True)
    from aboveboard.commands.release import Refused, _write

    releases.file(root, "1.0.0").write_text("mine")

    with pytest.raises(Refused):
        _write(releases.file(root, "1.0.0"), b"other")

    assert everything(releases.folder(root)) == {"1.0.0.json": b"mine"}


def test_releases_are_compared_with_each_other_and_with_the_files_here(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.rewrite(root / "policy_data/policy.yml", "P6M", "P3M")

    def sentences(*names: str) -> list[str]:
        found = json.loads(call(root, "diff", *names, "--format", "json").stdout)
        return [c["sentence"] for c in found["changes"] if c["effect"] != "neutral"]

    kept = "In our servers, we now keep what you write in notes and your name and e-mail address "
    assert sentences("1.0.0", "1.1.0") == [f"{kept}6 months, before 1 year."]
    assert sentences("1.1.0") == sentences("release:1.1.0") != []
    assert sentences("release:latest") == [f"{kept}3 months, before 6 months."]
    assert sentences(str(releases.file(root, "1.2.0"))) == sentences("1.2.0")
    assert sentences("1.2.0", "1.2.0") == []


def test_a_moved_verdict_is_told_with_what_showed_it(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.rewrite(root / "pipeline/pipeline.yml", "entities: \\[email\\]", "entities: []")

    found = json.loads(call(root, "diff", "1.2.0", "--format", "json").stdout)

    (moved,) = [m for m in found["verdicts"] if "parameter" in m["claim"] or m["places"]][:1]
    assert moved["after"] == "violated" and moved["before"] in ("proved", "declared")
    assert {place["side"] for place in moved["places"]} == {"before", "after"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("release:1.2.1", "there is no release '1.2.1' (did you mean '1.2.0'?)"),
        ("release:", "there is no release ''"),
        ("release:../policy", "there is no release '../policy'"),
        ("9.9.9", "'9.9.9' is no release"),
    ],
)
def test_a_release_that_does_not_exist(tmp_path: Path, name: str, words: str) -> None:
    result = call(releases.three(tmp_path), "diff", name)

    assert result.exit_code == 2 and words in result.stderr


def test_a_release_that_was_cut_short_is_told_with_its_place(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    file = releases.file(root, "1.1.0")
    file.write_bytes(file.read_bytes()[:-40])
    before = everything(root)

    result = call(root, "diff", "1.1.0", "1.2.0")

    lines = file.read_bytes().count(b"\n") + 1
    assert result.exit_code == 2
    assert f"{form.FOLDER}/1.1.0.json:{lines}:" in result.stderr
    assert "this release was cut short" in result.stderr
    assert everything(root) == before


# -- beside an earlier state ---------------------------------------------------------------------


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A project with three releases, committed on a branch `main`."""
    root = releases.three(tmp_path / "repo")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "three")
    return root


def told(root: Path, base: str) -> list[tuple[str, str]]:
    result = call(root, "check", "--base", base, "--format", "json")
    found = json.loads(result.stdout)["findings"]
    return [(f["rule"], f["message"]) for f in found if f["rule"].endswith("-release")]


def test_all_releases_of_a_base_are_here(repo: Path) -> None:
    assert told(repo, "main") == []


def test_the_newest_release_is_missed_beside_a_base(repo: Path) -> None:
    """Alone, the chain that is left is whole."""
    releases.file(repo, "1.2.0").unlink()

    assert told(repo, "HEAD") == [
        (
            "missing-release",
            "release '1.2.0', which HEAD has, is missing: policy_data/releases/1.2.0.json",
        )
    ]
    assert chain.read(repo).findings == ()


@pytest.mark.parametrize("folder", [False, True])
def test_a_chain_that_was_made_anew_is_found_beside_a_base(
    repo: Path, tmp_path: Path, folder: bool
) -> None:
    base = "main"
    if folder:
        base = str(tmp_path / "copy")
        shutil.copytree(repo, base)
    previous = ""
    for version in releases.DAYS:
        file = releases.file(repo, version)
        releases.reseal(file, lambda c, p=previous: c["head"].update(note="x", previous=p))
        previous = form.claimed(file.read_bytes())

    assert told(repo, base) == [
        ("edited-release", f"release '{version}' is not as {base} has it")
        for version in releases.DAYS
    ]


def test_a_fork_of_two_branches_is_told_after_the_merge(repo: Path) -> None:
    for branch in ("one", "two"):
        git(repo, "checkout", "-q", "-b", branch, "main")
        releases.set_version(repo, f"2.0.0-{branch}")
        assert call(repo, "release", day="2026-12-10").exit_code == 0
        git(repo, "add", "policy_data/releases")
        git(repo, "commit", "-q", "-m", branch)
        git(repo, "checkout", "-q", "--", ".")
    git(repo, "merge", "-q", "-m", "both", "one")

    result = call(repo, "check")

    assert "error[forked-release]" in result.stdout
    assert "releases '2.0.0-one' and '2.0.0-two' follow the same release" in result.stdout
    assert "keep the one that was published, delete the other file" in result.stdout

"""`diff` as people and builds call it: revisions, folders, faults, and that it writes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aboveboard.cli import main

DEMO = Path(__file__).parent.parent.parent
ENV = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(root: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", *args], cwd=root, env={**os.environ, **ENV}, check=True, capture_output=True
    )
    return done.stdout.decode()


def call(command: str, root: Path, *args: str | Path) -> Result:
    options = ["--project", root, "--as-of", "2026-12-01"]
    return CliRunner().invoke(main, [command, *map(str, options), *map(str, args)])


def edit(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text("utf-8")
    assert before in text
    (root / file).write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """The demo in a folder of a repository, with one commit tagged v1."""
    root = tmp_path / "repo" / "privacy"
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(DEMO / folder, root / folder)
    git(root.parent, "init", "-q", "-b", "main")
    commit(root)
    git(root, "tag", "v1")
    return root


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-verify", "-m", "a state")


def everything(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def parsed(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# -- what is compared ----------------------------------------------------------------------------


def test_the_same_revision_has_no_changes(repo: Path) -> None:
    result = call("diff", repo, "v1")

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("v1 (") and "→ the files here" in result.stdout
    assert result.stdout.endswith("\n0 changes; 0 verdicts moved\n")


def test_the_working_tree_a_revision_and_a_folder_are_compared_alike(
    repo: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(repo, copy)
    edit(repo, "policy_data/steps.yml", "k: 50", "k: 20")

    here = parsed(call("diff", repo, "v1", "--format", "json"))
    commit(repo)
    there = parsed(call("diff", repo, "v1", "HEAD", "--format", "json"))
    folders = parsed(call("diff", repo, copy, repo, "--format", "json"))

    assert [c["effect"] for c in here["changes"]] == ["weakens"]
    assert here["changes"] == there["changes"] == folders["changes"]
    assert here["verdicts"] == there["verdicts"] == folders["verdicts"]
    assert there["before"]["revision"] == git(repo, "rev-parse", "v1").strip()
    assert there["after"]["revision"] == git(repo, "rev-parse", "HEAD").strip()


def test_a_pipeline_change_that_moves_a_verdict_is_in_the_report(repo: Path) -> None:
    """No word of the policy differs, and one fault is told once."""
    edit(repo, "pipeline/chats.yml", "mask_emails: true", "mask_emails: false")

    found = parsed(call("diff", repo, "v1", "--format", "json"))

    assert found["changes"] == []
    (moved,) = found["verdicts"]
    assert (moved["before"], moved["after"], moved["effect"]) == ("proved", "violated", "weakens")
    assert found["summary"]["verdicts"] == 2 and len(moved["others"]) == 1
    assert "mask_emails is false" in moved["why"]
    assert [(p["side"], p["path"], p["message"]) for p in moved["places"]][1::2] == [
        ("after", "pipeline/chats.yml", "mask_emails is false"),
        ("before", "pipeline/chats.yml", "mask_emails is true"),
    ]


def test_places_of_what_is_gone_are_in_the_earlier_state(repo: Path) -> None:
    edit(repo, "policy_data/uses.yml", "drop-repeats, unlink-account]", "unlink-account]")

    (change,) = parsed(call("diff", repo, "v1", "--format", "json"))["changes"]

    assert change["place"]["side"] == "before"
    assert change["sentence"] == (
        "Training the models behind the assistant: we no longer remove chats that repeat."
    )


def test_files_in_other_folders_of_the_repository_are_not_asked_for(repo: Path) -> None:
    """A large neighbour costs nothing, and an odd path of it does no harm."""
    (repo.parent / "other").mkdir()
    (repo.parent / "other" / "data \\ü.bin").write_bytes(b"\0" * 100)
    commit(repo)
    assert call("diff", repo, "HEAD").exit_code == 0


def test_nothing_is_written(repo: Path) -> None:
    edit(repo, "policy_data/steps.yml", "k: 50", "k: 20")
    before = everything(repo.parent)

    for form in ("text", "json", "markdown"):
        assert call("diff", repo, "v1", "--format", form).exit_code == 0
    assert call("check", repo, "--base", "v1").exit_code in (0, 1)

    assert everything(repo.parent) == before


# -- what cannot be compared ---------------------------------------------------------------------


def test_an_unknown_revision(repo: Path) -> None:
    result = call("diff", repo, "maim")

    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr == (
        "aboveboard: 'maim' is no release, no revision of this repository and no folder; "
        "did you mean 'main'?\n"
    )


@pytest.mark.parametrize("name", ["-rf", "--output=x", "v1; touch x", "v1 --help", "", "@{999}"])
def test_a_name_is_never_an_option_or_a_command(repo: Path, name: str) -> None:
    before = everything(repo.parent)

    result = call("diff", repo, "--", name)

    assert result.exit_code == 2 and "Traceback" not in result.output
    assert everything(repo.parent) == before


def test_a_shallow_clone(repo: Path, tmp_path: Path) -> None:
    edit(repo, "policy_data/steps.yml", "k: 50", "k: 20")
    commit(repo)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo.parent}", "shallow")

    result = call("diff", tmp_path / "shallow" / "privacy", "HEAD~1")

    assert result.exit_code == 2 and result.stdout == ""
    assert "this clone is shallow: fetch its history first" in result.stderr


def test_no_repository(repo: Path) -> None:
    shutil.rmtree(repo.parent / ".git")

    result = call("diff", repo, "v1")

    assert result.exit_code == 2
    assert (
        "'v1' is no release and no folder with a policy, and this is no git repository"
        in result.stderr
    )


def test_a_revision_without_a_policy(repo: Path) -> None:
    git(repo, "rm", "-q", "-r", "policy_data")
    commit(repo)
    git(repo, "checkout", "-q", "v1", "--", "policy_data")

    result = call("diff", repo, "HEAD")

    assert result.exit_code == 2
    assert "'HEAD' holds no 'policy_data/' in this folder" in result.stderr


def test_no_git(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    result = call("diff", repo, "v1")

    assert result.exit_code == 2 and "git is not installed" in result.stderr


def test_a_base_that_does_not_validate_is_said_and_the_rest_compared(repo: Path) -> None:
    """What could not be read is neither new nor gone."""
    edit(repo, "policy_data/uses.yml", "purpose: train-model", "purpose: trainn-model")
    commit(repo)
    edit(repo, "policy_data/uses.yml", "purpose: trainn-model", "purpose: train-model")
    edit(repo, "policy_data/controls.yml", "takes-effect: P7D", "takes-effect: P1D")

    result = call("diff", repo, "HEAD", "--format", "json")

    assert result.exit_code == 2
    found = parsed(result)
    assert [c["key"] for c in found["changes"]] == ["controls/team-programme/takes-effect"]
    assert found["verdicts"] == [] and len(found["before"]["faults"]) == 1
    assert "HEAD has 1 error, so this compares what could be read" in (
        call("diff", repo, "HEAD").stdout
    )


def test_a_merge_conflict(repo: Path) -> None:
    edit(
        repo,
        "policy_data/retention.yml",
        "    keep: P18M\n",
        "<<<<<<< HEAD\n    keep: P18M\n=======\n    keep: P30D\n>>>>>>> other\n",
    )

    result = call("diff", repo, "v1")

    assert result.exit_code == 2 and result.stdout == ""
    assert "of the files here: a merge conflict was left here; keep one side first" in result.stderr


# -- check --base --------------------------------------------------------------------------------


def test_check_warns_of_a_value_that_inherits_an_answer(repo: Path) -> None:
    axes = (
        "policy_data/policy.yml",
        "enterprise: Enterprise}",
        "enterprise: Enterprise, x: Students}",
    )
    edit(repo, *axes)

    alone, since = call("check", repo), call("check", repo, "--base", "v1")

    assert "inherited-answer" not in alone.stdout
    assert (
        "warning[inherited-answer] new value “Students” of 'plan' gets the answers of Enterprise"
        in (since.stdout)
    )
    assert "--> policy_data/policy.yml:" in since.stdout
    assert call("check", repo, "--base", "v9").exit_code == 2


def test_check_asks_for_a_record_of_what_weakens(repo: Path) -> None:
    edit(repo, "policy_data/retention.yml", "then: P30D", "then: P90D")
    before = everything(repo.parent)

    alone, since = call("check", repo), call("check", repo, "--base", "v1")
    told = json.loads(call("check", repo, "--base", "v1", "--format", "json").stdout)

    assert alone.exit_code == 0 and since.exit_code == 1
    assert (
        "error[unannounced-change] people are not told of this before: In your chat" in since.stdout
    )
    assert "  ::: v1:policy_data/retention.yml:19:11 before: 30 days\n" in since.stdout
    (found,) = [f for f in told["findings"] if f["rule"] == "unannounced-change"]
    assert found["location"]["path"] == "policy_data/retention.yml"
    assert "changes: {retention-history-then: {what: retention/history/then" in found["hint"]
    assert everything(repo.parent) == before


def test_a_base_with_errors_is_no_clean_comparison(repo: Path) -> None:
    edit(repo, "policy_data/retention.yml", "then: P30D", "then: 30 days")
    commit(repo)
    git(repo, "tag", "v2")
    edit(repo, "policy_data/retention.yml", "then: 30 days", "then: P30D")

    result = call("check", repo, "--base", "v2")

    assert result.exit_code == 1
    assert "error[unread-base] v2 has 1 error, so this compares what could be read of it" in (
        result.stdout
    )


# -- releases ------------------------------------------------------------------------------------


def test_two_releases_are_compared_and_have_a_redline(repo: Path) -> None:
    """Also when the files that they were made from are there no more."""
    assert call("release", repo).exit_code == 0
    edit(repo, "policy_data/retention.yml", "keep: P90D", "keep: P120D")
    edit(repo, "policy_data/policy.yml", "version: 1.0.0", "version: 1.1.0")
    edit(repo, "policy_data/policy.yml", "effective: 2026-12-01", "effective: 2027-01-05")
    released = call("release", repo)
    assert released.exit_code == 0, released.output
    edit(repo, "policy_data/retention.yml", "keep: P120D", "keep: P7D")

    found = parsed(call("diff", repo, "1.0.0", "1.1.0", "--format", "json"))
    page = call("diff", repo, "1.0.0", "release:latest", "--format", "html").stdout

    assert (found["before"]["name"], found["after"]["name"]) == ("release 1.0.0", "release 1.1.0")
    assert [(c["effect"], c["before"], c["after"]) for c in found["changes"]] == [
        ("neutral", "1.0.0", "1.1.0"),
        ("neutral", "1 December 2026", "5 January 2027"),
        ("weakens", "90 days", "120 days"),
    ]
    assert "<del>90</del><ins>120</ins> days" in page and "<td>1.1.0</td>" in page
    assert '<h2>Answers, word by word</h2>\n<p class="key">' in page


# -- the redline of what cannot be read ----------------------------------------------------------


def test_a_redline_of_a_base_that_does_not_validate_says_so(repo: Path) -> None:
    edit(repo, "policy_data/uses.yml", "purpose: train-model", "purpose: trainn-model")
    commit(repo)
    edit(repo, "policy_data/uses.yml", "purpose: trainn-model", "purpose: train-model")
    edit(repo, "policy_data/controls.yml", "takes-effect: P7D", "takes-effect: P1D")

    result = call("diff", repo, "HEAD", "--format", "html")

    assert result.exit_code == 2
    assert "HEAD has 1 error, so this compares what could be read" in result.stdout
    assert "the delay is now 1 day; it was 7 days." in result.stdout
    assert "so no answer is shown here" in result.stdout


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_merge_conflict_in_the_base_or_in_a_pipeline_file(repo: Path, form: str) -> None:
    """In either state, wherever it was left, nothing is said of it, and nothing written."""
    conflict = "<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> other\n"
    file = repo / "pipeline/service.yml"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("version: 1\n", conflict, 1), "utf-8")
    commit(repo)
    file.write_text(whole, "utf-8")
    before = everything(repo.parent)

    there = call("diff", repo, "HEAD", "--format", form)
    here = call("diff", repo, "v1", "HEAD", "--format", form)

    for result in (there, here):
        assert result.exit_code == 2 and result.stdout == ""
        assert "pipeline/service.yml:3:1 of HEAD: a merge conflict was left here" in result.stderr
    assert everything(repo.parent) == before


@pytest.mark.parametrize("kept", [0, 1, 500, -1, -2])
def test_a_release_cut_short(repo: Path, kept: int) -> None:
    assert call("release", repo).exit_code == 0
    file = repo / "policy_data/releases/1.0.0.json"
    file.write_bytes(file.read_bytes()[:kept])
    before = everything(repo)

    result = call("diff", repo, "1.0.0", "--format", "html")

    assert result.exit_code == 2 and result.stdout == "" and "Traceback" not in result.stderr
    assert "policy_data/releases/1.0.0.json" in result.stderr
    assert everything(repo) == before

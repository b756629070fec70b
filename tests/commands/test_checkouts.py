"""Pipeline files in another repository: which folder, which revision, and nothing beside them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.commands.test_diff import commit, edit, git
from tests.examples import CLAIMS

from aboveboard.cli import main
from aboveboard.commands.checkouts import VARIABLE
from aboveboard.load import load_project
from aboveboard.pipeline.part import Checkout

GOOD = CLAIMS / "deidentified-before/declared"
CLAIM = "train/notes/redact@training_set"
FILES = "files: [{path: conf/*.yml, checkout: training}]"
BINDINGS = f"{FILES}\n  checkouts: {{training: {{revision: v1}}}}"
POLICY = "policy_data/policy.yml"
REDACT = "- {id: redact, in: notes, op: redact, fields: text, entities: email, on_error: drop}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without a pipeline of its own, in a repository."""
    root = tmp_path / "project"
    shutil.copytree(GOOD / "policy_data", root / "policy_data")
    edit(root, POLICY, "files: pipeline/*.yml", BINDINGS)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture
def training(tmp_path: Path) -> Path:
    """The other repository: its only commit is tagged."""
    root = tmp_path / "training"
    shutil.copytree(GOOD / "pipeline", root / "conf")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "tag", "v1")
    return root


def call(command: str, root: Path, *args: str | Path, checkout: Path | None = None) -> Result:
    options = ["--project", str(root), "--as-of", "2026-12-01", *map(str, args)]
    options += ["--checkout", f"training={checkout}"] if checkout else []
    return CliRunner().invoke(main, [command, *options])


def report(root: Path, checkout: Path | None) -> dict[str, Any]:
    result = call("check", root, "--format", "json", checkout=checkout)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def errors(root: Path, checkout: Path | None) -> list[dict[str, Any]]:
    return [f for f in report(root, checkout)["findings"] if f["severity"] == "error"]


def only_error(root: Path, checkout: Path | None) -> dict[str, Any]:
    (found,) = errors(root, checkout)
    return found


def line_of(root: Path, text: str) -> int:
    lines = (root / POLICY).read_text("utf-8").split("\n")
    return 1 + next(n for n, line in enumerate(lines) if text in line)


def test_its_files_are_read_and_named_by_the_checkout(project: Path, training: Path) -> None:
    head = git(training, "rev-parse", "HEAD").strip()
    found = report(project, training)

    (claim,) = [c for c in found["claims"] if c["id"] == CLAIM]
    assert claim["verdict"] == "declared"
    assert {e["path"] for e in claim["evidence"]} == {"training:conf/train.yml"}
    (theirs,) = [i for i in found["inputs"] if "checkout" in i]
    assert (theirs["path"], theirs["checkout"], theirs["revision"]) == (
        "training:conf/train.yml", "training", head,
    )  # fmt: skip
    assert [i["path"] for i in found["inputs"] if "checkout" not in i] == [POLICY]
    shown = json.loads(call("graph", project, "--format", "json", checkout=training).stdout)
    assert shown["inputs"][0]["revision"] == head


def test_a_finding_shows_the_line_of_the_other_repository(project: Path, training: Path) -> None:
    edit(training, "conf/train.yml", "in: redact, op: allow", "in: [redact, notes], op: allow")
    commit(training)
    git(training, "tag", "-f", "v1")

    result = call("check", project, checkout=training)

    assert result.exit_code == 1
    _, _, after = result.stdout.partition("\n  ::: training:conf/train.yml:7:")
    assert after.split("\n")[1].startswith("   7 |   - {id: pick"), result.stdout


def test_the_environment_can_name_it(
    project: Path, training: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, f"training={training}{os.pathsep}other={tmp_path}")
    assert report(project, None)["claims"]

    monkeypatch.setenv(VARIABLE, f"training={tmp_path}")
    assert report(project, training)["claims"], "the option counts for more"


def test_without_a_folder_the_option_is_named(project: Path, training: Path) -> None:
    found = only_error(project, None)

    assert (found["rule"], found["message"]) == (
        "missing-file",
        "no folder is given for the checkout 'training': --checkout training=DIR gives one",
    )
    assert found["location"]["line"] == line_of(project, "checkouts:")
    result = CliRunner().invoke(
        main, ["check", "--project", str(project), "--checkout", f"trainig={training}"]
    )
    assert "did you mean 'trainig'?" in result.stdout


def test_another_commit_is_not_read(project: Path, training: Path) -> None:
    first = git(training, "rev-parse", "HEAD").strip()
    edit(training, "conf/train.yml", REDACT, REDACT.replace("drop", "fail"))
    commit(training)
    second = git(training, "rev-parse", "HEAD").strip()

    found = only_error(project, training)

    assert found["rule"] == "wrong-revision"
    assert found["message"] == (
        f"checkout 'training': it is at {second[:12]}, and the bindings name v1 ({first[:12]})"
    )
    assert found["location"]["line"] == line_of(project, "revision: v1")
    assert not report(project, training)["claims"]


@pytest.mark.parametrize("how", ["edited", "new", "ignored", "linked"])
def test_a_file_that_is_not_as_the_commit_has_it_is_not_read(
    project: Path, training: Path, how: str
) -> None:
    if how == "edited":
        edit(training, "conf/train.yml", "mood: {}", "moods: {}")
        git(training, "update-index", "--assume-unchanged", "conf/train.yml")
        name = "train"
    else:
        name = "more"
        (training / ".git/info/exclude").write_text("more.yml\n" if how == "ignored" else "")
        if how == "linked":
            (training / "conf/more.yml").symlink_to("train.yml")
        else:
            (training / "conf/more.yml").write_text("version: 1\ndatasets: {x: {}}\n")

    found = only_error(project, training)

    assert found["rule"] == "wrong-revision"
    head = git(training, "rev-parse", "HEAD").strip()[:12]
    assert found["message"] == f"'training:conf/{name}.yml' is not as revision {head} has it"
    assert found["location"]["line"] == line_of(project, "conf/*.yml")


def test_a_change_elsewhere_and_other_ends_of_lines_are_no_fault(
    project: Path, training: Path
) -> None:
    (training / "notes.txt").write_text("not committed")
    file = training / "conf/train.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert not errors(project, training)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("main", "'main' can name another commit tomorrow: name a commit or a tag"),
        ("HEAD", "'HEAD' can name another commit tomorrow: name a commit or a tag"),
        ("v1~0", "'v1~0' can name another commit tomorrow: name a commit or a tag"),
        ("--all", "'--all' can name another commit tomorrow: name a commit or a tag"),
        ("v2", "'v2' is no revision of this repository"),
    ],
)
def test_revisions_that_are_none(project: Path, training: Path, revision: str, said: str) -> None:
    edit(project, POLICY, "revision: v1", f'revision: "{revision}"')

    found = only_error(project, training)

    assert found["rule"] == "wrong-revision"
    assert found["message"].startswith(f"checkout 'training': {said}")


def test_a_folder_that_is_no_repository(project: Path, training: Path, tmp_path: Path) -> None:
    shutil.rmtree(training / ".git")
    assert "is in no git repository" in only_error(project, training)["message"]
    assert "is not a folder" in only_error(project, tmp_path / "none")["message"]


def test_a_pattern_never_leaves_it(project: Path, training: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("version: 1\ndatasets: {x: {}}\n")
    (training / "conf/out").symlink_to(tmp_path)
    commit(training)
    git(training, "tag", "-f", "v1")
    for pattern, said in (
        ("../*.yml", "'../*.yml' leaves the checkout; name files below its folder"),
        ("conf/out/secret.yml", "'conf/out/secret.yml' leads out of the checkout by a link"),
    ):
        git(project, "checkout", "-q", POLICY)
        edit(project, POLICY, "conf/*.yml", pattern)
        assert only_error(project, training)["message"] == said


def test_a_name_that_the_bindings_lack(project: Path, training: Path) -> None:
    edit(project, POLICY, "checkout: training", "checkout: trainig")

    found = only_error(project, training)

    assert (found["rule"], found["hint"]) == ("unknown-reference", "did you mean 'training'?")
    assert found["location"]["line"] == line_of(project, "trainig")


@pytest.mark.parametrize("text", ["training", "=x", "training=", "A B=x"])
def test_options_that_mean_nothing(project: Path, text: str) -> None:
    result = CliRunner().invoke(main, ["check", "--project", str(project), "--checkout", text])

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{text}' is not NAME=DIR" in result.stderr


def test_twice(project: Path, training: Path) -> None:
    result = call("check", project, "--checkout", "training=x", checkout=training)

    assert result.exit_code == 2
    assert "'training' is given twice" in result.stderr


def test_a_base_is_read_at_its_own_revision_from_what_git_has(
    project: Path, training: Path
) -> None:
    """Whatever is checked out: the base names v1, and v2 is what lies there."""
    edit(training, "conf/train.yml", "- {id: pick, in: redact", "- {id: pick, in: [redact, notes]")
    commit(training)
    git(training, "tag", "v2")
    edit(project, POLICY, "revision: v1", "revision: v2")

    result = call("diff", project, "HEAD", "--format", "json", checkout=training)

    assert result.exit_code == 0, result.output
    text = result.stdout
    assert "declared" in text and "violated" in text and CLAIM in text
    assert git(training, "status", "--porcelain") == ""
    assert call("check", project, "--base", "HEAD", checkout=training).exit_code == 1


def test_a_base_without_the_folder_is_said_to_be_in_part(project: Path) -> None:
    result = call("diff", project, "HEAD")

    assert result.exit_code == 2
    assert "--checkout training=DIR" in result.output


def test_nothing_of_it_is_published_unless_a_pattern_names_it(
    project: Path, training: Path
) -> None:
    def publishes(*patterns: str) -> bool:
        git(project, "checkout", "-q", POLICY)
        edit(project, POLICY, FILES, f"{FILES}\n  publish: {json.dumps(patterns)}")
        opened = Checkout("training", training, "c" * 40, lambda paths: [])
        from datetime import date

        loaded = load_project(project, date(2026, 12, 1), open_checkout=lambda *_: opened)
        return loaded.may_publish("training:conf/train.yml")

    assert not publishes("*", "conf/*", "*:conf/*", "training*")
    assert publishes("training:conf/*.yml")

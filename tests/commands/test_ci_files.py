"""The action and the job: their own scripts, run as a runner runs them, against a forge here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.commands.conftest import SOONER, Make
from tests.commands.forge import Fake
from tests.commands.test_diff import DEMO

ACTION = yaml.safe_load((DEMO / "action.yml").read_text("utf-8"))
JOB = yaml.safe_load((DEMO / "ci/aboveboard.gitlab-ci.yml").read_text("utf-8"))["aboveboard"]
CHECK = ACTION["runs"]["steps"][1]
TOOLS = Path(sys.executable).parent


def script(text: str, root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A script in bash as both runners start it: it ends at the first fault."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        text=True,
    )


def values(step: dict[str, Any], root: Path) -> dict[str, str]:
    """The environment of a step, as the runner fills it in with the action's defaults."""
    known = {f"inputs.{name}": it["default"] for name, it in ACTION["inputs"].items()}
    known |= {"inputs.token": os.environ["GITHUB_TOKEN"], "github.event_name": "pull_request"}
    known["runner.temp"] = str(root.parent)
    found = {name: _filled(text, known) for name, text in step["env"].items()}
    return {**found, "TOOLS": str(tools(root))}


def tools(root: Path) -> Path:
    """Where the action has installed the program, outside of the repository."""
    folder = root.parent / "tools"
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    if not (folder / "bin/aboveboard").exists():
        (folder / "bin/aboveboard").symlink_to(TOOLS / "aboveboard")
    return folder


def _filled(text: str, known: dict[str, str]) -> str:
    for key, value in known.items():
        text = text.replace("${{ " + key + " }}", value)
    assert "${{" not in text, text
    return text


def test_the_action_reports_on_a_pull_request(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    step = CHECK

    done = script(step["run"], root, **values(step, root))

    assert done.returncode == 0, done.stderr
    assert len(forge.comments) == len(forge.statuses) == 1 and "now 14 days" in done.stdout
    assert "The redline is among the artifacts" in forge.comments[0]["body"]
    kept = ACTION["runs"]["steps"][2]["with"]["path"]
    assert kept == "${{ runner.temp }}/aboveboard/redline.html"
    assert "<ins>14 days</ins>" in (root.parent / "tools/redline.html").read_text("utf-8")


def test_the_action_checks_on_other_events(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    step = CHECK

    done = script(step["run"], root, **{**values(step, root), "EVENT": "push"})

    assert done.returncode == 0 and "0 errors" in done.stdout and forge.asked == []


@pytest.mark.parametrize("event", ["pull_request", "push"])
def test_the_action_uploads_to_code_scanning_if_it_is_told_to(
    event: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    variables = {**values(CHECK, root), "EVENT": event}
    file = root.parent / "tools/aboveboard.sarif"

    assert script(CHECK["run"], root, **variables).returncode == 0 and not file.exists()
    assert script(CHECK["run"], root, **{**variables, "SARIF": "true"}).returncode == 0

    assert json.loads(file.read_text("utf-8"))["version"] == "2.1.0"
    upload = ACTION["runs"]["steps"][3]
    assert upload["with"]["sarif_file"] == "${{ runner.temp }}/aboveboard/aboveboard.sarif"
    assert "inputs.sarif == 'true'" in upload["if"]


def test_the_action_writes_the_summary_of_the_run(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)

    done = script(CHECK["run"], root, **{**values(CHECK, root), "EVENT": "push"})

    assert done.returncode == 0, done.stderr
    summary = Path(os.environ["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
    assert summary.startswith("## Aboveboard: 0 errors, ")


def test_the_action_installs_what_is_locked() -> None:
    """No text of an event stands in a script, and what is installed is held to its hash."""
    install = ACTION["runs"]["steps"][0]
    assert (DEMO / "requirements/site.txt").is_file() and "--require-hashes" in install["run"]
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


@pytest.mark.parametrize("number", ["42", ""])
def test_the_job_reports_on_a_merge_request_and_else_checks(
    number: str,
    request_: Make,
    forge: Fake,
) -> None:
    root = request_(SOONER)
    text = JOB["script"][-1].replace("/tmp/aboveboard", str(TOOLS.parent))
    variables = {"ABOVEBOARD_PROJECT": JOB["variables"]["ABOVEBOARD_PROJECT"]}

    done = script(text, root, CI_MERGE_REQUEST_IID=number, **variables)

    assert done.returncode == 0, done.stderr
    assert len(forge.comments) == (1 if number else 0) and "0 errors" in done.stdout
    assert [(root / path).is_file() for path in JOB["artifacts"]["paths"]] == [bool(number)]
    assert JOB["variables"]["GIT_DEPTH"] == "0"
    report = (root / JOB["artifacts"]["reports"]["junit"]).read_text("utf-8")
    assert '<testsuite name="claims" ' in report and "<failure" not in report


def test_the_job_installs_nothing_that_nobody_named(tmp_path: Path) -> None:
    done = script(JOB["script"][0], tmp_path, ABOVEBOARD_SOURCE="")
    assert done.returncode == 2 and "Set ABOVEBOARD_SOURCE" in done.stderr

"""A request for changes: its repository, the variables of a run for it, and the forge."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.commands.forge import TOKEN, Fake, running
from tests.commands.test_diff import DEMO, commit, edit, git

EVENT = Path(__file__).parent / "events/pull_request.json"
ENVIRONMENT = (
    "GITHUB_EVENT_PATH", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_SERVER_URL",
    "GITHUB_RUN_ID", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_NAME", "CI_MERGE_REQUEST_IID",
    "CI_MERGE_REQUEST_PROJECT_ID", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_COMMIT_SHA",
    "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "CI_API_V4_URL",
    "CI_JOB_URL", "ABOVEBOARD_TOKEN",
)  # fmt: skip
SOONER = ("policy_data/policy.yml", "answer-within: P1M", "answer-within: P14D")
NOTES = DEMO / "tests/projects/worked-example"
Make = Callable[..., Path]


@pytest.fixture
def forge() -> Iterator[Fake]:
    with running() as fake:
        yield fake


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    found: list[float] = []
    monkeypatch.setattr("aboveboard.commands.forges.http.time.sleep", found.append)
    return found


@pytest.fixture
def request_(
    tmp_path: Path, forge: Fake, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Path]:
    """A repository whose checked-out branch changes a small project, and the environment of a run for it."""

    def make(*edits: tuple[str, str, str], fork: bool = False) -> Path:
        root = tmp_path / "repo"
        shutil.copytree(NOTES, root)
        policy = root / "policy_data/policy.yml"  # where nobody signs
        policy.write_text(policy.read_text("utf-8").partition("\nreview:\n")[0] + "\n", "utf-8")
        git(root, "init", "-q", "-b", "main")
        commit(root)
        base = git(root, "rev-parse", "HEAD").strip()
        git(root, "checkout", "-q", "-b", "longer")
        (root / "note.txt").write_text("changed")
        for change in edits:
            edit(root, *change)
        commit(root)
        head = git(root, "rev-parse", "HEAD").strip()
        for name in ENVIRONMENT:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment(tmp_path, forge, base, head, fork=fork).items():
            monkeypatch.setenv(name, value)
        return root

    return make


def environment(folder: Path, forge: Fake, base: str, head: str, *, fork: bool) -> dict[str, str]:
    """What both forges set in a run, with the token in it."""
    event = json.loads(EVENT.read_text("utf-8").replace("HEAD", head).replace("BASE", base))
    if fork:
        event["pull_request"]["head"]["repo"]["full_name"] = "somebody/privacy"
    (folder / "event.json").write_text(json.dumps(event), "utf-8")
    return {
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_REPOSITORY": "example/privacy",
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_API_URL": forge.address,
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_RUN_ID": "123",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "CI_MERGE_REQUEST_IID": "42",
        "CI_MERGE_REQUEST_PROJECT_ID": "99",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "100" if fork else "99",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_COMMIT_SHA": head,
        "CI_API_V4_URL": f"{forge.address}/api/v4",
        "CI_JOB_URL": "https://gitlab.example.org/example/privacy/-/jobs/1",
        "ABOVEBOARD_TOKEN": TOKEN,
    }

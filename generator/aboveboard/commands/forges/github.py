"""A pull request on GitHub, from the event of a workflow's run.

Comments: docs.github.com/rest/issues/comments. Statuses: docs.github.com/rest/commits/statuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..common import CannotRun
from .http import Api, Denied
from .model import NAME, Comment, Outcome, Request, needed

_WHERE = "a workflow of GitHub Actions"
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


class Pull(NamedTuple):
    """What an event says of a pull request; `origin` is the repository that it comes from."""

    number: int
    base: str
    head: str
    origin: str


class GitHub:
    """A pull request."""

    LIMIT = 65_536
    HISTORY = "give actions/checkout 'fetch-depth: 0'"
    RIGHTS = "the job needs 'permissions: {pull-requests: write, statuses: write}'"

    def __init__(self, environment: Mapping[str, str], repository: str, pull: Pull) -> None:
        token = environment.get("GITHUB_TOKEN", "")
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._api = Api(environment.get("GITHUB_API_URL") or "https://api.github.com", headers)
        self._repository, self._number = f"/repos/{repository}", pull.number
        server, run = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_RUN_ID")
        page = f"{server}/{repository}/actions/runs/{run}" if server and run else ""
        is_fork = pull.origin.lower() != repository.lower()
        self.request = Request(pull.base, pull.head, page, is_fork)
        self.has_token = bool(token)
        summary = environment.get("GITHUB_STEP_SUMMARY")
        self.summary = Path(summary) if summary else None

    def comments(self) -> list[Comment]:
        """In the order in which they were written."""
        found = self._api.pages(f"{self._repository}/issues/{self._number}/comments")
        return [Comment(it["id"], it.get("body") or "", self._is_mine(it)) for it in found]

    def _is_mine(self, comment: Any) -> bool:
        """Nobody writes as a bot but its owner. A token of a person is asked who that is."""
        user = comment.get("user") or {}
        return user.get("type") == "Bot" or (bool(self._login) and user.get("login") == self._login)

    @property
    def _login(self) -> str:
        if not hasattr(self, "_known"):
            try:
                self._known = str(self._api.ask("GET", "/user").get("login") or "")
            except Denied:  # a workflow's own token is a bot's, and may not ask
                self._known = ""
        return self._known

    def add(self, body: str) -> None:
        path = f"{self._repository}/issues/{self._number}/comments"
        self._api.ask("POST", path, {"body": body})

    def change(self, id_: int, body: str) -> None:
        self._api.ask("PATCH", f"{self._repository}/issues/comments/{id_}", {"body": body})

    def remove(self, id_: int) -> None:
        self._api.ask("DELETE", f"{self._repository}/issues/comments/{id_}")

    def set_status(self, state: Outcome, words: str) -> None:
        said = {"state": state, "context": NAME, "description": words[:140]}
        page = {"target_url": self.request.page} if self.request.page else {}
        path = f"{self._repository}/statuses/{self.request.head}"
        self._api.ask("POST", path, {**said, **page})


def github(environment: Mapping[str, str]) -> GitHub:
    """The pull request that a workflow runs for; CannotRun says what is missing."""
    file = Path(needed(environment, "GITHUB_EVENT_PATH", _WHERE))
    repository = needed(environment, "GITHUB_REPOSITORY", _WHERE)
    try:
        event = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise CannotRun(f"the event in '{file}' cannot be read") from None
    if not isinstance(event, dict) or not isinstance(event.get("pull_request"), dict):
        name = environment.get("GITHUB_EVENT_NAME", "unknown")
        raise CannotRun(f"the event '{name}' has no pull request: run this on 'pull_request'")
    pull = _pull(event["pull_request"])
    if pull is None or not _REPOSITORY.fullmatch(repository):
        raise CannotRun(f"the event in '{file}' is not of the shape of a pull request")
    return GitHub(environment, repository, pull)


def _pull(said: dict[str, Any]) -> Pull | None:
    try:
        number, base, head = said["number"], said["base"]["sha"], said["head"]["sha"]
        origin = (said["head"].get("repo") or {}).get("full_name") or ""  # a fork can be deleted
    except (KeyError, TypeError, AttributeError):
        return None
    is_whole = isinstance(number, int) and isinstance(origin, str)
    commits = all(isinstance(it, str) and _COMMIT.fullmatch(it) for it in (base, head))
    return Pull(number, base, head, origin) if is_whole and commits else None

"""A merge request on GitLab, from the variables of a job in a merge request pipeline.

Notes: docs.gitlab.com/api/notes. Statuses: docs.gitlab.com/api/commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..common import CannotRun
from .http import Api
from .model import NAME, Comment, Outcome, Request, needed

_WHERE = "a merge request pipeline of GitLab (rules: if $CI_MERGE_REQUEST_IID)"
TOKEN = "ABOVEBOARD_TOKEN"
_STATES: dict[Outcome, str] = {"success": "success", "failure": "failed", "error": "failed"}


class GitLab:
    """A merge request."""

    LIMIT = 1_000_000
    HISTORY = "set the variable 'GIT_DEPTH: 0'"
    RIGHTS = f"the token in {TOKEN} needs the scope 'api' and the role Developer"

    summary: Path | None = None

    def __init__(
        self, api: Api, project: int, number: int, request: Request, *, has_token: bool
    ) -> None:
        self._api, self.request, self.has_token = api, request, has_token
        self._project = f"/projects/{project}"
        self._notes = f"{self._project}/merge_requests/{number}/notes"

    def comments(self) -> list[Comment]:
        """In the order in which they were written; what GitLab notes by itself is left out."""
        me = self._api.ask("GET", "/user")["id"]
        notes = self._api.pages(f"{self._notes}?sort=asc&order_by=created_at")
        return [
            Comment(it["id"], it.get("body") or "", _author(it) == me)
            for it in notes
            if not it.get("system")
        ]

    def add(self, body: str) -> None:
        self._api.ask("POST", self._notes, {"body": body})

    def change(self, id_: int, body: str) -> None:
        self._api.ask("PUT", f"{self._notes}/{id_}", {"body": body})

    def remove(self, id_: int) -> None:
        self._api.ask("DELETE", f"{self._notes}/{id_}")

    def set_status(self, state: Outcome, words: str) -> None:
        said = {"state": _STATES[state], "name": NAME, "description": words[:255]}
        page = {"target_url": self.request.page} if self.request.page else {}
        self._api.ask("POST", f"{self._project}/statuses/{self.request.head}", {**said, **page})


def _author(note: Any) -> Any:
    return (note.get("author") or {}).get("id")


def gitlab(environment: Mapping[str, str]) -> GitLab:
    """The merge request that a job runs for; CannotRun says what is missing."""
    number = needed(environment, "CI_MERGE_REQUEST_IID", _WHERE)
    project = needed(environment, "CI_MERGE_REQUEST_PROJECT_ID", _WHERE)
    base = needed(environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA", _WHERE)
    head = environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or needed(
        environment, "CI_COMMIT_SHA", _WHERE
    )
    address = needed(environment, "CI_API_V4_URL", _WHERE)
    if not (number.isdigit() and project.isdigit() and base.isalnum() and head.isalnum()):
        raise CannotRun("the variables of this job are not of the shape of a merge request")
    token = environment.get(TOKEN, "")
    api = Api(address, {"PRIVATE-TOKEN": token})
    source = environment.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", project)
    page = environment.get("CI_JOB_URL", "")
    request = Request(base, head, page, source != project)
    return GitLab(api, int(project), int(number), request, has_token=bool(token))

"""What a hand-off asks of a forge: one request for changes, its comments, its status."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from ..common import CannotRun

Outcome = Literal["success", "failure", "error"]
NAME = "aboveboard"  # what the status is called


class Comment(NamedTuple):
    """A comment on the request; `mine` is whether the token's owner wrote it."""

    id: int
    body: str
    mine: bool


class Request(NamedTuple):
    """What is asked for: `base` is where it starts from, `head` its last commit, as commits.

    `page` is where this run can be read, "" if nowhere. `is_fork` is whether the changes come from
    another project, whose runs get no right to write.
    """

    base: str
    head: str
    page: str
    is_fork: bool


class Forge(Protocol):
    """One request for changes on a forge."""

    LIMIT: int  # of a comment, in bytes; they count letters, of which a byte is never more
    HISTORY: str  # how a run is told to fetch all commits
    RIGHTS: str  # what the token must be allowed
    request: Request
    has_token: bool
    summary: Path | None  # a file that the run's page shows, if there is one

    def comments(self) -> list[Comment]: ...
    def add(self, body: str) -> None: ...
    def change(self, id_: int, body: str) -> None: ...
    def remove(self, id_: int) -> None: ...
    def set_status(self, state: Outcome, words: str) -> None: ...


def needed(environment: Mapping[str, str], name: str, where: str) -> str:
    """A variable that the forge sets in each run; CannotRun says where that is."""
    if value := environment.get(name):
        return value
    raise CannotRun(f"'{name}' is not set: run this in {where}")

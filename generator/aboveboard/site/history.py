"""The releases of a project as its site tells them: when each was in force, what changed, and since
when each answer has its present wording."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from ..answers.model import Answer
from ..answers.whole import Chapter, Part, whole
from ..project import Project
from ..review.releases import chain, texts
from ..review.releases.release import Release, load, says_the_same
from .log import Log, log

EACH = 8  # of so many of the newest releases any two are compared; see `pairs`
_UNSAID = ("claims", "link", "correction")  # of a sentence: what readers do not read


class Step(NamedTuple):
    """A release in its time: in force from `since` to `until`, the day of the next one.

    `until` is None for the newest; it is not later than `since` for one that never came into
    force. `log` is what changed with it, None for the first.
    """

    release: Release
    since: date
    until: date | None
    log: Log | None

    @property
    def version(self) -> str:
        return self.release.head.version

    @property
    def last_day(self) -> date | None:
        """The last day on which it was in force; None if that lies open, or it never was."""
        if self.until is None or self.until <= self.since:
            return None
        return self.until - timedelta(days=1)

    @property
    def never_held(self) -> bool:
        """Whether another one took its place before it came into force."""
        return self.until is not None and self.until <= self.since


class Since(NamedTuple):
    """Since when a wording holds; without a day it stands in no release yet."""

    day: date | None


class History:
    """The releases of a project, first to last. Raises BadRelease where one cannot be read."""

    def __init__(self, project: Project, releases: tuple[Release, ...] | None = None) -> None:
        self.project = project
        if releases is None:
            entries = chain.of(project).entries
            releases = tuple(_loaded(project.root, e.path, e.digest) for e in entries)
        self.releases = releases

    def __bool__(self) -> bool:
        return bool(self.releases)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Each release in its time, first to last."""
        if not self.releases:
            return ()
        starts = [in_force(release) for release in self.releases]
        logs = [None, *(compared(a, b) for a, b in pairwise(self.releases))]
        ends = [*starts[1:], None]
        return tuple(map(Step, self.releases, starts, ends, logs))

    @property
    def newest(self) -> Step:
        return self.steps[-1]

    @cached_property
    def then(self) -> Project:
        """The project as of the newest release's day: what a later day alone changes is not new."""
        return self.project.on(self.releases[-1].head.released)

    @cached_property
    def said(self) -> tuple[Chapter, ...]:
        """What the project says as of that day."""
        return whole(self.then)

    @cached_property
    def released(self) -> bool:
        """Whether the site says just what the newest release says."""
        return bool(self.releases) and says_the_same(self.then, self.releases[-1], self.said)

    @cached_property
    def pending(self) -> Log | None:
        """What the site says beyond the newest release; None if that is nothing."""
        return None if self.released or not self else log(self.releases[-1].project, self.project)

    def pairs(self) -> list[tuple[Step, Step]]:
        """Which releases are compared, the earlier first: any two of the newest eight, each with
        the one after it, and each with the newest."""
        steps = self.steps
        recent = len(steps) - EACH
        return [
            (one, other)
            for n, one in enumerate(steps)
            for m, other in enumerate(steps)
            if n < m and (n >= recent or m == n + 1 or m == len(steps) - 1)
        ]

    # -- wordings --------------------------------------------------------------------------------

    @cached_property
    def unreleased(self) -> set[str]:
        """The answers whose wording is in no release, by their path."""
        return {path for path, since in self._since.items() if since.day is None}

    def since(self, *paths: str) -> Since | None:
        """Since when all these answers have their wording; None where nothing is known of them."""
        found = [self._since[path] for path in paths if path in self._since]
        days = [since.day for since in found if since.day is not None]
        if not found:
            return None
        return Since(max(days) if len(days) == len(found) else None)

    def below(self, path: str) -> list[str]:
        """The answers that stand on a page, or on pages below it; all for a page of its own."""
        known = self._since
        if path in known:
            return [path]
        return [other for other in known if other.startswith(f"{path}/")] or list(known)

    @cached_property
    def _since(self) -> dict[str, Since]:
        if not self.releases:
            return {}
        today = wordings(self.said)
        told = [_worded(release, self.releases[-1]) for release in self.releases]
        return {path: self._run(path, words, told) for path, words in today.items()}

    def _run(self, path: str, words: str, told: list[dict[str, str]]) -> Since:
        day = None
        for step, said in zip(reversed(self.steps), reversed(told), strict=True):
            if said.get(path) != words:
                break
            day = step.since
        return Since(day)


def in_force(release: Release) -> date:
    """The day from which a release holds: what it says itself, but not before it was made, since
    another one held until then. Of the first nobody knows better."""
    header, made = release.project.policy.header, release.head.released
    if header is None:
        return made
    return header.effective if release.head.number == 1 else max(header.effective, made)


def wordings(chapters: tuple[Chapter, ...]) -> dict[str, str]:
    """What readers read of each answer, by its path."""
    return {part.path: wording(part.answer) for chapter in chapters for part in chapter.parts}


def wording(answer: Answer) -> str:
    """All words of an answer as one text, to be compared."""
    (chapter,) = texts.frozen([Chapter("", (Part("", "", answer),))])["chapters"]
    return json.dumps(_read(chapter["parts"][0]["answer"]), sort_keys=True)


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _read(part) for key, part in value.items() if key not in _UNSAID}
    return [_read(part) for part in value] if isinstance(value, list) else value


def text_of(release: Release) -> tuple[Chapter, ...]:
    """What the pages of a release said, in its first language."""
    return _of_language(release, release)


def _of_language(release: Release, like: Release) -> tuple[Chapter, ...]:
    name = next(iter(like.text), "")
    return release.text.get(name) or next(iter(release.text.values()), ())


@lru_cache(maxsize=1 << 9)
def _worded(release: Release, like: Release) -> dict[str, str]:
    return wordings(_of_language(release, like))


@lru_cache(maxsize=1 << 9)
def _loaded(root: Path, path: str, digest: str) -> Release:
    """A release, read once however often a site is made; its digest is that of its content."""
    return load(root, path)


@lru_cache(maxsize=1 << 11)
def compared(before: Release, after: Release) -> Log:
    """What changed between two releases."""
    return log(before.project, after.project)

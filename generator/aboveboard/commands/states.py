"""The two states of a comparison: releases, git revisions, folders, or the working tree."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..load import load_project
from ..project import Project
from ..review.difference import State
from ..review.releases import kept
from ..source import CONFLICT
from ..values import did_you_mean
from .checkouts import stored
from .common import CannotRun, project_at

if TYPE_CHECKING:
    from ..review.releases.release import Release

PREFIX = "release:"
_LOST = "is no release, no revision of this repository and no folder"


@contextmanager
def state(folder: Path, name: str | None, as_of: date) -> Iterator[tuple[State, Project]]:
    """A project as a release, revision or folder has it; without a name, as it stands here."""
    if name is None:
        yield _told(State("the files here", None, []), project_at(folder, as_of))
    elif not name:
        raise CannotRun("name a release, a revision or a folder to compare with")
    elif (Path(name) / "policy_data").is_dir():
        with TemporaryDirectory(prefix="aboveboard-") as made:
            project = project_at(Path(name), as_of, stored(Path(made)))
            yield _told(State(name, None, [], kept.objects(Path(name))), project)
    elif (path := _release_path(folder, name)) is not None:
        from ..review.releases.release import language

        release = released(folder, path)
        said = release.text.get(language(release.project))
        yield State(f"release {release.head.version}", None, [], said=said), release.project
    else:
        with _at_revision(folder, name, as_of) as found:
            yield found


@contextmanager
def _at_revision(folder: Path, name: str, as_of: date) -> Iterator[tuple[State, Project]]:
    from .revisions import Revision, is_repository

    if not is_repository(folder):
        raise CannotRun(
            f"'{name}' is no release and no folder with a policy, and this is no git repository"
        )
    with TemporaryDirectory(prefix="aboveboard-") as made:
        root = Path(made) / "project"
        revision = Revision(folder, name, root, _LOST)
        revision.policy()
        opener = stored(Path(made) / "checkouts")
        project = load_project(root, as_of, revision.pipeline, opener)
        yield _told(State(name, revision.commit, [], revision.releases()), project)


def _told(it: State, project: Project) -> tuple[State, Project]:
    """The state, unless a merge was left undone in it: nothing can be said of that."""
    for finding in project.findings:
        if finding.message == CONFLICT:
            raise CannotRun(f"{finding.location} of {it.name}: {CONFLICT}; keep one side first")
    return it, project


def released(folder: Path, path: str) -> Release:
    """The release in a file of a project; CannotRun says where it cannot be read, and why."""
    from ..review.releases.release import BadRelease, load

    try:
        return load(folder, path)
    except BadRelease as bad:
        hint = f" ({bad.finding.hint})" if bad.finding.hint else ""
        raise CannotRun(f"{bad.finding.location}: {bad.finding.message}{hint}") from None


def _release_path(folder: Path, name: str) -> str | None:
    """The file of a release that is named by its version, by `release:VERSION`, or by its path."""
    from ..review.releases import chain, form

    asked = name.removeprefix(PREFIX)
    if asked == form.LATEST and asked != name:
        last = chain.read(folder).last
        if last is None:
            raise CannotRun("there is no release yet that can be read; make one first")
        return last.path
    known = chain.paths(folder)
    path = f"{form.FOLDER}/{asked}.json"
    if path in known or asked != name:
        if path not in known:
            versions = [p.removeprefix(f"{form.FOLDER}/").removesuffix(".json") for p in known]
            hint = did_you_mean(asked, versions) or "there is none yet"
            raise CannotRun(f"there is no release '{asked}' ({hint})")
        return path
    here = os.path.relpath(name, folder) if name.endswith(".json") else ""
    return here if Path(here).as_posix() in known else None

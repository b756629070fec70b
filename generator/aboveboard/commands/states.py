"""The two states that a comparison is of: git revisions, folders, or the working tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ..load import load_project
from ..project import Project
from ..review.difference import State
from ..source import CONFLICT
from .common import CannotRun, project_at


@contextmanager
def state(folder: Path, name: str | None, as_of: date) -> Iterator[tuple[State, Project]]:
    """A project as a revision or folder has it; without a name, as it stands here."""
    if name is None:
        yield _told(State("the files here", None, []), project_at(folder, as_of))
    elif not name:
        raise CannotRun("name a revision or a folder to compare with")
    elif (Path(name) / "policy_data").is_dir():
        yield _told(State(name, None, []), project_at(Path(name), as_of))
    else:
        with _at_revision(folder, name, as_of) as found:
            yield found


@contextmanager
def _at_revision(folder: Path, name: str, as_of: date) -> Iterator[tuple[State, Project]]:
    from .revisions import Revision

    with TemporaryDirectory(prefix="aboveboard-") as root:
        revision = Revision(folder, name, Path(root))
        revision.policy()
        project = load_project(Path(root), as_of, ready=revision.pipeline)
        yield _told(State(name, revision.commit, []), project)


def _told(it: State, project: Project) -> tuple[State, Project]:
    """The state, unless a merge was left undone in it: nothing can be said of that."""
    for finding in project.findings:
        if finding.message == CONFLICT:
            raise CannotRun(f"{finding.location} of {it.name}: {CONFLICT}; keep one side first")
    return it, project

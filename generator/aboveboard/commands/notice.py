"""What whoever signs must know of an earlier state: changes that people are not told of yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..project import Project
from ..review import concerned, gates
from ..review.releases import chain
from ..review.since import Since
from .common import CannotRun
from .states import PREFIX, state

_LATEST = f"{PREFIX}latest"


@contextmanager
def compared(folder: Path, project: Project, name: str | None) -> Iterator[Since | None]:
    """The project beside an earlier state: the one named, else the newest release, if any."""
    if not name and chain.read(folder).last is None:
        yield None
        return
    with state(folder, name or _LATEST, project.as_of) as (told, before):
        if name and not before.loaded:
            raise CannotRun(f"{told.name} has errors, so what changed since cannot be told")
        yield Since(before, project, told.name) if before.loaded else None


def due(since: Since) -> list[str]:
    """Each change since then that people must be told of before, and no record tells them of."""
    return [
        f"Notice is due ({need.notice.words()}), and people are not told: {need.sentence} "
        f"({need.place}, unannounced-change)"
        for need in gates.needs(since)
        if need.wanted == "required" and not concerned.covered(since, need)
    ]

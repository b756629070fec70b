"""What a state says of itself that its own settings contradict, with the changes that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..findings import Location
from ..project import Project
from ..proof.model import Judged
from .causes import within
from .change import Change


class Untrue(NamedTuple):
    """A statement that the settings contradict, told once for each fault.

    `said` is the line of the policy; `settings` what the pipeline has, with its words, if one fact
    decides. `changes` are those that wrote the line, by their place in the list of changes;
    `others` are statements that fail for the same lines.
    """

    claim: str
    statement: str
    why: str
    said: Location
    settings: Location | None
    changes: tuple[int, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def sentences(self) -> int:
        """How many statements fail for this fault."""
        return len({self.statement, *self.others})


def untrue(project: Project, changes: Sequence[Change]) -> tuple[Untrue, ...]:
    """Every statement that its settings contradict and no correction replaces."""
    found: dict[object, list[Untrue]] = {}
    for judged in _violated(project):
        fact = judged.culprit
        settings = fact.location._replace(message=fact.text) if fact else None
        said = judged.claim.place
        behind = tuple(n for n, change in enumerate(changes) if _wrote(change, said))
        one = Untrue(judged.claim.id, judged.claim.statement, judged.why, said, settings, behind)
        found.setdefault((said, settings), []).append(one)
    return tuple(
        first._replace(others=tuple(other.statement for other in others))
        for first, *others in found.values()
    )


def _violated(project: Project) -> Iterator[Judged]:
    for id_, judged in project.proof.judged.items():
        shared = project.proof.root(judged) is not judged
        if judged.verdict == "violated" and not shared and id_ not in project.corrected:
            yield judged


def _wrote(change: Change, said: Location) -> bool:
    place = change.place
    if not change.after or place is None or place.path != said.path:
        return False
    # a change stands at its key, a claim at the value behind it
    return place.line == said.line or within(place, said) or within(said, place)

"""The doors into a use: its ordinary route, and those that events open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...policy.entities import Line, Use
from ...policy.model import Policy


class Door(NamedTuple):
    """One route of a use, with what it takes and where it leads."""

    use_id: str
    use: Use
    route: str
    data: tuple[str, ...]
    lines: tuple[Line, ...]
    steps: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.use_id}/{self.route}" if self.route else self.use_id

    def path(self, *rest: str | int) -> tuple[str | int, ...]:
        return ("also", self.route, *rest) if self.route else rest

    @property
    def closed(self) -> bool:
        return all(line.state == "never" for line in self.lines)


def doors(policy: Policy, use_id: str) -> Iterator[Door]:
    """The ordinary route of a use, then those that events open."""
    use = policy.uses[use_id]
    yield Door(use_id, use, "", tuple(use.data), tuple(use.applies), tuple(use.steps))
    for id_, route in use.also.items():
        event = policy.events.get(route.when)
        taken = [d for take in (event.takes if event else ()) for d in take.data]
        data = route.data or list(dict.fromkeys(taken)) or use.data
        steps = use.steps if route.steps is None else route.steps
        yield Door(use_id, use, id_, tuple(data), tuple(route.applies), tuple(steps))

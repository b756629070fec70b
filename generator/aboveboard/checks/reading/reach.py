"""How far the steps reach that a text speaks of: those of its own step, use or data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ...policy import strength
from ...policy.choices import Retention, Strength
from ...policy.entities import Route, Use
from ...policy.mentions import Place
from ...policy.model import Policy
from ...project import Project

# What a step of these techniques acts on is gone from the record.
_REMOVES = frozenset(
    ("unlinking", "redaction", "record-suppression", "local-suppression", "metadata-strip",
     "discard-plaintext", "deduplication")
)  # fmt: skip


class Reach(NamedTuple):
    """The steps that a text speaks of, whether what it speaks of is deleted, and its name."""

    steps: tuple[str, ...]
    deletes: bool
    of: str

    def strongest(self, policy: Policy) -> tuple[str | None, Strength]:
        """The step that reaches furthest, and how far; no step reaches nothing."""
        found = {id_: strength.of(policy.steps[id_]) for id_ in self.steps}
        best = max(found, key=lambda id_: strength.LADDER.index(found[id_]), default=None)
        return best, found[best] if best else "none"

    def allows(self, policy: Policy, claim: str) -> bool:
        """Whether a claim, a strength or "encrypted" or "deleted", is no more than is done."""
        techniques = {policy.steps[id_].technique for id_ in self.steps}
        if claim == "encrypted":
            return not techniques.isdisjoint(("encryption", "discard-plaintext"))
        if claim == "deleted":
            return self.deletes
        reached = self.strongest(policy)[1]
        return strength.LADDER.index(reached) >= [*strength.LADDER].index(claim)  # type: ignore[arg-type]


class Reaches:
    """The reach of each place of a policy; a page speaks of all steps."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @classmethod
    def of(cls, project: Project) -> Reaches:
        """Kept with the project's other cached properties."""
        known: Reaches | None = vars(project).get("_reaches")
        if known is None:
            known = vars(project)["_reaches"] = cls(project.policy)
        return known

    def at(self, place: Place | None) -> Reach:
        """What the text at a place speaks of."""
        policy = self.policy
        kind, id_ = (place.kind, place.id) if place else ("", "")
        if place and kind == "steps":
            removes = policy.steps[id_].technique in _REMOVES
            return Reach((id_,), removes, f"the step '{id_}'")
        if place and kind == "uses":
            use = policy.uses[id_]
            route = place.path[1] if place.path[0] == "also" else None
            routes = [use.also[str(route)]] if route is not None else [None, *use.also.values()]
            steps = (step for r in routes for step in _steps(use, r))
            return self._made(steps, use.data, f"the use '{id_}'")
        if place and kind == "data":
            return self._kept([id_], self._rows([id_]), f"the data '{id_}'")
        uses = [use for use in policy.uses.values() if _names(use, kind, id_)]
        if kind == "safeguards":
            uses = [policy.uses[use] for use in policy.safeguards[id_].uses if use in policy.uses]
        if kind in ("retention", "copies"):
            return self._stored(kind, id_)
        if uses:
            steps = (s for use in uses for route in (None, *use.also.values())
                     for s in _steps(use, route))  # fmt: skip
            data = [data for use in uses for data in use.data]
            return self._made(steps, data, f"'{id_}' in {kind}")
        return self._made(policy.steps, policy.data, "this policy")

    def _stored(self, kind: str, id_: str) -> Reach:
        rows = [
            row
            for row_id, row in self.policy.retention.items()
            if id_ == (row_id if kind == "retention" else row.copy_)
        ]
        data = [data for row in rows for data in row.data]
        return self._kept(data, rows, f"'{id_}' in {kind}")

    def _made(self, steps: Iterable[str], data: Iterable[str], of: str) -> Reach:
        """What is done on the way: a step that removes a part has deleted it."""
        known = tuple(dict.fromkeys(step for step in steps if step in self.policy.steps))
        removes = any(self.policy.steps[id_].technique in _REMOVES for id_ in known)
        return Reach(known, removes or any(map(_ends, self._rows(data))), of)

    def _kept(self, data: Iterable[str], rows: Iterable[Retention], of: str) -> Reach:
        """What is done to data that lies somewhere: only its time ends it."""
        steps = dict.fromkeys(step for one in data for step in self._acting.get(one, ()))
        return Reach(tuple(steps), any(map(_ends, rows)), of)

    def _rows(self, data: Iterable[str]) -> list[Retention]:
        mine = set(data)
        return [row for row in self.policy.retention.values() if mine & set(row.data)]

    @cached_property
    def _acting(self) -> dict[str, list[str]]:
        """The steps that act on each kind of data, on any of its ways."""
        found: dict[str, list[str]] = {}
        for use in self.policy.uses.values():
            for route in (None, *use.also.values()):
                for data in (route.data if route else []) or use.data:
                    found.setdefault(data, []).extend(
                        step for step in _steps(use, route) if self._acts(step, data)
                    )
        return found

    def _acts(self, step_id: str, data: str) -> bool:
        step = self.policy.steps.get(step_id)
        return step is not None and (not step.data or data in step.data)


def _steps(use: Use, route: Route | None) -> Iterator[str]:
    yield from use.steps if route is None or route.steps is None else route.steps


def _ends(row: Retention) -> bool:
    return bool(row.until) or (row.keep is not None and "no-limit" not in row.keep.longest)


def _names(use: Use, kind: str, id_: str) -> bool:
    """Whether a use names an entity of another kind."""
    routes = list(use.also.values())
    match kind:
        case "recipients":
            return id_ in use.recipients
        case "models":
            return id_ in use.models
        case "controls":
            lines = [*use.applies, *(line for route in routes for line in route.applies)]
            return any(id_ in line.control for line in lines)
        case "events":
            return any(route.when == id_ for route in routes)
    return False

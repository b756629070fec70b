"""Where a difference is and whom it is about; turns it into a change with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..answers.terms import RIGHTS
from ..answers.wording import upper
from ..findings import Location
from .change import Change
from .orders import Delta
from .sides import Sides
from .walk import Found

EVERYONE = "everyone"
_OF = {
    "controls": "the choice “{name}”",
    "steps": "the step to {name}",
    "events": "when {name}",
}


class At(NamedTuple):
    """An entity or a part of one; `readers` says whom it is about, in either state.

    `earlier` is the id of what said it before, where that is another entity.
    """

    sides: Sides
    kind: str
    id: str
    of: str
    path: tuple[str | int, ...] = ()
    place: str = ""
    readers: Callable[[bool], str] = lambda earlier: EVERYONE
    earlier: str = ""

    def change(self, found: Found) -> Change:
        """The change that a difference is; its place is of the earlier state if nothing is left."""
        delta = found.delta
        who = delta.who
        if who in ("", EVERYONE):
            who = self.readers(not delta.after) or EVERYONE
        path = (*self.path, *delta.path)
        return Change(
            sentence=self._sentence(found, who),
            effect=delta.effect,
            who=who,
            before=delta.before,
            after=delta.after,
            place=self.sides.at(self.kind, self.id, *path, earlier=not delta.after),
            key="/".join(filter(None, (self.kind, self.id, ".".join(map(str, path))))),
            was=self._was(found),
            cells=found.cells,
        )

    def _was(self, found: Found) -> Location | None:
        """Where the earlier state says it, if the entity was there at all."""
        id_ = self.earlier or self.id
        if self.id and id_ not in self.sides.before.entities(self.kind):
            return None
        return self.sides.at(self.kind, id_, *self.path, *found.was, earlier=True)

    def _sentence(self, found: Found, who: str) -> str:
        direction, delta = found.direction, found.delta
        those = f" ({who})" if delta.who and who != EVERYONE and delta.turn == "changed" else ""
        words = {
            "Of": upper(self.of) + those,
            "of": self.of,
            "In": f"In {self.place}{those}",
            "fact": direction.fact,
            "before": delta.before,
            "after": delta.after,
        }
        return _template(direction.fact, delta, direction).format(**words)


def _template(fact: str, delta: Delta, direction: Any) -> str:
    if delta.turn != "changed":
        return str(direction.added if delta.turn == "added" else direction.removed)
    subject = "{Of}: {fact} is" if fact else "{Of}:"
    if delta.before and delta.after:
        return str(direction.changed)
    if delta.after:
        return subject + " now {after}; nothing was said before."
    if delta.before:
        return subject + " no longer said; it was {before}."
    return "{Of}: {fact} changed."


def owner(sides: Sides, kind: str, id_: str, entity: Any) -> str:
    """What an entity is called in a sentence about it."""
    if kind == "rights":
        return f"the right “{RIGHTS[entity.right]}”"
    if kind == "policy":
        return str(entity.service)
    return _OF.get(kind, "{name}").format(name=sides.name(kind, id_))

"""The whole policy: entities by kind and id, and where each value was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..findings import Location
from ..source import Document, KeyPath

if TYPE_CHECKING:
    from .bindings import Bindings
    from .choices import Control, Copy, Retention, Right, Step
    from .entities import Data, Event, Header, Model, Recipient, Safeguard, Use
    from .faq import Question
    from .review import ChangeRecord, Correction, Review, Suppression
    from .scope import Scope

KINDS = (
    "data",
    "events",
    "uses",
    "controls",
    "steps",
    "copies",
    "retention",
    "recipients",
    "rights",
    "models",
    "safeguards",
    "questions",
    "scopes",
    "changes",
    "corrections",
)
# Kinds that say nothing to readers: they are in no release, in no comparison and on no page.
OURS = ("suppressions",)


@dataclass(slots=True, eq=False, repr=False)
class Policy:
    """Everything below `policy_data/`, merged: split into files as the team likes."""

    header: Header | None = None
    bindings: Bindings | None = None
    review: Review | None = None
    data: dict[str, Data] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    uses: dict[str, Use] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    retention: dict[str, Retention] = field(default_factory=dict)
    recipients: dict[str, Recipient] = field(default_factory=dict)
    rights: dict[str, Right] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    safeguards: dict[str, Safeguard] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    changes: dict[str, ChangeRecord] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    inputs: dict[str, bytes | None] = field(default_factory=dict)  # file -> what was read
    unread: set[str] = field(default_factory=set)  # kinds of which a part could not be read

    def entities(self, kind: str) -> dict[str, Any]:
        """The entities of one kind, by id, in the order written."""
        found: dict[str, Any] = getattr(self, kind)
        return found

    def ids(self) -> dict[str, set[str]]:
        """The ids of each kind, those included whose entity has faults of its own."""
        found = {kind: set(self.entities(kind)) for kind in KINDS}
        for kind, id_ in self.documents:
            if kind in found:
                found[kind].add(id_)
        return found

    def at(self, kind: str, id_: str, *path: str | int, key: bool = False) -> Location:
        """Where an entity, or a value within it, was written.

        `kind` is a top-level key; for `policy` and `bindings` the id is "".
        """
        document = self.documents.get((kind, id_))
        if document is None:
            return Location("policy_data", 1)
        base: KeyPath = (kind, id_) if id_ else (kind,)
        whole = (*base, *path)
        return Location.at(document.path, document.position(whole, key=key or not path))

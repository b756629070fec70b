"""Paths of keys in the policy, as people write them in it: `uses/train/applies`."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..findings import Location
from ..policy.model import Policy
from ..source import KeyPath


class Written(NamedTuple):
    """What a path leads to: an entity, or a key within it."""

    kind: str
    id: str
    keys: KeyPath

    def place(self, policy: Policy) -> Location:
        """Where its key stands."""
        return policy.at(self.kind, self.id, *self.keys, key=True)

    def span(self, policy: Policy) -> Location:
        """All of it, from its key to the end of its value."""
        key = self.place(policy)
        document = policy.documents[(self.kind, self.id)]
        base = (self.kind, self.id) if self.id else (self.kind,)
        value = document.position((*base, *self.keys))
        return key._replace(end_line=value.end_line, end_column=value.end_column)


def written(policy: Policy, path: str) -> Written | None:
    """What a path leads to; None if nothing is written there."""
    for (kind, id_), document in policy.documents.items():
        base = (kind, id_) if id_ else (kind,)
        start = "/".join(base)
        if path != start and not path.startswith(f"{start}/"):
            continue
        value = document.data
        for key in base:
            value = value[key]
        keys = _keys(value, path[len(start) + 1 :])
        if keys is not None:
            return Written(kind, id_, keys)
    return None


def known(policy: Policy) -> list[str]:
    """The paths of all entities."""
    return [f"{kind}/{id_}" if id_ else kind for kind, id_ in policy.documents]


def _keys(value: Any, path: str) -> KeyPath | None:
    """The keys that a path names within a value. A key can hold slashes of its own."""
    if not path:
        return ()
    for key in value if isinstance(value, dict) else ():
        if path == key:
            return (key,)
        if path.startswith(f"{key}/"):
            rest = _keys(value[key], path[len(key) + 1 :])
            if rest is not None:
                return (key, *rest)
    return None

"""Something in the policy was proposed, and nobody has confirmed that it is true.

`init` and `import` write what they can read or guess, and list what they cannot know in
`review: {to-confirm: {PATH: QUESTION}}`. A path is that of the keys, joined by slashes, such as
`bindings/sources/chats` or `retention/history/keep`.

Why it matters: a proposal looks like a promise. On the site nobody can tell the two apart.

How to fix it: answer the question. If what stands there is true, remove its line from
`to-confirm`; if not, correct it first. When the list is empty, remove the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import Finding, Location, Severity
from ..policy.model import Policy
from ..project import Project
from ..source import KeyPath
from ..values import nearest

SLUG = "unconfirmed-proposal"
SEVERITY: Severity = "warning"
START = "not confirmed yet: "
HINT = "if it is true, remove its line from 'to-confirm'; if not, correct it first"


def check(project: Project) -> Iterator[Finding]:
    """Each proposal that is listed, at the place that it is about."""
    policy = project.policy
    for path, question in policy.review.to_confirm.items() if policy.review else ():
        listed = policy.at("review", "", "to-confirm", path, key=True)
        place = _place(policy, path)
        if place is None:
            message = f"'{path}' is to be confirmed, and nothing is written there"
            known = [f"{kind}/{id_}" if id_ else kind for kind, id_ in policy.documents]
            near = nearest(path, known)
            hint = f"did you mean '{near}'?" if near else HINT
            yield Finding(SLUG, message, listed, SEVERITY, hint)
            continue
        related = (listed._replace(message="listed here"),)
        yield Finding(SLUG, f"{START}{question}", place, SEVERITY, HINT, related)


def _place(policy: Policy, path: str) -> Location | None:
    """Where the key stands that a path leads to; None if nothing is written there."""
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
            return policy.at(kind, id_, *keys, key=True)
    return None


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

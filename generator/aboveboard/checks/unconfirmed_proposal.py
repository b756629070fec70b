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

from ..findings import Finding, Severity
from ..project import Project
from ..values import nearest
from . import paths

SLUG = "unconfirmed-proposal"
SEVERITY: Severity = "warning"
START = "not confirmed yet: "
HINT = "if it is true, remove its line from 'to-confirm'; if not, correct it first"


def check(project: Project) -> Iterator[Finding]:
    """Each proposal that is listed, at the place that it is about."""
    policy = project.policy
    for path, question in policy.review.to_confirm.items() if policy.review else ():
        listed = policy.at("review", "", "to-confirm", path, key=True)
        found = paths.written(policy, path)
        if found is None:
            message = f"'{path}' is to be confirmed, and nothing is written there"
            near = nearest(path, paths.known(policy))
            hint = f"did you mean '{near}'?" if near else HINT
            yield Finding(SLUG, message, listed, SEVERITY, hint)
            continue
        related = (listed._replace(message="listed here"),)
        place = found.place(policy)
        yield Finding(SLUG, f"{START}{question}", place, SEVERITY, HINT, related)

"""What of a difference there is to sign, and who has to."""

from __future__ import annotations

from typing import NamedTuple

from .outside import UNSIGNED
from .signing.statements import published
from .signing.status import wanted
from .since import Since


class Sign(NamedTuple):
    """What to sign for a change: a name that `review sign` takes, how many statements it stands
    for that are not as they were, and the roles that have to."""

    name: str
    statements: int
    roles: tuple[str, ...]


class Signs(NamedTuple):
    """How many statements are not as they were, and what to sign for each change, by its key."""

    statements: int
    by_key: dict[str, Sign]


def signs(since: Since) -> Signs:
    """What there is to sign: a change of which no statement tells under its name has nothing."""
    known = {each.print.fingerprint for each in published(since.base).values()}
    fresh = [
        each
        for each in published(since.project).values()
        if not each.correction and each.print.fingerprint not in known
    ]
    found: dict[str, Sign] = {}
    for change in since.changes:
        name = "/".join(change.key.split("/")[:2])
        mine = [each for each in fresh if each.is_named(name)]
        if mine and not change.key.startswith(UNSIGNED):
            roles = dict.fromkeys(role for each in mine for role in wanted(since.project, each))
            found[change.key] = Sign(name, len(mine), tuple(roles))
    return Signs(len(fresh), found)

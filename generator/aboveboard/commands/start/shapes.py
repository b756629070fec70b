"""What a proposal is made of, and how its ids and words are made from names."""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Category(NamedTuple):
    """One kind of data: the fields that hold it. `guessed`: nothing lists them."""

    id: str
    label: str
    fields: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # dataset, field
    datasets: tuple[str, ...]
    guessed: bool


class Switch(NamedTuple):
    """A field that a filter asks, as a choice: where it comes from, and the value that refuses.

    unread: where the filter stands, if all that is known of it is this field's name.
    """

    id: str
    field: str
    places: tuple[str, ...]
    refused: Any
    is_refusal: bool
    unread: str = ""


class Protection(NamedTuple):
    """A step that takes something about people out of some fields. `op` digest: without a key."""

    id: str
    op: str
    step: str
    data: tuple[str, ...]
    fields: tuple[str, ...]
    entities: tuple[str, ...]
    stage: str


class Use(NamedTuple):
    """What a place at the end of the way suggests that data is used for.

    never: data that is on the way there, and of which nothing arrives. unread: where filters stand
    of which nothing is known.
    """

    id: str
    label: str
    sink: str
    role: str
    purpose: str
    data: tuple[str, ...]
    switches: tuple[str, ...]
    steps: tuple[str, ...]
    unread: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Kept(NamedTuple):
    """A place where data lies; `keep` None: nothing says how long."""

    id: str
    label: str
    datasets: tuple[str, ...]
    data: tuple[str, ...]
    keep: str | None


class Recipient(NamedTuple):
    """Whoever runs what lies elsewhere."""

    id: str
    label: str
    nodes: tuple[str, ...]


class Proposal(NamedTuple):
    """All of it. `cut` says what was left out because there is too much."""

    data: tuple[Category, ...]
    uses: tuple[Use, ...]
    switches: tuple[Switch, ...]
    steps: tuple[Protection, ...]
    copies: tuple[Kept, ...]
    recipients: tuple[Recipient, ...]
    person: dict[str, str]
    settings: tuple[str, ...]
    cut: str


class Ids:
    """Ids that are made of names: lower-case words, each once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def new(self, label: str) -> str:
        base = "-".join(re.findall(r"[a-z0-9]+", label.lower())) or "unnamed"
        found, count = base, 1
        while found in self.taken:
            count += 1
            found = f"{base}-{count}"
        self.taken.add(found)
        return found


def label(name: str, *, longer: bool = False) -> str:
    """A dataset's name in words: the end of a path, from the last part that holds a word; `longer`
    has the part before it as well."""
    parts = [p for p in re.split(r"[/\\]", name.rsplit("://", 1)[-1]) if p and "*" not in p]
    start = max((n for n, p in enumerate(parts) if re.search(r"[A-Za-z]{2}", p)), default=0)
    said = " ".join(parts[max(0, start - (longer or start < len(parts) - 1)) :]) or name
    if len(parts) > 1 or "*" in name:
        said = re.sub(r"(\.[a-z]{2,8}){1,2}\Z", "", said)
    return " ".join(re.findall(r"[A-Za-z0-9]+", said)).lower()[:60] or "unnamed"

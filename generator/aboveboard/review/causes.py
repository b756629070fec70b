"""Which changes a line of an answer follows from: by where its words come from, and by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..findings import Location
from ..policy.model import Policy
from .change import Change
from .names import Ids
from .passages import Line, Row

_FEWEST = 2  # letters of a word that tells one change from another


class Causes:
    """The changes from one policy to another, and where each stands in both.

    `was` and `now` are where sentences were written that do not say so themselves.
    """

    def __init__(
        self,
        before: Policy,
        after: Policy,
        changes: Sequence[Change],
        ids: Ids,
        was: Mapping[str, Location],
        now: Mapping[str, Location],
    ) -> None:
        self._was, self._now = was, now
        self._policies = before, after
        self._changes = changes
        old = {(kind, now): was for kind, pairs in ids.items() for was, now in pairs.items()}
        self._after: dict[str, list[tuple[int, Location]]] = {}
        self._before: dict[str, list[tuple[int, Location]]] = {}
        for number, change in enumerate(changes):
            kind, _, rest = change.key.partition("/")
            id_ = rest.partition("/")[0]
            if change.after and change.place:
                _keep(self._after, number, change.place)
                _keep(self._before, number, _entity(before, kind, old.get((kind, id_), id_)))
            else:
                _keep(self._before, number, change.place)
                _keep(self._after, number, _entity(after, kind, id_))

    def of(self, line: Line) -> tuple[int, ...]:
        """The changes behind a line, in their order; none if that cannot be told."""
        placed = {
            *_placed(self._before, line.before, self._was),
            *_placed(self._after, line.after, self._now),
        }
        worded = {*self.of_words(_text(line.before), _text(line.after))}
        return tuple(sorted(placed & worded or placed or worded))

    def turn(self, line: Line) -> str:
        """That a time which is told alone is now that of another copy, since it is the longest; ""
        if it is not."""
        names = []
        for policy, row in zip(self._policies, (line.before, line.after), strict=True):
            sentence = row.sentences[0] if row and row.sentences else None
            if sentence is None or sentence.text or sentence.about[:1] != ("retention",):
                return ""
            kept = policy.retention.get(str(sentence.about[1]))
            copy = policy.copies.get(kept.copy_) if kept else None
            names.append(copy.name if copy else "")
        was, now = names
        if was == now or not all(names):
            return ""
        return f"The longest time is now that of {now}; before, it was that of {was}."

    def of_words(self, before: str, after: str) -> tuple[int, ...]:
        """The changes whose words before went from a text, or whose words after came to it."""
        old, new = before.lower(), after.lower()
        return tuple(
            number
            for number, change in enumerate(self._changes)
            if _only(change.before.lower(), old, new) or _only(change.after.lower(), new, old)
        )


def _placed(
    known: dict[str, list[tuple[int, Location]]], row: Row | None, sources: Mapping[str, Location]
) -> Iterator[int]:
    """The changes that are written where a line was."""
    for sentence in row.sentences if row else ():
        source = sentence.source or sources.get(sentence.whole)
        for number, place in known.get(source.path, ()) if source else ():
            if source and (within(place, source) or within(source, place)):
                yield number


def _keep(
    known: dict[str, list[tuple[int, Location]]], number: int, place: Location | None
) -> None:
    if place:
        known.setdefault(place.path, []).append((number, place))


def _entity(policy: Policy, kind: str, id_: str) -> Location | None:
    """All that is written of an entity; None where it is not."""
    document = policy.documents.get((kind, id_))
    if document is None:
        return None
    return Location.at(document.path, document.position((kind, id_) if id_ else (kind,)))


def _text(row: Row | None) -> str:
    return "\n".join(row.cells) if row else ""


def _only(words: str, here: str, there: str) -> bool:
    return len(words) >= _FEWEST and words in here and words not in there


def within(inner: Location, outer: Location) -> bool:
    """Whether a place lies in another one of the same file."""
    (start, end), (first, last) = _span(inner), _span(outer)
    return first <= start and end <= last


def _span(place: Location) -> tuple[tuple[int, int], tuple[int, int]]:
    start = (place.line, place.column)
    return start, (place.end_line or place.line, place.end_column or place.column)

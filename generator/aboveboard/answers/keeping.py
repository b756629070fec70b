"""Sentences about time: how long each copy is kept, and what outlives a deletion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..policy.choices import Keep, Retention
from ..values import Duration, listed
from .facts import Facts
from .model import Sentence, Table
from .terms import ACTORS
from .wording import period, series, some, upper, within


def rows_of(facts: Facts, data: Iterable[str] = ()) -> list[tuple[str, Retention]]:
    """The retention rows of some data, or all of them."""
    wanted = set(data)
    return [
        (id_, row)
        for id_, row in facts.policy.retention.items()
        if not wanted or wanted & set(row.data)
    ]


def readers(facts: Facts, row_id: str) -> str:
    """For whom a row holds, among the rows of the same data in the same copy."""
    row = facts.policy.retention[row_id]
    if row.when:
        who, when = facts.who(row), f"when {facts.name('events', row.when)}"
        return when if who == "everyone" else f"{who}, {when}"
    table = [
        (id_, other)
        for id_, other in facts.policy.retention.items()
        if other.copy_ == row.copy_ and not other.when and set(other.data) & set(row.data)
    ]
    space = facts.space(other for _, other in table)
    if space is None:
        return "the people listed"
    masks = dict(zip((id_ for id_, _ in table), space.rows(o for _, o in table), strict=True))
    return space.words(masks[row_id])


def keep_words(row: Retention, facts: Facts) -> str:
    """Like "18 months", "until you delete it", "without a limit", "not at all"."""
    if row.keep is None or (row.keep.default == "no-limit" and row.until):
        said = f"until {events(facts, row.until)}"
    else:
        said = _period(row.keep.default)
    if row.keep and row.keep.chosen:
        said += f", unless {ACTORS[row.keep.by]} {_sets(row.keep)} another time"
    return said


def at_the_latest(row: Retention, facts: Facts) -> str:
    """Like "5 years, or until you delete it, if that is earlier"."""
    words = keep_words(row, facts)
    if not _fixed(row) or not row.until:
        return words
    return f"{words}, or until {events(facts, row.until)}, if that is earlier"


def _fixed(row: Retention) -> bool:
    return row.keep is not None and row.keep.default not in ("not-kept", "no-limit")


def _sets(keep: Keep) -> str:
    return "set" if keep.by in ("you", "us") else "sets"


def _period(text: str) -> str:
    if text == "no-limit":
        return "without a limit"
    return "not at all" if text == "not-kept" else period(text)


def events(facts: Facts, ids: Iterable[str]) -> str:
    """Like "you delete it or you close your account"."""
    return listed((facts.name("events", id_) for id_ in ids), "or")


def kept_sentence(facts: Facts, row_id: str) -> Sentence:
    """Like "In the training sets, for 5 years at most: your chats."."""
    row = facts.policy.retention[row_id]
    place, what = facts.name("copies", row.copy_), some(facts.data(row.data))
    who = readers(facts, row_id)
    start = f"in {place}" if who == "everyone" else f"in {place}, {who}"
    return facts.say(
        f"{upper(start)}, {_end(facts, row)}: {what}.",
        *("retention", row_id),
        claims=claims(facts, row_id),
        link="retention",
    )


def _end(facts: Facts, row: Retention) -> str:
    words = keep_words(row, facts)
    if row.keep is None or row.keep.chosen or not _fixed(row):
        return words
    if row.until:
        return f"for {at_the_latest(row, facts)}"
    return f"for {words} at most"


def claims(facts: Facts, row_id: str, data: Iterable[str] = ()) -> list[str]:
    """What backs the period of a row."""
    taken = list(data) or facts.policy.retention[row_id].data
    return [c for d in taken for c in facts.about("retention-kept", data=d, subject=row_id)]


def options_sentence(facts: Facts, row_id: str) -> Sentence | None:
    """The periods that somebody can choose."""
    keep = facts.policy.retention[row_id].keep
    if keep is None or not keep.chosen:
        return None
    who = upper(ACTORS[keep.by])
    periods = [_period(p) for p in keep.options]
    text = f"{who} can choose {listed(periods, 'or')}."
    if keep.up_to:
        text = f"{who} can choose any time up to {period(keep.up_to)}."
    return facts.say(text, "retention", row_id, "keep")


def survives(row: Retention) -> bool:
    """Whether a row outlives a deletion by the reader: derived, never written."""
    return "you-delete" not in row.until


def stays(row: Retention) -> bool:
    """Whether a copy exists for any time at all."""
    return row.keep is None or row.keep.longest != ["not-kept"]


def copy_of(facts: Facts, row_id: str) -> str:
    return facts.policy.retention[row_id].copy_


def deletion_words(facts: Facts, row: Retention) -> str:
    """What becomes of a copy when the reader deletes."""
    if not survives(row):
        return f"Gone {within(row.then)}" if row.then else "Gone"
    if row.keep is not None and row.keep.default == "not-kept":
        return "Nothing is there"
    if row.until:
        latest = ", or to the end of that time" if _fixed(row) else ""
        return f"Stays until {events(facts, row.until)}{latest}"
    if row.keep is not None and row.keep.default == "no-limit":
        return "Stays"
    return "Stays to the end of that time"


def length(row: Retention) -> tuple[int, int]:
    """For comparing: without a limit, then until an event, then by the longest period."""
    if row.keep is None:
        return (1, 0)
    if "no-limit" in row.keep.longest:
        return (2, 0)
    return (0, max((_seconds(p) for p in row.keep.longest), default=0))


def _seconds(text: str) -> int:
    return 0 if text == "not-kept" else Duration.parse(text).longest


def table(facts: Facts, rows: Iterable[tuple[str, Retention]], caption: str) -> Table:
    """Where, for how long, and what a deletion does; a place that stands twice names its data."""
    listed_rows = list(rows)
    places = Counter(_where(facts, id_) for id_, _ in listed_rows)
    return Table(
        caption,
        ("Where", "Kept for", "If you delete it"),
        tuple(
            (
                facts.say(_named(facts, id_, places), "retention", id_, "copy"),
                facts.say(
                    upper(keep_words(row, facts)),
                    *("retention", id_, "keep" if row.keep else "until"),
                    claims=claims(facts, id_),
                ),
                facts.say(deletion_words(facts, row), "retention", id_, beside=id_),
            )
            for id_, row in listed_rows
        ),
    )


def _named(facts: Facts, row_id: str, places: Counter[str]) -> str:
    where = _where(facts, row_id)
    if places[where] == 1:
        return where
    return f"{where}: {some(facts.data(facts.policy.retention[row_id].data))}"


def _where(facts: Facts, row_id: str) -> str:
    copy = upper(facts.name("copies", facts.policy.retention[row_id].copy_))
    who = readers(facts, row_id)
    return copy if who == "everyone" else f"{copy}, {who}"


def choice_sentence(facts: Facts, row_id: str) -> Sentence:
    """Like "With use of your chats for training refused: 30 days, in our servers."."""
    row = facts.policy.retention[row_id]
    who, place = upper(readers(facts, row_id)), facts.name("copies", row.copy_)
    text = f"{who}, in {place}: {at_the_latest(row, facts)}."
    return facts.say(text, "retention", row_id, claims=claims(facts, row_id), link="retention")


def of_control(facts: Facts, control: str) -> list[str]:
    """The rows that depend on the position of a control, those for everyone else included."""
    rows = facts.policy.retention
    named = [row for row in rows.values() if any(control in scope.choice for scope in row.scope)]
    tables = {(row.copy_, data) for row in named for data in row.data}
    return [
        id_
        for id_, row in rows.items()
        if row in named or (not row.when and tables & {(row.copy_, d) for d in row.data})
    ]


def with_choice(facts: Facts, row_id: str) -> Sentence:
    """Like "With use of your chats for training refused, we keep your chats for 30 days."."""
    row = facts.policy.retention[row_id]
    what, place = some(facts.data(row.data)), facts.name("copies", row.copy_)
    words = f"we keep {what} in {place} {_for(row, facts)}"
    if row.keep and row.keep.longest == ["not-kept"]:
        words = f"we do not keep {what} in {place}"
    text = f"{upper(readers(facts, row_id))}, {words}."
    return facts.say(text, "retention", row_id, claims=claims(facts, row_id), link="retention")


def _for(row: Retention, facts: Facts) -> str:
    words = at_the_latest(row, facts)
    return f"for {words}" if _fixed(row) else words


def unchanged(
    facts: Facts, same: Mapping[str, Sequence[str]], partly: Collection[str]
) -> list[Sentence]:
    """Like "It does not change how long we keep your chats in your history."; of several copies one
    sentence for all.

    `same` has the data of each row, `partly` the copies in which other data changes."""
    copies = {copy_of(facts, id_): id_ for id_ in reversed(list(same))}
    whole = {copy: copies[copy] for copy in reversed(copies) if copy not in partly}
    said = []
    if len(whole) > 1:
        places = series(facts.name("copies", copy) for copy in whole)
        text = f"It does not change how long we keep data in these places: {places}."
        first = next(iter(whole.values()))
        said.append(facts.say(text, "retention", first, link="retention"))
    for id_, data in same.items():
        if len(whole) > 1 and copy_of(facts, id_) in whole:
            continue
        place = facts.name("copies", copy_of(facts, id_))
        text = f"It does not change how long we keep {some(facts.data(data))} in {place}."
        said.append(facts.say(text, "retention", id_, link="retention"))
    return said

"""Axes: labels and groups that changed, values that left, and what a new value inherits."""

from __future__ import annotations

from collections.abc import Iterator

from ..policy.axes import mentioned
from ..policy.cells import Space, TooManyCells
from ..policy.entities import AxisValue, Header
from ..policy.scope import Scope
from ..policy.tables import Table, tables
from ..values import listed
from .change import Change, Effect
from .names import Ids
from .sides import Sides

Values = dict[str, AxisValue]


def changes(sides: Sides, ids: Ids) -> Iterator[Change]:
    """What differs in the lists that scopes choose from; answers of cells are told elsewhere."""
    before, after = sides.before.header, sides.after.header
    if not before or not after:
        return
    for axis in dict.fromkeys((*after.axes, *before.axes)):
        old, new = before.axes.get(axis), after.axes.get(axis)
        if old is None or new is None:
            yield _whole(sides, axis, old, new)
        elif old != new:
            yield from _values(sides, after, axis, old, new)
    for kind, pairs in ids.items():
        if kind.startswith("axis"):
            axis = kind.partition(":")[2]
            for was, now in pairs.items():
                path = (axis, now) if axis else (now,)
                sentence = f"The id '{was}' of {axis or 'an axis'} is now '{now}'."
                yield _change(sides, path, "neutral", sentence, was, now)


def _whole(sides: Sides, axis: str, old: Values | None, new: Values | None) -> Change:
    """An axis that is told apart now, or no longer: by itself it changes no answer."""
    words = listed(value.name for value in (new or old or {}).values())
    told = "now" if new else "no longer"
    sentence = f"We {told} tell apart {axis}: {words}."
    return _change(sides, (axis,), "neutral", sentence, *(("", words) if new else (words, "")))


def _values(sides: Sides, header: Header, axis: str, old: Values, new: Values) -> Iterator[Change]:
    for id_ in dict.fromkeys((*new, *old)):
        was, now = old.get(id_), new.get(id_)
        if was and now:
            yield from _same_value(sides, axis, id_, was, now)
        elif now and not now.of:
            yield _new(sides, header, axis, id_, now)
        else:
            label = (now or was or AxisValue.model_construct(name=id_)).name
            told = "is new" if now else "is gone"
            effect: Effect = "neutral" if (now or was or AxisValue).of else "unclear"
            sentence = f"“{label}” of {axis} {told}."
            before, after = ("", label) if now else (label, "")
            yield _change(sides, (axis, id_), effect, sentence, before, after)


def _same_value(
    sides: Sides, axis: str, id_: str, was: AxisValue, now: AxisValue
) -> Iterator[Change]:
    if was.name != now.name:
        sentence = f"{axis}: “{was.name}” is now called “{now.name}”."
        yield _change(sides, (axis, id_, "name"), "unclear", sentence, was.name, now.name)
    if sorted(was.of) != sorted(now.of):
        sentence = f"“{now.name}” of {axis} now stands for {listed(now.of) or 'itself'}."
        yield _change(sides, (axis, id_, "of"), "neutral", sentence, listed(was.of), listed(now.of))


def _change(
    sides: Sides, path: tuple[str, ...], effect: Effect, sentence: str, before: str, after: str
) -> Change:
    place = sides.at("policy", "", "axes", *path, earlier=not after)
    key = f"policy/axes.{'.'.join(path)}"
    return Change(sentence, effect, "everyone", before, after, place, key)


# -- what a new value inherits ---------------------------------------------------------------


def _new(sides: Sides, header: Header, axis: str, id_: str, value: AxisValue) -> Change:
    """A value that nobody had before: whose answers its people get, without a word about them."""
    got = inherited(sides, header, axis, id_)
    sentence = f"New value “{value.name}” of {axis}{': ' + got if got else ', named in each row'}."
    change = _change(sides, (axis, id_), "unclear", sentence, "", got or value.name)
    return change._replace(who=value.name)


def inherited(sides: Sides, header: Header, axis: str, id_: str) -> str:
    """Like "gets the answers of Free"; "" if every table that tells the axis apart names it."""
    labels = {v: value.name for v, value in header.axes[axis].items() if v != id_ and not value.of}
    alike, told, silent = set(labels), 0, dict[str, set[str]]()
    for table in tables(sides.after, header):
        same = _same_rows(header, table, axis, id_)
        if same is None:
            continue
        told += 1
        alike &= same
        if not _names(header, table, axis, id_):
            silent[_table_words(sides, table)] = same
    if not told:
        return "gets the same answers as everyone"
    if not silent:
        return ""
    if alike:
        return f"gets the answers of {listed(labels[v] for v in labels if v in alike)}"
    return "gets, " + "; ".join(f"for {of}, {_answer(labels, same)}" for of, same in silent.items())


def _answer(labels: dict[str, str], same: set[str]) -> str:
    if not same:
        return "an answer of its own"
    return f"the answer of {listed(label for v, label in labels.items() if v in same)}"


def _table_words(sides: Sides, table: Table) -> str:
    kind, id_, path = table.place
    if kind == "retention":
        return f"the {table.row}"
    if kind == "policy":
        return "who is responsible"
    route = f" ({path[1]})" if path[0] == "also" else ""
    return sides.name(kind, id_) + route


def _same_rows(header: Header, table: Table, axis: str, id_: str) -> set[str] | None:
    """The values whose people find the same rows; None if no row tells the axis apart."""
    scopes = [scope for _, row in table.rows for scope in row.scope]
    if not any(axis in mentioned(scope) for scope in scopes):
        return None
    try:
        space = Space.for_table(header, scopes)
    except TooManyCells:
        return set()
    masks = [space.possible, *space.rows(row for _, row in table.rows)]
    mine, *rows = (space.at_value(mask, axis, id_) for mask in masks)
    found = set()
    for value in space.axes[axis]:
        theirs, *others = (space.at_value(mask, axis, value) for mask in masks)
        both = mine & theirs  # people who can be of either value
        if value != id_ and all(not (a ^ b) & both for a, b in zip(rows, others, strict=True)):
            found.add(value)
    return found


def _names(header: Header, table: Table, axis: str, id_: str) -> bool:
    return any(_scope_names(header, s, axis, id_) for _, row in table.rows for s in row.scope)


def _scope_names(header: Header, scope: Scope, axis: str, id_: str) -> bool:
    named = scope.axes.get(axis, [])
    members = (m for n in named if n in header.axes[axis] for m in (n, *header.axes[axis][n].of))
    return id_ in members or any(_scope_names(header, s, axis, id_) for s in scope.not_)

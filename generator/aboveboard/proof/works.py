"""What a step does with each field, as far as its configuration tells."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from ..pipeline.graph import Step

ANY = "?"  # the field that stands for all that nobody lists
CAN_FAIL = frozenset({"redact", "mask", "hash", "encrypt", "noise", "generalise"})


def switched_off(step: Step) -> bool:
    return step.runs is not None and step.runs.value is False


def may_be_off(step: Step) -> bool:
    """Whether it cannot be read if the step runs."""
    return step.runs is not None and not step.runs.known


def errors_pass(step: Step) -> bool | None:
    """Whether a row that the step fails on goes on in its output; None: cannot be told."""
    if step.on_error is None:
        return None if step.op in CAN_FAIL else False
    if not step.on_error.does.known:
        return None
    return bool(step.on_error.does.value == "pass")


def passes(step: Step, name: str, incoming: frozenset[str]) -> dict[str, bool]:
    """The output fields that an input field reaches, and whether it surely does. A step that is
    off, or acts on some rows only, lets every field pass as it is. Not for opaque steps."""
    if switched_off(step):
        return {name: True}
    if not step.writes and step.runs is None and step.partial is None and name != ANY:
        return {name: True} if _stays(step, name) else {}
    heads = set(_heads(step, name))
    if name == ANY:
        heads.update(h for read in unlisted_reads(step, incoming) for h in _heads(step, read))
    in_doubt = may_be_off(step)
    through = {head: not in_doubt and head not in step.unread for head in sorted(heads)}
    if in_doubt or step.partial is not None:
        through[name] = name in heads or step.partial is not None
    return through


def worked_fields(step: Step, incoming: frozenset[str], named: frozenset[str]) -> frozenset[str]:
    """The fields of the rows that a step has worked on; an opaque one may make any that some step
    names, and others that nobody names."""
    if step.opaque:
        return incoming | named | {ANY}
    if not step.writes and ANY not in incoming:
        return frozenset([name for name in incoming if _stays(step, name)])
    made = frozenset(step.writes or ())
    unlisted = (head for name in unlisted_reads(step, incoming) for head in _heads(step, name))
    return made.union(unlisted, (head for name in incoming for head in _heads(step, name)))


def unlisted_reads(step: Step, incoming: frozenset[str]) -> Iterable[str]:
    """The fields that a step reads by name and that can only be among those that nobody lists."""
    if ANY not in incoming:
        return ()
    read = {*(step.fields if step.op == "allow-fields" else ()), *step.group_by}
    return sorted(read.union(*(step.writes or {}).values()) - incoming - {"*"})


# -- fields within fields ------------------------------------------------------------------------


def under(names: Iterable[str], tops: Container[str]) -> frozenset[str]:
    """Those of some fields that lie within others: `meta.place` in `meta`."""
    return frozenset(n for n in names if "." in n and any(top in tops for top in _tops(n)))


def among(name: str, fields: tuple[str, ...]) -> bool:
    """Whether a field, all or part of it, is one of these or lies within one."""
    if name in fields or name in _inside(fields):
        return True
    return "." in name and any(top in fields for top in _tops(name))


def _tops(name: str) -> Iterator[str]:
    """`a` and `a.b` of `a.b.c`."""
    return (name[:at] for at, letter in enumerate(name) if letter == ".")


@lru_cache(maxsize=4096)
def _inside(fields: tuple[str, ...]) -> frozenset[str]:
    """Every field of which these hold a part."""
    return frozenset(top for name in fields if "." in name for top in _tops(name))


# -- one field -----------------------------------------------------------------------------------


def dropped(step: Step, name: str) -> bool:
    """Whether a field, or one that it lies within, is among those that a step acts on."""
    return name in step.fields or ("." in name and any(t in step.fields for t in _tops(name)))


def _heads(step: Step, name: str) -> Iterator[str]:
    writes = step.writes or {}
    made = [out for out, of in writes.items() if among(name, of)]
    yield from made
    if not _stays(step, name):
        return
    over = name in writes and step.op not in ("drop-field", "allow-fields")
    moved = step.op == "rename" and any(name in of for of in writes.values())
    if not over and not moved:
        yield name


def _stays(step: Step, name: str) -> bool:
    """Whether a field goes on under its name, as far as nothing is written over it."""
    if step.op == "drop-field":
        return not (step.all_fields or dropped(step, name))
    if step.op == "allow-fields":
        return step.all_fields or among(name, step.fields)
    return step.op != "aggregate" or among(name, step.group_by)

"""What a step does with each field, as far as its configuration tells."""

from __future__ import annotations

from collections.abc import Iterator

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


def passes(step: Step, name: str) -> dict[str, bool]:
    """The output fields that an input field reaches, and whether it surely does. A step that is
    off, or acts on some rows only, lets every field pass as it is. Not for opaque steps."""
    if switched_off(step):
        return {name: True}
    heads = set(_heads(step, name))
    in_doubt = may_be_off(step)
    through = dict.fromkeys(sorted(heads), not in_doubt)
    if in_doubt or step.partial is not None:
        through[name] = name in heads or step.partial is not None
    return through


def worked_fields(step: Step, incoming: frozenset[str], named: frozenset[str]) -> frozenset[str]:
    """The fields of the rows that a step has worked on; an opaque one may make any that some step
    names, and others that nobody names."""
    if step.opaque:
        return incoming | named | {ANY}
    made = frozenset(step.writes or ())
    return made.union(head for name in incoming for head in _heads(step, name))


def _heads(step: Step, name: str) -> Iterator[str]:
    writes = step.writes or {}
    made = [out for out, of in writes.items() if name in of]
    yield from made
    if step.op == "drop-field":
        stays = not (step.all_fields or name in step.fields)
    elif step.op == "allow-fields":
        stays = step.all_fields or name in step.fields
    elif step.op == "aggregate":
        stays = name in step.group_by and name not in writes
    elif step.op == "rename":
        stays = name not in writes and not made
    else:
        stays = name not in writes
    if stays:
        yield name

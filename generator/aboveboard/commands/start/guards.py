"""The steps of a graph that protect people, as a proposal, and the data that each works on."""

from __future__ import annotations

from ...pipeline.graph import Step
from .reading import Reading
from .shapes import Category, Ids, Protection, label

TECHNIQUES = {
    "redact": "redaction",
    "mask": "masking",
    "hash": "keyed-hash",
    "encrypt": "encryption",
    "noise": "noise-addition",
    "generalise": "generalisation",
    "digest": "masking",
}
SAID = {"digest": "hash"}  # what an id begins with, if not with the technique
STAGES = {"training-set": "before-training", "external": "before-sharing"}


def protections(reading: Reading, data: list[Category]) -> list[Protection]:
    """The steps that take something out of fields which a source has."""
    ids, found = Ids(), []
    for step in reading.pipeline.steps.values():
        op = "digest" if step.digest else step.op
        if op not in TECHNIQUES or step.partial is not None:
            continue
        fields = tuple(sorted(_worked_on(reading, step, data)))
        if not fields:
            continue
        entities = tuple(sorted(step.entities)) if op == "redact" else ()
        ends = [d.role for d in reading.ends() if d.id in reading.after(step.id)]
        stage = next((STAGES[role] for role in ends if role in STAGES), "before-storage")
        id_ = ids.new(f"{SAID.get(op, TECHNIQUES[op])} {label(step.id)}")
        found.append(Protection(id_, op, step.id, (), fields, entities, stage))
    return found


def _worked_on(reading: Reading, step: Step, data: list[Category]) -> set[str]:
    """The fields of sources that a step works on, by whatever names they come to it."""
    named = (*step.fields, *(step.writes or () if step.digest else ()))
    origins = reading.origins(step, named)
    rule = step.chooses or (lambda name: step.all_fields)
    return {
        name
        for kind in data
        if step.id in reading.after(*kind.datasets)
        for dataset, name in kind.places
        if ((dataset, name) in origins or rule(name)) and step.id in reading.arrives(dataset, name)
    }


def parted(
    reading: Reading, data: list[Category], steps: list[Protection]
) -> tuple[list[Category], list[Protection]]:
    """Data of which some fields are protected or dropped, and others not, is two kinds."""
    ids, parts, acts = Ids(), list[Category](), dict[str, list[str]]()
    for whole in data:
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        after = reading.after(*whole.datasets)
        for name in whole.fields:
            on = tuple(s.id for s in steps if name in s.fields and s.step in after)
            ends = {e for d, n in whole.places if n == name for e in reading.stopped(d, name)}
            groups.setdefault((on, tuple(sorted(ends))), []).append(name)
        for (on, ends_), names in sorted(groups.items()):
            plain = len(groups) == 1 or not (on or ends_)
            words = whole.label if plain else f"{whole.label} {label(names[0])}"
            places = tuple(p for p in whole.places if p[1] in names)
            part = whole._replace(
                id=ids.new(words), label=words, fields=tuple(names), places=places
            )
            parts.append(part)
            for id_ in on:
                acts.setdefault(id_, []).append(part.id)
    return parts, [s._replace(data=tuple(acts[s.id])) for s in steps if s.id in acts]

"""What the replacements of a mixer take out of the text.

All spans are looked up in the text as it was, and replaced in one pass: of two spans that begin at
one place the replacement that is written first decides, and a span that begins within another is
left to that one. A `{}` in a replacement puts the text back.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from ...graph import UNKNOWN, Fact, OnError, Setting, Step
from .catalogue import ENTITIES, PII_TAGGERS, SCORE
from .config import Group
from .tagger import Run

_SPAN: Final = re.compile(r"\$?\.attributes\.(?P<key>\w+)\Z")


class Replacement(NamedTuple):
    """One entry of `span_replacement`. key: the attribute, None if it cannot be read.

    low, high: the scores that it takes, from `low` to below `high`; UNKNOWN if not to be read.
    """

    group: Group
    key: str | None
    low: Any
    high: Any
    put: Setting

    @property
    def keeps(self) -> bool:
        """Whether it puts back what it found."""
        return isinstance(self.put.value, str) and "{}" in self.put.value

    @property
    def may_keep(self) -> bool:
        """Whether it keeps what it found, as far as can be read."""
        return (self.keeps or not self.put.known) and self.takes is not False

    @property
    def takes(self) -> bool | None:
        """Whether it takes spans of the score that those of known taggers have."""
        if UNKNOWN in (self.low, self.high):
            return None
        return bool(self.low <= SCORE < self.high)


def replacements(stream: Group) -> list[Replacement]:
    """The entries of a stream, in order."""
    return [
        _replacement(item) for item in stream.items("span_replacement", "SpanReplacementConfig")
    ]


def _replacement(item: Group) -> Replacement:
    span = item.of_type("span", str, "text").value if "span" in item.given else UNKNOWN
    found = _SPAN.match(span) if isinstance(span, str) else None
    put = item.of_type("replacement", str, "text")
    low, high = (item.of_type(key, (int, float), "a number") for key in ("min_score", "max_score"))
    table = item.config.table
    if table.version and low.value is None and high.value is None:
        message = "either min_score or max_score must be given"
        item.config.say.fault(item.path, message, "add 'min_score: 0.5'")
    if "max_score" not in table.defaults[item.kind]:
        high = high._replace(value=None)
    return Replacement(item, found["key"] if found else None, _bound(low, -1), _bound(high, 1), put)


def _bound(found: Setting, sign: int) -> Any:
    return sign * float("inf") if found.value is None else found.value


def redactions(
    base: str, listed: list[Replacement], runs: dict[str, list[Run | None]]
) -> list[Step]:
    """A step for each replacement, on the text. runs: experiment, as in keys -> what makes its
    attributes for each pattern of documents."""
    steps: list[Step] = []
    seen: dict[str, int] = {}
    for n, one in enumerate(listed):
        name = re.split(r"__|\.", one.key)[-1] if one.key else f"span-{n + 1}"
        count = seen[name] = seen.get(name, 0) + 1
        id_ = f"{base}/{name}" if count == 1 else f"{base}/{name}-{count}"
        step = Step(id_, "map", one.group.config.fact(one.group.path, _said(one)), ())
        step.name = name
        if one.keeps or _known(one.key)[1]:
            step.op, step.fields, step.keeps_text = "redact", ("text",), one.keeps
            _cover(step, one, listed[:n], [other for other in listed if other is not one])
        else:  # an overlay may say what such spans hold
            step.writes = {"text": ("text",)}
        _who_found(step, one, runs)
        steps.append(step)
    return steps


def _said(one: Replacement) -> str:
    what = one.key or "a span that cannot be read"
    put = one.put.value if one.put.known else "what cannot be read"
    return f"spans of {what} become {put!r}"


def _cover(
    step: Step, one: Replacement, before: list[Replacement], others: list[Replacement]
) -> None:
    """The entity that the attribute stands for, as far as its spans are really replaced."""
    config = one.group.config
    tagger, entity = _known(one.key)
    if entity is None or not one.put.known:
        step.entities_known = False
        return
    if one.takes is False:
        text = f"scores from {one.low} to below {one.high} are replaced, and these have {SCORE}"
        step.spared[entity] = config.fact(one.group.path, text)
        return
    first = next((b for b in before if b.key == one.key and b.takes is not False), None)
    if first is not None and first.keeps and first.takes:
        text = "an earlier replacement of the same spans decides, and keeps the text"
        step.spared[entity] = config.fact(first.group.path, text)
        step.keeps_text = True
        return
    fact = config.default(one.group.path, f"{tagger} finds {entity}")
    wide = next((o for o in others if o.key != one.key and o.may_keep), None)
    if wide is not None:
        text = "another replacement keeps the text of its spans, which may lie around these"
        fact = config.fact(wide.group.path, text, "unknown")
    elif one.takes is None or (first is not None and first.may_keep):
        fact = fact._replace(grade="unknown")
    step.entities[entity] = fact


def _known(key: str | None) -> tuple[str, str | None]:
    """The tagger and the entity that an attribute's name stands for: `EXPERIMENT__TAGGER__TYPE`."""
    parts = (key or "").split("__")
    if len(parts) == 3 and parts[1] in PII_TAGGERS:
        return parts[1], ENTITIES.get(parts[2])
    return "", None


def _who_found(step: Step, one: Replacement, runs: dict[str, list[Run | None]]) -> None:
    """A document whose attributes are missing is written as it is: is that ruled out?"""
    config = one.group.config
    experiment = (one.key or "").split("__")[0]
    if _known(one.key)[1] and experiment not in runs:
        hint = f"add {experiment} to attributes" if experiment else ""
        message = f"no attributes called '{experiment}' are listed, so that none is replaced"
        config.warn((*one.group.path, "span"), message, hint)
        step.entities, step.entities_known = {}, False
    tagger, made = _known(one.key)[0], runs.get(experiment, [])
    at = one.group.path
    if made and all(run is not None and run.makes(experiment, tagger) for run in made):
        text = "its attributes are made for every document, and an error stops the run"
        fact = config.fact(at, text)
        step.on_error = OnError(Setting("fail", fact))
        return
    text = "a document without attributes passes as it is, and no tagger listed makes them"
    step.on_error = OnError(Setting(UNKNOWN, Fact(text, "unknown", config.fact(at, text).location)))

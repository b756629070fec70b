"""Buckets of Google Cloud Storage: lifecycle rules, old versions, soft delete and retention.

By the docs of Cloud Storage ("Object Lifecycle Management", "Soft delete", "Bucket Lock") and of
terraform-provider-google 7: all conditions of a rule must hold; a live object that is deleted in
a bucket with versions becomes an old version; what is deleted for good stays for the time of soft
delete, which is 7 days where nobody sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...graph import UNKNOWN, Setting
from ...part import Context
from . import model
from .node import Node
from .plan import Plan, Resource, known
from .s3 import covers

KIND = "google_storage_bucket"
SOFT_DELETE = 7 * model.DAY
# A rule with one of these deletes some objects only, or at a time that is not counted from the
# object's creation.
_NARROWS = (
    "created_before",
    "custom_time_before",
    "days_since_custom_time",
    "matches_storage_class",
    "matches_suffix",
    "noncurrent_time_before",
    "num_newer_versions",
)


class Rule(NamedTuple):
    """A rule that deletes: `prefixes` empty: every object; `state` LIVE, ARCHIVED or ANY; `age`
    and `since` (since it became an old version) in days; UNKNOWN: cannot be read."""

    prefixes: Any
    state: Any
    age: Any
    since: Any
    narrow: bool
    node: Node

    def acts_on(self, rest: str) -> bool:
        """Whether it deletes all that lies at a path, old enough and in its state."""
        return not self.narrow and (
            not self.prefixes or any(covers(prefix, rest) for prefix in self.prefixes)
        )

    @property
    def unread(self) -> bool:
        return UNKNOWN in (self.prefixes, self.state, self.age, self.since)


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    for resource in plan.of(KIND):
        found = model.named(resource, "name")
        bucket = _Bucket(plan, resource)
        yield model.stored(
            resource,
            f"gs://{found[0]}" if found else None,
            "bucket",
            bucket.keeps,
            model.region(plan, resource, "location"),
            sep="/",
        )


class _Bucket:
    def __init__(self, plan: Plan, resource: Resource) -> None:
        self.plan, self.resource = plan, resource
        self.rules = [r for b in self._blocks("lifecycle_rule") if (r := _rule(b)) is not None]

    def _blocks(self, key: str) -> Iterator[Node]:
        if not self.plan.computed(self.resource, key):
            yield from self.resource.values.blocks(key)

    def keeps(self, rest: str) -> Setting:
        """Until it is deleted, then as an old version, then as long as soft delete lasts."""
        unread = next((r for r in self.rules if r.unread), None)
        rules = [r for r in self.rules if not r.unread and r.acts_on(rest)]
        live = _first(rules, ("LIVE", "ANY"), "age")
        versions = self._versions()
        if live is None and unread:
            return model.unreadable(unread.node, "a lifecycle rule")
        if live is None:
            text = "no lifecycle rule deletes all that lies here"
            return Setting(None, self.resource.fact(text, "default"))
        days, text = live.age, f"what lies here is deleted after {live.age} days"
        if versions.value is UNKNOWN:
            return versions
        if versions.value:
            gone = self._old(rules, live)
            if gone is None:
                return (
                    model.unreadable(unread.node, "a lifecycle rule")
                    if unread
                    else versions._replace(value=None)
                )
            days, text = gone, f"{text}, its old versions by day {gone}"
        return self._held(days * model.DAY, live.node.fact(text))

    def _old(self, rules: list[Rule], live: Rule) -> Any:
        """The day on which the last old version goes, if nobody changes the object before."""
        days: list[int] = []
        if since := _first(rules, ("ARCHIVED", "ANY"), "since", alone="since"):
            days.append(live.age + since.since)
        if aged := _first(rules, ("ARCHIVED", "ANY"), "age"):
            days.append(max(live.age, aged.age))
        return min(days, default=None)

    def _versions(self) -> Setting:
        """Whether the bucket keeps old versions."""
        for block in self._blocks("versioning"):
            on = block.flag("enabled")
            if on is UNKNOWN:
                return model.unreadable(block["enabled"], "whether old versions are kept")
            if on:
                text = "old versions are kept, and no lifecycle rule deletes them all"
                return Setting(True, block["enabled"].fact(text))
        return Setting(False, self.resource.fact("no old versions are kept", "default"))

    def _held(self, seconds: int, fact: Any) -> Setting:
        """What soft delete and a retention policy add."""
        for block in self._blocks("retention_policy"):
            least = block.number("retention_period")
            if least is UNKNOWN or block.hidden:
                return model.unreadable(block, "how long objects are locked")
            if (least or 0) > seconds:
                seconds = least
                fact = block["retention_period"].fact(f"objects are locked: {model.words(seconds)}")
        soft, grade = SOFT_DELETE, "default"
        for block in self._blocks("soft_delete_policy"):
            said = block.number("retention_duration_seconds")
            if said is UNKNOWN or block.hidden:
                return model.unreadable(block, "how long soft delete lasts")
            if said is not None:
                soft, grade = said, fact.grade
        text = f"{fact.text}, and by soft delete {model.words(soft)} later" if soft else fact.text
        return Setting(model.duration(seconds + soft), fact._replace(text=text, grade=grade))


def _first(rules: list[Rule], states: tuple[str, ...], key: str, alone: str = "") -> Rule | None:
    """The rule that deletes first what is in one of these states, by age, or by `alone`."""
    other = "since" if key == "age" else "age"
    fit = [
        r for r in rules
        if r.state in states and known(getattr(r, key)) and not known(getattr(r, other))
    ]  # fmt: skip
    return min(fit, key=lambda r: getattr(r, key), default=None)


def _rule(block: Node) -> Rule | None:
    """A rule of the bucket; None for one that deletes nothing."""
    if block.hidden:
        return Rule(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, False, block)
    action = next(block.blocks("action"), None)
    kind = action.text("type") if action else None
    if kind != "Delete" and kind is not UNKNOWN:
        return None
    condition = next(block.blocks("condition"), None)
    if condition is None or condition.hidden or kind is UNKNOWN:
        return Rule(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, False, condition or block)
    age = condition.number("age")
    since = condition.number("days_since_noncurrent_time")
    state = condition.text("with_state")
    narrow = any(condition[key].value or condition[key].hidden for key in _NARROWS)
    return Rule(
        condition.words("matches_prefix"),
        "ANY" if state is None else state,
        _asked(condition, age, "send_age_if_zero"),
        _asked(condition, since, "send_days_since_noncurrent_time_if_zero"),
        narrow,
        condition["age"] if age else condition,
    )


def _asked(condition: Node, days: Any, sent: str) -> Any:
    """A zero counts only where the provider is told to send it."""
    return days if days or condition[sent].value is True else None

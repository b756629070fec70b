"""Stores that have one setting for how long they keep what they are given.

By the docs of each service and of terraform-provider-aws 6, terraform-provider-google 7 and
Mongey/kafka 0.13.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ...graph import UNKNOWN, Setting
from ...part import Context
from . import model
from .node import Node
from .plan import Plan, Resource, known

HOUR, DAY = 3600, model.DAY


class Plain(NamedTuple):
    """A kind of store. `unit` are the seconds of one; `default` holds where nobody sets it, None:
    without limit; `forever` are the values that mean no limit."""

    name: str
    attributes: tuple[str, ...]
    setting: str
    unit: int
    default: int | None
    forever: tuple[int, ...] = ()
    place: str = "region"


TOPIC = "kafka_topic"
PLAIN: Final[dict[str, Plain]] = {
    "aws_kinesis_stream": Plain("kinesis://{}", ("name",), "retention_period", HOUR, 24),
    "aws_cloudwatch_log_group": Plain(
        "cloudwatch-logs://{}", ("name",), "retention_in_days", DAY, None, (0,)
    ),
    "aws_sqs_queue": Plain("sqs://{}", ("name",), "message_retention_seconds", 1, 345_600),
    "google_logging_project_bucket_config": Plain(
        "projects/{}/locations/{}/buckets/{}",
        ("project", "location", "bucket_id"),
        "retention_days",
        DAY,
        30,
        place="location",
    ),
    "google_pubsub_topic": Plain(
        "projects/{}/topics/{}", ("project", "name"), "message_retention_duration", 1, 0
    ),
    "google_pubsub_subscription": Plain(
        "projects/{}/subscriptions/{}",
        ("project", "name"),
        "message_retention_duration",
        1,
        604_800,
    ),
}


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    for kind, plain in PLAIN.items():
        for resource in plan.of(kind):
            yield _stored(plan, resource, plain)
    yield from _topics(plan)


def _stored(plan: Plan, resource: Resource, plain: Plain) -> model.Stored:
    found = _named(plan, resource, plain.attributes)
    name = plain.name.format(*found) if found else None
    regions = model.region(plan, resource, plain.place)
    return model.stored(resource, name, "store", _kept(plan, resource, plain), regions)


def _named(plan: Plan, resource: Resource, attributes: tuple[str, ...]) -> list[str] | None:
    said = [
        plan.provider(resource, a) if a == "project" and not known(resource.values.text(a))
        else resource.values.text(a)
        for a in attributes
    ]  # fmt: skip
    return said if all(known(text) for text in said) else None


def _kept(plan: Plan, resource: Resource, plain: Plain) -> Setting:
    node = resource.values[plain.setting]
    if plan.computed(resource, plain.setting) or (node.value is None and not node.hidden):
        return _by_default(resource, plain)
    duration = plain.setting.endswith("_duration")
    values = resource.values
    said = model.seconds_of(values, plain.setting) if duration else values.number(plain.setting)
    if said is UNKNOWN:
        return model.unreadable(node, plain.setting)
    if said is None:
        return _by_default(resource, plain)
    if said in plain.forever or said < 0:
        return Setting(None, node.fact(f"{plain.setting} is {said}: without limit"))
    seconds = said * plain.unit
    return Setting(model.duration(seconds), node.fact(f"kept for {model.words(seconds)}"))


def _by_default(resource: Resource, plain: Plain) -> Setting:
    if plain.default is None:
        text = f"without {plain.setting} it is kept without limit"
        return Setting(None, resource.fact(text, "default"))
    seconds = plain.default * plain.unit
    text = f"without {plain.setting} it is kept for {model.words(seconds)}"
    return Setting(model.duration(seconds), resource.fact(text, "default"))


# -- Kafka ---------------------------------------------------------------------------------


def _topics(plan: Plan) -> Iterator[model.Stored]:
    for resource in plan.of(TOPIC):
        found = model.named(resource, "name")
        name = f"kafka://{found[0]}" if found else None
        yield model.stored(resource, name, "topic", _topic(resource.values["config"]))


def _topic(config: Node) -> Setting:
    """A topic that is compacted keeps the last record of each key for ever; without a retention
    of its own the broker's holds, which stands elsewhere."""
    policy, ms = config.text("cleanup.policy"), config.number("retention.ms")
    if config.hidden or UNKNOWN in (policy, ms):
        return model.unreadable(config, "how long the topic keeps records")
    if policy and "delete" not in policy:
        text = f"cleanup.policy is {policy}: without limit"
        return Setting(None, config["cleanup.policy"].fact(text))
    if ms is None:
        return Setting(UNKNOWN, config.fact("the broker's retention holds", "unknown"))
    if ms < 0:
        return Setting(None, config["retention.ms"].fact("retention.ms is -1: without limit"))
    seconds = -(-ms // 1000)
    fact = config["retention.ms"].fact(f"kept for {model.words(seconds)}")
    return Setting(model.duration(seconds), fact)

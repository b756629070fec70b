"""Where exporters send to: a store of the service's own, or somebody else, and its names.

From the documentation of each exporter in opentelemetry-collector-contrib 0.164. A bucket, a log
group, a stream and a topic have the names by which other formats know them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from ....source import KeyPath
from ...graph import UNKNOWN, Dataset, Fact, Role
from ..regions import country
from .chain import Chain, Component
from .config import Config

_HOST: Final = re.compile(
    r"(?:\w+://)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:;?#@\[\]]+)(?::\d+)?(?=[/?#]|\Z)"
)


class Goal(NamedTuple):
    """A destination: what is written of it, whether it is our own, and how others call it."""

    fact: Fact
    role: Role = "external"
    path: str | None = None
    further: tuple[str, ...] = ()
    regions: tuple[str, ...] | None = None


def add_destination(chain: Chain, name: str, goal: Goal) -> None:
    """The dataset of a destination, with all its names."""
    chain.part.datasets.append(Dataset(name, goal.fact, goal.role, regions=goal.regions))
    if goal.path:
        chain.part.paths[name] = goal.path
    if goal.further:
        chain.part.names[name] = goal.further


def destination(chain: Chain, component: Component) -> Goal:
    """Where an exporter sends the records of a pipeline."""
    return OWN.get(component.kind, _elsewhere)(chain, component)


def host(value: str) -> str:
    """The host of an address; a user's name or a key in it is not repeated."""
    found = _HOST.match(value)
    return found[1] if found else ""


def _elsewhere(chain: Chain, component: Component) -> Goal:
    """The endpoint of the signal, or of all; without one, nobody knows where."""
    config, path = chain.config, component.path
    for key in (f"{chain.signal}_endpoint", "endpoint"):
        value = config.at((*path, key))
        if value is UNKNOWN:
            text = f"{component.id} sends to an address that cannot be read"
            return Goal(config.fact((*path, key), text))
        if isinstance(value, str) and host(value):
            secret = any(mark in value for mark in "@;?")
            fact = config.fact((*path, key), f"{component.id} sends to {host(value)}")
            return Goal(fact, path=None if secret else value, further=(host(value),))
    return Goal(config.fact(path, f"{component.id} sends records somewhere"))


def _named(chain: Chain, at: KeyPath, what: str, pattern: str) -> Goal:
    """A store of the service's own that one setting names."""
    value = chain.config.at(at)
    if not isinstance(value, str) or not value:
        known = value is UNKNOWN or chain.config.has(at)
        text = f"{what} cannot be read" if known else f"{what} is not named"
        return Goal(chain.config.fact(at, text, "unknown" if known else "observed"), "store")
    fact = chain.config.fact(at, f"writes to {what} {value}")
    return Goal(fact, "store", pattern.format(value))


def _file(chain: Chain, component: Component) -> Goal:
    return _named(chain, (*component.path, "path"), "the file", "{}")


def _log_group(chain: Chain, component: Component) -> Goal:
    path = component.path
    goal = _named(chain, (*path, "log_group_name"), "the log group", "cloudwatch-logs://{}")
    return goal._replace(regions=_region(chain.config, (*path, "region")))


def _stream(chain: Chain, component: Component) -> Goal:
    path = (*component.path, "aws")
    goal = _named(chain, (*path, "stream_name"), "the stream", "kinesis://{}")
    return goal._replace(regions=_region(chain.config, (*path, "region")))


def _pubsub(chain: Chain, component: Component) -> Goal:
    return _named(chain, (*component.path, "topic"), "the topic", "{}")


def _bucket(chain: Chain, component: Component) -> Goal:
    """A folder of a bucket; with `resource_attrs_to_s3` the records themselves may name another."""
    config, path = chain.config, (*component.path, "s3uploader")
    goal = _named(chain, (*path, "s3_bucket"), "the bucket", "s3://{}")
    region = config.setting((*path, "region"), "us-east-1").value
    folders = [config.at((*path, key)) for key in ("s3_base_prefix", "s3_prefix")]
    open_ = UNKNOWN in folders or bool(config.at((*component.path, "resource_attrs_to_s3")))
    inside = "".join(f"/{folder.strip('/')}" for folder in folders if isinstance(folder, str))
    where = None if open_ or not goal.path else goal.path + inside
    return goal._replace(
        path=where, regions=(country(region),) if isinstance(region, str) else None
    )


def _region(config: Config, path: KeyPath) -> tuple[str, ...] | None:
    value = config.at(path)
    return (country(value),) if isinstance(value, str) else None


def _kafka(chain: Chain, component: Component) -> Goal:
    """A topic, known by itself and with its brokers."""
    names = topic(chain, component)
    at = (*component.path, chain.signal, "topic")
    if names is None:
        return Goal(
            chain.config.fact(component.path, "the topic cannot be read", "unknown"), "store"
        )
    place = at if chain.config.has(at) else component.path
    text = f"writes to the topic {names[1].partition('://')[2]}"
    return Goal(chain.config.fact(place, text), "store", names[0], (names[1],))


def topic(chain: Chain, component: Component) -> tuple[str, str] | None:
    """The topic of a signal, with its brokers and alone; None if it cannot be read."""
    config, path, signal = chain.config, component.path, chain.signal
    brokers = config.texts((*path, "brokers")) or ["localhost:9092"]
    places = ((*path, signal, "topic"), (*path, "topic"))
    given = [value for at in places if (value := config.at(at)) is not None]
    listed = config.texts((*path, signal, "topics"))
    usual = "otlp_spans" if signal == "traces" else f"otlp_{signal}"
    name = given[0] if given else listed[0] if listed else usual
    if UNKNOWN in brokers or not isinstance(name, str) or len(listed) > 1:
        return None
    if config.at((*path, "topic_from_attribute")) or name.startswith("^"):
        return None
    return f"kafka://{','.join(sorted(brokers))}/{name}", f"kafka://{name}"


OWN: Final[dict[str, Callable[[Chain, Component], Goal]]] = {
    "awscloudwatchlogs": _log_group,
    "awskinesis": _stream,
    "awss3": _bucket,
    "file": _file,
    "googlecloudpubsub": _pubsub,
    "kafka": _kafka,
}

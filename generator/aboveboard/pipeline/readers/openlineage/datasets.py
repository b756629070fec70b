"""What a dataset of an event is called: by the naming that OpenLineage gives each platform."""

from __future__ import annotations

from typing import NamedTuple

from ....values import normal_path
from .events import Spot

_FILES = ("s3", "s3a", "s3n", "gs", "gcs", "abfss", "abfs", "wasbs", "hdfs", "dbfs", "file")


class Name(NamedTuple):
    """The id of a dataset, and what else it is known by."""

    id: str
    others: tuple[str, ...]


def name_of(dataset: Spot) -> Name | None:
    """The name of a dataset, or of an input field; None without one."""
    namespace, name = dataset["namespace"].text, dataset["name"].text
    if not name:
        return None
    found = _named(namespace, name)
    links = dataset["facets"]["symlinks"]["identifiers"].items()
    further = [_named(link["namespace"].text, link["name"].text) for link in links]
    others = [other for one in (found, *further) for other in (one.id, *one.others)]
    return Name(found.id, tuple(dict.fromkeys(o for o in others if o and o != found.id)))


def _named(namespace: str, name: str) -> Name:
    scheme, colon, _ = namespace.partition("://")
    if namespace == "file" or scheme == "file":
        return Name(normal_path(name or "."), ())
    if scheme in _FILES and colon:
        return Name(normal_path(f"{namespace.rstrip('/')}/{name.lstrip('/')}"), ())
    if namespace == "bigquery" or not namespace:
        return Name(name, ())
    short = (f"kafka://{name}",) if scheme == "kafka" else (name,)
    return Name(f"{namespace.rstrip('/')}/{name.lstrip('/')}", short)

"""Datasets and tables of BigQuery: expiry of tables and partitions, time travel and fail-safe.

By the docs of BigQuery ("Managing tables", "Managing partitioned tables", "Data retention with
time travel and fail-safe"): what expires can be restored for the time travel window of its
dataset (7 days where nobody sets it), and is stored for 7 more days after that. The default
expiry of a dataset is given to tables when they are made; that of partitions goes before that of
tables for a table with partitions. A partition is as old as its own time, or as the time at which
it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...graph import UNKNOWN, Setting
from ...part import Context
from . import model
from .node import Node
from .plan import Plan, Resource, known

DATASET, TABLE = "google_bigquery_dataset", "google_bigquery_table"
FAIL_SAFE = 7 * model.DAY
TRAVEL = 7 * 24  # hours


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    datasets = {_name(plan, r): r for r in plan.of(DATASET)}
    for name, resource in datasets.items():
        yield model.stored(
            resource,
            name,
            "dataset",
            _default(resource),
            model.region(plan, resource, "location"),
            sep=".",
        )
    for resource in plan.of(TABLE):
        yield _table(plan, resource, _parent(plan, resource, datasets))


def _name(plan: Plan, resource: Resource) -> str | None:
    found = model.named(resource, "dataset_id")
    project = resource.values.text("project")
    project = project if known(project) else plan.provider(resource, "project")
    return f"{project}.{found[0]}" if found and project else None


def _parent(
    plan: Plan, resource: Resource, datasets: dict[str | None, Resource]
) -> Resource | None:
    """The dataset of a table, if this file has it."""
    found = datasets.get(_name(plan, resource) or "")
    referred = plan.referred(resource, "dataset_id", DATASET)
    return found or (referred[0] if len(referred) == 1 else None)


def _table(plan: Plan, resource: Resource, parent: Resource | None) -> model.Stored:
    dataset = _name(plan, resource) or (_name(plan, parent) if parent else None)
    table = model.named(resource, "table_id")
    name = f"{dataset}.{table[0]}" if dataset and table else None
    return model.stored(
        resource,
        name,
        "table",
        _of_table(plan, resource, parent),
        model.region(plan, parent, "location") if parent else None,
    )


def _default(dataset: Resource) -> Setting:
    """How long a table lives that this file does not have, by its dataset."""
    partitions = dataset.values.number("default_partition_expiration_ms")
    tables = dataset.values.number("default_table_expiration_ms")
    if known(partitions) and known(tables) and partitions > tables:
        key = "default_partition_expiration_ms"  # whichever it is, it lives no longer
    else:
        key = "default_table_expiration_ms"
    if not partitions and not tables:
        text = "the dataset sets no expiry for its tables"
        return Setting(None, dataset.fact(text, "default"))
    return _expiry(dataset.values, key, "tables of this dataset", dataset)


def _of_table(plan: Plan, resource: Resource, parent: Resource | None) -> Setting:
    values = resource.values
    for block in values.blocks("time_partitioning"):
        if block.hidden or block["expiration_ms"].hidden:
            return model.unreadable(block, "when partitions expire")
        if block["expiration_ms"].value:
            return _expiry(block, "expiration_ms", "partitions", parent)
        if parent and parent.values["default_partition_expiration_ms"].value:
            key = "default_partition_expiration_ms"
            return _expiry(parent.values, key, "partitions of this dataset", parent)
    if values["expiration_time"].value:
        return _until(values, parent)
    if plan.computed(resource, "expiration_time") and parent:
        return _expiry(parent.values, "default_table_expiration_ms", "new tables", parent)
    if values["expiration_time"].hidden:
        return model.unreadable(values["expiration_time"], "when the table expires")
    if "create" in resource.action and parent:
        return _expiry(parent.values, "default_table_expiration_ms", "new tables", parent)
    return Setting(None, resource.fact("the table has no expiry", "default"))


def _until(values: Node, parent: Resource | None) -> Setting:
    """A table that goes on a day holds nothing for longer than from its own beginning."""
    start, end = values.number("creation_time"), values.number("expiration_time")
    if not (known(start) and known(end)) or end < start:
        return Setting(UNKNOWN, values["expiration_time"].fact("expires on a day", "unknown"))
    fact = values["expiration_time"].fact("the table expires on a day")
    return _with_recovery((end - start) // 1000, fact, parent)


def _expiry(node: Node, key: str, what: str, dataset: Resource | None) -> Setting:
    ms = node.number(key)
    if ms is UNKNOWN:
        return model.unreadable(node[key], "when it expires")
    if not ms:
        return Setting(None, node[key].fact(f"{what} have no expiry", "default"))
    seconds = -(-ms // 1000)
    text = f"{what} expire after {model.words(seconds)}"
    return _with_recovery(seconds, node[key].fact(text), dataset)


def _with_recovery(seconds: int, fact: Any, dataset: Resource | None) -> Setting:
    """What expires stays for time travel and then for fail-safe."""
    hours = dataset.values.number("max_time_travel_hours") if dataset else None
    if dataset and hours is UNKNOWN and dataset.values["max_time_travel_hours"].secret is True:
        return model.unreadable(dataset.values["max_time_travel_hours"], "time travel")
    travel = (hours if known(hours) and hours else TRAVEL) * 3600
    text = f"{fact.text}; time travel and fail-safe keep it {model.words(travel + FAIL_SAFE)} more"
    grade = fact.grade if known(hours) and hours else "default"
    return Setting(
        model.duration(seconds + travel + FAIL_SAFE), fact._replace(text=text, grade=grade)
    )

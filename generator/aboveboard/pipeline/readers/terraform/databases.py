"""Databases: DynamoDB's time to live, and the backups that RDS makes of what it holds.

By the docs of both and of terraform-provider-aws 6: a time to live deletes an item at the time
that its own attribute holds, which no setting says; point-in-time recovery goes back 35 days where
nobody sets it; `backup_retention_period` are days, 0 means no backups (1 is the default of a
cluster, and the least of it).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...graph import UNKNOWN, Fact, Setting
from ...part import Context, Place
from . import model
from .plan import Plan, Resource, known

RDS = {"aws_db_instance": ("identifier", 0), "aws_rds_cluster": ("cluster_identifier", 1)}
DYNAMODB = "aws_dynamodb_table"
RECOVERY = 35


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    for resource in plan.of(DYNAMODB):
        yield from _table(plan, resource)
    for kind, (identifier, default) in RDS.items():
        for resource in plan.of(kind):
            yield from _database(plan, resource, identifier, default)


def _table(plan: Plan, resource: Resource) -> Iterator[model.Stored]:
    found = model.named(resource, "name")
    name = f"dynamodb://{found[0]}" if found else resource.address
    regions = model.region(plan, resource, "region")
    yield from _with_backups(resource, name, _recovery(resource), _time_to_live(resource), regions)


def _database(
    plan: Plan, resource: Resource, identifier: str, default: int
) -> Iterator[model.Stored]:
    found = model.named(resource, identifier)
    name = f"rds://{found[0]}" if found else resource.address
    regions = model.region(plan, resource, "region")
    yield from _with_backups(resource, name, _backups(plan, resource, default), None, regions)


def _with_backups(
    resource: Resource,
    name: str,
    backups: Setting,
    keeps: Setting | None,
    regions: tuple[str, ...] | None,
) -> Iterator[model.Stored]:
    """A store, and what it copies all of itself to."""
    there = f"{name}/backups"
    are_made = backups.value is UNKNOWN or bool(backups.value.longest)
    copied = ((there, backups.fact),) if are_made else ()
    yield model.stored(resource, name, "database", keeps, regions, sep="/", copied=copied)
    if are_made:
        place = Place((there,), backups.fact, model.always(backups), regions)
        yield model.Stored(there, place)


def _time_to_live(resource: Resource) -> Setting:
    for block in resource.values.blocks("ttl"):
        if block.hidden or block.flag("enabled") is UNKNOWN:
            return model.unreadable(block, "whether items expire")
        if block.flag("enabled"):
            text = "an item is deleted at the time that it holds, which no setting says"
            return Setting(UNKNOWN, block["enabled"].fact(text, "unknown"))
    return Setting(None, resource.fact("the table has no time to live", "default"))


def _recovery(resource: Resource) -> Setting:
    """How far back point-in-time recovery goes."""
    for block in resource.values.blocks("point_in_time_recovery"):
        on, days = block.flag("enabled"), block.number("recovery_period_in_days")
        if block.hidden or on is UNKNOWN:
            return model.unreadable(block, "whether backups are made")
        if on and not (known(days) and days):
            return _kept(RECOVERY, block["enabled"].fact("", "default"))
        if on:
            return _kept(days, block["recovery_period_in_days"].fact(""))
    return _kept(0, resource.fact("", "default"))


def _backups(plan: Plan, resource: Resource, default: int) -> Setting:
    key = "backup_retention_period"
    days = resource.values.number(key)
    if plan.computed(resource, key) or days is None:
        return _kept(default, resource.fact("", "default"))
    if days is UNKNOWN:
        return model.unreadable(resource.values[key], "how long backups are kept")
    return _kept(max(days, 0), resource.values[key].fact(""))


def _kept(days: int, fact: Fact) -> Setting:
    text = f"backups are kept for {days} days" if days else "no backups are made"
    return Setting(model.duration(days * model.DAY), fact._replace(text=text))

"""Tables of the Glue catalogue, which Athena and Spark query: each is files at a location."""

from __future__ import annotations

from collections.abc import Iterator

from ...part import Context, Place
from . import model
from .plan import Plan

KIND = "aws_glue_catalog_table"


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    """A table is known by `database.table` and by the path of its files, where it lies."""
    for resource in plan.of(KIND):
        found = model.named(resource, "database_name", "name")
        storage = next(resource.values.blocks("storage_descriptor"), None)
        location = storage.text("location") if storage else None
        if storage and found and isinstance(location, str):
            name = ".".join(found)
            fact = storage["location"].fact(f"table {name} is files in {location}")
            yield model.Stored(name, Place((location, resource.address), fact), location)

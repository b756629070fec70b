"""Tables of the Glue catalogue, which Athena and Spark query: each is files at a location."""

from __future__ import annotations

from ...graph import Dataset
from ...part import Part
from . import model
from .plan import Plan

KIND = "aws_glue_catalog_table"


def name_tables(plan: Plan, part: Part) -> None:
    """A table is known by `database.table` and by the path of its files."""
    for resource in plan.of(KIND):
        found = model.named(resource, "database_name", "name")
        storage = next(resource.values.blocks("storage_descriptor"), None)
        location = storage.text("location") if storage else None
        if storage and found and isinstance(location, str):
            name = ".".join(found)
            fact = storage["location"].fact(f"table {name} is files in {location}")
            part.datasets.append(Dataset(name, fact, "store"))
            part.paths[name] = location
            part.names[name] = (location, resource.address)

"""One file of Terraform: its stores, by the readers of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ....source import Document
from ...graph import Dataset
from ...part import Context, Part
from . import azure, bigquery, databases, gcs, glue, plain, s3
from .model import Stored
from .plan import Plan

READ: Final[tuple[Callable[[Plan, Context], Iterator[Stored]], ...]] = (
    s3.read,
    gcs.read,
    bigquery.read,
    plain.read,
    databases.read,
    azure.read,
)
KINDS: Final = (
    *s3.KINDS,
    gcs.KIND,
    bigquery.DATASET,
    bigquery.TABLE,
    *plain.PLAIN,
    plain.TOPIC,
    *databases.RDS,
    databases.DYNAMODB,
    glue.KIND,
    *azure.KINDS,
)


def read_file(document: Document, context: Context) -> Part:
    """Each store is a dataset and a place, known by its own name and by its address."""
    part = Part()
    plan = Plan(document, part.findings)
    for read in READ:
        for found in read(plan, context):
            part.datasets.append(Dataset(found.id, found.place.fact, "store"))
            part.names[found.id] = found.place.names
            part.places.append(found.place)
    glue.name_tables(plan, part)
    return part

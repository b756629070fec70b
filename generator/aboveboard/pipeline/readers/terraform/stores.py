"""One file of Terraform: its stores, by the readers of each kind."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from ....source import Document
from ...graph import Dataset
from ...part import Context, Part
from .plan import Plan

# Kind of resource -> the module that reads it, which is loaded where there is one of its kind.
KINDS: Final = {
    "aws_s3_bucket": "s3",
    "aws_s3_bucket_lifecycle_configuration": "s3",
    "aws_s3_bucket_object_lock_configuration": "s3",
    "aws_s3_bucket_replication_configuration": "s3",
    "aws_s3_bucket_versioning": "s3",
    "google_storage_bucket": "gcs",
    "google_bigquery_dataset": "bigquery",
    "google_bigquery_table": "bigquery",
    "aws_cloudwatch_log_group": "plain",
    "aws_kinesis_stream": "plain",
    "aws_sqs_queue": "plain",
    "google_logging_project_bucket_config": "plain",
    "google_pubsub_subscription": "plain",
    "google_pubsub_topic": "plain",
    "kafka_topic": "plain",
    "aws_db_instance": "databases",
    "aws_dynamodb_table": "databases",
    "aws_rds_cluster": "databases",
    "azurerm_storage_account": "azure",
    "azurerm_storage_container": "azure",
    "azurerm_storage_management_policy": "azure",
    "aws_glue_catalog_table": "glue",
}


def read_file(document: Document, context: Context) -> Part:
    """Each store is a dataset and a place, known by its own name and by its address."""
    part = Part()
    plan = Plan(document, part.findings)
    there = {resource.type for resource in plan.resources}
    for module in dict.fromkeys(name for kind, name in KINDS.items() if kind in there):
        for found in import_module(f".{module}", __package__).read(plan, context):
            part.datasets.append(Dataset(found.id, found.place.fact, "store"))
            part.names[found.id] = found.place.names
            part.paths[found.id] = found.path or found.id
            if not found.path:
                part.places.append(found.place)
    return part

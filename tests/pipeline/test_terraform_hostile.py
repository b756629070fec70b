"""A plan with anything wrong in it: findings, never a traceback, and never a longer wait."""

from __future__ import annotations

from typing import Any

from tests.pipeline.hostile import mutants
from tests.pipeline.plans import DAY, Values, plan, resource
from tests.pipeline.test_terraform_s3 import BUCKET, references, rule, rules, versioning
from tests.pipeline.test_terraform_stores import BLOB, ONE, account, blobs, delete

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Dataset, Fact, Pipeline
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part
from aboveboard.pipeline.readers import terraform
from aboveboard.source import Document

UNSURE: Any = [
    {
        "address": "aws_s3_bucket_lifecycle_configuration.train",
        "change": {
            "actions": ["create"],
            "after_unknown": {"rule": [{"expiration": [{"days": True}]}]},
        },
    }
]
TAGGED = rule(
    filter=[{"and": [{"prefix": "x/", "tags": {"a": "b"}}]}],
    noncurrent_version_expiration=[{"noncurrent_days": 3, "newer_noncurrent_versions": 1}],
)
S3 = plan(
    BUCKET,
    versioning("Enabled"),
    rules(rule(), TAGGED, bucket=None),
    resource(
        "aws_s3_bucket_object_lock_configuration.train",
        {"bucket": "acme-train", "rule": [{"default_retention": [{"days": 1}]}]},
    ),
    resource(
        "aws_s3_bucket_replication_configuration.train",
        {"bucket": "acme-train", "rule": [{"destination": [{"bucket": "arn:aws:s3:::b"}]}]},
    ),
    configuration=references("aws_s3_bucket.train"),
    resource_changes=UNSURE,
)
OTHERS = plan(
    resource(
        "google_storage_bucket.train",
        {
            "name": "b",
            "location": "EU",
            "lifecycle_rule": [delete(age=3, matches_prefix=["x"]), delete(with_state="ARCHIVED")],
            "versioning": [{"enabled": True}],
            "retention_policy": [{"retention_period": 5}],
            "soft_delete_policy": [{"retention_duration_seconds": 0}],
        },
    ),
    resource(
        "google_bigquery_dataset.d",
        {"project": "p", "dataset_id": "d", "default_table_expiration_ms": 86400000,
         "default_partition_expiration_ms": 86400000, "max_time_travel_hours": "48"},
    ),
    resource(
        "google_bigquery_table.t",
        {"project": "p", "dataset_id": "d", "table_id": "t", "creation_time": 1,
         "expiration_time": 2, "time_partitioning": [{"type": "DAY", "expiration_ms": 1}]},
    ),
    resource("aws_db_instance.x", {"identifier": "x", "backup_retention_period": 14}),
    resource("aws_glue_catalog_table.t", {"database_name": "l", "name": "t",
             "storage_descriptor": [{"location": "s3://b/t"}]}),
    *(resource(address, values) for address, values, *_ in ONE),
)  # fmt: skip
PATHS = ("s3://acme-train/x/y", "gs://b/x/y", "p.d.t", "p.d.u", "rds://x/users", BLOB)


def _read(data: Values) -> int:
    """1 for each file that was read to its end."""
    document = Document("plan.json", data=data)
    if not terraform.recognises(document):
        return 1
    others, pipeline = Part(), Pipeline()
    fact = Fact("written here", "observed", Location("train.yml", 1))
    others.datasets += [Dataset(path, fact, "store") for path in PATHS]
    join(
        pipeline,
        [others, *terraform.read([File(document, Entry(()))], Context(DAY))],
    )
    for dataset in pipeline.datasets.values():
        for life in dataset.lifetimes:
            assert life.keep.fact.text
    return 1


def test_anything_may_be_wrong_in_a_bucket() -> None:
    assert sum(map(_read, mutants(S3))) > 1000


def test_anything_may_be_wrong_in_another_store() -> None:
    assert sum(map(_read, mutants(OTHERS))) > 1000


def test_anything_may_be_wrong_in_an_account() -> None:
    data = account(blobs(3, "train/", version=4), delete_retention_policy=[{"days": 3}])

    assert sum(map(_read, mutants(data))) > 500


def test_a_module_that_names_itself_ends() -> None:
    data = plan(rules(rule(), bucket=None), BUCKET)
    call: Values = {"expressions": {"bucket": {"references": ["module.a.out"]}}, "module": {}}
    data["configuration"] = {
        "root_module": {
            "module_calls": {"a": call},
            "resources": [
                {
                    "address": "aws_s3_bucket_lifecycle_configuration.train",
                    "expressions": {"bucket": {"references": ["module.a.out"]}},
                }
            ],
        }
    }
    call["module"] = {"outputs": {"out": {"expression": {"references": ["var.bucket"]}}}}

    _read(data)

"""Stores of Google, queues, streams, topics and databases: each expectation is from their docs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pipeline.plans import Values, joined, kept, plan, read, resource, said

from aboveboard.pipeline.graph import UNKNOWN

PATH = "gs://acme-train/exports/chats.jsonl"
DAY_MS = 86_400_000


def delete(**condition: Any) -> Values:
    return {"action": [{"type": "Delete"}], "condition": [condition]}


def bucket(*rules: Values, soft: int | None = 0, **more: Any) -> Values:
    values: Values = {"name": "acme-train", "location": "EUROPE-WEST4", "lifecycle_rule": rules}
    if soft is not None:
        values["soft_delete_policy"] = [{"retention_duration_seconds": soft}]
    return plan(resource("google_storage_bucket.train", {**values, **more}))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (delete(age=30), "30 days"),
        (delete(age=30, matches_prefix=["raw/", "exports/"]), "30 days"),
        (delete(age=30, matches_prefix=["raw/"]), "None"),
        (delete(age=30, matches_suffix=[".tmp"]), "None"),
        (delete(age=30, num_newer_versions=3), "None"),
        (delete(age=30, with_state="ARCHIVED"), "None"),
        (delete(age=0), "None"),
        (delete(age=0, send_age_if_zero=True), "at once"),
        (
            {"action": [{"type": "SetStorageClass", "storage_class": "NEARLINE"}],
             "condition": [{"age": 30}]},
            "None",
        ),
    ],
)  # fmt: skip
def test_a_rule_counts_only_if_it_deletes_all_that_lies_there(rule: Values, words: str) -> None:
    assert said(bucket(rule), PATH)[0] == words


def test_soft_delete_adds_seven_days_where_nobody_sets_it() -> None:
    assert said(bucket(delete(age=30), soft=None), PATH)[:2] == ("37 days", "default")
    assert said(bucket(delete(age=30), soft=864_000), PATH)[:2] == ("40 days", "observed")


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([delete(age=30)], "30 days"),
        ([delete(age=30, with_state="LIVE")], "None"),
        ([delete(age=30, with_state="LIVE"), delete(days_since_noncurrent_time=5)], "35 days"),
        ([delete(age=30, with_state="LIVE"), delete(age=50, with_state="ARCHIVED")], "50 days"),
        ([delete(age=30, with_state="LIVE"), delete(num_newer_versions=2)], "None"),
    ],
)
def test_old_versions_are_kept_too(rules: list[Values], words: str) -> None:
    assert said(bucket(*rules, versioning=[{"enabled": True}]), PATH)[0] == words


def test_a_retention_policy_outlasts_a_rule() -> None:
    locked = bucket(delete(age=30), retention_policy=[{"retention_period": 90 * 86400}])

    assert said(locked, PATH)[0] == "90 days"


def test_a_bucket_of_google_is_in_a_country() -> None:
    assert joined(bucket(), PATH).datasets[PATH].regions == ("NL",)
    assert joined(bucket(location="EU"), PATH).datasets[PATH].regions == ("EU",)


# -- BigQuery ------------------------------------------------------------------------------


def dataset(**more: Any) -> Values:
    values = {"project": "acme", "dataset_id": "exports", "location": "europe-west1",
              "max_time_travel_hours": "48", **more}  # fmt: skip
    return resource("google_bigquery_dataset.exports", values)


def table(**more: Any) -> Values:
    values = {"project": "acme", "dataset_id": "exports", "table_id": "chats", **more}
    return resource("google_bigquery_table.chats", values)


CHATS = "acme.exports.chats"


@pytest.mark.parametrize(
    ("resources", "words"),
    [
        ([dataset()], "None"),
        ([dataset(default_table_expiration_ms=30 * DAY_MS)], "39 days"),
        (
            [dataset(default_table_expiration_ms=DAY_MS,
                     default_partition_expiration_ms=30 * DAY_MS)],
            "39 days",
        ),
        ([dataset(), table()], "None"),
        ([dataset(), table(time_partitioning=[{"type": "DAY", "expiration_ms": 21 * DAY_MS}])],
         "30 days"),
        ([dataset(default_partition_expiration_ms=21 * DAY_MS),
          table(time_partitioning=[{"type": "DAY"}])], "30 days"),
        ([dataset(), table(creation_time=0, expiration_time=21 * DAY_MS)], "30 days"),
        ([dataset(), table(expiration_time=21 * DAY_MS)], "unknown"),
        ([table(time_partitioning=[{"type": "DAY", "expiration_ms": 16 * DAY_MS}])], "30 days"),
    ],
)  # fmt: skip
def test_what_expires_in_bigquery_can_be_restored(resources: list[Values], words: str) -> None:
    assert said(plan(*resources), CHATS)[0] == words


def test_a_table_is_where_its_dataset_is() -> None:
    found = joined(plan(dataset(), table()), CHATS, "acme.exports.other", "acme.more.other")

    assert found.datasets[CHATS].regions == ("BE",)
    assert found.datasets["acme.exports.other"].regions == ("BE",)
    assert found.datasets["acme.more.other"].regions is None


# -- one setting ---------------------------------------------------------------------------

ONE: list[tuple[str, Values, str, str, str]] = [
    ("aws_kinesis_stream.x", {"name": "x"}, "kinesis://x", "1 day", "default"),
    ("aws_kinesis_stream.x", {"name": "x", "retention_period": 72}, "kinesis://x", "3 days", "observed"),
    ("aws_cloudwatch_log_group.x", {"name": "app"}, "cloudwatch-logs://app", "None", "default"),
    ("aws_cloudwatch_log_group.x", {"name": "app", "retention_in_days": 0},
     "cloudwatch-logs://app", "None", "observed"),
    ("aws_cloudwatch_log_group.x", {"name": "app", "retention_in_days": 14},
     "cloudwatch-logs://app", "14 days", "observed"),
    ("aws_sqs_queue.x", {"name": "x"}, "sqs://x", "4 days", "default"),
    ("aws_sqs_queue.x", {"name": "x", "message_retention_seconds": 3600}, "sqs://x", "1 hour",
     "observed"),
    ("google_pubsub_subscription.x", {"project": "acme", "name": "x"},
     "projects/acme/subscriptions/x", "7 days", "default"),
    ("google_pubsub_topic.x",
     {"project": "acme", "name": "x", "message_retention_duration": "86400s"},
     "projects/acme/topics/x", "1 day", "observed"),
    ("google_logging_project_bucket_config.x",
     {"project": "acme", "location": "global", "bucket_id": "_Default"},
     "projects/acme/locations/global/buckets/_Default", "30 days", "default"),
    ("kafka_topic.x", {"name": "x", "config": {"retention.ms": "604800000"}}, "kafka://x",
     "7 days", "observed"),
    ("kafka_topic.x", {"name": "x", "config": {"retention.ms": "-1"}}, "kafka://x", "None",
     "observed"),
    ("kafka_topic.x",
     {"name": "x", "config": {"retention.ms": "1000", "cleanup.policy": "compact"}},
     "kafka://x", "None", "observed"),
    ("kafka_topic.x", {"name": "x", "config": {}}, "kafka://x", "unknown", "unknown"),
    ("aws_dynamodb_table.x", {"name": "x", "ttl": [{"enabled": True, "attribute_name": "gone"}]},
     "dynamodb://x", "unknown", "unknown"),
    ("aws_dynamodb_table.x", {"name": "x", "ttl": []}, "dynamodb://x", "None", "default"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "values", "path", "words", "grade"), ONE)
def test_a_store_with_one_setting(
    address: str, values: Values, path: str, words: str, grade: str
) -> None:
    assert said(plan(resource(address, values)), path)[:2] == (words, grade)
    assert joined(plan(resource(address, values))).resolve(address) == path


@pytest.mark.parametrize(
    ("address", "values", "path", "words"),
    [
        ("aws_db_instance.x", {"identifier": "x", "backup_retention_period": 14}, "rds://x/users",
         "14 days"),
        ("aws_db_instance.x", {"identifier": "x"}, "rds://x/users", ""),
        ("aws_rds_cluster.x", {"cluster_identifier": "x"}, "rds://x/users", "1 day"),
        ("aws_dynamodb_table.x", {"name": "x", "point_in_time_recovery": [{"enabled": True}]},
         "dynamodb://x", "35 days"),
    ],
)  # fmt: skip
def test_backups_are_stores(address: str, values: Values, path: str, words: str) -> None:
    found = joined(plan(resource(address, values)), path)
    backups = [
        d for name, d in found.datasets.items() if "/backups" in name and name != "rds://x/backups"
    ]

    assert [d.lifetimes[0].keep.value.words() for d in backups] == [words] * bool(words)
    assert len([s for s in found.steps.values() if s.inputs == (path,)]) == bool(words)


def test_a_table_of_the_glue_catalogue_is_files() -> None:
    values = {"database_name": "lake", "name": "chats",
              "storage_descriptor": [{"location": "s3://acme-lake/chats/"}]}  # fmt: skip
    found = joined(
        plan(
            resource("aws_glue_catalog_table.chats", values),
            resource("aws_s3_bucket.lake", {"bucket": "acme-lake", "lifecycle_rule": [
                {"enabled": True, "prefix": "chats/", "expiration": [{"days": 30}]}]}),
        ),
        "s3://acme-lake/chats",
    )  # fmt: skip

    id_ = found.resolve("lake.chats")
    assert id_ == found.resolve("s3://acme-lake/chats")
    assert id_ is not None
    assert found.datasets[id_].lifetimes[0].keep.value.words() == "30 days"


def test_a_state_is_read_as_a_plan_is() -> None:
    state = plan(resource("aws_sqs_queue.x", {"name": "x", "message_retention_seconds": 7200}))
    state["values"] = state.pop("planned_values")

    assert said(state, "sqs://x")[0] == "2 hours"


@pytest.mark.parametrize("key", [{"errored": True}, {"complete": False}, {"format_version": "2.0"}])
def test_a_plan_that_is_not_whole_is_told(key: Values) -> None:
    assert [f.rule for f in read(plan(**key)).findings] == ["unreadable-pipeline"]


def test_of_two_that_delete_the_sooner_counts() -> None:
    from aboveboard.pipeline.graph import Setting
    from aboveboard.pipeline.places import _sooner
    from aboveboard.values import Duration

    short = kept(plan(resource("aws_sqs_queue.x", {"name": "x"})), "sqs://x")
    long = Setting(Duration.parse("P9D"), short.fact)
    never, unread = Setting(None, short.fact), Setting(UNKNOWN, short.fact)

    assert _sooner(short, long) is _sooner(long, short) is short
    assert _sooner(never, short) is _sooner(short, unread) is short
    assert _sooner(never, unread) is _sooner(unread, never) is unread
    better = short._replace(fact=short.fact._replace(grade="observed"))
    assert _sooner(short, better) is better


# -- Azure ---------------------------------------------------------------------------------


def account(*rules: Values, **properties: Any) -> Values:
    blob = [properties] if properties else []
    return plan(
        resource(
            "azurerm_storage_account.a",
            {"name": "acme", "location": "West Europe", "blob_properties": blob},
        ),
        resource(
            "azurerm_storage_container.train",
            {"name": "train", "storage_account_id": "/x/storageAccounts/acme"},
        ),
        resource(
            "azurerm_storage_management_policy.a",
            {"storage_account_id": "/subscriptions/x/storageAccounts/acme", "rule": list(rules)},
        ),
    )


def blobs(days: int, *prefixes: str, version: int = -1, **more: Any) -> Values:
    actions = {
        "base_blob": [{"delete_after_days_since_modification_greater_than": days}],
        "version": [{"delete_after_days_since_creation": version}],
    }
    filters = {"prefix_match": list(prefixes), "blob_types": ["blockBlob"]}
    return {"enabled": True, "filters": [filters], "actions": [actions], **more}


BLOB = "abfss://train@acme.dfs.core.windows.net/chats/1.parquet"


@pytest.mark.parametrize(
    ("rules", "properties", "words"),
    [
        ([], {}, "None"),
        ([blobs(30)], {}, "30 days"),
        ([blobs(30, "train/chats/")], {}, "30 days"),
        ([blobs(30, "other/")], {}, "None"),
        ([blobs(30, enabled=False)], {}, "None"),
        ([blobs(-1)], {}, "None"),
        ([blobs(30)], {"delete_retention_policy": [{"days": 14}]}, "44 days"),
        ([blobs(30)], {"versioning_enabled": True}, "None"),
        ([blobs(30, version=50)], {"versioning_enabled": True}, "50 days"),
    ],
)
def test_an_account_of_azure(rules: list[Values], properties: Values, words: str) -> None:
    found = account(*rules, **properties)

    assert said(found, BLOB)[0] == words
    assert said(found, "https://acme.blob.core.windows.net/train/chats/1.parquet")[0] == words
    assert joined(found, BLOB).datasets[BLOB].regions == ("NL",)

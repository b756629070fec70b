"""Buckets of S3: each expectation is what the S3 user guide says that the service does."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pipeline.plans import Values, joined, kept, plan, resource, said

from aboveboard.pipeline.graph import UNKNOWN

BUCKET = resource("aws_s3_bucket.train", {"bucket": "acme-train"})
PATH = "s3://acme-train/exports/chats.jsonl"


def rule(**more: Any) -> Values:
    return {"id": "r", "status": "Enabled", "filter": [{}], "expiration": [{"days": 30}], **more}


def rules(*found: Values, bucket: str | None = "acme-train") -> Values:
    values: Values = {"rule": list(found)}
    if bucket:
        values["bucket"] = bucket
    return resource("aws_s3_bucket_lifecycle_configuration.train", values)


def versioning(status: str) -> Values:
    return resource(
        "aws_s3_bucket_versioning.train",
        {"bucket": "acme-train", "versioning_configuration": [{"status": status}]},
    )


def test_a_rule_of_the_bucket_holds_below_it() -> None:
    words, grade, line = said(plan(BUCKET, rules(rule())), PATH)

    assert (words, grade) == ("30 days", "observed")
    assert line > 20  # the line of the days, in the rule


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ([{"prefix": "exports/"}], "30 days"),
        ([{"prefix": "exports/chats"}], "30 days"),
        ([{"prefix": "other/"}], "None"),
        ([{"prefix": "exports/chats.jsonl/"}], "None"),
        ([{"and": [{"prefix": "exports/", "tags": {}}]}], "30 days"),
        ([{"and": [{"prefix": "exports/", "tags": {"kind": "raw"}}]}], "None"),
        ([{"tag": [{"key": "kind", "value": "raw"}]}], "None"),
        ([{"object_size_greater_than": 1000}], "None"),
        ([], "30 days"),
    ],
)
def test_a_rule_counts_only_if_it_covers_all_that_lies_there(which: Any, words: str) -> None:
    assert said(plan(BUCKET, rules(rule(filter=which))), PATH)[0] == words


def test_a_folder_is_covered_by_a_prefix_that_ends_with_it() -> None:
    found = plan(BUCKET, rules(rule(filter=[{"prefix": "exports/chats/"}])))

    assert said(found, "s3://acme-train/exports/chats")[0] == "30 days"
    assert said(found, "s3a://acme-train/exports/chats/part-1")[0] == "30 days"


def test_of_several_rules_the_soonest_counts() -> None:
    late = rule(expiration=[{"days": 90}], filter=[{"prefix": "exports/"}])

    assert said(plan(BUCKET, rules(late, rule())), PATH)[0] == "30 days"


def test_a_rule_that_is_off_deletes_nothing() -> None:
    found = plan(BUCKET, rules(rule(status="Disabled")))

    assert said(found, PATH)[:2] == ("None", "default")


@pytest.mark.parametrize(
    ("date", "words"), [("2026-11-30T00:00:00Z", "1 day"), ("2027-01-01T00:00:00Z", "None")]
)
def test_a_date_that_is_past_deletes_at_once(date: str, words: str) -> None:
    assert said(plan(BUCKET, rules(rule(expiration=[{"date": date}]))), PATH)[0] == words


def test_a_marker_that_expires_is_no_data() -> None:
    gone = rule(expiration=[{"expired_object_delete_marker": True, "days": None}])

    assert said(plan(BUCKET, rules(gone)), PATH)[0] == "None"


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
@pytest.mark.parametrize(
    ("old", "words"),
    [
        ([], "None"),
        ([{"noncurrent_days": 7}], "37 days"),
        ([{"noncurrent_days": 7, "newer_noncurrent_versions": 3}], "None"),
    ],
)
def test_old_versions_are_kept_too(status: str, old: Any, words: str) -> None:
    found = plan(BUCKET, versioning(status), rules(rule(noncurrent_version_expiration=old)))

    assert said(found, PATH)[0] == words


def test_a_bucket_of_another_file_may_keep_versions() -> None:
    assert kept(plan(rules(rule())), PATH).value is UNKNOWN
    assert said(plan(rules(rule()), versioning("Disabled")), PATH)[0] == "30 days"


def test_a_lock_outlasts_a_rule() -> None:
    lock = resource(
        "aws_s3_bucket_object_lock_configuration.train",
        {"bucket": "acme-train", "rule": [{"default_retention": [{"mode": "COMPLIANCE", "years": 1}]}]},
    )  # fmt: skip

    assert said(plan(BUCKET, rules(rule()), lock), PATH)[0] == "366 days"


def references(address: str) -> Values:
    lifecycle = {
        "address": "aws_s3_bucket_lifecycle_configuration.train",
        "expressions": {"bucket": {"references": [f"{address}.id", address]}},
    }
    bucket = {"address": "aws_s3_bucket.train", "expressions": {"bucket": {"constant_value": "x"}}}
    return {"root_module": {"resources": [bucket, lifecycle]}}


UNSURE = [
    {
        "address": "aws_s3_bucket_lifecycle_configuration.train",
        "change": {"actions": ["create"], "after_unknown": {"bucket": True, "rule": [{}]}},
    },
    {
        "address": "aws_s3_bucket.train",
        "change": {
            "actions": ["create"],
            "after_unknown": {"lifecycle_rule": True, "versioning": True, "arn": True},
        },
    },
]


def test_a_new_bucket_is_found_by_reference() -> None:
    found = plan(
        BUCKET,
        rules(rule(), bucket=None),
        configuration=references("aws_s3_bucket.train"),
        resource_changes=UNSURE,
    )

    assert said(found, PATH)[:2] == ("30 days", "observed")


def test_rules_of_nobody_knows_which_bucket_make_all_unknown() -> None:
    found = plan(BUCKET, rules(rule(), bucket=None), resource_changes=UNSURE[:1])

    assert kept(found, PATH).value is UNKNOWN


def test_days_that_are_known_once_applied_are_unknown() -> None:
    change = {
        "address": "aws_s3_bucket_lifecycle_configuration.train",
        "change": {
            "actions": ["create"],
            "after_unknown": {"rule": [{"expiration": [{"days": True}]}]},
        },
    }
    found = kept(plan(BUCKET, rules(rule(expiration=[{}])), resource_changes=[change]), PATH)

    assert found.value is UNKNOWN
    assert "known only once it is applied" in found.fact.text


def test_a_secret_is_not_used_nor_printed() -> None:
    values = {"bucket": "acme-train", "rule": [rule(expiration=[{"days": 4711}])]}
    secret = {"rule": [{"expiration": [{"days": True}]}]}
    address = "aws_s3_bucket_lifecycle_configuration.train"
    found = kept(plan(BUCKET, resource(address, values, secret=secret)), PATH)

    assert found.value is UNKNOWN
    assert "secret" in found.fact.text
    assert "4711" not in found.fact.text


def test_what_the_bucket_repeats_of_its_rules_is_old() -> None:
    """Before an update is applied the bucket still has the rules of before."""
    before = {"bucket": "acme-train", "lifecycle_rule": [{"enabled": True, "expiration": [{"days": 7}]}]}  # fmt: skip
    bucket = resource("aws_s3_bucket.train", before)

    assert said(plan(bucket, rules(rule())), PATH)[0] == "30 days"
    assert said(plan(bucket), PATH)[0] == "7 days"


def test_a_replica_is_a_store_too() -> None:
    replication = resource(
        "aws_s3_bucket_replication_configuration.train",
        {
            "bucket": "acme-train",
            "rule": [{"status": "Enabled", "destination": [{"bucket": "arn:aws:s3:::acme-spare"}]}],
        },
    )
    pipeline = joined(plan(BUCKET, rules(rule()), replication), PATH)
    there = pipeline.datasets["s3://acme-spare/exports/chats.jsonl"]

    assert there.role == "store"
    assert there.lifetimes == ()
    assert [s.inputs for s in pipeline.steps.values() if s.outputs == (there.id,)] == [(PATH,)]


def test_regions_are_countries() -> None:
    configuration = {
        "provider_config": {"aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}}},
        "root_module": {
            "resources": [{"address": "aws_s3_bucket.train", "provider_config_key": "aws"}]
        },
    }
    assert joined(plan(BUCKET, configuration=configuration), PATH).datasets[PATH].regions == ("IE",)
    here = resource("aws_s3_bucket.train", {"bucket": "acme-train", "region": "eu-central-1"})
    assert joined(plan(here), PATH).datasets[PATH].regions == ("DE",)
    assert joined(plan(BUCKET), PATH).datasets[PATH].regions is None


def test_a_bucket_is_known_by_its_address() -> None:
    pipeline = joined(plan(BUCKET, rules(rule())))

    assert pipeline.resolve("aws_s3_bucket.train") == "s3://acme-train"


def test_modules_are_followed() -> None:
    inside = resource("module.store.aws_s3_bucket.this[0]", {"bucket": "acme-train"}, index=0)
    ours = rules(rule(), bucket=None)
    data = plan(ours, resource_changes=UNSURE[:1])
    data["planned_values"]["root_module"]["child_modules"] = [
        {"address": "module.store", "resources": [inside]}
    ]
    data["configuration"] = {
        "root_module": {
            "resources": [
                {
                    "address": "aws_s3_bucket_lifecycle_configuration.train",
                    "expressions": {"bucket": {"references": ["module.store.bucket_id"]}},
                }
            ],
            "module_calls": {
                "store": {
                    "module": {
                        "outputs": {
                            "bucket_id": {
                                "expression": {"references": ["aws_s3_bucket.this[0].id"]}
                            }
                        },
                        "resources": [{"address": "aws_s3_bucket.this"}],
                    }
                }
            },
        }
    }

    assert said(data, PATH)[:2] == ("30 days", "observed")

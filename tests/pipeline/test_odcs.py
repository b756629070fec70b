"""Data contracts: what the standard's documentation says of each key, graded as a description."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from tests.pipeline.hostile import mutants
from tests.pipeline.plans import DAY

from aboveboard.pipeline.graph import UNKNOWN, Dataset, Pipeline
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part
from aboveboard.pipeline.readers import odcs
from aboveboard.source import Document, parse_yaml

HEAD = """
    kind: DataContract
    apiVersion: v3.1.0
    schema:
      - name: orders
        properties:
          - {name: id, primaryKey: true}
          - {name: email, classification: confidential, criticalDataElement: true}
          - {name: region, transformLogic: "upper(country)"}
"""


def read(text: str, head: str = HEAD) -> Part:
    document = parse_yaml((dedent(head) + dedent(text)).encode(), "pipeline/orders.yml")
    assert not document.problems
    assert odcs.recognises(document)
    return next(odcs.read([File(document, Entry(()))], Context(DAY)))


def only(part: Part) -> Dataset:
    [dataset] = part.overlay_datasets
    return dataset


def messages(part: Part) -> list[tuple[str, str]]:
    return [(f.message, f.hint) for f in part.findings]


def test_columns_say_what_they_are() -> None:
    fields = only(read("")).fields or {}

    assert {name: fact.text for name, fact in fields.items()} == {
        "id": "field id: primary key",
        "email": "field email: confidential, critical",
        "region": "field region: made by logic that is not read",
    }
    assert {fact.grade for fact in fields.values()} == {"described"}


@pytest.mark.parametrize(
    ("server", "name", "region"),
    [
        ("{type: bigquery, project: acme, dataset: shop}", "acme.shop.orders", None),
        ("{type: snowflake, database: DB, schema: SHOP}", "DB.SHOP.orders", None),
        ("{type: s3, location: 's3://acme/{model}/*.json', region: eu-west-1}", "s3://acme/orders", ("IE",)),
        ("{type: gcs, location: 'gs://acme/orders/'}", "gs://acme/orders/", None),
        ("{type: kafka, host: 'x:9092'}", "kafka://orders", None),
        ("{type: kinesis, stream: placed, region: eu-central-1}", "kinesis://placed", ("DE",)),
        ("{type: snowflake, database: DB}", "orders", None),
    ],
)  # fmt: skip
def test_a_server_names_its_tables(server: str, name: str, region: Any) -> None:
    found = only(read(f"servers: [{server}]"))

    assert (found.id, found.regions) == (name, region)


def test_two_servers_hold_two_tables() -> None:
    part = read("""
        servers:
          - {server: one, type: bigquery, project: a, dataset: shop}
          - {server: two, type: mystery}
    """)

    assert [d.id for d in part.overlay_datasets] == ["a.shop.orders", "two: orders"]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("{property: retention, value: P1Y, element: orders.id}", "1 year"),
        ("{property: retention, value: 3, unit: y, element: orders}", "3 years"),
        ("{property: retention, value: '30', unit: Days}", "30 days"),
        ("{property: retention, value: 6, unit: mo}", "6 months"),
        ("{property: frequency, value: 1, unit: d}", None),
    ],
)
def test_retention_is_described(level: str, words: str | None) -> None:
    lives = only(read(f"slaProperties: [{level}]")).lifetimes

    assert [life.keep.value.words() for life in lives] == ([words] if words else [])
    assert {life.keep.fact.grade for life in lives} <= {"described"}


@pytest.mark.parametrize(
    ("level", "message", "hint"),
    [
        ("{property: retention, value: 6, unit: m}", "'m' is no unit of time", "known: day"),
        ("{property: retention, value: 6, unit: yaer}", "'yaer' is no unit of time", "'year'"),
        ("{property: retention, value: long}", "'value' of a retention is no time", "P30D"),
        ("{property: retention, value: P1Y, element: order.id}",
         "no table of this contract is called 'order'", "'orders'"),
        ("{property: retention, value: P1Y, elemnt: orders}", "unknown key 'elemnt'", "'element'"),
    ],
)  # fmt: skip
def test_what_is_no_retention_is_told(level: str, message: str, hint: str) -> None:
    [(said, hinted)] = messages(read(f"slaProperties: [{level}]"))

    assert said == message
    assert hint in hinted


def test_a_lifetime_alone_makes_its_table() -> None:
    part = read(
        "slaProperties: [{property: retention, value: 3, unit: y, element: tab1.txn_ref_dt}]",
        "kind: DataContract\nschema: []\n",
    )

    assert (only(part).id, only(part).lifetimes[0].keep.value.words()) == ("tab1", "3 years")


def test_a_time_that_only_a_run_knows_is_unknown() -> None:
    part = read("slaProperties: [{property: retention, value: '${DAYS}', unit: d}]")

    assert only(part).lifetimes[0].keep.value is UNKNOWN
    assert not part.findings


def test_version_2_is_read_too() -> None:
    part = read(
        """
        quantumName: my quantum
        apiVersion: v2.2.2
        dataset:
          - table: orders
            columns:
              - {column: email, classification: restricted, isPrimaryKey: true}
        slaDefaultColumn: orders.email
        slaProperties: [{property: retention, value: 3, unit: y}]
        """,
        "",
    )

    assert [fact.text for fact in (only(part).fields or {}).values()] == [
        "field email: restricted, primary key"
    ]
    assert only(part).lifetimes[0].keep.value.words() == "3 years"


def test_a_misspelt_key_is_told_with_the_nearest_one() -> None:
    assert messages(read("slaPropertys: []")) == [
        ("unknown key 'slaPropertys'", "did you mean 'slaProperties'?")
    ]


def test_what_a_tool_executes_goes_before_what_a_contract_says() -> None:
    part, read_part, pipeline = read("servers: [{type: bigquery, project: a, dataset: s}]"), Part(), Pipeline()  # fmt: skip
    fact = only(part).fact._replace(grade="observed", text="table orders")
    read_part.datasets.append(Dataset("orders", fact, "store", fields={"id": fact}))
    join(pipeline, [read_part, part])

    [dataset] = pipeline.datasets.values()
    assert dataset.fact.grade == "observed"
    assert list(dataset.fields or {}) == ["id", "email", "region"]
    assert pipeline.resolve("orders") == pipeline.resolve("a.s.orders") == dataset.id


def test_a_plain_name_that_two_contracts_use_is_of_neither() -> None:
    one = read("servers: [{type: bigquery, project: a, dataset: s}]")
    two = read("servers: [{type: bigquery, project: b, dataset: s}]")
    pipeline = Pipeline()
    join(pipeline, [one, two])

    assert sorted(pipeline.datasets) == ["a.s.orders", "b.s.orders"]
    assert pipeline.resolve("orders") is None


def test_anything_may_be_wrong_in_a_contract() -> None:
    document = parse_yaml(
        (
            dedent(HEAD)
            + "servers: [{type: bigquery, project: a, dataset: s}, {type: s3, location: 's3://x/*'}]\n"
            "roles: [{role: reader}]\n"
            "slaProperties: [{property: retention, value: 3, unit: y, element: orders.id}]\n"
        ).encode(),
        "orders.yml",
    )
    count = 0
    for mutant in mutants(document.data):
        file = Document("orders.yml", data=mutant)
        if odcs.recognises(file):
            join(Pipeline(), list(odcs.read([File(file, Entry(()))], Context(DAY))))
            count += 1
    assert count > 400

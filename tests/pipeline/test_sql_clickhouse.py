"""ClickHouse: rows that expire, and files that a query writes."""

from __future__ import annotations

import pytest
from tests.pipeline.sql_files import dataset, of, read

from aboveboard.pipeline.predicate import Is


def lifetimes(ttl: str) -> list[tuple[str, object]]:
    text = f"create table a (d DateTime, refused Bool) engine = MergeTree order by d ttl {ttl}"
    return [
        (life.keep.value.words(), life.where)
        for life in dataset(read(text, "clickhouse"), "a").lifetimes
    ]


def test_where_stands_behind_the_last_expiry_alone() -> None:
    """As in the grammar of ClickHouse: TTL expr [DELETE] [WHERE], ...; sqlglot knows one WHERE."""
    refused = Is("refused", frozenset([True]), False)

    assert lifetimes("d + INTERVAL 90 DAY DELETE, d + INTERVAL 30 DAY DELETE WHERE refused") == [
        ("90 days", None),
        ("30 days", refused),
    ]
    assert lifetimes("d + INTERVAL 18 MONTH DELETE") == [("18 months", None)]


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("s3('s3://work/chats.parquet', 'Parquet')", "s3://work/chats.parquet"),
        (
            "s3('https://work.s3.eu-west-1.amazonaws.com/a/chats.parquet', 'Parquet')",
            "s3://work/a/chats.parquet",
        ),
        ("gcs('gs://work/chats.parquet')", "gs://work/chats.parquet"),
    ],
)
def test_a_query_writes_files_at_the_path_of_the_function(where: str, path: str) -> None:
    part = read(
        "create table a (text String, refused Bool) engine = MergeTree order by text;\n"
        f"insert into function {where} settings s3_truncate_on_insert = 1 select text from a",
        "clickhouse",
    )

    assert [step.fields for step in of(part, "allow-fields")] == [("text",)]
    assert dataset(part, path).fact.grade == "observed"

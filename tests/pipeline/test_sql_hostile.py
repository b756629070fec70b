"""Broken and hostile input of the SQL reader: findings, never a traceback, in bounded time."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import READERS, TODAY
from tests.pipeline.sql_files import AT, read

from aboveboard.pipeline.graph import Pipeline
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part, Said
from aboveboard.pipeline.readers import sql
from aboveboard.source import Document

MANIFEST = json.loads((READERS / "sql/dbt-few/target/manifest.json").read_text("utf-8"))
NODE = MANIFEST["nodes"]["model.notewise.stg_notes"]
NODE["config"]["post-hook"] = [{"sql": "update {{ this }} set a = b"}, "grant select on t to x"]
NODE["meta"] = {"aboveboard": {"person": "user_id", "role": "store", "retention": "P3D"}}
NODE["config"]["contract"], NODE["columns"] = {"enforced": True}, {"user_id": {}, "country": {}}
ODD: tuple[Any, ...] = (
    None,
    5,
    "x",
    "",
    [],
    {},
    [1],
    {"a": 1},
    True,
    ["x", None],
    -1e9,
    "{{ x }}",
    "select 'a",
)

TEXTS = {
    "snowflake": """create view v as select u.*, payload:email::string as e, array_agg(id) x from
        app.users u, lateral flatten(input => u.tags) f where equal_null(opted, false)
        qualify row_number() over (partition by id order by f.value) = 1;
        merge into t using (select a, b from s) s on t.a = s.a when matched then update set
        t.b = s.b when not matched then insert (a, b) values (s.a, s.b);
        copy into @stage/x from (select a from t); call p(); select iff(a, b, c) from t
        group by all having count(distinct a) > 3 order by 1 limit 5""",
    "bigquery": """create table `p.d.t` (a string, s struct<x int64>) partition by date(ts)
        options(partition_expiration_days=30); export data options(uri='gs://b/*') as
        select s.x, array(select a from unnest(arr) a) z from `p.d.t` t, unnest(t.arr) u;
        select * except(a), * replace(1 as b) from `p`.`d`.`t`;
        select to_hex(sha256(concat(a,'pepperpepper'))), farm_fingerprint(a) from t""",
    "postgres": """insert into a select * from c on conflict (id) do update set b = excluded.b;
        with x as (delete from a where id = 1 returning *) insert into c select * from x;
        select distinct on (a) a, b from t where a = any(array[1,2]) and (a,b) in (select 1,2);
        with recursive r as (select 1 union all select 2 from r) select * from r""",
    "clickhouse": """create table t (a String, ts DateTime) engine=MergeTree order by a
        ttl ts + interval 3 month; insert into function s3('s3://b/x', 'Parquet') select a from t
        final prewhere a = 1 limit 1 by a""",
    "tsql": """select top 10 a into #x from t cross apply f(t.a) g where a <> 'x';
        update t set a = hashbytes('sha2_256', a); exec p @x=1""",
}


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _paths(value, (*path, key))


def _joined(parts: list[Part]) -> Pipeline:
    pipeline = Pipeline()
    join(pipeline, parts)
    return pipeline


def _manifest(data: Any) -> None:
    document = Document("target/manifest.json", data)
    if sql.recognises(document):
        file = File(document, Entry((Said("target/manifest.json", AT),)))
        _joined(list(sql.read([file], Context(TODAY))))


@pytest.mark.parametrize("wrong", ODD, ids=repr)
def test_a_wrong_value_at_every_key_of_a_manifest(wrong: Any) -> None:
    for path in _paths(MANIFEST):
        data = copy.deepcopy(MANIFEST)
        place = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = wrong
        _manifest(data)


@pytest.mark.parametrize("dialect", TEXTS)
def test_sql_that_ends_anywhere_or_has_words_in_wrong_places(dialect: str) -> None:
    words = re.findall(r"\w+|\s+|[^\w\s]", TEXTS[dialect])
    random = Random(dialect)
    for number in range(150):
        changed = list(words[: random.randrange(len(words))] if number % 3 == 0 else words)
        for _ in range(random.randint(0, 3)):
            at = random.randrange(len(changed) + 1)
            changed[at : at + random.randint(0, 3)] = random.choices(words, k=random.randint(0, 2))
        _joined([read("".join(changed), dialect)])


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["select", "from", "(", ")", ",", "'", '"', ";", "a", ".", "*", "where"])
    ).map(" ".join)
)
def test_any_text(text: str) -> None:
    _joined([read(text, "postgres")])


HOSTILE = {
    "parentheses": "select " + "(" * 200_000,
    "queries": "select * from (" * 5_000,
    "case": "select " + "case when a then " * 3_000,
    "not": "select a from t where " + "not " * 20_000 + "a",
    "or": "select a from t where " + " or ".join(["a = 1"] * 3_000),
    "and": "select a from t where " + " and ".join(["b = 1"] * 3_000),
    "union": " union all ".join(["select a from t"] * 800),
    "ctes": "with " + ", ".join(f"c{n} as (select a from c{n - 1})" for n in range(1, 300))
    + " select a from c299",
    "doubling": "with " + ", ".join(f"c{n} as (select * from c{n - 1} a, c{n - 1} b)" for n in range(1, 25))
    + " select * from c24",
    "long": "select '" + "x" * 2_500_000 + "'",
    "columns": "select " + ", ".join(f"c{n}" for n in range(4_000)) + " from t",
    "statements": "select a from t;" * 1_000,
    "concat": "select " + " || ".join(["a"] * 3_000) + " as x from t",
    "quote": "select '" + "''" * 100_000,
    "pattern": "select regexp_replace(a, '" + "(x+x+)+" * 30 + "y', '') as b from t",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_sql_takes_bounded_time(kind: str) -> None:
    start = time.process_time()
    _joined([read(HOSTILE[kind], "duckdb")])
    assert time.process_time() - start < 20


def test_views_that_read_one_another_end() -> None:
    part = read("create view a as select x from b; create view b as select x from a")
    assert _joined([part]).steps.keys() >= {"a", "b"}


def test_names_of_files_that_are_odd() -> None:
    for name in ("models/.sql", "x", "models/a.b.sql"):
        assert read("select a from t", name=name).steps
    assert Path(name).suffix == ".sql"

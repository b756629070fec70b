"""Statements of SQL: what they define, write, send out, keep, and leave unread."""

from pathlib import Path

import pytest
from tests.examples import TODAY
from tests.pipeline.sql_files import dataset, read, step, whole

from aboveboard.findings import Location
from aboveboard.pipeline.load import load
from aboveboard.pipeline.part import Context, Entry, Said


@pytest.mark.parametrize(
    ("dialect", "text", "reads", "writes"),
    [
        ("duckdb", "create table o as select a from t", "t", "o"),
        ("duckdb", "create table o (a text); insert into o select a from t", "t", "o"),
        ("duckdb", "insert into o (x) select a from t", "t", "o"),
        ("duckdb", "insert into o by name select a from t", "t", "o"),
        ("snowflake", "create table o clone t", "t", "o"),
        ("tsql", "select a into o from t", "t", "o"),
        ("snowflake", "copy into 's3://b/x' from (select a from t)", "t", "s3://b/x"),
        ("snowflake", "copy into @stage/x from t", "t", "@stage/x"),
        ("snowflake", "copy into o from @stage", "@stage", "o"),
        ("duckdb", "copy (select a from t) to 's3://b//x.csv'", "t", "s3://b/x.csv"),
        ("duckdb", "copy t to 'out/x.csv'", "t", "out/x.csv"),
        ("bigquery", "export data options(uri='gs://b/*.csv') as select a from t", "t", "gs://b/*.csv"),
        ("redshift", "unload ('select a from t where b = ''c''') to 's3://b/x' iam_role 'r'", "t", "s3://b/x"),
        ("spark", "insert overwrite directory 's3://b/x' select a from t", "t", "s3://b/x"),
        ("postgres", "update o set a = t.b from t where t.id = o.id", "t", "o"),
        (
            "snowflake",
            "merge into o using t on t.a = o.a when not matched then insert (a) values (t.a)",
            "t",
            "o",
        ),
    ],
)  # fmt: skip
def test_rows_go_from_one_place_to_another(
    dialect: str, text: str, reads: str, writes: str
) -> None:
    part = read(text, dialect)
    assert not part.findings
    assert {d.id for d in part.datasets} >= {reads, writes}
    steps = {s.id: s for s in part.steps}
    ends = [s for s in part.steps if writes in s.outputs]
    seen: set[str] = set()
    waiting = [s.id for s in ends]
    while waiting:
        for name in steps[waiting.pop()].inputs:
            seen.add(name)
            waiting += [name] if name in steps else []
    assert reads in seen


def test_an_insert_by_position_into_what_nobody_lists_is_unknown() -> None:
    assert step(read("insert into o select a from t"), "o/insert/names").opaque
    part = read("create table o (x text, y text); insert into o select a from t")
    assert step(part, "o/insert/names").opaque  # one column too few


@pytest.mark.parametrize(
    ("dialect", "text", "keep"),
    [
        ("bigquery", "create table t (a int64) partition by d options(partition_expiration_days=30)", "P30D"),
        ("bigquery", "alter table t set options(partition_expiration_days=0.5)", "PT43201S"),
        ("bigquery", "create table t (a int64) options(expiration_timestamp=timestamp '2027-01-01')", "?"),
        ("clickhouse", "create table t (d DateTime) engine=MergeTree order by d ttl d + interval 3 month", "P3M"),
        ("clickhouse", "create table t (d DateTime) engine=MergeTree order by d ttl d + interval 1 quarter delete", "P3M"),
        ("clickhouse", "create table t (d DateTime) engine=MergeTree order by d ttl toDateTime(x)", "?"),
    ],
)  # fmt: skip
def test_how_long_a_table_keeps_rows(dialect: str, text: str, keep: str) -> None:
    (lifetime,) = dataset(read(text, dialect), "t").lifetimes
    assert (lifetime.duration.text if lifetime.duration else "?") == keep


def test_a_ttl_may_be_of_some_rows_and_moving_them_deletes_none() -> None:
    text = "create table t (d DateTime, x Int8) engine=MergeTree order by d ttl {}"
    part = read(text.format("d + interval 1 day delete where x = 1"), "clickhouse")
    (lifetime,) = dataset(part, "t").lifetimes
    assert str(lifetime.where) == "x is 1"
    part = read(text.format("d + interval 1 day to disk 'slow'"), "clickhouse")
    assert dataset(part, "t").lifetimes == ()


@pytest.mark.parametrize(
    ("dialect", "text", "severity", "message"),
    [
        ("snowflake", "call refresh()", "error", "what CALL does here is not read"),
        ("snowflake", "use database x", "error", "which tables names mean after this is not read"),
        ("postgres", "set search_path to x", "error", "which schema names are of"),
        ("snowflake", "grant select on t to share s", "error", "what GRANT does here is not read"),
        (
            "snowflake",
            "alter table t modify column c set masking policy p",
            "note",
            "the rows stay",
        ),
        ("postgres", "selec a from t", "error", "this SQL cannot be read"),
        ("postgres", "select a from", "error", "this SQL cannot be read"),
        ("postgres", "select 'a", "error", "this is no SQL"),
        ("postgres", "select " + "(" * 70 + "1" + ")" * 70, "error", "nested more than 60 deep"),
        ("postgres", "select a from t where {{ x }}", "error", "this file holds Jinja"),
    ],
)
def test_what_is_not_read_is_told(dialect: str, text: str, severity: str, message: str) -> None:
    found = read(text, dialect).findings
    assert [(f.severity, message in f.message) for f in found] == [(severity, True)]
    assert found[0].location is not None and found[0].location.line == 1


@pytest.mark.parametrize(
    "text",
    ["grant select on t to role x", "delete from t where a < 1", "truncate table t", "drop table t",
     "create schema s", "create index i on t (a)", "insert into t values (1)", "begin", "commit"],
)  # fmt: skip
def test_what_moves_nothing_is_no_step(text: str) -> None:
    part = read(text, "postgres")
    assert (part.steps, part.findings) == ([], [])


def test_one_broken_statement_hides_no_other() -> None:
    part = read("select a from\n;\nselect b from t;\nselect from from", "postgres")
    assert [f.location.line for f in part.findings if f.location] == [1, 4]
    assert [s.outputs for s in part.steps] == [("m",)]


def test_every_query_of_a_file_is_read() -> None:
    part = whole({"q.sql": "select a from t; select b from t"})
    assert {d.id for d in part.datasets} == {"q", "q-2", "t"}


def test_a_file_of_sql_needs_a_dialect_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "m.sql").write_text("select 1", "utf-8")
    place = Location("policy_data/policy.yml", 7)
    for dialect, message, hint in (
        ("", "'m.sql' is SQL, and nothing says in which dialect", "dialect: postgres"),
        ("postgers", "'postgers' is not a known dialect of SQL", "did you mean 'postgres'?"),
    ):
        entry = Entry((Said("*.sql", place),), Said(dialect, place) if dialect else None)
        (found,) = load(tmp_path, [entry], Context(TODAY)).findings
        assert (found.message, found.location) == (message, place)
        assert hint in found.hint

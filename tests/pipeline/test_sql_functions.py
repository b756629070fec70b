"""What functions of SQL do to a value: each row of the catalogue's table."""

import time

import pytest
import sqlglot
from tests.pipeline.sql_files import of, read, step, whole, writes

from aboveboard.pipeline.graph import UNKNOWN
from aboveboard.pipeline.readers.sql.functions import effect, unwrapped
from aboveboard.pipeline.readers.sql.patterns import found_by

NAME = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"
MAIL = NAME + r"\\.[A-Za-z]{2,}"
KEY = "'a pepper that is long'"


@pytest.mark.parametrize(
    ("dialect", "call", "op", "unread"),
    [
        ("snowflake", f"sha2(v || {KEY}, 256)", "hash", False),
        ("snowflake", f"sha2(lower(v) || {KEY})", "hash", False),
        ("snowflake", "sha2(v)", "map", False),
        ("snowflake", "sha2(v || 'x')", "map", False),
        ("snowflake", "sha2(v || id)", "map", True),
        ("snowflake", "md5_hex(v)", "map", False),
        ("snowflake", "hash(v)", "map", False),
        ("snowflake", "sha2(v || $salt)", "hash", False),
        ("snowflake", "encrypt(v, 'k')", "encrypt", False),
        ("bigquery", f"to_hex(sha256(concat(v, {KEY})))", "hash", False),
        ("bigquery", "to_hex(sha256(v))", "map", False),
        ("bigquery", "farm_fingerprint(v)", "map", False),
        ("bigquery", "aead.encrypt(k, v, 'x')", "encrypt", False),
        ("postgres", f"encode(digest(v || {KEY}, 'sha256'), 'hex')", "hash", False),
        ("postgres", f"hmac(v, {KEY}, 'sha256')", "hash", False),
        ("postgres", "pgp_sym_encrypt(v, 'x')", "encrypt", False),
        ("postgres", "privacy.clean(v)", "map", True),
        ("postgres", "date_trunc('month', v)", "generalise", False),
        ("postgres", "date_trunc('hour', v)", "", False),
        ("postgres", "round(v)", "generalise", False),
        ("postgres", "round(v, 2)", "", False),
        ("postgres", "repeat('*', length(v))", "mask", False),
        ("postgres", "left(v, 3) || '***'", "mask", False),
        ("postgres", "left(v, 30) || '***'", "", False),
        ("postgres", "left(v, n) || '***'", "", False),
        ("postgres", "upper(v)", "", False),
        ("postgres", "split_part(v, '@', 2)", "", False),
        ("postgres", "my_own(v)", "map", True),
    ],
)
def test_what_a_call_does(dialect: str, call: str, op: str, unread: bool) -> None:
    found = effect(unwrapped(sqlglot.parse_one(call, read=dialect)))
    assert (found.op if found else "") == op
    assert (found is not None and found.unread) == unread


@pytest.mark.parametrize(
    ("dialect", "call", "entities", "known", "keeps"),
    [
        ("snowflake", f"regexp_replace(v, '{MAIL}', 'x')", {"email"}, True, False),
        ("bigquery", rf"regexp_replace(v, r'{NAME}\.[A-Za-z]+', '')", {"email"}, True, False),
        ("duckdb", rf"regexp_replace(v, '{NAME}\.[A-Za-z]+', '', 'g')", {"email"}, True, False),
        ("snowflake", "regexp_replace(v, '[0-9]')", {"card", "phone", "ssn"}, False, False),
        ("snowflake", "regexp_replace(v, 'a+', 'x')", set(), False, False),
        ("snowflake", f"regexp_replace(v, '({MAIL})', '<\\\\1>')", set(), True, True),
        ("snowflake", "regexp_replace(v, w, 'x')", set(), False, False),
        ("snowflake", "regexp_replace(v, '${P}', 'x')", set(), False, False),
    ],
)
def test_what_a_replacement_takes_out(
    dialect: str, call: str, entities: set[str], known: bool, keeps: bool
) -> None:
    part = read(f"select {call} as w2 from t", dialect)
    found = step(part, "m/w2")
    assert found.op == "redact"
    if known:
        assert set(found.entities) == entities
    assert found.keeps_text == keeps
    assert found.entities_known == known or found.entities


@pytest.mark.parametrize(
    ("dialect", "call"),
    [
        ("postgres", f"regexp_replace(v, '{MAIL}', 'x')"),
        ("duckdb", f"regexp_replace(v, '{MAIL}', 'x')"),
        ("snowflake", f"regexp_replace(v, '{MAIL}', 'x', 1, 1)"),
        ("snowflake", f"regexp_replace(v, '{MAIL}', 'x', 5)"),
    ],
)
def test_the_first_match_alone_is_no_redaction(dialect: str, call: str) -> None:
    found = step(read(f"select {call} as w from t", dialect), "m/w")
    assert (found.op, "first" in found.fact.text) == ("map", True)


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        (r"\S+@\S+", ["email"]),
        (r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}", []),  # there are longer addresses
        (r"https?://\S+", ["url"]),
        (r"\d{3}-\d{2}-\d{4}", ["ssn"]),
        (r"[a-z]+@example\.com", []),
        (r"@", []),
        (r"(a+)+$", []),
        (r"(x+x+)+y", []),
        (r"(.*a){20}", []),
        (r"[[:alpha:]]+@", []),
        (r"(", []),
        ("a" * 400, []),
        (r"(?<=x)y", []),
    ],
)
def test_a_pattern_is_tried_on_samples(pattern: str, kinds: list[str]) -> None:
    start = time.process_time()
    assert found_by(pattern) == kinds
    assert time.process_time() - start < 0.5


def test_a_protected_value_within_an_expression_is_protected() -> None:
    part = read(f"select 'id-' || sha256(v || {KEY}) || '/' || w as x from t")
    (found,) = of(part, "hash")
    assert found.fields == ("part:1",)
    assert writes(part) == {"x": {"t.?"}}


def test_a_pseudonym_of_one_column_still_is_that_column() -> None:
    part = read(f"select sha256(id || {KEY}) as who, sha256(lower(id) || {KEY}) as low from t")
    assert (step(part, "m/columns").writes or {})["who"] == ("id",)
    assert (step(part, "m/compute").writes or {})["low"] == ("id",)


@pytest.mark.parametrize(
    ("having", "k", "distinct"),
    [
        ("count(distinct id) >= 50", 50, "id"),
        ("count(distinct id) > 50", 51, "id"),
        ("50 < count(distinct id)", 51, "id"),
        ("not count(distinct id) < 50", 50, "id"),
        ("count(distinct id) between 50 and 60", 50, "id"),
        ("count(*) >= 50 and count(distinct id) >= 5", 5, "id"),
        ("count(*) >= 50", 50, None),
        ("approx_count_distinct(id) >= 50", UNKNOWN, "id"),
        ("count(distinct id) >= m", UNKNOWN, "id"),
        ("count(distinct id) >= 50 or x = 1", None, None),
        ("count(distinct id) < 50", None, None),
        ("sum(x) >= 50", None, None),
    ],
)
def test_how_many_people_a_group_has(having: str, k: object, distinct: str | None) -> None:
    (found,) = of(read(f"select x, count(*) n from t group by x having {having}"), "aggregate")
    setting = found.parameters.get("k")
    assert (setting.value if setting else None) == k
    assert found.distinct == distinct


def test_what_stands_for_a_missing_person_is_nobody() -> None:
    part = read("""
        with u as (select coalesce(id, 'none') as id, x from t)
        select x, count(*) n from u group by x having count(distinct id) >= 50
    """)
    (found,) = of(part, "aggregate")
    assert not found.parameters["k"].known


def test_what_shows_a_value_of_one_row_is_raw() -> None:
    text = "select x, max(v) m, sum(w) s from t group by x {}"
    (found,) = of(read(text.format("having count(distinct id) > 9")), "aggregate")
    assert {name.partition(":")[0] for name in found.raw} == {"group"} and len(found.raw) == 1
    (found,) = of(read(text.format("")), "aggregate")
    assert "x" in found.raw and len(found.raw) == 2


def test_a_filter_of_an_aggregate_only_decides() -> None:
    part = read("select x, count(*) filter (where v > 1) n, max(w) filter (where v > 1) m "
                "from t group by x having count(distinct id) > 9")  # fmt: skip
    (found,) = of(part, "aggregate")
    assert sorted((found.writes or {}).values()) == [(), ("w",)]
    assert len(found.raw) == 1


def test_a_window_brings_values_of_other_rows() -> None:
    part = read("select id, lag(v) over (partition by id order by w) as before from t")
    (found,) = of(part, "join")
    assert len(found.join_on) == 1
    part = read("select id, lag(v) over (order by w) as before from t")
    (found,) = of(part, "join")
    assert found.join_on == ()


@pytest.mark.parametrize(
    "text",
    [
        "select to_json(t) as x from t",
        "select row_to_json(t.*) x from t",
        "select hash(*) x from t",
        "create table t (a text); select b as x from t",
        "create table t (a text); select (select t.c from s) as x from t",
        "create table t (a text); select x.y from t, lateral (select t.a as y) x",
        "select a from t pivot (sum(b) for c in ('x', 'y'))",
        "with recursive r as (select 1 as a union all select a + 1 from r) select a from r",
        "select * from some_function(3)",
    ],
)
def test_what_is_not_understood_is_opaque(text: str) -> None:
    found = [s for s in read(text, "postgres").steps if s.opaque]
    assert found and all(s.fact.grade == "unknown" for s in found)


def test_a_value_of_the_row_may_come_back_from_a_query_of_a_column() -> None:
    part = read("create table t (a text, b text); select (select max(t.b || s.c) from s) x from t")
    assert writes(part) == {"x": {"t.b", "s.?"}}


def test_files_meet_by_names_of_tables() -> None:
    part = whole({"a.sql": "use app; create table t (a text);", "b.sql": "select a from app.t"})
    assert {d.id for d in part.datasets} == {"app.t", "b"}

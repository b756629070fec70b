"""Columns of SQL: from which columns of which tables each output is made."""

import pytest
from tests.pipeline.sql_files import of, read, step, whole, writes

from aboveboard.pipeline.predicate import Is

TABLES = "create table t (a text, b text, c text); create table s (a text, d text);"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select a, b as x from t", {"a": {"t.a"}, "x": {"t.b"}}),
        ("select * from t", None),
        ("select t.* from t where a = 'x'", {"a": {"t.a"}, "b": {"t.b"}, "c": {"t.c"}}),
        ("select * exclude (b) from t where a = ''", {"a": {"t.a"}, "c": {"t.c"}}),
        ("select * replace (upper(b) as a) from t", {"a": {"t.b"}, "b": {"t.b"}, "c": {"t.c"}}),
        ("select b as a, a as b from t", {"a": {"t.b"}, "b": {"t.a"}}),
        ("select a || b as a, a as c from t", {"a": {"t.a", "t.b"}, "c": {"t.a"}}),
        ("select t.a, s.d from t join s on s.a = t.a", {"a": {"t.a"}, "d": {"s.d"}}),
        ("select b, d from t join s using (a)", {"b": {"t.b"}, "d": {"s.d"}}),
        ("with u as (select a as x from t) select x as y from u", {"y": {"t.a"}}),
        ("with u(z) as (select a from t) select z from u", {"z": {"t.a"}}),
        ("select q.x from (select a as x from t) q", {"x": {"t.a"}}),
        ("select case when a = '1' then b else c end x from t", {"x": {"t.b", "t.c"}}),
        ("select case when a = '1' then 'yes' end x from t", {"x": {"t.a"}}),
        ("select 1 as x, null as y from t", {"x": set(), "y": set()}),
        ("select a from t union all select d from s", {"a": {"t.a", "s.d"}}),
        ("select count(b) as n, a from t group by a", {"n": {"t.b"}, "a": {"t.a"}}),
        ("select max(b) m from t group by 1 + 1", {"m": {"t.b"}}),
        ("select sum(length(b)) over (partition by a) x from t", {"x": {"t.b"}}),
        ("select row_number() over (order by b) x from t", {"x": set()}),
        ("select (select max(d) from s) x from t", {"x": {"s.d"}}),
        ("select upper(b) as u, u || c as v from t", {"u": {"t.b"}, "v": {"t.b", "t.c"}}),
        ("select u.x from t, unnest(string_split(b, ',')) as u(x)", {"x": {"t.b"}}),
    ],
)
def test_what_each_column_is_made_of(query: str, expected: dict[str, set[str]] | None) -> None:
    part = read(f"{TABLES} {query}")
    assert not part.findings
    assert writes(part) == (expected or {name: {f"t.{name}"} for name in "abc"})


def test_select_star_of_another_file_is_known() -> None:
    files = {
        "models/m.sql": "select * from people where id = 1",
        "models/people.sql": "select id, upper(mail) as mail from users",
    }
    part = whole(files)
    assert writes(part) == {"id": {"users.?"}, "mail": {"users.?"}}


def test_select_star_of_what_nobody_lists_stays_open() -> None:
    part = read("select *, upper(b) as u from t where c = 1")
    last = next(s for s in part.steps if "m" in s.outputs)
    assert last.op != "allow-fields"


def test_a_column_of_one_of_two_unlisted_tables_may_be_of_either() -> None:
    part = read("select b from t join s on t.id = s.id")
    assert writes(part) == {"b": {"t.?", "s.?"}}
    part = read("create table s (id text); select b from t join s on t.id = s.id")
    assert writes(part) == {"b": {"t.?"}}


@pytest.mark.parametrize(
    ("dialect", "quoted", "same"),
    [
        ("snowflake", '"BODY"', True),
        ("snowflake", '"body"', False),
        ("postgres", '"body"', True),
        ("postgres", '"Body"', False),
        ("duckdb", '"Body"', True),
    ],
)
def test_a_quoted_name_may_be_another(dialect: str, quoted: str, same: bool) -> None:
    part = read(f"create table t (body text); select {quoted} as x from t", dialect)
    assert (writes(part) == {"x": {"t.body"}}) == same


def test_joins_of_every_kind() -> None:
    text = "select t.a from t {} join s on s.a = t.a"
    kinds: dict[str, list[tuple[str, str, int]]] = {}
    for kind in ("inner", "left", "right", "full", "semi", "anti"):
        joins = of(read(f"{TABLES} {text.format(kind)}"), "join")
        found = [(j.inputs[0].rpartition(" ")[2], j.join_kind, len(j.join_on)) for j in joins]
        kinds[kind] = sorted(found)
    assert kinds == {
        "inner": [("t", "inner", 1)],
        "left": [("t", "left", 1)],
        "right": [("s", "left", 1)],
        "full": [("s", "left", 1), ("t", "left", 1)],
        "semi": [("t", "inner", 1)],
        "anti": [("t", "left", 1)],
    }


def test_tables_in_from_are_joined_by_where() -> None:
    part = read(f"{TABLES} select t.b from t, s where t.a = s.a and s.d = 'x'")
    (join,) = of(part, "join")
    assert (join.join_kind, len(join.join_on)) == ("inner", 1)
    assert len(of(part, "filter")) == 1


def test_a_view_is_a_step_and_a_table_is_a_store() -> None:
    part = read("""
        create view v as select a from t;
        create table w as select a from v;
        create temporary table x as select a from w;
    """)
    stores = {d.id for d in part.datasets}
    assert stores == {"t", "w"}
    assert step(part, "v").op == "copy" and step(part, "x").op == "copy"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("alter table t rename to u", "what RENAME TO U does to a TABLE is not read"),
        ("alter table t rename column a to z", "what RENAME COLUMN A TO Z does to a TABLE is not"),
        ("alter table t swap with s", "what SWAP WITH S does to a TABLE is not read"),
        ("alter table t add column z text, rename to u", "what ALTER does here is not read"),
        ("create view v as select a from t; alter view v rename to w", "to a VIEW is not read"),
        ("call refresh()", "what CALL does here is not read"),
    ],
)
def test_what_gives_a_table_other_rows_or_another_name_is_said(statement: str, told: str) -> None:
    (finding,) = read(f"{TABLES} {statement};", "snowflake").findings
    assert told in finding.message and finding.severity == "error"


@pytest.mark.parametrize(
    "change", ["add column z text", "drop column b", "alter column b type int", "cluster by (a)"]
)
def test_other_changes_of_a_table_are_none_of_its_rows(change: str) -> None:
    assert not read(f"{TABLES} alter table t {change};", "snowflake").findings


def test_a_default_that_a_table_holds_is_known_to_queries_alone() -> None:
    """Another tool that reads the table finds no missing value there: to it, this is no flag."""
    text = """
        create table p as select id, coalesce(out, false) as out from t;
        select id from p where not out;
    """
    part = read(text)
    assert step(part, "p/defaults").writes == {"out": ("out",)}
    assert (step(part, "p/kept").writes or {})["out as it came"] == ("out",)
    where = step(part, "m/where").where
    assert where == Is("p:out", frozenset({False}), True)
    assert (step(part, "m/from p").writes or {})["p:out"] == ("out as it came",)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select b, d from (t join s on t.a = s.a)", {"b": {"t.b"}, "d": {"s.d"}}),
        ("select t.b, s.d from (t join s on t.a = s.a)", {"b": {"t.b"}, "d": {"s.d"}}),
        ("select q from t as x(p, q, r)", {"q": {"t.b"}}),
        ("select x.* from s as x(p, q)", {"p": {"s.a"}, "q": {"s.d"}}),
        ("select p from (select b, a from t) as x(p, q)", {"p": {"t.b"}}),
    ],
)
def test_parentheses_and_new_names_in_from(query: str, expected: dict[str, set[str]]) -> None:
    assert writes(read(f"{TABLES} {query}")) == expected


def test_each_key_of_nested_joins_is_its_own() -> None:
    part = read("select u.a from u join (v join w on v.b = w.c) on v.d = u.e")
    keys = [j.join_on for j in of(part, "join")]
    assert len({*keys}) == 2
    names = {name: of_ for s in of(part, "rename") for name, of_ in (s.writes or {}).items()}
    assert {names[k] for (k,) in keys} == {("d",), ("c",)}


def test_a_table_that_is_created_twice_holds_either() -> None:
    part = whole({"a.sql": f"{TABLES} create table m as select a from t",
                  "b.sql": "create table m as select d as a from s"})  # fmt: skip
    assert writes(part) == {"a": {"t.a", "s.d"}}


def test_a_view_that_is_defined_twice_is_told() -> None:
    part = read("create view v as select 1 as a;\ncreate or replace view v as select 2 as a")
    assert ["defined before" in f.message for f in part.findings] == [True]

"""People and their rows in a DuckDB database, a policy about them, and queries made at random.

What a query really lets through is held against what the checker says of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from tests.pipeline.sql_files import whole

from aboveboard.pipeline.graph import Pipeline
from aboveboard.pipeline.join import join
from aboveboard.policy.load import load as load_policy
from aboveboard.policy.model import Policy
from aboveboard.proof.judge import judge
from aboveboard.proof.model import Judged

TABLES = """
create table users (id text, mail text, opted_out boolean, plan text);
create table notes (user_id text, body text, kind text);
create table consents (person text, may_train boolean);
"""
POLICY = """
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
  axes: {plan: {free: Free, pro: Pro, team: Team}}
data:
  notes: {name: what you write in notes, origin: provided}
  mail: {name: your address, origin: provided}
uses:
  train:
    name: training the helper
    purpose: train-model
    data: notes
    applies: {state: opt-out, control: training}
    steps: [redact, pseudonym]
  other:
    name: counting
    purpose: analytics
    data: notes
    applies:
      - {scope: {plan: [free, pro]}, state: always, why: We count.}
      - {scope: {plan: team}, state: never}
  sum:
    name: sums
    purpose: analytics
    data: notes
    applies: {state: always, why: We count.}
    steps: count
controls:
  training:
    name: use of your notes for training
    kind: switch
    how: {do: [Open Settings, Switch off training]}
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    spreads-to: account
steps:
  redact: {name: take out addresses, technique: redaction, entities: email,
           stage: before-training, relink: nobody, limits: Names can remain.}
  pseudonym: {name: replace numbers, technique: keyed-hash,
              stage: before-training, relink: nobody, limits: A guess can be checked.}
  count: {name: count people, technique: k-anonymity, parameters: {k: 2},
          stage: before-storage, relink: nobody, limits: A count says that a group exists.}
copies: {servers: {name: our servers}}
retention: {rows: {data: [notes, mail], copy: servers, until: you-delete}}
bindings:
  files: none.yml
  sources: {notes: notes.body, mail: users.mail}
  sinks: {train: out, other: out, sum: out}
  person: {users: id, notes: user_id, consents: person}
  flags: {training: {field: users.opted_out, refused: true, read: run-time}}
  axes: {plan: {users.plan: {free: [free], pro: [pro], team: [team]}}}
"""


@dataclass(frozen=True)
class Person:
    """`flag` None: has none; `known` False: has no row among the users."""

    name: str
    flag: bool | None
    plan: str | None
    known: bool = True

    @property
    def refused(self) -> bool:
        return self.flag is not False or not self.known

    @property
    def on_team(self) -> bool:
        return self.known and self.plan == "team"


@cache
def people() -> tuple[Person, ...]:
    """Everybody there can be: names of digits, since a query may spell letters otherwise."""
    kinds = [*product((True, False, None), ("free", "pro", "team", None))]
    found = [Person(f"7{n:02}7", flag, plan) for n, (flag, plan) in enumerate(kinds)]
    return (*found, Person("7997", None, None, known=False))


def fill(connection: Any) -> None:
    """Plants everybody's rows."""
    connection.execute(TABLES)
    for person in people():
        if person.known:
            row = [person.name, f"m{person.name}@example.com", person.flag, person.plan]
            connection.execute("insert into users values (?, ?, ?, ?)", row)
            consent = [person.name, None if person.flag is None else not person.flag]
            connection.execute("insert into consents values (?, ?)", consent)
        for kind in ("a", "b"):
            body = f"note {person.name} {kind}, write to w{person.name}@example.com please"
            connection.execute("insert into notes values (?, ?, ?)", [person.name, body, kind])


@cache
def policy(text: str) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "policy_data").mkdir()
        (Path(folder) / "policy_data/policy.yml").write_text(text, "utf-8")
        found, findings = load_policy(Path(folder))
    assert not findings, findings
    return found


def verdicts(sql: str, text: str = POLICY) -> dict[str, Judged]:
    """What the checker says of statements that write the table `out`."""
    part = whole({"models/m.sql": TABLES + sql}, "duckdb")
    assert not part.findings, part.findings
    pipeline = Pipeline()
    join(pipeline, [part])
    assert not pipeline.findings, (sql, pipeline.findings)
    return judge(policy(text), pipeline, date(2026, 12, 1)).judged


def counted(sql: str, k: int) -> Judged:
    """Whether groups in `out` are of at least k people."""
    return verdicts(sql, POLICY.replace("{k: 2}", f"{{k: {k}}}"))["sum/notes/count/k@out"]


def rows(connection: Any, sql: str) -> list[str]:
    """Every row that arrives in `out`, as one text."""
    connection.execute("begin")
    try:
        for statement in sql.split(";"):
            if statement.strip():
                connection.execute(statement)
        return [repr(row) for row in connection.execute("select * from out").fetchall()]
    finally:
        connection.execute("rollback")


def arrived(found: list[str]) -> set[str]:
    """The people of whom a body, or what is left of it, arrived."""
    return {p.name for p in people() if any(f"note {p.name}" in row.lower() for row in found)}


# -- queries ---------------------------------------------------------------------------------------

FLAG = ("{f} = false", "{f} <> true", "not {f}", "{f} is not true", "{f} is distinct from true",
        "{f} is null", "coalesce({f}, false) = false", "not coalesce({f}, true)",
        "{f} in (false)", "{f} not in (true)", "{f} not in (true, null)", "{f} is false",
        "not ({f} is true)", "{f} = true", "{f} is not distinct from false",
        "coalesce({f}, true) is not true", "not ({f} and {f})", "not (not {f})",
        "case when {f} then false else true end", "{f} is not null")  # fmt: skip
PLAN = ("{p} = 'pro'", "{p} <> 'team'", "{p} in ('free', 'pro')", "{p} not in ('team')",
        "{p} not in ('team', null)", "{p} is distinct from 'team'", "{p} is null",
        "coalesce({p}, 'team') <> 'team'", "coalesce({p}, 'free') <> 'team'", "{p} like 'f%'",
        "{p} is not null", "not ({p} = 'team' or {p} is null)", "lower({p}) <> 'team'")  # fmt: skip
KIND = ("{k} = 'a'", "length({b}) > 3", "{b} is not null", "random() < 2")
BODY = ("{b}", "upper({b})", "'x' || {b}", "trim({b})", "substr({b}, 1, 500)", "coalesce({b}, '')",
        "case when {k} = 'a' then {b} else {b} end", "concat({b}, {k})",
        r"regexp_replace({b}, '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+', '[mail]', 'g')",
        r"regexp_replace({b}, '([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+)', '<\1>', 'g')",
        r"regexp_replace(trim({b}), '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+', '', 'g')",
        "regexp_replace({b}, '@', ' at ', 'g')")  # fmt: skip
WHO = ("{i}", "md5({i})", "sha256({i} || 'a pepper that is long')", "sha256({b} || {i})",
       "hash({i})", "'id ' || {i}", "substr({i}, 1, 9)", "null", "{i}::varchar",
       "sha256(concat('a pepper that is long', {i})) || '-'")  # fmt: skip
JOINS = ("notes n join {u} u on u.id = n.user_id", "notes n left join {u} u on n.user_id = u.id",
         "{u} u right join notes n on u.id = n.user_id",
         "{u} u left join notes n on u.id = n.user_id",
         "notes n full join {u} u on n.user_id = u.id", "notes n, {u} u where n.user_id = u.id",
         "notes n cross join {u} u where u.id = n.user_id and n.kind is not null",
         "notes n join {u} u on u.id = n.user_id and n.kind = 'a'",
         "notes n left join {u} u on u.id = n.user_id and n.kind = 'a'",
         "notes n left join {u} u on u.id = n.user_id and u.plan = 'free'",
         "notes n join {u} u on u.id <> n.user_id",
         "(select * from notes) n join (select * from {u}) u on u.id = n.user_id")  # fmt: skip
SOURCES = {
    "users": "",
    "people": "create view people as select * from users;",
    "people2": "create view people2 as select id, mail, opted_out, plan from users "
    "where plan is not null;",
    "people3": "create view people3 as select id, coalesce(opted_out, true) as opted_out, plan "
    "from users;",
    "people4": "create table people4 as select distinct id, coalesce(opted_out, false) opted_out, "
    "plan from users;",
    "people5": "create view people5 as select u.id, u.opted_out, u.plan from users u "
    "left join consents c on c.person = u.id;",
    "people6": "create view people6 as select id, opted_out, plan from users union all "
    "select id, opted_out, plan from users where plan = 'pro';",
    "people7": "create view people7 as select id, max(opted_out) as opted_out, plan from users "
    "group by id, plan;",
    "people8": "create view people8 as select plan as opted_out, opted_out as plan, id from ("
    "select id, plan as opted_out, opted_out as plan from users);",
}
SEMI = ("exists (select 1 from users e where e.id = {i} and {w})",
        "not exists (select 1 from users e where e.id = {i} and {w})",
        "{i} in (select e.id from users e where {w})",
        "{i} not in (select e.id from users e where {w})",
        "{i} not in (select e.id from users e where e.opted_out)",
        "exists (select 1 from consents c where c.person = {i} and c.may_train)",
        "not exists (select 1 from users e where e.id = {i} and e.opted_out is not false)",
        )  # fmt: skip


@st.composite
def condition(draw: Any, pool: tuple[str, ...], depth: int = 1) -> str:
    """One condition, or several put together."""
    kind = draw(st.sampled_from(["one", "one", "and", "or", "not"] if depth else ["one"]))
    if kind == "one":
        return str(draw(st.sampled_from(pool)))
    if kind == "not":
        return f"not ({draw(condition(pool, depth - 1))})"
    parts = [draw(condition(pool, depth - 1)) for _ in range(2)]
    return f"({parts[0]} {kind} {parts[1]})"


@dataclass(frozen=True)
class Query:
    """SQL that writes `out`. exact: every condition decides on one thing alone, and nothing is
    there that the checker takes to be worse than it may be."""

    sql: str
    exact: bool


@st.composite
def queries(draw: Any) -> Query:
    """A SELECT from notes and users, in one of many shapes."""
    source = draw(st.sampled_from(sorted(SOURCES)))
    start = draw(st.sampled_from(JOINS)).format(u=source)
    names = {"f": "u.opted_out", "p": "u.plan", "k": "n.kind", "b": "n.body", "i": "n.user_id"}
    tests = [draw(condition(FLAG)) for _ in range(draw(st.integers(0, 2)))]
    tests += [draw(condition(PLAN)) for _ in range(draw(st.integers(0, 1)))]
    tests += [draw(st.sampled_from(KIND)) for _ in range(draw(st.integers(0, 1)))]
    mixed = "plan = 'free'" in start  # with a condition on the flag this is an inner join
    if draw(st.integers(0, 3)) == 0:
        mixed = True
        tests.append(draw(condition((*FLAG, *PLAN, *KIND))))
    tests = [test.format(**names) for test in tests]
    if draw(st.integers(0, 3)) == 0:
        mixed = True
        inner = draw(condition(FLAG)).format(f="e.opted_out")
        tests.append(draw(st.sampled_from(SEMI)).format(i="n.user_id", w=inner))
    body = draw(st.sampled_from(BODY)).format(**names)
    who = draw(st.sampled_from(WHO)).format(**names)
    distinct = draw(st.sampled_from(["", "", "distinct "]))
    word = " and " if " where " in start else " where "
    sql = f"select {distinct}{who} as who, {body} as body from {start}"
    sql += (word + " and ".join(tests)) if tests else ""
    shape = draw(st.sampled_from((*WHOLE, *PART)))
    sql, mixed = shape.replace("{q}", sql), mixed or shape in PART
    exact = source in ("users", "people", "people3", "people5") and not mixed
    return Query(f"{SOURCES[source]} create table out as {sql}", exact)


# Shapes of the same query within another; of the second group not all rows may arrive.
WHOLE = (
    "{q}",
    "with q as ({q}) select * from q",
    "with q as ({q}), r(a, b) as (select * from q) select b as body, a as who from r",
    "select q.body, q.who from ({q}) q where q.body is not null",
    "({q}) union all ({q})",
    "({q}) union ({q})",
    "({q}) intersect ({q})",
    "select body, who from ({q}) qualify row_number() over (partition by who, body) = 1",
    "select who, max(body) as body from ({q}) group by who, body",
    "select who, string_agg(body, ' ') as body from ({q}) group by 1",
    "select * exclude (who), who from ({q})",
    "select who, body from ({q}) order by who limit 1000",
)
PART = (
    "select body, who, lag(body) over (order by who) as before from ({q})",
    "select who, (select max(body) from ({q})) as body from ({q}) z",
    "select a.who, b.body from ({q}) a join ({q}) b on a.who = b.who",
    "select who, count(*) as n, min(body) as body from ({q}) group by who",
    "({q}) except (select who, body from ({q}) where who = '7007')",
    "select z.who, y.body from ({q}) z left join ({q}) y on y.who = z.who and y.body <> z.body",
)


def guesses(connection: Any) -> set[str]:
    """What anybody makes of a number without a key, and can look for."""
    asked = [f"select md5('{p.name}'), hash('{p.name}')" for p in people()]
    return {str(value) for sql in asked for value in connection.execute(sql).fetchone()}


def leaks(found: list[str], guessed: set[str]) -> Iterator[tuple[str, bool]]:
    """Each claim, and whether rows show that it is not kept."""
    names = arrived(found)
    here = [p for p in people() if p.name in names]
    yield "train/notes/training@out", any(p.refused for p in here)
    yield "other/notes/never-plan-team@out", any(p.on_team for p in here)
    mails = any(f"w{p.name}@example.com" in row.lower() for p in people() for row in found)
    yield "train/notes/redact@out", mails
    numbers = any(_alone(p.name, row) for p in people() for row in found)
    checked = any(guess in row for guess in guessed for row in found)
    yield "train/notes/pseudonym@out", numbers or checked


def _alone(name: str, row: str) -> bool:
    """Whether somebody's number stands there, but for that in what they wrote."""
    rest = row.lower().replace(f"note {name}", "").replace(f"w{name}", "")
    return name in rest

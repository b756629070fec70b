"""Conditions of SQL: what WHERE keeps, with its three answers."""

import pytest
from tests.pipeline.sql_files import DROPPED, KEPT, UNDECIDED, of, passes, read, step

from aboveboard.pipeline.predicate import MISSING, Is, Not


@pytest.mark.parametrize(
    ("condition", "value", "answer"),
    [
        ("f = 1", 1, KEPT),
        ("f = 1", 0, DROPPED),
        ("f = 1", MISSING, DROPPED),
        ("f != 1", 0, KEPT),
        ("f != 1", MISSING, DROPPED),
        ("not f = 1", MISSING, DROPPED),
        ("not (f != 1)", 1, KEPT),
        ("f is distinct from 1", MISSING, KEPT),
        ("f is distinct from 1", 1, DROPPED),
        ("f is not distinct from 1", 1, KEPT),
        ("f is null", MISSING, KEPT),
        ("f is null", 1, DROPPED),
        ("f is not null", MISSING, DROPPED),
        ("f", True, KEPT),
        ("f", False, DROPPED),
        ("not f", False, KEPT),
        ("not f", MISSING, DROPPED),
        ("f is true", MISSING, DROPPED),
        ("f is not true", MISSING, KEPT),
        ("f is not true", True, DROPPED),
        ("not (f is true)", False, KEPT),
        ("f is false", MISSING, DROPPED),
        ("coalesce(f, false) = false", MISSING, KEPT),
        ("coalesce(f, true) = false", MISSING, DROPPED),
        ("not coalesce(f, false)", MISSING, KEPT),
        ("not coalesce(f, false)", True, DROPPED),
        ("coalesce(f, 0) <> 1", MISSING, KEPT),
        ("coalesce(f, null, 1) = 1", MISSING, KEPT),
        ("f in ('a', 'b')", "a", KEPT),
        ("f in ('a', 'b')", "c", DROPPED),
        ("f not in ('a', 'b')", "c", KEPT),
        ("f not in ('a', 'b')", MISSING, DROPPED),
        ("f not in ('a', null)", "c", DROPPED),
        ("f in ('a', null)", "a", KEPT),
        ("f = null", "a", DROPPED),
        ("f = 1 or g = 1", 0, KEPT),
        ("f = 1 and g = 1", 0, DROPPED),
        ("not (f = 1 or g = 1)", 1, DROPPED),
        ("not (f = 1 and g = 1)", 1, KEPT),
        ("f = 1 or true", 0, KEPT),
        ("false or f = 1", 0, DROPPED),
        ("f between '2003-05-05' and '2003-06-01'", "2003-01-01", DROPPED),
        ("f >= date '2003-05-05'", "2003-05-04", DROPPED),
        ("f >= '2003-05-05'", "2003-05-06", KEPT),
        ("'2003-05-05' > f", "2003-05-06", DROPPED),
        ("f > 3", 2, UNDECIDED),
        ("f = g", 2, UNDECIDED),
        ("my_function(f)", 2, UNDECIDED),
        ("lower(f) = 'a'", "a", UNDECIDED),
        ("f = '${VALUE}'", "a", UNDECIDED),
        ("random() < 0.1", 1, KEPT),
        ("exists (select 1 from x join y on x.a = y.a)", 1, UNDECIDED),
        ("f::boolean", True, KEPT),
    ],
)
def test_which_rows_pass(condition: str, value: object, answer: tuple[bool, bool]) -> None:
    assert passes(condition, "f", value) == answer


@pytest.mark.parametrize(("dialect", "answer"), [("mysql", KEPT), ("postgres", DROPPED)])
def test_some_dialects_compare_text_in_any_case(dialect: str, answer: tuple[bool, bool]) -> None:
    assert passes("f = 'Team'", "f", "TEAM", dialect) == answer


def test_each_condition_has_its_place() -> None:
    part = read("""
        select a from t
        where b = 1
          and c = 2
    """)
    found = [(s.fact.location.line, s.fact.text) for s in of(part, "filter")]
    assert found == [(3, "keeps rows where b is 1"), (4, "keeps rows where c is 2")]


def test_a_default_given_by_a_view_is_that_of_the_condition() -> None:
    part = read("""
        create view v as select coalesce(f, true) as out from t;
        select out from v where not out;
    """)
    assert step(part, "m/where").where == Is("out", frozenset({False}), False)
    part = read("""
        create view v as select coalesce(f, false) as out from t;
        select out from v where not out;
    """)
    assert step(part, "m/where").where == Is("out", frozenset({False}), True)


def test_an_anti_join_keeps_rows_without_a_partner() -> None:
    for text in (
        "select n.a from n where not exists (select 1 from o where o.id = n.id)",
        "select n.a from n where n.id not in (select o.id from o)",
        "select n.a from n left join o on o.id = n.id where o.id is null",
    ):
        part = read(text)
        (join,) = of(part, "join")
        assert (join.join_kind, len(join.join_on)) == ("left", 1)
        assert step(part, "m/without o").where is not None
        assert passes_without(part, {"o:id": MISSING}) and not passes_without(part, {"o:id": 1})


def passes_without(part: object, row: dict[str, object]) -> bool:
    from aboveboard.pipeline.predicate import can_pass

    where = step(part, "m/without o").where  # type: ignore[arg-type]
    assert where is not None
    return can_pass(where, row, doubt_blocks=False)


def test_an_anti_join_on_some_rows_drops_their_partners_alone() -> None:
    part = read("select n.a from n where not exists (select 1 from o where o.id = n.id and o.f)")
    assert passes_without(part, {"o:id": 1, "o:f": False})
    assert not passes_without(part, {"o:id": 1, "o:f": True})
    assert passes_without(part, {"o:id": MISSING, "o:f": MISSING})
    assert not isinstance(step(part, "m/without o").where, Is)
    assert isinstance(step(part, "m/without o").where, Not)

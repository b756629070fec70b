"""Mutants: a sample is judged here, `make mutants` judges all; the page is about those of today."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice

import pytest
from tests.mutants import page
from tests.mutants.formats import FORMATS
from tests.mutants.harness import Base, Workshop, bases, examples, mutants, result

from aboveboard.pipeline.readers import READERS

EVERY = 23  # of so many mutants of small projects one is judged


@cache
def small() -> list[Base]:
    """The example projects but for the demo, which is large."""
    return [base for base in examples() if base.name != "demo" and not base.why_not]


def test_every_format_that_is_read_has_mutants_or_a_reason() -> None:
    assert READERS.keys() - FORMATS.keys() <= page.WITHOUT.keys()


def test_the_page_is_about_the_mutants_of_today() -> None:
    made: Counter[tuple[str, str]] = Counter()
    for base in bases():
        for name in base.formats(base.files, base.project):
            for operator in FORMATS[name]().OPERATORS:
                made.update((name, m.operator) for m in mutants(base, name, operator))

    assert {key: number for key, number in made.items() if number} == page.published()
    assert sum(made.values()) >= 1000


def test_the_page_tells_of_no_survivor_and_no_false_alarm() -> None:
    rows = page.FILE.read_text("utf-8").partition("| format |")[2].partition("\n\n")[0]
    for line in rows.split("\n")[2:]:
        name, caught, rate, green, alarms, *_ = (c.strip() for c in line.strip("|").split("|"))
        assert len(set(caught.split(" of "))) == 1, name
        assert rate in ("100.0 %", "-")
        assert (len(set(green.split(" of "))), alarms) == (1, "0")


@pytest.mark.parametrize("name", FORMATS)
def test_a_sample_is_judged_rightly(name: str) -> None:
    judged = 0
    for base in small():
        if name not in base.formats(base.files, base.project):
            continue
        assert not base.broken(base.files, base.project), base.name
        shop = Workshop(base)
        try:
            every = [m for op in FORMATS[name]().OPERATORS for m in mutants(base, name, op)]
            for mutant in islice(every, len(base.name) % min(EVERY, len(every)), None, EVERY):
                found = result(base, name, mutant, shop)
                assert not found.fault, (base.name, mutant.operator, mutant.what, found.fault)
                judged += 1
        finally:
            shop.close()
    assert judged, f"no example project of {name}"

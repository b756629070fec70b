"""Random pipelines: their verdicts must agree with what rows show.

Several tests of one kind so that they run beside one another, each on its own pipelines.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given, seed

from . import profiles
from .agreement import disagreements
from .executor import Spec, TooManyRows
from .random_pipelines import pipelines
from .world import Setup


def agree(setup: Setup, spec: Spec) -> None:
    try:
        found = disagreements(setup, spec)
    except TooManyRows:
        assume(False)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("number", range(4))
def test_verdicts_agree_with_rows(number: int) -> None:
    @seed(number)
    @profiles.many(1)
    @given(pipelines())
    def check(given_: tuple[Setup, Spec]) -> None:
        agree(*given_)

    check()


@pytest.mark.parametrize("number", range(2))
def test_verdicts_agree_where_settings_are_unread(number: int) -> None:
    @seed(100 + number)
    @profiles.many(0.25)
    @given(pipelines(most=4, undecided=True))
    def check(given_: tuple[Setup, Spec]) -> None:
        agree(*given_)

    check()

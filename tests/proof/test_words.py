"""What a claim states, in words that need no key of the policy."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from aboveboard.policy.model import Policy
from aboveboard.proof import words
from aboveboard.proof.protections import COMPARABLE


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("area-km2", 3.0, "an area of at least 3 square kilometres"),
        ("min-people", 1000, "at least 1,000 people"),
        ("k", 50, "at least 50 people in a group"),
        ("epsilon", 0.5, "an epsilon of at most 0.5"),
        ("delta", 1e-05, "a delta of at most 1e-05"),
    ],
)
def test_a_number_of_a_step(name: str, value: float, said: str) -> None:
    step = SimpleNamespace(name="widen your location", parameters={name: value})
    policy = cast(Policy, cast(Any, SimpleNamespace(steps={"widen": step})))
    assert words.parameter(policy, "widen", name) == (
        f"The step to widen your location runs with {said}."
    )


def test_every_number_that_is_compared_has_words() -> None:
    assert words.PARAMETERS.keys() == COMPARABLE

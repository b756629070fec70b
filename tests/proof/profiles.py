"""How many examples: a share of a minute by default; ABOVEBOARD_EXAMPLES=20000 is thorough."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

THOROUGH = int(os.environ.get("ABOVEBOARD_EXAMPLES", "0"))
DEFAULT = 420


def many(share: float) -> Callable[[Any], Any]:
    """So many examples of the usual number, the same ones every time unless thorough."""
    return settings(
        max_examples=max(1, int((THOROUGH or DEFAULT) * share)),
        derandomize=not THOROUGH,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )

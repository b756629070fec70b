"""How many examples: a minute's worth on two cores by default.

ABOVEBOARD_EXAMPLES=4000 is thorough (of each of several tests, and not the same ones every time);
ABOVEBOARD_NO_SHRINK=1 does not look for the smallest failing example, which takes minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings

THOROUGH = int(os.environ.get("ABOVEBOARD_EXAMPLES", "0"))
DEFAULT = 450
SHRINK = "ABOVEBOARD_NO_SHRINK" not in os.environ


def many(share: float) -> Callable[[Any], Any]:
    """So many examples of the usual number, the same ones every time unless thorough."""
    return settings(
        max_examples=max(1, int((THOROUGH or DEFAULT) * share)),
        derandomize=not THOROUGH,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink] if SHRINK else [Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )

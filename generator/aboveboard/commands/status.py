"""Exit statuses, and the error that means the last of them."""

from __future__ import annotations

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2


class CannotRun(Exception):
    """The command could not start: a missing project, a bad argument. Told in one line."""

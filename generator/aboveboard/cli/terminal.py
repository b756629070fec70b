"""What is known of the terminal, if there is one."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def is_terminal(stream: TextIO | None) -> bool:
    """Whether people see what is printed here as it comes."""
    return stream is not None and not stream.closed and stream.isatty()


def colour() -> bool:
    """Whether what is printed may have colours."""
    return _colour(sys.stdout)


def colour_of_errors() -> bool:
    """Whether what is told on the standard error may have colours."""
    return _colour(sys.stderr)


def is_forced() -> bool:
    """Whether colours are wanted wherever the text goes."""
    return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")


def _colour(stream: TextIO | None) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return is_forced() or (is_terminal(stream) and os.environ.get("TERM") != "dumb")

"""What is known of the terminal, if there is one."""

from __future__ import annotations

import os
import sys


def colour() -> bool:
    """Whether what is printed may have colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ

"""Signs what the demo's policy asks for, as it is now.

    make demo        or        python -m tests.demo_signatures

The command itself writes the record. Whoever changes the demo, or the words of an answer, and with
it a sentence that is signed, runs this again.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from aboveboard.commands.review import Asked, offer, sign
from aboveboard.policy.load import REVIEWS

ROOT = Path(__file__).parents[1]
SIGNED = date(2026, 10, 30)  # the day of the demo's last release
NOTE = "Read beside the contracts and the settings."


def make(root: Path = ROOT) -> str:
    """Signs all that is open for legal in a project, in the place of what was signed before."""
    shutil.rmtree(root / REVIEWS, ignore_errors=True)
    return sign(offer(root, SIGNED, Asked((), True, "legal", NOTE)))


if __name__ == "__main__":
    print(make(), end="")

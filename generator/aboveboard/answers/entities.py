"""Pages of single things, and of all things of a kind."""

from __future__ import annotations

from .about_control import control_answer
from .about_data import data_answer
from .about_rights import rights_answer
from .about_use import use_answer
from .overviews import anonymisation, recipients, retention, safeguards

__all__ = [
    "anonymisation",
    "control_answer",
    "data_answer",
    "recipients",
    "retention",
    "rights_answer",
    "safeguards",
    "use_answer",
]

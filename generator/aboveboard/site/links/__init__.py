"""The links of a finished site: what each file refers to, and whether that is there."""

from __future__ import annotations

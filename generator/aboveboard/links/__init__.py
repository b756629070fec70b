"""Where the policy's own links lead: the only part that asks the network."""

from __future__ import annotations

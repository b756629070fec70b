"""Releases: what was said on a day, frozen, and chained so that no change of it goes unseen."""

"""Publishes what an AI service does with data, held against the pipeline that does it."""

__version__ = "0.1.0"

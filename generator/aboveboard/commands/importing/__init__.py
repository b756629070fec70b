"""Policies of other tools, made into policy files: one module per format."""

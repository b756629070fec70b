"""Tells: turns the answers into a tree of plain Markdown pages and runs the engine over it."""

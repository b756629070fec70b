"""Judges all mutants, on every processor, and writes the page; exit status 1 if one got by."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from . import page
from .formats import FORMATS
from .harness import Base, Result, bases, results

Task = tuple[Path, str, str]  # project, format, operator


@cache
def _base(root: Path) -> Base:
    return Base(root)


def judged(task: Task) -> list[Result]:
    """The results of one operator on one project."""
    root, name, operator = task
    return list(results(_base(root), name, operator))


def tasks() -> Iterator[Task]:
    """All there is to do, the largest project first."""
    for base in reversed(list(bases())):
        for name in base.formats(base.files, base.project):
            yield from ((base.root, name, operator) for operator in FORMATS[name]().OPERATORS)


def main() -> int:
    """All mutants, told as they fail."""
    began = time.monotonic()
    for base in bases():
        if broken := base.broken(base.files, base.project):
            print(f"{base.name} itself breaks {sorted(broken)}")
            return 1
    found: list[Result] = []
    with ProcessPoolExecutor() as pool:
        for some in pool.map(judged, tasks()):
            found += some
            for result in some:
                if result.fault:
                    it = result.mutant
                    print(f"{result.base} {result.format} {it.operator} ({result.kind}): {it.what}")
                    print(f"    {result.fault}", flush=True)
    page.FILE.write_text(page.written(found), "utf-8")
    faults = sum(bool(result.fault) for result in found)
    print(f"{len(found)} mutants, {faults} got by, {time.monotonic() - began:.0f} s: {page.FILE}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

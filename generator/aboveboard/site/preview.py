"""A preview that is made anew on every change and outlives whatever goes wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..findings import Finding
from ..project import Project
from . import build, config, sources, tree, worker
from .render import TEMPLATES

_WAITING = """<!doctype html><html lang="en">
<head><meta charset="utf-8"><title>Not yet</title></head>
<body><h1>There is no site yet</h1>
<p>What is wrong stands in the terminal. This page follows as soon as that is mended.</p>
</body></html>
"""


@dataclass(slots=True)
class Preview:
    """Keeps a folder at the last good state of a project.

    `load` reads the project and what is wrong with it; `tell` is given every outcome: the project
    with its findings, none when the preview is fresh; `fail` an error of ours.
    """

    root: Path
    load: Callable[[], tuple[Project, list[Finding]]]
    tell: Callable[[Project, list[Finding]], None]
    fail: Callable[[Exception], None]
    inputs: set[Path] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        return self.root / "build" / "preview"

    def prepare(self) -> None:
        """Puts a page in the folder that says to wait, and then tries a first time."""
        tree.write(self.folder, {"index.html": _WAITING, "404.html": _WAITING})
        self.rebuild()

    def rebuild(self) -> None:
        """Makes the preview again; what was there before stays if it cannot be made."""
        try:
            with worker.started() as engine:
                project, findings = self.load()
                other = project.pipeline.checkouts
                inputs = project.pipeline.inputs
                found = {other[p][1] if p in other else self.root / p for p in inputs}
                self.inputs = found or self.inputs
                if not any(f.severity == "error" for f in findings):
                    findings = build.build(project, self.folder, engine).findings
            self.tell(project, findings)
        except Exception as error:  # a preview has to survive what it shows
            self.fail(error)

    def watched(self) -> set[Path]:
        """Every file and folder that a change of makes the preview stale."""
        return {
            self.root / "policy_data",
            self.root / sources.HAND_WRITTEN,
            self.root / config.TEAM,
            TEMPLATES,
            sources.THEME,
            *self.inputs,
        }


def serve(preview: Preview, port: int) -> None:
    """Serves a preview on this machine until it is interrupted."""
    from . import engine

    preview.prepare()
    engine.serve(preview.folder, port, preview.rebuild, preview.watched)

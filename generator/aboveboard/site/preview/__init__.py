"""A preview that is made anew on every change and outlives whatever goes wrong with one."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...findings import Finding
from ...project import Project
from .. import build, config, sources, tree, worker
from ..render import TEMPLATES
from . import panel
from .server import Browsers, Taken, serving
from .watch import Watch, Watched

__all__ = ["Preview", "Taken", "serve"]
_PAUSES = (0.0, 0.2, 0.5, 1.0, 2.0)
_WAITING = """<!doctype html><html lang="en">
<head><meta charset="utf-8"><title>Not yet</title></head>
<body><h1>There is no site yet</h1>
<p>This page follows as soon as it is made, or what is wrong is mended.</p>
</body></html>
"""


@dataclass(slots=True)
class Preview:
    """Keeps a folder at the last good state of a project, and browsers with it.

    `load` reads the project and what is wrong with it. `tell` is given what is wrong in the end,
    without errors when the preview is fresh; `fail` an error of ours, which it says in words.
    """

    root: Path
    load: Callable[[], tuple[Project, list[Finding]]]
    tell: Callable[[list[Finding]], None]
    fail: Callable[[Exception], str]
    browsers: Browsers = field(default_factory=Browsers)
    engine: worker.Kept = field(default_factory=worker.Kept)
    inputs: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        return self.root / "build" / "preview"

    def prepare(self) -> None:
        """Puts a page in the folder that says to wait."""
        tree.write(self.folder, {"index.html": _WAITING, "404.html": _WAITING})

    def rebuild(self) -> None:
        """Makes the preview again; what was there before stays if it cannot be made.

        Browsers are told what is wrong at once, and of the pages when they are made.
        """
        try:
            self.engine.running()  # it starts up while the project is read
            project, findings = self.load()
            self.inputs = set(_inputs(project)) or self.inputs
            self.folders = set(_folders(project)) or self.folders
            self.browsers.told(panel.of_findings(findings))
            if not any(f.severity == "error" for f in findings):
                faults = self._made(project).findings
                findings = faults or findings
                self.browsers.told(panel.of_findings(findings), fresh=not faults)
            self.tell(findings)
        except Exception as error:  # a preview has to survive what it shows
            self.browsers.told(panel.of_failure(self.fail(error)))

    def _made(self, project: Project) -> build.Tree:
        """The site; another build is waited for, and an engine that has died is started again."""
        for pause in _PAUSES:
            try:
                return build.build(project, self.folder, self.engine.running())
            except (tree.Busy, worker.Ended):
                time.sleep(pause)
        return build.build(project, self.folder, self.engine.running())

    def watched(self) -> Watched:
        """What makes the preview stale: texts, settings, and which files a pattern may find."""
        own = ("policy_data", sources.HAND_WRITTEN, config.TEAM)
        content = (*(self.root / name for name in own), TEMPLATES, sources.THEME, *self.inputs)
        return Watched(frozenset(content), frozenset(self.folders))


def _inputs(project: Project) -> Iterator[Path]:
    """The files of the pipeline."""
    checkouts = project.pipeline.checkouts
    for path in project.pipeline.inputs:
        yield checkouts[path][1] if path in checkouts else project.root / path


def _folders(project: Project) -> Iterator[Path]:
    """The folders in which more files of the pipeline may appear: where some are, and where their
    patterns begin."""
    for file in _inputs(project):
        yield file.parent
    bindings = project.policy.bindings
    for files in bindings.files if bindings else ():
        for pattern in () if files.checkout else files.path:
            start = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
            yield project.root / start.rpartition("/")[0]


def serve(preview: Preview, port: int) -> None:
    """Serves a preview on this machine until it is interrupted; Taken if the port is not free."""
    with serving(preview.folder, port, preview.browsers), preview.engine:
        preview.prepare()  # now that no other preview can be at this port
        watch = Watch()
        try:
            while True:
                watch.seen(preview.watched())
                _undisturbed(preview.rebuild)
                watch.wait(preview.watched())
        except KeyboardInterrupt:
            return


def _undisturbed(work: Callable[[], None]) -> None:
    """Collects garbage when the work is done, and not in the midst of it."""
    gc.disable()
    work()
    gc.enable()
    gc.collect()

"""The files that reports are written to, and nothing else: `--report FORMAT=FILE`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..project import Project
from ..reporters import NEEDS, REPORTERS
from ..reporters.model import Report
from ..values import did_you_mean
from .files import replace
from .status import CannotRun


class _File(NamedTuple):
    form: str
    path: Path


class Wanted:
    """The reports that are asked for; CannotRun says what is wrong with the asking."""

    def __init__(self, asked: Sequence[str]) -> None:
        self._files: list[_File] = []
        for text in asked:
            self._add(_read(text))

    def _add(self, wanted: _File) -> None:
        for other in self._files:
            if wanted.path == other.path:
                raise CannotRun(f"--report names '{wanted.path}' twice: each needs its own file")
        self._files.append(wanted)

    def needs(self, form: str) -> frozenset[str]:
        """What these reports, and one of another format, show that takes time to find out."""
        forms = [form, *(wanted.form for wanted in self._files)]
        return frozenset().union(*(NEEDS.get(each, frozenset()) for each in forms))

    def spare(self, project: Project, site: Path | None = None) -> None:
        """CannotRun if a report would take the place of what was read, or of the policy; or would
        lie in the site, which is for everybody."""
        root = project.root.resolve()
        for _, path in self._files:
            if site and path.is_relative_to(site.resolve()):
                raise CannotRun(f"--report would write '{path.name}' into the site, for everybody")
            inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
            if inside in project.digests or inside.startswith("policy_data/"):
                raise CannotRun(f"--report would write over '{inside}', which is read here")

    def write(self, report: Report) -> None:
        """Writes all of them, each beside its place and then into it."""
        plain = report._replace(colour=False, quiet=False)
        texts = [(path, REPORTERS[form](plain)) for form, path in self._files]
        for path, text in texts:
            replace(path, text.encode("utf-8", "backslashreplace"))


def _read(text: str) -> _File:
    form, equals, name = text.partition("=")
    if not (equals and name):
        raise CannotRun(f"--report takes FORMAT=FILE, such as sarif=out.sarif, not '{text}'")
    if form not in REPORTERS:
        raise CannotRun(f"--report knows no format '{form}': {did_you_mean(form, REPORTERS)}")
    path = Path(name)
    if not path.parent.is_dir():
        raise CannotRun(f"--report cannot write '{name}': there is no folder '{path.parent}'")
    if path.exists() and not path.is_file():
        raise CannotRun(f"--report cannot write '{name}': it is no file")
    return _File(form, path.resolve())

"""Other repositories that hold pipeline files: where they lie is said on the command line alone.

Git is asked to read only, and what it holds decides: a file that is not as the named revision has
it is not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from ..findings import Finding
from ..load import Opener, not_given
from ..pipeline.part import Checkout
from ..values import ID, did_you_mean
from .common import CannotRun

VARIABLE = "ABOVEBOARD_CHECKOUTS"
_KEY = "aboveboard.checkouts"
# A commit or tag; a branch, HEAD or an expression names another commit tomorrow.
_NAME = re.compile(r"(?!-)[\w./+-]+\Z", re.ASCII)


def remember(context: click.Context, _option: object, given: Iterable[str]) -> None:
    """Keeps what `--checkout NAME=DIR` and the environment say, for as long as the command runs."""
    said = [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    found = {**_folders(said, VARIABLE), **_folders(given, "--checkout")}
    context.meta[_KEY] = found


def _folders(given: Iterable[str], where: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for text in given:
        name, sign, folder = text.partition("=")
        if not ID.match(name) or not sign or not folder:
            raise click.BadParameter(f"{where}: '{text}' is not NAME=DIR")
        if name in found:
            raise click.BadParameter(f"{where}: '{name}' is given twice")
        found[name] = Path(folder)
    return found


def given() -> Mapping[str, Path]:
    """The folder of each checkout that the command line or the environment names."""
    context = click.get_current_context(silent=True)
    folders: Mapping[str, Path] = context.meta.get(_KEY, {}) if context else {}
    return folders


def as_they_lie(name: str, revision: str) -> Checkout | Finding:
    """A checkout as its folder has it now, which has to be the named revision."""
    folder = _folder(name)
    if isinstance(folder, Finding):
        return folder
    from .revisions import Revision, commit_of

    try:
        wanted = Revision(folder, _steady(folder, revision), folder)
        head = commit_of(folder, "HEAD")
    except CannotRun as error:
        return _wrong(name, str(error))
    if head != wanted.commit:
        said = f"the bindings name {revision} ({wanted.commit[:12]})"
        hint = f"check out {revision} there, or name what is checked out"
        return _wrong(name, f"it is at {head[:12]}, and {said}", hint)
    return Checkout(name, folder, head, lambda paths: wanted.differing(paths, folder))


def stored(into: Path) -> Opener:
    """Opens checkouts as git has the named revision in store, whatever is checked out: its files
    are put below `into`."""

    def open_checkout(name: str, revision: str) -> Checkout | Finding:
        folder = _folder(name)
        if isinstance(folder, Finding):
            return folder
        from .revisions import Revision

        try:
            wanted = Revision(folder, _steady(folder, revision), into / name)
            wanted.everything()
        except CannotRun as error:
            return _wrong(name, str(error))
        return Checkout(name, into / name, wanted.commit, lambda paths: [])

    return open_checkout


def _folder(name: str) -> Path | Finding:
    folders = given()
    if name not in folders:
        return not_given(name, "")._replace(hint=did_you_mean(name, folders))
    if not folders[name].is_dir():
        return Finding("missing-file", f"checkout '{name}': '{folders[name]}' is not a folder")
    return folders[name]


def _steady(folder: Path, revision: str) -> str:
    """The name of a revision, if it means the same commit tomorrow."""
    from .revisions import is_branch

    if not _NAME.match(revision) or is_branch(folder, revision):
        raise CannotRun(f"'{revision}' can name another commit tomorrow: name a commit or a tag")
    return revision


def _wrong(name: str, why: str, hint: str = "") -> Finding:
    return Finding("wrong-revision", f"checkout '{name}': {why}", hint=hint)

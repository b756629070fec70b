"""A project at a git revision: its files, read from git's store into a folder that goes again.

Git is asked to read only; nothing in the repository or the working tree changes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from ..policy.load import APART, FOLDER
from ..review.releases import form
from ..values import nearest
from .common import CannotRun

LOST = "is no revision of this repository"
_SHALLOW = (
    "this clone is shallow: fetch its history first (git fetch --unshallow; in CI, a fetch depth "
    "of 0)"
)
_WILD = frozenset("*?[")
_LINK, _FILE = "120000", "100"
_ENV = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class NoPolicy(CannotRun):
    """A revision has no policy: the project began later."""


class Revision:
    """A commit, as the project's folder was in it; `folder` is where its files are put."""

    def __init__(self, project: Path, name: str, folder: Path, lost: str = LOST) -> None:
        self.project, self.name, self.folder = project, name, folder
        if not is_repository(project):
            raise CannotRun(f"'{project}' is in no git repository, so '{name}' means nothing there")
        self.commit = commit_of(project, name, lost)
        self._files = self._tree()
        self._written: set[str] = set()

    def policy(self) -> None:
        """Puts the policy's files into the folder; CannotRun if there are none."""
        found = [path for path in self._files if _is_policy(path)]
        if not found:
            raise NoPolicy(f"'{self.name}' holds no 'policy_data/' in this folder")
        (self.folder / "policy_data").mkdir(parents=True, exist_ok=True)
        self._write(found)

    def releases(self) -> dict[str, str]:
        """The release files, by path, each as git names what it holds."""
        inside = f"{form.FOLDER}/"
        found = {p: of[1] for p, of in self._files.items() if p.startswith(inside)}
        return {path: name for path, name in found.items() if path.endswith(".json")}

    def pipeline(self, patterns: Iterable[str]) -> None:
        """Puts the files into the folder that these patterns can match."""
        starts = [_start(pattern) for pattern in patterns]
        self._write(p for p in self._files if any(_is_below(p, start) for start in starts))

    def differing(self, paths: Sequence[str], folder: Path) -> list[str]:
        """Those of some paths whose file below `folder` is not as the commit has it; how lines end
        does not count, since git may be told to change that."""
        known = [path for path in paths if self._files.get(path, "x")[0].startswith(_FILE)]
        stored = _contents(self.project, [self._files[path][1] for path in known])
        same = {
            path
            for path, raw in zip(known, stored, strict=True)
            if _read(folder / path) == raw.replace(b"\r\n", b"\n")
        }
        return [path for path in paths if path not in same]

    def everything(self) -> None:
        """Puts all files into the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(self._files)

    def _tree(self) -> dict[str, tuple[str, str]]:
        """Mode and object of every file below the project's folder, by path."""
        listed = _git(self.project, "ls-tree", "-r", "-z", self.commit)
        found: dict[str, tuple[str, str]] = {}
        for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
            about, _, path = entry.partition("\t")
            mode, kind, object_ = about.split(" ") if path else ("", "", "")
            if kind == "blob" and not {"..", ".git"} & {*PurePosixPath(path).parts}:
                found[path] = (mode, object_)
        return found

    def _write(self, paths: Iterable[str]) -> None:
        wanted = [path for path in paths if path not in self._written]
        if not wanted:
            return
        self._written.update(wanted)
        contents = _contents(self.project, [self._files[path][1] for path in wanted])
        for path, raw in zip(wanted, contents, strict=True):
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if self._files[path][0] == _LINK:
                file.symlink_to(os.fsdecode(raw))
            else:
                file.write_bytes(raw)


def _is_policy(path: str) -> bool:
    """Whether a file is below `policy_data/`, and no record of releases or reviews."""
    folder, _, rest = path.partition("/")
    return folder == FOLDER and rest.partition("/")[0] not in APART


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else None
    except OSError:
        return None


def _start(pattern: str) -> str:
    """The part of a pattern before its first wild card, in whole names."""
    parts = []
    for part in PurePosixPath(pattern).parts:
        if _WILD & {*part}:
            break
        parts.append(part)
    return "/".join(parts)


def _is_below(path: str, start: str) -> bool:
    return not start or path == start or path.startswith(f"{start}/")


def _contents(project: Path, objects: list[str]) -> list[bytes]:
    """What objects hold, read by one process."""
    out = _git(project, "cat-file", "--batch", given="".join(f"{o}\n" for o in objects).encode())
    found, at = [], 0
    for _ in objects:
        end = out.index(b"\n", at)
        header = out[at:end].split(b" ")
        if len(header) != 3:
            raise CannotRun(f"git lacks an object of this revision: {header[0].decode()}")
        size = int(header[2])
        found.append(out[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return found


def commit_of(project: Path, name: str, lost: str = LOST) -> str:
    """The commit that a name stands for; CannotRun says why there is none: the name `lost`."""
    wanted = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    done = _run(project, "rev-parse", *wanted)
    if done.returncode == 0:
        return done.stdout.decode("ascii").strip()
    if _is_shallow(project):
        raise CannotRun(f"git does not know the revision '{name}', and {_SHALLOW}")
    names = _run(project, "for-each-ref", "--format=%(refname:short)").stdout.decode().split()
    near = nearest(name, [*names, "HEAD"])
    hint = f"; did you mean '{near}'?" if near else ""
    raise CannotRun(f"'{name}' {lost}{hint}")


def fork_point(project: Path, name: str) -> str:
    """The commit at which what is checked out left a revision."""
    commit = commit_of(project, name)
    done = _run(project, "merge-base", commit, "HEAD")
    if done.returncode == 0:
        return done.stdout.decode("ascii").strip()
    if _is_shallow(project):
        raise CannotRun(f"where this left '{name}' is not known, since {_SHALLOW}")
    raise CannotRun(f"what is checked out and '{name}' have no commit in common")


def _is_shallow(project: Path) -> bool:
    return _run(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def is_repository(folder: Path) -> bool:
    """Whether a folder is in one."""
    return _run(folder, "rev-parse", "--git-dir").returncode == 0


def is_branch(project: Path, name: str) -> bool:
    """Whether a name is HEAD or a branch, here or of a remote, and so moves."""
    done = _run(project, "rev-parse", "--symbolic-full-name", "--end-of-options", name)
    said = done.stdout.decode("utf-8", "replace").split()
    return any(full == "HEAD" or full.startswith(("refs/heads/", "refs/remotes/")) for full in said)


def _git(project: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = _run(project, *arguments, given=given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotRun(f"git {arguments[0]}: {said[-1] if said else 'failed'}")
    return done.stdout


def _run(project: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=project,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **_ENV},
        )
    except FileNotFoundError:
        raise CannotRun("git is not installed, and a revision is read by it") from None

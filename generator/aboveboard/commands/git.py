"""What git's own files say of a folder: starting git costs more."""

from __future__ import annotations

import re
from pathlib import Path

_WEB = re.compile(r"(https?|ssh|git)://(?:[^@/\s]*@)?([\w.-]+(?::\d+)?/[^\s?#@]+)\Z", re.ASCII)
_SHORT = re.compile(r"(?:[^@/\s]+@)?([\w.-]{2,}):(?!//)([^\s?#@]+)\Z", re.ASCII)


def _git_folder(root: Path) -> tuple[Path, Path] | None:
    """The git root above a folder, and its git directory."""
    for folder in (root.resolve(), *root.resolve().parents):
        git = folder / ".git"
        if git.is_dir():
            return folder, git
        if git.is_file():
            text = git.read_text("utf-8", errors="replace").strip()
            return folder, (folder / text.removeprefix("gitdir:").strip()).resolve()
    return None


def git_root(root: Path) -> str:
    """The project's folder, from the root of git."""
    found = _git_folder(root)
    return root.resolve().relative_to(found[0]).as_posix() if found else "."


def revision_of(root: Path) -> str | None:
    """The commit that is checked out, read from git's own files: starting git costs more."""
    found = _git_folder(root)
    if not found:
        return None
    try:
        head = (found[1] / "HEAD").read_text("ascii").strip()
        if not head.startswith("ref: "):
            return head
        return _reference(found[1], head.removeprefix("ref: "))
    except (OSError, UnicodeDecodeError):
        return None


def _reference(git: Path, name: str) -> str | None:
    for folder in dict.fromkeys((git, _shared(git))):
        if (folder / name).is_file():
            return (folder / name).read_text("ascii").strip()
        packed = folder / "packed-refs"
        if packed.is_file():
            for line in packed.read_text("ascii", errors="replace").splitlines():
                commit, _, reference = line.partition(" ")
                if reference == name:
                    return commit
    return None


def repository_of(root: Path) -> str | None:
    """The address of the remote `origin`, without who asks for it; None for one on this machine."""
    url = _origin(root)
    if found := _WEB.match(url):
        return f"{found[1]}://{found[2]}"
    if found := _SHORT.match(url):
        return f"ssh://{found[1]}/{found[2].lstrip('/')}"
    return None


def _origin(root: Path) -> str:
    found = _git_folder(root)
    folder = found and _shared(found[1])
    try:
        lines = (folder / "config").read_text("utf-8").splitlines() if folder else []
    except (OSError, UnicodeDecodeError):
        return ""
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line
        key, _, value = line.partition("=")
        if section == '[remote "origin"]' and key.strip() == "url":
            return value.strip().strip('"')
    return ""


def _shared(git: Path) -> Path:
    """The git directory that a worktree shares with the others."""
    common = git / "commondir"
    return (git / common.read_text("ascii").strip()).resolve() if common.is_file() else git

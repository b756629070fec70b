"""Puts the files of a new project in place: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..status import CannotRun

LAST = "policy_data"  # a folder that has this is a project


def place(root: Path, files: Mapping[str, str]) -> None:
    """Writes texts by their paths below `root`; CannotRun names all that is in the way, or why the
    disk refuses, and then nothing has changed."""
    refuse(root, files)
    fresh = not root.exists()
    beside = (root.parent if fresh else root) / f".{root.name or 'new'}.{os.getpid()}.new"
    done: list[Path] = []
    try:
        _write(beside, files)
        if fresh:
            beside.rename(root)
        else:
            _move(beside, root, done)
    except BaseException as error:
        _undo(done)
        if isinstance(error, OSError):
            where = error.filename2 or error.filename or root
            raise CannotRun(f"cannot write {where}: {error.strerror}") from None
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse(root: Path, files: Iterable[str]) -> None:
    """CannotRun if anything is in the way of these files, with all that is."""
    found = sorted({name for file in files if (name := _in_the_way(root, file))})
    if not found:
        return
    hint = "nothing was written; name another folder, or move these away"
    if any(name.split("/")[0] == LAST for name in found):
        hint = "nothing was written; this is a project already: `aboveboard check` checks it"
    raise CannotRun(f"'{root}' has {', '.join(found)} already: {hint}")


def _in_the_way(root: Path, file: str) -> str | None:
    """What is where a file or one of its folders belongs."""
    parts = Path(file).parts
    if parts[0] == LAST and os.path.lexists(root / LAST):
        return f"{LAST}/"
    for count in range(1, len(parts)):
        folder = root.joinpath(*parts[:count])
        if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
            return "/".join(parts[:count])
    return file if os.path.lexists(root / file) else None


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())


def _move(beside: Path, root: Path, done: list[Path]) -> None:
    """Moves what is in one folder into another, never over anything; `done` is what is there."""
    for path in sorted(beside.iterdir(), key=lambda p: (p.name == LAST, p.name)):
        target = root / path.name
        if path.is_dir() and target.is_dir():
            _move(path, target, done)
            continue
        done.append(target)
        try:
            if path.is_dir():
                path.rename(target)
            else:
                os.link(path, target)
        except OSError:
            done.pop()  # what is there is somebody else's
            raise


def _undo(done: list[Path]) -> None:
    for path in reversed(done):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

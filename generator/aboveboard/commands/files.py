"""The ways in which a command puts a file in its place: whole, or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from .status import CannotRun

_OURS = re.compile(r"\..+\.\d+\.new")  # others leave files too
LEFT = 3600  # seconds after which what lies beside a file was left by a run that was killed


class Taken(Exception):
    """Somebody else wrote a file of this name in this moment."""


def put(file: Path, raw: bytes) -> None:
    """Puts a new file in its place, and never over another one; makes the folder if it lacks."""
    with _told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        _place(file, raw, os.link)


def replace(file: Path, raw: bytes) -> None:
    """Puts a file in its place, over an older one if need be."""
    with _told(file):
        _place(file, raw, os.replace)


def _place(file: Path, raw: bytes, into: Callable[[Path, Path], None]) -> None:
    _sweep(file.parent)
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        into(beside, file)
    finally:
        _remove(beside)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """What the machine refuses, as CannotRun; Taken for a file that is there by now."""
    try:
        yield
    except FileExistsError as error:
        if error.filename2 is not None:
            raise Taken(file.name) from None
        raise CannotRun(f"cannot write {file}: '{error.filename}' is in the way") from None
    except OSError as error:
        raise CannotRun(f"cannot write {file}: {error.strerror}") from None


def _sweep(folder: Path) -> None:
    for left in folder.glob(".*.new"):
        if _OURS.fullmatch(left.name) and left.lstat().st_mtime < time() - LEFT:
            _remove(left)


def _remove(file: Path) -> None:
    """Removes a file that may not be there, in a folder that may not be one."""
    with suppress(OSError):
        file.unlink()

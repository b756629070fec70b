"""The ways in which a command puts a file in its place: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from .common import CannotRun


class Taken(Exception):
    """Somebody else wrote a file of this name in this moment."""


def put(file: Path, raw: bytes) -> None:
    """Puts a new file in its place whole, and never over another one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(beside, file)
    except FileExistsError:
        raise Taken(file.name) from None
    except OSError as error:
        raise CannotRun(f"cannot write {file}: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)


def replace(file: Path, raw: bytes) -> None:
    """Puts a file in its place whole, over what was there."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(raw)
        beside.replace(file)
    except OSError as error:
        raise CannotRun(f"cannot write {file}: {error.strerror}") from None
    finally:
        with suppress(OSError):  # what could not be made cannot be removed either
            beside.unlink(missing_ok=True)

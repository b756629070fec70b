"""The one way in which a command puts a new file into the project."""

from __future__ import annotations

import os
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

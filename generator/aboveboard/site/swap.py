"""Puts a folder in the place of another in one step: nobody ever finds half of either, or none."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def swap(fresh: Path, out: Path) -> None:
    """Makes `out` what `fresh` is; `fresh` is what `out` was then, if it was anything."""
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        _put(fresh, out)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _put_across(fresh, out)


def _put(fresh: Path, out: Path) -> None:
    if not os.path.lexists(out):
        fresh.rename(out)
    elif not exchanged(fresh, out):
        _put_in_turn(fresh, out)


def exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed places, where the system can do that at once."""
    import ctypes

    call = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name != "nt" else None
    )
    if call is None:
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _put_in_turn(fresh: Path, out: Path) -> None:
    """The same in three steps, of which each is undone if the next one fails."""
    old = fresh.with_name(f"{fresh.name}.old")
    out.rename(old)
    try:
        fresh.rename(out)
    except BaseException:
        old.rename(out)
        raise
    old.rename(fresh)


def _put_across(fresh: Path, out: Path) -> None:
    """The same where `out` lies on another disk: the copy is made beside it first."""
    beside = out.with_name(f".{out.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        shutil.copytree(fresh, beside)
        _put(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)

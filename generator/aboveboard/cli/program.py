"""How a run ends: its exit status, and one line for whatever stopped it."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

from ..commands import voice
from ..commands.status import COULD_NOT_RUN, CannotRun
from . import terminal

INTERRUPTED, STOPPED, UNHEARD = 130, 143, 141  # 128 and the number of the signal, as shells say it
# What a machine refuses, whoever asks; any other OSError is a mistake of ours.
REFUSALS = {
    getattr(errno, name)
    for name in (
        "EACCES", "EDQUOT", "EEXIST", "EFBIG", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG",
        "ENFILE", "ENOMEM", "ENOSPC", "ENOTDIR", "EPERM", "EROFS", "ESTALE",
    )
    if hasattr(errno, name)
}  # fmt: skip

FULL = (errno.ENOSPC, errno.EFBIG)


class Stopped(BaseException):
    """Somebody told this process to end."""


class Program(click.Group):
    """A group whose commands give back their exit status, or raise CannotRun."""

    def invoke(self, ctx: click.Context) -> None:
        """Runs the command that was asked for, and exits."""
        if terminal.is_forced():
            ctx.color = True
        _print_anything()
        with _told_to_stop():
            ctx.exit(self._status(ctx))

    def _status(self, ctx: click.Context) -> int:
        try:
            return super().invoke(ctx) or 0
        except CannotRun as error:
            return _could_not(error, str(error))
        except (KeyboardInterrupt, Stopped) as end:
            return _ended(end)
        except click.Abort as abort:  # a question that got no answer
            if isinstance(abort.__context__, KeyboardInterrupt):
                return _ended(abort.__context__)
            return _could_not(abort, "nobody is here to answer; --yes answers beforehand")
        except BrokenPipeError:
            _hush(sys.stdout)
            return UNHEARD
        except OSError as error:
            nowhere = error.errno == errno.ENOENT and error.filename is None  # no folder at all
            if error.errno not in REFUSALS and not nowhere:
                raise
            _hush(sys.stdout)
            return _could_not(error, _refused(error))


def _could_not(error: BaseException, why: str) -> int:
    click.echo(f"aboveboard: {why}", err=True)
    if voice.is_verbose():
        import traceback

        for frame in traceback.extract_tb(error.__traceback__)[-3:]:
            voice.detail(f"  {frame.filename}:{frame.lineno} in {frame.name}")
    return COULD_NOT_RUN


def _ended(end: BaseException) -> int:
    interrupted = isinstance(end, KeyboardInterrupt)
    click.echo(f"\naboveboard: {'interrupted' if interrupted else 'told to stop'}", err=True)
    return INTERRUPTED if interrupted else STOPPED


def _refused(error: OSError) -> str:
    why = (error.strerror or str(error)).lower()
    if error.filename is None or error.errno in FULL:  # of a copy, it names what was read
        return f"cannot go on: {why}"
    return f"cannot use '{error.filename}': {why}"


def _hush(stream: Any) -> None:
    """Lets what is still to be printed go nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_anything() -> None:
    """A terminal that lacks a letter shows its number."""
    for stream in (sys.stdout, sys.stderr):
        encoding = getattr(stream, "encoding", None)
        if encoding and encoding.lower().replace("-", "") != "utf8":
            with suppress(AttributeError):
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """While this holds, a signal to end is an exception, so that what is half made is removed."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {}
    with suppress(ValueError):  # in a thread there are no signals
        before = {name: signal.signal(getattr(signal, name), _stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise Stopped

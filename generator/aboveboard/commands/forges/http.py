"""Asks a forge's API, patiently and within bounds; the token goes to that API and nowhere else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from email.message import Message
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ... import __version__
from ...reporters.text import printable
from ..common import CannotRun

T = TypeVar("T")
TRIES = 5
PATIENCE = 120.0  # seconds that all waiting may take
SECONDS = 30.0  # for one answer
LARGEST = 20_000_000  # bytes of an answer
PAGES, PER_PAGE = 50, 100
_HERE = ("127.0.0.1", "::1", "localhost")


class Denied(Exception):
    """The API said no, and would again; `status` is its number."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Busy(Exception):
    """The API may answer later: after so many seconds, if it said so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class _Stays(HTTPRedirectHandler):
    """A token must not follow a redirection to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Api:
    """An API below one address; `headers` carry the token."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise CannotRun(f"'{printable(address)}' is no https address: no token is sent there")
        self._address = address.rstrip("/")
        self._headers = {"User-Agent": f"aboveboard/{__version__}", **headers}
        self._open = build_opener(_Stays).open

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What the API answers, once; Denied or Busy if it does not."""
        data = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        request = Request(self._address + path, data, {**self._headers, **kind}, method=method)
        try:
            with self._open(request, timeout=SECONDS) as answer:
                raw = answer.read(LARGEST + 1)
        except HTTPError as error:
            with error:
                raise _failure(error.code, error.headers, error.read(LARGEST)) from None
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            raise Busy(f"no answer: {printable(str(reason))}") from None
        if len(raw) > LARGEST:
            raise Denied(0, f"the answer is larger than {LARGEST // 1_000_000} MB")
        try:
            return json.loads(raw) if raw.strip() else None
        except ValueError:
            raise Busy("the answer is not JSON") from None

    def pages(self, path: str) -> list[Any]:
        """Everything in a list that comes page by page."""
        found: list[Any] = []
        joiner = "&" if "?" in path else "?"
        for number in range(1, PAGES + 1):
            page = self.ask("GET", f"{path}{joiner}per_page={PER_PAGE}&page={number}")
            if not isinstance(page, list):
                raise Denied(0, "the answer is not a list")
            found += page
            if len(page) < PER_PAGE:
                break
        return found


def _failure(status: int, headers: Message, raw: bytes) -> Denied | Busy:
    """What an error means: try again, later or never."""
    words = f"{status}: {_words(raw)}"
    limited = "rate limit" in words.lower() or headers.get("x-ratelimit-remaining") == "0"
    if status == 429 or (status == 403 and (limited or headers.get("retry-after"))):
        return Busy(f"rate limit, {words}", _after(headers))
    if status >= 500:
        return Busy(words, _seconds(headers.get("retry-after")))
    if 300 <= status < 400:
        return Denied(status, f"{status}: this project has moved; nothing is sent to its new place")
    return Denied(status, words)


def _words(raw: bytes) -> str:
    """What the API says of an error, in one line."""
    try:
        said = json.loads(raw)
        message = said.get("message") or said.get("error") if isinstance(said, dict) else ""
    except ValueError:
        message = ""
    return printable(" ".join(str(message or "no reason given").split()))[:200]


def _after(headers: Message) -> float:
    """When a limit ends, in seconds from now; where it is not said, they ask for a minute."""
    if (seconds := _seconds(headers.get("retry-after"))) is not None:
        return seconds
    if (reset := _seconds(headers.get("x-ratelimit-reset"))) is not None:
        return max(0.0, reset - time.time()) + 1
    return 60.0


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() else None


def patiently(work: Callable[[], T]) -> T:
    """What the work gives, begun anew while the API is busy; the last Busy if it stays so.

    The work must find out by itself what an earlier try has done: its answer can be lost.
    """
    left = PATIENCE
    for attempt in range(1, TRIES + 1):
        try:
            return work()
        except Busy as busy:
            pause = 2.0**attempt if busy.after is None else busy.after
            if attempt == TRIES or pause > left:
                raise
            left -= pause
            time.sleep(pause)
    raise AssertionError("the last try returns or raises")

"""Follows one link as a browser would, and says where it led; what nobody can tell is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import Final
from urllib.parse import urldefrag, urljoin

from . import address as addresses
from . import reading
from .address import BadAddress, Web
from .model import MOST_HOPS, End, Hop, Link, Trip
from .web import OK, Answer, Client, NoAnswer

TRIES: Final = 3
BACKOFF: Final = 2.0  # seconds before the second try; twice as many before the third
PATIENCE: Final = 60.0  # seconds: a host that asks for more is asked another day
PAUSE: Final = 1.0  # seconds between two questions to one host
_GONE: Final = (404, 410)
_WALLS: Final = (401, 407)
_LATER: Final = (429, 500, 502, 503, 504)


class Stopped(Exception):
    """Somebody has interrupted the run."""


class Turns:
    """Each host is asked by one at a time, and not at once again; once it is `over`, none is."""

    def __init__(self, client: Client, pause: float = PAUSE) -> None:
        self.client, self.pause = client, pause
        self.over = Event()
        self._lock = Lock()
        self._hosts: dict[str, Lock] = {}
        self._free: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until a host may be asked."""
        with self._lock:
            own = self._hosts.setdefault(host, Lock())
        with own:
            wait = self._free.get(host, 0) - self.client.clock()
            self.wait(wait)
            try:
                yield
            finally:
                self._free[host] = self.client.clock() + self.pause

    def wait(self, seconds: float) -> None:
        """Does nothing for so long; Stopped if nobody wants to know any more."""
        if seconds > 0:
            self.client.sleep(seconds, self.over)
        if self.over.is_set():
            raise Stopped


def follow(link: Link, turns: Turns) -> Trip:
    """Where a link of any kind leads."""
    if link.kind != "web":
        judge = addresses.mail if link.kind == "mail" else addresses.phone
        try:
            judge(link.address)
        except BadAddress as bad:
            return Trip((), "dead", f"{bad}")
        return Trip((), "reached")
    if link.address.startswith("/"):
        return Trip((), "unknown", "nobody can tell where it leads without the site's address")
    return _Way(link.address, turns).end()


class _Way:
    """One link on its way, from answer to answer."""

    def __init__(self, start: str, turns: Turns) -> None:
        self.start, self.turns = start, turns
        self.hops: list[Hop] = []
        self.body = b""

    def end(self) -> Trip:
        """The whole of it."""
        seen: set[str] = set()
        here = urldefrag(self.start).url
        while True:
            try:
                target = addresses.web(here)
            except BadAddress as bad:
                self.hops.append(Hop(here, 0, "not asked"))
                return self._trip("dead", f"{bad}")
            seen.add(target.address)
            if len(seen) > MOST_HOPS:
                return self._trip("dead", f"it is sent on more than {MOST_HOPS - 1} times")
            try:
                answer = self._asked(target)
            except NoAnswer as none:
                self.hops.append(Hop(target.address, 0, f"{none}"))
                trip = self._trip("dead" if none.wrong else "unknown", f"{none}")
                return trip._replace(nobody=none.nobody)
            self.hops.append(Hop(target.address, answer.status))
            if not (300 <= answer.status < 400 and answer.location):
                return self._ended(answer)
            here = urldefrag(urljoin(target.address, answer.location.strip())).url
            turned = self._turned(here, seen, answer)
            if turned:
                return turned

    def _turned(self, here: str, seen: set[str], answer: Answer) -> Trip | None:
        """How a way ends that is sent on; None if it goes on."""
        if reading.is_sign_in(here) and not reading.is_sign_in(self.start):
            self.hops.append(Hop(here, 0, "not asked"))
            return self._trip("walled", "it leads to a page to sign in")
        try:
            again = addresses.web(here).address in seen
        except BadAddress:
            return None
        if not again:
            return None
        self.hops.append(Hop(here, 0, "asked before"))
        if answer.cookie:
            return self._trip("unknown", "it leads in a circle for whoever sends no cookie")
        return self._trip("dead", "it leads in a circle")

    def _asked(self, target: Web) -> Answer:
        """The answer of a host, after some tries; NoAnswer if there is none to judge."""
        client, why = self.turns.client, ""
        for count in range(TRIES):
            try:
                with self.turns.turn(target.host):
                    answer = client.get(target)
            except NoAnswer as none:
                if not none.again or count + 1 == TRIES:
                    raise
                why, wait = f"{none}", BACKOFF * 2**count
            else:
                if answer.status not in _LATER or count + 1 == TRIES:
                    return answer
                wait = max(_seconds(answer.after, client.clock()), BACKOFF * 2**count)
                why = f"{answer.status}"
                if wait > PATIENCE:
                    return answer
            self.hops.append(Hop(target.address, 0, f"{why}, again after {wait:g} s"))
            self.turns.wait(wait)
        raise AssertionError("the last try answers or raises")

    def _ended(self, answer: Answer) -> Trip:
        """How a way ends at an answer that sends nobody on."""
        self.body, last = answer.body, self.hops[-1].address
        if answer.status in _GONE:
            return self._trip("dead", f"the host says that it is not there ({answer.status})")
        if answer.status in _WALLS:
            return self._trip("walled", f"the host asks who is there ({answer.status})")
        if answer.status != OK:
            return self._trip("unknown", f"the host answers {answer.status}")
        gone = reading.says_gone(answer.body)
        if gone:
            return self._trip("unknown", f"the title of the page is “{gone}”")
        if reading.is_front(last) and not reading.is_front(self.start):
            return self._trip("unknown", "it leads to the front page of a host, as lost pages do")
        return self._trip("reached")

    def _trip(self, end: End, why: str = "") -> Trip:
        return Trip(tuple(self.hops), end, why, reading.asks_password(self.body))


def _seconds(after: str, now: float) -> float:
    """How long a host asks to be left alone: `Retry-After` in seconds, or as a date."""
    if after.strip().isdigit():
        return float(after)
    try:
        then = parsedate_to_datetime(after)
    except ValueError:
        return 0
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0, (then - datetime.fromtimestamp(now, UTC)).total_seconds())

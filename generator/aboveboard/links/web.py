"""One question to one host: the name is looked up once, the host may be asked, and time is short.

The standard library's client, since each answer is judged here: it follows nothing by itself, and
the connection goes to the very address that was found to be public.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Final, NamedTuple

from .. import __version__
from . import address as addresses
from .address import Web

AGENT: Final = f"aboveboard-links/{__version__} (checks the links of a privacy policy)"
OK: Final = 200
ENOUGH: Final = 65536  # bytes of a page; more are not read
_HEADERS: Final = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class Answer(NamedTuple):
    """What a host said: the status, where it sends on to, when to come back, and the beginning of
    the page. `cookie`: it wants to be sent one."""

    status: int
    location: str = ""
    after: str = ""
    cookie: bool = False
    body: bytes = b""


class NoAnswer(Exception):
    """No answer, and the reason in words. `again`: another try may help; `nobody`: no host has
    this name, or none could be asked for; `wrong`: readers would be warned."""

    def __init__(self, why: str, *, again: bool = False, nobody: bool = False, wrong: bool = False):
        super().__init__(why)
        self.again, self.nobody, self.wrong = again, nobody, wrong


Found = list[tuple[str, int]]


def look_up(host: str, port: int) -> Found:
    """The addresses of a name, each with the port to ask."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(one[4][0]), port) for one in found))


class Client(NamedTuple):
    """How the world is asked; tests put their own hosts, clock and rules in place."""

    timeout: float = 10
    look_up: Callable[[str, int], Found] = look_up
    may_ask: Callable[[str], bool] = addresses.is_public
    context: ssl.SSLContext | None = None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float, Event], object] = lambda seconds, over: over.wait(seconds)

    def get(self, target: Web) -> Answer:
        """One GET, of whose page only the beginning is read; NoAnswer says why there is none."""
        last = NoAnswer("its name has no address", nobody=True)
        for ip, port in self._found(target):
            try:
                return self._ask(target, ip, port)
            except ssl.SSLCertVerificationError as error:
                why = f"its certificate is not valid: {error.verify_message}"
                raise NoAnswer(why, wrong=True) from None
            except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
                last = NoAnswer(_said(ConnectionResetError()), again=True)
            except ssl.SSLError as error:
                raise NoAnswer(f"no encrypted connection: {error.reason}", wrong=True) from None
            except TimeoutError:
                last = NoAnswer(f"no answer within {self.timeout:g} seconds", again=True)
            except (OSError, http.client.HTTPException) as error:
                last = NoAnswer(_said(error), again=True)
        raise last

    def _found(self, target: Web) -> Found:
        try:
            found = self.look_up(target.host, target.port)
        except OSError as error:
            nobody = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
            why = "no host of this name was found"
            raise NoAnswer(why, nobody=nobody, again=not nobody) from None
        for ip, _ in found:
            if not self.may_ask(ip):
                raise NoAnswer("its host is of a private network; `--allow-private` asks it")
        return found

    def _ask(self, target: Web, ip: str, port: int) -> Answer:
        connection = http.client.HTTPConnection(target.host, port, timeout=self.timeout)
        with _no_longer_than(2 * self.timeout) as held:
            held.append(socket.create_connection((ip, port), self.timeout))
            if target.scheme == "https":
                context = self.context or ssl.create_default_context()
                held.append(context.wrap_socket(held[0], server_hostname=target.host))
            connection.sock = held[-1]
            connection.request("GET", target.path, headers={**_HEADERS, "Host": target.authority})
            said = connection.getresponse()
            return Answer(
                said.status,
                said.headers.get("Location", ""),
                said.headers.get("Retry-After", ""),
                "Set-Cookie" in said.headers,
                said.read(ENOUGH) if said.status == OK else b"",
            )


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[list[socket.socket]]:
    """Ends a connection that is slow on purpose: a byte a second is no silence."""
    held: list[socket.socket] = []
    over: list[bool] = []

    def end() -> None:
        over.append(True)
        with suppress(OSError, IndexError):
            # Not the method of an encrypted socket: that one takes its state away from a reader.
            socket.socket.shutdown(held[-1], socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield held
    except (OSError, http.client.HTTPException) as error:
        if over:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        for one in held:
            one.close()


def _said(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nobody answers at its port"
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return "the connection was cut"
    if isinstance(error, http.client.HTTPException):
        return f"its answer cannot be read: {type(error).__name__}"
    return f"it cannot be reached: {getattr(error, 'strerror', None) or error}"

"""A host that answers well, badly, slowly and not at all, on this machine; and a clock that does
not wait."""

import http.server
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from aboveboard.links.web import Client, Found

CERTIFICATE = Path(__file__).with_name(
    "certificate.pem"
)  # for notewise.example, and for tests only
NAME = "notewise.example"
TIMEOUT = 0.25
CLOSED = socket.socket()  # its port is taken, and nobody listens
CLOSED.bind(("127.0.0.1", 0))


class Clock:
    """The time, and how long was slept."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float, over: threading.Event) -> None:
        self.slept.append(seconds)
        self.now += seconds


def page(title: str = "Settings", body: str = "") -> bytes:
    return f"<!doctype html><title>{title}</title>{body}".encode()


class Host(http.server.BaseHTTPRequestHandler):
    """Each path is a way to answer; what was asked for is counted."""

    asked: ClassVar[Counter[str]] = Counter()
    hosts: ClassVar[set[str]] = set()
    agents: ClassVar[set[str]] = set()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        Host.asked[path] += 1
        Host.hosts.add(self.headers["Host"])
        Host.agents.add(self.headers["User-Agent"])
        answer = ANSWERS.get(path)
        if answer is None:
            self.say(404, page("Page not found"))
        else:
            answer(self)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()
        self.close_connection = True


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[Host], None]:
    return lambda host: host.say(status, body, **headers)


def moved(to: str, status: int = 302, **headers: str) -> Callable[[Host], None]:
    return says(status, b"", Location=to, **headers)


def first(times: int, before: Callable[[Host], None]) -> Callable[[Host], None]:
    """So many times badly, then well."""

    def answer(host: Host) -> None:
        path = host.path
        (before if Host.asked[path] <= times else says(200, page()))(host)

    return answer


def reset(host: Host) -> None:
    host.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    host.close_connection = True
    host.connection.close()


def hang(host: Host) -> None:
    time.sleep(2 * TIMEOUT)


def drip(host: Host) -> None:
    """A header a letter at a time: it is never silent for long, and never done."""
    end = time.monotonic() + 8 * TIMEOUT
    with_care = iter(b"HTTP/1.0 200 OK\r\nX: " + b"x" * 10_000)
    try:
        while time.monotonic() < end:
            host.raw(bytes([next(with_care)]))
            time.sleep(TIMEOUT / 5)
    except OSError:
        pass


def huge(host: Host) -> None:
    try:
        host.raw(b"HTTP/1.0 200 OK\r\n\r\n" + page("Settings"))
        for _ in range(2000):
            host.raw(b"x" * 65536)
    except OSError:
        pass  # nobody reads on


def shut(host: Host) -> None:
    host.close_connection = True


HTTPS = f"https://{NAME}"
ANSWERS: dict[str, Callable[[Host], None]] = {
    "/": says(200, page("Notewise")),
    "/settings": says(200, page()),
    "/gone": says(410),
    "/one": moved("two", 301),
    "/two": moved("/three?a=b c", 307),
    "/three": moved("//notewise.example/settings#part", 308),
    "/loop": moved("/loop/b"),
    "/loop/b": moved("/loop"),
    "/self": moved("/self"),
    "/cookie": moved("/cookie", Set_Cookie="seen=1"),
    **{f"/far/{n}": moved(f"/far/{n + 1}") for n in range(30)},
    **{f"/six/{n}": moved(f"/six/{n + 1}") for n in range(6)},
    "/six/6": says(200, page()),
    "/late": first(1, says(500)),
    "/later": first(2, says(503)),
    "/never": says(500),
    "/busy": first(1, says(429, Retry_After="7")),
    "/dated": first(1, says(503, Retry_After="Fri, 15 Jan 2027 08:00:30 GMT")),
    "/busy/long": says(429, Retry_After="3600"),
    "/door": moved("/users/sign_in?next=/x"),
    "/gate": moved("https://accounts.notewise.example/choose"),
    "/sign-in": says(200, page("Sign in", '<input type="password">')),
    "/who": says(401),
    "/modal": says(200, page("Settings", '<form><input type="password">')),
    "/forbidden": says(403),
    "/teapot": says(418),
    "/no-get": says(405),
    "/soft": says(200, page("404 - Page not found")),
    "/home": moved("/"),
    "/downgrade": moved("http://plain.example/settings"),
    "/script": moved("javascript:alert(1)"),
    "/mailed": moved("mailto:a@notewise.example"),
    "/nowhere": moved("https://:80/"),
    "/private": moved("http://intranet.example/"),
    "/no-location": says(302),
    "/odd": lambda host: host.raw(b"HTTP/1.0 200 OK\r\nX-\xff\xfe: \xf0\x9f\r\n\r\n" + page()),
    "/odd/location": lambda host: host.raw(b"HTTP/1.0 302 No\r\nLocation: /caf\xe9\r\n\r\n"),
    "/caf%C3%A9": says(200, page()),
    "/noise": lambda host: host.raw(b"\x00\x01\x02\x03\r\n\r\n"),
    "/long": lambda host: host.raw(b"HTTP/1.0 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"),
    "/reset": reset,
    "/shut": shut,
    "/hang": hang,
    "/drip": drip,
    "/huge": huge,
    "/flaky": first(2, reset),
}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: connections are cut on purpose."""


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """The ports of the host: without encryption, and with."""
    servers = [Server(("127.0.0.1", 0), Host), Server(("127.0.0.1", 0), Host)]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    servers[1].socket = context.wrap_socket(
        servers[1].socket, server_side=True, do_handshake_on_connect=False
    )
    threads = [threading.Thread(target=server.serve_forever, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    yield servers[0].server_port, servers[1].server_port
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        server.server_close()
        thread.join()


def client(ports: tuple[int, int], clock: Clock) -> Client:
    """One that finds the host under several names, and no other."""

    def look_up(host: str, port: int) -> Found:
        if host in ("nobody.example", "offline.example"):
            raise socket.gaierror(socket.EAI_NONAME if host[0] == "n" else socket.EAI_AGAIN, "no")
        if host == "intranet.example":
            return [("10.0.0.1", port)]
        if host == "closed.example":
            return [("127.0.0.1", CLOSED.getsockname()[1])]
        if host == "half.example":  # the first of its addresses does not answer
            return [("127.0.0.1", CLOSED.getsockname()[1]), ("127.0.0.1", ports[0])]
        return [("127.0.0.1", ports[port == 443])]

    return Client(
        TIMEOUT,
        look_up,
        lambda ip: ip.startswith("127."),
        ssl.create_default_context(cafile=str(CERTIFICATE)),
        lambda: clock.now,
        clock.sleep,
    )

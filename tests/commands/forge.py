"""A forge at the HTTP boundary: it answers as the real ones do, and keeps what it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "secret-token-1234567890"
ME = {"id": 7, "login": "aboveboard-bot", "type": "Bot"}
Answer = tuple[int, dict[str, str], Any]


@dataclass
class Fake:
    """Comments by id, statuses, every request; `refusals` are answered first, one per request."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[Answer | None] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    readonly: bool = False
    lost: bool = False  # does what it is told, but the answer to a new comment does not arrive
    address: str = ""
    faults: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Answer:
        if path.endswith("/user"):
            return self._user()
        if self.readonly and method != "GET":
            return 403, {}, {"message": "Resource not accessible by integration"}
        if "/statuses/" in path:
            self.statuses.append({**body, "commit": path.rpartition("/")[2]})
            return 201, {}, {"id": len(self.statuses)}
        if method == "GET":
            size, page = (int(query[name][0]) for name in ("per_page", "page"))
            return 200, {}, self.comments[(page - 1) * size : page * size]
        return self._write(method, path, body)

    def _user(self) -> Answer:
        return 200, {}, ME

    def _write(self, method: str, path: str, body: Any) -> Answer:
        if method == "POST":
            self.comments.append(self.comment(body["body"], ME))
            if self.lost:
                self.lost = False
                return 502, {}, None
            return 201, {}, self.comments[-1]
        id_ = int(path.rpartition("/")[2])
        found = [it for it in self.comments if it["id"] == id_]
        if not found:
            return 404, {}, {"message": "Not Found"}
        if method == "DELETE":
            self.comments.remove(found[0])
            return 204, {}, None
        found[0]["body"] = body["body"]
        return 200, {}, found[0]

    def comment(self, body: str, by: dict[str, Any]) -> dict[str, Any]:
        """A comment of the shape of both forges."""
        id_ = 1 + max((it["id"] for it in self.comments), default=0)
        return {"id": id_, "body": body, "user": by, "author": by, "system": False}

    def count(self, method: str) -> int:
        return sum(asked == method for asked, _ in self.asked)


@contextmanager
def running() -> Iterator[Fake]:
    """A forge on a local address while it runs."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def _answered(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            fake.asked.append((self.command, parts.path))
            token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            fake.tokens.add(token.removeprefix("Bearer "))
            refusal = fake.refusals.pop(0) if fake.refusals else None
            query = parse_qs(parts.query)
            status, headers, said = refusal or fake.answer(self.command, parts.path, query, body)
            raw = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(raw))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answered

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.address = f"http://127.0.0.1:{server.server_port}"
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()

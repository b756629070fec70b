"""What a page says of itself: that it is a sign-in, or that what was asked for is not there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_HOSTS: Final = re.compile(r"(login|signin|auth|sso|idp|accounts?)\.", re.IGNORECASE)
_PATHS: Final = re.compile(
    r"/(users?/)?(log-?_?in|log-?_?on|sign-?_?in|sso|saml2?|oauth2?|authorize|authenticate"
    r"|sessions?/new)(?=[/.?]|\Z)",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_GONE: Final = re.compile(
    r"\b404\b|\b(page|site|document|content|file)( was| is|) (not found|gone|missing|unavailable)\b"
    r"|\A\W*not found\b|no longer (exists|available)",
    re.IGNORECASE,
)
_PASSWORD: Final = re.compile(rb"""<input\b[^>]*\btype\s*=\s*["']?password\b""", re.IGNORECASE)


def is_sign_in(address: str) -> bool:
    """Whether an address looks like a place to sign in."""
    parts = urlsplit(address)
    return bool(_HOSTS.match(parts.hostname or "") or _PATHS.search(parts.path))


def asks_password(body: bytes) -> bool:
    """Whether a page has a field for a password."""
    return bool(_PASSWORD.search(body))


def says_gone(body: bytes) -> str:
    """The title of a page that says that nothing is here; "" of any other."""
    found = _TITLE.search(body)
    title = " ".join(found[1].decode("utf-8", "replace").split()) if found else ""
    return title[:80] if _GONE.search(title) else ""


def is_front(address: str) -> bool:
    """Whether an address is the front page of its host."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query

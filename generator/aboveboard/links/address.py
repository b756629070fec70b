"""Addresses as programs take them: well formed, in ASCII, and of a host that may be asked."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_PHONE = re.compile(r"tel:\+[\d().-]*\d[\d().-]*|tel:[\d*#().-]+;phone-context=[+\w.-]+", re.ASCII)
_LEFT = "!#$%&'()*+,/:;=?@[]~"  # what stands in an address as it is
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
DIGITS = range(4, 16)  # of a number of the world's telephone network (E.164)


class BadAddress(ValueError):
    """An address that leads nowhere, whoever asks; the message says why."""


class Web(NamedTuple):
    """The parts of an address that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """The host as a request names it: with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (
            host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"
        )


def web(address: str) -> Web:
    """An address of the web, its host in ASCII; BadAddress if it is none."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise BadAddress(f"it is no address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise BadAddress(f"it begins with '{parts.scheme}:', which is no page")
    if "@" in parts.netloc:
        raise BadAddress("it holds the name of a user, which browsers warn of")
    path = quote(parts.path or "/", safe=_LEFT)
    query = f"?{quote(parts.query, safe=_LEFT)}" if parts.query else ""
    return Web(
        parts.scheme, _host(host), port or (443 if parts.scheme == "https" else 80), path + query
    )


def _host(host: str) -> str:
    import idna

    if not host:
        raise BadAddress("it names no host")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return idna.encode(host.rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress(f"'{host}' is no name of a host: {error}") from None


def mail(address: str) -> None:
    """BadAddress if an address of mail (`mailto:a@b.org`) is none; nobody is written to."""
    from email_validator import EmailNotValidError, validate_email

    for one in address.removeprefix("mailto:").partition("?")[0].split(","):
        try:
            validate_email(one, check_deliverability=False)
        except EmailNotValidError as error:
            said = f"{error}".rstrip(".")
            raise BadAddress(said[:1].lower() + said[1:]) from None


def phone(address: str) -> None:
    """BadAddress if a number (`tel:+15550100`, RFC 3966) is none; nobody is called."""
    if not _PHONE.fullmatch(address):
        raise BadAddress("it is no number as 'tel:+15550100': '+', the country, and digits")
    number = address.removeprefix("tel:").partition(";")[0]
    if number.startswith("+") and sum(c.isdigit() for c in number) not in DIGITS:
        raise BadAddress("a number with its country has 4 to 15 digits")


def is_public(ip: str) -> bool:
    """Whether an address of the internet is open to everybody: not this machine, not a private
    network, and not one of those in the clothes of IPv6."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast


def same(one: str, other: str) -> bool:
    """Whether two addresses name one page; encrypted or not is no difference."""
    return _plain(one) == _plain(other)


def below(address: str, site: str) -> bool:
    """Whether an address lies in a site."""
    return _plain(address).startswith(_plain(site) + "/") or same(address, site)


def _plain(address: str) -> str:
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{parts.hostname}{port}{parts.path}".removesuffix("index.html").rstrip("/")

"""A link of the policy, and where it led."""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from ..findings import Location

Kind = Literal["web", "mail", "phone"]
MOST_HOPS = 10  # further nobody is followed
FEW_HOPS = 4  # more are a detour


class Link(NamedTuple):
    """An address, and where it is written.

    `open` says why everybody must reach it without signing in, "" if nobody promised that. `acts`:
    people go there to change something, so that it must lead out of this site.
    """

    kind: Kind
    address: str
    place: Location
    open: str = ""
    acts: bool = False


class Hop(NamedTuple):
    """One answer on the way: the address that was asked, the status, 0 for none, and what else
    happened there."""

    address: str
    status: int = 0
    note: str = ""

    def __str__(self) -> str:
        said = " ".join(part for part in (str(self.status or "-"), self.address) if part)
        return f"{said} ({self.note})" if self.note else said


End = Literal["reached", "dead", "walled", "unknown"]


class Trip(NamedTuple):
    """Where a link led: each answer on the way, how it ended and why.

    `password`: the last page asks for one. `nobody`: no host of a name was found, or the network is
    not there. `age` is in seconds, 0 for a trip of just now.
    """

    hops: tuple[Hop, ...]
    end: End
    why: str = ""
    password: bool = False
    nobody: bool = False
    age: float = 0

    @property
    def last(self) -> str:
        """The last address; "" if nobody was asked."""
        return self.hops[-1].address if self.hops else ""

    @property
    def turns(self) -> int:
        """How often it was sent on."""
        return sum(300 <= hop.status < 400 for hop in self.hops)

    @property
    def downgraded(self) -> str:
        """The first address on the way that is not encrypted, "" if all are."""
        plain = (h.address for h in self.hops if urlsplit(h.address).scheme == "http")
        if not self.hops or urlsplit(self.last).scheme == "http":
            return next(plain, "")
        # A link that begins without encryption, and is sent on to an address with it, is common.
        return next((a for a in plain if a != self.hops[0].address), "")

    @property
    def way(self) -> str:
        """Each answer, in the order of the way."""
        return " -> ".join(map(str, self.hops))

"""Follows all links of a policy, several at once, each host by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from .cache import Kept
from .follow import PAUSE, Turns, follow
from .model import Link, Trip
from .web import Client

AT_ONCE = 8


def trips(
    links: Iterable[Link],
    client: Client,
    kept: Kept | None = None,
    max_age: float = 0,
    pause: float = PAUSE,
) -> dict[str, Trip]:
    """Where each address led; what `kept` knows of the last `max_age` seconds is not asked again.

    `kept` then holds what was found out.
    """
    kept = {} if kept is None else kept
    now, found = client.clock(), dict[str, Trip]()
    fresh: dict[str, Link] = {}
    for link in links:
        when, trip = kept.get(link.address, (0.0, None))
        if trip is not None and link.kind == "web" and 0 <= now - when < max_age:
            found[link.address] = trip._replace(age=now - when)
        else:
            fresh.setdefault(link.address, link)
    asked = _known(_asked(fresh, Turns(client, pause)))
    kept |= {a: (client.clock(), trip) for a, trip in asked.items() if fresh[a].kind == "web"}
    return {**found, **asked}


def _asked(fresh: Mapping[str, Link], turns: Turns) -> dict[str, Trip]:
    """Where each leads; whoever interrupts it waits for no host that was asked to wait."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        gone = pool.map(lambda link: follow(link, turns), fresh.values())
        return dict(zip(fresh, gone, strict=True))
    except BaseException:
        turns.over.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _known(asked: Mapping[str, Trip]) -> dict[str, Trip]:
    """The same, where a host without a name is known to be none: others were found just now, so
    that the network is there."""
    online = any(hop.status for trip in asked.values() for hop in trip.hops)
    return {
        address: trip._replace(end="dead") if online and trip.nobody else trip
        for address, trip in asked.items()
    }

"""Where one link leads: every kind of answer, and every kind of none."""

from collections.abc import Iterator

import pytest

from aboveboard.findings import Location
from aboveboard.links import address as addresses
from aboveboard.links.follow import PATIENCE, Turns, follow
from aboveboard.links.model import MOST_HOPS, Kind, Link, Trip
from aboveboard.links.web import ENOUGH

from . import host
from .host import HTTPS, Clock, Host


@pytest.fixture(scope="module")
def ports() -> Iterator[tuple[int, int]]:
    with host.serving() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    Host.asked.clear()
    return Clock()


@pytest.fixture
def turns(ports: tuple[int, int], clock: Clock) -> Turns:
    return Turns(host.client(ports, clock))


def web(address: str, kind: Kind = "web") -> Link:
    return Link(kind, address, Location("policy.yml", 1))


def led(turns: Turns, path: str) -> Trip:
    return follow(web(path if ":" in path else HTTPS + path), turns)


@pytest.mark.parametrize(
    ("path", "end", "why"),
    [
        ("/settings", "reached", ""),
        ("/settings?a=b#part", "reached", ""),
        ("http://plain.example/settings", "reached", ""),
        ("http://half.example/settings", "reached", ""),
        ("http://plain.example:80/settings", "reached", ""),
        ("/one", "reached", ""),
        ("/six/0", "reached", ""),
        ("/huge", "reached", ""),
        ("/odd", "reached", ""),
        ("/modal", "reached", ""),
        ("/sign-in", "reached", ""),
        ("/missing", "dead", "the host says that it is not there (404)"),
        ("/gone", "dead", "the host says that it is not there (410)"),
        ("/loop", "dead", "it leads in a circle"),
        ("/self", "dead", "it leads in a circle"),
        ("/far/0", "dead", f"it is sent on more than {MOST_HOPS - 1} times"),
        ("/script", "dead", "it begins with 'javascript:', which is no page"),
        ("/mailed", "dead", "it begins with 'mailto:', which is no page"),
        ("/nowhere", "dead", "it names no host"),
        (
            "https://other.example/settings",
            "dead",
            "its certificate is not valid: Hostname mismatch",
        ),
        ("https://u:p@notewise.example/", "dead", "it holds the name of a user"),
        ("https://a..b.example/", "dead", "'a..b.example' is no name of a host"),
        ("https://[::1/", "dead", "it is no address"),
        ("/door", "walled", "it leads to a page to sign in"),
        ("/gate", "walled", "it leads to a page to sign in"),
        ("/who", "walled", "the host asks who is there (401)"),
        ("/cookie", "unknown", "it leads in a circle for whoever sends no cookie"),
        ("/never", "unknown", "the host answers 500"),
        ("/busy/long", "unknown", "the host answers 429"),
        ("/forbidden", "unknown", "the host answers 403"),
        ("/teapot", "unknown", "the host answers 418"),
        ("/no-get", "unknown", "the host answers 405"),
        ("/no-location", "unknown", "the host answers 302"),
        ("/soft", "unknown", "the title of the page is “404 - Page not found”"),
        ("/home", "unknown", "it leads to the front page of a host"),
        ("/private", "unknown", "its host is of a private network; `--allow-private` asks it"),
        ("http://intranet.example/", "unknown", "its host is of a private network"),
        ("http://nobody.example/", "unknown", "no host of this name was found"),
        ("http://offline.example/", "unknown", "no host of this name was found"),
        ("http://closed.example/", "unknown", "nobody answers at its port"),
        ("/reset", "unknown", "the connection was cut"),
        ("/shut", "unknown", "the connection was cut"),
        ("/noise", "unknown", "its answer cannot be read: BadStatusLine"),
        ("/long", "unknown", "its answer cannot be read: LineTooLong"),
        ("/hang", "unknown", f"no answer within {host.TIMEOUT} seconds"),
        ("/drip", "unknown", f"no answer within {host.TIMEOUT} seconds"),
        ("/late", "reached", ""),
        ("/later", "reached", ""),
        ("/busy", "reached", ""),
        ("/flaky", "reached", ""),
    ],
)
def test_how_a_way_ends(turns: Turns, path: str, end: str, why: str) -> None:
    trip = led(turns, path)
    assert (trip.end, trip.why[: len(why)]) == (end, why), trip
    assert trip.hops


def test_each_answer_on_the_way_is_told(turns: Turns) -> None:
    assert led(turns, "/one").way == (
        "301 https://notewise.example/one -> 307 https://notewise.example/two"
        " -> 308 https://notewise.example/three?a=b%20c -> 200 https://notewise.example/settings"
    )
    assert led(turns, "/six/0").turns == 6
    assert led(turns, "/loop").hops[-1].note == "asked before"


def test_a_host_in_another_script_is_asked_by_its_name_in_ascii(turns: Turns) -> None:
    Host.hosts.clear()
    assert led(turns, "http://bücher.example/caf\u00e9?q=\u00fc").end == "reached"
    assert Host.hosts == {"xn--bcher-kva.example"}


def test_the_host_is_told_who_asks(turns: Turns) -> None:
    Host.agents.clear()
    led(turns, "/settings")
    assert [agent.partition("/")[0] for agent in Host.agents] == ["aboveboard-links"]


def test_a_header_in_no_known_script_is_followed_as_browsers_do(turns: Turns) -> None:
    trip = led(turns, "/odd/location")
    assert [hop.status for hop in trip.hops] == [302, 200]


def test_only_the_beginning_of_a_page_is_read(turns: Turns) -> None:
    answer = turns.client.get(addresses.web(f"{HTTPS}/huge"))
    assert len(answer.body) == ENOUGH


def test_a_fault_that_passes_is_tried_again_after_longer_and_longer(
    turns: Turns, clock: Clock
) -> None:
    turns.pause = 0
    assert led(turns, "/later").end == "reached"
    assert clock.slept == [2, 4] and Host.asked["/later"] == 3


def test_a_fault_that_stays_is_tried_three_times(turns: Turns) -> None:
    trip = led(turns, "/never")
    assert Host.asked["/never"] == 3
    assert [hop.note for hop in trip.hops] == ["500, again after 2 s", "500, again after 4 s", ""]


@pytest.mark.parametrize(("path", "seconds"), [("/busy", 7), ("/dated", 30)])
def test_a_host_is_left_alone_for_as_long_as_it_asks(
    turns: Turns, clock: Clock, path: str, seconds: int
) -> None:
    turns.pause = 0
    assert led(turns, path).end == "reached"
    assert clock.slept == [seconds]


def test_a_host_that_asks_for_an_hour_is_asked_once(turns: Turns, clock: Clock) -> None:
    led(turns, "/busy/long")
    assert Host.asked["/busy/long"] == 1 and max(clock.slept, default=0) <= PATIENCE


def test_a_host_is_not_asked_at_once_again(turns: Turns, clock: Clock) -> None:
    led(turns, "/one")
    assert clock.slept == [1, 1, 1]
    led(turns, "http://plain.example/settings")
    assert clock.slept == [1, 1, 1], "another host need not wait"


def test_a_private_host_is_never_asked(turns: Turns) -> None:
    """Not even where an answer of a public one sends us there."""
    assert [hop.status for hop in led(turns, "/private").hops] == [302, 0]


def test_who_begins_without_encryption_is_not_downgraded(turns: Turns) -> None:
    assert led(turns, "/downgrade").downgraded == "http://plain.example/settings"
    assert led(turns, "http://plain.example/settings").downgraded == "http://plain.example/settings"
    assert led(turns, "http://plain.example/three").downgraded == "http://plain.example/three"
    assert led(turns, "/one").downgraded == ""


@pytest.mark.parametrize(
    ("kind", "address", "end"),
    [
        ("mail", "mailto:privacy@notewise.example", "reached"),
        ("mail", "mailto:a@notewise.example,b@notewise.example?subject=x", "reached"),
        ("mail", "mailto:ü@bücher.example", "reached"),
        ("mail", "mailto:privacy@@notewise.example", "dead"),
        ("mail", "mailto:privacy@notewise", "dead"),
        ("mail", "mailto:pri..vacy@notewise.example", "dead"),
        ("mail", "mailto:privacy", "dead"),
        ("phone", "tel:+1-555-0100", "reached"),
        ("phone", "tel:5550100;phone-context=+1", "reached"),
        ("phone", "tel:5550100", "dead"),
        ("phone", "tel:+", "dead"),
        ("phone", "tel:+1234567890123456", "dead"),
        ("phone", "tel:+1 555 0100", "dead"),
        ("web", "/settings", "unknown"),
    ],
)
def test_what_is_no_page_is_read_and_not_asked(
    turns: Turns, kind: Kind, address: str, end: str
) -> None:
    trip = follow(web(address, kind), turns)
    assert trip.end == end and bool(trip.why) == (end != "reached") and not trip.hops

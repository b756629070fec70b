"""Which links a policy has, what is remembered of them, and who may be asked."""

import time
from pathlib import Path
from threading import Event

import pytest
from tests.site import projects

from aboveboard.findings import Location
from aboveboard.links import address as addresses
from aboveboard.links import cache
from aboveboard.links.address import Web
from aboveboard.links.collect import links
from aboveboard.links.model import Hop, Link, Trip
from aboveboard.links.run import trips
from aboveboard.links.web import Answer, Client, Found
from aboveboard.load import load_project
from aboveboard.policy.schema import classes

POLICY = projects.POLICY.replace(
    "contact: privacy@notewise.example",
    '''contact: "Write to privacy@notewise.example, see https://notewise.example/ask. Or @notewise"''',
).replace(
    "    spreads-to: account",
    "    spreads-to: account\n    side-effects: See https://notewise.example/effects (or mail a@b.example).",
)


def test_every_address_is_found_where_it_is_written(tmp_path: Path) -> None:
    project = load_project(projects.write(tmp_path, policy=POLICY), projects.DAY)
    assert project.loaded
    found = [(link.kind, link.address, link.place.line) for link in links(project.policy)]
    assert found == [
        ("web", "https://notewise.example/ask", 6),
        ("mail", "mailto:privacy@notewise.example", 6),
        ("web", "https://notewise.example/settings", 28),
        ("web", "https://notewise.example/effects", 32),
        ("mail", "mailto:a@b.example", 32),
    ]


def test_a_path_is_joined_to_the_address_of_the_site(tmp_path: Path) -> None:
    policy = projects.POLICY.replace("https://notewise.example/settings", "/settings")
    project = load_project(projects.write(tmp_path, policy=policy), projects.DAY)
    found = [link.address for link in links(project.policy, "https://notewise.example/privacy/")]
    assert "https://notewise.example/settings" in found
    assert "/settings" in [link.address for link in links(project.policy)]


def test_fields_that_are_addresses_are_known_by_their_type() -> None:
    """So that a new one is followed without a word here."""
    from aboveboard.links.collect import _whole

    found = {f"{name}.{field}" for name in classes() for field in _whole(name)}
    assert {"How.url", "Way.url", "Legal.url"} <= found


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_who_is_not_asked(ip: str) -> None:
    assert not addresses.is_public(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_who_is_asked(ip: str) -> None:
    assert addresses.is_public(ip)


def nobody(host: str, port: int) -> Found:
    raise AssertionError(f"{host} was asked")


def link(address: str) -> Link:
    return Link("web", address, Location("policy.yml", 1))


GOOD = "https://notewise.example/good"
REACHED = Trip((Hop(GOOD, 200),), "reached")


@pytest.mark.parametrize(("age", "asked"), [(59, False), (60, True), (-1, True)])
def test_what_was_found_out_is_not_asked_until_it_is_old(age: int, asked: bool) -> None:
    client = Client(look_up=nobody, clock=lambda: 1000.0)
    kept = {GOOD: (1000.0 - age, REACHED)}
    if asked:
        with pytest.raises(AssertionError, match="was asked"):
            trips([link(GOOD)], client, kept, 60)
    else:
        assert trips([link(GOOD)], client, kept, 60)[GOOD] == REACHED._replace(age=age)


def test_what_nobody_could_tell_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "build" / "links.json"
    unknown = Trip((Hop("https://a.example/", 0, "x"),), "unknown", "x")
    dead = Trip((Hop("https://b.example/é", 404),), "dead", "gone")
    cache.write(file, {"https://a.example/": (1.0, unknown), "https://b.example/é": (2.0, dead)})
    assert cache.read(file) == {"https://b.example/é": (2.0, dead)}
    assert [f.name for f in file.parent.iterdir()] == ["links.json"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", "null", '{"version": 0}', '{"version": 1}', '{"version": 1, "links": []}'),
        '{"version": 1, "links": {"a": {"when": 1, "end": "fine", "why": "", "password": false, "hops": []}}}',
        '{"version": 1, "links": {"a": {"when": [], "end": "dead", "why": "", "password": 0, "hops": []}}}',
        '{"version": 1, "links": {"a": {"when": 1, "end": "dead", "why": "", "password": 0, "hops": [1]}}}',
    ],
)
def test_a_memory_that_is_none_is_as_if_there_were_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text)
    assert cache.read(tmp_path / "links.json") == {}
    assert cache.read(tmp_path / "none.json") == {}


def test_the_memory_takes_its_place_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "links.json"
    file.write_text("old")

    def full(self: Path, *args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="space"):
        cache.write(file, {GOOD: (1.0, REACHED)})
    assert file.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_who_interrupts_it_does_not_wait_for_slow_hosts() -> None:
    """A host asks to be left alone for a minute; another thing goes wrong meanwhile."""
    waiting = Event()

    class Hosts(Client):
        def get(self, target: Web) -> Answer:
            if target.host == "slow.example":
                return Answer(503, after="50")
            assert waiting.wait(10)
            raise KeyboardInterrupt

    def sleep(seconds: float, over: Event) -> None:
        waiting.set()
        over.wait(seconds)

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        trips([link("https://other.example/"), link("https://slow.example/")], Hosts(sleep=sleep))
    assert time.monotonic() - start < 20

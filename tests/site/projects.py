"""What tests of the site share: small projects, copies of the demo, and how to build them."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from aboveboard.commands.build import build

ROOT = Path(__file__).parents[2]
DAY = date(2026, 12, 2)
DEMO = ("policy_data", "pipeline", "docs", "mkdocs.yml")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"]
)

POLICY = """\
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers:
    - {name: Notewise Ltd, contact: privacy@notewise.example}
  axes:
    plan: {free: Free, team: Team}
data:
  notes: {name: what you write in notes, origin: provided, examples: [drafts]}
  account: {name: your name and e-mail address, origin: provided}
uses:
  train:
    name: training the helper
    purpose: train-model
    data: [notes]
    never: [account]
    applies:
      - {scope: {plan: free}, state: opt-out, control: training}
      - {scope: otherwise, state: never}
    steps: [redact]
    basis: [{basis: contract}]
controls:
  training:
    name: use of your notes for training
    label: Help improve Notewise
    kind: switch
    how: [{do: [Open Settings, Switch off training], url: "https://notewise.example/settings"}]
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    takes-effect: PT24H
    spreads-to: account
steps:
  redact:
    name: replace e-mail addresses
    technique: redaction
    entities: [email]
    stage: before-training
    relink: nobody
    limits: Names inside a story stay.
copies:
  servers: {name: our servers}
  training-set: {name: the training set}
retention:
  notes: {data: [notes, account], copy: servers, keep: P1Y}
  set: {data: notes, copy: training-set, keep: P1Y}
"""

BINDINGS = """\
bindings:
  files: [pipeline/*.yml]
  sources: {notes: messages.text, account: messages.email}
  not-personal: [messages.plan, messages.training_opt_out]
  sinks: {train: training_set}
  person: {messages: user_id}
  flags: {training: {field: training_opt_out, refused: true, read: run-time}}
  axes: {plan: {plan: {free: free, team: "*"}}}
  copies: {servers: messages, training-set: training_set}
  steps: {redact: redact-mail}
"""

PIPELINE = """\
version: 1
datasets:
  messages:
    role: source
    person: user_id
    retention: P30D
    fields: {text: {}, email: {}, user_id: {}, plan: {}, training_opt_out: {}}
  training_set: {role: training-set, retention: P30D}
steps:
  - {id: free-only, in: [messages], op: filter, where: {plan: free}, missing: drop}
  - {id: opted-in, in: [free-only], op: filter, where: {training_opt_out: false}, missing: drop}
  - {id: text-only, in: [opted-in], op: allow-fields, fields: [text]}
  - {id: redact-mail, in: [text-only], op: redact, fields: [text], entities: [email],
     enabled: true, on_error: fail, out: [training_set]}
"""


def write(root: Path, **files: str) -> Path:
    """A small whole project in a folder; `policy`, `bindings` and `pipeline` replace its files."""
    texts = {"policy": POLICY, "bindings": BINDINGS, "pipeline": PIPELINE, **files}
    for name, text in texts.items():
        folder = root / ("pipeline" if name == "pipeline" else "policy_data")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yml").write_text(text, "utf-8")
    return root


def demo(root: Path) -> Path:
    """A copy of the demo, so that its own folder is not touched."""
    for name in DEMO:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        root.mkdir(parents=True, exist_ok=True)
        copy(source, root / name)
    return root


def built(root: Path, *, draft: bool = False) -> Path:
    """The site of a project, which has to be built without a complaint."""
    assert build(root, as_of=DAY, draft=draft) == 0
    return root / "site"


def built_small(root: Path) -> Path:
    """The site of a small project."""
    return built(write(root))


def built_demo(root: Path) -> Path:
    """The site of the demo."""
    return built(demo(root))


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills once for all workers of a run; the others wait for it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        root = factory.mktemp(name)
        make(root)
        return root
    root = factory.getbasetemp().parent / name
    done = root.with_name(f"{name}.done")
    try:
        root.mkdir()
    except FileExistsError:
        end = time.monotonic() + 120
        while not done.exists():
            assert time.monotonic() < end, f"another worker did not finish '{name}'"
            time.sleep(0.05)
        assert done.read_text() == "good", f"another worker failed to make '{name}'"
        return root
    try:
        make(root)
    except BaseException:
        done.write_text("bad")
        raise
    done.write_text("good")
    return root


class Reader(HTMLParser):
    """The text, the attributes and the scripts of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "script" in self._open:
            self.scripts.append(data)
        elif "style" not in self._open:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    @property
    def ids(self) -> set[str]:
        return {str(attrs["id"]) for _, attrs in self.tags if "id" in attrs}

    def links(self) -> list[str]:
        return [str(attrs["href"]) for _, attrs in self.tags if "href" in attrs]


def pages(site: Path) -> dict[str, Reader]:
    """Every page of a built site, by its path."""
    found = sorted(site.rglob("*.html"))
    return {p.relative_to(site).as_posix(): Reader(p.read_text("utf-8")) for p in found}


def assert_harmless(site: Path) -> None:
    """No page of a site holds a script, a handler or an element that we did not put there."""
    for path, page in pages(site).items():
        assert all("pwned" not in s or json.loads(s)["@context"] for s in page.scripts), path
        for tag, attributes in page.tags:
            assert tag not in ("iframe", "object", "embed", "img", "textarea", "base"), path
            for name, value in attributes.items():
                assert not name.startswith("on") and name != "style", f"{path}: {tag} {name}"
                assert not re.match(r"\s*javascript:", value or "", re.IGNORECASE), path


def prose(html: str) -> str:
    """The visible words of some HTML."""
    return Reader(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)).words

"""The example projects of the rules about signatures: makes them, and what is signed in them, anew.

    python -m tests.review.signing_examples

Who changes the words of an answer changes what was signed here, as anywhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.examples import EXAMPLES, TODAY

from aboveboard.load import load_project
from aboveboard.policy.load import REVIEWS
from aboveboard.review.signing import records
from aboveboard.review.signing.prints import Print
from aboveboard.review.signing.records import Record, Signed
from aboveboard.review.signing.statements import published

POLICY = """\
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-11-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]

recipients:
  cloud:
    name: a cloud
    kind: processor
    must: confidentiality

review:
  sign-off: {statements: recipients, role: legal}
"""
SIGNED = TODAY - timedelta(days=20)
YESTERDAY = TODAY - timedelta(days=1)
RULES = (
    "unsigned-statement",
    "reopened-statement",
    "expired-signature",
    "damaged-record",
    "idle-signature",
)
KIND, MUST = "recipients/cloud/kind@", "recipients/cloud/must."
Chosen = Callable[[str], bool]


def signed(root: Path, chosen: Chosen, note: str = "read", expires: date | None = None) -> Record:
    """A record of the statements about recipients that are chosen by their ids."""
    found = published(load_project(root, TODAY)).items()
    named = (Signed(i, s.print) for i, s in found if s.kind == "recipients" and chosen(i))
    return Record("legal", SIGNED, note, tuple(named), expires)


def put(root: Path, record: Record, *marks: tuple[str, str], name: str = "") -> None:
    """Writes a record; each mark stands on the first line that holds a text."""
    text = records.text(record)
    if name:  # edited by hand
        text = text.replace('note: "read"', 'note: "read, and agreed"')
    for start, mark in marks:
        line = next(line for line in text.split("\n") if start in line)
        text = text.replace(line, f"{line}  # {mark}", 1)
    (root / REVIEWS / (name or record.file)).write_text(text, "utf-8")


def write(rule: str, name: str, *edits: tuple[str, str]) -> Path:
    """A project with everything signed, and then edited."""
    root = EXAMPLES / rule / name
    shutil.rmtree(root, ignore_errors=True)
    (root / REVIEWS).mkdir(parents=True)
    policy = root / "policy_data" / "policy.yml"
    policy.write_text(POLICY, "utf-8")
    chosen: dict[str, Chosen] = {
        "unsigned-statement": lambda id_: not id_.startswith(MUST),
        "expired-signature": lambda id_: not id_.startswith(KIND),
    }
    every = signed(root, chosen[rule] if rule in chosen and name == "bad" else lambda id_: True)
    reopened = rule == "reopened-statement" and name == "bad"
    put(root, every, *([(KIND, f"related: {rule}")] if reopened else []))
    text = POLICY
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    policy.write_text(text, "utf-8")
    return root


def main() -> None:
    """Writes all of them."""
    for rule in RULES:
        write(rule, "ok")
    kind, must = "kind: processor", "must: confidentiality"
    write("unsigned-statement", "bad", (must, f"{must}  # expect: unsigned-statement"))
    write("reopened-statement", "bad", (kind, "kind: affiliate  # expect: reopened-statement"))
    root = write("expired-signature", "bad", (kind, f"{kind}  # expect: expired-signature"))
    ended = signed(root, lambda id_: id_.startswith(KIND), "until the year ends", YESTERDAY)
    put(root, ended, (KIND, "related: expired-signature"))
    root = write("damaged-record", "bad")
    every = signed(root, lambda id_: True)
    put(root, every, ("digest:", "expect: damaged-record"), name=f"{SIGNED}-edited.yml")
    root = write("idle-signature", "bad")
    gone = Signed("recipients/cluod/kind@recipients", Print("a" * 16, (("en", "It is ours."),), ""))
    idle = "expect: idle-signature"
    put(root, Record("lgeal", SIGNED, "read", (gone,)), ("# Written", idle), ("- what:", idle))


if __name__ == "__main__":
    main()

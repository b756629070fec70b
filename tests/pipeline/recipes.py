"""Small recipes, and what the Data-Juicer reader makes of them.

Each expectation was seen in a run of py-data-juicer 1.6.1, or read in the source of its version.
"""

from textwrap import dedent

from aboveboard.pipeline.graph import Step
from aboveboard.pipeline.part import Part
from aboveboard.pipeline.predicate import can_pass
from aboveboard.pipeline.readers.data_juicer.catalogue import any_version, catalogue
from aboveboard.pipeline.readers.data_juicer.chain import read_recipe
from aboveboard.source import parse_yaml

HEAD = """
    dataset_path: raw/chats.jsonl
    export_path: clean/chats.jsonl
"""


def read(text: str, head: str = HEAD, version: str = "1.6.1") -> Part:
    """A recipe of the usual input and export, and `text`; version "": not known."""
    document = parse_yaml((dedent(head) + dedent(text)).encode(), "pipeline/train.yml")
    assert not document.problems
    return read_recipe(document, catalogue(version) if version else any_version())


def step(part: Part, name: str) -> Step:
    """A step by its name in the recipe."""
    return {s.id: s for s in part.steps}[f"train/{name}"]


def only(text: str) -> Step:
    """The one operator of `process`."""
    return next(s for s in read(text).steps if s.name and not s.id.endswith("-originals"))


def passes(text: str, field: str, value: object) -> tuple[bool, bool]:
    """Whether a row passes: when doubt counts as blocking, and when it counts as passing."""
    where = only(text).where
    assert where is not None
    return (
        can_pass(where, {field: value}, doubt_blocks=True),
        can_pass(where, {field: value}, doubt_blocks=False),
    )


KEPT, DROPPED, UNDECIDED = (True, True), (False, False), (False, True)


def stores(part: Part) -> dict[str, str]:
    """The stores that a recipe writes, with the grade of each."""
    roles = ("store", "log")
    return {d.id: d.fact.grade for d in part.datasets if d.role in roles}

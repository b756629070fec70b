"""The page about the native format is the one that its tables make, and its example works."""

from pathlib import Path

from aboveboard.pipeline import reference
from aboveboard.pipeline.readers.native import recognises
from aboveboard.pipeline.readers.native.file import read_file
from aboveboard.source import parse_yaml

ROOT = Path(__file__).parents[2]


def test_the_page_is_made_of_the_tables_of_the_reader() -> None:
    assert (ROOT / reference.FILE).read_text("utf-8") == reference.page(), "run `make schema`"


def test_its_example_is_read_without_a_fault() -> None:
    text = reference.page().partition("```yaml\n")[2].partition("```")[0]
    document = parse_yaml(text.encode(), "pipeline/p.yml")
    assert recognises(document) and not document.problems
    part = read_file(document)
    assert not part.findings and [step.op for step in part.steps] == [
        "filter", "drop-field", "redact",
    ]  # fmt: skip

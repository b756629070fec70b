"""JSON Schema for editors, and of what `graph` prints: it is what the classes and tables say, and judges as the loader does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from pydantic_core import ValidationError
from tests.examples import BROKEN, CLAIMS, PROJECTS
from tests.test_imports import imported_by

from aboveboard import schemas
from aboveboard.pipeline import docs as pipeline_docs
from aboveboard.pipeline import json_schema as of_pipeline
from aboveboard.pipeline.readers import native
from aboveboard.pipeline.readers.native.file import read_file
from aboveboard.policy import docs as policy_docs
from aboveboard.policy import json_schema as of_policy
from aboveboard.policy.load import ALONE, APART, MODELS
from aboveboard.policy.schema import classes, fields_of
from aboveboard.reporters import json_schema as of_report
from aboveboard.reporters.graph import json_schema as of_graph
from aboveboard.source import Document, KeyPath, parse_yaml

ROOT = Path(__file__).parents[1]
# `review/test_releases.py` holds the schema of releases.
MADE = {
    "policy": of_policy.schema(),
    "pipeline": of_pipeline.schema(),
    "graph": of_graph.schema(),
    "report": of_report.schema(),
}
VALIDATORS = {
    name: Draft202012Validator(schema, format_checker=FormatChecker())
    for name, schema in MADE.items()
}
OLDER = {
    name: Draft7Validator(schema, format_checker=FormatChecker()) for name, schema in MADE.items()
}
# Broken projects whose fault an editor marks, by the file that has it.
RED = {
    "policy": (
        "control-effect-on", "control-without-effect", "date-a-year", "date-no-such-day",
        "date-with-time", "date-wrong-order", "duration-a-number", "duration-empty",
        "duration-without-t", "duration-words", "key-defualt", "key-missing", "key-misspelt",
        "key-underscore", "key-unlike-any", "link-script", "many-at-once", "name-blank",
        "name-empty", "name-null", "parameter-unknown", "policy-bad-id",
        "policy-header-missing-keys", "policy-header-null", "policy-kind-is-a-list",
        "policy-kind-is-empty", "policy-list-at-top", "policy-text-at-top", "policy-unknown-kind",
        "retention-no-end", "retention-then-without-until", "state-misspelt",
        "state-never-with-control", "state-on", "state-opt-out-without-control", "state-true",
        "text-with-wide-spaces", "type-mapping-for-text", "type-number-for-text",
        "type-text-for-boolean", "type-text-for-list", "type-text-for-number", "type-use-is-text",
        "use-of-no-data", "window-empty",
    ),
    "pipeline": (
        "pipeline-bad-duration", "pipeline-bad-on-error", "pipeline-bad-values",
        "pipeline-bad-version", "pipeline-enabled-is-text", "pipeline-list-at-top",
        "pipeline-no-fields", "pipeline-no-id", "pipeline-no-in", "pipeline-no-op",
        "pipeline-step-is-text", "pipeline-text-at-top", "pipeline-unknown-key",
        "pipeline-unknown-role", "pipeline-wrong-op",
    ),
}  # fmt: skip
FOLDERS = {"policy": "policy_data", "pipeline": "pipeline"}


def documents(root: Path, name: str) -> Iterator[Document]:
    """The files of a project that one of the schemas is about."""
    for file in sorted((root / FOLDERS[name]).rglob("*.y*ml")):
        if file.relative_to(root / FOLDERS[name]).parts[0] in APART:
            continue  # records are written by the program
        document = parse_yaml(file.read_bytes(), file.relative_to(root).as_posix())
        if name == "policy" or native.recognises(document):
            yield document


def faults(name: str, document: Document) -> list[str]:
    """What is wrong with a file; an editor that knows only draft 7 has to find as much."""
    found = [f"{document.path}: {e.message}" for e in VALIDATORS[name].iter_errors(document.data)]
    assert OLDER[name].is_valid(document.data) == (not found), document.path
    return found


@pytest.mark.parametrize("name", MADE)
def test_the_file_is_what_the_code_says_today(name: str) -> None:
    stale = "make schema writes it anew"
    assert schemas.file(name).read_text("utf-8") == schemas.text(MADE[name]), stale


@pytest.mark.parametrize("name", MADE)
def test_it_is_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(MADE[name])
    Draft7Validator.check_schema(MADE[name])
    assert MADE[name]["$schema"] == schemas.DRAFT


def _properties(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that is described, with its place; what only narrows one is left out."""
    if isinstance(node, dict):
        if "additionalProperties" in node:
            for key, value in node.get("properties", {}).items():
                yield f"{where}/{key}", value
        for key, value in node.items():
            yield from _properties(value, f"{where}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _properties(value, f"{where}/{index}")


@pytest.mark.parametrize("name", MADE)
def test_every_property_is_described(name: str) -> None:
    found = dict(_properties(MADE[name]))
    assert len(found) > 50
    assert not [where for where, value in found.items() if not value.get("description")]


def test_nothing_else_is_described() -> None:
    for name, described in policy_docs.DOCS.items():
        assert described.keys() <= {field.key for field in fields_of(name)}, name
    keys = set().union(*(d.keys() for d in pipeline_docs.DOCS.values()))
    assert keys == {where.rsplit("/", 1)[1] for where, _ in _properties(MADE["pipeline"])} - {
        "to"
    } | {*pipeline_docs.DOCS["operation"]}


GOOD = [
    ROOT,
    *sorted(path for path in CLAIMS.glob("*/*") if path.is_dir()),
    *sorted(path for path in PROJECTS.glob("**/ok*") if path.is_dir()),
]


@pytest.mark.parametrize("root", GOOD, ids=lambda p: "demo" if p == ROOT else p.name)
def test_what_loads_is_valid(root: Path) -> None:
    for name in FOLDERS:
        found = list(documents(root, name))
        assert found or name == "pipeline"
        assert not [fault for document in found for fault in faults(name, document)]


@pytest.mark.parametrize(
    ("name", "project"), [(name, project) for name, all_ in RED.items() for project in all_]
)
def test_what_an_editor_can_see_is_red(name: str, project: str) -> None:
    files = (BROKEN / project / FOLDERS[name]).rglob("*.yml")
    parsed = [parse_yaml(file.read_bytes(), file.name) for file in files]
    assert any(faults(name, document) for document in parsed)


@pytest.mark.parametrize("name", FOLDERS)
def test_files_of_the_demo_name_their_schema(name: str) -> None:
    for document in documents(ROOT, name):
        file = ROOT / document.path
        first = file.read_text("utf-8").split("\n")[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).resolve() == schemas.file(name).resolve(), document.path


# -- the schema and the loader agree on any value anywhere ---------------------------------------

VALUES: tuple[Any, ...] = (
    None, True, -1, 0.5, "", "x", "Not an id", "P1D", "30 days", "otherwise", "nobody", "always",
    "2026-12-01", "https://example.org/", [], {}, ["x"], [["x"]], [{}], {"x": "y"}, {"from": "x"},
)  # fmt: skip


def _entities() -> Iterator[tuple[str, Any]]:
    for document in documents(ROOT, "policy"):
        for kind, content in document.data.items():
            if kind in ALONE:
                yield ALONE[kind][1].__name__, content
            else:
                yield from ((MODELS[kind].__name__, entity) for entity in content.values())


def _paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(data, dict | list):
        for step, child in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _paths(child, (*path, step))


def _put(data: Any, path: KeyPath, value: Any) -> Any:
    if not path:
        return value
    changed: Any = dict(data) if isinstance(data, dict) else list(data)
    changed[path[0]] = _put(data[path[0]], path[1:], value)
    return changed


def _loads(name: str, value: Any) -> bool:
    try:
        classes()[name].model_validate(value)
    except ValidationError:
        return False
    return True


def test_it_judges_as_the_loader_does() -> None:
    judged = [0, 0]
    for number, (name, entity) in enumerate(_entities()):
        ways = {"$ref": f"#/$defs/{name}", "$defs": MADE["policy"]["$defs"]}
        validator = Draft202012Validator(ways, format_checker=FormatChecker())
        for place, path in enumerate(_paths(entity)):
            for value in VALUES[(number + place) % 7 :: 7]:
                changed = _put(entity, path, value)
                loads = _loads(name, changed)
                assert validator.is_valid(changed) == loads, (name, path, value)
                judged[loads] += 1
    assert min(judged) > 200


def test_it_judges_pipelines_as_the_reader_does() -> None:
    judged = [0, 0]
    for document in documents(ROOT, "pipeline"):
        for number, path in enumerate(_paths(document.data)):
            for value in VALUES[number % 7 :: 7]:
                written = json.dumps(_put(document.data, path, value)).encode()
                changed = parse_yaml(written, "pipeline.yml")
                if not native.recognises(changed):
                    continue
                found = read_file(changed).findings
                reads = all(finding.rule == "given-twice" for finding in found)
                assert VALIDATORS["pipeline"].is_valid(changed.data) == reads, (path, value, found)
                judged[reads] += 1
    assert min(judged) > 50


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MADE)
def test_the_command_prints_it(name: str) -> None:
    command = [sys.executable, "-m", "aboveboard", "schema", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == MADE[name]


def test_the_command_loads_nothing_heavy() -> None:
    assert not imported_by("schema", "policy") & {"pydantic", "pydantic_core", "yaml", "jinja2"}

"""Where a text pins a tool: every place, and the version only where it is one release."""

from textwrap import dedent

import pytest

from aboveboard.pipeline.versions import TOOLS
from aboveboard.pipeline.versions.pins import pins

DJ = TOOLS["data-juicer"]
OTEL = TOOLS["opentelemetry-collector"]
HASH = "--hash=sha256:" + 64 * "a"


def versions(text: str, tool: str = "data-juicer") -> list[tuple[int, str | None]]:
    found = pins(dedent(text), TOOLS[tool].packages, TOOLS[tool].images)
    return [(pin.line, pin.version) for pin in found]


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("py-data-juicer==1.6.1", "1.6.1"),
        ("py_data_juicer == 1.6.1", "1.6.1"),
        ("Py-Data-Juicer===1.6.1", "1.6.1"),
        ("py-data-juicer[all,ray]==1.6.1", "1.6.1"),
        ("py-data-juicer==1.6.1 ; python_version >= '3.10'", "1.6.1"),
        (f"py-data-juicer==1.6.1 {HASH}", "1.6.1"),
        ("py-data-juicer==1.6.1 \\", "1.6.1"),
        ("py-data-juicer==1.6.1+cu118", "1.6.1+cu118"),
        ("py-data-juicer==1.6.1  # the last good one", "1.6.1"),
        ("py-data-juicer!=1.6.0,==1.6.1", "1.6.1"),
        ("  - py-data-juicer==1.6.1", "1.6.1"),
        ("RUN pip install --no-cache-dir py-data-juicer==1.6.1 ray", "1.6.1"),
        ("py-data-juicer==1.6.*", None),
        ("py-data-juicer>=1.6.1", None),
        ("py-data-juicer~=1.6.1", None),
        ("py-data-juicer>=1.6,<2", None),
        ("py-data-juicer", None),
        ("py-data-juicer==${VERSION}", None),
        ("py-data-juicer @ git+https://example.org/fork@v1.6.1", None),
    ],
)
def test_a_requirement(line: str, version: str | None) -> None:
    assert versions(f"# tools\n{line}\nray==2.1.0") == [(2, version)]


@pytest.mark.parametrize(
    "line",
    ["# py-data-juicer==1.6.1", "py-data-juicer-extras==1.6.1", "my-py-data-juicer==1.6.1",
     "./py-data-juicer", "the py-data-juicer project", "ray==1.6.1"],
)  # fmt: skip
def test_what_is_no_requirement_of_it(line: str) -> None:
    assert versions(line) == []


@pytest.mark.parametrize("marks", ["", 'resolution-markers = ["x"]\n'])
def test_a_lock_of_uv_poetry_or_pdm(marks: str) -> None:
    text = f"""version = 1
{marks}
[[package]]
name = "ray"
version = "2.1.0"
dependencies = [{{ name = "py-data-juicer" }}]

[[package]]
name = "py-data-juicer"
version = "1.6.1"
source = {{ registry = "https://example.org/simple" }}

[package.metadata]
requires-dist = [{{ name = "py-data-juicer", specifier = ">=1.5" }}]
"""
    lines = text.splitlines()
    assert versions(text) == [(lines.index('version = "1.6.1"') + 1, "1.6.1")]


def test_the_tables_of_a_project() -> None:
    text = """
        [project]
        dependencies = ["ray==2.1.0", "py-data-juicer[all]==1.6.1"]
        [project.optional-dependencies]
        old = [
            "py-data-juicer>=1.5",  # "py-data-juicer==9.9.9"
        ]
        [tool.poetry.dependencies]
        py-data-juicer = "1.6.1"
        [tool.poetry.group.old.dependencies]
        py-data-juicer = { version = "^1.5", extras = ["all"] }
        [tool.poetry.group.new.dependencies]
        py-data-juicer = { version = "==1.6.1" }
        [tool.pdm]
        py-data-juicer = "1.6.*"
        """
    assert versions(text) == [
        (3, "1.6.1"), (6, None), (9, "1.6.1"), (11, None), (13, "1.6.1"), (15, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("FROM otel/opentelemetry-collector-contrib:0.115.0", "0.115.0"),
        (f"FROM otel/opentelemetry-collector-contrib:0.115.0@sha256:{64 * 'a'} AS otel", "0.115.0"),
        ("FROM --platform=linux/amd64 otel/opentelemetry-collector:0.115.0-amd64", "0.115.0"),
        ("image: ghcr.io/open-telemetry/otel/opentelemetry-collector-contrib:v0.115.0", "0.115.0"),
        ("    image: 'localhost:5000/otel/opentelemetry-collector-k8s:0.115.0'", "0.115.0"),
        ('  - image: "otel/opentelemetry-collector:0.115.0"', "0.115.0"),
        ('{"image": "otel/opentelemetry-collector:0.115.0", "name": "otel"}', "0.115.0"),
        ("FROM otel/opentelemetry-collector-contrib:latest", None),
        ("FROM otel/opentelemetry-collector-contrib", None),
        ("FROM otel/opentelemetry-collector-contrib:${TAG}", None),
        (f"FROM otel/opentelemetry-collector-contrib@sha256:{64 * 'a'}", None),
    ],
)
def test_an_image(line: str, version: str | None) -> None:
    assert versions(line, "opentelemetry-collector") == [(1, version)]


@pytest.mark.parametrize(
    "line",
    ["# FROM otel/opentelemetry-collector:0.115.0", "image: my/opentelemetry-collector-fork:1.0.0",
     "opentelemetry-collector:", "  otel/opentelemetry-collector: 0.115.0"],
)  # fmt: skip
def test_what_is_no_image_of_it(line: str) -> None:
    assert versions(line, "opentelemetry-collector") == []


def test_values_of_helm_and_kustomize() -> None:
    text = """
        image:
          repository: otel/opentelemetry-collector-contrib
          pullPolicy: Always
          tag: "0.115.0"
        images:
          - name: otel/opentelemetry-collector
            newTag: 0.114.0
          - name: other
            newTag: 9.9.9
        """
    assert versions(text, "opentelemetry-collector") == [(5, "0.115.0"), (8, "0.114.0")]


def test_a_pin_stands_where_it_is_written() -> None:
    (pin,) = pins('deps = ["py-data-juicer[all]==1.6.1"]', DJ.packages, DJ.images)

    assert (pin.line, pin.column) == (1, 10)
    (pin,) = pins("image: x/opentelemetry-collector:1.0.0", OTEL.packages, OTEL.images)
    assert (pin.line, pin.column, pin.written) == (1, 8, "x/opentelemetry-collector:1.0.0")

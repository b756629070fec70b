"""What imports what, and what is installed: the layers, a quick start, and an honest lock."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "site.txt": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "dev.txt": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["dev"]],
}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def imported_by(*arguments: str) -> set[str]:
    """The top-level packages that `aboveboard` imports when it is called with these arguments."""
    done = run(sys.executable, "-X", "importtime", SCRIPTS / "aboveboard", *arguments)
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    modules = set(re.findall(r"^import time:.*\|\s+([\w.]+)$", done.stderr, re.MULTILINE))
    assert "aboveboard.cli" in modules, "the imports were not recorded"
    return {module.partition(".")[0] for module in modules}


def name_of(requirement: str) -> str:
    """The normalised name of a requirement, without its version and marker."""
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pins_of(lock: str) -> dict[str, str]:
    """Each pinned requirement of a lock, by name: the whole of it, with its hashes."""
    text = re.sub(r"\\\n", " ", (ROOT / "requirements" / lock).read_text())
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {name_of(line): line for line in lines}


def test_imports_point_down() -> None:
    done = run(SCRIPTS / "lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_starts_without_the_heavy_libraries() -> None:
    assert not imported_by("--help") & {"pydantic", "jinja2", "mkdocs", "yaml"}


def test_check_never_touches_what_only_the_site_needs() -> None:
    assert not imported_by("check") & {"pydantic", "mkdocs", "jinja2", "markdown"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    pins = pins_of(lock)
    assert pins
    for pin in pins.values():
        assert re.match(r"[\w.-]+==\S+.* --hash=sha256:[0-9a-f]{64}", pin), pin


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_dependency_is_pinned(lock: str) -> None:
    assert {name_of(requirement) for requirement in LOCKS[lock]} <= pins_of(lock).keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert not re.search(r"://|^-|(?<!\S)/", text, re.MULTILINE)


def test_developers_have_what_the_site_is_built_with() -> None:
    assert pins_of("site.txt").items() <= pins_of("dev.txt").items()


def test_each_direct_dependency_is_explained_and_nothing_else() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    explained = re.findall(r"^- `([^`]+)`: \S.+$", page, re.MULTILINE)
    assert sorted(map(name_of, explained)) == sorted(map(name_of, LOCKS["dev.txt"]))


def test_check_imports_the_parser_of_sql_only_where_there_is_some() -> None:
    claims = ROOT / "tests/projects/claims/never-used/proved"
    assert "sqlglot" not in imported_by("check", "--project", str(claims))
    kept = ROOT / "tests/projects/readers/sql/kept"
    assert "sqlglot" in imported_by("check", "--project", str(kept))


def test_pydantic_finds_its_schema_types_after_us() -> None:
    """A stand-in spares a check the types that pydantic_core makes; pydantic needs the real ones."""
    text = (
        "import sys, aboveboard.policy.core\n"
        "assert 'pydantic_core.core_schema' not in sys.modules\n"
        "from pydantic import BaseModel, TypeAdapter, ValidationError\n"
        "class A(BaseModel):\n    x: list[int]\n"
        "assert TypeAdapter(list[A]).validate_python([{'x': [1]}])[0].x == [1]\n"
        "assert TypeAdapter(A).json_schema()['properties']['x']['type'] == 'array'\n"
        "assert ValidationError is aboveboard.policy.core.ValidationError\n"
        "from pydantic_core import core_schema\n"
        "assert core_schema.int_schema()['type'] == 'int'\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True)

"""Sites that several tests read, each built once a worker."""

from pathlib import Path

import pytest

from . import hostile, projects


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small project."""
    return projects.shared(tmp_path_factory, "small", projects.built_small) / "site"


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demo."""
    return projects.shared(tmp_path_factory, "demo", projects.built_demo) / "site"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project with hostile text in every field."""
    return projects.shared(tmp_path_factory, "hostile", hostile.built) / "site"

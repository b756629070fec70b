"""The places where changes are asked for and talked about: one module each, on one client."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .github import github
from .gitlab import gitlab
from .model import Forge

FORGES: dict[str, Callable[[Mapping[str, str]], Forge]] = {"github": github, "gitlab": gitlab}

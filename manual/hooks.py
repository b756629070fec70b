"""What MkDocs asks of us while it builds the manual."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from manual import commands, rules
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the pages of a folder that are not named themselves in the place of its `*`."""
    named = set(_named(config.nav))
    config.nav = list(_filled(config.nav, Path(config.docs_dir), named))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made: of commands, and of rules, to which their index leads."""
    for made, included in (
        (commands.pages(), InclusionLevel.INCLUDED),
        (rules.index(), InclusionLevel.INCLUDED),
        (rules.pages(), InclusionLevel.NOT_IN_NAV),
    ):
        for path, text in made.items():
            files.append(File.generated(config, path, content=text, inclusion=included))
    return files


def on_post_page(output: str, **_: object) -> str:
    """Names the search for those who hear the page: the theme gives it a role and no name."""
    return output.replace('role="dialog">', 'role="dialog" aria-label="Search">')


def _named(nav: Any) -> Iterator[str]:
    """Every page that the menu names."""
    for item in nav:
        if isinstance(item, str):
            yield item
        else:
            for inside in item.values():
                yield from _named([inside] if isinstance(inside, str) else inside)


def _filled(nav: Any, folder: Path, named: set[str]) -> Iterator[Any]:
    for item in nav:
        if isinstance(item, dict):
            for title, inside in item.items():
                whole = isinstance(inside, str)
                yield {title: inside if whole else list(_filled(inside, folder, named))}
        elif posixpath.basename(item) == "*":
            paths = (file.relative_to(folder).as_posix() for file in folder.glob(f"{item}.md"))
            yield from sorted(path for path in paths if path not in named)
        else:
            yield item

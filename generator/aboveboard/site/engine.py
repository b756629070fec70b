"""Runs MkDocs; the only module that knows it, so that another engine can take its place.

As a program it is the worker's other end: it takes jobs as lines of JSON and answers in kind.
"""

from __future__ import annotations

import html
import json
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.base import LegacyConfig
    from mkdocs.plugins import BasePlugin

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # read when the theme is imported

_ID = re.compile(r'\sid="([^"]*)"')
# Extensions of Markdown that leave a block of HTML as it is.
HARMLESS = frozenset(
    (
        *("toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "admonition"),
        *("abbr", "sane_lists", "nl2br", "pymdownx.details", "pymdownx.superfences"),
    )
)


def team(file: str) -> dict[str, Any]:
    """What is plain of the team's own configuration, read with the engine's loader and tags."""
    from mkdocs.utils.yaml import yaml_load

    try:
        with Path(file).open("rb") as stream:
            settings = yaml_load(stream)
    except Exception as error:
        return {"error": str(error)}
    theme = settings.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    plugins = _plugins(settings.get("plugins"))
    try:
        json.dumps(plugins)
    except TypeError as error:
        return {"error": f"an option of a plugin is no plain value: {error}"}
    excluded = str(settings.get("exclude_docs") or "")
    return {
        "exclude_docs": excluded,
        "overrides": own,
        "plugins": plugins,
        "address": str(settings.get("site_url") or ""),
    }


def _plugins(written: Any) -> list[Any]:
    """The team's plugins without the engine's own search, which our pages do not use."""
    if isinstance(written, dict):
        written = [{name: options} for name, options in written.items()]
    found = written if isinstance(written, list) else []
    names = [next(iter(one), "") if isinstance(one, dict) else one for one in found]
    return [
        one
        for one, name in zip(found, names, strict=True)
        if str(name).rpartition("/")[2] != "search"
    ]


def build(
    config: str, out: str, as_of: str, cache: str, whole: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Builds the site of a configuration into a folder; the warnings, which all are faults.

    `cache` is a folder for compiled templates; `whole` are the pages that are one block of HTML.
    """
    from mkdocs.exceptions import MkDocsException

    # The engine's clock stands at a date, so that the same input gives the same bytes.
    day = date.fromisoformat(as_of)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    with _gathered() as warnings:
        try:
            _run(config, out, cache, whole)
        except (MkDocsException, SystemExit) as error:
            if not warnings:
                warnings.append(str(error))
    return {"warnings": warnings}


def _run(config: str, out: str, cache: str, whole: Sequence[str]) -> None:
    from jinja2 import FileSystemBytecodeCache
    from mkdocs.commands.build import build as run
    from mkdocs.config import load_config

    settings = load_config(config, site_dir=out)
    make = settings.theme.get_env

    def environment() -> Any:
        made = make()
        made.bytecode_cache = FileSystemBytecodeCache(cache)
        vars(made.loader)["list_templates"] = partial(_listed, settings.theme.dirs)
        return made

    vars(settings.theme)["get_env"] = environment  # on this one theme alone
    settings.plugins["aboveboard"] = _unparsed(frozenset(whole))
    run(settings)


def _listed(folders: Iterable[str]) -> list[str]:
    """The files of a theme but for those in hidden folders: thousands of icons lie there, and the
    engine leaves them out one by one."""
    found = set()
    for folder in folders:
        for here, below, names in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            found |= {Path(here, name).relative_to(folder).as_posix() for name in names}
    return sorted(found)


def _unparsed(whole: frozenset[str]) -> BasePlugin[LegacyConfig]:
    """A plugin that takes these pages as they are: each is one block of HTML, in which there is no
    Markdown, and which the engine would parse twice to find that out."""
    from mkdocs.config.base import LegacyConfig
    from mkdocs.plugins import BasePlugin, event_priority

    class Unparsed(BasePlugin[LegacyConfig]):
        @event_priority(-100)  # after the team's own plugins
        def on_page_markdown(self, text: str, *, page: Any, config: Any, **_: Any) -> str | None:
            harmless = HARMLESS.issuperset(config.markdown_extensions)
            taken = page.file.src_uri in whole and harmless and is_block(text)
            page.block = text.strip() if taken else None
            return "" if taken else None

        @event_priority(100)
        def on_page_content(self, _made: str, *, page: Any, **_: Any) -> str | None:
            found: str | None = page.block
            if found is not None:
                page.markdown = found
                page.present_anchor_ids = set(map(html.unescape, _ID.findall(found)))
            return found

    return Unparsed()


def is_block(text: str) -> bool:
    """Whether a text is one element for Markdown too: nothing in it ends that or is changed."""
    inner = text.strip()
    return (
        inner.startswith("<div")
        and inner.endswith("</div>")
        and not any(
            mark in inner for mark in ("\n\n", "\n ", "\n```", "\n~~~", "\t", "\r", "\2", "\3")
        )
    )


def _warm_up() -> None:
    """Builds a site of one page, so that all that the engine needs is imported and at hand."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "docs" / "index.md").write_text('---\ntitle: "x"\n---\n\n<p>x</p>\n\n# x\n')
        settings = {"site_name": "x", "theme": {"name": "material", "font": False}}
        (folder / "mkdocs.yml").write_text(json.dumps(settings))
        build(str(folder / "mkdocs.yml"), str(folder / "site"), "2000-01-01", name)


@contextmanager
def _gathered() -> Iterator[list[str]]:
    """The engine's warnings and errors, instead of a log."""
    found: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, handler = logging.getLogger("mkdocs"), Gather(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(handler)


JOBS: dict[str, Callable[..., dict[str, Any]]] = {"team": team, "build": build}


def main() -> None:
    """Takes jobs until there are no more; what the engine prints goes to the standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side decides when to stop
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        with suppress(OSError):  # whatever the machine refuses, the job will tell
            _warm_up()  # while the other side still makes the pages
        with suppress(BrokenPipeError):  # the other side was killed
            for line in sys.stdin:
                print(json.dumps(_answer(json.loads(line))), file=answers, flush=True)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return JOBS[job.pop("job")](**job)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else None
        return {"refused": [error.errno, error.strerror, where]}


if __name__ == "__main__":
    main()

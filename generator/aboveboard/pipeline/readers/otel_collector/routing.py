"""The connector `routing`: which records a pipeline is handed.

From connector/routingconnector of opentelemetry-collector-contrib. An entry of its table hands on
what its condition matches; `default_pipelines` get what no condition matches, and what an entry
with `action: copy` has only copied. A condition asks the resource, unless `context` says otherwise.
What fails may go to the default pipelines.
"""

from __future__ import annotations

from typing import Any

from ....source import KeyPath
from ...graph import UNKNOWN, OnError, Setting
from ...predicate import All, AnyOf, Not, Predicate, Unreadable
from . import ottl
from .chain import Chain, Component
from .conditions import cannot_fail, predicate

Read = tuple[Predicate, bool]  # the records that match, and whether asking cannot fail


def add_routing(link: Chain, component: Component, name: str) -> None:
    """A filter that keeps what the table hands to the pipeline of `link`."""
    config, path = link.config, component.path
    table = (*path, "table")
    every = [
        (at, _condition(link, at)) for at in ((*table, n) for n in range(len(config.items(table))))
    ]
    ways = [where for at, (where, _) in every if _leads(link, (*at, "pipelines"))]
    default = _leads(link, (*path, "default_pipelines"))
    sure = all(certain for _, (_, certain) in every)
    if default:
        rest = tuple(Not(where) for at, (where, _) in every if _moves(link, at))
        ways.append(All(rest) if sure else All(()))  # what fails comes here as well
    where = ways[0] if len(ways) == 1 else AnyOf(tuple(ways))
    fact = config.fact(path, f"{component.id} hands on records where {where}")
    does = Setting("drop" if sure or not default else UNKNOWN, fact._replace(grade="default"))
    link.add(name, "filter", fact, where=where, on_error=OnError(does))


def _moves(link: Chain, path: KeyPath) -> bool:
    return link.config.at((*path, "action")) in (None, "move")


def _leads(link: Chain, path: KeyPath) -> bool:
    """Whether a list of pipelines has that of `link`; one that cannot be read may."""
    found = link.config.texts(path)
    return link.pipeline in found or UNKNOWN in found


def _condition(link: Chain, path: KeyPath) -> Read:
    """The condition of one entry; `statement` is how it was written before."""
    config = link.config
    given: Any = config.at((*path, "condition"))
    statement = config.at((*path, "statement"))
    context = config.at((*path, "context")) or "resource"
    text = given if given is not None else statement
    if not isinstance(text, str) or not isinstance(context, str) or context == "request":
        return Unreadable("a condition that cannot be read"), False
    try:
        node = ottl.condition(text) if text is given else ottl.statement(text).where
    except ottl.OttlError as error:
        at = (*path, "condition" if text is given else "statement")
        config.find(at, f"this cannot be read at character {error.offset + 1}: {error}",
                    severity="warning")  # fmt: skip
        return Unreadable(text), False
    if node is None:
        return All(()), True
    return predicate(node, context, text), cannot_fail(node)

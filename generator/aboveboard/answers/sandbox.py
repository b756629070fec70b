"""Richer templates of a team's prose, filled by Jinja in a sandbox that reaches facts alone.

What a template holds is a closed list: facts, conditions, one loop deep, a few filters. There are
no calls, no assignments and no arithmetic, so none runs for long or grows large.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from ..project import Project
from .prose import BadTemplate, Fault
from .values import KINDS, Branch, Fact, Missing

Escape = Callable[[str], str]

FILTERS = ("capitalize", "lower", "upper", "title", "trim")
TESTS = ("defined", "undefined")
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const,
    nodes.If, nodes.CondExpr, nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Filter, nodes.Test,
)  # fmt: skip


class _Facts(SandboxedEnvironment):
    """An environment in which a dot leads from fact to fact, and nowhere else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if not isinstance(obj, Branch):
            return self.undefined(f"'{attribute}' is behind a fact: nothing is there")
        try:
            step = obj.step(attribute)
        except Missing as missing:
            said = f"{missing}; {missing.hint}" if missing.hint else str(missing)
            return self.undefined(said)
        return step.words() if isinstance(step, Fact) else step

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.undefined("facts are reached by dots alone")


def _environment(escape: Escape) -> _Facts:
    made = _Facts(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        finalize=lambda value: escape(_shown(value)),
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in TESTS}
    return made


def _shown(value: Any) -> str:
    """A fact as text; anything else that Jinja knows is none."""
    if isinstance(value, str | int | float | Branch | StrictUndefined):
        return str(value)
    raise Missing("this is no fact")


def render(project: Project, text: str, longest: int, escape: Escape = str) -> str:
    """The text of a template; BadTemplate if it cannot be filled, or grows too long."""
    environment = _environment(escape)
    try:
        _admit(environment.parse(text))
        template = environment.from_string(text)
        found, size = [], 0
        for part in template.generate(_context(project)):
            size += len(part)
            if size > longest:
                raise BadTemplate(_whole(text, f"it makes more than {longest:,} letters"))
            found.append(part)
    except TemplateSyntaxError as error:
        raise BadTemplate(_whole(text, f"no template: {error.message}")) from None
    except TemplateError as error:
        raise BadTemplate(_whole(text, str(error.message))) from None
    except (Missing, TypeError, RecursionError) as error:
        raise BadTemplate(_whole(text, str(error))) from None
    return "".join(found)


def fault(project: Project, text: str, longest: int) -> Fault | None:
    """What keeps a template from being filled."""
    try:
        render(project, text, longest)
    except BadTemplate as error:
        return error.fault
    return None


def _context(project: Project) -> dict[str, Any]:
    root = Branch(project, None)
    return {kind: found for kind in KINDS if isinstance(found := _step(root, kind), Branch)}


def _step(root: Branch, kind: str) -> Branch | Fact | None:
    try:
        return root.step(kind)
    except Missing:
        return None


def _admit(node: nodes.Node, loops: int = 0) -> None:
    """Refuses whatever is not on the list, and a loop within a loop."""
    loops += isinstance(node, nodes.For)
    if not isinstance(node, ALLOWED):
        what = type(node).__name__.lower()
        raise TemplateSyntaxError(f"'{what}' is not allowed in prose", getattr(node, "lineno", 1))
    if loops > 1:
        raise TemplateSyntaxError("a loop within a loop is not allowed in prose", node.lineno)
    for child in node.iter_child_nodes():
        _admit(child, loops)


def _whole(text: str, message: str) -> Fault:
    return Fault(message, "see the facts that prose can name", 0, len(text))

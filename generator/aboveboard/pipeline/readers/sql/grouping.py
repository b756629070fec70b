"""GROUP BY and window functions: what is computed over several rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from ...graph import UNKNOWN, Fact, Setting, Step
from .people import as_bound, counted, least, sides
from .query import Scope, unread_setting
from .trees import columns_in, conjuncts, plain

if TYPE_CHECKING:
    from .sources import Sources

# Functions whose result is no value of any one row.
AGGREGATES: Final = tuple(
    getattr(exp, name)
    for name in (
        "Count", "CountIf", "Sum", "Avg", "Stddev", "StddevPop", "StddevSamp", "Variance",
        "VariancePop", "ApproxDistinct", "Hll", "Corr", "CovarPop", "CovarSamp", "Skewness",
        "Kurtosis",
    )
    if hasattr(exp, name)
)  # fmt: skip
_AGGREGATE: Final = (exp.AggFunc, exp.AnonymousAggFunc, exp.Filter, exp.WithinGroup)
MIN_GROUP: Final = 2  # people in a group that tells of nobody in particular
Outputs = list[tuple[str, exp.Expr]]


def field(name: str) -> exp.Column:
    """A column that stands for a field of the steps."""
    column = exp.column(name)
    column.meta["field"] = name
    return column


class Grouping:
    """The groups of one SELECT."""

    def __init__(self, scope: Scope, sources: Sources, select: exp.Select) -> None:
        self.scope, self.sources, self.select = scope, sources, select
        self.made: dict[str, exp.Expr] = {}  # field -> the aggregate, or what is shown of a group
        self.keys: dict[str, exp.Expr] = {}

    def applies(self, outputs: Outputs, having: list[exp.Expr]) -> bool:
        """Whether there are groups at all."""
        if self.select.args.get("group") is not None:
            return True
        return any(True for node in (*(e for _, e in outputs), *having) for _ in _aggregates(node))

    def step(
        self, node: str, outputs: Outputs, having: list[exp.Expr]
    ) -> tuple[str, list[exp.Expr]]:
        """The steps that group, and what is left of HAVING; the outputs are rewritten."""
        self._keys(outputs)
        known = self._minimum(having)
        rest = [test for test in having if test is not known]
        for n, (name, expression) in enumerate(outputs):
            outputs[n] = (name, self._rewritten(expression))
        rest = [self._rewritten(test) for test in rest]
        computed = {
            name: self._fields(e) for name, e in self.keys.items() if name.startswith("key:")
        }
        group = self.select.args.get("group")
        fact = self.scope.text.fact(self._said(), group, *self.made.values(), self.select)
        build = self.scope.builder.step
        if computed:
            node = build(f"{self.scope.name}/keys", "map", fact, node, writes=computed).id
        step = build(f"{self.scope.name}/group", "aggregate", fact, node)
        step.group_by = tuple(self.keys)
        step.writes = {name: self._fields(_call(made)) for name, made in self.made.items()}
        if known is not None:
            self._parameter(step, known)
        step.raw = frozenset(self._raw(step))
        return step.id, rest

    def _said(self) -> str:
        names = ", ".join(k.partition(":")[2] or k for k in self.keys)
        return f"groups by {names}" if names else "puts all rows into one"

    def _fields(self, node: exp.Expr) -> tuple[str, ...]:
        found = [f for column in columns_in(node) for f in self.sources.resolve(column)]
        return tuple(dict.fromkeys(found))

    def _raw(self, step: Step) -> list[str]:
        k = step.parameters.get("k")
        shown = [n for n, made in self.made.items() if not isinstance(_call(made), AGGREGATES)]
        people = step.distinct is not None and k is not None and k.known and k.value >= MIN_GROUP
        return shown if people else [*shown, *self.keys]

    # -- keys ----------------------------------------------------------------------------------

    def _keys(self, outputs: Outputs) -> None:
        group = self.select.args.get("group")
        if group is None:
            return
        given = list(group.expressions)
        for kind in ("cube", "rollup", "grouping_sets"):
            for part in group.args.get(kind) or ():
                given += part.expressions if isinstance(part, exp.Expr) else []
        if group.args.get("all"):
            given += [e for _, e in outputs if not any(True for _ in _aggregates(e))]
        for node in given:
            for key in node.expressions if isinstance(node, exp.Tuple) else [node]:
                self._key(key, outputs)

    def _key(self, node: exp.Expr, outputs: Outputs) -> None:
        if isinstance(node, exp.Literal) and not node.is_string:
            at = int(node.this) - 1 if str(node.this).isdigit() else -1
            if not 0 <= at < len(outputs):
                return
            node = outputs[at][1]
        node = node.this if isinstance(node, exp.Alias) else node
        bare = node.unnest()
        if isinstance(bare, exp.Column):
            for name in self.sources.resolve(bare):
                self.keys[name] = bare
        elif not any(bare == known for known in self.keys.values()):
            self.keys[f"key:{len(self.keys) + 1}"] = bare

    # -- what is shown of a group ----------------------------------------------------------------

    def _rewritten(self, node: exp.Expr) -> exp.Expr:
        """The expression over keys and aggregates, each a field now."""
        holder = exp.Paren(this=node.copy())
        for name, key in self.keys.items():
            for part in list(holder.find_all(type(key))):
                if name.startswith("key:") and part == key and not _inside(part):
                    part.replace(field(name))
        for part in list(_aggregates(holder.this)):
            part.replace(field(self._made(part)))
        for column in list(columns_in(holder)):
            found = self.sources.resolve(column)
            if "field" not in column.meta and not set(found) <= set(self.keys):
                column.replace(field(self._made(column)))  # a value of some row of the group
        inner: exp.Expr = holder.this
        return inner

    def _made(self, node: exp.Expr) -> str:
        for name, made in self.made.items():
            if made == node:
                return name
        name = f"group:{len(self.made) + 1}"
        self.made[name] = node.copy()
        return name

    # -- how many people -------------------------------------------------------------------------

    def _minimum(self, having: list[exp.Expr]) -> exp.Expr | None:
        """The condition that says how many a group has: of people, if there is one that does."""
        found = [test for test in having if least(test) is not None]
        of = [test for test in found if counted(sides(test)[0])[0]]
        return next(iter([*of, *found]), None)

    def _parameter(self, step: Step, test: exp.Expr) -> None:
        count, _ = sides(test)
        distinct, exact = counted(count)
        number = least(test)
        said = "count(distinct ...)" if distinct else "count(*)"
        fact: Fact = self.scope.text.fact(f"at least {number} by {said}", test)
        if distinct is not None:
            fields = self.sources.resolve(distinct)
            step.distinct = fields[0] if len(fields) == 1 else None
        if step.distinct in self.sources.default_of():
            said = "counts what stands for a missing value, too"
            step.parameters["k"] = unread_setting(fact._replace(text=said))
        elif not exact:
            step.parameters["k"] = unread_setting(fact._replace(text="an estimate of how many"))
        elif number is UNKNOWN:
            step.parameters["k"] = unread_setting(fact._replace(text="how many cannot be read"))
        else:
            step.parameters["k"] = Setting(number, fact)


def _aggregates(node: exp.Expr) -> Any:
    """The outermost aggregates of an expression, but for those of windows."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, exp.Window):
            waiting += part.args.get("partition_by") or []
        elif isinstance(part, _AGGREGATE):
            yield part
        elif not isinstance(part, exp.Query):
            waiting += list(part.iter_expressions())


def _call(node: exp.Expr) -> exp.Expr:
    """An aggregate without FILTER, which only decides which rows it is over."""
    while isinstance(node, exp.Filter):
        node = node.this
    return node


def _inside(node: exp.Expr) -> bool:
    return node.find_ancestor(exp.AggFunc) is not None


# -- windows -------------------------------------------------------------------------------------


class Windows:
    """Functions over the rows around a row. What they bring is of those rows' people: the rows are
    joined with themselves, on what the window is partitioned by."""

    def __init__(self, scope: Scope, sources: Sources) -> None:
        self.scope, self.sources = scope, sources
        self.names: list[str] = []

    def step(self, node: str, expressions: list[exp.Expr]) -> tuple[str, list[exp.Expr]]:
        """The node that has the results, and the expressions rewritten to read them."""
        done: list[exp.Expr] = []
        for expression in expressions:
            holder = exp.Paren(this=expression)
            for window in list(holder.find_all(exp.Window)):
                if window.find_ancestor(exp.Query, exp.Window) is None:
                    node, name = self._window(node, window)
                    window.replace(field(name))
            done.append(holder.this)
        return node, done

    def _window(self, node: str, window: exp.Expr) -> tuple[str, str]:
        name = f"window:{sum(1 for n in self.names if '/' not in n) + 1}"
        self.names.append(name)
        fact = self.scope.text.fact("looks at the rows around", window)
        resolve, build = self.sources.resolve, self.scope.builder.step
        brought = tuple(dict.fromkeys(f for c in columns_in(window.this) for f in resolve(c)))
        if not brought:
            step = build(f"{self.scope.name}/window", "map", fact, node, writes={name: ()})
            return step.id, name
        parts = [plain(part) for part in window.args.get("partition_by") or []]
        keys = [f for p in parts if isinstance(p, exp.Column) and len(f := resolve(p)) == 1]
        on = {f"{name}/{n}": found for n, found in enumerate(keys, 1)}
        self.names += on
        here = build(f"{self.scope.name}/window rows", "rename", fact, node,
                     writes=on | {f: (f,) for (f,) in keys}).id if on else node  # fmt: skip
        around = build(f"{self.scope.name}/window values", "map", fact, here,
                       writes={name: brought}).id  # fmt: skip
        around = build(f"{self.scope.name}/window columns", "allow-fields", fact, around,
                       fields=(name, *on)).id  # fmt: skip
        step = build(f"{self.scope.name}/window", "join", fact, here, around,
                     join_on=tuple(on))  # fmt: skip
        return step.id, name


def having_of(select: exp.Select) -> list[exp.Expr]:
    """The conditions of HAVING."""
    return [as_bound(test) for test in conjuncts(select.args.get("having"))]

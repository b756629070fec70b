"""One SELECT as steps: sources, joins, conditions, groups, windows, columns."""

from __future__ import annotations

from typing import Any, Final

from sqlglot import exp

from .catalog import Relation
from .conditions import Conditions
from .grouping import Grouping, Outputs, Windows, having_of
from .joins import Joins
from .projection import Projection
from .query import Scope, opaque, read_query
from .sources import Source, Sources
from .trees import columns_in, conjuncts, output_name, plain

# Where a name that the SELECT gives may stand for its expression in the same SELECT.
_LATERAL: Final = frozenset(
    {"snowflake", "redshift", "databricks", "duckdb", "spark", "clickhouse", "hive"}
)


class Selecting:
    """Reads one SELECT."""

    def __init__(self, scope: Scope, select: exp.Select) -> None:
        self.scope, self.select = scope, select
        self.sources = Sources(scope.text.names)
        self.joins = Joins(scope, self.sources)
        self.open: list[Source] = []  # those of which all columns pass, and nobody lists them
        self.dropped: list[str] = []  # by `* except`
        self.outputs: Outputs = []
        self.helpers: list[str] = []  # fields that no query names

    def relation(self) -> Relation:
        """The rows that it gives."""
        select = self.select
        self.joins.gather(select)
        if (same := self._as_it_is()) is not None:
            return same
        self._list_outputs()
        self._scalar_queries()
        aliases = {name: e for name, e in self.outputs if not isinstance(plain(e), exp.Column)}
        self._lateral(aliases)
        tests = [self._expanded(t, aliases) for t in self._tests("where")]
        having = [self._expanded(t, aliases) for t in having_of(select)]
        qualify = [self._expanded(t, aliases) for t in self._tests("qualify")]
        if (group := select.args.get("group")) is not None:
            group.set("expressions", [self._expanded(g, aliases) for g in group.expressions])
        rest = self.joins.where(tests)
        self._use(rest, having, qualify)
        self.sources.prefixed = len(self.sources.all) > 1 or self._clash()
        return self._steps(rest, having, qualify)

    def _steps(
        self, rest: list[exp.Expr], having: list[exp.Expr], qualify: list[exp.Expr]
    ) -> Relation:
        scope, select = self.scope, self.select
        defaults = self.sources.default_of()
        conditions = Conditions(self.sources.resolve, scope.text.names.dialect, defaults)
        node = self.joins.join(conditions)
        if not node:
            fact = scope.text.fact("rows of no table", select)
            node = scope.builder.step(f"{scope.name}/values", "copy", fact).id
        for test in rest:
            node = self.joins.filter(node, test, conditions.true_when(test))
        grouping = Grouping(scope, self.sources, select)
        if grouping.applies(self.outputs, having):
            node, left = grouping.step(node, self.outputs, having)
            self.open = []
            for test in left:
                node = self.joins.filter(node, test, conditions.true_when(test), "having")
        node, qualify = self._windows(node, qualify)
        for test in qualify:
            node = self.joins.filter(node, test, conditions.true_when(test), "qualify")
        projection = Projection(scope, self.sources, conditions)
        node, kept = projection.step(node, self.outputs, select)
        self.helpers += projection.parts
        return self._distinct(self._columns(node, kept))

    # -- columns ---------------------------------------------------------------------------------

    def _as_it_is(self) -> Relation | None:
        """`select * from x`: the rows of x."""
        select, sources = self.select, self.sources.all
        plainly = len(sources) == 1 and sources[0].made is None and len(select.expressions) == 1
        if not plainly or any(
            select.args.get(part)
            for part in ("where", "group", "having", "qualify", "distinct", "joins", "laterals")
        ):
            return None
        star = select.expressions[0]
        star = star.this if isinstance(star, exp.Column) else star
        if type(star) is not exp.Star or any(
            star.args.get(a) for a in ("except_", "replace", "rename")
        ):
            return None
        return sources[0].relation

    def _list_outputs(self) -> None:
        names = self.scope.text.names
        for number, node in enumerate(self.select.expressions, 1):
            star = node.this if isinstance(node, exp.Column) else node
            if isinstance(star, exp.Star):
                of = node.args.get("table") if isinstance(node, exp.Column) else None
                self._star(star, names.column(of) if of is not None else None)
                continue
            said = output_name(node)
            name = names.column(said) if said else f"column-{number}"
            self.outputs.append((name, node.this if isinstance(node, exp.Alias) else node))

    def _star(self, star: exp.Expr, of: str | None) -> None:
        names = self.scope.text.names
        left_out = {names.column(output_name(e)) for e in star.args.get("except_") or ()}
        given = {names.column(output_name(e)): e.this for e in star.args.get("replace") or ()}
        renamed = {
            names.column(output_name(e.this)): names.column(output_name(e))
            for e in star.args.get("rename") or ()
        }
        self.dropped += left_out
        for source in list(self.sources.all):
            if of is not None and source.alias != of:
                continue
            if not source.relation.complete:
                self.open.append(source)
                source.star = True
            merged = {c for c in source.using if of is None}
            for column in source.relation.columns:
                if column in left_out or column in merged:
                    continue
                node = given.get(column) or self._column(source, column)
                self.outputs.append((renamed.get(column, column), node))
            if not source.relation.complete:
                self.outputs += [(n, e) for n, e in given.items()
                                 if n not in source.relation.columns]  # fmt: skip

    def _column(self, source: Source, name: str) -> exp.Column:
        column = exp.column(name)
        self.sources.settle(column, [(source, name)])
        source.used[name] = None
        return column

    def _scalar_queries(self) -> None:
        """A query among the columns gives one value: its rows are beside every row."""
        for number, (name, node) in enumerate(self.outputs):
            holder = exp.Paren(this=node)
            for query in list(holder.find_all(exp.Query)):
                if query.find_ancestor(exp.Query) is None:
                    query.replace(self._beside(query))
            self.outputs[number] = (name, holder.this)

    def _beside(self, query: exp.Expr) -> exp.Column:
        inner = query.this if isinstance(query, exp.Subquery) else query
        label = f"value-{len(self.sources.all) + 1}"
        inside = self.scope.within(label)
        if isinstance(inner, exp.Select | exp.SetOperation):
            relation = read_query(inside, inner)
        else:
            relation = opaque(inside, query, "which value this gives is not known")
        source = self.sources.add(Source(label, query, relation, "inner"))
        return self._column(source, relation.columns[0] if relation.columns else "value")

    # -- names that the SELECT gives -------------------------------------------------------------

    def _tests(self, part: str) -> list[exp.Expr]:
        return conjuncts(self.select.args.get(part))

    def _lateral(self, aliases: dict[str, exp.Expr]) -> None:
        if self.scope.text.names.dialect not in _LATERAL:
            return
        before: dict[str, exp.Expr] = {}
        for n, (name, node) in enumerate(self.outputs):
            self.outputs[n] = (name, self._expanded(node, before))
            if name in aliases:
                before[name] = aliases[name] = self.outputs[n][1]

    def _expanded(self, node: exp.Expr, aliases: dict[str, exp.Expr]) -> exp.Expr:
        """The expression with the names that the SELECT gives replaced by what they stand for,
        unless a table is known to have a column of that name."""
        names = self.scope.text.names
        holder = exp.Paren(this=node)
        for column in list(columns_in(node)):
            word = names.column(column.this) if isinstance(column.this, exp.Expr) else ""
            meant = aliases.get(word)
            if meant is None or column.args.get("table") is not None:
                continue
            known = any(s.has(word) for s in self.sources.all) or any(
                isinstance(c.this, exp.Expr) and names.column(c.this) == word
                for c in columns_in(meant)
            )
            if not known and "places" not in column.meta and column.parent is not None:
                column.replace(meant.copy())
        inner: exp.Expr = holder.this
        node.parent = None
        return inner

    # -- fields ----------------------------------------------------------------------------------

    def _use(self, *groups: list[exp.Expr]) -> None:
        """Looks every column up, so that its source knows that it is read."""
        read = [node for group in groups for node in group]
        read += [node for _, node in self.outputs]
        read += [node for s in self.sources.all for node in s.on]
        read += [s.made for s in self.sources.all if s.made is not None]
        group = self.select.args.get("group")
        read += [group] if group is not None else []
        for node in read:
            for column in columns_in(node):
                self.sources.places(column)

    def _clash(self) -> bool:
        """Whether an output has the name of a column that something else reads, too."""
        readers: dict[str, set[str]] = {}
        for name, node in self.outputs:
            for column in columns_in(node):
                for read in self.sources.resolve(column):
                    readers.setdefault(read, set()).add(name)
        for name, node in self.outputs:
            bare = plain(node)
            if isinstance(bare, exp.Column) and self.sources.resolve(bare) == (name,):
                continue
            if readers.get(name, set()) - {name}:
                return True
        return False

    def _windows(self, node: str, qualify: list[exp.Expr]) -> tuple[str, list[exp.Expr]]:
        windows = Windows(self.scope, self.sources)
        if not any(e.find(exp.Window) for e in (*qualify, *(e for _, e in self.outputs))):
            return node, qualify
        node, made = windows.step(node, [*(e for _, e in self.outputs), *qualify])
        self.helpers += windows.names
        count = len(self.outputs)
        self.outputs = [(name, made[n]) for n, (name, _) in enumerate(self.outputs)]
        return node, made[count:]

    def _columns(self, node: str, defaults: dict[str, Any]) -> Relation:
        """Only the columns that were asked for, or all but those that were not."""
        names = tuple(dict.fromkeys(name for name, _ in self.outputs))
        first = [e for _, e in self.outputs]
        fact = self.scope.text.fact(f"selects {', '.join(names)}", *first, self.select)
        build = self.scope.builder.step
        if not self.open:
            step = build(f"{self.scope.name}/select", "allow-fields", fact, node, fields=names)
            return Relation(step.id, names, True, defaults)
        fact = self.scope.text.fact("selects all columns", self.select)
        hidden = [self.sources.field(s, c) for s in self.sources.all for c in s.used]
        hidden = [*hidden, *(key for s in self.sources.all for key in s.keys)]
        gone = tuple(dict.fromkeys(f for f in (*hidden, *self.dropped) if f not in names))
        gone = gone if self.sources.prefixed else tuple(self.dropped)
        gone = (*gone, *self.helpers)
        known = [
            (c, self.sources.field(s, c))
            for s in self.open for c in s.used
            if c not in names and c not in self.dropped
        ]  # fmt: skip
        if self.sources.prefixed and known:
            writes: dict[str, tuple[str, ...]] = {}
            for column, name in known:
                writes[column] = (*writes.get(column, ()), name)
            node = build(f"{self.scope.name}/columns", "rename", fact, node, writes=writes).id
            names = (*names, *writes)
        elif not self.sources.prefixed:
            names = tuple(dict.fromkeys((*names, *(c for c, _ in known))))
        if gone:
            node = build(f"{self.scope.name}/select", "drop-field", fact, node, fields=gone).id
        elif node == self.sources.all[0].relation.node:
            node = build(f"{self.scope.name}/select", "copy", fact, node).id
        return Relation(node, names, False, defaults)

    def _distinct(self, relation: Relation) -> Relation:
        if not self.select.args.get("distinct"):
            return relation
        fact = self.scope.text.fact("drops rows that repeat (DISTINCT)", self.select)
        step = self.scope.builder.step(f"{self.scope.name}/distinct", "deduplicate", fact,
                                       relation.node, fields=relation.columns)  # fmt: skip
        return relation._replace(node=step.id)

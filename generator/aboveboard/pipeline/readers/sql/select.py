"""One SELECT as steps: sources, joins, conditions, groups, windows, columns."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from ...predicate import MISSING, can_pass
from .catalog import Default, Relation
from .conditions import Conditions
from .grouping import Grouping, Windows, having_of
from .outputs import Listing
from .people import push_down
from .projection import Projection
from .query import Named, opaque
from .trees import columns_in, conjuncts, plain

# Where a name that the SELECT gives may stand for its expression in the same SELECT.
_LATERAL: Final = frozenset(
    {"snowflake", "redshift", "databricks", "duckdb", "spark", "clickhouse", "hive"}
)


class Selecting(Listing):
    """Reads one SELECT."""

    def relation(self) -> Relation:
        """The rows that it gives."""
        select = self.select
        if any(column.args.get("join_mark") for column in columns_in(select)):
            return opaque(self.scope, select, "joins written as (+) are not read")
        self._count_first()
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
        if why := self._unread():
            return opaque(self.scope, select, why)
        kept = any(s.relation.source(c) != c for s in self.sources.all for c in s.used)
        self.sources.prefixed = len(self.sources.all) > 1 or kept or self._clash()
        return self._steps(rest, having, qualify)

    def _steps(
        self, rest: list[exp.Expr], having: list[exp.Expr], qualify: list[exp.Expr]
    ) -> Relation:
        scope, select = self.scope, self.select
        self._partners(rest)
        conditions = self._conditions()
        node = self.joins.join(conditions)
        if not node:
            fact = scope.text.fact("rows of no table", select)
            node = scope.builder.step(f"{scope.name}/values", "copy", fact).id
        node = self.joins.filters(node, rest, conditions, "where")
        grouping = Grouping(scope, self.sources, select)
        if grouping.applies(self.outputs, having):
            node, left = grouping.step(node, self.outputs, having)
            self.open = []
            node = self.joins.filters(node, left, conditions, "having")
        node, qualify = self._windows(node, qualify)
        node = self.joins.filters(node, qualify, conditions, "qualify")
        projection = Projection(scope, self.sources, conditions)
        node, kept = projection.step(node, self.outputs, select)
        self.helpers += projection.parts
        return self._distinct(self._columns(node, kept))

    def _count_first(self) -> None:
        """A condition on how many a group has may stand in the query around the one that counts."""
        start = self.select.args.get("from_")
        if start is None or any(self.select.args.get(p) for p in ("joins", "laterals")):
            return
        source, names = start.this, self.scope.text.names
        if isinstance(source, exp.Subquery):
            push_down(self.select, source.this, names)
        elif isinstance(source, exp.Table) and not source.args.get("db"):
            named = self.scope.named.get(names.column(source.this)) if source.this else None
            if isinstance(named, Named) and named.alone:
                push_down(self.select, named.cte.this, names)

    def _conditions(self) -> Conditions:
        defaults = self.sources.default_of()
        return Conditions(self.sources.resolve, self.scope.text.names.dialect, defaults)

    def _partners(self, tests: list[exp.Expr]) -> None:
        """An outer join is an inner one if WHERE drops every row without a partner."""
        wheres = [self._conditions().true_when(test) for test in tests]
        for number, source in enumerate(self.sources.all):
            if source.kind not in ("left", "right"):
                continue
            lone = [source] if source.kind == "left" else self.sources.all[:number]
            row = {self.sources.field(s, c): MISSING for s in lone for c in s.used}
            if row and not all(can_pass(where, row, doubt_blocks=False) for where in wheres):
                source.kind = "inner"

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

    def _columns(self, node: str, defaults: dict[str, Default]) -> Relation:
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

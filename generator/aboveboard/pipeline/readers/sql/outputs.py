"""The columns that a SELECT lists, stars and the queries of single values included."""

from __future__ import annotations

from sqlglot import exp

from .grouping import Outputs
from .joins import Joins
from .query import Scope, opaque, read_query
from .sources import Source, Sources
from .trees import columns_in, lost_in, output_name


class Listing:
    """What one SELECT gives, and what it reads."""

    def __init__(self, scope: Scope, select: exp.Select) -> None:
        self.scope, self.select = scope, select
        self.sources = Sources(scope.text.names, scope.around)
        self.joins = Joins(scope, self.sources)
        self.open: list[Source] = []  # those of which all columns pass, and nobody lists them
        self.dropped: list[str] = []  # by `* except`
        self.outputs: Outputs = []
        self.helpers: list[str] = []  # fields that no query names

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
        given = {names.column(output_name(e)): e.unalias() for e in star.args.get("replace") or ()}
        renamed = {
            names.column(output_name(e.this)): names.column(output_name(e))
            for e in star.args.get("rename") or ()
        }
        self.dropped += left_out
        for source in list(self.sources.all):
            if of is not None and source.alias != of:
                continue
            if source.kind in ("semi", "anti"):
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
            queries = list(holder.find_all(exp.Query))
            for query in [q for q in queries if q.find_ancestor(exp.Query) is None]:
                query.replace(self._beside(query))
            self.outputs[number] = (name, holder.this)

    def _beside(self, query: exp.Expr) -> exp.Expr:
        inner = query.this if isinstance(query, exp.Subquery) else query
        label = f"value-{len(self.sources.all) + 1}"
        inside = self.scope.within(label, self.sources.aliases)
        if isinstance(inner, exp.Select | exp.SetOperation):
            relation = read_query(inside, inner)
        else:
            relation = opaque(inside, query, "which value this gives is not known")
        source = self.sources.add(Source(label, query, relation, "inner", lone=True))
        columns = [self._column(source, name) for name in relation.columns or ("value",)]
        made_of = [*columns, *lost_in(query)]
        return columns[0] if len(made_of) == 1 else exp.Tuple(expressions=made_of)

    def _unread(self) -> str:
        """Why nobody knows what some column is made of, "" if all are known."""
        for name, node in self.outputs:
            for star in node.find_all(exp.Star):
                if not isinstance(star.parent, exp.Count):
                    return f"{name} is made of whole rows"
            if not self.scope.around:
                for column in columns_in(node):
                    if column.meta.get("lost"):
                        return f"no table that is read here is known to have {column.name}"
        return self.joins.unread

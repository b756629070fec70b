"""What a SELECT joins, and on what: FROM, JOIN, EXISTS, IN and equal columns in WHERE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ...predicate import Measured
from .catalog import Relation
from .query import Scope, named_anew, opaque, read_query, read_table
from .sources import Kind, Source, Sources
from .trees import columns_in, conjuncts, lost_in, plain

if TYPE_CHECKING:
    pass

_KINDS: dict[str, Kind] = {"SEMI": "semi", "ANTI": "anti"}
_SIDES: dict[str, Kind] = {"LEFT": "left", "RIGHT": "right", "FULL": "full"}


class Gathering:
    """Finds the sources of a SELECT, with the keys on which each is joined."""

    def __init__(self, scope: Scope, sources: Sources) -> None:
        self.scope, self.sources = scope, sources
        self.text, self.builder = scope.text, scope.builder
        self.unread = ""  # why nobody knows what is read
        self.absent: list[tuple[Source, exp.Expr]] = []  # `where right.key is null`

    # -- what is read --------------------------------------------------------------------------

    def gather(self, select: exp.Expr) -> None:
        """The sources of FROM and of every JOIN, with their keys."""
        start = select.args.get("from_")
        if start is not None:
            self._add(start.this, "from")
            for join in start.this.args.get("joins") or ():
                self._join(join)
        for lateral in select.args.get("laterals") or ():
            self._add(lateral, "inner")
        for join in select.args.get("joins") or ():
            self._join(join)

    def _join(self, join: exp.Expr) -> None:
        side, kind = join.args.get("side") or "", join.args.get("kind") or ""
        source = self._add(join.this, _KINDS.get(kind) or _SIDES.get(side, "inner"))
        for name in join.args.get("using") or ():
            column = self.text.names.column(name)
            left = next((s for s in self.sources.all if s is not source and s.has(column)), None)
            left = left or self.sources.all[0]
            self._pair(left, column, source, column)
            source.using += (column,)
        if (join.args.get("method") or "") == "NATURAL":
            for column in source.relation.columns:
                for left in self.sources.all[:-1]:
                    if left.has(column):
                        self._pair(left, column, source, column)
                        source.using += (column,)
                        break
        for condition in conjuncts(join.args.get("on")):
            if not self._equal(condition, source):
                source.on.append(condition)
        for inner in join.this.args.get("joins") or ():
            self._join(inner)

    def _add(self, node: exp.Expr, kind: Kind) -> Source:
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            if kind in ("from", "inner") and not node.alias:  # `from (a join b on ...)`
                source = self._add(node.this, kind)
                for join in node.this.args.get("joins") or ():
                    self._join(join)
                return source
            self.unread = "joins in parentheses are not read here"
        alias = self._alias(node)
        made = self._made(node)
        if made is not None:
            names = self._alias_columns(node)
            relation = Relation("", tuple(names), complete=False)
            return self.sources.add(Source(alias, node, relation, kind, made))
        relation = self._relation(node, alias)
        called = node.args.get("alias")
        if isinstance(called, exp.TableAlias) and called.args.get("columns"):
            fact = self.text.fact(f"names the columns of {alias}", called)
            names = [self.text.names.column(c) for c in called.args["columns"]]
            relation = named_anew(self.scope.within(alias), relation, names, fact)
        return self.sources.add(Source(alias, node, relation, kind))

    def _alias(self, node: exp.Expr) -> str:
        alias = node.args.get("alias")
        if isinstance(alias, exp.TableAlias) and alias.this is not None:
            return self.text.names.column(alias.this)
        if isinstance(alias, exp.TableAlias) and alias.args.get("columns"):
            return self.text.names.column(alias.args["columns"][0])
        name = node.this if isinstance(node, exp.Table) else None
        if isinstance(name, exp.Identifier):
            return self.text.names.column(name)
        return f"query-{len(self.sources.all) + 1}"

    def _alias_columns(self, node: exp.Expr) -> list[str]:
        alias = node.args.get("alias")
        columns = alias.args.get("columns") or [] if isinstance(alias, exp.TableAlias) else []
        names = [self.text.names.column(c) for c in columns]
        return names or [self._alias(node)]

    def _made(self, node: exp.Expr) -> exp.Expr | None:
        """UNNEST, FLATTEN and the like: rows made of a value of the row before."""
        if isinstance(node, exp.Unnest):
            return node
        if isinstance(node, exp.Lateral) and not isinstance(node.this, exp.Query):
            made: exp.Expr = node.this
            return made
        if isinstance(node, exp.Table):
            first = node.parts[0]
            if isinstance(first, exp.Identifier) and len(node.parts) > 1:
                word = self.text.names.column(first)
                if any(s.alias == word for s in self.sources.all):  # `from t, t.values`
                    return exp.column(node.parts[-1].copy(), table=first.copy())
        return None

    def _relation(self, node: exp.Expr, alias: str) -> Relation:
        if isinstance(node, exp.Lateral):
            relation = read_query(self.scope.within(alias, self.sources.aliases), node.this)
            if lost_in(node.this):
                self.unread = "a LATERAL query gives columns of the query around it"
            return relation
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            relation = read_table(self.scope, node)
        elif isinstance(node, exp.Query | exp.Values):
            relation = read_query(self.scope.within(alias), node)
        else:
            relation = opaque(self.scope, node, "what this gives is not known")
        if node.args.get("pivots"):
            relation = opaque(self.scope, node, "PIVOT is not read")
        if node.args.get("sample"):
            fact = self.text.fact("keeps some rows only (TABLESAMPLE)", node)
            step = self.builder.step(f"{self.scope.name}/sample", "filter", fact, relation.node,
                                     where=Measured("a sample"))  # fmt: skip
            relation = relation._replace(node=step.id)
        return relation

    # -- keys ----------------------------------------------------------------------------------

    def _pair(self, left: Source, one: str, right: Source, other: str) -> None:
        name = f"on:{sum(len(s.pairs) for s in self.sources.all) + 1}"
        left.used[one], right.used[other] = None, None
        left.keys[name], right.keys[name] = one, other
        right.pairs.append(name)

    def _equal(self, node: exp.Expr, source: Source) -> bool:
        """Takes a condition as a key, if it says that a column of this source is one of another."""
        if not isinstance(node, exp.EQ | exp.NullSafeEQ):
            return False
        sides = [plain(node.this), plain(node.expression)]
        if not all(isinstance(side, exp.Column) for side in sides):
            return False
        found = [self.sources.places(side) for side in sides if isinstance(side, exp.Column)]
        if [len(places) for places in found] != [1, 1]:
            return False
        (one, name), (other, again) = found[0][0], found[1][0]
        if (one is source) == (other is source) or one.made is not None or other.made is not None:
            return False
        if one is source:
            one, name, other, again = other, again, one, name
        self._pair(one, name, source, again)
        return True

    # -- conditions that join ------------------------------------------------------------------

    def where(self, conditions: list[exp.Expr]) -> list[exp.Expr]:
        """What is left of the conditions of WHERE when those that join are taken out."""
        return [node for node in conditions if not self._taken(node)]

    def _taken(self, node: exp.Expr) -> bool:
        kind: Kind = "semi"
        test = node
        if isinstance(node, exp.Not):
            kind, test = "anti", node.this.unnest()
        if isinstance(test, exp.Exists):
            return self._subquery(test.this, None, kind)
        if isinstance(test, exp.In) and (query := test.args.get("query")) is not None:
            return self._subquery(query.unnest(), test.this, kind)
        if isinstance(node, exp.EQ):
            return any(
                self._equal(node, s) for s in self.sources.all[1:]
                if s.kind == "inner" and s.made is None and self._last_of(node) is s
            )  # fmt: skip
        return self._is_absent(node)

    def _last_of(self, node: exp.Expr) -> Source | None:
        places = [p[0] for c in columns_in(node) if (p := self.sources.places(c))]
        both = [source for source, _ in places]
        if any(s.kind not in ("from", "inner") for s in both):
            return None
        return max(both, key=self.sources.all.index, default=None)

    def _is_absent(self, node: exp.Expr) -> bool:
        """`where right.key is null` after a left join: only rows without a partner."""
        if not (isinstance(node, exp.Is) and isinstance(node.expression, exp.Null)):
            return False
        column = plain(node.this)
        if not isinstance(column, exp.Column):
            return False
        places = self.sources.places(column)
        if len(places) != 1:
            return False
        source, name = places[0]
        if source.kind != "left" or name not in [source.keys.get(p) for p in source.pairs]:
            return False
        source.kind = "anti"
        self.absent.append((source, node))
        return True

    def _subquery(self, query: exp.Expr, outer: exp.Expr | None, kind: Kind) -> bool:
        """EXISTS and IN over one table: a join on what ties its rows to the row."""
        if not isinstance(query, exp.Select) or any(
            query.args.get(part) for part in ("group", "having", "limit", "qualify", "joins",
                                              "with_", "laterals", "offset")
        ):  # fmt: skip
            return False
        start = query.args.get("from_")
        if start is None or start.this.args.get("joins") or self._made(start.this) is not None:
            return False
        before = len(self.sources.all)
        source = self._add(start.this, kind)
        self.sources.inner = [source]
        rest = [c for c in conjuncts(query.args.get("where")) if not self._equal(c, source)]
        if outer is not None:
            rest += [] if self._keyed(query, outer, source) else [outer]
        for column in (c for node in rest for c in columns_in(node)):
            self.sources.places(column)
        self.sources.inner = []
        if not source.pairs or any(c is outer for c in rest) or _has_query(rest):
            del self.sources.all[before:]
            for column in columns_in(outer) if outer is not None else ():
                column.meta.pop("places", None)
            return False
        source.on = rest
        return True

    def _keyed(self, query: exp.Select, outer: exp.Expr, source: Source) -> bool:
        if len(query.expressions) != 1:
            return False
        inner = plain(query.expressions[0])
        left = plain(outer)
        if not isinstance(inner, exp.Column) or not isinstance(left, exp.Column):
            return False
        found = self.sources.places(inner)
        self.sources.inner = []
        outside = self.sources.places(left)
        self.sources.inner = [source]
        if len(found) != 1 or len(outside) != 1 or found[0][0] is not source:
            return False
        self._pair(outside[0][0], outside[0][1], source, found[0][1])
        return True


def _has_query(nodes: list[exp.Expr]) -> bool:
    return any(node.find(exp.Query) is not None for node in nodes)

"""A dbt manifest of 700 kB, of the shape of a real one: models in layers, their tests, macros.

Reading it is held beside what nobody can do without: `json.load`, and sqlglot's own parsing of the
SQL of its models.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

MODELS, TESTS, MACROS = 80, 90, 400
LIMIT = 3.0

_STAGING = """with source as (
    select * from `shop`.`raw`.`table_{n}`
),
renamed as (
    select
        id as table_{n}_id,
        customer_id,
        lower(trim(email)) as email,
        coalesce(is_deleted, false) as is_deleted,
        cast(amount as numeric) as amount,
        case when status in ('a', 'b') then 'open' else 'closed' end as status,
        sha256(concat(customer_id, 'a pepper that is long')) as customer_key,
        created_at,
        date_trunc(created_at, month) as month
    from source
    where not coalesce(is_test, false)
)
select * from renamed"""
_MART = """with orders as (
    select * from `shop`.`analytics`.`model_{one}`
),
customers as (
    select * from `shop`.`analytics`.`model_{two}`
),
joined as (
    select
        orders.customer_id,
        customers.status as customer_status,
        orders.amount,
        orders.month,
        row_number() over (partition by orders.customer_id order by orders.created_at) as nth
    from orders
    left join customers on orders.customer_id = customers.customer_id
    where orders.is_deleted = false and customers.status <> 'closed'
),
final as (
    select
        customer_status,
        month,
        count(*) as orders,
        sum(amount) as amount
    from joined
    where nth > 1
    group by customer_status, month
    having count(distinct customer_id) >= 20
)
select * from final"""


def _node(name: str, kind: str, sql: str, before: list[str]) -> dict[str, Any]:
    columns = {c: {"name": c, "description": "", "meta": {}, "data_type": None, "quote": None,
                   "tags": []} for c in ("customer_id", "amount", "month")}  # fmt: skip
    return {
        "database": "shop", "schema": "analytics", "name": name, "resource_type": kind,
        "package_name": "shop", "path": f"{name}.sql", "original_file_path": f"models/{name}.sql",
        "unique_id": f"{kind}.shop.{name}", "fqn": ["shop", name], "alias": name,
        "checksum": {"name": "sha256", "checksum": "0" * 64}, "tags": [], "description": "",
        "config": {"enabled": True, "materialized": "table" if kind == "model" else "test",
                   "meta": {}, "tags": [], "pre-hook": [], "post-hook": [], "quoting": {},
                   "column_types": {}, "persist_docs": {}, "on_schema_change": "ignore"},
        "columns": columns, "meta": {}, "docs": {"show": True}, "patch_path": None,
        "relation_name": f"`shop`.`analytics`.`{name}`", "raw_code": "-- " + "x" * len(sql),
        "language": "sql", "refs": [], "sources": [], "depends_on": {"macros": [], "nodes": before},
        "compiled_path": f"target/compiled/{name}.sql", "compiled": True, "compiled_code": sql,
        "extra_ctes_injected": True, "extra_ctes": [], "created_at": 1700000000.5,
    }  # fmt: skip


def manifest() -> dict[str, Any]:
    """Every third model is a mart that reads two staging models; the others read a raw table."""
    nodes = []
    for n in range(MODELS):
        if n % 3 == 2:
            before = [f"model.shop.model_{n - 1}", f"model.shop.model_{n - 2}"]
            sql = _MART.format(one=n - 1, two=n - 2)
        else:
            before, sql = [], _STAGING.format(n=n)
        nodes.append(_node(f"model_{n}", "model", sql, before))
    for n in range(TESTS):
        sql = f"select amount from `shop`.`analytics`.`model_{n % MODELS}` where amount is null"
        nodes.append(_node(f"not_null_{n}", "test", sql, [f"model.shop.model_{n % MODELS}"]))
    macros = {
        f"macro.dbt.macro_{n}": {
            "unique_id": f"macro.dbt.macro_{n}", "name": f"macro_{n}", "resource_type": "macro",
            "macro_sql": "{% macro m() %}\n" + "  {{ return(adapter.dispatch('m')()) }}\n" * 12,
            "depends_on": {"macros": []}, "description": "", "meta": {}, "arguments": [],
        }
        for n in range(MACROS)
    }  # fmt: skip
    return {
        "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                     "dbt_version": "1.9.1", "adapter_type": "bigquery"},
        "nodes": {node["unique_id"]: node for node in nodes},
        "sources": {}, "macros": macros, "exposures": {}, "disabled": {},
    }  # fmt: skip


def works(folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """Ours and the yardstick, over one file."""
    import sqlglot

    from aboveboard.findings import Location
    from aboveboard.pipeline.load import load
    from aboveboard.pipeline.part import Context, Entry, Said

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "manifest.json"
    file.write_text(json.dumps(manifest()), "utf-8")
    entry = Entry((Said("manifest.json", Location("policy.yml", 1)),))
    context = Context(date(2026, 12, 1))

    def ours() -> None:
        pipeline = load(folder, [entry], context)
        assert not pipeline.findings and len(pipeline.steps) > MODELS

    def theirs() -> None:
        with file.open(encoding="utf-8") as stream:
            nodes = json.load(stream)["nodes"]
        for node in nodes.values():
            if node["resource_type"] == "model":
                sqlglot.parse(node["compiled_code"], read="bigquery")

    return ours, theirs

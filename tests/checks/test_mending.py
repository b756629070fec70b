"""The help of a finding fits its reason, and what it says to paste mends the finding."""

from __future__ import annotations

import re
from pathlib import Path

from tests.examples import run

from aboveboard.findings import Finding

POLICY = """\
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
data:
  chats: {name: what you write in chats, origin: provided}
uses:
  train:
    name: training the helper
    purpose: train-model
    data: chats
    applies: {state: opt-out, control: training}
    steps: clean
controls:
  training:
    name: use of your chats
    kind: switch
    how: {do: [Open Settings, Switch off training]}
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    spreads-to: account
steps:
  clean:
    name: replace addresses
    technique: redaction
    entities: ENTITIES
    stage: before-training
    relink: nobody
    limits: Names can remain.
copies: {servers: {name: our servers}, side: {name: what is kept beside}}
retention:
  rows: {data: [chats], copy: servers, keep: P30D}
bindings:
  files: [pipeline/*.yml, {path: pipeline/*.sql, dialect: postgres}]
  sources: {chats: IN.text}
  person: {IN: user_id}
  sinks: {train: OUT}
  flags:
    training: {field: IN.refused, refused: true, read: run-time}
  copies: {servers: [IN, OUT]}
"""
DRAWN = """\
version: 1
datasets:
  messages: {role: source, person: user_id, retention: P30D, fields: {text: {}, refused: {}, user_id: {}}}
  training_set: {role: training-set, retention: P30D}
"""
CLEAN = r"regexp_replace(text, '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}', 'x', 'g') as text"
COLUMNS = "user_id text, text text, refused boolean"
SQL = f"create table messages ({COLUMNS});\ncreate table training_set as\nselect\n  {CLEAN}\nfrom messages\nWHERE;\n"
RECIPE = """\
dataset_path: IN
export_path: OUT
text_keys: text
process:
  - general_field_filter: {filter_condition: "refused == False"}
  - OPERATOR:
"""


def found(tmp_path: Path, rule: str, files: dict[str, str], **words: str) -> list[Finding]:
    """The findings of a rule in a project of the policy and these files."""
    said = {"IN": "messages", "OUT": "training_set", "ENTITIES": "email", "WHERE": ""} | words
    for path, text in {"policy_data/policy.yml": POLICY, **files}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(re.sub(r"\b(IN|OUT|ENTITIES|WHERE)\b", lambda word: said[word[0]], text))
    project, findings = run(tmp_path)
    assert project.loaded, findings
    return [finding for finding in findings if finding.rule == rule]


def query(where: str, drawn: str = DRAWN) -> dict[str, str]:
    return {
        "pipeline/t.sql": SQL.replace("\nWHERE", f"\n{where}" if where else ""),
        "pipeline/drawn.yml": drawn,
    }


TOOLS = "  tools: {data-juicer: 1.6.1}\n"
PATHS = {"IN": "data/in.jsonl", "OUT": "data/out.jsonl"}


def recipe(operator: str, tools: str = "") -> dict[str, str]:
    policy = POLICY.replace("  sources:", f"{tools}  sources:")
    return {
        "policy_data/policy.yml": policy.replace(", {path: pipeline/*.sql, dialect: postgres}", ""),
        "pipeline/r.yml": RECIPE.replace("OPERATOR", operator),
    }


def pasted(finding: Finding) -> str:
    """What the help says to paste."""
    snippet = re.search(r"`([^`]+)`", finding.hint)
    assert snippet, finding.hint
    return snippet[1]


# -- opt-out-ignored -------------------------------------------------------------------------


def test_a_missing_filter_names_the_flag_and_points_to_where_rows_are_read(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "opt-out-ignored", query(""))

    assert "because no filter on messages.refused lies on the way: messages.text -> " in one.message
    assert "keep only rows where refused = false; a missing value counts as refused" in one.hint
    assert "(bindings.flags.training, policy_data/policy.yml:39)" in one.hint
    assert [str(place) for place in one.related] == ["pipeline/t.sql:5:6"]
    assert not found(tmp_path, "opt-out-ignored", query("where refused = false"))


def test_who_slips_through_is_said(tmp_path: Path) -> None:
    """It drops who refused, and keeps who never said."""
    (one,) = found(tmp_path, "opt-out-ignored", query("where refused is distinct from true"))

    assert "which lets pass rows where messages.refused is missing: " in one.message
    (one,) = found(tmp_path, "opt-out-ignored", query("where refused = true"))
    assert "which lets pass rows where messages.refused is true: " in one.message


def test_a_condition_that_is_always_true_is_shown_at_its_where(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "opt-out-ignored", query("where true"))

    assert "'training_set/where' keeps every record: " in one.message
    (place,) = one.related
    assert (str(place), place.end_column) == ("pipeline/t.sql:6:1", 6)
    assert place.message == "keeps every row"


# -- overlays and rows to paste --------------------------------------------------------------


def test_an_overlay_says_how_long_a_store_keeps_rows(tmp_path: Path) -> None:
    files = query("where refused = false", DRAWN.replace(", retention: P30D", ""))
    (one,) = found(tmp_path, "kept-too-long", files)

    assert "nothing says how long 'messages' keeps it" in one.message
    assert one.hint.startswith("if it is so, write `{version: 1, overlay: true, datasets: ")
    assert one.hint.endswith(" into pipeline/overlay.yml")
    assert not found(tmp_path, "kept-too-long", {"pipeline/overlay.yml": pasted(one)})


def test_a_drawing_says_itself_how_long_a_store_keeps_rows(tmp_path: Path) -> None:
    plain = DRAWN.replace(", retention: P30D", "")
    steps = (
        "steps:\n  - {id: pick, in: messages, op: allow-fields, fields: text, out: training_set}\n"
    )
    policy = POLICY.replace(", {path: pipeline/*.sql, dialect: postgres}", "")
    files = {"policy_data/policy.yml": policy, "pipeline/drawn.yml": plain + steps}
    (one,) = found(tmp_path, "kept-too-long", files)

    said = "`retention: P30D` of 'messages' and `retention: P30D` of 'training_set'"
    assert one.hint == f"if it is so, say {said} in pipeline/drawn.yml"


def test_an_overlay_lists_the_fields(tmp_path: Path) -> None:
    files = recipe("clean_email_mapper", TOOLS + "  not-personal: [IN.refused, IN.user_id]\n")
    (one,) = found(tmp_path, "undeclared-flow", files, **PATHS)

    assert "because nothing lists the fields of 'data/in.jsonl'" in one.message
    assert one.hint.startswith("list all fields that there are: write `")
    assert not found(tmp_path, "undeclared-flow", {**files, "pipeline/overlay.yml": pasted(one)}, **PATHS)  # fmt: skip


def test_a_row_of_retention_is_there_to_paste(tmp_path: Path) -> None:
    policy = POLICY.replace("copies: {servers: [IN, OUT]}", "copies: {servers: [IN], side: [OUT]}")
    files = {"policy_data/policy.yml": policy, **query("where refused = false")}
    (one,) = found(tmp_path, "kept-too-long", files)

    assert "no retention says how long 'side' keeps it" in one.message
    assert one.hint.endswith("below 'retention:' in policy_data/policy.yml")
    rows = policy.replace("retention:\n", f"retention:\n  {pasted(one)}\n")
    assert not found(tmp_path, "kept-too-long", {"policy_data/policy.yml": rows})


def test_a_store_that_is_no_copy_is_bound_by_the_line_that_is_told(tmp_path: Path) -> None:
    policy = POLICY.replace("copies: {servers: [IN, OUT]}", "copies: {servers: [IN]}")
    files = {"policy_data/policy.yml": policy, **query("where refused = false")}
    (one,) = found(tmp_path, "kept-too-long", files)

    assert pasted(one) == "servers: [messages, training_set]"
    bound = policy.replace("servers: [IN]", pasted(one))
    assert not found(tmp_path, "kept-too-long", {"policy_data/policy.yml": bound})


# -- versions and operators ------------------------------------------------------------------


def test_what_a_version_decides_asks_for_the_version(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "step-bypassed", recipe("clean_email_mapper"), **PATHS)

    assert "cannot be read" in one.message and "data-juicer: " in one.hint
    assert not found(tmp_path, "step-bypassed", recipe("clean_email_mapper", TOOLS), **PATHS)


def test_an_operator_that_is_not_known_is_what_is_told(tmp_path: Path) -> None:
    words = {**PATHS, "ENTITIES": "ip-address"}
    (one, *_) = found(tmp_path, "overstated-use", recipe("clean_ips_mapper", TOOLS), **words)

    assert "nobody knows what 'r/clean_ips_mapper' does" in one.message
    assert one.hint == (
        "Data-Juicer 1.6.1 has no operator 'clean_ips_mapper': did you mean 'clean_ip_mapper'?"
    )
    assert [place.line for place in one.related] == [6]


# -- long paths ------------------------------------------------------------------------------


def test_of_a_long_path_the_ends_and_what_decides_are_told(tmp_path: Path) -> None:
    steps = ["  - {id: s0, in: messages, op: copy}\n"]
    steps += [f"  - {{id: s{n}, in: s{n - 1}, op: copy}}\n" for n in range(1, 20)]
    drawn = DRAWN + "steps:\n" + "".join(steps) + "  - {id: last, in: s19, op: copy, out: OUT}\n"
    policy = POLICY.replace(", {path: pipeline/*.sql, dialect: postgres}", "")
    files = {"policy_data/policy.yml": policy, "pipeline/drawn.yml": drawn}
    (one,) = found(tmp_path, "opt-out-ignored", files)

    assert (
        "messages.text -> … -> training_set (21 places between; "
        "`aboveboard explain train/chats/training@training_set` shows all)."
    ) in one.message

    filtered = drawn.replace("in: s8, op: copy", "in: s8, op: filter, where: {refused: true}")
    (one,) = found(tmp_path, "opt-out-ignored", {**files, "pipeline/drawn.yml": filtered})

    assert "messages.text -> … -> s9 -> … -> training_set (20 places between; " in one.message

"""`init` beside a pipeline: what it finds, what it proposes, and what the first check says of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.commands.test_init import DAY, call, init, tree
from tests.examples import READERS

from aboveboard.cli import main
from aboveboard.load import load_project
from aboveboard.pipeline import discover
from aboveboard.source import Document, read

ROOT = Path(__file__).parents[2]
FLOW = """\
version: 1
datasets:
  messages:
    role: source
    retention: P90D
    fields: {text: {}, answer: {}, user_id: {classification: identifier}, opt_out: {classification: setting}}
  review_queue: {role: store}
  training_set: {role: training-set, retention: P1Y}
  watcher: {role: external}
steps:
  - {id: allowed, in: [messages], op: filter, where: {opt_out: false}, missing: drop}
  - {id: text-only, in: [allowed], op: allow-fields, fields: [text, answer]}
  - {id: redact, in: [text-only], op: redact, fields: [text], entities: [email], enabled: true, on_error: fail, out: [training_set]}
  - {id: queue, in: [messages], op: copy, out: [review_queue]}
  - {id: watch, in: [messages], op: allow-fields, fields: [answer], out: [watcher]}
"""
RECIPE = """\
dataset_path: s3://work/chats.jsonl
export_path: s3://training/chats.jsonl
text_keys: text
process:
  - clean_email_mapper:
"""
COLLECTOR = """\
receivers: {otlp: {}}
processors:
  attributes: {actions: [{key: enduser.id, action: delete}]}
exporters: {otlphttp/watch: {endpoint: "https://in.watch.example"}}
service: {pipelines: {logs: {receivers: [otlp], processors: [attributes], exporters: [otlphttp/watch]}}}
"""
SQL = "CREATE TABLE sets AS SELECT text, user_id FROM messages WHERE consent = true;\n"
CONTRACT = """\
kind: DataContract
apiVersion: v3.0.2
id: orders
version: 1.0.0
status: active
schema:
  - {name: orders, properties: [{name: customer_id, classification: confidential}, {name: total}]}
  - {name: items, properties: [{name: sku}]}
slaProperties: [{property: retention, value: 3, unit: y, element: orders.total}]
"""


def put(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def check(root: Path, *more: str) -> Result:
    return call("check", "--project", root, "--as-of", DAY.isoformat(), *more)


def bindings(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "policy_data/bindings.yml").read_text("utf-8"))
    return found["bindings"]  # type: ignore[no-any-return]


def test_the_first_check_speaks_of_the_teams_own_file(tmp_path: Path) -> None:
    put(tmp_path, {"flows/chat.yml": FLOW})
    said = init(tmp_path, "--yes")
    assert said.exit_code == 0, said.stderr
    assert "Found flows/chat.yml: native\n" in said.stdout
    assert (tmp_path / "flows/chat.yml").read_text("utf-8") == FLOW
    assert not (tmp_path / "pipeline").exists()

    checked = check(tmp_path)
    assert checked.exit_code == 1
    assert "::: flows/chat.yml:7:" in checked.stdout  # nothing says how long the queue is kept
    assert "no retention says how long 'review-queue' keeps it" in checked.stdout
    proof = load_project(tmp_path, DAY).proof
    bad = {j.claim.kind for j in proof.judged.values() if j.verdict not in ("declared", "proved")}
    assert bad == {"retention-kept"}


def test_what_the_graph_says_is_proposed(tmp_path: Path) -> None:
    put(tmp_path, {"chat.yml": FLOW})
    init(tmp_path, "--yes")
    policy = load_project(tmp_path, DAY).policy
    bound = bindings(tmp_path)
    assert bound["files"] == ["chat.yml"]
    # What the redaction acts on is data of its own: the answer passes as it is.
    assert bound["sources"] == {"messages": ["messages.answer", "messages.user_id"], "messages-text": ["messages.text"]}  # fmt: skip
    assert bound["person"] == {"messages": "user_id"}
    assert bound["not-personal"] == ["messages.opt_out"]
    assert bound["flags"]["opt-out"] == {"field": ["messages.opt_out"], "refused": True, "missing": "refused", "read": "stamped"}  # fmt: skip
    assert bound["sinks"] == {"review-queue": "review_queue", "training-set": "training_set", "watcher": "watcher"}  # fmt: skip
    assert bound["recipients"] == {"watcher": ["watcher"]}
    assert bound["steps"] == {"redaction-redact": "redact"}
    training = policy.uses["training-set"]
    assert (training.purpose, training.applies[0].state, training.steps) == ("train-model", "opt-out", ["redaction-redact"])  # fmt: skip
    assert policy.uses["watcher"].data == ["messages"]  # and not the text, which is not let through
    # How long a file says it keeps; where none does, nobody makes a time up.
    assert {id_: row.keep.default for id_, row in policy.retention.items() if row.keep} == {"messages": "P90D", "training-set": "P1Y"}  # fmt: skip
    assert [relink.by for relink in policy.steps["redaction-redact"].relink] == ["us"]


def test_every_proposal_is_told_until_it_is_confirmed(tmp_path: Path) -> None:
    put(tmp_path, {"chat.yml": FLOW})
    init(tmp_path, "--yes")
    policy = load_project(tmp_path, DAY).policy
    assert policy.review
    listed = policy.review.to_confirm.keys()
    for kind, values in bindings(tmp_path).items():
        names = [f"/{name}" for name in values] if isinstance(values, dict) else [""]
        assert {f"bindings/{kind}{name}" for name in names} <= listed
    for kind in ("data", "uses", "controls", "steps", "recipients", "retention"):
        assert {f"{kind}/{id_}" for id_ in policy.entities(kind)} <= listed
    # All of them are written somewhere: each has a line of its own.
    (tmp_path / "chat.yml").write_text(FLOW.replace("review_queue: {role: store}", "review_queue: {role: store, retention: P1D}"))  # fmt: skip
    with (tmp_path / "policy_data/policy.yml").open("a") as file:
        file.write("  queue: {data: [messages, messages-text], copy: review-queue, keep: P1D}\n")
    told = check(tmp_path)
    assert told.exit_code == 0, told.stdout
    assert f"{len(listed)} proposals are not confirmed yet" in told.stdout
    assert "nothing is written there" not in told.stdout


def test_a_field_that_gets_past_the_switch_is_red(tmp_path: Path) -> None:
    put(tmp_path, {"chat.yml": FLOW + "  - {id: late, in: [messages], op: copy, out: [training_set]}\n"})  # fmt: skip
    init(tmp_path, "--yes")
    told = check(tmp_path).stdout
    assert "error[opt-out-ignored]" in told and "error[step-bypassed]" in told
    assert "::: chat.yml:" in told


@pytest.mark.parametrize(
    ("name", "text", "format_", "words"),
    [
        ("a/recipe.yaml", RECIPE, "data-juicer", "no retention says how long 'work-files'"),
        ("otel/config.yml", COLLECTOR, "opentelemetry-collector", "nothing lists the fields of"),
        ("contract.yaml", CONTRACT, "odcs", "no retention says how long 'items'"),
    ],
)
def test_each_format_is_found_by_what_it_holds(
    name: str, text: str, format_: str, words: str, tmp_path: Path
) -> None:
    put(tmp_path, {name: text})
    said = init(tmp_path, "--yes")
    assert said.exit_code == 0, said.stderr
    assert f"Found {name}: {format_}\n" in said.stdout
    told = check(tmp_path)
    assert words in told.stdout and f"{name}:" in told.stdout


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/start.md").read_text("utf-8")
    models = {f"models/{name}.sql": "select {{ x }}\n" for name in ("users", *(f"v{n}" for n in range(11)))}  # fmt: skip
    put(tmp_path, {"conf/chats.yml": RECIPE, **models})
    said = init(tmp_path, "--yes").stdout.partition("In ")[0]
    assert f"```text\n{said}```" in page


def test_what_pins_a_tool_is_bound(tmp_path: Path) -> None:
    put(tmp_path, {"recipe.yaml": RECIPE, "requirements.txt": "py-data-juicer==1.6.1\n"})
    init(tmp_path, "--yes")
    bound = bindings(tmp_path)
    assert bound["tools"] == {"data-juicer": {"pinned": ["requirements.txt"]}}
    # What comes in and what is made of it have one name, and are two places.
    assert {"work-chats": ["s3://work/chats.jsonl"], "training-chats": ["s3://training/chats.jsonl"]}.items() <= bound["copies"].items()  # fmt: skip
    assert "unknown-version" not in check(tmp_path).stdout


OPTED = """\
dataset_path: s3://work/chats.jsonl
export_path: s3://training/chats.jsonl
text_keys: text
process:
  - specified_field_filter: {field_key: opted_out, target_value: [false]}
  - clean_email_mapper:
  - clean_ip_mapper:
"""
SCRUB = """\
receivers: {otlp: {}}
processors:
  attributes/scrub:
    actions:
      - {key: user.email, action: delete}
      - {key: user.id, action: hash}
      - {key: client.address, action: delete}
  redaction/pii: {allow_all_keys: true, blocked_values: ['[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}']}
exporters: {otlphttp/watch: {endpoint: "https://in.watch.example"}}
service: {pipelines: {traces: {receivers: [otlp], processors: [attributes/scrub, redaction/pii], exporters: [otlphttp/watch]}}}
"""
HASHED = "CREATE TABLE sets AS SELECT sha2(user_id, 256) AS user_hash, page FROM visits;\n"
# A pipeline, what of it is taken away, and the promise that has to be red then.
TAKEN = [
    ("recipe.yml", OPTED, "[false]", "[true]", "opt-out-ignored"),
    ("recipe.yml", OPTED, "  - clean_email_mapper:\n", "", "'recipe/clean_email_mapper' matches no step"),
    ("otel.yml", SCRUB, "processors: [attributes/scrub, redaction/pii]", "processors: [redaction/pii]", "forbidden-flow"),
    ("otel.yml", SCRUB, "processors: [attributes/scrub, redaction/pii]", "processors: [attributes/scrub]", "'otel/traces/redaction/pii' matches no step"),
    ("otel.yml", SCRUB, "      - {key: client.address, action: delete}\n", "", "forbidden-flow"),
    ("otel.yml", SCRUB, "      - {key: user.id, action: hash}\n", "", "step-bypassed"),
    ("sets.sql", HASHED, "sha2(user_id, 256) AS user_hash", "user_id AS user_hash", "'sets/user_hash' matches no step"),
]  # fmt: skip


def errors(root: Path) -> list[str]:
    """Each error with its hint."""
    return [part for part in check(root).stdout.split("\n\n") if part.startswith("error[")]


@pytest.mark.parametrize(("name", "text", "old", "new", "words"), TAKEN)
def test_a_protection_that_is_taken_away_is_red(
    name: str, text: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    put(tmp_path, {name: text})
    assert init(tmp_path, "--yes", "--dialect", "spark").exit_code == 0
    assert not [e for e in errors(tmp_path) if words in e]
    assert old in text
    put(tmp_path, {name: text.replace(old, new)})
    assert [e for e in errors(tmp_path) if words in e], check(tmp_path).stdout


def test_another_step_is_not_taken_for_the_one_that_is_gone(tmp_path: Path) -> None:
    """Only one that takes out what was promised, too, is suggested; the other stays red if bound."""
    put(tmp_path, {"recipe.yml": OPTED})
    init(tmp_path, "--yes")
    steps = load_project(tmp_path, DAY).policy.steps
    assert [(s.name, s.entities) for s in steps.values()] == [("replace email in text", ["email"]), ("replace ip-address in text", ["ip-address"])]  # fmt: skip
    put(tmp_path, {"recipe.yml": OPTED.replace("  - clean_email_mapper:\n", "")})
    (red,) = [e for e in errors(tmp_path) if "unmatched-binding" in e]
    assert "what 'redaction-clean-email-mapper' promises rests on it" in red
    assert "did you mean" not in red and "put the step back" in red

    file = tmp_path / "policy_data/bindings.yml"
    file.write_text(file.read_text().replace("recipe/clean_email_mapper", "recipe/clean_ip_mapper"))  # fmt: skip
    assert [e for e in errors(tmp_path) if "email" in e], check(tmp_path).stdout

    put(tmp_path, {"recipe.yml": OPTED})
    file.write_text(file.read_text().replace("recipe/clean_ip_mapper", "recipe/clean_emial_mapper", 1))  # fmt: skip
    (red,) = [e for e in errors(tmp_path) if "unmatched-binding" in e]
    assert "did you mean 'recipe/clean_email_mapper'? it acts alike" in red


def test_a_version_that_no_file_pins_is_assumed_and_asked(tmp_path: Path) -> None:
    put(tmp_path, {"recipe.yml": OPTED})
    said = init(tmp_path, "--yes")
    assert "Note: no file pins Data-Juicer: it is read as 1.6.1, the newest known" in said.stdout
    policy = load_project(tmp_path, DAY).policy
    assert bindings(tmp_path)["tools"] == {"data-juicer": "1.6.1"}
    assert (
        policy.review
        and "Does version 1.6.1" in policy.review.to_confirm["bindings/tools/data-juicer"]
    )
    (use,) = policy.uses.values()
    assert use.applies[0].state == "opt-out"
    assert "unmatched-binding" not in check(tmp_path).stdout


def test_what_stands_beside_a_name_is_not_suggested_for_it(tmp_path: Path) -> None:
    put(tmp_path, {"recipe.yml": OPTED})
    init(tmp_path, "--yes")
    file = tmp_path / "policy_data/bindings.yml"
    file.write_text(file.read_text().replace("[recipe/stats, ", "[recipe/trace, recipe/stats, "))
    (red,) = [e for e in errors(tmp_path) if "unmatched-binding" in e]
    assert "'recipe/trace' matches no dataset" in red
    help_ = red.rpartition("= help:")[2]
    assert not any(f"mean 'recipe/{name}'" in help_ for name in ("stats", "cache", "log"))


def test_a_filter_that_cannot_be_read_is_a_choice_that_is_asked(tmp_path: Path) -> None:
    """A version without a table: its defaults are unknown, and nobody says `always`."""
    put(tmp_path, {"recipe.yml": OPTED, "requirements.txt": "py-data-juicer==1.4.0\n"})
    said = init(tmp_path, "--yes")
    assert "Note: filter on opted_out at recipe.yml:5:5 not read" in said.stdout
    (use,) = load_project(tmp_path, DAY).policy.uses.values()
    assert use.applies[0].state == "opt-out"
    assert "error[opt-out-ignored] cannot be decided" in check(tmp_path).stdout
    # Stores that only some versions have are not bound: no line is left over when the version is known.
    put(tmp_path, {"requirements.txt": "py-data-juicer==1.6.1\n"})
    assert "unmatched-binding" not in check(tmp_path).stdout


def test_rules_without_a_field_are_proposed_too(tmp_path: Path) -> None:
    """A redaction that no file names a field for acts on one that is likely."""
    put(
        tmp_path,
        {"otel.yml": SCRUB.replace("[attributes/scrub, redaction/pii]", "[redaction/pii]")},
    )
    init(tmp_path, "--yes")
    assert bindings(tmp_path)["steps"] == {"redaction-pii": "otel/traces/redaction/pii"}


def test_many_places_are_folded(tmp_path: Path) -> None:
    kinds = [f"{a}{b}" for a in "abcdefgh" for b in "stuvwxyz"]
    stores = "".join(f"  {name}: {{role: store, retention: P9D}}\n" for name in kinds)
    steps = "".join(f"  - {{id: to-{n}, in: [chats], op: copy, out: [{n}]}}\n" for n in kinds)
    chats = "  chats: {role: source, retention: P9D, fields: {user_id: {}}}\n"
    put(tmp_path, {"chat.yml": f"version: 1\ndatasets:\n{chats}{stores}steps:\n{steps}"})
    assert init(tmp_path, "--yes").exit_code == 0
    assert len(load_project(tmp_path, DAY).policy.copies) == 41
    assert len(bindings(tmp_path)["copies"]["other-places"]) == 25
    assert "kept-too-long" not in check(tmp_path).stdout


def test_sql_waits_for_its_dialect(tmp_path: Path) -> None:
    put(tmp_path, {"sets.sql": SQL})
    said = init(tmp_path, "--yes")
    assert "Not read: sets.sql (SQL): say which dialect" in said.stdout
    assert said.exit_code == 2 and tree(tmp_path).keys() == {"sets.sql"}
    assert "aboveboard init " in said.stderr and " --dialect postgres\n" in said.stderr

    again = put(tmp_path / "again", {"sets.sql": SQL})
    assert init(again, "--yes", "--dialect", "postgres").exit_code == 0
    bound = bindings(again)
    assert bound["files"] == [{"path": "sets.sql", "dialect": "postgres"}]
    assert bound["sources"]["messages"] and bound["flags"]["consent"]["refused"] is False
    assert "::: sets.sql:1:" in check(again).stdout


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("dbt_project.yml", "name: shop\nprofile: shop\nmodel-paths: [models]\n", "a dbt project): run `dbt parse`"),
        ("models/users.sql", "select * from {{ ref('raw_users') }}\n", "dbt models): run `dbt parse`"),
        ("chart/otel.yaml", "{{- if .Values.on }}\nreceivers: {otlp: {}}\n{{- end }}\n", "templates): render it first"),
        ("main.tf", 'resource "aws_s3_bucket" "sets" {}\n', "Terraform): write a plan"),
        ("proxy.yml", "model_list: [{model_name: a, litellm_params: {model: b}}]\n", "a LiteLLM proxy): no reader knows it"),
        ("pii.yml", "pii_config: {language: en}\n", "a NeMo Curator configuration): no reader"),
        ("stream.yml", "input: {stdin: {}}\noutput: {stdout: {}}\n", "a Redpanda Connect stream): no reader"),
        ("fides.yml", "system: [{fides_key: a, privacy_declarations: []}]\n", "a Fides manifest): `aboveboard import`"),
        ("tilt.json", '{"meta": {}, "controller": {}, "dataDisclosed": []}', "a TILT document): `aboveboard import`"),
    ],
)  # fmt: skip
def test_what_is_not_read_has_a_way_out(name: str, text: str, words: str, tmp_path: Path) -> None:
    """And nothing is made up beside it, unless somebody asks for that."""
    put(tmp_path, {name: text})
    refused = init(tmp_path, "--yes")
    assert refused.exit_code == 2 and tree(tmp_path).keys() == {name}
    assert f"{name}: {words.partition('): ')[2]}" in refused.stderr
    assert f"aboveboard init {tmp_path} --kind chat-assistant" in refused.stderr
    said = init(tmp_path, "--yes", "--kind", "chat-assistant")
    assert said.exit_code == 0, said.stderr
    assert f"Not read: {name} ({words}" in said.stdout
    assert check(tmp_path).exit_code == 0  # the ready project, which reads none of it


@pytest.mark.parametrize("text", ["a: [1\n", "\x00\x01", "{{{{", "[" * 100_000, "- just: a list\n", "", "receivers: 3\nprocess: x\n", '{"job": 1}', "kind: DataContract\n", "version: 1\nsteps: 7\n", "export_path: 1\nprocess: {a: b}\n"])  # fmt: skip
def test_any_file_may_lie_there(text: str, tmp_path: Path) -> None:
    for suffix in ("yml", "json", "jsonl", "sql"):
        put(tmp_path, {f"odd.{suffix}": text})
    said = init(tmp_path, "--yes", "--dialect", "duckdb", "--kind", "api")
    assert said.exit_code == 0, said.stderr
    assert check(tmp_path).exit_code in (0, 1)


def test_the_search_stays_out_of_what_is_not_ours(tmp_path: Path) -> None:
    for folder in ("node_modules/x", ".git/x", "env/lib", "tests", "build", ".hidden"):
        put(tmp_path, {f"{folder}/chat.yml": FLOW})
    put(tmp_path, {"env/pyvenv.cfg": "home = /usr\n", "package-lock.json": "{}"})
    outside = put(tmp_path.parent / f"{tmp_path.name}-outside", {"chat.yml": FLOW})
    (tmp_path / "linked").symlink_to(outside)
    (tmp_path / "linked.yml").symlink_to(outside / "chat.yml")
    assert discover.search(tmp_path) == discover.Search()


def test_the_search_has_an_end_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "MAX_FILES", 5)
    put(tmp_path, {f"{n}.yml": "a: 1\n" for n in range(9)})
    assert "stopped after 5 files" in discover.search(tmp_path).cut
    assert "Note: the search stopped after 5 files" in init(tmp_path, "--yes").stdout


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search of twice the files costs twice, and not four times."""
    put(tmp_path, {f"d{n}/{n}.json": "{}" for n in range(40)})
    seen: list[str] = []

    def counted(path: Path, name: str) -> Document:
        seen.append(name)
        return read(path, name)

    monkeypatch.setattr(discover, "read", counted)
    discover.search(tmp_path)
    assert len(seen) == len(set(seen)) == 40


def test_odd_names_of_files_and_datasets(tmp_path: Path) -> None:
    name = "a [b] {c}: 'd' # é.yml"
    flow = FLOW.replace("messages", '"x: [y] # ©"').replace("role: source", "role: source, path: s3://a/b")  # fmt: skip
    flow = FLOW.replace("training_set", "NO").replace("review_queue", '"true"')
    put(tmp_path, {name: flow})
    said = init(tmp_path, "--yes")
    assert said.exit_code == 0, said.stderr
    project = load_project(tmp_path, DAY)
    assert project.loaded and name in project.pipeline.inputs
    assert {"NO", "true"} <= {name for names in bindings(tmp_path)["copies"].values() for name in names}  # fmt: skip


def test_only_stores_with_no_data_of_their_own(tmp_path: Path) -> None:
    """A plan says how long a bucket keeps; the ready project has it beside its own pipeline."""
    plan = READERS / "terraform/unknown/pipeline/plan.json"
    shutil.copy(plan, put(tmp_path, {"readme.txt": ""}) / "plan.json")
    said = init(tmp_path, "--yes")
    assert "Found plan.json: terraform" in said.stdout
    assert bindings(tmp_path)["files"] in (["pipeline/service.yml", "plan.json"], ["plan.json"])
    assert check(tmp_path).exit_code in (0, 1)


@pytest.mark.parametrize("example", sorted(p for p in READERS.glob("*/*") if (p / "pipeline").is_dir()), ids=lambda p: f"{p.parent.name}/{p.name}")  # fmt: skip
def test_every_example_pipeline_gives_a_project_that_loads(example: Path, tmp_path: Path) -> None:
    shutil.copytree(example / "pipeline", tmp_path / "conf")
    said = init(tmp_path, "--yes", "--dialect", "postgres")
    assert said.exit_code == 0, said.stderr
    project = load_project(tmp_path, DAY)
    ours = [f for f in project.findings if f.severity == "error" and f.location and f.location.path.startswith("policy_data")]  # fmt: skip
    assert not ours, ours


# -- another repository --------------------------------------------------------------------------


def git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *args], check=True, capture_output=True)


def test_a_checkout_is_bound_by_name_and_revision(tmp_path: Path) -> None:
    other = put(tmp_path / "other", {"conf/chat.yml": FLOW})
    git(other, "init", "-q")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "x")
    said = init(tmp_path / "new", "--yes", "--checkout", f"training={other}")
    assert said.exit_code == 0, said.stderr
    assert "Found training:conf/chat.yml: native" in said.stdout
    bound = bindings(tmp_path / "new")
    assert bound["files"] == [{"path": "conf/chat.yml", "checkout": "training"}]
    assert len(bound["checkouts"]["training"]["revision"]) == 40
    told = check(tmp_path / "new", "--checkout", f"training={other}")
    assert "::: training:conf/chat.yml:7:" in told.stdout


def test_a_folder_without_history_has_no_revision(tmp_path: Path) -> None:
    put(tmp_path / "other", {"chat.yml": FLOW})
    said = init(tmp_path / "new", "--yes", "--checkout", f"training={tmp_path / 'other'}")
    assert said.exit_code == 2 and "checkout 'training':" in said.stderr
    assert tree(tmp_path).keys() == {"other/chat.yml"}


def test_a_checkout_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--yes", "--checkout", "a=/no/such"])  # fmt: skip
    assert result.exit_code == 2 and not (tmp_path / "new").exists()


def test_a_choice_in_a_joined_table_is_bound_where_it_is_kept(tmp_path: Path) -> None:
    text = """\
CREATE TABLE messages (user_id text, text text);
CREATE TABLE choices (user_id text, opt_out boolean);
CREATE TABLE sets AS
SELECT m.text FROM messages m JOIN choices c ON m.user_id = c.user_id WHERE c.opt_out = false;
"""
    put(tmp_path, {"sets.sql": text})
    init(tmp_path, "--yes", "--dialect", "postgres")
    bound = bindings(tmp_path)
    assert bound["flags"]["opt-out"]["field"] == ["choices.opt_out"]
    assert bound["person"] == {"messages": "user_id", "choices": "user_id"}
    told = check(tmp_path).stdout
    assert "opt-out-ignored" not in told and "unmatched-binding" not in told
    (tmp_path / "sets.sql").write_text(text.replace("JOIN", "LEFT JOIN").replace("c.opt_out = false", "c.opt_out = false OR c.opt_out IS NULL"))  # fmt: skip
    assert "error[opt-out-ignored]" in check(tmp_path).stdout


def test_the_demo_without_its_policy(tmp_path: Path) -> None:
    """Seven formats that make one graph: most of what is proposed holds, and what does not is true."""
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline")
    init(tmp_path, "--yes", "--dialect", "clickhouse")
    project = load_project(tmp_path, DAY)
    assert project.loaded, project.findings
    tally = project.proof.tally()
    assert tally["proved"] > 50 and not tally["vacuous"] and not tally["unknown"]
    bad = {j.claim.kind for j in project.proof.judged.values() if j.verdict == "violated"}
    assert bad <= {"retention-kept", "opt-out-honoured"}

"""Data-Juicer stores: inputs, the export, and what a run leaves beside it."""

import pytest
from tests.pipeline.recipes import read, step, stores

from aboveboard.pipeline.graph import Pipeline
from aboveboard.pipeline.join import join


@pytest.mark.parametrize(
    ("head", "inputs"),
    [
        ("dataset_path: ./a//b.jsonl", ["a/b.jsonl"]),
        ("dataset_path: 0.5 a.jsonl 0.5 b.jsonl c.jsonl", ["a.jsonl", "b.jsonl", "c.jsonl"]),
        ("dataset_path: ${IN}", ["train: unknown dataset_path"]),
        ("dataset_path: $HOME/a.jsonl", ["train: unknown dataset_path"]),
        ("dataset_path: '{{ in }}'", ["train: unknown dataset_path"]),
        ("dataset_path: ???", ["train: unknown dataset_path"]),
        ("dataset_path: null", ["train: unknown input"]),
        ("{}", ["train: unknown input"]),
        ("generated_dataset_config: {type: EmptyFormatter}", ["train: generated dataset"]),
        (
            "dataset: {configs: [{type: local, path: a, weight: 0.2}, {type: remote, source: s3, path: 's3://b//c'}]}",
            ["a", "s3://b/c"],
        ),
        ("dataset: {configs: [{type: remote, source: wiki}]}", ["train: unknown path of source 1"]),
        ("dataset: {configs: [5]}", ["train: unknown source"]),
        ("dataset: {configs: []}", ["train: unknown dataset.configs"]),
        ("dataset: [{path: a}]", ["a"]),
        ("dataset_path: a\ndataset: {configs: [{path: b}]}", ["a"]),
    ],
)
def test_inputs(head: str, inputs: list[str]) -> None:
    part = read("", head)
    assert list(step(part, "copy").inputs) == inputs
    datasets = {d.id: d for d in part.datasets}
    for name in inputs:
        assert datasets[name].role == "intermediate" and datasets[name].fields is None
        assert (datasets[name].fact.grade == "unknown") == ("unknown" in name)
        assert (name in part.paths) == (datasets[name].fact.grade != "unknown" and " " not in name)


def test_an_input_that_is_ignored_is_a_finding() -> None:
    part = read("dataset: {configs: [{path: b}]}")
    assert [(f.rule, f.message) for f in part.findings] == [
        ("unknown-setting", "'dataset' is ignored, since dataset_path is set")
    ]


def test_the_export_has_a_default_and_may_be_unknown() -> None:
    default = read("", "dataset_path: a")
    assert step(default, "copy").outputs == ("outputs/hello_world/hello_world.jsonl",)
    unknown = read("", "dataset_path: a\nexport_path: ${OUT}")
    assert step(unknown, "copy").outputs == ("train: unknown export_path",)


def test_the_raw_input_is_cached_and_errors_are_logged_by_default() -> None:
    part = read("process: [{clean_email_mapper: }]")
    assert stores(part) == {
        "clean/chats.jsonl": "observed",
        "train/cache": "default",
        "train/log": "default",
    }
    assert step(part, "cache-writer").inputs == ("raw/chats.jsonl", "train/clean_email_mapper")
    assert step(part, "log-writer").inputs == ("raw/chats.jsonl",)


@pytest.mark.parametrize(
    "setting", ["use_cache: false", "use_checkpoint: true", "decrypt_after_reading: true"]
)
def test_the_input_is_cached_even_without_the_cache(setting: str) -> None:
    part = read(f"{setting}\nds_cache_dir: /mnt/cache\nprocess: [{{clean_email_mapper: }}]")
    assert step(part, "cache-writer").inputs == ("raw/chats.jsonl",)
    assert part.paths["train/cache"] == "/mnt/cache"


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ("executor_type: ray", set()),
        ("executor_type: ray_partitioned", {"checkpoint"}),
        ("executor_type: ray_partitioned\ncheckpoint: {enabled: false}", set()),
        ("executor_type: ray_partitioned\ncheckpoint: {strategy: disabled}", set()),
        ("use_checkpoint: true", {"cache", "checkpoint"}),
        ("use_checkpoint: true\nop_fusion: true", {"cache"}),
        ("use_checkpoint: ${X}", {"cache", "checkpoint"}),
        ("open_tracer: true", {"cache", "trace"}),
        ("open_insight_mining: true", {"cache", "insight"}),
        ("open_monitor: true", {"cache"}),
    ],
)
def test_side_stores(settings: str, kinds: set[str]) -> None:
    part = read(f"{settings}\nprocess: [{{clean_email_mapper: }}]")
    assert {name.removeprefix("train/") for name in stores(part) if name.startswith("train/")} == {
        *kinds,
        "log",
    }


def test_the_tracer_keeps_the_text_before_redaction_and_whole_dropped_rows() -> None:
    part = read("""
        open_tracer: true
        trace_keys: [user_id]
        process: [{clean_email_mapper: }, {text_length_filter: }, {random_selector: }]
    """)
    trace = step(part, "clean_email_mapper-trace")
    assert (trace.op, trace.fields) == ("allow-fields", ("text", "user_id"))
    assert trace.inputs == ("raw/chats.jsonl", "train/clean_email_mapper")
    assert step(part, "trace-writer").inputs == ("train/clean_email_mapper",)
    listed = read(
        "open_tracer: true\nop_list_to_trace: [clean_ip_mapper]\nprocess: [{clean_email_mapper: }]"
    )
    assert all("trace" not in s.id for s in listed.steps)


def test_the_statistics_file_holds_the_values_of_filtered_fields() -> None:
    text = "process: [{specified_field_filter: {field_key: email, target_value: [a]}}, {clean_email_mapper: %s}]"
    part = read(text % "")
    writer = step(part, "stats-writer")
    assert (writer.fields, writer.inputs) == (("email",), ("train/clean_email_mapper",))
    assert writer.outputs == ("train/stats",)
    assert part.paths["train/stats"] == "clean/chats_stats.jsonl"
    later = read("keep_stats_in_res_ds: true\n" + text % "{text_key: email}")
    writer = step(later, "stats-writer")
    assert writer.inputs == ("train/specified_field_filter",)
    assert writer.outputs == ("train/stats", "clean/chats.jsonl")
    measured = read("process: [{text_length_filter: }]")
    assert "train/stats" not in stores(measured)


def test_files_of_an_operators_own_are_stores() -> None:
    part = read("process: [{text_length_filter: {stats_export_path: out/s.jsonl}}]")
    writer = step(part, "text_length_filter-stats_export_path")
    assert (writer.inputs, writer.outputs) == (("raw/chats.jsonl",), ("out/s.jsonl",))


def test_columns_are_picked_at_loading_from_parquet_only() -> None:
    settings = "load_dataset_kwargs: {columns: [text]}"
    part = read(settings, "dataset_path: a.parquet\nexport_path: b.jsonl\n")
    picked = step(part, "columns")
    assert (picked.op, picked.fields, picked.inputs) == ("allow-fields", ("text",), ("a.parquet",))
    assert step(part, "copy").inputs == ("train/columns",)
    assert all(s.op != "allow-fields" for s in read(settings).steps)


@pytest.mark.parametrize(
    ("setting", "edges"), [("false", 0), ("true", 1), ("${X}", 1), ("'off'", 1)]
)
def test_an_analysis_may_export_the_input_as_it_was(setting: str, edges: int) -> None:
    """`dj-analyze` is a command of its own: whether it runs stands in no recipe."""
    part = read(f"export_original_dataset: {setting}\nprocess: [{{clean_email_mapper: }}]")
    found = [s for s in part.steps if s.id == "train/analysis"]

    assert len(found) == edges
    assert all(s.opaque and s.inputs == ("raw/chats.jsonl",) for s in found)
    assert all(s.outputs == ("clean/chats.jsonl",) for s in found)


def test_recipes_meet_at_the_paths_that_one_writes_and_another_reads() -> None:
    first = read("process: [{clean_email_mapper: }]")
    second = read(
        "process: [{clean_ip_mapper: }]",
        "dataset_path: ./clean//chats.jsonl\nexport_path: out.jsonl\n",
    )
    for chain in second.steps:
        chain.id = f"second/{chain.id}"
        chain.inputs = tuple(f"second/{i}" if i.startswith("train/") else i for i in chain.inputs)
        chain.outputs = tuple(f"second/{o}" if o.startswith("train/") else o for o in chain.outputs)
    for dataset in second.datasets:
        if dataset.id.startswith("train/"):
            dataset.id = f"second/{dataset.id}"
    pipeline = Pipeline()
    join(pipeline, [first, second])

    assert not pipeline.findings
    assert pipeline.steps["second/train/clean_ip_mapper"].inputs == ("clean/chats.jsonl",)
    assert pipeline.steps["train/clean_email_mapper"].outputs == ("clean/chats.jsonl",)

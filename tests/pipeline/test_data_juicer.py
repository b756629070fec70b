"""The Data-Juicer reader: what it recognises, and the chain of operators."""

import pytest
from tests.pipeline.recipes import read, step, stores

from aboveboard.pipeline.graph import UNKNOWN
from aboveboard.pipeline.readers.data_juicer import recognises
from aboveboard.source import parse_yaml


@pytest.mark.parametrize(
    ("text", "is_recipe"),
    [
        ("process: [{clean_email_mapper: null}]", True),
        ("process: [{my_own_mapper: {a: 1}}]", True),
        ("dataset_path: a\nexport_path: b", True),
        ("dataset: {configs: [{type: local, path: a}]}", True),
        ("export_path: b\nprocess: {a: 1}", True),
        ("version: 1\ndatasets: {}\nprocess: [clean_email_mapper]", False),
        ("version: 1\nsteps: []\nexport_path: x\nprocess: []", False),
        ("process: [{name: x}]", False),
        ("process: 4", False),
        ("processors: {batch: {}}", False),
        ("[]", False),
        ("", False),
    ],
)
def test_recognises_by_content(text: str, is_recipe: bool) -> None:
    assert recognises(parse_yaml(text.encode(), "x.yml")) is is_recipe


def test_process_is_a_chain_from_the_inputs_to_the_export() -> None:
    part = read(
        "process: [{fix_unicode_mapper: null}, {clean_ip_mapper: }, {fix_unicode_mapper: }]"
    )
    chain = [s for s in part.steps if s.name]
    assert [s.id for s in chain] == [
        "train/fix_unicode_mapper",
        "train/clean_ip_mapper",
        "train/fix_unicode_mapper-2",
    ]
    assert [s.inputs for s in chain] == [("raw/chats.jsonl",), (chain[0].id,), (chain[1].id,)]
    assert [s.outputs for s in chain] == [(), (), ("clean/chats.jsonl",)]
    assert chain[0].writes == {"text": ("text",)}
    assert str(chain[1].fact.location) == "pipeline/train.yml:4:40"


@pytest.mark.parametrize("process", ["", "process: []", "process: null"])
def test_no_operator_is_a_copy(process: str) -> None:
    copy = step(read(process), "copy")
    assert (copy.op, copy.inputs, copy.outputs) == (
        "copy",
        ("raw/chats.jsonl",),
        ("clean/chats.jsonl",),
    )


@pytest.mark.parametrize(
    ("process", "message"),
    [
        ("process: {clean_email_mapper: }", "process must be a list of operators"),
        ("process: [clean_email_mapper]", "Data-Juicer 1.6.1 wants a mapping here"),
        ("process: [{a_mapper: , b_mapper: }]", "each operator needs an entry of its own"),
        ("process: [[a]]", "an operator is a mapping from its name to its parameters"),
        (
            "process: [{clean_email_mapper: [1]}]",
            "the parameters of clean_email_mapper must be a mapping",
        ),
    ],
)
def test_a_malformed_process_is_a_finding_and_never_a_protection(
    process: str, message: str
) -> None:
    part = read(process)
    finding = next(f for f in part.findings if f.rule == "unreadable-pipeline")
    assert (finding.message, finding.severity) == (message, "error")
    assert finding.location is not None and finding.location.line == 4
    chain = [s for s in part.steps if s.name]
    assert chain[-1].outputs == ("clean/chats.jsonl",)
    assert message.startswith("Data-Juicer") or all(s.opaque for s in chain)


def test_unknown_operators_are_opaque() -> None:
    part = read("process: [{clean_emial_mapper: }]")
    assert step(part, "clean_emial_mapper").opaque
    assert (
        step(part, "clean_emial_mapper").fact.text == "clean_emial_mapper is not in our catalogue"
    )
    assert [(f.rule, f.severity, f.hint) for f in part.findings] == [
        ("unknown-setting", "warning", "did you mean 'clean_email_mapper'?")
    ]
    own = read("custom_operator_paths: [ops.py]\nprocess: [{clean_emial_mapper: }]")
    assert step(own, "clean_emial_mapper").opaque and not own.findings


def test_operators_that_ask_a_service_are_external() -> None:
    part = read("""
        process:
          - calibrate_qa_mapper:
          - optimize_query_mapper:
          - llm_quality_score_filter:
          - llm_quality_score_filter: {is_hf_model: true}
          - general_fused_op: {fused_op_list: [{extract_event_mapper: {}}]}
          - s3_upload_file_mapper: {s3_bucket: x}
          - python_lambda_mapper: {lambda_str: 'lambda x: x'}
    """)
    outside = {s.name + s.id[-2:]: (s.op, s.external, s.opaque) for s in part.steps if s.name}
    assert list(outside.values()) == [
        ("call-model", True, True),
        ("call-model", False, True),
        ("filter", True, False),
        ("filter", False, False),
        ("map", True, True),
        ("map", True, True),
        ("map", False, True),
    ]


def test_a_repeated_operator_keeps_the_parameters_of_the_earlier_one() -> None:
    part = read("""
        process:
          - specified_field_filter: {field_key: plan, target_value: [free]}
          - clean_email_mapper: {pattern: x, text_key: a, skip_op_error: false}
          - clean_email_mapper:
          - specified_field_filter: {field_key: region}
    """)
    assert str(step(part, "specified_field_filter-2").where) == "region is free"
    again = step(part, "clean_email_mapper-2")
    assert not again.entities_known and not again.entities
    assert again.fields == ("text",)  # what comes from the settings is not kept
    assert again.on_error is not None and again.on_error.does.value == "drop"


def test_the_first_of_several_text_keys_is_used() -> None:
    part = read("""
        text_keys: [query, response]
        process: [{clean_email_mapper: }, {clean_email_mapper: {text_key: response}}]
    """)
    assert step(part, "clean_email_mapper").fields == ("query",)
    assert step(part, "clean_email_mapper-2").fields == ("response",)


def test_an_unreadable_key_is_no_protection() -> None:
    part = read("text_keys: '${KEY}'\nprocess: [{clean_email_mapper: }, {fix_unicode_mapper: }]")
    cleaned = step(part, "clean_email_mapper")
    assert cleaned.runs is not None and not cleaned.runs.known and cleaned.fields == ()
    assert step(part, "fix_unicode_mapper").opaque


@pytest.mark.parametrize(
    ("settings", "runs"),
    [("", None), ("strict_preflight: false", UNKNOWN)],
)
def test_a_nested_field_is_not_written_back(settings: str, runs: object) -> None:
    # strict_preflight, the default, stops unless a column has the dotted name itself
    part = read(settings + "\nprocess: [{clean_email_mapper: {text_key: meta.bio}}]")
    found = step(part, "clean_email_mapper")
    assert found.fields == ("meta.bio",)
    assert (found.runs and found.runs.value) is runs


def test_unknown_settings_are_findings() -> None:
    part = read("""
        use_cach: true
        checkpoint: {enable: true}
        process:
          - clean_email_mapper: {replacement: x}
    """)
    assert [(f.rule, f.message, f.hint, f.location and f.location.line) for f in part.findings] == [
        (
            "unknown-setting",
            "Data-Juicer 1.6.1 has no setting 'use_cach'",
            "did you mean 'use_cache'?",
            5,
        ),
        (
            "unknown-setting",
            "Data-Juicer 1.6.1 has no setting 'enable'",
            "did you mean 'enabled'?",
            6,
        ),
        (
            "unknown-setting",
            "clean_email_mapper has no parameter 'replacement': Data-Juicer 1.6.1 stops at it",
            "known: pattern, repl, text_key",
            8,
        ),
    ]
    lax = read("strict_preflight: false\nprocess: [{clean_email_mapper: {x: 1}}]")
    assert lax.findings[0].message.endswith("Data-Juicer 1.6.1 ignores it")


def test_a_switch_that_is_no_truth_value_is_unknown() -> None:
    part = read("open_tracer: 'yes'\nprocess: [{clean_email_mapper: }]")
    assert [f.message for f in part.findings] == ["open_tracer must be true or false"]
    assert stores(part)["train/trace"] == "unknown"
    plain = read("open_tracer: off\nprocess: [{clean_email_mapper: }]")
    assert "train/trace" not in stores(plain)


@pytest.mark.parametrize(
    "value", ["null", "5", "[]", "{}", "[[1], {a: {b: 1}}]", "{a: [null]}", "'x'", "true", "'{'"]
)
@pytest.mark.parametrize(
    "key",
    [
        *(
            "process",
            "dataset",
            "dataset_path",
            "export_path",
            "text_keys",
            "skip_op_error",
            "checkpoint",
        ),
        *(
            "load_dataset_kwargs",
            "generated_dataset_config",
            "trace_keys",
            "op_list_to_trace",
            "export_type",
        ),
        *("executor_type", "use_cache", "custom_operator_paths", "ds_cache_dir", "op_fusion"),
    ],
)
def test_any_value_anywhere_is_read(key: str, value: str) -> None:
    rest = "" if key == "process" else "process: [{specified_field_filter: {field_key: a}}]"
    assert read(f"{key}: {value}\nopen_tracer: true\n{rest}", "").steps


@pytest.mark.parametrize("value", ["null", "5", "[]", "{}", "[[1], {a: 1}]", "'x'", "true", "1.5"])
@pytest.mark.parametrize(
    ("operator", "params"),
    [
        (
            "specified_field_filter",
            ("field_key", "target_value", "reversed_range", "stats_export_path"),
        ),
        ("specified_numeric_field_filter", ("field_key", "min_value", "max_value")),
        ("tags_specified_field_selector", ("field_key", "target_tags")),
        ("general_field_filter", ("filter_condition",)),
        ("general_fused_op", ("fused_op_list",)),
        ("suffix_filter", ("suffixes",)),
        (
            "pii_redaction_mapper",
            ("redact_keys", "mask_phones", "extra_patterns", "messages_key", "text_key"),
        ),
        ("clean_email_mapper", ("pattern", "repl", "text_key", "skip_op_error")),
        (
            "image_face_blur_mapper",
            ("radius", "image_key", "blur_type", "cv_classifier", "save_dir"),
        ),
        ("llm_quality_score_filter", ("input_keys", "is_hf_model")),
    ],
)
def test_any_parameter_is_read(operator: str, params: tuple[str, ...], value: str) -> None:
    for param in params:
        assert read(
            f"process: [{{{operator}: {{field_key: a, {param}: {value}}}}}]".replace(
                "field_key: a, field_key", "field_key"
            )
        ).steps

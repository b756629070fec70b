"""How receivers, pipelines, connectors and exporters hang together, and files that are merged."""

from __future__ import annotations

import pytest
from tests.pipeline.collectors import DROPPED, KEPT, chosen, passes, read, told

from aboveboard.pipeline.graph import UNKNOWN, Pipeline, Step
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Part

HEAD = """
receivers: {otlp: {}}
exporters: {otlphttp: {endpoint: "https://in.example:4318"}}
"""


def steps(part: Part) -> dict[str, Step]:
    return {step.id.removeprefix("collector/"): step for step in part.steps}


def roles(part: Part) -> dict[str, str]:
    return {d.id.removeprefix("collector/"): d.role for d in part.datasets}


def ways(part: Part) -> set[tuple[str, str]]:
    """Every source with every end that it reaches."""
    pipeline = Pipeline()
    join(pipeline, [part])
    assert not pipeline.findings
    reach = {d: {d} for d in pipeline.datasets}
    for step in pipeline.steps.values():
        found = {s for i in step.inputs for s in reach.get(i, ())}
        for name in (step.id, *step.outputs):
            reach[name] = reach.get(name, set()) | found
    cut = len("collector/")
    ends = {o for step in pipeline.steps.values() for o in step.outputs}
    return {(s[cut:], e[cut:]) for e in ends for s in reach[e] if s != e}


def test_each_signal_of_a_receiver_is_a_source_of_its_own() -> None:
    part = read(HEAD + """
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [otlphttp]}
    logs: {receivers: [otlp], exporters: [otlphttp]}
    logs/2: {receivers: [otlp], exporters: [otlphttp]}
""")  # fmt: skip

    assert roles(part) == {
        "receivers/otlp/traces": "source",
        "receivers/otlp/logs": "source",
        "exporters/otlphttp": "external",
    }
    assert ways(part) == {
        ("receivers/otlp/traces", "exporters/otlphttp"),
        ("receivers/otlp/logs", "exporters/otlphttp"),
    }
    assert part.paths["collector/exporters/otlphttp"] == "https://in.example:4318"


def test_connectors_join_pipelines_whatever_their_order() -> None:
    part = read(HEAD + """
connectors: {forward: {}, span_metrics: {dimensions: [{name: user.id}]}}
service:
  pipelines:
    metrics: {receivers: [span_metrics], exporters: [otlphttp]}
    traces/out: {receivers: [forward], exporters: [otlphttp]}
    traces: {receivers: [otlp], exporters: [forward, span_metrics]}
""")  # fmt: skip

    assert ways(part) == {("receivers/otlp/traces", "exporters/otlphttp")}
    made = steps(part)["metrics/from/span_metrics/traces"]
    kept = steps(part)["metrics/from/span_metrics/traces-2"]
    assert made.writes is not None
    assert made.writes["attributes.user.id"] == ("attributes.user.id", "resource.user.id")
    assert {"attributes.user.id", "attributes.span.name"} < set(kept.fields)
    assert chosen(kept, "resource.host.name", "attributes.user.email") == [True, False]


def test_a_forward_of_logs_never_leads_to_traces() -> None:
    part = read(HEAD + """
connectors: {forward: {}}
service:
  pipelines:
    logs: {receivers: [otlp], exporters: [forward]}
    logs/out: {receivers: [forward], exporters: [otlphttp]}
    traces/out: {receivers: [forward, otlp], exporters: [otlphttp]}
""")  # fmt: skip

    assert not any("traces/out/from" in step.id for step in part.steps)


def test_routes_hand_on_what_their_conditions_match() -> None:
    part = read(HEAD + """
connectors:
  routing:
    default_pipelines: [logs/others]
    table:
      - {context: log, condition: 'attributes["plan"] == "team"', pipelines: [logs/team]}
      - {statement: 'route() where attributes["plan"] == "pro"', pipelines: [logs/team, logs/pro]}
service:
  pipelines:
    logs: {receivers: [otlp], exporters: [routing]}
    logs/team: {receivers: [routing], exporters: [otlphttp]}
    logs/pro: {receivers: [routing], exporters: [otlphttp]}
    logs/others: {receivers: [routing], exporters: [otlphttp]}
    logs/unlisted: {receivers: [routing], exporters: [otlphttp]}
""")  # fmt: skip
    team, pro, others, unlisted = (
        steps(part)[f"logs/{name}/from/routing"] for name in ("team", "pro", "others", "unlisted")
    )

    assert passes(team, attributes__plan="free", resource__plan="free") == DROPPED
    assert passes(team, attributes__plan="team") == KEPT
    assert passes(pro, resource__plan="team") == DROPPED
    assert passes(others, attributes__plan="team") == DROPPED
    assert passes(others, attributes__plan="free", resource__plan="free") == KEPT
    assert passes(unlisted, attributes__plan="free") == DROPPED


def test_what_a_route_fails_on_goes_to_the_default() -> None:
    part = read(HEAD + """
connectors:
  routing:
    default_pipelines: [logs/others]
    table: [{context: log, condition: 'Int(attributes["plan"]) == 1', pipelines: [logs/team]}]
service:
  pipelines:
    logs: {receivers: [otlp], exporters: [routing]}
    logs/team: {receivers: [routing], exporters: [otlphttp]}
    logs/others: {receivers: [routing], exporters: [otlphttp]}
""")  # fmt: skip

    assert passes(steps(part)["logs/others/from/routing"], attributes__plan=1) == KEPT


def test_counts_have_the_attributes_that_are_asked_for() -> None:
    part = read(HEAD + """
connectors: {count: {logs: {my.count: {attributes: [{key: env}]}}}}
service:
  pipelines:
    logs: {receivers: [otlp], exporters: [count]}
    metrics: {receivers: [count], exporters: [otlphttp]}
""")  # fmt: skip

    assert steps(part)["metrics/from/count/logs"].writes == {
        "attributes.env": ("attributes.env", "scope.env", "resource.env")
    }


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("service: {pipelines: {logs: {receivers: [otpl], exporters: [otlphttp]}}}", "'otpl' is not among the receivers"),
        ("service: {pipelines: {logs: {receivers: [otlp], processors: [batch], exporters: [otlphttp]}}}", "'batch' is not among the processors"),
        ("service: {pipelines: {log: {receivers: [otlp], exporters: [otlphttp]}}}", "'log' is no signal"),
        ("service: {pipelines: {logs: {receivers: [otlp, otlp], exporters: [otlphttp]}}}", "'otlp' stands twice"),
        ("service: {pipelines: {logs: {exporters: [otlphttp]}}}", "has no receivers"),
        ("service: {pipelines: {logs: {receivers: [otlp], procesors: [], exporters: [otlphttp]}}}", "pipeline 'logs' has no key 'procesors'"),
        ("procesors: {}", "a configuration has no key 'procesors'"),
        ("connectors: {forward: {}}\nservice: {pipelines: {logs: {receivers: [otlp, forward], exporters: [forward]}}}", "back to themselves"),
        ("connectors: {forward: {}}\nservice: {pipelines: {logs: {receivers: [forward], exporters: [otlphttp]}}}", "no pipeline that fits ends in 'forward'"),
        ("service: {pipelines: 3}", "'pipelines' must be a mapping"),
    ],
)  # fmt: skip
def test_what_the_collector_refuses_is_told(more: str, message: str) -> None:
    assert any(message in said for _, _, said in told(read(HEAD + more)))


def test_what_no_pipeline_names_does_nothing() -> None:
    part = read(HEAD + """
processors: {redaction: {}}
service: {pipelines: {logs: {receivers: [otlp], exporters: [otlphttp]}}}
""")  # fmt: skip

    (finding,) = part.findings
    assert (finding.severity, finding.location and finding.location.line) == ("warning", 5)
    assert finding.message == "no pipeline names the processor 'redaction': it does nothing"


def test_what_is_filled_in_later_is_an_opaque_step() -> None:
    part = read(HEAD + """
processors: {redaction: "${file:redaction.yml}"}
service: {pipelines: {logs: {receivers: [otlp], processors: [redaction], exporters: "${env:OUT}"}}}
""")  # fmt: skip

    assert steps(part)["logs/redaction"].opaque
    assert "exporters/unknown/logs" in roles(part)


# -- ends ------------------------------------------------------------------------------------------


def ends(exporters: str, more: str = "", telemetry: str = "") -> Part:
    names = [line.strip().partition(":")[0] for line in exporters.strip("\n").split("\n")]
    return read(f"""
receivers: {{otlp: {{}}}}
exporters:
{exporters}
{more}
service:
  pipelines: {{logs: {{receivers: [otlp], exporters: [{", ".join(names)}]}}}}
  telemetry: {{{telemetry}}}
""")


def test_debug_writes_only_counts_unless_it_is_told_to_write_more() -> None:
    quiet, loud = ends("  debug:"), ends("  debug: {verbosity: detailed}")
    open_ = ends('  debug: {verbosity: "${env:V}"}')

    assert roles(quiet)["exporters/debug"] == "log"
    assert (steps(quiet)["logs/to/debug"].op, steps(quiet)["logs/to/debug"].fields) == (
        "allow-fields",
        (),
    )
    assert steps(loud)["logs/to/debug"].op == "copy"
    runs = steps(open_)["logs/to/debug"].runs
    assert runs is not None
    assert runs.value is UNKNOWN


def test_the_log_of_the_collector_may_be_sent_away() -> None:
    telemetry = "logs: {processors: [{batch: {exporter: {otlp: {endpoint: x}}}}]}"
    part = ends("  debug: {verbosity: normal}", telemetry=telemetry)

    assert ("receivers/otlp/logs", "telemetry/logs/1") in ways(part)


def test_at_level_debug_the_log_holds_whole_records() -> None:
    part = read(HEAD + """
processors: {transform: {log_statements: ['delete_key(log.attributes, "a")']}}
service:
  pipelines: {logs: {receivers: [otlp], processors: [transform], exporters: [otlphttp]}}
  telemetry: {logs: {level: DEBUG}}
""")  # fmt: skip

    assert roles(part)["log"] == "log"
    assert ("receivers/otlp/logs", "log") in ways(part)


def test_a_queue_with_a_storage_is_on_disk() -> None:
    queue = "{endpoint: h, sending_queue: {storage: file_storage/q%s}}"
    on = ends(f"  otlphttp: {queue % ''}", "extensions: {file_storage/q: {directory: /var/q}}")
    off = ends("  otlphttp: {endpoint: h, sending_queue: {enabled: false, storage: s}}")

    assert roles(on)["queues/otlphttp"] == "store"
    assert on.paths["collector/queues/otlphttp"] == "/var/q"
    assert "queues/otlphttp" not in roles(off)


def test_files_and_topics_are_known_by_their_paths() -> None:
    part = ends("  file: {path: data/logs.jsonl}\n  kafka: {brokers: [b:9092], logs: {topic: l}}")

    assert roles(part)["exporters/file"] == "store"
    assert part.paths["collector/exporters/file"] == "data/logs.jsonl"
    assert part.paths["collector/exporters/kafka/logs"] == "kafka://b:9092/l"
    assert part.names["collector/exporters/kafka/logs"] == ("kafka://l",)


def test_a_recipient_is_known_by_its_host() -> None:
    pipeline = Pipeline()
    join(pipeline, [ends("  otlphttp: {endpoint: 'https://user:pw@in.example:4318/v1'}")])

    assert pipeline.resolve("in.example") == "collector/exporters/otlphttp"


@pytest.mark.parametrize(
    ("exporter", "role", "path", "regions"),
    [
        ("awss3: {s3uploader: {s3_bucket: b, s3_base_prefix: x/, s3_prefix: y, region: eu-west-1}}",
         "store", "s3://b/x/y", ("IE",)),
        ("awss3: {s3uploader: {s3_bucket: b}}", "store", "s3://b", ("US",)),
        ("awss3: {s3uploader: {s3_bucket: b}, resource_attrs_to_s3: {s3_bucket: x}}", "store", None, ("US",)),
        ("awss3: {s3uploader: {s3_bucket: '${env:B}'}}", "store", None, ("US",)),
        ("awscloudwatchlogs: {log_group_name: g, region: eu-central-1}", "store", "cloudwatch-logs://g", ("DE",)),
        ("awskinesis: {aws: {stream_name: s}}", "store", "kinesis://s", None),
        ("googlecloudpubsub: {topic: projects/p/topics/t}", "store", "projects/p/topics/t", None),
        ("otlp_http: {logs_endpoint: 'https://l.example/v1', traces_endpoint: t}", "external",
         "https://l.example/v1", None),
        ("signalfx: {realm: us0}", "external", None, None),
    ],
)  # fmt: skip
def test_destinations(
    exporter: str, role: str, path: str | None, regions: tuple[str, ...] | None
) -> None:
    part = ends(f"  {exporter}")
    (goal,) = [d for d in part.datasets if "/exporters/" in d.id]

    assert (goal.role, part.paths.get(goal.id), goal.regions) == (role, path, regions)


def test_a_file_that_is_read_is_known_by_its_path() -> None:
    part = read("""
receivers: {filelog: {include: [/var/log/app.log], storage: file_storage}}
exporters: {nop: {}}
service: {pipelines: {logs: {receivers: [filelog], exporters: [nop]}}}
""")

    assert part.paths["collector/receivers/filelog/logs"] == "/var/log/app.log"
    assert roles(part)["offsets/filelog"] == "store"


def test_no_secret_of_an_address_is_repeated() -> None:
    part = ends("  otlphttp: {endpoint: 'https://user:hunter2@in.example/x?key=hunter3'}")

    said = " ".join(
        [
            *(d.fact.text for d in part.datasets),
            *(s.fact.text for s in part.steps),
            *part.paths.values(),
        ]
    )
    assert "in.example" in said
    assert "hunter" not in said


# -- merging ---------------------------------------------------------------------------------------

BASE = (
    HEAD
    + """
processors:
  redaction: {allow_all_keys: true, blocked_key_patterns: [token, secret]}
  batch: {timeout: 5s}
service:
  pipelines:
    logs: {receivers: [otlp], processors: [redaction, batch], exporters: [otlphttp]}
"""
)


def test_lists_are_replaced_and_what_they_leave_out_is_told() -> None:
    part = read(BASE, "service: {pipelines: {logs: {processors: [batch]}}}", merged=True)

    assert "logs/redaction" not in steps(part)
    found = {f.rule: f for f in part.findings}
    told_of = found["given-twice"]
    assert told_of.location is not None
    assert (told_of.location.path, told_of.location.line) == ("pipeline/more-1.yml", 1)
    assert [(p.path, p.line) for p in told_of.related] == [("pipeline/collector.yml", 10)]
    assert steps(part)["logs/to/otlphttp"].fact.location.path == "pipeline/more-1.yml"


def test_maps_are_joined_and_facts_stand_where_they_are_decided() -> None:
    part = read(
        BASE,
        "processors: {redaction: {blocked_key_patterns: ['^x$']}}",
        merged=True,
        version="0.149.0",
    )
    step = steps(part)["logs/redaction"]

    assert chosen(step, "attributes.x", "attributes.token") == [True, False]
    assert step.fact.location.path == "pipeline/more-1.yml"
    assert steps(part)["logs/batch"].fact.location.path == "pipeline/collector.yml"


def test_null_takes_the_place_of_what_stood_there() -> None:
    part = read(BASE, "processors: {redaction: null}", merged=True, version="0.149.0")

    assert steps(part)["logs/redaction"].op == "drop-field"  # no keys are allowed by default
    gone = read(BASE, "processors: null", merged=True)
    assert "'redaction' is not among the processors" in told(gone)[0][2]


def test_an_empty_file_or_map_changes_nothing() -> None:
    assert (
        steps(read(BASE, "processors: {redaction: {}}", merged=True, version="0.149.0")).keys()
        == steps(read(BASE, version="0.149.0")).keys()
    )


def test_the_same_file_under_two_others_has_names_of_its_own() -> None:
    from datetime import date

    from tests.pipeline.collectors import PLACE

    from aboveboard.pipeline.part import Context, Entry, File, Said
    from aboveboard.pipeline.readers.otel_collector.collector import read_collectors
    from aboveboard.source import parse_yaml

    files = []
    for other in ("east", "west"):
        entry = Entry((Said("x", PLACE),), merged=Said("true", PLACE))
        files += [File(parse_yaml(text.encode(), name), entry) for name, text in
                  (("base.yml", BASE), (f"{other}.yml", "processors: {batch: {timeout: 1s}}"))]  # fmt: skip

    parts = list(read_collectors(files, Context(date(2026, 12, 1))))

    assert [part.steps[0].id.partition("/")[0] for part in parts] == ["base+east", "base+west"]


def test_a_resource_of_kubernetes_holds_a_configuration_and_names_its_version() -> None:
    part = read("""
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
spec:
  image: otel/opentelemetry-collector-contrib:0.149.0
  config:
    receivers: {otlp: {}}
    processors: {attributes: {actions: [{key: a, action: hash}]}}
    exporters: {otlphttp: {endpoint: h}}
    service: {pipelines: {logs: {receivers: [otlp], processors: [attributes], exporters: [otlphttp]}}}
""")  # fmt: skip

    step = steps(part)["logs/attributes/1"]
    assert "SHA-256" in step.fact.text
    assert step.fact.location.line == 8


def test_rules_over_too_many_fields_are_opaque(monkeypatch: pytest.MonkeyPatch) -> None:
    from aboveboard.proof import settle
    from aboveboard.proof.flow import settled

    part = read(HEAD + """
processors:
  transform:
    log_statements:
      - 'delete_matching_keys(log.attributes, "^a")'
      - 'delete_matching_keys(log.attributes, "^b")'
service: {pipelines: {logs: {receivers: [otlp], processors: [transform], exporters: [otlphttp]}}}
""")  # fmt: skip
    pipeline = Pipeline()
    join(pipeline, [part])
    monkeypatch.setattr(settle, "MOST_CHOICES", 1)

    settled(pipeline, {"collector/receivers/otlp/logs": {"attributes.ab", "attributes.b"}}, {})

    first, second = (pipeline.steps[f"collector/logs/transform/{n}"] for n in (1, 2))
    assert first.fields == ("attributes.ab",)
    assert (second.opaque, second.grade) == (True, "unknown")

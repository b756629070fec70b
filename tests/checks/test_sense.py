"""Rules about a policy's own sense: what each finds beyond its example, and what it lets pass."""

from datetime import date
from pathlib import Path

import pytest
from tests.examples import OPEN, PROJECTS

from aboveboard.checks import ALL, CHECKS, OF_CLAIMS, run
from aboveboard.load import load_project

HEADER = """
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
  axes:
    plan: {free: Free, pro: Pro, team: Team}
    age: {adult: 18 or over, teen: Under 18}
    region: {eea: Europe, elsewhere: Elsewhere}
  impossible: [{plan: team, age: teen}]
"""
EFFECT = "effect: {refusing: {future: stops, stored: stops, running: stops, trained: removed}}"
SWITCH = f"kind: switch, how: {{do: [Open Settings]}}, spreads-to: account, {EFFECT}"


def told(tmp_path: Path, text: str) -> list[str]:
    """`rule line: message` of each finding that is not about a claim."""
    folder = tmp_path / "policy_data"
    folder.mkdir()
    (folder / "policy.yml").write_text(HEADER + text, "utf-8")
    findings = run(load_project(tmp_path, date(2026, 12, 1)))
    return [f"{f.rule}: {f.message}" for f in findings if f.rule not in (*OF_CLAIMS, OPEN)]


def rules(tmp_path: Path, text: str) -> list[str]:
    return [line.partition(":")[0] for line in told(tmp_path, text)]


def use(*lines: str, purpose: str = "train-model", name: str = "train", more: str = "") -> str:
    rows = "".join(f"      - {{{line}}}\n" for line in lines)
    return (
        f"  {name}:\n    name: {name}ing\n    purpose: {purpose}\n    data: notes\n"
        f"    applies:\n{rows}{more}"
    )


NOTES = "data: {notes: {name: your notes, origin: provided}}\n"
USES = NOTES + "uses:\n"


# -- readers are told apart -------------------------------------------------------------------


def test_readers_are_named_in_few_words(tmp_path: Path) -> None:
    text = (
        USES
        + use(
            "scope: {region: eea}, state: opt-out, control: off",
            "scope: otherwise, state: never",
        )
        + f"controls: {{off: {{name: use of notes, scope: {{age: adult}}, {SWITCH}}}}}"
    )
    assert told(tmp_path, text) == [
        "choice-without-how: training is 'opt-out', and no control says how for Under 18, Europe"
    ]


def test_two_controls_may_cover_the_readers_together(tmp_path: Path) -> None:
    text = (
        USES
        + use("state: opt-out, control: [off, parent]")
        + f"controls:\n  off: {{name: use of notes, scope: {{age: adult}}, {SWITCH}}}\n"
        + f"  parent: {{name: use of a child's notes, by: parent, scope: {{age: teen}}, {SWITCH}}}\n"
    )
    assert told(tmp_path, text) == []


def test_impossible_readers_need_nothing(tmp_path: Path) -> None:
    text = (
        USES
        + use("scope: {plan: team}, state: opt-in, control: on", "scope: otherwise, state: never")
        + f"controls: {{on: {{name: use of notes, scope: {{age: adult}}, {SWITCH}}}}}"
    )
    assert told(tmp_path, text) == []


def test_ways_to_one_position_are_no_ways_to_the_other(tmp_path: Path) -> None:
    switch = SWITCH.replace("{do:", "{to: allowed, do:")
    controls = f"controls: {{off: {{name: use of notes, {switch}}}}}"
    text = USES + use("state: opt-out, control: off") + controls
    assert rules(tmp_path, text) == ["choice-without-how"]


def test_readers_that_cannot_be_compared_are_said_to_be(tmp_path: Path) -> None:
    names = [f"a{n}" for n in range(14)]
    axes = "".join(
        f"    {name}: {{{', '.join(f'v{m}: V{m}' for m in range(3))}}}\n" for name in names
    )
    scope = ", ".join(f"{name}: v1" for name in names)
    folder = tmp_path / "policy_data"
    folder.mkdir()
    (folder / "axes.yml").write_text(
        HEADER.replace("  impossible: [{plan: team, age: teen}]\n", axes) + USES
        + use("state: opt-out, control: off")
        + f"controls: {{off: {{name: use of notes, scope: {{{scope}}}, {SWITCH}}}}}"
    )  # fmt: skip
    found = [
        f
        for f in run(load_project(tmp_path, date(2026, 12, 1)))
        if f.rule not in (*OF_CLAIMS, OPEN)
    ]
    assert [f.rule for f in found] == ["choice-without-how"]
    assert "readers that cannot be compared" in found[0].message


# -- when rules are silent ----------------------------------------------------------------------


def test_advice_waits_until_all_is_loaded(tmp_path: Path) -> None:
    text = USES + use("state: always, contrl: off")
    assert rules(tmp_path, text) == ["unknown-key"]


def test_contradictions_are_told_beside_other_errors(tmp_path: Path) -> None:
    text = (
        USES
        + use("state: always, why: It is so.", more="    never: notes\n")
        + "copies: {x: {nme: y}}"
    )
    assert sorted(rules(tmp_path, text)) == ["unknown-key", "used-and-never"]


def test_what_is_missing_may_stand_in_what_could_not_be_read(tmp_path: Path) -> None:
    prompt = "{name: sharing, kind: prompt, how: {do: [Press Yes]}, spreads-to: item}"
    text = (
        USES
        + use("state: ask, control: share", more="    basis: {basis: consent}\n")
        + f"controls: {{share: {prompt}}}\nrights: {{w: {{right: withdraw, hwo: x}}}}"
    )
    assert "consent-without-withdrawal" not in rules(tmp_path, text)


# -- single rules -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "found"),
    [
        ("{basis: consent}", ["consent-by-default"]),
        ("[{basis: consent}, {basis: contract}]", []),
        ("[{basis: consent}, {basis: contract, scope: {region: eea}}]", ["consent-by-default"]),
        ("{basis: contract}", []),
    ],
)
def test_consent_is_judged_where_it_is_the_only_basis(
    basis: str, found: list[str], tmp_path: Path
) -> None:
    text = (
        USES
        + use("state: opt-out, control: off", more=f"    basis: {basis}\n")
        + f"controls: {{off: {{name: use of notes, {SWITCH}}}}}"
    )
    assert rules(tmp_path, text) == found


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ("by: you, takes: {data: notes}", []),
        ("by: you, takes: {data: notes, reach: conversation}", ["missing-choice"]),
        ("by: us, takes: {data: notes}", ["missing-choice"]),
    ],
)
def test_not_to_do_it_is_a_choice_if_it_takes_just_that(
    event: str, found: list[str], tmp_path: Path
) -> None:
    text = (
        f"events: {{sent: {{name: you send a note, {event}}}}}\n" + USES
        + use("state: never", more="    also: {sent: {when: sent, applies: {state: always}}}\n")
    )  # fmt: skip
    assert rules(tmp_path, text) == found


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("technique: k-anonymity, parameters: {k: 50}", []),
        ("technique: k-anonymity, parameters: {k: 50}, data: notes", ["missing-choice"]),
        ("technique: redaction", ["missing-choice"]),
    ],
)
def test_counts_of_groups_need_no_choice(step: str, found: list[str], tmp_path: Path) -> None:
    text = (
        USES
        + use("state: always", more="    steps: count\n")
        + f"steps: {{count: {{name: count, {step}, stage: before-training, relink: nobody, limits: None.}}}}"
    )
    assert rules(tmp_path, text) == found


def test_an_exclusion_may_be_lifted_by_its_event(tmp_path: Path) -> None:
    text = (
        "events: {pasted: {name: you paste it, by: you, takes: {data: notes}}}\n" + USES
        + use("state: never", more=(
            "    also: {pasted: {when: pasted, data: notes, applies: {state: always}}}\n"
            "    never: [{data: notes, unless: pasted}]\n"
        ))
    )  # fmt: skip
    assert rules(tmp_path, text) == []


def test_retention_after_a_refusal_can_be_shorter_than_the_reach(tmp_path: Path) -> None:
    text = (
        USES
        + use("state: opt-out, control: off", more="    reach: P1Y\n")
        + f"controls: {{off: {{name: use of notes, {SWITCH}}}}}\ncopies: {{servers: {{name: our servers}}}}\n"
        "retention:\n"
        "  off: {data: notes, copy: servers, scope: {choice: {off: refused}}, keep: P30D}\n"
        "  on: {data: notes, copy: servers, scope: otherwise, keep: %s}\n"
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert told(tmp_path / "a", text % "P1Y") == []
    assert told(tmp_path / "b", text % "P6M") == [
        "kept-too-briefly: training reaches 1 year back, yet 'notes' is kept for less, for "
        "with use of notes allowed"
    ]


def test_data_of_long_ago_is_gone(tmp_path: Path) -> None:
    text = (
        USES
        + use(
            "scope: {collected: {before: 2023-03-01}}, state: opt-out, control: off",
            "scope: otherwise, state: never",
        )
        + f"controls: {{off: {{name: use of notes, {SWITCH}}}}}\ncopies: {{servers: {{name: our servers}}}}\n"
        "retention: {rows: {data: notes, copy: servers, keep: P30D}}\n"
    )
    assert told(tmp_path, text) == [
        "kept-too-briefly: training takes 'notes' from before 2023-03-01, which is gone by 2026-12-01"
    ]


@pytest.mark.parametrize(
    ("label", "says", "kind", "found"),
    [
        ("Train on my notes", "the-permission", "switch", ""),
        ("Notes", "the-permission", "switch", ""),  # not every word that starts so says no
        ("Disable training", "the-permission", "switch", "to switch “Disable training” off"),
        ("Opt out of training", "the-permission", "switch", "to switch “Opt out of training” off"),
        ("Do not sell my data", "the-refusal", "form", ""),
        ("Keep them private", "the-refusal", "switch", "is on when people refuse"),
        ("Do not stop training", "the-permission", "form", "says no 2 times (not, stop)"),
    ],
)
def test_labels_say_yes(label: str, says: str, kind: str, found: str, tmp_path: Path) -> None:
    control = SWITCH.replace("kind: switch", f"kind: {kind}, label: {label}, label-says: {says}")
    text = (
        USES + use("state: opt-in, control: on")
        + f"controls: {{on: {{name: use of notes, {control}}}}}"
    )  # fmt: skip
    said = [line for line in told(tmp_path, text) if line.startswith("double-negative")]
    assert bool(said) == bool(found)
    assert all(found in line for line in said)


def test_to_opt_out_is_harder_than_to_opt_in(tmp_path: Path) -> None:
    text = (
        USES
        + use(
            "scope: {plan: team}, state: opt-in, control: on",
            "scope: otherwise, state: opt-out, control: off",
        )
        + f"controls:\n  on: {{name: use of a team's notes, {SWITCH}}}\n"
        + f"  off: {{name: use of notes, {SWITCH.replace('kind: switch', 'kind: form')}}}\n"
    )
    assert told(tmp_path, text) == [
        "harder-to-refuse: training: to opt out takes a form, to opt in a switch"
    ]


def test_asked_for_in_the_product_and_refused_by_form(tmp_path: Path) -> None:
    form = SWITCH.replace("kind: switch", "kind: form, asked: {where: pop-up, preset: none}")
    text = (
        USES
        + use("state: opt-out, control: off")
        + f"controls: {{off: {{name: use of notes, {form}}}}}"
    )
    assert rules(tmp_path, text) == ["harder-to-refuse"]


def test_every_obstacle_is_named(tmp_path: Path) -> None:
    """Opting out means writing to the vendor or upgrading to a paid plan."""
    text = USES + use("state: opt-out, control: [letter, buy]") + "controls:\n" + "".join(
        f"  {id_}: {{name: use of notes, {SWITCH.replace('kind: switch', f'kind: {kind}')}}}\n"
        for id_, kind in (("letter", "e-mail"), ("buy", "upgrade"))
    )  # fmt: skip
    assert told(tmp_path, text) == [
        "obstructed-refusal: training: everyone can refuse only by e-mail or by paying"
    ]


@pytest.mark.parametrize(
    ("costs", "found"),
    [("You pay 5 a month.", True), ("It takes €5.", True), ("Answers get worse.", False)],
)
def test_a_price_is_an_obstacle(costs: str, found: bool, tmp_path: Path) -> None:
    control = f"{{name: use of notes, costs: {costs}, {SWITCH}}}"
    text = USES + use("state: opt-out, control: off") + f"controls: {{off: {control}}}"
    assert rules(tmp_path, text) == ["obstructed-refusal"] * found


def test_a_control_may_decide_by_a_scope_alone(tmp_path: Path) -> None:
    text = NOTES + (
        f"controls: {{none: {{name: keeping of your notes, {SWITCH}}}}}\n"
        "copies: {servers: {name: our servers}}\nretention:\n"
        "  off: {data: notes, copy: servers, scope: {choice: {none: refused}}, keep: not-kept}\n"
        "  on: {data: notes, copy: servers, scope: otherwise, keep: P30D}\n"
    )
    assert rules(tmp_path, text) == []


def test_sources_of_a_model_by_event(tmp_path: Path) -> None:
    text = (
        "events: {flagged: {name: our checks flag it, by: us, takes: {data: notes}}}\n" + USES
        + use("state: never", more=(
            "    models: filter\n"
            "    also: {flagged: {when: flagged, applies: {state: always, why: Harm is shown by harm.}}}\n"
        ))
        + "models: {filter: {name: the filter, family: safety, sources: %s}}\n"
    )  # fmt: skip
    for name, sources, found in (
        ("a", "flagged", []),
        ("b", "public-web", ["disagreeing-sources"]),
    ):
        (tmp_path / name).mkdir()
        assert rules(tmp_path / name, text % sources) == found


@pytest.mark.parametrize(
    ("first", "model", "purpose", "found"),
    [
        ("state: never", "helper", "train-model", ["never-yet-used"]),
        ("state: never", "filter", "train-model", []),
        ("state: never", "helper", "evaluate-model", []),
        ("state: opt-in, control: on", "helper", "train-model", []),
    ],
)
def test_an_exception_in_a_use_of_its_own(
    first: str, model: str, purpose: str, found: list[str], tmp_path: Path
) -> None:
    """A policy that says never, and terms that add flagged content."""
    models = (
        "helper: {name: the helper, family: generative}, filter: {name: the filter, family: safety}"
    )
    text = (
        f"models: {{{models}}}\n" + USES
        + use(first, more="    models: helper\n")
        + use("state: opt-in, control: on", name="learn", purpose=purpose, more=f"    models: {model}\n")
        + f"controls: {{on: {{name: use of notes, {SWITCH}}}}}\n"
    )  # fmt: skip
    assert rules(tmp_path, text) == found


def test_every_rule_is_a_module_of_its_name() -> None:
    folder = PROJECTS.parent.parent / "generator/aboveboard/checks"
    modules = {
        file.stem.replace("_", "-") for file in folder.glob("*.py") if "SLUG = " in file.read_text()
    }
    assert modules == set(ALL)
    with pytest.raises(KeyError):
        CHECKS["sense"]

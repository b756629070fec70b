"""A service of any size: a policy of so many uses, the pipeline that keeps it, and the same uses as
systems of a fides manifest.

    python benchmarks/policies.py 500 FOLDER

To 500 uses there are 2,000 entities. Three uses in five have a pipeline, joined to those of
their team by what they read in common, so that claims follow from them; the others are what the
service never does. All claims hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

TEAM = 25  # uses that share a copy, a recipient and a file
PURPOSES = ("train-model", "analytics", "human-review", "provide-service", "evaluate-model")

HEADER = """\
policy:
  service: Example Suite
  version: 1.0.0
  effective: 2026-12-01
  controllers:
    - {name: Example AI Ireland Ltd, contact: privacy@example.org, scope: {region: eea}}
    - {name: Example AI Inc., contact: privacy@example.org, scope: otherwise}
  axes:
    plan: {free: Free, pro: Pro, team: Team, enterprise: Enterprise}
    age: {adult: 18 or over, teen: Under 18}
    region: {eea: Europe (EEA), uk: United Kingdom, elsewhere: Elsewhere}
    channel: {app: The app, web: The website, api: The API}
  impossible:
    - {plan: [team, enterprise], age: teen}
  wrong: privacy@example.org
"""


def write(uses: int, folder: Path) -> None:
    """Writes the project, a file for each team and kind, as services of this size have it."""
    teams = [range(first, min(first + TEAM, uses)) for first in range(0, uses, TEAM)]
    files = {"policy_data/policy.yml": HEADER}
    for number, team in enumerate(teams):
        files[f"policy_data/team-{number}.yml"] = _policy(number, team)
        files[f"pipeline/team-{number}.yml"] = _pipeline(number, team)
    files["policy_data/bindings.yml"] = _bindings(uses)
    files["fides.yml"] = "system:\n" + "".join(_system(n) for n in range(uses))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _policy(number: int, team: range) -> str:
    kinds = {
        "uses": (_use(n) for n in team),
        "data": (_data(n) for n in team),
        "retention": (_retention(n) for n in team),
        "controls": (_control(n) for n in team[::2]),
        "steps": (_step(n) for n in team[::4]),
        "events": (_event(n) for n in team[::8]),
        "copies": [_copy(number)],
        "recipients": [_recipient(number)],
        "models": [_model(number)],
        "rights": [_right(number)],
        "safeguards": [_safeguard(number)],
    }
    return "".join(f"{kind}:\n{''.join(found)}\n" for kind, found in kinds.items())


def is_bound(number: int) -> bool:
    """Whether a use has a pipeline; the others never happen."""
    return number % 5 < 3


def _first(number: int) -> int:
    return number - number % TEAM


def _switch(number: int) -> int:
    return number - (number % TEAM) % 2


def _step_of(number: int) -> int:
    return number - (number % TEAM) % 4


def _event_of(number: int) -> int:
    return number - (number % TEAM) % 8


def _use(number: int) -> str:
    team = number // TEAM
    text = f"""\
  use-{number}:
    name: feature {number} of the suite
    purpose: {PURPOSES[number % 5]}
    models: model-{team}
    data: [data-{number}, data-{_first(number)}]
    never: [{_unwanted(number)}]
    applies:
{_lines(number)}    steps: [step-{_step_of(number)}]
    recipients: recipient-{team}
    basis:
      - {{basis: legitimate-interests, interest: a suite that errs less, of: ours}}
    tell-before-change: P30D
"""
    if _has_route(number):
        text += f"""\
    also:
      rated:
        name: learning from ratings of feature {number}
        when: event-{_event_of(number)}
        data: data-{number}
        applies:
          - {{scope: {{plan: [free, pro], age: adult}}, state: always}}
          - {{scope: otherwise, state: never}}
        why: A rating says what was wrong with feature {number}.
"""
    return text


def _has_route(number: int) -> bool:
    return number % 4 == 3 and is_bound(number)


def _unwanted(number: int) -> str:
    """Data of the team that neither its first use nor this one takes."""
    first = _first(number)
    return f"data-{first + 1 + (number - first + 1) % (TEAM - 1)}"


def _lines(number: int) -> str:
    if not is_bound(number):
        return "      - {state: never}\n"
    switch = f"control: switch-{_switch(number)}"
    return (
        f"      - {{scope: {{plan: [free, pro], age: adult}}, state: opt-out, {switch}}}\n"
        "      - {scope: otherwise, state: never}\n",
        "      - {state: always}\n",
        f"      - {{scope: {{region: [eea, uk]}}, state: opt-out, {switch}}}\n"
        f"      - {{scope: otherwise, state: opt-out, {switch}}}\n",
        f"      - {{scope: {{plan: free}}, state: opt-out, {switch}}}\n"
        "      - {scope: {plan: [pro, team]}, state: always, why: A contract asks for it.}\n"
        "      - {scope: {plan: enterprise}, state: never}\n",
    )[number % 4]


def _data(number: int) -> str:
    return f"""\
  data-{number}:
    name: what you write in feature {number}
    origin: provided
    examples: [a note in feature {number}, a question about it]
    unlike: data-{_first(number)}
    dpv: pd:Communication
"""


def _retention(number: int) -> str:
    return f"""\
  kept-{number}:
    data: data-{number}
    copy: copy-{number // TEAM}
    keep: P18M
    until: [you-delete, account-closed]
    then: P30D
"""


def _control(number: int) -> str:
    return f"""\
  switch-{number}:
    name: use of feature {number} for training
    label: Feature {number}
    kind: switch
    how:
      - {{scope: {{channel: app}}, do: [Open Settings, Switch off "Feature {number}"]}}
      - {{scope: {{channel: [web, api]}}, do: Open your account, url: "https://example.org/{number}"}}
    effect:
      refusing: {{future: stops, stored: stops, running: continues, trained: continues}}
      allowing: {{stored: stays-out}}
    takes-effect: PT24H
    spreads-to: account
"""


def _step(number: int) -> str:
    return f"""\
  step-{number}:
    name: replace e-mail addresses and phone numbers in feature {number}
    technique: redaction
    entities: [email, phone]
    stage: before-training
    relink: nobody
    on-failure: drop
    limits: Names and places stay as you wrote them.
"""


def _event(number: int) -> str:
    return f"""\
  event-{number}:
    name: you rate feature {number}
    by: you
    takes: {{data: data-{number}, reach: item}}
"""


def _copy(team: int) -> str:
    return f"  copy-{team}: {{name: the store of team {team}, regions: [IE]}}\n"


def _recipient(team: int) -> str:
    return (
        f"  recipient-{team}: {{name: 'Example Cloud {team}, which runs the models for us',"
        " kind: processor, regions: [IE], must: [confidentiality]}\n"
    )


def _model(team: int) -> str:
    return (
        f"  model-{team}: {{name: the models of team {team}, family: generative,"
        " sources: [licensed, users], collected: {from: 2023-03-01}}\n"
    )


def _right(team: int) -> str:
    return (
        f"  access-{team}: {{right: access, how: {{do: [Open Settings, Choose Your data]}},"
        " answer-within: P1M}\n"
    )


def _safeguard(team: int) -> str:
    return (
        f"  tests-{team}: {{name: tests that swap names, against: bias, kind: evaluation,"
        f" uses: use-{team * TEAM}, does: [We ask each question twice.],"
        " cannot: [It cannot test a group that we have no questions for.]}\n"
    )


# -- the pipeline and its bindings -----------------------------------------------------------------


def _pipeline(number: int, team: range) -> str:
    bound = [n for n in team if is_bound(n)]
    datasets = NOTES.format(number, _settings(bound)) + "".join(map(_datasets, bound))
    return f"version: 1\ndatasets:\n{datasets}steps:\n{''.join(map(_steps, bound))}"


# What the uses of a team read in common: notes beside what people write in each feature.
NOTES = """\
  notes_{0}:
    role: source
    person: user_id
    regions: [IE]
    retention: P1Y
    fields:
      text: {{classification: personal}}
      user_id: {{classification: identifier}}
      plan: {{classification: setting}}
      age_group: {{classification: setting}}
{1}"""


def _datasets(number: int) -> str:
    mark = "      rated: {classification: setting}\n" if _has_route(number) else ""
    text = f"""\
  logs_{number}:
    role: source
    person: user_id
    regions: [IE]
    retention: P1Y
    fields:
      text: {{classification: personal}}
      draft: {{classification: personal}}
      user_id: {{classification: identifier}}
      plan: {{classification: setting}}
      age_group: {{classification: setting}}
{_settings([number])}{mark}  set_{number}: {{role: training-set, regions: [IE], retention: P6M}}
"""
    if _has_route(number):
        text += f"  rated_{number}: {{role: training-set, regions: [IE], retention: P6M}}\n"
    return text


def _settings(numbers: list[int]) -> str:
    switches = dict.fromkeys(map(_switch, numbers))
    return "".join(f"      opt_out_{n}: {{classification: setting}}\n" for n in switches)


def _steps(number: int) -> str:
    flag = f"opt_out_{_switch(number)}: false"
    where = (
        f"{{{flag}, plan: [free, pro], age_group: adult}}",
        "",
        f"{{{flag}}}",
        f"{{{flag}, plan: [free, pro, team]}}",
    )[number % 4]
    text = _chain(number, "set", f"logs_{number}, notes_{number // TEAM}", where)
    if _has_route(number):
        where = "{rated: true, plan: [free, pro], age_group: adult}"
        text += _chain(number, "rated", f"logs_{number}", where)
    return text


def _chain(number: int, end: str, inputs: str, where: str) -> str:
    """Steps from some datasets to an end: a filter, a redaction, a list of the fields that stay."""
    text = ""
    if where:
        text = (
            f"  - {{id: {end}-{number}-kept, in: [{inputs}], op: filter,"
            f" where: {where}, missing: drop}}\n"
        )
        inputs = f"{end}-{number}-kept"
    return f"""\
{text}  - {{id: {end}-{number}-redacted, in: [{inputs}], op: redact, fields: [text],
     entities: [email, phone], on_error: drop}}
  - {{id: {end}-{number}-cut, in: [{end}-{number}-redacted], op: allow-fields, fields: [text],
     out: [{end}_{number}]}}
"""


def _field_of(number: int) -> str:
    """Where data lies; that of a use that never happens lies beside another's."""
    if is_bound(number):
        return f"logs_{number}.text"
    return f"logs_{number - 1 if is_bound(number - 1) else number - 3}.draft"


def _bindings(uses: int) -> str:
    bound = [n for n in range(uses) if is_bound(n)]
    teams = range((uses + TEAM - 1) // TEAM)
    sources = {n: [_field_of(n)] for n in range(uses)}
    stores = {team: [f"notes_{team}"] for team in teams}
    for team in teams:
        sources[team * TEAM].append(f"notes_{team}.text")
    sinks = {}
    marks: dict[int, list[str]] = {}
    for n in bound:
        sinks[f"use-{n}"] = [f"set_{n}"]
        stores[n // TEAM] += [f"logs_{n}", f"set_{n}"]
        if _has_route(n):
            sinks[f"use-{n}/rated"] = [f"rated_{n}"]
            stores[n // TEAM].append(f"rated_{n}")
            marks.setdefault(_event_of(n), []).append(f"rated-{n}-kept")
    switches = sorted({_switch(n) for n in bound if n % 4 != 1})
    flags = (
        f"    switch-{n}: {{field: opt_out_{n}, refused: true, read: run-time}}\n" for n in switches
    )
    events = (f"    event-{n}: {{dataset: [{', '.join(of)}]}}\n" for n, of in marks.items())
    return f"""\
bindings:
  files: [pipeline/*.yml]
  sources:
{_rows({f"data-{n}": names for n, names in sources.items()})}\
  sinks:
{_rows(sinks)}\
  flags:
{"".join(flags)}\
  events:
{"".join(events)}\
  axes:
    plan: {{plan: {{free: free, pro: pro, team: team, enterprise: "*"}}}}
    age: {{age_group: {{adult: adult, teen: "*"}}}}
  copies:
{_rows({f"copy-{n}": names for n, names in stores.items()})}\
"""


def _rows(rows: dict[str, list[str]]) -> str:
    return "".join(f"    {key}: [{', '.join(names)}]\n" for key, names in rows.items())


# -- the same as systems of a fides manifest -------------------------------------------------------


def _system(number: int) -> str:
    """What the use, its data, retention, recipient and pipeline say, as far as fides can say it."""
    return f"""\
  - fides_key: feature_{number}
    name: Feature {number}
    description: Feature {number} of the suite, and what it does with what people write in it.
    system_type: Service
    administrating_department: Team {number // TEAM}
    ingress:
      - fides_key: feature_{_first(number)}
        type: system
        data_categories:
          - user.content
    egress:
      - fides_key: user
        type: user
        data_categories:
          - user.content
          - user.behavior
    privacy_declarations:
      - name: Feature {number} of the suite
        data_categories:
          - user.content
          - user.behavior
        data_use: improve.system
        data_subjects:
          - customer
        legal_basis_for_processing: Legitimate interests
        impact_assessment_location: https://example.org/assessments/{number}
        retention_period: 18 months
        features:
          - Ratings of feature {number}
        data_shared_with_third_parties: true
        third_parties: Example Cloud {number // TEAM}
        shared_categories:
          - user.content
        ingress:
          - feature_{_first(number)}
        egress:
          - user
"""


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))

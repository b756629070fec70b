"""Policies of fictional services to answer from, and a proof in which every claim holds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Pipeline
from aboveboard.policy.load import load
from aboveboard.policy.model import Policy
from aboveboard.project import Project
from aboveboard.proof.claims import Door, doors
from aboveboard.proof.model import Claim, Judged, Kind, Proof

SOMEWHERE = Location("policy_data/policy.yml", 1)

HEADER = """
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
"""

# One answer for everyone, an opt-out, and ways that it does not stop.
PLAIN = (
    HEADER
    + """
data:
  notes: {name: what you write in notes, origin: provided, examples: [drafts], includes: [pasted text]}
  ratings: {name: your ratings, origin: provided}
  tone: {name: the tone of your notes, origin: derived, from: notes}
  files: {name: your files, origin: provided, via: upload, form: image, excludes: [file names]}
  web-text: {name: text from connected apps, origin: third-party, via: connected-app, about: both}
events:
  thumbs: {name: you rate an answer, by: you, takes: [{data: ratings, reach: item}, {data: notes, reach: conversation}]}
  flagged: {name: our checks flag a note, by: us, takes: {data: notes, reach: item}}
  pasted: {name: you paste it, by: you}
uses:
  answer: {name: answering you, purpose: provide-service, data: [notes, files], applies: {state: always}, basis: {basis: contract}}
  train:
    name: training the model behind the helper
    purpose: train-model
    models: helper
    data: notes
    never: [files, {data: web-text, unless: pasted, becomes: notes}]
    applies: {state: opt-out, control: training}
    also:
      rated: {when: thumbs, applies: {state: always}, steps: unlink, why: A rating needs its note.}
    steps: [redact, unlink]
    basis: {basis: legitimate-interests, interest: a better helper, of: ours}
    tell-before-change: P30D
  filter:
    name: training the filter that spots harm
    purpose: train-model
    models: filter
    data: notes
    applies: {state: never}
    also: {flagged: {when: flagged, applies: {state: always}}}
  count: {name: counting words, purpose: analytics, data: tone, applies: {state: opt-out, control: counting}}
  review: {name: checking answers, purpose: human-review, data: notes, applies: {state: opt-out, control: reading}, recipients: readers}
  host: {name: storing your notes, purpose: provide-service, data: notes, applies: {state: always}, recipients: cloud}
  ads: {name: showing ads, purpose: advertising, data: notes, applies: {state: never}, tell-before-change: P30D}
  sale: {name: selling data, purpose: sell-or-license, data: notes, applies: {state: never}}
controls:
  training:
    name: use of your notes for training
    label: Help improve Notewise
    kind: switch
    how: {do: [Open Settings, Choose Privacy, 'Switch off "Help improve Notewise"'], url: "https://example.org/s"}
    effect:
      refusing: {future: stops, stored: stops, running: continues, trained: continues}
      allowing: {stored: stays-out}
    takes-effect: PT24H
    spreads-to: account
    asked: {where: sign-up, preset: allowed, deadline: 2026-12-24, no-answer: allowed}
  counting:
    name: counting of your words
    kind: switch
    how: {do: [Settings]}
    costs: Your weekly report stops.
    effect: {refusing: {future: stops, stored: continues, running: stops, trained: removed}}
    spreads-to: browser
  reading:
    name: reading of your notes
    label: Keep my notes private
    label-says: the-refusal
    kind: switch
    how: {do: [Settings, Keep my notes private]}
    effect: {refusing: {future: stops, stored: erased, running: stops, trained: removed}}
    takes-effect: PT0S
    spreads-to: device
steps:
  redact: {name: replace e-mail addresses, technique: redaction, data: notes, entities: [email], stage: before-training, relink: nobody, limits: Names stay., tested: Tried on 100 notes.}
  unlink: {name: delete the account number, technique: unlinking, stage: before-training, relink: [{by: the safety team, why: stopping abuse}], never-joined-with: files, limits: The text stays.}
copies:
  servers: {name: our servers, regions: [IE]}
  sets: {name: the training sets, linked: false}
retention:
  on: {data: [notes, files], copy: servers, scope: otherwise, keep: P5Y, until: you-delete, then: P30D}
  off: {data: [notes, files], copy: servers, scope: {choice: {training: refused}}, keep: P30D}
  sets: {data: notes, copy: sets, keep: P2Y}
  closed: {data: ratings, copy: servers, until: account-closed, then: P7D}
recipients:
  readers: {name: trained readers, kind: contractor, must: [confidentiality]}
  cloud: {name: Example Cloud, kind: processor, regions: [IE, US], deletion-reaches: false}
rights:
  access: {right: access, how: {do: [Open Settings, Press Download]}, answer-within: P30D}
  erase: {right: erase, how: {do: [Write to privacy@example.org]}, limits: [It does not reach trained models.]}
  object: {right: object, how: {do: [Write to privacy@example.org]}, weighed: [your reasons]}
  complain: {right: complain, how: {do: [Write to your authority]}}
models:
  helper: {name: the helper, family: generative, sources: [public-web, users], collected: {from: 2024-03-01}}
  filter: {name: the filter, family: safety, sources: flagged}
safeguards:
  rules: {name: a written text of rules, against: bias, kind: constitution, uses: train, does: It says how to treat people., cannot: It cannot see each bias., last-tested: 2026-11-16}
"""
)

# Answers that differ by plan, region and age; an admin decides for one plan.
DIFFERS = """
policy:
  service: Notewise
  version: 2.0.0
  effective: 2026-12-01
  controllers:
    - {name: Notewise EU Ltd, contact: eu@example.org, scope: {region: eu}}
    - {name: Notewise Inc., contact: us@example.org, scope: otherwise}
  axes:
    plan: {free: Free, team: Team, school: School}
    region: {eu: Europe, elsewhere: Elsewhere}
    age: {adult: 18 or over, teen: Under 18}
data:
  notes: {name: your notes, origin: provided}
events:
  thumbs: {name: you rate an answer, by: you, takes: {data: notes, reach: PT24H}}
uses:
  train:
    name: training the model
    purpose: train-model
    data: notes
    applies:
      - {scope: {plan: free, age: adult}, state: opt-out, control: training}
      - {scope: {plan: team}, state: opt-in, control: programme}
      - {scope: otherwise, state: never}
    also:
      rated:
        when: thumbs
        applies:
          - {scope: {age: adult}, state: ask, control: share}
          - {scope: otherwise, state: never}
    steps: unlink
  count:
    name: counting words
    purpose: analytics
    data: notes
    applies:
      - {scope: {region: eu}, state: opt-in, control: counting}
      - {scope: otherwise, state: always}
  ads:
    name: showing ads
    purpose: advertising
    data: notes
    applies: [{scope: {region: eu}, state: never}, {scope: otherwise, state: always}]
    basis:
      - {basis: consent, scope: {region: eu}}
      - {basis: contract, scope: {region: elsewhere}}
controls:
  training: &switch
    name: use of your notes for training
    kind: switch
    how:
      - {scope: {plan: free}, do: [Open Settings]}
    effect: {refusing: {future: stops, stored: continues, running: stops, trained: removed}}
    spreads-to: account
  programme:
    name: use of your team's notes
    kind: contract
    by: admin
    how: {do: [Ask us]}
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: continues}}
    spreads-to: organisation
  counting:
    name: counting of your words
    kind: switch
    how: {do: [Open Settings]}
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: removed}}
    spreads-to: account
  share: {name: sharing this note, kind: prompt, how: {do: [Press Yes]}, spreads-to: item, lasts: each-time}
steps:
  unlink: {name: delete the account number, technique: unlinking, stage: before-training, relink: nobody, limits: The text stays.}
rights:
  complain: {right: complain, scope: {region: eu}, how: {do: [Write to your authority]}}
"""

# Answers that differ by account, by mode and by kind of data; a school sees what its pupils write.
SCHOOL = """
policy:
  service: Notewise
  version: 3.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
  told-by: [e-mail, site]
  axes:
    plan: {home: Home, school: School}
    account: {in: Signed in, out: Signed out}
    mode: {ordinary: Ordinary notes, temporary: Temporary notes}
  impossible: [{plan: school, account: out}]
data:
  notes: {name: your notes, origin: provided, form: [text, voice], visible-to: organisation}
  pictures: {name: your pictures, origin: provided, form: image, via: upload, about: both}
  code: {name: your code, origin: provided, via: code-repository}
  memory: {name: the memory of your notes, origin: derived, from: notes}
uses:
  train:
    name: training the model
    purpose: train-model
    models: helper
    data: [notes, pictures, memory]
    never: code
    applies:
      - {scope: {account: out}, state: always}
      - {scope: {account: in, mode: temporary}, state: never}
      - {scope: otherwise, state: opt-out, control: training}
    steps: repeats
    tell-before-change: P30D
  remember:
    name: remembering your notes
    purpose: personalise
    data: notes
    applies: [{scope: {plan: home}, state: opt-in, control: memory}, {scope: otherwise, state: never}]
    tell-before-change: P7D
  report:
    name: reporting to your school
    purpose: provide-service
    data: notes
    applies: [{scope: {plan: school}, state: always}, {scope: otherwise, state: never}]
    recipients: school
    tell-before-change: P7D
controls:
  training:
    name: use of your notes for training
    kind: switch
    how: {do: [Open Settings]}
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: continues}}
    spreads-to: device
    asked:
      - {scope: {plan: home}, where: pop-up, preset: none, deadline: 2026-12-24, no-answer: refused}
      - {scope: {plan: school}, where: e-mail, preset: none, no-answer: allowed}
  memory:
    name: a memory of your notes
    kind: switch
    how: {do: [Open Settings]}
    effect: {refusing: {future: stops, stored: erased, running: stops, trained: removed}}
    spreads-to: linked-accounts
steps:
  repeats: {name: remove notes that repeat, technique: deduplication, stage: before-training, relink: nobody, limits: A text that stands once stays.}
copies:
  servers: {name: our servers, regions: [IE]}
  backup: {name: the backup, regions: [IE, US], holder: cloud}
recipients:
  school: {name: your school, kind: your-organisation}
  cloud: {name: Example Cloud, kind: processor, regions: US}
rights:
  erase: {right: erase, who: non-users, how: {do: [Write to privacy@example.org]}}
models:
  helper: {name: the helper, family: generative}
  sorter: {name: the sorter, family: ranking, serves: us}
safeguards:
  search: {name: a search for copied text, against: memorisation, kind: evaluation, does: We ask for known texts., cannot: It cannot try each text.}
bindings: {files: [pipeline/notes.yml]}
"""

# Nothing is used but to run the service.
CLOSED = (
    HEADER
    + """
data:
  notes: {name: your notes, origin: provided}
uses:
  answer: {name: answering you, purpose: provide-service, data: notes, applies: {state: always}, recipients: cloud}
  train: {name: training the model, purpose: train-model, data: notes, applies: {state: never}}
  ads: {name: showing ads, purpose: advertising, data: notes, applies: {state: never}}
  sale: {name: selling data, purpose: sell-or-license, data: notes, applies: {state: never}}
recipients:
  cloud: {name: Example Cloud, kind: processor}
copies: {servers: {name: our servers}}
retention:
  notes: {data: notes, copy: servers, until: you-delete, then: PT24H}
safeguards:
  rules: {name: a written text of rules, against: bias, kind: constitution, does: It says how to treat people., cannot: It cannot see each bias.}
"""
)

# Only what loading asks for.
BARE = HEADER


def project(folder: Path, text: str, *, proved: bool = True) -> Project:
    """A project with this policy; with a proof in which each claim that follows is proved."""
    (folder / "policy_data").mkdir(parents=True, exist_ok=True)
    (folder / "policy_data" / "policy.yml").write_text(text, encoding="utf-8")
    policy, findings = load(folder)
    assert not findings, findings
    made = Project(folder, date(2026, 12, 2), policy, Pipeline(), findings)
    made.__dict__["proof"] = proof(policy) if proved else Proof()
    return made


def proof(policy: Policy) -> Proof:
    """A claim of each kind for whatever the policy says."""
    made = [
        *_of_uses(policy),
        *(claim("recipients-declared", data=d, subject="recipients") for d in policy.data),
    ]
    made += [
        claim("retention-kept", data=data, subject=row_id)
        for row_id, row in policy.retention.items()
        for data in row.data
    ]
    return Proof({each.id: Judged(each, "proved") for each in made})


def claim(
    kind: Kind, *, use: str = "", route: str = "", data: str = "", subject: str = "",
    place: Location = SOMEWHERE,
) -> Claim:  # fmt: skip
    id_ = f"{kind}:{'/'.join(part for part in (use, route, data, subject) if part)}"
    return Claim(id_, kind, "A statement.", place, use, route, data, subject)


def _of_uses(policy: Policy) -> Iterator[Claim]:
    for use_id, use in policy.uses.items():
        for data in (d for exclusion in use.never for d in exclusion.data):
            yield claim("never-used", use=use_id, data=data, subject="never")
        for door in doors(policy, use_id):
            yield claim("nothing-undeclared", use=use_id, route=door.route, subject="nothing-else")
            for data in door.data:
                yield from _of_door(policy, door, data)


def _of_door(policy: Policy, door: Door, data: str) -> Iterator[Claim]:

    def here(kind: Kind, subject: str, place: Location = SOMEWHERE) -> Claim:
        return claim(
            kind, use=door.use_id, route=door.route, data=data, subject=subject, place=place
        )

    if door.closed:
        yield here("never-used", "never")
        return
    yield here("use-is-real", "used")
    for step in door.steps:
        yield here("deidentified-before", step)
        yield here("fails-closed", step)
    for index, line in enumerate(door.lines):
        for control in line.control:
            yield here("opt-out-honoured", control)
        if line.state == "never":
            place = policy.at("uses", door.use_id, *door.path("applies", index))
            yield here("scope-excluded", f"line-{index}", place)

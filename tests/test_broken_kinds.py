"""Each kind of entity, broken in each way: the exact message, at exactly that place.

Every case is a whole policy in which one thing is wrong; what stands between « and » is what the
finding points at.
"""

import re
from pathlib import Path

import pytest
from tests.examples import rendered, run

from aboveboard.policy.model import KINDS, OURS

BASE = {
    "policy": """\
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
  axes: {plan: {free: Free, pro: Pro}}
""",
    "data": "  notes: {name: what you write, origin: provided}\n",
    "events": "  rated: {name: you rate a note, by: you, takes: {data: notes}}\n",
    "uses": "  train: {name: training, purpose: train-model, data: notes, applies: {state: never}}\n",
    "controls": """\
  switch:
    name: use of notes for training
    kind: switch
    how: {do: Open Settings}
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    spreads-to: account
""",
    "steps": """\
  redact:
    {name: replace names, technique: redaction, stage: before-training, relink: nobody, limits: Few.}
""",
    "copies": "  servers: {name: our servers}\n",
    "retention": "  rows: {data: notes, copy: servers, until: you-delete}\n",
    "recipients": "  cloud: {name: a cloud, kind: processor}\n",
    "rights": "  access: {right: access, how: {do: Ask us}}\n",
    "models": "  helper: {name: the helper, family: generative}\n",
    "safeguards": """\
  tests: {name: tests, against: bias, kind: evaluation, uses: train, does: We test., cannot: All.}
""",
    "scopes": "  paying: {plan: pro}\n",
    "questions": "  used-for-training: {ask: Are my notes used for training?}\n",
    "changes": """\
  longer: {what: uses/train/data, reason: We need it., effective: 2027-01-01, told-by: e-mail, earlier-data: asked}
""",
    "corrections": """\
  gone: {claims: a/b, since: 2026-11-03, instead: It stays., owner: privacy, expires: 2026-12-24}
""",
    "suppressions": """\
  known: {rule: vague-word, at: data/notes, reason: Legal wants it., owner: privacy, expires: 2026-12-24}
""",
    "bindings": "  files: pipeline/*.yml\n",
}
PIPELINE = "version: 1\ndatasets: {store: {fields: {text: {}, off: {}}}}\n"

# kind: what replaces it, and what is told of it; « » are no part of the file
CASES: dict[str, list[tuple[str, str, str]]] = {
    "policy": [
        ("service: Notewise", "service: Notewise\n  «servise»: x",
         "unknown-key unknown key 'servise' | did you mean 'service'?"),
        ("service: Notewise", "service: «[a]»",
         "invalid-policy 'service' must be text, not a list"),
        ("  version: 1.0.0\n", "",
         "invalid-policy 'version' is missing from 'policy' | add 'version:'"),
        ("effective: 2026-12-01", "effective: «1.12.2026»",
         "invalid-policy '1.12.2026' is not a date such as 2026-12-01"),
        ("free: Free", "free: {«nam»: Free}",
         "unknown-key unknown key 'nam' | did you mean 'name'?"),
        ("controllers: [", "impossible: {«plna»: free}\n  controllers: [",
         "unknown-axis 'plna' is not an axis of this policy | did you mean 'plan'?"),
    ],
    "data": [
        ("origin", "«orgin»: x, origin", "unknown-key unknown key 'orgin' | did you mean 'origin'?"),
        ("what you write", "«true»", "invalid-policy 'name' must be text, not 'true' | put it in quotes"),
        (", origin: provided", "",
         "invalid-policy 'origin' is missing from 'notes' | add 'origin:'"),
        ("provided", "«provide»",
         "invalid-policy 'provide' is not a known value of 'origin' | did you mean 'provided'?"),
        ("provided", "provided, from: «note»",
         "unknown-reference 'note' is not among the data of this policy | did you mean 'notes'?"),
        ("provided", "provided, unlike: [notes, «nots»]",
         "unknown-reference 'nots' is not among the data of this policy | did you mean 'notes'?"),
    ],
    "events": [
        ("by", "«bye»: you, by", "unknown-key unknown key 'bye' | did you mean 'by'?"),
        ("{data: notes}", "{data: notes, reach: «[item]»}",
         "invalid-policy 'reach' must be text, not a list"),
        (", by: you", "",
         "invalid-policy 'by' is missing from 'rated' | add 'by:'"),
        ("by: you", "by: «me»", "invalid-policy 'me' is not a known value of 'by' | "
         "known: admin, anyone, court, parent, us, you"),
        ("data: notes", "data: «noets»",
         "unknown-reference 'noets' is not among the data of this policy | did you mean 'notes'?"),
    ],
    "uses": [
        ("data: notes", "data: notes, «dta»: x", "unknown-key unknown key 'dta' | did you mean 'data'?"),
        ("{state: never}", "«7»", "invalid-policy 'applies' must be a mapping, not '7'"),
        ("purpose: train-model, ", "", "invalid-policy 'purpose' is missing from 'train' | add 'purpose:'"),
        ("state: never", "state: «nevr»",
         "invalid-policy 'nevr' is not a known value of 'state' | did you mean 'never'?"),
        ("data: notes", "data: notes, steps: [redact, «redcat»]",
         "unknown-reference 'redcat' is not among the steps of this policy | did you mean 'redact'?"),
        ("data: notes", "data: notes, never: {data: notes, unless: «ratd»}",
         "unknown-reference 'ratd' is not among the events of this policy | did you mean 'rated'?"),
        ("data: notes", "data: notes, basis: {basis: «consnt»}",
         "invalid-policy 'consnt' is not a known value of 'basis' | did you mean 'consent'?"),
        ("data: notes", "data: notes, also: {r: {when: rated, applies: {state: always}, steps: «unlik»}}",
         "unknown-reference 'unlik' is not among the steps of this policy | known: redact"),
    ],
    "controls": [
        ("    kind", "    «lable»: x\n    kind", "unknown-key unknown key 'lable' | did you mean 'label'?"),
        ("{do: Open Settings}", "«Open Settings»",
         "invalid-policy 'how' must be a mapping, not 'Open Settings'"),
        ("    spreads-to: account\n", "",
         "invalid-policy 'spreads-to' is missing from 'switch' | add 'spreads-to:'"),
        ("future: stops", "future: «stop»",
         "invalid-policy 'stop' is not a known value of 'future' | did you mean 'stops'?"),
        ("    kind", "    locks: «swich»\n    kind",
         "unknown-reference 'swich' is not among the controls of this policy | did you mean 'switch'?"),
        ("    kind", "    scope: «payign»\n    kind",
         "unknown-reference 'payign' is not among the scopes of this policy | did you mean 'paying'?"),
    ],
    "steps": [
        ("limits", "«limit»: x, limits", "unknown-key unknown key 'limit' | did you mean 'limits'?"),
        ("limits: Few.", "limits: Few., parameters: {k: «many»}",
         "invalid-policy 'k' must be a number, not 'many'"),
        (", limits: Few.", "", "invalid-policy 'limits' is missing from 'redact' | add 'limits:'"),
        ("redaction", "«redact»",
         "invalid-policy 'redact' is not a known value of 'technique' | did you mean 'redaction'?"),
        ("limits: Few.", "limits: Few., data: «text»",
         "unknown-reference 'text' is not among the data of this policy | known: notes"),
        ("limits: Few.", "limits: Few., parameters: {«kk»: 2}",
         "unknown-key unknown key 'kk' in 'parameters' | did you mean 'k'?"),
    ],
    "copies": [
        ("name", "«nmae»: x, name", "unknown-key unknown key 'nmae' | did you mean 'name'?"),
        ("our servers", "our servers, linked: «maybe»",
         "invalid-policy 'linked' must be true or false, not 'maybe'"),
        ("name: our servers", "linked: true", "invalid-policy 'name' is missing from 'servers' | add 'name:'"),
        ("our servers", "our servers, holder: «clod»",
         "unknown-reference 'clod' is not a recipient, nor one of us, you, your-organisation | "
         "did you mean 'cloud'?"),
        ("our servers", "our servers, holder: «Them»",
         "invalid-policy 'Them' is not an id: lower-case words joined by hyphens"),
    ],
    "retention": [
        ("until", "why: «[a]», until", "invalid-policy 'why' must be text, not a list"),
        ("until", "«untl»: x, until", "unknown-key unknown key 'untl' | did you mean 'until'?"),
        ("until: you-delete", "keep: «30»",
         "invalid-policy '30' is not an ISO 8601 duration such as P30D or PT72H"),
        ("copy: servers, ", "", "invalid-policy 'copy' is missing from 'rows' | add 'copy:'"),
        ("until: you-delete", "keep: {default: P1D, by: «them»}",
         "invalid-policy 'them' is not a known value of 'by' | known: admin, parent, us, you"),
        ("you-delete", "«you-delet»",
         "unknown-reference 'you-delet' is not among the events of this policy | did you mean 'you-delete'?"),
        ("copy: servers", "copy: «server»",
         "unknown-reference 'server' is not among the copies of this policy | did you mean 'servers'?"),
    ],
    "recipients": [
        ("kind", "«knid»: x, kind", "unknown-key unknown key 'knid' | did you mean 'kind'?"),
        ("processor", "processor, paid: «1»", "invalid-policy 'paid' must be true or false, not '1'"),
        (", kind: processor", "", "invalid-policy 'kind' is missing from 'cloud' | add 'kind:'"),
        ("processor", "«procesor»",
         "invalid-policy 'procesor' is not a known value of 'kind' | did you mean 'processor'?"),
        ("processor", "processor, must: [«no-trainin»]",
         "invalid-policy 'no-trainin' is not a known value of 'must' | did you mean 'no-training'?"),
    ],
    "rights": [
        ("how", "«howw»: x, how", "unknown-key unknown key 'howw' | did you mean 'how'?"),
        ("do: Ask us", "do: «{}»", "invalid-policy 'do' must be text, not a mapping"),
        (", how: {do: Ask us}", "", "invalid-policy 'how' is missing from 'access' | add 'how:'"),
        ("right: access", "right: «acess»",
         "invalid-policy 'acess' is not a known value of 'right' | did you mean 'access'?"),
        ("right: access", "right: access, scope: {plan: «por»}",
         "unknown-value 'por' is not a value of 'plan' | did you mean 'pro'?"),
    ],
    "models": [
        ("family", "«famly»: x, family", "unknown-key unknown key 'famly' | did you mean 'family'?"),
        ("generative", "generative, collected: «2023»",
         "invalid-policy 'collected' must be a mapping, not '2023'"),
        (", family: generative", "", "invalid-policy 'family' is missing from 'helper' | add 'family:'"),
        ("generative", "«generativ»",
         "invalid-policy 'generativ' is not a known value of 'family' | did you mean 'generative'?"),
    ],
    "safeguards": [
        ("does", "«doess»: x, does", "unknown-key unknown key 'doess' | did you mean 'does'?"),
        ("cannot: All.", "cannot: «3»", "invalid-policy 'cannot' must be text, not '3' | put it in quotes"),
        (", cannot: All.", "", "invalid-policy 'cannot' is missing from 'tests' | add 'cannot:'"),
        ("bias", "«bais»", "invalid-policy 'bais' is not a known value of 'against' | did you mean 'bias'?"),
        ("uses: train", "uses: «trian»",
         "unknown-reference 'trian' is not among the uses of this policy | did you mean 'train'?"),
    ],
    "scopes": [
        ("plan", "«plna»: pro, plan", "unknown-axis 'plna' is not an axis of this policy | did you mean 'plan'?"),
        ("{plan: pro}", "«[a]»", "invalid-policy 'paying' must be a mapping, not a list"),
        ("plan: pro", "choice: {switch: «of»}",
         "invalid-policy 'of' is not a known value of 'switch' | known: allowed, refused"),
        ("plan: pro", "plan: [pro, «fre»]",
         "unknown-value 'fre' is not a value of 'plan' | did you mean 'free'?"),
        ("plan: pro", "choice: {«swich»: refused}",
         "unknown-reference 'swich' is not among the controls of this policy | did you mean 'switch'?"),
        ("plan: pro", "not: «payng»",
         "unknown-reference 'payng' is not among the scopes of this policy | did you mean 'paying'?"),
    ],
    "questions": [
        ("ask", "«aks»: x, ask", "unknown-key unknown key 'aks' | did you mean 'ask'?"),
        ("ask", "answer: «[a]», ask", "invalid-policy 'answer' must be text, not a list"),
        ("ask", "group: «for-wat», ask",
         "invalid-policy 'for-wat' is not a known value of 'group' | did you mean 'for-what'?"),
        ("ask", "place: «0», ask", "invalid-policy 'place' counts from 1"),
    ],
    "changes": [
        ("reason", "«raeson»: x, reason", "unknown-key unknown key 'raeson' | did you mean 'reason'?"),
        ("We need it.", "«[a]»", "invalid-policy 'reason' must be text, not a list"),
        ("reason: We need it., ", "",
         "invalid-policy 'reason' is missing from 'longer' | add 'reason:'"),
        ("told-by: e-mail", "told-by: «e-mial»",
         "invalid-policy 'e-mial' is not a known value of 'told-by' | did you mean 'e-mail'?"),
        ("2027-01-01", "«soon»", "invalid-policy 'soon' is not a date such as 2026-12-01"),
    ],
    "corrections": [
        ("owner", "«onwer»: x, owner", "unknown-key unknown key 'onwer' | did you mean 'owner'?"),
        ("It stays.", "«true»",
         "invalid-policy 'instead' must be text, not 'true' | put it in quotes"),
        ("owner: privacy, ", "",
         "invalid-policy 'owner' is missing from 'gone' | add 'owner:'"),
    ],
    "suppressions": [
        ("owner", "«onwer»: x, owner", "unknown-key unknown key 'onwer' | did you mean 'owner'?"),
        ("Legal wants it.", "«true»",
         "invalid-policy 'reason' must be text, not 'true' | put it in quotes"),
        ("Legal wants it.", "«''»", "invalid-policy 'reason' must not be empty"),
        ("reason: Legal wants it., ", "",
         "invalid-policy 'reason' is missing from 'known' | add 'reason:'"),
        ("owner: privacy, ", "",
         "invalid-policy 'owner' is missing from 'known' | add 'owner:'"),
        (", expires: 2026-12-24", "",
         "invalid-policy 'expires' is missing from 'known' | add 'expires:'"),
        ("at: data/notes, ", "", "invalid-policy 'at' is missing from 'known' | add 'at:'"),
        ("2026-12-24", "«never»", "invalid-policy 'never' is not a date such as 2026-12-01"),
    ],
    "bindings": [
        ("files", "«fils»: x\n  files", "unknown-key unknown key 'fils' | did you mean 'files'?"),
        ("pipeline/*.yml", "«3»", "invalid-policy 'files' must be a mapping, not '3'"),
        ("files: pipeline/*.yml", "«files»: {}",
         "invalid-policy 'path' is missing from 'files' | add 'path:'"),
        ("files: pipeline/*.yml", "files: {path: x.sql, «dialet»: duckdb}",
         "unknown-key unknown key 'dialet' | did you mean 'dialect'?"),
        ("  files", "  flags: {«switch»: {refused: true}}\n  files",
         "invalid-policy 'field' is missing from 'switch' | add 'field:'"),
        ("  files", "  flags: {switch: {field: off, refused: true, missing: «alowed»}}\n  files",
         "invalid-policy 'alowed' is not a known value of 'missing' | did you mean 'allowed'?"),
        ("  files", "  sources: {«ntes»: store.text}\n  files",
         "unknown-reference 'ntes' is not among the data of this policy | did you mean 'notes'?"),
        ("  files", "  sources: {notes: «store.txt»}\n  files",
         "unmatched-binding 'store.txt' matches no field of the pipeline | did you mean 'store.text'?"),
        ("  files", "  axes: {plan: «off»}\n  files",
         "invalid-policy 'off' is bound to the axis 'plan', but which value means what? | "
         "say it: plan: {off: {VALUE: RAW VALUE, …}}"),
        ("  files", "  steps: {«redct»: store}\n  files",
         "unknown-reference 'redct' is not among the steps of this policy | did you mean 'redact'?"),
    ],
}  # fmt: skip
ALL = [(kind, number) for kind, cases in CASES.items() for number in range(len(cases))]


def project(folder: Path, blocks: dict[str, str]) -> str:
    """Writes a project of these blocks; the text of its policy."""
    (folder / "policy_data").mkdir(exist_ok=True)
    (folder / "pipeline").mkdir(exist_ok=True)
    (folder / "pipeline" / "store.yml").write_text(PIPELINE)
    text = "".join(f"{kind}:\n{block}" for kind, block in blocks.items())
    (folder / "policy_data" / "policy.yml").write_text(text.replace("«", "").replace("»", ""))
    return text


def expected(text: str, kind: str, told: str) -> str:
    """The line of `told` at the marked text, or at the key of the entity of this kind."""
    if "«" not in text:  # of what is missing the finding points at the key of what lacks it
        text = re.sub(rf"^({kind}):" if kind == "policy" else rf"(?<=^{kind}:\n  )([a-z]+)",
                      r"«\1»", text, count=1, flags=re.M)  # fmt: skip
    line = text[: text.index("«")].count("\n") + 1
    start = text.index("«") - text.rfind("\n", 0, text.index("«"))
    length = text.index("»") - text.index("«") - 1
    return f"policy_data/policy.yml:{line}:{start}-{line}:{start + length} {told}\n"


def test_the_policy_itself_is_read_whole(tmp_path: Path) -> None:
    project(tmp_path, BASE)
    assert run(tmp_path)[0].findings == []


@pytest.mark.parametrize(("kind", "number"), ALL)
def test_one_fault_is_told_once_at_its_place(kind: str, number: int, tmp_path: Path) -> None:
    old, new, told = CASES[kind][number]
    assert BASE[kind].count(old) >= 1
    text = project(tmp_path, {**BASE, kind: BASE[kind].replace(old, new, 1)})
    assert rendered(run(tmp_path)[0].findings) == expected(text, kind, told)


def test_every_kind_is_broken_in_every_way() -> None:
    assert set(CASES) == {"policy", "bindings", *KINDS, *OURS}
    for kind, cases in CASES.items():
        said = " ".join(told for _, _, told in cases)
        assert "must be" in said, kind
        assert "did you mean" in said, kind
        assert "missing" in said or kind in ("scopes", "questions"), kind  # no key is needed


def test_a_policy_with_fifty_errors_tells_fifty_sorted_once_each(tmp_path: Path) -> None:
    """Kind after kind with all of its faults at once: none hides another's."""
    chosen = [(k, n) for k, n in ALL if k not in ("policy", "bindings", "questions")]
    files: dict[str, str] = {}
    wanted = 0
    for kind, number in chosen:
        old, new, _ = CASES[kind][number]
        name = re.match(r"  ([a-z]+):", BASE[kind])
        assert name
        block = BASE[kind].replace(old, new, 1)
        block = block.replace(f"  {name[1]}:", f"  {name[1]}-{number}:", 1)
        files[kind] = files.get(kind, BASE[kind]) + block
        wanted += 1
    project(tmp_path, {**BASE, **files})

    _, findings = run(tmp_path)

    told = [f for f in findings if f.rule != "table-overlap"]  # of the retention that stands twice
    assert wanted >= 50
    assert len(told) == wanted
    assert len(set(findings)) == len(findings)
    assert findings == sorted(findings, key=lambda finding: finding.sort_key())
    assert {f.rule for f in findings} >= {"unknown-key", "invalid-policy", "unknown-reference"}


def test_faults_of_the_header_hide_no_others(tmp_path: Path) -> None:
    blocks = {
        **BASE,
        "policy": BASE["policy"].replace("version: 1.0.0", "version: [a]"),
        "data": BASE["data"].replace("provided", "provded"),
        "uses": BASE["uses"].replace("data: notes", "data: notes, steps: unlik"),
        "bindings": "  sources: {nots: store.text}\n",
    }
    project(tmp_path, blocks)
    assert [f.rule for f in run(tmp_path)[1]] == [
        "invalid-policy",
        "invalid-policy",
        "unknown-reference",
        "unknown-reference",
        "unmatched-binding",
    ]

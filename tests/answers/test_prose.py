"""Facts in prose: each kind of value in words, faults with their place, and a sandbox that holds."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.answers.policies import DIFFERS, PLAIN, SCHOOL, project

from aboveboard.answers import pages, prose
from aboveboard.answers.prose import BadTemplate, filled, reference
from aboveboard.checks import unknown_fact

QUESTION = """
questions:
  our-awards:
    ask: "Who has praised you?"
    group: trust-and-change
    answer: %s
"""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("policy.service", "Notewise"),
        ("policy.effective", "1 December 2026"),
        ("policy.controllers.contact", "privacy@example.org"),
        ("data.notes.name", "what you write in notes"),
        ("data.tone.from", "what you write in notes"),
        ("data.notes.origin", "provided"),
        ("retention.off.keep", "30 days"),
        ("retention.closed.keep", "until you close your account"),
        ("retention.on.then", "30 days"),
        ("retention.on.data", "what you write in notes and your files"),
        ("retention.on.copy", "our servers"),
        ("recipients.cloud.regions", "Ireland and the United States"),
        ("recipients.readers.must", "keep the data secret"),
        ("recipients.cloud.deletion_reaches", "no"),
        ("controls.training.takes_effect", "24 hours"),
        ("controls.training.spreads_to", "for your account, on every device"),
        ("controls.training.label", "Help improve Notewise"),
        ("uses.train.purpose", "training AI"),
        ("uses.train.tell_before_change", "30 days"),
        ("uses.train.basis.basis", "legitimate interests"),
        ("uses.train.also.rated.why", "A rating needs its note."),
        ("models.helper.collected.from", "1 March 2024"),
        ("models.helper.sources", "public web pages and data of people who use our services"),
        ("safeguards.rules.last_tested", "16 November 2026"),
    ],
)  # fmt: skip
def test_a_fact_in_words(path: str, said: str, tmp_path: Path) -> None:
    text = f"We say {{{{ {path} }}}}."
    assert filled(project(tmp_path, PLAIN), text) == f"We say {said}."


def test_a_reference_is_made_in_one_place(tmp_path: Path) -> None:
    assert reference("retention", "free-chats", "keep") == "{{ retention.free_chats.keep }}"
    assert reference("uses", "train", "tell-before-change") == "{{ uses.train.tell_before_change }}"
    assert reference("policy", "", "service") == "{{ policy.service }}"
    assert filled(project(tmp_path, PLAIN), reference("retention", "off", "keep")) == "30 days"


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("retenton.off.keep", "'retenton' is no kind of fact", "did you mean 'retention'?"),
        ("retention.of.keep", "'of' is not among the retention of this policy", "did you mean 'off'?"),
        ("retention.off.kep", "'retention.off' has no 'kep'", "did you mean 'keep'?"),
        ("retention.off.until", "'retention.off.until' is not written in the policy", "write it, or leave it out"),
        ("retention.off", "'retention.off' is not one fact", "known: "),
        ("retention.off.keep.x", "'retention.off.keep.x' goes on behind a fact, at 'x'", ""),
        ("uses.train.never", "'uses.train.never' has 2 rows, not one fact", ""),
        ("data.tone.from_", "'data.tone' has no 'from_'", "did you mean 'from'?"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere(path: str, message: str, hint: str, tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN)
    (fault,) = prose.faults(made, f"We keep {{{{ {path} }}}}.")
    assert (fault.message, fault.hint[: len(hint)]) == (message, hint)
    with pytest.raises(BadTemplate, match=r"."):
        filled(made, f"We keep {{{{ {path} }}}}.")


# -- templates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if uses.train.purpose == 'training AI' %}Yes.{% else %}No.{% endif %}", "Yes."),
        ("{% if retention.off.until is defined %}a{% else %}b{% endif %}", "b"),
        ("{{ policy.service | upper }}", "NOTEWISE"),
        ("{% for copy in copies %}{{ copy.name }}; {% endfor %}", "our servers; the training sets; "),
        ("{{ policy.service if data.notes.name is defined else 'us' }}", "Notewise"),
        ("a {# not shown #}b", "a b"),
        ("no template", "no template"),
        ("{ {x} } 100 % {", "{ {x} } 100 % {"),
    ],
)  # fmt: skip
def test_a_richer_template(text: str, said: str, tmp_path: Path) -> None:
    assert filled(project(tmp_path, PLAIN), text) == said


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7 * 7 }}",
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ policy.service.__class__.__mro__ }}",
        "{{ policy.__init__.__globals__ }}",
        "{{ policy.project }}",
        "{{ policy['service'] }}",
        "{{ self }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ range(3) }}",
        "{{ policy.step('service') }}",
        "{{ policy.service | attr('upper') }}",
        "{{ policy.service | format }}",
        "{% set a = 'x' %}{{ a ~ a }}",
        "{{ 'x' ~ 'x' }}",
        "{% for a in uses %}{% for b in uses %}x{% endfor %}{% endfor %}",
        "{% for a in uses recursive %}{{ loop(uses) }}{% endfor %}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% if %}",
        "{{ uses }}",
        "{{ uses.train | upper }}",
        "{% if uses.train < 1 %}{% endif %}",
        "{% for a in uses %}" + "x" * 10_000 + "{% endfor %}",
        "{% if uses %}" * 2000 + "{% endif %}" * 2000,
        "{{ nothing }}",
    ],
)
def test_the_sandbox_holds(text: str, tmp_path: Path) -> None:
    """Each is a fault in words, and none shows or runs anything."""
    made = project(tmp_path, PLAIN)
    (fault,) = prose.faults(made, text)
    assert fault.message and "object at" not in fault.message
    with pytest.raises(BadTemplate):
        filled(made, text)


def test_what_comes_from_facts_is_escaped_where_asked(tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN.replace("Example Cloud", "<b>Cloud</b>"))
    for text in (
        "{{ recipients.cloud.name }}",
        "{% if uses %}{{ recipients.cloud.name }}{% endif %}",
    ):
        assert filled(made, f"<i>{text}", escape=lambda _: "safe") == "<i>safe"


# -- where faults stand --------------------------------------------------------------------------


def told(root: Path, answer: str) -> list[str]:
    made = project(root, DIFFERS + QUESTION % answer)
    lines = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")
    found = []
    for finding in unknown_fact.check(made):
        place = finding.location
        assert place and finding.rule == "unknown-fact" and finding.severity == "error"
        found.append(lines[place.line - 1][place.column - 1 : (place.end_column or 0) - 1])
    return found


def test_a_fault_is_told_at_its_letters(tmp_path: Path) -> None:
    assert told(tmp_path / "one", '"In {{ data.nots.name }} and {{ data.notes.name }}."') == [
        "{{ data.nots.name }}"
    ]
    assert told(tmp_path / "two", "'{{ data.x.name }} {{data.x.name}} {{ data.x.name }}'") == [
        "{{ data.x.name }}", "{{data.x.name}}", "{{ data.x.name }}",
    ]  # fmt: skip
    block = "|\n      First line.\n      Then {{ data.nots.name }}."
    assert told(tmp_path / "block", block) == ["{{ data.nots.name }}"]


def test_equal_faults_are_told_at_their_own_places(tmp_path: Path) -> None:
    made = project(tmp_path, DIFFERS + QUESTION % "'{{ data.x.name }} {{ data.x.name }}'")
    places = [f.location for f in unknown_fact.check(made)]
    assert len({place.column for place in places if place}) == 2


def test_every_text_but_an_answer_is_shown_as_typed(tmp_path: Path) -> None:
    hostile = "{{ data.notes.name }} {% x"
    text = SCHOOL.replace("name: your pictures", f'name: "{hostile}"')
    made = project(tmp_path, text)
    assert list(unknown_fact.check(made)) == []
    assert made.policy.data["pictures"].name == hostile


# -- hand-written pages ----------------------------------------------------------------------------

PAGE = "---\ntitle: About\nfacts: true\n---\n\n# About\n\nKept {{ retention.off.keep }}.\n"


def test_pages_that_ask_for_facts_are_found(tmp_path: Path) -> None:
    docs = tmp_path / "docs" / "more"
    docs.mkdir(parents=True)
    (docs / "facts.md").write_text(PAGE.replace("off", "of"))
    (docs / "plain.md").write_text(PAGE.replace("facts: true", "facts: false"))
    (docs / "none.md").write_text("{{ retention.of.keep }}\nfacts: true\n")
    made = project(tmp_path, PLAIN)
    (finding,) = unknown_fact.check(made)
    assert finding.message == "'of' is not among the retention of this policy"
    assert finding.location
    assert finding.location[:3] == ("docs/more/facts.md", 8, 6)


def test_windows_line_ends_do_not_hide_a_page() -> None:
    page = pages.of("docs/a.md", PAGE.replace("\n", "\r\n").encode())
    assert page and page.line == 5 and page.body.startswith("\r\n# About")


def test_plain_references_load_no_jinja(tmp_path: Path) -> None:
    project(tmp_path, PLAIN + QUESTION % "'Kept {{ retention.off.keep }}, {{ data.nots.name }}.'")
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from aboveboard.load import load_project; from aboveboard.checks import run\n"
        f"found = run(load_project(Path({str(tmp_path)!r}), date(2026, 12, 1)))\n"
        "assert 'unknown-fact' in {f.rule for f in found}\n"
        "assert 'jinja2' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""Pages of single things, and the first screen."""

from pathlib import Path

from tests.answers.asking import beside, cells, short
from tests.answers.policies import BARE, CLOSED, DIFFERS, PLAIN, project

from aboveboard.answers import entities, home
from aboveboard.answers.model import Answer, ClickList, Items, Paragraph, Table


def block(answer: Answer, title: str) -> list[str]:
    (found,) = [b for b in answer.details if isinstance(b, Items | Paragraph) and b.title == title]
    return [sentence.whole for sentence in found.sentences]


def test_the_page_of_a_use(tmp_path: Path) -> None:
    answer = entities.use_answer(project(tmp_path, PLAIN), "train")
    assert answer.question == "Training the model behind the helper"
    assert short(answer).startswith("Yes, unless you switch it off.")
    assert (
        block(answer, "Another way in: when you rate an answer")[-1] == "A rating needs its note."
    )
    assert block(answer, "What we never use for this") == [
        "Your files",
        "Text from connected apps, unless you paste it. Then it counts as what you write in notes",
    ]
    assert block(answer, "What we do to it first") == [
        "We replace e-mail addresses before training.",
        "Names stay.",
        "We delete the account number before training.",
        "The text stays.",
    ]
    assert "We tell you 30 days before this changes." in block(answer, "Good to know")


def test_a_use_that_only_an_event_opens(tmp_path: Path) -> None:
    answer = entities.use_answer(project(tmp_path, PLAIN), "filter")
    assert short(answer) == "No, except when our checks flag a note."
    assert beside(answer)[0].startswith("When our checks flag a note, we use data from it")


def test_the_page_of_a_control(tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN)
    answer = entities.control_answer(made, "training")
    assert short(answer).endswith("“Help improve Notewise”. On until you switch it off.")
    assert any(isinstance(b, ClickList) for b in answer.details)
    assert cells(answer) == [
        ("New data", "We leave your new data out."),
        ("Data that we hold", "We leave the data that we already hold out of later training."),
        ("Training under way", "Training that is under way goes on with your data."),
        ("Trained models", "Models that are trained already keep what they learned."),
    ]
    assert block(answer, "If you allow it again") == [
        "From then on we use your new data.",
        "Data from a time when it was off stays out.",
    ]
    good = block(answer, "Good to know")
    (asked,) = (text for text in good if "preset" in text)
    assert asked.endswith(
        "The answer is preset to yes. The last day to answer is 24 December 2026. "
        "No answer counts as a yes."
    )


def test_a_label_that_hides_what_it_decides_is_said_so(tmp_path: Path) -> None:
    answer = entities.control_answer(project(tmp_path, PLAIN), "reading")
    good = block(answer, "Good to know")
    assert "Its label in the product is “Keep my notes private”." in good
    assert "The label names the refusal: to switch it on means that you refuse." in good
    assert "On until you refuse." in short(answer)


def test_an_opt_in_starts_with_its_default(tmp_path: Path) -> None:
    answer = entities.control_answer(project(tmp_path, DIFFERS), "programme")
    assert short(answer) == "Off until your admin allows it."


def test_the_page_of_data(tmp_path: Path) -> None:
    answer = entities.data_answer(project(tmp_path, PLAIN), "notes")
    assert short(answer).startswith(
        "Used for five things. Answering you: yes, and no switch stops it."
    )
    assert block(answer, "This counts too") == ["Pasted text"]
    files = entities.data_answer(project(tmp_path, PLAIN), "files")
    assert block(files, "Never used for") == ["Training the model behind the helper"]


def test_the_page_of_protections_says_no_more_than_they_reach(tmp_path: Path) -> None:
    answer = entities.anonymisation(project(tmp_path, PLAIN))
    results = {row[0]: row[1:] for row in cells(answer) if row[0].startswith(("Replace", "Delete"))}
    assert results == {
        "Replace e-mail addresses": ("Reduced", "Nobody"),
        "Delete the account number": ("Unlinked", "The safety team"),
    }
    words = block(answer, "What the words mean")
    assert any(word.startswith("Anonymised: nobody can tell") for word in words)
    assert "We do not reach that" in " ".join(words)


def test_anonymised_is_said_where_it_is_reached(tmp_path: Path) -> None:
    step = "technique: differential-privacy, parameters: {epsilon: 1}, tested: By an audit.,"
    text = DIFFERS.replace("technique: unlinking,", step)
    answer = entities.anonymisation(project(tmp_path, text))
    assert short(answer).startswith("Yes.")


def test_the_page_of_retention(tmp_path: Path) -> None:
    answer = entities.retention(project(tmp_path, PLAIN))
    tables = [b for b in answer.details if isinstance(b, Table)]
    assert [t.caption for t in tables] == ["Our servers (in Ireland)", "The training sets"]
    assert ("What you write in notes", "2 years", "Stays to the end of that time") in cells(answer)


def test_what_has_no_limit_has_no_end_to_stay_to(tmp_path: Path) -> None:
    kept = "copy: sets, keep: P2Y"
    answer = entities.retention(
        project(tmp_path, PLAIN.replace(kept, "copy: sets, keep: no-limit"))
    )
    assert ("What you write in notes", "Without a limit", "Stays") in cells(answer)


def test_the_page_of_recipients(tmp_path: Path) -> None:
    answer = entities.recipients(project(tmp_path, PLAIN))
    assert short(answer) == "Trained readers and Example Cloud. Nobody else gets your data."
    assert block(answer, "Example Cloud")[-2:] == [
        "Your data goes to Ireland and the United States.",
        "If you delete data with us, they keep their copy.",
    ]


def test_the_page_of_safeguards(tmp_path: Path) -> None:
    answer = entities.safeguards(project(tmp_path, PLAIN))
    assert block(answer, "Against learned bias: a written text of rules")[1] == (
        "The last test was on 16 November 2026."
    )
    assert beside(answer) == ["It cannot see each bias."]


def test_the_first_screen(tmp_path: Path) -> None:
    used, anonymised, switch = home.leads(project(tmp_path, PLAIN))
    assert short(used) == (
        "What you write in notes. This trains our models, unless you switch it off. We still train "
        "when you rate an answer or our checks flag a note. Never for this: your files."
    )
    assert short(anonymised) == (
        "No. When our checks flag a note, we change nothing before training the filter that spots "
        "harm. We replace e-mail addresses before training. Names stay."
    )
    assert short(switch) == (
        "Open Settings, choose Privacy, then switch off “Help improve Notewise”. Your choice takes "
        "effect within 24 hours. Models that are trained already keep what they learned."
    )
    assert all(len(answer.short) <= 3 for answer in (used, anonymised, switch))


def test_the_first_screen_of_a_service_that_does_not_train(tmp_path: Path) -> None:
    used, _, switch = home.leads(project(tmp_path, CLOSED))
    assert short(used) == "Nothing. We do not train AI with your data."
    assert short(switch) == "You cannot. No use in this policy has a switch."


def test_the_first_screen_joins_steps_that_all_routes_pass(tmp_path: Path) -> None:
    old = "{when: flagged, applies: {state: always}}"
    assert PLAIN.count(old) == 1
    both = "{when: flagged, applies: {state: always}, steps: [redact, unlink]}"
    _, anonymised, _ = home.leads(project(tmp_path, PLAIN.replace(old, both)))
    assert short(anonymised) == (
        "No. We replace e-mail addresses, and delete the account number before training. Names stay."
    )


def test_the_first_screen_where_only_an_event_trains(tmp_path: Path) -> None:
    old = "applies: {state: opt-out, control: training}"
    assert PLAIN.count(old) == 1
    used, *_ = home.leads(project(tmp_path, PLAIN.replace(old, "applies: {state: never}")))
    assert short(used) == (
        "Nothing, except when you rate an answer or our checks flag a note. We do not train AI with "
        "other data. Never for this: your files."
    )


def test_the_first_screen_never_says_never_of_what_another_use_trains_with(tmp_path: Path) -> None:
    old = "data: notes\n    applies: {state: never}\n    also: {flagged"
    assert PLAIN.count(old) == 1
    other = old.replace("notes", "[notes, files]").replace("never", "opt-out, control: training")
    used, *_ = home.leads(project(tmp_path, PLAIN.replace(old, other)))
    assert "Never for this" not in short(used)


def test_the_first_screen_of_an_empty_policy(tmp_path: Path) -> None:
    assert all(answer.missing for answer in home.leads(project(tmp_path, BARE)))


def test_the_ways_to_allow_and_to_refuse_are_told_apart(tmp_path: Path) -> None:
    both = "how: [{to: allowed, do: [Press Yes]}, {to: refused, do: [Open Settings, Press No]}]"
    old = "how: {do: [Settings, Keep my notes private]}"
    assert PLAIN.count(old) == 1

    answer = entities.control_answer(project(tmp_path, PLAIN.replace(old, both)), "reading")

    (clicks,) = [b for b in answer.details if isinstance(b, ClickList)]
    assert [p.where for p in clicks.platforms] == ["To allow", "To refuse"]
    assert short(answer).startswith("Open Settings, then press No.")


def test_groups_that_leave_nobody_out_are_everyone(tmp_path: Path) -> None:
    """Data of any day is used, under one rule or the other."""
    mine = "    data: notes\n    never: [files, {data: web-text, unless: pasted, becomes: notes}]\n"
    told = mine + "    applies: {state: opt-out, control: training}\n"
    assert told in PLAIN
    after = "{scope: {collected: {from: 2024-03-01}}, state: opt-out, control: training}"

    def applies(before: str) -> str:
        lines = f"    applies:\n      - {{scope: otherwise, state: {before}}}\n      - {after}\n"
        made = project(tmp_path, PLAIN.replace(told, mine + lines))
        return entities.use_answer(made, "train").applies

    assert applies("always") == "everyone"
    assert applies("never") == "collected from 1 March 2024"


def test_the_event_that_ends_a_period_is_said(tmp_path: Path) -> None:
    """Wherever a sentence gives the time alone; beside a table's column on deletion it is short."""
    answer = entities.control_answer(project(tmp_path, PLAIN), "training")
    assert block(answer, "How long we keep data")[0] == (
        "With use of your notes for training allowed, we keep what you write in notes and your "
        "files in our servers for 5 years, or until you delete it, if that is earlier."
    )
    endless = PLAIN.replace("keep: P5Y, until: you-delete", "keep: no-limit, until: you-delete")
    made = project(tmp_path, endless)
    assert next(row[1:] for row in cells(entities.retention(made))) == (
        "Until you delete it", "Gone within 30 days",
    )  # fmt: skip
    assert block(entities.control_answer(made, "training"), "How long we keep data")[0].endswith(
        "in our servers until you delete it."
    )


# -- rights ----------------------------------------------------------------------------------------


def test_the_page_of_rights_has_each_of_them_once_in_a_table(tmp_path: Path) -> None:
    answer = entities.rights_answer(project(tmp_path, PLAIN))
    assert short(answer) == (
        "Four rights. You can get a copy of your data, erase your data, object to a use or complain "
        "to an authority. For questions, write to privacy@example.org."
    )
    (table,) = (b for b in answer.details if isinstance(b, Table))
    assert [tuple(cell.whole for cell in row) for row in table.rows] == [
        ("Get a copy of your data", "Open Settings, then press Download.", "Within 30 days"),
        ("Erase your data", "Write to privacy@example.org.", "Not said"),
        ("Object to a use", "Write to privacy@example.org.", "Not said"),
        ("Complain to an authority", "Write to your authority.", "Not said"),
    ]
    assert beside(answer) == [
        "Erase your data: it does not reach trained models.",
        "Object to a use: we can refuse it after we weigh your reasons.",
    ]


def test_the_right_to_object_stands_by_itself_with_what_rests_on_interests(tmp_path: Path) -> None:
    answer = entities.rights_answer(project(tmp_path, PLAIN))
    assert block(answer, "Your right to object") == [
        "Object to a use. Write to privacy@example.org.",
        "Training the model behind the helper: this rests on legitimate interests.",
    ]


def test_a_right_that_the_policy_is_silent_of_is_said_to_be_unanswered(tmp_path: Path) -> None:
    answer = entities.rights_answer(project(tmp_path, PLAIN))
    assert block(answer, "What our policy does not say") == [
        "Correct your data: our policy does not say how.",
        "Limit what we do with your data: our policy does not say how.",
        "Take your data to another service: our policy does not say how.",
    ]


def test_consent_is_taken_back_by_the_choice_that_gave_it(tmp_path: Path) -> None:
    old = "purpose: analytics, data: tone, applies: {state: opt-out, control: counting}"
    assert PLAIN.count(old) == 1
    asked = old.replace("opt-out", "opt-in") + ", basis: {basis: consent}"
    answer = entities.rights_answer(project(tmp_path, PLAIN.replace(old, asked)))
    assert block(answer, "How you take back consent") == [
        "Counting words: refuse counting of your words."
    ]
    assert not any("Take back" in said for said in block(answer, "What our policy does not say"))


def test_without_rights_the_page_says_that_it_lacks_them(tmp_path: Path) -> None:
    assert entities.rights_answer(project(tmp_path, CLOSED)).missing == "`rights`"

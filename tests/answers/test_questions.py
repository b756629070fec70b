"""Each question on policies where the answer is yes, no, differs, and missing."""

from pathlib import Path

import pytest
from tests.answers.asking import ask, beside, cells, short
from tests.answers.policies import BARE, CLOSED, DIFFERS, HEADER, PLAIN, SCHOOL, project

from aboveboard.answers.compose import compose
from aboveboard.answers.groups import GROUPS
from aboveboard.answers.model import Answer, ClickList, Items
from aboveboard.answers.needs import NEEDS, missing
from aboveboard.answers.questions import QUESTIONS


def listed(answer: Answer, title: str) -> list[str]:
    (block,) = [b for b in answer.details if isinstance(b, Items) and b.title == title]
    return [sentence.whole for sentence in block.sentences]


# -- the list of questions -------------------------------------------------------------------


def test_questions_stand_in_their_groups_in_order(tmp_path: Path) -> None:
    groups = [question.group for question in compose(project(tmp_path, PLAIN))]
    assert groups == sorted(groups, key=list(GROUPS).index)
    assert set(groups) == set(GROUPS)


@pytest.mark.parametrize("id_", QUESTIONS)
def test_a_question_can_be_found_and_leads_on(id_: str) -> None:
    question = QUESTIONS[id_]
    assert id_ == question.ID and question.ASKS.endswith("?")
    assert len(question.PARAPHRASES) >= 3
    assert set(question.RELATED) <= QUESTIONS.keys() - {id_}


def test_the_first_question_is_found_by_other_words() -> None:
    paraphrases = QUESTIONS["used-for-training"].PARAPHRASES
    assert "Do you use what I type to train AI?" in paraphrases
    assert "stop using my chats" in paraphrases


MISSING = {
    "used-for-training": "a use with the purpose 'train-model'",
    "what-counts": "the kinds of data (`data`)",
    "never-used": "a use with the purpose 'train-model'",
    "sources": "`sources` of a model",
    "other-purposes": "the uses of data (`uses`)",
    "ads-or-sold": "a use with the purpose 'advertising' and a use with the purpose 'sell-or-license'",
    "legal-basis": "`basis` of a use",
    "by-plan": "an axis 'plan' (`policy.axes`)",
    "by-region": "an axis 'region' (`policy.axes`)",
    "children-and-teens": "an axis 'age' (`policy.axes`)",
    "on-by-default": "a `control` that a line of a use names",
    "how-to-switch-off": "a `control` that a line of a use names",
    "when-choice-takes-effect": "`effect` of a control that somebody refuses",
    "what-i-lose": "a control that somebody refuses",
    "still-used-after-refusal": "a control that somebody refuses",
    "rating": "an event of a reader who rates, which opens a route",
    "anonymised": "a use with data",
    "linked-back": "`relink` of a step, or `linked` of a copy",
    "people-read": "a recipient of the kind 'staff' or 'contractor'",
    "who-else-gets-it": "the recipients of data (`recipients`)",
    "how-long": "`retention`",
    "after-deletion": "`retention`",
    "take-out-of-model": "`effect.refusing.trained` of a control over training",
    "my-rights": "`rights`",
    "object-or-complain": "a right to 'object' or to 'complain' (`rights`)",
    "learned-bias": "a safeguard against 'bias' (`safeguards`)",
    "connected-and-uploads": "`via` of data, such as 'upload'",
    "voice-and-images": "`form` of data, such as 'voice' or 'image'",
    "inferred-data": "data of the origin 'derived' or 'generated'",
    "kinds-of-model": "the models that are trained (`models`)",
    "personalised": "a use with the purpose 'personalise'",
    "work-or-school": "a control by an admin, or data that is `visible-to: organisation`",
    "signed-out": "an axis 'account' (`policy.axes`)",
    "non-users": "data that is `about: others`, the `sources` of a model, or a right of 'non-users'",
    "choice-follows-me": "a control that somebody refuses",
    "private-chats": "an axis 'mode' (`policy.axes`)",
    "deadline": "`asked` of a control, with its `no-answer`",
    "could-repeat": "a safeguard against 'memorisation', or a step that tests, filters or deduplicates",
    "where-stored": "`regions` of a copy",
    "sensitive-information": "the uses of data (`uses`)",
    "what-changed": "`tell-before-change` of a use",
    "how-to-check": "`bindings` with the pipeline's files",
}


@pytest.mark.parametrize("id_", MISSING)
def test_a_missing_fact_is_named_and_nothing_is_invented(id_: str, tmp_path: Path) -> None:
    assert ask(tmp_path, BARE, id_) == Answer(QUESTIONS[id_].ASKS, (), missing=MISSING[id_])


def test_every_question_is_tested_for_a_missing_fact() -> None:
    assert QUESTIONS.keys() - MISSING.keys() == {"who-is-responsible"}  # loading asks for it
    assert NEEDS.keys() == QUESTIONS.keys()


@pytest.mark.parametrize("text", [BARE, PLAIN, DIFFERS, CLOSED, SCHOOL])
def test_what_is_missing_is_known_without_an_answer(text: str, tmp_path: Path) -> None:
    """A check names the same facts as the page, and makes no sentence for it."""
    made = project(tmp_path, text)
    for question in compose(made):
        assert missing(question.id, made.policy) == question.answer.missing


# -- yes, no, differs ------------------------------------------------------------------------

SHORT = [
    ("used-for-training", PLAIN,
     "Yes, unless you switch it off. We use what you write in notes for training the model behind "
     "the helper. We never use your files or text from connected apps for this."),
    ("used-for-training", CLOSED, "No."),
    ("used-for-training", DIFFERS,
     "It depends on your plan and your age. Free, 18 or over: yes, unless you switch it off. "
     "Team: no, unless your admin allows it. Free or School, Under 18; or School: no. "
     "We use your notes for training the model."),
    ("never-used", PLAIN, "Your files and text from connected apps."),
    ("never-used", DIFFERS, None),
    ("sources", PLAIN, "Public web pages. The data for the helper starts on 1 March 2024. We still collect it."),
    ("other-purposes", PLAIN,
     "Training AI, statistics and review by people. There are four such uses."),
    ("other-purposes", CLOSED, "Nothing. We use your data to run the service only."),
    ("ads-or-sold", PLAIN,
     "No. Showing ads: no. We tell you 30 days before this changes. Selling data: no."),
    ("ads-or-sold", DIFFERS,
     "Showing ads: it depends on where you live. "
     "This policy does not say whether your data is sold."),
    ("legal-basis", PLAIN,
     "Our contract with you and legitimate interests. It depends on the use. This policy names no "
     "basis for training the filter that spots harm, counting words, checking answers, storing "
     "your notes, showing ads and selling data."),
    ("by-plan", DIFFERS,
     "Yes. It differs for training the model. Here is the answer for training the model. "
     "Team: no, unless your admin allows it. School: no. "
     "Free, 18 or over: yes, unless you switch it off. Free, Under 18: no."),
    ("children-and-teens", DIFFERS,
     "Yes. It differs for training the model. Here is the answer for training the model. "
     "Free, 18 or over: yes, unless you switch it off. Team: no, unless your admin allows it. "
     "Free or School, Under 18; or School: no."),
    ("on-by-default", PLAIN, "Yes."),
    ("on-by-default", DIFFERS,
     "It depends on your plan and your age. For training, this holds until somebody decides. "
     "Free, 18 or over: on. Team: off. Free or School, Under 18; or School: off for good."),
    ("how-to-switch-off", PLAIN,
     "Open Settings, choose Privacy, then switch off “Help improve Notewise”. "
     "Your choice takes effect within 24 hours. It holds for your account, on every device."),
    ("how-to-switch-off", CLOSED, "You cannot. No use in this policy has a switch."),
    ("how-to-switch-off", DIFFERS, "Free: Open Settings. It holds for your account, on every device."),
    ("when-choice-takes-effect", PLAIN,
     "Within 24 hours. This is for use of your notes for training. We leave your new data out. "
     "We leave the data that we already hold out of later training. Training that is under way "
     "goes on with your data. Models that are trained already keep what they learned."),
    ("when-choice-takes-effect", DIFFERS,
     "It covers new data only. This is for use of your notes for training. This policy does not "
     "say how long it takes. We leave your new data out. We still use the data that we already "
     "hold. Training that is under way stops using your data. "
     "We take it out of models that are trained already."),
    ("what-i-lose", PLAIN,
     "It depends on what you turn off. Counting of your words: your weekly report stops."),
    ("what-i-lose", DIFFERS, "Nothing. That holds for each of your choices."),
    ("still-used-after-refusal", PLAIN,
     "Two ways stay open. This holds after you switch it off. "
     "Training that is under way goes on with your data. "
     "Models that are trained already keep what they learned."),
    ("rating", PLAIN,
     "We take the whole conversation. When you rate an answer, we use data from it for training "
     "the model behind the helper. We take your ratings. From the whole conversation, we take "
     "what you write in notes. No switch stops this. To avoid this, do not rate an answer."),
    ("rating", DIFFERS,
     "We take your data of the last 24 hours. 18 or over: when you rate an answer, we use data "
     "from it for training the model. From the last 24 hours, we take your notes. We ask each "
     "time. It happens only if you say yes. Under 18: we do not use it for this."),
    ("anonymised", PLAIN,
     "No. When our checks flag a note, we change nothing before training the filter that spots "
     "harm. We replace e-mail addresses before training. "
     "We delete the account number before training."),
    ("anonymised", DIFFERS, "No. It is pseudonymised. We delete the account number before training."),
    ("anonymised", CLOSED, "No. We use it as it is."),
    ("linked-back", PLAIN,
     "Yes, in one place. Your account stays on your data in our servers. We delete the account "
     "number. The safety team can undo this, for stopping abuse."),
    ("linked-back", DIFFERS, "Nobody holds a way back."),
    ("people-read", PLAIN,
     "Yes, unless you refuse. We show what you write in notes to trained readers for checking "
     "answers."),
    ("people-read", CLOSED,
     "No. We name everyone who gets your data. No person who reads it is among them."),
    ("who-else-gets-it", PLAIN,
     "Two others. Nobody else outside our company gets it. We show what you write in notes to trained readers for "
     "checking answers. We share what you write in notes with Example Cloud for storing your "
     "notes."),
    ("how-long", PLAIN,
     "Up to 5 years, in our servers. With use of your notes for training allowed, in our servers: "
     "5 years, or until you delete it, if that is earlier. With use of your notes for training refused, in our servers: 30 days."),
    ("how-long", CLOSED, "Until you delete it, in our servers."),
    ("after-deletion", PLAIN,
     "Copies stay in two places. When you delete it, it is gone from our servers within 30 days. "
     "When you close your account, we also delete your ratings from our servers within 7 days."),
    ("after-deletion", CLOSED,
     "We delete every copy. When you delete it, it is gone from our servers within 24 hours."),
    ("take-out-of-model", PLAIN,
     "No. Models that are trained already keep what they learned. Training that is under way goes "
     "on with your data. A refusal keeps your data out of later training."),
    ("take-out-of-model", CLOSED,
     "There is nothing to take out. We do not train models with your data."),
    ("take-out-of-model", DIFFERS,
     "In part. We take it out of models that are trained already. "
     "Training that is under way stops using your data."),
    ("my-rights", PLAIN,
     "Get a copy of your data. Open Settings, then press Download. We answer within 30 days. "
     "Erase your data. Write to privacy@example.org."),
    ("object-or-complain", PLAIN,
     "Object to a use. Write to privacy@example.org. "
     "Complain to an authority. Write to your authority."),
    ("object-or-complain", DIFFERS, "Complain to an authority. Europe: write to your authority."),
    ("who-is-responsible", PLAIN, "Notewise Ltd. Write to privacy@example.org."),
    ("who-is-responsible", DIFFERS,
     "Notewise EU Ltd. Responsible for: Europe. Write to eu@example.org. "
     "Notewise Inc. Responsible for: Elsewhere. Write to us@example.org."),
    ("learned-bias", PLAIN,
     "Yes. A model learns from what people write, and from how they write it. "
     "Against it we have a written text of rules."),
    ("learned-bias", CLOSED,
     "Not from you. We do not train models with your data. "
     "Against it we have a written text of rules."),
]  # fmt: skip


@pytest.mark.parametrize(("id_", "text", "expected"), [s for s in SHORT if s[2]])
def test_short_answer(id_: str, text: str, expected: str, tmp_path: Path) -> None:
    assert short(ask(tmp_path, text, id_)) == expected


# -- what stands beside ----------------------------------------------------------------------


def test_beside_the_training_answer_stand_the_ways_that_stay_open(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "used-for-training")) == [
        "When you rate an answer, we use data from it for training the model behind the helper.",
        "We take your ratings.",
        "From the whole conversation, we take what you write in notes.",
        "To avoid this, do not rate an answer.",
        "When our checks flag a note, we use data from it for training the filter that spots harm.",
        "We take what you write in notes.",
    ]


def test_uses_for_other_purposes_are_told_apart(tmp_path: Path) -> None:
    answer = ask(tmp_path, PLAIN, "still-used-after-refusal")
    assert listed(answer, "Uses that go on") == [
        "We use what you write in notes and your files for answering you.",
        "We use the tone of your notes for counting words, unless you switch it off.",
        "We use what you write in notes for checking answers, unless you refuse.",
        "We use what you write in notes for storing your notes.",
    ]


# One use that trains, and one switch: no other way stays open after a refusal.
ALONE = (
    HEADER
    + """
data: {notes: {name: what you write in notes, origin: provided}}
uses: {train: {name: training the helper, purpose: train-model, data: notes, applies: {state: opt-out, control: training}}}
controls:
  training:
    name: use of your notes for training
    kind: switch
    how: HOW
    effect: {refusing: {EFFECT}}
    spreads-to: account
"""
)
STOPS = "future: stops, stored: stops, running: stops, trained: removed"


def alone(effect: str = STOPS, how: str = "{do: [Open Settings]}") -> str:
    return ALONE.replace("EFFECT", effect).replace("HOW", how)


@pytest.mark.parametrize(
    ("effect", "lead"),
    [
        ("future: stops, stored: stops, running: stops, trained: removed", "Nothing."),
        ("future: stops, stored: stops, running: continues, trained: removed", "No new use."),
        ("future: stops, stored: stops, running: stops, trained: continues", "No new use."),
        ("future: stops, stored: continues, running: stops, trained: removed", "No new data."),
        ("future: continues, stored: stops, running: stops, trained: removed", "All of it."),
    ],
)
def test_what_goes_on_in_time_is_not_nothing(effect: str, lead: str, tmp_path: Path) -> None:
    """A refusal that leaves trained models as they are does not end with "Nothing."."""
    answer = ask(tmp_path, alone(effect), "still-used-after-refusal")
    assert answer.short[0].lead == lead
    assert len(answer.short) == 1 + effect.count("continues")


def test_excluded_data_comes_back_as_other_data(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "never-used")) == [
        "When you paste it, we treat text from connected apps as what you write in notes."
    ]


def test_what_outlives_a_deletion_is_derived(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "after-deletion")) == [
        "In our servers, with use of your notes for training refused, for 30 days at most: "
        "what you write in notes and your files.",
        "In the training sets, for 2 years at most: what you write in notes.",
        "In our servers, until you close your account: your ratings.",
    ]
    assert ask(tmp_path / "closed", CLOSED, "after-deletion").exceptions is None


def test_no_fixed_time_stands_beside_the_longest(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "how-long")) == [
        "In our servers, until you close your account: your ratings."
    ]


def test_limits_stand_beside_protections_and_rights(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "anonymised")) == ["Names stay.", "The text stays."]
    assert beside(ask(tmp_path, PLAIN, "my-rights")) == ["It does not reach trained models."]
    assert beside(ask(tmp_path, PLAIN, "object-or-complain")) == [
        "We can refuse it after we weigh your reasons."
    ]
    assert beside(ask(tmp_path, PLAIN, "learned-bias")) == ["It cannot see each bias."]


def test_a_copy_that_a_deletion_does_not_reach_is_named(tmp_path: Path) -> None:
    assert beside(ask(tmp_path, PLAIN, "who-else-gets-it")) == ["It stays with Example Cloud."]


# -- where answers differ, a table says so ---------------------------------------------------


def test_a_table_tells_each_reader(tmp_path: Path) -> None:
    assert cells(ask(tmp_path, DIFFERS, "used-for-training")) == [
        ("Free, 18 or over", "Yes, unless you switch it off."),
        ("Team", "No, unless your admin allows it."),
        ("Free or School, Under 18; or School", "No."),
    ]
    assert cells(ask(tmp_path, PLAIN, "used-for-training")) == []


def test_a_region_changes_more_than_uses(tmp_path: Path) -> None:
    answer = ask(tmp_path, DIFFERS, "by-region")
    assert listed(answer, "What else differs") == [
        "Europe: Notewise EU Ltd is responsible.",
        "Elsewhere: Notewise Inc. is responsible.",
        "Europe only: you can complain to an authority.",
        "Europe: the basis of showing ads is your consent.",
        "Elsewhere: the basis of showing ads is our contract with you.",
    ]
    assert "Training the model" in listed(answer, "Where you live changes nothing here")


def test_an_axis_on_which_nothing_differs(tmp_path: Path) -> None:
    text = PLAIN.replace("  controllers:", "  axes: {plan: {free: Free, pro: Pro}}\n  controllers:")
    assert short(ask(tmp_path, text, "by-plan")) == "No. Your plan changes nothing."


def test_boundary_cases_count(tmp_path: Path) -> None:
    answer = ask(tmp_path, PLAIN, "what-counts")
    assert short(answer) == "Five kinds of data. They are listed below."
    assert beside(answer) == ["Pasted text"]
    assert listed(answer, "This does not count:") == ["File names"]
    assert listed(answer, "What you give us")[0] == "What you write in notes (for example: drafts)"


def test_every_choice_has_its_clicks(tmp_path: Path) -> None:
    lists = [
        b for b in ask(tmp_path, PLAIN, "how-to-switch-off").details if isinstance(b, ClickList)
    ]
    assert [b.title for b in lists] == [
        "Use of your notes for training",
        "Counting of your words",
        "Reading of your notes",
    ]
    assert lists[0].platforms[0].steps[-1] == "Switch off “Help improve Notewise”"


# -- claims: neither more nor less than a sentence says ----------------------------------------


def claims(answer: Answer, start: str) -> set[str]:
    (found,) = [s for s in answer.sentences() if s.whole.startswith(start)]
    return set(found.claims)


def test_a_sentence_is_backed_by_what_it_says(tmp_path: Path) -> None:
    answer = ask(tmp_path, PLAIN, "used-for-training")
    assert claims(answer, "Yes, unless") == {
        "use-is-real:train/notes/used",
        "opt-out-honoured:train/notes/training",
    }
    assert claims(answer, "We use what you write in notes for training") == {
        "use-is-real:train/notes/used"
    }
    assert claims(answer, "We never use") == {
        "never-used:train/files/never",
        "never-used:train/web-text/never",
    }
    assert claims(answer, "When you rate") == {
        "use-is-real:train/rated/notes/used",
        "use-is-real:train/rated/ratings/used",
    }
    assert claims(answer, "To avoid this") == set()


def test_what_a_refusal_does_is_checked_as_far_as_it_can_be(tmp_path: Path) -> None:
    answer = ask(tmp_path, PLAIN, "when-choice-takes-effect")
    checked = {"opt-out-honoured:train/notes/training"}
    assert claims(answer, "We leave your new data out") == checked
    assert claims(answer, "We leave the data that we already hold out") == checked
    assert claims(answer, "Models that are trained") == set()


def test_who_is_left_out_is_backed_by_that_line(tmp_path: Path) -> None:
    answer = ask(tmp_path, DIFFERS, "used-for-training")
    found = [s for s in answer.short if s.text.startswith("Free or School")]
    assert set(found[0].claims) == {"scope-excluded:train/notes/line-2"}


def test_the_four_effects_and_the_last_choice_win_nothing_for_free(tmp_path: Path) -> None:
    answer = ask(tmp_path, CLOSED, "used-for-training")
    assert claims(answer, "No.") == {"never-used:train/notes/never"}


@pytest.mark.parametrize(
    ("how", "lead"),
    [
        ("{do: [Open Settings]}", "Open Settings."),
        ("[{scope: {platform: web}, do: [Open Settings]}, {scope: {platform: [app, car]}, do: [Open Menu]}]",
         "Web: Open Settings. App or Car: Open Menu."),
        ("[{scope: {platform: web}, do: [Open Settings]}, {scope: {platform: app}, do: [Open Menu]}, "
         "{scope: {platform: car}, do: [Press Stop]}]", "The clicks depend on your device."),
        ("[{scope: {platform: web}, do: [Open Settings]}, "
         "{scope: {platform: app}, do: [Open Settings]}, {scope: {platform: car}, do: [Press Stop]}]",
         "Web or App: Open Settings. Car: Press Stop."),
        ("[{to: allowed, do: [Say yes]}, {to: refused, do: [Say no]}]", "Say no."),
    ],
)  # fmt: skip
def test_no_platform_stands_for_all(how: str, lead: str, tmp_path: Path) -> None:
    """Clicks that differ are all given, or said to differ."""
    axes = "  axes: {platform: {web: Web, app: App, car: Car}}\ndata:"
    answer = ask(tmp_path, alone(how=how).replace("data:", axes, 1), "how-to-switch-off")
    assert answer.short[0].lead == lead

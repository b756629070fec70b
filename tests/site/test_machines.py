"""What programs read of a site: the facts, the vocabulary, the text for models, the signal."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from aboveboard import schemas
from aboveboard.load import load_project
from aboveboard.policy.model import KINDS
from aboveboard.proof.model import weakest
from aboveboard.site.book import make
from aboveboard.site.linked_data import faq, organisation
from aboveboard.site.machines import facts, files, vocabulary
from aboveboard.site.machines.schema import schema

from . import projects

# A kind that is not published whole, and why.
KEPT_BACK = {
    "questions": "their answers are published, in `answers`",
    "scopes": "names for people who write the policy; they are resolved",
    "changes": "the change log tells them",
    "corrections": "their sentences stand in `answers`; who owns them is nobody's business",
}


def faults(content: dict[str, Any]) -> list[str]:
    """What the schema says is wrong with a `policy.json`."""
    policy = Resource.from_contents(json.loads(schemas.file("policy").read_text("utf-8")))
    registry: Registry[Any] = Registry().with_resource("policy.schema.json", policy)
    validator = jsonschema.Draft202012Validator(schema(), registry=registry)
    return [error.message for error in validator.iter_errors(content)]


def policy_json(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "policy.json").read_text("utf-8"))
    return found


def test_the_facts_are_as_their_schema_says(demo_site: Path) -> None:
    found = policy_json(demo_site)
    assert faults(found) == []
    assert json.loads(schemas.file("site").read_text("utf-8")) == schema()
    found["answers"][0]["short"][0]["verdict"] = "sure"
    found["policy"]["uses"] = 3
    assert len(faults(found)) == 2


def test_every_kind_is_published_or_kept_back_for_a_reason() -> None:
    assert {*facts.KINDS, *KEPT_BACK} == {*KINDS} and not {*facts.KINDS} & {*KEPT_BACK}


def test_each_answer_has_the_verdict_of_its_statements_and_they_name_comparisons(
    demo_site: Path,
) -> None:
    found = policy_json(demo_site)
    known = {one["id"]: one["verdict"] for one in found["comparisons"]}
    project = load_project(demo_site.parent, projects.DAY)
    assert sorted(known.values()) == sorted(j.verdict for j in project.proof.judged.values())
    backed = 0
    for answer in found["answers"]:
        first = [one["verdict"] for one in (*answer["short"], *answer["exceptions"])]
        assert answer["verdict"] == (weakest(first) if first else None)
        for one in (*answer["short"], *answer["exceptions"], *answer["details"]):
            assert all(known[name] for name in one["comparisons"])
            backed += bool(one["comparisons"])
        page, _, part = answer["address"].partition("#")
        assert f'id="{part}"' in (demo_site / page / "index.html").read_text("utf-8")
    assert backed > 100


def test_no_binding_is_published(demo_site: Path) -> None:
    found = policy_json(demo_site)
    assert set(found["policy"]) == {"policy", *facts.KINDS} & {"policy", *found["policy"]}
    bindings = load_project(demo_site.parent, projects.DAY).policy.bindings
    assert bindings and len(bindings.copies) > 3
    said = json.dumps(found["policy"])
    assert not [name for names in bindings.sources.values() for name in names if name in said]
    for one in found["comparisons"]:
        assert all("pipeline/" in setting["place"] for setting in one["settings"])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_vocabulary_is_linked_data_whose_links_hold(demo_site: Path) -> None:
    from rdflib import RDF, Graph, URIRef

    home = "https://site.example/"
    graph = Graph()
    text = (demo_site / "dpv.jsonld").read_text("utf-8")
    graph.parse(data=text, format="json-ld", publicID=home)
    dpv = "https://w3id.org/dpv#"
    processes = set(graph.subjects(RDF.type, URIRef(f"{dpv}Process")))
    policy = load_project(demo_site.parent, projects.DAY).policy
    assert processes == {URIRef(f"{home}#use-{id_}") for id_ in policy.uses}
    named = {node for node in graph.objects() if str(node).startswith(home)}
    assert named and all((node, RDF.type, None) in graph for node in named)
    prefixes = tuple(vocabulary.CONTEXT.values())
    assert all(str(p).startswith((*prefixes, str(RDF))) for p in graph.predicates())


def test_every_word_of_the_policy_has_its_term_or_none() -> None:
    properties = json.loads(schemas.file("policy").read_text("utf-8"))["$defs"]

    def words(entity: str, key: str) -> set[str]:
        found = properties[entity]["properties"][key]
        return set(found["enum"])

    assert set(vocabulary.PURPOSE) == words("Use", "purpose")
    assert set(vocabulary.BASIS) == words("Basis", "basis")
    assert set(vocabulary.ORIGIN) == words("Data", "origin")
    assert set(vocabulary.RIGHT) == words("Right", "right")
    assert set(vocabulary.TECHNIQUE) < words("Step", "technique")


def test_the_text_for_models_holds_every_answer_with_what_it_does_not_stop(demo_site: Path) -> None:
    text = (demo_site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Example Assistant: what it does with your data\n\n> ")
    for answer in policy_json(demo_site)["answers"]:
        (line,) = re.findall(rf"^- \[.*?\]\({re.escape(answer['address'])}\):? ?(.*)$", text, re.M)
        for one in answer["exceptions"]:
            assert one["text"].replace("`", "\\`") in line


def test_the_signal_is_said_to_be_honoured_only_where_the_policy_says_so(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    assert ".well-known/gpc.json" not in files(make(load_project(root, projects.DAY)))
    file = root / "policy_data" / "policy.yml"
    said = file.read_text("utf-8")
    assert said.count("kind: switch") == 1
    file.write_text(said.replace("kind: switch", "kind: signal"), "utf-8")
    projects.built(root)
    told = json.loads((root / "site" / ".well-known" / "gpc.json").read_text("utf-8"))
    assert told["gpc"] is True and date.fromisoformat(told["lastUpdate"])
    pages = "".join(f.read_text("utf-8") for f in (root / "site").rglob("*.html"))
    assert "Global Privacy Control" in pages


def linked_data(html: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return [json.loads(text) for text in found]


def test_search_engines_read_each_question_with_the_whole_answer(demo_site: Path) -> None:
    asked = []
    for page in sorted((demo_site / "questions").glob("*/index.html")):
        (data,) = linked_data(page.read_text("utf-8"))
        assert data["@context"] == "https://schema.org" and data["@type"] == "FAQPage"
        for question in data["mainEntity"]:
            assert question["@type"] == "Question"
            assert question["acceptedAnswer"]["@type"] == "Answer"
            asked.append((question["name"], question["acceptedAnswer"]["text"]))
    for answer in policy_json(demo_site)["answers"]:
        said = dict(asked)[answer["question"]]
        assert all(one["text"] in said for one in (*answer["short"], *answer["exceptions"]))
    (home,) = linked_data((demo_site / "index.html").read_text("utf-8"))
    assert home["@graph"][0]["@type"] == "Organization" and home["@graph"][0]["name"]


# Which properties schema.org gives to a type, of those that we use.
OF = {
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Organization": {"name", "url", "email", "contactPoint"},
    "ContactPoint": {"description"},
}


def test_data_for_search_engines_is_of_their_vocabulary(demo_site: Path, tmp_path: Path) -> None:
    from rdflib import SDO

    named = projects.POLICY.replace("privacy@notewise.example", "Write to our office")
    other = projects.built(projects.write(tmp_path, policy=named))
    seen = set()
    for page in (*demo_site.rglob("*.html"), *other.rglob("*.html")):
        for data in linked_data(page.read_text("utf-8")):
            assert data.pop("@context") == "https://schema.org"
            nodes = data.pop("@graph", [data])
            while nodes:
                node = nodes.pop()
                kind = node.pop("@type")
                assert SDO[kind] in SDO and node.keys() <= OF[kind], (page, kind)
                assert all(SDO[name] in SDO for name in node) and all(node.values())
                inner = [v if isinstance(v, list) else [v] for v in node.values()]
                nodes += [one for many in inner for one in many if isinstance(one, dict)]
                seen.add(kind)
    assert seen == OF.keys()


@pytest.mark.parametrize("text", ["</script><script>window.pwned=1</script>", "<!--", "\u2028&"])
def test_no_text_ends_the_data_that_it_stands_in(tmp_path: Path, text: str) -> None:
    book = make(load_project(projects.write(tmp_path), projects.DAY))
    shown = book.show(book.questions[0].answer, "x")
    made = str(faq([(text, shown)]))
    assert made.count("<") == 2 and made.endswith("</script>") and "\u2028" not in made
    (data,) = linked_data(made)
    assert data["mainEntity"][0]["name"] == " ".join(text.replace("\u2028", " ").split())
    assert "Organization" in str(organisation(book))

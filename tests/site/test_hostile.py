"""Text of the policy is data: hostile text in every field is shown as typed and does nothing."""

import copy
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from aboveboard.site.text import clean

from . import projects
from .projects import BINDINGS, POLICY

# Each begins a construct of HTML, Markdown, Jinja, or an extension of either.
ATTACKS = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=2>",
    '"><svg onload=window.pwned=3>',
    "</title></style></textarea><script>window.pwned=4</script>",
    "[click](javascript:window.pwned=5)",
    "![i](x){: onload=window.pwned=6 }",
    "{{ 7*7 }} {% raw %} {# no #}",
    "```\n<script>window.pwned=7</script>\n```",
    "line\n\n    code\n\n# heading\n\n* * *\n\n<div>",
    "--8<-- '/etc/hostname' :smile: :material-home: &lt;b&gt; &#60; H~2~O ==m== ^^u^^ ++k++",
    "-->]]>?><!-- <?php ?> <![CDATA[",
    "abc\u202edcb\u2066\u200f \x07\u0000",
    "*a* _b_ **c** `d` ~~e~~ <f@example.org> [g]: h | i | j \\k",
]


def fields(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where text that a person writes stands; ids, links and closed words are not theirs."""
    free = {"name", "label", "do", "limits", "service", "version", "contact", "examples", "wrong"}
    free |= {"costs", "side-effects", "why", "does", "cannot", "interest"}
    found = []
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        here = (*path, key)
        if isinstance(value, dict | list):
            found += fields(value, here)
        elif isinstance(value, str) and ({*here} & free or "axes" in here):
            found.append(here)
    return found


def policy() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(POLICY)
    found["policy"]["effective"] = "2026-12-01"
    found["policy"]["wrong"] = "Write to wrong@example.org"
    found["controls"]["training"] |= {"costs": "a fee", "side-effects": "a loss"}
    found["uses"]["train"]["applies"][1]["why"] = "We say so"
    found["uses"]["train"]["basis"] = [{"basis": "legitimate-interests", "interest": "ours"}]
    found["safeguards"] = {
        "rules": {
            "name": "a rule book",
            "against": "bias",
            "kind": "constitution",
            "uses": ["train"],
            "does": ["It tells the model what to weigh"],
            "cannot": ["It cannot see all bias"],
        }
    }
    return found


def harmed(attack: str) -> dict[str, Any]:
    """The policy with an attack in every field, each after a mark of its own."""
    found = copy.deepcopy(policy())
    for number, place in enumerate(fields(found)):
        node = found
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = f"zz{number}zz {attack}"
    return found


@pytest.fixture(scope="module", params=range(len(ATTACKS)), ids=[f"attack-{n}" for n in range(13)])
def attack(request: pytest.FixtureRequest) -> str:
    number: int = request.param
    return ATTACKS[number]


def build(root: Path, attack: str) -> Path:
    """The site of the policy with an attack in every field."""
    data = harmed(attack)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    # Not every control character may stand in YAML; one that may not is another test's.
    text = text.replace("\\a", "").replace("\\0", "")
    text = text.replace("'2026-12-01'", "2026-12-01")
    return projects.built(projects.write(root, policy=text, bindings=BINDINGS))


@pytest.fixture(scope="module")
def site(attack: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    name = f"hostile-{ATTACKS.index(attack)}"
    root = projects.shared(tmp_path_factory, name, lambda folder: build(folder, attack))
    return root / "site", len(fields(policy()))


def test_it_becomes_no_script_no_handler_and_no_tag(site: tuple[Path, int], attack: str) -> None:
    for path, page in projects.pages(site[0]).items():
        for script in page.scripts:
            assert "pwned" not in script or script.lstrip().startswith("{"), path
        for tag, attributes in page.tags:
            assert tag not in ("iframe", "object", "embed", "img", "textarea"), path
            for name, value in attributes.items():
                assert not name.startswith("on"), f"{path}: {tag} {name}"
                assert not re.match(r"\s*javascript:", value or "", re.IGNORECASE), path


def test_it_is_shown_as_typed(site: tuple[Path, int], attack: str) -> None:
    shown = " ".join(page.words for page in projects.pages(site[0]).values())
    shown = re.sub(r"\s", "", shown)
    typed = re.sub(r"\s", "", clean(attack.replace("\x07", "").replace("\u0000", "")))
    marks = set(re.findall(r"zz\d+zz", shown))
    assert len(marks) > site[1] * 2 // 3, f"only {sorted(marks)} of {site[1]}"
    for found in re.finditer(rf"zz\d+zz(.{{{len(typed)}}})", shown, re.IGNORECASE):
        assert found[1] == typed


def test_titles_too(site: tuple[Path, int], attack: str) -> None:
    use = (site[0] / "uses" / "train" / "index.html").read_text("utf-8")
    title = re.search(r"<title>(.*?)</title>", use, re.DOTALL)
    assert title
    typed = clean(attack.replace("\x07", "").replace("\u0000", ""))
    assert typed in unescape(title[1]) and "<" not in title[1]

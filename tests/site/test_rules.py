"""The page "Which rules apply to me?": a row for each group, links that lead to it, no script needed."""

import re
from pathlib import Path

from . import projects

HTML = "rules/index.html"


def row(html: str, id_: str) -> str:
    """The words of one row."""
    found = re.search(rf'<tr role="row" id="{re.escape(id_)}".*?</tr>', html, re.DOTALL)
    assert found, id_
    return projects.prose(found[0])


def test_each_group_has_a_row_with_its_answer_and_verdict(small_site: Path) -> None:
    html = (small_site / HTML).read_text("utf-8")
    assert "Yes, unless you switch it off. Stated" in row(html, "plan.free")
    assert row(html, "plan.team").startswith("Team Link to this row Training the helper No. Stated")
    page = projects.pages(small_site)[HTML]
    assert {"plan.free", "plan.team", "plan.free:train", "plan.team:train"} <= page.ids
    assert {"#plan.free", "#plan.team", "#plan.free:train"} <= set(page.links())
    assert any(link.endswith("controls/training/") for link in page.links())


def test_choices_are_there_for_the_script_alone(small_site: Path, demo_site: Path) -> None:
    for site in (small_site, demo_site):
        page = projects.pages(site)[HTML]
        assert [a for tag, a in page.tags if tag == "form" and a.get("class") == "ab-pick"]
        assert not any(name.startswith("on") for _, a in page.tags for name in a)
        scripts = [a["src"] or "" for tag, a in page.tags if tag == "script" and "src" in a]
        (ours,) = [src for src in scripts if re.search(r"assets/rules\.[0-9a-f]{8}\.js$", src)]
        assert (site / "rules" / ours).resolve().is_file()
    others = (html for html in demo_site.rglob("*.html") if html.parent.name != "rules")
    assert not [html for html in others if "assets/rules." in html.read_text("utf-8")]


def test_the_demo_folds_into_one_matrix(demo_site: Path) -> None:
    html = (demo_site / HTML).read_text("utf-8")
    mine = row(html, "plan.free.pro_age.adult_region.eea")
    assert "When you rate an answer: yes, and no switch stops it." in mine
    assert "Matches settings" in mine
    assert "When you rate" not in row(html, "plan.enterprise_region.eea")
    words = projects.prose(html)
    assert "Nobody is in these combinations: Team or Enterprise, Under 18" in words
    assert "The export for training" in words and "30 days." in words
    rows = html.count('data-rule="')
    assert 6 <= rows <= 16


def test_it_depends_leads_to_the_rules(demo_site: Path) -> None:
    depends = [
        (path, found)
        for path in demo_site.rglob("*.html")
        if "versions" not in path.parts  # the rules of today are not those of a past version
        for found in re.findall(
            r"<b>(?:<a [^>]*>)?It depends on (?:your|where) [^<]*", path.read_text("utf-8")
        )
    ]
    assert depends
    for path, found in depends:
        assert re.search(r'href="[./]*rules/"', found), (path, found)


def test_a_policy_without_differences_says_so(tmp_path: Path) -> None:
    policy = projects.POLICY.replace("scope: {plan: free}, ", "").replace(
        "      - {scope: otherwise, state: never}\n", ""
    )
    pipeline = projects.PIPELINE.replace(
        "  - {id: free-only, in: [messages], op: filter, where: {plan: free}, missing: drop}\n", ""
    ).replace("in: [free-only]", "in: [messages]")
    page = projects.pages(
        projects.built(projects.write(tmp_path, policy=policy, pipeline=pipeline))
    )
    assert "These rules are the same for everyone" in page[HTML].words
    assert not [a for tag, a in page[HTML].tags if tag == "form" and a.get("class") == "ab-pick"]
    assert "all:train" in page[HTML].ids


def test_many_uses_make_blocks_and_not_a_wide_table(tmp_path: Path) -> None:
    more = "".join(
        f"  use-{n}:\n    name: using it for thing {n}\n    purpose: research\n    data: [notes]\n"
        "    applies: [{scope: {plan: free}, state: always}, {scope: otherwise, state: never}]\n"
        for n in range(6)
    )
    policy = projects.POLICY.replace("controls:\n", f"{more}controls:\n", 1)
    root = projects.write(tmp_path, policy=policy)
    page = projects.pages(projects.built(root, draft=True))[HTML]
    (table,) = [
        a for tag, a in page.tags if tag == "table" and "ab-rules" in (a.get("class") or "")
    ]
    assert "ab-rules--cards" in (table["class"] or "")

"""Links of the finished site: every one leads somewhere, or `build` stops and says who wrote it."""

import shutil
import time
from pathlib import Path

import pytest

from aboveboard.commands.build import build
from aboveboard.load import load_project
from aboveboard.site.links import files, page
from aboveboard.site.links.address import AWAY, Site, Target
from aboveboard.site.links.check import Broken, check
from aboveboard.site.links.written import findings

from . import projects
from .projects import DAY

FILES = frozenset(
    ("index.html", "404.html", "a/index.html", "a/b/index.html", "a/é.png", "x.svg", "d.pdf")
)
HERE = Site(FILES, "https://example.org/docs/")


@pytest.mark.parametrize(
    ("file", "link", "target"),
    [
        ("index.html", "a/", ("a/index.html", "")),
        ("a/index.html", "b/#p", ("a/b/index.html", "p")),
        ("a/index.html", "..", ("index.html", "")),
        ("a/b/index.html", "../../#top", ("index.html", "top")),
        ("a/b/index.html", "../../a/?q=1#p", ("a/index.html", "p")),
        ("a/index.html", "", ("a/index.html", "")),
        ("a/index.html", "#caf%C3%A9", ("a/index.html", "café")),
        ("a/index.html", "%C3%A9.png", ("a/é.png", "")),
        ("a/index.html", " b/\n", ("a/b/index.html", "")),
        ("index.html", "a\\b/", ("a/b/index.html", "")),
        ("index.html", "/docs/a/", ("a/index.html", "")),
        ("index.html", "/docs", ("index.html", "")),
        ("index.html", "https://example.org/docs/a/#x", ("a/index.html", "x")),
        ("index.html", "//example.org/docs/", ("index.html", "")),
        ("404.html", "/docs/a/", ("a/index.html", "")),
    ],
)
def test_where_a_link_leads(file: str, link: str, target: tuple[str, str]) -> None:
    assert HERE.target(file, link) == Target(*target)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/",
        "https://example.org/other/",
        "https://example.org:8443/docs/a/",
        "/settings",
        "mailto:a@example.org",
        "tel:+15550100",
        "data:,x",
    ],
)
def test_what_leads_elsewhere_is_left_aside(link: str) -> None:
    assert HERE.target("index.html", link) == AWAY


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("b/", "there is no 'b'"),
        ("a", "the address of a page ends in a slash: 'a/'"),
        ("A/", "there is no 'A'"),
        ("../outside/", "it leads out of the site"),
        ("javascript:alert(1)", "it is a script"),
        ("file:///etc/passwd", "it leads to a file of one machine"),
        ("https:///x", "it is no address: it names no host"),
        ("https://[x/", "it is no address"),
        ("https://example.org/docs/none/", "there is no 'none'"),
    ],
)
def test_what_leads_nowhere_says_why(link: str, fault: str) -> None:
    assert HERE.target("index.html", link).fault.startswith(fault)


def test_a_path_of_a_host_that_nobody_named_cannot_be_decided() -> None:
    found = Site(FILES).target("index.html", "/a/")
    assert "site_url" in found.fault
    assert Site(FILES).target("404.html", "/a/") == Target("a/index.html")


PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="s.css"><link rel="canonical" href="c/"><link rel=icon href=i.svg>
<meta property="og:image" content="o.png"><meta http-equiv="Refresh" content="0; url='r/'">
<style>@import "t.css"; b { background: url(u.png) } /* url(no.png) */</style></head>
<body style="background:url('v.png')" background=w.png>
<a href="h/?a=1&amp;b=2" HREF="second/">x</a><a name="old">y</a><a href>z</a>
<img src="1.png" srcset="2.png 1x, 3,4.png 2x,5.png"><video poster="p.jpg"><source src="m.mp4"></video>
<object data="d.pdf" data-x="no"></object><form action="f/"></form><input list="l" form="fm">
<label for="in">a</label><p aria-labelledby="one two" aria-label="no" id="one"></p>
<img usemap="#m"><map name="m"></map><table><tr><td headers="th"></td></tr></table><button popovertarget="pop"></button>
<svg><use xlink:href="#g"/><rect fill="url(#f)"/><image href="s.png"/></svg>
<!-- <a href="comment/"> --><script>let a = '<a href="script/">'</script>
<p title='a > b'><a href='quoted"/'>q</a>
</body></html>"""


def test_everything_that_a_page_refers_to_is_read() -> None:
    found = page.read(PAGE.encode())
    followed = {ref.value for ref in found.refs if not ref.loaded}
    loaded = {ref.value for ref in found.refs if ref.loaded}
    assert followed == {"c/", "o.png", "r/", "h/?a=1&b=2", "", "f/", "#m", 'quoted"/'}
    assert loaded == {
        *("s.css", "i.svg", "t.css", "u.png", "v.png", "w.png", "1.png", "2.png", "3,4.png"),
        *("5.png", "p.jpg", "m.mp4", "d.pdf", "#g", "#f", "s.png"),
    }
    assert found.ids == {"one", "old", "m"}
    assert set(found.named) == {"l", "fm", "in", "one", "two", "th", "pop"}


def site(root: Path, **texts: str) -> Path:
    """A folder of files; `_` in a name stands for a dot, `__` for a slash."""
    for name, text in texts.items():
        file = root / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    ("files_", "file", "written", "why"),
    [
        ({"index_html": '<a href="x/">'}, "index.html", "x/", "there is no 'x'"),
        ({"index_html": '<img src="">'}, "index.html", "", "it is empty"),
        ({"index_html": '<a href="#p">'}, "index.html", "#p", "'index.html' has no part 'p'"),
        ({"index_html": '<p aria-labelledby="p">'}, "index.html", "p", "the page has no part 'p'"),
        ({"index_html": '<label for="p">'}, "index.html", "p", "the page has no part 'p'"),
        (
            {"index_html": '<img src="https://example.com/x.png">'},
            "index.html",
            "https://example.com/x.png",
            "no browser loads it",
        ),
        (
            {"index_html": '<img src="s.svg#b">', "s_svg": '<svg><g id="a"/></svg>'},
            "index.html",
            "s.svg#b",
            "'s.svg' has no part 'b'",
        ),
        ({"s_svg": '<svg><a href="x/"/></svg>'}, "s.svg", "x/", "there is no 'x'"),
        ({"s_css": "a{b:url(x.png)}"}, "s.css", "x.png", "there is no 'x.png'"),
        ({"changes_xml": '<feed><link href="x/"/></feed>'}, "changes.xml", "x/", "there is"),
        ({"changes_xml": "<feed>"}, "changes.xml", "", "it is no XML"),
        (
            {"sitemap_xml": "<urlset><url><loc>https://example.org/x/</loc></url></urlset>"},
            "sitemap.xml",
            "https://example.org/x/",
            "there is no 'x'",
        ),
        ({"policy_json": '{"answers": [{"address": "x/#y"}]}'}, "policy.json", "x/#y", "there is"),
        ({"policy_json": "{"}, "policy.json", "", "it is no JSON"),
        ({"llms_txt": "- [a](x/#y): b"}, "llms.txt", "x/#y", "there is no 'x'"),
        ({"robots_txt": "Sitemap: https://example.org/s.xml"}, "robots.txt", "https", "there is"),
        ({"assets__search_1_json": '[["x/", "X"]]'}, "assets/search.1.json", "../x/", "there is"),
    ],
)
def test_each_kind_of_file_is_followed(
    tmp_path: Path, files_: dict[str, str], file: str, written: str, why: str
) -> None:
    found = check(site(tmp_path, **files_), "https://example.org/")
    assert [
        (b.file, b.written.startswith(written), b.why.startswith(why)) for b in found.broken
    ] == [(file, True, True)]


def test_what_is_there_is_not_told(tmp_path: Path) -> None:
    text = '<p id="p"><a href="#p"><a href="#top"><a href="#:~:text=x"><img src="d.pdf#page=2">'
    text += '<a href="https://example.com/"><link rel=canonical href="https://example.com/y/">'
    found = check(site(tmp_path, index_html=text, d_pdf="x"))
    assert found.broken == () and found.links == 6


def test_the_demo_is_checked_in_every_kind_of_file(demo_site: Path) -> None:
    """And quickly: it is a part of every build. The bound is far above what it takes, since other
    tests run beside this one."""
    found = {path: files.reader(path) for path in ("policy.json", "llms.txt", "changes.xml")}
    assert all(found.values())
    assert any(files.reader(f"assets/{f.name}") for f in (demo_site / "assets").glob("*.json"))
    start = time.process_time()
    checked = check(demo_site)
    assert time.process_time() - start < 1.5
    assert checked.broken == () and checked.links > 4000


# Each harm: a file and its text, the place that is told, and words of what is said.
HARMS: dict[str, tuple[str, str, str, str]] = {
    "raw HTML": (
        "docs/one.md",
        '# Own\n\n<p>\n<a href="../questons/">x</a></p>\n',
        "docs/one.md:4:10",
        "help: did you mean 'questions/index.html'?",
    ),
    "a picture": (
        "docs/two.md",
        '# Own\n\n<img src="no.png">\n',
        "docs/two.md:3:11",
        "'no.png' on page 'two' leads nowhere: there is no 'two/no.png'",
    ),
    "a picture of others": (
        "docs/three.md",
        "# Own\n\n![x](https://example.com/x.png)\n",
        "docs/three.md:3:6",
        "pages take files of this site only, not of 'example.com'",
    ),
    "an anchor of a made page": (
        "docs/four/index.md",
        '# Own\n\n<a href="../controls/#none">x</a>\n',
        "docs/four/index.md:3:10",
        "'controls/index.html' has no part 'none'",
    ),
    "a name for a label": (
        "docs/five.md",
        '# Own\n\n<p aria-labelledby="nothing">x</p>\n',
        "docs/five.md:3:21",
        "the page has no part 'nothing'",
    ),
    "a whole page": (
        "docs/six.html",
        '<a href="gone/">x</a>\n',
        "docs/six.html:1:10",
        "'gone/' on page 'six.html' leads nowhere: there is no 'gone'",
    ),
    "a style sheet": (
        "docs/a.css",
        "\nb { c: url(lost.png) }",
        "docs/a.css:2:12",
        "there is no 'lost.png'",
    ),
    "a drawing": (
        "docs/a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="nil.png"/></svg>',
        "docs/a.svg:1:54",
        "there is no 'nil.png'",
    ),
    "the theme": (
        "docs/overrides/partials/wrong.html",
        '<p><a href="/help/">Something here is wrong?</a>',
        "docs/overrides/partials/wrong.html:1:13",
        "more leads nowhere: there is no 'help'",
    ),
    "a style sheet of the configuration": (
        "docs/other.txt",
        "",
        "mkdocs.yml:3:13",
        "gone.css' on page '404.html', and on ",
    ),
    "an address of the policy": (
        "mkdocs.yml",
        "site_name: x\nsite_url: https://notewise.example/\nextra_css: [gone.css]\n",
        "policy_data/policy.yml:28:60",
        "there is no 'settings'",
    ),
}


def test_broken_links_stop_a_build_each_where_it_is_written(
    tmp_path: Path, small_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = projects.write(tmp_path)
    shutil.copytree(small_site, root / "site")
    for path, text, _, _ in HARMS.values():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    assert build(root, as_of=DAY) == 1
    told = capsys.readouterr().err
    for harm, (_, _, place, said) in HARMS.items():
        assert f"--> {place}\n" in told, harm
        assert said in told, harm
    assert told.count("error[broken-link]") == told.count("error[") == len(HARMS)
    assert told.endswith("The site is as it was before.\n")
    for file in (f for f in small_site.rglob("*") if f.is_file()):
        assert (root / "site" / file.relative_to(small_site)).read_bytes() == file.read_bytes()


def test_a_link_that_nobody_wrote_is_our_fault(tmp_path: Path) -> None:
    project = load_project(projects.write(tmp_path), DAY)
    ours = Broken("controls/index.html", "../none/", "there is no 'none'")
    with pytest.raises(RuntimeError, match=r"controls/index.html links to '../none/'"):
        findings(project, "docs/overrides", [ours])


def test_what_runs_in_the_engine_may_have_written_it(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    (root / "mkdocs.yml").write_text("site_name: x\nplugins:\n  - tags\n")
    made = Broken("controls/index.html", "../none/", "there is no 'none'")
    (found,) = findings(load_project(root, DAY), "docs/overrides", [made])
    assert str(found.location) == "mkdocs.yml:2:1"


def test_what_a_record_says_stops_nothing(tmp_path: Path) -> None:
    """Nobody may change a release, so nobody could ever build again."""
    project = load_project(projects.write(tmp_path), DAY)
    record = Broken(
        "versions/1.0.0/index.html", "https://notewise.example/old/", "there is no 'old'"
    )
    assert findings(project, "docs/overrides", [record]) == []


def test_every_line_that_says_it_is_told_once(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    (root / "docs").mkdir()
    (root / "docs" / "own.md").write_text('<a href="x/">\n<a href="y/x/">\n<img src="x/">\n')
    project = load_project(root, DAY)
    broken = [Broken(f"{page}/index.html", "x/", "there is no 'x'") for page in ("own", "own")]
    found = findings(project, "docs/overrides", broken)
    assert [str(f.location) for f in found] == ["docs/own.md:1:10", "docs/own.md:3:11"]

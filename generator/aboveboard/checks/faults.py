"""Rules that fire while files are read, or a site is made: what each finds, why, and how to fix it.

They have no module of their own, since what reads a file also tells what is wrong with it. Each
text is as the docstring of a check. They are errors but for those of `WARNINGS`.
"""

from __future__ import annotations

WARNINGS = frozenset({"unknown-version"})

FAULTS = {
    "invalid-yaml": """\
A file cannot be read as YAML or JSON, or reads otherwise than it looks.

Why it matters: of a file that nobody can read, nobody knows what it says. A key that is given
twice is as bad: tools take the last one, and people read the first.

How to fix it: mend the place that is shown. The hint says what is meant most likely: a quote that
is not closed, a tab, a missing space after a colon.
""",
    "invalid-policy": """\
Something in the policy has a form that it cannot have: a number where text is asked for, a key
that lacks, a date that is none.

Why it matters: what cannot be read is not guessed. Without it there is no sentence, and no claim.

How to fix it: write the value as the message says. `aboveboard schema policy` lets an editor mark
such a place while you type.
""",
    "unknown-key": """\
A key in the policy that means nothing.

Why it matters: a misspelt key says nothing, and whoever wrote it believes that it does.

How to fix it: take the spelling of the hint, or one from "The policy, key by key" of the manual.
""",
    "unknown-value": """\
A scope names a value that its axis does not have.

Why it matters: a rule for a plan that does not exist holds for nobody.

How to fix it: take a value of the axis, or add the value to `policy.axes`.
""",
    "unknown-axis": """\
A scope names an axis that the policy does not have.

Why it matters: nobody knows whom it is about.

How to fix it: take an axis of the policy, or add it to `policy.axes` with all of its values.
""",
    "reserved-axis": """\
An axis has a name that means something else in a scope.

Why it matters: a scope with this key could be read in two ways.

How to fix it: give the axis another name.
""",
    "unknown-reference": """\
Something names an entity, a control, a step or a checkout that is not there.

Why it matters: the sentence would have a hole, and what was meant is held against nothing.

How to fix it: take the spelling of the hint, or add what is named.
""",
    "given-twice": """\
One id is given twice.

Why it matters: only one of the two can count, and nobody sees which.

How to fix it: give one of them another id, or remove it. Both places are shown.
""",
    "scope-cycle": """\
A named scope leads back to itself, or through too many others.

Why it matters: it never says whom it is about.

How to fix it: write the values of one of them in the place of its name.
""",
    "table-gap": """\
A table says nothing for some people: no row holds them.

Why it matters: they would find no answer on the site, and nothing is checked for them.

How to fix it: add a row for those that the message names, or give one row `scope: otherwise`.
""",
    "table-overlap": """\
Two rows of a table hold the same people.

Why it matters: the two can answer differently, and the order of rows means nothing.

How to fix it: take these people out of one of the rows.
""",
    "table-unreachable": """\
A row of a table holds nobody.

Why it matters: somebody wrote it for somebody. It has no effect.

How to fix it: remove the row, or mend its scope; `not` and `policy.impossible` may leave nobody.
""",
    "table-too-large": """\
A table tells apart more kinds of people than can be counted.

Why it matters: whether each of them finds exactly one answer can then not be decided.

How to fix it: name fewer axes in one table, or split it.
""",
    "stray-otherwise": """\
`otherwise` stands where there are no other rows.

Why it matters: it takes the rest of a table, and here there is nothing to leave a rest.

How to fix it: list the values that are meant, or leave `scope` out: then it is for everyone.
""",
    "overstated-strength": """\
A step is said to be stronger than its technique and parameters reach.

Why it matters: "anonymised" is the word that is misused most, and people rely on it.

How to fix it: write the strength of the hint, or leave `strength` out: it is derived. An author
may lower it, and never raise it.
""",
    "missing-file": """\
A file or folder that is named is not there, or a pattern matches no file.

Why it matters: a promise that is held against no file is held against nothing.

How to fix it: mend the path under `bindings.files`. Paths begin at the project's folder and do
not leave it; files of another repository are named with `checkout:` and given with `--checkout`.
""",
    "wrong-revision": """\
A checkout is not at the revision that the bindings name, or its files differ from it.

Why it matters: the site says which state was compared. It has to be this one.

How to fix it: check that revision out anew, without changes, or name another one in the bindings.
""",
    "unreadable-pipeline": """\
A file of the pipeline, or a part of it, is in no form that its reader knows.

Why it matters: what cannot be read may do anything, so what rests on it is unknown.

How to fix it: mend the place that is shown, or name the right reader with `reader:` in
`bindings.files`. What no reader knows can be described in a native file, beside the real one.
""",
    "unknown-setting": """\
A setting of the pipeline that its tool does not have, or that has no effect as it is written. It
is a warning where the tool runs all the same.

Why it matters: the tool ignores it or does not start, and the protection that was meant is not
there.

How to fix it: take the spelling of the hint, or remove the setting.
""",
    "unknown-version": """\
The version of a tool is not known, so its defaults are not known either.

Why it matters: what a file leaves out is what the tool does by default, and that changes between
versions.

How to fix it: say the version under `bindings.tools`, or name the file that pins it with
`pinned:`; or set in the file what the claims rest on.
""",
    "stale-run": """\
The run that a file of events tells of is not complete, or older than `max-age` allows.

Why it matters: what ran long ago says little about what runs today.

How to fix it: give the events of a newer, complete run, or allow a greater age.
""",
    "cyclic-steps": """\
Steps of the pipeline wait for one another.

Why it matters: there is no order in which they could run, so what they do cannot be followed.

How to fix it: let one of them read a dataset that the other has written.
""",
    "overlay-contradicts": """\
An overlay says something else about a step than its own file does.

Why it matters: an overlay is for what nobody can read. It is a word; the file is what runs.

How to fix it: remove the step from the overlay, or change the pipeline.
""",
    "unmatched-binding": """\
A binding names a dataset, a field or a value that the pipeline does not have.

Why it matters: a promise about it would hold because there is nothing to break it.

How to fix it: take a name of the hint. `aboveboard graph` lists what was read, file by file.
""",
    "broken-link": """\
A link of the site leads to a page, a file or a part of a page that is not there. `build` finds it.

It follows every address in the finished site: links and pictures, raw HTML included, names that
labels refer to, style sheets, drawings, feeds, and the files for programs. A page loads files of
this site only, so a picture of another host is a broken link too.

Why it matters: the reader is sent for an answer and finds nothing.

How to fix it: mend the link where it is shown, or the id that it names. An address that starts
with a slash needs `site_url` in `mkdocs.yml`: without it nobody can tell where it leads.
""",
    "page-collision": """\
A page of your own has the address of a page that is made. `build` finds it.

Why it matters: only one of the two could be published.

How to fix it: rename your file.
""",
    "site-fault": """\
The site could not be made of pages that were fine: a link in a page of your own, a file in the
way, a fault of `mkdocs.yml`. `build` finds it.

Why it matters: what is published before stays as it is, and nothing new goes out.

How to fix it: mend the place that is shown.
""",
}

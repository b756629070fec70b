"""Makes the mutants of every example project, runs them, and holds verdicts against what rows show."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from tests.examples import PROJECTS, run

from aboveboard.findings import Finding, Location
from aboveboard.project import Project
from aboveboard.proof.model import FAILING, Judged

from .formats import FORMATS
from .model import Files, Mode, Mutant, Stores, Undecided
from .planted import plant
from .truth import Truth

ROOT = Path(__file__).parents[2]
# Promises about settings that no row can show are not asked.
QUIET = frozenset({"unanswered-question"})
DEMO = 9  # of so many mutants of the demo one is taken: it is large


# harmful: a promise is broken, so it has to be red. equivalent: none is, so it has to be green.
# by-rule: no promise is broken, and yet it is red, as the rules want: code was added that nobody reads,
# or a binding names what is gone. not-run: what the files do cannot be run here. Rates are of the first
# two alone.
Kind = Literal["harmful", "equivalent", "by-rule", "not-run"]


class Result(NamedTuple):
    """One mutant: what its run shows, and what was said about it. `fault` is empty if they agree."""

    base: str
    format: str
    mutant: Mutant
    kind: Kind
    fault: str = ""
    why: str = ""


class Base:
    """An example project in which all is well, with its files by format."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = "demo" if root == ROOT else root.relative_to(PROJECTS).as_posix()

    @cached_property
    def project(self) -> Project:
        return run(self.root)[0]

    @cached_property
    def truth(self) -> Truth:
        return Truth(self.project, plant(self.project))

    @cached_property
    def files(self) -> Files:
        return {p: (raw or b"").decode() for p, raw in self.project.pipeline.inputs.items()}

    def formats(self, files: Files, project: Project) -> dict[str, Files]:
        """Files by the format that each is in; pins of tools are in none, and do nothing."""
        known = project.pipeline.formats
        found: dict[str, Files] = {}
        for path, text in files.items():
            name = known.get(path)
            if name is None and path in self.files and path not in self.project.pipeline.formats:
                continue
            if name is None:
                raise Undecided(f"{path} is in no format")
            found.setdefault(name, {})[path] = text
        return found

    @property
    def well(self) -> bool:
        """Whether all claims hold, and its formats are those of mutants."""
        judged = self.project.proof.judged.values()
        well = bool(judged) and all(j.verdict not in FAILING for j in judged)
        return well and set(self.project.pipeline.formats.values()) <= FORMATS.keys()

    @cached_property
    def why_not(self) -> str:
        """What keeps the files from being run here; nothing if they can be."""
        try:
            self.broken(self.files, self.project)
        except Undecided as error:
            return str(error)
        return ""

    def broken(self, files: Files, project: Project) -> set[str]:
        """The claims that some way in which files may turn out breaks."""
        by_format = self.formats(files, project)
        formats = {name: FORMATS[name]() for name in by_format}
        ways = [list(formats[name].worlds(some)) for name, some in by_format.items()]
        found: set[str] = set()

        def dataset(name: str) -> str:
            id_ = self.project.pipeline.resolve(name)
            return id_ if id_ is not None else name

        for worlds in product(*ways):
            runs: dict[Mode, Stores] = {}
            for mode in get_args(Mode):
                if mode == "failing" and not any(formats[n].fails(f) for n, f in by_format.items()):
                    runs[mode] = runs["plain"]
                    break
                runs[mode] = stores = self.planted()
                for _ in by_format:  # what one format writes another reads
                    for (name, some), world in zip(by_format.items(), worlds, strict=True):
                        formats[name].run(some, stores, world, mode)
            found |= self.truth.broken(runs, dataset)
        return found

    def planted(self) -> Stores:
        """The sources, by each of their names."""
        stores = Stores()
        aliases = self.project.pipeline.aliases.items()
        for name, rows in self.truth.planted.rows.items():
            for called in {name, *(alias for alias, id_ in aliases if id_ == name)}:
                stores.put(called, "planted", rows)
        return stores


class Workshop:
    """A folder in which mutants of one project are checked."""

    def __init__(self, base: Base) -> None:
        self.base = base
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="mutants-", dir=memory))
        shutil.copytree(base.root / "policy_data", self.folder / "policy_data")

    def close(self) -> None:
        shutil.rmtree(self.folder)

    def checked(self, files: Files) -> tuple[Project, list[Finding]]:
        for path in self.base.files:
            if path not in files:
                (self.folder / path).unlink(missing_ok=True)
        for path, text in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="")
        found = run(self.folder)
        for path in files:
            (self.folder / path).unlink()
        return found


def mutants(base: Base, name: str, operator: str) -> Iterator[Mutant]:
    """The mutants of one operator on the files of one format of a project."""
    some = base.formats(base.files, base.project)[name]
    every = DEMO if base.root == ROOT else 1
    others = {path: text for path, text in base.files.items() if path not in some}
    for mutant in islice(FORMATS[name]().OPERATORS[operator](some), 0, None, every):
        yield mutant._replace(files={**others, **mutant.files})


def results(base: Base, name: str, operator: str) -> Iterator[Result]:
    """What became of them."""
    shop = Workshop(base)
    try:
        for mutant in mutants(base, name, operator):
            yield result(base, name, mutant, shop)
    finally:
        shop.close()


def result(base: Base, name: str, mutant: Mutant, shop: Workshop) -> Result:
    """One mutant, run and checked."""
    project, findings = shop.checked(mutant.files)
    try:
        broken = base.broken(mutant.files, project)
    except Undecided as error:
        return Result(base.name, name, mutant, "not-run", why=str(error))
    if broken:
        return Result(
            base.name, name, mutant, "harmful", _missed(mutant, broken, project, findings)
        )
    alarm = _alarm(project, findings)
    errors = {f.rule for f in findings if f.severity == "error"}
    if alarm and (mutant.opaque or errors == {"unmatched-binding"}):
        return Result(base.name, name, mutant, "by-rule")
    return Result(base.name, name, mutant, "equivalent", alarm)


def _missed(mutant: Mutant, broken: set[str], project: Project, findings: list[Finding]) -> str:
    """What is wrong with how a harmful mutant was caught; nothing if it was."""
    errors = [f for f in findings if f.severity == "error"]
    if not project.loaded:
        here = [f for f in errors if f.location and f.location.path in mutant.files]
        return "" if here else f"not loaded, for no fault of the files: {errors[:1]}"
    judged = project.proof.judged
    by_claim = {id_: _failing(judged, id_) for id_ in sorted(broken) if id_ in judged}
    green = [id_ for id_, failing in by_claim.items() if not failing]
    if green:
        return f"survived: {', '.join(green)}"
    told = {f.claim for f in errors}
    caused = [one for failing in by_claim.values() for one in failing]
    if not any(_root(judged, one).claim.id in told for one in caused):
        return f"no finding tells of {sorted(broken)}"
    if mutant.site and not any(_points(one, judged, mutant, errors) for one in caused):
        return f"no line of {mutant.site} is shown for {sorted(broken)}"
    return ""


def _failing(judged: dict[str, Judged], id_: str) -> list[Judged]:
    """The claim, if it fails. Where nothing arrives any more, any claim about the same way will do;
    of how strong a protection is, the claim that it is there."""
    same = [judged[id_]]
    if judged[id_].claim.kind == "parameter-kept":
        step = judged[id_].claim.subject
        same += [j for j in judged.values() if j.claim.kind == "deidentified-before"
                 and j.claim.subject == step and _way(j) == _way(judged[id_])]  # fmt: skip
    if judged[id_].claim.kind == "use-is-real":
        same = [one for one in judged.values() if _way(one) == _way(judged[id_])]
    return [one for one in same if one.verdict in FAILING]


def _way(one: Judged) -> tuple[str, str, str, str]:
    return (one.claim.use, one.claim.route, one.claim.data, one.claim.target)


def _root(judged: dict[str, Judged], one: Judged) -> Judged:
    while one.caused_by and one.caused_by in judged:
        one = judged[one.caused_by]
    return one


def _points(one: Judged, judged: dict[str, Judged], mutant: Mutant, errors: list[Finding]) -> bool:
    assert mutant.site is not None
    path, first, last = mutant.site
    first_one = _root(judged, one)
    places: list[Location] = [hop.location for j in (one, first_one) for hop in j.witness]
    places += [fact.location for j in (one, first_one) for fact in j.evidence]
    places += [j.culprit.location for j in (one, first_one) if j.culprit]
    places += [place for f in errors if f.claim == first_one.claim.id for place in f.related]
    return any(p.path == path and first <= p.line <= last for p in places)


def _alarm(project: Project, findings: list[Finding]) -> str:
    errors = [f for f in findings if f.severity == "error" and f.rule not in QUIET]
    if not project.loaded:
        return f"false alarm: {errors[0].message}" if errors else "not loaded"
    failing = [j for j in project.proof.judged.values() if j.verdict in FAILING]
    if failing:
        return "false alarm: " + "; ".join(f"{j.claim.id} {j.verdict}: {j.why}" for j in failing)
    return f"false alarm: {errors[0].message}" if errors else ""


def examples() -> Iterator[Base]:
    """The example projects in which all is well, the demo last."""
    for part in ("claims", "readers"):
        for folder in sorted((PROJECTS / part).rglob("policy_data")):
            base = Base(folder.parent)
            if base.well:
                yield base
    demo = Base(ROOT)
    if demo.well:
        yield demo


def bases() -> Iterator[Base]:
    """Those of which mutants are made: their files can be run."""
    return (base for base in examples() if not base.why_not)

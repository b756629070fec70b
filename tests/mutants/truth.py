"""Which promises a run keeps. The promises are those that the claims state; whether one is kept is
seen in the rows alone.

A promise that no planted value can show is not asked: `ask` gives no answer for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from aboveboard.policy.axes import CHOICE
from aboveboard.policy.cells import Space, Spaces
from aboveboard.policy.choices import Retention
from aboveboard.policy.model import Policy
from aboveboard.policy.scope import Scoped
from aboveboard.project import Project
from aboveboard.proof.claims.doors import Door, doors
from aboveboard.proof.ends import Ends, Place, resolve
from aboveboard.proof.model import Claim
from aboveboard.values import Duration

from .model import Mode, Stores
from .planted import KEY, Planted, Token
from .seen import Seen, by_dataset, unsaid

DAY = 86400


class Truth:
    """The promises of a project, asked of runs of its files or of changed ones."""

    def __init__(self, project: Project, planted: Planted) -> None:
        self.project, self.planted = project, planted
        self.policy: Policy = project.policy
        self.ends: Ends = resolve(project.policy, project.pipeline)
        assert project.policy.header is not None
        self.spaces = Spaces(project.policy.header)
        self.known: dict[object, bool] = {}
        self.answers: dict[object, bool] = {}
        self.kept: list[Stores] = []
        self.claims = [judged.claim for judged in project.proof.judged.values()]

    def broken(self, runs: Mapping[Mode, Stores], names: Callable[[str], str]) -> set[str]:
        """The ids of the claims that runs in all modes break. `names` gives the dataset that a store
        is."""
        named = {
            mode: Seen(by_dataset(stores, names), self.planted) for mode, stores in runs.items()
        }
        return {claim.id for claim in self.claims if self._is_broken(claim, named)}

    def _is_broken(self, claim: Claim, runs: Mapping[Mode, Seen]) -> bool:
        """As `_asked`; the same rows give the same answer."""
        nodes = self.ends.copies.get(claim.target, [claim.target]) if claim.target else []
        key = (claim.id, *(run.same(node) for node in nodes for run in runs.values()))
        if not nodes:
            return self._asked(claim, runs)
        if key not in self.answers:
            self.answers[key] = self._asked(claim, runs)
            self.kept += [run.stores for run in runs.values()]  # so that no other has their ids
        return self.answers[key]

    def _asked(self, claim: Claim, runs: Mapping[Mode, Seen]) -> bool:
        kind, plain, failing = claim.kind, runs["plain"], runs["failing"]
        if kind == "use-is-real":
            return not self._arrives(claim, plain)
        if kind in ("deidentified-before", "parameter-kept"):
            return self._exposed(claim, plain)
        if kind == "fails-closed":
            return self._exposed(claim, failing) and not self._exposed(claim, plain)
        questions: dict[str, Callable[[Seen], bool]] = {
            "never-used": lambda run: self._arrives(claim, run),
            "nothing-undeclared": lambda run: self._undeclared(claim, run),
            "opt-out-honoured": lambda run: self._refused(claim, run),
            "scope-excluded": lambda run: self._excluded(claim, run),
            "recipients-declared": lambda run: self._told(claim, run),
            "retention-kept": lambda run: self._kept(claim, run),
            "never-joined": lambda run: self._joined(claim, run),
        }
        return questions[kind](plain) or questions[kind](failing)

    # -- what arrives ----------------------------------------------------------------------------

    def _places(self, data: str) -> set[Place]:
        return set(self.ends.sources.get(data, ()))

    def _tokens(self, run: Seen, node: str, places: set[Place]) -> Iterator[tuple[Token, str]]:
        """The tokens of some places that lie in a store, with the value that holds each."""
        return ((token, value) for place in places for token, value, _ in run.of(node, place))

    def _arrives(self, claim: Claim, run: Seen) -> bool:
        return self._lies(run, claim.target, self._places(claim.data))

    def _lies(self, run: Seen, node: str, places: set[Place]) -> bool:
        """Whether values of some places are in a store; a setting is known by its column alone."""
        if any(True for _ in self._tokens(run, node, places)):
            return True
        columns = {
            field for dataset, field in places if field in self.planted.settings.get(dataset, {})
        }
        return bool(columns & run.columns(node))

    def _undeclared(self, claim: Claim, run: Seen) -> bool:
        named: set[Place] = set(self.ends.technical)
        for use in self.policy.uses:
            for door in doors(self.policy, use):
                if claim.target in self.ends.sinks.get(door.key, ()):
                    named |= {place for data in door.data for place in self._places(data)}
        if not run.at(claim.target).keys() <= named:
            return True
        return any(self._is_setting(name, named) for name in run.columns(claim.target))

    def _is_setting(self, name: str, named: set[Place]) -> bool:
        """Whether a column is a flag, an axis or a person key that the use does not name."""
        places = {(d, f) for d, own in self.planted.settings.items() for f in own}
        places |= set(self.planted.keys.items())
        here = {place for place in places if place[1] == name}
        return bool(here) and not here & named

    # -- protections -------------------------------------------------------------------------------

    def _exposed(self, claim: Claim, run: Seen) -> bool:
        """Whether what the step takes away is still there."""
        node, places = claim.target, self._places(claim.data)
        promise = self.policy.steps[claim.subject]
        subject = claim.id.rpartition("@")[0].rpartition("/")[2]
        technique = promise.technique
        if technique in ("redaction", "masking") and promise.entities:
            left = [
                self._left(t, v, list(promise.entities)) for t, v in self._tokens(run, node, places)
            ]
            if subject == "entities":
                return any(left)
            return any(len(kinds) == len(promise.entities) for kinds in left)
        if technique == "masking":
            return any(True for _ in self._tokens(run, node, places))
        if technique in ("aggregation", "k-anonymity"):
            least = int(promise.parameters.get("k") or 0) if subject == "k" else 0
            return self._is_small(run, node, places, least)
        if technique == "deduplication":
            values = [value for _, value in self._tokens(run, node, places)]
            return len(values) > len(set(values))
        if technique in ("unlinking", "keyed-hash", "random-id"):
            return any(KEY.search(str(value)) for row in run.rows(node) for value in row.values())
        return False

    def _is_small(self, run: Seen, node: str, places: set[Place], least: int) -> bool:
        """Whether a row is made of fewer people; without a number, whether the same value is in two
        rows, so that nobody has put people together."""
        by_row: dict[int, set[str]] = {}
        seen: dict[int, set[int]] = {}
        for token, _, row in (found for place in places for found in run.of(node, place)):
            by_row.setdefault(id(row), set()).update(token.people)
            seen.setdefault(id(token), set()).add(id(row))
        if least:
            return any(len(people) < least for people in by_row.values())
        return any(len(rows) > 1 for rows in seen.values())

    def _left(self, token: Token, value: str, entities: list[str]) -> list[str]:
        return [kind for kind in entities if token.identifiers.get(kind, "\0") in value]

    # -- people ------------------------------------------------------------------------------------

    def _refused(self, claim: Claim, run: Seen) -> bool:
        control = claim.subject
        bindings = self.policy.bindings
        flag = bindings.flags.get(control) if bindings else None
        door = self._door(claim)
        lines = [line for line in door.lines if control in line.control]
        if flag is None or not lines:
            return False
        asked = any(line.state in ("opt-in", "ask") for line in lines)

        def refuses(token: Token) -> bool:
            known = dict(token.about)
            if f"flag:{control}" not in known:
                return False
            value = known[f"flag:{control}"]
            untouched = asked or flag.missing == "refused"
            refusal = untouched if value is None else value in flag.refused
            return refusal and self._surely(token, lines, door.lines)

        return self._reached_by(claim, run, refuses)

    def _excluded(self, claim: Claim, run: Seen) -> bool:
        door = self._door(claim)
        if claim.subject.startswith("only-"):
            return False
        space = self.spaces.of(s for line in door.lines for s in line.scope)
        for line, mask in zip(door.lines, space.rows(door.lines), strict=True):
            for box in space.boxes(mask) if line.state == "never" else ():
                if claim.subject == "never-" + "-".join(
                    "-".join((a, *v)) for a, v in sorted(box.items())
                ):
                    inside = partial(self._is_in, space=space, about=space.box_mask(box))
                    return self._reached_by(claim, run, inside)
        return False

    def _reached_by(self, claim: Claim, run: Seen, who: Callable[[Token], bool]) -> bool:
        tokens = self._tokens(run, claim.target, self._places(claim.data))
        return any(who(token) for token, _ in tokens)

    def _door(self, claim: Claim) -> Door:
        return next(d for d in doors(self.policy, claim.use) if d.route == claim.route)

    def _cell(self, token: Token) -> dict[str, list[str]]:
        """The axis values of a person, and the positions of controls; what is not known of somebody
        could be anything."""
        bindings = self.policy.bindings
        found: dict[str, list[str]] = {}
        for thing, value in token.about if bindings else ():
            kind, _, rest = thing.partition(":")
            if kind == "flag":
                flag = bindings.flags[rest]  # type: ignore[union-attr]
                said = "refused" if value in flag.refused else "allowed"
                found[CHOICE + rest] = [flag.missing if value is None else said]
                continue
            axis, _, name = rest.partition(":")
            meant = bindings.axes[axis][name]  # type: ignore[union-attr]
            fits = [one for one, raws in meant.items() if value in raws]
            fits = fits or [one for one, raws in meant.items() if "*" in raws]
            if value is not None and fits:
                found[axis] = fits
        return found

    def _surely(self, token: Token, lines: Sequence[Scoped], table: Sequence[Scoped]) -> bool:
        """Whether lines of a table surely are about a person."""
        key = (token.about, tuple(map(id, lines)), tuple(map(id, table)))
        if key not in self.known:
            self.known[key] = self._reckoned(token, lines, table)
        return self.known[key]

    def _reckoned(self, token: Token, lines: Sequence[Scoped], table: Sequence[Scoped]) -> bool:
        if not any(line.scope for line in table):
            return bool(lines)
        space = self.spaces.of(s for line in table for s in line.scope)
        masks = space.rows(table)
        about = sum({m for line, m in zip(table, masks, strict=True) if line in lines})
        return self._is_in(token, space, about)

    def _is_in(self, token: Token, space: Space, about: int) -> bool:
        """Whether a person surely is in some cells, or nobody has decided."""
        key = (token.about, about, id(space))
        if key not in self.known:
            axes = space.axes
            cell = {axis: v for axis, v in self._cell(token).items() if axis in axes}
            person = space.box_mask(cell)
            sure = bool(person) and not person & ~about
            # who that is nobody has decided, so it may be one of them
            doubt = bool(self._missing(token) & axes.keys()) and bool(person & about)
            self.known[key] = sure or doubt
        return self.known[key]

    def _missing(self, token: Token) -> set[str]:
        """The axes of which a person has no value at all."""
        axes = (t.split(":")[1] for t, value in token.about if value is None and t[:5] == "axis:")
        return set(axes)

    # -- stores ------------------------------------------------------------------------------------

    def _told(self, claim: Claim, run: Seen) -> bool:
        """Whether somebody outside gets data whom no use names for it."""
        places = self._places(claim.data)
        named = {
            node
            for recipient, nodes in self.ends.recipients.items()
            for node in nodes
            for use_id, use in self.policy.uses.items()
            if recipient in use.recipients
            and any(claim.data in door.data for door in doors(self.policy, use_id))
        }
        return any(self._lies(run, node, places) for node in run.stores.outside - named)

    def _kept(self, claim: Claim, run: Seen) -> bool:
        places = self._places(claim.data)
        bound = {node for nodes in self.ends.copies.values() for node in nodes}
        if claim.subject == "copies":
            unbound = run.stores.places - bound - run.stores.outside
            return any(self._lies(run, node, places) for node in unbound)
        row = self.policy.retention[claim.subject]
        if row.keep is None or "no-limit" in row.keep.longest or self._partly(claim, row):
            return False
        if any(self.policy.data[claim.data].from_ or ()):
            return False
        longest = max(
            Duration.parse("PT0S" if p == "not-kept" else p).shortest for p in row.keep.longest
        )
        return any(
            self._too_long(run, node, places, longest, row)
            for node in self.ends.copies.get(row.copy_, ())
        )

    def _partly(self, claim: Claim, row: Retention) -> bool:
        """Whether other rows of the table are about the same data: which records an event has touched
        is not seen here."""
        same = [r for r in self.policy.retention.values() if r.copy_ == row.copy_]
        return row.when is not None and any(
            r.when != row.when for r in same if claim.data in r.data
        )

    def _too_long(
        self, run: Seen, node: str, places: set[Place], longest: int, row: Retention
    ) -> bool:
        keep = run.stores.keep.get(node, unsaid)
        table = [r for r in self.policy.retention.values() if r.copy_ == row.copy_]
        for token, _, one in (seen for place in places for seen in run.of(node, place)):
            if self._surely(token, [row], table):
                days = keep(one)
                if days is None or days == "unsaid" or float(days) * DAY > longest:
                    return True
        return False

    def _joined(self, claim: Claim, run: Seen) -> bool:
        other = claim.id.rpartition("/apart-from-")[2]
        first, second = self._places(claim.data), self._places(other)
        for node in run.stores.parts:
            rows = [
                {id(row) for place in places for _, _, row in run.of(node, place)}
                for places in (first, second)
            ]
            if rows[0] & rows[1]:
                return True
        return False

"""A project beside an earlier state of it: what rules about both ask."""

from __future__ import annotations

from functools import cached_property

from ..findings import Location
from ..project import Project
from .change import Change
from .diff import changes, sides_of
from .sides import Sides
from .verdicts import Moved, moved


class Since:
    """`name` is how the earlier state was named; `separator` stands between it and a path: git's
    own colon, or the slash of a folder."""

    def __init__(self, base: Project, project: Project, name: str, separator: str = ":") -> None:
        self.base, self.project, self.name = base, project, name
        self._separator = separator

    @cached_property
    def sides(self) -> Sides:
        return sides_of(self.base, self.project)[0]

    @cached_property
    def changes(self) -> list[Change]:
        return changes(self.base, self.project)

    @cached_property
    def verdicts(self) -> list[Moved]:
        return moved(self.base, self.project)

    def there(self, place: Location, message: str = "") -> Location:
        """A place in the earlier state: no file of the project has its path."""
        path = f"{self.name}{self._separator}{place.path}"
        return place._replace(path=path, message=message)

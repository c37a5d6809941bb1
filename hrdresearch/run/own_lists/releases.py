"""Empty days of release in a list of detentions: only its owner knows whether they mean "still held"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrdresearch.run.own_lists.contents import Column
    from hrdresearch.run.own_lists.proposals import ListLook

TELLS = ("exit", "status", "stage", "release_date", "death_date")  # fields that say how it stands


@dataclass(frozen=True)
class EmptyReleases:
    """column: that of the day of release. empty: persons arrested of whom no cell tells how it stands.
    rows: rows of the list."""

    column: str = ""
    empty: int = 0
    rows: int = 0


def empty_releases(look: ListLook) -> EmptyReleases:
    """Persons of whom the list says neither a release nor that they are held; none where it says of some
    in another column that they are held, or where the owner has said what an empty cell means."""
    of = {p.field: p for p in look.proposals if p.field}
    release, arrest = of.get("release_date"), of.get("arrest_date")
    if not (release and arrest) or {"part", "empty"} & {*release.how} or "part" in arrest.how:
        return EmptyReleases()
    columns = [look.columns[p.column] for p in look.proposals if p.field in TELLS]
    if any(_says_held(look.columns[of[f].column]) for f in TELLS[:3] if f in of):
        return EmptyReleases()
    arrested = look.columns[arrest.column].cells
    cells = zip(arrested, zip(*(c.cells for c in columns), strict=True), strict=True)
    empty = sum(bool(day.strip()) and not any(map(str.strip, told)) for day, told in cells)
    return EmptyReleases(release.column, empty, look.rows)


def _says_held(column: Column) -> bool:
    """Whether some cell says that a person is held."""
    held = {"detained", "held"}
    names = ("list_status", "detention_exit")
    return any(held & {*column.codes_of(v, name)[0]} for v in column.values for name in names)

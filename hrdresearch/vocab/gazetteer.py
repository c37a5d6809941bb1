"""Places with coordinates that ship with the project: ``data/reference/gazetteer`` (GeoNames)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from hrdresearch.vocab.reference import reference_path

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A town or village.

    division: first-level division, as in ``admin1.yml``. spellings: other spellings of the name.
    point: latitude and longitude in degrees. is_seat: whether it is the capital of its division.
    """

    iso3: str
    division: str
    name: str
    spellings: tuple[str, ...]
    point: Point
    is_seat: bool


@cache
def gazetteer() -> tuple[Place, ...]:
    """All places of the gazetteer, in alphabetical order of State, division and name.

    >>> [place.name for place in gazetteer() if place.is_seat][:2]
    ['Rio Branco', 'Maceió']
    """
    with reference_path("gazetteer/places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                row["state_iso3"],
                row["admin1_name"],
                row["place"],
                tuple(filter(None, row["spellings"].split("|"))),
                (float(row["latitude"]), float(row["longitude"])),
                row["is_seat"] == "1",
            )
            for row in csv.DictReader(file)
        )


@cache
def cities() -> tuple[tuple[str, str, int], ...]:
    """Large cities and capitals of all States: code of the State, name, inhabitants."""
    with reference_path("gazetteer/cities.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple((r["state_iso3"], r["city"], int(r["inhabitants"])) for r in rows)

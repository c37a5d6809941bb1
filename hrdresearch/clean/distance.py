"""Classes the distance of a municipality from the nearest capital of a first-level division.

The places are those of ``data/reference/gazetteer`` (GeoNames). The distance is a straight line
between two points, not a road; a seat is taken for the place where prosecutors, human rights
institutions and consulates can be reached, which is not checked for any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pandas as pd

from hrdresearch.clean.text import plain_words
from hrdresearch.vocab.gazetteer import Point, gazetteer

NEAR, FAR = 50.0, 200.0  # km
SAME_PLACE = 25.0  # km; entries of one name in a division closer than this are one municipality
EARTH_RADIUS = 6371.0  # km, mean
NOT_LOCATED, NOT_RECORDED = "not_located", "not_recorded"
Points = dict[tuple[str, str, str], list[Point]]


def distance_classes(iso3: pd.Series, division: pd.Series, place: pd.Series) -> pd.Series:
    """Class of the distance from the nearest capital for each row: a code of vocabulary ``seat_distance``.

    iso3, division: State and first-level division of each row. place: municipality as published
    (same index). A place is located if the gazetteer has one place of its name in that division.
    """
    rows = list(zip(iso3, division, place, strict=True))
    classes = {row: _class_of(*row) for row in set(rows)}
    return pd.Series([classes[row] for row in rows], index=place.index, dtype="object")


def find_place(iso3: str, division: str, place: str) -> list[Point]:
    """Find a place: latitude and longitude in degrees; an empty list if no place or several have the name.

    Accents, capitals and punctuation make no difference. Other spellings are tried if no place of the
    division has the name. Entries of one name within 25 km are one municipality.

    >>> find_place("BRA", "Pará", "anapu")
    [(-3.472, -51.198)]
    """
    names, spellings = _places()
    key = (iso3, division, plain_words(place))
    found = names.get(key) or spellings.get(key) or []
    apart = any(distance_in_km(a, b) > SAME_PLACE for a, b in combinations(found, 2))
    return [] if apart else found


def distance_in_km(a: Point, b: Point) -> float:
    """Great-circle distance of two points in kilometres, by the haversine formula.

    a, b: latitude and longitude in degrees.

    >>> round(distance_in_km((0.0, 0.0), (0.0, 1.0)), 1)
    111.2
    """
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half))


def _class_of(iso3: Any, division: Any, place: str) -> str:
    if not place:
        return NOT_RECORDED
    if pd.isna(division):
        return NOT_LOCATED
    points = find_place(str(iso3), str(division), str(place))
    classes = {_class_at(point, _seats(str(iso3))) for point in points}
    return classes.pop() if len(classes) == 1 else NOT_LOCATED


def _class_at(point: Point, seats: Iterable[Point]) -> str:
    nearest = min(distance_in_km(point, seat) for seat in seats)
    return "near" if nearest < NEAR else "far" if nearest > FAR else "between"


@cache
def _places() -> tuple[Points, Points]:
    """Points by State, division and name; and by other spelling."""
    names: Points = defaultdict(list)
    spellings: Points = defaultdict(list)
    for place in gazetteer():
        where = (place.iso3, place.division)
        names[(*where, plain_words(place.name))].append(place.point)
        for spelling in place.spellings:
            spellings[(*where, plain_words(spelling))].append(place.point)
    return names, spellings


@cache
def _seats(iso3: str) -> tuple[Point, ...]:
    return tuple(place.point for place in gazetteer() if place.is_seat and place.iso3 == iso3)

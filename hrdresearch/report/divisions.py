"""Loads boundaries of the first-level divisions of one State from the user's folder, and matches names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from hrdresearch.names.name_comparison import LIKELY_SAME, compare_names
from hrdresearch.report.boundaries import PROJECTION, load_boundaries
from hrdresearch.vocab.divisions import division_file, division_spellings

if TYPE_CHECKING:
    import geopandas as gpd

LEAST_COMMON = (
    0.8  # share of the area of both that the divisions and the outline of the State share
)


@dataclass(frozen=True)
class Divisions:
    """Shapes of the divisions of a State, in metres around its middle.

    shapes: columns ``name``, as the vocabulary spells it where it has the name, and ``geometry``.
    """

    shapes: gpd.GeoDataFrame

    @property
    def names(self) -> frozenset[str]:
        """Names of the divisions that have a shape."""
        return frozenset(self.shapes["name"])


@cache
def divisions_of(iso3: str) -> Divisions | None:
    """Load the divisions of a State; None without a file, or where it does not fit the State's outline."""
    path = division_file(iso3)
    if path is None:
        return None
    import geopandas as gpd

    read = gpd.read_file(path)
    read = read[read["name"].map(lambda name: isinstance(name, str))]  # else it is no division
    read = gpd.GeoDataFrame(
        {"name": [name_in_vocabulary(iso3, name) for name in read["name"]]},
        geometry=read.geometry.make_valid().values,
        crs=4326,
    ).dissolve("name", as_index=False)
    if read.empty or not _fits(iso3, read):
        return None
    middle = read.geometry.union_all().representative_point()
    around = f"+proj=laea +lat_0={middle.y:.3f} +lon_0={middle.x:.3f}"
    projected = read.to_crs(around)
    return Divisions(projected.set_geometry(projected.geometry.make_valid()))


def name_in_vocabulary(iso3: str, name: str) -> str:
    """Name of a division as the vocabulary spells it; the name itself where the vocabulary has none.

    A known spelling is taken first, then the only name of the State that is likely the same.
    """
    known = _spellings(iso3)
    if _key(name) in known:
        return known[_key(name)]
    alike = {own for own in known.values() if compare_names(name, own).score >= LIKELY_SAME}
    return alike.pop() if len(alike) == 1 else name


@cache
def _spellings(iso3: str) -> dict[str, str]:
    return {_key(spelling): name for spelling, name in division_spellings(iso3).items()}


def _key(name: str) -> str:
    return "".join(c for c in anyascii(name).casefold() if c.isalnum())


def _fits(iso3: str, read: gpd.GeoDataFrame) -> bool:
    """Whether the divisions cover the outline of the State that the maps of the world have."""
    world = load_boundaries().states
    outline = world[world["iso3"].eq(iso3)].geometry.union_all()
    own = read.to_crs(PROJECTION).geometry.union_all()
    together = own.union(outline).area
    return bool(together) and own.intersection(outline).area / together >= LEAST_COMMON

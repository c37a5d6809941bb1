"""Loads what maps of the world need: boundaries of States, points of small States, disputed areas.

``data/reference/boundaries/README.md`` describes the files and their sources.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hrdresearch.vocab.reference import parse_yaml, reference_path

if TYPE_CHECKING:
    import geopandas as gpd

PROJECTION = "+proj=eqearth +lon_0=11"  # cuts the Bering Strait, not a State's mainland


@dataclass(frozen=True)
class Boundaries:
    """Projected shapes in metres: States and points of small States (column ``iso3``), and areas
    of unsettled status.
    """

    states: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame


@cache
def count_hatched_areas() -> dict[str, int]:
    """Count hatched areas by the basis that disputed.yml gives: ``natural_earth`` or ``not_read``."""
    text = reference_path("boundaries/disputed.yml").read_text(encoding="utf-8")
    areas = parse_yaml(text)["areas"]
    return dict(Counter(area["basis"] for area in areas if not area.get("keep_colour")))


@cache
def load_boundaries() -> Boundaries:
    """Load the boundaries of all States in the projection of the maps; read once, then kept in memory."""
    import geopandas as gpd
    from shapely.geometry import Point

    states = _read("states.geojson")
    disputed = _read("disputed.geojson")
    small = [
        f for f in states["features"] if "point" in f["properties"] and f["properties"]["iso3"]
    ]
    points = gpd.GeoDataFrame(
        {"iso3": [f["properties"]["iso3"] for f in small]},
        geometry=[Point(f["properties"]["point"]) for f in small],
        crs=4326,
    )
    shapes = gpd.GeoDataFrame.from_features(states["features"], crs=4326)
    areas = gpd.GeoDataFrame.from_features(disputed["features"], crs=4326)
    return Boundaries(*(_cut(frame).to_crs(PROJECTION) for frame in (shapes, points, areas)))


def _read(name: str) -> dict[str, Any]:
    path = reference_path(f"boundaries/{name}")
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def _cut(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut at the edge of the projection, so that no shape runs across the whole map."""
    from shapely.geometry import box

    edge = box(-169.2, -90, -168.8, 90)
    return frame.assign(geometry=frame.geometry.difference(edge))

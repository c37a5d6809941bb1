"""A map of the world whose States are links, drawn as SVG text; for a page that leads to briefs.

The shapes are those of ``data/reference/boundaries``, as in the maps of reports. They are projected here
without geopandas, which alone would take longer to import than the page to make.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any, NamedTuple

from hrdresearch.vocab.reference import parse_yaml, reference_path

CENTRE, EDGE = 11.0, -169.0  # longitudes: the map is cut in the Bering Strait
SIZE = (1000, 448)  # width and height of the drawing
_PER_UNIT = SIZE[0] / 5.26  # of the Earth's radius
_LEFT, _TOP = 2.58, 1.32
_DOT = 5  # radius of a State too small to be seen


class StateLink(NamedTuple):
    """Link of a State on the map.

    address: where it leads. look: class of the style sheet. words: what a reader sees under the pointer.
    """

    address: str
    look: str
    words: str


def world_map(links: Mapping[str, StateLink]) -> str:
    """SVG of the world; links: by ISO3 code. Other States are drawn without link.

    Areas of unsettled status are hatched and carry no look. It is hidden from screen readers and from
    the Tab key, so the page has to list the same links beside it.
    """
    states, unsettled = _shapes()
    drawn, dots = [], []
    for code, path, dot in states:
        link = links.get(code)
        if dot and link:
            x, y = dot
            dots.append(_linked(link, f'<circle cx="{x}" cy="{y}" r="{_DOT}"/>'))
        elif link:
            drawn.append(_linked(link, f'<path d="{path}"/>'))
    plain = "".join(path for code, path, dot in states if dot or code not in links)
    width, height = SIZE
    return (
        f'<svg class="world" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        '<defs><pattern id="unsettled" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<path d="M-1 6 6 -1M-1 1 1 -1M4 6 6 4"/></pattern></defs>'
        f'<path class="no-report" d="{plain}"/>{"".join(drawn)}'
        f'<path class="hatched" d="{unsettled}"/>{"".join(dots)}</svg>'
    )


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Project a point on a map of equal areas (Equal Earth); the result is in radii of the Earth.

    longitude, latitude: in degrees.

    Source: Savric, Patterson and Jenny, The Equal Earth map projection, 2018.

    >>> tuple(round(v, 4) for v in equal_earth(90, 45))
    (1.1599, 0.8602)
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = math.sqrt(3)
    angle = math.asin(root / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    slope = 9 * a4 * square**4 + 7 * a3 * square**3 + 3 * a2 * square + a1
    x = 2 * root * math.radians(longitude) * math.cos(angle) / (3 * slope)
    return x, angle * (a4 * square**4 + a3 * square**3 + a2 * square + a1)


def _linked(link: StateLink, shape: str) -> str:
    title = f"<title>{escape(link.words)}</title>"
    look = f"{escape(link.look)} has-report"
    return f'<a href="{escape(link.address)}" class="{look}" tabindex="-1">{title}{shape}</a>'


@cache
def _shapes() -> tuple[list[tuple[str, str, tuple[int, int] | None]], str]:
    """ISO3 code, outline and dot of each State, and the outline of all areas of unsettled status."""
    listed = parse_yaml(reference_path("boundaries/disputed.yml").read_text(encoding="utf-8"))
    keeps = {area.get("iso3") for area in listed["areas"] if area.get("keep_colour")}
    states = []
    for feature in _features("states.geojson"):
        about = feature["properties"]
        dot = _on_map(*about["point"]) if "point" in about else None
        states.append((about["iso3"] or "", _outline(feature["geometry"]), dot))
    unsettled = [
        f for f in _features("disputed.geojson") if f["properties"].get("iso3") not in keeps
    ]
    return states, "".join(_outline(f["geometry"]) for f in unsettled)


def _features(name: str) -> list[Any]:
    text = reference_path(f"boundaries/{name}").read_text(encoding="utf-8")
    features: list[Any] = json.loads(text)["features"]
    return features


def _outline(geometry: Mapping[str, Any]) -> str:
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring: Iterable[tuple[float, float]]) -> str:
    """A closed path in whole steps; points that fall on the one before are left out."""
    points = list(ring)
    turn = 360.0 if sum(x for x, _ in points) / len(points) < EDGE else 0.0
    steps = list(_steps(_on_map(x + turn, y) for x, y in points[:-1]))
    return f"M{steps[0]}l{' '.join(steps[1:])}z" if len(steps) > 2 else ""


def _steps(points: Iterable[tuple[int, int]]) -> Iterator[str]:
    before: tuple[int, int] | None = None
    for x, y in points:
        if before is None:
            yield f"{x} {y}"
        elif (x, y) != before:
            yield f"{x - before[0]} {y - before[1]}"
        before = (x, y)


def _on_map(longitude: float, latitude: float) -> tuple[int, int]:
    x, y = equal_earth(longitude - CENTRE, latitude)
    return round((x + _LEFT) * _PER_UNIT), round((_TOP - y) * _PER_UNIT)

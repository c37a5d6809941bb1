"""Makes ``states.geojson`` and ``disputed.geojson`` from Natural Earth (npm ``world-atlas``).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/reference/boundaries/convert.py package/countries-50m.json

What it does: decodes the TopoJSON, gives each feature its ISO3 code from its M49 number, leaves
Antarctica out, simplifies all borders together (neighbours keep one line), drops islets, and cuts
the areas of ``disputed.yml`` out for hatching. Small States (under 1.5 square degrees of drawn
land) get a point, placed in their largest part.
"""

from __future__ import annotations

import itertools
import json
import sys
import warnings
from pathlib import Path
from typing import Any

import country_converter
import geopandas as gpd
import pandas as pd
import shapely
import yaml
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box, mapping

HERE = Path(__file__).parent
TOLERANCE = 0.25  # degrees; at 16 cm for the whole world a degree is 0.4 mm
SMALL = 1.5  # square degrees
ISLET = 0.1
# Member States that the file does not hold: name, M49, longitude, latitude.
MISSING = (("Tuvalu", 798, 179.2, -8.52),)


def main(source: Path) -> None:
    """Write both files next to this script."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    frame = _features(topology)
    frame = frame[frame["name"] != "Antarctica"].reset_index(drop=True)
    disputed = yaml.safe_load((HERE / "disputed.yml").read_text(encoding="utf-8"))["areas"]
    whole = frame.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # square degrees are meant
        frame["area"] = frame.geometry.area
    frame["is_small"] = frame["area"] < SMALL
    frame["geometry"] = shapely.coverage_simplify(frame.geometry.values, TOLERANCE)
    states = [_state(row) for row in frame.itertuples()]
    _write("states.geojson", states)
    _write("disputed.geojson", [_area(entry, whole, frame) for entry in disputed])


def _features(topology: dict[str, Any]) -> gpd.GeoDataFrame:
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(line)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for i in indices:
            line = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += line[1:] if points else line
        return points

    rows = []
    for feature in topology["objects"]["countries"]["geometries"]:
        parts = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
        polygons = [
            piece
            for p in parts
            for piece in _at_date_line(Polygon(_unwrapped(ring(p[0])), [ring(h) for h in p[1:]]))
        ]
        rows.append(
            {
                "name": feature["properties"]["name"],
                "m49": int(feature["id"]) if str(feature.get("id", "-")).isdigit() else None,
                "geometry": MultiPolygon(polygons),
            }
        )
    for name, m49, x, y in MISSING:
        rows.append({"name": name, "m49": m49, "geometry": MultiPolygon([_speck(x, y)])})
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
    frame["geometry"] = frame.geometry.make_valid()
    frame["iso3"] = frame["m49"].map(_iso3_of_m49()).fillna("")
    # Two features share Australia's number: the second is a group of uninhabited reefs.
    return frame[frame["name"] != "Ashmore and Cartier Is."]


def _speck(x: float, y: float) -> Polygon:
    return box(x - 0.02, y - 0.02, x + 0.02, y + 0.02)


def _unwrapped(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Longitudes that run on past 180 where a ring crosses the date line."""
    out, turn = [ring[0]], 0.0
    for (before, _), (x, y) in itertools.pairwise(ring):
        turn += -360.0 if x - before > 180 else 360.0 if before - x > 180 else 0.0
        out.append((x + turn, y))
    return out


def _at_date_line(polygon: Polygon) -> list[Polygon]:
    """The parts of a polygon, cut at the date line and each put where the map shows it."""
    whole = shapely.make_valid(polygon)
    out = []
    for turn in (-360, 0, 360):
        cut = whole.intersection(box(turn - 180, -90, turn + 180, 90))
        out += [affinity.translate(part, xoff=-turn) for part in _parts(cut)]
    return out


def _iso3_of_m49() -> dict[int, str]:
    data = Path(country_converter.__file__).with_name("country_data.tsv")
    table = pd.read_csv(data, sep="\t", keep_default_na=False)[["ISOnumeric", "ISO3"]]
    table["number"] = pd.to_numeric(table["ISOnumeric"], errors="coerce")
    table = table.dropna(subset="number")
    return dict(zip(table["number"].astype(int), table["ISO3"], strict=True))


def _state(row: Any) -> dict[str, Any]:
    kept = _without_islets(row.geometry)
    properties: dict[str, Any] = {"iso3": row.iso3, "name": row.name}
    if row.is_small:
        largest = max(_parts(row.geometry), key=lambda part: part.area, default=None)
        point = (largest or row.geometry).representative_point()
        properties["point"] = [round(point.x, 2), round(point.y, 2)]
    return {"type": "Feature", "properties": properties, "geometry": _rounded(kept)}


def _area(
    entry: dict[str, Any], whole: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame
) -> dict[str, Any]:
    if "features" in entry:
        missing = set(entry["features"]) - set(whole["name"])
        if missing:
            raise ValueError(f"disputed.yml names features that do not exist: {missing}")
        geometry = drawn[drawn["name"].isin(entry["features"])].union_all()
    else:
        land = drawn[drawn["name"].isin(entry["within"])].union_all()
        geometry = Polygon(entry["outline"]).intersection(land)
    if geometry.is_empty:
        raise ValueError(f"disputed.yml: {entry['name']} lies nowhere")
    properties = {k: entry[k] for k in ("name", "iso3", "keep_colour") if k in entry}
    return {"type": "Feature", "properties": properties, "geometry": _rounded(geometry)}


def _parts(geometry: Any) -> list[Polygon]:
    return [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon"]


def _without_islets(geometry: Any) -> Any:
    parts = _parts(geometry)
    kept = [part for part in parts if part.area >= ISLET]
    return MultiPolygon(kept or parts)


def _rounded(geometry: Any) -> Any:
    text = json.dumps(mapping(geometry))
    return json.loads(text, parse_float=lambda x: round(float(x), 2))


def _write(name: str, features: list[dict[str, Any]]) -> None:
    body = {"type": "FeatureCollection", "features": features}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    (HERE / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

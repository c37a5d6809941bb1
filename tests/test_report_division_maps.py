"""Maps of one State by first-level division: boundaries of the user's, matched by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box
from study_builds import facts, make_build

from hrdresearch.findings import Finding
from hrdresearch.report.boundaries import load_boundaries
from hrdresearch.report.charts import build_chart
from hrdresearch.report.divisions import divisions_of, name_in_vocabulary
from hrdresearch.report.exhibits import is_drawn
from hrdresearch.report.picture import draw_picture
from hrdresearch.studies.killings.study import Killings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of boundaries of a user, empty."""
    monkeypatch.setenv("HRD_BOUNDARIES", str(tmp_path))
    divisions_of.cache_clear()
    yield tmp_path
    divisions_of.cache_clear()


def halves_of_colombia(folder: Path, west: str, east: str) -> None:
    """Two divisions of these names that are halves of the outline on the map of the world."""
    world = load_boundaries().states.to_crs(4326)
    land = world[world["iso3"].eq("COL")].geometry.union_all()
    parts = [
        land.intersection(box(*ends)) for ends in ((-90, -10, -73.5, 20), (-73.5, -10, -60, 20))
    ]
    frame = gpd.GeoDataFrame({"name": [west, east]}, geometry=parts, crs=4326)
    frame.to_file(folder / "col.geojson", driver="GeoJSON")


def by_division(work: Path) -> Finding:
    """Three cases in Cauca and one in Meta on the one list, none placed on the other."""
    rows = [{"admin1_name": name} for name in ("Cauca", "Cauca", "Cauca", "Meta")]
    lists = [facts(publisher="Ana", asked=["admin1_name"]), facts("list-b", publisher="Bea")]
    made = make_build(work / "work", [*rows, {"source": "list-b"}], lists)
    return Killings(made, {"state": "COL"}).by_division()


def test_divisions_of_the_state_are_drawn_where_the_user_names_boundaries(folder: Path) -> None:
    halves_of_colombia(folder, "CAUCA", "meta")
    finding = by_division(folder)
    assert [column.key for column in finding.columns] == ["iso3", "label", "list-a"]
    assert [note.slug for note in finding.sources] == ["list-a"] and finding.period == "2020"
    assert not any("alphabetical" in note for note in finding.notes)  # a map has no order
    assert is_drawn(finding)
    picture = draw_picture(build_chart(finding))
    assert "Cauca 3" in picture.alt_text() and "Meta 1" in picture.alt_text()
    assert not any("Not on the map" in note for note in picture.notes)


def test_a_division_without_a_boundary_of_its_name_is_named_below_the_map(folder: Path) -> None:
    halves_of_colombia(folder, "Cauca", "Nowhere")
    notes = draw_picture(build_chart(by_division(folder))).notes
    assert "Not on the map, as no boundary has the name: Meta." in notes


def test_without_boundaries_a_table_stands_there_and_says_why(folder: Path) -> None:
    finding = by_division(folder)
    assert not is_drawn(finding)
    assert any(note.startswith("No map is drawn") for note in finding.notes)


@pytest.mark.parametrize("names", [("Cauca", "Meta"), ("Here", "There")])
def test_boundaries_of_another_outline_or_of_other_names_make_no_map(
    folder: Path, names: tuple[str, str]
) -> None:
    halves_of_colombia(folder, *names)
    if names[0] == "Cauca":
        moved = gpd.read_file(folder / "col.geojson")
        moved = moved.set_geometry(moved.geometry.translate(4, 4))
        moved.to_file(folder / "col.geojson", driver="GeoJSON")
    assert not is_drawn(by_division(folder))


def test_names_of_boundaries_are_read_in_the_spelling_of_the_vocabulary() -> None:
    found = [
        name_in_vocabulary("COL", "Bogota D.C."),
        name_in_vocabulary("GTM", "Quezaltenango"),
        name_in_vocabulary("COL", "Nowhere"),
    ]
    assert found == ["Bogotá", "Quetzaltenango", "Nowhere"]


def test_a_map_says_that_cases_without_a_division_are_not_on_it(folder: Path) -> None:
    """And a list that places fewer than half of its cases is said to be too few to tell where."""
    rows = [{"admin1_name": name} for name in ("Cauca", "Cauca", None)]
    far = [{"source": "list-b", "admin1_name": name} for name in ("Meta", None, None)]
    lists = [facts(slug, publisher=slug, asked=["admin1_name"]) for slug in ("list-a", "list-b")]
    finding = Killings(
        make_build(folder / "work", rows + far, lists), {"state": "COL"}
    ).by_division()
    assert any(note.startswith("Cases of which no division is read") for note in finding.notes)
    assert [note.slug for note in finding.sources] == ["list-a"]
    assert "too few to tell where" in finding.statements[1]
    assert "too few" not in finding.statements[0]

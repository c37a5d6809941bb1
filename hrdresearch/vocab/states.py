"""States and territories: their codes, their names over time, and the regions of a report.

Facts are in ``states.yml``, further names in ``state_names.yml``. Names are compared without case,
accents, vowel signs, punctuation and "the".
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache
from typing import Any

from anyascii import anyascii

from hrdresearch.vocab import vocabulary


@cache
def to_iso3(name: str, on: dt.date | None = None) -> str | None:
    """ISO3 code of a State or area by its name or code; None when it is not known.

    on: day of the act; a dissolved State ("Yugoslavia") is known only on days when it existed.

    >>> to_iso3("Korea, Republic of"), to_iso3("mex"), to_iso3("Atlantis")
    ('KOR', 'MEX', None)
    """
    code = name.strip().upper()
    if code in facts_of_states():
        return code
    iso3 = _names().get(_key(name)) or short_form(name)
    if iso3 is None or on is None:
        return iso3
    facts = facts_of_states()[iso3]
    return iso3 if facts.get("since", on) <= on <= facts.get("until", on) else None


def short_form(name: str) -> str | None:
    """ISO3 code of the State that a usual short form names, in seven languages; None for other words.

    >>> short_form("R.D.C."), short_form("ЮАР"), short_form("RD")
    ('COD', 'ZAF', None)
    """
    return _short_forms().get(_unpointed(name))


def iso3_of_two_letters(code: str) -> str | None:
    """ISO3 code of a two-letter code of ISO 3166 in capitals; None for other words.

    For columns of States alone: elsewhere two capitals are mostly another abbreviation.

    >>> iso3_of_two_letters("KE"), iso3_of_two_letters("ke")
    ('KEN', None)
    """
    found: str | None = vocabulary("state_names")["two_letters"].get(code)
    return found


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
    value = facts_of_states()[iso3]["m49"]
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


def short_name(iso3: str) -> str:
    """Official short name, as UN documents print it; raises KeyError for an unknown code."""
    return str(facts_of_states()[iso3]["name"])


def is_member(iso3: str) -> bool:
    """True for a Member State of the United Nations."""
    return bool(facts_of_states()[iso3].get("status", "member") == "member")


def is_former(iso3: str) -> bool:
    """True for a State that was dissolved."""
    return bool(facts_of_states()[iso3].get("status") == "former")


def existed_in_years(iso3: str, first: int | None, last: int | None) -> bool:
    """Whether a State or area existed in any year from ``first`` to ``last``; None is an open end.

    >>> existed_in_years("YUG", 2012, None), existed_in_years("YUG", 1992, None)
    (False, True)
    """
    facts = facts_of_states().get(iso3, {})
    since, until = facts.get("since", dt.date.min), facts.get("until", dt.date.max)
    return (first is None or until.year >= first) and (last is None or since.year <= last)


@cache
def note_on_state_name(name: str) -> str:
    """Note that a report must print where it prints this name of a State or area, or ""."""
    return next(
        (str(s.get("note", "")) for s in facts_of_states().values() if s["name"] == name), ""
    )


def alphabetical_key(iso3: str) -> str:
    """Key to sort States by name in alphabetical order; accents make no difference.

    >>> sorted(["HRV", "CIV", "CRI"], key=alphabetical_key)
    ['CRI', 'CIV', 'HRV']
    """
    return str(anyascii(short_name(iso3))).casefold()


def all_codes() -> tuple[str, ...]:
    """All ISO3 codes of the vocabulary, members first, in alphabetical order."""
    return tuple(sorted(facts_of_states(), key=lambda iso3: (not is_member(iso3), iso3)))


@cache
def facts_of_states() -> dict[str, dict[str, Any]]:
    """Facts of each State or area in ``states.yml``, by ISO3 code."""
    states: dict[str, dict[str, Any]] = vocabulary("states")["states"]
    return states


@cache
def _names() -> dict[str, str]:
    """Codes by name; the official name and our aliases have priority over the names of CLDR."""
    others = vocabulary("state_names")["names"]
    names = {_key(name): iso3 for iso3, listed in others.items() for name in listed.values()}
    for iso3, facts in facts_of_states().items():
        for name in (facts["name"], *facts.get("aliases", ())):
            names[_key(name)] = iso3
    return names


@cache
def _short_forms() -> dict[str, str]:
    listed = {iso3: list(forms) for iso3, forms in vocabulary("states")["short_forms"].items()}
    for iso3, facts in facts_of_states().items():  # "U.A.E." is a known short name with points
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

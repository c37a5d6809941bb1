"""Rows of lists of attacks, with names; the build makes a row for each victim of an incident.

A row of a file is an incident, and may hold several victims. Their names stand joined in ``victims``,
each on a line of its own, with their kinds beside them in ``victim_kinds``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from hrdresearch.clean.ages import age_groups
from hrdresearch.clean.text import clean_name
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.attacks import Attacks
from hrdresearch.tables.table import NOT_RECORDED

MADE_BY_THE_BUILD = (
    *("attack_id", "incident_id", "person_id", "attack_victim_code", "is_named"),
    *("sdg_act_codes", "sdg_group_codes", "sdg_check_code"),
)
LINE = "\n"  # between the names of victims
PERSON, ORGANIZATION = "person", "organization"
NAMED = "named"  # a person with a name, beside PERSON for one without
NOT_APPLICABLE = "not_applicable"
EMPTY: dict[str, Any] = {
    **dict.fromkeys(("sex_code", "space_code", "age_group_code"), NOT_RECORDED),
    **dict.fromkeys(("identity_codes", "cause_codes", "attack_act_codes"), NOT_RECORDED),
    **dict.fromkeys(("perpetrator_codes", "work_link_code"), "not_asked"),
    **dict.fromkeys(("custody_code", "charge_status_code", "seized_status_code"), NOT_APPLICABLE),
    "order_status_codes": NOT_APPLICABLE,
    "accountability_codes": NOT_RECORDED,
    "admin1_name": None,
    "documented_by_number": pd.NA,
}
_OUTSIDE = re.compile(r",(?![^()]*\))")  # a comma outside brackets
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def attack_rows(sheet: Sheet, dates: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Put the columns of a list of attacks together, without the rows that were set aside.

    dates: as from ``Sheet.dates``. columns: of table ``attacks`` by name, ``victims`` and
    ``victim_kinds`` (as from ``listed_victims``), and record_id. A column that is not given is taken from
    ``defaults`` of source.yml; else it is empty, not recorded, not asked or not applicable.
    """
    given: dict[str, Any] = {
        **EMPTY,
        **sheet.spec.defaults,
        "event_date": dates["event_date"],
        "event_date_precision": dates["event_date_precision"],
        "event_year": dates["event_date"].dt.year.astype("Int64"),
        **columns,
    }
    if "ages" in given:
        given["age_group_code"] = age_groups(given.pop("ages"))
    named = columns["victims"].str.split(LINE).str[0].fillna("")
    rows = accepted_rows(
        sheet,
        Attacks,
        MADE_BY_THE_BUILD,
        **{**given, "name_as_published": named, "name_is_person": name_kinds(named) == PERSON},
    )
    return rows.assign(documented_by_number=rows["documented_by_number"].astype("Int64"))


def listed_victims(persons: pd.Series, organizations: pd.Series) -> dict[str, pd.Series]:
    """Make the columns ``victims`` and ``victim_kinds`` from two columns of names.

    persons: cells like "Ann Example (Invented Daily), Anonymous"; text in brackets is no part of a name.
    A row without a victim gets one whose kind is not recorded.

    >>> made = listed_victims(pd.Series(["A B (X, Y), Anonymous"]), pd.Series(["Invented Daily"]))
    >>> made["victims"].tolist(), made["victim_kinds"].tolist()
    (['A B\\n\\nInvented Daily'], ['named|person|organization'])
    """
    listed = [
        [*_persons(person), *((name, ORGANIZATION) for name in dict.fromkeys(_names(group)))]
        for person, group in zip(persons, organizations, strict=True)
    ]
    return {
        "victims": _joined(LINE, ([name for name, _ in one] for one in listed), persons.index),
        "victim_kinds": _joined(
            "|", ([kind for _, kind in one] or [NOT_RECORDED] for one in listed), persons.index
        ),
    }


def code_where(holds: pd.Series, codes: pd.Series) -> pd.Series:
    """The codes where they apply, and ``not_applicable`` elsewhere."""
    return codes.where(holds, NOT_APPLICABLE)


def join_codes(holds: dict[str, pd.Series], empty: str = NOT_RECORDED) -> pd.Series:
    """Codes that hold in each row, joined; ``empty`` where none does."""
    frame = pd.DataFrame(holds)
    cells = ["|".join(frame.columns[row]) or empty for row in frame.to_numpy(dtype=bool)]
    return pd.Series(cells, index=frame.index, dtype="object")


def _persons(cell: str) -> list[tuple[str, str]]:
    names = _names(cell)
    if not names:
        return []
    kinds = name_kinds(pd.Series(names)).eq(PERSON) & ~pd.Series(names).str.casefold().eq("media")
    return [(n, NAMED) if is_one else ("", PERSON) for n, is_one in zip(names, kinds, strict=True)]


def _names(cell: str) -> list[str]:
    parts = (clean_name(_ASIDE.sub("", part)) for part in _OUTSIDE.split(cell))
    return [name for name in parts if name]


def _joined(mark: str, cells: Iterable[Sequence[str]], index: pd.Index) -> pd.Series:
    return pd.Series([mark.join(cell) for cell in cells], index=index, dtype="object")

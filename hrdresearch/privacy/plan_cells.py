"""Names of the cells of a plan, and the cell that a row filter counts.

The name of a cell is ``AREA;COLUMN=VALUE``; the cell ``AREA;`` counts all persons of the area.

AREA is "" for the whole list, an ISO3 code, ``others:CODE:STATES`` (a region without the States that are
published alone), or ``region:CODE`` (a whole region, the sum of these).

VALUE is a code; ``but:A|B`` (all answers except A and B: the whole minus these); ``2018-2019`` (a
period); ``none`` (no year); ``from:10`` (10 or more); or ``recorded``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.tables.filter_words import vocabulary_of
from hrdresearch.vocab import codes
from hrdresearch.vocab.regions import region_scheme

NO_ANSWER = frozenset(
    {"unknown", "not_recorded", "not_asked", "not_assessed", "not_disclosed", "not_applicable"}
)
# Orientation, health, childhood and the like: over the whole list only, whatever a plan says.
SENSITIVE_CODES = frozenset(
    {"lgbti", "lgbti_rights", "transgender", "nonbinary", "blasphemy_morality", "disability"}
    | {"disability_rights", "child"}
)
REGION, BUT = "region:", "but:"
OTHERS = "others:"  # others:CODE:KEN:UGA is region CODE without these States


def cell_name(area: str, column: str = "", value: str = "") -> str:
    """Name of a cell.

    >>> cell_name("KEN", "sex_code", "female"), cell_name("")
    ('KEN;sex_code=female', ';')
    """
    return f"{area};{column}={value}" if column else f"{area};"


def cell_of_filter(
    filter_: Mapping[str, Any], plan: ReleasePlan, year_column: str | None
) -> str | None:
    """Name of the cell that counts the rows of a row filter; None where the plan has no such cell.

    year_column: name of the column of years.

    >>> plan = ReleasePlan(by_area=("event_year", "sex_code"))
    >>> cell_of_filter({"state_iso3": "KEN", "sex_code": "female"}, plan, "event_year")
    'KEN;sex_code=female'
    >>> cell_of_filter({"event_year": {"from": 2018, "to": 2019}}, plan, "event_year")
    ';event_year=2018-2019'
    >>> cell_of_filter({"event_year": 2019}, plan, "event_year") is None
    True
    """
    rest = {c: v for c, v in filter_.items() if c not in ("source", "state_iso3")}
    area = area_of_states(filter_.get("state_iso3"))
    if area is None or len(rest) > 1:
        return None
    if not rest:
        return cell_name(area)
    [(column, wanted)] = rest.items()
    if column not in (plan.by_area if area else (*plan.by_area, *plan.whole_list, *plan.at_least)):
        return None
    value = _value(column, wanted, plan, year_column)
    if value is None or (area and value in SENSITIVE_CODES):
        return None
    return cell_name(area, column, value)


def period_of(year: int, years_together: int) -> tuple[int, int]:
    """First and last year of the period that a year lies in.

    >>> period_of(2019, 2)
    (2018, 2019)
    """
    first = year - year % years_together
    return first, first + years_together - 1


def all_answers_but(silent: Iterable[str]) -> str:
    """Value of a cell that counts all answers except these codes."""
    return BUT + "|".join(sorted(silent))


def parts_of_cell(cell: str, areas: Iterable[str]) -> tuple[list[str], list[str]] | None:
    """Cells whose figures are added, and cells whose figures are subtracted, to make that of a cell.

    areas: areas that have figures of their own. None for a cell with a figure of its own.

    >>> parts_of_cell(";sex_code=but:unknown", [""])
    ([';'], [';sex_code=unknown'])
    >>> parts_of_cell("region:africa;", ["", "KEN", "others:africa:KEN"])
    (['KEN;', 'others:africa:KEN;'], [])
    """
    area, _, rest = cell.partition(";")
    column, _, value = rest.partition("=")
    if value.startswith(BUT):
        silent = value.removeprefix(BUT).split("|")
        return [cell_name(area)], [cell_name(area, column, one) for one in silent]
    if area.startswith(REGION):
        code = area.removeprefix(REGION)
        inside = [
            a
            for a in areas
            if a in regions_of_report()[code] or f"{a}:".startswith(f"{OTHERS}{code}:")
        ]
        return [f"{a};{rest}" for a in sorted(inside)], []
    return None


def cap_at_wholes(printed: Mapping[str, int]) -> dict[str, int]:
    """Lower each printed number to that of all persons of its area, so that no table says "55 of 50".

    printed: printed number by name of the cell. The result is computed from printed numbers only, so it
    discloses nothing more.

    >>> cap_at_wholes({";": 50, ";sex_code=male": 55})
    {';': 50, ';sex_code=male': 50}
    """
    return {cell: min(n, printed[cell_name(cell.partition(";")[0])]) for cell, n in printed.items()}


@cache
def codes_of(column: str) -> tuple[str, ...]:
    """Codes of the vocabulary of a column; () for a column without a vocabulary."""
    vocabulary = vocabulary_of(column)
    return codes(vocabulary) if vocabulary else ()


@cache
def regions_of_report() -> dict[str, frozenset[str]]:
    """States of each region of the report, by the region's code."""
    scheme = region_scheme("report")
    return {code: frozenset(scheme.members(code)) for code in scheme.labels}


def area_of_states(states: Any) -> str | None:
    """Area that a filter on States selects; None where the States are neither one State nor a region.

    states: ISO3 code, or codes; None: no filter, and the area is "" (the whole list).
    """
    if states is None:
        return ""
    if isinstance(states, str):
        return states
    if isinstance(states, list | tuple | set | frozenset):
        return next(
            (REGION + code for code, held in regions_of_report().items() if held == set(states)),
            None,
        )
    return None


def _value(column: str, wanted: Any, plan: ReleasePlan, year_column: str | None) -> str | None:
    if column == year_column:
        return _period(wanted, plan.years_together)
    if column in plan.at_least:
        limit = (
            wanted.get("from") if isinstance(wanted, Mapping) and set(wanted) == {"from"} else None
        )
        return f"from:{limit:g}" if limit in plan.at_least[column] else None
    known = set(codes_of(column))
    if not known:
        return "recorded" if wanted == {"recorded": True} else None
    if isinstance(wanted, str):
        return wanted if wanted in known else None
    if isinstance(wanted, list | tuple):
        left = known - set(wanted)
        if len(wanted) == 1 and wanted[0] in known:
            return str(wanted[0])
        return all_answers_but(left) if left and left <= NO_ANSWER else None
    return None


def _period(wanted: Any, years_together: int) -> str | None:
    if wanted in ([None], (None,)):
        return "none"
    if isinstance(wanted, Mapping) and set(wanted) == {"from", "to"} and wanted["from"]:
        ends = (wanted["from"], wanted["to"])
        return f"{ends[0]}-{ends[1]}" if ends == period_of(ends[0], years_together) else None
    return None

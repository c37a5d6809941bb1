"""A template for the status of cases: what followed for each person; its columns are in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import person_keys
from hrdresearch.sources.attack_rows import join_codes
from hrdresearch.sources.ledger import NO, YES, accepted_rows, read_days, years_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.case_outcomes import CaseOutcomes
from hrdresearch.tables.table import NOT_RECORDED
from hrdresearch.vocab import codes

NOTHING = "nothing"
POSITIVE = tuple(c for c in codes("case_outcome") if c not in (NOTHING, NOT_RECORDED))
EXACT = ("day", "month")  # a month is taken as its first day; a year alone measures no time
BEYOND = {"under_6_months": 183, "under_1_year": 365.25, "under_2_years": 730.5}  # days


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``case_outcomes`` with the names; the build removes them."""
    facts = _days(sheet, "date")
    found = {code: _days(sheet, code, said=True) for code in (*POSITIVE, NOTHING)}
    died = _days(sheet, "died")
    names, states = sheet.names("name"), sheet.states("state", facts["first"])
    sexes, given = sheet.codes("sex", "sex"), sheet.text("person_id")
    followed = join_codes({c: found[c]["is_so"] for c in POSITIVE})
    looked = found[NOTHING]["is_so"] | pd.concat(
        [sheet.text(c).str.casefold().isin(NO) for c in POSITIVE], axis=1
    ).all(axis=1)
    followed = followed.mask((followed == NOT_RECORDED) & looked, NOTHING)
    timed = _times(sheet, facts["exact"], found, died["exact"], followed)
    is_person = name_kinds(names) == "person"
    keys = person_keys(names, within=[states], sex=sexes, alone=sheet.text("case_id"))
    return accepted_rows(
        sheet,
        CaseOutcomes,
        ("person_id",),
        state_iso3=states,
        facts_year=years_of(facts["first"]),
        sex_code=sexes,
        case_act_codes=sheet.joined("act", "case_act", split=";"),
        case_outcome_codes=followed,
        told_codes=_outcomes_to_tell(sheet, followed),
        nhri_action_code=sheet.codes("nhri_action", "recorded_fact"),
        **timed,
        person_key=keys.mask(given != "", given),
        record_id=sheet.text("case_id"),
        name_as_published=names,
        name_is_person=is_person,
        contributor_as_published=sheet.text("contributor"),
    )


def _days(sheet: Sheet, column: str, said: bool = False) -> pd.DataFrame:
    """Read a column of dates: whether the event happened, its earliest possible day, and its exact day.

    said: whether a cell may hold yes or no in place of a date.
    """
    cells = sheet.text(column)
    plain = cells.str.casefold().isin(YES | NO) & said
    read = sheet.dates(column, "ymd", cells.mask(plain, ""))
    first = read["event_date"]
    is_so = first.notna() | (plain & cells.str.casefold().isin(YES))
    exact = first.where(read["event_date_precision"].isin(EXACT))
    return pd.DataFrame({"is_so": is_so.astype(bool), "first": first, "exact": exact})


def _times(
    sheet: Sheet,
    start: pd.Series,
    found: dict[str, pd.DataFrame],
    died: pd.Series,
    followed: pd.Series,
) -> dict[str, pd.Series]:
    """The first outcome of each case, the days until then, and the class of these days.

    None where the facts or one of the outcomes have no day: another outcome may have been the first.
    """
    days = pd.DataFrame({c: (found[c]["exact"] - start).dt.days for c in (*POSITIVE, NOTHING)})
    before = (days < 0).any(axis=1)
    sheet.book.issues_at(
        days.index[before], "date", "An outcome stands before the facts.", "no time is taken"
    )
    positive = days[list(POSITIVE)]
    undated = pd.DataFrame({c: found[c]["is_so"] for c in POSITIVE}) & positive.isna()
    first = positive.min(axis=1)
    at_first = positive.eq(first, axis=0)
    code = at_first.idxmax(axis=1).mask(at_first.sum(axis=1) > 1, "several")
    code = code.where(first.notna(), NOT_RECORDED).astype("object")
    deaths = (died - start).dt.days
    is_death = (deaths > 0) & ~(
        first <= deaths
    )  # a death on the day of the facts ends no observation
    is_open = first.isna() & ~is_death & days[NOTHING].notna() & followed.eq(NOTHING)
    code = code.mask(is_death, "died").mask(is_open, "nothing_yet")
    until = first.mask(is_death, deaths).mask(is_open, days[NOTHING])
    unknown = before | undated.any(axis=1) | until.isna()
    until, code = until.mask(unknown), code.mask(unknown, NOT_RECORDED)
    classes = pd.Series("from_2_years", index=code.index, dtype="object")
    for name, limit in reversed(BEYOND.items()):
        classes = classes.mask(until < limit, name)
    apart = code.isin(("died", "nothing_yet", NOT_RECORDED))  # counted elsewhere already
    return {
        "first_outcome_code": code,
        "observed_days": until.astype("Int64"),
        "outcome_time_code": classes.mask(apart, "not_assessed"),
    }


def _outcomes_to_tell(sheet: Sheet, followed: pd.Series) -> pd.Series:
    """Outcomes that may be told, by consent with its day; others are emptied, with an issue."""
    wanted = sheet.joined("told", "case_outcome", split=";")
    consented = read_days(sheet, "consent_date")
    asked = wanted != NOT_RECORDED
    sheet.book.issues_at(
        wanted.index[asked & consented.isna()], "told", "Consent without its day.", "not told"
    )
    pairs = zip(wanted.mask(consented.isna(), NOT_RECORDED), followed, strict=True)
    kept = [[c for c in w.split("|") if c in POSITIVE and c in f.split("|")] for w, f in pairs]
    return pd.Series(["|".join(c) or NOT_RECORDED for c in kept], wanted.index, dtype="object")

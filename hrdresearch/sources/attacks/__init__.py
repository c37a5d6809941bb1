"""A template for attacks of every kind, and rows that a person accepted from texts; see source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.text import says_nothing
from hrdresearch.names.person_or_group import are_organizations, name_kinds
from hrdresearch.sources.attack_rows import (
    NAMED,
    NOT_APPLICABLE,
    ORGANIZATION,
    PERSON,
    attack_rows,
    code_where,
    join_codes,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.row_filters import has_code
from hrdresearch.tables.table import NOT_RECORDED

# Codes of vocabulary attack_act for what a text says of the act: by violation, and by finer act.
OF_VIOLATION = {
    "killing": "killing",
    "kidnapping": "kidnapping",
    "enforced_disappearance": "enforced_disappearance",
    "arbitrary_detention": "arrest",  # a text that says "arrested" does not say "arbitrary"
    "torture": "torture",
}
OF_ACT = {
    "arrest": "arrest",
    "charge": "charge",
    "physical_attack": "physical_attack",
    "equipment_damage": "equipment_damage",
    "equipment_search": "search_seizure",
    **{
        code: code
        for code in ("killing", "kidnapping", "enforced_disappearance", "torture", "threat")
    },
}
ARRESTS = ("arrest", "arbitrary_detention", "charge")
ORDERS = ("legal_order", "publication_ban")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``attacks`` with the names; the build removes them."""
    return _of_texts(sheet) if sheet.layout.facts.get("is_of_texts") else _of_template(sheet)


def _of_template(sheet: Sheet) -> pd.DataFrame:
    names, dates = sheet.names("name"), sheet.dates("date", order="ymd")
    states = sheet.states("state", dates["event_date"])
    division, incident = (  # as the template calls them, or a user's own list
        own if own in sheet.cells else of_template
        for own, of_template in (("admin1", "province"), ("event_id", "incident_id"))
    )
    acts = sheet.joined("act", "attack_act", split=";")
    # an act without a code may have been any of them
    is_arrest, is_order, seized = (
        _any(acts, (*of, NOT_RECORDED)) for of in (ARRESTS, ORDERS, ("search_seizure",))
    )
    documented = sheet.text("documented_by").map(
        lambda cell: len({p.strip().casefold() for p in cell.split(";") if p.strip()}) or pd.NA
    )
    return attack_rows(
        sheet,
        dates,
        victims=names,
        victim_kinds=_kinds(names, _victims(sheet, names)),
        state_iso3=states,
        admin1_name=sheet.admin1(division, states),
        sex_code=sheet.codes("sex", "sex"),
        ages=sheet.ages("age"),
        identity_codes=sheet.joined("identity", "identity", split=";"),
        cause_codes=sheet.joined("cause", "cause", split=";"),
        attack_act_codes=acts,
        space_code=sheet.codes("space", "reprisal_space"),
        perpetrator_codes=sheet.joined("perpetrator", "perpetrator", split=";"),
        work_link_code=sheet.codes("work_link", "recorded_fact"),
        custody_code=_of_arrests(sheet, "custody", sheet.codes("custody", "custody"), is_arrest),
        charge_status_code=_of_arrests(
            sheet, "charges", sheet.codes("charges", "charge_status"), is_arrest
        ),
        order_status_codes=_of_those(
            sheet, "order", sheet.joined("order", "order_status", split=";"), is_order
        ),
        seized_status_code=_of_those(
            sheet, "seized", sheet.codes("seized", "seized_status"), seized
        ),
        accountability_codes=sheet.joined("followed", "accountability", split=";"),
        documented_by_number=documented,
        record_id=sheet.text("case_id"),
        incident_key=sheet.text(incident),
        person_given=sheet.text("person_id"),
        contributor_as_published=sheet.text("contributor"),
    )


def _of_texts(sheet: Sheet) -> pd.DataFrame:
    names, dates = sheet.names("name"), sheet.dates("date", order="ymd")
    told = [sheet.text(column).str.split("|") for column in ("violations", "acts")]
    holds = {
        code: pd.Series(False, index=names.index)
        for code in dict.fromkeys((*OF_VIOLATION.values(), *OF_ACT.values()))
    }
    for cells, codes in zip(told, (OF_VIOLATION, OF_ACT), strict=True):
        for told_as, code in codes.items():
            holds[code] |= cells.map(lambda found, one=told_as: one in found).astype(bool)
    acts = join_codes(holds, empty="other")
    return attack_rows(
        sheet,
        dates,
        victims=names,
        victim_kinds=_kinds(names, pd.Series(PERSON, index=names.index)),
        state_iso3=sheet.states("state_iso3", dates["event_date"]),
        attack_act_codes=acts,
        perpetrator_codes=sheet.joined("perpetrator_kind", "perpetrator", split="|"),
        custody_code=code_where(_any(acts, ARRESTS), pd.Series(NOT_RECORDED, names.index)),
        charge_status_code=code_where(_any(acts, ARRESTS), pd.Series(NOT_RECORDED, names.index)),
        record_id=sheet.text("case_id"),
        incident_key=sheet.text("incident_id"),
        person_given="",
        contributor_as_published="",
    )


def _victims(sheet: Sheet, names: pd.Series) -> pd.Series:
    """Person or organization, as the list says; where it does not, by how the name begins, with an issue."""
    kinds = sheet.codes("victim", "attack_victim", default=PERSON)
    groups = are_organizations(names) & sheet.text("victim").eq("")
    what = "The name begins like that of an organization or a community."
    done = "counted as an organization; for another kind map a column to victim"
    sheet.book.issues_at(names.index[groups], "name", what, done)
    return kinds.mask(groups, ORGANIZATION)


def _kinds(names: pd.Series, kinds: pd.Series) -> pd.Series:
    """Kind of each victim; a person with a name can be followed from row to row."""
    is_named = name_kinds(names).eq("person") & kinds.eq(PERSON)
    return kinds.mask(is_named, NAMED)


def _any(acts: pd.Series, codes: tuple[str, ...]) -> pd.Series:
    return pd.concat([has_code(acts, code) for code in codes], axis=1).any(axis=1)


def _of_arrests(sheet: Sheet, column: str, found: pd.Series, is_arrest: pd.Series) -> pd.Series:
    """Codes with ``not_applicable`` in rows of no arrest; there, words without a code are asked of nobody."""
    rows = found.index[~is_arrest & found.eq(NOT_RECORDED)]
    sheet.uncoded.get(column, set()).difference_update(map(int, rows))
    sheet.book.take_back(rows, column)
    return found.mask(found.index.isin(rows), NOT_APPLICABLE)


def _of_those(sheet: Sheet, column: str, found: pd.Series, is_so: pd.Series) -> pd.Series:
    """Codes with ``not_applicable`` in rows that the fact does not apply to; what a cell says is kept."""
    told = sheet.text(column).map(lambda cell: bool(cell) and not says_nothing(cell)).astype(bool)
    return found.mask(~is_so & ~told & found.eq(NOT_RECORDED), NOT_APPLICABLE)

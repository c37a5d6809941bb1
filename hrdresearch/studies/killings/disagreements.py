"""Where two lists disagree on one person: only sure links, and only where both lists record the fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.linked import (
    SURE,
    LinkedRows,
    linked_claim,
    linked_rows,
    lists_in_claim_name,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import text_columns

BY_DEFINITION = "by_definition"
FARTHEST_DAYS, FARTHEST_YEARS = 7, 2  # apart, from which dates and ages count as different


def disagreements_finding(study: Study) -> Finding:
    """Finding: for each two lists and each fact, persons on whom they differ, of those both record it of.

    Claims ``union.differ.LIST.LIST.FACT`` and ``.known``, and ``union.differ.LIST.LIST.persons``.
    """
    found = linked_rows(study)
    two = combinations(found.lists, 2) if found else ()
    made = [(a, b, own) for a, b in two if found and (own := _differences(found, a, b))]
    rows = [
        [Cell(text=f"{a.title} and {b.title}"), Cell(text=_FACTS[key][0]), *_cells(pair)]
        for a, b, own in made
        for key, pair in own.items()
    ]
    said = [_difference_sentence(a, b, own) for a, b, own in made]
    return study.finding(
        "disagreements",
        "What two lists record otherwise of one person",
        [
            *text_columns(label="Lists", fact="Fact"),
            Column("differ", "Otherwise"),
            Column("known", "Recorded by both"),
        ],
        rows,
        [claim for *_, own in made for pair in own.values() for claim in pair],
        unit="persons",
        statements=(" ".join(filter(None, said)),) if any(said) else (),
        notes=(
            "Only sure links. Rows that differ in much are not linked, so more persons may be recorded "
            "otherwise.",
        ),
    )


def _differences(found: LinkedRows, a: Population, b: Population) -> dict[str, tuple[Claim, Claim]]:
    """By fact: on how many persons the two lists differ, and of how many both record the fact."""
    pairs = found.pairs
    is_between = pairs["list_a"].ne(pairs["list_b"])
    for end in ("list_a", "list_b"):
        is_between &= pairs[end].isin((a.slug, b.slug))
    pairs = pairs[pairs["probability"].ge(SURE) & is_between]
    one, other = (found.rows.loc[pairs[f"row_{end}"]].reset_index(drop=True) for end in ("a", "b"))
    made = {}
    for key, (words, record, differ) in _FACTS.items():
        if BY_DEFINITION in (p.recording.get(_COLUMNS.get(key, "")) for p in (a, b)):
            continue
        known = record(one) & record(other)
        number = int(known.sum())
        if not number:
            continue
        stem = f"union.differ.{lists_in_claim_name((a.slug, b.slug))}.{key}"
        said = (
            f"persons on {a.list_in_prose} and on {b.list_in_prose}, by sure links: {words.lower()}"
        )
        parts = {"": (known & differ(one, other)).sum(), ".known": number}
        more = {"": "recorded otherwise", ".known": "recorded by both"}
        both = [
            linked_claim(
                f"{stem}{end}", value, f"{said}, {more[end]}", a.slug, b.slug, scope=found.scope
            )
            for end, value in parts.items()
        ]
        made[key] = both[0], both[1]
    return made


def _cells(pair: tuple[Claim, Claim]) -> list[Cell]:
    return [Cell(claim=claim.name) for claim in pair]


def _difference_sentence(
    a: Population, b: Population, own: Mapping[str, tuple[Claim, Claim]]
) -> str:
    """Sentence on the facts that two lists record otherwise; empty where few persons are on both."""
    items = [
        f"{_IN_WORDS[key]} for {claim_tag(differ)} of {claim_tag(known)}"
        for key, (differ, known) in own.items()
        if key in _IN_WORDS and is_printed(known, FEWEST_KNOWN) and is_printed(differ)
    ]
    if not items:
        return ""
    return f"Of the same persons, {a.name_in_prose} and {b.name_in_prose} record {join_with_and(items)}."


def _known(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: ~rows[column].isin((*LAST_CODES, "unknown")) & rows[column].notna()


def _other_kinds(a: pd.Series, b: pd.Series) -> pd.Series:
    """Whether two columns of joined codes have no code in common."""
    kinds = zip(a.str.split("|"), b.str.split("|"), strict=True)
    return pd.Series([not set(x) & set(y) for x, y in kinds], index=a.index, dtype=bool)


def _is_indigenous(rows: pd.DataFrame) -> pd.Series:
    return ("|" + rows["identity_codes"] + "|").str.contains("|indigenous|", regex=False)


_Fact = tuple[
    str,
    Callable[[pd.DataFrame], pd.Series],
    Callable[[pd.DataFrame, pd.DataFrame], pd.Series],
]
_FACTS: dict[str, _Fact] = {
    "day": (
        f"Day of the killing, more than {FARTHEST_DAYS} days apart",
        lambda rows: rows["event_date_precision"].eq("day"),
        lambda a, b: (a["event_date"] - b["event_date"]).abs().dt.days.gt(FARTHEST_DAYS),
    ),
    "year": (
        "Year of the killing",
        lambda rows: rows["event_year"].notna(),
        lambda a, b: a["event_year"].ne(b["event_year"]),
    ),
    "division": (
        "First-level division",
        lambda rows: rows["admin1_name"].notna(),
        lambda a, b: a["admin1_name"].ne(b["admin1_name"]),
    ),
    "sex": (
        "Sex or gender as recorded",
        _known("sex_code"),
        lambda a, b: a["sex_code"].ne(b["sex_code"]),
    ),
    "age": (
        f"Age, more than {FARTHEST_YEARS} years apart",
        lambda rows: rows["age_years"].notna(),
        lambda a, b: (a["age_years"] - b["age_years"]).abs().gt(FARTHEST_YEARS),
    ),
    "indigenous": (
        "Indigenous on one list alone",
        _known("identity_codes"),
        lambda a, b: _is_indigenous(a).ne(_is_indigenous(b)),
    ),
    "perpetrator": (
        "Kind of alleged perpetrator, none in common",
        _known("perpetrator_codes"),
        lambda a, b: _other_kinds(a["perpetrator_codes"], b["perpetrator_codes"]),
    ),
}
_COLUMNS = {  # which a list may fill for every case by its definition
    "sex": "sex_code",
    "indigenous": "identity_codes",
    "perpetrator": "perpetrator_codes",
}
_IN_WORDS = {
    "day": "dates more than a week apart",
    "division": "another first-level division",
    "sex": "another sex",
    "age": "ages more than two years apart",
    "indigenous": "an Indigenous identity on one list alone",
    "perpetrator": "other kinds of perpetrator",
}

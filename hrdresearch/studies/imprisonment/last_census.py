"""The last census alone: persons held on its day, by sentence, sex and charge.

Numbers over all censuses count a person who is held for years once in each census. These numbers
count everybody once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.studies.imprisonment.census_days import CensusDays
from hrdresearch.studies.imprisonment.study_part import HAS_SENTENCE, codes_in_use, prose_number
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    column_heads,
    row_from_draft,
    table_of_counts,
)
from hrdresearch.tables.census import UNSENTENCED
from hrdresearch.vocab import codes, label

SENTENCE_KNOWN = (*HAS_SENTENCE["sentence_kind_code"], *UNSENTENCED, "acquitted")
SEX_KNOWN = [code for code in codes("sex") if code not in ("unknown", "not_recorded")]
CHARGE_KNOWN = [code for code in codes("pretext") if code != "not_recorded"]


def last_census(part: CensusDays) -> Finding:
    """Persons on the day of the last census in scope, each count with its share of a larger count.

    Claims ``last_census.*``: ``persons``, ``states``, ``sentence_known``, ``not_sentenced``,
    ``sentenced``, ``long``, ``life``, ``death``, ``female``, ``charge.CODE``; shares end in
    ``.share``.
    """
    return table_of_counts(
        part,
        "last_census",
        "Persons on the last census day",
        column_heads("What", value="Persons", of="Of", share="Per cent"),
        lambda p: _rows(part, p),
        beside=lambda p: [_states(part, p)] if len(p.frame) else [],
        sentence=lambda p, claims: _sentence(claims) if len(p.frame) else "",
        unit="persons",
        period=part.last_census_words,
        drawing=Drawing("shares", "label", ("share",)) if part.only_list else Drawing(),
        notes=(
            "Nothing here says that a person is in prison today. A person may be held on several "
            "charges. Charges are as brought by the authorities.",
        ),
    )


def _rows(part: CensusDays, p: Population) -> list[Row]:
    if not len(p.frame):
        return []
    counts = _counts_by_key(part, p)

    def row(count: Draft, whole: Draft) -> Row:
        share = Share(count, whole, f"{count.definition}, in per cent")
        return *row_from_draft(count), whole, share

    charges = [
        part.count_persons(
            f"last_census.charge.{code}",
            f"held on the charge: {label('pretext', code)}",
            {**part.last_census_filter(p), "pretext_codes": code},
        )
        for code in codes_in_use(p, "pretext_codes", CHARGE_KNOWN)
    ]
    return [
        (*row_from_draft(counts["persons"]), "", ""),
        row(counts["not_sentenced"], counts["sentence_known"]),
        *(row(counts[key], counts["sentenced"]) for key in ("long", "life", "death")),
        row(counts["female"], counts["sex_known"]),
        *(row(charge, counts["charge_known"]) for charge in charges),
    ]


def _counts_by_key(part: CensusDays, p: Population) -> dict[str, Draft]:
    """Counts on the last census day, by the part of the claim name after ``last_census.``."""
    years = part.threshold
    wanted: dict[str, tuple[str, Mapping[str, Any]]] = {
        "persons": ("persons held on the census day", {}),
        "sentence_known": (
            "persons of whom a sentence is recorded, or that none had been passed",
            {"sentence_kind_code": list(SENTENCE_KNOWN)},
        ),
        "not_sentenced": ("not sentenced", {"sentence_kind_code": list(UNSENTENCED)}),
        "sentenced": ("persons of whom a sentence is recorded", HAS_SENTENCE),
        "long": (
            f"sentenced to {years} years or longer, life or death",
            {"bound_min_years": {"from": years}},
        ),
        "life": ("sentenced to life imprisonment", {"sentence_kind_code": "life"}),
        "death": ("sentenced to death", {"sentence_kind_code": "death"}),
        "sex_known": ("persons whose sex or gender is recorded", {"sex_code": SEX_KNOWN}),
        "female": ("women, as recorded", {"sex_code": "female"}),
        "charge_known": (
            "persons of whom the list records a charge, or that none was brought or disclosed",
            {"pretext_codes": CHARGE_KNOWN},
        ),
    }
    day = part.last_census_filter(p)
    return {
        key: part.count_persons(f"last_census.{key}", words, {**day, **where})
        for key, (words, where) in wanted.items()
    }


def _states(part: CensusDays, p: Population) -> Draft:
    words = "States or territories that held persons on the census day"
    return Draft("last_census.states", words, part.last_census_filter(p), "state", "state_iso3")


def _sentence(claims: Mapping[str, Claim]) -> str:
    number = partial(prose_number, claims, "last_census")
    return (
        f"On the last census day in scope, the list records {number('persons', '|of:person')} in "
        f"{number('states')} {number('states', '|agree:State or territory:States or territories')}. Of "
        f"{number('sentence_known', '|of:person')} of whom a sentence is recorded, or that none had been "
        f"passed, {number('not_sentenced')} {number('not_sentenced', '|agree:was:were')} not sentenced. Of "
        f"{number('sentenced', '|of:person')} with a recorded sentence, {number('long')} "
        f"{number('long', '|agree:was:were')} serving {{{{ params.long_term_years }}}} years or longer, "
        f"life or death. Women, as recorded: {number('female')} of "
        f"{number('sex_known', '|of:person')} whose sex or gender is recorded."
    )

"""The last census alone: persons held on its day, by sentence, by sex, and by charge.

Numbers over all censuses count a person who is held for years once in each census. These numbers
count everybody once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import label_in_sentence
from hrdresearch.studies.imprisonment.census_checks import later_revised
from hrdresearch.studies.imprisonment.census_counts import first_and_last
from hrdresearch.studies.imprisonment.census_days import CensusDays, held_on_last_day
from hrdresearch.studies.imprisonment.census_sentences import RETALIATORY, WITHOUT_A_CHARGE
from hrdresearch.studies.imprisonment.last_census_sentences import (
    last_census_sentences,
    last_charge_sentences,
)
from hrdresearch.studies.imprisonment.study_part import HAS_SENTENCE, StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import (
    Content,
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
NO_CHARGE_IN_WORDS = {
    "no_charge": "no charge brought",
    "not_disclosed": "no charge disclosed",
}
CHARGE_KNOWN = [code for code in codes("pretext") if code != "not_recorded"]


def last_census(part: CensusDays) -> Finding:
    """Persons on the day of the last census in scope, each count with its share of a larger count.

    Claims ``last_census.*``: ``persons``, ``states``, ``sentence_known``, ``not_sentenced``,
    ``sentence_not_known``, ``sentenced``, ``long``, ``life``, ``death``, ``female``;
    shares end in ``.share``.
    """
    finding = table_of_counts(
        part,
        "last_census",
        "Persons on the last census day",
        column_heads("What", value="Persons", of="Of", share="Per cent"),
        lambda p: _rows(part, p),
        beside=lambda p: _beside(part, p) if len(p.frame) else [],
        sentence=lambda p, claims: (
            last_census_sentences(p, claims, first_and_last(p)[1], later_revised(part, p))
            if len(p.frame)
            else []
        ),
        unit="persons",
        period=part.last_census_words,
    )
    return part.without_short_table(finding, most=len(finding.rows))


def last_charges(part: CensusDays) -> Finding:
    """Charges as brought against those held on the last census day; claims ``last_census.charge.*``."""
    return table_of_counts(
        part,
        "last_charges",
        "Persons on the last census day by charge as brought",
        column_heads("Charges as brought", value="Persons", of="Of", share="Per cent"),
        lambda p: _rows_of_charges(part, p),
        beside=lambda p: [held_on_last_day(part, p), *_without_a_charge(part, p)],
        sentence=lambda p, claims: (
            last_charge_sentences(p, claims, first_and_last(p)[1]) if claims else []
        ),
        unit="persons",
        period=part.last_census_words,
        largest_first=True,
        notes=("A person may be held on several charges.", *charge_notes(part)),
    )


def charge_notes(part: StudyPart) -> tuple[str, ...]:
    """What the class of retaliatory charges is, where a list of the part uses it."""
    used = any("retaliation" in p.classes["pretext_codes"] for p in part.populations)
    return (RETALIATORY,) if used else ()


def _row(count: CountDraft, whole: CountDraft) -> Row:
    share = Share(count, whole, f"{count.definition}, in per cent")
    return *row_from_draft(count), whole, share


def _rows(part: CensusDays, p: Population) -> list[Row]:
    if not len(p.frame):
        return []
    counts = _counts_by_key(part, p)
    return [
        (*row_from_draft(counts["persons"]), "", ""),
        _row(counts["not_sentenced"], counts["sentence_known"]),
        *(_row(counts[key], counts["sentenced"]) for key in ("long", "life", "death")),
        _row(counts["female"], counts["sex_known"]),
    ]


def _rows_of_charges(part: CensusDays, p: Population) -> list[Row]:
    if not len(p.frame):
        return []
    charges = [
        part.count_persons(
            f"last_census.charge.{code}",
            NO_CHARGE_IN_WORDS.get(code, label_in_sentence(label("pretext", code))),
            {**part.last_census_filter(p), "pretext_codes": code},
        )
        for code in codes_in_use(p, "pretext_codes", CHARGE_KNOWN)
    ]
    return [_row(charge, _counts_by_key(part, p)["charge_known"]) for charge in charges]


def _counts_by_key(part: CensusDays, p: Population) -> dict[str, CountDraft]:
    """Counts on the last census day, by the part of the claim name after ``last_census.``."""
    years = part.threshold
    wanted: dict[str, tuple[str, Mapping[str, Any]]] = {
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
        "uncharged_unsentenced": (
            "not sentenced, with no charge, or none disclosed",
            {"sentence_kind_code": list(UNSENTENCED), "pretext_codes": list(WITHOUT_A_CHARGE)},
        ),
        "female": ("women, as recorded", {"sex_code": "female"}),
        "sentence_not_known": (
            "persons of whom neither a sentence nor its absence can be told",
            {"sentence_kind_code": [k for k in codes("sentence_kind") if k not in SENTENCE_KNOWN]},
        ),
        "no_charge": (
            "persons of whom the list records that no charge was brought or disclosed",
            {"pretext_codes": list(WITHOUT_A_CHARGE)},
        ),
        "charge_known": (
            "persons of whom the list records a charge, or that none was brought or disclosed",
            {"pretext_codes": CHARGE_KNOWN},
        ),
    }
    day = part.last_census_filter(p)
    return {"persons": held_on_last_day(part, p)} | {
        key: part.count_persons(f"last_census.{key}", words, {**day, **where})
        for key, (words, where) in wanted.items()
    }


def _beside(part: CensusDays, p: Population) -> list[Content]:
    """Numbers for the sentences that the table does not hold."""
    words = "States or territories that held persons on the census day"
    where = part.last_census_filter(p)
    states = CountDraft("last_census.states", words, where, "state", "state_iso3")
    counts = _counts_by_key(part, p)
    return [states, counts["sentence_not_known"], counts["uncharged_unsentenced"]]


def _without_a_charge(part: CensusDays, p: Population) -> list[Content]:
    """Persons of whom no charge is brought or disclosed, where a list has such a class."""
    if not len(p.frame) or not p.classes["pretext_codes"] & set(WITHOUT_A_CHARGE):
        return []
    none, known = (_counts_by_key(part, p)[key] for key in ("no_charge", "charge_known"))
    return [none, Share(none, known, f"{none.definition}, in per cent")]

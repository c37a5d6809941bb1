"""Who has been held longest without a sentence, by State: on how many censuses, on what charge.

Names are never told. Fewest and most censuses are told of a public list only, and of five persons
or more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.numbers import WORDS
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_counts import first_and_last, last_census_year
from hrdresearch.studies.imprisonment.census_sentences import WITHOUT_A_CHARGE, YEARS, span_in_words
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.tables import match_rows
from hrdresearch.tables.census import UNSENTENCED
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

CHARGED = [code for code in codes("pretext") if code not in WITHOUT_A_CHARGE]
TIMES = (2, 3, 5)  # censuses
FEWEST_TOLD = 5  # persons; of fewer, State and number are told only


def longest_unsentenced(part: StudyPart) -> Finding:
    """By State: persons listed as not sentenced on each of many censuses, and those on the last census.

    Claims ``longest.ISO3.persons``, ``.last`` (of these, on the last census); of these last,
    ``.fewest`` and ``.most`` censuses, and ``.charged``: with a charge on a census, or with nothing
    recorded on one.
    """
    return table_of_counts(
        part,
        "longest_unsentenced",
        "Persons held longest without a sentence, by State",
        column_heads(
            "State or territory",
            persons="Persons",
            last="On the last census",
            fewest="Fewest censuses",
            most="Most censuses",
            charged="Of these last, with a charge on a census",
        ),
        lambda p: [_row(part, p, iso3) for iso3 in _states(part, p)],
        beside=lambda p: [_persons(part), not_sentenced(part, p)] if len(p.frame) else [],
        sentence=lambda p, claims: _sentences(part, p, claims) if len(p.frame) else [],
        unit="persons",
        notes=(
            "Persons on at least as many censuses as the threshold of long term has years, each of "
            "which records that no sentence had been passed. Fewest and most censuses are of those on "
            "the last census, where these are five or more.",
        ),
    )


def _states(part: StudyPart, p: Population) -> list[str]:
    _, held = part.held_unsentenced(part.threshold, {})
    return sorted(
        p.frame.loc[match_rows(p.frame, held), "state_iso3"].unique(), key=alphabetical_key
    )


def not_sentenced(part: StudyPart, p: Population) -> CountDraft:
    """The count of persons recorded as not sentenced on the last census."""
    day = {"census_year": last_census_year(p), "sentence_kind_code": list(UNSENTENCED)}
    return part.count_persons("last_census.not_sentenced", "not sentenced", day)


def _persons(part: StudyPart) -> CountDraft:
    words, held = part.held_unsentenced(part.threshold, {})
    return part.count_persons("longest.persons", words, held)


def _counts(part: StudyPart, p: Population, iso3: str) -> dict[str, CountDraft]:
    words, held = part.held_unsentenced(part.threshold, {"state_iso3": iso3})
    where: dict[str, tuple[str, Mapping[str, Any]]] = {
        "persons": ("", {}),
        "last": (", on the last census", {"census_year": last_census_year(p)}),
    }
    return {
        key: part.count_persons(
            f"longest.{iso3.lower()}.{key}",
            f"{words}, {short_name(iso3)}{further}",
            {**held, **filter_},
        )
        for key, (further, filter_) in where.items()
    }


def _row(part: StudyPart, p: Population, iso3: str) -> Row:
    counts = _counts(part, p, iso3)
    ends = _of_those_on_last(p, counts["last"], iso3)
    return state_cell(iso3), counts["persons"], counts["last"], *ends


def _of_those_on_last(p: Population, last: CountDraft, iso3: str) -> tuple[Content, ...]:
    """Of the persons on the last census: fewest and most censuses, and persons with a charge.

    Dashes of a restricted list, and of fewer than ``FEWEST_TOLD`` persons. A census on which nothing is
    recorded on a charge counts as one with a charge.
    """
    frame = p.frame[match_rows(p.frame, last.filter)]
    if not p.policy.prints_exact_numbers or frame["person_id"].nunique() < FEWEST_TOLD:
        return "–", "–", "–"
    number = frame["censuses_of_person"]
    low, high = (
        measured_claim(
            p,
            f"longest.{iso3.lower()}.{key}",
            int(value),
            "census",
            f"{key} censuses of a person among: {last.definition}",
            f"{end}:censuses_of_person",
            filter={"source": p.slug, **p.scope, **last.filter},
        )
        for key, value, end in (
            ("fewest", number.min(), "smallest"),
            ("most", number.max(), "largest"),
        )
    )
    rows = p.frame[p.frame["person_id"].isin(frame["person_id"])]
    charged = int(rows[match_rows(rows, {"pretext_codes": CHARGED})]["person_id"].nunique())
    return (
        low,
        high,
        measured_claim(
            p,
            f"longest.{iso3.lower()}.charged",
            charged,
            "person",
            "persons with a charge that is disclosed, or with nothing recorded on a charge, on a "
            f"census, among: {last.definition}",
            "persons_with_a_charge",
        ),
    )


def _sentences(part: StudyPart, p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    whole = claims["longest.persons"]
    states = {iso3: claims[f"longest.{iso3.lower()}.persons"] for iso3 in _states(part, p)}
    named = [f"{claim_tag(c)} in {name_in_sentence(i)}" for i, c in states.items() if is_printed(c)]
    where = f": {join_with_and(named)}" if named else ""
    if len(states) == 1 and named:
        where = f", in {name_in_sentence(next(iter(states)))}"
    text = (
        f"On {p.title} censuses, {claim_tag(whole, 'of:person')} "
        f"{agreement_tag(whole, 'stands', 'stand')} {YEARS} times "
        f"or more, each time as not sentenced{where}."
    )
    _, year = first_and_last(p)
    told = []
    for iso3 in states:
        stem = f"longest.{iso3.lower()}"
        ends = _of_those_on_last(p, _counts(part, p, iso3)["last"], iso3)
        if not all(isinstance(claim, Claim) for claim in ends):
            continue
        fewest, most, charged = (claim for claim in ends if isinstance(claim, Claim))
        charge = (
            "with a sentence or a disclosed charge" if charged.value == 0 else "with a sentence"
        )
        told.append(
            f" Of the {claim_tag(states[iso3])} in {name_in_sentence(iso3)}, "
            f"{claim_tag(claims[f'{stem}.last'])} "
            f"{agreement_tag(claims[f'{stem}.last'], 'is', 'are')} on the census of "
            f"{claim_tag(year)}: they stand on "
            f"{span_in_words(fewest, most)} censuses, on none {charge}."
        )
    return [
        ListSentences(f"{text}{''.join(told)}", (year,), is_key=is_printed(whole)),
        _several_times_sentences(p, year),
    ]


def _several_times_sentences(p: Population, year: Claim) -> ListSentences:
    """Of those recorded as not sentenced on the last census: on how many censuses they stood so."""
    if not p.policy.prints_exact_numbers:
        return ListSentences()
    pending = p.frame[p.frame["sentence_kind_code"].isin(UNSENTENCED)]
    last = pending.loc[pending["census_year"].eq(last_census_year(p)), "person_id"]
    times = pending[pending["person_id"].isin(last)].groupby("person_id")["census_year"].nunique()
    every = p.claim_name("last_census.not_sentenced")
    made = [
        measured_claim(
            p,
            f"longest.on_last.from_{n}",
            int((times >= n).sum()),
            "person",
            f"not sentenced on the last census, and so on {n} censuses or more",
            "computed",
        )
        for n in TIMES
    ]
    told = [
        f"{claim_tag(claim)} {'' if i else 'had been recorded so '}on {WORDS[n]} "
        f"{'' if i else 'censuses '}or more"
        for i, (n, claim) in enumerate(zip(TIMES, made, strict=True))
        if is_printed(claim)
    ]
    if not told:
        return ListSentences()
    return ListSentences(
        f"Of the {claim_tag(every)} recorded as not sentenced on the census of {claim_tag(year)}, "
        f"{join_with_and(told)}.",
        (year, *made),
    )

"""Charges on the last census day in the States that hold most persons, of public lists only."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.sentences import (
    ListSentences,
    capitalized,
    choose_threshold,
    claim_tag,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_counts import first_and_last, last_census_year
from hrdresearch.studies.imprisonment.census_days import CensusDays
from hrdresearch.studies.imprisonment.census_sentences import CHARGES_IN_WORDS, WITHOUT_A_CHARGE
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

HALF = 0.5  # of those held in the State; a charge of fewer is left to the table
NONE_DISCLOSED = "no_charge"


def charges_by_state(part: CensusDays) -> Finding:
    """By State: persons held on the last census day, and charges of half of them or more.

    The States are those that the sentence on States names. Claims
    ``charges_by_state.ISO3.persons`` and ``.CODE``; ``no_charge``: none, or none that is disclosed.
    """
    finding = table_of_counts(
        part,
        "charges_by_state",
        "Charges of half of those held or more, by State, on the last census day",
        column_heads("State or territory", persons="Held", charge="Charge", value="On this charge"),
        lambda p: [row for iso3 in _states(p) for row in _rows(part, p, iso3)],
        sentence=lambda p, claims: [_sentences(part, p, claims)] if len(p.frame) else [],
        unit="persons",
        period=part.last_census_words,
        notes=("A person may be held on several charges.",),
    )
    return part.without_short_table(finding, most=len(finding.rows))


def _least(p: Population) -> int | None:
    """The round number of persons on the last census from which the text names a State."""
    last = p.frame[match_rows(p.frame, {"census_year": last_census_year(p)})]
    return choose_threshold(float(n) for n in last["state_iso3"].value_counts())


def _states(p: Population) -> list[str]:
    """States of a public list with that round number of persons or more: those that the text names."""
    if not len(p.frame) or not p.policy.prints_exact_numbers:
        return []
    last = p.frame[match_rows(p.frame, {"census_year": last_census_year(p)})]
    held = last["state_iso3"].value_counts()
    least = _least(p)
    return sorted([str(i) for i, n in held.items() if least and n >= least], key=alphabetical_key)


def _kinds(p: Population) -> dict[str, tuple[str, list[str]]]:
    """Words and codes of each charge that the list uses; "none" and "none disclosed" are one charge."""
    used = [c for c in codes("pretext") if c in p.classes["pretext_codes"] and c != "not_recorded"]
    kinds = {
        c: (CHARGES_IN_WORDS[c].removeprefix("on "), [c]) for c in used if c not in WITHOUT_A_CHARGE
    }
    return {
        **kinds,
        NONE_DISCLOSED: ("no charge, or none that is disclosed,", list(WITHOUT_A_CHARGE)),
    }


def _counts(part: CensusDays, p: Population, iso3: str) -> tuple[CountDraft, dict[str, CountDraft]]:
    """Persons held in a State, and those on each charge of half of them or more."""
    here = {**part.last_census_filter(p), "state_iso3": iso3}
    held = part.count_persons(
        f"charges_by_state.{iso3.lower()}.persons", f"persons held in {short_name(iso3)}", here
    )
    drafts = {
        kind: part.count_persons(
            f"charges_by_state.{iso3.lower()}.{kind}",
            f"persons held in {short_name(iso3)}, {words}",
            {**here, "pretext_codes": among},
        )
        for kind, (words, among) in _kinds(p).items()
    }
    numbers = part.count(p, [held, *drafts.values()])
    least = HALF * float(numbers[held.name].value or 0)
    return held, {k: d for k, d in drafts.items() if float(numbers[d.name].value or 0) >= least}


def _rows(part: CensusDays, p: Population, iso3: str) -> list[Row]:
    held, chosen = _counts(part, p, iso3)
    words = _kinds(p)
    return [
        (state_cell(iso3), held, _as_cell(words[kind][0]), draft) for kind, draft in chosen.items()
    ]


def _as_cell(words: str) -> str:
    return capitalized(words).removesuffix(",")


def _sentences(part: CensusDays, p: Population, claims: Mapping[str, Claim]) -> ListSentences:
    """By charge, the States in which half of those held or more are on it, with both numbers."""
    states: dict[str, list[str]] = {}
    for iso3 in _states(p):
        held, chosen = _counts(part, p, iso3)
        for kind, draft in chosen.items():
            states.setdefault(kind, []).append(
                f"{name_in_sentence(iso3)} ({claim_tag(claims[draft.name])} of "
                f"{claim_tag(claims[held.name])})"
            )
    if not states:
        return ListSentences()
    _, year = first_and_last(p)
    told = [
        f"{_kinds(p)[kind][0]} in {join_with_and(states[kind])}"
        for kind in sorted(states, key=lambda kind: -len(states[kind]))
    ]
    threshold = text_claim(
        p.claim_name("charges_by_state.least"),
        number_in_prose(_least(p) or 0, ""),
        f"{p.title}: persons on the last census in a State or territory from which its charges are told",
        SCOPE,
    )
    return ListSentences(
        f"In the States or territories with {claim_tag(threshold)} or more on the census of "
        f"{claim_tag(year)}, half "
        f"or more of those held were recorded with {'; with '.join(told)}.",
        (year, threshold),
    )

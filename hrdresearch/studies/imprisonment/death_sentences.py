"""Sentences of death on a census, by State, and those on which two fields of the list conflict.

Told of public lists by name only: a row may be of one person.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

KINDS = {
    "death": "under a sentence of death",
    "conflict_death": "of whom class and wording conflict over death",
}


def death_sentences(part: StudyPart) -> Finding:
    """By State: persons under a sentence of death, persons of whom two fields conflict, and when last.

    Claims ``death_sentences.ISO3.death``, ``.conflict_death``, and the same with ``.last``: the year
    of the last census that records it.
    """
    finding = table_of_counts(
        part,
        "death_sentences",
        "Sentences of death on the censuses, by State",
        column_heads(
            "State or territory",
            death="Recorded",
            last="Last census",
            conflict="Class and wording conflict",
            last_conflict="Last census of these",
        ),
        lambda p: [_row(part, p, iso3) for iso3 in _states(p)],
        sentence=lambda p, claims: [_sentences(p, claims)],
        unit="persons",
        notes=("Where the two fields conflict, the person is counted neither way.",),
    )
    return part.without_short_table(finding)


def _states(p: Population) -> list[str]:
    if not p.policy.prints_exact_numbers:
        return []
    held = p.frame[p.frame["sentence_kind_code"].isin(KINDS)]
    return sorted(held["state_iso3"].unique(), key=alphabetical_key)


def _row(part: StudyPart, p: Population, iso3: str) -> Row:
    cells: list[Content] = [state_cell(iso3)]
    for kind, words in KINDS.items():
        draft = part.count_persons(
            f"death_sentences.{iso3.lower()}.{kind}",
            f"persons {words}, {short_name(iso3)}",
            {"state_iso3": iso3, "sentence_kind_code": kind},
        )
        cells += [draft, _last(p, draft, iso3, kind) or "–"]
    return cells


def _last(p: Population, draft: CountDraft, iso3: str, kind: str) -> Claim | None:
    rows = p.frame[p.frame["state_iso3"].eq(iso3) & p.frame["sentence_kind_code"].eq(kind)]
    if not len(rows):
        return None
    return measured_claim(
        p,
        f"{draft.name}.last",
        int(rows["census_year"].max()),
        "calendar_year",
        f"last census of {draft.definition}",
        "largest:census_year",
        filter={"source": p.slug, **p.scope, **draft.filter},
    )


def _sentences(p: Population, claims: Mapping[str, Claim]) -> ListSentences:
    told: dict[str, list[str]] = {kind: [] for kind in KINDS}
    persons = dict.fromkeys(KINDS, 0)
    for iso3 in _states(p):
        for kind in KINDS:
            count = claims[f"death_sentences.{iso3.lower()}.{kind}"]
            if isinstance(count.value, int) and count.value:
                persons[kind] += count.value
                last = claim_tag(p.claim_name(f"death_sentences.{iso3.lower()}.{kind}.last"))
                told[kind].append(
                    f"{claim_tag(count, 'of:person')} in {name_in_sentence(iso3)}, last on the "
                    f"census of {last}"
                )
    text = ""
    if told["death"]:
        text = f"{p.subject} records, under a sentence of death, {join_with_and(told['death'])}."
    if told["conflict_death"]:
        also = "also " if text else ""
        counted = "this person is" if persons["conflict_death"] == 1 else "they are"
        text += (
            f" It {also}lists {join_with_and(told['conflict_death'])}, whose two entries on the sentence "
            f"disagree over death; {counted} not counted."
        )
    return ListSentences(
        text.strip() if told["death"] else text.strip().replace("It ", f"{p.subject} ", 1)
    )

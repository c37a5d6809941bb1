"""Persons by the codes of a column, with a sentence on each list."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    Wording,
    agreement_tag,
    claim_tag,
    is_printed,
    write_share_sentence,
    write_unknown_sentence,
)
from hrdresearch.studies.imprisonment.census_sentences import (
    CHARGE_KNOWN,
    CHARGES_IN_WORDS,
    WITHOUT_A_CHARGE,
)
from hrdresearch.studies.imprisonment.last_census_sentences import charge_sentences
from hrdresearch.studies.imprisonment.study_part import HAS_READ_SENTENCE, StudyPart, codes_in_use
from hrdresearch.studies.shapes.by_code import LAST_CODES, sentence_on_uncoded, uncoded_claim
from hrdresearch.studies.shapes.by_code_sentences import UNKNOWN
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

MOST_ROWS = 16  # of a table; beyond it, codes of too few persons to be printed stand in a note
LEFT_OUT = "A class that has no row here has fewer than five persons, or none."
SEX = Wording("whose sex or gender is recorded", "sex or gender", order="alphabet")
IDENTITY = Wording(
    "whose identity is recorded",
    "the identity",
    definition={"journalist": "journalists or media workers"},
)
CAUSE = Wording("for whom a cause is recorded", "the cause defended", link="under")
ARRESTED_BY = Wording(
    "for whom the list records who arrested them",
    "who arrested",
    link="as arrested by",
)
STAGE = Wording(
    "for whom the list records how far the case has gone",
    "the stage of the proceedings",
    words={
        "investigation": "as under investigation or awaiting trial",
        "judged": "as judged with an appeal open or pending",
        "new_case": "as moved to a new case",
        "suspended": "with a case suspended",
        "closed": "with a case dropped, or as acquitted",
        "other": "at another stage",
    },
    order="scale",
)
MEASURE = Wording(
    "for whom a measure of restraint is recorded",
    "the measure of restraint",
    words={
        "house_arrest": "as under house arrest",
        "ban_to_leave": "with a ban on leaving or an undertaking not to leave",
        "supervision": "under supervision, reporting or a ban on certain acts",
        "bail": "as freed on bail",
        "none": "with no measure",
        "other": "under another measure",
    },
)
PLACE = Wording(
    "for whom the kind of place of detention is recorded",
    "the place of detention",
    words={
        "police": "in a police station or a place of short holding",
        "remand_prison": "in a remand prison",
        "prison": "in a prison or penal colony",
        "security_service": "in a place of the army or of a security service",
        "hospital": "in a hospital or psychiatric institution",
        "home": "at home",
        "transit": "in transfer",
        "not_disclosed": "in a place not disclosed to the family",
        "other": "in a place of another kind",
    },
)
CHARGES = Wording(
    CHARGE_KNOWN,
    "the charge",
    words=CHARGES_IN_WORDS,
)


def persons_by_code(
    part: StudyPart,
    name: str,
    title: str,
    column: str,
    vocabulary: str,
    heading: str,
    wording: Wording,
    *notes: str,
    drawing: str = "table",
) -> Finding:
    """A table of distinct persons by code of a column; a person may have several codes.

    column: the coded column. vocabulary: the vocabulary of its codes. drawing: where there is one
    list. A list that does not ask for the fact has no rows, and a statement says so. Claims:
    ``NAME.CODE``, ``NAME.known`` (persons of whom at least one row has a known code) and
    ``NAME.CODE.share``, in per cent of these; of charges on a public list also ``NAME.none`` (no
    charge, or none disclosed, in at least one row) and ``NAME.on_no_row`` (nothing in any row).
    """
    labels = {code: label(vocabulary, code) for code in codes(vocabulary)}
    known_codes = [code for code in labels if code not in LAST_CODES]
    drafts = {
        code: part.count_persons(f"{name}.{code}", f"persons, {words}", {column: code})
        for code, words in labels.items()
    }
    known = part.count_persons(
        f"{name}.known", "persons of whom this is recorded", {column: known_codes}
    )
    every = part.count_persons(f"{name}.of", "persons in scope", {})
    none = part.count_persons(
        f"{name}.none",
        "persons with no charge, or none disclosed, in at least one row",
        {column: list(WITHOUT_A_CHARGE)},
    )
    clash = part.count_persons(
        f"{name}.no_charge_sentenced",
        "persons with no charge and a sentence in the same row",
        {column: "no_charge", **HAS_READ_SENTENCE},
    )
    silent = [p for p in part.populations if not part.asks_or_answers(p, column)]

    def used(p: Population) -> list[str]:
        return [] if p in silent else codes_in_use(p, column, labels)

    def in_rows(p: Population) -> list[str]:
        counts = part.count(p, [drafts[c] for c in used(p)])
        return [
            c for c in used(p) if len(counts) <= MOST_ROWS or is_printed(counts[drafts[c].name])
        ]

    def in_order(p: Population) -> list[str]:
        """What is not known last; before it the largest first, or as steps of a scale."""
        counts = part.count(p, [drafts[c] for c in used(p)])
        size = {c: float(counts[drafts[c].name].value or 0) for c in used(p)}
        by_size = wording.order != "scale"
        return sorted(in_rows(p), key=lambda c: (c in LAST_CODES, by_size and -size[c]))

    def is_joined(p: Population) -> bool:  # a restricted list gets no new sums
        return column == "pretext_codes" and p not in silent and p.policy.prints_exact_numbers

    def beside(p: Population) -> list[Content]:
        shares = [
            Share(drafts[c], known, f"{labels[c]}, in per cent of persons of whom this is recorded")
            for c in used(p)
            if c in known_codes
        ]
        left_out = [drafts[c] for c in used(p) if c not in in_rows(p)]
        return [*left_out, *shares, *((every, none, clash) if is_joined(p) else ())]

    def said(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
        if p in silent:
            return [
                ListSentences(f"{p.list_subject} records no {wording.fact.removeprefix('the ')}s.")
                if column == "pretext_codes"
                else ListSentences(f"{p.list_subject} does not record {wording.fact}.")
            ]
        own = {c: claims[f"{name}.{c}"] for c in used(p)}
        whole = claims.get(f"{name}.known")
        if whole is None or not is_printed(whole):
            return []
        first_words = f"Of the {claim_tag(whole)} persons on {p.list_in_prose} {wording.known}"
        shares = {c: claims[f"{name}.{c}.share"] for c in own if c in known_codes}
        if is_joined(p):
            charged = {c: n for c, n in own.items() if c in {*known_codes} - {*WITHOUT_A_CHARGE}}
            charges = charge_sentences(p, charged, shares, whole)
            text = f"{first_words}, {charges}." if charges else ""
            return [
                ListSentences(text, is_key=wording.is_key and bool(text)),
                _sentence_on_none(p, name, claims),
                _clash_sentences(claims[f"{name}.no_charge"], claims[f"{name}.no_charge_sentenced"])
                if f"{name}.no_charge" in claims
                else ListSentences(),
                *_uncoded_sentences(part, p, name, column),
            ]
        counts = {c: claim for c, claim in own.items() if c in known_codes}
        if (
            column == "sex_code"
            and p.policy.prints_exact_numbers
            and whole.value == p.frame["person_id"].nunique()
        ):
            first_words = f"Of the {claim_tag(whole)} persons on {p.list_in_prose}"
        text = write_share_sentence(first_words, whole, counts, shares, labels, wording)
        first = ListSentences(text, is_key=wording.is_key and bool(text))
        not_known = write_unknown_sentence(
            wording.fact,
            [
                (own[c], p.unknown_as.get(f"{column}.{c}") or UNKNOWN[c])
                for c in own
                if c not in known_codes
            ],
        )
        return [first, ListSentences(not_known), *_uncoded_sentences(part, p, name, column)]

    return table_of_counts(
        part,
        name,
        title,
        column_heads(heading, value="Persons"),
        lambda p: [(code_cell(vocabulary, c), drafts[c]) for c in in_order(p)],
        beside=beside,
        sentence=said,
        empty="drop rows",
        unit="persons",
        notes=(
            *notes,
            *([LEFT_OUT] if any(len(in_rows(p)) < len(used(p)) for p in part.populations) else ()),
        ),
        drawing=part._drawing(drawing if part.only_list else "table"),
    )


def _uncoded_sentences(
    part: StudyPart, p: Population, name: str, column: str
) -> list[ListSentences]:
    """In how many rows of a user's own list words stand that have no code; empty for none."""
    claim = uncoded_claim(part, p, name, column)
    return [ListSentences(sentence_on_uncoded(claim), (claim,))] if claim else []


def _clash_sentences(every: Claim, clash: Claim) -> ListSentences:
    """Sentence on persons with "no charge" and a sentence in the same row."""
    if not is_printed(clash):
        return ListSentences()
    return ListSentences(
        f"Of the {claim_tag(every)} recorded with no charge, {claim_tag(clash)} "
        f"{agreement_tag(clash, 'has', 'have')} a "
        "sentence in the same entry: the list's two fields conflict."
    )


def _sentence_on_none(p: Population, name: str, claims: Mapping[str, Claim]) -> ListSentences:
    """How many have no charge, or none disclosed, in a row, and for how many nothing is recorded."""
    every, known, none = (claims[f"{name}.{key}"] for key in ("of", "known", "none"))
    where = "on at least one census" if p.table == "census" else "in at least one detention"
    silent = measured_claim(
        p,
        f"{name}.on_no_row",
        int(every.value or 0) - int(known.value or 0),
        "person",
        "persons of whom no row records a charge, or that none was brought or disclosed",
        "difference",
    )
    told = []
    if is_printed(none):
        told.append(
            f"no charge, or none disclosed, is recorded for {claim_tag(none, 'of:person')} {where}"
        )
    if is_printed(silent):
        told.append(
            f"of the {claim_tag(every, 'of:person')}, nothing on a charge is recorded for {claim_tag(silent)}"
        )
    text = "; ".join(told)
    return ListSentences(f"{text[:1].upper()}{text[1:]}." if text else "", (silent,))

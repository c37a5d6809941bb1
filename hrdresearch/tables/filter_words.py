"""Writes row filters in words, so that a reader of the lineage sees what a number counts.

Codes become the labels of their vocabularies, and codes of States their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hrdresearch.vocab import UnknownVocabularyError, codes, label
from hrdresearch.vocab.states import all_codes, short_name

MOST_STATES = 3  # States that are named one by one; more are counted
COLUMNS = {
    "state_iso3": "State or territory",
    "admin1_name": "first-level division",
    "event_year": "year of the event",
    "event_date_precision": "date known to the",
    "sex_code": "sex or gender",
    "pretext_codes": "charges as brought",
    "sentence_kind_code": "kind of sentence",
    "bound_min_years": "shortest length of the sentence in years (life and death are longer than any)",
    "bound_max_years": "longest length of the sentence in years (life and death are longer than any)",
    "longest_min_years": "longest sentence of the name in any census, in years",
    "censuses_of_name": "censuses in which the name stands",
    "censuses_of_person": "censuses in which the person stands",
    "band_agreement_code": "sentence beside the publisher's class",
    "exit_code": "end of the detention",
    "situation_code": "last recorded of the person",
    "open_until_date": "held until",
    "began_date": "day of the arrest",
    "began_year": "year of the arrest",
    "term_half_date": "day on which half of the sentence is served",
    "term_ends_date": "day on which the sentence ends",
    "sentence_end_date": "end of the sentence, given as a date",
    "sentence_end_precision": "end of the sentence known to the",
    "died_before_end_code": "died before the end of the sentence",
    "disappeared_days": "days disappeared before the detention was acknowledged",
    "proceedings_stage_code": "stage of the proceedings",
    "custody_measure_code": "measure of restraint",
    "detention_place_code": "place of detention",
    "in_organization_code": "belongs to an organization",
    "wgad_codes": "categories found by the Working Group",
    "wgad_symbol": "opinion of the Working Group",
    "own_codes": "categories as the researcher coded them",
    "coder": "labelled by the coder who is the",
    "case_act_codes": "kind of violation",
    "case_outcome_codes": "what followed",
    "told_codes": "what followed, with consent to tell it",
    "nhri_action_code": "the national human rights institution acted",
    "first_outcome_code": "what followed first",
    "outcome_time_code": "time to what followed first",
    "submitter_kind_code": "who sent it",
    "acknowledged_code": "acknowledged",
    "acknowledgement_time_code": "time to acknowledgement",
    "quote_consent_code": "agreed to be quoted",
    "submission_theme_codes": "theme",
    "coding_state_code": "state of the coding",
    "committee_code": "treaty body",
    "view_outcome_code": "outcome",
    "view_ended_code": "why the examination was discontinued",
    "view_remedy_codes": "measure asked for",
    "view_concern_code": "whom the text concerns",
    "violated_articles": "article found violated",
    "answer_within_days": "days for an answer",
    "follow_up_grade_code": "grade of follow-up",
    "registered_year": "year of the communication",
    "documents_in_file": "decisions in the same file",
    "state_given_by": "State as it stands in the",
    "attack_victim_code": "kind of victim",
    "attack_act_codes": "kind of attack",
    "work_link_code": "targeted for the work",
    "custody_code": "how the arrest ended",
    "charge_status_code": "what became of the charges",
    "order_status_codes": "what became of the legal order",
    "seized_status_code": "what became of the seized equipment",
    "accountability_codes": "what followed for those responsible",
    "sdg_act_codes": "act of indicator 16.10.1",
    "sdg_group_codes": "group of indicator 16.10.1",
    "sdg_check_code": "check of the record",
    "official_reason_code": "reason given by the authorities",
    "actual_cause_code": "cause that the list found",
    "ordered_by_code": "ordered by",
    "case_age_code": "age of the case",
    "next_impunity_code": "accountability in the next edition",
    "status_change_code": "class in the next edition",
    "abuse_reported_code": "human rights abuses reported",
    "source": "list",
}
YES_NO = {
    "is_collective": "named only as a member of a group",
    "is_unidentified": "not named by the list",
    "is_length_read": "a length, life, death or a suspended sentence was read",
    "is_never_sentenced": "every census records that no sentence had been passed",
    "is_return": "back on the list after a gap, on a new charge",
    "is_band_same": "the sentence lies in the publisher's class",
    "is_joint": "sent by several mandates together",
    "has_this_mandate": "sent by this mandate, alone or with others",
    "is_sampled": "in the probability sample",
    "has_zone": "time zone known",
    "is_women_defenders": "speaks of women defenders",
    "is_named": "named by the list",
}
VOCABULARIES = {
    "exit": "detention_exit",
    "situation": "detention_exit",
    "doubt": "detention_doubt",
    "wgad": "wgad_category",
    "own": "wgad_category",
    "threats_before": "asked_fact",
    "type": "letter_type",
    "form": "reprisal_form",
    "body": "body_contacted",
    "event": "offline_event",
    "band": "score_band",
    "mandates": "mandate",
    **dict.fromkeys(
        (
            *(
                "in_absentia",
                "military_court",
                "special_court",
                "terrorism_law",
                "whereabouts_known",
            ),
            *(
                "disappeared",
                "ill_treated",
                "lawyer_absent",
                "medical_refused",
                "several_sentences",
                "in_organization",
            ),
        ),
        "recorded_fact",
    ),
    "space": "reprisal_space",
    "status": "reprisal_status",
    "letter": "recorded_fact",
    "next_impunity": "impunity",
    **dict.fromkeys(("nhri_action", "acknowledged", "quote_consent"), "recorded_fact"),
    "told": "case_outcome",
    **dict.fromkeys(("work_link", "abuse_reported"), "recorded_fact"),
    **dict.fromkeys(("official_reason", "actual_cause"), "shutdown_reason"),
}


def filter_in_words(filter_: Mapping[str, Any]) -> str:
    """Write a row filter in words, a part for each column.

    >>> filter_in_words({"census_year": 2019, "state_iso3": "EGY", "is_return": True})
    'census year: 2019; State or territory: Egypt; back on the list after a gap, on a new charge: yes'
    >>> filter_in_words({"bound_min_years": {"from": 10}, "sex_code": ["female", "male"]}).split(": ")[1:]
    ['10 or more; sex or gender', '“Female” or “Male”']
    >>> filter_in_words({"documented_by": {"joined": {"from": 3}}})
    'documented by: 3 or more named'
    """
    return "; ".join(f"{column_in_words(c)}: {_values(c, wanted)}" for c, wanted in filter_.items())


def column_in_words(column: str) -> str:
    """What a column holds, in words.

    >>> column_in_words("state_iso3"), column_in_words("death_type_code")
    ('State or territory', 'death type')
    """
    if column in COLUMNS or column in YES_NO:
        return COLUMNS.get(column) or YES_NO[column]
    return re.sub(r"^(is|has)_|_(codes?|iso3)$", "", column).replace("_", " ")


def _values(column: str, wanted: Any) -> str:
    if isinstance(wanted, Mapping) and "all" in wanted:
        return " and ".join(_values(column, each) for each in wanted["all"])
    if isinstance(wanted, Mapping) and "holds" in wanted:
        return f"{wanted['holds']}, alone or with others"
    if isinstance(wanted, Mapping) and "joined" in wanted:
        return f"{_values('joined', wanted['joined'])} named"
    if isinstance(wanted, Mapping) and "recorded" in wanted:
        return "recorded" if wanted["recorded"] else "not recorded"
    if isinstance(wanted, Mapping):
        return _range(column, wanted)
    values = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
    if column.endswith("iso3") and len(values) > MOST_STATES:
        return f"any of {len(values)} States and territories"
    words = [_value(column, value) for value in values]
    if len(words) > 1 and column.endswith(("_code", "_codes")):  # labels may hold "or" themselves
        words = [f"“{word}”" for word in words]
    return " or ".join(words)


def _value(column: str, value: Any) -> str:
    if value is None:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return label_in_column(column, str(value))


def label_in_column(column: str, code: str) -> str:
    """Label of a code in the vocabulary of its column, or name of a State; other values stay as they are.

    >>> label_in_column("sex_code", "female"), label_in_column("state_iso3", "MEX")
    ('Female', 'Mexico')
    """
    if column.endswith("iso3") and code in all_codes():
        return short_name(code)
    for name in _vocabularies(column):
        try:
            return str(label(name, code))
        except (KeyError, TypeError):  # no such vocabulary, or none with one label a code
            continue
    return code.replace("_", " ") if column.endswith(("_code", "_codes")) else code


def vocabulary_of(column: str) -> str | None:
    """Vocabulary of the codes in a column; None for a column that holds no codes.

    >>> vocabulary_of("threats_before"), vocabulary_of("event_year")
    ('asked_fact', None)
    """
    if column != "threats_before" and not column.endswith(("_code", "_codes")):
        return None
    for name in _vocabularies(column):
        try:
            codes(name)
        except UnknownVocabularyError:
            continue
        return name
    return None


def _vocabularies(column: str) -> tuple[str, str]:
    stem = re.sub(r"_codes?$", "", column)
    return VOCABULARIES.get(stem, stem), f"upr_{stem}"


def _range(column: str, wanted: Mapping[str, Any]) -> str:
    first, last, below = (wanted.get(key) for key in ("from", "to", "below"))
    is_time = column.endswith(("_date", "_year", "_at"))
    more, less, under = (
        ("or later", "or earlier", "before") if is_time else ("or more", "or less", "less than")
    )
    if below is not None:
        return f"{under} {below}" if first is None else f"{first} {more}, {under} {below}"
    if first is not None and last is not None:
        return f"{first} to {last}"
    return f"{first} {more}" if first is not None else f"{last} {less}"

"""Candidate records for indicator 16.10.1, by sex, State and perpetrator, and how complete they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS, NOT_ASKED
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.attacks.counting import IS_PERSON, attacks_draft
from hrdresearch.studies.attacks.indicator import (
    ADOPTED,
    GROUPS,
    NOT_ASSESSED,
    NOT_VERIFIED,
    OTHER,
    has_class,
    indicator_filter,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, short_name

KNOWN = {
    vocabulary_: [c for c in codes(vocabulary_) if c not in LAST_CODES]
    for vocabulary_ in ("sex", "perpetrator", "age_group")
}
# The facts that the indicator needs of a record: words, row filter, and column that the list must ask.
RECORD: dict[str, tuple[str, dict[str, Any], str]] = {
    "name": ("Name or alias, held apart", {"is_named": True}, ""),
    "status": ("Group of the victim", {"sdg_group_codes": list(GROUPS)}, ""),
    "sex": ("Sex or gender", {"sex_code": KNOWN["sex"]}, "sex_code"),
    "age_group": ("Age group", {"age_group_code": KNOWN["age_group"]}, "age_group_code"),
    "date": ("Day of the act", {"event_date_precision": "day"}, ""),
    "place": ("First-level division", {"admin1_name": {"recorded": True}}, "admin1_name"),
    "perpetrator": (
        "Kind of perpetrator",
        {"perpetrator_codes": KNOWN["perpetrator"]},
        "perpetrator_codes",
    ),
    "link": ("Link with the work", {"work_link_code": ["yes", "no"]}, "work_link_code"),
}
AXES = {
    "sex": "Sex or gender",
    "perpetrator": "Kind of alleged perpetrator",
    "state": "State or territory",
}
PARTS = (
    ("adopted", "Five adopted acts", list(ADOPTED)),
    ("not_assessed", "Arrests not assessed", NOT_ASSESSED),
    ("other_harmful", "Other harmful acts (proposed refinement)", OTHER),
)


def candidates_by_finding(study: Ledger) -> Finding:
    """Finding: candidate cases by sex, State and perpetrator; not for a restricted list.

    Acts beyond the five adopted ones stand in columns of their own.
    """
    p = study.register
    if p.release:
        return study.finding(
            "candidates_by",
            "Candidate cases, not verified, by sex, State and perpetrator",
            (),
            (),
            (),
        )
    groups: list[tuple[str, Content, str, dict[str, Any]]] = []
    for axis, column, vocabulary_ in (
        ("sex", "sex_code", "sex"),
        ("perpetrator", "perpetrator_codes", "perpetrator"),
    ):
        held = codes(vocabulary_) if p.has_answers(column, column) else ()
        groups += [
            (f"{axis}.{c}", code_cell(vocabulary_, c), label(vocabulary_, c), {column: c})
            for c in held
            if c in p.classes[column]
        ]
    states = sorted(set(p.frame["state_iso3"].astype(str)), key=alphabetical_key)
    groups += [
        (f"state.{i.lower()}", state_cell(i), short_name(i), {"state_iso3": i}) for i in states
    ]

    def row(key: str, cell: Content, words: str, filter_: dict[str, Any]) -> Row:
        cells = [
            attacks_draft(
                f"candidates_by.{key}.{part}",
                f"{heading}: {words}",
                indicator_filter(acts, list(GROUPS)) | filter_,
            )
            if has_class(p, *([acts] if isinstance(acts, str) else acts))
            else NO_CLASS
            for part, heading, acts in PARTS
        ]
        return AXES[key.split(".")[0]], cell, *cells

    if len(states) < 2:  # of one State its row is the whole
        groups = [one for one in groups if not one[0].startswith("state.")]
    axes = dict.fromkeys(AXES[one[0].split(".")[0]].lower() for one in groups)
    return table_of_counts(
        study,
        "candidates_by",
        f"Candidate cases, not verified, by {join_with_and(list(axes))}",
        [
            Column("by", "By", "label"),
            Column("label", "Group", "label"),
            *(Column(k, h) for k, h, _ in PARTS),
        ],
        [row(*one) for one in groups],
        empty="drop rows",
        notes=(NOT_VERIFIED, "What the list does not ask has no row."),
    )


def records_finding(study: Ledger) -> Finding:
    """Finding: in how many candidate records each fact is recorded, and how many a person has checked."""
    p = study.register
    if p.release:
        return study.finding("records", "Candidate records", (), (), ())
    acts = [a for a in (*ADOPTED, NOT_ASSESSED, OTHER) if has_class(p, a)]
    base = {**IS_PERSON, "sdg_act_codes": acts, "sdg_group_codes": list(GROUPS)}
    whole = attacks_draft(
        "records.all", "records of an act of the indicator or of its refinement", base
    )
    rows: list[Row] = [("Records", whole)]
    for key, (words, filter_, fact) in RECORD.items():
        asked = not fact or p.has_answers(fact, fact)
        draft = attacks_draft(
            f"records.{key}", f"records with: {words.lower()}", {**base, **filter_}
        )
        rows.append((words, draft if asked else NOT_ASKED))
    drafts = {
        code: attacks_draft(
            f"records.{code}", label("sdg_check", code).lower(), {**base, "sdg_check_code": code}
        )
        for code in ("checked", "in_part")
    }
    rows += [(label("sdg_check", code), draft) for code, draft in drafts.items()]
    return table_of_counts(
        study,
        "records",
        "Candidate records: facts that are there, and facts that a person checked",
        column_heads("Part of the record", value="Records"),
        rows,
        sentence=lambda _, made: _records_sentences(made),
        notes=(
            NOT_VERIFIED,
            "A record is checked where a person found two independent sources for its status, date, "
            "place, act, "
            "perpetrator and link with the work. Names stay on the restricted machine.",
        ),
    )


def _records_sentences(made: Mapping[str, Claim]) -> str:
    whole = made["records.all"]
    if not is_printed(whole):
        return "No record can be told of by number."
    parts = [
        f"the {words} for {claim_tag(f'records.{key}', 'none')}"
        for key, words in (
            ("sex", "sex or gender"),
            ("date", "day"),
            ("perpetrator", "kind of perpetrator"),
            ("link", "link with the work"),
        )
        if is_printed(made.get(f"records.{key}"), 0)
    ]
    text = (
        f"Of {claim_tag(whole, 'of:record')}, each of one person in one incident and of one or more such "
        f"acts, the list records {join_with_and(parts)}."
    )
    checked = made["records.checked"]
    if is_printed(checked, 0):
        text += (
            " A person has checked each needed fact on two independent sources for "
            f"{claim_tag(checked, 'none')} of them."
        )
    return text

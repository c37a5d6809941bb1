"""Persons recorded as killed after a warning: how many, how long before, from whom, with what answer.

Only of public lists, or in a report that does not leave: of a list kept in confidence a number of
persons in
one class by one list of killed persons could tell of one person.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.warnings.part import PERSON, Part, exact_lists
from hrdresearch.vocab import codes, label

LATER = {"after_warning_code": "killed_later"}
LINKED = (
    "Persons were linked by name, State and sex, since the days of a warning and of a killing are "
    "two. A link "
    "is doubtful where the name stands in another form, in another State, or on several rows."
)
DETAILS = (
    ("kind", "attack_act_codes", "attack_act", "Kind of warning"),
    ("from_whom", "perpetrator_codes", "perpetrator", "From whom, as alleged"),
    ("means", "warning_means_codes", "warning_means", "By what means"),
    ("protection", "protection_request_code", "protection_request", "Protection, by the killing"),
    ("reply", "warned_reply_code", "warned_reply", "Reply of the State to the letter"),
)
SILENT = ("not_asked", "not_a_letter")


def before_finding(study: Part) -> Finding:
    """Persons recorded as killed after a warning, and the days between.

    Claims: ``before.killed`` (persons), ``.sure``, ``.doubtful``, ``.dated`` (with both days),
    ``.days`` (median
    from the first warning), ``.shortest``, ``.longest``, ``.last_days`` (from the last warning),
    ``.unclear``,
    ``.earlier`` (recorded as killed before the warning), and of each list of killed persons
    ``.on.LIST`` and
    ``.of.LIST`` (all that it records as killed from the first year of the warnings on).
    """
    exact = exact_lists(study)
    return table_of_counts(
        study,
        "before",
        "Persons recorded as killed after a warning",
        column_heads("What was counted", value="Number"),
        lambda p: _rows(study, p) if p in exact else [],
        empty="drop rows",
        sentence=lambda p, made: _said(study, p, made) if p in exact else [],
        unit="persons, or days",
        notes=(
            LINKED,
            "A warning before a killing is no proof that those who warned also killed. Who stands "
            "on no list "
            "of killed persons may have been killed.",
        ),
    )


def details_finding(study: Part) -> Finding:
    """Of persons recorded as killed later: kind, from whom, means, protection and reply, each as recorded.

    Claims: ``details.protection.CODE`` and so on (``DETAILS``). What a list does not ask has no row.
    """
    exact = exact_lists(study)

    def rows(p: Population) -> list[Row]:
        later = p.frame[p.frame["after_warning_code"].eq(LATER["after_warning_code"])]
        return [
            (
                heading,
                label(vocabulary, code),
                CountDraft(
                    f"details.{name}.{code}",
                    f"persons recorded as killed later, {heading.lower()}: {label(vocabulary, code)}",
                    {**LATER, column: code},
                    "person",
                    PERSON,
                ),
            )
            for name, column, vocabulary, heading in DETAILS
            if not later.empty and _tells(later[column]) and p.frame[column].nunique() > 1
            for code in codes(vocabulary)
            if code not in SILENT
        ]

    return table_of_counts(
        study,
        "details",
        "What had been recorded of persons before they were recorded as killed",
        [*text_columns(fact="Fact", label="As recorded"), Column("value", "Persons")],
        lambda p: rows(p) if p in exact else [],
        empty="drop rows",
        sentence=lambda p, made: _details_said(made) if p in exact else [],
        notes=(
            "A person may have several warnings. A fact that the list does not ask has no row; not "
            "recorded is "
            "not no. An answer or a reply that came after the killing counts as none by then.",
        ),
    )


def _tells(cells: pd.Series) -> bool:
    return bool((~cells.isin((*SILENT, "not_recorded"))).any())


def _counts() -> list[CountDraft]:
    wanted = {
        "killed": ("persons recorded as killed after a warning", LATER),
        "sure": (
            "of these, under the same name in the same State",
            {**LATER, "person_link_code": "same_name"},
        ),
        "doubtful": ("of these, by a doubtful link", {**LATER, "person_link_code": "doubtful"}),
        "unclear": (
            "persons recorded as killed on the day of the record, or on a day that leaves the order open",
            {"after_warning_code": "order_unclear"},
        ),
        "earlier": (
            "persons recorded as killed before the day of the record",
            {"after_warning_code": "killed_before"},
        ),
    }
    return [
        CountDraft(f"before.{k}", words, filter_, "person", PERSON)
        for k, (words, filter_) in wanted.items()
    ]


def _days(p: Population) -> list[Row]:
    rows = p.frame[
        p.frame["after_warning_code"].eq(LATER["after_warning_code"])
        & p.frame["days_before"].notna()
    ]
    waits = rows.groupby(PERSON)["days_before"]
    last, first = waits.min(), waits.max()
    if not len(first):
        return []
    wanted: dict[str, tuple[float, str, str]] = {
        "dated": (
            len(first),
            "person",
            "of those recorded as killed after a warning, with both days known",
        ),
        "days": (
            float(first.median()),
            "day",
            "days from the first warning to the killing, median",
        ),
        "shortest": (int(first.min()), "day", "days from the first warning to the killing, fewest"),
        "longest": (int(first.max()), "day", "days from the first warning to the killing, most"),
        "last_days": (
            float(last.median()),
            "day",
            "days from the last warning to the killing, median",
        ),
    }
    return [
        (_capital(words), measured_claim(p, f"before.{k}", value, unit, words, "computed"))
        for k, (value, unit, words) in wanted.items()
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _rows(study: Part, p: Population) -> list[Row]:
    counted: list[Row] = [(_capital(d.definition), d) for d in _counts()]
    by_list: list[Row] = []
    for killed in study.killed_lists:
        key, later = killed.slug.replace("-", "_"), {**LATER, "killed_on": {"holds": killed.slug}}
        on = CountDraft(
            f"before.on.{key}",
            f"recorded as killed after a warning, on {killed.list_in_prose}",
            later,
            "person",
            PERSON,
        )
        words = (
            f"all persons that {killed.name_in_prose} records as killed, from the first year of the "
            "warnings on"
        )
        whole = measured_claim(
            p, f"before.of.{key}", len(_comparable(p, killed)), "person", words, "computed"
        )
        if p.frame["killed_on"].str.split("|").map(lambda on: killed.slug in on).any():  # noqa: B023
            by_list += [(_capital(on.definition), on), (_capital(words), whole)]
    return [*counted, *by_list, *_days(p)]


def _comparable(p: Population, killed: Population) -> pd.DataFrame:
    """Rows of a list of killed persons from the first year of the warnings on, in the States they cover."""
    rows: pd.DataFrame = killed.frame[killed.frame["event_year"] >= p.frame["warned_year"].min()]
    states = p.coverage.states
    return rows.loc[rows["state_iso3"].isin(states)] if states else rows


def _said(study: Part, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    killed, sure, doubtful, unclear = (
        made[f"before.{k}"] for k in ("killed", "sure", "doubtful", "unclear")
    )
    own = {
        k: p.claim_name(f"before.{k}")
        for k in ("dated", "days", "shortest", "longest", "last_days")
    }
    open_order = (
        f"For {claim_tag(unclear, 'of:person')} the record and the killing are of one day, or the "
        "dates leave open "
        "which came first; the record may be of the killing itself."
        if is_printed(unclear)
        else ""
    )
    if not is_printed(killed):
        return [
            ListSentences(
                f"No person on {p.list_in_prose} was found as killed later on a list of this "
                "report; that is no "
                f"finding that none was killed. {open_order}".strip()
            )
        ]
    lists = [
        f"{claim_tag(on)} of {claim_tag(p.claim_name(f'before.of.{key}'), 'of:person')} that "
        f"{k.name_in_prose} "
        "records as killed from the first year of the warnings on"
        for k in study.killed_lists
        for key in [k.slug.replace("-", "_")]
        if (on := made.get(f"before.on.{key}")) is not None and is_printed(on)
    ]
    more = f", and of {claim_tag(doubtful)} more by a doubtful link" if is_printed(doubtful) else ""
    text = (
        f"On {p.list_in_prose} a warning stands before the killing of {claim_tag(sure, 'of:person')} "
        f"under the same name in the same State{more}. Together these are {join_with_and(lists)}."
    )
    days = ""
    if (
        p.frame.loc[p.frame["after_warning_code"].eq(LATER["after_warning_code"]), "days_before"]
        .notna()
        .any()
    ):
        days = (
            f"For {claim_tag(own['dated'], 'of:person')} both days are known: from the first "
            "recorded warning to the "
            f"killing the median is {claim_tag(own['days'], 'of:day')}, with a range from "
            f"{claim_tag(own['shortest'])} to {claim_tag(own['longest'])}, and from the last one "
            "the median is "
            f"{claim_tag(own['last_days'])}."
        )
    return [
        ListSentences(" ".join(filter(None, (text, days))), is_key=True),
        ListSentences(open_order),
    ]


def _details_said(made: Mapping[str, Claim]) -> list[ListSentences]:
    """Protection and replies in words; the rest stands in the table."""
    said = []
    for column, vocabulary, lead in (
        ("protection", "protection_request", "Of protection, before the killing, is recorded"),
        ("reply", "warned_reply", "Of letters to the State before the killing is recorded"),
    ):
        held = [
            f"{label_in_sentence(label(vocabulary, code))}, for {claim_tag(claim, 'of:person')}"
            for code in codes(vocabulary)
            if (claim := made.get(f"details.{column}.{code}")) is not None and is_printed(claim)
        ]
        if held:
            said.append(ListSentences(f"{lead}: {join_with_and(held)}."))
    return said

"""Persons with an earlier record who are recorded as killed later: how many, how long before, from
whom, with what answer.

Only the same whole name in the same State counts; names that are alike are told apart, for a person
to look at. Only of public lists, or in a report that does not leave: of a list kept in confidence a
number of persons in one class by one list of killed persons could tell of one person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    TENTH,
)
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.warnings.before_sentences import BREAK, before_sentences, details_sentences
from hrdresearch.studies.warnings.part import (
    PERSON,
    Part,
    exact_lists,
    slug_in_names,
)
from hrdresearch.studies.warnings.time_to_killing import (
    COUNTED,
    LATER,
    killed_later,
    times_to_killing,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

DETAILS = (
    ("kind", "attack_act_codes", "attack_act", "Kind of incident"),
    ("from_whom", "perpetrator_codes", "perpetrator", "From whom, as alleged"),
    ("means", "warning_means_codes", "warning_means", "By what means"),
    ("protection", "protection_request_code", "protection_request", "Protection, by the killing"),
    ("reply", "warned_reply_code", "warned_reply", "Reply of the State to the letter"),
)
SILENT = ("not_asked", "not_a_letter")


def before_finding(study: Part) -> Finding:
    """Persons recorded as killed after a record, and the time between; text only, by list.

    Claims: ``before.named`` (persons with a name), ``before.killed``, ``.unclear``, ``.earlier``,
    ``.another``, ``.to_look_at`` (``COUNTED``), ``.held`` (of those killed, in the last census
    before), ``.type.CODE``, ``.motive.confirmed``, ``.threats.*``, ``.dated`` (with both days),
    ``.days`` (median from the first record), ``.shortest``, ``.longest``, ``.last_days`` (median
    from the last record), or in years ``.years``, ``.fewest_years``, ``.most_years``,
    ``.last_years``; ``.first_year`` (of the records), and of each list of killed persons
    ``.on.LIST`` and ``.of.LIST`` (all that it records as killed from the first year on).
    """
    exact = exact_lists(study)
    made = table_of_counts(
        study,
        "before",
        "Persons recorded as killed after an earlier record",
        column_heads("List"),
        (),
        beside=lambda p: (
            [*_counts(), *times_to_killing(p).values(), *_by_state(p), *_by_list(study, p)]
            if p in exact
            else []
        ),
        names_lists=True,
        sentence=lambda p, claims: before_sentences(study, p, claims) if p in exact else [],
        unit="persons",
    )
    paragraphs = [one.strip() for whole in made.statements for one in whole.split(BREAK)]
    return replace(made, statements=tuple(paragraphs))


def details_finding(study: Part) -> Finding:
    """Of persons recorded as killed later: kind, from whom, means, protection and reply, each as
    recorded.

    Claims: ``details.protection.CODE`` and so on (``DETAILS``). What a list does not ask has no
    row.
    """
    exact = exact_lists(study)

    def rows(p: Population) -> list[Row]:
        later = killed_later(p)
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
        beside=lambda p: (
            [one for one in _counts() if one.name == "before.killed"]
            if p in exact and rows(p)
            else []
        ),
        empty="drop rows",
        sentence=lambda p, made: details_sentences(made) if p in exact else [],
        notes=(
            "A person may have several records. A fact that the list does not ask has no row; "
            "not recorded is not no. An answer or a reply that came after the killing counts as "
            "none by then.",
        ),
    )


def _tells(cells: pd.Series) -> bool:
    return bool((~cells.isin((*SILENT, "not_recorded"))).any())


def _counts() -> list[CountDraft]:
    wanted: dict[str, tuple[str, dict[str, Any]]] = {
        "named": ("persons with a record and a name", {"is_named": True}),
        **{k: (words, {"after_warning_code": code}) for k, (code, words) in COUNTED.items()},
    }
    facts = {
        "held": ("is_held_at_last_census", True),
        **{f"type.{c}": ("killing_type_code", c) for c in codes("death_type")},
        "motive.confirmed": ("killing_motive_code", "confirmed"),
        "motive.known": ("killing_motive_code", ["confirmed", "suspected"]),
        "threats.yes": ("killing_threats_code", "yes"),
        "threats.answered": ("killing_threats_code", ["yes", "no"]),
    }
    wanted |= {
        k: (
            f"of those recorded as killed later: {k.replace('.', ', ').replace('_', ' ')}",
            {**LATER, c: v},
        )
        for k, (c, v) in facts.items()
    }
    return [
        CountDraft(f"before.{k}", words, filter_, "person", PERSON)
        for k, (words, filter_) in wanted.items()
    ]


def _by_state(p: Population) -> list[CountDraft]:
    """States of those killed later, and of each State that has a tenth of them, and two or more."""
    persons = killed_later(p).groupby("state_iso3")[PERSON].nunique()
    words = "States of those recorded as killed later"
    return [
        CountDraft("before.states", words, LATER, "state", "state_iso3"),
        *(
            CountDraft(
                f"before.state.{iso3.lower()}",
                f"of those recorded as killed later, in {name_in_sentence(iso3)}",
                {**LATER, "state_iso3": iso3},
                "person",
                PERSON,
            )
            for iso3 in sorted(
                persons.index[persons >= max(2, TENTH * persons.sum())], key=alphabetical_key
            )
        ),
    ]


def _by_list(study: Part, p: Population) -> list[CountDraft | Claim]:
    """Of each list of killed persons: those recorded as killed later, and all from the first year on."""
    made: list[CountDraft | Claim] = []
    for killed in study.killed_lists:
        key, later = slug_in_names(killed), {**LATER, "killed_on": {"holds": killed.slug}}
        words = f"recorded as killed later, on {killed.list_in_prose}"
        made.append(CountDraft(f"before.on.{key}", words, later, "person", PERSON))
        words = f"all on {killed.list_in_prose} from the first year of the records on"
        of = len(_comparable(p, killed))
        made.append(measured_claim(p, f"before.of.{key}", of, "person", words, "computed"))
    return made


def _comparable(p: Population, killed: Population) -> pd.DataFrame:
    """Rows of a list of killed persons from the first year of the records on, in the States they cover."""
    rows: pd.DataFrame = killed.frame[killed.frame["event_year"] >= p.frame["warned_year"].min()]
    states = p.coverage.states
    return rows.loc[rows["state_iso3"].isin(states)] if states else rows

"""Cases that two editions of a list hold: their class before and after, by age of the case and by State."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.studies.accountability.change_sentences import (
    CHANGE,
    FOLLOWED,
    NEXT,
    OLDER,
    YOUNGER,
    age_sentences,
    change_sentences,
    impunity_of,
)
from hrdresearch.studies.accountability.editions import (
    CLASSED,
    FACT,
    MURDERS,
    edition_filter,
    edition_key,
    editions_of,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.tables.case_editions import edition_in_words
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, short_name

MOVED = ("forward", "back", "other")
LINKED = (
    "A case is recognized in the next edition by the name, the day, the State and further facts "
    "of the person. "
    "A change of class is the publisher's; it may follow a judgement, or correct an error."
)


def changes_finding(study: Study) -> Finding:
    """From each edition to the next: cases with a class in both, by class before and after.

    Claims: ``changes.EDITION.followed``, ``.forward``, ``.back``, ``.other``, ``.WAS.NOW``, ``.first`` (a
    class for the first time), ``.gone`` and ``.removed`` (with a class, and not on the next edition).
    """

    def rows(p: Population) -> list[Row]:
        return [
            row for edition, then in pairwise(editions_of(p)) for row in _rows(p, edition, then)
        ]

    def beside(p: Population) -> list[CountDraft]:
        return [draft for edition, _ in pairwise(editions_of(p)) for draft in _totals(p, edition)]

    return table_of_counts(
        study,
        "changes",
        "Class of accountability of the same case in one edition and in the next",
        [
            *text_columns(between="Editions", was="Class before", now="Class after"),
            Column("value", "Cases"),
        ],
        rows,
        beside=beside,
        empty="drop rows",
        sentence=lambda p, made: [
            said
            for edition, then in pairwise(editions_of(p))
            for said in change_sentences(study, p, made, edition, then)
        ],
        notes=(LINKED,),
    )


def by_age_finding(study: Study) -> Finding:
    """Cases in complete impunity in one edition: how many have another class in the next, by age.

    The age of a case is that in the earlier edition.
    Claims: ``changes_by_age.EDITION.AGE`` and ``.AGE.forward``.
    """

    def row(p: Population, edition: str, then: str, age: str) -> Row:
        own, words = f"changes_by_age.{edition_key(edition)}.{age}", label("case_age", age).lower()
        where = edition_filter(
            p, edition, case_age_code=age, **{FACT: "complete", CHANGE: list(FOLLOWED)}
        )
        whole = CountDraft(own, f"in complete impunity, {words}", where, "case")
        moved = CountDraft(
            f"{own}.forward",
            f"moved towards justice, {words}",
            {**where, CHANGE: "forward"},
            "case",
        )
        return (between(edition, then), code_cell("case_age", age), whole, moved)

    return table_of_counts(
        study,
        "changes_by_age",
        "Cases in complete impunity that moved towards justice, by age of the case",
        [
            *text_columns(between="Editions", label="Age in the earlier one"),
            Column("followed", "In complete impunity, and followed"),
            Column("moved", "Moved towards justice"),
        ],
        lambda p: [
            row(p, edition, then, age)
            for edition, then in pairwise(editions_of(p))
            for age in codes("case_age")
        ],
        empty="drop rows",
        beside=_older_and_younger,
        sentence=lambda p, made: age_sentences(study, p, made),
        notes=(LINKED,),
    )


def by_state_finding(study: Study) -> Finding:
    """Per State: cases with a class in two editions that follow each other, and those whose class changed.

    Claims: ``changes_by_state.ISO3`` (cases followed), ``.forward``, ``.back`` and ``.other``. A State
    without a change has no row.
    """

    def drafts(p: Population, iso3: str) -> list[CountDraft]:
        own, words = f"changes_by_state.{iso3.lower()}", short_name(iso3)
        within = {**class_counted_over(p, MURDERS), "state_iso3": iso3}
        return [
            CountDraft(
                f"{own}.{key}" if key else own,
                f"cases {told}, {words}",
                {**within, CHANGE: wanted},
                "case",
                "victim_id",
            )
            for key, told, wanted in (
                ("", "with a class in two editions", list(FOLLOWED)),
                ("forward", "moved towards justice", "forward"),
                ("back", "moved back", "back"),
                ("other", "with another class, in no common order", "other"),
            )
        ]

    used = {c for p in study.populations for c in p.classes[CHANGE]}
    heads = {"followed": "Followed", "forward": "Moved towards justice", "back": "Moved back"}
    if "other" in used:
        heads["other"] = "Another class"
    return table_of_counts(
        study,
        "changes_by_state",
        "Cases whose class changed between editions, by State",
        [Column("iso3", "ISO3", "code"), *column_heads("State or territory", **heads)],
        lambda p: [
            (iso3, state_cell(iso3), *drafts(p, iso3)[: len(heads)])
            for iso3 in _states_with_a_change(study, p)
        ],
        notes=(LINKED, "States without a change have no row. The numbers do not rank States."),
    )


def between(edition: str, then: str) -> str:
    """Name two successive editions in a table cell.

    >>> between("2018-05", "newest")
    'May 2018 to newest'
    """
    first, last = (
        edition_in_words(e).removeprefix("edition of ").removesuffix(" edition")
        for e in (edition, then)
    )
    return f"{first} to {last}"


def _states_with_a_change(study: Study, p: Population) -> list[str]:
    if study.params.get("state", "all") != "all":
        return []
    rows = p.frame
    for column, wanted in class_counted_over(p, MURDERS).items():
        rows = rows[rows[column].eq(wanted)]
    return sorted(rows.loc[rows[CHANGE].isin(MOVED), "state_iso3"].unique(), key=alphabetical_key)


def _totals(p: Population, edition: str) -> list[CountDraft]:
    own, words = f"changes.{edition_key(edition)}", edition_in_words(edition)
    wanted: Sequence[tuple[str, str, dict[str, Any]]] = (
        ("followed", "with a class in both editions", {CHANGE: list(FOLLOWED)}),
        ("same", "with the same class in both", {CHANGE: "same"}),
        ("forward", "moved towards justice", {CHANGE: "forward"}),
        ("back", "moved back", {CHANGE: "back"}),
        ("other", "with another class, in no common order", {CHANGE: "other"}),
        ("first", "with a class for the first time in the next edition", {CHANGE: "first"}),
        ("gone", "without a class any more", {CHANGE: "gone"}),
        ("removed", "with a class, not on the next edition", {CHANGE: "removed", FACT: CLASSED}),
    )
    return [
        CountDraft(
            f"{own}.{key}",
            f"cases {told}, from the {words}",
            edition_filter(p, edition, **where),
            "case",
        )
        for key, told, where in wanted
    ]


def _rows(p: Population, edition: str, then: str) -> list[Row]:
    own = f"changes.{edition_key(edition)}"
    rows: list[Row] = []
    for was in CLASSED:
        for now in CLASSED:
            words = (
                f"{label('impunity', was).lower()} before, {label('impunity', now).lower()} after"
            )
            where = edition_filter(p, edition, **{FACT: was, NEXT: now})
            draft = CountDraft(f"{own}.{was}.{now}", words, where, "case")
            after = "the same" if was == now else label("impunity", now)
            rows.append((between(edition, then), code_cell("impunity", was), after, draft))
    return rows


def _older_and_younger(p: Population) -> list[CountDraft]:
    found = []
    for edition, _ in pairwise(editions_of(p)):
        for key, ages, words in (
            ("older", OLDER, "ten years old or more"),
            ("younger", YOUNGER, "of fewer than ten years"),
        ):
            own, where = f"changes_by_age.{edition_key(edition)}.{key}", impunity_of(ages)
            told = f"in complete impunity, {words}, {edition_in_words(edition)}"
            found += [
                CountDraft(own, told, edition_filter(p, edition, **where), "case"),
                CountDraft(
                    f"{own}.forward",
                    f"{told}, moved towards justice",
                    edition_filter(p, edition, **{**where, CHANGE: "forward"}),
                    "case",
                ),
            ]
    return found

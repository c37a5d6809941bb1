"""Cases that two editions of a list hold: their class before and after, by age of the case and by State."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.accountability.editions import (
    CLASSED,
    FACT,
    MURDERS,
    edition_and_last_year,
    edition_filter,
    edition_key,
    editions_of,
)
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.one_state_and_year import large_state_and_year
from hrdresearch.tables import select
from hrdresearch.tables.case_editions import edition_in_words
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, short_name

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study

CHANGE, NEXT = "status_change_code", "next_impunity_code"
FOLLOWED = ("same", "forward", "back", "other")  # a class in both editions
MOVED = ("forward", "back", "other")
FEWEST_OF_AN_EVENT = 3  # cases of one State and year; of few changes three make a large part
LINKED = (
    "A case is recognized in the next edition by the name, the day, the State and further facts "
    "of the person. "
    "A change of class is the publisher's; it may follow a judgement, or correct an error."
)
OLDER, YOUNGER = ("under_20", "from_20"), ("under_2", "under_5", "under_10")


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
            for said in _sentences(study, p, made, edition, then)
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
        sentence=lambda p, made: _age_sentences(study, p, made),
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


def _sentences(
    study: Study, p: Population, made: Mapping[str, Claim], edition: str, then: str
) -> list[ListSentences]:
    """How many cases have the same class, how many moved, and whether one event makes them."""
    own = f"changes.{edition_key(edition)}"
    followed, same, forward, back, other = (
        made[f"{own}.{key}"] for key in ("followed", "same", "forward", "back", "other")
    )
    if not is_printed(followed):
        return []
    newer = edition_and_last_year(p, then)
    moves = [
        f"{claim_tag(n, 'none')} moved {words}"
        for n, words in ((forward, "towards justice"), (back, "back"))
    ]
    if is_printed(other):
        moves.append(f"{claim_tag(other)} have another class, in no common order with the first")
    text = (
        f"Of {claim_tag(followed, 'of:case')} that {p.name_in_prose} holds with a class both in the "
        f"{edition_in_words(edition)} and in the {newer.text}, {claim_tag(same, 'none')} "
        f"{agreement_tag(same, 'has', 'have')} the same class; {join_with_and(moves)}."
    )
    event = _one_event(study, p, edition, f"{own}.forward", {CHANGE: "forward"})
    left = [
        f"{claim_tag(n)} {words.format(are=agreement_tag(n, 'is', 'are'))}"
        for key, words in (
            ("removed", "with a class {are} not on the next edition"),
            ("gone", "{are} without a class there"),
        )
        if is_printed(n := made[f"{own}.{key}"])
    ]
    rest = f"Beside them, {join_with_and(left)}." if left else ""
    claims = (*newer.claims, *event.claims)
    return [ListSentences(f"{text}{event.text}", claims, is_key=True), ListSentences(rest)]


def _one_event(
    study: Study, p: Population, edition: str, whole: str, where: Mapping[str, Any]
) -> ListSentences:
    """Sentence on the State and year that hold a fifth or more of some cases of an edition.

    whole: claim name of the number of these cases. where: their row filter.
    """
    wanted = edition_filter(p, edition, **where)
    rows = p.frame[select(p.frame, wanted)]
    found = large_state_and_year(p, rows)
    if found is None or found.cases < FEWEST_OF_AN_EVENT:
        return ListSentences()
    draft = CountDraft(
        f"{whole}.one_state_and_year",
        f"moved towards justice, {short_name(found.iso3)}, cases of {found.year}",
        {**wanted, "state_iso3": found.iso3, "event_year": found.year},
        "case",
    )
    made = study.count(p, [draft])[draft.name]
    return ListSentences(
        f" Of the {claim_tag(p.claim_name(whole))} that moved towards justice, {claim_tag(made)} are "
        f"{found.words}, and may be one event.",
        (made,),
    )


def _age_sentences(study: Study, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """Sentences on how many older and younger cases left complete impunity, for each pair of editions."""
    said = []
    for edition, then in pairwise(editions_of(p)):
        own = f"changes_by_age.{edition_key(edition)}"
        older, old_moved, younger, young_moved = (
            made[f"{own}.{key}"] for key in ("older", "older.forward", "younger", "younger.forward")
        )
        if not (is_printed(older) and is_printed(younger)):
            continue
        newer = edition_and_last_year(p, then)
        text = (
            f"Of {claim_tag(older, 'of:case')} in complete impunity that "
            f"{agreement_tag(older, 'was', 'were')} ten "
            f"years old or more in the {edition_in_words(edition)}, "
            f"{claim_tag(old_moved, 'none')} had moved towards "
            f"justice in the {newer.text}; of {claim_tag(younger, 'of:case')} of fewer years, "
            f"{claim_tag(young_moved, 'none')} had."
        )
        event = _one_event(
            study, p, edition, f"{own}.younger.forward", _impunity_of(YOUNGER) | {CHANGE: "forward"}
        )
        said.append(ListSentences(f"{text}{event.text}", (*newer.claims, *event.claims)))
    return said


def _impunity_of(ages: Sequence[str]) -> dict[str, Any]:
    """Row filter of cases in complete impunity of these ages, with a class in the next edition."""
    return {FACT: "complete", "case_age_code": list(ages), CHANGE: list(FOLLOWED)}


def _older_and_younger(p: Population) -> list[CountDraft]:
    found = []
    for edition, _ in pairwise(editions_of(p)):
        for key, ages, words in (
            ("older", OLDER, "ten years old or more"),
            ("younger", YOUNGER, "of fewer than ten years"),
        ):
            own, where = f"changes_by_age.{edition_key(edition)}.{key}", _impunity_of(ages)
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

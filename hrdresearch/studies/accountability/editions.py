"""The editions of each list: cases by class in each, and the words of the list for its classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS
from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    capitalized,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.tables.case_editions import NEWEST, edition_in_words
from hrdresearch.vocab import codes, label

FACT = "impunity_code"
NOT_CLASSES = ("unknown", "not_asked")
CLASSED = [code for code in codes("impunity") if code not in NOT_CLASSES]
MURDERS = {"death_type_code": "murder"}
WORDS = "status_words"  # file of the build with the lists' own words


def editions_finding(study: Study) -> Finding:
    """Each edition of each list: the last year with a case, and cases by class.

    Claims: ``editions.EDITION`` (with a class), ``editions.EDITION.CODE`` and ``editions.EDITION.last_year``.
    """
    held = [c for c in CLASSED if any(c in p.classes[FACT] for p in study.populations)]

    def rows(p: Population) -> list[Row]:
        return [_row(p, edition, held) for edition in editions_of(p)]

    return table_of_counts(
        study,
        "editions",
        "Cases by class of accountability in each edition",
        [
            *column_heads("Edition", last="Last year with a case", known="With a class"),
            *(Column(c, label("impunity", c)) for c in held),
        ],
        rows,
        sentence=lambda p, made: [_sentences(p, made)],
        notes=(
            "An edition is the list as its publisher gave it out at one time, called as those "
            "who built this draft "
            "called it. Cases are added, withdrawn and dated anew between editions.",
            *(
                f"{p.title}: counted over deaths classed as murder."
                for p in study.populations
                if class_counted_over(p, MURDERS)
            ),
        ),
    )


def words_finding(study: Study) -> Finding:
    """Each list's own words for a class, and the class that they are read as; nothing is counted."""
    held: Mapping[str, Mapping[str, Any]] = study.build.extras(WORDS) or {}
    rows = [
        [Cell(p.title), Cell(f"“{word}”"), code_cell("impunity", code)]
        for p in study.populations
        for word, code in held.get(p.slug, {}).items()
        if code in CLASSED
    ]
    return study.finding(
        "words",
        "Words of the lists for accountability, and the class that they are read as",
        text_columns(list="List", word="Word of the list", label="Class"),
        rows,
        (),
        unit="",
        period="",
        notes=(
            "Complete impunity: nobody was convicted, and it is not said whether anybody "
            "investigates. Partial "
            "impunity: some of those responsible were convicted. Full justice: all of them were.",
        ),
    )


def editions_of(p: Population) -> list[str]:
    """Editions of a list that hold a case in the scope, the oldest first."""
    held = p.frame.drop_duplicates("edition").sort_values("edition_number")["edition"]
    return [str(edition) for edition in held]


def edition_key(edition: str) -> str:
    """Write an edition as a part of claim names.

    >>> edition_key("2018-05"), edition_key("newest")
    ('e2018_05', 'newest')
    """
    return edition if edition == NEWEST else f"e{edition.replace('-', '_')}"


def edition_filter(p: Population, edition: str, **more: Any) -> dict[str, Any]:
    """Row filter of one edition; of murders only, where the list tells them from other deaths."""
    return {"edition": edition, **class_counted_over(p, MURDERS), **more}


def edition_and_last_year(p: Population, edition: str) -> ListSentences:
    """Name of an edition in a sentence; the newest edition is named by the year of its last case."""
    years = p.frame.loc[p.frame["edition"].eq(edition), "event_year"].dropna()
    if edition != NEWEST or years.empty:
        return ListSentences(edition_in_words(edition))
    last = measured_claim(
        p,
        "changes.newest.last_year",
        int(years.max()),
        "calendar_year",
        "last year with a case, newest edition",
        "largest:event_year",
        filter={"source": p.slug, **p.scope, "edition": edition},
    )
    text = f"{edition_in_words(edition)}, whose last case is of {claim_tag(last)}"
    return ListSentences(text, (last,))


def capitalized_edition(edition: str) -> str:
    """Name of an edition with a capital letter, for the start of a table cell."""
    return capitalized(edition_in_words(edition))


def _row(p: Population, edition: str, held: list[str]) -> Row:
    own, words = f"editions.{edition_key(edition)}", edition_in_words(edition)
    years = p.frame.loc[p.frame["edition"].eq(edition), "event_year"].dropna()
    last = measured_claim(
        p,
        f"{own}.last_year",
        int(years.max()) if len(years) else None,
        "calendar_year",
        f"last year with a case, {words}",
        "largest:event_year",
        filter={"source": p.slug, **p.scope, "edition": edition},
    )
    counts: list[Content] = [
        CountDraft(
            f"{own}.{c}",
            f"{label('impunity', c).lower()}, {words}",
            edition_filter(p, edition, **{FACT: c}),
            "case",
        )
        if c in p.classes[FACT]
        else NO_CLASS
        for c in held
    ]
    known = CountDraft(
        own, f"with a class, {words}", edition_filter(p, edition, **{FACT: CLASSED}), "case"
    )
    return (capitalized_edition(edition), last, known, *counts)


def _sentences(p: Population, made: Mapping[str, Claim]) -> ListSentences:
    told = []
    for edition in editions_of(p):
        own = f"editions.{edition_key(edition)}"
        complete = made.get(f"{own}.complete")
        if complete is not None and is_printed(made.get(own)):
            told.append(
                f"{claim_tag(complete, 'none')} of {claim_tag(made[own])} in the {edition_in_words(edition)}"
            )
    if len(told) < 2:
        return ListSentences()
    text = (
        f"{p.subject} recorded complete impunity in {join_with_and(told)}; the cases of the "
        "editions are not all the "
        "same, so the difference of these numbers is no change of cases."
    )
    return ListSentences(text)

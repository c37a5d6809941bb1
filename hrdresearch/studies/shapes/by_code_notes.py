"""Notes beneath a table by codes: how a list records the fact, and which classes have no row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.empty_cells import FEW
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.sentences import LISTED_IN_FULL, Wording, join_with_and
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import is_zero
from hrdresearch.vocab import label

NO_SHARES = {
    "when_present": "the list marks this only where it is so; a case without the mark may be either",
    "by_definition": "what every case carries follows from the definition of the list",
}


def class_counted_over(p: Population, among: Mapping[str, str] | None) -> Mapping[str, str]:
    """Row filter by the class that a list is counted over; empty (all cases) if it has no such class."""
    return {c: code for c, code in (among or {}).items() if code in p.classes[c]}


def note_on_naming(
    wording: Wording | None, held: Sequence[str], unknown: Sequence[str]
) -> list[str]:
    """Note on which of many categories the text names."""
    if wording is None or len([c for c in held if c not in unknown]) <= LISTED_IN_FULL:
        return []
    return [
        f"Of more than four categories the text names those with a {wording.named_from} or more of "
        "the known cases, without a category called other."
    ]


def note_on_few(study: Study, few: Sequence[str], units: str) -> list[str]:
    """Note in place of the rows that would print "fewer than 5" and nothing else; units: in the plural."""
    if not few:
        return []
    lists = join_with_and([p.list_in_prose for p in study.populations if p.release])
    number = number_in_prose(len(few), "")
    return [f"Each of {number} further classes that {lists} may use has {FEW} {units}, or none."]


def classes_of_few(held: Sequence[str], made: Mapping[str, Mapping[str, Claim]]) -> list[str]:
    """Classes that get no row: "fewer than 5" or zero in each list; empty where only a few are so.

    held: codes with a row. made: claims by list and code.
    """
    few = [
        code
        for code in held
        if all(is_zero(c) or c.text == FEW for own in made.values() if (c := own.get(code)))
    ]
    return few if len(few) > LISTED_IN_FULL else []


def notes_on_lists(
    study: Study,
    asking: Sequence[Population],
    fact: str | None,
    column: str,
    vocabulary: str,
    among: Mapping[str, str] | None,
) -> list[str]:
    """Notes on how a list records the fact, and over which of its cases it is counted."""
    told: list[str] = []
    for p in asking:
        for part, how in p.recording.items():
            of, _, code = part.partition(".")
            if of == column and how in NO_SHARES:
                whose = f"{p.title}, {label(vocabulary, code)}" if code else p.title
                stated = ", so no share is stated" if study.only_list else ""
                told.append(f"{whose}: {NO_SHARES[how]}{stated}.")
        over = [
            label(c.removesuffix("_code"), v).lower()
            for c, v in class_counted_over(p, among).items()
        ]
        told += (
            [
                f"{p.title}: counted over {'deaths' if p.table == 'cases' else 'rows'} classed as "
                f"{' and '.join(over)}."
            ]
            if over
            else []
        )
        if fact and fact in p.remarks and p.recording.get(column) != "by_definition":
            told.append(f"{p.title}: {p.remarks[fact]}")
    return told


def why_no_share(p: Population, column: str, code: str = "") -> str:
    """Why a list has no share of this column, or of one code of it; often empty."""
    how = p.recording.get(column) or p.recording.get(f"{column}.{code}", "")
    return NO_SHARES.get(how, "")

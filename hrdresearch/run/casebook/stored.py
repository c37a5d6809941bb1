"""The casebook as one CSV file, sealed: a row for each row of each sheet, which lists of one's own read.

Beside its own columns each row holds what the lists need of its person and its case, so that the loader
of all sources reads killings and detentions from it without code of its own, and a withdrawal finds every
row of a person. What is joined is made anew at each load.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hrdresearch.run.casebook.cells import Record
from hrdresearch.run.casebook.merge import Casebook, empty_casebook
from hrdresearch.run.casebook.sheet_kinds import PERSONS, casebook_columns, sheet_kinds

SHEET = "sheet"
OF_PERSON = (
    "of_person"  # whose row it is: of a case and the like, where one person alone is concerned
)
JOINED_OF_PERSON = ("name", "sex", "birth_date", "identity", "cause", "counted")
JOINED_OF_CASE = ("date", "state", "admin1", "place", "contributor")
FACTS = ("allegations", "detentions", "outcomes")  # sheets whose rows are of one person


def read_stored_casebook(path: Path, opener: Callable[[Path], bytes]) -> Casebook:
    """What was loaded before; an empty casebook where there is no file. Rows that were emptied are gone."""
    found = empty_casebook()
    if path.is_file():
        for row in csv.DictReader(io.StringIO(opener(path).decode("utf-8"), newline="")):
            if kind := sheet_kinds().get(row[SHEET] or ""):
                found[kind.name][row[kind.key]] = {
                    c.name: row.get(c.name) or "" for c in kind.columns
                }
    return found


def write_casebook_csv(
    casebook: Casebook, more: Sequence[Record] = (), columns_of_more: Sequence[str] = ()
) -> str:
    """The casebook as CSV text; see the module.

    more: rows put together from several sheets. columns_of_more: their columns that no sheet has.
    """
    out = io.StringIO(newline="")
    joined = [f"person.{c}" for c in JOINED_OF_PERSON] + [f"fact.{c}" for c in JOINED_OF_CASE]
    writer = csv.DictWriter(
        out,
        [SHEET, OF_PERSON, *casebook_columns(), *joined, *columns_of_more],
        restval="",
        lineterminator="\n",
    )
    writer.writeheader()
    writer.writerows([*join_persons_and_cases(casebook), *more])
    return out.getvalue()


def join_persons_and_cases(casebook: Casebook) -> list[Record]:
    """Rows of all sheets below each other, with what is joined from the person and the case."""
    one = resolve_same_persons(casebook[PERSONS])
    concerned = _concerned(casebook, one)
    whole = []
    for name in sheet_kinds():
        for key, row in casebook[name].items():
            if name == PERSONS or name in FACTS:
                of = one.get(row["person_id"], "")
            else:
                persons = concerned.get((name, key), set())
                of = next(iter(persons)) if len(persons) == 1 else ""
            person = casebook[PERSONS].get(of, {})
            case = casebook["cases"].get(row.get("case_id", ""), {})
            whole.append(
                {SHEET: name, OF_PERSON: of, **row}
                | {f"person.{c}": person.get(c, "") for c in JOINED_OF_PERSON}
                | {f"fact.{c}": row.get(c) or case.get(c, "") for c in JOINED_OF_CASE}
            )
    return whole


def resolve_same_persons(persons: Mapping[str, Record]) -> dict[str, str]:
    """For each person the identifier that stands for it: that of the person it was said to be the same as.

    A circle of such decisions stands under the first identifier of the circle in the alphabet.
    """
    above = {key: row.get("same_as", "") for key, row in persons.items()}
    found = {}
    for person in persons:
        seen = [person]
        while (following := above.get(seen[-1], "")) and following not in seen:
            seen.append(following)
        found[person] = min(seen[seen.index(following) :]) if following else seen[-1]
    return found


def _concerned(casebook: Casebook, one: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """Persons by sheet and identifier of a case, a source or a submission."""
    found: dict[tuple[str, str], set[str]] = {}
    for name in FACTS:
        for row in casebook[name].values():
            for sheet, column in (("cases", "case_id"), ("sources", "source_id")):
                if row[column]:
                    found.setdefault((sheet, row[column]), set()).add(one.get(row["person_id"], ""))
    for key, row in casebook["submissions"].items():
        found[("submissions", key)] = found.get(("cases", row["case_id"]), set())
    return found

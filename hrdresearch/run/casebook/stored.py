"""Stores a casebook as one sealed CSV file that holds the rows of all sheets.

Each row also has facts of its person (columns ``person.*``) and its case (``fact.*``). Therefore killings
and detentions can be read from it like any list of a user's own, and a withdrawal finds every row of a
person. These columns are written again at each load.
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
OF_PERSON = "of_person"  # person of a row; a case or source has one only if it concerns one person
JOINED_OF_PERSON = ("name", "sex", "birth_date", "identity", "cause", "counted")
JOINED_OF_CASE = ("date", "state", "admin1", "place", "contributor")
FACTS = ("allegations", "detentions", "outcomes")  # each row of these sheets is on one person


def read_stored_casebook(path: Path, opener: Callable[[Path], bytes]) -> Casebook:
    """Read the casebook that was loaded before; without a file, an empty casebook.

    opener: reads the file. Rows that a withdrawal has emptied are left out.
    """
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
    """Write the casebook as CSV text, with the facts of person and case in each row.

    more: additional rows, such as those of the status. columns_of_more: their columns that no sheet has.
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
    """Rows of all sheets in one list, each with the facts of its person and its case."""
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
    """For each identifier of a person, the identifier that stands for all rows of that person.

    persons: the sheet of persons, by identifier; its column "Same person as" is followed to the end. If
    the decisions form a circle, the first identifier in the alphabet is taken.
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
    """Persons concerned by each case, source and submission; key: sheet and identifier."""
    found: dict[tuple[str, str], set[str]] = {}
    for name in FACTS:
        for row in casebook[name].values():
            for sheet, column in (("cases", "case_id"), ("sources", "source_id")):
                if row[column]:
                    found.setdefault((sheet, row[column]), set()).add(one.get(row["person_id"], ""))
    for key, row in casebook["submissions"].items():
        found[("submissions", key)] = found.get(("cases", row["case_id"]), set())
    return found

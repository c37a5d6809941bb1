"""Looks a name up in casebooks, including persons that no build counts; needs the opened vault."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrdresearch.names.name_comparison import NameComparison
from hrdresearch.names.sought_name import SoughtName
from hrdresearch.privacy.vault import SUFFIX, is_sealed, unsealed_name
from hrdresearch.run.casebook.alike_persons import names_of_person
from hrdresearch.run.casebook.merge import Casebook
from hrdresearch.run.casebook.sheet_kinds import PERSONS
from hrdresearch.run.casebook.stored import (
    FACTS,
    OF_PERSON,
    SHEET,
    read_stored_casebook,
    resolve_same_persons,
)
from hrdresearch.run.lookups.lists import LOCKED, has_withdrawn, is_vault_open
from hrdresearch.run.sealed_lists import opener_for

Place = tuple[str, str, NameComparison]


@dataclass(frozen=True)
class CasebookSearched:
    """Result of the search in one casebook.

    where: the casebook. hits: row, facts on it, and similarity of the names. rows: what was searched, in
    words. why_closed: why the casebook could not be searched, or "".
    """

    where: str
    hits: tuple[Place, ...] = ()
    rows: str = ""
    why_closed: str = ""


def find_in_casebooks(
    name: str, sought: SoughtName, raw: Path, work: Path
) -> Iterator[CasebookSearched]:
    """Search the casebooks in a folder of lists; a person who withdrew from any study is never found.

    name: as typed. sought: the name to compare. raw: folder of lists. work: work folder.
    """
    files = sorted([*raw.glob("*.csv"), *raw.glob(f"*.csv{SUFFIX}")]) if raw.is_dir() else []
    if not is_vault_open(work):
        files = [f for f in files if not is_sealed(f) and _is_casebook(f)]
        if files or any(raw.glob(f"*.csv{SUFFIX}")):
            yield CasebookSearched("casebooks", why_closed=LOCKED)
        return
    is_gone = any(has_withdrawn(pointer.parent, name) for pointer in work.glob("*/current"))
    for file in filter(_is_casebook, files):
        casebook = read_stored_casebook(file, opener_for(file))
        hits = () if is_gone else tuple(_hits(casebook, sought))
        where = f"casebook, {unsealed_name(file).name}"
        yield CasebookSearched(where, hits, f"{len(casebook[PERSONS])} persons")


def _is_casebook(file: Path) -> bool:
    first = opener_for(file)(file).split(b"\n", 1)[0]
    header = next(csv.reader(io.StringIO(first.decode("utf-8", "replace"))), [])
    return header[:2] == [SHEET, OF_PERSON]


def _hits(casebook: Casebook, sought: SoughtName) -> Iterator[Place]:
    one = resolve_same_persons(casebook[PERSONS])
    found: dict[str, NameComparison] = {}
    for person, row in casebook[PERSONS].items():
        for likeness in sought.find_in(names_of_person(row)).values():
            stands_for = one[person]
            if stands_for not in found or found[stands_for].score < likeness.score:
                found[stands_for] = likeness
    for person, likeness in found.items():
        cases = {
            row["case_id"]
            for sheet in FACTS
            for row in casebook[sheet].values()
            if row.get("case_id") and one.get(row["person_id"]) == person
        }
        states = {casebook["cases"][c]["state"] for c in cases if c in casebook["cases"]} - {""}
        counted = casebook[PERSONS].get(person, {}).get("counted", "")
        told = [
            f"cases {', '.join(sorted(cases))}" if cases else "no case",
            *sorted(states),
            *(["not to be counted"] if counted == "no" else []),
        ]
        yield f"person {person}", ", ".join(told), likeness

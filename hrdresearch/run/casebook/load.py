"""Loads a workbook into a casebook: reads and checks it, merges it with the casebook, and stores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hrdresearch.privacy.keys import name_digest, record_digest, study_key
from hrdresearch.privacy.vault import (
    VaultProblem,
    identity_path,
    recipient_of,
    require_vault,
    sealed_name,
    write_stored,
)
from hrdresearch.privacy.withdraw import read_withdrawn
from hrdresearch.run.casebook.alike_persons import AlikePersons, find_alike_persons, names_of_person
from hrdresearch.run.casebook.cells import MANY, Record, read_cells
from hrdresearch.run.casebook.colours import tell_colours
from hrdresearch.run.casebook.faults import CasebookError, Fault
from hrdresearch.run.casebook.find_sheets import find_sheets
from hrdresearch.run.casebook.links import check_links
from hrdresearch.run.casebook.lists import RECORD, STUDIES, list_slug, write_list_sources
from hrdresearch.run.casebook.merge import Casebook, Change, Merged, merge_rows
from hrdresearch.run.casebook.sheet_kinds import PERSONS, sheet_kinds
from hrdresearch.run.casebook.status import ADDED, status_rows
from hrdresearch.run.casebook.stored import (
    OF_PERSON,
    SHEET,
    join_persons_and_cases,
    read_stored_casebook,
    write_casebook_csv,
)
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.sources.own_folder import SLUG


@dataclass(frozen=True)
class Loading:
    """What loading a workbook changes in a casebook.

    path: where the casebook is stored. remarks: on sheets. faults: by sheet and cell. changes: rows added
    and cells changed. alike: pairs that may be one person, not yet decided. gone: number of rows left out
    because the person withdrew. rows: number of rows of the casebook, by sheet. not_in_file: number of
    rows that stay although the workbook does not hold them, by sheet. merged: the casebook after loading.
    """

    path: Path
    remarks: tuple[str, ...]
    faults: tuple[Fault, ...]
    changes: tuple[Change, ...]
    alike: tuple[AlikePersons, ...]
    gone: int
    rows: Mapping[str, int]
    not_in_file: Mapping[str, int]
    merged: Casebook = field(repr=False)


def read_casebook(
    file: Path,
    name: str,
    into: Path,
    work: Path,
    decisions: Mapping[tuple[str, str], bool] | None = None,
) -> Loading:
    """Read a workbook and compare it with the casebook ``name``; nothing is written.

    file: the workbook. into: folder of the casebook. work: work folder; it holds keyed hashes of persons
    who withdrew. decisions: pair of persons -> whether they are one person, in addition to the decisions
    in the workbook. CasebookError if the workbook is not a casebook, SourceError if the file is not a
    workbook.
    """
    if not SLUG.fullmatch(name):
        raise CasebookError("--name may hold lower-case letters, digits and hyphens (my-cases)")
    opener = opener_for(file) if file.is_file() else Path.read_bytes
    found, remarks = find_sheets(file, opener)
    if not file.name.removesuffix(".age").lower().endswith(".xls"):
        tell_colours(opener(file), found)
    path = stored_path(name, into)
    before = read_stored_casebook(path, opener_for(path) if path.is_file() else Path.read_bytes)
    values = check_links(found, {n: read_cells(sheet) for n, sheet in found.items()}, before)
    made = merge_rows(before, values)
    made, gone = _without_withdrawn(made, name, work)
    persons = _decided(made.values[PERSONS], decisions or {})
    newer = {c.key for c in made.changes if c.sheet == PERSONS}
    return Loading(
        path,
        tuple(remarks),
        tuple(sorted(fault for sheet in found.values() for fault in sheet.faults.listed)),
        made.changes,
        tuple(find_alike_persons(persons, newer)),
        gone,
        {n: len(made.values[n]) for n in sheet_kinds()},
        made.not_in_file,
        {**made.values, PERSONS: persons},
    )


def keep_casebook(
    loading: Loading, name: str, work: Path, open_on_this_machine: bool = False
) -> list[Path]:
    """Store the casebook, sealed, and write its lists; returns the paths of their source.yml.

    loading: from ``read_casebook``. CasebookError while pairs of similar persons are undecided;
    VaultProblem without an identity, unless the user accepts an unencrypted casebook
    (open_on_this_machine).
    """
    if loading.alike:
        raise CasebookError(
            f"{len(loading.alike)} pairs may be one person and are not decided: use --ask, or write the "
            "decisions into the sheet of persons ('Same person as', 'Not the same as')."
        )
    path = loading.path.with_name(loading.path.name.removesuffix(".age"))
    recipient = None
    if not open_on_this_machine:
        identity = identity_path()
        if identity is None:
            raise VaultProblem(
                "A casebook is kept sealed. Make a vault first (hrdresearch vault init), or accept that "
                "it lies unencrypted on this machine: --open-on-this-machine."
            )
        recipient = recipient_of(identity)
    elif sealed_name(path).is_file():
        raise VaultProblem(
            f"{path.name} is already sealed and stays sealed: leave --open-on-this-machine out."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    text = write_casebook_csv(loading.merged, status_rows(loading.merged), ADDED)
    written = write_stored(path, text.encode("utf-8"), recipient)
    written.chmod(0o600)
    if recipient is not None:
        path.unlink(missing_ok=True)
        require_vault(written, identity_path(), (work,))
    return write_list_sources(name)


def stored_path(name: str, into: Path) -> Path:
    """Path of a stored casebook: the sealed file, or the open file if only that one exists."""
    path = into / f"{name}.csv"
    return path if path.is_file() and not sealed_name(path).is_file() else sealed_name(path)


def _decided(
    persons: Mapping[str, Record], decisions: Mapping[tuple[str, str], bool]
) -> dict[str, Record]:
    """The sheet of persons with the decisions, each in the row of the second person of its pair."""
    decided = {key: dict(record) for key, record in persons.items()}
    for (one, other), is_same in decisions.items():
        row = decided[other]
        if is_same:
            row["same_as"] = one
        else:
            apart = [p for p in row["not_same_as"].split(MANY) if p]
            row["not_same_as"] = MANY.join(dict.fromkeys([*apart, one]))
    return decided


def _without_withdrawn(made: Merged, name: str, work: Path) -> tuple[Merged, int]:
    """The casebook without rows of persons who withdrew, and how many rows were left out."""
    gone: set[str] = set()
    every = (
        [*join_persons_and_cases(made.values), *status_rows(made.values)]
        if _has_marks(work)
        else []
    )
    rows = [row for row in every if row[OF_PERSON]]
    for which, study in STUDIES.items():
        home = work / study
        marks = read_withdrawn(home) if home.is_dir() else frozenset()
        if not marks:
            continue
        key, slug = study_key(study, create=False), list_slug(name, which)
        for row in rows:
            digests = {
                name_digest(n, key) for n in (row.get("person.name", ""), *names_of_person(row))
            }
            digests.add(record_digest(slug, row.get(RECORD[which], ""), key))
            if digests & marks:
                gone.add(row[OF_PERSON])
    if not gone:
        return made, 0
    leaves = [row for row in rows if row[OF_PERSON] in gone and row[SHEET] in sheet_kinds()]
    lost = {(row[SHEET], row[sheet_kinds()[row[SHEET]].key]) for row in leaves}
    values = {
        sheet: {key: record for key, record in held.items() if (sheet, key) not in lost}
        for sheet, held in made.values.items()
    }
    changes = tuple(c for c in made.changes if (c.sheet, c.key) not in lost)
    return replace(made, values=values, changes=changes), len(leaves)


def _has_marks(work: Path) -> bool:
    return any(read_withdrawn(work / s) for s in STUDIES.values() if (work / s).is_dir())

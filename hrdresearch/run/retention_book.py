"""Reads and writes the sealed retention book of a study: since when rows and files of lists are here.

The book is ``WORK/<study>/retention.json`` and is always sealed. It identifies rows by keyed hashes, never
by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from hrdresearch.privacy.retention import LegalHold, RetentionBook
from hrdresearch.privacy.vault import (
    identity_path,
    is_stored,
    read_stored,
    recipient_of,
    sealed_name,
    write_stored,
)
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.erase import PERSONS, persons_sheets
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES

BOOK = "retention.json"
SHOWN = 12  # characters of a reference on the screen


def read_book(home: Path) -> RetentionBook:
    """Read the book of a study; an empty book if there is none. home: ``WORK/<study>``."""
    if not is_stored(home / BOOK):
        return RetentionBook()
    try:
        return RetentionBook.from_bytes(read_stored(home / BOOK))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RunError(
            f"{BOOK} in {home} is damaged. It holds decisions and legal holds: restore it from a copy "
            "before anything is deleted"
        ) from None


def write_book(home: Path, book: RetentionBook) -> None:
    """Write the book, sealed, in one step; RunError if the study is not sealed."""
    recipient, identity = recipient_of_study(home), identity_path()
    if recipient is None and identity and is_stored(home / BOOK):
        recipient = recipient_of(identity)  # the study was sealed before and is built open now
    if recipient is None:
        raise RunError(
            f"The lists of {home.name} are not sealed, or are public: retention is followed for sealed "
            "lists only (hrdresearch vault init)"
        )
    draft = home / f".{BOOK}.new"
    write_stored(draft, book.to_bytes(), recipient).replace(sealed_name(home / BOOK))


def note_taken_in(home: Path) -> RetentionBook:
    """Note in the book, for new builds, since when rows and files of restricted lists are here.

    The day is the day on which the build was written. A study that is not sealed has an empty book.
    """
    if recipient_of_study(home) is None:
        return RetentionBook()
    book = read_book(home)
    new = [p.parent for p in home.glob("*/sources.json") if p.parent.name not in book.builds]
    for folder in new:
        day = dt.date.fromtimestamp((folder / "sources.json").stat().st_mtime).isoformat()
        for facts in files_of_build(folder):
            if facts["policy"]["public_by_name"] or facts["is_demo"]:
                continue
            slug = str(facts["slug"])
            rows = book.rows.setdefault(slug, {})
            for ref in set().union(*rows_of_persons(folder, slug).values()):
                rows[ref] = min(day, rows.get(ref, day))
            if facts["sha256"] not in {f["sha256"] for f in book.files}:
                told = {"file": facts["file"], "sha256": facts["sha256"]}
                book.files.append({"source": slug, **told, "since": day})
        book.builds.append(folder.name)
    if new:
        write_book(home, book)
    return book


def rows_of_persons(folder: Path, slug: str) -> dict[str, frozenset[str]]:
    """References (keyed hashes) of the rows of each person of a list in a build; key: pseudonym.

    The hash is of the identifier in the list, or else of the name; without both, the pseudonym is used.
    Empty for lists without a sheet of persons (archives of messages).
    """
    facts = next((f for f in read_json(folder / "sources.json") if f["slug"] == slug), None)
    column = TABLES[facts["table"]].person_column if facts else None
    if facts is None or column is None or not is_stored(folder / "restricted" / PERSONS):
        return {}
    table = Build(folder.parent.name, folder.name, folder).table(facts["table"])
    persons = set(table.loc[table["source"] == slug, column].astype(str))
    [sheet] = persons_sheets([folder])
    sheet = sheet[sheet["person"].isin(persons)]
    refs = sheet["record_digest"].fillna(sheet["name_digest"])
    known = refs.groupby(sheet["person"]).agg(frozenset).to_dict()
    return {person: known.get(person, frozenset({person})) for person in persons}


def holds_on_rows(home: Path, lists: Collection[str], marks: Collection[str]) -> list[str]:
    """Legal holds in force on rows of these lists, in words without their reason.

    marks: keyed hashes of the rows.
    """
    book, today = read_book(home), dt.date.today()
    return [
        hold_words(one)
        for slug in sorted(lists)
        for one in book.holds_on(slug, today)
        if any(mark.startswith(one.ref) for mark in marks)
    ]


def forget_rows(
    home: Path, marks: Collection[str], written: Mapping[str, str], over: Sequence[str] = ()
) -> None:
    """Remove deleted rows from the book; files that were written again keep their day.

    written: old SHA-256 -> new SHA-256 of a file. over: holds that the withdrawal overrode.
    """
    if not is_stored(home / BOOK):
        return
    book = read_book(home)
    gone = set(marks)
    for slug, rows in book.rows.items():
        book.rows[slug] = {ref: day for ref, day in rows.items() if ref not in gone}
    book.files = [{**f, "sha256": written.get(f["sha256"], f["sha256"])} for f in book.files]
    if over:
        book.safety.append({"day": dt.date.today().isoformat(), "over": list(over)})
    write_book(home, book)


def hold_words(one: LegalHold) -> str:
    """A hold in words, without its reason."""
    what = f"row {one.ref[:SHOWN]}" if one.ref else "all rows and files"
    return f"{what}, until {one.until}, by {one.desk}"

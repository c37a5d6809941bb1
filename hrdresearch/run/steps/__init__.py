"""Steps of a build: from cleaned rows with names to tables without names; one module for each study.

A module defines ``steps(loaded, key, decisions) -> Built``. It codes texts and links persons while names
are still there; then it removes names, free text and exact places. ``decisions`` is the folder of decisions
by hand (``WORK/<study>/decisions``); it may be missing.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, TypeAlias

import pandas as pd

from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, name_digest, pseudonym, record_digest
from hrdresearch.sources import Loaded
from hrdresearch.sources.notes import Note

CONTRIBUTOR_NAMES = "contributor_names"  # name of a restricted sheet
Pieces: TypeAlias = Callable[[], Iterator[pd.DataFrame]]


@dataclass(frozen=True)
class Reading:
    """Arguments for the reader of a list that is too large for memory (see a study's ``LARGE``).

    opener: opens the file as a stream, and decrypts it if it is sealed. scratch: folder for parts that an
    interrupted build can use again. recipient: public key that these parts are sealed for.
    """

    path: Path
    key: Key
    decisions: Path
    scratch: Path
    opener: Callable[[Path], BinaryIO] | None = None
    recipient: str | None = None
    workers: int = 1


@dataclass(frozen=True)
class Built:
    """Result of the steps of a study: tables without names, and restricted sheets.

    tables: by name, with the columns of the table's model; a large table is a function that yields its
    pieces. names: for the names index. extras: public JSON files beside the tables. restricted: sheets
    that never leave the work folder (``persons``: pseudonyms and keyed hashes, needed to withdraw a
    person). files: file name of each source. set_aside: rows set aside by the steps, with file, row and
    reason. handles: account names that reports are searched for. notes: notes by source, printed after the
    build. lines: lines for the screen only. uncoded: by source and column, rows of a user's own list that
    have words without a code, beside those of ``Loaded``.
    """

    tables: Mapping[str, pd.DataFrame | Pieces]
    names: Sequence[NameEntry] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    restricted: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Sequence[Note]] = field(default_factory=dict)
    handles: frozenset[str] = field(default=frozenset(), repr=False)
    lines: tuple[str, ...] = ()
    uncoded: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    set_aside: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["file", "row", "reason"])
    )


Steps: TypeAlias = Callable[[Sequence[Loaded], Key, Path], Built]


def load_steps(study: str) -> Steps:
    """Find the function ``steps`` of a study."""
    steps: Steps = _module_of(study).steps
    return steps


def find_large_reader(study: str, slug: str) -> Callable[[Reading], Loaded] | None:
    """Find the function that reads a list too large for memory; None for lists that are read whole."""
    readers: Mapping[str, Callable[[Reading], Loaded]] = getattr(_module_of(study), "LARGE", {})
    return readers.get(slug)


def linked_builds(study: str, files: Sequence[str], work: Path) -> Mapping[str, str]:
    """Builds of other studies that this study reads: study -> build id.

    files: slugs of the lists given.
    """
    builds: Mapping[str, str] = getattr(_module_of(study), "linked", lambda *_: {})(files, work)
    return builds


def table_of_persons(study: str) -> str | None:
    """Name of the table whose persons are linked across lists (``LINKED``), or None."""
    table: str | None = getattr(_module_of(study), "LINKED", None)
    return table


def takes_editions(study: str) -> bool:
    """Whether a study reads earlier editions of its lists (``EDITIONS``)."""
    return bool(getattr(_module_of(study), "EDITIONS", False))


def row_pseudonyms(loaded: Loaded, key: Key) -> list[str]:
    """Pseudonym of each accepted row of a list; it does not change when other rows are added or moved.

    If the list has no case numbers, it changes when name, date, State or place of the row change.
    """
    return [pseudonym(key, loaded.facts.slug, row) for row in row_keys(loaded.accepted)]


def _module_of(study: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.{study.replace('-', '_')}")


def name_entries(loaded: Sequence[Loaded]) -> list[NameEntry]:
    """Entries of the names index from lists of persons: each published name.

    A name may be printed only if its list gives it as ``public_name``.
    """
    return [
        NameEntry(str(name), bool(is_person), str(public) or None, is_public)
        for rows, is_public in ((x.accepted, x.facts.policy.public_by_name) for x in loaded)
        for name, is_person, public in zip(
            rows["name_as_published"],
            rows["name_is_person"],
            rows["public_name"] if "public_name" in rows else [""] * len(rows),
            strict=True,
        )
        if str(name).strip()
    ]


def names_aside(loaded: Sequence[Loaded]) -> list[NameEntry]:
    """Entries of the names index from rows that were set aside; none of these names may be printed.

    A one-word name of a list that is not public is treated like a surname alone.
    """
    return [
        NameEntry(name, is_public=is_public, only_whole=not is_public and " " not in name)
        for x in loaded
        for is_public in [x.facts.policy.public_by_name]
        for name in sorted(x.names_aside)
    ]


def published_names(loaded: Sequence[Loaded]) -> pd.Series:
    """Names of persons as published, of all lists in one column."""
    return pd.concat([x.accepted["name_as_published"] for x in loaded], ignore_index=True)


def contributors_sheets(loaded: Sequence[Loaded], key: Key) -> dict[str, pd.DataFrame]:
    """Sheets ``contributors`` (pseudonym for each row) and ``contributor_names``, for a desk to read.

    Spellings that differ only in case, accents, signs or word order are one contributor.
    """
    columns = ["source", "source_row", "contributor", "name"]
    rows = pd.DataFrame(
        [
            (
                x.facts.slug,
                row,
                pseudonym(key, x.facts.slug, "contributor", one) if one else "",
                name,
            )
            for x in loaded
            if not x.facts.policy.public_by_name and "contributor_as_published" in x.accepted
            for row, name in zip(
                x.accepted["source_row"],
                x.accepted["contributor_as_published"].astype(str).str.strip(),
                strict=True,
            )
            for one in [contributor_key(name)]
        ],
        columns=columns,
    )
    named = rows[rows["contributor"] != ""].groupby(["source", "contributor"], sort=False)
    names = named["name"].agg(lambda n: "; ".join(sorted(set(n)))).rename("spellings")
    sheet = pd.concat([names, named.size().rename("rows")], axis=1).reset_index()
    return {
        "contributors": rows[columns[:-1]],
        CONTRIBUTOR_NAMES: sheet.sort_values(["source", "rows"], ascending=[True, False]),
    }


def contributor_key(name: str) -> str:
    """A key that is the same for all spellings of one contributor.

    >>> contributor_key("Río-Sur, Red") == contributor_key("RED RIO SUR")
    True
    >>> contributor_key("R.E.D. Sur") == contributor_key("red sur")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    together = re.sub(r"(?<=\b\w)\.(?=\w\b)|['’`´]", "", plain.casefold())
    return " ".join(sorted(re.findall(r"[^\W_]+", together)))


def persons_sheet(
    persons: pd.Series, names: pd.Series, key: Key, records: Sequence[str | None] = ()
) -> pd.DataFrame:
    """Sheet of pseudonyms and keyed hashes of persons, used for withdrawals and consents.

    persons, names: of the same rows. records: ``record_digests`` of these rows, if their lists have
    identifiers. Rows with neither name nor identifier are left out. Without the key the sheet reveals
    nothing.
    """
    digests = [name_digest(str(name), key) for name in names]
    sheet = pd.DataFrame(
        {
            "person": persons.to_numpy(),
            "name_digest": digests,
            "record_digest": list(records) or [None] * len(digests),
        }
    )
    return sheet.dropna(subset=["name_digest", "record_digest"], how="all").reset_index(drop=True)


def record_digests(loaded: Sequence[Loaded], key: Key) -> list[str | None]:
    """Keyed hash of the identifier of each row in its list; None if the row has no identifier.

    It does not change when rows are added or moved.
    """
    return [
        record_digest(x.facts.slug, str(record), key)
        for x in loaded
        for record in x.accepted.get("record_id", pd.Series("", index=x.accepted.index))
    ]

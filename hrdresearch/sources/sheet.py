"""What a source module works with: a table of one layout, its codes and its book.

Each method turns published columns into a column of table ``cases`` and writes what it corrected,
emptied or doubted into the book. ``cases`` puts the columns together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from hrdresearch.clean.ages import age_groups, read_ages
from hrdresearch.clean.dates import IMPOSSIBLE, YEAR_OR_MONTH, read_dates, shapes_of
from hrdresearch.clean.places import clean_admin1
from hrdresearch.clean.text import clean_name, tidy
from hrdresearch.names.kinds import name_kinds
from hrdresearch.sources.book import Book
from hrdresearch.sources.layout import Table
from hrdresearch.sources.spec import SourceSpec
from hrdresearch.tables.cases import CODE_SEPARATOR, NOT_RECORDED, RESTRICTED_COLUMNS, Cases
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import by_place, is_joint, m49, short_name, to_iso3

COLUMNS = [c for c in Cases.to_schema().columns if c != "victim_id"]


class Sheet:
    """Columns of one file on their way into table ``cases``."""

    def __init__(self, table: Table, spec: SourceSpec, book: Book) -> None:
        self.table, self.spec, self.book = table, spec, book
        self.layout = table.layout
        self.cells = table.cells
        self.rows_elsewhere = 0

    def keep(self, mask: pd.Series) -> None:
        """Work on these rows only; the others belong to another table and are not rows in."""
        self.rows_elsewhere += int((~mask).sum())
        self.cells = self.cells[mask]

    def text(self, column: str) -> pd.Series:
        """Cells without surplus space; empty where the layout has no such column."""
        if column not in self.cells:
            return pd.Series("", index=self.cells.index, dtype="object")
        return _mapped(self.cells[column], tidy)

    def repair(self, undo: Callable[[str], str], what: str) -> None:
        """Undo a misread encoding in every cell, with an issue for each cell that changes."""
        for column in self.cells.columns:
            repaired = _mapped(self.cells[column], undo)
            changed = self.cells.index[repaired != self.cells[column]]
            self.book.issues_at(changed, column, what, "put right")
            self.cells = self.cells.assign(**{column: repaired})

    def codes(self, column: str, vocabulary: str, default: str = NOT_RECORDED) -> pd.Series:
        """One code a row by the source's crosswalk; an unknown value is an issue."""
        return self._crossed(self.text(column), column, vocabulary, default, split="")

    def joined(
        self,
        column: str,
        vocabulary: str,
        default: str = NOT_RECORDED,
        split: str = ",",
        unread: str = "",
    ) -> pd.Series:
        """Several codes a row, joined by ``|``, from cells whose values ``split`` parts.

        default: code of an empty cell. unread: code of a value that is not known; without one it
        is left out, or coded as ``default`` where the cell holds nothing else.
        """
        return self._crossed(self.text(column), column, vocabulary, default, split, unread)

    def dates(self, column: str, order: str, cells: pd.Series | None = None) -> pd.DataFrame:
        """Columns ``event_date`` and ``event_date_precision``; see clean.dates.read_dates.

        cells: the dates, where the source had to mend them first. A list in several shapes, and
        numbers that contradict the declared order, are told for the whole file.
        """
        cells = self.text(column) if cells is None else cells
        read = read_dates(cells, order)
        for row, problem in read["problem"][read["problem"] != ""].items():
            done = "its year is kept" if read.at[row, "precision"] == "year" else "emptied"
            self.book.issue(_int(row), column, f"The date {problem}.", done)
        dated = [(row, column) in self.table.dated for row in cells.index]
        shapes = shapes_of(self.text(column)[~pd.Series(dated, cells.index, dtype=bool)])
        if len(shapes.keys() - {YEAR_OR_MONTH}) > 1:
            told = ", ".join(f"{n} {shape}" for shape, n in shapes.items())
            done = "each read by the rule of its shape"
            self.book.issue(0, column, f"Mixed dates: {told}.", done)
        against = int((read["problem"] == IMPOSSIBLE).sum())
        if against:
            what = f"{against} dates do not fit the order {order} of this format."
            self.book.issue(0, column, what, "others may have day and month swapped: look at them")
        return read.rename(columns={"date": "event_date", "precision": "event_date_precision"})[
            ["event_date", "event_date_precision"]
        ]

    def ages(self, column: str) -> pd.Series:
        """Ages in years; an impossible one is emptied, with an issue."""
        read = read_ages(self.text(column))
        for row, problem in read["problem"][read["problem"] != ""].items():
            self.book.issue(_int(row), column, f"The age {problem}.", "emptied")
        return read["age"]

    def states(self, column: str, dates: pd.Series, numeric: str = "") -> pd.Series:
        """ISO3 codes by the name on the day; a row whose State is not known is set aside.

        numeric: a column of numeric codes beside the name, checked for agreement.
        """
        names = self.text(column)
        by_key = {key: _iso3(*key) for key in set(zip(names, dates, strict=True))}
        found = pd.Series(
            [by_key[key] for key in zip(names, dates, strict=True)],
            index=names.index,
            dtype="object",
        )
        for row, name in names[found.isna()].items():
            what = "is empty" if not name else "holds no State that is known at that date"
            self.book.set_aside(_int(row), f"Column {column!r} {what}.")
        for row, code in (self.text(numeric) if numeric else pd.Series(dtype="object")).items():
            iso3 = found.at[row]
            if iso3 and code and (not code.isdigit() or int(code) != m49(str(iso3))):
                what = f"The code is not that of the State in {column!r}."
                self.book.issue(_int(row), numeric, what, "the name is taken")
        return found

    def by_place(self, iso3: pd.Series, column: str) -> pd.Series:
        """States in which a joint name is told apart by the place beside it, where it can be."""
        joint = iso3.map(lambda code: bool(code) and is_joint(code)).astype(bool)
        if not joint.any():
            return iso3
        places = self.text(column)[joint]
        told = [by_place(*pair) for pair in zip(iso3[joint], places, strict=True)]
        found = pd.Series(told, index=places.index, dtype="object")
        for code, left in found[found.map(is_joint).astype(bool)].value_counts().items():
            self.book.note(
                "{left} cases stand under the name {name}: no place beside it tells which, and "
                "they are given to neither.",
                left=int(left),
                name=short_name(str(code)),
            )
        return iso3.mask(joint, found.reindex(iso3.index))

    def admin1(self, column: str, iso3: pd.Series) -> pd.Series:
        """First-level divisions in one spelling; a value that is none leaves the cell empty."""
        return clean_admin1(self.text(column), iso3)

    def cases(self, *, names: str, **columns: Any) -> pd.DataFrame:
        """Rows of table ``cases`` (without ``victim_id``) with the restricted columns.

        names: column of names. columns: columns of the table; what is not given comes from
        ``defaults`` of source.yml, and else is empty, not recorded or not asked.
        """
        frame = pd.DataFrame(index=self.cells.index)
        self._tell_repeated(columns.get("record_id"))
        cleaned = _mapped(self.cells[names], clean_name)
        kinds = name_kinds(cleaned)
        given: dict[str, Any] = {
            **EMPTY, **self.spec.defaults, "source": self.spec.facts.slug,
            "source_row": frame.index, "is_collective": kinds == "collective",
            "is_unidentified": kinds == "unidentified", "name_as_published": cleaned,
            "name_is_person": kinds == "person", **columns,
        }  # fmt: skip
        for column in (*COLUMNS, *RESTRICTED_COLUMNS):
            frame[column] = given[column]
        if "event_year" not in columns:
            frame["event_year"] = frame["event_date"].dt.year.astype("Int64")
        if "age_group_code" not in columns:
            frame["age_group_code"] = age_groups(frame["age_years"])
        frame = frame[~frame.index.isin(self.book.rows_aside)]
        frame["state_m49"] = pd.array(
            [m49(i) for i in frame["state_iso3"].astype(str)], dtype="Int64"
        )
        return frame.reset_index(drop=True)

    def _tell_repeated(self, identifiers: pd.Series | None) -> None:
        if identifiers is None:
            return
        repeated = identifiers[(identifiers != "") & identifiers.duplicated(keep="first")]
        what = "The publisher's identifier stands in an earlier row too."
        self.book.issues_at(repeated.index, "", what, "both rows are counted")

    def _crossed(
        self,
        cells: pd.Series,
        column: str,
        vocabulary: str,
        default: str,
        split: str,
        unread: str = "",
    ) -> pd.Series:
        # Without a crosswalk of its own a source uses the codes of the vocabulary as they are.
        own = self.spec.crosswalks.get(vocabulary) or {code: code for code in codes(vocabulary)}
        crosswalk = {_fold(k): _listed(v) for k, v in own.items()}
        coded: dict[str, str] = {}
        for cell in cells.unique():
            parts = [_fold(p) for p in (cell.split(split) if split else [cell]) if p.strip()]
            unknown = [part for part in parts if part not in crosswalk]
            if unknown:
                rows = cells.index[cells == cell]
                done = f"coded as far as known; other values as {unread or default!r}"
                what = f"A value that the crosswalk {vocabulary!r} does not have."
                self.book.issues_at(rows, column, what, done)
            found = list(
                dict.fromkeys(
                    c for p in parts for c in crosswalk.get(p, [unread] if unread else [])
                )
            )
            told = [code for code in found if code != NOT_RECORDED]
            coded[cell] = CODE_SEPARATOR.join(told) or (found[0] if found else default)
        return cells.map(coded).astype("object")


EMPTY: dict[str, Any] = {
    "event_date": pd.NaT, "event_date_precision": "unknown", "event_year": pd.NA,
    "event_id": None, "state_iso3": None, "state_m49": pd.NA, "admin1_name": None,
    "setting_code": "not_recorded", "sex_code": "not_recorded", "age_years": pd.NA,
    "age_group_code": "not_recorded", "identity_codes": "not_recorded",
    "cause_codes": "not_recorded", "sector_code": "not_asked", "perpetrator_codes": "not_asked",
    "death_type_code": "killing", "defender_basis_code": "not_assessed",
    "motive_link_code": "unknown", "threats_before": "not_asked", "impunity_code": "not_asked",
    "documented_by": None, "record_id": "", "place_as_published": "", "text_as_published": "",
}  # fmt: skip


def _mapped(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    return cells.map({cell: change(cell) for cell in cells.unique()}).astype("object")


def _iso3(name: str, date: Any) -> str | None:
    return to_iso3(name, None if pd.isna(date) else dt.date(date.year, date.month, date.day))


def _fold(value: Any) -> str:
    return tidy(str(value)).casefold()


def _listed(value: Any) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _int(row: Any) -> int:
    return int(row)

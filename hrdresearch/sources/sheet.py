"""The sheet that ``clean`` of a source works with: the table of a file, its codes and its book.

Each method turns a published column into a column of table ``cases``, and writes into the book which
values it corrected, emptied or doubted. ``Sheet.cases`` puts the columns together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from hrdresearch.clean.ages import age_groups, read_ages
from hrdresearch.clean.dates import YEAR_OR_MONTH, count_date_forms, has_short_year, read_dates
from hrdresearch.clean.dates_in_words import IMPOSSIBLE
from hrdresearch.clean.places import clean_admin1, divisions_abbreviated, has_divisions
from hrdresearch.clean.text import (
    clean_name,
    put_on_one_line,
    says_nothing,
    split_values,
    unaccented,
)
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Table
from hrdresearch.sources.spec import SourceSpec, missing_columns
from hrdresearch.tables import TABLES
from hrdresearch.tables.cases import CODE_SEPARATOR, NOT_RECORDED, RESTRICTED_COLUMNS
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import (
    is_joint,
    iso3_of_two_letters,
    m49,
    short_name,
    territory_of_place,
    to_iso3,
)

COLUMNS = [c for c in TABLES["cases"].columns if c != "victim_id"]
HAPPENED = ("date", "arrest_date")  # columns of templates whose days cannot lie ahead
UNKNOWN_STATE = "holds no State that is known at that date"  # in the reason for a row set aside
UNKNOWN_DIVISION, OPEN_DIVISION = "No division of", "An abbreviation that may be"
NOT_ASKED, NOT_KNOWN = "not_asked", "unknown"  # codes of facts that not every list asks


class Sheet:
    """The columns of one file, and methods that read them.

    cells: text; index: row of the file. spec: content of source.yml. book: record of what was set
    aside, corrected, emptied or doubted. Every method returns columns with the index of ``cells``.
    """

    def __init__(self, table: Table, spec: SourceSpec, book: Book) -> None:
        self.table, self.spec, self.book = table, spec, book
        self.layout = table.layout
        self.cells = table.cells
        self.rows_elsewhere = 0
        self.elsewhere: frozenset[int] = frozenset()
        self.name_column = ""
        self.age_groups_read: pd.Series = pd.Series(dtype="object")
        self.names_read = pd.Series(dtype="object")
        self.uncoded: dict[str, set[int]] = {}  # of a user's own list: rows by field
        self.uncoded_as: dict[str, str] = {}  # the code of such a row

    def keep(self, mask: pd.Series) -> None:
        """Keep only the rows where ``mask`` is true.

        For rows of another table in the same file: they do not count as rows of this list.
        """
        self.rows_elsewhere += int((~mask).sum())
        self.elsewhere |= frozenset(map(int, self.cells.index[~mask]))
        self.cells = self.cells[mask]

    def text(self, column: str) -> pd.Series:
        """Cells of a column on one line, without surplus space; "" if there is no such column."""
        if column not in self.cells:
            return pd.Series("", index=self.cells.index, dtype="object")
        return _mapped(self.cells[column], put_on_one_line)

    def names(self, column: str) -> pd.Series:
        """Names of persons without layout; those of rows set aside are kept too, for the scan of reports."""
        self.name_column = column
        self.names_read = _mapped(self.text(column), clean_name)
        return self.names_read

    def repair(self, undo: Callable[[str], str], what: str) -> None:
        """Apply ``undo`` to every cell, to repair a misread encoding.

        Each cell that changes is an issue with the text ``what``.
        """
        for column in self.cells.columns:
            repaired = _mapped(self.cells[column], undo)
            changed = self.cells.index[repaired != self.cells[column]]
            self.book.issues_at(changed, column, what, "put right")
            self.cells = self.cells.assign(**{column: repaired})

    def codes(self, column: str, vocabulary: str, default: str = NOT_RECORDED) -> pd.Series:
        """One code for each row, by the crosswalk of the source.

        vocabulary: name of the vocabulary; without a crosswalk for it, the cells are its codes.
        default: code of an empty cell, and of an unknown value, which is an issue too. A user's own list
        with a column for a fact asks it: there an empty cell is "not known", never "not asked".
        """
        if default == NOT_ASKED and column in self.layout.reads:
            default = NOT_KNOWN
        return self._crossed(self.text(column), column, vocabulary, default, split="")

    def joined(
        self,
        column: str,
        vocabulary: str,
        default: str = NOT_RECORDED,
        split: str = ",",
        unread: str = "",
    ) -> pd.Series:
        """Several codes for each row, joined by ``|``; ``split`` separates the values of a cell.

        default: code of an empty cell. unread: code of an unknown value; without it an unknown
        value is left out, or coded as ``default`` where the cell has no other value. An unknown
        value is an issue.
        """
        return self._crossed(self.text(column), column, vocabulary, default, split, unread)

    def dates(self, column: str, order: str, cells: pd.Series | None = None) -> pd.DataFrame:
        """Columns ``event_date`` and ``event_date_precision``; see ``clean.dates.read_dates``.

        order: "ymd", "dmy" or "mdy". cells: the dates, where the source had to correct them first.
        Dates that cannot be read are issues. Dates in several forms, or against the order, are also
        reported for the whole file, and so are years of two digits: none is read as later than this year.
        A day of what happened to a person (``HAPPENED``) that lies in the future is emptied.
        """
        cells = self.text(column) if cells is None else cells
        year = dt.date.today().year
        read = read_dates(cells, order, year)
        if short := int(cells.map(has_short_year).sum()):
            what = f"{short} {'year has' if short == 1 else 'years have'} two digits only."
            self.book.issue(0, column, what, f"read as years from {year - 99} to {year}")
        for row, problem in read["problem"][read["problem"] != ""].items():
            kept = {"year": "its year is kept", "unknown": "emptied"}
            done = kept.get(str(read.at[row, "precision"]), "taken as said")
            self.book.issue(_int(row), column, f"The date {problem}.", done)
        if column in HAPPENED:
            ahead = read["date"] > pd.Timestamp(dt.date.today())
            what = "The day lies in the future."
            self.book.issues_at(ahead.index[ahead], column, what, "emptied")
            read = read.assign(
                date=read["date"].mask(ahead), precision=read["precision"].mask(ahead, "unknown")
            )
        dated = [(row, column) in self.table.dated for row in cells.index]
        shapes = count_date_forms(self.text(column)[~pd.Series(dated, cells.index, dtype=bool)])
        if len(shapes.keys() - {YEAR_OR_MONTH}) > 1:
            listed = ", ".join(f"{n} {shape}" for shape, n in shapes.items())
            done = "each read by the rule of its shape"
            self.book.issue(0, column, f"Mixed dates: {listed}.", done)
        against = int((read["problem"] == IMPOSSIBLE).sum())
        if against:
            what = f"{against} dates do not fit the order {order} of this format."
            self.book.issue(0, column, what, "others may have day and month swapped: look at them")
        return read.rename(columns={"date": "event_date", "precision": "event_date_precision"})[
            ["event_date", "event_date_precision"]
        ]

    def ages(self, column: str) -> pd.Series:
        """Ages in years; an impossible one is emptied, one that is not exact is read, with an issue."""
        read = read_ages(self.text(column))
        for row, problem, done in read.loc[read["problem"] != "", ["problem", "done"]].itertuples():
            self.book.issue(_int(row), column, f"The age {problem}.", done)
        self.age_groups_read = read["group"]
        return read["age"]

    def with_age_as_written(self, notes: pd.Series, column: str) -> pd.Series:
        """Notes with the words of an age that is not exact, or that was emptied."""
        written = self.text(column)
        odd = read_ages(written)["problem"] != ""
        return notes.mask(
            odd, (notes + " Age as written: " + written.str.rstrip(".") + ".").str.strip()
        )

    def states(self, column: str, dates: pd.Series, numeric: str = "") -> pd.Series:
        """ISO3 codes of the States, by the name that was valid on each date.

        dates: date of each row. numeric: name of a column with UN M49 codes; a code that does not
        agree with the name is an issue. A row whose State is not known, by its name, a code or the crosswalk
        ``state``, is set aside.
        """
        names = self.text(column)
        own = {_fold(k): str(v) for k, v in self.spec.crosswalks.get("state", {}).items()}
        by_key = {
            key: own.get(_fold(key[0])) or _iso3(*key)
            for key in set(zip(names, dates, strict=True))
        }
        found = pd.Series(
            [by_key[key] for key in zip(names, dates, strict=True)],
            index=names.index,
            dtype="object",
        )
        for row, name in names[found.isna()].items():
            what = "is empty" if not name else UNKNOWN_STATE
            self.book.set_aside(_int(row), f"Column {column!r} {what}.")
        for row, code in (self.text(numeric) if numeric else pd.Series(dtype="object")).items():
            iso3 = found.at[row]
            if iso3 and code and (not code.isdigit() or int(code) != m49(str(iso3))):
                what = f"The code is not that of the State in {column!r}."
                self.book.issue(_int(row), numeric, what, "the name is taken")
        return found

    def by_place(self, iso3: pd.Series, column: str) -> pd.Series:
        """Replace a name that stands for two territories by the one that the place belongs to.

        iso3: codes as from ``states``. column: name of the column of places. Where the place does
        not decide, the joint code stays, and a note gives the number of such cases.
        """
        joint = iso3.map(lambda code: bool(code) and is_joint(code)).astype(bool)
        if not joint.any():
            return iso3
        places = self.text(column)[joint]
        decided = [territory_of_place(*pair) for pair in zip(iso3[joint], places, strict=True)]
        found = pd.Series(decided, index=places.index, dtype="object")
        for code, left in found[found.map(is_joint).astype(bool)].value_counts().items():
            self.book.note(
                "{left} cases stand under the name {name}: no place beside it tells which, and "
                "they are given to neither.",
                left=int(left),
                name=short_name(str(code)),
            )
        return iso3.mask(joint, found.reindex(iso3.index))

    def admin1(self, column: str, iso3: pd.Series) -> pd.Series:
        """First-level divisions in one spelling; empty where the value is not a division.

        Read are names, abbreviations that fit one division only, and values of the crosswalk ``admin1``;
        in a State whose divisions are not known, only the crosswalk. In a user's own list every other
        value is an issue.
        """
        said = {_fold(k): str(v) for k, v in self.spec.crosswalks.get("admin1", {}).items()}
        own = self.text(column).map(lambda cell: said.get(_fold(cell)))
        cells = own.where(own.notna(), self.text(column))
        found = clean_admin1(cells, iso3)
        is_own = own.notna() & iso3.notna() & ~iso3.map(has_divisions).astype(bool)
        found = found.mask(is_own, own)
        unread = pd.DataFrame({"cell": cells, "iso3": iso3})[found.isna() & iso3.notna()]
        not_read = 0
        for row, cell, state in unread.itertuples():
            named = divisions_abbreviated(cell, state)
            found.at[row] = named[0] if len(named) == 1 else None
            if self.spec.like and len(named) != 1 and cell and not says_nothing(cell):
                self.book.issue(_int(row), column, _no_division(state, named), "no division")
                not_read += row not in self.book.rows_aside
        if not_read:
            words = "tells" if not_read == 1 else "tell"
            self.book.note(
                f"{{rows}} of its rows {words} a place in the column of divisions that was not read as a "
                "division: it is in no number by division.",
                rows=not_read,
            )
        return found

    def cases(self, *, names: str, **columns: Any) -> pd.DataFrame:
        """Rows of table ``cases`` (without ``victim_id``) with the restricted columns.

        names: name of the column of victims. columns: columns of the table by name; a column that
        is not given is taken from ``defaults`` of source.yml, else it is empty, not recorded or not
        asked. Rows that were set aside are left out. Raises SourceFactsError without the two grades of
        the source, ``source_reliability_code`` and ``source_independence_code``.
        """
        frame = pd.DataFrame(index=self.cells.index)
        self._tell_repeated(columns.get("record_id"))
        cleaned = self.names(names)
        kinds = name_kinds(cleaned)
        given: dict[str, Any] = {
            **EMPTY,
            **self.spec.defaults,
            "source": self.spec.facts.slug,
            "source_row": frame.index,
            "is_collective": kinds == "collective",
            "is_unidentified": kinds == "unidentified",
            "name_as_published": cleaned,
            "name_is_person": kinds == "person",
            **columns,
        }
        wanted = [*COLUMNS, *RESTRICTED_COLUMNS]
        if unknown := sorted(set(columns) - set(wanted)):
            raise SourceFactsError(
                f"clean of source {self.spec.facts.slug} gives {', '.join(unknown)}, which table cases "
                "does not have; docs/data-dictionary.md names its columns"
            )
        if missing := [column for column in wanted if column not in given]:
            raise missing_columns(self.spec.facts.slug, missing)
        for column in wanted:
            frame[column] = given[column]
        if "event_year" not in columns:
            frame["event_year"] = frame["event_date"].dt.year.astype("Int64")
        if "age_group_code" not in columns:
            by_age, said = age_groups(frame["age_years"]), self.age_groups_read
            frame["age_group_code"] = by_age.mask(by_age == NOT_RECORDED, said).fillna(NOT_RECORDED)
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
        published = self.spec.crosswalks.get(vocabulary) or {c: c for c in codes(vocabulary)}
        crosswalk = {_fold(k): _listed(v) for k, v in published.items()}
        coded: dict[str, str] = {}
        for cell in cells.unique():
            parts = [_fold(part) for part in split_values(cell, split)]
            if self.spec.like:  # words of the vocabularies have no accents
                parts = [part if part in crosswalk else unaccented(part) for part in parts]
                parts = [p for p in parts if p in crosswalk or not says_nothing(p)]
            unknown = [part for part in parts if part not in crosswalk]
            if unknown:
                rows = cells.index[cells == cell]
                done = f"coded as far as known; other values as {unread or default!r}"
                what = f"A value that the crosswalk {vocabulary!r} does not have."
                self.book.issues_at(rows, column, what, done)
                if self.spec.like:
                    self.uncoded.setdefault(column, set()).update(map(_int, rows))
                    self.uncoded_as[column] = default
            otherwise = [unread] if unread else []
            found = list(dict.fromkeys(c for p in parts for c in crosswalk.get(p, otherwise)))
            recorded = [code for code in found if code != NOT_RECORDED]
            coded[cell] = CODE_SEPARATOR.join(recorded) or (found[0] if found else default)
        return cells.map(coded).astype("object")


EMPTY: dict[str, Any] = {
    **dict.fromkeys(("event_date_precision", "motive_link_code"), "unknown"),
    **dict.fromkeys(("event_id", "state_iso3", "admin1_name", "documented_by"), None),
    **dict.fromkeys(("event_year", "state_m49", "age_years"), pd.NA),
    **dict.fromkeys(
        ("setting_code", "seat_distance_code", "sex_code", "age_group_code"), NOT_RECORDED
    ),
    **dict.fromkeys(("identity_codes", "cause_codes"), NOT_RECORDED),
    **dict.fromkeys(("sector_code", "perpetrator_codes"), NOT_ASKED),
    **dict.fromkeys(("threats_before", "impunity_code"), NOT_ASKED),
    "text_as_published": "",
    **dict.fromkeys(("record_id", "place_as_published", "contributor_as_published"), ""),
    "event_date": pd.NaT,
    "death_type_code": "killing",
    **dict.fromkeys(("defender_basis_code", "listed_elsewhere_codes"), "not_assessed"),
}


def _mapped(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    return cells.map({cell: change(cell) for cell in cells.unique()}).astype("object")


def _no_division(iso3: str, named: tuple[str, ...]) -> str:
    if not has_divisions(iso3):
        return f"The divisions of {short_name(iso3)} are not known to this program."
    if named:
        return f"{OPEN_DIVISION} {' or '.join(sorted(named))}."
    return f"{UNKNOWN_DIVISION} {short_name(iso3)} is called so."


def _iso3(name: str, date: Any) -> str | None:
    day = None if pd.isna(date) else dt.date(date.year, date.month, date.day)
    return to_iso3(name, day) or iso3_of_two_letters(name.strip())


def _fold(value: Any) -> str:
    return put_on_one_line(str(value)).casefold()


def _listed(value: Any) -> Iterable[str]:
    return [str(code) for code in value] if isinstance(value, list) else [str(value)]


def _int(row: Any) -> int:
    return int(row)

"""Proposes what each column of a list is, by its heading and by what its cells hold.

A proposal is sure where heading and cells agree, else a guess; a column that is left out says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hrdresearch.clean.places import has_divisions
from hrdresearch.clean.terms_in_cells import holds_term, without_term
from hrdresearch.clean.value_words import code_of
from hrdresearch.run.own_lists.code_keys import (
    codes_explained,
    keys_beside,
    means_of,
    short_forms_explained,
)
from hrdresearch.run.own_lists.contents import READ_IN_WORDS, Column
from hrdresearch.run.own_lists.header_rows import header_rows
from hrdresearch.run.own_lists.heading_subjects import is_turned_round, with_subjects
from hrdresearch.run.own_lists.learned_headings import LEARNED, with_learned
from hrdresearch.run.own_lists.marks import (
    AGREED,
    FEW_CELLS,
    KNOWN,
    assign_fields,
    marks_of,
    names_by_cells,
    names_in_parts,
    table_of,
)
from hrdresearch.run.own_lists.remarks import remarks_on
from hrdresearch.run.own_lists.states_named import states_named
from hrdresearch.run.own_lists.values import (
    Crosswalk,
    appointed_lawyers,
    crosswalk_of,
    divisions_crosswalk,
    own_divisions,
    separator_of,
)
from hrdresearch.run.own_lists.words import heading_scores, says_the_contrary, unit_of
from hrdresearch.sources.beside_the_table import rows_beside
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Layout, column_names, fill_merged_cells
from hrdresearch.sources.reading import Rows, read_rows
from hrdresearch.sources.reads import BESIDE
from hrdresearch.sources.reads_declared import OPEN, SENTENCE, TELL_SENTENCE
from hrdresearch.sources.workbook import LONGEST
from hrdresearch.vocab import vocabulary

PARTED = " / "  # between the two rows of column names
HALF, OF_ONE_STATE = 0.5, 0.6  # share of a column's values that are divisions of one State
_BETWEEN = re.compile(r"[/,;()–-]| y | e | and | et ")  # between the words of a heading
FEWEST_TERMS = 2  # cells of a column of the stage that hold lengths of sentences
LIKE = 0.85  # what a heading below a band says
NOT_KNOWN = "neither its heading nor its cells are known"
SURE, GUESS, LEFT_OUT = "sure", "guess", "left out"


@dataclass(frozen=True)
class Proposal:
    """What a column is. field: of vocabulary list_fields, "" where it is left out. how: what ``reads``
    says of it. sure: "sure", "guess" or "left out". why: in words, with counts and without any cell.
    may_be: the field that a column which is left out looks most like; "" where it looks like none."""

    column: str
    field: str
    how: Mapping[str, Any]
    sure: str
    why: str
    seen_as: str = ""
    may_be: str = ""


@dataclass(frozen=True)
class ListLook:
    """All that is proposed of a list: table, header rows, columns, crosswalks; open questions.

    said: what the owner said of the list, by key of source.yml (``sources.owner_texts``). sheet: number of
    the sheet that is read, 0 where there are none; other_sheets: number and rows of those that are not.
    columns: by heading, with their cells.
    """

    path: Path
    kind: str
    delimiter: str
    encoding: str
    table: str
    header: tuple[int, ...]
    rows: int
    proposals: tuple[Proposal, ...]
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)
    state: str = OPEN
    state_why: str = ""
    case: str = ""
    remarks: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    sheet: int = 0
    other_sheets: tuple[tuple[int, int], ...] = ()
    columns: Mapping[str, Column] = field(default_factory=dict, repr=False)

    def with_proposals(self, proposals: Sequence[Proposal]) -> ListLook:
        """The look with other proposals, and the codes of the values of the columns that are then read."""
        found = _crosswalks(self.columns, proposals) if self.columns else self.crosswalks
        return replace(self, proposals=tuple(proposals), crosswalks=found)

    @property
    def of_known_divisions(self) -> bool:
        """Whether the program knows the divisions of the State, or the State is not known yet."""
        return self.has_state or self.state == OPEN or has_divisions(self.state)

    @property
    def crosswalks_written(self) -> Mapping[str, Crosswalk]:
        """Crosswalks, without the list's own words for divisions that the program knows."""
        of = self.crosswalks.get("admin1", Crosswalk())
        idle = bool(of.sure) and self.of_known_divisions
        return {k: c for k, c in self.crosswalks.items() if k != "admin1" or not idle}

    @property
    def told_beside(self) -> list[tuple[Proposal, str]]:
        """Columns whose words tell a further field that no column holds, such as the measure; that field."""
        return [x for x in told_beside(self.proposals) if BESIDE[x[1]][0] in self.crosswalks]

    @property
    def has_state(self) -> bool:
        """Whether a column holds the State."""
        return any(p.field == "state" for p in self.proposals)


def look_at_list(
    path: Path,
    table: str = "",
    opener: Callable[[Path], bytes] = Path.read_bytes,
    encoding: str = "",
    sheet: str = "",
) -> ListLook:
    """Read a file and propose how its columns are read.

    table: "cases" (killings), "detentions" or "attacks"; "" lets the columns decide between the first two.
    opener: returns the bytes of a
    file, for a sealed one. encoding: of a text that is not UTF-8. sheet: name or number of the sheet of a
    workbook; "" takes that with most rows of several cells. Raises SourceError for a file that is no
    table, or has no rows below its header.
    """
    rows = read_rows(path, encoding or None, opener, sheet or LONGEST)
    return look_at_rows(rows, table, opener)


def look_at_rows(
    rows: Rows, table: str = "", opener: Callable[[Path], bytes] = Path.read_bytes
) -> ListLook:
    """Like ``look_at_list``, of rows that were read before; opener: for the other sheets of the workbook."""
    from hrdresearch.sources.errors import UnreadableFileError

    header = header_rows(rows)
    names = column_names(
        rows, Layout("", "list", "", (rows.kind,), (), header=header, reads={"": {}})
    )
    rows = fill_merged_cells(rows, max(header), names, Book(rows.path.name))
    beside = rows_beside(rows, names, max(header))
    body = [cells for n, cells in rows.rows if n > max(header) and n not in beside]
    if len(names) < 2:
        raise UnreadableFileError(
            f"{rows.path.name}: only one column was found. Is it a list with a row for each person?"
        )
    if not body:
        raise UnreadableFileError(f"{rows.path.name}: no rows stand below the column names.")
    legends = (keys_beside(rows, names, beside, min(header)), codes_explained(rows, opener, names))
    cells = {n: [r[at] if at < len(r) else "" for r in body] for at, n in enumerate(names)}
    short = short_forms_explained(legends)
    columns = [Column(n, held, means_of(n, held, legends), short) for n, held in cells.items()]
    known = [heading_scores(c.heading) for c in columns]
    chosen = table or table_of(columns, known)
    scores = with_subjects(columns, [_of_table(score, chosen) for score in known], chosen)
    scores = with_learned(columns, scores, chosen)
    best = assign_fields(
        columns, [marks_of(c, s, chosen) for c, s in zip(columns, scores, strict=True)]
    )
    best = names_in_parts(columns, scores, best)
    best = names_by_cells(columns, best)
    wide = _yes_columns(columns, best, chosen)
    proposals = [
        wide.get(c.heading) or _proposal(c, *best.get(c.heading, ("", 0.0)), chosen)
        for c in columns
    ]
    read = {p.field for p in proposals}
    proposals = [
        _left_out_truly(_that_may_be(p, c, s, chosen), _of_table(by_heading, chosen), read, chosen)
        for p, c, s, by_heading in zip(proposals, columns, scores, known, strict=True)
    ]
    proposals = _without_other_keys(proposals, {c.heading: c for c in columns})
    proposals = _division_beside_place(proposals, columns, chosen)
    proposals = _dates_of_table(proposals, columns, chosen)
    proposals = _sentences_beside_stage(proposals, columns)
    above = [cells for n, cells in rows.rows if n < min(header)]
    state, why = _state_of(columns, proposals, above)
    by_name = {c.heading: c for c in columns}
    return ListLook(
        path=rows.path,
        kind=rows.kind,
        delimiter=rows.delimiter,
        encoding=rows.encoding,
        table=chosen,
        header=header,
        rows=len(body),
        proposals=tuple(proposals),
        crosswalks=_crosswalks(by_name, proposals),
        state=state,
        state_why=why,
        case=_case_column(by_name, proposals),
        remarks=tuple(remarks_on(rows, header, names)),
        sheet=rows.sheet,
        other_sheets=rows.other_sheets,
        columns=by_name,
    )


def _of_table(score: Mapping[str, float], table: str) -> dict[str, float]:
    """What a heading says, without the fields that lists of attacks alone have, in another list.

    A field that the table has under another name counts for that one.
    """
    fields = vocabulary("list_fields")["fields"]
    called = {f: fields[f].get("elsewhere", {}).get(table, f) for f in score}
    score = {called[f]: max(m for g, m in score.items() if called[g] == called[f]) for f in score}
    others = ["attacks"] if table != "attacks" else []
    return {f: m for f, m in score.items() if not others or fields[f].get("of") != others}


def _yes_columns(
    columns: Sequence[Column], best: Mapping[str, tuple[str, float]], table: str
) -> dict[str, Proposal]:
    """Columns of yes and no, one for each value: their headings name codes, or stand under a field's name.

    In two rows of column names the upper one names the field ("Charges") and the lower one the values.
    """
    found: dict[str, Proposal] = {}
    why = "a column of yes and no for one value"
    known = vocabulary("list_fields")["fields"]
    for name in ("perpetrator", "cause", "identity", "charge"):
        if table not in known[name]["of"] or any(f == name for f, h in best.values() if h >= 0.95):
            continue
        for c in columns:
            if c.heading in found or best.get(c.heading, ("", 0.0))[1] >= 0.95:
                continue
            group, _, value = c.heading.rpartition(PARTED)
            is_named = heading_scores(group).get(name, 0.0) >= 0.9 if group else False
            codes, is_whole = code_of(value, name) if "codes" in known[name] else ((), False)
            if c.yes_or_no >= 0.8 and is_whole and codes[0] not in ("unknown", "other"):
                found[c.heading] = Proposal(c.heading, name, {"yes_in": codes[0]}, GUESS, why)
            elif is_named and "codes" not in known[name]:
                found[c.heading] = Proposal(c.heading, name, {"yes_in": value}, GUESS, why)
    counts = Counter(p.field for p in found.values())
    return {heading: p for heading, p in found.items() if counts[p.field] > 1}


def _proposal(column: Column, name: str, heading: float, table: str) -> Proposal:
    known = vocabulary("list_fields")["fields"]
    if not name:
        if column.is_long_text and column.filled_share > FEW_CELLS:
            return Proposal(
                column.heading, "notes", {"column": column.heading}, GUESS, "holds sentences"
            )
        why = NOT_KNOWN if column.filled else "it is empty"
        return Proposal(column.heading, "", {}, LEFT_OUT, why)
    entry = known[name]
    share = column.share(entry["kind"], entry.get("codes", ""))
    words = entry.get("words_of", {}).get(table, entry["words"])
    why = _why(words, heading, share, entry["kind"])
    if table not in entry.get("of", ()):
        why = _no_column(entry["words"], heading)
        return Proposal(column.heading, "", {}, LEFT_OUT, why, name)
    how: dict[str, Any] = {"column": column.heading}
    is_sure = heading >= 0.9 and (share is None or share >= AGREED)
    if entry["kind"] == "date":
        form = column.dates
        how |= {"order": form.order}
        if column.between_dates:
            how |= {"split": column.between_dates, "part": 1}
            is_sure = False
            why += "; two dates in a cell, from and to: the first"
        if form.calendar != "gregorian":
            how |= {"calendar": form.calendar}
            is_sure = False
        is_sure = is_sure and not form.is_open
        why = f"{why}; {form.why}" if form.why else why
    if says_the_contrary(column.heading, name) or is_turned_round(column.heading, name):
        how |= {"yes_means": "no"}
        is_sure = False
        why += "; the heading says the contrary of the field, so that a yes is read as no"
    if entry["kind"] == "sentence" and any(v.replace(".", "").isdigit() for v in column.values):
        how |= {"unit": unit_of(column.heading)}
        is_sure = is_sure and how["unit"] != OPEN
        why += "; numbers of what?" if how["unit"] == OPEN else f"; its numbers count {how['unit']}"
    in_words = entry["kind"] in READ_IN_WORDS and column.says_more_in_words(entry["kind"])
    if in_words or (column.is_explained and "codes" in entry):
        is_sure = False
        why += "; its codes are explained beside the list"
        how |= {"means": column.means_in_use(entry["kind"])} if in_words else {}
    if (
        entry["kind"] == "codes"
        and name != "status"
        and (split := separator_of(column, entry["codes"]))
    ):
        how |= {"split": split}
        why += f"; several values in a cell, parted by {split!r}"
    return Proposal(column.heading, name, how, SURE if is_sure else GUESS, why, name)


def _no_column(words: str, heading: float) -> str:
    """Why a column is left out that is like a field of which the table has none."""
    return f"{'' if heading >= KNOWN else 'it looks like '}{words}: no column of the table"


def _left_out_truly(
    p: Proposal, score: Mapping[str, float], read: Collection[str], table: str
) -> Proposal:
    """A column that is left out, with the reason of the field that its heading says.

    read: fields of other columns.
    """
    known = vocabulary("list_fields")["fields"]
    best = max(score, key=lambda f: score[f], default="")
    is_told = p.seen_as or p.why != NOT_KNOWN  # by another field, or as an empty column
    if p.field or best not in known or score[best] < (KNOWN if is_told else LIKE):
        return p
    if is_told and (p.why != _no_column(known.get(p.seen_as, {}).get("words", ""), 0.0)):
        return p
    words = known[best].get("words_of", {}).get(table, known[best]["words"])
    if table not in known[best].get("of", ()):
        return replace(p, why=_no_column(words, score[best]))
    other = "another column is read as it" if best in read else "its cells do not fit"
    return replace(p, why=f"it looks like {words} by its heading, but {other}")


def _that_may_be(p: Proposal, column: Column, score: Mapping[str, float], table: str) -> Proposal:
    """A column that is not read, with the field of the table that its heading is nearest to."""
    known = vocabulary("list_fields")["fields"]
    near = {f: m for f, m in score.items() if f in known and table in known[f].get("of", ())}
    if p.field or not near or not column.filled:
        return p
    return replace(p, may_be=max(near, key=lambda f: near[f]))


def _why(words: str, heading: float, share: float | None, kind: str) -> str:
    by = (
        "the heading says so"
        if heading >= 0.9
        else "it looks like columns of other lists"
        if heading == LEARNED
        else "the heading is near"
        if heading
        else "the cells look so"
    )
    if share is None or kind in ("text", "place", "identifier", "name_part"):
        return f"{words}: {by}"
    what = {"date": "are dates", "state": "are States", "person": "look like names"}.get(
        kind, "fit"
    )
    return f"{words}: {by}, and {round(100 * share)} per cent of its values {what}"


def _division_beside_place(
    proposals: list[Proposal], columns: Sequence[Column], table: str
) -> list[Proposal]:
    """A column "Departamento/Municipio" is read as the division, where no other column is."""
    of = vocabulary("list_fields")["fields"]["admin1"]["of"]
    if table not in of or any(
        p.field == "admin1" and not _between_places(c)
        for p, c in zip(proposals, columns, strict=True)
    ):
        return proposals
    why = "first-level division: the heading names it before a finer place, so what stands before"
    for at, column in enumerate(columns):
        if (sign := _between_places(column)) and proposals[at].field in ("", "admin1", "place"):
            how = {"column": column.heading, "split": sign, "part": 1}
            made = Proposal(column.heading, "admin1", how, GUESS, f"{why} {sign!r}", "admin1")
            return [*proposals[:at], made, *proposals[at + 1 :]]
    return proposals


def _between_places(column: Column) -> str:
    """The sign between a division and a place in most cells, where the heading names both; else ""."""
    parts = [p for p in _BETWEEN.split(column.heading) if p.strip()]
    if len(parts) < 2 or not column.filled:
        return ""
    named = [
        heading_scores(p).get(f, 0.0) for p, f in zip(parts, ("admin1", "place"), strict=False)
    ]
    if min(named) < 0.9:
        return ""
    signs = ("/", ",", ";", " - ")
    return next(
        (s for s in signs if 2 * sum(s in c for c in column.filled) > len(column.filled)), ""
    )


def _without_other_keys(proposals: list[Proposal], by_name: Mapping[str, Column]) -> list[Proposal]:
    """Of columns of one vocabulary whose codes mean different things, the best one alone is read."""
    known = vocabulary("list_fields")["fields"]
    kept: dict[str, Column] = {}
    found = list(proposals)
    for at, p in sorted(enumerate(proposals), key=lambda pair: (pair[1].sure != SURE, pair[0])):
        column, codes = by_name[p.column], known[p.field].get("codes", "") if p.field else ""
        if not codes or not column.is_explained:
            continue
        if kept.setdefault(codes, column).means != column.means:
            why = f"its codes mean other things than those of {kept[codes].heading!r}"
            found[at] = replace(p, field="", how={}, sure=LEFT_OUT, why=why)
    return found


def _dates_of_table(
    proposals: list[Proposal], columns: Sequence[Column], table: str
) -> list[Proposal]:
    """A year, month and day beside a whole date are left out; a year that its cells lack stays."""
    day = "arrest_date" if table == "detentions" else "date"
    days = [c for c, p in zip(columns, proposals, strict=True) if p.field == day]
    lacks_year = any(c.has_days_without_year for c in days)
    parts = ("date_year", "date_month", "date_day")
    has_year = any(p.field == "date_year" for p in proposals)
    why = "the date has it" if days else "without a year it says nothing"
    return [
        replace(p, field="", how={}, sure=LEFT_OUT, why=why)
        if p.field in parts
        and (days or not has_year)
        and not (p.field == "date_year" and lacks_year)
        else p
        for p in proposals
    ]


def _sentences_beside_stage(proposals: list[Proposal], columns: Sequence[Column]) -> list[Proposal]:
    """The column of the stage or status holds the sentence, too, where no other column does."""
    if any(p.field == SENTENCE for p in proposals):
        return proposals
    for field_of in TELL_SENTENCE:
        for at, (p, column) in enumerate(zip(proposals, columns, strict=True)):
            held = sum(map(holds_term, column.filled)) if p.field == field_of else 0
            if held >= FEWEST_TERMS:
                why = f"{p.why}; lengths beside words of a judgment ({held} cells) are the sentence"
                made = replace(p, how={**p.how, "also": SENTENCE}, sure=GUESS, why=why)
                return [*proposals[:at], made, *proposals[at + 1 :]]
    return proposals


def _without_terms(column: Column, how: Mapping[str, Any]) -> Column:
    """The cells of a column as they are coded: without the sentence that stands beside the stage."""
    if "also" not in how:
        return column
    return replace(column, cells=[without_term(c) if holds_term(c) else c for c in column.cells])


def _state_of(
    columns: Sequence[Column], proposals: Sequence[Proposal], above: Sequence[Sequence[str]]
) -> tuple[str, str]:
    """The State of all rows and what it rests on: divisions of one State, or a title that names one alone."""
    if any(p.field == "state" for p in proposals):
        return "", ""
    of_division = [c for c, p in zip(columns, proposals, strict=True) if p.seen_as == "admin1"]
    for column in of_division:
        share, iso3 = column.in_words.division
        if share >= OF_ONE_STATE:
            return iso3, f"{round(100 * share)} per cent of {column.heading!r} are divisions of it"
    titles = states_named(cell for cells in above for cell in cells)
    named = titles or states_named(c.heading for c in columns)
    where = "a row above the column names" if titles else "a column name"
    if len(named) == 1:
        return named[0], f"{where} names this State alone; nothing says that all rows are of it"
    return OPEN, "no column holds the State"


def _case_column(by_name: Mapping[str, Column], proposals: Sequence[Proposal]) -> str:
    """Column of identifiers that stand in several rows, where the names of those rows are the same."""
    of = {p.field: by_name[p.column] for p in proposals if p.sure != LEFT_OUT}
    if "case_id" not in of or "name" not in of:
        return ""
    pairs = list(zip(of["case_id"].cells, of["name"].cells, strict=True))
    again = Counter(i for i, _ in pairs if i.strip())
    repeated = [i for i, n in again.items() if n > 1]
    if not repeated:
        return ""
    same = sum(len({name for i, name in pairs if i == one}) == 1 for one in repeated)
    return of["case_id"].heading if same > 0.9 * len(repeated) else ""


def _crosswalks(
    by_name: Mapping[str, Column], proposals: Sequence[Proposal]
) -> dict[str, Crosswalk]:
    known = vocabulary("list_fields")["fields"]
    found: dict[str, Crosswalk] = {}
    for p in proposals:
        codes = known[p.field].get("codes") if p.field else None
        if codes and "yes_in" not in p.how:
            several = str(known[p.field].get("asked", "")).endswith("_codes")
            column = _without_terms(by_name[p.column], p.how)
            made = crosswalk_of(column, codes, str(p.how.get("split", "")), several)
            found[codes] = found[codes].joined(made) if codes in found else made
    for p in (p for p in proposals if p.field == "admin1" and "part" not in p.how):
        column = by_name[p.column].in_words
        share, iso3 = column.division
        if any(other.field == "state" for other in proposals):
            continue
        made = divisions_crosswalk(column, iso3) if share >= HALF else own_divisions(column)
        if made != Crosswalk():
            found["admin1"] = made
    for p in (p for p in proposals if p.field == "lawyer_absent" and "column" in p.how):
        guessed = appointed_lawyers(by_name[p.column], "yes" if "yes_means" in p.how else "no")
        found["recorded_fact"] = Crosswalk(guessed=guessed).joined(found["recorded_fact"])
    fields = {p.field for p in proposals}
    if (
        "arrest_date" in fields and "exit" not in fields
    ):  # the word of the status tells the end, too
        for p in (p for p in proposals if p.field == "status"):
            ends = crosswalk_of(_without_terms(by_name[p.column], p.how), "detention_exit", "")
            found["detention_exit"] = replace(ends, without={}, once=0)
    for p, beside in told_beside(proposals):
        name = BESIDE[beside][0]
        made = crosswalk_of(_without_terms(by_name[p.column], p.how), name, "")
        if made.sure:  # only whole words are read there
            found[name] = Crosswalk(sure=made.sure)
    return found


def told_beside(proposals: Sequence[Proposal]) -> list[tuple[Proposal, str]]:
    """Columns of a list of detentions whose words also tell a field that no column holds; that field."""
    fields = {p.field for p in proposals}
    if "arrest_date" not in fields:
        return []
    return [
        (p, field)
        for field, (_, column) in BESIDE.items()
        for p in proposals
        if p.field == column and field not in fields
    ]

"""What ``reads`` of a layout may say of each field, and which columns and facts follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrdresearch.clean.calendars import CALENDARS, GREGORIAN
from hrdresearch.clean.dates import ORDERS
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.vocab import codes, vocabulary

OPEN = "?"
KEYS = (
    "column",
    "columns",
    "value",
    "yes_in",
    "order",
    "calendar",
    "split",
    "part",
    "unit",
    "yes_means",
    "empty",
    "means",
    "also",
)
EMPTY_RELEASE = ("held", "unknown")  # what an empty cell of the day of release says
UNITS = ("years", "months", "days")
WAYS = KEYS[:4]
SENTENCE, TELL_SENTENCE = (
    "sentence",
    ("stage", "status"),
)  # columns that may hold lengths of sentences


def fields_of(table: str) -> dict[str, dict[str, Any]]:
    """Fields that a table takes, by name, as vocabulary ``list_fields`` describes them."""
    known: dict[str, dict[str, Any]] = vocabulary("list_fields")["fields"]
    return {name: entry for name, entry in known.items() if table in entry.get("of", ())}


def columns_read(reads: Mapping[str, Mapping[str, Any]], layout: Mapping[str, Any]) -> list[str]:
    """Columns of the file that the fields are read from."""
    listed = [column for how in reads.values() for column in columns_of(how)]
    others = [str(layout[key]) for key in ("case", "person") if key in layout]
    return list(dict.fromkeys([*listed, *others, *map(str, layout.get("only", {}))]))


def asked_facts(reads: Mapping[str, Mapping[str, Any]], table: str) -> list[str]:
    """Facts that the list asks of every case: those of the fields that it has."""
    known = fields_of(table)
    named = [*reads, *(str(how["also"]) for how in reads.values() if "also" in how)]
    return list(dict.fromkeys(str(known[f]["asked"]) for f in named if "asked" in known[f]))


def check_reads(file: str, name: str, layout: Any, table: str) -> Mapping[str, Mapping[str, Any]]:
    """Check ``reads`` of a layout and return it; SourceFactsError for an unknown entry, or a "?"."""
    where = f"{file}, layouts: {name}, reads"
    reads = layout.get("reads") if isinstance(layout, Mapping) else None
    if not isinstance(reads, Mapping) or not all(
        isinstance(how, Mapping) for how in reads.values()
    ):
        raise SourceFactsError(f"{where}: it takes field: {{column: heading}} for each field")
    known = fields_of(table)
    if strange := sorted(set(map(str, reads)) - set(known)):
        raise SourceFactsError(f"{where}: {', '.join(strange)} is none of {', '.join(known)}")
    for field, how in reads.items():
        at = f"{where}: {field}"
        if strange := sorted(set(map(str, how)) - set(KEYS)):
            raise SourceFactsError(f"{at}: {', '.join(strange)} is none of {', '.join(KEYS)}")
        if sum(way in how for way in WAYS) != 1:
            raise SourceFactsError(f"{at}: it takes one of {', '.join(WAYS)}")
        if OPEN in map(str, how.values()):
            raise SourceFactsError(
                f'{at}{_line_of(file, field)}: a question is open ("?"), and no row is read before. '
                f"{_question(field, how)}"
            )
        if how.get("order", "ymd") not in ORDERS or how.get("calendar", GREGORIAN) not in CALENDARS:
            raise SourceFactsError(
                f"{at}: order is one of {', '.join(ORDERS)}, calendar one of {', '.join(CALENDARS)}"
            )
        if how.get("unit", UNITS[0]) not in UNITS:
            raise SourceFactsError(f"{at}: unit is one of {', '.join(UNITS)}")
        if "yes_means" in how and (
            how["yes_means"] not in ("no", False) or known[field]["kind"] != "yes_no"
        ):
            raise SourceFactsError(
                f"{at}: yes_means is no, for a column of yes and no that says the contrary of the field"
            )
        if "empty" in how and (field != "release_date" or how["empty"] not in EMPTY_RELEASE):
            raise SourceFactsError(f"{at}: empty is held or unknown, of release_date alone")
        if "means" in how and ("codes" in known[field] or not _are_words(how["means"])):
            raise SourceFactsError(
                f"{at}: means takes code: words, of a field read in words; codes of other fields stand "
                "under crosswalks"
            )
        if "means" in how and (known[field]["kind"] == "date" or not columns_of(how)):
            raise SourceFactsError(f"{at}: means has no effect on days, or without a column")
        if "also" in how and (
            how["also"] != SENTENCE or field not in TELL_SENTENCE or SENTENCE in reads
        ):
            raise SourceFactsError(
                f"{at}: also is {SENTENCE}, of {' or '.join(TELL_SENTENCE)}, where no other column has it"
            )
        if "part" in how and (str(how["part"]) not in ("1", "2") or not how.get("split")):
            raise SourceFactsError(f"{at}: part is 1 or 2, of what split parts")
        if (
            "yes_in" in how
            and "codes" in known[field]
            and (wrong := set(how["yes_in"].values()) - set(codes(known[field]["codes"])))
        ):
            raise SourceFactsError(
                f"{at}: {', '.join(sorted(wrong))} is no code of {known[field]['codes']}"
            )
    only = layout.get("only", {})
    if not isinstance(only, Mapping) or not all(isinstance(v, list) for v in only.values()):
        raise SourceFactsError(f"{file}, layouts: {name}, only: it takes column: [values]")
    for needed in ("state",):
        if needed not in reads:
            raise SourceFactsError(f"{where}: {needed} is needed, a column or {{value: COL}}")
    return reads


def _are_words(means: Any) -> bool:
    return isinstance(means, Mapping) and all(isinstance(w, str) for w in means.values())


def _line_of(file: str, field: str) -> str:
    """Number of the line of source.yml with the open question of a field, in brackets; "" if not found."""
    lines = Path(file).read_text("utf-8").splitlines() if Path(file).is_file() else []
    at = (n for n, x in enumerate(lines, 1) if x.strip().startswith(f"{field}:") and OPEN in x)
    return f" (line {n})" if (n := next(at, 0)) else ""


def _question(field: str, how: Mapping[str, Any]) -> str:
    if how.get("order") == OPEN:
        return "No cell tells whether day or month stands first: write order: dmy, mdy or ymd"
    if how.get("unit") == OPEN:
        return f"Numbers stand in its cells: write what they count, {', '.join(UNITS)}"
    if how.get("calendar") == OPEN:
        return f"Write the calendar: {', '.join(CALENDARS)}"
    if field == "state":
        return 'Write the ISO3 code of the State in place of it, such as "GTM"'
    return f"Write the {field} in place of it"


def columns_of(how: Mapping[str, Any]) -> list[str]:
    """Columns of the file that one field is read from."""
    several = how.get("columns") or how.get("yes_in") or ()
    return [str(c) for c in ([how["column"]] if "column" in how else several)]

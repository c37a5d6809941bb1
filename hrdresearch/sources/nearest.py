"""Why a file is of no known format, and what is nearest: for whoever has to mend it.

A file may lack its header, and then a person stands where the columns' names should: of the columns
found only those are named that a format has, or almost has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from hrdresearch.sources.errors import UnknownLayoutError
from hrdresearch.sources.layout import Layout, header_of
from hrdresearch.sources.reading import Rows

HEADER_WITHIN = 10
NEAREST = 3  # formats that are named
ALIKE = 0.8  # of two spellings of a column
MOST_COLUMNS_NAMED = 12


def find_layout(rows: Rows, layouts: Iterable[Layout]) -> Layout:
    """Layout whose columns all stand in the header; the one with most columns wins.

    Raises UnknownLayoutError naming the nearest layouts, what they lack, and what was read.
    """
    known = list(layouts)
    found = fitting(rows, known)
    if found:
        return found[0]
    raise UnknownLayoutError(what_is_wrong(rows, known, header_of(rows)))


def fitting(rows: Rows, layouts: Iterable[Layout]) -> list[Layout]:
    """Layouts whose columns all stand in the header, the one with most columns first."""
    header = header_of(rows)
    found = [one for one in layouts if rows.kind in one.kinds and not one.missing(header)]
    return sorted(found, key=lambda layout: -len(layout.columns))


def what_is_wrong(rows: Rows, layouts: Iterable[Layout], header: Sequence[str]) -> str:
    """What was read and found, and the nearest formats with what they lack, in sentences."""
    fitting = [layout for layout in layouts if rows.kind in layout.kinds]
    file, read = rows.path.name, how_read(rows)
    for number, cells in rows.rows[1:HEADER_WITHIN]:
        if any(not layout.missing([cell.strip() for cell in cells]) for layout in fitting):
            return (
                f"{file}: the column names stand in row {number}, not in row 1. Delete the rows "
                "above them, and undo merged cells."
            )
    near = sorted(fitting, key=lambda one: (-_share(one, header), len(one.missing(header))))
    near = [layout for layout in near if _share(layout, header) >= 1 / 2][:NEAREST]
    if not near:
        hint = " Is the delimiter a comma, semicolon or tab?" if len(header) == 1 else ""
        known = {c for layout in fitting for c in (*layout.columns, *layout.optional)}
        return (
            f"{file}: the columns are those of no known format.{hint} {read} "
            f"{_found(header, known)} See: hrdresearch sources"
        )
    missing, first = near[0].missing(header), near[0]
    named = first.named(header)
    is_are = "column {} is" if len(missing) == 1 else "columns {} are"
    others = "".join(f" {_says(layout, header)}" for layout in near[1:])
    return (
        f"{file}: {is_are.format(_listed(missing))} missing; the nearest format is {first.name!r} "
        f"of source {first.source!r}.{_respelt(first, named)} {read} "
        f"{_found(named, {*first.columns, *first.optional})}{others} Export the list again, or "
        "give each column its published name."
    )


def how_read(rows: Rows) -> str:
    """How the container was read: its kind, encoding and delimiter."""
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
    encoding = f" in {rows.encoding.upper()}" if rows.encoding else ""
    mark = f", delimiter: {names[rows.delimiter]}" if rows.delimiter else ""
    return f"Read as {rows.kind.upper()}{encoding}{mark}."


def _share(layout: Layout, header: Sequence[str]) -> float:
    return 1 - len(layout.missing(header)) / max(1, len(layout.columns))


def _says(layout: Layout, header: Sequence[str]) -> str:
    lacks = _listed(layout.missing(header))
    return f"Format {layout.name!r} of source {layout.source!r} lacks {lacks}."


def _found(header: Sequence[str], known: set[str]) -> str:
    found = [name for name in header if name in known]
    strange = [at for at, name in enumerate(header, start=1) if name and name not in known]
    named = f" ({_listed(found)})" if found else ""
    told = f"Found {len(found)} of its columns{named}"
    if not strange:
        return f"{told}."
    places = ", ".join(map(str, strange[:MOST_COLUMNS_NAMED]))
    more = ", ..." if len(strange) > MOST_COLUMNS_NAMED else ""
    return f"{told}, and {len(strange)} that it does not have (column number {places}{more})."


def _respelt(layout: Layout, header: Sequence[str]) -> str:
    """Columns of the file that are almost those which are missing."""
    told = []
    folded = {name.casefold(): name for name in header if name}
    for column in layout.missing(header):
        alike = get_close_matches(column.casefold(), list(folded), 1, ALIKE)
        told += [f"{folded[name]!r} may be meant for {column!r}" for name in alike]
    return f" Column {', '.join(told)}." if told else ""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_COLUMNS_NAMED
    return ", ".join(map(repr, names[:MOST_COLUMNS_NAMED])) + (f" and {more} more" * (more > 0))

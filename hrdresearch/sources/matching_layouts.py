"""Finds the layout of a file; for a file of no known layout, explains what the nearest one lacks.

If a file has no header, its first row may be a person's data. So a message names only those columns
of the file that a layout has, or almost has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from hrdresearch.sources.errors import UnknownLayoutError
from hrdresearch.sources.layout import Layout, column_names
from hrdresearch.sources.reading import Rows

HEADER_WITHIN = 10
NEAREST = 3  # formats that are named
ALIKE = 0.8  # of two spellings of a column
MOST_COLUMNS_NAMED = 12


def find_layout(rows: Rows, layouts: Iterable[Layout]) -> Layout:
    """The layout whose columns are all in the header; of several, the one with most columns.

    Raises UnknownLayoutError, which names the nearest layouts and the columns missing for them.
    """
    known = list(layouts)
    found = matching_layouts(rows, known)
    if found:
        return found[0]
    raise UnknownLayoutError(explain_unknown_layout(rows, known, column_names(rows)))


def matching_layouts(rows: Rows, layouts: Iterable[Layout]) -> list[Layout]:
    """All layouts whose columns are all in the header, the one with most columns first."""
    found = [layout for layout in layouts if rows.kind in layout.kinds]
    found = [layout for layout in found if not layout.missing(column_names(rows, layout))]
    return sorted(found, key=lambda layout: -len(layout.columns))


def explain_unknown_layout(rows: Rows, layouts: Iterable[Layout], header: Sequence[str]) -> str:
    """Explain why a file has no known layout, in sentences.

    Says how the file was read, which known columns it has, the nearest layouts, and which columns
    are missing for them.
    """
    fitting = [layout for layout in layouts if rows.kind in layout.kinds]
    file, read = rows.path.name, describe_container(rows)
    for number, cells in rows.rows[1:HEADER_WITHIN]:
        if any(not layout.missing([cell.strip() for cell in cells]) for layout in fitting):
            return (
                f"{file}: the column names stand in row {number}, not in row 1. Delete the rows "
                "above them, and undo merged cells."
            )
    near = sorted(
        fitting, key=lambda layout: (-_share(layout, header), len(layout.missing(header)))
    )
    near = [layout for layout in near if _share(layout, header) >= 1 / 2][:NEAREST]
    if not near:
        is_one = len(header) == 1 and rows.kind == "csv"
        hint = " Is the delimiter a comma, semicolon or tab?" if is_one else ""
        return (
            f"{file}: the columns are those of no known format ('hrdresearch sources' lists them)."
            f"{hint} {read} For a list of your own, in any columns: hrdresearch source new FILE"
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


def describe_container(rows: Rows) -> str:
    """Kind, encoding and delimiter of a file, in one sentence."""
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
    known_columns = f"Found {len(found)} of its columns{named}"
    if not strange:
        return f"{known_columns}."
    places = ", ".join(map(str, strange[:MOST_COLUMNS_NAMED]))
    more = ", ..." if len(strange) > MOST_COLUMNS_NAMED else ""
    return (
        f"{known_columns}, and {len(strange)} that it does not have (column number {places}{more})."
    )


def _respelt(layout: Layout, header: Sequence[str]) -> str:
    """A sentence on columns of the file whose names are almost those of missing ones."""
    guesses = []
    folded = {name.casefold(): name for name in header if name}
    for column in layout.missing(header):
        alike = get_close_matches(column.casefold(), list(folded), 1, ALIKE)
        guesses += [f"{folded[name]!r} may be meant for {column!r}" for name in alike]
    return f" Column {', '.join(guesses)}." if guesses else ""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_COLUMNS_NAMED
    return ", ".join(map(repr, names[:MOST_COLUMNS_NAMED])) + (f" and {more} more" * (more > 0))

"""The first rows of a list as a build reads them, and the guesses that nobody has confirmed.

Without ``is_shown`` nothing that tells of one person is printed: names, places and texts are signs, of a
date its year, of an age its group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.run.own_lists.prompts import told
from hrdresearch.run.own_lists.uncoded import values_without_code
from hrdresearch.sources import Loaded, SourceError, load
from hrdresearch.sources.own_folder import IS_LOOKED_AT, SOME_ANSWERS, open_questions, own_files
from hrdresearch.sources.own_guesses import guesses_of_own
from hrdresearch.sources.registry import get_spec

ROWS_SHOWN, MASKED_SHOWN = 10, 3  # masked ones tell little, and cost time to read
OF_STATE = ["state_iso3", "state_m49"]
MASK = "***"
# Columns whose cells say nothing of one person by themselves; every other cell is a sign.
OPEN = ("_code", "_codes", "_iso3", "_as_recorded", "_kinds", "_before", "_language")
NOT_SHOWN = ("source", "source_row", "state_m49", "event_year", "name_is_person")
SAME_IN_EVERY_ROW = ("killing", "not_recorded", "not_asked", "not_assessed", "unknown", "", "none")


def rows_as_read(
    slug: str,
    path: Path,
    opener: Callable[[Path], bytes] = Path.read_bytes,
    is_shown: bool = False,
) -> Iterator[str]:
    """Lines for the terminal: some rows, then the values without a code; see the module on what is masked."""
    yield from _rows(load(slug, path, opener=opener), is_shown)
    yield from guesses_left(slug)
    if not path.is_dir():
        yield from values_without_code(slug, path, opener, is_shown)


def rows_while_open(
    slug: str,
    path: Path,
    opener: Callable[[Path], bytes] = Path.read_bytes,
    is_shown: bool = False,
) -> Iterator[str]:
    """Lines with the first rows of a list of which questions are open, each read with some answer."""
    asked = open_questions(slug)
    if not asked:
        return
    token = IS_LOOKED_AT.set(True)
    try:
        loaded = load(slug, path, opener=opener)
        answers = [f"{f}: {SOME_ANSWERS[key]}" for f, key in asked.items() if f != "state"]
        yield told(
            "not_answered",
            answers=", ".join([*answers, *(["state: ?"] if "state" in asked else [])]),
        )
        hidden = OF_STATE if "state" in asked else ()
        yield from _rows(
            replace(loaded, accepted=loaded.accepted.drop(columns=hidden, errors="ignore")),
            is_shown,
        )
    except SourceError:
        return
    finally:
        IS_LOOKED_AT.reset(token)


def guesses_left(slug: str, is_short: bool = False) -> Iterator[str]:
    """Lines of the source.yml of a list of one's own that are marked as a guess, columns and values.

    is_short: how many of each column only.
    A guess is confirmed by taking the word away from its line. No value of one row stands in that file.
    """
    found = guesses_of_own(slug)
    if not found:
        return
    yield told("guesses", n=len(found), path=own_files()[slug])
    if is_short:
        by_column = Counter(", ".join(g.columns) for g in found)
        yield "  " + "; ".join(f"{column!r} {n}" for column, n in by_column.items())
        return
    yield from (f"  {g.line}" for g in found if not g.value)
    for columns in dict.fromkeys(g.columns for g in found if g.value):
        yield f"  values of {', '.join(map(repr, columns))}:"
        yield from (f"    {g.line}" for g in found if g.value and g.columns == columns)


def _rows(loaded: Loaded, is_shown: bool) -> Iterator[str]:
    rows = loaded.accepted
    same = (*NOT_SHOWN, *get_spec(loaded.facts.slug).defaults)
    said = [
        c
        for c in rows.columns
        if c not in same and not c.endswith("_precision") and _tells(rows[c])
    ]
    said.sort(key=lambda c: c != "name_as_published")
    most = ROWS_SHOWN if is_shown else MASKED_SHOWN
    yield told("first_rows" if is_shown else "first_masked", n=min(most, len(rows)))
    for row in rows.head(most).to_dict("records"):
        cells = [f"{c}={_cell(c, row[c], row, is_shown)}" for c in said if not _is_empty(row[c])]
        yield f"  row {row['source_row']}: {', '.join(cells)}"


def _tells(cells: pd.Series) -> bool:
    """Whether a column says anything in any row."""
    return bool(
        (~cells.astype(str).isin([*SAME_IN_EVERY_ROW, "NaT", "None", "nan", "<NA>", "False"])).any()
    )


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (not isinstance(value, str) and pd.isna(value))


def _cell(column: str, value: Any, row: dict[Any, Any], is_shown: bool) -> str:
    if column.endswith("_date"):
        precision = row.get(
            column.replace("_date", "_precision"), row.get(f"{column}_precision", "day")
        )
        form = {"day": "%Y-%m-%d", "month": "%Y-%m"}.get(str(precision), "%Y") if is_shown else "%Y"
        return str(value.strftime(form))
    if is_shown:
        return str(value)
    is_open = column.endswith(OPEN) or column.startswith("is_")
    return str(value) if is_open else MASK

"""The first rows of a list as a build reads them, and the values that have no code yet.

Without ``is_shown`` nothing that tells of one person is printed: names, places and texts are signs, of a
date its year, of an age its group, and a value is printed only where several rows have it.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.clean.text import (
    put_on_one_line,
    says_nothing,
    split_known_values,
    split_values,
    unaccented,
)
from hrdresearch.run.own_lists.prompts import told
from hrdresearch.sources import Loaded, SourceError, is_own, load
from hrdresearch.sources.layout import column_names
from hrdresearch.sources.not_living import OTHER_STATUS, UNREAD_STATUS
from hrdresearch.sources.own_folder import IS_LOOKED_AT, SOME_ANSWERS, open_questions, own_files
from hrdresearch.sources.own_guesses import guesses_of_own
from hrdresearch.sources.reading import read_rows
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.registry import get_spec
from hrdresearch.sources.rows_of_case import JOINED
from hrdresearch.sources.sheet import OPEN_DIVISION, UNKNOWN_DIVISION, UNKNOWN_STATE

ROWS_SHOWN, MASKED_SHOWN = 10, 3  # masked ones tell little, and cost time to read
FEWEST_ROWS = 3  # that have a value which is printed of a restricted list
OF_STATE = ["state_iso3", "state_m49"]
STATUS, UNTOLD = "list_status", ""  # "": rows of which no value by itself lacks a code
NO_CODE = "A value that the crosswalk"
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


def values_without_code(
    slug: str,
    path: Path,
    opener: Callable[[Path], bytes] = Path.read_bytes,
    is_shown: bool = False,
) -> Iterator[str]:
    """A line for each value: how many rows have it, or which rows if it is not printed, and how to see it."""
    loaded = load(slug, path, opener=opener)
    yield from _read_by_words(loaded, is_shown)
    lost = loaded.issues[loaded.issues["what"].str.startswith(NO_CODE)]
    reasons, aside = loaded.set_aside["reason"], loaded.set_aside["row"]
    unread = loaded.issues.loc[loaded.issues["what"] == UNREAD_STATUS, "row"]
    of_status = [*aside[reasons.str.contains(OTHER_STATUS, regex=False)], *unread]
    of_state = aside[reasons.str.contains(UNKNOWN_STATE, regex=False)]
    asks_division = loaded.issues["what"].str.startswith((UNKNOWN_DIVISION, OPEN_DIVISION))
    of_division = loaded.issues[asks_division]
    if (
        lost.empty and not of_status and of_state.empty and of_division.empty
    ):  # an archive is not read again
        yield told("every_code")
        return
    spec = get_spec(loaded.facts.slug)
    layout = next(known for known in spec.layouts if known.name == loaded.layout)
    rows = read_rows(path, layout.encoding or None, opener, layout.sheet)
    header = layout.named(column_names(rows, layout))
    by_row = dict(rows.rows)
    splits = {
        str(how.get("column", "")): str(how.get("split", "")) for how in layout.reads.values()
    }
    is_restricted = is_own(loaded.facts.slug) or not loaded.facts.policy.public_by_name
    asked: list[tuple[str, str, Iterable[Any]]] = [
        (str(column), str(what).split("'")[1], issues["row"])
        for (column, what), issues in lost.groupby(["column", "what"], sort=False)
    ]
    asked += [
        (str(c), "admin1", issues["row"]) for c, issues in of_division.groupby("column", sort=False)
    ]
    if status := layout.reads.get("status"):
        asked.append((", ".join(columns_of(status)), STATUS, of_status))
    if state := layout.reads.get("state"):
        asked.append((", ".join(columns_of(state)), "state", of_state))
    lines: list[str] = []
    is_masked = False
    for column, vocabulary, numbers in asked:
        coded = (*spec.crosswalks.get(vocabulary, {}), *loaded.by_words.get(vocabulary, {}))
        known = {put_on_one_line(str(k)).casefold() for k in coded}
        found: dict[str, list[int]] = defaultdict(list)
        for row in numbers:
            for heading in [h for h in header if h in column.split(", ") or h == column]:
                cell = by_row[int(row)][header.index(heading)]
                for part in _parts(cell, splits.get(heading, ""), vocabulary, known):
                    words = {part.casefold(), unaccented(part.casefold())}
                    if not words & known and (vocabulary == STATUS or not says_nothing(part)):
                        found[part].append(int(row))
        coded_rows = {row for rows_of in found.values() for row in rows_of}
        found[UNTOLD] = [
            int(r) for r in numbers if int(r) not in coded_rows and vocabulary != STATUS
        ]
        shown, hidden = _lines(column, vocabulary, found, is_shown or not is_restricted)
        lines += [*shown, *hidden]
        is_masked = is_masked or bool(hidden)
    if not lines:
        yield told("every_code")
        return
    yield told("without_code")
    yield from lines
    if any(line.startswith("  list_status,") for line in lines):
        yield f"  {told('status_aside')}"
    if is_masked:
        line = f"hrdresearch source check {shlex.quote(str(path))} --source {slug} --show"
        yield f"  {told('to_see', line=line)}"


def _read_by_words(loaded: Loaded, is_shown: bool) -> Iterator[str]:
    """Lines on values that do not stand in source.yml and have a code by their words; masked: how many."""
    for name, found in loaded.by_words.items():
        values = [f"{v!r} {c if isinstance(c, str) else ', '.join(c)}" for v, c in found.items()]
        if values:
            yield told("by_words", name=name, found="; ".join(values) if is_shown else len(values))


def _parts(cell: str, split: str, vocabulary: str, known: set[str]) -> list[str]:
    """Values of a cell as they are read: uncut where the crosswalk has the whole cell."""
    if vocabulary in (STATUS, "admin1", "state") or put_on_one_line(cell).casefold() in known:
        return split_values(cell, "")
    parts = [value for part in split_values(cell, split) for value in split_values(part, JOINED)]
    return [
        v
        for part in parts
        for v in split_known_values(part, lambda x: put_on_one_line(x).casefold() in known)
        or [part]
    ]


def _lines(
    column: str, vocabulary: str, found: dict[str, list[int]], is_shown: bool
) -> tuple[list[str], list[str]]:
    """Lines with the values, and with the rows of those that are not printed."""
    counts = Counter({value: len(rows) for value, rows in found.items()})
    hidden: list[int] = []
    values: list[str] = []
    for value, n in counts.most_common():
        if value == UNTOLD:
            hidden += found[value]
        elif is_shown or n >= FEWEST_ROWS:
            values.append(f"{value!r} ({n} row{'s' if n > 1 else ''})")
        else:
            hidden += found[value]
    at = f"  {vocabulary}, {column!r}:"
    rows = ", ".join(map(str, sorted(hidden)[:20])) + (" ..." if len(hidden) > 20 else "")
    return (
        [f"{at} {', '.join(values)}"] if values else [],
        [f"{at} {told('few_rows', rows=rows)}"] if hidden else [],
    )

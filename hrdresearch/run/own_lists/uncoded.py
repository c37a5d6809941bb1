"""Values of a list that have no code yet, with the rows that have them.

Without ``is_shown`` a value is printed only where several rows have it: of fewer, only the rows are named.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrdresearch.clean.text import (
    put_on_one_line,
    says_nothing,
    split_known_values,
    split_values,
    unaccented,
)
from hrdresearch.run.own_lists.code_keys import explainer
from hrdresearch.run.own_lists.prompts import told
from hrdresearch.sources import Loaded, SourceError, is_own, load
from hrdresearch.sources.layout import column_names
from hrdresearch.sources.not_living import NO_STATUS_CODE, UNREAD_STATUS
from hrdresearch.sources.own_folder import IS_LOOKED_AT
from hrdresearch.sources.reading import read_rows
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.registry import get_spec
from hrdresearch.sources.rows_of_case import JOINED
from hrdresearch.sources.sheet import OPEN_DIVISION, UNKNOWN_DIVISION, UNKNOWN_STATE

MOST_NAMED = 20  # rows
FEWEST_ROWS = 3  # that have a value which is printed of a restricted list
STATUS = "list_status"
NO_CODE = "A value that the crosswalk"


@dataclass(frozen=True)
class Uncoded:
    """Values of a column without a code. name: of the vocabulary. rows: value -> its rows, the most frequent
    first. untold: rows of which no value by itself lacks a code. means: words of a legend for a value."""

    column: str
    name: str
    rows: Mapping[str, Sequence[int]]
    untold: Sequence[int]
    means: Mapping[str, str]


def values_without_code(
    slug: str,
    path: Path,
    opener: Callable[[Path], bytes] = Path.read_bytes,
    is_shown: bool = False,
) -> Iterator[str]:
    """A line for each value: how many rows have it, or which rows if it is not printed, and how to see it."""
    loaded = load(slug, path, opener=opener)
    yield from _read_by_words(loaded, is_shown)
    is_restricted = is_own(slug) or not loaded.facts.policy.public_by_name
    is_masked = False
    lines: list[str] = []
    for one in uncoded_values(loaded, opener):
        shown, hidden = _lines(one, is_shown or not is_restricted)
        lines += [*shown, *hidden]
        is_masked = is_masked or bool(hidden)
    if not lines:
        yield told("every_code")
        return
    yield told("without_code")
    yield from lines
    if is_masked:
        line = f"hrdresearch source check {shlex.quote(str(path))} --source {slug} --show"
        yield f"  {told('to_see', line=line)}"


def status_lines(
    slug: str, path: Path, opener: Callable[[Path], bytes] = Path.read_bytes
) -> Iterator[str]:
    """Lines on persons of whom what happened has no code: set aside, or counted by their day of arrest."""
    loaded, uncoded = looked_at(slug, path, opener)
    aside = set(loaded.set_aside["row"].astype(int)) if loaded else set()
    found = [one.rows for one in uncoded if one.name == STATUS]
    of = {row: value for rows_of in found for value, rows in rows_of.items() for row in rows}
    often = {value for value, n in Counter(of.values()).items() if n >= FEWEST_ROWS}
    for key, rows in (
        ("status_aside", sorted(of.keys() & aside)),
        ("status_counted", sorted(of.keys() - aside)),
    ):
        values = ", ".join(repr(v) for v in dict.fromkeys(of[row] for row in rows) if v in often)
        if rows:
            shown = ", ".join(map(str, rows[:MOST_NAMED])) + (
                " ..." if len(rows) > MOST_NAMED else ""
            )
            yield told(
                f"{key}_one" if len(rows) == 1 else key,
                n=len(rows),
                rows=shown + (f": {values}" if values else ""),
            )


def looked_at(
    slug: str,
    path: Path,
    opener: Callable[[Path], bytes] = Path.read_bytes,
    explains: bool = False,
) -> tuple[Loaded | None, list[Uncoded]]:
    """A list and its values without a code, open questions read with some answer; None, and no values, of a
    file that cannot be read: the check and the build say why."""
    token = IS_LOOKED_AT.set(True)
    try:
        loaded = load(slug, path, opener=opener)
        return loaded, uncoded_values(loaded, opener, explains)
    except (SourceError, OSError):
        return None, []
    finally:
        IS_LOOKED_AT.reset(token)


def uncoded_values(
    loaded: Loaded, opener: Callable[[Path], bytes] = Path.read_bytes, explains: bool = False
) -> list[Uncoded]:
    """By column and vocabulary, the values of a list that have no code; places and States too.

    explains: with the words of legends, for which the other sheets are read.
    """
    if not (asked := [*_asked(loaded)]):  # an archive is not read again
        return []
    spec = get_spec(loaded.facts.slug)
    layout = next(known for known in spec.layouts if known.name == loaded.layout)
    rows = read_rows(loaded.path, layout.encoding or None, opener, layout.sheet)
    header = layout.named(column_names(rows, layout))
    by_row = dict(rows.rows)
    splits = {
        str(how.get("column", "")): str(how.get("split", "")) for how in layout.reads.values()
    }
    explained = explainer(rows, header, opener) if explains else None
    uncoded = []
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
        told_rows = {row for rows_of in found.values() for row in rows_of}
        untold = [int(r) for r in numbers if int(r) not in told_rows and vocabulary != STATUS]
        most = dict(sorted(found.items(), key=lambda pair: -len(pair[1])))
        means = {value: explained(column, value) for value in most} if explained else {}
        uncoded.append(Uncoded(column, vocabulary, most, untold, means))
    return uncoded


def _asked(loaded: Loaded) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """Column, vocabulary and rows, where reading the list found values without a code."""
    issues, aside = loaded.issues, loaded.set_aside
    lost = issues[issues["what"].str.startswith(NO_CODE)]
    for (column, what), of in lost.groupby(["column", "what"], sort=False):
        yield str(column), str(what).split("'")[1], of["row"]
    divisions = issues[issues["what"].str.startswith((UNKNOWN_DIVISION, OPEN_DIVISION))]
    for column, of in divisions.groupby("column", sort=False):
        yield str(column), "admin1", of["row"]
    spec = get_spec(loaded.facts.slug)
    reads = next((one.reads for one in spec.layouts if one.name == loaded.layout), {})
    unread = issues.loc[issues["what"] == UNREAD_STATUS, "row"]
    no_code = aside["reason"].str.contains(NO_STATUS_CODE, regex=False)
    of_status = [*aside.loc[no_code, "row"], *unread]
    of_state = aside.loc[aside["reason"].str.contains(UNKNOWN_STATE, regex=False), "row"]
    for field, name, numbers in (("status", STATUS, of_status), ("state", "state", of_state)):
        if field in reads and len(numbers):
            yield ", ".join(columns_of(reads[field])), name, numbers


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


def _lines(one: Uncoded, is_shown: bool) -> tuple[list[str], list[str]]:
    """Lines with the values, and with the rows of those that are not printed."""
    hidden = list(one.untold)
    values: list[str] = []
    for value, of in one.rows.items():
        if is_shown or len(of) >= FEWEST_ROWS:
            values.append(f"{value!r} ({told('rows_one' if len(of) == 1 else 'rows', n=len(of))})")
        else:
            hidden += of
    at = f"  {one.name}, {one.column!r}:"
    rows = ", ".join(map(str, sorted(hidden)[:MOST_NAMED])) + (
        " ..." if len(hidden) > MOST_NAMED else ""
    )
    return (
        [f"{at} {', '.join(values)}"] if values else [],
        [f"{at} {told('few_rows', rows=rows)}"] if hidden else [],
    )

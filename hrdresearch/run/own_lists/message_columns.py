"""Proposes which column of an archive of messages is which: ``source new FILE --table messages``.

The proposal is written into ``posts.yml`` beside one's own lists, for a person to look at and change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.sources.posts.archive_reader import (
    IN_NUMBERS,
    StreamOpener,
    cells_at_the_beginning,
    columns_of_archive,
)
from hrdresearch.sources.posts.columns import read_times
from hrdresearch.sources.posts.own_layouts import NEEDED, OPEN, own_layouts_file
from hrdresearch.vocab.reference import parse_yaml

ALIKE = 0.85  # of two spellings of a word
LEAST = {"time": 0.8, "text": 3.0}  # share of cells that are times; words of a cell


def propose_columns(file: Path, name: str, opener: StreamOpener | None) -> Iterator[str]:
    """Write a layout for an archive into posts.yml; gives lines for the screen.

    name: of the layout. RunError where there is a layout of this name already.
    """
    columns = columns_of_archive(file, opener)
    path = own_layouts_file()
    kept: dict[str, Any] = {}
    if path.is_file():
        kept = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("layouts", {})
    if name in kept:
        raise RunError(
            f"{path} has a layout {name} already: change it there, or say another --name"
        )
    found = dict(_guess(columns, cells_at_the_beginning(file, opener)))
    kept[name] = {
        "title": f"Messages in the columns of {name}",
        "columns": {**dict.fromkeys(NEEDED, OPEN), **found},
        "platform": "",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"layouts": kept}, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    yield from (f"  {ours} <- {theirs} (a guess: look at it)" for ours, theirs in found.items())
    yield from (f"  {ours} <- ? (write the column)" for ours in NEEDED if ours not in found)
    if left := [column for column in columns if column not in found.values()]:
        yield f"Left out: {', '.join(left)}"
    yield f"Written: {path}, layout {name}"


def _guess(columns: list[str], cells: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Columns by their names, then by their cells, then by a word of their names.

    cells: the first ones of each column, or nothing.
    """
    known: dict[str, list[str]] = parse_yaml(
        (files("hrdresearch.sources.posts") / "column_words.yml").read_text(encoding="utf-8")
    )
    open_ones = dict(known)
    left = {" ".join(re.findall(r"[^\W_]+", c.casefold())): c for c in columns}
    for ours, words in known.items():
        near = (m for word in words for m in get_close_matches(word, left, 1, ALIKE))
        if found := next((w for w in words if w in left), None) or next(near, None):
            yield ours, left.pop(found)
            del open_ones[ours]
    for ours, score in (("time", _share_of_times), ("text", _mean_words)):
        scores = {name: score(cells.get(column, [])) for name, column in left.items()}
        best = max(scores, key=scores.__getitem__, default="")
        if ours in open_ones and scores.get(best, 0) >= LEAST[ours]:
            yield ours, left.pop(best)
            del open_ones[ours]
    for ours in ("time", "text", "author", "target"):
        near = (name for name in left if set(name.split()) & set(open_ones.get(ours, ())))
        if found := next(near, None):
            yield ours, left.pop(found)


def _share_of_times(cells: list[str]) -> float:
    told = pd.Series([cell.strip() for cell in cells if cell.strip()], dtype="object")
    if told.empty:
        return 0.0
    is_time = (read_times(told)[0].notna() & ~told.str.isdigit()) | told.str.match(IN_NUMBERS)
    return float(is_time.mean())


def _mean_words(cells: list[str]) -> float:
    return sum(len(cell.split()) for cell in cells) / max(1, len(cells))

"""Reads the coded parts of an archive as one table, in pieces or a few columns at a time.

Only narrow columns of all messages are in memory together, some tens of bytes for each message.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.linkage.near_texts import BANDS, TOO_SHORT, group_near_texts
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.privacy.vault import SUFFIX, read_stored
from hrdresearch.run.archive.coding import read_account
from hrdresearch.run.left_out import REASON
from hrdresearch.tables import TABLES

NARROW = ["source_row", "record_digest", "draw_order", "score", "unsure"]
CODED = ["band_code", "language_code", "post_year"]
WORDS = (*CODED, "kind_codes")  # held as categories
TWICE = "The same message stands in an earlier row."


@dataclass(frozen=True)
class Parts:
    """Parts that ``code_archive`` wrote into a folder, in the order of the archive.

    gone: pseudonyms of withdrawn persons; messages by or to them are not kept.
    """

    folder: Path
    gone: frozenset[str] = frozenset()

    @cached_property
    def files(self) -> list[Path]:
        """Paths of the parts, in order, without the ending of a sealed file."""
        names = {p.name.removesuffix(SUFFIX) for p in self.folder.glob("part-*.parquet*")}
        return [self.folder / name for name in sorted(names)]

    @cached_property
    def books(self) -> list[dict[str, Any]]:
        """Account of each part: rows read, coded, set aside and doubted."""
        return [read_account(file) for file in self.files]

    @cached_property
    def overview(self) -> pd.DataFrame:
        """Narrow columns, one row for each coded message; ``is_kept`` is False if repeated or withdrawn."""
        frame = self.columns([*NARROW, *CODED])
        kept = ~frame["record_digest"].duplicated().to_numpy() & ~self.is_withdrawn
        return frame.assign(is_kept=kept)

    @cached_property
    def is_withdrawn(self) -> NDArray[np.bool_]:
        """Whether each coded message is by or to a withdrawn person."""
        if not self.gone:
            return np.zeros(sum(int(b["coded"]) for b in self.books), dtype=bool)
        accounts = (_read_part(file, ["author_id", "target_id"]) for file in self.files)
        return np.concatenate(
            [a.isin(self.gone).any(axis=1).to_numpy(dtype=bool) for a in accounts]
        )

    @cached_property
    def near(self) -> NDArray[np.int64]:
        """Number of each message's group of near-identical messages; -1 if no other is like it."""
        kept = self.overview["is_kept"].to_numpy()
        bands = (self.columns([f"near_{band}"]).to_numpy()[:, 0] for band in range(BANDS))
        return group_near_texts(np.where(kept, keys, TOO_SHORT) for keys in bands)

    def columns(self, names: Sequence[str]) -> pd.DataFrame:
        """Some columns of all parts as one table; codes are categories, to save memory."""
        whole = sum(int(book["coded"]) for book in self.books)
        arrays: dict[str, NDArray[Any]] = {}
        words: dict[str, dict[Any, int]] = {name: {} for name in names if name in WORDS}
        start = 0
        for file in self.files:
            part = _read_part(file, list(names))
            for name in names:
                cells = part[name]
                values = _number_words(cells, words[name]) if name in words else cells.to_numpy()
                array = arrays.setdefault(name, np.empty(whole, dtype=values.dtype))
                array[start : start + len(values)] = values
            start += len(part)
        frame = {
            name: pd.Categorical.from_codes(arrays[name], pd.Index(list(words[name])))
            if name in words
            else arrays[name]
            for name in names
        }
        return pd.DataFrame(frame, copy=False)

    def pieces(self, key: Key) -> Iterator[pd.DataFrame]:
        """Table ``posts`` part by part, without repeated messages."""
        columns = TABLES["posts"].columns
        groups = self._group_ids(key)
        start = 0
        for file in self.files:
            part = _read_part(file, None)
            at = slice(start, start + len(part))
            start += len(part)
            part["near_id"] = [groups.get(int(g)) for g in self.near[at]]
            kept = self.overview["is_kept"].to_numpy()[at]
            yield part.loc[kept, columns].reset_index(drop=True)

    def rows_of(self, post_ids: set[str]) -> pd.DataFrame:
        """Messages with these pseudonyms, as rows of ``posts`` with their position (place)."""
        found, start = [], 0
        for file in self.files:
            ids = _read_part(file, ["post_id"])["post_id"]
            hit = np.flatnonzero(ids.isin(post_ids).to_numpy())
            if len(hit):
                found.append(_read_part(file, None).iloc[hit].assign(place=hit + start))
            start += len(ids)
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    def rows_at(self, places: NDArray[np.int64]) -> pd.DataFrame:
        """Messages at these positions, as rows of ``posts`` with their position (place)."""
        found, start = [], 0
        for file in self.files:
            size = len(_read_part(file, ["source_row"]))
            inside = places[(places >= start) & (places < start + size)]
            if len(inside):
                found.append(_read_part(file, None).iloc[inside - start].assign(place=inside))
            start += size
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    def set_aside(self, file: str) -> pd.DataFrame:
        """Rows set aside: unusable ones, those of withdrawn persons, and repeated messages."""
        aside = [(int(row), why) for book in self.books for row, why in book["aside"]]
        left_out = ~self.overview["is_kept"].to_numpy()
        for mask, why in ((self.is_withdrawn, REASON), (left_out & ~self.is_withdrawn, TWICE)):
            aside += [(int(row), why) for row in self.overview["source_row"].to_numpy()[mask]]
        frame = pd.DataFrame(sorted(aside), columns=["row", "reason"])
        frame.insert(0, "file", file)
        return frame

    def _group_ids(self, key: Key) -> dict[int, str]:
        """Pseudonym of each group of near-identical messages, made from its first row."""
        grouped = self.near >= 0
        rows = pd.Series(self.overview["source_row"].to_numpy()[grouped])
        first = rows.groupby(self.near[grouped]).min()
        return {int(g): pseudonym(key, "near", int(row)) for g, row in first.items()}  # type: ignore[call-overload]


def _number_words(column: pd.Series, words: dict[Any, int]) -> NDArray[np.int16]:
    """Numbers of the words of a column, -1 for an empty cell.

    words: number of each word, the same in all parts; new words are added to it.
    """
    codes, found = pd.factorize(column)
    numbers = [words.setdefault(word, len(words)) for word in found]
    return np.array([*numbers, -1], dtype=np.int16)[codes]


def _read_part(file: Path, columns: list[str] | None) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(read_stored(file)), columns=columns)

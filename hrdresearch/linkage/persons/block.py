"""Which pairs of rows are compared at all: keys that two rows share, none shared by too many rows.

Rules, as the first letter of a key: ``n`` the same words of a name or of another form of it; ``s`` two
words by their sounds; ``e`` and ``b`` the same day (of the event, of birth), also with day and month
swapped, alone and with a word by its sounds, and the same month with such a word (the same year, where
some rows record no more). A key that more than ``most_rows`` rows share is narrowed by the year, and
dropped (and counted) if it is still too wide.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd

RULES = {
    "n": "the same words in the name",
    "s": "two words of the name alike in sound",
    "e": "the same day of the event, or its month and a word alike in sound",
    "b": "the same day of birth, or its month and a word alike in sound",
}
_SOUNDS_OF_A_NAME = 5  # words whose sounds are taken into keys
_MONTH = len("2000-01")
_BY_DAY = {"e": "event_date", "b": "birth_date"}


def add_keys(prepared: pd.DataFrame, most_rows: int) -> tuple[pd.DataFrame, dict[str, int]]:
    """Add the column ``keys``; the second result counts, for each rule, the keys that were dropped."""
    days = {rule: _days(prepared, column) for rule, column in _BY_DAY.items()}
    keys: list[set[str]] = []
    for at, (forms, sounds) in enumerate(
        zip(prepared["name_forms"], prepared["name_sounds"], strict=True)
    ):
        words = sorted({key for word in sounds[:_SOUNDS_OF_A_NAME] for key in word[:2]})
        own = {f"n {form}" for form in forms}
        own |= {f"s {one} {other}" for one, other in combinations(words, 2)}
        for rule, by in days.items():
            own |= {f"{rule} {day}" for day in by[at] if len(day) > _MONTH}
            own |= {f"{rule} {day} {word}" for day in by[at] for word in words}
        keys.append(own)
    long = pd.DataFrame(
        [(row, key) for row, own in zip(prepared["row"], keys, strict=True) for key in own],
        columns=["row", "key"],
    )
    year = prepared.set_index("row")["event_date_year"].fillna(
        prepared.set_index("row")["birth_date_year"]
    )
    wide = long.groupby("key")["row"].transform("size").gt(most_rows)
    narrowed = long["key"] + " in " + long["row"].map(year).fillna("no year").astype(str)
    long["key"] = long["key"].mask(wide, narrowed)
    sizes = long.groupby("key")["row"].transform("size")
    dropped = long.loc[sizes.gt(most_rows), "key"].drop_duplicates().str[0].value_counts()
    kept = long[sizes.between(2, most_rows)].groupby("row")["key"].agg(sorted)
    by_row = kept.to_dict()
    out = prepared.drop(columns="name_sounds")
    out["keys"] = pd.Series([by_row.get(row, []) for row in prepared["row"]], out.index, "object")
    return out, {rule: int(dropped.get(rule, 0)) for rule in RULES}


def _days(prepared: pd.DataFrame, column: str) -> list[list[str]]:
    """Day and month of each row, as recorded and swapped; the year where some rows hold no more."""
    held = ["day", "month", "swapped"]
    if (prepared[f"{column}_year"].notna() & prepared[f"{column}_month"].isna()).any():
        held.append("year")
    parts = (prepared[f"{column}_{part}"] for part in held)
    return [[str(v) for v in row if pd.notna(v)] for row in zip(*parts, strict=True)]

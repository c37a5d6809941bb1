"""Carries decisions on rows of an earlier edition of a list over to the rows of the new edition.

    moved = match_rows_of_editions(older.accepted, newer.accepted)  # earlier row key: new row key
    new = carry_decisions_over(decisions, moved, held)              # decisions on the new row keys

Where a list gives its cases no number, a corrected date or spelling changes the key of a row. A decision
is carried over only where two rows are surely the same case; the others wait for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from hrdresearch.linkage.decisions import OPEN, find_contradictions, standing_decisions
from hrdresearch.linkage.editions import NEWER, OLDER, compare_editions

SURE = 0.95  # probability below which a link of two editions moves no decision
CARRIED, MOVED = "carried over from another edition", "moved to another edition"  # why


def match_rows_of_editions(older: pd.DataFrame, newer: pd.DataFrame) -> dict[str, str]:
    """For each row of an older edition the row of a newer edition that is surely the same case.

    older, newer: as for ``compare_editions``; the index holds row keys. The result maps keys to keys.
    """
    same = compare_editions(older, newer, classes=()).same
    sure = same[same["probability"] >= SURE]
    return dict(zip(sure[OLDER], sure[NEWER], strict=True))


def carry_decisions_over(
    decisions: pd.DataFrame, moved: Mapping[str, str], held: Collection[str]
) -> pd.DataFrame:
    """Decisions to add: those of an earlier edition on the new row keys, and the old ones taken back.

    decisions: columns ``decisions.COLUMNS``. moved: earlier key of a row -> its new key
    (``decisions.row_key``). held: keys of all rows in the lists. A decision is carried over where both of
    its rows are held or moved, where nobody has decided on the new pair, and where it contradicts no
    other decision. It keeps the time and the desk of the old decision.
    """
    standing = standing_decisions(decisions)
    ends = standing[["left_key", "right_key"]]
    now = ends.map(lambda key: key if key in held else moved.get(key, ""))
    is_moved = (now != "").all(axis=1) & (now != ends).any(axis=1)
    is_moved &= now["left_key"] != now["right_key"]
    ordered = decisions.sort_values("at", kind="stable")
    pairs = zip(ordered["left_key"], ordered["right_key"], strict=True)
    last = dict(zip(map(frozenset, pairs), ordered["why"], strict=True))
    asked = [frozenset(pair) for pair in zip(now["left_key"], now["right_key"], strict=True)]
    is_moved &= pd.Series([last.get(pair, MOVED) == MOVED for pair in asked], now.index, dtype=bool)
    if not is_moved.any():
        return decisions[:0]
    back = standing[is_moved].assign(decision=OPEN, why=MOVED)
    new = standing[is_moved].assign(**now[is_moved], why=standing["why"].map(_carried))
    for number in [] if not find_contradictions(_all(decisions, back, new)) else new.index:
        if find_contradictions(_all(decisions, back.loc[:number], new.loc[:number])):
            back, new = back.drop(number), new.drop(number)
    return _all(back, new)


def _all(*parts: pd.DataFrame) -> pd.DataFrame:
    together: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return together


def _carried(why: str) -> str:
    return why if CARRIED in why else "; ".join(filter(None, (why, CARRIED)))

"""Counts how many labelled cases a coder has right, by language and by split (seen, unseen).

A file of cases has the columns ``text`` and ``split`` and may have ``language`` (default: the name of the
file). ``split`` is ``seen`` if the makers of the rules may read the case, otherwise ``unseen``: the first
run over unseen cases is an estimate, every later run is a regression test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet
from hrdresearch.stats.review_budgets import WilsonShare, wilson_share

SPLITS = {
    "unseen": "not read by the makers of the rules (an estimate at first sight, a regression test after)",
    "seen": "read by the makers of the rules (a regression test)",
}
NO_SPLIT = (
    "No column says which texts the makers of the rules had read: a regression test, no estimate."
)


def read_cases(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read cases: the columns ``text``, ``split``, ``language`` and those given.

    RunError for a missing column, an empty file, or a wrong word in ``split``.
    """
    rows = read_filled_sheet(file, ["text", "split", *columns], "a file of cases")
    if rows.empty:
        raise RunError(f"{file.name} has no cases")
    odd = rows.index[~rows["split"].isin(list(SPLITS))]
    if len(odd):
        raise RunError(f"{file.name}, row {odd[0] + 2}: split must be one of {', '.join(SPLITS)}")
    return rows if "language" in rows else rows.assign(language=file.stem)


def count_right_cases(rows: pd.DataFrame, is_right: Sequence[bool], what: str) -> dict[str, Any]:
    """Count right cases by split and language, with Wilson's interval of 95 per cent.

    rows: from ``read_cases``. is_right: one for each row. what: what is counted, in words. Returns the
    figures, the numbers of the wrong rows, and ``report``, the same as text.
    """
    right = pd.Series(list(is_right), index=rows.index)
    found = _right_by_split(right, rows)
    lines = [f"{what}:", *_lines_by_split(found)]
    wrong = [int(row) + 2 for row in rows.index[~right]]
    if wrong:
        lines.append(f"Rows that differ: {', '.join(map(str, wrong))}")
    by_split = {s: {k: vars(v) for k, v in shares.items()} for s, shares in found.items()}
    return {"by_split": by_split, "differing_rows": wrong, "report": "\n".join(lines)}


def _right_by_split(right: pd.Series, rows: pd.DataFrame) -> dict[str, dict[str, WilsonShare]]:
    return {
        split: right_by_language(right[of], rows.loc[of, "language"])
        for split in SPLITS
        if (of := rows["split"] == split).any()
    }


def _lines_by_split(found: dict[str, dict[str, WilsonShare]]) -> list[str]:
    lines = []
    for split, by_language in found.items():
        lines += [f"  {SPLITS[split]}"]
        lines += [f"    {language}: {share_in_words(s)}" for language, s in by_language.items()]
    return lines


def right_by_language(is_right: Iterable[bool], languages: Iterable[str]) -> dict[str, WilsonShare]:
    """How many readings are right in each language, with Wilson's interval of 95 per cent.

    is_right, languages: one entry for each text, in the same order.

    >>> found = right_by_language([True, False, True], ["en", "en", "fr"])
    >>> {language: share_in_words(share) for language, share in found.items()}
    {'en': '1 of 2 (0.09 to 0.91)', 'fr': '1 of 1 (0.21 to 1.00)'}
    """
    right = pd.DataFrame({"right": list(is_right), "language": list(languages)})
    groups = right.groupby("language")["right"]
    return {str(language): wilson_share(int(of.sum()), len(of)) for language, of in groups}


def lines_by_language(
    is_right: Iterable[bool], languages: Iterable[str], splits: Iterable[str] = ()
) -> list[str]:
    """Lines to print: how many are right in each language, apart by split; without splits a warning.

    splits: ``seen`` or ``unseen`` for each text. RunError for another word.
    """
    if any(halves := list(splits)):
        if odd := set(halves) - {*SPLITS}:
            told = ", ".join(sorted(odd))
            raise RunError(f"split must be one of {', '.join(SPLITS)}, not {told or 'empty'}")
        rows = pd.DataFrame({"language": list(languages), "split": halves})
        return _lines_by_split(_right_by_split(pd.Series(list(is_right)), rows))
    shares = right_by_language(is_right, languages)
    lines = [f"  {language}: {share_in_words(share)}" for language, share in shares.items()]
    return [NO_SPLIT, "Right, by language (interval of 95 per cent):", *lines]


def share_in_words(share: WilsonShare) -> str:
    """A share as text: how many of how many, and the ends of its interval."""
    ends = f" ({share.low:.2f} to {share.high:.2f})" if share.low is not None else ""
    return f"{share.part} of {share.whole}{ends}"

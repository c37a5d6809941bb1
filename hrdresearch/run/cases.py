"""Labelled cases: how many a coder has right, by language and by who had seen them before.

A file of cases has the columns ``text`` and ``split`` and may have ``language`` (else the name of the
file says it). ``split`` is ``seen`` where the makers of the rules may read the case, ``unseen`` where not:
the first run over unseen cases is an estimate, every later one a regression test.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def read_cases(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Cases of a file with ``text``, ``split``, ``language`` and the columns named.

    Raises RunError for a missing column, an empty file, or another split.
    """
    rows = read_filled_sheet(file, ["text", "split", *columns], "a file of cases")
    if rows.empty:
        raise RunError(f"{file.name} has no cases")
    odd = rows.index[~rows["split"].isin(list(SPLITS))]
    if len(odd):
        raise RunError(f"{file.name}, row {odd[0] + 2}: split is one of {', '.join(SPLITS)}")
    return rows if "language" in rows else rows.assign(language=file.stem)


def count_right_cases(rows: pd.DataFrame, is_right: Sequence[bool], what: str) -> dict[str, Any]:
    """Right cases by split and language with Wilson's interval of 95 per cent; ``report`` for people.

    rows: as ``read_cases`` gives them. is_right: one answer a row. what: what is counted, in words.
    """
    right = pd.Series(list(is_right), index=rows.index)
    found = {
        split: {
            str(language): wilson_share(int(right[of.index].sum()), len(of))
            for language, of in rows[rows["split"] == split].groupby("language")
        }
        for split in SPLITS
        if (rows["split"] == split).any()
    }
    lines = [f"{what}:"]
    for split, by_language in found.items():
        lines += [f"  {SPLITS[split]}"]
        lines += [f"    {language}: {_in_words(share)}" for language, share in by_language.items()]
    wrong = [int(row) + 2 for row in rows.index[~right]]
    if wrong:
        lines.append(f"Rows that differ: {', '.join(map(str, wrong))}")
    by_split = {s: {k: vars(v) for k, v in shares.items()} for s, shares in found.items()}
    return {"by_split": by_split, "differing_rows": wrong, "report": "\n".join(lines)}


def _in_words(share: WilsonShare) -> str:
    ends = f" ({share.low:.2f} to {share.high:.2f})" if share.low is not None else ""
    return f"{share.part} of {share.whole}{ends}"

"""Answers of a State to numbered recommendations, which stand in another document than these.

A report of the Working Group numbers its recommendations ("111.5"); an addendum answers the numbers ("5."
or "111.5") under the symbol of the report. The answer becomes the position, with its words.
"""

from __future__ import annotations

import pandas as pd

ANSWER = "position"  # kind of a row that is an answer
KEY = ["state_iso3", "document_symbol"]
TAKEN = ["response_code", "response_raw", "position_status_code"]
REASON = "No recommendation of that report has the number that is answered."


def take_answers(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Recommendations with the answers to their numbers, and the answers that found none.

    rows: recommendations and answers of all files, told apart by ``kind``. Returns the recommendations
    alone, and rows set aside with file, row and reason.
    """
    is_answer = rows["kind"].eq(ANSWER)
    answers, told = rows[is_answer], rows[~is_answer].reset_index(drop=True)
    aside = pd.DataFrame(columns=["file", "row", "reason"])
    if answers.empty:
        return told, aside
    by_number = {
        (*key, number): row[TAKEN].to_list()
        for key, number, (_, row) in zip(
            answers[KEY].itertuples(index=False, name=None),
            answers["paragraph"],
            answers.iterrows(),
            strict=True,
        )
    }
    used = set()
    for at, key, number in zip(
        told.index, told[KEY].itertuples(index=False, name=None), told["paragraph"], strict=True
    ):
        names = [(*key, one) for one in (number, number.rpartition(".")[2]) if one and key[1]]
        name = next((n for n in names if n in by_number), None)
        if name is not None:
            told.loc[at, TAKEN] = by_number[name]
            used.add(name)
    left = [
        (*key, number) not in used
        for key, number in zip(
            answers[KEY].itertuples(index=False, name=None), answers["paragraph"], strict=True
        )
    ]
    unused = answers[left]
    aside = pd.DataFrame(
        {"file": unused["source_file"], "row": unused["source_row"], "reason": REASON}
    )
    return told, aside.reset_index(drop=True)

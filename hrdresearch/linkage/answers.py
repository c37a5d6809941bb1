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


def take_answers(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give each recommendation of a report the answer to its number.

    rows: recommendations and answers of all files; column ``kind`` says which of the two a row is. Returns
    three tables: the recommendations with their answers; the answers that were used; and the answers without
    a recommendation, as rows set aside (file, row, reason). An answer to "5" belongs to the recommendation
    "5", or, where there is none, to "111.5".
    """
    is_answer = rows["kind"].eq(ANSWER)
    answers, told = rows[is_answer], rows[~is_answer].reset_index(drop=True)
    places = {key: at for at, key in zip(answers.index, _keys(answers), strict=True)}
    used = set()
    for at, (iso3, symbol, number) in zip(told.index, _keys(told), strict=True):
        names = [
            (iso3, symbol, one) for one in (number, number.rpartition(".")[2]) if one and symbol
        ]
        place = next((places[name] for name in names if name in places), None)
        if place is not None:
            told.loc[at, TAKEN] = answers.loc[place, TAKEN].to_list()
            used.add(place)
    left = answers[~answers.index.isin(used)]
    aside = pd.DataFrame({"file": left["source_file"], "row": left["source_row"], "reason": REASON})
    return told, answers[answers.index.isin(used)], aside.reset_index(drop=True)


def _keys(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """State, symbol of the report, and number of each row."""
    return list(rows[[*KEY, "paragraph"]].itertuples(index=False, name=None))

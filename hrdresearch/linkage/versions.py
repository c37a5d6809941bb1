"""Keeps the latest version of each document, describes all versions, and takes positions from addenda.

Drafts are circulated, amended and adopted: files of one source with the same State, session and
symbol are versions of one document. The name of the file shows which is the latest (adopted, then
amended); else it is the last in alphabetical order. If the latest version does not state positions,
those of the earlier version are taken, and the table of documents says so.

A report of the Working Group numbers its recommendations ("111.5"); an addendum answers the numbers ("5."
or "111.5") under the symbol of the report. The answer becomes the position, with its words.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from hrdresearch.clean.paragraphs import missing_numbers, paragraph_sort_key

ANSWER = "position"  # kind of a row that is an answer
KEY = ["state_iso3", "document_symbol"]
TAKEN = ["response_code", "response_raw", "position_status_code"]
REASON = "No recommendation of that report has the number that is answered."
DRAFTS = "wg-draft"
NOT_RECORDED = "not_recorded"
POSITION = ["response_code", "response_raw"]
LATER = ("adopt", "amended", "rev", "circulat")  # words of a file's name, the latest first


def keep_latest_versions(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Keep the rows of the latest version of each document, and describe every document.

    rows: recommendations of all files. Returns the rows without those of earlier versions, and one
    record for each file: numbers of recommendations, gaps and positions, whether it is counted
    (is_counted), and whether its positions are from an earlier version (is_taken_over).
    """
    documents: list[dict[str, Any]] = []
    dropped: list[Any] = []
    rows = rows.copy()
    roots = rows["document_symbol"].str.replace(r"/Add\.\d+$", "", regex=True)
    has_number = rows["paragraph"] != ""
    numbered = rows[has_number].assign(_root=roots[has_number])
    for key, own in numbered.groupby(
        ["source", "state_iso3", "session", "_root"], dropna=False, sort=False
    ):
        source = str(key[0])
        files = sorted(own["source_file"].unique(), key=_age)
        taken = _earlier_positions(own, files) if source == DRAFTS else None
        if taken is not None:
            rows.loc[taken.index, POSITION] = taken
        for file in files:
            record = _record(own[own["source_file"] == file])
            is_last = file == files[-1]
            if is_last and taken is not None:
                record["positions"] = sorted(set(taken["response_code"]) - {NOT_RECORDED})
            documents.append(
                record
                | {
                    "is_counted": is_last or source != DRAFTS,
                    "is_taken_over": is_last and taken is not None,
                }
            )
        if source == DRAFTS:
            dropped += own.index[own["source_file"] != files[-1]].tolist()
    return rows.drop(index=dropped).reset_index(drop=True), documents


def _earlier_positions(own: pd.DataFrame, files: list[str]) -> pd.DataFrame | None:
    """Positions of an earlier file for the rows of the last file, if that states none."""
    last = own[own["source_file"] == files[-1]]
    if (last["response_code"] != NOT_RECORDED).any():
        return None
    for file in reversed(files[:-1]):
        before = own[(own["source_file"] == file) & (own["response_code"] != NOT_RECORDED)]
        if before.empty:
            continue
        by_number = before.drop_duplicates("paragraph").set_index("paragraph")[POSITION]
        found = last[last["paragraph"].isin(by_number.index)]
        return by_number.loc[found["paragraph"]].set_axis(found.index)
    return None


def _record(part: pd.DataFrame) -> dict[str, Any]:
    first = part.iloc[0]
    numbers = sorted(part["paragraph"], key=paragraph_sort_key)
    states = part["recommending"].map(lambda cell: len([c for c in cell.split("|") if c]))
    return {
        "source": first["source"],
        "file": first["source_file"],
        "iso3": first["state_iso3"],
        "symbol": first["document_symbol"],
        "session": None if pd.isna(first["session"]) else str(first["session"]),
        "first": numbers[0],
        "last": numbers[-1],
        "recommendations": len(part),
        "pairs": int(states.sum()),
        "gaps": len(missing_numbers(part["paragraph"])),
        "without_state": int((states == 0).sum()),
        "positions": sorted(set(part["response_code"]) - {NOT_RECORDED}),
    }


def _age(file: str) -> tuple[int, str]:
    name = file.casefold()
    return next((len(LATER) - i for i, word in enumerate(LATER) if word in name), 0), name


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

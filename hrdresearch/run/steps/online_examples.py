"""Checks examples of messages that a researcher has chosen, redacted and had approved.

``decisions/examples.csv`` has one row for each example: post_id, text (redacted, or in other words), kind,
approved_by (a role, never a name) and date. An example is withheld if it still holds a handle, an address,
a telephone number, or so much of the message that a search would find it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from hrdresearch.run.archive.loading import Texts
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_kept_rows
from hrdresearch.sources.notes import Note
from hrdresearch.vocab import codes

KEPT = "examples.csv"
COLUMNS = ("post_id", "text", "kind", "approved_by", "date")
ROLES = ("mandate holder", "head of desk", "protection officer", "researcher")
LONGEST_RUN = 20  # so many consecutive letters of the message (four or five words) are too many
LONGEST_RUN_OF_SIGNS = 8  # the same for Chinese and Japanese, where a sign is a word or half a word
LARGEST_SHARE = 0.5  # largest share of the message that may be repeated in one piece
_HANDLE = re.compile(r"(?:^|[^\w])@\w")
_ADDRESS = re.compile(r"https?:|www\.|\b[\w-]+\.(?:org|com|net|info|me|ru|io)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d\s().-]{5,}\d")
_NO_LETTER = re.compile(r"[\W_]+")


def ids_of_examples(decisions: Path) -> frozenset[str]:
    """Pseudonyms of the messages that examples were made from."""
    return frozenset(row["post_id"] for row in read_examples(decisions / KEPT))


def approved_examples(
    decisions: Path, about: pd.DataFrame, texts: Texts
) -> tuple[list[dict[str, str]], list[Note]]:
    """Examples that may be shown, and a note on each example that is withheld."""
    rows = {i: int(r) for i, r in zip(about["post_id"], about["source_row"], strict=True)}
    shown, withheld = [], list[Note]()
    for number, row in enumerate(read_examples(decisions / KEPT), start=2):
        original = texts.texts.get(rows.get(row["post_id"], -1))
        why = reason_to_withhold(row["text"], original, texts.handles)
        if why:
            words = "Example in row {row} of {file} is withheld: {why}."
            withheld.append(Note.of(words, row=str(number), file=KEPT, why=why))
        else:
            shown.append({c: row[c] for c in COLUMNS if c != "post_id"})
    return shown, withheld


def reason_to_withhold(text: str, original: str | None, handles: frozenset[str]) -> str:
    """Why an example may not be shown; "" if it may.

    original: the message, or None if the archive does not hold it. handles: all account names.
    """
    if original is None:
        return "the archive holds no such message"
    words = {w.casefold() for w in re.findall(r"\w[\w.\-]*", text)}
    if _HANDLE.search(text) or any(len(h) > 3 and h.casefold() in words for h in handles):
        return "it holds a handle"
    if _ADDRESS.search(text):
        return "it holds an address"
    if _NUMBER.search(text):
        return "it holds a number that could be a telephone number"
    if _is_found_by_search(text, original):
        return "it repeats so much of the message that a search would find it"
    return ""


def read_examples(file: Path) -> list[dict[str, str]]:
    """Read a file of examples; RunError names a row that is not valid."""
    rows = read_kept_rows(file)
    for number, row in enumerate(rows, start=2):
        check_example(row, f"{file.name}, row {number}")
    return rows


def check_example(row: dict[str, str], where: str) -> None:
    """RunError if a row of examples is not complete, or a value is not allowed."""
    if any(not (row.get(c) or "").strip() for c in COLUMNS):
        raise RunError(f"{where}: fill in all of {', '.join(COLUMNS)}")
    if row["kind"] not in codes("attack_kind"):
        raise RunError(f"{where}: kind must be a code of vocabulary attack_kind")
    if row["approved_by"] not in ROLES:
        raise RunError(f"{where}: approved_by must be a role, never a name: {', '.join(ROLES)}")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"]):
        raise RunError(f"{where}: write the day of approval as 2024-03-01")


def _is_found_by_search(text: str, original: str) -> bool:
    """Whether the longest piece that both texts share is too long, or too much of the message."""
    example, message = (_NO_LETTER.sub("", t.casefold()) for t in (text, original))
    run = SequenceMatcher(None, example, message, autojunk=False).find_longest_match().size
    longest = LONGEST_RUN_OF_SIGNS if re.search(r"[\u3040-\u9fff]", message) else LONGEST_RUN
    return run >= longest or (bool(message) and run > LARGEST_SHARE * len(message))

"""What a build did with the rows of a list, in lines for the screen, in the language of the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.run.own_lists.prompts import remark_told, told
from hrdresearch.sources import get_facts
from hrdresearch.sources.beside_the_table import NO_ROW
from hrdresearch.sources.notes import Note
from hrdresearch.sources.own_guesses import guess_notes

MOST = 6  # reasons and kinds of changes that are told
ROWS_OF = {"cases": "of_persons", "detentions": "of_persons", "attacks": "of_attacks"}


def reasons_and_changes(set_aside: pd.DataFrame, issues: pd.DataFrame) -> dict[str, Any]:
    """How many rows were set aside for each reason, and how many cells changed, in all and in each way."""
    cells = issues[issues["row"] > 0]  # others are remarks on the whole file
    reasons = set_aside["reason"].astype(str)
    of_list = reasons[~reasons.str.startswith(NO_ROW)]
    return {
        "reasons": dict(Counter(of_list).most_common(MOST)),
        "changed": len(cells),
        "changes": dict(Counter(cells["done"].astype(str)).most_common(MOST)),
    }


def account_line(slug: str, rows_in: int, accepted: int, no_rows: int) -> str:
    """A line on how many rows of a list were accepted and set aside, without those that are none of it."""
    line = told(
        "account",
        slug=slug,
        of=told(ROWS_OF.get(get_facts(slug).table, "of_list"), n=f"{rows_in - no_rows:,}"),
        accepted=f"{accepted:,}",
        aside=f"{rows_in - no_rows - accepted:,}",
    )
    return line + (told("account_beside", n=no_rows) if no_rows else "")


def account_lines(q: Mapping[str, Any]) -> Iterator[str]:
    """Lines on a list of a build. q: its entry in ``quality``."""
    yield account_line(q["slug"], q["rows_in"], q["accepted"], q.get("no_rows", 0))
    for reason, n in q.get("reasons", {}).items():
        yield f"  {told('account_aside', rows=_rows(n), reason=remark_told(reason))}"
    if q.get("reasons"):
        yield f"  {told('account_where')}"
    if changed := q.get("changed", 0):
        kinds = " | ".join(f"{n:,}: {remark_told(done)}" for done, n in q["changes"].items())
        yield f"  {told('account_changed', n=f'{changed:,}', what=kinds)}"
    guessed = set(map(str, guess_notes(q["slug"])))  # told by 'source check', in one line here
    yield from (f"  {note_told(n)}" for n in notes_of(q) if str(n) not in guessed)
    if n := q.get("guesses", 0):
        yield f"  {told('account_guesses', n=n)}"


def notes_of(q: Mapping[str, Any]) -> Iterable[Note]:
    """Notes of a build on a whole list."""
    return map(Note.from_dict, q["notes"])


def note_told(note: Note) -> str:
    """A note on a whole file, in the language of the command where its words are translated."""
    return str(replace(note, words=remark_told(note.words)))


def _rows(n: int) -> str:
    return told("rows_one" if n == 1 else "rows", n=n)

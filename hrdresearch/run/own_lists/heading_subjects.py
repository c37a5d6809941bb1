"""Fields that a heading speaks of, where no known heading fits: by beginnings of its words and by cells.

"Verdict rendu le" over dates is a day of the sentence; "Адвокат был на допросе" over yes and no is the
contrary of "no lawyer". Such a field is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.vocab import vocabulary

KNOWN = 0.9  # a heading of the vocabulary needs no subject
NEAR, NEAR_SHARE = 0.5, 0.6  # nor does one that is near to one whose cells are of its kind
BY_SUBJECT = 0.75  # what a heading says by the beginning of a word
FITS = {"date": 0.6, "yes_no": 0.7, "codes": 0.5, "charge": 0.5, "sentence": 0.4, "identifier": 0.8}
BY_CELLS = ("date", "yes_no", "codes", "charge")  # kinds that cells prove
LONGEST = 8  # words of a heading


def with_subjects(
    columns: Sequence[Column], scores: Sequence[Mapping[str, float]], table: str
) -> list[dict[str, float]]:
    """What ``heading_scores`` says of each column, with the fields that its words speak of."""
    return [
        {**score, **dict.fromkeys(_beside(c, score, table), BY_SUBJECT)}
        for c, score in zip(columns, scores, strict=True)
    ]


def _beside(column: Column, score: Mapping[str, float], table: str) -> list[str]:
    """Fields that the words of a heading speak of; where it is near to one that is left out, by its cells."""
    known = vocabulary("list_fields")["fields"]
    score = {f: m for f, m in score.items() if table in known[f].get("of", (table,))}
    told = _told_by(column, score, table)
    if any("of" in known[name] for name in told) or max(score.values(), default=0.0) >= KNOWN:
        return []
    of_table = [f for f in _subjects(column) if table in known[f]["of"]]
    return [f for f in of_table if not told or known[f]["kind"] in BY_CELLS]


def is_turned_round(heading: str, field: str) -> bool:
    """Whether a column of yes and no on a field that is a refusal says that nothing was refused.

    >>> [is_turned_round(h, "lawyer_absent") for h in ("Vio a su abogada", "Sin abogado", "Name")]
    [True, False, False]
    """
    known = vocabulary("list_subjects")
    if field not in known["contrary"] or not _speaks(heading, known["subjects"][field]):
        return False
    plain = {fold(h) for h in vocabulary("list_fields")["fields"][field]["headings"]}
    return fold(heading) not in plain and not _speaks(heading, known["refusals"])


def whose_name(heading: str) -> int:
    """1 for a heading that speaks of the person whom a row is about, -1 of other people, else 0.

    >>> [whose_name(h) for h in ("Compañera", "Abogado", "Nombre")]
    [1, -1, 0]
    """
    known = vocabulary("list_subjects")
    return _speaks(heading, known["persons"]) - _speaks(heading, known["other_people"])


def _told_by(column: Column, score: Mapping[str, float], table: str) -> list[str]:
    """Fields that known headings tell of a column: its own, or one near to it and of which the cells are."""
    known = vocabulary("list_fields")["fields"]
    if max(score.values(), default=0.0) >= KNOWN:
        return list(score)
    is_dated = column.dates.share >= FITS["date"] and not column.is_numeric
    return [
        name
        for name, mark in score.items()
        if mark >= NEAR
        and table in known[name].get("of", (table,))
        and (known[name]["kind"] == "date" or not is_dated)
        and (name != "case_id" or column.is_unique)
        and _share(column, known[name]) >= NEAR_SHARE
    ]


def _share(column: Column, entry: Mapping[str, Any]) -> float:
    share = column.share(entry["kind"], entry.get("codes", ""))
    return 1.0 if share is None else share


def _subjects(column: Column) -> list[str]:
    known: Mapping[str, Any] = vocabulary("list_subjects")
    if len(fold(column.heading).split()) > LONGEST or not column.values:
        return []
    return [
        name
        for name, words in known["subjects"].items()
        if _speaks(column.heading, words)
        and not _speaks(column.heading, known["never"].get(name, ()))
        and _fits(column, name)
    ]


def _fits(column: Column, name: str) -> bool:
    """Whether the cells of a column are of the kind of a field."""
    entry = vocabulary("list_fields")["fields"][name]
    kind = entry["kind"]
    if name in ("case_id", "event_id"):
        has_digits = any(c.isdigit() for v in column.values for c in v)
        if not has_digits or column.is_unique != (name == "case_id"):
            return False
    if kind not in FITS or name == "appeal":  # "upheld" is no sentence
        return not column.is_numeric
    share = column.share(kind, entry.get("codes", ""))
    return share is not None and share >= FITS[kind]


def _speaks(heading: str, beginnings: Sequence[str]) -> bool:
    words = _words(heading)
    text = " " + " ".join(words)
    return any(
        f" {stem} " in text + " " if len(stem) < 4 and stem.isascii() else f" {stem}" in text
        for stem in map(fold, beginnings)
    )


@cache
def _words(heading: str) -> list[str]:
    """Words of a heading in small letters, without the Arabic article."""
    bare = re.sub(r"(?<=[^\W\d_])\([^)]{1,3}\)", "", heading)  # Interpellé(e)
    return [w if w.isascii() else _without_article(w) for w in fold(bare).split()]


def _without_article(word: str) -> str:
    for article in ("وال", "بال", "لل", "ال"):
        if word.startswith(article) and len(word) - len(article) > 2:
            return word.removeprefix(article)
    return word

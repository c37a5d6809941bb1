"""Writes notes on sentences and charges that no rule can read: numbers and patterns, never persons."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from hrdresearch.coding.pretext import code_charges
from hrdresearch.coding.sentence import parse_sentences
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.sources import get_facts, load
from hrdresearch.sources.notes import Note

TABLES_WITH_SENTENCES = ("census", "detentions")
MOST_SHAPES, LONGEST_SHAPE = 5, 40
ALLOWED_SIGNS = "a# .,;:()-/+%"  # no sign that could be markup on a page
WORDS = (
    "{unread} of {recorded} recorded sentences are not read by any rule and are counted at no "
    "threshold; their shapes (a for letters, # for digits), most frequent first: {shapes}."
)
UNREAD_CHARGE = ("other", "not_recorded")
MOST_OTHER = 0.2  # share of charges; if more are unread, a table of charges says little
OTHER_CHARGES = (
    "{unread} of {mentions} charges of this list, more than one in five, are coded as other or name "
    "no charge that a rule reads. Look at unread.csv in the restricted folder of the build, and add "
    "their words to the vocabulary of charges, before the table of charges is used."
)
FEW_CHARGES = (
    "{unread} of {mentions} charges of this list are coded as other or name no charge that a rule reads; "
    "unread.csv in the restricted folder of the build has them."
)


def note_unread_texts(rows: pd.DataFrame) -> list[Note]:
    """Notes on the sentences and on the charges of a list that no rule reads."""
    return [*note_unread_sentences(rows), *note_other_charges(rows)]


def note_other_charges(rows: pd.DataFrame, is_check: bool = False) -> list[Note]:
    """A note if more than a fifth of the charges are coded ``other`` or not at all; otherwise none.

    rows: columns ``charge_text`` and ``state_iso3``; rows without a charge are not counted. is_check: a note
    on fewer charges, too.
    """
    given = rows[rows["charge_text"].str.strip() != ""]
    rows_of = Counter(zip(given["charge_text"], given["state_iso3"], strict=True))
    mentions: Counter[str] = Counter()
    for found, number in zip(code_charges(rows_of), rows_of.values(), strict=True):
        mentions.update({p.code: number for p in found} or {"not_recorded": number})
    unread = sum(mentions[code] for code in UNREAD_CHARGE)
    if unread <= MOST_OTHER * mentions.total():
        few = [Note.of(FEW_CHARGES, unread=unread, mentions=mentions.total())]
        return few if is_check and unread else []
    return [Note.of(OTHER_CHARGES, unread=unread, mentions=mentions.total())]


def note_unread_sentences(rows: pd.DataFrame) -> list[Note]:
    """A note on the sentences that no rule reads; an empty list if all are read.

    rows: columns ``sentence_text`` and ``sentence_kind_as_published`` (a kind that the source
    gives itself, or "").
    """
    given = rows["sentence_text"].str.strip() != ""
    texts = rows.loc[given & (rows["sentence_kind_as_published"] == ""), "sentence_text"]
    distinct = texts.unique()
    kinds = {t: s.kind for t, s in zip(distinct, parse_sentences(distinct), strict=True)}
    shapes = Counter(letter_pattern(text) for text in texts if kinds[text] == "unparsed")
    if not shapes:
        return []
    frequent = ", ".join(f"“{shape}”" for shape, _ in shapes.most_common(MOST_SHAPES))
    return [
        Note.of(WORDS, unread=shapes.total(), recorded=int(given.sum()), shapes=frequent),
    ]


def note_unread_in_file(slug: str, path: Path) -> list[Note]:
    """Notes on the unread texts in the file of a source; empty for tables without sentences."""
    if not slug or get_facts(slug).table not in TABLES_WITH_SENTENCES:
        return []
    rows = load(slug, path, opener=opener_for(path)).accepted
    return [*note_unread_sentences(rows), *note_other_charges(rows, is_check=True)]


def letter_pattern(text: str) -> str:
    """Pattern of a text: ``a`` for letters, ``#`` for digits, and punctuation.

    >>> letter_pattern("Art. 5: qwert 12")
    'a. #: a #'
    """
    runs = re.sub(r"\d+", "#", re.sub(r"[^\W\d_]+", "a", text))
    kept = "".join(c if c in ALLOWED_SIGNS else " " for c in runs)
    return " ".join(kept.split())[:LONGEST_SHAPE]

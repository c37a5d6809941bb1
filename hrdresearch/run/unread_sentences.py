"""Notes on prison sentences that no rule can read: how many, and their patterns, never a person."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from hrdresearch.coding.sentence import parse_sentence
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.sources import get_facts, load
from hrdresearch.sources.notes import Note

TABLES_WITH_SENTENCES = ("census", "detentions")
MOST_SHAPES, LONGEST_SHAPE = 5, 40
ALLOWED_SIGNS = "a# .,;:()-/+%"  # nothing that a page could take for markup
WORDS = (
    "{unread} of {recorded} recorded sentences are not read by any rule and are counted at no "
    "threshold; their shapes (a for letters, # for digits), most frequent first: {shapes}."
)


def note_unread_sentences(rows: pd.DataFrame) -> list[Note]:
    """One note on the sentences that no rule reads; an empty list when all are read.

    rows: columns ``sentence_text`` and ``sentence_kind_as_published`` (a kind that the source
    gives itself, or "").
    """
    given = rows["sentence_text"].str.strip() != ""
    texts = rows.loc[given & (rows["sentence_kind_as_published"] == ""), "sentence_text"]
    kinds = {text: parse_sentence(text).kind for text in texts.unique()}
    shapes = Counter(letter_pattern(text) for text in texts if kinds[text] == "unparsed")
    if not shapes:
        return []
    frequent = ", ".join(f"“{shape}”" for shape, _ in shapes.most_common(MOST_SHAPES))
    return [
        Note.of(WORDS, unread=shapes.total(), recorded=int(given.sum()), shapes=frequent),
    ]


def note_unread_in_file(slug: str, path: Path) -> list[Note]:
    """Notes on the unread sentences in the file of a source; empty for tables without sentences."""
    if not slug or get_facts(slug).table not in TABLES_WITH_SENTENCES:
        return []
    return note_unread_sentences(load(slug, path, opener=opener_for(path)).accepted)


def letter_pattern(text: str) -> str:
    """Pattern of a text: ``a`` for a run of letters, ``#`` for a run of digits, punctuation.

    >>> letter_pattern("Art. 5: qwert 12")
    'a. #: a #'
    """
    runs = re.sub(r"\d+", "#", re.sub(r"[^\W\d_]+", "a", text))
    kept = "".join(c if c in ALLOWED_SIGNS else " " for c in runs)
    return " ".join(kept.split())[:LONGEST_SHAPE]

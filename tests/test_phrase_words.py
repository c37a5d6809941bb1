"""Phrases of a vocabulary in words that a reader understands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.coding.phrase_words import phrase_in_words
from hrdresearch.vocab import vocabulary

PHRASES = [
    pattern
    for held in vocabulary("upr_concern")["languages"].values()
    for key in ("not", "explicit", "implicit")
    for pattern in held[key]
]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bdefenders\b", "defenders"),
        (r"\b(?:legal|human) activists?\b", "(legal/human) activist[s]"),
        (r"\bnon-?governmental organi[sz]ations?\b", "non[-]governmental organi(s/z)ation[s]"),
        (r"\blawyers\b[^.;]{0,60}\b(?:harass\w*)", "lawyers … harass…"),
        (r"\bindividuals,? (?:and )?groups\b", "individuals[,] [and ]groups"),
        (r"\bdroits(?! humains)", "droits (not before humains)"),
    ],
)
def test_a_phrase_is_written_with_strokes_brackets_and_ellipses(pattern: str, words: str) -> None:
    assert phrase_in_words(pattern) == words


@pytest.mark.parametrize("pattern", PHRASES)
def test_no_phrase_of_the_vocabulary_shows_signs_of_its_expression(pattern: str) -> None:
    words = phrase_in_words(pattern)
    assert words
    assert not re.search(r"[\\?*+{}|^]|\(/|/\)", words)
    assert words.count("(") == words.count(")")
    assert words.count("[") == words.count("]")


@given(
    st.lists(st.text("abc déñ", min_size=1).map(str.strip).filter(bool), min_size=1, unique=True)
)
def test_every_alternative_stands_in_the_words(several: list[str]) -> None:
    words = phrase_in_words(rf"\b(?:{'|'.join(several)})\b")
    assert words.strip("()").split("/") == [re.sub(" +", " ", one) for one in several]

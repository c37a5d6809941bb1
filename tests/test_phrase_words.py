"""Phrases of a vocabulary in words that a reader understands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.phrase_words import phrase_in_words

PHRASES = [
    phrase
    for held in vocabulary("upr_concern")["phrases"].values()
    for several in held.values()
    for phrase in several
]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("defenders", "defenders"),
        ("(legal|human) (activist|activists)", "(legal/human) (activist/activists)"),
        ("lawyers ..8 (harass*|threat*)", "lawyers … (harass…/threat…)"),
        ("free (of|the|any)?3 charges", "free [of/the/any] charges"),
        ("individuals ,? and? groups ,?", "individuals [,] [and] groups [,]"),
        ("defenseures (et (des)? defenseurs)? droits", "defenseures [et [des] defenseurs] droits"),
    ],
)
def test_a_phrase_is_written_with_strokes_brackets_and_ellipses(phrase: str, words: str) -> None:
    assert phrase_in_words(phrase) == words


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_phrase_of_the_vocabulary_shows_signs_of_its_notation(phrase: str) -> None:
    words = phrase_in_words(phrase)
    assert not re.search(r"[?*|«»‹›]|\.\.", words)
    assert (words.count("("), words.count("[")) == (words.count(")"), words.count("]"))
    plain = re.findall(r"[^\W\d_]+", phrase)
    assert re.findall(r"[^\W\d_]+", words) == plain  # every word stands, in its order


@given(st.lists(st.text("abc", min_size=1), min_size=1), st.booleans())
def test_every_alternative_stands_in_the_words(several: list[str], may_miss: bool) -> None:
    words = phrase_in_words(f"({'|'.join(several)}){'?' if may_miss else ''}")
    assert words == f"{'[' if may_miss else '('}{'/'.join(several)}{']' if may_miss else ')'}"

"""Undoes tricks of spelling that a reader does not see: look-alike letters, spaced and joined words."""

from __future__ import annotations

import re
from functools import cache

import regex  # type: ignore[import-untyped]

from hrdresearch.vocab import vocabulary

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LATIN = regex.compile(r"[\p{Latin}\p{M}]+")
_DIGIT = regex.compile(r"\d")
_SCRIPTS = ("Cyrillic", "Greek", "Armenian", "Cherokee", "Lisu", "Coptic", "Georgian")
_ALIKE = "ɐ-ʯᴀ-ᶿꜰ-ꟿƄƖƦǀ" + "".join(rf"\p{{{script}}}" for script in _SCRIPTS)
_MIXED = regex.compile(f"[0-9{_ALIKE}]")
# Of a word of digits alone nothing is replaced.
_MAY_CHANGE = regex.compile(
    rf"(?V1)[{_ALIKE}]|[0-9][[\p{{L}}\p{{M}}\p{{N}}]--[0-9]]|[[\p{{L}}\p{{M}}\p{{N}}]--[0-9]][0-9]"
)
_MAY_CHANGE_ASCII = re.compile("[0-9][A-Za-z]|[A-Za-z][0-9]")
_APART = regex.compile(
    r"(?<![\p{L}\p{M}\d])(?:\p{L}\p{M}*[ .\-\u00a0]){3,}\p{L}\p{M}*(?![\p{L}\p{M}])"
)
_WITHIN = regex.compile(r"(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})")
_MOST_DIGITS = 0.5  # share of digits above which a word is a code and no name


def replace_look_alikes(text: str) -> str:
    """Replace letters of other scripts, and digits, that look like a Latin letter.

    Only words that are wholly Latin after that are changed. Each sign is replaced by one sign, so that
    positions in the text stay the same.

    >>> replace_look_alikes("Zunеla T3stal and Наталка")
    'Zunela Testal and Наталка'
    """
    may_change = _MAY_CHANGE_ASCII if text.isascii() else _MAY_CHANGE
    return str(_WORD.sub(_read, text)) if may_change.search(text) else text


def join_spaced_letters(text: str) -> str:
    """Join the letters of words that are written with spaces between their letters.

    >>> join_spaced_letters("Z u n e l a  T e s t a l spoke")
    'Zunela  Testal spoke'
    """
    return str(_APART.sub(lambda m: regex.sub(r"[ .\-\u00a0]", "", m[0]), text))


def split_at_capitals(text: str) -> str:
    """Put a space before a capital letter within a word.

    >>> split_at_capitals("ZunelaTestal spoke")
    'Zunela Testal spoke'
    """
    return str(_WITHIN.sub(" ", text))


def _read(match: regex.Match) -> str:
    word = str(match[0])
    if len(word) < 2 or not _MIXED.search(word):
        return word
    if len(_DIGIT.findall(word)) > _MOST_DIGITS * len(word):
        return word
    seen = "".join(_table().get(sign, sign) for sign in word)
    return seen if _LATIN.fullmatch(seen) else word


@cache
def _table() -> dict[str, str]:
    held = vocabulary("name_look_alikes")
    pairs = [pair for signs in held["letters"].values() for pair in signs.split()]
    return {pair[0]: pair[1] for pair in [*pairs, *held["digits"].split()]}

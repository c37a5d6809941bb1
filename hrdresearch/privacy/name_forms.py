"""Forms of a name that the index holds beside its spellings: pairs of words, initials, surnames.

Every form is hashed by the index. Words stand in pairs as hashes of words, so that a word that is
spelled wrongly, and found by its keys, can be put into its pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from hrdresearch.names.name_words import split_name
from hrdresearch.names.romanize import romanize
from hrdresearch.names.sound_keys import sound_keys, sound_pairs
from hrdresearch.names.spelling import PARTICLES, Word, fold_word, plain_letters
from hrdresearch.names.syllable_spellings import other_spellings, syllables_of
from hrdresearch.names.variants import han_hangul_spellings, name_parts, words_of_name
from hrdresearch.names.wrong_letters import spelling_keys

SHORTEST_SURNAME = 3
SHORTEST_WRONG = 4  # letters of a word that is looked for with one wrong letter
SHORTEST_SOUND = 2  # consonants of a word that is looked for as it sounds
_MOST_WORDS = 6
_JOINT = re.compile(r"['’‘ʼʻ`´·‧‐‑-]")
_ENDINGS = re.compile(r"(?:iy|ij|yj|ii|yi)$")  # of Slavic names, which many print as y


class NameForms(NamedTuple):
    """Forms of one name as a list prints it; words are folded (lower case, without accents).

    pairs: every two words of the name. initials: an initial and another word. surnames: words that may
    be the surname. sounds: keys of two words by their sounds. keys: for each word, keys of its spelling;
    by these it is found with a wrong letter or in another transliteration.
    """

    pairs: set[tuple[str, str]]
    initials: set[tuple[str, str]]
    surnames: set[str]
    sounds: set[str]
    keys: dict[str, set[str]]


def name_forms(name: str, is_label: Callable[[str], bool] = lambda _: False) -> NameForms:
    """Forms of a name as a list prints it; for a cell with several persons, the forms of each.

    is_label: whether a text is a label of a vocabulary, such as a place.
    """
    forms = NameForms(set(), set(), set(), set(), {})
    parts, aliases = name_parts(name, is_label)
    unbroken = parts[1] if len(parts) > 1 and parts[1].split() != parts[0].split() else None
    for part in parts:
        words = words_of_name(_without_places(part, is_label))
        if any(word.is_syllable for word in words):
            _add_syllabic(forms, words)
        else:
            _add_words(forms, words, None if part == unbroken else "," in part)
            if len(words) <= _MOST_WORDS:
                forms.sounds.update(sound_pairs(" ".join(word.raw for word in words)))
    for token in (fold_word(alias) for alias in aliases if " " not in alias.strip()):
        forms.surnames.update({token} if len(token) >= SHORTEST_SURNAME else ())
    return forms


def word_sound_keys(word: str) -> set[str]:
    """Keys of the sounds of a word, for the index and for the words of a text.

    >>> word_sound_keys("مراد") & word_sound_keys("Mourad")
    {'~mrt'}
    """
    parts = [part for part in split_name(word).words if not part.is_optional]
    if len(parts) != 1:
        return set()
    keys = {key.strip("-") for key in sound_keys(parts[0])}
    return {f"~{key}" for key in keys if len(key) >= SHORTEST_SOUND}


def _without_places(part: str, is_label: Callable[[str], bool]) -> str:
    """A cell without a place that stands behind the whole name of a person."""
    pieces = re.split("[,;/]", part)
    if any(len(words_of_name(piece)) > 1 and not is_label(piece) for piece in pieces):
        return ", ".join(piece for piece in pieces if not is_label(piece))
    return part


def _add_words(forms: NameForms, words: list[Word], has_comma: bool | None) -> None:
    """Add the forms of a name in an alphabet; has_comma: None where its surname cannot be recognized."""
    tokens = list(_tokens(words))
    for place, token, raw in tokens:
        forms.keys.setdefault(token, set()).update(_keys(raw))
        if has_comma is not None and _may_be_surname(words, place, has_comma):
            forms.surnames.update({token} if len(raw) >= SHORTEST_SURNAME else ())
    for (place, token, raw), (other_place, other, other_raw) in combinations(tokens, 2):
        if place != other_place and token != other:
            _add_pair(forms, (token, _initials(token, raw)), (other, _initials(other, other_raw)))
    if len({place for place, _, _ in tokens}) == 1:
        forms.surnames.clear()  # a name of one word is looked for as such
    if 2 <= len(words) <= 3 and all(syllables_of(word.raw) for word in words):
        spelled = [other_spellings(word.raw) for word in words]
        for pair in (p for two in combinations(spelled, 2) for p in product(*two)):
            a, b = map(fold_word, pair)
            _add_pair(forms, (a, {a[:1]}), (b, {b[:1]}))


def _add_syllabic(forms: NameForms, words: list[Word]) -> None:
    """Add a name in Chinese or Korean characters: family and given name in Latin letters."""
    spelled = han_hangul_spellings([w.raw for w in words], [w.joined for w in words])
    for kind, text in spelled:
        if kind == "name" and text.count(" ") == 1:
            one, other = text.split(" ")
            _add_pair(forms, (one, {one[:1]}), (other, {other[:1]}))
    if len(words) > 1:
        family = [reading for reading in romanize(words[0].raw) if len(reading) >= SHORTEST_SURNAME]
        forms.surnames.update(map(fold_word, family))


def _add_pair(forms: NameForms, one: tuple[str, set[str]], other: tuple[str, set[str]]) -> None:
    """Add two words of a name, each with its initials."""
    (a, a_initials), (b, b_initials) = one, other
    if a and b and len(a) + len(b) > SHORTEST_SURNAME:
        forms.pairs.add((min(a, b), max(a, b)))
        forms.initials.update({(i, b) for i in a_initials if len(b) > 1})
        forms.initials.update({(i, a) for i in b_initials if len(a) > 1})


def _tokens(words: list[Word]) -> Iterator[tuple[int, str, str]]:
    """Number of the word, folded word, word as printed: for pieces between hyphens, and for all as one."""
    for place, word in enumerate(words[:_MOST_WORDS]):
        pieces = [p for p in _JOINT.split(word.raw) if fold_word(p)]
        for raw in dict.fromkeys([*pieces, *(["".join(pieces)] if len(pieces) > 1 else [])]):
            token = fold_word(raw)
            if len(token) > 1 and token not in PARTICLES:
                yield place, token, raw


def _may_be_surname(words: list[Word], place: int, has_comma: bool) -> bool:
    """Any word but a first one, unless the list may print surnames first."""
    if place or has_comma or plain_letters(words[0].raw)[:1] != words[0].raw[:1].lower():
        return True
    upper = [w.raw.isupper() and len(w.raw) > 2 for w in words]
    return (upper[0] and not all(upper)) or all(syllables_of(w.raw) for w in words)


def _initials(token: str, raw: str) -> set[str]:
    return {token[0], *fold_word(plain_letters(raw)[:1])[:1]}


def _keys(raw: str) -> set[str]:
    """Keys of a word's spelling; of a word in another script also as it sounds."""
    plain = plain_letters(raw)
    if plain[:1] == raw[:1].lower():
        return spelling_keys(plain) if len(plain) >= SHORTEST_WRONG else set()
    spelled = {plain, _ENDINGS.sub("y", plain)}
    keys = {k for s in spelled if len(s) >= SHORTEST_WRONG for k in spelling_keys(s)}
    return keys | word_sound_keys(raw)

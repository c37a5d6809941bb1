"""Lists variants of a name: the spellings by which a text may name this person.

These are: full name, given and family name without the middle ones, parts of a cell that names several
persons, names in two scripts, consonants of names in Arabic, Hebrew, Cyrillic, Indian and Ethiopic
script. Which variants are made, and why, stands in docs/decisions/0004.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from hrdresearch.names.romanize import BURMESE, burmese_syllables, romanize
from hrdresearch.names.spelling import (
    PARTICLES,
    SYLLABIC,
    Word,
    consonant_skeletons,
    merge_romanizations,
    plain_text,
    word_runs,
)

LONGEST = 6
_TRADITIONS = 3  # of reading the characters of a given name
SHORTEST_JOINED = 9
SHORTEST_SKELETON = 6
FULL, SHORT, SINGLE = 1, 2, 4
_APART = re.compile(r"[\"“”«»„(\[]([^\"“”«»„()\[\]]*)[\"“”«»„)\]]|(?<!\w)['‘’]([^'‘’]+)['‘’](?!\w)")
_SEVERAL = re.compile(r"\s+(?:and|&|y|e|et|und)\s+|[;/|]|\n{2,}|,")
_ASIDE_MARKS = re.compile(r"[\"“”«»„()\[\]]|(?<!\w)['‘’]|['‘’](?!\w)")
_NO_WORD = re.compile(r"[\d.:;!?|]+")


def spelling_variants(
    name: str, is_label: Callable[[str], bool] = lambda _: False
) -> set[tuple[str, tuple[str, ...], int]]:
    """Variants of a name, each as (kind of comparison, words, mark).

    Kinds: name (folded words), signs (characters), latin and abjad (consonants). Marks: ``FULL``
    name, ``SHORT`` (a part of it) or ``SINGLE`` (one word). A cell that names several persons is
    split into their names; a part for which ``is_label`` is True (a place) is not a name.
    """
    parts, aliases = name_parts(name, is_label)
    whole = parts[0]
    out: set[tuple[str, tuple[str, ...], int]] = set()
    for part in parts:
        out |= _variants(words_of_name(part), aliases)
    if BURMESE.search(
        whole
    ):  # its words stand together in its own script and apart in Latin letters
        words = [w for run in word_runs(" ".join(burmese_syllables(whole))) for w in run]
        out |= {(k, t, SHORT) for k, t, mark in _variants(words, []) if mark != SINGLE}
    for alias in aliases:
        words = [w for run in word_runs(alias) for w in run]
        if sum(p not in PARTICLES for w in words for p in w.pieces) >= 2:
            out |= _variants(words, [])
    return out


def name_parts(
    name: str, is_label: Callable[[str], bool] = lambda _: False
) -> tuple[list[str], list[str]]:
    """Names that one cell holds: the whole first, then each person's; and what stands in quotes.

    >>> name_parts('Ernal "Chispo" Vegunta')[1]
    ['Chispo']
    """
    text = plain_text(name)
    aliases = [a or b for a, b in _APART.findall(text)]
    whole = _APART.sub(" ", text)
    unbroken = _ASIDE_MARKS.sub(" ", text)
    if len(whole.split()) < 2:  # what stands apart belongs to the name: never index half of it
        whole = unbroken
    several = {part for part in _SEVERAL.split(whole) if part and not is_label(part)}
    if SYLLABIC.search(whole):  # a name in two scripts is two names
        several |= {"".join(SYLLABIC.findall(whole)), SYLLABIC.sub(" ", whole)}
    several = {part for part in several if len(words_of_name(part)) > 1}
    return list(dict.fromkeys([whole, unbroken, *sorted(several)])), aliases


def words_of_name(part: str) -> list[Word]:
    """Words of a name, without numbers and stops.

    >>> [word.raw for word in words_of_name("Testal, Z. 2")]
    ['Testal', 'Z']
    """
    return [word for run in word_runs(_NO_WORD.sub(" ", part)) for word in run]


def _variants(words: list[Word], aliases: list[str]) -> set[tuple[str, tuple[str, ...], int]]:
    out: set[tuple[str, tuple[str, ...], int]] = set()
    if not words:
        return out
    if any(w.is_syllable for w in words):
        folded = [w.joined for w in words]
        usual = {_family_and_given(folded, 1), _family_and_given(folded, 2), unordered_key(folded)}
        for kind, text in han_hangul_spellings([w.raw for w in words], folded):
            mark = FULL if kind == "signs" or text in usual else SHORT  # others need a capital
            out.add((kind, tuple(text.split(" ")), mark if len(words) > 1 else SINGLE))
    is_syllabic = any(w.is_syllable for w in words)
    orders = [] if is_syllabic else [[t for _, t in stream] for stream in word_sequences(words)]
    for tokens in orders:
        out |= _parts(tokens)
    content = [t for t in (orders[-1] if orders else []) if t not in PARTICLES]
    for alias in aliases:
        nick = [p for run in word_runs(alias) for w in run for p in w.pieces if p not in PARTICLES]
        out |= {("name", tuple(sorted((n, content[-1]))), SHORT) for n in nick if content}
    bones = [s for w in words for s in word_consonants(w)]
    if len(bones) >= 2 and sum(map(len, bones)) >= SHORTEST_SKELETON:
        kinds = ("abjad", "latin") if any(w.by_consonants for w in words) else ("abjad",)
        for kind in kinds:
            out.add((kind, tuple(sorted(bones)), FULL))
            out |= {(kind, pair, SHORT) for pair in _given_and_family(bones)}
    return out


def _given_and_family(bones: list[str]) -> set[tuple[str, ...]]:
    """Two words of a name of three or more, by their consonants: the first with each later one."""
    if len(bones) < 3:
        return set()
    pairs = {tuple(sorted((bones[0], other))) for other in bones[1:]}
    return {pair for pair in pairs if sum(map(len, pair)) >= SHORTEST_SKELETON}


def _parts(tokens: list[str]) -> set[tuple[str, tuple[str, ...], int]]:
    """Variants by words: the full name, and the name without some of its words."""
    content = [t for t in tokens if t not in PARTICLES]
    if len(content) < 2:
        content = tokens
    if not content:
        return set()
    if len(content) == 1:
        return {("name", (content[0],), SINGLE)} if len(content[0]) > 1 else set()
    out: set[tuple[str, tuple[str, ...], int]] = set()
    for n in range(0, max(1, len(content) - LONGEST + 1)):
        out.add(("name", tuple(sorted(content[n : n + LONGEST])), FULL))
    for order in (content, [content[-1], *content[:-1]]):
        joined = merge_romanizations("".join(order))
        if len(joined) >= SHORTEST_JOINED:
            out.add(("name", (joined,), FULL))
    if len(content) >= 3:
        first, *rest = content
        last = {rest[-1], rest[0] if len(rest) == 2 else rest[-2]}
        out |= {("name", tuple(sorted((first, other))), SHORT) for other in last if len(other) > 1}
    if len(content) >= 4:
        for dropped in range(1, len(content)):
            left = [t for n, t in enumerate(content) if n != dropped][:LONGEST]
            out.add(("name", tuple(sorted(left)), SHORT))
    return out


def word_sequences(run: list[Word]) -> list[list[tuple[int, str]]]:
    """Readings of a run of words: split or joined at hyphens, with particles and without.

    Each reading is a list of (position of the word in the run, folded word).
    """
    sequences = [[(i, piece) for i, word in enumerate(run) for piece in word.pieces]]
    if any(len(word.pieces) > 1 for word in run):
        sequences.append([(i, word.joined) for i, word in enumerate(run) if word.pieces])
    bare = [[item for item in stream if item[1] not in PARTICLES] for stream in sequences]
    return sequences + [
        b for b, s in zip(bare, sequences, strict=True) if len(b) not in (0, len(s))
    ]


def han_hangul_spellings(raw: list[str], folded: list[str]) -> Iterator[tuple[str, str]]:
    """Spellings of a Chinese or Korean name: its characters, and its names in Latin letters.

    raw, folded: the characters as written and in Latin letters. The family name is the first
    character, or the first two where the name has three or four.

    >>> sorted(han_hangul_spellings(["文", "试", "验"], ["ven", "shi", "ian"]))[0]
    ('name', 'ian shi ven')
    """
    yield "signs", "".join(raw)
    if 2 <= len(raw) <= 4:
        if len(raw) == 3 and folded[1] != folded[2]:
            yield "name", unordered_key(folded)
        for reading in _read_alike(raw, folded):
            yield "name", _family_and_given(reading, 1)
    if 3 <= len(raw) <= 4:
        yield "name", _family_and_given(folded, 2)


def _read_alike(raw: list[str], folded: list[str]) -> list[list[str]]:
    """Folded characters in the usual reading and in other ones: each family name with each given.

    The readings of a character stand in one order, so that the second is Cantonese for all.
    """
    read = [[merge_romanizations(reading) for reading in romanize(sign)] for sign in raw]
    given = [[r[n] if n < len(r) else r[0] for r in read[1:]] for n in range(_TRADITIONS)]
    both = [folded, *([family, *rest] for family in read[0] for rest in given)]
    return [list(reading) for reading in dict.fromkeys(map(tuple, both))]


def _family_and_given(folded: list[str], family: int) -> str:
    parts = folded[:family], folded[family:]
    return unordered_key(merge_romanizations("".join(part)) for part in parts)


def word_consonants(word: Word) -> tuple[str, ...]:
    """Consonants of a word as Arabic script writes them; none for a particle."""
    if all(piece in PARTICLES for piece in word.pieces) and not word.by_consonants:
        return ()
    return _skeletons(word.raw)


@lru_cache(maxsize=100_000)
def _skeletons(raw: str) -> tuple[str, ...]:
    return consonant_skeletons(re.sub(r"^(?:[AaEe]l|[Aa][sdnrtz]h?|[Uu]l)[-‐‑'’]", "", raw))


def unordered_key(tokens: Iterable[str]) -> str:
    """The words sorted into one text, so that their order does not matter.

    >>> unordered_key(["testal", "zunela"]) == unordered_key(["zunela", "testal"])
    True
    """
    return " ".join(sorted(tokens))

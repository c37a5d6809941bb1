"""Scores whether two printed names may be of one person, with the reasons; for linkage.

Words of both names are paired as they sound (``sounds``), whatever their order and script, joined
where one publisher joins them; forms of one name (``vocab/name_equivalents.yml``) count nearly as
the same. The score is 1 for the same words and falls with each difference. A score is never enough
to join rows: two persons may share a name, so linkage asks for a second field. Sex and origin of a
person are never inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hrdresearch.names.equivalent_forms import characters_read_as, equivalent_groups
from hrdresearch.names.name_words import JoinedWords, NameWord, joined_words, split_name
from hrdresearch.names.word_sounds import sound_likeness

LIKELY_SAME = 0.85  # about 1 in 100 pairs of different persons score higher (benchmarks/results.md)
_PAIRED = 0.6  # words less alike than this are different names
_EQUIVALENT, _READING, _INITIAL = 0.94, 0.9, 0.9
_LEFT_OUT, _FIRST_LEFT_OUT, _SYLLABLE_LEFT_OUT = 0.965, 0.9, 0.87  # for a word that one name lacks
_JOINED_ALIKE = 0.8  # words that one publisher joins are at least so alike
_JOINED = 3  # words that a publisher may write as one


class NameComparison(NamedTuple):
    """Score from 0 (different names) to 1 (the same words), and the reasons, without the names."""

    score: float
    why: str


class _Pair(NamedTuple):
    a: JoinedWords
    b: JoinedWords
    likeness: float
    why: str


def compare_names(a: str, b: str) -> NameComparison:
    """How likely two printed names are of one person, by their words alone.

    a, b: names of persons as published, any script. The order of the two does not matter; a blank
    name scores 0. Raises nothing.

    >>> compare_names("محمود الخطيب", "Mahmoud al-Khatib").why
    'alike in sound'
    >>> compare_names("María López", "Mario López").score < LIKELY_SAME
    True
    >>> compare_names("Testal, Zunela", "Zunela M. Testal")
    NameComparison(score=0.951, why='same words, other order, more words in one')
    """
    one, other = split_name(min(a, b)), split_name(max(a, b))
    best = NameComparison(0.0, "no name")
    for words_a in (one.words, *one.others):
        for words_b in (other.words, *other.others):
            found = _compared(
                words_a,
                words_b,
                one.keeps_order or other.keeps_order,
                (one.is_syllabic, other.is_syllabic),
            )
            best = max(best, found, key=lambda c: c.score)
    return best


@lru_cache(maxsize=100_000)
def _compared(
    a: tuple[NameWord, ...],
    b: tuple[NameWord, ...],
    keeps_order: bool,
    is_syllabic: tuple[bool, bool],
) -> NameComparison:
    pairs = _paired(a, b)
    if not pairs:
        return NameComparison(0.0, "different names")
    left_a, left_b = _without_pair(a, [p.a for p in pairs]), _without_pair(b, [p.b for p in pairs])
    weights = [max(_size(p.a.word), _size(p.b.word)) for p in pairs]
    likenesses = [p.likeness for p in pairs]
    mean = sum(w * x for w, x in zip(weights, likenesses, strict=True)) / sum(weights)
    score = (mean + min(likenesses)) / 2
    reasons = list(dict.fromkeys(p.why for p in sorted(pairs, key=lambda p: p.likeness)))
    starts = [p.b.first for p in sorted(pairs, key=lambda p: p.a.first)]
    if starts != sorted(starts):
        score *= 0.85 if keeps_order else 0.985
        reasons.append("other order")
    content = [[part for part in left if not part.is_optional] for left in (left_a, left_b)]
    open_words = [_open_words(words, left) for words, left in ((a, left_a), (b, left_b))]
    matched = sum(0.5 if "initial" in p.why else 1.0 for p in pairs)
    if any(content) and all(open_words):
        both = sum(map(_size, [*open_words[0], *open_words[1]]))
        score *= 0.75 * sum(weights) / (sum(weights) + both / 2)
        reasons.append("other words in both")
    elif any(content):
        lacks_first = any(  # a Chinese or Korean name has no Western first name to lack
            left and left[0] is words[0] and not other_is_syllabic
            for words, left, other_is_syllabic in zip(
                (a, b), content, is_syllabic[::-1], strict=True
            )
        )
        each = _SYLLABLE_LEFT_OUT if all(is_syllabic) else _LEFT_OUT
        score *= each ** sum(map(len, content)) * (
            _FIRST_LEFT_OUT / _LEFT_OUT if lacks_first else 1
        )
        reasons.append("more words in one")
    if matched < 2 and (matched > 1 or any(content)):
        score *= 0.9 if matched > 1 else 0.6
        reasons.append("few words in common")
    return NameComparison(round(score, 3), ", ".join(reasons))


def _paired(a: tuple[NameWord, ...], b: tuple[NameWord, ...]) -> list[_Pair]:
    """Pairs of words, the most alike first, no word twice."""
    singles = list(_candidates(joined_words(a, 1), joined_words(b, 1), _PAIRED))
    pairs = _surest_pairs(singles)
    if len(pairs) == len(a) == len(b) and all(p.likeness > _JOINED_ALIKE for p in pairs):
        return pairs
    whole_a, whole_b = joined_words(a, _JOINED), joined_words(b, _JOINED)
    joined = [
        *_candidates(whole_a[len(a) :], whole_b[: len(b)], _JOINED_ALIKE),
        *_candidates(whole_a[: len(a)], whole_b[len(b) :], _JOINED_ALIKE),
    ]
    return _surest_pairs([*singles, *joined]) if joined else pairs


def _surest_pairs(found: Sequence[_Pair]) -> list[_Pair]:
    pairs: list[_Pair] = []
    for pair in sorted(found, key=_surest_first):
        if all(_do_not_overlap(pair.a, p.a) and _do_not_overlap(pair.b, p.b) for p in pairs):
            pairs.append(pair)
    return pairs


def _candidates(
    a: Sequence[JoinedWords], b: Sequence[JoinedWords], least: float
) -> Iterator[_Pair]:
    for one in a:
        for other in b:
            alike, why = word_likeness(one.word, other.word)
            if alike >= least:
                yield _Pair(one, other, alike, why)


@lru_cache(maxsize=300_000)
def word_likeness(a: NameWord, b: NameWord) -> tuple[float, str]:
    """How alike two words of names are, from 0 to 1, and the reason.

    >>> from hrdresearch.names.name_words import split_name
    >>> word_likeness(*split_name("Mahmoud Mehmud").words)[1]
    'alike in sound'
    """
    if set(a.letters) & set(b.letters):
        return 1.0, "same words"
    best = max(sound_likeness(x, y) for x in a.sounds for y in b.sounds)
    if a.is_initial != b.is_initial:
        firsts = [{x[0] for x in (*p.letters, *p.sounds) if x} for p in (a, b)]
        is_first = any(sound_likeness(x, y) >= _EQUIVALENT for x in firsts[0] for y in firsts[1])
        return max((best, "alike in sound"), (_INITIAL if is_first else 0.0, "an initial"))
    if best < _EQUIVALENT and equivalent_groups(a) & equivalent_groups(b):
        return _EQUIVALENT, "forms of one name"
    if best < _READING and characters_read_as(a) & characters_read_as(b):
        return _READING, "readings of one character"
    return best, "alike in sound"


def _open_words(words: Sequence[NameWord], left: Sequence[NameWord]) -> list[NameWord]:
    """Words without a pair that may be another name: not particles, and not later optional words.

    words: the whole name. left: its words without a pair.
    """
    first_too = [p for p in left if p.is_optional and p is words[0] and not p.is_article]
    return [p for p in left if not p.is_optional] + first_too


def _without_pair(parts: Sequence[NameWord], used: Sequence[JoinedWords]) -> list[NameWord]:
    """Words without a pair; where a nickname has a pair, the given name needs none."""
    paired = {n for unit in used for n in range(unit.first, unit.last + 1)}
    if any(unit.word.is_alias for unit in used):
        paired.add(0)
    return [part for n, part in enumerate(parts) if n not in paired]


def _do_not_overlap(one: JoinedWords, other: JoinedWords) -> bool:
    return one.last < other.first or other.last < one.first


def _surest_first(pair: _Pair) -> tuple[bool, float, int, int, float]:
    a, b = pair.a.word, pair.b.word
    length = max(len(a.sounds[0]), len(b.sounds[0]))
    optional = a.is_optional + b.is_optional
    is_initial = a.is_initial != b.is_initial
    return is_initial, -round(pair.likeness, 1), optional, -length, -pair.likeness


def _size(part: NameWord) -> float:
    """Weight of a word within its name: longer words say more."""
    return 0.3 if part.is_initial else min(6, max(3, len(part.sounds[0].replace(".", ""))))

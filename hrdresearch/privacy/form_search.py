"""Finds incomplete and misspelled names in a text, by the forms of ``name_forms``.

The forms are: two words of a name, also with other words between them; an initial and a surname; a
surname alone; a word with one wrong letter; and words that sound alike. A word that the page prints by
itself ("May", "Police") is never taken for a misspelled name or for a surname that stands alone, which
keeps false alarms low. Two words of a name count where at least one of them is no such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from hrdresearch.names.sound_keys import sound_pairs
from hrdresearch.names.spelling import PARTICLES, Word, fold_word, plain_letters, text_words
from hrdresearch.names.wrong_letters import misspelling_keys
from hrdresearch.privacy.name_forms import SHORTEST_SURNAME, SHORTEST_WRONG, word_sound_keys

APART = 3  # words between two words of a name
MOST_GAP = 60  # characters between them
SHORTEST_IN_SMALL = 5  # letters of a surname alone in a text without capitals
SHORTEST_PAIR = 8  # letters of two words, one of them with a wrong letter
_END = re.compile(r"[.:!?](?:\s|$)|[|]|\n\s*\n|;\s")
_HEADING_NUMBERS = frozenset(["II", "III", "IV", "VI", "VII", "XI", "XII", "XIV", "XVI"])
_OF_A_CODE = re.compile(r"[\d+=]")  # letters within a hash or a signature
_DIGRAPHS = frozenset(
    (
        "Kh",
        "Ch",
        "Sh",
        "Zh",
        "Th",
        "Ph",
        "Gh",
        "Dh",
        "Yu",
        "Ya",
        "Ye",
        "Yo",
        "Ts",
        "Dz",
        "Dj",
        "Tch",
        "Dzh",
    )
)


class FormIndex(Protocol):
    """Questions that an index of names must answer for the search; the index holds hashes only."""

    def holds_form(self, kind: str, spelling: str) -> bool:
        """Whether a spelling is a form of this kind of some name that may not be printed."""

    def word_digest(self, token: str) -> int | None:
        """Hash of a folded word where it is a word of a name."""

    def words_near(self, keys: set[str]) -> tuple[int, ...]:
        """Hashes of words of names that have one of these spelling keys."""

    def is_page_word(self, token: str) -> bool:
        """Whether the page prints this folded word by itself."""

    def is_label_word(self, token: str) -> bool:
        """Whether the folded word is a word of a label."""


class FormFound(NamedTuple):
    """A form of a name in a text.

    start, end: its place. kind: such as "surname". is_label: whether all its words are words of labels.
    """

    start: int
    end: int
    kind: str
    is_label: bool


class _Facts(NamedTuple):
    """A word of a text, with hashes of words of names.

    exact: words of names that it is. alike: these, and words in another script that sound so. near: words
    that it may be with a wrong letter. size: number of its letters; where it was found by its sounds only,
    of its consonants and one more.
    """

    exact: tuple[int, ...]
    alike: tuple[int, ...]
    near: tuple[int, ...]
    initials: str
    is_page: bool
    is_label: bool
    is_particle: bool
    size: int


class FormSearch:
    """Finds forms of names in texts by an index; it remembers each word that it has looked up."""

    def __init__(self, index: FormIndex) -> None:
        self._index = index
        self._known: dict[str, _Facts] = {}

    def find(self, text: str, has_capitals: bool) -> Iterator[FormFound]:
        """Find forms of names in a plain text.

        has_capitals: True where only words with a capital count; False where every word does.
        """
        words = words_of_text(text)
        facts = [self._facts(word.raw) for word in words]
        is_capital = [word.is_capital or not has_capitals for word in words]
        for at, (word, fact) in enumerate(zip(words, facts, strict=True)):
            if not is_capital[at]:
                continue
            around = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
            alone = self._alone(fact, has_capitals)
            if alone and not _OF_A_CODE.search(around):
                yield FormFound(word.start, word.end, alone, fact.is_label)
            between = 0
            for last in range(at + 1, min(at + APART + 3, len(words))):
                gap = text[word.end : words[last].start]
                if between > APART or len(gap) > MOST_GAP:
                    break
                if is_capital[last]:
                    window = text[word.start : words[last].end]
                    kind = self._kind(fact, facts[last], between, gap)
                    if kind is None and has_capitals and not between:
                        kind = self._by_sound(fact, facts[last], gap, window)
                    if kind:
                        both = fact.is_label and facts[last].is_label
                        yield FormFound(word.start, words[last].end, kind, both)
                between += not (facts[last].is_particle or facts[last].initials)

    def may_be_alone(self, raw: str) -> bool:
        """Whether a word may be a hit by itself, in some text."""
        fact = self._facts(raw)
        return bool(self._alone(fact, True) or self._alone(fact, False))

    def is_of_a_name(self, raw: str) -> bool:
        """Whether a word is, or sounds as, a word of a name; of a pair at least one is such a word."""
        return bool(self._facts(raw).alike)

    def may_be_pair(self, raw: str, other_raw: str) -> bool:
        """Whether two words may be a hit together, whatever stands between them."""
        one, other = self._facts(raw), self._facts(other_raw)
        if self._is_initial(one, other, ".,"):
            return True
        if one.is_page and other.is_page:
            return False
        return (
            self._are_pair(one.alike, other.alike)
            or self._are_pair(one.near, other.exact)
            or self._are_pair(one.exact, other.near)
        )

    def may_sound_with_another(self, raw: str) -> bool:
        """Whether a word may be one of two that sound like a name."""
        fact = self._facts(raw)
        return not (fact.is_page or fact.initials)

    def may_sound(self, raw: str, other_raw: str, window: str) -> bool:
        """Whether two words, and what stands between them, may sound like a name."""
        return self._by_sound(self._facts(raw), self._facts(other_raw), "", window) is not None

    def _alone(self, fact: _Facts, has_capitals: bool) -> str:
        """What a word is by itself: a surname, a word of the list (a place, an alias), or nothing."""
        shortest = SHORTEST_SURNAME if has_capitals else SHORTEST_IN_SMALL
        if fact.is_page or fact.size < shortest:
            return ""
        if any(self._index.holds_form("surname", f"{digest:x}") for digest in fact.alike):
            return "surname"
        is_held = any(self._index.holds_form("whole", f"{digest:x}") for digest in fact.exact)
        return "word of the list" if is_held else ""

    def _kind(self, one: _Facts, other: _Facts, between: int, gap: str) -> str | None:
        """What two words of a text are together; None where they are no name."""
        if not between and self._is_initial(one, other, gap):
            return "initial and surname"
        if one.is_page and other.is_page:
            return None
        if self._are_pair(one.alike, other.alike):
            if not between:
                return "part of a name"
            return None if _END.search(gap) else "name apart"
        if between or _END.search(gap) or one.size + other.size < SHORTEST_PAIR:
            return None
        if self._are_pair(one.near, other.exact) or self._are_pair(one.exact, other.near):
            return "name with a wrong letter"
        return None

    def _by_sound(self, one: _Facts, other: _Facts, gap: str, window: str) -> str | None:
        if one.is_page or other.is_page or one.initials or other.initials:
            return None
        if _END.search(gap) or re.search(r"\d", window):
            return None
        is_name = any(self._index.holds_form("sound", pair) for pair in sound_pairs(window))
        return "name as it sounds" if is_name else None

    def _is_initial(self, one: _Facts, other: _Facts, gap: str) -> bool:
        if re.search(r"[\d|/_]", gap):
            return False
        for initial, name in ((one, other), (other, one)):
            if not initial.initials or name.size < SHORTEST_SURNAME:
                continue
            if name.is_page and "." not in gap and "," not in gap:
                continue
            for sign in initial.initials:
                if any(self._index.holds_form("initial", f"{sign} {d:x}") for d in name.alike):
                    return True
        return False

    def _are_pair(self, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        return any(
            self._index.holds_form("pair", f"{min(a, b):x} {max(a, b):x}")
            for a in one
            for b in other
            if a != b
        )

    def _facts(self, raw: str) -> _Facts:
        known = self._known.get(raw)
        if known is None:
            known = self._known[raw] = self._look_up(raw)
        return known

    def _look_up(self, raw: str) -> _Facts:
        index, word = self._index, _word(raw)
        exact = tuple(d for t in word.tokens if (d := index.word_digest(t)) is not None)
        is_compound = len(word.tokens) > 2 and min(map(len, word.tokens)) > 1  # "para-number"
        parts = word.tokens[1:] if is_compound else word.tokens
        is_page = not parts or (word.is_latin and all(index.is_page_word(t) for t in parts))
        is_long = len(word.letters) >= SHORTEST_WRONG and not is_page
        near = index.words_near(misspelling_keys(word.letters)) if is_long else ()
        sounds = set() if is_page else word_sound_keys(word.bare)
        sounding = index.words_near(sounds) if sounds else ()
        return _Facts(
            exact,
            tuple(dict.fromkeys((*exact, *sounding))),
            tuple(digest for digest in near if digest not in exact),
            _initials(raw),
            is_page,
            bool(word.tokens) and all(index.is_label_word(t) for t in word.tokens),
            not word.tokens,
            len(word.bare) if exact else max(map(len, sounds), default=len(word.letters)),
        )


class _Spelled(NamedTuple):
    """A word without what stands behind an apostrophe, its folded parts, and its plain letters."""

    bare: str
    tokens: tuple[str, ...]
    letters: str
    is_latin: bool


@lru_cache(2**16)
def _word(raw: str) -> _Spelled:
    bare = raw.removesuffix("'s").removesuffix("’s")
    tokens = dict.fromkeys([fold_word(bare), *map(fold_word, re.split(r"[-‐‑'’]", raw))])
    letters = plain_letters(bare)
    is_latin = letters[:1] == bare[:1].lower() or not letters
    return _Spelled(bare, tuple(t for t in tokens if t and t not in PARTICLES), letters, is_latin)


def stands_between(raw: str) -> bool:
    """Whether a word may stand between two words of a name that are beside each other."""
    return not _word(raw).tokens or bool(_initials(raw))


@lru_cache(2**14)
def words_of_text(text: str) -> list[Word]:
    """Words of a text but for Chinese and Korean characters."""
    return [word for word in text_words(text) if not word.is_syllable]


def _initials(raw: str) -> str:
    """Folded initials that a word of one to three letters may be; else nothing.

    The number of a heading ("III. Long sentences") is no initials.
    """
    if raw in _DIGRAPHS:
        return fold_word(raw)[:1]
    if len(raw) > 3 or not raw.isupper() or raw in _HEADING_NUMBERS:
        return ""
    return "".join(dict.fromkeys(fold_word(letter)[:1] for letter in raw))

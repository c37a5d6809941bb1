"""Loads the vocabularies of attacks (a YAML file for each language, edited by practitioners) for the search.

The notation of a row is described in ``patterns``. A row is compiled only when a message may match it,
because compiling all rows takes seconds. A vocabulary is "unvalidated" until a native practitioner has signed
it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from hrdresearch.coding.attacks.folding import folded_text
from hrdresearch.coding.attacks.patterns import (
    NOTHING,
    anchor_word,
    compile_context,
    is_spaced,
    rows_of_context,
    words_of_firm_tokens,
    words_of_token,
)
from hrdresearch.coding.attacks.spelling import Spelling
from hrdresearch.coding.attacks.words import (
    DISGUISED,
    FIRST_BIT,
    IN_PHRASE,
    LONE_LETTER,
    TOKEN,
    Words,
    ends_of_word,
)
from hrdresearch.vocab import vocabulary

LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh", "pt")


@dataclass(frozen=True)
class Pattern:
    """One row of a vocabulary, with the kind of attack that it shows.

    needed: bits of the tokens that a message must contain to match the row; see ``words``. is_negated:
    whether the row itself has a negation. is_veiled: whether it names no harm, so that friends may say the
    same.
    """

    kind: str
    row: str
    needed: int
    is_negated: bool
    is_veiled: bool


@dataclass(frozen=True)
class Lexicon:
    """Vocabulary of one language, to search in folded texts.

    by_anchor: rows by the bit of their rarest token. context_bits: bits of the words of each context.
    anchors: all bits of ``by_anchor``. mask: of the message that is searched.
    """

    language: str
    by_anchor: Mapping[int, tuple[tuple[int, Pattern], ...]]
    words: Words
    context_bits: Mapping[str, int]
    anchors: int
    mask: int = -1

    def may_be_disguised(self, mask: int) -> bool:
        """Whether a message with this mask may contain words in disguise."""
        return bool(mask & (DISGUISED | LONE_LETTER)) or not is_spaced(self.language)

    def context(self, name: str) -> re.Pattern[str]:
        """Return the expression of a context; one that finds nothing if no word of it is in the message."""
        found = self.mask & self.context_bits[name]
        return compile_context(name, self.language) if found else NOTHING

    def candidate_patterns(self, mask: int) -> list[Pattern]:
        """Return the patterns that may match a message with this mask."""
        found: list[Pattern] = []
        bits = mask & self.anchors
        while bits:
            lowest = bits & -bits
            found += [p for needed, p in self.by_anchor[lowest] if needed & mask == needed]
            bits ^= lowest
        return found


class _Bits:
    """Gives one bit to every token of the rows, and records which words belong to it."""

    def __init__(self, frequent: frozenset[str], has_pairs: bool) -> None:
        """has_pairs: whether two words stand for a phrase; not where particles are joined to words."""
        self.frequent = frequent
        self.has_pairs = has_pairs
        self.of_token: dict[str, int] = {}
        self.exact: dict[str, int] = defaultdict(int)
        self.stems: dict[str, int] = defaultdict(int)
        self.followers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def bit(self, token: str, words: Iterable[str], spaced: bool) -> int:
        """Return the bit of a token; a new token gets a new bit."""
        if token not in self.of_token:
            new = self.of_token[token] = 1 << (FIRST_BIT + len(self.of_token))
            for word in words:
                anchor = anchor_word(word, self.frequent) if spaced else word
                # A text is read so that "they're" is "they" and "'re", "tuez-les" two words.
                table = self.stems if anchor.endswith("*") and spaced else self.exact
                table[anchor.rstrip("*")] |= IN_PHRASE if (pair := self._rarest_pair(word)) else new
                if pair:
                    self.followers[pair[0]][pair[1]] |= new
        return self.of_token[token]

    def _rarest_pair(self, phrase: str) -> tuple[str, str] | None:
        """Two words of a phrase that follow each other: with the fewest frequent words, then the longest."""
        words = TOKEN.findall(phrase) if self.has_pairs and " " in phrase else []
        pairs = [(a, b) for a, b in pairwise(words) if "*" not in a + b]
        pairs.sort(key=lambda p: (sum(w in self.frequent for w in p), -len("".join(p))))
        return (ends_of_word(pairs[0][0])[1], ends_of_word(pairs[0][1])[0]) if pairs else None

    def rarest(self, words: Mapping[str, Sequence[str]]) -> str:
        """Return the token by which a row is looked up: the one with the smallest share of frequent words."""
        return min(words, key=lambda t: sum(w in self.frequent for w in words[t]) / len(words[t]))


@cache
def load_lexicon(language: str) -> Lexicon:
    """Vocabulary of a language; KeyError when there is none."""
    raw: dict[str, Any] = vocabulary(f"attacks/{language}")
    spaced = is_spaced(language)
    frequent = _frequent(language, raw)
    negations = {folded_text(str(w)) for w in raw["contexts"].get("negation", ())}
    bits = _Bits(frequent, spaced and language != "ar")
    by_anchor: dict[int, list[Pattern]] = {}
    frames = vocabulary("attack_frames")
    harm = {
        w
        for name in frames["harm"]
        if name in raw["lists"]
        for w in words_of_token(f"<{name}>", language)
    }
    for rows in (raw["patterns"], frames["frames"], frames["veiled"]):
        for kind, row in ((kind, str(row)) for kind, found in rows.items() for row in found):
            words = words_of_firm_tokens(row, language)
            if not all(words.values()):
                continue  # the language has no words of this part
            needed = {t: bits.bit(t, words[t], spaced) for t in words}
            pattern = Pattern(
                kind,
                row,
                needed=sum(needed.values()),
                is_negated=rows is frames["veiled"]
                or any(name in row for name in frames["negations"])
                or _is_among(words, negations),
                is_veiled=rows is frames["veiled"] or not _is_among(words, harm),
            )
            by_anchor.setdefault(needed[bits.rarest(words)], []).append(pattern)
    spelling = _spelling(language, raw, bits, frequent)
    context_bits: dict[str, int] = defaultdict(int)
    for name in raw["contexts"]:
        for words in (words_of_firm_tokens(r, language) for r in rows_of_context(name, language)):
            context_bits[name] |= bits.bit(anchor := bits.rarest(words), words[anchor], spaced)
    return Lexicon(
        language,
        {bit: tuple((p.needed, p) for p in found) for bit, found in by_anchor.items()},
        Words(language, dict(bits.exact), dict(bits.stems), bits.followers, spelling),
        context_bits,
        sum(by_anchor),
    )


def _is_among(words: Mapping[str, Sequence[str]], these: set[str]) -> bool:
    """Whether half of the words of some token of a row are among these."""
    return any(2 * len(these.intersection(w)) >= len(w) for w in words.values())


def _frequent(language: str, raw: Mapping[str, Any]) -> frozenset[str]:
    """Words too frequent to begin a search with: small and common words, and those of the weak lists."""
    small = str(vocabulary("small_words")["words"].get(language, "")).split()
    common = str(vocabulary("common_words")["words"]).split()
    weak = [w for name in raw.get("weak", ()) for w in words_of_token(f"<{name}>", language)]
    return frozenset(folded_text(w) for w in (*small, *common, *weak))


def _spelling(
    language: str, raw: Mapping[str, Any], bits: _Bits, frequent: frozenset[str]
) -> Spelling:
    known = {*bits.exact, *bits.stems, *frequent}
    plain = {*raw.get("plain", ()), *vocabulary("attack_frames")["plain"]}
    written = {
        word.rstrip("*")
        for name in raw["lists"]
        if name not in plain
        for phrase in words_of_token(f"<{name}>", language)
        for word in phrase.split()
    }
    apart = {folded_text(str(w)) for w in raw.get("not_misspelt", ())}
    weak = [
        w for name in raw.get("run_together", ()) for w in words_of_token(f"<{name}>", language)
    ]
    return Spelling(language, known, written - frequent, written, apart, weak)

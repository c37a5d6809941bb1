"""The vocabularies of attacks, ready to search with: one YAML a language, edited by practitioners.

The notation of a row is described in ``patterns``; a row is compiled when a message may match it, for
compiling all of them takes seconds. A vocabulary is "unvalidated" until a native
practitioner has signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
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
from hrdresearch.coding.attacks.words import DISGUISED, FIRST_BIT, LONE_LETTER, Words
from hrdresearch.vocab import vocabulary

LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh", "pt")
CONTEXTS = (
    "negation",
    "not_negation",
    "condition",
    "reporting",
    "not_reporting",
    "topic",
    "counter",
    "answer",
    "solidarity",
    "idiom",
    "setting",
    "reclaimed",
    "self",
    "jest",
    "second",
    "speaker",
)


@dataclass(frozen=True)
class Pattern:
    """One row of a vocabulary.

    needed: bits of the words that a message must contain for the row to match.
    """

    kind: str
    row: str
    needed: int
    is_negated: bool


@dataclass(frozen=True)
class Contexts:
    """Words around a match that decide what it is, by name, in a message with a mask.

    bits: of the words of each context.
    """

    language: str
    bits: Mapping[str, int]
    mask: int = -1

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """A context; it finds nothing where none of its words stands in the message."""
        found = self.mask & self.bits[name]
        return compile_context(name, self.language) if found else NOTHING


@dataclass(frozen=True)
class Lexicon:
    """Vocabulary of one language, ready to search in folded text."""

    language: str
    signed_by: str | None
    by_anchor: Mapping[int, tuple[tuple[int, Pattern], ...]]
    words: Words
    contexts: Contexts
    anchors: int

    @property
    def status(self) -> str:
        """Status of the vocabulary, as a report prints it."""
        return f"validated by {self.signed_by}" if self.signed_by else "unvalidated"

    @property
    def is_spaced(self) -> bool:
        """Whether the language separates words by spaces."""
        return is_spaced(self.language)

    def may_be_disguised(self, mask: int) -> bool:
        """Whether a message with this mask contains disguised words, or may contain them."""
        return bool(mask & (DISGUISED | LONE_LETTER)) or not self.is_spaced

    def in_context(self, mask: int) -> Lexicon:
        """The same, without the contexts of which no word stands in a message with this mask."""
        return replace(self, contexts=replace(self.contexts, mask=mask))

    def candidate_patterns(self, mask: int) -> list[Pattern]:
        """Patterns that may match a message with this mask."""
        found: list[Pattern] = []
        bits = mask & self.anchors
        while bits:
            lowest = bits & -bits
            found += [p for needed, p in self.by_anchor[lowest] if needed & mask == needed]
            bits ^= lowest
        return found


class _Bits:
    """Gives one bit to every token of the rows, and records which words belong to it."""

    def __init__(self, frequent: frozenset[str]) -> None:
        self.frequent = frequent
        self.of_token: dict[str, int] = {}
        self.exact: dict[str, int] = {}
        self.stems: dict[str, int] = {}

    def bit(self, token: str, words: Iterable[str], spaced: bool) -> int:
        """Bit of a token; a new token gets a new bit."""
        if token not in self.of_token:
            new = self.of_token[token] = 1 << (FIRST_BIT + len(self.of_token))
            for word in words:
                anchor = anchor_word(word, self.frequent) if spaced else word
                table = self.stems if anchor.endswith("*") and spaced else self.exact
                key = anchor.rstrip("*")
                # A text is read so that "they're" is "they" and "'re", "tuez-les" two words.
                table[key] = table.get(key, 0) | new
        return self.of_token[token]

    def rarest(self, words: Mapping[str, Sequence[str]]) -> str:
        """The token of a row by which it is looked up: the one with the smallest share of common words."""
        return min(words, key=lambda t: sum(w in self.frequent for w in words[t]) / len(words[t]))


@cache
def load_lexicon(language: str) -> Lexicon:
    """Vocabulary of a language; KeyError when there is none."""
    raw: dict[str, Any] = vocabulary(f"attacks/{language}")
    spaced = is_spaced(language)
    frequent = _frequent(language, raw)
    negations = {folded_text(str(w)) for w in raw["contexts"].get("negation", ())}
    bits = _Bits(frequent)
    by_anchor: dict[int, list[Pattern]] = {}
    for rows in (raw["patterns"], vocabulary("attack_frames")["frames"]):
        for kind, row in ((kind, str(row)) for kind, found in rows.items() for row in found):
            words = words_of_firm_tokens(row, language)
            if not all(words.values()):
                continue  # the language has no words of this part
            needed = {t: bits.bit(t, words[t], spaced) for t in words}
            negated = any(2 * len(negations.intersection(w)) >= len(w) for w in words.values())
            pattern = Pattern(kind, row, sum(needed.values()), negated)
            by_anchor.setdefault(needed[bits.rarest(words)], []).append(pattern)
    spelling = _spelling(language, raw, bits, frequent)
    context_bits = dict.fromkeys(CONTEXTS, 0)
    for name in CONTEXTS:
        for row in rows_of_context(name, language):
            words = words_of_firm_tokens(row, language)
            anchor = bits.rarest(words)
            context_bits[name] |= bits.bit(anchor, words[anchor], spaced)
    return Lexicon(
        language,
        raw.get("signed_by"),
        {bit: tuple((p.needed, p) for p in found) for bit, found in by_anchor.items()},
        Words(language, bits.exact, bits.stems, spelling),
        Contexts(language, context_bits),
        sum(by_anchor),
    )


def _frequent(language: str, raw: Mapping[str, Any]) -> frozenset[str]:
    """Words too common to begin a search with: small words and those of the weak lists."""
    small = str(vocabulary("small_words")["words"].get(language, "")).split()
    common = str(vocabulary("common_words")["words"]).split()
    weak = [w for name in raw.get("weak", ()) for w in words_of_token(f"<{name}>", language)]
    return frozenset(folded_text(w) for w in (*small, *common, *weak))


def _spelling(
    language: str, raw: Mapping[str, Any], bits: _Bits, frequent: frozenset[str]
) -> Spelling:
    known = {*bits.exact, *bits.stems, *frequent}
    plain = set(raw.get("plain", ()))
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

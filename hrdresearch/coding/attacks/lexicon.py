"""The vocabularies of attacks, compiled: one YAML a language, edited by practitioners.

A pattern is a row of words: ``<list>`` for any word of a list, ``a/b`` for either, ``word*`` for
any ending, ``?word`` for a word that may be absent, ``...`` for up to four words (eight characters
in Chinese). A vocabulary is "unvalidated" until a native practitioner has signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hrdresearch.coding.attacks.folding import folded_text
from hrdresearch.vocab import vocabulary

LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh", "pt")
CONTEXTS = ("negation", "reporting", "counter", "solidarity", "idiom", "reclaimed", "self", "swear")
STEM = 3  # letters of a word by which patterns with open endings are looked up
_ARABIC_PREFIX = "(?:[وف]?(?:ال|بال|كال|لل|[بلكس])?)?"


@dataclass(frozen=True)
class Pattern:
    """One pattern of one kind, ready to search in folded text."""

    kind: str
    regex: re.Pattern[str]
    source: str


@dataclass(frozen=True)
class Lexicon:
    """Vocabulary of one language; ``by_word`` and ``by_stem`` say which patterns to try."""

    language: str
    signed_by: str | None
    patterns: tuple[Pattern, ...]
    by_word: Mapping[str, tuple[int, ...]]
    by_stem: Mapping[str, tuple[int, ...]]
    known: frozenset[str]
    contexts: Mapping[str, re.Pattern[str]]
    is_spaced: bool

    @property
    def status(self) -> str:
        """What the page says of this vocabulary."""
        return f"validated by {self.signed_by}" if self.signed_by else "unvalidated"

    def candidates(self, text: str) -> list[int]:
        """Numbers of the patterns that a folded text could hold, in order."""
        found: set[int] = set()
        if not self.is_spaced:
            for word, numbers in self.by_word.items():
                if word in text:
                    found.update(numbers)
            return sorted(found)
        for word in set(re.findall(r"[\w']+", text)):
            found.update(self.by_word.get(word, ()))
            found.update(self.by_stem.get(word[:STEM], ()))
            if self.language == "ar":
                for short in _without_prefix(word):
                    found.update(self.by_word.get(short, ()))
                    found.update(self.by_stem.get(short[:STEM], ()))
        return sorted(found)


@cache
def lexicon(language: str) -> Lexicon:
    """Vocabulary of a language; KeyError when there is none."""
    raw: dict[str, Any] = vocabulary(f"attacks/{language}")
    spaced = language != "zh"
    lists = {name: [folded_text(str(w)) for w in words] for name, words in raw["lists"].items()}
    weak = {f"<{name}>" for name in raw.get("weak", ())}
    patterns: list[Pattern] = []
    by_word: dict[str, list[int]] = {}
    by_stem: dict[str, list[int]] = {}
    for kind, rows in raw["patterns"].items():
        for row in rows:
            number = len(patterns)
            tokens = str(row).split()
            patterns.append(Pattern(kind, _compiled(tokens, lists, spaced, language), str(row)))
            for word in _anchors(tokens, lists, weak):
                table = by_stem if word.endswith("*") and spaced else by_word
                key = word.rstrip("*")[:STEM] if table is by_stem else word.rstrip("*")
                table.setdefault(key, []).append(number)
    contexts = {
        name: _any_of(
            [folded_text(str(w)) for w in raw["contexts"].get(name, ())], spaced, language
        )
        for name in CONTEXTS
    }
    return Lexicon(
        language,
        raw.get("signed_by"),
        tuple(patterns),
        {w: tuple(n) for w, n in by_word.items()},
        {w: tuple(n) for w, n in by_stem.items()},
        _known(lists, raw["patterns"]),
        contexts,
        spaced,
    )


def _compiled(
    tokens: Iterable[str], lists: Mapping[str, list[str]], spaced: bool, language: str
) -> re.Pattern[str]:
    between = r"[\W_]+" if spaced else r"[\s，,、]*"
    gap = r"(?:[\W_]+[\w'’]+){0,4}?" if spaced else r"[^。！？!?\n]{0,8}?"
    body = ""
    for token in tokens:
        if token == "...":
            body += gap
            continue
        optional = token.startswith("?")
        words = _alternatives(token.lstrip("?"), lists)
        one = _group(words, spaced, language)
        step = between if body else ""
        if body and spaced:
            # A contraction ("they're") follows its word without a space.
            step = rf"(?:{between}|(?='))"
        body += f"(?:{step}{one})?" if optional else f"{step}{one}"
    edge_start, edge_end = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    return re.compile(f"{edge_start}{body}{edge_end}")


def _alternatives(token: str, lists: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    for part in token.split("/"):
        if part.startswith("<"):
            found += lists[part.strip("<>")]
        else:
            found.append(folded_text(part.replace("_", " ")))
    return found


def _group(words: Iterable[str], spaced: bool, language: str) -> str:
    parts = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    made = []
    for word in parts:
        stem = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+")
        made.append(stem + (r"\w*" if word.endswith("*") and spaced else ""))
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    return f"{prefix}(?:{'|'.join(made)})" + (r"(?!\w)" if spaced else "")


def _anchors(tokens: list[str], lists: Mapping[str, list[str]], weak: set[str]) -> list[str]:
    """Words of one token of the pattern, the first that is not too common."""
    firm = [t for t in tokens if t != "..." and not t.startswith("?") and t not in weak]
    strong = [t for t in firm if not set(t.split("/")) <= _COMMON]
    chosen = (strong or firm or tokens)[0]
    words = _alternatives(chosen, lists)
    return [max(w.split(), key=len) if " " in w else w for w in words if w]


_COMMON = frozenset(str(vocabulary("common_words")["words"]).split())


def _any_of(words: list[str], spaced: bool, language: str) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    group = _group(words, spaced, language)
    return re.compile(rf"(?<!\w){group}" if spaced else group)


def _known(lists: Mapping[str, list[str]], patterns: Mapping[str, Any]) -> frozenset[str]:
    """Single words of all lists and patterns, towards which spelling tricks are mended."""
    words = {w.rstrip("*") for found in lists.values() for w in found if " " not in w}
    for rows in patterns.values():
        for row in rows:
            for token in str(row).split():
                words |= {
                    folded_text(p).rstrip("*")
                    for p in token.lstrip("?").split("/")
                    if not p.startswith("<") and p != "..."
                }
    return frozenset(w for w in words if len(w) > 2)


def _without_prefix(word: str) -> list[str]:
    found = []
    for prefix in ("وال", "فال", "بال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "س", "ك", "وس"):
        if word.startswith(prefix) and len(word) - len(prefix) > 1:
            found.append(word[len(prefix) :])
    return found

"""Undoes spelling tricks: finds the word of a vocabulary that an unknown word stands for.

Figures and signs for letters, letters of another alphabet, letters repeated, starred, swapped or
left out, words run together. Words are mended only towards words of the vocabulary, and a word that
exists of its own right ("wore", "therapist") stands in ``not_misspelt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

LEAST = 4  # letters of a word in which a swapped letter is looked for
LEAST_SHORTENED = 5  # letters of a word in which a missing letter is looked for
LONGEST_RUN = 40  # letters of words run together
SHORTEST_RUN = 6
MOST_WORDS = 8
_RUN = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("0134578@$!#", "oieastbasih")
_LEET_L = str.maketrans("0134578@$!#", "oleastbaslh")
_LATIN = str.maketrans("асеорхуіїкмтвн", "aceopxyiikmtbh")
_CYRILLIC = str.maketrans("aceopxyikmtbh0346", "асеорхуікмтвнозчб")
_CYRILLIC_1 = str.maketrans("aceopxyikmtbh0134", "асеорхуікмтвноьзч")
_LONE = {
    "en": "aiu",
    "es": "aeoyu",
    "fr": "aytlcdjmnsq",
    "pt": "aeo",
    "ru": "аивксоуя",
    "ar": "و",
    "zh": "",
}


class Spelling:
    """Finds the intended words of oddly spelled words in one language."""

    def __init__(
        self,
        language: str,
        known: Iterable[str],
        strong: Iterable[str],
        written: Iterable[str],
        not_misspelt: Iterable[str],
        small: Iterable[str] = (),
    ) -> None:
        """known: words of the vocabulary and small words. strong: those that carry abuse.

        written: those that may be met in misspelt form. small: words that are met run together in
        pairs, such as a pronoun and its verb.
        """
        self.letters = frozenset(_LONE[language])
        self._known = frozenset(w for w in known if w.isalpha() and len(w) > 1)
        self._strong = frozenset(w for w in strong if w.isalpha() and len(w) >= LEAST)
        self._not_misspelt = frozenset(not_misspelt)
        self._beginnings = frozenset(w[:LEAST] for w in self._strong)
        pairs = [w for w in set(small) if w.isalpha() and len(w) > 1]
        self._slips = {
            first + second: f"{first} {second}"
            for first in pairs
            for second in pairs
            if first != second and first + second not in self._known | self._not_misspelt
        } | self._all_slips(written)

    def intended_words(self, word: str, bits: Callable[[str], int]) -> str | None:
        """The word or words that an unknown word stands for, or None.

        bits: function that returns the bits of a word as it is written.
        """
        if len(word) > LONGEST_RUN or word in self._not_misspelt:
            return None
        core = word.strip("'_")
        if not core.isalpha() or _RUN.search(core) or is_of_two_scripts(core):
            for written in _spellings(core, self._known, self._strong):
                if is_of_two_scripts(written):
                    continue
                if written in self._known or (len(written) > LEAST and bits(written)):
                    return written
                if slip := self._slips.get(written) or self.split_run_together(written):
                    return slip
            return None
        return self._slips.get(core) or self.split_run_together(core)

    def split_run_together(self, word: str) -> str | None:
        """Words run together, one of them strong: ``iwillkillyou`` is ``i will kill you``."""
        if not SHORTEST_RUN <= len(word) <= LONGEST_RUN or word in self._not_misspelt:
            return None
        if not any(word[i : i + LEAST] in self._beginnings for i in range(len(word) - LEAST + 1)):
            return None
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 14), end):
                before, piece = best[start], word[start:end]
                if before is None or len(before) >= MOST_WORDS:
                    continue
                if piece not in self._known and not (end - start == 1 and piece in self.letters):
                    continue
                fewest = best[end]
                if fewest is None or len(fewest) > len(before) + 1:
                    best[end] = [*before, piece]
        found = best[-1]
        return " ".join(found) if found and self._strong.intersection(found) else None

    def _all_slips(self, written: Iterable[str]) -> dict[str, str]:
        """Words with two letters swapped, or one left out, and the words that they stand for."""
        slips: dict[str, str] = {}
        for word in sorted(w for w in written if w.isalpha() and len(w) >= LEAST):
            for i in range(len(word) - 1):
                if word[i] != word[i + 1]:
                    swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
                    slips.setdefault(swapped, word)
            for i in range(1, len(word)):
                doubled = word[i] == word[i - 1]
                if doubled or (len(word) >= LEAST_SHORTENED and i < len(word) - 1):
                    slips.setdefault(word[:i] + word[i + 1 :], word)
        taken = self._known | self._not_misspelt
        return {slip: word for slip, word in slips.items() if slip not in taken}


def is_of_two_scripts(word: str) -> bool:
    """Whether Latin and Cyrillic letters stand in one word."""
    return not word.isascii() and bool(re.search("[a-z]", word) and re.search("[а-я]", word))


def _spellings(word: str, known: frozenset[str], strong: frozenset[str]) -> Iterable[str]:
    """Words that a word with unusual signs may stand for, the likeliest first."""
    core = word.strip("!*#@$'")
    tables = (core, word.translate(_LEET), word.translate(_LEET_L), core.translate(_LEET))
    for written in dict.fromkeys(tables):
        for form in dict.fromkeys((written, _RUN.sub(r"\1", written), _RUN.sub(r"\1\1", written))):
            yield from (form, form.translate(_LATIN))
    for table in (_CYRILLIC, _CYRILLIC_1):
        for written in (core, core.translate(_LEET)):
            yield from (written.translate(table), _RUN.sub(r"\1", written.translate(table)))
    if "*" in core or "#" in core:
        shape = re.compile("".join("." if c in "*#" else re.escape(c) for c in core) + r"\Z")
        likely = sorted(known, key=lambda w: (w not in strong, w))
        yield from (w for w in likely if len(w) == len(core) and shape.match(w))

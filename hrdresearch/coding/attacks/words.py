"""Words of a vocabulary as bits, so that most messages are excluded after one look-up of each word.

Every list and every token of a row has a bit; a word's mask says of which it is. A phrase is known by two of
its words that follow each other. A word that is of
none may be one of them in disguise ("k1ll", "kiiill", "klil", "iwillkillyou"): then the mask holds
``DISGUISED`` and ``spelled`` says what was meant. Masks are kept, as words come again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_

from hrdresearch.coding.attacks.patterns import without_prefix
from hrdresearch.coding.attacks.spelling import Spelling, is_of_two_scripts

DISGUISED = 1  # some word is spelled oddly
LONE_LETTER = 2  # some letter stands alone that is no word
IN_PHRASE = 4  # some word stands in phrases
FIRST_BIT = 3
MOST_KEPT = 200_000  # words whose mask is kept; a wide archive has more
TOKEN = re.compile(r"[\w'@$*#!]+|[⚰🔪🗡🪓💣🧨🔫🪦🩸☠❤😘🥰]")
_EDGES = "'@$*#!_"


@lru_cache(MOST_KEPT)
def ends_of_word(word: str) -> tuple[str, str]:
    """What stands before the first apostrophe of a word, and after its last one.

    >>> ends_of_word("qu'on")
    ('qu', 'on')
    """
    parts = word.strip(_EDGES).split("'")
    return parts[0], parts[-1]


class Words(dict[str, int]):
    """Mask of every word, computed once when the word first occurs."""

    def __init__(
        self,
        language: str,
        exact: Mapping[str, int],
        stems: Mapping[str, int],
        followers: Mapping[str, Mapping[str, int]],
        spelling: Spelling,
    ) -> None:
        """exact: mask of whole words. stems: of beginnings, for words with any ending.

        followers: of two words that follow each other, by the first and the second.
        """
        super().__init__()
        self.language = language
        self.exact = exact
        self.stems = stems
        self.followers = followers
        self.spelling = spelling
        self.spelled: dict[str, str] = {}
        self._lengths = sorted({len(s) for s in stems})
        # Chinese has no spaces: the longest word of the vocabulary at each place.
        parts = sorted(exact, key=lambda w: (-len(w), w)) if language == "zh" else []
        self._places = re.compile(f"(?=({'|'.join(map(re.escape, parts))}))") if parts else None

    def mask(self, text: str) -> int:
        """Mask of a folded text: all lists and tokens of rows that one of its words belongs to."""
        found: list[str] = (self._places or TOKEN).findall(text)
        mask = reduce(or_, map(self.__getitem__, found), 0)
        if self.followers and mask & IN_PHRASE:
            for (_, first), (second, _) in pairwise(map(ends_of_word, found)):
                if after := self.followers.get(first):
                    mask |= after.get(second, 0)
        return mask

    def join_letters(self, letters: str) -> str | None:
        """The word or words that separated letters ("k i l l") form, or None."""
        return letters if self.bits_of_word(letters) else self.spelling.split_run_together(letters)

    def __missing__(self, word: str) -> int:
        if len(self) > MOST_KEPT:
            self.clear()
            self.spelled.clear()
        mask = self[word] = self._beginnings(word) if self._places else self._resolved(word)
        return mask

    def _beginnings(self, word: str) -> int:
        return reduce(or_, (self.exact.get(word[:n], 0) for n in range(1, len(word) + 1)), 0)

    def _resolved(self, word: str) -> int:
        core = word.strip(_EDGES)
        if is_of_two_scripts(core) and (
            meant := self.spelling.intended_words(word, self.bits_of_word)
        ):
            self.spelled[word] = meant
            return DISGUISED
        found = self.bits_of_word(core)
        if "'" in core:
            parts = core.split("'")
            written = (w for part in parts for w in (part, f"'{part}", f"{part}'"))
            found |= reduce(or_, map(self.bits_of_word, written), 0)
        if word != core:
            found |= self.bits_of_word(word)
        if found or not core:
            return found
        if len(core) == 1:
            return LONE_LETTER if core.isalpha() and core not in self.spelling.letters else 0
        if meant := self.spelling.intended_words(word, self.bits_of_word):
            self.spelled[word] = meant
            return DISGUISED
        return 0

    def bits_of_word(self, word: str) -> int:
        """Mask of one word as it is written: the lists and tokens of rows that it belongs to."""
        found = self.exact.get(word, 0)
        for length in self._lengths:
            if length > len(word):
                break
            found |= self.stems.get(word[:length], 0)
        if self.language == "ar":
            for short in without_prefix(word):
                found |= self.exact.get(short, 0)
                for length in self._lengths:
                    found |= self.stems.get(short[:length], 0)
        return found

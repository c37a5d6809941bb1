"""Words of a vocabulary as bits of a number, so that most messages are excluded by one look-up of each word.

Every token of a row has a bit (see ``patterns``). The mask of a word has the bits of all tokens to which it
belongs; the mask of a message has those of all its words. A phrase is known by two of its words that follow
each other. A word of no token may be one of them in disguise ("k1ll", "kiiill", "klil", "iwillkillyou"): its
mask is then ``DISGUISED``, and ``spelled`` has the word that was meant. Masks are stored for the next time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_

from hrdresearch.coding.attacks.patterns import without_prefix
from hrdresearch.coding.attacks.spelling import Spelling, is_of_two_scripts

DISGUISED = 1  # a word is misspelt on purpose
LONE_LETTER = 2  # a letter that is no word stands alone
IN_PHRASE = 4  # a word may belong to a phrase
FIRST_BIT = 3  # place of the first bit of a token
MOST_KEPT = 200_000  # words whose mask is stored; a large archive has more
TOKEN = re.compile(r"[\w'@$*#!]+|[⚰🔪🗡🪓💣🧨🔫🪦🩸☠❤😘🥰]")
_EDGES = "'@$*#!_"


@lru_cache(MOST_KEPT)
def ends_of_word(word: str) -> tuple[str, str]:
    """Return what stands before the first apostrophe of a word, and after its last one.

    >>> ends_of_word("qu'on")
    ('qu', 'on')
    """
    parts = word.strip(_EDGES).split("'")
    return parts[0], parts[-1]


class Words(dict[str, int]):
    """Mask of each word, computed when the word first occurs."""

    def __init__(
        self,
        language: str,
        exact: Mapping[str, int],
        stems: Mapping[str, int],
        followers: Mapping[str, Mapping[str, int]],
        spelling: Spelling,
    ) -> None:
        """exact: masks of whole words. stems: masks of beginnings, for words with any ending.

        followers: masks of two words that follow each other, by the first word and the second.
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
        """Return the mask of a folded text: the bits of all tokens to which its words belong."""
        found: list[str] = (self._places or TOKEN).findall(text)
        mask = reduce(or_, map(self.__getitem__, found), 0)
        if self.followers and mask & IN_PHRASE:
            for (_, first), (second, _) in pairwise(map(ends_of_word, found)):
                if after := self.followers.get(first):
                    mask |= after.get(second, 0)
        return mask

    def join_letters(self, letters: str) -> str | None:
        """Return the word or words that separate letters ("k i l l") form, or None."""
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
        parts = core.split("'") if "'" in core else []
        written = {word, core, *(form for p in parts for form in (p, f"'{p}", f"{p}'"))}
        found = reduce(or_, map(self.bits_of_word, written), 0)
        if (found or not core) and not is_of_two_scripts(core):
            return found
        if len(core) == 1:
            return LONE_LETTER if core.isalpha() and core not in self.spelling.letters else 0
        if meant := self.spelling.intended_words(word, self.bits_of_word):
            self.spelled[word] = meant
            return DISGUISED
        return found

    def bits_of_word(self, word: str) -> int:
        """Return the mask of one word as it is written, without undoing disguises."""
        found = 0
        for form in (word, *(without_prefix(word) if self.language == "ar" else ())):
            found |= self.exact.get(form, 0)
            for length in self._lengths:
                found |= self.stems.get(form[:length], 0)
        return found

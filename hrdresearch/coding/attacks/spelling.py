"""Finds the word of a vocabulary that is meant by a misspelt word.

Known are digits and signs for letters, letters of another alphabet, letters that are repeated, starred,
swapped or left out, and words written together. A real word that looks like one of these ("wore",
"therapist") is listed in ``not_misspelt`` of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import permutations, product

from hrdresearch.vocab import vocabulary

LEAST = 4  # fewest letters of a word in which swapped letters are looked for
LEAST_SHORTENED = 5  # fewest letters of a word in which a missing letter is looked for
LONGEST_RUN = 40  # most letters of words written together
SHORTEST_RUN = 6  # fewest letters of words written together
MOST_WORDS = 8
_RUN = re.compile(r"(.)\1{2,}")
_LETTERS = vocabulary("attacks/letters")
_TRIED = {k: str.maketrans(dict(pairs.split())) for k, pairs in _LETTERS["tried"].items()}


class Spelling:
    """Finds the words of one language that are meant by misspelt words."""

    def __init__(
        self,
        language: str,
        known: Iterable[str],
        strong: Iterable[str],
        written: Iterable[str],
        not_misspelt: Iterable[str],
        small: Iterable[str] = (),
    ) -> None:
        """known: words of the vocabulary and small words. strong: those that are abuse.

        written: words that may occur misspelt. not_misspelt: real words that look misspelt. small: words that
        occur written together in pairs, such as a pronoun and its verb.
        """
        self.letters = frozenset(_LETTERS["words"][language])
        self._known = frozenset(w for w in known if w.isalpha() and len(w) > 1)
        self._pieces = self._known | self.letters  # of words written together
        self._strong = frozenset(w for w in strong if w.isalpha() and len(w) >= LEAST)
        self._not_misspelt = frozenset(not_misspelt)
        self._beginnings = frozenset(w[:LEAST] for w in self._strong)
        pairs = permutations(sorted({w for w in small if w.isalpha() and len(w) > 1}), 2)
        slips = {first + second: f"{first} {second}" for first, second in pairs}
        slips |= _all_slips(written)
        taken = self._known | self._not_misspelt
        self._slips = {slip: word for slip, word in slips.items() if slip not in taken}

    def intended_words(self, word: str, bits: Callable[[str], int]) -> str | None:
        """Return the word or words that an unknown word means, or None.

        bits: function that returns the mask of a word as it is written; 0 if no token has it.
        """
        if len(word) > LONGEST_RUN or word in self._not_misspelt:
            return None
        core = word.strip("'_")
        if not core.isalpha() or _RUN.search(core) or is_of_two_scripts(core):
            likely = _spellings(core, self._known, self._strong)
            for written in (form for form in likely if not is_of_two_scripts(form)):
                if written in self._known or (len(written) > LEAST and bits(written)):
                    return written
                if slip := self._slips.get(written) or self.split_run_together(written):
                    return slip
            return None
        return self._slips.get(core) or self.split_run_together(core)

    def split_run_together(self, word: str) -> str | None:
        """Split words written together, one of them strong ("iwillkillyou"); None if they are no words."""
        if not SHORTEST_RUN <= len(word) <= LONGEST_RUN or word in self._not_misspelt:
            return None
        if not any(word[i : i + LEAST] in self._beginnings for i in range(len(word) - LEAST + 1)):
            return None
        best: list[list[str] | None] = [[]]  # the fewest words that the first letters are
        for end in range(1, len(word) + 1):
            splits = (
                [*before, word[start:end]]
                for start, before in enumerate(best[max(0, end - 14) :], start=max(0, end - 14))
                if before is not None
                and len(before) < MOST_WORDS
                and word[start:end] in self._pieces
            )
            best.append(min(splits, key=len, default=None))
        found = best[-1]
        return " ".join(found) if found and self._strong.intersection(found) else None


def _all_slips(written: Iterable[str]) -> dict[str, str]:
    """Words with two letters swapped, or one left out, and the words that they stand for."""
    slips: dict[str, str] = {}
    for word in sorted(w for w in written if w.isalpha() and len(w) >= LEAST):
        swapped = (
            word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :]
            for i in range(1, len(word))
            if word[i] != word[i - 1]
        )
        shortened = (
            word[:i] + word[i + 1 :]
            for i in range(1, len(word))
            if word[i] == word[i - 1] or (len(word) >= LEAST_SHORTENED and i < len(word) - 1)
        )
        for slip in (*swapped, *shortened):
            slips.setdefault(slip, word)
    return slips


def is_of_two_scripts(word: str) -> bool:
    """Whether Latin and Cyrillic letters stand in one word."""
    return not word.isascii() and bool(re.search("[a-z]", word) and re.search("[а-я]", word))


def _spellings(word: str, known: frozenset[str], strong: frozenset[str]) -> Iterable[str]:
    """Words that may be meant by a word with signs, digits or foreign letters, the likeliest first."""
    core = word.strip("!*#@$'")
    read = core.translate(_TRIED["signs"])
    whole = (word.translate(_TRIED[name]) for name in ("signs", "signs_l"))
    for written in dict.fromkeys((core, *whole, read)):
        for form in dict.fromkeys((written, _RUN.sub(r"\1", written), _RUN.sub(r"\1\1", written))):
            yield from (form, form.translate(_TRIED["latin"]))
    for table, form in product(("cyrillic", "cyrillic_1"), (core, read)):
        written = form.translate(_TRIED[table])
        yield from (written, _RUN.sub(r"\1", written))
    if "*" in core or "#" in core:
        shape = re.compile("".join("." if c in "*#" else re.escape(c) for c in core) + r"\Z")
        likely = sorted(known, key=lambda w: (w not in strong, w))
        yield from (w for w in likely if len(w) == len(core) and shape.match(w))

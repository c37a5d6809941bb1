"""Keys by which a word is found with one wrong letter, without the word itself.

After the deletion neighbourhoods of SymSpell (Garbe, 2012), made exact: a word and a misspelling of
it share a key when one letter is another, left out or added, or two neighbours are swapped, and
only then. The keys can be hashed, so that an index of names need not hold a name.
"""

from __future__ import annotations


def spelling_keys(word: str) -> set[str]:
    """Keys of a word that is spelled as it should be.

    >>> sorted(spelling_keys("ab"))
    ['*b', '-a', '-b', '=ab', 'a*']
    """
    return {f"={word}"} | {f"-{left}" for left in _without_a_letter(word)} | _masked(word)


def misspelling_keys(word: str) -> set[str]:
    """Keys of a word that may be misspelled.

    >>> bool(misspelling_keys("testla") & spelling_keys("testal"))
    True
    >>> bool(misspelling_keys("tetsla") & spelling_keys("testal"))
    False
    """
    swapped = {
        word[:n] + word[n + 1] + word[n] + word[n + 2 :]
        for n in range(len(word) - 1)
        if word[n] != word[n + 1]
    }
    right = {f"={other}" for other in swapped | _without_a_letter(word)}
    return right | {f"-{word}"} | _masked(word)


def _without_a_letter(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(len(word))}


def _masked(word: str) -> set[str]:
    return {f"{word[:n]}*{word[n + 1 :]}" for n in range(len(word))}

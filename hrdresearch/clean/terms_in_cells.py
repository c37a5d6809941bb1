"""Lengths of a sentence in the column of the stage of a case: "cond. 16 años" says both.

A length counts only beside words of a judgment, and where nothing in the cell speaks of time that is past or
left ("lleva 3 años"). What the length is, the text itself tells later (``hrdresearch.coding.sentence``).
"""

from __future__ import annotations

import re
from functools import cache

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.text import put_on_one_line, unaccented
from hrdresearch.clean.value_words import code_of
from hrdresearch.clean.word_forms import fold
from hrdresearch.vocab import vocabulary

UNITS = ("year", "month", "week", "day")
OF_A_JUDGMENT = ("final", "judged")  # stages that say that a court has decided


def holds_term(cell: str) -> bool:
    """Whether a cell holds the length of a sentence.

    >>> [holds_term(c) for c in ("cond. 16 años", "осужден на 5 лет", "juicio, lleva 3 años", "8 años")]
    [True, True, False, False]
    """
    text = put_on_one_line(western_digits(cell))
    words = set(fold(text).split())
    if not _length().search(text) or words & _of_other_times():
        return False
    return code_of(without_term(cell), "proceedings_stage")[0] in [(c,) for c in OF_A_JUDGMENT]


def without_term(cell: str) -> str:
    """A cell without lengths of time, and without small words that led to them.

    >>> without_term("condenado a 8 años"), without_term("sentenced to 7y")
    ('condenado', 'sentenced')
    """
    text = _length().sub(" ", put_on_one_line(western_digits(cell)))
    words = re.sub(r"\(\s*\)", " ", text).split()
    while words and fold(words[-1]) in _leading():
        words = words[:-1]
    return " ".join(words).strip(" ,;:-–—")


@cache
def _length() -> re.Pattern[str]:
    known = vocabulary("length_words")
    units = {
        word
        for kind in UNITS
        for words in known["units"][kind].values()
        for word in (*words.split(), *unaccented(words).split())
        if not re.match(r"[\u3000-\u9fff]", word)
    }
    pairs = [w for kind in UNITS for words in known["pairs"][kind].values() for w in words.split()]
    one_of = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    number = r"\d{1,3}(?:[.,]\d{1,2})?(?:\s*[-–/]\s*\d{1,3})?"
    one = rf"(?:{number}\s*(?:{one_of})(?!\w)\.?|{number}\s?[yamd](?!\w)\.?|(?:{'|'.join(pairs)})(?!\w))"
    return re.compile(rf"(?<!\w){one}(?:\s*(?:,|y|and|et|e|и|و)?\s*{one})*", re.I)


@cache
def _leading() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in vocabulary("list_values")["before_term"])


@cache
def _of_other_times() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in vocabulary("list_values")["other_times"])

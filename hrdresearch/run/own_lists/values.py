"""Codes for the values of a column: what is sure, what is guessed, and what has no code yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hrdresearch.clean.places import division_of_place, divisions_abbreviated, divisions_begun
from hrdresearch.clean.text import put_on_one_line, split_known_values, split_values
from hrdresearch.clean.value_words import (
    FACTS,
    SHORT_SEX,
    code_by_words,
    code_of,
    code_of_value,
    is_dash,
    is_not_known,
    is_nothing,
    is_word_of,
    sex_of_letters,
)
from hrdresearch.clean.word_forms import fold, is_name_in_capitals
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_values import learned_code
from hrdresearch.sources.reads import YES
from hrdresearch.vocab import codes as codes_of
from hrdresearch.vocab import vocabulary

SEPARATORS = (";", "|", "\n", "/", ",", "+")
NEVER_WITHIN = "|"  # a sign that stands between values and never within one
MOST_DIVISIONS = 60  # of a State
SHORT, FEWEST_OF_PLACE = (
    2,
    3,
)  # letters of a part of an abbreviation; rows of a place that is no person's
FEWEST_CELLS = 0.04  # share of cells with a separator


@dataclass(frozen=True)
class Crosswalk:
    """Values of a column -> codes.

    sure, guessed: value -> codes. without: values that stand in several rows and have no code, with
    their rows. once: how many values without a code stand in one row only, or look like a name; they
    are not written down, because such a value says something of one person. Those that the vocabularies
    know as a whole are read all the same (``hrdresearch.sources.own_folder``). by_words: how many of one
    row each have a code by their words, and are read at each build (``sources.values_by_words``);
    by_part: of these, how many are no word of the vocabulary as a whole.
    """

    sure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    once: int = 0
    by_words: int = 0
    by_part: int = 0

    def joined(self, other: Crosswalk) -> Crosswalk:
        """Both together; what is sure in one is sure."""
        sure = {**other.sure, **self.sure}
        guessed = {k: v for k, v in {**other.guessed, **self.guessed}.items() if k not in sure}
        without = {
            k: v for k, v in {**other.without, **self.without}.items() if k not in sure | guessed
        }
        counts = {f: getattr(self, f) + getattr(other, f) for f in ("once", "by_words", "by_part")}
        return Crosswalk(sure, guessed, without, **counts)


def crosswalk_of(column: Column, name: str, split: str, has_several: bool = False) -> Crosswalk:
    """Propose a code for each value of a column. has_several: a cell may hold several, which are cut."""
    counts: Counter[str] = Counter()
    alone = {fold(c) for c, n in column.counts.items() if n > 1 and column.codes_of(c, name)[0]}
    for cell, n in column.counts.items():
        for part in split_values(cell, split):
            is_whole = is_word_of(part, name)
            cut = [] if is_whole else _cut(part, name, alone)
            counts.update(dict.fromkeys(cut if has_several and cut else [part], n))
    allowed = set(codes_of(name))
    nothing = "not_recorded" if "not_recorded" in allowed else "unknown"
    of_heading = code_of(column.heading, "sex")[0] if name == "sex" else ()
    if of_heading and column.yes_or_no > 0.8:
        return _of_one_sex(counts, of_heading[0])
    letters = sex_of_letters(counts) if name == "sex" else {}
    says_no = name in FACTS and any(code_of(v, name)[0] == ("no",) and fold(v) for v in counts)
    sure: dict[str, tuple[str, ...]] = {}
    guessed: dict[str, tuple[str, ...]] = {}
    without: dict[str, int] = {}
    single: list[bool] = []  # of each value of one row, whether its words have a code
    in_part = 0
    for value, n in counts.items():
        found, is_whole = column.codes_of(value, name)
        if not (is_whole or is_nothing(value) or column.words_told(value)):
            found, is_whole = code_of_value(value, name)
            found = found or learned_code(value, name)
        if name == "sex" and fold(value) in SHORT_SEX:
            found, is_whole = letters.get(fold(value), ()), True
        if says_no and is_dash(value):
            found, is_whole = (), False
        if is_nothing(value) and not (found and is_whole):
            is_unknown = "unknown" in allowed and is_not_known(value)
            sure[value] = ("unknown" if is_unknown else nothing,)
        elif (n == 1 and not column.words_told(value)) or (
            not found and is_name_in_capitals(value) and not _is_no_name(value, name, n)
        ):
            by_words, is_known = code_by_words(value, name) if n == 1 else ((), False)
            if fold(value) in letters:
                by_words, is_known = found, True
            is_read = len(by_words) == 1 or (has_several and bool(by_words))
            single.append(is_read)
            in_part += is_read and not is_known
        elif found and is_whole and not (found == ("female",) and fold(value) == "m"):
            sure[value] = found
        elif found:
            guessed[value] = found
        else:
            without[value] = n
    without = dict(sorted(without.items(), key=lambda pair: -pair[1]))
    return Crosswalk(sure, guessed, without, single.count(False), single.count(True), in_part)


def _is_no_name(value: str, vocabulary_name: str, rows: int) -> bool:
    """Whether words with capitals are no name: an abbreviation ("A.F."), or a place of several rows."""
    words = [w for w in re.split(r"[\s.]+", value) if w]
    is_short = "." in value and all(len(w) <= SHORT and w.isupper() for w in words)
    return is_short or (vocabulary_name == "detention_place" and rows >= FEWEST_OF_PLACE)


def _cut(cell: str, name: str, alone: Collection[str]) -> list[str]:
    """Values of a cell of several, each a word of the vocabulary or alone in other cells with a code."""
    return split_known_values(
        cell, lambda v: v != cell and (fold(v) in alone or is_word_of(v, name))
    )


def divisions_crosswalk(column: Column, iso3: str) -> Crosswalk:
    """Names of divisions that stand without their end ("Huehue"), as guesses; others are without a code."""
    guessed: dict[str, tuple[str, ...]] = {}
    without: dict[str, int] = {}
    for value, n in Counter(map(put_on_one_line, column.filled)).items():
        if n == 1 or division_of_place(value, iso3) or len(divisions_abbreviated(value, iso3)) == 1:
            continue
        if len(begun := divisions_begun(value, iso3)) == 1:
            guessed[value] = begun
        else:
            without[value] = n
    return Crosswalk(guessed=guessed, without=without)


def own_divisions(column: Column) -> Crosswalk:
    """The values of a column of divisions as they stand, where several rows have each; none of very many."""
    found = {v: (v,) for v, n in Counter(map(put_on_one_line, column.filled)).items() if n > 1}
    return Crosswalk(sure=found) if len(found) <= MOST_DIVISIONS else Crosswalk()


def appointed_lawyers(column: Column, code: str) -> dict[str, tuple[str, ...]]:
    """Values of a column on lawyers that say that one was appointed, each to a code; of several rows each."""
    words = {fold(word) for word in vocabulary("list_values")["appointed_lawyer"]}
    said = {v: n for v, n in column.counts.items() if n > 1 and fold(v) in words}
    return dict.fromkeys(said, (code,))


def separator_of(column: Column, name: str) -> str:
    """The sign between several values of a cell; "" where cells hold one value.

    A sign counts where its parts are known values, or stand alone in other cells, more often than not.
    """
    cells = [c for c in column.cells if not is_nothing(c)]
    whole = {fold(c) for c in cells}
    for sign in SEPARATORS:
        with_sign = [c for c in cells if sign in c]
        if len(with_sign) < max(1, FEWEST_CELLS * len(cells)):
            continue
        parts = [p for c in with_sign for p in split_values(c, sign) if not is_nothing(p)]
        known = sum(
            is_word_of(p, name)
            or (column.is_explained and p in column.means)
            or fold(p) in whole
            or sign == NEVER_WITHIN
            or (sign == ";" and bool(code_of(p, name)[0]))
            for p in parts
        )
        if (
            parts
            and known >= 0.6 * len(parts)
            and any(len(split_values(c, sign)) > 1 for c in with_sign)
        ):
            return sign
    return ""


def _of_one_sex(counts: Mapping[str, int], code: str) -> Crosswalk:
    """A column "male" of yes and no: no is guessed to be the other one."""
    other = {"male": "female", "female": "male"}.get(code, "not_recorded")
    guessed = {
        v: (code if v.casefold() in YES else other,)
        for v, n in counts.items()
        if n > 1 and not is_nothing(v)
    }
    return Crosswalk({v: ("not_recorded",) for v in counts if is_nothing(v)}, guessed)

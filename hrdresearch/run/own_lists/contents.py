"""What the cells of a column hold, whatever its heading: dates, States, names, charges ..."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from hrdresearch.clean.ages import read_ages
from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.dates_without_year import with_year
from hrdresearch.clean.places import division_of_place, divisions_abbreviated
from hrdresearch.clean.text import put_on_one_line
from hrdresearch.clean.value_words import code_of, is_nothing
from hrdresearch.clean.word_forms import URL, fold, is_name_in_capitals, is_name_like
from hrdresearch.run.own_lists.code_keys import EXPLAINED
from hrdresearch.run.own_lists.dates_of_column import (
    SOME_YEAR,
    DateForm,
    date_form,
    with_heading,
)
from hrdresearch.sources.legends import (
    bare_code,
    codes_in,
    in_words,
    words_explained,
    words_of_whole,
)
from hrdresearch.sources.reads import NO, YES
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import to_iso3

FEWEST_NUMBERS, MOST_SKIPPED = 3, 1.1  # of a column that counts the rows
SAMPLE = 300  # distinct values looked at
CHARGES_READ = 40  # distinct values read as charges or sentences, which takes time
FEW_DIVISIONS = 0.15
MOST_SEXES = 6  # values of a column in which single letters may be sexes
BETWEEN_DATES, MOST_OF = (":", " - ", " – ", " to "), 0.8
LONG_TEXT = 60  # letters, on average
READ_IN_WORDS = (
    "age",
    "charge",
    "division",
    "place",
    "sentence",
    "state",
)  # kinds without a crosswalk
_COORDINATE = re.compile(r"-?\d{1,3}[.,]\d{3,}(?:\s*[,;|]\s*-?\d{1,3}[.,]\d{3,})?")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Column:
    """A column of a file. heading: its name. cells: text of every row, the rows in their order.

    means: words of the list's own codes, where a key explains them. short: words of codes that a key explains
    for the whole list, of which some cells may be one.
    """

    heading: str
    cells: Sequence[str] = field(repr=False)
    means: Mapping[str, str] = field(default_factory=dict, repr=False)
    short: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many cells hold each text, as it stands in the file."""
        return Counter(self.cells)

    @cached_property
    def filled(self) -> list[str]:
        """Cells that say something."""
        said = {cell: put_on_one_line(cell) for cell in self.counts}
        said = {cell: "" if is_nothing(text) else text for cell, text in said.items()}
        return [text for cell in self.cells if (text := said[cell])]

    @cached_property
    def values(self) -> list[str]:
        """Distinct values, the most frequent first."""
        return [value for value, _ in Counter(self.filled).most_common(SAMPLE)]

    @cached_property
    def dates(self) -> DateForm:
        """How its dates are written; of cells with two dates, the first."""
        if self.between_dates:
            return date_form([c.split(self.between_dates)[0].strip() for c in self.filled])
        return with_heading(date_form(self.filled), self.heading)

    @cached_property
    def has_days_without_year(self) -> bool:
        """Whether cells hold a day and a month alone."""
        return any(with_year(c, SOME_YEAR, order) for c in self.filled for order in ("dmy", "mdy"))

    @cached_property
    def between_dates(self) -> str:
        """The sign between two dates in a cell, from and to; "" where cells hold one."""
        for sign in BETWEEN_DATES:
            distinct = list(dict.fromkeys(self.filled))
            parts = [c.split(sign) for c in distinct if c.count(sign) == 1]
            if parts and len(parts) > MOST_OF * len(distinct):
                first, last = ([p[at].strip() for p in parts if p[at].strip()] for at in (0, 1))
                if date_form(first).share > MOST_OF and date_form(last).share > MOST_OF:
                    return sign
        return ""

    def share(self, kind: str, codes: str = "") -> float | None:
        """Share of its distinct values that are of a kind; None where cells cannot tell."""
        if not self.values:
            return None
        if kind in READ_IN_WORDS and self.says_more_in_words(kind):
            return self.in_words.share(kind)
        if kind == "date":
            return self.dates.share
        if kind in ("charge", "sentence"):
            return 1.0 if kind == "sentence" and self.is_numeric else self._read_share(kind)
        if kind in ("codes", "yes_no"):
            return self.coded(codes) if kind == "codes" else max(self.coded(codes), self.yes_or_no)
        if kind == "division":
            return min(1.0, 2 * self.divisions) if self.divisions > FEW_DIVISIONS else None
        measure: Callable[[], float | None] | None = getattr(self, f"_{kind}", None)
        return None if measure is None else measure()

    def coded(self, codes: str) -> float:
        """Share of its values that name a code of a vocabulary; of cells with several, of their parts."""
        return _share([bool(self.codes_of(value, codes)[0]) for value in self.values])

    def codes_of(self, value: str, codes: str) -> tuple[tuple[str, ...], bool]:
        """Codes that a value names, as ``words.code_of``; of the list's own codes those of their words."""
        told = self.words_told(value)
        nothing = ("not_recorded",)
        by_word = [code_of(w, codes)[0] or (nothing if is_nothing(w) else ()) for w in told]
        if any(by_word) and not all(by_word):
            return (), False  # of several codes one would be lost
        found = [code for of_word in by_word for code in of_word]
        return (tuple(dict.fromkeys(found)), False) if found else code_of(value, codes)

    @cached_property
    def is_explained(self) -> bool:
        """Whether most of its values hold codes that another sheet explains."""
        if not self.means:
            return False
        return _share([bool(words_explained(v, self.means)) for v in self.values]) >= EXPLAINED

    @cached_property
    def in_words(self) -> Column:
        """The column with the words of its codes in place of them; itself where none is explained."""
        if not self._codes:
            return self
        return replace(
            self, cells=[in_words(c, self._codes) for c in self.cells], means={}, short={}
        )

    def says_more_in_words(self, kind: str) -> bool:
        """Whether more of its values are of a kind in the words of its codes than as they stand."""
        if not self._codes:
            return False
        plain = replace(self, means={}, short={}).share(kind) or 0.0
        told = self.in_words.share(kind) or 0.0
        return told > plain or (told == plain and kind == "place")

    def means_in_use(self, kind: str) -> dict[str, str]:
        """Codes that its cells hold, with their words; of no place, none that looks like a person's name."""
        is_place = kind in ("division", "place", "state")
        return {c: w for c, w in self._codes.items() if is_place or not is_name_in_capitals(w)}

    def words_told(self, value: str) -> list[str]:
        """Words of the codes in a value; where most cells hold none, of a value that is one as a whole."""
        if self.is_explained:
            return words_explained(value, self.means)
        return [words] if (words := words_of_whole(value, self.short)) else []

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Codes that its cells hold, with their words: of most cells, or as a whole part of some."""
        if self.is_explained:
            said = {code for cell in self.values for code in (*codes_in(cell), bare_code(cell))}
        else:
            parts = [part for cell in self.values for part in re.split(r"[,;/+|]", cell)]
            said = {bare_code(part.strip()) for part in parts}
        return {
            code: words
            for code, words in (self.means if self.is_explained else self.short).items()
            if said & {bare_code(code), bare_code(code).casefold()}
        }

    @cached_property
    def is_keyed_yes_or_no(self) -> bool:
        """Whether its codes mean yes, no and not known alone, which says nothing of what was asked."""
        said = [w.casefold() for w in self.means.values() if not is_nothing(w)]
        return self.is_explained and all(w in YES | NO for w in said)

    @cached_property
    def yes_or_no(self) -> float:
        """Share of yes and no among all cells."""
        known = [c.casefold() in YES | NO for c in self.filled]
        return _share(known) if any(c.casefold() in YES for c in self.filled) else 0.0

    @cached_property
    def division(self) -> tuple[float, str]:
        """Share of values that are divisions of one State, and that State."""
        states = vocabulary("admin1")["divisions"]
        by_state = {iso3: _share([_is_division(v, iso3) for v in self.values]) for iso3 in states}
        best = max(by_state, key=lambda iso3: by_state[iso3])
        return (by_state[best], best) if len(self.values) > 1 else (0.0, "")

    @cached_property
    def divisions(self) -> float:
        """Share of values that are divisions of any State; those of most States are not known."""
        states = vocabulary("admin1")["divisions"]
        return _share([any(_is_division(v, iso3) for iso3 in states) for v in self.values])

    @cached_property
    def is_numeric(self) -> bool:
        """Whether it holds numbers alone."""
        return bool(self.values) and self._number() > 0.9

    @property
    def filled_share(self) -> float:
        """Share of the rows in which it says something."""
        return len(self.filled) / len(self.cells) if self.cells else 0.0

    @property
    def is_unique(self) -> bool:
        """Whether hardly any value stands twice."""
        return len(set(self.filled)) > 0.9 * len(self.filled) if self.filled else False

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it holds the numbers of the rows, 1, 2, 3 ..., of which a few may be left out."""
        texts = [western_digits(c).removesuffix(".0") for c in self.filled]
        if len(texts) < FEWEST_NUMBERS or not all(map(str.isdecimal, texts)):
            return False
        numbers = list(map(int, texts))
        return sorted(set(numbers)) == numbers and numbers[-1] <= MOST_SKIPPED * len(numbers)

    def _state(self) -> float:
        return _share([len(v) > 1 and to_iso3(v) is not None for v in self.values])

    def _sex(self) -> float:
        if code_of(self.heading, "sex")[0] and self.yes_or_no > 0.8:
            return 1.0  # a column "male" of yes and no
        if self.is_explained:
            return self.coded("sex")
        letters = len(self.values) <= MOST_SEXES
        return _share(
            [code_of(v, "sex")[1] or (letters and fold(v) in "fmhжмذا") for v in self.values]
        )

    def _url(self) -> float:
        return _share([bool(URL.match(v)) for v in self.values])

    def _coordinate(self) -> float:
        return _share([bool(_COORDINATE.fullmatch(v)) for v in self.values])

    def _number(self) -> float:
        return _share([bool(_NUMBER.fullmatch(v)) for v in self.values])

    def _age(self) -> float:
        read = read_ages(pd.Series(self.values, dtype="object"))
        return float((read["age"].notna() | (read["group"] != "not_recorded")).mean())

    def _year(self) -> float:
        numbers = [western_digits(v).removesuffix(".0") for v in self.values]
        return _share([n.isdigit() and 1200 < int(n) < 2700 for n in numbers])

    def _month(self) -> float:
        return _share(
            [not v.isdigit() or 1 <= int(v) <= 13 for v in map(western_digits, self.values)]
        )

    def _day(self) -> float:
        return _share([v.isdigit() and int(v) <= 31 for v in map(western_digits, self.values)])

    def _identifier(self) -> float:
        spaced = _share([len(v.split()) <= 2 and len(v) <= 40 for v in self.values])
        has_digits = any(c.isdigit() for v in self.values for c in v)
        return spaced if has_digits or (self.is_unique and len(self.values) > 20) else 0.3 * spaced

    @cached_property
    def holds_names(self) -> bool:
        """Whether its cells look like names of persons, most of them in one row alone."""
        share = self._person()
        most = len(self.values) > 0.5 * len(self.filled)
        return (share >= 0.9 and most) or (share > 0.8 and self.is_unique)

    @property
    def may_be_short_names(self) -> bool:
        """Whether its cells may be names in small letters or of one word: short, and none is a code."""
        others = (self.coded("identity"), self.coded("attack_victim"), self._sex(), self.yes_or_no)
        return self._name_part() > 0.8 and self._state() < 0.5 and max(others) < 0.3

    def _person(self) -> float:
        return _share([is_name_like(v) for v in self.values])

    def _name_part(self) -> float:
        return _share(
            [len(v.split()) <= 4 and not any(c.isdigit() for c in v) for v in self.values]
        )

    def _place(self) -> float:
        return _share(
            [len(v) <= 80 and not _NUMBER.fullmatch(v) and not URL.match(v) for v in self.values]
        )

    def _text(self) -> float | None:
        numbers = [bool(_NUMBER.fullmatch(v)) or bool(URL.match(v)) for v in self.values]
        return 0.0 if _share(numbers) > 0.9 else None

    @property
    def is_long_text(self) -> bool:
        """Whether it holds sentences."""
        n = len(self.values)
        if (
            not n
            or sum(map(len, self.values)) / n < LONG_TEXT
            or _share(["http" in v for v in self.values]) > 0.3
        ):
            return False
        return sum(len(v.split()) for v in self.values) / n >= LONG_TEXT / 6

    def _read_share(self, kind: str) -> float:
        from hrdresearch.coding.pretext import code_pretexts
        from hrdresearch.coding.sentence import parse_sentence

        values = self.values[:CHARGES_READ]
        if kind == "charge":
            return _share([any(p.code != "other" for p in code_pretexts(v)) for v in values])
        return _share([parse_sentence(v).kind not in ("unparsed", "not_recorded") for v in values])


def _is_division(value: str, iso3: str) -> bool:
    return (
        bool(division_of_place(value, iso3)) or len(divisions_abbreviated(value, iso3, False)) == 1
    )


def _share(known: Sequence[bool]) -> float:
    return sum(known) / len(known) if known else 0.0
